"""What a search finds."""

from __future__ import annotations

import re

from ruralsyn.document import Column, Rich, Strong, Table, places
from ruralsyn.model import Dataset
from ruralsyn.search import CLOSE, OPEN, Hit, match_expression, near_words, search
from ruralsyn.views.cells import case_term, cites, closing_notes

COLUMNS = (
    Column("kind", "Kind", whole=True),
    Column("id", "Id", human=False),
    Column("case", "Case", blank="", spare=2),
    Column("text", "Text", human=False),
    Column("record", "Record", machine=False, weight=3),
    Column("source", "Source", human=False),
    Column("command", "Shown whole by", human=False),
)

_MARKED = re.compile(f"{OPEN}([^{CLOSE}]*){CLOSE}")


def search_table(dataset: Dataset, query: str, limit: int | None = None) -> Table:
    """The records that match, best first, at most `limit` of them; near words where there are none."""
    hits = search(dataset, query)
    shown = hits[:limit]
    more = [f"{len(hits) - len(shown)} more match: raise --limit."] if len(shown) < len(hits) else []
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
                Rich((*marked(hit.text).runs, *_places(dataset, hit), f" → ruralsyn show {hit.entry.key}")),
                cites(dataset, hit.entry.source),
                f"ruralsyn show {hit.entry.key}",
            )
            for hit in shown
        ),
        notes=("The command behind the arrow shows the record whole.", *more, *closing_notes(dataset)),
        empty=_nothing(dataset, query) if not hits else "Nothing is shown.",
    )


def _places(dataset: Dataset, hit: Hit) -> tuple[str, ...]:
    found = places(cites(dataset, hit.entry.source))
    return (f" ({found})",) if found else ()


def marked(text: str) -> Rich:
    """The text with its matches strong."""
    pieces = _MARKED.split(text)
    return Rich(tuple(Strong(piece) if number % 2 else piece for number, piece in enumerate(pieces) if piece))


def _nothing(dataset: Dataset, query: str) -> str:
    if not match_expression(query):
        return "There is no word to search for."
    near = near_words(dataset, query)
    if not near:
        return f"Nothing matches '{query}': no record has all of it. Fewer words find more."
    hints = [
        f"'{word}' is nowhere in the data" + (f"; near it are {', '.join(words)}" if words else "")
        for word, words in near.items()
    ]
    return f"Nothing matches '{query}'. {'. '.join(hints)}."
