"""What differs between two states of a generated text, in words: cells of tables, words of sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import chain

from ruralsyn.memo.tables import Parts, TableText, parts_of
from ruralsyn.page.marks import MARKS
from ruralsyn.record import Record

MOST = 4
"""The most changes that one line names."""
SELF_EXPLAINING = ("Direction", "Benefit", "Direction and benefit", "")
"""The heads of columns whose values say what they are."""
AROUND = 3
"""How many words around a change in a sentence are quoted."""
MOST_WORDS = 1000
"""How many words of a paragraph are compared."""
LONGEST, LONGEST_NAME = 60, 100
"""The most characters of a quotation and of the name of a row."""

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
    before, after = list(old.tables), list(new.tables)
    for table in old.tables:
        other = next((one for one in after if (one.title, one.heads) == (table.title, table.heads)), None)
        if other is not None:
            before.remove(table)
            after.remove(other)
            yield from _in_rows(table, other)
    if [table.heads for table in before] == [table.heads for table in after]:
        for table, other in zip(before, after, strict=True):  # With other headings.
            yield from _in_rows(table, other)
    else:
        yield from _in_pieces(_pieces(before), _pieces(after))


def _in_rows(old: TableText, new: TableText) -> Iterator[str]:
    """The cells that differ, and the rows that only one of two tables has."""
    size = _key_size(old.rows, new.rows)
    before, after = ({row[:size]: row for row in table.rows} for table in (old, new))
    added = {key: row for key, row in after.items() if key not in before}
    for key, row in before.items():
        # Rows whose names are cut to the same words are told by the cells that differ.
        alike = (one for one in added if _row_name(one) == _row_name(key))
        other = after.get(key) or added.pop(next(alike, ()), None)
        if other is None:
            yield f"{_row_name(key)} is gone"
        else:
            yield from _in_cells(key, old.heads, row, other)
    yield from (f"{_row_name(key)} is new" for key in added)
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
    *most, last = filter(None, cells)
    if not most:
        return _short(last, LONGEST_NAME)
    # The last one tells the row apart, so it is not what is cut first.
    end = _short(_uncapital(last))
    return f"{_short(', '.join(most), LONGEST_NAME - len(end))}, {end}"


def _uncapital(text: str) -> str:
    # An outcome loses its capital; an acronym or a case such as `Peru: Juntos` does not.
    return text if text[1:] != text[1:].lower() else text[:1].lower() + text[1:]


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
    before, after = _shorts(old, new)
    return f"{before or 'nothing'} is now {after or 'nothing'}"


# Tables of another shape ------------------------------------------------------------------------------------


class Piece(Record):
    """A part of what a row says: of its heading, or of a cell under a head."""

    text: str
    head: str = ""


Pieces = tuple[Piece, ...]


def _pieces(tables: Sequence[TableText]) -> list[Pieces]:
    """The rows of tables in pieces, which are the same in a heading and in a column of their own.

    A table that becomes too wide for a page is divided, or says in one column what it said in two.
    """
    return [
        (
            *(Piece(text) for text in table.title.split(", ") if text),
            *(
                Piece(text, head)
                for head, cell in zip(table.heads, row, strict=False)
                for text in cell.split(", ")
                if text
            ),
        )
        for table in tables
        for row in table.rows
    ]


def _in_pieces(old: list[Pieces], new: list[Pieces]) -> Iterator[str]:
    """What differs between rows, each of which is compared with the one that has most in common with it."""
    rest = [row for row in new if _texts(row) not in map(_texts, old)]
    for row in old:
        if _texts(row) in map(_texts, new):
            continue
        other = max(rest, key=lambda one: _in_common(row, one), default=())
        if _in_common(row, other) * 2 <= len(row):
            yield f"{_name_of(row)} is gone"
        else:
            rest.remove(other)
            yield from _between(row, other)
    yield from (f"{_name_of(row)} is new" for row in rest)


def _texts(row: Pieces) -> Row:
    return tuple(piece.text for piece in row)


def _in_common(one: Pieces, other: Pieces) -> int:
    return len({*_texts(one)} & {*_texts(other)})


def _name_of(row: Pieces) -> str:
    return _row_name(_texts(row)[:NAMING])


NAMING = 3
"""How many pieces of a row name it."""


def _between(old: Pieces, new: Pieces) -> Iterator[str]:
    """The pieces that differ between two rows, after those before them, which name the row."""
    found = SequenceMatcher(None, _texts(old), _texts(new), autojunk=False).get_opcodes()
    first = next(start for what, start, *_ in found if what != "equal")
    name = _row_name(_texts(old)[max(0, first - NAMING) : first]) if first else _name_of(old)
    for what, i, j, k, m in found:
        if what != "equal":
            head = (*old[i:j], *new[k:m])[0].head
            where = "" if head in SELF_EXPLAINING else f", {_uncapital(head)}"
            values = (", ".join(_texts(row)) for row in (old[i:j], new[k:m]))
            yield f"{name}{where}: {_now(*_without_marks(*values))}"


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
    # Comparing takes the square of the length, and a person may have put a chapter into a block.
    matcher = SequenceMatcher(None, old[:MOST_WORDS], new[:MOST_WORDS], autojunk=False)
    blocks = [opcode for opcode in matcher.get_opcodes() if opcode[0] != "equal"]
    # Two sentences that have little in common are told as a whole.
    if matcher.ratio() < 0.5 or not blocks:
        before, after = _shorts(" ".join(old), " ".join(new))
        yield f"“{before}” is now “{after}”"
        return
    for _, i, j, k, m in blocks:
        yield f"“{_quoted(old, i, j)}” is now “{_quoted(new, k, m)}”"


def _quoted(words: list[str], start: int, end: int) -> str:
    return _short(" ".join(words[max(0, start - AROUND) : end + 1]))


def _shorts(old: str, new: str) -> tuple[str, str]:
    """Two texts that differ, both cut, so that a difference is to be seen."""
    before, after = _short(old), _short(new)
    if before != after:
        return before, after
    # From the beginning of the first word that differs, and some words before it.
    pairs = enumerate(zip(old, new, strict=False))
    place = next((place for place, (one, other) in pairs if one != other), min(len(old), len(new)))
    words = old[:place].split(" ")
    start = len(" ".join(words[: -AROUND - 1])) + 1
    return f"… {_short(old[start:])}", f"… {_short(new[start:])}"


def _short(text: str, longest: int = LONGEST) -> str:
    if len(text) <= longest:
        return text
    return text[:longest].rsplit(" ", 1)[0].rstrip(",;:") + " …"
