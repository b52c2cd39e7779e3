"""Cells and notes that several views share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ruralsyn.document import Cite, Noted, Sourced, Term, Value
from ruralsyn.model import Benefit, Case, Dataset, Direction, Effect, Locator, Sign
from ruralsyn.query import Filter, describe, fold, label_of

ARROWS = {Direction.INCREASE: "▲", Direction.DECREASE: "▼"}
SIGN_MARKS = {Sign.PRINTED: "", Sign.SUPPORTED: " †", Sign.INFERRED: " ‡", Sign.UNRESOLVED: " ?"}
SIGN_NOTES = {
    Sign.SUPPORTED: "† No sign is printed; the brief's prose says which way the outcome moved.",
    Sign.INFERRED: "‡ No sign is printed; the outcome's meaning leaves one sensible reading.",
    Sign.UNRESOLVED: "? No sign is printed and the brief does not settle the direction: shown as recorded.",
}
SIMULATION_MARK = " (sim.)"
SIMULATION_NOTE = "(sim.) A simulation, not an evaluation: shown, and left out of every count."
DIRECTIONS_ONLY = (
    "The briefs give directions only: no sizes, no significance, and no word of outcomes that did not move."
)
TONES = {Benefit.FAVOURABLE: "good", Benefit.UNFAVOURABLE: "bad", Benefit.UNCLEAR: "unsure"}


NOT_EVALUATED = Term("not-evaluated", "not evaluated", "quiet")
NOT_ANALYSED = Term("not-analysed", "not analysed", "quiet")


def listed(words: Iterable[str]) -> str:
    """Words as a sentence lists them: `a`, `a and b`, `a, b and c`."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def term(record: Any) -> Term:
    """A record by its name."""
    return Term(record.id, label_of(record))


def case_term(case: Case) -> Term:
    """A case by its short label."""
    return Term(case.id, case.label)


def case_in_country(dataset: Dataset, case: Case) -> str:
    """A case as running text names it: `Colombia: PPP`."""
    return f"{dataset.countries[case.country].name}: {case.label}"


def country_case_term(dataset: Dataset, case: str) -> Term:
    """A case as running text names it, by its id for programs."""
    return Term(case, case_in_country(dataset, dataset.cases[case]))


def optional(records: dict[str, Any], key: str | None) -> Term | None:
    """The record that an optional field names."""
    return term(records[key]) if key is not None else None


def terms(records: dict[str, Any], keys: Iterable[str]) -> tuple[Term, ...]:
    """The records that a list field names."""
    return tuple(term(records[key]) for key in keys)


def programme_term(dataset: Dataset, programme: str) -> Term:
    """A programme by its acronym, or by its name where it has none."""
    record = dataset.programmes[programme]
    return Term(record.id, record.acronym or record.name)


def organisation_term(dataset: Dataset, organisation: str) -> Term:
    """An organisation by its name, its acronym behind it."""
    record = dataset.organisations[organisation]
    return Term(record.id, f"{record.name} ({record.acronym})" if record.acronym else record.name)


def cite(dataset: Dataset, locator: Locator) -> Cite:
    """A paragraph of a brief under the brief's code."""
    brief = dataset.briefs[locator.brief]
    return Cite(*locator, place=f"{brief.code} {locator.section}", key=brief.citation_key)


def cites(dataset: Dataset, source: Iterable[Locator]) -> tuple[Cite, ...]:
    """The places that a record cites."""
    return tuple(cite(dataset, locator) for locator in source)


def labelled_apart(dataset: Dataset, effect: Effect) -> bool:
    """Whether the brief puts the effect under a label that is not its case's own."""
    return fold(effect.intervention) != fold(dataset.cases[effect.case].label)


def effect_note(dataset: Dataset, effect: Effect) -> str | None:
    """An effect's note, after the brief's label where that is not the case's own."""
    apart = labelled_apart(dataset, effect)
    parts = [f"The brief labels the effect {effect.intervention}."] if apart else []
    return " ".join((*parts, *([effect.note] if effect.note else []))) or None


def direction_term(effect: Effect) -> Term:
    """The direction with its arrow and with the marks for an unprinted sign and a simulation."""
    marks = SIGN_MARKS[effect.sign] + (SIMULATION_MARK if effect.simulated else "")
    return Term(effect.direction.value, f"{ARROWS[effect.direction]} {effect.direction.value}{marks}")


def benefit_term(dataset: Dataset, effect: Effect) -> Term:
    """What the direction means for the household, in a word; colour only repeats it.

    Where the direction is unresolved so is the benefit, which bears the same mark.
    """
    benefit = dataset.benefit_of(effect)
    mark = SIGN_MARKS[Sign.UNRESOLVED] if effect.sign is Sign.UNRESOLVED else ""
    return Term(benefit.value, f"{benefit.value}{mark}", TONES[benefit])


def noted(value: Value, note: str | None) -> Value:
    """The value with the note as a footnote, where there is one."""
    return Noted(value, note) if note else value


def claim(dataset: Dataset, record: Any) -> Value:
    """A statement with its paragraphs behind it, and its note and discrepancies as a footnote."""
    return noted(Sourced(record.text, cites(dataset, record.source)), footnotes(dataset, record))


def footnotes(dataset: Dataset, record: Any) -> str | None:
    """A record's note together with the titles of the discrepancies that concern it."""
    found = [dataset.discrepancies[key].title for key in record.discrepancies if key in dataset.discrepancies]
    parts = [record.note] if record.note else []
    if found:
        parts.append(f"Discrepancy: {'; '.join(found)}.")
    return " ".join(parts) or None


def mark_notes(effects: Iterable[Effect]) -> list[str]:
    """What the marks mean that these effects bear."""
    effects = tuple(effects)
    signs = {effect.sign for effect in effects}
    notes = [note for sign, note in SIGN_NOTES.items() if sign in signs]
    return [*notes, SIMULATION_NOTE] if any(effect.simulated for effect in effects) else notes


def not_evaluated(dataset: Dataset, cases: Iterable[Case]) -> list[str]:
    """A note for each case to which the briefs give no effects at all."""
    return [
        f"{case_in_country(dataset, case)} was not evaluated: the briefs give it no effects."
        for case in cases
        if not case.evaluated
    ]


def not_analysed(dataset: Dataset, cases: Iterable[Case]) -> list[str]:
    """A note for each case of which the briefs do not say how it coordinated."""
    return [
        f"{case_in_country(dataset, case)} was not analysed: no brief says how its institutions coordinated."
        for case in cases
        if not case.analysed
    ]


def closing_notes(dataset: Dataset, chosen: Filter | None = None) -> list[str]:
    """The notes under every table: the active filter, the briefs' codes, the dataset's version."""
    active = describe(dataset, chosen) if chosen else None
    codes = ", ".join(f"{brief.code} = {brief.short}" for brief in dataset.briefs.values())
    notes = [f"Filter: {active}."] if active else []
    return [*notes, f"Sources: {codes}; ¶ = paragraph. {dataset_line(dataset)}."]


def dataset_line(dataset: Dataset) -> str:
    """The dataset as captions name it."""
    return f"ruralsyn dataset {dataset.dataset.version}"
