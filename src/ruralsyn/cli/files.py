"""Files: written whole or left as they were."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path

from ruralsyn.errors import OutputError


def write_file(path: Path, text: str | bytes) -> None:
    """Replace the file whole or leave it as it was; a device is written as it is.

    Raises OutputError if the file cannot be written.
    """
    data = text.encode("utf-8", "replace") if isinstance(text, str) else text
    try:
        if _is_device(path):
            _write_through(path, data)
        else:
            _replace(Path(os.path.realpath(path)), data)
    except OSError as error:
        reason = error.strerror or str(error)
        hint = " Make the folder first." if error.errno == errno.ENOENT else ""
        raise OutputError(f"{path}: cannot be written: {reason}.{hint}") from None


def _is_device(path: Path) -> bool:
    """Whether the path is no file of its own: a device, a pipe, another name of standard output."""
    return path.absolute().parts[1:2] in (("dev",), ("proc",)) or (path.exists() and not path.is_file())


def _write_through(path: Path, data: bytes) -> None:
    with path.open("ab") as stream:
        stream.write(data)


def _replace(path: Path, data: bytes) -> None:
    if path.exists() and not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
    import tempfile

    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".ruralsyn-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(name, mode)
        os.replace(name, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
