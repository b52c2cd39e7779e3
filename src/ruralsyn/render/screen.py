"""Where rendered content will be read: on a screen of some width, or on paper."""

from __future__ import annotations

from pathlib import Path

from ruralsyn.record import Record


class Screen(Record):
    """Where the text will be read. Formats that do not depend on it ignore it."""

    width: int | None = None
    """The number of columns to fit; None if nothing limits the width."""
    colour: bool = False
    """Whether to write escape codes for colour and bold type."""
    reference_doc: Path | None = None
    """The file from which Word and OpenDocument files take page and styles; None for our own."""
    labels: bool = False
    """Whether CSV and TSV have names beside ids."""
    spreadsheet: bool = False
    """Whether CSV is for a spreadsheet: it begins with a byte order mark, and no text in it is a formula."""


PAPER = Screen()
"""A file or a pipe: no limit and no colour."""
