"""The files with data of one's own that the environment names."""

from __future__ import annotations

import os

VARIABLE = "RURALSYN_DATA"
"""The variable with the files, separated as in PATH."""


def data_files() -> tuple[str, ...]:
    """The files that RURALSYN_DATA names; none if it is not set."""
    return tuple(part for part in os.environ.get(VARIABLE, "").split(os.pathsep) if part)
