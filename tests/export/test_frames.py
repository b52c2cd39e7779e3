"""Frames have the columns of JSON, with types, all values of a vocabulary in its order, and nothing lost."""

from __future__ import annotations

import json
import sys
from typing import Any

import pytest

from ruralsyn import to_pandas, to_polars
from ruralsyn.cli.request import request
from ruralsyn.dataset.model import Dataset
from ruralsyn.errors import UsageError
from ruralsyn.page.bibliography import Bibliography
from ruralsyn.page.content import Content
from ruralsyn.page.document import Column, Document, Table
from ruralsyn.page.values import Cite
from ruralsyn.render.formats import FORMATS

from ..conftest import need_modules

need_modules("pandas", "polars", variable="RURALSYN_REQUIRE_FRAMES")

# After the check, so that the tests are skipped without them.
import pandas as pd  # noqa: E402
import polars as pl  # noqa: E402

REQUESTS: list[tuple[str, tuple[str, ...], dict[str, Any]]] = [
    ("effects", (), {}),
    ("effects", (), {"benefits": ["neutral"]}),
    ("cases", (), {}),
    ("coordination", (), {}),
    ("programmes", (), {}),
    ("lessons", (), {}),
    ("recommendations", (), {}),
    ("search", ("budget",), {}),
    ("vocabulary", (), {}),
    ("map", (), {}),
    ("synthesis", (), {}),
    ("synthesis", (), {"swim": True}),
    ("compare", ("peru", "lesotho"), {}),
    ("show", ("mali",), {}),
    ("sources", (), {}),
    ("report", ("peru",), {}),
    ("count", ("cases",), {}),
    ("answer", ("effects",), {}),
]


def pandas_frames(content: Content, dataset: Dataset | None = None) -> dict[str, pd.DataFrame]:
    made = to_pandas(content, dataset)
    return made if isinstance(made, dict) else {"": made}


def polars_frames(content: Content, dataset: Dataset | None = None) -> dict[str, pl.DataFrame]:
    made = to_polars(content, dataset)
    return made if isinstance(made, dict) else {"": made}


def pandas_frame(content: Content, dataset: Dataset | None = None) -> pd.DataFrame:
    return pandas_frames(content, dataset)[""]


def polars_frame(content: Content, dataset: Dataset | None = None) -> pl.DataFrame:
    return polars_frames(content, dataset)[""]


def tables_in_json(content: Content) -> dict[str, list[dict[str, Any]]]:
    data = json.loads(FORMATS["json"].render(content))
    return data["tables"] if isinstance(content, Document) else {"": data}


def plain(value: Any) -> Any:
    return None if value is pd.NA or value != value else value


@pytest.mark.parametrize(("command", "ids", "options"), REQUESTS)
def test_the_values_are_those_of_json(
    command: str, ids: tuple[str, ...], options: dict[str, Any], bundled: Dataset
) -> None:
    content = request(command, *ids, dataset=bundled, **options)
    by_pandas, by_polars = pandas_frames(content, bundled), polars_frames(content, bundled)
    wanted = tables_in_json(content)
    assert list(wanted) == list(by_pandas) == list(by_polars)
    for name, rows in wanted.items():
        columns = list(by_pandas[name].columns)
        assert by_polars[name].columns == columns
        assert all(list(row) == columns for row in rows)
        read = [{key: plain(row[key]) for key in columns} for row in by_pandas[name].to_dict("records")]
        # A profile mixes lists and texts in a column, which becomes text.
        if "profile" not in name:
            assert read == rows
            assert by_polars[name].to_dicts() == rows


@pytest.mark.parametrize("filters", [{}, {"benefits": ["neutral"]}])
def test_types_do_not_depend_on_the_rows(filters: dict[str, Any], bundled: Dataset) -> None:
    effects = request("effects", dataset=bundled, **filters)
    frame, other = pandas_frame(effects, bundled), polars_frame(effects, bundled)
    assert frame["simulated"].dtype == pd.BooleanDtype()
    assert frame["note"].dtype == pd.StringDtype()
    assert frame["programmes"].dtype == object
    assert other.schema["simulated"] == pl.Boolean
    assert other.schema["note"] == other.schema["file"] == pl.String
    assert other.schema["programmes"] == pl.List(pl.String)
    assert other.schema["source"] == pl.List(
        pl.Struct({"brief": pl.String, "section": pl.String, "paragraph": pl.Int64})
    )
    grid = pandas_frame(request("map", dataset=bundled, **filters), bundled)
    assert grid["favourable"].dtype == pd.Int64Dtype()


@pytest.mark.parametrize("filters", [{}, {"benefits": ["neutral"]}, {"domains": ["finance"]}])
def test_categories_have_all_values_in_the_order_of_the_file(
    filters: dict[str, Any], bundled: Dataset
) -> None:
    effects = request("effects", dataset=bundled, **filters)
    frame, other = pandas_frame(effects, bundled), polars_frame(effects, bundled)
    for key, values in {
        "domain": list(bundled.domains),
        "outcome": list(bundled.outcomes),
        "case": list(bundled.cases),
        "direction": ["increase", "decrease", "none"],
    }.items():
        assert list(frame[key].cat.categories) == values
        assert other.schema[key] == pl.Enum(values)


def test_without_a_dataset_the_vocabulary_is_the_bundled_one(dummy: Dataset) -> None:
    """Values that the bundled data lacks come after its own, and none is lost."""
    cases = request("cases", dataset=dummy)
    frame = pandas_frame(cases)
    assert frame["case"].tolist() == list(dummy.cases)
    assert list(frame["case"].cat.categories)[-len(dummy.cases) :] == list(dummy.cases)
    assert polars_frame(cases)["case"].to_list() == list(dummy.cases)


def table(key: str, *values: Any) -> Table:
    return Table("own", "", (Column(key, key),), tuple((value,) for value in values))


PLACE = Cite("gr", "finance", 2, "GR finance")


@pytest.mark.parametrize(
    ("values", "pandas_type", "polars_type"),
    [
        ((1, None), "Int64", pl.Int64),
        ((1.5, None, 2), "Float64", pl.Float64),
        ((2**70,), "Float64", pl.Float64),
        ((True, None), "boolean", pl.Boolean),
        ((True, 1), "string", pl.String),
        (("a", None), "string", pl.String),
        ((None,), "string", pl.String),
        (((), ("a",)), "object", pl.List(pl.String)),
        (((), ()), "object", pl.List(pl.String)),
        (((1, "a"),), "object", pl.List(pl.String)),
        (("a", ("b", "c")), "string", pl.String),
    ],
)
def test_columns_without_an_entry_take_the_type_of_their_values(
    values: tuple[Any, ...], pandas_type: str, polars_type: Any, bundled: Dataset
) -> None:
    content = table("unheard-of", *values)
    assert str(pandas_frame(content, bundled)["unheard-of"].dtype) == pandas_type
    assert polars_frame(content, bundled).schema["unheard-of"] == polars_type


def test_a_place_is_a_struct(bundled: Dataset) -> None:
    wanted = {"brief": "gr", "section": "finance", "paragraph": 2}
    content = table("unheard-of", PLACE, None)
    assert pandas_frame(content, bundled)["unheard-of"].tolist() == [wanted, None]
    assert polars_frame(content, bundled)["unheard-of"].to_list() == [wanted, None]


@pytest.mark.parametrize("key", ["direction", "own"])
def test_a_column_of_several_kinds_is_text_under_any_name(key: str, bundled: Dataset) -> None:
    """A profile has a column for each case, and a case of one's own may be called `direction`."""
    content, wanted = table(key, "a", ("b", "c"), 3, None), ["a", "b; c", "3", None]
    assert [plain(value) for value in pandas_frame(content, bundled)[key]] == wanted
    assert polars_frame(content, bundled)[key].to_list() == wanted


@pytest.mark.parametrize(
    ("value", "wanted"), [("\udcff.toml", "?.toml"), (("\udcff", "a"), ["?", "a"])], ids=["text", "list"]
)
def test_bytes_of_a_file_name_that_are_no_text_are_question_marks(
    value: Any, wanted: Any, bundled: Dataset
) -> None:
    content = table("unheard-of", value)
    assert pandas_frame(content, bundled)["unheard-of"].tolist() == [wanted]
    assert polars_frame(content, bundled)["unheard-of"].to_list() == [wanted]


def test_a_name_of_the_dictionary_for_other_values_loses_none(bundled: Dataset) -> None:
    """Tables of commands may use a name that is a list of ids elsewhere for a number."""
    assert pandas_frame(table("cases", 3, 5), bundled)["cases"].tolist() == [3, 5]
    assert polars_frame(table("direction", 3), bundled)["direction"].to_list() == [3]


def test_tables_of_a_document_with_the_same_id_are_all_there(bundled: Dataset) -> None:
    document = Document("", (table("a", 1), table("a", 2)))
    assert list(pandas_frames(document, bundled)) == ["own", "own-2"]


@pytest.mark.parametrize("make", [to_pandas, to_polars])
def test_other_things_are_refused(make: Any, bundled: Dataset) -> None:
    with pytest.raises(UsageError, match="bibliography"):
        make(Bibliography(()))
    with pytest.raises(UsageError, match=r"request\(\) returns, not of Dataset"):
        make(bundled)


@pytest.mark.parametrize(("make", "library"), [(to_pandas, "pandas"), (to_polars, "polars")])
def test_a_missing_library_is_named(make: Any, library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(UsageError, match=rf"need {library}: pip install 'ruralsyn\[frames\]'"):
        make(table("a", 1))


def test_cells_are_counted_by_case(bundled: Dataset) -> None:
    """The unit is the case, not the line, and simulations are left out."""
    effects = pandas_frame(request("effects", dataset=bundled), bundled)
    evaluated = effects[~effects["simulated"]]
    counted = evaluated.groupby("domain", observed=False)["case"].nunique()
    grid = pandas_frame(request("map", dataset=bundled), bundled)
    told = grid[grid["status"] == "reported"].groupby("domain", observed=False)["case"].nunique()
    assert counted.to_dict() == told.to_dict()
