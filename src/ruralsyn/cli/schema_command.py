"""The command `schema`: prints the JSON Schema of dataset files, copies it, or says where it is."""

from __future__ import annotations

import sys
from pathlib import Path

from ruralsyn.dataset.shipped import schema_path
from ruralsyn.errors import UsageError


def run_schema(*, output: str | None = None, path: bool = False) -> int:
    """Print the schema or, with `path`, its path; or write the schema to a file. Returns the exit code 0.

    Raises UsageError for a file together with `path`, OutputError if nothing can be written, and DataError if
    the schema is missing.
    """
    # A dash means standard output, as in other commands.
    file = None if output in (None, "-") else output
    if path and file is not None:
        raise UsageError("--path prints where the schema is, so it takes no -o. Leave out one of them.")
    if file is not None:
        from ruralsyn.cli.files import write_file

        write_file(Path(file), schema_path().read_bytes())
    else:
        from ruralsyn.cli.streams import is_terminal, write_standard_output

        text = f"{schema_path()}\n" if path else schema_path().read_text(encoding="utf-8")
        write_standard_output(text, on_terminal=is_terminal(sys.stdout))
    return 0
