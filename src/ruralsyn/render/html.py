"""HTML: one self-contained page to read, print or send."""

from __future__ import annotations

from typing import Any

from ruralsyn.page.content import Printable
from ruralsyn.page.document import (
    Bullets,
    Code,
    Column,
    Document,
    Heading,
    Paragraph,
    References,
    Table,
    with_own_ids,
)
from ruralsyn.page.grid import Grid
from ruralsyn.page.text import aside, bracketed, text_of, visible
from ruralsyn.page.values import Cite, MixedText, Noted, Strong, Term, Value
from ruralsyn.render.footnotes import Footnotes, peel
from ruralsyn.render.jinja import environment
from ruralsyn.render.reference_list import reference_list
from ruralsyn.render.screen import Screen


def render_html(content: Printable | Grid, screen: Screen) -> str:
    """A page with title, blocks and notes, and a table of contents if it has more than three headings.

    A grid becomes the interactive page.
    """
    del screen
    if isinstance(content, Grid):
        # Imported here: only `map` needs it.
        from ruralsyn.render.explorer import render_explorer

        return render_explorer(content)
    document = Document(content.title, (content,)) if isinstance(content, Table) else content
    # The ids of footnotes contain the id of their table, so every table needs a different one.
    own = enumerate(with_own_ids(document.blocks))
    # `alone`: the page title is the title of its only table, so a caption would repeat it.
    blocks = [_block(block, number, alone=content is block) for number, block in own]
    headings = [block for block in blocks if block["kind"] == "heading"]
    return (
        environment()
        .get_template("page.html")
        .render(
            title=visible(document.title),
            blocks=blocks,
            contents=headings if len(headings) > 3 else [],
            notes=[visible(note) for note in document.notes],
            dataset=visible(document.dataset),
        )
    )


def _block(block: object, number: int, *, alone: bool) -> dict[str, Any]:
    match block:
        case Heading():
            return {
                "kind": "heading",
                # The title of the page is h1, and HTML has no h7.
                "level": min(6, block.level + 1),
                "text": visible(block.text),
                "id": f"section-{number}",  # A number, since two headings may have the same text.
            }
        case Paragraph():
            return {"kind": "paragraph", "runs": [_run(run) for run in block.runs]}
        case Bullets():
            return {"kind": "bullets", "items": [[_run(run) for run in item] for item in block.items]}
        case References():
            return {"kind": "bullets", "items": [[_run(line)] for line in reference_list(block)]}
        case Table():
            return {"kind": "table", **_table(block, caption=not alone)}
        case _:
            raise TypeError(f"not a block: {block!r}")


def _table(table: Table, *, caption: bool) -> dict[str, Any]:
    shown = table.shown()
    footnotes = Footnotes()
    rows = [
        # Before the footnotes are listed below: making a cell numbers its notes.
        [_cell(value, column, footnotes, table.id) for value, column in zip(row, shown.columns, strict=True)]
        for row in shown.rows
    ]
    return {
        "id": table.id,
        "caption": visible(table.title) if caption else "",
        "columns": [{"label": visible(column.label), "number": column.number} for column in shown.columns],
        "rows": rows,
        "empty": table.empty,
        "notes": [visible(note) for note in table.all_notes],
        "footnotes": [
            {"number": number, "text": visible(note + bracketed(cites)), "id": f"{table.id}-note-{number}"}
            for number, note, cites in footnotes.listed()
        ],
    }


def _cell(value: Value, column: Column, footnotes: Footnotes, table: str) -> dict[str, Any]:
    value, noted, cites = peel(value)
    runs = value.runs if isinstance(value, MixedText) else (text_of(value, column.blank),)
    tone = value.tone if isinstance(value, Term) else "quiet" if value is None or value == () else ""
    numbers = [footnotes.number(note) for note in noted]
    return {
        "runs": [_run(run) for run in runs],
        "places": visible(bracketed(cites)),
        "tone": tone,
        "number": column.number,
        "marks": [{"number": number, "id": f"{table}-note-{number}"} for number in numbers],
    }


def _run(run: object) -> dict[str, Any]:
    """A run of text for the template: its lines, and whether it is strong, code or a citation."""
    match run:
        case Strong():
            kind, text = "strong", run.text
        case Code():
            kind, text = "code", run.text
        case Cite():
            kind, text = "cite", f"({run.label})"
        case Noted():
            kind, text = "cite", text_of(run.value) + aside(run)
        case _:
            kind, text = "plain", str(run)
    # Lines, since a <br> in the text would be escaped.
    return {"kind": kind, "lines": visible(text).split("\n")}
