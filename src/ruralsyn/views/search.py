"""Search results."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ruralsyn.dataset.model import Dataset
from ruralsyn.evidence.filters import describe
from ruralsyn.evidence.names import RECORD_KINDS, suggestion
from ruralsyn.evidence.search import (
    CLOSE,
    OPEN,
    Hit,
    kinds_named,
    missing_words,
    narrowed,
    query_parts,
    search,
)
from ruralsyn.evidence.selection import Selection
from ruralsyn.page.document import Column, Row, Table
from ruralsyn.page.values import MixedText, Strong
from ruralsyn.page.wording import capital, count, listed, verb
from ruralsyn.views.answers import kinds_of
from ruralsyn.views.columns import FILE, file_term
from ruralsyn.views.notes import sources_note
from ruralsyn.views.statements import repeats
from ruralsyn.views.values import case_term, cites

# People read the text in `record`, with the matches in bold. Programs get it plain, and with a command.
COLUMNS = (
    Column("kind", "Kind", whole=True),
    Column("id", "Id"),
    Column("case", "Case", blank="", spare=2),
    Column("text", "Text", human=False),
    Column("record", "Record", machine=False, weight=3),
    Column("source", "Source", blank="", spare=9),
    Column("command", "Command", human=False),
    FILE,
)

_MARKED = re.compile(f"{OPEN}([^{CLOSE}]*){CLOSE}")


def search_table(selection: Selection, words: Sequence[str], kinds: Sequence[str] = ()) -> Table:
    """The records that match all words and the filter, best first; if none does, why not.

    With `kinds`, only records of these kinds. Raises UsageError for an unknown kind.
    """
    dataset, query, chosen_kinds = selection.dataset, " ".join(words), kinds_named(kinds)
    found = search(dataset, query)
    hits = narrowed(dataset, found, selection.chosen, chosen_kinds)
    return Table(
        id="search",
        title=f"Search: {query}",
        columns=COLUMNS,
        rows=tuple(_row(dataset, hit) for hit in hits),
        lead=_answer(selection, query, hits, chosen_kinds),
        notes=("To see a whole record: ruralsyn show ID.",) if hits else (),
        origin=(sources_note(dataset),),
        # Reasons need an index of their own, so they are only looked for if nothing matches.
        empty=_nothing(dataset, query, len(found)) if not hits else "",
        hidden=repeats([hit.entry.statement for hit in hits]),
    )


def _row(dataset: Dataset, hit: Hit) -> Row:
    entry, text = hit.entry, marked(hit.text)
    return (
        entry.kind,
        entry.key,
        case_term(dataset.cases[entry.case]) if entry.case else None,
        text.plain,
        text,
        cites(dataset, entry.source),
        f"ruralsyn show {entry.key}",
        file_term(dataset, _TABLES[entry.kind], entry.key),
    )


# A contact is found on the page of its source.
_TABLES = {word: kind for kind, word in RECORD_KINDS.items()} | {"contact": "briefs"}


def _matching(number: int) -> str:
    return f"{count(number, 'record')} {verb(number, 'matches', 'match')}"


def _answer(selection: Selection, query: str, hits: Sequence[Hit], kinds: Sequence[str]) -> str:
    """How many records match, of which kinds, under which filter."""
    if not hits:
        return ""
    numbers = Counter(hit.entry.kind for hit in hits)
    found = listed(
        count(number, kind, PLURALS.get(kind, f"{kind}s")) + _meaning(selection.dataset, kind, hits)
        for kind, number in numbers.most_common()
    )
    active = describe(selection.dataset, selection.chosen)
    parts = (*((active,) if active else ()), *((f"kind {' or '.join(kinds)}",) if kinds else ()))
    under = f" (filter: {'; '.join(parts)})" if parts else ""
    return f"{capital(_matching(len(hits)))} '{query}'{under}: {found}."


def _meaning(dataset: Dataset, kind: str, hits: Sequence[Hit]) -> str:
    """What the effects among the hits mean for the household: ` (two favourable, one unclear)`."""
    if kind != "effect":
        return ""
    keys = {hit.entry.key for hit in hits if hit.entry.kind == kind}
    said = kinds_of(dataset, (one for one in dataset.effects if one.key in keys and not one.simulated))
    return f" ({said})" if said else ""


PLURALS = {"discrepancy": "discrepancies"}


def marked(text: str) -> MixedText:
    """The text with its matches in bold."""
    # A pattern with one group splits into text, match, text, match …, so every second piece is a match.
    pieces = _MARKED.split(text)
    return MixedText(
        tuple(Strong(piece) if number % 2 else piece for number, piece in enumerate(pieces) if piece)
    )


def _nothing(dataset: Dataset, query: str, unfiltered: int) -> str:
    """Why nothing matches: the filter, the words that no record has, or that no record has all of them."""
    if unfiltered:
        return f"Nothing matches '{query}' with this filter. Without it, {_matching(unfiltered)}."
    if not query_parts(query):
        # Folding has left no word: the query was empty or all punctuation.
        return "The search has no words. Type at least one word."
    missing = missing_words(dataset, query)
    if not missing:
        return (
            f"Nothing matches '{query}': the data has each of these words, but no record has all of them. "
            "Try fewer words."
        )
    return " ".join(f"'{word}' is in no record. {suggestion(near)}".strip() for word, near in missing.items())
