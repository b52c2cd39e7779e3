"""The data of the interactive page: what its script searches, shows in the panel and exports."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any
from urllib.parse import quote

from ruralsyn.page.document import Table
from ruralsyn.page.grid import Background, Detail, Facet, Grid, GridCell, GridLine
from ruralsyn.page.marks import MARKS
from ruralsyn.page.text import bracketed, noted_text, text_of, visible
from ruralsyn.page.values import Value, peel
from ruralsyn.render.data import data_of, rows_of
from ruralsyn.render.delimited import csv_lines
from ruralsyn.render.markdown import escape


def data_block(grid: Grid) -> str:
    """The data as JSON that can stand between the tags of a script."""
    text = json.dumps(_data(grid), ensure_ascii=False, separators=(",", ":"))
    # `</script>` would end the data, and `<!--` would hide its end.
    return text.replace("<", "\\u003c")


def _data(grid: Grid) -> dict[str, Any]:
    background = grid.background.value
    return {
        "name": visible(grid.id),
        "things": [visible(thing) for thing in grid.things],
        "remarks": [visible(remark) for remark in background.remarks],
        "columns": [_line(column, background.of_columns) for column in grid.columns],
        "rows": _rows(grid, background),
        "records": _records(background.records),
        "markdown": _markdown(grid),
    }


def facet_of(facet: Facet, grid: Grid) -> str:
    """What a filter hides: rows, columns or details."""
    for kind, lines in (("row", grid.rows), ("column", grid.columns)):
        if any(key == facet.id for line in lines for key, _ in line.facets):
            return kind
    return "detail"


def in_address(*ids: str) -> str:
    """Ids as the fragment of an address has them: percent-encoded, with dots between them."""
    return ".".join(quote(visible(each), safe="").replace(".", "%2E") for each in ids)


def _line(line: GridLine, remarks: dict[str, tuple[Detail, ...]]) -> dict[str, Any]:
    return {
        "id": visible(line.id),
        "label": visible(line.label),
        "facets": _pairs(line.facets),
        "remarks": [_detail(remark) for remark in remarks.get(line.id, ())],
        "markdown": [escape(line.group), escape(line.label)],
    }


def _rows(grid: Grid, background: Background) -> list[dict[str, Any]]:
    # Thousands of cells share a few texts.
    in_markdown = cache(lambda text: _cell_in_markdown(grid.legend, text))
    empty = GridCell("", "")
    return [
        {
            **_line(row, background.of_rows),
            "cells": [
                _cell(grid.cells.get((row.id, column.id), empty), in_markdown) for column in grid.columns
            ],
        }
        for row in grid.rows
    ]


def _cell(cell: GridCell, in_markdown: Any) -> dict[str, Any]:
    text, marks = in_markdown(cell.text or cell.blank or cell.label)
    return {
        "label": visible(cell.label),
        "markdown": text,
        "marks": marks,
        "details": [_detail(detail) for detail in cell.details],
    }


def _cell_in_markdown(legend: Sequence[tuple[str, str]], text: str) -> tuple[str, list[int]]:
    """A cell in a table of Markdown, and which entries of the legend explain a part of it."""
    return escape(text), [number for number, (mark, _) in enumerate(legend) if mark in text]


def _detail(detail: Detail) -> dict[str, Any]:
    return {
        "id": visible(detail.id),
        "title": visible(detail.title),
        "value": visible(text_of(detail.value)),
        "facts": facts_of(detail),
        # Most remarks have neither, and there may be ten thousand.
        **({"facets": _pairs(detail.facets)} if detail.facets else {}),
        **({"leading": True} if detail.leading else {}),
    }


def facts_of(detail: Detail) -> list[tuple[str, str]]:
    """The names and the values of what is known of a detail."""
    return [(visible(name), _fact(value)) for name, value in detail.facts]


def _pairs(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(visible(key), visible(value)) for key, value in pairs]


def _fact(value: Value) -> str:
    """A value followed by its paragraphs and its footnotes."""
    core, notes = peel(value)
    # In line, since a detail has no foot for footnotes.
    behind = [
        bracketed(note.cites).strip() if not note.note else noted_text(note.note, note.cites)
        for note in notes
    ]
    return visible(" ".join((text_of(core, MARKS["not-reported"].glyph), *behind)))


def _records(table: Table | None) -> dict[str, Any] | None:
    """The lines of CSV by the ids of the details that they are about; None if there are no records."""
    if table is None:
        return None
    head, *lines = csv_lines(table)
    key = table.exported().columns[0].key
    ids = (visible(str(data_of(row[key]))) for row in rows_of(table))
    # Pairs, since an object in JavaScript has keys that are numbers before all others.
    return {"head": head, "lines": list(zip(ids, lines, strict=True))}


def _markdown(grid: Grid) -> dict[str, Any]:
    """The parts of a table in Markdown around its cells."""
    return {
        "title": escape(grid.title),
        "heads": [escape(head) for head in (group_head(grid), corner(grid))],
        "legend": [escape(f"{mark} = {meaning}") for mark, meaning in grid.legend],
        "caption": escape(grid.caption),
    }


def corner(grid: Grid) -> str:
    """The heading over the row labels, or nothing if the table has several columns that could give it."""
    others = {column.id for column in grid.columns} | {grid.table.group_by}
    heads = [column.label for column in grid.table.shown().columns if column.key not in others]
    return visible(heads[0]) if len(heads) == 1 else ""


def group_head(grid: Grid) -> str:
    """What the groups of the rows are, e.g. `Region`; nothing if the rows have none."""
    heads = [column.label for column in grid.table.columns if column.key == grid.table.group_by]
    return visible(heads[0]) if heads else ""
