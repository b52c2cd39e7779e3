"""A grid as an interactive page: one file that works offline, on paper and without JavaScript."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from itertools import groupby
from typing import Any

from ruralsyn.page.grid import Arrow, Background, Detail, Facet, Grid, GridCell, GridLine
from ruralsyn.page.marks import SHAPES
from ruralsyn.page.text import text_of, visible
from ruralsyn.render.explorer_data import corner, data_block, facet_of, facts_of, in_address
from ruralsyn.render.jinja import environment

LONG = 200
"""From how many rows on a browser need not lay out the whole map at once."""

MOST_LISTED = 50_000
"""How many details and remarks the list for readers without JavaScript may have. A browser cannot show more
in a reasonable time, and the text of the list would double the size of the page."""


def render_explorer(grid: Grid) -> str:
    """The page: the map with filters, legend and cautions, and the details of every cell.

    The page loads nothing, and its content security policy allows only its own style and script. The script
    adds the filters, the search, the panel of details and the exports, and takes what they show from a block
    of data. A reader without JavaScript gets all of it as a list.
    """
    templates = environment()
    # Rendered before the page: its policy contains the hashes of the exact text between the tags.
    style = templates.get_template("explorer.css").render()
    script = templates.get_template("explorer.js").render()
    background = grid.background.value
    columns = [_line(column, background.of_columns, "column") for column in grid.columns]
    return templates.get_template("explorer.html").render(
        title=visible(grid.title),
        corner=corner(grid),
        groups=_groups(grid, background),
        columns=columns,
        long=len(grid.rows) > LONG,
        empty=visible(grid.table.empty),
        facets=[_facet(facet, grid) for facet in grid.facets if facet.options],
        arrows=[(_arrow(arrow), visible(meaning)) for arrow, meaning in grid.arrows],
        legend=[(visible(mark), SHAPES.get(mark, ""), visible(meaning)) for mark, meaning in grid.legend],
        cautions=[visible(caution) for caution in grid.cautions],
        caption=visible(grid.caption),
        origin=visible(grid.background.value.caption),
        things=[visible(thing) for thing in grid.things],
        remarks=[visible(remark) for remark in background.remarks],
        listed=_number(grid, background) <= MOST_LISTED,
        remarked=any((*background.of_rows.values(), *background.of_columns.values())),
        recorded=background.records is not None,
        data=data_block(grid),
        style=style,
        script=script,
        style_hash=_hash(style),
        script_hash=_hash(script),
    )


def _hash(text: str) -> str:
    """The source expression with which a content security policy allows an inline style or script."""
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _number(grid: Grid, background: Background) -> int:
    """How many details and remarks the page has."""
    remarks = (*background.of_rows.values(), *background.of_columns.values())
    return sum(len(cell.details) for cell in grid.cells.values()) + sum(map(len, remarks))


def _facet(facet: Facet, grid: Grid) -> dict[str, Any]:
    """A filter for the template."""
    return {
        "id": visible(facet.id),
        "label": visible(facet.label),
        "of": facet_of(facet, grid),
        "options": [(visible(option.id), visible(option.label)) for option in facet.options],
    }


def _line(line: GridLine, remarks: dict[str, tuple[Detail, ...]], kind: str) -> dict[str, Any]:
    """A row or a column for the template. Its id is also the fragment of the address that selects it."""
    return {
        "id": f"{kind}={in_address(line.id)}",
        "label": visible(line.label),
        "group": visible(line.group),
        "remarks": [_detail(remark) for remark in remarks.get(line.id, ())],
    }


def _groups(grid: Grid, background: Background) -> list[dict[str, Any]]:
    """The rows with their cells, grouped under their headings."""
    return [
        {"label": visible(label), "rows": [_row(grid, row, background) for row in members]}
        for label, members in groupby(grid.rows, key=lambda row: row.group)
    ]


def _row(grid: Grid, row: GridLine, background: Background) -> dict[str, Any]:
    empty = GridCell("", "")
    cells = [_cell(grid.cells.get((row.id, column.id), empty), row, column) for column in grid.columns]
    return {**_line(row, background.of_rows, "row"), "cells": cells}


def _cell(cell: GridCell, row: GridLine, column: GridLine) -> dict[str, Any]:
    """A cell for the template. A cell without a symbol shows its meaning in words."""
    # A symbol that has no drawing must not leave the cell blank.
    symbol = cell.symbol if cell.symbol in SHAPES.values() else ""
    words = cell.blank or ("" if symbol else cell.counts or cell.label)
    return {
        "id": f"cell={in_address(row.id, column.id)}",
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
        "details": [_detail(detail) for detail in cell.details],
    }


def _arrow(arrow: Arrow) -> dict[str, Any]:
    """The look of an arrow for the template."""
    return {
        "scale": arrow.scale,
        "colour": arrow.colour,
        "letter": visible(arrow.letter),
        "number": visible(arrow.number),
    }


def _detail(detail: Detail) -> dict[str, Any]:
    return {
        "title": visible(detail.title),
        "value": visible(text_of(detail.value)),
        "facts": facts_of(detail),
    }
