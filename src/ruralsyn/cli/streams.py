"""The standard streams: whether they are terminals, whether to colour, and how to write to them."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TextIO

from ruralsyn.cli.encoding import encode
from ruralsyn.errors import OutputError
from ruralsyn.page.text import visible


def remark(message: str) -> None:
    """Print a message on standard error, with control characters made visible.

    A message may quote what a person typed, which must not reach the terminal as an escape sequence.
    """
    # If standard error is closed or cannot be written, nowhere is left to say so.
    with suppress(OSError, ValueError, AttributeError):
        print(f"ruralsyn: {visible(message)}", file=sys.stderr)


def is_terminal(stream: TextIO | None) -> bool:
    """Whether the stream is a terminal. A stream that is closed is not."""
    # Python sets a stream to None if it is closed at the start; isatty() raises if it was closed later.
    return stream is not None and not stream.closed and stream.isatty()


def wants_colour(on_terminal: bool) -> bool:
    """Whether to use colour: never with NO_COLOR, always with FORCE_COLOR, otherwise on a capable terminal.

    An empty variable counts as not set: see https://no-color.org and https://force-color.org.
    """
    if os.environ.get("NO_COLOR"):
        return False
    if force := os.environ.get("FORCE_COLOR"):
        return force != "0"  # Not in the convention, but tools such as Node.js read 0 as no colour.
    return on_terminal and os.environ.get("TERM") != "dumb"


def write_standard_output(text: str | bytes, *, on_terminal: bool) -> None:
    """Write to standard output: in the encoding of a terminal, otherwise in UTF-8.

    Raises OutputError if standard output is closed or cannot be written.
    """
    if sys.stdout is None or sys.stdout.closed:
        raise OutputError("standard output is closed. Add -o FILE to write to a file.")
    # UTF-8 whatever the locale, so that `> file` and `-o file` give the same bytes.
    encoding = (sys.stdout.encoding or "utf-8") if on_terminal else "utf-8"
    data = encode(text, encoding) if isinstance(text, str) else text
    try:
        # Bytes, because the text layer would encode again and raise for a missing character. Streams that
        # replace standard output, such as io.StringIO, have no buffer.
        stream = getattr(sys.stdout, "buffer", None)
        if stream is None:
            sys.stdout.write(data.decode(encoding))
        else:
            stream.write(data)
        sys.stdout.flush()  # Here, so that a full disk is noticed while it can still be reported.
    except BrokenPipeError:
        discard_standard_output()  # The reader has seen enough, as in `| head`: not an error.
    except OSError as error:
        discard_standard_output()
        raise OutputError(f"cannot write the output: {error.strerror}.") from None


def discard_standard_output() -> None:
    """Send what is left in the buffer to the null device.

    Python flushes standard output once more when it exits. A second failure there would print a warning and
    turn the exit code into 120.
    """
    with suppress(OSError, ValueError, AttributeError):  # Standard output may be closed, None or not a file.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
