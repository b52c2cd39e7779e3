"""Excel workbooks, as openpyxl and LibreOffice read them."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

import ruralsyn
from ruralsyn.cli.commands import COMMANDS
from ruralsyn.dataset.model import Dataset
from ruralsyn.errors import RuralsynError
from ruralsyn.page.document import Column, Table
from ruralsyn.page.labels import labelled
from ruralsyn.page.values import Noted, Term
from ruralsyn.render.data import flat
from ruralsyn.render.delimited import render_csv
from ruralsyn.render.formats import FORMATS
from ruralsyn.render.screen import Screen
from ruralsyn.render.workbook import CUT, LONGEST_TEXT, READ_ME, workbook
from tests.conftest import Run, need_modules, need_program

pytest.importorskip("xlsxwriter", reason="workbooks need ruralsyn[excel]")

LINES: tuple[tuple[str, ...], ...] = (
    ("cases",),
    ("show", "mali"),
    ("effects", "-d", "finance"),
    ("effects", "peru", "-d", "finance"),
    ("programmes",),
    ("coordination", "mali"),
    ("lessons", "--limit", "3"),
    ("recommendations",),
    ("search", "budget"),
    ("count", "effects"),
    ("answer", "effects"),
    ("compare", "peru", "lesotho"),
    ("map",),
    ("map", "--by", "outcome"),
    ("synthesis",),
    ("report", "peru"),
    ("sources",),
    ("vocabulary",),
)


def opened(data: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def sheet_of(data: bytes, name: str) -> Worksheet:
    sheet = opened(data)[name]
    assert isinstance(sheet, Worksheet)
    return sheet


def rows_of(sheet: Worksheet) -> Iterator[dict[str, Any]]:
    head, *rows = sheet.iter_rows(values_only=True)
    return (dict(zip(map(str, head), row, strict=True)) for row in rows)


def small(*values: Any, key: str = "text") -> Table:
    return Table("small", "Small", (Column(key, "Text"),), tuple((value,) for value in values))


def test_every_command_that_has_formats_is_tried() -> None:
    tried = {line[0] for line in LINES} | {"diff"}
    assert tried == {
        name for name, row in COMMANDS.items() if "xlsx" in row.formats() and row.gives != "own"
    } - {"cite"}


@pytest.mark.parametrize("line", LINES, ids=" ".join)
def test_every_command_has_the_rows_of_its_json(
    ruralsyn_run: Run, tmp_path: Path, line: tuple[str, ...]
) -> None:
    file = tmp_path / "out.xlsx"
    assert ruralsyn_run(*line, "-o", file).code == 0
    found = json.loads(ruralsyn_run(*line, "-f", "json").out)
    tables = found["tables"] if isinstance(found, dict) else None
    book = openpyxl.load_workbook(file)
    first, *names = book.sheetnames
    assert first == READ_ME
    # A map has a sheet as people see it, too.
    names = [name for name in names if not name.endswith("as shown")]
    assert names == list(tables) if tables is not None else len(names) == 1
    for name, rows in zip(names, [found] if tables is None else tables.values(), strict=True):
        sheet = book[name]
        assert isinstance(sheet, Worksheet)
        shown = list(rows_of(sheet))
        assert len(shown) == len(rows)
        for made, row in zip(shown, rows, strict=True):
            for key, value in row.items():
                plain = value if isinstance(value, bool | int | float) else flat(value) or None
                assert made[key] == plain, (name, key)
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref
        assert all(cell.font.b for cell in sheet[1])
    assert not formulas(book)


def formulas(book: Workbook) -> list[str]:
    cells = (cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)
    return [cell.coordinate for cell in cells if cell.data_type == "f"]


def test_the_first_sheet_answers_and_says_how_to_read_the_others(ruralsyn_run: Run, tmp_path: Path) -> None:
    file = tmp_path / "out.xlsx"
    ruralsyn_run("effects", "-d", "finance", "-o", file)
    rows = [row[:2] for row in openpyxl.load_workbook(file)[READ_ME].iter_rows(values_only=True)]
    assert rows[0] == ("Title", "Effects: Finances and risks")
    assert str(rows[1][1]).startswith("Finances and risks: three of the seven cases")
    text = "\n".join(str(said) for _, said in rows)
    for said in (
        "† = no sign printed",
        "Only directions",
        "Rural Synergies",
        "[Policy brief]",
        "effects: 8 rows",
        "_label",
    ):
        assert said in text


def test_names_stand_beside_ids(ruralsyn_run: Run, tmp_path: Path) -> None:
    file = tmp_path / "out.xlsx"
    ruralsyn_run("effects", "-d", "finance", "-o", file)
    sheet = openpyxl.load_workbook(file)["effects"]
    assert isinstance(sheet, Worksheet)
    row = next(rows_of(sheet))
    assert list(row)[:6] == ["effect", "case", "case_label", "country", "country_label", "domain"]
    assert (row["outcome"], row["outcome_label"]) == ("savings", "Savings")
    assert (row["programmes"], row["programmes_label"]) == ("fest; unidos", "FEST; UNIDOS")
    assert row["simulated"] is False


@pytest.mark.parametrize(
    "value", ["=1+1", "+1", "-1", "@SUM(A1)", "{=A1}", "http://a.b", "007", "1e5", "TRUE"]
)
def test_text_stays_text(value: str) -> None:
    (cell,) = (sheet_of(workbook([small(value)], []), "small")["A2"],)
    assert (cell.value, cell.data_type) == (value, "s")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=4))
def test_any_text_gives_a_workbook_that_opens(texts: list[str]) -> None:
    sheet = sheet_of(workbook([small(*texts)], [("Title", text) for text in texts]), "small")
    assert sheet.max_row == len(texts) + 1 or not texts[-1]
    for number, text in enumerate(texts, 2):
        if text.isascii() and text.isprintable():
            assert (sheet.cell(number, 1).value or "") == text


def test_a_text_that_excel_cannot_hold_is_cut_and_says_so() -> None:
    for text in ("x" * 40_000, "😀" * 20_000):
        value = sheet_of(workbook([small(text)], []), "small")["A2"].value
        assert isinstance(value, str)
        assert value.endswith(CUT)
        assert len(value.encode("utf-16-le")) // 2 <= LONGEST_TEXT
    whole = "x" * LONGEST_TEXT
    assert sheet_of(workbook([small(whole)], []), "small")["A2"].value == whole


def test_a_map_is_there_as_people_see_it(ruralsyn_run: Run, tmp_path: Path) -> None:
    file = tmp_path / "out.xlsx"
    assert ruralsyn_run("map", "-o", file).code == 0
    sheet = openpyxl.load_workbook(file)["map as shown"]
    assert isinstance(sheet, Worksheet)
    rows = list(rows_of(sheet))
    assert list(rows[0])[:2] == ["Case", "Productive"]
    assert rows[0]["Productive"] == "▲ 1 good, 1 unclear"
    assert rows[2]["Productive"] == "no effects given"


def test_numbers_that_excel_would_change_are_texts() -> None:
    sheet = sheet_of(workbook([small(10**15 - 1, 10**15, float("inf"), 0.5)], []), "small")
    assert [cell.value for cell in sheet["A"][1:]] == [10**15 - 1, "1000000000000000", "inf", 0.5]


def test_more_rows_than_a_sheet_holds_are_one_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ruralsyn.render.workbook.MOST_ROWS", 3)
    assert workbook([small("a", "b")], [])
    with pytest.raises(RuralsynError, match="holds 2 rows, but small has 3"):
        workbook([small("a", "b", "c")], [])


def test_a_column_of_the_command_keeps_its_name() -> None:
    columns = (Column("a", "A"), Column("a_label", "Its own"))
    table = labelled(Table("t", "", columns, ((Term("x", "Ex"), "own"),)))
    assert [column.key for column in table.columns] == ["a", "a_label"]


def test_names_of_sheets_are_those_that_excel_takes() -> None:
    ids = ["a" * 40, "a" * 40, "History", "read me", "x/y:z", "Map", "map", "", "a\x00b"]
    tables = [Table(name, "", (Column("k", "K"),), ()) for name in ids]
    names = opened(workbook(tables, [])).sheetnames
    assert len({name.lower() for name in names}) == len(names) == len(ids) + 1
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)
    assert "history" not in (name.lower() for name in names)


def test_the_same_content_gives_the_same_bytes(bundled: Dataset) -> None:
    first, second = (FORMATS["xlsx"].render(ruralsyn.request("map", dataset=bundled)) for _ in range(2))
    assert first == second


def test_libreoffice_reads_the_same_values(ruralsyn_run: Run, tmp_path: Path) -> None:
    need_program("soffice", "RURALSYN_REQUIRE_DOCUMENTS")
    need_modules("xlsxwriter", variable="RURALSYN_REQUIRE_DOCUMENTS")
    file = tmp_path / "out.xlsx"
    assert ruralsyn_run("effects", "-o", file).code == 0
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    # The third filter option is the encoding, the last one the number of the sheet.
    to = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,2"
    command = [
        str(shutil.which("soffice")),
        profile,
        "--headless",
        "--convert-to",
        to,
        "--outdir",
        str(tmp_path),
        str(file),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    (made,) = tmp_path.glob("*.csv")
    rows = list(csv.DictReader(made.open(encoding="utf-8", newline="")))
    wanted = list(csv.DictReader(io.StringIO(ruralsyn_run("effects", "--labels", "-f", "csv").out)))
    assert [list(row) for row in rows[:1]] == [list(row) for row in wanted[:1]]
    assert len(rows) == len(wanted) == 48
    for row, other in zip(rows, wanted, strict=True):
        # LibreOffice writes booleans in capitals.
        assert {key: value.lower() for key, value in row.items()} == {k: v.lower() for k, v in other.items()}


def test_a_missing_library_is_one_clear_line(
    ruralsyn_run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    ran = ruralsyn_run("effects", "-o", tmp_path / "out.xlsx")
    assert ran.code == 1
    assert ran.err.startswith("ruralsyn: an Excel workbook needs XlsxWriter: install it with `pip install")
    assert len(ran.err.splitlines()) == 1
    assert not list(tmp_path.iterdir())
    with pytest.raises(RuralsynError):
        workbook([], [])


# Names in CSV and CSV for spreadsheets ----------------------------------------------------------------------


def test_a_column_of_ids_gets_one_of_names_and_others_none() -> None:
    columns = (
        Column("a", "A"),
        Column("b", "B"),
        Column("c", "C", human=False),
        Column("d", "D", machine=False),
    )
    rows = (
        (Term("x", "Ex"), Term("y", "y"), (Term("p", "Pe"), Noted(Term("q", "Qu"), "note")), "people only"),
        (None, None, (), "people only"),
    )
    table = labelled(Table("t", "", columns, rows))
    assert [column.key for column in table.columns] == ["a", "a_label", "b", "c", "c_label"]
    assert table.rows[0][1] == "Ex"
    assert table.rows[0][4] == ("Pe", "Qu")
    assert table.rows[1][1] is None


def test_labels_and_excel_change_nothing_unless_asked_for(ruralsyn_run: Run) -> None:
    plain = ruralsyn_run("effects", "-f", "csv").out
    assert "_label" not in plain
    assert not plain.startswith("\ufeff")
    for form in ("csv", "tsv"):
        labels = ruralsyn_run("effects", "-f", form, "--labels").out
        assert labels.splitlines()[0].count("_label") == 7
        assert not labels.startswith("\ufeff")


def test_csv_for_a_spreadsheet_has_one_mark_names_and_no_formulas(ruralsyn_run: Run, tmp_path: Path) -> None:
    file = tmp_path / "out.csv"
    piped = ruralsyn_run("effects", "--excel").out
    assert ruralsyn_run("effects", "--excel", "-o", file).code == 0
    assert file.read_bytes().decode("utf-8") == piped
    assert piped.count("\ufeff") == 1
    assert piped.startswith("\ufeffeffect,case,case_label,")
    table = small("=1+1", "+x", "-x", "@x", "\tx", "-5", "-5.5e3", "x", key="=head")
    text = render_csv(table, Screen(spreadsheet=True))
    assert isinstance(text, str)
    assert text.splitlines() == [
        "\ufeff'=head",
        "'=1+1",
        "'+x",
        "'-x",
        "'@x",
        *text.splitlines()[5:6],
        "-5",
        "-5.5e3",
        "x",
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--excel", "-f", "json"), "--excel is for csv, but the format is json."),
        (("--excel", "-o", "out.xlsx"), "--excel is for csv, but the format is xlsx."),
        (("--excel", "--json"), "--excel is for csv, but the format is json."),
        (("--labels",), "--labels is for xlsx, csv and tsv, but the format is markdown."),
        (("--labels", "-f", "jsonl"), "--labels is for xlsx, csv and tsv, but the format is jsonl."),
        (("--labels", "--block"), "--block prints Markdown, so it takes no --labels."),
        (("--excel", "--block"), "--block prints Markdown, so it takes no --excel."),
    ],
)
def test_formats_without_these_options_say_so(
    ruralsyn_run: Run, arguments: tuple[str, ...], said: str
) -> None:
    ran = ruralsyn_run("effects", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert len(ran.err.splitlines()) == 1
