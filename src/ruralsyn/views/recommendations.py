"""Recommendations: the advice of the sources, with its audience and region."""

from __future__ import annotations

from dataclasses import replace

from ruralsyn.dataset.model import Basis
from ruralsyn.evidence.selection import Selection
from ruralsyn.evidence.source_words import worded
from ruralsyn.page.document import Column, Table
from ruralsyn.views.answers import recommendations_answer
from ruralsyn.views.columns import RecordColumns, file_column, heads, record_rows, replaced
from ruralsyn.views.notes import origin_of
from ruralsyn.views.values import cites, claim, terms

COLUMNS: RecordColumns = (
    (Column("recommendation", "Recommendation", human=False), lambda _, record: record.id),
    (
        Column("audiences", "For", blank="not stated", spare=2),
        lambda dataset, record: terms(dataset.audiences, record.audiences),
    ),
    (Column("regions", "Regions"), lambda dataset, record: terms(dataset.regions, record.regions)),
    (Column("basis", "Basis"), lambda _, record: record.basis.value),
    (Column("text", "Recommendation", weight=4), lambda _, record: record.text),
    (Column("source", "{Location}", spare=9), lambda dataset, record: cites(dataset, record.source)),
    *file_column("recommendations"),
)
FULL_COLUMNS = replaced(COLUMNS, "text", lambda dataset, record: claim(dataset, record, full=True))


def recommendations_table(selection: Selection, *, full: bool = False) -> Table:
    """The recommendations that match: first those that the sources state, then those they imply.

    `full` adds their notes and discrepancies as footnotes.
    """
    dataset = selection.dataset
    # False sorts before True, and sorted() keeps the order of the file within each basis.
    advice = sorted(selection.recommendations, key=lambda record: record.basis is Basis.IMPLIED)
    return Table(
        id="recommendations",
        title="Recommendations",
        columns=heads(COLUMNS, dataset),
        rows=record_rows(FULL_COLUMNS if full else COLUMNS, dataset, advice),
        lead=recommendations_answer(selection),
        notes=(
            *_without_audience(selection),
            worded(dataset, "Stated: a {brief} recommends it. Implied: it follows from what a {brief} says."),
        ),
        origin=origin_of(selection, advice),
        empty="No recommendations match.",
    )


def _without_audience(selection: Selection) -> list[str]:
    """A note on recommendations without an audience, which a filter by audience leaves out."""
    if not selection.chosen.audiences:
        return []
    # The other filters stay, or the note would count recommendations that those leave out.
    everyone = Selection(selection.dataset, replace(selection.chosen, audiences=()))
    silent = sum(not advice.audiences for advice in everyone.recommendations)
    more = "1 more recommendation names" if silent == 1 else f"{silent} more recommendations name"
    return [f"{more} no audience. Leave out --audience to see all."] if silent else []
