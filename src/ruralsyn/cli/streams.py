"""The standard streams: whether a person is looking, colour, and writing in an encoding that fits."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TextIO

from ruralsyn.cli.encoding import encode
from ruralsyn.errors import OutputError
from ruralsyn.page.text import visible


def remark(message: str) -> None:
    """Say something on standard error, as one line that no terminal obeys."""
    with suppress(OSError, ValueError, AttributeError):
        print(f"ruralsyn: {visible(message)}", file=sys.stderr)


def is_terminal(stream: TextIO | None) -> bool:
    """Whether the stream is a terminal; one that is closed is none."""
    return stream is not None and not stream.closed and stream.isatty()


def wants_colour(on_terminal: bool) -> bool:
    """Whether to colour: NO_COLOR forbids, FORCE_COLOR asks for it, else a terminal that is not dumb gets it.

    As https://no-color.org and https://force-color.org have it: empty values count for nothing.
    """
    if os.environ.get("NO_COLOR"):
        return False
    if force := os.environ.get("FORCE_COLOR"):
        return force != "0"
    return on_terminal and os.environ.get("TERM") != "dumb"


def write_standard_output(text: str | bytes, *, on_terminal: bool) -> None:
    """Write to a terminal in its own encoding, to a pipe in UTF-8.

    Raises OutputError if standard output is closed or cannot be written.
    """
    if sys.stdout is None or sys.stdout.closed:
        raise OutputError("standard output is closed: add -o FILE.")
    encoding = (sys.stdout.encoding or "utf-8") if on_terminal else "utf-8"
    data = encode(text, encoding) if isinstance(text, str) else text
    try:
        stream = getattr(sys.stdout, "buffer", None)
        if stream is None:
            sys.stdout.write(data.decode(encoding))
        else:
            stream.write(data)
        sys.stdout.flush()
    except BrokenPipeError:
        discard_standard_output()  # Whoever read has seen enough.
    except OSError as error:
        discard_standard_output()
        raise OutputError(f"standard output: {error.strerror}") from None


def discard_standard_output() -> None:
    """What is left in the buffer must not fail again when the interpreter ends."""
    with suppress(OSError, ValueError, AttributeError):  # Standard output may be closed, or none.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
