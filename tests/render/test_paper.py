"""Tables on paper: no word is wider than its column, and nothing is lost where one becomes several."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ruralsyn.page.document import Column, Row, Table
from ruralsyn.page.text import text_of
from ruralsyn.page.values import Cite, Noted, Term, Value, peel
from ruralsyn.render.paper import MARKDOWN, PAGE, UNKNOWN, Paper, fitted, shares

from ..conftest import need_figures

if TYPE_CHECKING:
    from matplotlib.ft2font import FT2Font

PAPERS = {"page": PAGE, "equal columns": MARKDOWN, "unknown": UNKNOWN}
WORDS = (
    "a of in case 12 increase favourable unfavourable Empowerment Psychological intervention Programme "
    "multidimensionality microentrepreneurship IMPLEMENTATION well-being ▲ † MINISTRY Wiñay/Noa 12.5%"
).split()


@pytest.fixture(params=PAPERS)
def paper(request: pytest.FixtureRequest) -> Paper:
    return PAPERS[request.param]


# Widths of letters, from the font itself ------------------------------------------------------------------


@cache
def font(name: str) -> FT2Font:
    import matplotlib
    from matplotlib.ft2font import FT2Font

    return FT2Font(str(Path(matplotlib.get_data_path()) / "fonts" / "ttf" / f"{name}.ttf"))


@cache
def ems(text: str, *, bold: bool = False) -> float:
    """The width of a text in DejaVu Serif, which Matplotlib comes with."""
    from matplotlib.ft2font import LoadFlags

    face = font("DejaVuSerif-Bold" if bold else "DejaVuSerif")
    glyphs = (face.load_char(ord(char), flags=LoadFlags.NO_SCALE) for char in text)
    return sum(float(glyph.horiAdvance) for glyph in glyphs) / float(face.units_per_EM)


def pieces(text: str) -> list[str]:
    """What a line may not break: words, or their parts up to a hyphen."""
    return re.findall(r"[^\s-]+-?", text)


def marked(value: Value, column: Column) -> str:
    """The text of a cell and a digit for each of its footnotes."""
    return text_of(value, column.blank) + "0" * len(peel(value)[1])


def broken(table: Table, paper: Paper) -> list[str]:
    """The words that are wider than their column, where the columns may be equal if the paper says so."""
    sizes = [paper.line * share for share in shares(table, paper)]
    if paper.equal:
        sizes = [min(size, paper.line / len(sizes)) for size in sizes]
    # Some room between the columns has to be left.
    room = [size - paper.padding / 2 for size in sizes]
    heads = [
        word
        for column, most in zip(table.columns, room, strict=True)
        for word in pieces(column.label)
        if ems(word, bold=True) > most
    ]
    cells = [
        word
        for row in table.rows
        for value, column, most in zip(row, table.columns, room, strict=True)
        for word in pieces(marked(value, column))
        if ems(word) > most
    ]
    return heads + cells


# Any table ------------------------------------------------------------------------------------------------


PLACES = tuple(Cite("b", "s", number, "B section") for number in range(1, 4))
TEXT = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
VALUES: st.SearchStrategy[Value] = (
    TEXT
    | st.none()
    | st.just(0)
    | st.builds(Term, st.just("id"), TEXT)
    | st.builds(lambda text, note: Noted(text, note, PLACES[:1]), TEXT, TEXT)
    | st.builds(lambda *texts: (Noted(texts[0], texts[1]), texts[2]), TEXT, TEXT, TEXT)
)
CITES: st.SearchStrategy[Value] = st.lists(st.sampled_from(PLACES), max_size=3).map(tuple)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A table of text and notes, with or without groups, repeats and a column of places at its end."""
    size = draw(st.integers(1, 9))
    columns = [Column(f"c{number}", draw(TEXT), blank=f"blank{number}") for number in range(size)]
    rows: list[Row] = draw(st.lists(st.tuples(*[VALUES] * size), min_size=1, max_size=5))
    group_by, once = "", ""
    if draw(st.booleans()):
        columns.append(Column("places", "Paragraph"))
        rows = [(*row, draw(CITES)) for row in rows]
    if draw(st.booleans()):
        group_by, once = "group", "c0"
        columns.insert(0, Column("group", "Group"))
        # Rows of a group are neighbours, as in views.
        rows = [(f"Group {1 + number // 2}", *row) for number, row in enumerate(rows)]
    return Table("t", "Title", tuple(columns), tuple(rows), group_by=group_by, once=once)


def said(value: Value, column: Column) -> Iterator[str]:
    """The words of a cell and of its footnotes."""
    core, notes = peel(value)
    yield from pieces(text_of(core, column.blank))
    for note in notes:
        yield from (*pieces(note.note), *(place.label for place in note.cites))


@settings(deadline=None, max_examples=150)
@given(tables(), st.sampled_from([*PAPERS.values()]))
def test_no_word_is_wider_than_its_column(table: Table, paper: Paper) -> None:
    need_figures()
    for part in fitted(table, paper):
        assert broken(part, paper) == []


@settings(deadline=None, max_examples=150)
@given(tables(), st.sampled_from([*PAPERS.values()]))
def test_fitting_keeps_every_word_as_often_as_before(table: Table, paper: Paper) -> None:
    kept: Counter[str] = Counter()
    for part in fitted(table, paper):
        kept.update(pieces(part.title))
        for column in part.columns:
            kept.update(pieces(column.label))
        for row in part.rows:
            for value, column in zip(row, part.columns, strict=True):
                # Places may be in a column or in a footnote.
                cells = value if isinstance(value, tuple) else (value,)
                kept.update(cell.label for cell in cells if isinstance(cell, Cite))
                kept.update(said(value, column))
    for row in table.rows:
        for value, column in zip(row, table.columns, strict=True):
            if column.key == "places":
                assert all(kept[place.label] for place in value if isinstance(place, Cite))  # type: ignore[union-attr]
            elif column.key != "group":
                assert all(kept[word] for word in said(value, column))
    # No blank is merged with another.
    least = Counter(
        word
        for row in table.rows
        for value, column in zip(row, table.columns, strict=True)
        # A title names all rows of its group.
        if column.key not in ("places", "group", table.once)
        for word in said(value, column)
        if word.startswith("blank")
    )
    assert not least - kept


@settings(deadline=None, max_examples=150)
@given(tables(), st.sampled_from([*PAPERS.values()]))
def test_rows_of_a_split_table_can_be_told_apart(table: Table, paper: Paper) -> None:
    parts = fitted(table, paper)
    # Parts with the rows of the whole table were made by splitting its columns.
    if len(parts) > 1 and all(len(part.rows) == len(table.rows) for part in parts):
        for part in parts:
            names = [text_of(row[0], part.columns[0].blank) for row in part.rows]
            assert len(set(names)) == len(names)
            assert names == [text_of(row[0], parts[0].columns[0].blank) for row in parts[0].rows]


@settings(deadline=None)
@given(tables(), st.sampled_from([*PAPERS.values()]))
def test_shares_fill_the_line_and_no_more(table: Table, paper: Paper) -> None:
    for part in fitted(table, paper):
        assert all(share > 0 for share in shares(part, paper))
        assert sum(shares(part, paper)) <= 1 + 1e-9


# One table ------------------------------------------------------------------------------------------------


def long_words(columns: int) -> tuple[Column, ...]:
    return tuple(Column(f"c{number}", f"Multidimensional{number}") for number in range(columns))


def test_a_table_that_fits_stays_whole(paper: Paper) -> None:
    table = Table("t", "T", (Column("a", "A"), Column("p", "Paragraph")), (("x", PLACES),), group_by="a")
    assert fitted(table, paper) == (table,)


def test_people_do_not_get_what_is_hidden(paper: Paper) -> None:
    columns = (Column("a", "A"), Column("b", "B", human=False))
    (part,) = fitted(Table("t", "T", columns, (("x", 1), ("y", 2)), hidden=frozenset((0,))), paper)
    assert (len(part.columns), part.rows) == (1, (("y",),))


CASES = ("Colombia", "Colombia", "Lesotho")


def evidence(columns: int) -> Table:
    """Rows in two groups, with `columns` columns of long words and a column of places."""
    words = long_words(columns)
    heads = (Column("group", "Group"), Column("case", "Case"), *words, Column("places", "Paragraph"))
    rows: tuple[Row, ...] = tuple(
        (
            f"Group {1 + (number > 1)}",
            case,
            *(f"value{number}.{index}" for index in range(columns)),
            (PLACES[number],),
        )
        for number, case in enumerate(CASES)
    )
    return Table("t", "T", heads, rows, group_by="group", once="case")


def test_places_become_footnotes_on_the_column_before() -> None:
    (part,) = fitted(evidence(3), Paper(46.0, 1.0))
    assert [column.key for column in part.columns] == ["group", "case", "c0", "c1", "c2"]
    assert [row[-1] for row in part.rows] == [
        Noted(f"value{number}.2", "", (PLACES[number],)) for number in range(3)
    ]


def test_a_row_without_places_gets_no_footnote() -> None:
    columns = (*long_words(4), Column("places", "Paragraph"))
    row = tuple(f"v{number}" for number in range(4))
    (part,) = fitted(Table("t", "T", columns, ((*row, ()), (*row, PLACES))), Paper(50.0, 1.0))
    assert [row[-1] for row in part.rows] == ["v3", Noted("v3", "", PLACES)]


def test_groups_become_tables_with_their_names_as_titles() -> None:
    parts = fitted(evidence(3), Paper(43.5, 1.0))
    assert [(part.title, len(part.rows)) for part in parts] == [("Group 1", 2), ("Group 2", 1)]
    assert {tuple(column.key for column in part.columns) for part in parts} == {("case", "c0", "c1", "c2")}
    assert [row[-1] for part in parts for row in part.rows] == [
        Noted(f"value{number}.2", "", (PLACES[number],)) for number in range(3)
    ]


def test_a_group_that_is_too_wide_becomes_a_table_for_each_case() -> None:
    parts = fitted(evidence(3), Paper(38.5, 1.0))
    assert [(part.title, len(part.rows)) for part in parts] == [
        ("Group 1, Colombia", 2),
        ("Group 2, Lesotho", 1),
    ]
    assert {tuple(column.key for column in part.columns) for part in parts} == {("c0", "c1", "c2")}


def test_a_table_without_groups_is_turned_if_that_fits(paper: Paper) -> None:
    first, *others = long_words(9)
    # Seven long heads fit as rows.
    row: Row = (Noted("Peru", "A note on Peru."), None, (), 0, "a", Noted(None, "Why."), "b", "c", "d")
    columns = (first, *(Column(column.key, column.label, blank=f"no {column.key}") for column in others))
    (part,) = fitted(Table("t", "T", columns, (row,), once="c0"), paper)
    assert [column.label for column in part.columns] == ["Multidimensional0", "Peru"]
    assert [cells[0] for cells in part.rows] == [column.label for column in others]
    # Each blank has the words of the column that it was in, and 0 is no blank.
    texts = [text_of(cells[1]) for cells in part.rows]
    assert texts == ["no c1", "no c2", "0", "a", "no c5", "b", "c", "d"]
    # Heads are text, so the footnote of a head goes to the first value below it.
    notes = [[note.note for note in peel(cells[1])[1]] for cells in part.rows]
    assert notes == [["A note on Peru."], [], [], [], ["Why."], [], [], []]
    assert part.once == ""


def test_columns_are_split_and_each_part_names_the_rows(paper: Paper) -> None:
    columns = (Column("case", "Case"), *long_words(9))
    rows = tuple(
        (case, *(f"{case} {index}" for index in range(9)))
        for case in ("PeruHakuWiñayJuntos", "Mali", "Lesotho") * 3
    )
    unique = tuple((f"{row[0]} {number}", *row[1:]) for number, row in enumerate(rows))
    for given_rows, name in ((unique, "case"), (rows, "number")):
        parts = fitted(Table("t", "T", columns, given_rows), paper)
        assert len(parts) > 1
        assert {part.columns[0].key for part in parts} == {name}
        # Every column is there once.
        others = [column.key for part in parts for column in part.columns[1:]]
        assert others == [column.key for column in columns if column.key != name]
        assert len({tuple(row[0] for row in part.rows) for part in parts}) == 1
    assert [row[0] for row in parts[0].rows] == list(range(1, 10))


def test_two_columns_that_nothing_can_fit_stay_as_they_are(paper: Paper) -> None:
    table = Table("t", "T", (Column("a", "A"), Column("b", "B")), (("W" * 60, "x"), ("W" * 60, "y")))
    assert fitted(table, paper) == (table,)


def test_the_assumed_letters_are_as_wide_as_those_of_the_font() -> None:
    """Measured by the share of a column that holds only the word, next to a column with one letter."""
    need_figures()
    import ruralsyn
    from ruralsyn.cli.request import request

    table = request("vocabulary", dataset=ruralsyn.load())
    assert isinstance(table, Table)
    words = {word for row in table.rows for value in row for word in pieces(text_of(value))}
    assert len(words) > 300
    for word in words:
        one, other = shares(
            Table("t", "", (Column("a", ""), Column("b", "")), ((word, "x"),)), Paper(0.1, 0.0)
        )
        assert one / other > 0.96 * ems(word) / ems("x"), word


def test_footnotes_of_a_group_go_to_its_rows() -> None:
    heads = (Column("group", "Group"), *long_words(4))
    rows: tuple[Row, ...] = tuple(
        (Noted(group, "About."), *(f"{group}{n}" for n in range(4))) for group in "ab"
    )
    parts = fitted(Table("t", "T", heads, rows, group_by="group"), Paper(47.0, 1.0))
    assert [(part.title, part.rows[0][0]) for part in parts] == [
        (group, Noted(f"{group}0", "About.")) for group in "ab"
    ]


def test_a_view_makes_fewer_columns_before_a_table_is_turned(paper: Paper) -> None:
    def narrowed(shown: Table) -> Table:
        keys = [column.key for column in shown.columns[1:]]
        return shown.joining(keys, Column("all", "All"), lambda values: " ".join(map(text_of, values)))

    columns = long_words(9)
    rows = tuple(tuple(f"{number}{column.key}" for column in columns) for number in range(3))
    wide = Table("t", "T", columns, rows)
    assert [column.key for part in fitted(wide, paper) for column in part.columns] != ["c0", "all"]
    (one,) = fitted(replace(wide, narrowed=narrowed), paper)
    assert [column.key for column in one.columns] == ["c0", "all"]
    # A table with room for all of its columns keeps them.
    roomy = replace(wide, columns=columns[:2], rows=tuple(row[:2] for row in rows), narrowed=narrowed)
    assert [column.key for column in fitted(roomy, paper)[0].columns] == ["c0", "c1"]


@pytest.mark.parametrize("blank", ["", "-", " "])
def test_a_column_without_any_word_has_a_width(blank: str, paper: Paper) -> None:
    first, second = shares(Table("t", "T", (Column("a", blank), Column("b", "B")), ((blank, "x"),)), paper)
    assert 0 < first <= second < 1
