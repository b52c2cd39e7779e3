"""Lessons: cross-cutting statements of the briefs."""

from __future__ import annotations

from ruralsyn.evidence.selection import Selection
from ruralsyn.page.document import Column, Table
from ruralsyn.views.columns import RecordColumns, heads, record_rows
from ruralsyn.views.notes import origin_of
from ruralsyn.views.values import cites, claim, term, terms

COLUMNS: RecordColumns = (
    (Column("lesson", "Lesson", human=False), lambda _, lesson: lesson.id),
    (Column("theme", "Theme"), lambda dataset, lesson: term(dataset.themes[lesson.theme])),
    (Column("regions", "Regions", spare=2), lambda dataset, lesson: terms(dataset.regions, lesson.regions)),
    (Column("text", "Lesson", weight=3), lambda dataset, lesson: claim(dataset, lesson)),
    (Column("source", "Source", human=False), lambda dataset, lesson: cites(dataset, lesson.source)),
)


def lessons_table(selection: Selection) -> Table:
    """The lessons that match, sorted by theme."""
    dataset = selection.dataset
    # Sorted, because a terminal prints a heading wherever the theme changes. Within a theme, the order of the
    # file remains, since sorted() is stable.
    themes = {theme: number for number, theme in enumerate(dataset.themes)}
    lessons = sorted(selection.lessons, key=lambda lesson: themes[lesson.theme])
    return Table(
        id="lessons",
        title="Lessons",
        columns=heads(COLUMNS),
        rows=record_rows(COLUMNS, dataset, lessons),
        origin=origin_of(selection),
        group_by=("theme",),
        empty="No lessons match.",
    )
