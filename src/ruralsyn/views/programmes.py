"""Programmes and who runs them."""

from __future__ import annotations

from ruralsyn.dataset.model import Dataset, Programme
from ruralsyn.evidence.selection import Selection
from ruralsyn.page.document import Column, Row, Table
from ruralsyn.views.notes import origin_of
from ruralsyn.views.values import case_term, footnotes, noted, optional, organisation_term, term

COLUMNS = (
    Column("programme", "Programme", human=False),
    Column("name", "Name", weight=2),
    Column("acronym", "Acronym", blank="none printed", spare=1),
    Column("country", "Country"),
    Column("type", "Kind", blank="not stated"),
    Column("type_basis", "Basis", blank="", spare=3),
    Column("organisation", "Run by", blank="not stated", weight=2),
    Column("cases", "Cases", blank="none", spare=2),
)


def programmes_table(selection: Selection) -> Table:
    """The programmes that match, those that a brief only mentions included."""
    return Table(
        id="programmes",
        title="Programmes",
        columns=COLUMNS,
        rows=tuple(_row(selection.dataset, programme) for programme in selection.programmes),
        notes=(
            "Basis: whether a brief states the kind of programme or it is implied.",
            "Cases: none means that a brief mentions the programme beside a case.",
        ),
        origin=origin_of(selection),
        empty="No programmes match.",
    )


def _row(dataset: Dataset, programme: Programme) -> Row:
    return (
        programme.id,
        noted(programme.name, footnotes(dataset, programme)),
        programme.acronym,
        term(dataset.countries[programme.country]),
        optional(dataset.programme_types, programme.type),
        programme.type_basis.value if programme.type_basis else None,
        organisation_term(dataset, programme.organisation) if programme.organisation else None,
        tuple(case_term(dataset.cases[case]) for case in dataset.cases_of(programme.id)),
    )
