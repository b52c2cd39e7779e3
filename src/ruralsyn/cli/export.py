"""The command `export`: writes the whole selection to a file or folder for other programs."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from ruralsyn.cli.commands import COMMANDS
from ruralsyn.cli.export_target import check_target, export_format, write_export
from ruralsyn.cli.own_data import data_files
from ruralsyn.cli.request import command_line, selection_for
from ruralsyn.cli.streams import is_terminal, remark, write_standard_output
from ruralsyn.dataset.loading import load
from ruralsyn.errors import UsageError
from ruralsyn.evidence.selection import Selection
from ruralsyn.export.contents import Contents
from ruralsyn.page.text import visible
from ruralsyn.page.wording import count, listed, word

ROW = COMMANDS["export"]


def run_export(
    *targets: str, to: str | None, force: bool, data: tuple[str, ...], only_data: bool, **filters: Any
) -> int:
    """Write the export, and say what it holds. Returns the exit code, 0.

    Raises UsageError for a target that no format fits, OutputError for one that is there already or cannot be
    written, and DataError if the data cannot be loaded.
    """
    if len(targets) > 1:
        raise UsageError(f"export makes one file or folder, but got {len(targets)}: {', '.join(targets)}")
    form = export_format(targets[0], to)
    target = Path(targets[0])
    # Before the data is loaded, and again when it is written: it may take a while.
    check_target(target, form, force=force)
    own = {"to": to, "force": False, "data": data or data_files(), "only_data": only_data}
    selection = selection_for(ROW, targets, filters, own, lambda files, only: load(*files, only=only))
    name = os.path.basename(os.path.abspath(target))
    # Without the folders above it: whoever gets the export need not know them.
    contents = Contents(selection, name, command_line(ROW, (name,), selection.chosen, own))
    write_export(target, form, form.files(contents), force=force)
    _say(targets[0], selection, contents)
    return 0


def _say(target: str, selection: Selection, contents: Contents) -> None:
    """Say what the export holds and, on standard error, what it lacks."""
    simulated = sum(effect.simulated for effect in selection.effects)
    numbers = (
        count(len(selection.cases), "case"),
        count(len(selection.effects), "effect") + (f" ({word(simulated)} simulated)" if simulated else ""),
        count(len(selection.findings), "finding"),
    )
    line = visible(f"{target}: {listed(numbers)}, and what belongs to them.")
    write_standard_output(f"{line}\n", on_terminal=is_terminal(sys.stdout))
    for part, why in contents.missing.items():
        remark(visible(f"{part} is left out: {why}"))
