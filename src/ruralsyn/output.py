"""Where content goes: which format, which width, and writing it whole or not at all."""

from __future__ import annotations

import errno
import os
import shutil
import sys
import unicodedata
from contextlib import suppress
from pathlib import Path

from ruralsyn.document import Content, Document, Grid, Table
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
        return self.file is None and sys.stdout.isatty()


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
    return Target("table" if sys.stdout.isatty() else "markdown")


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
    if isinstance(table, Table) and not table.rows:
        print(f"ruralsyn: {table.empty}", file=sys.stderr)


def emit_text(text: str, file: str | None) -> None:
    """Write text that has its form already: to a file, or to standard output."""
    if file in (None, "-"):
        write_standard_output(text, Target("table"))
    else:
        write_file(Path(str(file)), text)


def _screen(to: Target) -> Screen:
    if to.file is not None:
        return PAPER
    columns = os.environ.get("COLUMNS", "")
    wanted = int(columns) if columns.isdecimal() and int(columns) > 0 else None
    if sys.stdout.isatty():
        plain = "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb"
        return Screen(wanted or shutil.get_terminal_size().columns, colour=not plain)
    return Screen(wanted, colour=bool(os.environ.get("FORCE_COLOR")))


def write_standard_output(text: str | bytes, to: Target) -> None:
    """Write to a terminal in its own encoding, to a pipe in UTF-8."""
    encoding = (sys.stdout.encoding or "utf-8") if to.on_terminal else "utf-8"
    try:
        stream = getattr(sys.stdout, "buffer", None)
        data = encode(text, encoding) if isinstance(text, str) else text
        if stream is None:
            sys.stdout.write(data.decode(encoding))
        else:
            stream.write(data)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read has seen enough. What is left in the buffer must not fail again at exit.
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise OutputError(f"standard output: {error.strerror}") from None


def _is_long(content: Content, text: str, to: Target) -> bool:
    """Whether a person at a terminal would want to leaf through a whole document."""
    return (
        to.on_terminal
        and sys.stdin.isatty()
        and isinstance(content, Document)
        and content.complete
        and os.environ.get("TERM") != "dumb"
        and text.count("\n") > shutil.get_terminal_size().lines
    )


def page(text: str) -> None:
    """Show the text through $PAGER, by default less; print it where there is none."""
    import shlex
    import subprocess

    command = shlex.split(os.environ.get("PAGER", "less"))
    data = encode(text, sys.stdout.encoding or "utf-8")
    if command and shutil.which(command[0]):
        subprocess.run(command, input=data, env={"LESS": "FRX", **os.environ}, check=False)
    else:
        write_standard_output(data, Target("table"))


_SUBSTITUTES = str.maketrans(
    {
        "▲": "^",
        "▼": "v",
        "◄": "<",
        "►": ">",
        "†": "+",
        "‡": "++",
        "¶": "p.",
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


def encode(text: str, encoding: str) -> bytes:
    """The text in an encoding that may lack some of its characters: those are shown by their likes."""
    try:
        return text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        plain = unicodedata.normalize("NFKD", text.translate(_SUBSTITUTES))
        return "".join(char for char in plain if not unicodedata.combining(char)).encode("ascii", "replace")


def write_file(path: Path, text: str | bytes) -> None:
    """Replace the file whole or leave it as it was; a device is written as it is.

    Raises OutputError if the file cannot be written.
    """
    data = text.encode("utf-8") if isinstance(text, str) else text
    try:
        if path.exists() and not path.is_file():
            _write_through(path, data)
        else:
            _replace(Path(os.path.realpath(path)), data)
    except OSError as error:
        reason = error.strerror or str(error)
        hint = " Make the folder first." if error.errno == errno.ENOENT else ""
        raise OutputError(f"{path}: cannot be written: {reason}.{hint}") from None


def _write_through(path: Path, data: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(data)


def _replace(path: Path, data: bytes) -> None:
    if path.exists() and not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
    import tempfile

    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
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
