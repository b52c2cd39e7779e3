"""Tables: how columns are joined."""

from __future__ import annotations

from dataclasses import replace

from ruralsyn.page.document import Column, Row, Table
from ruralsyn.page.text import text_of
from ruralsyn.page.values import Cite, Noted, peel

PLACE = Cite("brief", "section", 1, "B section")
TABLE = Table(
    "t",
    "T",
    (Column("a", "A"), Column("b", "B"), Column("c", "C"), Column("d", "D")),
    ((1, Noted("two", "First."), 3, Noted(Noted("four", "Second."), "", (PLACE,))),),
    once="b",
)


def joined(values: Row) -> str:
    return "+".join(map(text_of, values))


def test_columns_are_joined_where_the_first_of_them_was_and_keep_their_footnotes() -> None:
    table = TABLE.joining(("d", "b"), Column("e", "E"), joined)
    assert [column.key for column in table.columns] == ["a", "e", "c"]
    one, value, three = table.rows[0]
    assert (one, three) == (1, 3)
    plain, notes = peel(value)
    assert plain == "two+four"
    assert [(note.note, note.cites) for note in notes] == [("First.", ()), ("Second.", ()), ("", (PLACE,))]
    # A column that is no more cannot be printed once.
    assert table.once == ""


def test_columns_that_a_table_lacks_are_left_out_of_the_joined_one() -> None:
    table = TABLE.joining(("a", "missing"), Column("e", "E"), joined)
    assert [column.key for column in table.columns] == ["e", "b", "c", "d"]
    assert table.rows[0][0] == "1"
    assert table.once == "b"
    assert TABLE.joining(("missing",), Column("e", "E"), joined) is TABLE
    assert replace(TABLE, rows=()).joining(("a", "b"), Column("e", "E"), joined).rows == ()
