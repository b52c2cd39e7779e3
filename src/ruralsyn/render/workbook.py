"""Excel workbooks: a sheet for each table, with names beside ids, and a sheet that says how to read them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ruralsyn.errors import RuralsynError
from ruralsyn.page.content import Printable, Sentence
from ruralsyn.page.document import Column, Document, Table
from ruralsyn.page.grid import Grid
from ruralsyn.page.labels import SUFFIX, labelled
from ruralsyn.page.text import text_of, visible
from ruralsyn.render.citation_styles import apa_lines
from ruralsyn.render.data import data_of, flat
from ruralsyn.render.screen import Screen

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

MISSING = (
    "an Excel workbook needs XlsxWriter: install it with `pip install 'ruralsyn[excel]'`. CSV needs nothing."
)
READ_ME = "Read me"
NARROWEST, WIDEST = 8, 60
"""The widths of columns, in characters. What is longer is wrapped."""
LINE, HIGHEST = 15, 409
"""The height of a line of text, and the most that a row of Excel can have, in points."""
MOST_ON_A_PAGE = 220
"""How many characters of width are still read when a sheet is printed on one page."""
A4 = 9
"""The number of the paper size in Excel."""
LONGEST_NAME = 31
"""How long the name of a sheet may be in Excel."""
LONGEST_TEXT = 32_767
"""How many UTF-16 units Excel keeps of the text in a cell."""
MOST_ROWS = 1_048_576
"""How many rows a sheet of Excel has."""
MOST_DIGITS = 10**15
"""From here on Excel would change digits of a number: it keeps fifteen."""
CUT = " … (cut: a cell of Excel holds no more; CSV and JSON have the whole)"
# Excel writes the date of making into a file. A fixed one gives the same bytes for the same content.
MADE = datetime(1980, 1, 1)
NAMES = f"A column whose name ends in {SUFFIX} has the names for the ids in the column before it."

_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
# XML cannot hold these, and a program would refuse the file.
_NOT_IN_XML = re.compile("[^\\t\\n\\r\\u0020-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
# Written as they are: no text becomes a formula, a link or a number.
_AS_THEY_ARE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def render_xlsx(content: Printable | Grid | Sentence, screen: Screen) -> bytes:
    """A workbook with the tables that programs get and, first, what people read above and below them.

    Raises RuralsynError if XlsxWriter is not installed.
    """
    del screen
    return workbook(_tables(content), _read_me(content))


def workbook(tables: Iterable[Table], read_me: Iterable[tuple[str, str]]) -> bytes:
    """A workbook with a sheet for each table, named by its id, after one with pairs of a heading and a text.

    Row 1 has the names of the columns, and ids have their names beside them. No cell holds a formula. Raises
    RuralsynError if XlsxWriter is not installed.
    """
    try:
        from xlsxwriter import Workbook
    except ImportError:
        raise RuralsynError(MISSING) from None
    buffer = io.BytesIO()
    with Workbook(buffer, _AS_THEY_ARE) as book:
        book.set_properties({"created": MADE})
        shown = {name: labelled(table) for name, table in _named(tables)}
        _write_read_me(book, [*read_me, *_sheets(shown)])
        styles = _Styles(book)
        for name, table in shown.items():
            _write_table(book.add_worksheet(name), table, styles)
    return buffer.getvalue()


def _named(tables: Iterable[Table]) -> Iterator[tuple[str, Table]]:
    """The tables, each with a name that Excel allows and no other sheet has."""
    # Excel keeps this name for itself, and takes names that differ in case for one.
    taken = {"history", READ_ME.lower()}
    for table in tables:
        base = _FORBIDDEN.sub("-", _safe(table.id)) or "table"
        names = (base, *(f"{base}-{number}" for number in range(2, len(taken) + 3)))
        # Its end is what tells a numbered name apart.
        fitting = (name if len(name) <= LONGEST_NAME else f"{name[:14]}…{name[-16:]}" for name in names)
        name = next(name for name in fitting if name.lower() not in taken)
        taken.add(name.lower())
        yield name, table


# The first sheet ------------------------------------------------------------------------------------------


def _tables(content: Printable | Grid | Sentence) -> Iterator[Table]:
    match content:
        case Table():
            yield content
        case Document():
            yield from content.tables()
        case Grid():
            yield content.data
            yield _as_shown(content.table)
        case Sentence():
            yield content.data


def _as_shown(table: Table) -> Table:
    """The table of a grid as people see it: its rows and columns are those of the picture."""
    shown = table.shown()
    return replace(
        shown,
        id=f"{table.id} as shown",
        columns=tuple(Column(column.label, column.label) for column in shown.columns),
        rows=tuple(
            tuple(text_of(value, column.blank) for column, value in zip(shown.columns, row, strict=True))
            for row in shown.rows
        ),
    )


def _read_me(content: Printable | Grid | Sentence) -> Iterator[tuple[str, str]]:
    """What people read above and below the tables."""
    match content:
        case Table():
            yield from _of_table(content)
        case Document():
            yield "Title", content.title
            yield "Answer", content.lead
            yield from (("Notes", note) for note in content.notes)
            for table in content.tables():
                yield from ((f"Sheet {table.id}", text) for text in (table.lead, *table.notes))
            yield from ((key, text_of(value)) for key, value in content.fields.items())
            yield "Data", content.dataset
        case Grid():
            yield from _of_table(content.table)
            yield from (("Marks", f"{mark} = {meaning}") for mark, meaning in content.legend)
            yield from (("Cautions", caution) for caution in content.cautions)
        case Sentence():
            yield "Answer", content.text
            yield "Notes", content.remark
    yield from (("How to cite", line) for line in apa_lines(content.works.value))


def _of_table(table: Table) -> Iterator[tuple[str, str]]:
    yield "Title", table.title
    yield "Answer", table.lead or ("" if table.rows else table.empty)
    yield from (("Notes and marks", note) for note in table.notes)
    yield from (("Data", line) for line in table.origin)


def _sheets(tables: dict[str, Table]) -> Iterator[tuple[str, str]]:
    """The sheets with their numbers of rows, and what the names of columns mean."""
    for name, table in tables.items():
        rows = len(table.rows)
        hidden = f", of which a page shows {rows - len(table.hidden)}" if table.hidden else ""
        title = f". {table.title}" if table.title else ""
        yield "Sheets", f"{name}: {rows} row{'' if rows == 1 else 's'}{hidden}{title}"
    yield "Columns", "Row 1 has the names of the columns, as in JSON and CSV. An empty cell has no value."
    if any(column.key.endswith(SUFFIX) for table in tables.values() for column in table.columns):
        yield "Columns", NAMES


def _write_read_me(book: Workbook, lines: Iterable[tuple[str, str]]) -> None:
    sheet = book.add_worksheet(READ_ME)
    heading = book.add_format({"bold": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_column(0, 0, 18, heading)
    sheet.set_column(1, 1, 100, wrapped)
    before = ""
    for number, (head, text) in enumerate(pair for pair in lines if pair[1]):
        # A heading is not repeated for each of its lines.
        sheet.write_string(number, 0, "" if head == before else _safe(head), heading)
        sheet.write_string(number, 1, _safe(text), wrapped)
        _set_height(sheet, number, [(text, 100)])
        before = head


# A table --------------------------------------------------------------------------------------------------


class _Styles:
    """The styles of the cells of a table."""

    def __init__(self, book: Workbook) -> None:
        self.head = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
        self.short = book.add_format({"valign": "top"})
        self.long = book.add_format({"valign": "top", "text_wrap": True})


def _write_table(sheet: Worksheet, table: Table, styles: _Styles) -> None:
    """The heads, which stay in sight, the rows, and a filter over all of them.

    Raises RuralsynError for more rows than a sheet holds.
    """
    if len(table.rows) >= MOST_ROWS:
        raise RuralsynError(
            f"a sheet of Excel holds {MOST_ROWS - 1:,} rows, but {table.id} has {len(table.rows):,}. Use csv "
            "or an export to sqlite."
        )
    rows = [[_cell(value) for value in row] for row in table.rows]
    widths: list[int] = []
    for place, column in enumerate(table.columns):
        width = max([len(column.key) + 3, *(_width(row[place]) for row in rows)])
        style = styles.long if width > WIDEST else styles.short
        sheet.set_column(place, place, min(WIDEST, max(NARROWEST, width)), style)
        sheet.write_string(0, place, column.key, styles.head)
        for number, row in enumerate(rows, 1):
            _write(sheet, number, place, row[place], style)
        widths.append(min(WIDEST, width))
    for number, row in enumerate(rows, 1):
        _set_height(sheet, number, zip(row, widths, strict=True))
    sheet.set_landscape()
    sheet.set_paper(A4)
    # With more columns on a page nobody could read them.
    if sum(widths) <= MOST_ON_A_PAGE:
        sheet.fit_to_pages(1, 0)
    # The first column tells the rows apart.
    sheet.repeat_rows(0)
    sheet.repeat_columns(0, 0)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(rows), len(table.columns) - 1)


def _set_height(sheet: Worksheet, number: int, cells: Iterable[tuple[Any, int]]) -> None:
    """Make a row as high as its wrapped texts need; Excel would do so by itself, LibreOffice does not."""
    lines = max(
        (-(-len(cell) * 11 // (width * 10)) for cell, width in cells if isinstance(cell, str)), default=1
    )
    if lines > 1:
        sheet.set_row(number, min(HIGHEST, LINE * lines))


def _cell(value: Any) -> Any:
    """A value as a cell holds it: numbers and booleans as such, all else as in CSV."""
    data = data_of(value)
    if data is None or isinstance(data, bool):
        return data
    # What is not finite fails the comparison too.
    if isinstance(data, int | float) and abs(data) < MOST_DIGITS:
        return data
    return _safe(flat(data))


def _safe(text: str) -> str:
    """The text without what Excel cannot hold. What is too long is cut, and the cell says so."""
    text = _NOT_IN_XML.sub("\ufffd", visible(text))
    if len(text.encode("utf-16-le")) // 2 <= LONGEST_TEXT:
        return text
    room = (LONGEST_TEXT - len(CUT)) * 2
    return text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + CUT


def _width(cell: Any) -> int:
    return len(str(cell)) + 2 if cell is not None else 0


def _write(sheet: Worksheet, number: int, place: int, cell: Any, style: Format) -> None:
    if isinstance(cell, bool):
        sheet.write_boolean(number, place, cell, style)
    elif isinstance(cell, int | float):
        sheet.write_number(number, place, cell, style)
    # An empty text is an empty cell.
    elif cell:
        sheet.write_string(number, place, cell, style)
