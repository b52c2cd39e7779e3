"""Targets: the format of the output, and the file or standard output that it goes to."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import replace
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

CONVERTED = {".rtf", ".epub", ".pptx"}
"""Endings of files that ruralsyn does not write but Pandoc makes from Markdown."""


class Target(Record):
    """A format and where the output goes: to a file, or to standard output if `file` is None."""

    format: Format | CitationStyle
    file: Path | None = None
    reference_doc: Path | None = None
    """The file from which the output takes page and styles."""
    labels: bool = False
    """Whether CSV and TSV have names beside ids."""
    spreadsheet: bool = False
    """Whether CSV is for a spreadsheet."""
    block: str = ""
    """What the output asks for, if it is a block that `refresh` can make anew."""

    @property
    def on_terminal(self) -> bool:
        """Whether the output goes to a terminal."""
        return self.file is None and is_terminal(sys.stdout)


def format_target(
    name: str | None,
    output: str | None,
    reference_doc: str | None = None,
    *,
    json: bool = False,
    labels: bool = False,
    excel: bool = False,
) -> Target:
    """The format and files that the options and the environment ask for.

    `--format` and `--json` have priority over the ending of the file, and that over RURALSYN_FORMAT. With
    `--excel`, the default is CSV. Raises UsageError for an unknown format, for an ending that no format has,
    for an option that the format does not take, and for `--json` with another format.
    """
    file = _file(output)
    wanted = _json_or(name) if json else "csv" if excel and name is None and file is None else name
    to = _format_target(wanted, file)
    assert isinstance(to.format, Format)
    if excel and to.format.name != "csv":
        raise UsageError(
            f"--excel is for csv, but the format is {to.format.name}. An .xlsx file needs no such option."
        )
    if labels and not to.format.labelled:
        raise UsageError(f"--labels is for {_taking('labelled')}, but the format is {to.format.name}.")
    return replace(_styled(to, reference_doc), labels=labels or excel, spreadsheet=excel)


def _taking(attribute: str) -> str:
    """The names of the formats that have an attribute."""
    *most, last = (row.name for row in FORMATS.values() if getattr(row, attribute))
    return f"{', '.join(most)} and {last}"


def _styled(to: Target, reference_doc: str | None) -> Target:
    """The target with the file that it takes page and styles from. Raises UsageError if it takes none."""
    if reference_doc is None:
        return to
    if not (isinstance(to.format, Format) and to.format.styled):
        raise UsageError(
            f"--reference-doc is for {_taking('styled')} only, but the format is {to.format.name}."
        )
    return replace(to, reference_doc=Path(reference_doc))


def block_target(
    request: str,
    name: str | None,
    output: str | None,
    reference_doc: str | None = None,
    *,
    json: bool = False,
    labels: bool = False,
    excel: bool = False,
) -> Target:
    """The file for a block that asks for this. Raises UsageError for another format than Markdown."""
    markdown = FORMATS["markdown"]
    file = _file(output)
    others = [
        option
        for option, wanted in (
            ("--json", json),
            ("--labels", labels),
            ("--excel", excel),
            ("--reference-doc", reference_doc is not None),
            (f"--format {name}", name is not None and known_format(name, "--format") is not markdown),
            (f"-o {output}", file is not None and not file.name.lower().endswith(markdown.endings)),
        )
        if wanted
    ]
    if others:
        raise UsageError(f"--block prints Markdown, so it takes no {others[0]}. Leave out one of them.")
    return Target(markdown, file, block=request)


def _json_or(name: str | None) -> str:
    """The name of the format for `--json`. Raises UsageError if another format is wanted, too."""
    if name is not None and known_format(name, "--format").name != "json":
        raise UsageError(f"--json and --format {name} ask for two formats. Leave out one of them.")
    return "json"


def _format_target(name: str | None, file: Path | None) -> Target:
    if name is not None:
        return Target(known_format(name, "--format"), file)
    if file is not None:
        # Pandoc makes these from Markdown, so the command is more use than a list of formats.
        if file.suffix.lower() in CONVERTED:
            raise UsageError(
                f"'{file}': ruralsyn cannot write {file.suffix.lower()} files, but Pandoc can: "
                f"ruralsyn … -f markdown | pandoc -f gfm -o {file.name}"
            )
        return Target(FORMATS[_by_ending(file, FORMATS, "format", text_formats())], file)
    if from_environment := os.environ.get(ENVIRONMENT):
        return Target(known_format(from_environment, ENVIRONMENT))
    # Pipes lead to Pandoc or into a memo in README's recipes, and both take Markdown.
    return Target(FORMATS["table" if is_terminal(sys.stdout) else "markdown"])


def style_target(name: str | None, output: str | None) -> Target:
    """The citation style and file that the options ask for; the style is `text` by default.

    RURALSYN_FORMAT has no effect: it names a format. Raises UsageError for an unknown style and for an ending
    that no style has.
    """
    from ruralsyn.render.citation_styles import STYLES

    file = _file(output)
    if name is not None:
        return Target(STYLES[one_of("--format", name, STYLES)], file)
    if file is not None:
        return Target(STYLES[_by_ending(file, STYLES, "style", list(STYLES))], file)
    return Target(STYLES["text"])


def known_format(name: str, origin: str) -> Format:
    """The format with this name or ending, such as `markdown` or `md`.

    Raises UsageError if there is none. `origin` is where the name came from, for the message.
    """
    lowered = name.lower()
    if lowered in FORMATS:
        return FORMATS[lowered]
    for row in FORMATS.values():
        if f".{lowered}" in row.endings:
            return row
    from difflib import get_close_matches

    near = suggestion(get_close_matches(lowered, text_formats(), n=1))
    raise UsageError(f"{origin}: unknown format '{name}'. {near}The formats are {', '.join(text_formats())}.")


def _file(output: str | None) -> Path | None:
    # A dash means standard output, as in other command-line tools.
    return Path(output) if output not in (None, "-") else None


def _by_ending(
    file: Path, rows: Mapping[str, Format] | Mapping[str, CitationStyle], noun: str, names: list[str]
) -> str:
    """The name of the format or style that has the ending of this file."""
    # Not file.suffix: a file called `.bib` has none.
    for name, row in rows.items():
        if file.name.lower().endswith(row.endings):
            return name
    raise UsageError(f"'{file}': no {noun} fits this file name. Add --format with one of {', '.join(names)}.")
