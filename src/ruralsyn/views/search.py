"""Search results."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ruralsyn.dataset.model import Dataset
from ruralsyn.evidence.search import CLOSE, OPEN, Hit, match_expression, near_words, search
from ruralsyn.evidence.selection import Selection
from ruralsyn.page.document import Column, Table
from ruralsyn.page.text import cited
from ruralsyn.page.values import MixedText, Strong
from ruralsyn.views.notes import sources_note
from ruralsyn.views.statements import repeats
from ruralsyn.views.values import case_term, cites

# People get text, citation and command in one column, `record`. Programs get each of them separately.
COLUMNS = (
    Column("kind", "Kind", whole=True),
    Column("id", "Id", human=False),
    Column("case", "Case", blank="", spare=2),
    Column("text", "Text", human=False),
    Column("record", "Record", machine=False, weight=3),
    Column("source", "Source", human=False),
    Column("command", "Command", human=False),
)

_MARKED = re.compile(f"{OPEN}([^{CLOSE}]*){CLOSE}")


def search_table(selection: Selection, words: Sequence[str], limit: int | None = None) -> Table:
    """The records that match all words, best first, at most `limit`; similar words if nothing matches."""
    dataset, query = selection.dataset, " ".join(words)
    hits = search(dataset, query)
    shown = hits[:limit]
    hidden = len(hits) - len(shown)
    matching = "1 more record matches" if hidden == 1 else f"{hidden} more records match"
    more = [f"{matching}. Raise --limit to see all."] if hidden else []
    return Table(
        id="search",
        title=f"Search: {query}",
        columns=COLUMNS,
        rows=tuple(
            (
                hit.entry.kind,
                hit.entry.key,
                case_term(dataset.cases[hit.entry.case]) if hit.entry.case else None,
                marked(hit.text).plain,
                MixedText(
                    (*marked(hit.text).runs, *_citations(dataset, hit), f" → ruralsyn show {hit.entry.key}")
                ),
                cites(dataset, hit.entry.source),
                f"ruralsyn show {hit.entry.key}",
            )
            for hit in shown
        ),
        notes=(*(("The command after the arrow shows the whole record.",) if shown else ()), *more),
        origin=(sources_note(dataset),),
        # Suggestions need an index of their own, so they are only looked for if nothing matches.
        empty=_nothing(dataset, query) if not hits else "Nothing is shown.",
        hidden=repeats([hit.entry.statement for hit in shown]),
    )


def _citations(dataset: Dataset, hit: Hit) -> tuple[str, ...]:
    found = cited(cites(dataset, hit.entry.source))
    return (f" ({found})",) if found else ()


def marked(text: str) -> MixedText:
    """The text with its matches in bold."""
    # A pattern with one group splits into text, match, text, match …, so every second piece is a match.
    pieces = _MARKED.split(text)
    return MixedText(
        tuple(Strong(piece) if number % 2 else piece for number, piece in enumerate(pieces) if piece)
    )


def _nothing(dataset: Dataset, query: str) -> str:
    if not match_expression(query):
        # Folding has left no word: the query was empty or all punctuation.
        return "The search has no words. Type at least one word."
    near = near_words(dataset, query)
    if not near:
        return f"Nothing matches '{query}': no record has all of these words. Try fewer words."
    hints = [
        f"'{word}' is not in the data" + (f". Did you mean {' or '.join(words)}?" if words else ".")
        for word, words in near.items()
    ]
    return f"Nothing matches '{query}'. {' '.join(hints)}"
