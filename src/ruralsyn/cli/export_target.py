"""Where an export goes: which format a target asks for, whether it is free, and how it is written."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Never

from ruralsyn.cli.files import is_device, told, umask, write_file
from ruralsyn.errors import OutputError, UsageError
from ruralsyn.export.contents import Files
from ruralsyn.export.formats import EXPORTS, ExportFormat

FOLDER = next(form for form in EXPORTS.values() if form.is_folder)
IN_USE = ("-wal", "-shm", "-journal")
"""What SQLite adds to the name of a database while a program has it open, or after the program broke off."""


def export_format(target: str, to: str | None) -> ExportFormat:
    """The format that the option or the ending asks for. Raises UsageError for none and for two."""
    if not target or target == "-":
        raise UsageError(
            "export writes a file or a folder, so TARGET needs a name. For standard output, use a command "
            "such as `ruralsyn effects -f json`."
        )
    by_ending = _by_ending(target)
    if to is not None:
        if by_ending and by_ending.name != to:
            raise UsageError(
                f"'{target}' is the name of a {by_ending.name} file, but --to is {to}. Change one of them."
            )
        return EXPORTS[to]
    if by_ending:
        return by_ending
    if Path(target).suffix and not os.path.isdir(target):
        endings = [ending for form in EXPORTS.values() for ending in form.endings]
        raise UsageError(
            f"'{target}': no export ends so. The endings are {', '.join(endings)}; a name without one makes "
            "a folder. Or say what to make with --to."
        )
    return FOLDER


def _by_ending(target: str) -> ExportFormat | None:
    found = (form for form in EXPORTS.values() if form.endings and target.lower().endswith(form.endings))
    return next(found, None)


def check_target(target: Path, form: ExportFormat, *, force: bool) -> None:
    """Raise OutputError if the target is there and may not be replaced, or if its folder is not there."""
    there = os.path.lexists(target)
    if not target.is_dir() and is_device(target):
        raise OutputError(
            f"{target}: is a device or a pipe. An export is a file or a folder: choose another name."
        )
    if there and not force:
        raise OutputError(f"{target}: is there already. Choose another name, or add --force to replace it.")
    if there and form.is_folder != target.is_dir():
        kind = "a folder" if target.is_dir() else "a file"
        raise OutputError(f"{target}: is {kind}, which {form.name} cannot replace. Choose another name.")
    if not target.absolute().parent.is_dir():
        raise OutputError(f"{target}: cannot be written: there is no folder for it. Make the folder first.")
    if form.name == "sqlite":
        _check_unused(target)


def _check_unused(target: Path) -> None:
    # SQLite would apply what such a file holds to the new database, and break it.
    for ending in IN_USE:
        if os.path.lexists(f"{target}{ending}"):
            raise OutputError(
                f"{target}{ending}: is there, so a program may have the database open. Close the program, or "
                "delete this file."
            )


def write_export(target: Path, form: ExportFormat, files: Files, *, force: bool) -> None:
    """Write the files of an export: all of them, or none. Raises OutputError if they cannot be written."""
    with _cleaning_up():
        _write(target, form, files, force=force)


@contextmanager
def _cleaning_up() -> Iterator[None]:
    """Let SIGTERM, which `kill` and `timeout` send, clean up as Ctrl-C does, instead of ending at once."""
    # Python lets no other thread handle signals, and a signal that is ignored stays so.
    main = threading.current_thread() is threading.main_thread()
    if not main or signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL:
        yield
        return
    signal.signal(signal.SIGTERM, _end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _end(number: int, _: object) -> Never:
    # As shells report a signal.
    raise SystemExit(128 + number)


def _write(target: Path, form: ExportFormat, files: Files, *, force: bool) -> None:
    if form.is_folder:
        check_target(target, form, force=force)
        told(lambda path: _write_folder(path, files), target)
        return
    paths = [target.parent / name for name in files]
    for path in paths:
        check_target(path, form, force=force)
    _write_beside(dict(zip(paths, files.values(), strict=True)))


def _write_beside(files: dict[Path, bytes]) -> None:
    """Write files beside each other. If one of them fails, those that were not there before are removed."""
    new = [path for path in files if not os.path.lexists(path)]
    try:
        # The target itself comes first in the export and is written last, so that it is never there alone.
        for path, data in reversed(files.items()):
            write_file(path, data)
    except BaseException:
        for path in new:
            path.unlink(missing_ok=True)
        raise


def _write_folder(target: Path, files: Files) -> None:
    """Put a new folder in place, in one step."""
    target = Path(os.path.realpath(target))
    _check_replaceable(target, files)
    made = Path(tempfile.mkdtemp(dir=target.parent, prefix=".ruralsyn-"))
    try:
        for name, data in files.items():
            (made / name).parent.mkdir(exist_ok=True)
            (made / name).write_bytes(data)
        # The folder that mkdtemp makes can only be read by its owner.
        made.chmod(0o777 & ~umask())
        _swap(made, target)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise


def _swap(made: Path, target: Path) -> None:
    """Put a folder in the place of another, which stays if that fails."""
    if not target.exists():
        made.rename(target)
        return
    aside = Path(tempfile.mkdtemp(dir=target.parent, prefix=".ruralsyn-"))
    old = aside / "old"
    try:
        target.rename(old)
        made.rename(target)
    except BaseException:
        if old.exists():
            old.rename(target)
        # Not rmtree: if the folder could not be put back, it is still in there.
        aside.rmdir()
        raise
    shutil.rmtree(aside, ignore_errors=True)


def _check_replaceable(target: Path, files: Files) -> None:
    """Raise OutputError for a folder that holds anything but an export, or that somebody is in."""
    if not target.exists():
        return
    if target == Path.cwd() or target in Path.cwd().parents:
        raise OutputError(f"{target}: is the folder that you are in. Name another one.")
    others = sorted(set(_files_in(target)) - files.keys())
    if others:
        raise OutputError(
            f"{target}: holds what is not part of an export, such as {others[0]}. Choose another folder, or "
            "move it away."
        )


def _files_in(folder: Path) -> Iterator[str]:
    """The files below a folder, by their names within it."""
    for path in folder.rglob("*"):
        if path.is_symlink() or not path.is_dir():
            yield path.relative_to(folder).as_posix()
