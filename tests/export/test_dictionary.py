"""The data dictionary describes every column of every table, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from ruralsyn.dataset.loading import load
from ruralsyn.dataset.model import Dataset
from ruralsyn.evidence.filters import Filter
from ruralsyn.evidence.selection import Selection
from ruralsyn.export import dictionary
from ruralsyn.export.dictionary import TABLES, field_of, values_of
from ruralsyn.export.tables import Exported, exported_tables, links
from ruralsyn.page.document import Row
from ruralsyn.page.values import Value
from ruralsyn.render.data import data_of
from ruralsyn.views.effects import effects_table

REVIEW = Path(__file__).parents[2] / "docs" / "review-example.toml"


def every_table(dataset: Dataset, chosen: Filter | None = None) -> tuple[Exported, ...]:
    tables = exported_tables(Selection(dataset, chosen))
    return (*tables, *links(tables))


@pytest.fixture(scope="module")
def tables(bundled: Dataset) -> tuple[Exported, ...]:
    return every_table(bundled)


def test_every_row_of_the_dictionary_describes_a_column(tables: tuple[Exported, ...]) -> None:
    columns = {(table.id, key) for table in (*tables, *every_table(load(REVIEW))) for key in table.keys}
    assert set(dictionary._FIELDS) <= {key for _, key in columns}
    assert set(dictionary._OF_TABLE) <= columns


def test_every_reference_leads_to_a_table_and_every_key_is_a_column(tables: tuple[Exported, ...]) -> None:
    for table in tables:
        assert set(table.entry.key) <= set(table.keys), table.id
        assert all(field.refers in TABLES for field in table.fields if field.refers), table.id


def test_the_first_columns_are_those_of_the_commands(bundled: Dataset, tables: tuple[Exported, ...]) -> None:
    printed = [column.key for column in effects_table(Selection(bundled)).exported().columns]
    (effects,) = (table for table in tables if table.id == "effects")
    assert effects.keys[: len(printed) - 1] == tuple(printed[:-1])
    assert effects.keys[-1] == printed[-1] == "file"


@pytest.mark.parametrize("data", ["bundled", "review", "both"])
@pytest.mark.parametrize(
    "chosen",
    [
        Filter(),
        Filter(countries=("peru",)),
        Filter(programmes=("fest",)),
        Filter(roles=("obstacle",), benefits=("favourable",)),
        Filter(cases=("no-such-case",)),
    ],
)
def test_values_are_as_the_dictionary_says(bundled: Dataset, data: str, chosen: Filter) -> None:
    dataset = bundled if data == "bundled" else load(REVIEW, only=data == "review")
    _check(dataset, chosen)


def test_values_of_one_domain_are_as_the_dictionary_says(bundled: Dataset) -> None:
    _check(bundled, Filter(domains=("finance",)))


def _check(dataset: Dataset, chosen: Filter) -> None:
    tables = every_table(dataset, chosen)
    keys = {table.id: {tuple(map(data_of, _key(table, row))) for row in table.table.rows} for table in tables}
    for table in tables:
        assert len(keys[table.id]) == len(table.table.rows), f"{table.id}: two rows have one key"
        for row in table.table.rows:
            for (key, field), value in zip(table.pairs(), map(data_of, row), strict=True):
                where = f"{table.id}.{key}: {value!r}"
                items = value if isinstance(value, list) else [] if value is None else [value]
                assert value is not None or not (field.required or key in table.entry.key), where
                assert not field.words or all(item in field.words for item in items), where
                assert not field.refers or all((item,) in keys[field.refers] for item in items), where
                assert all(isinstance(item, KINDS[field.kind]) for item in items), where
                assert isinstance(value, bool) == (field.kind == "boolean"), where


KINDS: dict[str, type] = {"string": str, "integer": int, "boolean": bool, "list": str, "places": dict}


def _key(table: Exported, row: Row) -> list[Value]:
    return [row[table.keys.index(key)] for key in table.entry.key]


def test_allowed_values_are_words_or_ids_in_file_order(bundled: Dataset) -> None:
    assert values_of(bundled, "effects", "direction") == ("increase", "decrease", "none")
    assert values_of(bundled, "map", "direction") == ("favourable", "unfavourable", "conflicting", "neutral")
    assert values_of(bundled, "effects", "domain") == tuple(bundled.domains)
    # `coordination` prints findings, and a case has a type of coordination.
    assert values_of(bundled, "coordination", "levels") == tuple(bundled.levels)
    assert values_of(bundled, "cases", "coordination") == tuple(bundled.coordination)
    assert values_of(bundled, "effects", "note") is None
    assert values_of(bundled, "effects", "no-such-column") is None


def test_the_dictionary_says_the_same_of_a_column_for_a_command_and_its_table() -> None:
    assert field_of("coordination", "theme") == field_of("findings", "theme")
