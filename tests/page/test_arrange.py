"""Columns, order, number of rows, title and heading level as a reader asks for them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ruralsyn.errors import UsageError
from ruralsyn.page.arrange import arranged, limited, sorted_by, titled, with_columns
from ruralsyn.page.bibliography import Bibliography
from ruralsyn.page.document import Column, Document, Table
from ruralsyn.page.grid import Grid
from ruralsyn.page.values import Cite, Noted, Term, Value
from ruralsyn.render.data import rows_of

COLUMNS = (
    Column("id", "Id", human=False),
    Column("name", "Name", spare=2),
    Column("count", "Count", number=True),
    Column("words", "Words", machine=False),
    Column("note", "Note", human=False),
)
ROWS: tuple[tuple[Value, ...], ...] = (
    ("a", Term("z", "Ávila"), 10, "ten", None),
    ("b", Term("y", "bern"), 9, "nine", "odd"),
    ("c", Term("x", "Cork"), None, "none", None),
    ("d", Term("w", "Bath"), 9, "nine", None),
)
TABLE = Table("things", "Things", COLUMNS, ROWS, group_by="name", once="count")


def ids(table: Table) -> str:
    keys = [column.key for column in table.columns]
    return "".join(str(row[keys.index("id")]) for row in table.rows)


def column_of(*values: Value) -> Table:
    """A table with the values in one column and their numbers as ids."""
    rows = tuple((str(number), value) for number, value in enumerate(values))
    return Table("t", "", (Column("id", ""), Column("value", "")), rows)


# Columns ------------------------------------------------------------------------------------------------


def test_people_and_programs_get_the_named_columns_in_order() -> None:
    table = with_columns(TABLE, ["count", "id", "words"])
    assert [column.key for column in table.shown().columns] == ["count", "id", "words"]
    assert rows_of(table)[0] == {"count": 10, "id": "a", "words": "ten"}
    assert (table.group_by, table.once) == ("", "")
    assert all(column.spare == 0 for column in table.columns)


def test_a_column_is_there_once_and_may_be_spelled_with_hyphens() -> None:
    table = with_columns(Table("t", "", (Column("two_words", ""),), ((1,),)), ["two-words", "TWO_WORDS"])
    assert rows_of(table) == [{"two_words": 1}]


def test_an_absent_value_is_not_called_not_reported_in_a_column_for_programs() -> None:
    note, count = with_columns(TABLE, ["note", "count"]).columns
    assert (note.blank, count.blank) == ("", "not reported")


@pytest.mark.parametrize("flag", ["columns", "sort"])
def test_an_unknown_column_gets_a_list_of_all(flag: str) -> None:
    with pytest.raises(UsageError) as caught:
        arranged(TABLE, **{flag: ["nmae"]})  # type: ignore[arg-type]
    assert str(caught.value) == (
        f"--{flag}: unknown column 'nmae'. The columns are id, name, count, words, note."
    )


# Order --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("keys", "wanted"),
    [
        (["name"], "adbc"),
        (["-name"], "cbda"),
        (["count"], "bdac"),
        (["-count"], "abdc"),
        (["count", "name"], "dbac"),
        (["count", "-name"], "bdac"),
        ([], "abcd"),
    ],
)
def test_rows_are_sorted(keys: list[str], wanted: str) -> None:
    assert ids(sorted_by(TABLE, keys)) == wanted


def test_a_sorted_table_has_no_group_headings() -> None:
    table = sorted_by(TABLE, ["count"])
    assert (table.group_by, table.once) == ("", "")


def test_a_row_stays_hidden_where_it_goes() -> None:
    hidden = Table("things", "Things", COLUMNS, ROWS, hidden=frozenset({0}))
    table = with_columns(sorted_by(hidden, ["count"]), ["id"])
    assert (ids(table), ids(table.shown())) == ("bdac", "bdc")


def test_numbers_in_text_and_paragraphs_are_compared_as_numbers() -> None:
    two, ten = (Cite("gr", "finance", number, "GR finance") for number in (2, 10))
    assert ids(sorted_by(column_of((ten,), (two, ten), (two,)), ["value"])) == "210"
    assert ids(sorted_by(column_of("case 10", "case 9"), ["value"])) == "10"


def test_footnotes_do_not_change_the_order() -> None:
    assert ids(sorted_by(column_of(Noted(3, "x"), 2, Noted(None, "y"), 1), ["value"])) == "3102"


VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(), st.just(())
)


@given(st.lists(VALUES), st.booleans())
def test_any_values_can_be_sorted_and_blanks_come_last(values: list[Value], descending: bool) -> None:
    table = sorted_by(column_of(*values), ["-value" if descending else "value"])
    blank = [row[1] in (None, "", ()) for row in table.rows]
    assert blank == sorted(blank)
    assert sorted(str(row[0]) for row in table.rows) == sorted(str(number) for number in range(len(values)))


# Number of rows -----------------------------------------------------------------------------------------


def test_the_first_rows_come_with_a_note_on_the_others() -> None:
    table = limited(TABLE, 1)
    assert (len(table.rows), len(rows_of(table)), len(table.shown().rows)) == (1, 1, 1)
    assert table.notes == ("3 more rows are not shown. Raise --limit to see more.",)
    assert limited(TABLE, 3).notes == ("1 more row is not shown. Raise --limit to see more.",)
    assert limited(TABLE, 4) == TABLE


def test_people_and_programs_both_get_as_many_rows_as_they_ask_for() -> None:
    table = limited(Table("things", "Things", COLUMNS, ROWS, hidden=frozenset({1})), 2)
    assert [row["id"] for row in rows_of(table)] == ["a", "b"]
    assert [row[2] for row in table.shown().rows] == ["ten", "none"]
    assert table.notes == ("1 more row is not shown. Raise --limit to see more.",)
    # People see all rows here, so no note says that there are more.
    assert limited(Table("things", "Things", COLUMNS, ROWS, hidden=frozenset({1})), 3).notes == ()


# Titles -------------------------------------------------------------------------------------------------


def test_a_title_and_its_level_fit_every_content_with_a_title() -> None:
    grid = Grid("g", "Grid", (), (), {}, (), (), "", (), ("x", "xs"), TABLE, TABLE)
    for content in (TABLE, Document("Page", ()), grid):
        changed = titled(content, "Mine", 4)
        assert isinstance(changed, Table | Document | Grid)
        shown = changed.table if isinstance(changed, Grid) else changed
        assert (changed.title, shown.title, shown.level) == ("Mine", "Mine", 4)
        assert titled(content, None, None) == content
        cleared = titled(content, "", None)
        assert isinstance(cleared, Table | Document | Grid)
        assert cleared.title == ""
    assert titled(Bibliography(()), "Mine", 4) == Bibliography(())


def test_columns_and_rows_are_those_of_one_table() -> None:
    for wrong in ({"columns": ["id"]}, {"sort": ["id"]}, {"limit": 3}):
        with pytest.raises(UsageError, match="work on a single table"):
            arranged(Document("Page", ()), **wrong)


def test_a_table_may_be_sorted_by_a_column_that_is_not_shown() -> None:
    table = arranged(TABLE, columns=["id"], sort=["-count"], limit=2)
    assert isinstance(table, Table)
    assert ids(table) == "ab"
