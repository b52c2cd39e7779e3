"""Writing files: a file is replaced completely or not changed at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from ruralsyn.characters import as_bytes
from ruralsyn.errors import OutputError


def write_file(path: Path, text: str | bytes) -> None:
    """Replace the file completely or leave it unchanged; a device or pipe is written directly.

    Text is written as UTF-8. Raises OutputError if the file cannot be written.
    """
    write = _write_through if is_device(path) else _replace
    told(lambda file: write(file, as_bytes(text)), path)


def replace_file(path: Path, data: bytes) -> None:
    """Replace a file that is known to be a regular one, completely or not at all.

    Raises OutputError if it cannot be written.
    """
    told(lambda file: _replace(file, data), path)


def told(write: Callable[[Path], None], path: Path) -> None:
    """Write, and raise OutputError for what the system says against it."""
    try:
        write(path)
    except OSError as error:
        reason = error.strerror or str(error)
        hint = " Make the folder first." if error.errno == errno.ENOENT else ""
        raise OutputError(f"{path}: cannot be written: {reason}.{hint}") from None


def is_device(path: Path) -> bool:
    """Whether the path is a device, a pipe or another name for standard output."""
    # With `-o /dev/stdout >> log.md`, the path is the log, a regular file: replacing it would lose its text.
    # The files in /dev/shm, in memory, are files like any other.
    named = path.absolute().parts[1:3]
    system = named[:1] in (("dev",), ("proc",)) and named != ("dev", "shm")
    return system or (path.exists() and not path.is_file())


def _write_through(path: Path, data: bytes) -> None:
    # Appends: opening /dev/stdout with "wb" would empty a file that the shell opened with >>.
    with path.open("ab") as stream:
        stream.write(data)


def _replace(path: Path, data: bytes) -> None:
    # A symbolic link stays a link: the file that it points to is replaced.
    path = Path(os.path.realpath(path))
    # Renaming needs write permission for the folder only, so it would replace a write-protected file.
    if path.exists() and not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    # mkstemp makes files that only their owner can read, so the usual mode is worked out here.
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~umask()
    import tempfile

    # In the same folder, because os.replace is atomic only within one file system. The short prefix keeps the
    # name legal when that of the target is as long as names can be.
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".ruralsyn-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            # On the disk before the rename: otherwise a crash could leave an empty file under the final name.
            os.fsync(stream.fileno())
        os.chmod(name, mode)
        os.replace(name, path)
    except BaseException:  # Ctrl-C, too, must not leave the temporary file.
        with suppress(OSError):
            os.unlink(name)
        raise


def umask() -> int:
    """What the system takes away from the mode of new files."""
    # The only portable way to read the mask is to set it.
    mask = os.umask(0)
    os.umask(mask)
    return mask
