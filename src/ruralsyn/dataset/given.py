"""What is given of a new case by options: for a skeleton, or for all rows of a table."""

from __future__ import annotations

from ruralsyn.dataset.countries import CountryCode
from ruralsyn.record import Record


class Given(Record, kw_only=True):
    """What is known of a new case and its source before a file is read or filled in."""

    country: CountryCode | None = None
    title: str | None = None
    id: str | None = None
    """Its id, or None for one made from the country and the title."""
    source: str | None = None
    """The title of its source."""
    year: int | None = None
    """The year of its source."""
