"""Text for a terminal, drawn by Rich. Tables wrap or drop columns to fit the width; no text is cut off."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from rich import box
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from ruralsyn.page.content import Printable
from ruralsyn.page.document import (
    Block,
    Bullets,
    Code,
    Column,
    Document,
    Figure,
    Heading,
    Inline,
    Paragraph,
    References,
    Row,
    Table,
)
from ruralsyn.page.text import bracketed, noted_text, text_of, visible
from ruralsyn.page.values import Cite, MixedText, Noted, Strong, Term, Value, peel
from ruralsyn.record import Record
from ruralsyn.render.footnotes import Footnotes
from ruralsyn.render.reference_list import reference_list
from ruralsyn.render.screen import Screen
from ruralsyn.render.widths import GAP, UNLIMITED, fit, measure, widths

TONE_STYLES = {"good": "green", "bad": "red", "unsure": "yellow", "quiet": "dim"}
PROSE_WIDTH = 120
"""The widest line of running text."""
_PRINTED = Text("\n", no_wrap=True, overflow="ignore")
"""Joins text whose lines have been wrapped before, so that Rich does not wrap them again."""
_MEASURING = Console(file=io.StringIO(), width=UNLIMITED, height=100)
"""A console for Text.wrap(), which requires one. It prints nothing."""


def render_terminal(content: Printable, screen: Screen) -> str:
    """Text and tables that fit the screen. With no limit to the width, tables are as wide as they need."""
    # On one line, however long: it is copied, or a script reads it.
    if isinstance(content, Document) and content.is_sentence:
        return f"{plain(content.lead)}\n"
    buffer = io.StringIO()
    width = screen.width or UNLIMITED
    console = Console(
        file=buffer,
        width=width,
        height=100,  # Without a height Rich ignores the width if TERM is "dumb".
        # Rich writes no colour to a buffer unless it is told that a terminal reads it.
        force_terminal=screen.colour,
        # None lets Rich follow NO_COLOR, which keeps bold type.
        no_color=None if screen.colour else True,
        color_system="auto" if screen.colour else None,
        # Rich would colour numbers, and read ":warning:" and "[bold]" in values as commands.
        highlight=False,
        emoji=False,
        markup=False,
        legacy_windows=False,
    )
    # Every call of print() has a cost: consecutive text in one call takes less than half the time.
    for is_text, parts in groupby(_content(content, width), key=lambda part: isinstance(part, Text)):
        if is_text:
            console.print(_PRINTED.join(part for part in parts if isinstance(part, Text)))
        else:
            for part in parts:
                console.print(part)
    # Rich pads every line to the width of the table.
    lines = (line.rstrip() for line in buffer.getvalue().splitlines())
    return "\n".join(lines).strip("\n") + "\n"


def _content(content: Printable, width: int) -> Iterator[Text | RichTable]:
    """The parts to print: text, already wrapped to the width, and tables."""
    footnotes = Footnotes()
    # An empty title is that of a table which is put into a page of somebody's own.
    yield from _paragraphs((content.title,), width, "bold")
    yield from _paragraphs((content.lead,), width)
    if content.lead or isinstance(content, Document):
        yield Text()
    if isinstance(content, Table):
        yield from _table(content, width, footnotes)
    else:
        for block in content.blocks:
            yield from _block(block, width, footnotes)
        yield from _paragraphs((" ".join(content.notes),), width, "dim")
    numbered = footnotes.listed()
    if numbered:
        yield Text()
    for number, note, cites in numbered:
        yield _hanging(f"[{number}] ", Text(plain(noted_text(note, cites))), width, style="dim")


def _block(block: Block, width: int, footnotes: Footnotes) -> Iterator[Text | RichTable]:
    match block:
        case Heading():
            yield _line(block.text, width, "bold" if block.level < 3 else "italic")
        case Paragraph():
            yield _hanging("", _runs(block.runs, footnotes), width)
            yield Text()
        case Bullets():
            for item in block.items:
                yield _hanging("• ", _runs(item, footnotes), width)
            yield Text()
        case References():
            for line in reference_list(block):
                yield _hanging("• ", Text(plain(line)), width)
            yield Text()
        case Figure():
            yield from _block(block.grid.table.within_document(), width, footnotes)
        case Table():
            yield from _paragraphs((block.title,), width, "italic")
            yield from _paragraphs((block.lead,), width)
            yield from _table(block, width, footnotes)
            yield Text()


def _table(table: Table, width: int, footnotes: Footnotes) -> Iterator[Text | RichTable]:
    """The table and, after a blank line, its notes."""
    shown = table.shown()
    notes = list(table.all_notes)
    if shown.rows:
        layout = _layout(shown, width)
        yield from _body(layout, width, footnotes)
        notes = [note for note in (layout.explained, *notes, layout.left_out) if note]
    else:
        yield _line(table.empty, width)
    if notes:
        yield Text()
    yield from _paragraphs(notes, width, "dim")


class _Layout(Record):
    """A table as it fits the screen."""

    columns: tuple[Column, ...]
    """The columns that have room. The first one heads groups of rows if the table is grouped."""
    rows: tuple[Row, ...]
    sizes: tuple[int, ...] | None
    """A width for each column within the groups; None if the rows have to be stacked."""
    explained: str
    """What the short forms in the cells mean; empty without any."""
    left_out: str
    """Which columns have no room; empty if all have. A reader has to know that there is more to see."""
    grouped: bool
    once: bool


def _layout(table: Table, width: int) -> _Layout:
    """The columns that have room and their widths. If need be, the table in fewer columns, then stacked."""
    shown, explained = _shortened(table, width)
    columns, rows = _grouping_last(shown)
    # The values of the grouping column become headings, so it is no column.
    outer = 1 if shown.group_by else 0
    measures = [
        measure(column, [_marked(row[index], column) for row in rows])
        for index, column in enumerate(columns[outer:], start=outer)
    ]
    # One set of widths for all groups, so that their columns line up below the single header.
    kept, dropped = fit(measures, width)
    sizes = widths([measures[index] for index in kept], width)
    if sizes is None and table.narrowed:
        return _layout(replace(table.narrowed(table), narrowed=None), width)
    heads = ", ".join(columns[outer + index].label for index in dropped)
    seen = [*range(outer), *(outer + index for index in kept)]
    return _Layout(
        columns=tuple(columns[index] for index in seen),
        rows=tuple(tuple(row[index] for index in seen) for row in rows),
        sizes=tuple(sizes) if sizes else None,
        explained=explained,
        left_out=f"Left out at this width: {heads}." if heads else "",
        grouped=bool(outer),
        once=bool(shown.once),
    )


def _marked(value: Value, column: Column) -> str:
    """The text of a cell, with as much room for the numbers of its footnotes as they may need."""
    return plain(text_of(value, column.blank)) + " [99]" * len(peel(value)[1])


def _body(layout: _Layout, width: int, footnotes: Footnotes) -> Iterator[Text | RichTable]:
    """The rows under their headings."""
    # All cells before any group is drawn, so that footnotes are numbered from top to bottom.
    cells = [
        [_cell(value, column, footnotes) for value, column in zip(row, layout.columns, strict=True)]
        for row in layout.rows
    ]
    outer = 1 if layout.grouped else 0
    heads = layout.columns[outer:]
    # groupby() joins neighbours only: views sort rows by their group.
    groups = groupby(cells, key=lambda row: row[0].plain if outer else "")
    for number, (group, members) in enumerate(groups):
        if outer and group:
            yield from (Text(),) if number else ()
            yield _line(group, width, "bold cyan")
        inside = [row[outer:] for row in members]
        if layout.sizes is None:
            yield _stacked(heads, inside, width)
        else:
            yield _drawn(heads, inside, layout.sizes, once=layout.once, header=number == 0)


def _stacked(columns: Sequence[Column], rows: Sequence[Sequence[Text]], width: int) -> Text:
    """The rows one below the other, a line or more for each value, where their columns have no room."""
    parts: list[Text] = []
    for number, row in enumerate(rows):
        parts += [Text()] if number else []
        for column, cell in zip(columns, row, strict=True):
            # The first column names the row, so it needs no label.
            label = Text(f"{plain(column.label)}: " if column.label and column is not columns[0] else "")
            parts.append(_hanging("" if column is columns[0] else "  ", label.append_text(cell), width))
    return _PRINTED.join(parts)


def _shortened(shown: Table, width: int) -> tuple[Table, str]:
    """The table with short forms in place of words if the words make it wider than the screen, and a note."""
    short = {
        value: replace(value, label=value.short)
        for row in shown.rows
        for value in row
        if isinstance(value, Term) and value.short
    }
    if not short or _natural_width(shown) <= width:
        return shown, ""
    # A Term can be looked up: it is a frozen record.
    rows = tuple(
        tuple(short.get(value, value) if isinstance(value, Term) else value for value in row)
        for row in shown.rows
    )
    note = "; ".join(f"{value.short} = {value.label}" for value in short) + "."
    return replace(shown, rows=rows), note


def _natural_width(shown: Table) -> int:
    """The width of the table with every cell on one line."""
    return sum(
        measure(column, [text_of(row[index], column.blank) for row in shown.rows]).natural + GAP
        for index, column in enumerate(shown.columns)
        if column.key != shown.group_by
    )


def _grouping_last(table: Table) -> tuple[list[Column], list[Row]]:
    """Columns and rows with the grouping columns moved to the front."""
    keys = [column.key for column in table.columns]
    front = [keys.index(key) for key in (table.group_by, table.once) if key in keys]
    order = [*front, *(index for index in range(len(keys)) if index not in front)]
    columns = [table.columns[index] for index in order]
    for position in range(len(front)):
        # Without its group a row would lose its meaning, so these columns are never dropped.
        columns[position] = replace(columns[position], spare=0)
    return columns, [tuple(row[index] for index in order) for row in table.rows]


def _drawn(
    columns: Sequence[Column],
    rows: Sequence[Sequence[Text]],
    sizes: Sequence[int],
    *,
    once: bool,
    header: bool,
) -> RichTable:
    # The box puts one blank between columns; the padding adds the rest of the gap.
    drawn = RichTable(
        box=box.SIMPLE_HEAD,
        show_edge=False,
        pad_edge=False,
        padding=(0, GAP - 1, 0, 0),
        header_style="bold",
        show_header=header,
    )
    for column, width in zip(columns, sizes, strict=True):
        drawn.add_column(
            Text(plain(column.label)),
            width=width,
            justify="right" if column.number else "left",
            overflow="fold",  # Rich's default cuts long words and ends them with "…".
        )
    above = None
    for row in rows:
        first = row[0]
        drawn.add_row(*([Text(""), *row[1:]] if once and first.plain == above else row))
        above = first.plain
    return drawn


# Text ---------------------------------------------------------------------------------------------------


def _cell(value: Value, column: Column, footnotes: Footnotes) -> Text:
    value, notes = peel(value)
    marks = "".join(f" [{footnotes.number(note)}]" for note in notes)
    if isinstance(value, MixedText):
        return _runs(value.runs, footnotes).append(marks, style="dim")
    # Each item of a list keeps the colour of its own tone.
    if isinstance(value, tuple) and any(isinstance(item, Term) and item.tone for item in value):
        text = Text("; ").join(Text(plain(text_of(item)), style=_style(item)) for item in value)
    else:
        text = Text(plain(text_of(value, column.blank)), style=_style(value))
    return text.append(marks, style="dim")


def plain(text: str) -> str:
    """The text without characters that a terminal would obey. A tab becomes a blank."""
    # Rich measures a tab as no columns and prints up to eight, which would break the width of a cell.
    return visible(text).replace("\t", " ")


def _style(value: Value) -> str:
    # Places are for those who look them up.
    if value is None or value == () or isinstance(value, Cite):
        return "dim"
    if isinstance(value, tuple) and isinstance(value[0], Cite):
        return "dim"
    return TONE_STYLES.get(value.tone, "") if isinstance(value, Term) else ""


def _runs(runs: Sequence[Inline], footnotes: Footnotes) -> Text:
    text = Text()
    for run in runs:
        match run:
            case Strong():
                text.append(plain(run.text), style="bold")
            case Code():
                text.append(plain(run.text), style="cyan")
            case Cite():
                text.append(f"({plain(run.label)})", style="dim")
            case Noted():
                text.append(plain(text_of(run.value)))
                # A note goes to the end. Paragraphs alone are short enough to follow the text.
                mark = f" [{footnotes.number(run)}]" if run.note else bracketed(run.cites)
                text.append(plain(mark), style="dim")
            case _:
                text.append(plain(run))
    return text


def _paragraphs(texts: Sequence[str], width: int, style: str = "") -> Iterator[Text]:
    """The texts that are not empty, each on a line of its own or several."""
    return (_line(text, width, style) for text in texts if text)


def _line(text: str, width: int, style: str = "") -> Text:
    """A title, a note or another single line, wrapped to the width."""
    return _hanging("", Text(plain(text)), width, style)


def _hanging(mark: str, text: Text, width: int, style: str = "") -> Text:
    """Text after a mark; further lines are indented to align with the first."""
    if style:
        text.stylize(style)
    room = max(1, min(width, PROSE_WIDTH) - len(mark))
    # wrap() is slow, and most text fits on one line.
    lines = text.wrap(_MEASURING, room) if text.cell_len > room or "\n" in text.plain else [text]
    return _PRINTED.join(
        Text.assemble((mark if number == 0 else " " * len(mark), style), line)
        for number, line in enumerate(lines)
    )
