"""Rows of a spreadsheet: a table in a .csv, .tsv or .xlsx file, with the line of each row.

Spreadsheets save text in several encodings and with several separators, depending on the language that they
are set to. All of them are read, and what cannot be read is told with what to do.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from warnings import catch_warnings, simplefilter

from ruralsyn.dataset.conversion import fault_of
from ruralsyn.dataset.files import read_bytes
from ruralsyn.dataset.naming import fold
from ruralsyn.errors import DataError, Problem
from ruralsyn.record import Record

SEPARATORS = ",;\t"
"""What may stand between cells: Excel saves `;` where the comma is the decimal mark."""
MOST_SHOWN = 40
"""How much of a cell a message repeats."""

Line = tuple[int, list[str]]
"""The number of a line, from 1, and its cells."""


class TableRow(Record):
    """A row with its line in the file and its cells by column. Empty cells are left out."""

    line: int
    cells: dict[str, str]


class Sheet(Record):
    """A table that was read from a file."""

    name: str
    """The name of the file."""
    columns: tuple[str, ...]
    """The columns: the heads in lower case, with `_` between words, as `-f csv` prints them."""
    rows: tuple[TableRow, ...]
    problems: tuple[Problem, ...] = ()
    """The faults of cells that no column and no text can hold."""


def read_sheet(path: str | Path, known: Collection[str], printed: Sequence[str] = ()) -> Sheet:
    """The table in a file. `known` are the columns that are looked for.

    `printed` are the heads with which `-f tsv` begins. A backslash in a .tsv file is an escape if its heads
    begin so, and a backslash in any other: a path such as `C:\\new` is no line break.

    Of a workbook, it is the first sheet with two such columns in its first row. Raises DataError if the file
    cannot be read or has no such columns.
    """
    name, ending = str(path), Path(path).suffix.lower()
    if ending in (".xls", ".ods", ".numbers"):
        raise DataError(f"{name}: cannot be read. Save it as .xlsx or .csv and try again.")
    if ending in (".xlsx", ".xlsm"):
        sheets = _sheets_of(name, read_bytes(path))
    else:
        text = _text_of(name, read_bytes(path))
        lines = _lines_in_tabs(text, printed) if ending == ".tsv" else _lines_of(name, text, known)
        sheets = [[*lines]]
    for sheet in sheets:
        filled = [(number, cells) for number, cells in sheet if any(map(str.strip, cells))]
        if filled and len({*_columns(filled[0][1])} & {*known}) > 1:
            return _sheet(name, filled)
    raise DataError(f"{name}: has no row of column heads such as outcome and direction.")


def _sheet(name: str, lines: list[Line]) -> Sheet:
    (first, heads), *others = lines
    columns = _columns(heads)
    doubled = next((column for column in columns if column and columns.count(column) > 1), None)
    if doubled:
        raise DataError(f"{name}:{first}: two columns are called {doubled}. Give one of them another name.")
    problems: list[Problem] = []
    rows = tuple(_row(name, number, columns, cells, problems) for number, cells in others)
    return Sheet(name, tuple(filter(None, columns)), rows, tuple(problems))


def _row(name: str, line: int, columns: list[str], cells: list[str], problems: list[Problem]) -> TableRow:
    found: dict[str, str] = {}
    for number, cell in enumerate(map(cleaned, cells)):
        column = columns[number] if number < len(columns) else ""
        if cell and not column:
            advice = "a text that has the separator in it needs quotes around it"
            message = f'"{cell[:MOST_SHOWN]}" is in no column; {advice}'
            problems.append(Problem((), message, file=name, line=line, rule="cell"))
        elif cell and (fault := fault_of(cell)):
            problems.append(Problem((column,), fault, file=name, line=line, rule="text"))
        elif cell:
            found[column] = cell
    return TableRow(line, found)


def cleaned(cell: str) -> str:
    """A cell on one line, without blanks around it, and with one spelling of accented letters."""
    return _BREAKS.sub(" ", unicodedata.normalize("NFC", cell)).strip()


_BREAKS = re.compile(r"\s*[\t\n\v\f\r\x85\u2028\u2029]\s*")


def _columns(heads: Iterable[str]) -> list[str]:
    """The heads as keys: `Risk of bias` and `risk_of_bias` are one column."""
    return [fold(head).replace(" ", "_") for head in heads]


# Text ---------------------------------------------------------------------------------------------------


def _text_of(name: str, content: bytes) -> str:
    """The text of a file in UTF-8, in UTF-16 if it has a byte order mark, otherwise in Windows-1252."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        # Windows-1252 is what Excel saves as CSV in western Europe and the Americas.
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise DataError(f"{name}: is not text in a known encoding. Save it as CSV in UTF-8 and try again.")


def _lines_of(name: str, text: str, known: Collection[str]) -> Iterator[Line]:
    """The lines of text with separators. Cells in quotes may have separators and line breaks."""
    stream = io.StringIO(text, newline="")
    head, skipped = stream.readline(), 0
    # Excel writes this line, and hides it, to say what the separator is.
    if declared := re.match(r"sep=(.)\s*$", head):
        head, skipped, separator = "", 1, declared[1]
    else:
        stream.seek(0)
        separator = _separator(head, known)
    reader = csv.reader(stream, delimiter=separator, strict=True)
    last = skipped
    try:
        for cells in reader:
            yield last + 1, cells
            last = reader.line_num + skipped
    except csv.Error as error:
        raise DataError(
            f"{name}:{last + 1}: has quotes that do not match: {error}. Save the table as CSV again."
        ) from None


def _separator(head: str, known: Collection[str]) -> str:
    """The separator that makes most known columns of the head."""

    def found(separator: str) -> int:
        return len({*_columns(head.split(separator))} & {*known})

    return max(SEPARATORS, key=found)


def _lines_in_tabs(text: str, printed: Sequence[str]) -> Iterator[Line]:
    """The lines of tab-separated values, as a spreadsheet or, with printed heads, `-f tsv` writes them."""
    lines = re.split(r"\r\n|\n|\r", text)
    begun = lines[0].split("\t")[: len(printed)]
    read = _unescaped if printed and begun == [*printed] else _unquoted
    for number, line in enumerate(lines, 1):
        yield number, [read(cell) for cell in line.split("\t")]


def _unquoted(cell: str) -> str:
    # A spreadsheet puts quotes around a cell that has some.
    inside = cell[1:-1].replace('""', "")
    if len(cell) > 1 and cell[0] == cell[-1] == '"' and '"' not in inside:
        return cell[1:-1].replace('""', '"')
    return cell


def _unescaped(cell: str) -> str:
    # A spreadsheet that saved a printed file again may have put quotes around the escapes.
    cell = _unquoted(cell)
    return re.sub(r"\\([\\tnr])", lambda found: {"t": "\t", "n": "\n", "r": "\r"}.get(found[1], "\\"), cell)


# Workbooks ----------------------------------------------------------------------------------------------


def _sheets_of(name: str, content: bytes) -> list[list[Line]]:
    """The lines of each sheet of a workbook, with the values of formulas as Excel last worked them out."""
    try:
        from openpyxl import load_workbook
    except ImportError:
        raise DataError(
            f"{name}: reading .xlsx needs openpyxl: pip install 'ruralsyn[excel]'. Or save the table as CSV."
        ) from None
    try:
        # openpyxl warns of parts that it leaves out, such as lists to choose from. No cell is among them.
        with catch_warnings():
            simplefilter("ignore")
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            return [
                [*map(_line, enumerate(sheet.iter_rows(values_only=True), 1))] for sheet in book.worksheets
            ]
    # openpyxl has no error of its own for a damaged file: those of zip, XML and its own parts come through.
    except Exception as error:
        raise DataError(
            f"{name}: is not an .xlsx workbook: {error}. Save it again as .xlsx or .csv."
        ) from None


def _line(row: tuple[int, tuple[object, ...]]) -> Line:
    return row[0], [*map(_text_of_cell, row[1])]


def _text_of_cell(value: object) -> str:
    """A value of a workbook as text: whole numbers without a decimal point, truth as `true` or `false`."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
