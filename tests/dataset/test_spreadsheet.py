"""Tables of effects: what spreadsheets save is read, and every fault has its row and its column."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from unicodedata import normalize
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ruralsyn.dataset.cells import CellError, Place, number_of, place_of, record_named, truth_of, value_of
from ruralsyn.dataset.conversion import fault_of
from ruralsyn.dataset.effect_rows import COLUMNS, PRINTED, effects_of
from ruralsyn.dataset.given import Given
from ruralsyn.dataset.model import Dataset, Design, Direction, RiskOfBias
from ruralsyn.dataset.spreadsheet import SEPARATORS, Sheet, cleaned, read_sheet
from ruralsyn.errors import DataError

HEAD = ("outcome", "direction", "source", "note")
ROWS = (
    ("savings", "increase", "report/p. 3", 'Says "más", e.g. = 3; or so'),
    ("poverty", "decrease", "report/p. 4", ""),
)
WANTED = [dict(zip(HEAD, cells, strict=True)) for cells in ROWS]


def joined(separator: str, end: str = "\n") -> str:
    def quoted(cell: str) -> str:
        return '"' + cell.replace('"', '""') + '"' if '"' in cell or separator in cell else cell

    return "".join(separator.join(map(quoted, line)) + end for line in (HEAD, *ROWS))


def read(path: Path) -> list[dict[str, str]]:
    return [{column: row.cells.get(column, "") for column in HEAD} for row in read_sheet(path, COLUMNS).rows]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_what_spreadsheets_save_as_text_is_read(
    tmp_path: Path, separator: str, end: str, encoding: str
) -> None:
    path = tmp_path / "my.csv"
    path.write_bytes(joined(separator, end).encode(encoding))
    assert read(path) == WANTED
    assert [row.line for row in read_sheet(path, COLUMNS).rows] == [2, 3]


def test_a_declared_separator_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "my.csv"
    path.write_text(f"sep=|\n{joined('|')}", encoding="utf-8")
    assert read(path) == WANTED
    assert [row.line for row in read_sheet(path, COLUMNS).rows] == [3, 4]


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ('"a ""b"" c"', 'a "b" c'),
        ('"a" b', '"a" b'),
        (r"C:\new report", r"C:\new report"),
        (r"a\\b", r"a\\b"),
        ("'=1+1", "'=1+1"),
    ],
)
def test_tabs_of_a_spreadsheet_come_with_quotes(tmp_path: Path, cell: str, wanted: str) -> None:
    path = tmp_path / "my.tsv"
    path.write_text(f"outcome\tdirection\tnote\nsavings\tup\t{cell}\n", encoding="utf-8")
    (row,) = read_sheet(path, COLUMNS, PRINTED).rows
    assert row.cells["note"] == wanted


@pytest.mark.parametrize(("cell", "wanted"), [(r"a\\b", r"a\b"), (r"a\tb", "a b"), (r"C:\\new", r"C:\new")])
def test_tabs_that_were_printed_come_with_escapes(tmp_path: Path, cell: str, wanted: str) -> None:
    path = tmp_path / "my.tsv"
    heads = "\t".join((*PRINTED, "bias_tool"))
    path.write_text("".join((heads, "\n", "\t" * len(PRINTED), cell, "\n")), encoding="utf-8")
    (row,) = read_sheet(path, COLUMNS, PRINTED).rows
    assert row.cells["bias_tool"] == wanted


def test_rows_keep_their_lines(tmp_path: Path) -> None:
    path = tmp_path / "my.csv"
    path.write_text(
        '\n ,\nOutcome,DIRECTION , Risk of bias \n"a\nb",up,\n,,\n\nsavings,down,low\n', encoding="utf-8"
    )
    sheet = read_sheet(path, COLUMNS)
    assert sheet.columns == ("outcome", "direction", "risk_of_bias")
    assert [(row.line, row.cells) for row in sheet.rows] == [
        (4, {"outcome": "a b", "direction": "up"}),
        (8, {"outcome": "savings", "direction": "down", "risk_of_bias": "low"}),
    ]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("my.xls", b"", "Save it as .xlsx or .csv"),
        ("my.xlsx", b"PK", "is not an .xlsx workbook"),
        ("my.csv", b"", "has no row of column heads"),
        ("my.csv", b"a,b\n1,2\n", "has no row of column heads"),
        ("my.csv", b"outcome,direction,Outcome\n", "two columns are called outcome"),
        ("my.csv", b'outcome,direction\n"savings,up\n', "my.csv:2: has quotes that do not match"),
        ("my.csv", b"outcome,direction\n\x00\n", "is not text in a known encoding"),
        ("my.csv", "outcome,direction\n".encode("utf-16-le"), "is not text in a known encoding"),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(DataError, match=words):
        read_sheet(path, COLUMNS)


@pytest.mark.parametrize(
    ("line", "path", "words"),
    [
        ("savings,up,a,b", (), '"b" is in no column'),
        ("savings,up,a\u200eb", ("note",), "invisible character U+200E"),
    ],
)
def test_a_cell_that_no_text_can_hold_is_told(
    tmp_path: Path, line: str, path: tuple[str, ...], words: str
) -> None:
    file = tmp_path / "my.csv"
    file.write_text(f"outcome,direction,note\n{line}\n", encoding="utf-8")
    (problem,) = read_sheet(file, COLUMNS).problems
    assert (problem.line, problem.path) == (2, path)
    assert words in problem.message


# No text file has a null character: with one, the encoding is taken to be wrong.
NOTES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)


@given(st.lists(NOTES, min_size=3, max_size=3), st.sampled_from(SEPARATORS))
def test_every_text_that_a_dataset_may_have_survives(
    tmp_path_factory: pytest.TempPathFactory, notes: list[str], separator: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "survives.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        lines = csv.writer(stream, delimiter=separator)
        lines.writerows([("outcome", "direction", "note"), *(("savings", "up", note) for note in notes)])
    found = [row.cells.get("note") for row in read_sheet(path, COLUMNS).rows]
    for note, cell in zip(notes, found, strict=True):
        assert cell == (None if fault_of(cleaned(note)) else cleaned(note))
        if not fault_of(note):
            assert cell == normalize("NFC", note)


# Workbooks ----------------------------------------------------------------------------------------------


def test_a_workbook_is_read(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["Read me"])
    sheet = book.create_sheet("Effects")
    sheet.append(["Outcome", "direction", "sample", "simulated", "note"])
    sheet.append([None, None, None, None, None])
    sheet.append(["savings", "increase", 120.0, True, "a\nb"])
    sheet.append(["poverty", "decrease", 80, False, "’=1"])
    book.save(tmp_path / "my.xlsx")
    rows = read_sheet(tmp_path / "my.xlsx", COLUMNS).rows
    assert [(row.line, [*row.cells.values()]) for row in rows] == [
        (3, ["savings", "increase", "120", "true", "a b"]),
        (4, ["poverty", "decrease", "80", "false", "’=1"]),
    ]


def test_a_damaged_workbook_is_told(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "my.xlsx", "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types")
    with pytest.raises(DataError, match=r"is not an \.xlsx workbook"):
        read_sheet(tmp_path / "my.xlsx", COLUMNS)


def test_a_workbook_needs_a_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    (tmp_path / "my.xlsx").write_bytes(b"")
    with pytest.raises(DataError, match=r"pip install 'ruralsyn\[excel\]'"):
        read_sheet(tmp_path / "my.xlsx", COLUMNS)


# Cells --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("120", 120),
        ("120.0", 120),
        ("120,00", 120),
        ("1,200", 1200),
        ("1.200", 1200),
        ("1.000", 1000),
        ("1 200", 1200),
        ("1\u00a0200\u202f300", 1200300),
        ("'120", 120),
        ("0", 0),
    ],
)
def test_numbers_come_in_the_forms_of_several_languages(cell: str, number: int) -> None:
    assert number_of(cell) == number


@pytest.mark.parametrize("cell", ["1.5", "12.34", "-3", "about 120", "1,20,000", "1e3", "٣"])
def test_what_is_no_whole_number_is_told(cell: str) -> None:
    with pytest.raises(CellError, match="is not a whole number"):
        number_of(cell)


@pytest.mark.parametrize(
    ("cell", "place"),
    [
        ("hsnp-2016/p. 14", Place("hsnp-2016", "p. 14")),
        ("hsnp-2016/annex ABC", Place("hsnp-2016", "annex ABC")),
        ("general-results/finance/2", Place("general-results", "finance", 2)),
        ("GR finance ¶2", Place("GR", "finance", 2)),
        ("HSNP2016 p. 14", Place("HSNP2016", "p. 14")),
        ("Merttens and others 2016, p.14", Place("Merttens and others 2016", "p. 14")),
        ("Merttens 2016: pages 14-16", Place("Merttens 2016", "pp. 14-16")),
        ("Merttens 2016, Table 5", Place("Merttens 2016", "table 5")),
        ("p. 14", Place("", "p. 14")),
        ("hsnp-2016", Place("hsnp-2016")),
        ("The table mountain", Place("The table mountain")),
    ],
)
def test_a_place_is_found_in_a_cell(cell: str, place: Place) -> None:
    assert place_of(cell) == place


def test_words_have_the_meaning_that_a_person_gives_them(bundled: Dataset) -> None:
    assert value_of(Direction, "▲ increase †") is Direction.INCREASE
    assert value_of(Direction, "Down") is Direction.DECREASE
    assert value_of(RiskOfBias, "Some concerns") is RiskOfBias.SOME
    assert value_of(Design, "Quasi experimental") is Design.QUASI_EXPERIMENTAL
    assert [truth_of(cell) for cell in ("VERDADERO", "no", "Faux", "x")] == [True, False, False, True]
    assert record_named(bundled.outcomes, "Food crops", "an outcome") == "food-crop-products"
    with pytest.raises(CellError, match="did you mean increase"):
        value_of(Direction, "incrase")
    with pytest.raises(CellError, match="did you mean savings"):
        record_named(bundled.outcomes, "savngs", "an outcome")


@given(st.text(max_size=30))
def test_any_cell_has_a_meaning_or_a_fault(cell: str) -> None:
    def direction_of(text: str) -> Direction:
        return value_of(Direction, text)

    assert isinstance(place_of(cell), Place)
    meanings: tuple[Callable[[str], object], ...] = (number_of, truth_of, direction_of)
    for meaning in meanings:
        with suppress(CellError):
            assert isinstance(meaning(cell), int | bool | Direction)


# Rows ---------------------------------------------------------------------------------------------------


@pytest.fixture
def sheet(tmp_path: Path) -> Callable[[str], Sheet]:
    def make(text: str) -> Sheet:
        path = tmp_path / "my.csv"
        path.write_text(text, encoding="utf-8")
        return read_sheet(path, COLUMNS)

    return make


def test_what_the_table_repeats_is_not_written(bundled: Dataset, sheet: Callable[[str], Sheet]) -> None:
    text = (
        "effect,case,country,domain,outcome,direction,benefit,sign,simulated,source\n"
        "peru-haku-winay.savings,Juntos and Haku Wiñay,Perú,Finances and risks,Savings,increase,good,"
        "printed,false,GR finance ¶2\n"
    )
    made = effects_of(bundled, sheet(text), Given())
    assert made.problems == ()
    assert made.tables == {
        "cases": {
            "peru-haku-winay": {
                "effects": {
                    "savings": {"direction": Direction.INCREASE, "source": ["general-results/finance/2"]}
                }
            }
        }
    }


@pytest.mark.parametrize(
    ("source", "page", "places"),
    [
        ("hsnp", "7", ["hsnp/p. 7"]),
        ("hsnp", "7-9", ["hsnp/pp. 7-9"]),
        ("hsnp", "p. 7; p. 9", ["hsnp/p. 7", "hsnp/p. 9"]),
        ("", "7; table 2", ["cash-2016-17/p. 7", "cash-2016-17/table 2"]),
        ("A; B", "", ["a", "b"]),
    ],
)
def test_pages_may_be_in_a_column_of_their_own(
    bundled: Dataset, sheet: Callable[[str], Sheet], source: str, page: str, places: list[str]
) -> None:
    text = f"case,country,outcome,direction,source,page\nHSNP,Kenya,savings,up,{source},{page}\n"
    made = effects_of(bundled, sheet(text), Given(source="Cash; 2016/17"))
    assert made.problems == ()
    assert made.tables["cases"]["kenya-hsnp"]["effects"]["savings"]["source"] == places


@pytest.mark.parametrize(
    ("source", "page", "words"),
    [
        ("A; B", "7", "page: is not clear for several sources; write each page behind its source"),
        ("A p. 3", "7", "page: is not clear, because the cell of the source has a place too"),
        ("A", "7 and 9", 'page: "7 and 9" is not a page such as 14'),
    ],
)
def test_a_page_that_is_not_clear_is_told(
    bundled: Dataset, sheet: Callable[[str], Sheet], source: str, page: str, words: str
) -> None:
    text = f"case,country,outcome,direction,source,page\nHSNP,Kenya,savings,up,{source},{page}\n"
    (problem,) = effects_of(bundled, sheet(text), Given()).problems
    assert words in str(problem)


def test_several_effects_on_one_outcome_have_keys_of_their_own(
    bundled: Dataset, sheet: Callable[[str], Sheet]
) -> None:
    text = "case,country,outcome,direction,source\n" + "".join(
        f"HSNP,Kenya,savings,increase,hsnp/p. {page}\n" for page in (3, 4)
    )
    made = effects_of(bundled, sheet(text), Given())
    effects = made.tables["cases"]["kenya-hsnp"]["effects"]
    assert made.problems == ()
    assert [(key, effect.get("outcome")) for key, effect in effects.items()] == [
        ("savings", None),
        ("savings-2", "savings"),
    ]


@pytest.mark.parametrize(
    ("cells", "keys"),
    [
        (("a", "kenya-hsnp.b"), ["a", "b"]),
        (("0.35", "35"), ["savings", "savings-2"]),
        (("positive", "positive"), ["savings", "savings-2"]),
        (("Two words", ".x"), ["savings", "savings-2"]),
    ],
)
def test_a_column_effect_has_keys_or_is_not_read(
    bundled: Dataset, sheet: Callable[[str], Sheet], cells: tuple[str, str], keys: list[str]
) -> None:
    rows = (f"{cell},HSNP,Kenya,savings,up,r/p. {page}\n" for page, cell in enumerate(cells, 1))
    made = effects_of(
        bundled, sheet(f"effect,case,country,outcome,direction,source\n{''.join(rows)}"), Given()
    )
    assert made.problems == ()
    assert [*made.tables["cases"]["kenya-hsnp"]["effects"]] == keys


FAULTS = [
    ("x.y,peru-haku-winay,,,savings,up,,r/p. 1,", "effect: is of the case `x`, but the row is of"),
    (",,,,savings,up,,r/p. 1,", "case: is empty; name the case, or give --title"),
    (",HSNP,,,savings,up,,r/p. 1,", "country: is empty; a new case needs it, or --country"),
    (",HSNP,Kenia x,,savings,up,,r/p. 1,", 'country: "Kenia x" is not a country; did you mean Kenya?'),
    (",peru-haku-winay,Mali,,savings,up,,r/p. 1,", "country: the case `peru-haku-winay` is in Peru"),
    (",HSNP,Kenya,income,savings,up,,r/p. 1,", "domain: the outcome `savings` is of the domain `finance`"),
    (",HSNP,Kenya,,savings,up,bad,r/p. 1,", "benefit: increase of `savings` is favourable, not unfavourable"),
    (",HSNP,Kenya,,,up,,r/p. 1,", "outcome: is empty"),
    (",HSNP,Kenya,,savings,,,r/p. 1,", "direction: is empty"),
    (",HSNP,Kenya,,savings,up,,,", "source: is empty; give a place, or --source"),
    (",HSNP,Kenya,,savings,up,,p. 1,", 'source: "p. 1" names no source'),
    (",HSNP,Kenya,,savings,up,,general-results/x/y,", "is not a place such as my-source/p. 14"),
    (",HSNP,Kenya,,Qqq,up,,r/p. 1,", 'outcome: "Qqq" is not an outcome; `ruralsyn vocabulary outcome` lists'),
    (",HSNP,Kenya,Qqq,savings,up,,r/p. 1,", 'domain: "Qqq" is not a domain; `ruralsyn vocabulary domain`'),
    (",peru-haku-winay,,,household-income,up,,r/p. 1,", "outcome: `peru-haku-winay.household-income` is in"),
    (
        ",peru-haku-winay,,,savings,up,,r/p. 1,Own",
        '"Own" is not a programme of the bundled data; `',
    ),
]


@pytest.mark.parametrize(("row", "words"), FAULTS)
def test_a_fault_of_a_row_is_told(
    bundled: Dataset, sheet: Callable[[str], Sheet], row: str, words: str
) -> None:
    head = "effect,case,country,domain,outcome,direction,benefit,source,programmes"
    (problem,) = effects_of(bundled, sheet(f"{head}\n{row}\n"), Given()).problems
    assert problem.line == 2
    assert words in str(problem)


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ("HSNP,,KEN", ""),
        ("HSNP,Kenya,KEN", ""),
        ("HSNP,Kenya,GHA", "iso3: is the code of Ghana, but the row is of Kenya"),
        ("HSNP,,KEX", 'iso3: "KEX" is not a country'),
        ("peru-haku-winay,,MLI", "iso3: the case `peru-haku-winay` is in Peru"),
    ],
)
def test_the_code_of_a_country_names_it_and_agrees_with_its_name(
    bundled: Dataset, sheet: Callable[[str], Sheet], cells: str, fault: str
) -> None:
    text = f"case,country,iso3,outcome,direction,source\n{cells},savings,increase,r/p. 1\n"
    made = effects_of(bundled, sheet(text), Given())
    assert [str(problem).partition("my.csv:2: ")[2] for problem in made.problems] == [fault][: bool(fault)]
    if not fault:
        assert made.tables["cases"]["kenya-hsnp"]["country"] == "kenya"


def test_rows_that_do_not_fit_together_are_told(bundled: Dataset, sheet: Callable[[str], Sheet]) -> None:
    text = (
        "effect,case,country,outcome,direction,source\n"
        "kenya-hsnp.a,HSNP,Kenya,savings,increase,r/p. 1\n"
        "kenya-hsnp.a,HSNP,Kenya,poverty,increase,r/p. 1\n"
        "b,HSNP,Ghana,poverty,increase,r/p. 1\n"
        "kenya-hsnp.a,HSNP,Kenya,savings,increase,r/p. 1\n"
    )
    problems = effects_of(bundled, sheet(text), Given()).problems
    assert [str(problem).partition("my.csv:")[2] for problem in problems] == [
        "3: effect: `kenya-hsnp.a` is in row 2 too",
        "4: country: differs from that of the same case in row 2",
        "5: is the same as row 2",
    ]
