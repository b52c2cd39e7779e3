"""Every value that a filter takes."""

from __future__ import annotations

from typing import Any

from ruralsyn.document import Column, Table
from ruralsyn.model import Basis, Benefit, Dataset, Desired, Direction, Outcome, Sign
from ruralsyn.query import KINDS, label_of, records_of, spellings
from ruralsyn.views.cells import dataset_line

COLUMNS = (
    Column("filter", "Filter"),
    Column("value", "Value"),
    Column("name", "Name", weight=2),
    Column("aliases", "Also", blank="", weight=2, spare=1),
    Column("meaning", "Meaning", blank="", weight=3),
)

_MEANINGS: dict[str, dict[str, str]] = {
    "directions": {Direction.INCREASE: "The outcome rose.", Direction.DECREASE: "The outcome fell."},
    "benefits": {
        Benefit.FAVOURABLE: "The outcome moved the way that is desired for the household.",
        Benefit.UNFAVOURABLE: "The outcome moved the other way.",
        Benefit.UNCLEAR: "No direction of the outcome can be called the desired one.",
    },
    "signs": {
        Sign.PRINTED: "The brief prints a plus sign.",
        Sign.SUPPORTED: "No sign is printed; the brief's prose says which way the outcome moved.",
        Sign.INFERRED: "No sign is printed; the outcome's meaning leaves one sensible reading.",
        Sign.UNRESOLVED: "No sign is printed, and the brief does not settle the direction.",
    },
    "basis": {
        Basis.STATED: "A brief says it in so many words.",
        Basis.IMPLIED: "It follows from what a brief says.",
    },
}


def vocabulary_table(dataset: Dataset, kinds: tuple[str, ...] = ()) -> Table:
    """The values of some filters, or of all, with the other spellings each answers to."""
    rows = []
    for kind in kinds or tuple(KINDS):
        for record in records_of(dataset, kind).values():
            name = label_of(record)
            others = tuple(word for word in dict.fromkeys(spellings(record)) if word not in (record.id, name))
            rows.append((f"--{KINDS[kind]}", record.id, name, others, _meaning(dataset, kind, record)))
    return Table(
        id="vocabulary",
        title="Vocabulary",
        columns=COLUMNS,
        rows=tuple(rows),
        notes=(
            "Filters take any of these spellings, in any case, with or without accents. "
            "Repeat a filter or separate values by commas for either; different filters must all match.",
            f"{dataset_line(dataset)}.",
        ),
        group_by=("filter",),
    )


def _meaning(dataset: Dataset, kind: str, record: Any) -> str | None:
    if kind in _MEANINGS:
        return _MEANINGS[kind][record.id]
    if isinstance(record, Outcome):
        wanted = "unclear" if record.desired is Desired.UNCLEAR else f"{record.desired.value} desired"
        return f"{dataset.domains[record.domain].name}; {wanted}: {record.why}"
    for name in ("definition", "note"):
        if isinstance(meaning := getattr(record, name, None), str):
            return meaning
    return None
