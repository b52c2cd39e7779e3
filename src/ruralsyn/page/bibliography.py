"""References to works, before they have a citation style."""

from __future__ import annotations

from typing import Literal

from ruralsyn.record import Record


class Reference(Record, kw_only=True):
    """A work that can be cited."""

    key: str
    """The citation key."""
    kind: Literal["brief", "dataset"]
    title: str
    authors: tuple[str, ...] = ()
    """Names of groups, each taken whole."""
    publisher: str | None = None
    """Absent where it is not known or is the author."""
    year: int | None = None
    """Absent where none is printed."""
    version: str | None = None
    url: str | None = None
    """An address that the work itself prints."""
    note: str | None = None
    """What the work is, or what is not known of it."""
    locator: str | None = None
    """The paragraphs that are cited, e.g. `finance ¶2; impact-evaluation ¶3`."""


class Bibliography(Record):
    """A list of references, for a citation style to write."""

    references: tuple[Reference, ...]
