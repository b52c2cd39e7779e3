"""Full-text search over the records, with SQLite's FTS5 in memory.

Words match by their stems (Porter), in upper or lower case, with or without accents. Words in quotes match as
a phrase. All words must match. The best match comes first (BM25; a match in a name counts more than one in a
text). After these come records with other forms of the words, such as longer words that begin with them, and
then records that only match through the dataset's synonyms.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from typing import Any

from ruralsyn.dataset.model import (
    Case,
    Dataset,
    Desired,
    Direction,
    Effect,
    Finding,
    Locator,
    Outcome,
    Programme,
    Sign,
)
from ruralsyn.dataset.naming import fold, label_of, labelled_apart, spellings
from ruralsyn.evidence.filters import FIELDS, Filter
from ruralsyn.evidence.names import RECORD_KINDS, every_part, nearest, one_of
from ruralsyn.evidence.selection import select
from ruralsyn.record import Record

OPEN, CLOSE = "\x02", "\x03"
"""Marks around a match in the text of a hit. Control characters, because the data cannot contain them."""

SHORTEST_BEGINNING = 4
"""The number of letters from which a word also finds longer words: three letters begin too many."""

# The stems differ: Porter makes `empow` of "empowering" and `empower` of "empowerment". Five letters have to
# be left, because shorter remainders begin unrelated words.
_ENDING = re.compile(r"(?<=\w{5})(ing|ed|ments?)$")

_QUERY_PARTS = re.compile(r'"([^"]*)"|(\S+)')


class IndexedRecord(Record):
    """A record in the index."""

    kind: str
    key: str
    """The key that `show` takes."""
    case: str | None
    name: str
    text: str
    names: str
    """All names of a record that has a name of its own, such as a programme. A match here counts most."""
    also: str
    """Further words that find the record, which its name and text do not contain."""
    source: tuple[Locator, ...]
    # For the views, which show a shared statement once.
    statement: str | None = None
    """The id of the statement, if the record shares one with records of other cases."""


class Hit(Record):
    """A record that matches, and its text with OPEN and CLOSE around the words that match."""

    entry: IndexedRecord
    text: str


KINDS = (
    "case",
    "effect",
    "finding",
    "lesson",
    "recommendation",
    "discrepancy",
    "programme",
    "organisation",
    "project",
    "contact",
    "outcome",
)
"""The kinds of record in the index, in its order."""


class Part(Record):
    """A word or a phrase of a query, without case, accents and punctuation."""

    text: str
    """A word with a hyphen has become several words, which must follow each other as in a phrase."""
    quoted: bool
    """Whether it is in quotes. It is then taken as it stands, without other forms and synonyms."""


def query_parts(query: str) -> tuple[Part, ...]:
    """The words and phrases of a query; empty if it has none, e.g. if it is all punctuation."""
    parts = (Part(fold(phrase or word), bool(phrase)) for phrase, word in _QUERY_PARTS.findall(query))
    return tuple(part for part in parts if part.text)


def search(dataset: Dataset, query: str) -> tuple[Hit, ...]:
    """The records that match all words and phrases of the query, best first. Any text is a valid query."""
    parts = query_parts(query)
    # FTS5 has no empty query: it would report a syntax error.
    if not parts:
        return ()
    entries = tuple(index_entries(dataset))
    hits: dict[int, Hit] = {}
    with closing(_index(entries)) as connection:
        # What a wider search adds comes last, so that the typed words have the best matches.
        for expression in _expressions(connection, dataset.synonyms, parts):
            for row, hit in _matching(connection, entries, expression):
                hits.setdefault(row, hit)
    return tuple(hits.values())


def _matching(
    connection: sqlite3.Connection, entries: tuple[IndexedRecord, ...], expression: str
) -> Iterator[tuple[int, Hit]]:
    rows = connection.execute(
        "SELECT rowid, highlight(records, 1, ?, ?), highlight(records, 2, ?, ?) FROM records "
        # The weights are those of the columns in their order: names, name, text, also. bm25() is lower for
        # better matches. rowid, the order of the file, decides between equal ones.
        "WHERE records MATCH ? ORDER BY bm25(records, 20.0, 4.0, 2.0, 1.0), rowid",
        (OPEN, CLOSE, OPEN, CLOSE, expression),
    )
    for row, name, text in rows:
        entry = entries[row - 1]  # SQLite counts rows from 1.
        yield row, Hit(entry, f"{name}: {text}" if entry.text else name)


Synonyms = Mapping[str, Sequence[str]]


def _expressions(connection: sqlite3.Connection, synonyms: Synonyms, parts: Iterable[Part]) -> list[str]:
    """The query in FTS5's syntax three times, each time wider: see `_alternatives`."""
    steps = zip(*(_alternatives(connection, synonyms, part) for part in parts), strict=True)
    # Often a step adds nothing. Then it need not be run.
    return list(dict.fromkeys(" AND ".join(map(_either, step)) for step in steps))


def _alternatives(
    connection: sqlite3.Connection, synonyms: Synonyms, part: Part
) -> tuple[Sequence[str], Sequence[str], Sequence[str]]:
    """What a part of a query matches: itself; also its other forms; also its synonyms."""
    itself = (part.text,)
    if part.quoted:
        return itself, itself, itself
    forms = (*itself, *_forms(connection, part.text))
    return itself, forms, (*forms, *synonyms.get(part.text, ()))


def _forms(connection: sqlite3.Connection, text: str) -> list[str]:
    """The text with other forms of its last word: the words of the data that begin with it.

    A word that ends in -ing, -ed or -ment counts without its ending: `empowered` finds `empowerment`.
    """
    before, _, last = text.rpartition(" ")
    if len(last) < SHORTEST_BEGINNING:
        return []
    # FTS5 looks for beginnings among the stems, and `evaluat` is no beginning of the stem `evalu`.
    terms = connection.execute(
        "SELECT term FROM words WHERE term GLOB ? AND term != ?", (f"{_ENDING.sub('', last)}*", last)
    )
    return [f"{before} {term}".strip() for (term,) in terms]


def _either(words: Sequence[str]) -> str:
    """Any of the words, each in quotes, so that FTS5 takes none of them for an operator."""
    quoted = [f'"{fold(word)}"' for word in words]
    return quoted[0] if len(quoted) == 1 else f"({' OR '.join(quoted)})"


def missing_words(dataset: Dataset, query: str) -> dict[str, list[str]]:
    """Each word or phrase of the query that no record has, with the words of the data that may be meant."""
    synonyms = dataset.synonyms
    with closing(_index(tuple(index_entries(dataset)))) as connection:
        missing = [text for part in query_parts(query) for text in _missing(connection, synonyms, part)]
        # As they are written: a stem such as "municip" is no suggestion.
        words = [term for (term,) in connection.execute("SELECT term FROM words")]
    return {text: _near(text, (*words, *synonyms)) for text in missing}


def _missing(connection: sqlite3.Connection, synonyms: Synonyms, part: Part) -> list[str]:
    """The words of a part that no record has; the whole part if records have its words, but not in a row."""
    if _occurs(connection, synonyms, part):
        return []
    words = (Part(word, part.quoted) for word in part.text.split())
    absent = [word.text for word in words if not _occurs(connection, synonyms, word)]
    return absent or [part.text]


def _occurs(connection: sqlite3.Connection, synonyms: Synonyms, part: Part) -> bool:
    *_, widest = _alternatives(connection, synonyms, part)
    found = connection.execute("SELECT 1 FROM records WHERE records MATCH ? LIMIT 1", (_either(widest),))
    return found.fetchone() is not None


def _near(word: str, words: Iterable[str]) -> list[str]:
    """Up to three words that are very similar to a word or begin with it."""
    # One or two letters begin too many words, and are similar to too many. A mistyped word nearly always has
    # its first letter: without this, "horse" would be told of "whose".
    likely = [one for one in words if one[:1] == word[:1] and min(len(one), len(word)) > 2]
    return nearest(word, likely, cutoff=0.8)


def _index(entries: tuple[IndexedRecord, ...]) -> sqlite3.Connection:
    """The records by the stems of their words, and the table `words` with every word as it is written."""
    connection = sqlite3.connect(":memory:")
    texts = [(entry.names, entry.name, entry.text, entry.also) for entry in entries]
    # remove_diacritics 2 also handles letters with two diacritics, which 1, the default, does not.
    for table, tokenizer in (("records", "porter unicode61"), ("unstemmed", "unicode61")):
        connection.execute(
            f"CREATE VIRTUAL TABLE {table} USING fts5(names, name, text, also, "
            f"tokenize = '{tokenizer} remove_diacritics 2')"
        )
        connection.executemany(f"INSERT INTO {table} VALUES (?, ?, ?, ?)", texts)
    connection.execute("CREATE VIRTUAL TABLE words USING fts5vocab(unstemmed, row)")
    return connection


def kinds_named(values: Iterable[str]) -> tuple[str, ...]:
    """The kinds that the values of `--kind` name. A value can be a list with commas.

    Raises UsageError for an unknown kind. The message has the nearest kind and all kinds.
    """
    return tuple(dict.fromkeys(one_of("--kind", part, KINDS) for part in every_part(values)))


def narrowed(
    dataset: Dataset, hits: Iterable[Hit], chosen: Filter, kinds: Sequence[str] = ()
) -> tuple[Hit, ...]:
    """The hits that match the filter and, with `kinds`, are of one of these kinds.

    A record that belongs to no case, country or region matches no filter by them.
    """
    found = tuple(hit for hit in hits if not kinds or hit.entry.kind in kinds)
    if not chosen.active():
        return found
    selected = _selected(dataset, chosen)
    return tuple(hit for hit in found if (hit.entry.kind, hit.entry.key) in selected)


def _selected(dataset: Dataset, chosen: Filter) -> set[tuple[str, str]]:
    """The kind and the key of every record that each active filter can read and selects."""
    # select() leaves out a filter that cannot read a kind of record, and so would select all of that kind.
    read = [kind for kind in RECORD_KINDS if all(FIELDS[name].selects(kind) for name in chosen.active())]
    return {
        # The id of an effect or finding occurs in several cases; only its key is unique.
        (RECORD_KINDS[kind], getattr(record, "key", record.id))
        for kind in read
        for record in select(dataset, kind, chosen)
    }


# What is indexed ----------------------------------------------------------------------------------------


def index_entries(dataset: Dataset) -> Iterator[IndexedRecord]:
    """Every record that can be found, in the order of the kinds, cases first."""
    for case in dataset.cases.values():
        yield _entry(dataset, "case", case.id, case, case.title, case.summary or "")
    for effect in dataset.effects:
        yield _effect_entry(dataset, effect)
    for finding in dataset.findings:
        yield _finding_entry(dataset, finding)
    for lesson in dataset.lessons.values():
        theme = dataset.themes[lesson.theme]
        yield _plain("lesson", lesson, theme.name, lesson.text, _regions(dataset, lesson.regions))
    for advice in dataset.recommendations.values():
        audiences = " ".join(dataset.audiences[key].name for key in advice.audiences)
        regions = _regions(dataset, advice.regions)
        yield _plain(
            "recommendation", advice, f"{advice.basis.capitalize()}", advice.text, audiences, regions
        )
    for discrepancy in dataset.discrepancies.values():
        yield _plain("discrepancy", discrepancy, discrepancy.title, discrepancy.text, discrepancy.handling)
    for programme in dataset.programmes.values():
        country = dataset.countries[programme.country].name
        purpose = dataset.purposes[programme.purpose].coded if programme.purpose else ""
        text = _programme_text(dataset, programme)
        yield _plain("programme", programme, programme.name, text, country, purpose)
    for organisation in dataset.organisations.values():
        yield _plain("organisation", organisation, organisation.name, organisation.role)
    for project in dataset.projects.values():
        yield _plain("project", project, project.name, project.role)
    for brief in dataset.briefs.values():
        for contact in brief.contacts.values():
            # A contact has no page of its own: the page of its brief lists it.
            about = f"{label_of(dataset.organisations[contact.organisation])}; on: {contact.about}"
            yield IndexedRecord(
                "contact", brief.id, None, contact.name, about, contact.name, "", contact.source
            )
    for outcome in dataset.outcomes.values():
        yield _plain("outcome", outcome, outcome.name, _wanted(outcome), dataset.domains[outcome.domain].name)


def _wanted(outcome: Outcome) -> str:
    why = f" {outcome.why}" if outcome.why else ""
    if outcome.desired is Desired.UNCLEAR:
        return f"an increase could be good or bad.{why}"
    article = "an" if outcome.desired is Desired.INCREASE else "a"
    return f"{article} {outcome.desired.value} is good.{why}"


def _programme_text(dataset: Dataset, programme: Programme) -> str:
    kind = dataset.programme_types[programme.type].name.lower() if programme.type else "kind not stated"
    runner = dataset.organisations[programme.organisation].name if programme.organisation else "not stated"
    basis = f" ({programme.type_basis.value})" if programme.type_basis else ""
    return f"{dataset.countries[programme.country].name}; {kind}{basis}; run by: {runner}"


def _plain(kind: str, record: Any, name: str, text: str, *also: str) -> IndexedRecord:
    note = getattr(record, "note", None) or ""
    called = " ".join(spellings(record)) if kind in _NAMED else ""
    words = " ".join((*also, note, *spellings(record)))
    return IndexedRecord(kind, record.id, None, name, text, called, words, getattr(record, "source", ()))


# These kinds have names of their own. A search for such a name should find the record before texts about it.
_NAMED = ("case", "programme", "organisation", "project", "outcome")


def _effect_entry(dataset: Dataset, effect: Effect) -> IndexedRecord:
    # An effect has no text of its own, so its fields are put into words that people search for.
    case, outcome = dataset.cases[effect.case], dataset.outcomes[effect.outcome]
    facts = (
        "no change" if effect.direction is Direction.NONE else effect.direction.value,
        dataset.benefit_of(effect).value,
        "" if effect.sign is Sign.PRINTED else "no printed sign",
        "simulated" if effect.simulated else "",
        f"labelled {effect.intervention}" if labelled_apart(dataset, effect) else "",
    )
    name = f"{outcome.name} in {dataset.countries[case.country].name} ({case.label})"
    text = ", ".join(filter(None, facts))
    domain = dataset.domains[outcome.domain].name
    also = (effect.note or "", effect.sign.value, domain, effect.intervention or "", *outcome.aliases)
    return _entry(dataset, "effect", effect.key, case, name, text, *also, source=effect.source)


def _finding_entry(dataset: Dataset, finding: Finding) -> IndexedRecord:
    case = dataset.cases[finding.case]
    levels = [dataset.levels[level].name for level in finding.levels]
    formality = [dataset.formality[finding.formality].name] if finding.formality else []
    name = f"{case.label}, {', '.join((*levels, *formality, dataset.roles[finding.role].name)).lower()}"
    entry = _entry(
        dataset, "finding", finding.key, case, name, finding.text, finding.note or "", source=finding.source
    )
    return replace(entry, statement=finding.statement)


def _entry(
    dataset: Dataset,
    kind: str,
    key: str,
    case: Case,
    name: str,
    text: str,
    *also: str,
    source: tuple[Locator, ...] | None = None,
) -> IndexedRecord:
    """A record of a case. It is also found by the names of the case, its country, region and programmes."""
    country = dataset.countries[case.country]
    region = dataset.regions[country.region].name
    programmes = (label_of(dataset.programmes[programme]) for programme in case.programmes)
    called = " ".join(spellings(case)) if kind in _NAMED else ""
    words = " ".join((*also, *spellings(case), *spellings(country), region, *programmes))
    return IndexedRecord(
        kind, key, case.id, name, text, called, words, case.source if source is None else source
    )


def _regions(dataset: Dataset, keys: tuple[str, ...]) -> str:
    return " ".join(dataset.regions[key].name for key in keys)
