"""Lessons: the cross-cutting statements of the briefs."""

from __future__ import annotations

from ruralsyn.evidence.selection import Selection
from ruralsyn.page.document import Column, Table
from ruralsyn.views.notes import origin_of
from ruralsyn.views.values import cites, claim, term, terms

COLUMNS = (
    Column("lesson", "Lesson", human=False),
    Column("theme", "Theme"),
    Column("regions", "Regions", spare=2),
    Column("text", "Lesson", weight=3),
    Column("source", "Source", human=False),
)


def lessons_table(selection: Selection) -> Table:
    """The lessons that match, theme by theme."""
    dataset = selection.dataset
    themes = {theme: number for number, theme in enumerate(dataset.themes)}
    lessons = sorted(selection.lessons, key=lambda lesson: themes[lesson.theme])
    return Table(
        id="lessons",
        title="Lessons",
        columns=COLUMNS,
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
        origin=origin_of(selection),
        group_by=("theme",),
        empty="No lessons match.",
    )
