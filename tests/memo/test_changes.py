"""What changed between two states of a block, in words."""

from __future__ import annotations

import pytest

import ruralsyn
from ruralsyn.memo.changes import HERE, changes_in
from ruralsyn.render.formats import FORMATS

OLD = str(FORMATS["markdown"].render(ruralsyn.request("effects", domains=["finance"])))
LOANS = "| Colombia: PPP           | Informal loans                        | ▼ decrease † |"


def test_the_words_of_a_cell_are_told_with_its_row() -> None:
    assert LOANS in OLD
    new = OLD.replace(LOANS, LOANS.replace("▼ decrease †", "▲ increase"))
    assert changes_in(OLD, new) == "Colombia: PPP, informal loans: decrease is now increase"


def test_a_mark_is_told_if_it_is_all_that_changed() -> None:
    new = OLD.replace(LOANS, LOANS.replace("†", "‡"))
    assert changes_in(OLD, new) == "Colombia: PPP, informal loans: ▼ decrease † is now ▼ decrease ‡"


def test_a_sentence_is_told_by_the_words_that_differ() -> None:
    new = OLD.replace("report eight effects", "report nine effects")
    assert (
        changes_in(OLD, new)
        == "“and Lesotho, report eight effects” is now “and Lesotho, report nine effects”"
    )


TABLE = "| Case | Income |\n|---|---|\n| Peru | 2 good |\n| Mali | 1 good |\n"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (TABLE, TABLE.replace("2 good", "1 good"), "Peru, income: 2 good is now 1 good"),
        (TABLE, TABLE.replace("| Mali | 1 good |\n", ""), "Mali is gone"),
        (TABLE, TABLE + "| Chad | 3 bad |\n", "Chad is new"),
        (TABLE, TABLE.replace("2 good", ""), "Peru, income: 2 good is now nothing"),
        (
            TABLE,
            "| Case | Income |\n|---|---|\n| Mali | 1 good |\n| Peru | 2 good |\n",
            "the rows are in another order",
        ),
        (TABLE, "", "Peru, 2 good is gone; Mali, 1 good is gone"),
        ("", TABLE, "Peru, 2 good is new; Mali, 1 good is new"),
        ("- one\n- two\n", "- one\n- three\n", "“two” is now “three”"),
        ("One.\n\nTwo.\n", "One.\n", "“Two.” is gone"),
        ("Text[^a-1]\n\n[^a-1]: A note.\n", "Text[^b-1]\n\n[^b-1]: A note.\n", "its layout only"),
        ("*a* b\n", "**a** b\n", "its layout only"),
    ],
)
def test_what_differs_is_told(old: str, new: str, told: str) -> None:
    assert changes_in(old, new) == told


TWO = "| Case | Direction | Benefit |\n|---|---|---|\n"
TWO += "| Peru, women | ▲ rise | good |\n| Mali | ▲ rise | good |\n"
ONE = "**Peru, women**\n\n| Direction and benefit |\n|---|\n| ▲ rise, good |\n\n"
ONE += "**Mali**\n\n| Direction and benefit |\n|---|\n| ▼ fall, good |\n"


def test_tables_of_another_shape_are_compared_by_what_their_rows_say() -> None:
    assert changes_in(TWO, ONE) == "Mali: rise is now fall; the text around it too"
    assert changes_in(ONE, TWO) == "Mali: fall is now rise; the text around it too"


def test_a_sentence_above_a_table_is_no_heading_of_it() -> None:
    lead = "Two cases report, in Peru and Mali, an effect.\n\n"
    joined = ONE.replace("**Mali**", lead).replace("**Peru, women**", "")
    told = changes_in(lead + TWO, lead + joined)
    assert "Two cases report" not in told


def test_a_column_that_is_new_or_gone_says_nothing_about_the_rows() -> None:
    place = "| Case | Outcome | Direction | Benefit | Place |\n|---|---|---|---|---|\n"
    place += "| Kenya | Poverty | ▼ fall | good | p. 3 |\n| Kenya | Income | ▲ rise | good | p. 4 |\n"
    joined = "| Case | Outcome | Direction and benefit |\n|---|---|---|\n"
    joined += "| Kenya | Poverty | ▲ rise, bad |\n| Kenya | Income | ▲ rise, good |\n"
    assert changes_in(place, joined) == "Kenya, poverty: fall, good is now rise, bad"
    assert changes_in(joined, place) == "Kenya, poverty: rise, bad is now fall, good"
    without = "| Case | Outcome |\n|---|---|\n| Kenya | Poverty |\n| Kenya | Income |\n"
    assert changes_in(place, without) == "the columns are now Case, Outcome"


def test_what_a_person_changed_is_told_as_what_is_here_and_in_the_data() -> None:
    assert changes_in(TABLE, TABLE.replace("2 good", "1 good"), HERE) == (
        "Peru, income: 2 good here, 1 good in the data"
    )
    assert changes_in("One.\n", "One.\n\nTwo.\n", HERE) == "“Two.” is missing here"
    assert changes_in("One.\n\nTwo.\n", "One.\n", HERE) == "“Two.” is only here"


def test_many_changes_are_counted() -> None:
    old = "| A | B |\n|---|---|\n" + "".join(f"| row {n} | old |\n" for n in range(9))
    assert changes_in(old, old.replace("old", "new")).endswith("row 3, b: old is now new; and 5 more changes")


def test_rows_with_equal_first_cells_are_told_apart_by_the_next() -> None:
    old = "| A | B | C |\n|---|---|---|\n| x | y | 1 |\n| x | z | 2 |\n"
    assert changes_in(old, old.replace("2", "3")) == "x, z, c: 2 is now 3"


def test_a_footnote_of_one_word_is_told() -> None:
    told = changes_in("Text[^ab-1]\n\n[^ab-1]: HSNP.", "Text[^ab-1]\n\n[^ab-1]: RCIP.")
    assert told == "“HSNP.” is now “RCIP.”"


def test_the_end_of_a_long_paragraph_is_not_passed_over() -> None:
    assert changes_in("word " * 2000, "word " * 2000 + "end") != "its layout only"


def test_rows_that_a_page_numbers_are_told_by_what_they_say() -> None:
    def divided(*names: str) -> str:
        rows = "\n".join(f"| {number} | {name} |" for number, name in enumerate(names, start=1))
        rest = "\n".join(f"| {number} | of {name} |" for number, name in enumerate(names, start=1))
        return f"| No. | For |\n|---|---|\n{rows}\n\n| No. | Basis |\n|---|---|\n{rest}\n"

    assert changes_in(divided("a", "b", "c"), divided("a", "c")) == "b is gone"
    assert changes_in(divided("a", "c"), divided("a", "b", "c")) == "b is new"
    changed = divided("a", "b").replace("of b", "of x")
    assert changes_in(divided("a", "b"), changed) == "b, basis: of b is now of x"


LONG = "a text with so many words that not all of them can be told in a line of a terminal, "


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (f"| A | B |\n|---|---|\n| row | {LONG}one end |", f"| A | B |\n|---|---|\n| row | {LONG}two end |"),
        (f"| A |\n|---|\n| {LONG * 2}one |", f"| A |\n|---|\n| {LONG * 2}two |"),
        (f"{LONG}{'one ' * 60}", f"{LONG}{'two ' * 60}"),
        (f"{LONG * 80}one", f"{LONG * 80}two"),
    ],
    ids=["cell", "only cell", "sentence with little in common", "long sentence"],
)
def test_a_difference_at_the_end_of_a_long_text_is_seen(old: str, new: str) -> None:
    told = changes_in(old, new)
    assert "one" in told
    assert "two" in told


def test_names_keep_their_capitals_and_what_tells_them_apart() -> None:
    heads = "| Domain | Peru: Juntos |\n|---|---|\n"
    told = changes_in(f"{heads}| Income | good |", f"{heads}| Income | bad |")
    assert told == "Income, Peru: Juntos: good is now bad"
    heads = "| Case | Label | Outcome |\n|---|---|---|\n"
    rows = [f"| Peru | {'a label with words ' * 6} | {outcome} |\n" for outcome in ("Income", "Loans")]
    assert changes_in(heads + "".join(rows), heads + rows[0]).endswith(" …, loans is gone")
