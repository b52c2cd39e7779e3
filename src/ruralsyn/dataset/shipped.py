"""The files that come with the package: beside its modules or, in a checkout, in `data/`."""

from __future__ import annotations

from pathlib import Path

from ruralsyn.errors import DataError


def shipped(name: str, what: str) -> Path:
    """The path of a file that comes with the package.

    Raises DataError if it is in neither place; `what` is what the message calls the file.
    """
    package = Path(__file__).resolve().parents[1]
    candidates = (package / "data" / name, package.parents[1] / "data" / name)
    for path in candidates:
        if path.is_file():
            return path
    raise DataError(f"{what} is missing: {candidates[0]}. Install ruralsyn again.")


def schema_path() -> Path:
    """The path of the JSON Schema for dataset files. Raises DataError if it is missing."""
    return shipped("cases.schema.json", "The schema")
