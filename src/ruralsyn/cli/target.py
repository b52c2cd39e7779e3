"""Where content goes: in which format, and to which file or to standard output."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ruralsyn.cli.streams import is_terminal
from ruralsyn.errors import UsageError
from ruralsyn.evidence.names import one_of, suggestion
from ruralsyn.record import Record
from ruralsyn.render.formats import FORMATS, Format, text_formats

if TYPE_CHECKING:
    from ruralsyn.render.citation_styles import CitationStyle

ENVIRONMENT = "RURALSYN_FORMAT"

CONVERTED = {".docx", ".odt", ".rtf", ".epub", ".pptx"}
"""Endings of files that Pandoc makes from Markdown."""


class Target(Record):
    """A format and where it goes: a file, or standard output where there is none."""

    format: Format | CitationStyle
    file: Path | None = None

    @property
    def on_terminal(self) -> bool:
        """Whether a person is looking."""
        return self.file is None and is_terminal(sys.stdout)


def format_target(name: str | None, output: str | None) -> Target:
    """The format and file that the options and the environment ask for.

    An option beats the environment, and the file's ending beats it too. Raises UsageError for an unknown
    format and for an ending that stands for none.
    """
    file = _file(output)
    if name is not None:
        return Target(known_format(name, "--format"), file)
    if file is not None:
        if file.suffix.lower() in CONVERTED:
            raise UsageError(
                f"'{file}': Pandoc makes {file.suffix.lower()} files. Pipe Markdown into it: "
                f"ruralsyn … -f markdown | pandoc -f gfm -o {file.name}"
            )
        return Target(FORMATS[_by_ending(file, FORMATS, "format", text_formats())], file)
    if from_environment := os.environ.get(ENVIRONMENT):
        return Target(known_format(from_environment, ENVIRONMENT))
    return Target(FORMATS["table" if is_terminal(sys.stdout) else "markdown"])


def style_target(name: str | None, output: str | None) -> Target:
    """The citation style and file that the options ask for; as text where they say nothing.

    Raises UsageError for an unknown style and for an ending that stands for none.
    """
    from ruralsyn.render.citation_styles import STYLES

    file = _file(output)
    if name is not None:
        return Target(STYLES[one_of("--format", name, STYLES)], file)
    if file is not None:
        return Target(STYLES[_by_ending(file, STYLES, "style", list(STYLES))], file)
    return Target(STYLES["text"])


def known_format(name: str, origin: str) -> Format:
    """The format of that name or ending; UsageError, saying where the name came from, if there is none."""
    lowered = name.lower()
    if lowered in FORMATS:
        return FORMATS[lowered]
    for row in FORMATS.values():
        if f".{lowered}" in row.endings:
            return row
    from difflib import get_close_matches

    near = suggestion(get_close_matches(lowered, text_formats(), n=1))
    raise UsageError(f"{origin}: unknown format '{name}'. {near}There are {', '.join(text_formats())}.")


def _file(output: str | None) -> Path | None:
    return Path(output) if output not in (None, "-") else None


def _by_ending(
    file: Path, rows: Mapping[str, Format] | Mapping[str, CitationStyle], noun: str, names: list[str]
) -> str:
    """The name of the format or style that a file's ending stands for."""
    for name, row in rows.items():
        if file.name.lower().endswith(row.endings):
            return name
    raise UsageError(f"'{file}': its ending does not tell the {noun}. Add --format with {', '.join(names)}.")
