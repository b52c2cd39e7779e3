"""What differs between two states of a generated text, in words: cells of tables, words of sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import chain

from ruralsyn.memo.tables import Parts, TableText, parts_of
from ruralsyn.page.marks import MARKS

MOST = 4
"""The most changes that one line names."""
SELF_EXPLAINING = ("Direction", "Benefit", "Direction and benefit", "")
"""The heads of columns whose values say what they are."""
AROUND = 3
"""How many words around a change in a sentence are quoted."""
LONGEST = 60
"""The most characters of a name or a quotation."""

Row = tuple[str, ...]


def changes_in(old: str, new: str) -> str:
    """What differs between two texts in Markdown, on one line; what is most telling comes first.

    `Colombia: PPP, informal loans: decrease is now increase`
    """
    before, after = parts_of(old), parts_of(new)
    found = list(dict.fromkeys(chain(_in_tables(before, after), _in_paragraphs(before, after))))
    more = len(found) - MOST
    said = found if more <= 1 else [*found[:MOST], f"and {more} more changes"]
    return "; ".join(said) or "its layout only"


# Tables -----------------------------------------------------------------------------------------------------


def _in_tables(old: Parts, new: Parts) -> Iterator[str]:
    rest = list(new.tables)
    for table in old.tables:
        other = _counterpart(table, rest)
        if other is None:
            yield f"the table with {_named(table.heads)} is gone"
        else:
            rest.remove(other)
            yield from _in_rows(*_alike(table, other))
            if table.heads != other.heads:
                yield f"the columns are now {_named(other.heads)}"
    yield from (f"the table with {_named(table.heads)} is new" for table in rest)


def _counterpart(table: TableText, others: Sequence[TableText]) -> TableText | None:
    """The table that another one has become: one with the same heading and columns, or else the next best."""
    alike = (
        [other for other in others if other.heads == table.heads and other.title == table.title],
        [other for other in others if other.heads == table.heads],
        [other for other in others if other.heads[:1] == table.heads[:1]],
    )
    return next((found[0] for found in alike if found), None)


def _alike(*tables: TableText) -> tuple[TableText, ...]:
    """The tables with the columns that all of them have; what else a row has is joined in one more column.

    A table that became too wide for a page may say in one column what it said in two.
    """
    first, *others = (table.heads for table in tables)
    shared = tuple(head for head in first if all(head in heads for heads in others))
    if all(heads == shared for heads in (first, *others)):
        return tables
    return tuple(_with_columns(table, shared) for table in tables)


def _with_columns(table: TableText, heads: Row) -> TableText:
    places = [table.heads.index(head) for head in heads]
    others = [place for place in range(len(table.heads)) if place not in places]
    rows = tuple(
        (*(row[place] for place in places), ", ".join(filter(None, (row[place] for place in others))))
        for row in table.rows
    )
    return TableText(table.title, (*heads, JOINED), rows)


JOINED = ""
"""The head of a column that joins several."""


def _named(heads: Row) -> str:
    return _short(", ".join(heads))


def _in_rows(old: TableText, new: TableText) -> Iterator[str]:
    """The cells that differ, and the rows that only one of two tables has."""
    size = _key_size(old.rows, new.rows)
    before, after = ({row[:size]: row for row in table.rows} for table in (old, new))
    for key, row in before.items():
        if key not in after:
            yield f"{_row_name(key)} is gone"
        else:
            yield from _in_cells(key, old.heads, row, after[key])
    yield from (f"{_row_name(key)} is new" for key in after if key not in before)
    if before == after and list(before) != list(after):
        yield "the rows are in another order"


def _key_size(*tables: Sequence[Row]) -> int:
    """By how many of its first cells a row of these tables can be told from the others."""
    width = max((len(row) for rows in tables for row in rows), default=1)
    for size in range(1, width):
        if all(len({row[:size] for row in rows}) == len(rows) for rows in tables):
            return size
    return width


def _row_name(cells: Row) -> str:
    """A row by its first cells: `Colombia: PPP, informal loans`."""
    first, *others = filter(None, cells)
    return _short(", ".join((first, *map(_uncapital, others))))


def _uncapital(text: str) -> str:
    # An acronym keeps its capitals.
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _in_cells(key: Row, heads: Row, old: Row, new: Row) -> Iterator[str]:
    for head, before, after in zip(heads, old, new, strict=False):
        if before != after:
            where = "" if head in SELF_EXPLAINING else f", {_uncapital(head)}"
            yield f"{_row_name(key)}{where}: {_now(*_without_marks(before, after))}"


def _without_marks(old: str, new: str) -> tuple[str, str]:
    """Two values without arrows and other marks, unless they differ in these only."""
    plain = [" ".join(_MARKS.sub(" ", value).split()) for value in (old, new)]
    return (plain[0], plain[1]) if all(plain) and plain[0] != plain[1] else (old, new)


_MARKS = re.compile("|".join(re.escape(m.glyph) for m in MARKS.values() if m.glyph and not m.glyph.isalnum()))


def _now(old: str, new: str) -> str:
    return f"{_short(old) or 'nothing'} is now {_short(new) or 'nothing'}"


# Sentences --------------------------------------------------------------------------------------------------


def _in_paragraphs(old: Parts, new: Parts) -> Iterator[str]:
    matcher = SequenceMatcher(None, old.paragraphs, new.paragraphs, autojunk=False)
    for what, i, j, k, m in matcher.get_opcodes():
        if what == "replace" and j - i == m - k:
            for before, after in zip(old.paragraphs[i:j], new.paragraphs[k:m], strict=True):
                yield from _in_words(before.split(), after.split())
        elif what != "equal":
            yield from (f"“{_short(text)}” is gone" for text in old.paragraphs[i:j])
            yield from (f"“{_short(text)}” is new" for text in new.paragraphs[k:m])


def _in_words(old: list[str], new: list[str]) -> Iterator[str]:
    """The words that differ between two sentences, with some around them."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    blocks = [opcode for opcode in matcher.get_opcodes() if opcode[0] != "equal"]
    # Two sentences that have little in common are told as a whole.
    if matcher.ratio() < 0.5:
        yield f"“{_short(' '.join(old))}” is now “{_short(' '.join(new))}”"
        return
    for _, i, j, k, m in blocks:
        yield f"“{_quoted(old, i, j)}” is now “{_quoted(new, k, m)}”"


def _quoted(words: list[str], start: int, end: int) -> str:
    return _short(" ".join(words[max(0, start - AROUND) : end + 1]))


def _short(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    return text[:LONGEST].rsplit(" ", 1)[0].rstrip(",;:") + " …"
