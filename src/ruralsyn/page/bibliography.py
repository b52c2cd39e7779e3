"""References to works, before they have a citation style."""

from __future__ import annotations

from typing import Literal

from ruralsyn.lazy import Later
from ruralsyn.record import Record
from ruralsyn.shown import Shown


class Reference(Record, kw_only=True):
    """A work that can be cited."""

    key: str
    """The citation key."""
    kind: Literal["brief", "article", "source", "dataset"]
    """What it is; `source` if that is not known."""
    title: str
    authors: tuple[str, ...] = ()
    """Names of persons, the family name before a comma, and of groups, which have no comma."""
    publisher: str | None = None
    """None if it is unknown, or if it is also the author."""
    journal: str | None = None
    doi: str | None = None
    pages: int | None = None
    """How many pages it has."""
    year: int | None = None
    """None if the work prints no year."""
    version: str | None = None
    url: str | None = None
    """An address that the work itself prints."""
    note: str | None = None
    """What the work is, or what is not known about it."""
    locator: str | None = None
    """The paragraphs that are cited, e.g. `finance ¶2; impact-evaluation ¶3`."""


def person(name: str) -> tuple[str, str] | None:
    """The family and the given name of a person such as `Merttens, Fred`; None for a group."""
    family, _, given = (part.strip() for part in name.partition(","))
    return (family, given) if family and given else None


NO_WORKS: Later[tuple[Reference, ...]] = Later(tuple)
"""The works of content that nobody has told what to cite."""


class Bibliography(Shown, Record):
    """A list of references, which a citation style turns into text."""

    references: tuple[Reference, ...]

    def _brief(self) -> str:
        return f"{len(self.references)} references"
