"""HTML: one self-contained page to read, print or send."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from zlib import crc32

from ruralsyn.page.content import Printable
from ruralsyn.page.document import (
    Bullets,
    Code,
    Column,
    Document,
    Figure,
    Heading,
    Paragraph,
    References,
    Table,
    as_document,
    with_own_ids,
)
from ruralsyn.page.grid import Grid
from ruralsyn.page.text import bracketed, noted_text, text_of, visible
from ruralsyn.page.values import Cite, MixedText, Noted, Strong, Term, Value, peel
from ruralsyn.render.footnotes import Footnotes
from ruralsyn.render.jinja import environment
from ruralsyn.render.paper import UNKNOWN, fitted, shares
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
    document = as_document(content)
    parts = _parts(document)
    headings = [block for block in parts["blocks"] if block["kind"] == "heading"]
    contents = headings if len(headings) > 3 else []
    return environment().get_template("page.html").render(**parts, contents=contents, prefix="")


def render_fragment(document: Document) -> str:
    """The same without a page around it, to put into a page of somebody else, such as a notebook.

    Its style is for itself alone. Ids begin with a word that depends on the content, so that the links of two
    fragments do not meet.
    """
    parts = _parts(document)
    for block in parts["blocks"]:
        if block["kind"] == "heading":
            # The title is h2 there: h1 is that of the page.
            block["level"] = min(6, block["level"] + 1)
    text = environment().get_template("fragment.html").render(**parts, prefix=_UNNAMED)
    return text.replace(_UNNAMED, f"ruralsyn-{crc32(text.encode(errors='replace')):08x}-")


# No text has it, because `visible` shows it as a sign.
_UNNAMED = "\0"


def _parts(content: Document) -> dict[str, Any]:
    """What the templates of a page and of a fragment show."""
    footnotes = Footnotes()
    # HTML links to a table by its id, so every table needs a different one.
    blocks = [
        part
        for number, block in enumerate(with_own_ids(content.blocks))
        for part in _block(block, number, footnotes)
    ]
    return {
        "title": visible(content.title),
        "lead": visible(content.lead),
        "blocks": blocks,
        "notes": visible(" ".join(content.notes)),
        # After the blocks: making a cell numbers its notes.
        "footnotes": [
            {"number": number, "text": visible(noted_text(note, cites))}
            for number, note, cites in footnotes.listed()
        ],
        "dataset": visible(content.dataset),
    }


def _block(block: object, number: int, footnotes: Footnotes) -> Iterator[dict[str, Any]]:
    match block:
        case Heading():
            yield {
                "kind": "heading",
                # The title of the page is h1, and HTML has no h7.
                "level": min(6, block.level + 1),
                "text": visible(block.text),
                "id": f"section-{number}",  # A number, since two headings may have the same text.
            }
        case Paragraph():
            yield {"kind": "paragraph", "runs": [_run(run, footnotes) for run in block.runs]}
        case Bullets():
            items = [[_run(run, footnotes) for run in item] for item in block.items]
            yield {"kind": "bullets", "items": items}
        case References():
            items = [[_run(line, footnotes)] for line in reference_list(block)]
            yield {"kind": "bullets", "items": items}
        case Figure():
            yield from _pictures(block)
            yield from _tables(block.grid.table.within_document(), footnotes)
        case Table():
            yield from _tables(block, footnotes)
        case _:
            raise TypeError(f"not a block: {block!r}")


def _pictures(figure: Figure) -> Iterator[dict[str, Any]]:
    """The picture inside the page, so that the page stays one file; nothing if it cannot be drawn."""
    # Imported here, since most pages have no pictures.
    from base64 import b64encode

    from ruralsyn.render.picture import svg_of

    if data := svg_of(figure.grid):
        source = f"data:image/svg+xml;base64,{b64encode(data).decode('ascii')}"
        yield {"kind": "figure", "alt": visible(figure.alt), "source": source}


def _tables(table: Table, footnotes: Footnotes) -> Iterator[dict[str, Any]]:
    """The table, or its parts if it is too wide for paper. The notes come after the last part."""
    parts = fitted(table)
    for number, part in enumerate(parts):
        first, last = number == 0, number == len(parts) - 1
        yield {
            "kind": "table",
            "id": table.id if first else f"{table.id}-part-{number + 1}",
            "caption": visible(part.title) if first or part.title != table.title else "",
            "lead": visible(table.lead) if first else "",
            "columns": [
                {"label": visible(one.label), "number": one.number, "share": round(100 * share, 1)}
                for one, share in zip(part.columns, shares(part, UNKNOWN), strict=True)
            ],
            "rows": [
                [_cell(value, one, footnotes) for value, one in zip(row, part.columns, strict=True)]
                for row in part.rows
            ],
            "empty": visible(table.empty),
            "notes": visible(" ".join(table.all_notes)) if last else "",
        }


def _cell(value: Value, column: Column, footnotes: Footnotes) -> dict[str, Any]:
    value, notes = peel(value)
    runs = value.runs if isinstance(value, MixedText) else (text_of(value, column.blank),)
    return {
        "runs": [_run(run, footnotes) for run in runs],
        "tone": value.tone if isinstance(value, Term) else "quiet" if _is_quiet(value) else "",
        "number": column.number,
        "marks": [footnotes.number(note) for note in notes],
    }


def _is_quiet(value: Value) -> bool:
    """Whether the value is a blank or only says where something comes from."""
    if isinstance(value, tuple):
        return all(map(_is_quiet, value))
    return value is None or isinstance(value, Cite)


def _run(run: object, footnotes: Footnotes) -> dict[str, Any]:
    """A run of text for the template: its lines, its kind, its paragraphs and the number of its footnote."""
    kind, places, mark = "plain", "", 0
    match run:
        case Strong():
            kind, text = "strong", run.text
        case Code():
            kind, text = "code", run.text
        case Cite():
            kind, text = "cite", f"({run.label})"
        case Noted():
            text = text_of(run.value)
            places, mark = ("", footnotes.number(run)) if run.note else (bracketed(run.cites), 0)
        case _:
            text = str(run)
    # Lines, since a <br> in the text would be escaped.
    return {"kind": kind, "lines": visible(text).split("\n"), "places": visible(places), "mark": mark}
