"""References to the sources, the dataset, or the places that records cite."""

from __future__ import annotations

from collections.abc import Sequence

from ruralsyn.evidence.citing import references_of
from ruralsyn.evidence.selection import Selection
from ruralsyn.page.bibliography import Bibliography


def bibliography(selection: Selection, names: Sequence[str] = ()) -> Bibliography:
    """The references for some records; without names, those for the sources and the dataset.

    Raises UsageError for an unknown name and for a record without a source.
    """
    return Bibliography(references_of(selection.dataset, names))
