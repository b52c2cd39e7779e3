"""Full-text search over the records that say something, on SQLite's FTS5 in memory.

Words match by their stems (Porter), without regard to case and accents; words in quotes match as a
phrase; all words must match; the best match comes first (BM25, things called so before texts about them).
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from typing import Any

from ruralsyn.dataset.model import Case, Dataset, Desired, Effect, Finding, Locator, Outcome, Programme
from ruralsyn.dataset.naming import fold, label_of, spellings
from ruralsyn.evidence.names import nearest
from ruralsyn.record import Record

OPEN, CLOSE = "\x02", "\x03"
"""What stands around a match in a hit's text; neither can be in the data."""

_QUERY_PARTS = re.compile(r'"([^"]*)"|(\S+)')


class IndexedRecord(Record):
    """A record as the index holds it."""

    kind: str
    key: str
    """What `show` takes."""
    case: str | None
    name: str
    text: str
    names: str
    """All that the record itself is called, where it is a thing with a name of its own: those come first."""
    also: str
    """Words by which the record can be found that its name and text do not hold."""
    source: tuple[Locator, ...]


class Hit(Record):
    """A record that matches, its text marked with OPEN and CLOSE around the words that do."""

    entry: IndexedRecord
    text: str


def search(dataset: Dataset, query: str) -> tuple[Hit, ...]:
    """The records that hold all words and phrases of the query, best first. Any text is a valid query."""
    expression = match_expression(query)
    if not expression:
        return ()
    entries = tuple(index_entries(dataset))
    connection = _index(entries)
    rows = connection.execute(
        "SELECT rowid, highlight(records, 1, ?, ?), highlight(records, 2, ?, ?) FROM records "
        "WHERE records MATCH ? ORDER BY bm25(records, 20.0, 4.0, 2.0, 1.0), rowid",
        (OPEN, CLOSE, OPEN, CLOSE, expression),
    )
    hits = tuple(
        Hit(entries[row - 1], f"{name}: {text}" if entries[row - 1].text else name)
        for row, name, text in rows
    )
    connection.close()
    return hits


def match_expression(query: str) -> str:
    """The query as FTS5 takes it: every word and phrase a quoted string, so that none is an operator."""
    parts = (fold(phrase or word) for phrase, word in _QUERY_PARTS.findall(query))
    return " AND ".join(f'"{part}"' for part in parts if part)


def near_words(dataset: Dataset, query: str) -> dict[str, list[str]]:
    """For each word of the query that no record holds, the words of the data nearest to it."""
    words = {
        word
        for entry in index_entries(dataset)
        for word in fold(f"{entry.name} {entry.text} {entry.also}").split()
    }
    connection = _index(tuple(index_entries(dataset)))
    counting = "SELECT count(*) FROM records WHERE records MATCH ?"
    unknown = [
        word
        for word in dict.fromkeys(fold(query).split())
        if connection.execute(counting, (f'"{word}"',)).fetchone() == (0,)
    ]
    connection.close()
    return {word: nearest(word, words) for word in unknown}


def _index(entries: tuple[IndexedRecord, ...]) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.execute(
        "CREATE VIRTUAL TABLE records USING fts5(names, name, text, also, "
        "tokenize = 'porter unicode61 remove_diacritics 2')"
    )
    connection.executemany(
        "INSERT INTO records VALUES (?, ?, ?, ?)",
        ((entry.names, entry.name, entry.text, entry.also) for entry in entries),
    )
    return connection


# What is indexed ----------------------------------------------------------------------------------------


def index_entries(dataset: Dataset) -> Iterator[IndexedRecord]:
    """Every record that can be found, cases first."""
    for case in dataset.cases.values():
        yield _entry(dataset, "case", case.id, case, case.title, case.summary)
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
        yield _plain("programme", programme, programme.name, _programme_text(dataset, programme), country)
    for organisation in dataset.organisations.values():
        yield _plain("organisation", organisation, organisation.name, organisation.role)
    for project in dataset.projects.values():
        yield _plain("project", project, project.name, project.role)
    for outcome in dataset.outcomes.values():
        yield _plain("outcome", outcome, outcome.name, _wanted(outcome), dataset.domains[outcome.domain].name)


def _wanted(outcome: Outcome) -> str:
    if outcome.desired is Desired.UNCLEAR:
        return f"which way is desired is unclear: {outcome.why}"
    return f"{outcome.desired.value} is desired: {outcome.why}"


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


_NAMED = ("case", "programme", "organisation", "project", "outcome")


def _effect_entry(dataset: Dataset, effect: Effect) -> IndexedRecord:
    case, outcome = dataset.cases[effect.case], dataset.outcomes[effect.outcome]
    benefit = dataset.benefit_of(effect).value
    simulated = ", simulated" if effect.simulated else ""
    text = f"{effect.direction.value}, {benefit}, {effect.sign.value} sign{simulated} ({effect.intervention})"
    name = f"{outcome.name}, {case.label}"
    also = (effect.note or "", dataset.domains[outcome.domain].name, *outcome.aliases)
    return _entry(dataset, "effect", effect.key, case, name, text, *also, source=effect.source)


def _finding_entry(dataset: Dataset, finding: Finding) -> IndexedRecord:
    case = dataset.cases[finding.case]
    levels = [dataset.levels[level].name for level in finding.levels]
    formality = [dataset.formality[finding.formality].name] if finding.formality else []
    name = f"{case.label}, {', '.join((*levels, *formality, dataset.roles[finding.role].name)).lower()}"
    also = (finding.note or "",)
    return _entry(dataset, "finding", finding.key, case, name, finding.text, *also, source=finding.source)


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
    """An entry that can also be found by the names of its case, country and region."""
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
