"""Words for changes between two states: records by name, values as people read them, and the answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ruralsyn.dataset.changes import Change, What, record_of
from ruralsyn.dataset.model import Dataset, Direction, Effect, Sign
from ruralsyn.dataset.naming import label_of
from ruralsyn.evidence.differences import Differences
from ruralsyn.evidence.names import RECORD_KINDS
from ruralsyn.evidence.synthesis import Cell
from ruralsyn.page.values import Term, Value
from ruralsyn.page.wording import count, verb, word
from ruralsyn.record import Record
from ruralsyn.views.map_cells import cell_value
from ruralsyn.views.map_marks import in_words
from ruralsyn.views.values import case_in_country, field_value

NOUNS = {
    **RECORD_KINDS,
    "briefs": "source",
    "dataset": "description of the dataset",
    "contacts": "contact",
    "sections": "section",
    "levels": "level",
    "formality": "kind of formality",
    "roles": "role",
    "audiences": "audience",
    "programme_types": "kind of programme",
    "codelists": "codelist",
    "purposes": "purpose",
    "synonyms": "synonym",
}
"""The word for one record of each kind."""
STATEMENTS = ("findings", "lessons", "recommendations", "discrepancies")
"""The kinds of record that are a statement in words."""
SAID_BY_KIND = ("cases", "effects", *STATEMENTS)
"""The kinds of record that the answer names; it sums up all others."""


def plural(noun: str) -> str:
    """The plural of the word for a record: `countries`, `types of coordination`."""
    head, of, rest = noun.partition(" of ")
    return f"{f'{head[:-1]}ies' if head.endswith('y') else f'{head}s'}{of}{rest}"


def counted(what: str) -> str:
    """What a count is of: `Cases`, `Favourable effects`, `Blank cells`."""
    return (plural(NOUNS[what]) if what in NOUNS else what.replace("-", " ")).capitalize()


# Records and values ---------------------------------------------------------------------------------------


def record_name(dataset: Dataset, kind: str, key: str) -> Term:
    """A record by the name that tells it from others; programs get its key."""
    if kind in ("effects", "findings"):
        case, _, own = key.partition(".")
        front = case_in_country(dataset, dataset.cases[case])
        return Term(key, f"{front}: {_effect(dataset, key) if kind == 'effects' else _words_of(own)}")
    record = record_of(dataset, kind, key)
    if kind == "cases":
        return Term(key, case_in_country(dataset, record))
    if kind in ("contacts", "sections"):
        return Term(key, f"{dataset.briefs[key.partition('.')[0]].code}: {label_of(record)}")
    named = hasattr(record, "name") or hasattr(record, "title")
    return Term(key, label_of(record) if named else _words_of(key))


def _effect(dataset: Dataset, key: str) -> str:
    effect = record_of(dataset, "effects", key)
    name = dataset.outcomes[effect.outcome].name
    # A case with several effects on one outcome gives each a key of its own.
    return name if effect.id == effect.outcome else f"{name} ({_words_of(effect.id)})"


def _words_of(key: str) -> str:
    return key.replace("-", " ")


def value_of(dataset: Dataset, change: Change, value: object) -> Value:
    """One side of a change: the value of a field, or what a record that came or went says or is called."""
    if isinstance(value, Effect):
        return Term(value.direction.value, _said_by(dataset, value))
    if isinstance(value, Record) and not change.field:
        text: str | None = getattr(value, "text", None)
        return text or record_name(dataset, change.kind, change.key).label
    if isinstance(value, Direction):
        return _direction(value)
    return field_value(dataset, change.kind, change.field, value)


def _direction(direction: Direction) -> Term:
    # "none" would read as if the effect had no direction yet.
    return Term(direction.value, "no change" if direction is Direction.NONE else direction.value)


def _said_by(dataset: Dataset, effect: Effect) -> str:
    direction = _direction(effect.direction).label
    sign = "" if effect.sign is Sign.PRINTED else f"sign {effect.sign.value}"
    simulated = "simulated" if effect.simulated else ""
    return ", ".join(filter(None, (direction, dataset.benefit_of(effect), sign, simulated)))


def cell_words(cell: Cell | None) -> str | None:
    """What a map shows of a cell, with its marks in words; None for no cell."""
    if cell is None:
        return None
    return in_words(cell) if cell.effects else cell_value(cell).label


# The answer -----------------------------------------------------------------------------------------------


def answer(differences: Differences, old: str, new: str) -> str:
    """What changed, in a sentence that is true when it is quoted alone."""
    if not differences.changes:
        return f"Nothing changed from {old} to {new}."
    parts = (", ".join(_records(differences)), *_cells(differences), *_tipping_points(differences))
    return f"From {old} to {new}: {'; '.join(parts)}."


def _records(differences: Differences) -> Iterator[str]:
    effects = differences.of("effects")
    turned = {change.key for change in effects if change.field == "direction"}
    if turned:
        yield f"{count(len(turned), 'effect')} changed direction"
    if reread := {change.key for change in differences.benefits} - turned:
        its = verb(len(reread), "its", "their")
        yield f"{count(len(reread), 'effect')} kept {its} direction and changed in benefit"
    for kind in SAID_BY_KIND:
        found = (change for change in differences.of(kind) if kind != "effects" or change.key not in turned)
        yield from _happened(NOUNS[kind], found, " in other fields only" if kind == "effects" else "")
    others = (kind for kind in NOUNS if kind not in SAID_BY_KIND)
    yield from _happened("other record", differences.of(*others))


def _happened(noun: str, found: Iterable[Change], how: str = "") -> Iterator[str]:
    """How many of these records were added, were removed, and changed."""
    # A record with several changed fields is one record.
    records = {(change.kind, change.key): change.what for change in found}
    for what in What:
        if number := list(records.values()).count(what):
            did = f"changed{how}" if what is What.CHANGED else f"{verb(number, 'was', 'were')} {what}"
            yield f"{count(number, noun, plural(noun))} {did}"


def _cells(differences: Differences) -> Iterator[str]:
    pairs = differences.cells.values()
    both = [(old, new) for old, new in pairs if old and new]
    changed = sum(cell_words(old) != cell_words(new) for old, new in both)
    turned = sum(old.direction is not new.direction for old, new in both)
    if both:
        how = _in_direction(turned, changed) if changed else ""
        yield f"of {count(len(both), 'cell')} in both maps, {_or_none(changed)} changed{how}"
    for number, what in (
        (sum(old is None for old, _ in pairs), "new"),
        (sum(new is None for _, new in pairs), "gone"),
    ):
        if number:
            yield f"{count(number, 'cell')} {verb(number, 'is', 'are')} {what}"


def _in_direction(turned: int, changed: int) -> str:
    """How many of the cells that changed have another direction, to follow the number of these cells."""
    if turned in (0, changed):
        return " in direction" if turned else ", but not in direction"
    return f", {word(turned)} of them in direction"


def _tipping_points(differences: Differences) -> Iterator[str]:
    both = [(old, new) for old, new in differences.tallies.values() if old and new]
    changed = sum(old.tipping_point != new.tipping_point for old, new in both)
    if both:
        yield f"of {count(len(both), 'tipping point')}, {_or_none(changed)} changed"


def _or_none(number: int) -> str:
    return word(number) if number else "none"
