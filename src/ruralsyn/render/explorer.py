"""A grid as an interactive page: one file that works offline, on paper and without JavaScript."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Sequence
from hashlib import sha256
from itertools import groupby
from typing import Any

from ruralsyn.page.grid import Arrow, Detail, Facet, Grid, GridCell, GridLine
from ruralsyn.page.marks import MARKS, SHAPES
from ruralsyn.page.text import bracketed, noted_text, text_of, visible
from ruralsyn.page.values import Value, peel
from ruralsyn.render.jinja import environment


def render_explorer(grid: Grid) -> str:
    """The page: the map with filters, legend and cautions, and the details of every cell.

    The page loads nothing, and its content security policy allows only its own style and script. The script
    adds the filters and the panel of details; everything they show is in the page without it.
    """
    templates = environment()
    # Rendered before the page: its policy contains the hashes of the exact text between the tags.
    style = templates.get_template("explorer.css").render()
    script = templates.get_template("explorer.js").render()
    tokens = _tokens(grid.facets)
    return templates.get_template("explorer.html").render(
        title=visible(grid.title),
        corner=_corner(grid),
        groups=_groups(grid, tokens),
        columns=[_line(column, tokens) for column in grid.columns],
        empty=visible(grid.table.empty),
        facets=[_facet(facet, grid, tokens) for facet in grid.facets if facet.options],
        arrows=[(_arrow(arrow), visible(meaning)) for arrow, meaning in grid.arrows],
        legend=[(visible(mark), SHAPES.get(mark, ""), visible(meaning)) for mark, meaning in grid.legend],
        cautions=[visible(caution) for caution in grid.cautions],
        caption=visible(grid.caption),
        things=grid.things,
        style=style,
        script=script,
        style_hash=_hash(style),
        script_hash=_hash(script),
    )


def _hash(text: str) -> str:
    """The source expression with which a content security policy allows an inline style or script."""
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _corner(grid: Grid) -> str:
    """The heading over the row labels, or nothing if the table has several columns that could give it."""
    others = {column.id for column in grid.columns} | {grid.table.group_by}
    heads = [column.label for column in grid.table.shown().columns if column.key not in others]
    return visible(heads[0]) if len(heads) == 1 else ""


# Filters ------------------------------------------------------------------------------------------------

Tokens = dict[tuple[str, str], str]


def _tokens(facets: Sequence[Facet]) -> Tokens:
    """A short token for every option of every facet, which the script compares."""
    # Not the ids: the page separates tokens by blanks, and an id may contain one.
    return {
        (facet.id, option.id): f"{number}.{index}"
        for number, facet in enumerate(facets)
        for index, option in enumerate(facet.options)
    }


def _joined(pairs: Iterable[tuple[str, str]], tokens: Tokens) -> str:
    # A row may match an option that no filter offers.
    return " ".join(tokens[pair] for pair in pairs if pair in tokens)


def _facet(facet: Facet, grid: Grid, tokens: Tokens) -> dict[str, Any]:
    """A filter for the template, and whether it hides rows, columns or details."""
    of_rows, of_columns = (
        any(key == facet.id for line in lines for key, _ in line.facets)
        for lines in (grid.rows, grid.columns)
    )
    return {
        "label": visible(facet.label),
        "of": "row" if of_rows else "column" if of_columns else "detail",
        "options": [
            {"token": tokens[facet.id, option.id], "label": visible(option.label)} for option in facet.options
        ],
    }


# The map ------------------------------------------------------------------------------------------------


def _line(line: GridLine, tokens: Tokens) -> dict[str, Any]:
    facets = _joined(line.facets, tokens)
    return {"label": visible(line.label), "group": visible(line.group), "facets": facets}


def _groups(grid: Grid, tokens: Tokens) -> list[dict[str, Any]]:
    """The rows with their cells, grouped under their headings."""
    return [
        {"label": visible(label), "rows": [_row(grid, row, number, tokens) for number, row in members]}
        for label, members in groupby(enumerate(grid.rows), key=lambda pair: pair[1].group)
    ]


def _row(grid: Grid, row: GridLine, number: int, tokens: Tokens) -> dict[str, Any]:
    empty = GridCell("", "")
    cells = [
        # Numbered, since an id of the data may contain characters that a link may not.
        _cell(grid.cells.get((row.id, column.id), empty), f"cell-{number}-{index}", row, column, tokens)
        for index, column in enumerate(grid.columns)
    ]
    return {**_line(row, tokens), "cells": cells}


def _cell(cell: GridCell, key: str, row: GridLine, column: GridLine, tokens: Tokens) -> dict[str, Any]:
    """A cell for the template. A cell without a symbol shows its meaning in words."""
    # A symbol that has no drawing must not leave the cell blank.
    symbol = cell.symbol if cell.symbol in SHAPES.values() else ""
    words = cell.blank or ("" if symbol else cell.counts or cell.label)
    return {
        "id": key,
        "symbol": symbol,
        "arrow": _arrow(cell.arrow) if cell.arrow and symbol else None,
        "words": visible(words),
        # The words of a cell include its counts.
        "counts": "" if words else visible(cell.counts),
        "marks": visible(cell.marks),
        "blank": bool(cell.blank),
        "label": visible(cell.label),
        "column": visible(column.label),
        "name": visible(f"{row.label}, {column.label}: {cell.label}"),
        "details": [_detail(detail, tokens) for detail in cell.details],
    }


def _arrow(arrow: Arrow) -> dict[str, Any]:
    """The look of an arrow for the template."""
    return {
        "scale": arrow.scale,
        "colour": arrow.colour,
        "letter": visible(arrow.letter),
        "number": visible(arrow.number),
    }


def _detail(detail: Detail, tokens: Tokens) -> dict[str, Any]:
    return {
        "title": visible(detail.title),
        "value": visible(text_of(detail.value)),
        "facts": [(visible(name), _fact(value)) for name, value in detail.facts],
        "facets": _joined(detail.facets, tokens),
    }


def _fact(value: Value) -> str:
    """A value followed by its paragraphs and its footnotes."""
    core, notes = peel(value)
    # In line, since a detail has no foot for footnotes.
    behind = [
        bracketed(note.cites).strip() if not note.note else noted_text(note.note, note.cites)
        for note in notes
    ]
    return visible(" ".join((text_of(core, MARKS["not-reported"].glyph), *behind)))
