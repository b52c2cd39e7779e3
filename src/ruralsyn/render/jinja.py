"""The HTML templates. Jinja escapes every value that is put into them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment


@cache
def environment() -> Environment:
    """The environment of the templates. A template that uses an unknown variable raises UndefinedError."""
    # Imported here: only HTML needs Jinja, and most runs print no HTML.
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        # Jinja escapes nothing by default.
        autoescape=True,
        # The default would print an empty string for a misspelt variable.
        undefined=StrictUndefined,
        # Lines that hold only a block or a comment leave no blank lines in the page.
        trim_blocks=True,
        lstrip_blocks=True,
    )
