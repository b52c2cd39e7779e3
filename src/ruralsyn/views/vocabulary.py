"""The vocabulary: every value that a filter takes, and the purposes of programmes with their codelists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ruralsyn.dataset.model import Benefit, Codelist, Dataset, Desired, Direction, Outcome, Purpose
from ruralsyn.dataset.naming import label_of, spellings
from ruralsyn.evidence.filters import FIELDS, choices_of
from ruralsyn.evidence.names import one_of
from ruralsyn.evidence.selection import Selection
from ruralsyn.evidence.synthesis import has_null_results
from ruralsyn.page.document import Column, Row, Table
from ruralsyn.views.notes import dataset_line

CODES = {"iso2": "ISO 3166-1 alpha-2", "iso3": "ISO 3166-1 alpha-3", "code": "Code"}
"""The fields of a value that have its codes, each with the label of its column."""
COLUMNS = (
    Column("filter", "Filter"),
    Column("value", "Value"),
    Column("name", "Name", weight=2),
    Column("aliases", "Also", blank="", weight=2, spare=1),
    Column("meaning", "Meaning", blank="", weight=3),
    *(Column(name, label, human=False) for name, label in CODES.items()),
)


def vocabulary_table(selection: Selection, filters: Sequence[str] = ()) -> Table:
    """The values of some filters, or of all filters, with their other spellings; purposes and codelists too.

    A filter can be named by its option, by the word for its values, or by its field. Raises UsageError for an
    unknown filter.
    """
    dataset = selection.dataset
    rows: list[Row] = []
    for field in _fields_named(filters):
        values = choices_of(dataset, field) if field in FIELDS else getattr(dataset, field)
        heading = FIELDS[field].flags[0] if field in FIELDS else f"[{field}.*]"
        for record in values.values():
            if record.id in NULL_RESULTS.get(field, ()) and not has_null_results(dataset):
                continue
            name = label_of(record)
            # The id and the name have columns already, and spellings() may give a word twice.
            others = tuple(word for word in dict.fromkeys(spellings(record)) if word not in (record.id, name))
            codes = (getattr(record, code, None) for code in CODES)
            rows.append((heading, record.id, name, others, _meaning(dataset, record), *codes))
    return Table(
        id="vocabulary",
        title="Vocabulary",
        columns=COLUMNS,
        rows=(*rows, *_switches(filters)),
        notes=(
            "Filters take any of these spellings, in upper or lower case, with or without accents. "
            "Repeat a filter or separate its values by commas to match any of them. Different filters must "
            "all match.",
            f"{dataset_line(dataset)}.",
        ),
        group_by="filter",
    )


NULL_RESULTS = {"directions": (Direction.NONE,), "benefits": (Benefit.NEUTRAL,)}
"""The values for effects that few datasets have. A filter takes them anyway."""


NO_FILTERS = {"purposes": "purpose", "codelists": "codelist"}
"""The tables whose values no filter takes, each with the word for one of them."""


def _fields_named(names: Sequence[str]) -> list[str]:
    """The fields of these filters, or of all filters; for values that no filter takes, their table."""
    listed = {name: row.word for name, row in FIELDS.items() if row.choices} | NO_FILTERS
    # Keys are the names that people type, for example "country" and "countries".
    known = {word: name for name, word in listed.items()} | {name: name for name in listed}
    wanted = [name.lstrip("-") for name in names]
    # The message lists only the words: their plurals would make the list twice as long.
    words = list(listed.values())
    return [known.get(name) or known[one_of("filter", name, words)] for name in wanted] or list(listed)


def _switches(names: Sequence[str]) -> list[Row]:
    """A row for each filter that is only on or off."""
    # Only in the full list: _fields_named() does not know switches, as there are no values to list.
    return [
        (row.flags[0], row.word, row.yes, row.flags[1:], row.help, *(None for _ in CODES))
        for row in FIELDS.values()
        if not row.choices and not names
    ]


def _meaning(dataset: Dataset, record: Any) -> str | None:
    if isinstance(record, Outcome):
        wanted = "unclear" if record.desired is Desired.UNCLEAR else f"{record.desired.value} desired"
        why = f": {record.why}" if record.why else ""
        return f"{dataset.domains[record.domain].name}; {wanted}{why}"
    if isinstance(record, Purpose):
        return f"{record.code} in {dataset.codelists[record.codelist].name}"
    if isinstance(record, Codelist):
        return f"{record.about} {record.publisher}, {record.dated}."
    # Words of a vocabulary may have a definition. Domains, countries and cases have at most a note.
    for name in ("definition", "note"):
        if isinstance(meaning := getattr(record, name, None), str):
            return meaning
    return None
