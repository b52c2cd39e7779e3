"""The cross-cutting statements: lessons and recommendations."""

from __future__ import annotations

from dataclasses import replace

from ruralsyn.document import Column, Table
from ruralsyn.model import Dataset
from ruralsyn.query import Filter, select_lessons, select_recommendations
from ruralsyn.views.cells import cites, claim, closing_notes, term, terms

LESSON_COLUMNS = (
    Column("lesson", "Lesson", human=False),
    Column("theme", "Theme"),
    Column("regions", "Regions", spare=2),
    Column("text", "Lesson", weight=3),
    Column("source", "Source", human=False),
)
RECOMMENDATION_COLUMNS = (
    Column("recommendation", "Recommendation", human=False),
    Column("audiences", "For", blank="not stated", spare=2),
    Column("regions", "Regions"),
    Column("basis", "Basis"),
    Column("text", "Recommendation", weight=3),
    Column("source", "Source", human=False),
)


def lessons_table(dataset: Dataset, chosen: Filter) -> Table:
    """The lessons that match, theme by theme."""
    themes = list(dataset.themes)
    lessons = sorted(select_lessons(dataset, chosen), key=lambda lesson: themes.index(lesson.theme))
    return Table(
        id="lessons",
        title="Lessons",
        columns=LESSON_COLUMNS,
        rows=tuple(
            (
                lesson.id,
                term(dataset.themes[lesson.theme]),
                terms(dataset.regions, lesson.regions),
                claim(dataset, lesson),
                cites(dataset, lesson.source),
            )
            for lesson in lessons
        ),
        notes=tuple(closing_notes(dataset, chosen)),
        group_by=("theme",),
        empty="No lessons match.",
    )


def recommendations_table(dataset: Dataset, chosen: Filter) -> Table:
    """The recommendations that match, those that the briefs state before those they imply."""
    advice = sorted(select_recommendations(dataset, chosen), key=lambda record: record.basis == "implied")
    return Table(
        id="recommendations",
        title="Recommendations",
        columns=RECOMMENDATION_COLUMNS,
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
            *_without_audience(dataset, chosen),
            "Stated: a brief puts it as a recommendation. Implied: it follows from what a brief says.",
            *closing_notes(dataset, chosen),
        ),
        empty="No recommendations match.",
    )


def _without_audience(dataset: Dataset, chosen: Filter) -> list[str]:
    """How many a filter by audience leaves out because they name none."""
    if not chosen.audiences:
        return []
    everyone = select_recommendations(dataset, replace(chosen, audiences=()))
    silent = sum(not advice.audiences for advice in everyone)
    return [f"{silent} more name no audience: leave out --audience to see them."] if silent else []
