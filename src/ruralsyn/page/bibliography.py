"""References to works, before they have a citation style."""

from __future__ import annotations

from typing import Literal

from ruralsyn.record import Record


class Reference(Record, kw_only=True):
    """A work that can be cited."""

    key: str
    """The citation key."""
    kind: Literal["brief", "article", "source", "dataset"]
    title: str
    authors: tuple[str, ...] = ()
    """Names of groups. A name is never split into a first and a last name."""
    publisher: str | None = None
    """None if it is unknown, or if it is also the author."""
    journal: str | None = None
    doi: str | None = None
    year: int | None = None
    """None if the work prints no year."""
    version: str | None = None
    url: str | None = None
    """An address that the work itself prints."""
    note: str | None = None
    """What the work is, or what is not known about it."""
    locator: str | None = None
    """The paragraphs that are cited, e.g. `finance ¶2; impact-evaluation ¶3`."""


class Bibliography(Record):
    """A list of references, which a citation style turns into text."""

    references: tuple[Reference, ...]
