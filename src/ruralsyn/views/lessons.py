"""Lessons: cross-cutting statements of the sources."""

from __future__ import annotations

from ruralsyn.evidence.selection import Selection
from ruralsyn.page.document import Column, Table
from ruralsyn.views.answers import lessons_answer
from ruralsyn.views.columns import RecordColumns, file_column, heads, record_rows, replaced
from ruralsyn.views.notes import origin_of
from ruralsyn.views.values import cites, claim, term, terms

COLUMNS: RecordColumns = (
    (Column("lesson", "Lesson", human=False), lambda _, lesson: lesson.id),
    (Column("theme", "Theme"), lambda dataset, lesson: term(dataset.themes[lesson.theme])),
    (Column("regions", "Regions", spare=2), lambda dataset, lesson: terms(dataset.regions, lesson.regions)),
    (Column("text", "Lesson", weight=4), lambda _, lesson: lesson.text),
    (Column("source", "{Location}", spare=9), lambda dataset, lesson: cites(dataset, lesson.source)),
    *file_column("lessons"),
)
FULL_COLUMNS = replaced(COLUMNS, "text", lambda dataset, lesson: claim(dataset, lesson, full=True))


def lessons_table(selection: Selection, *, full: bool = False) -> Table:
    """The lessons that match, sorted by theme. `full` adds their notes and discrepancies as footnotes."""
    dataset = selection.dataset
    # Sorted, because a terminal prints a heading wherever the theme changes. Within a theme, the order of the
    # file remains, since sorted() is stable.
    themes = {theme: number for number, theme in enumerate(dataset.themes)}
    lessons = sorted(selection.lessons, key=lambda lesson: themes[lesson.theme])
    return Table(
        id="lessons",
        title="Lessons",
        columns=heads(COLUMNS, dataset),
        rows=record_rows(FULL_COLUMNS if full else COLUMNS, dataset, lessons),
        lead=lessons_answer(selection),
        origin=origin_of(selection, lessons),
        group_by="theme",
        empty="No lessons match.",
    )
