"""Recommendations: what the briefs advise, to whom and where."""

from __future__ import annotations

from dataclasses import replace

from ruralsyn.dataset.model import Basis
from ruralsyn.evidence.selection import Selection
from ruralsyn.page.document import Column, Table
from ruralsyn.views.notes import origin_of
from ruralsyn.views.values import cites, claim, terms

COLUMNS = (
    Column("recommendation", "Recommendation", human=False),
    Column("audiences", "For", blank="not stated", spare=2),
    Column("regions", "Regions"),
    Column("basis", "Basis"),
    Column("text", "Recommendation", weight=3),
    Column("source", "Source", human=False),
)


def recommendations_table(selection: Selection) -> Table:
    """The recommendations that match, those that the briefs state before those they imply."""
    dataset = selection.dataset
    advice = sorted(selection.recommendations, key=lambda record: record.basis is Basis.IMPLIED)
    return Table(
        id="recommendations",
        title="Recommendations",
        columns=COLUMNS,
        rows=tuple(
            (
                record.id,
                terms(dataset.audiences, record.audiences),
                terms(dataset.regions, record.regions),
                record.basis.value,
                claim(dataset, record),
                cites(dataset, record.source),
            )
            for record in advice
        ),
        notes=(
            *_without_audience(selection),
            "Stated: a brief puts it as a recommendation. Implied: it follows from what a brief says.",
        ),
        origin=origin_of(selection),
        empty="No recommendations match.",
    )


def _without_audience(selection: Selection) -> list[str]:
    """How many a filter by audience leaves out because they name none."""
    if not selection.chosen.audiences:
        return []
    everyone = Selection(selection.dataset, replace(selection.chosen, audiences=()))
    silent = sum(not advice.audiences for advice in everyone.recommendations)
    return [f"{silent} more name no audience: leave out --audience to see them."] if silent else []
