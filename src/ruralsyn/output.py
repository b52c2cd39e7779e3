"""Where content goes: which format, which width, and writing it whole or not at all."""

from __future__ import annotations

import codecs
import errno
import os
import shutil
import sys
import unicodedata
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from ruralsyn.document import Content, Document, Grid, Table, visible
from ruralsyn.errors import OutputError, UsageError
from ruralsyn.record import Record
from ruralsyn.render import ENDINGS, FIGURES, FORMATS, ONE_TABLE, PAPER, Screen, for_format, renderer

ENVIRONMENT = "RURALSYN_FORMAT"

CONVERTED = {".docx", ".odt", ".rtf", ".epub", ".pptx"}
"""Endings of files that Pandoc makes from Markdown."""


class Target(Record):
    """A format and a place: a file, or standard output where there is none."""

    format: str
    file: Path | None = None

    @property
    def on_terminal(self) -> bool:
        """Whether a person is looking."""
        return self.file is None and is_terminal(sys.stdout)


def target(format_option: str | None, output_option: str | None) -> Target:
    """The format and place that the options and the environment ask for.

    An option beats the environment, and the file's ending beats it too. Raises UsageError for an unknown
    format and for an ending that stands for none.
    """
    file = Path(output_option) if output_option not in (None, "-") else None
    if format_option is not None:
        return Target(known_format(format_option, "--format"), file)
    if file is not None:
        return Target(_format_of(file), file)
    if from_environment := os.environ.get(ENVIRONMENT):
        return Target(known_format(from_environment, ENVIRONMENT))
    return Target("table" if is_terminal(sys.stdout) else "markdown")


def known_format(name: str, origin: str) -> str:
    """The format of that name; UsageError, saying where the name came from, if there is none."""
    lowered = {"md": "markdown", "tex": "latex", "txt": "table"}.get(name.lower(), name.lower())
    if lowered in FORMATS or lowered in FIGURES:
        return lowered
    from difflib import get_close_matches

    near = get_close_matches(lowered, FORMATS, n=1)
    hint = f"Did you mean {near[0]}? " if near else ""
    raise UsageError(f"{origin}: unknown format '{name}'. {hint}There are {', '.join(FORMATS)}.")


def _format_of(file: Path) -> str:
    ending = file.suffix.lower()
    if ending in ENDINGS:
        return ENDINGS[ending]
    if ending in CONVERTED:
        raise UsageError(
            f"'{file}': Pandoc makes {ending} files. Pipe Markdown into it: "
            f"ruralsyn … -f markdown | pandoc -f gfm -o {file.name}"
        )
    raise UsageError(
        f"'{file}': its ending does not tell the format. Add --format with {', '.join(FORMATS)}."
    )


def emit(content: Content, to: Target) -> None:
    """Render the content and write it. Data goes out; a remark that nothing matched goes to standard error.

    Raises UsageError if the format cannot hold the content and OutputError if it cannot be written.
    """
    if to.format in ONE_TABLE and isinstance(content, Document):
        raise UsageError(
            f"{to.format} holds one table and this is a document of several. Use --format json, or a command "
            "that prints one table, such as `ruralsyn effects`."
        )
    if to.format in FIGURES and not isinstance(content, Grid):
        raise UsageError(
            f"{to.format} is for the picture that `ruralsyn map` draws. For a page or a Word file "
            "pipe Markdown into Pandoc, or use --format html."
        )
    if to.format in FIGURES and to.on_terminal and to.format != "svg":
        raise UsageError(f"{to.format} is no text for a terminal. Add -o FILE.{to.format}.")
    content = for_format(content, to.format)
    text = renderer(to.format)(content, _screen(to))
    if to.file is not None:
        write_file(to.file, text)
    elif isinstance(text, str) and _is_long(content, text, to):
        page(text)
    else:
        write_standard_output(text, to)
    table = content.table if isinstance(content, Grid) else content
    seen = to.on_terminal and to.format == "table"
    if isinstance(table, Table) and not table.rows and not seen:
        remark(table.empty)


def remark(message: str) -> None:
    """Say something on standard error, as one line that no terminal obeys."""
    with suppress(OSError, ValueError, AttributeError):
        print(f"ruralsyn: {visible(message)}", file=sys.stderr)


def emit_text(text: str, file: str | None) -> None:
    """Write text that has its form already: to a file, or to standard output."""
    if file in (None, "-"):
        write_standard_output(text, Target("table"))
    else:
        write_file(Path(str(file)), text)


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


def _screen(to: Target) -> Screen:
    if to.file is not None:
        return PAPER
    columns = os.environ.get("COLUMNS", "")
    wanted = int(columns) if columns.isdecimal() and len(columns) < 6 and int(columns) > 0 else None
    if to.on_terminal:
        return Screen(wanted or shutil.get_terminal_size().columns, colour=wants_colour(True))
    return Screen(wanted, colour=wants_colour(False))


def write_standard_output(text: str | bytes, to: Target) -> None:
    """Write to a terminal in its own encoding, to a pipe in UTF-8.

    Raises OutputError if standard output is closed or cannot be written.
    """
    if sys.stdout is None or sys.stdout.closed:
        raise OutputError("standard output is closed: add -o FILE.")
    encoding = (sys.stdout.encoding or "utf-8") if to.on_terminal else "utf-8"
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


def _is_long(content: Content, text: str, to: Target) -> bool:
    """Whether a person at a terminal would want to leaf through a whole document."""
    return (
        to.on_terminal
        and is_terminal(sys.stdin)
        and isinstance(content, Document)
        and content.complete
        and os.environ.get("TERM") != "dumb"
        and text.count("\n") > shutil.get_terminal_size().lines
    )


def page(text: str) -> None:
    """Show the text through $PAGER, by default less; print it where that cannot be run."""
    import shlex
    import subprocess

    data = encode(text, sys.stdout.encoding or "utf-8")
    try:
        command = shlex.split(os.environ.get("PAGER", "less"))
        pager = subprocess.Popen(command, stdin=subprocess.PIPE, env={"LESS": "FRX", **os.environ})
    except (ValueError, OSError, IndexError):
        write_standard_output(data, Target("table"))
        return
    assert pager.stdin is not None
    with suppress(OSError):  # The reader may leave before the end.
        pager.stdin.write(data)
        pager.stdin.close()
    while pager.poll() is None:
        # An interrupt is for the pager, which must put the terminal in order before it ends.
        with suppress(KeyboardInterrupt):
            pager.wait()


_SUBSTITUTES = str.maketrans(
    {
        "▲": "^",
        "▼": "v",
        "◄": "<",
        "►": ">",
        "†": "*",
        "‡": "&",
        "¶": "#",
        "·": "-",
        "•": "*",
        "…": "...",
        "–": "-",
        "—": "-",
        "“": '"',
        "”": '"',
        "’": "'",
        "─": "-",
        "━": "-",
        "│": "|",
        "┼": "+",
        "╶": "-",
        "╴": "-",
    }
)


def _substitute(error: UnicodeError) -> tuple[str, int]:
    """For the characters that an encoding lacks: their likes, without accents, else a question mark."""
    assert isinstance(error, UnicodeEncodeError)
    lacking = error.object[error.start : error.end]
    plain = unicodedata.normalize("NFKD", lacking.translate(_SUBSTITUTES))
    kept = "".join(char for char in plain if not unicodedata.combining(char))
    return kept.encode("ascii", "replace").decode("ascii"), error.end


def encode(text: str, encoding: str) -> bytes:
    """The text in an encoding that may lack some of its characters: those are shown by their likes."""
    codecs.register_error("ruralsyn", _substitute)
    try:
        return text.encode(encoding, "ruralsyn")
    except LookupError:
        return text.encode("ascii", "ruralsyn")


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
