"""What rendered text is for: a screen of some width, or paper."""

from __future__ import annotations

from ruralsyn.record import Record


class Screen(Record):
    """What the text is for. Only the formats that depend on it look at it."""

    width: int | None = None
    """Columns to fit; None where nothing limits the width."""
    colour: bool = False
    """Whether escape codes for colour and weight are wanted."""


PAPER = Screen()
"""A file or a pipe: no limit and no colour."""
