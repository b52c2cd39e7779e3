"""Markdown that GitHub, Pandoc and Quarto all read alike: pipe tables, every special character escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tabulate import tabulate

from ruralsyn.document import (
    Block,
    Bullets,
    Cite,
    Column,
    Heading,
    Inline,
    Noted,
    Paragraph,
    Printable,
    Rich,
    Strong,
    Table,
    Value,
    places,
    text_of,
    visible,
)
from ruralsyn.render import Screen
from ruralsyn.render.footnotes import Footnotes, peel

_SPECIAL = str.maketrans({char: f"\\{char}" for char in r"\`*_[]<>|~^$@"})
_ENTITY = re.compile(r"&(?=#?\w+;)")
_EMOJI = re.compile(r":(?=[\w+-]+:)")
_BLOCK_START = re.compile(r"^(\s*)([-+#=:]|\d+(?=[.)]))")


def render_markdown(content: Printable, screen: Screen) -> str:
    """A heading, the table or blocks, and the notes beneath."""
    del screen
    if isinstance(content, Table):
        parts = [f"## {escape(content.title)}", *_table(content)]
    else:
        parts = [f"{'#' * content.level} {escape(content.title)}"]
        for block in content.blocks:
            parts.extend(_block(block, content.level))
        parts.extend(_notes(content.notes))
    return "\n\n".join(part for part in parts if part) + "\n"


def _block(block: Block, level: int) -> Iterator[str]:
    match block:
        case Heading():
            yield f"{'#' * min(6, level + block.level)} {escape(block.text)}"
        case Paragraph():
            yield _runs(block.runs)
        case Bullets():
            yield "\n".join(f"- {_runs(item)}" for item in block.items)
        case Table():
            yield f"**{escape(block.title)}**" if block.title else ""
            yield from _table(block)


def _table(table: Table) -> Iterator[str]:
    shown = table.shown()
    footnotes = Footnotes()
    if shown.rows:
        yield tabulate(
            [
                [_cell(value, column, footnotes) for value, column in zip(row, shown.columns, strict=True)]
                for row in shown.rows
            ],
            headers=[escape(column.label) for column in shown.columns],
            tablefmt="github",
            disable_numparse=True,
            colalign=["right" if column.number else "left" for column in shown.columns],
        )
    else:
        yield escape(table.empty)
    yield from _notes(table.notes)
    yield "\n".join(f"{number}. {escape(note)}{_places(cites)}" for number, note, cites in footnotes.listed())


def _notes(notes: Sequence[str]) -> Iterator[str]:
    if notes:
        yield "\n".join(f"- {escape(note)}" for note in notes)


def _cell(value: Value, column: Column, footnotes: Footnotes) -> str:
    value, noted, cites = peel(value)
    marks = _places(cites) + "".join(f" \\[{footnotes.number(note)}\\]" for note in noted)
    if isinstance(value, Rich):
        text = _runs(value.runs)
    else:
        text = escape(text_of(value, column.blank))
    return text + marks


def _runs(runs: Sequence[Inline]) -> str:
    return "".join(map(_inline, runs))


def _inline(run: Inline) -> str:
    match run:
        case Strong():
            return f"**{escape(run.text)}**"
        case Cite():
            return f"({escape(run.label)})"
        case Noted():
            return escape(text_of(run.value)) + _places(run.cites)
        case _:
            return escape(run)


def _places(cites: Sequence[Cite]) -> str:
    return f" ({escape(places(cites))})" if cites else ""


def escape(text: str) -> str:
    """The text so that every dialect of Markdown shows it as it is, in a paragraph and in a table cell.

    A line break becomes `<br>`; entities, emoji codes and what would open a list or a heading are disarmed.
    """
    text = visible(text).translate(_SPECIAL)
    text = _ENTITY.sub(r"\\&", text)
    text = _EMOJI.sub(r"\\:", text)
    text = _BLOCK_START.sub(_disarm, text)
    return text.replace("\n", " <br>")


def _disarm(start: re.Match[str]) -> str:
    space, mark = start.groups()
    return f"{space}\\{mark}" if not mark.isdigit() else f"{space}&#{ord(mark[0])};{mark[1:]}"
