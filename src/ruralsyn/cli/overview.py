"""What `ruralsyn` prints without a command: what it is, what to try, and the commands by job."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ruralsyn.cli.commands import COMMANDS

if TYPE_CHECKING:
    from ruralsyn.dataset.model import Dataset

ANSWERS = {
    "ruralsyn effects --domain finance": "what moved, and is that good?",
    "ruralsyn compare peru lesotho": "two cases or countries side by side",
}
AS_PAGE = {"ruralsyn report peru -o peru.html": "a memo as a page"}
IN_WORD = {"ruralsyn report peru -o peru.docx": "a memo for Word"}
"""What the overview has in place of the page where Word files can be made."""
TRY = ANSWERS | AS_PAGE
"""Commands to begin with, each with what it gives. They run in every installation."""
EXAMPLES = (*TRY,)
WIDTH = 80
"""The width of a terminal that nobody has made wider."""


def print_overview(dataset: Dataset | None) -> None:
    """Print the overview for the dataset, or for the bundled one.

    Raises OutputError if standard output is closed or cannot be written.
    """
    from ruralsyn.cli.own_data import data_files
    from ruralsyn.cli.streams import is_terminal, wants_colour, write_standard_output
    from ruralsyn.dataset.loading import load

    on_terminal = is_terminal(sys.stdout)
    text = "\n".join(_lines(dataset or load(*data_files()), bold=wants_colour(on_terminal)))
    write_standard_output(f"{text}\n", on_terminal=on_terminal)


def _lines(dataset: Dataset, *, bold: bool) -> Iterator[str]:
    from textwrap import wrap

    yield from wrap(_about(dataset), WIDTH)
    yield ""
    tries = ANSWERS | (IN_WORD if _has_pandoc() else AS_PAGE)
    widest = max(map(len, tries))
    for number, (command, answer) in enumerate(tries.items()):
        yield f"{_name('' if number else 'Try', 6, bold=bold)}{command:{widest}}   {answer}"
    yield ""
    yield from _jobs(bold=bold)
    yield ""
    yield "ruralsyn help COMMAND explains one; ruralsyn vocabulary lists what filters take."


def _has_pandoc() -> bool:
    # Not find_pandoc(), which takes three times as long as all of the overview.
    from importlib.util import find_spec
    from shutil import which

    return bool(find_spec("pypandoc") or which("pandoc"))


def _about(dataset: Dataset) -> str:
    from ruralsyn import __version__
    from ruralsyn.page.wording import count, verb, word

    counts = f"{len(dataset.cases)} cases, {len(dataset.countries)} countries, {len(dataset.effects)} effects"
    if dataset.files.names:
        number = len(dataset.briefs)
        sources = f"{count(number, 'source')} {verb(number, 'reports', 'report')}"
        return f"ruralsyn {__version__}: what {sources}: {counts}."
    return (
        f"ruralsyn {__version__}: what {word(len(dataset.briefs))} policy briefs report on rural programmes "
        f"that join social protection and production: {counts}."
    )


def _jobs(*, bold: bool) -> Iterator[str]:
    """The commands by job, each job on a line or more."""
    from textwrap import wrap

    jobs: dict[str, list[str]] = {}
    for row in COMMANDS.values():
        jobs.setdefault(row.job, []).append(row.name)
    indent = max(map(len, jobs)) + 2
    for job, names in jobs.items():
        for number, line in enumerate(wrap("  ".join(names), WIDTH - indent)):
            yield f"{_name('' if number else job, indent, bold=bold)}{line}"


def _name(name: str, width: int, *, bold: bool) -> str:
    """The name, padded to the width; in bold type if the terminal has it."""
    blanks = " " * (width - len(name))
    return f"\x1b[1m{name}\x1b[0m{blanks}" if bold and name else f"{name}{blanks}"
