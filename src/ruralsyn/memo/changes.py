"""What differs between two states of a generated text, in words on one line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ruralsyn.memo.differences import Difference
from ruralsyn.memo.reshaped_tables import in_reshaped
from ruralsyn.memo.rows import in_rows
from ruralsyn.memo.sentences import in_paragraphs
from ruralsyn.memo.tables import Parts, parts_of
from ruralsyn.record import Record

MOST = 4
"""The most changes that one line names."""
TEXT_TOO = "the text around it too"
LAYOUT = "its layout only"


class Words(Record, kw_only=True):
    """How a difference is said."""

    changed: str
    added: str
    gone: str


NOW = Words(changed="{old} is now {new}", added="{name} is new", gone="{name} is gone")
"""For a text that was true when it was made, and data that have changed since."""
HERE = Words(
    changed="{old} here, {new} in the data", added="{name} is missing here", gone="{name} is only here"
)
"""For a text that a person may have changed."""


def changes_in(old: str, new: str, words: Words = NOW) -> str:
    """What differs between two texts in Markdown, on one line; what is most telling comes first.

    `Colombia: PPP, informal loans: decrease is now increase`
    """
    before, after = map(parts_of, _without_equal_ends(old, new))
    found = _said(_in_tables(before, after), words)
    if found:
        # Sentences follow from tables, and pieces of them say less.
        return "; ".join((*_first(found), *([TEXT_TOO] if before.paragraphs != after.paragraphs else ())))
    sentences = _said(in_paragraphs(before.paragraphs, after.paragraphs), words)
    columns, others = ({head for table in state.tables for head in table.heads} for state in (before, after))
    if columns != others and before.tables and after.tables:
        return f"the columns are now {', '.join(after.tables[0].heads)}"
    if not sentences and before.tables != after.tables:
        return "the rows are in another order"
    return "; ".join(_first(sentences)) or LAYOUT


def _without_equal_ends(old: str, new: str) -> tuple[str, str]:
    """Two texts without the paragraphs in which they agree at either end, because reading them takes time.

    Tables stay, since a table can be divided into several, and so does what may be the heading of one.
    """
    before, after = old.split("\n\n"), new.split("\n\n")
    for first in (0, -1):
        while before and after and before[first] == after[first] and not before[first].startswith(_KEPT):
            del before[first], after[first]
    return "\n\n".join(before), "\n\n".join(after)


_KEPT = ("|", "**")


def _in_tables(old: Parts, new: Parts) -> Iterator[Difference]:
    before, after = list(old.tables), list(new.tables)
    for table in old.tables:
        other = next((one for one in after if (one.title, one.heads) == (table.title, table.heads)), None)
        if other is not None:
            before.remove(table)
            after.remove(other)
            yield from in_rows(table, other)
    if [table.heads for table in before] == [table.heads for table in after]:
        for table, other in zip(before, after, strict=True):  # With other headings.
            yield from in_rows(table, other)
    else:
        yield from in_reshaped(before, after)


def _said(differences: Iterable[Difference], words: Words) -> list[str]:
    """The differences in words, each once."""
    return list(dict.fromkeys(_in_words(one, words) for one in differences))


def _in_words(one: Difference, words: Words) -> str:
    if one.old is None:
        return (words.added if one.added else words.gone).format(name=one.name)
    said = words.changed.format(old=one.old or "nothing", new=one.new or "nothing")
    return f"{one.name}: {said}" if one.name else said


def _first(changes: list[str]) -> list[str]:
    """The changes that a line has room for, and how many more there are."""
    more = len(changes) - MOST
    return changes if more <= 1 else [*changes[:MOST], f"and {more} more changes"]
