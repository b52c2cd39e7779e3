"""The formats: each is one pure function from content to text, looked up by name and imported when used."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from ruralsyn.document import Content, Grid
from ruralsyn.record import Record


class Screen(Record):
    """What the text is for. Only the formats that depend on it look at it."""

    width: int | None = None
    """Columns to fit; None where nothing limits the width."""
    colour: bool = False
    """Whether escape codes for colour and weight are wanted."""


PAPER = Screen()
"""A file or a pipe: no limit and no colour."""

Renderer = Callable[[Any, Screen], str | bytes]

FORMATS: dict[str, str] = {
    "table": "ruralsyn.render.terminal:render_terminal",
    "markdown": "ruralsyn.render.markdown:render_markdown",
    "html": "ruralsyn.render.html:render_html",
    "latex": "ruralsyn.render.latex:render_latex",
    "csv": "ruralsyn.render.delimited:render_csv",
    "tsv": "ruralsyn.render.delimited:render_tsv",
    "json": "ruralsyn.render.json:render_json",
    "jsonl": "ruralsyn.render.json:render_jsonl",
}
"""Each format and where its renderer is."""

FIGURES: dict[str, str] = {
    "svg": "ruralsyn.render.figure:render_svg",
    "png": "ruralsyn.render.figure:render_png",
    "pdf": "ruralsyn.render.figure:render_pdf",
}
"""The formats that draw a grid, and nothing else."""

MACHINE = ("csv", "tsv", "json", "jsonl")
"""The formats for programs."""

ENDINGS: dict[str, str] = {
    ".txt": "table",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".tex": "latex",
    ".csv": "csv",
    ".tsv": "tsv",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".svg": "svg",
    ".png": "png",
    ".pdf": "pdf",
}
"""The format that a file's ending stands for."""

ONE_TABLE = ("csv", "tsv", "jsonl")
"""Formats that carry exactly one table."""


def renderer(name: str) -> Renderer:
    """The renderer of a format in FORMATS or FIGURES."""
    module, function = (FORMATS | FIGURES)[name].split(":")
    found: Renderer = getattr(import_module(module), function)
    return found


def for_format(content: Content, name: str) -> Content:
    """What of the content a format shows: of a grid, its data, its table, or the grid itself."""
    if not isinstance(content, Grid) or name in FIGURES or name == "html":
        return content
    return content.data if name in MACHINE else content.table
