"""Output: renders content in its format and writes it to a file, the pager or standard output."""

from __future__ import annotations

import os
import shutil
import sys

from ruralsyn.cli.streams import is_terminal, remark, wants_colour, write_standard_output
from ruralsyn.cli.target import Target
from ruralsyn.errors import UsageError
from ruralsyn.page.bibliography import Bibliography
from ruralsyn.page.content import Content, Sentence
from ruralsyn.page.document import Table
from ruralsyn.page.grid import Grid
from ruralsyn.render.formats import Format
from ruralsyn.render.screen import Screen


def emit(content: Content, to: Target) -> None:
    """Render the content and write it to its target.

    What a person should know beside it, such as that nothing matched, goes to standard error.

    Raises UsageError if the format cannot hold the content and OutputError if it cannot be written.
    """
    text = _rendered(content, to)
    # Most runs write to standard output, so the code for files and the pager is imported only when needed.
    if to.file is not None:
        from ruralsyn.cli.files import write_file

        write_file(to.file, text)
    elif isinstance(text, str) and _is_long(text, to):
        from ruralsyn.cli.pager import show_in_pager

        show_in_pager(text)
    else:
        write_standard_output(text, on_terminal=to.on_terminal)
    if to.block:
        from ruralsyn.cli.block_texts import data_remark

        if said := data_remark(to.block):
            remark(said)
    table = to.format.part_of(content) if isinstance(to.format, Format) else content
    if isinstance(table, Grid):
        table = table.table
    # On a terminal the table itself says that nothing matched; a remark would repeat it.
    seen = to.on_terminal and to.format.name == "table"
    if isinstance(table, Table) and not table.rows and not seen:
        remark(table.empty)
    if isinstance(content, Sentence) and content.remark:
        remark(content.remark)


def _rendered(content: Content, to: Target) -> str | bytes:
    if to.block:
        from ruralsyn.cli.block_texts import whole_block

        return whole_block(content, to.block)
    if isinstance(to.format, Format):
        to.format.check_fit(content)
        if to.format.binary and to.on_terminal:
            ending = to.format.endings[0]
            raise UsageError(f"{to.format.name} cannot be shown on a terminal. Add -o FILE{ending}.")
        return to.format.render(content, _screen(to))
    assert isinstance(content, Bibliography)
    return to.format.write(content.references)


PIPE_WIDTH = 100
"""The width of text in a pipe or a file: an e-mail or a page has room for it, and most tables fit."""


def _screen(to: Target) -> Screen:
    # COLUMNS may hold anything. isdecimal() rules out signs, blanks and superscripts. The limit on the length
    # rules out numbers of thousands of digits, for which int() raises; no terminal has 100,000 columns.
    columns = os.environ.get("COLUMNS", "")
    wanted = int(columns) if columns.isdecimal() and len(columns) < 6 and int(columns) > 0 else None
    if to.on_terminal:
        width = wanted or shutil.get_terminal_size().columns
        return Screen(width, colour=wants_colour(True), labels=to.labels, spreadsheet=to.spreadsheet)
    # Colour in a pipe may be wanted for a pager. A file is kept, and most programs show codes as they are.
    colour = to.file is None and wants_colour(False)
    return Screen(
        wanted or PIPE_WIDTH,
        colour=colour,
        reference_doc=to.reference_doc,
        labels=to.labels,
        spreadsheet=to.spreadsheet,
    )


def _is_long(text: str, to: Target) -> bool:
    """Whether the text goes through the pager: it is longer than the terminal is high."""
    return (
        to.on_terminal
        and is_terminal(sys.stdin)  # The pager reads its keys from there.
        and os.environ.get("TERM") != "dumb"  # It cannot move the cursor, which a pager needs.
        and text.count("\n") >= shutil.get_terminal_size().lines  # One line is left for the prompt.
    )
