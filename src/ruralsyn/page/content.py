"""The kinds of content that a command returns."""

from __future__ import annotations

from ruralsyn.lazy import Later
from ruralsyn.page.bibliography import NO_WORKS, Bibliography, Reference
from ruralsyn.page.document import Document, Table
from ruralsyn.page.grid import Grid
from ruralsyn.record import Record
from ruralsyn.shown import Shown

Printable = Table | Document
"""Content that every text format can show."""


class Sentence(Shown, Record):
    """A sentence or a number by itself: people get the text alone, programs the table."""

    text: str
    data: Table
    remark: str = ""
    """What a person should know beside the text: the command line prints it on standard error."""
    works: Later[tuple[Reference, ...]] = NO_WORKS
    """What to cite for the data that it is from. Few formats say it."""

    def _brief(self) -> str:
        return self.text


Content = Printable | Grid | Bibliography | Sentence
"""Everything that a command can return."""
