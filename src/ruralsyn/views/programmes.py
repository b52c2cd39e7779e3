"""Programmes and who runs them."""

from __future__ import annotations

from ruralsyn.evidence.selection import Selection
from ruralsyn.evidence.source_words import worded
from ruralsyn.page.document import Column, Table
from ruralsyn.views.answers import programmes_answer
from ruralsyn.views.columns import RecordColumns, file_column, heads, iso3_column, record_rows, replaced
from ruralsyn.views.notes import origin_of
from ruralsyn.views.values import case_term, footnotes, noted, optional, organisation_term, purpose_term, term

COLUMNS: RecordColumns = (
    (Column("programme", "Programme", human=False), lambda _, programme: programme.id),
    (
        Column("name", "Name", weight=2),
        lambda _, programme: programme.name,
    ),
    (Column("acronym", "Acronym", blank="none printed", spare=1), lambda _, programme: programme.acronym),
    (Column("country", "Country"), lambda dataset, programme: term(dataset.countries[programme.country])),
    (
        Column("type", "Kind", blank="not stated"),
        lambda dataset, programme: optional(dataset.programme_types, programme.type),
    ),
    (
        Column("type_basis", "Basis", blank="", spare=3),
        lambda _, programme: programme.type_basis.value if programme.type_basis else None,
    ),
    (
        Column("organisation", "Run by", blank="not stated", weight=2),
        lambda dataset, programme: (
            organisation_term(dataset, programme.organisation) if programme.organisation else None
        ),
    ),
    (
        Column("cases", "Cases", blank="no case", spare=2),
        lambda dataset, programme: tuple(
            case_term(dataset.cases[case]) for case in dataset.cases_of(programme.id)
        ),
    ),
    *iso3_column(lambda dataset, programme: dataset.countries[programme.country]),
    (
        Column("purpose", "Purpose", blank="none given", weight=2),
        lambda dataset, programme: purpose_term(dataset, programme.purpose) if programme.purpose else None,
    ),
    (
        Column("purpose_code", "Purpose code", human=False),
        lambda dataset, programme: dataset.purposes[programme.purpose].code if programme.purpose else None,
    ),
    (Column("purpose_why", "Why this purpose", human=False), lambda _, programme: programme.purpose_why),
    *file_column("programmes"),
)


FULL_COLUMNS = replaced(
    COLUMNS, "name", lambda dataset, programme: noted(programme.name, footnotes(dataset, programme))
)


def programmes_table(selection: Selection, *, full: bool = False) -> Table:
    """The programmes that match, including those that a brief only mentions.

    `full` adds their purposes, and their notes and discrepancies as footnotes.
    """
    table = Table(
        id="programmes",
        title="Programmes",
        columns=heads(COLUMNS, selection.dataset),
        rows=record_rows(FULL_COLUMNS if full else COLUMNS, selection.dataset, selection.programmes),
        lead=programmes_answer(selection),
        notes=(
            worded(
                selection.dataset,
                "Basis: whether a {brief} states the kind (stated) or it follows from the text (implied). No "
                "case: a {brief} mentions the programme but does not study it.",
            ),
        ),
        origin=origin_of(selection),
        empty="No programmes match.",
    )
    coded = any(programme.purpose for programme in selection.dataset.programmes.values())
    return table if full and coded else table.hiding("purpose")
