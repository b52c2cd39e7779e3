"""Typed values made from records: terms, citations, and claims with their notes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ruralsyn.dataset.model import Benefit, Case, Dataset, Direction, Effect, Locator, Sign
from ruralsyn.dataset.naming import label_of, labelled_apart
from ruralsyn.dataset.validation import REFERENCES
from ruralsyn.evidence.source_words import source_words, worded
from ruralsyn.page.marks import MARKS
from ruralsyn.page.values import Cite, Noted, Term, Value
from ruralsyn.page.wording import listed

# Also the order in which the page of the map offers the benefits as filters.
TONES = {
    Benefit.FAVOURABLE: "good",
    Benefit.UNFAVOURABLE: "bad",
    Benefit.UNCLEAR: "unsure",
    Benefit.NEUTRAL: "quiet",
}

# Programs get `not-evaluated`, a fixed value. People read what the sources support: no effects given.
NO_EFFECTS = Term("not-evaluated", MARKS["not-evaluated"].glyph, "quiet", MARKS["not-evaluated"].short)
NOT_REPORTED = Term("not-reported", MARKS["not-reported"].glyph, "quiet", MARKS["not-reported"].short)
NOT_ANALYSED = "not-analysed"
"""What programs get for a case that no source classifies."""


UNKNOWN = ("not stated", "not analysed")
"""What people read where nothing is known of a case."""


def not_classified(dataset: Dataset) -> Term:
    """What stands for a case that no source classifies: `not analysed` is said of the briefs only."""
    return Term(NOT_ANALYSED, source_words(dataset).unclassified, "quiet")


def term(record: Any) -> Term:
    """A record by its name."""
    return Term(record.id, label_of(record))


def case_term(case: Case) -> Term:
    """A case by its short label."""
    return Term(case.id, case.label)


def case_in_country(dataset: Dataset, case: Case) -> str:
    """A case as a table or a heading names it: `Colombia: PPP`."""
    return f"{dataset.countries[case.country].name}: {case.label}"


def case_in_prose(dataset: Dataset, case: Case) -> str:
    """A case as a sentence names it: `Colombia (PPP)`. A colon would be lost among those of the sentence."""
    country = dataset.countries[case.country].name
    # A bracket within brackets is hard to read.
    return f"{case.label}, {country}" if "(" in case.label else f"{country} ({case.label})"


def case_names(dataset: Dataset, cases: Iterable[Case]) -> str:
    """Cases in a list within a sentence: by country, and by case where a country has several.

    `Peru, Mali and Colombia (PPP)`. The studies of a review of one's own have names that tell more than their
    countries do. A list that is too long for a sentence becomes a number.
    """
    chosen = list(cases)
    if len(chosen) > MOST_NAMED:
        return f"{len(chosen)} cases"
    if not dataset.files.bundled:
        return listed(case.label for case in chosen)
    of_country: dict[str, list[str]] = {}
    for case in chosen:
        of_country.setdefault(case.country, []).append(case.label)
    names = {country: dataset.countries[country].name for country in of_country}
    return listed(
        names[country] if dataset.cases_in(country) == 1 else f"{names[country]} ({'; '.join(labels)})"
        for country, labels in of_country.items()
    )


MOST_NAMED = 12
"""The most cases that a sentence names."""


def country_case_term(dataset: Dataset, case: str) -> Term:
    """A case as a table names it, with its id for programs."""
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


def purpose_term(dataset: Dataset, purpose: str) -> Term:
    """A purpose by its code and its name: `16010 Social Protection`."""
    return Term(purpose, dataset.purposes[purpose].coded)


def organisation_term(dataset: Dataset, organisation: str) -> Term:
    """An organisation by its name and acronym."""
    record = dataset.organisations[organisation]
    return Term(record.id, f"{record.name} ({record.acronym})" if record.acronym else record.name)


def cite(dataset: Dataset, locator: Locator) -> Cite:
    """A place in a source under the source's code."""
    brief = dataset.briefs[locator.brief]
    # A Cite begins with the three fields of a locator.
    return Cite(*locator, section_label=f"{brief.code} {locator.section}".rstrip(), key=brief.citation_key)


def cites(dataset: Dataset, source: Iterable[Locator]) -> tuple[Cite, ...]:
    """The places that a record cites."""
    return tuple(cite(dataset, locator) for locator in source)


def with_label(dataset: Dataset, effect: Effect, case: str) -> Term:
    """The case of an effect under this name, with the source's label where that differs from the case."""
    apart = labelled_apart(dataset, effect)
    return Term(effect.case, f"{case}, labelled {effect.intervention}" if apart else case)


def effect_note(dataset: Dataset, effect: Effect) -> str | None:
    """An effect's note, and before it the source's label where that differs from the case."""
    apart = labelled_apart(dataset, effect)
    label = worded(dataset, "The {brief} labels the effect {label}.", label=effect.intervention)
    parts = [label] if apart else []
    return " ".join((*parts, *([effect.note] if effect.note else []))) or None


def direction_term(effect: Effect) -> Term:
    """The direction with its arrow and with the marks for an unprinted sign and a simulation."""
    arrow = MARKS[effect.direction].glyph
    # A printed sign has an empty glyph, which filter() removes.
    marks = (MARKS[effect.sign].glyph, MARKS["simulation"].glyph if effect.simulated else "")
    return Term(effect.direction.value, " ".join(filter(None, (arrow, direction_words(effect), *marks))))


def direction_words(effect: Effect) -> str:
    """The direction as people read it: `increase`, `decrease` or `no change`."""
    return NO_CHANGE if effect.direction is Direction.NONE else effect.direction.value


def risk_in_words(effect: Effect) -> str | None:
    """The risk of bias with the tool by which it was judged: `low (RoB 2)`; None where it is not given."""
    if effect.risk_of_bias is None:
        return None
    return effect.risk_of_bias.value + (f" ({effect.bias_tool})" if effect.bias_tool else "")


NO_CHANGE = MARKS["neutral"].glyph
"""What people read where programs get the direction `none`."""


def benefit_term(dataset: Dataset, effect: Effect) -> Term:
    """What the direction means for the household, as a word. Colour only repeats the word.

    An unresolved direction gives an unresolved benefit, so both have the same mark.
    """
    benefit = dataset.benefit_of(effect)
    mark = MARKS[effect.sign].glyph if effect.sign is Sign.UNRESOLVED else ""
    return Term(benefit.value, f"{benefit.value} {mark}".strip(), TONES[benefit])


def noted(value: Value, note: str | None) -> Value:
    """The value with the note as a footnote, where there is one."""
    return Noted(value, note) if note else value


def claim(dataset: Dataset, record: Any, *, full: bool) -> Value:
    """A statement. In full, its note and its discrepancies are a footnote."""
    return noted(record.text, footnotes(dataset, record) if full else None)


def footnotes(dataset: Dataset, record: Any) -> str | None:
    """A record's note and the titles of its discrepancies; None if it has neither."""
    return " ".join(filter(None, (record.note, discrepancy_note(dataset, record.discrepancies)))) or None


def discrepancy_note(dataset: Dataset, keys: Iterable[str]) -> str | None:
    """The titles of discrepancies as a footnote; None without any."""
    titles = [dataset.discrepancies[key].title for key in keys if key in dataset.discrepancies]
    # In quotation marks, since many titles have a colon of their own.
    quoted = "; ".join(f"“{title}”" for title in titles)
    return f"Discrepancy: {quoted}." if titles else None


def field_value(dataset: Dataset, kind: str, name: str, value: Any) -> Value:
    """The value of any field of a record of this kind, with references by name; None where it is empty."""
    if value is None or name == "source":
        return cites(dataset, value) if value else None
    table = REFERENCES.get(kind, {}).get(name)
    if table is None:
        if isinstance(value, dict):
            return tuple(f"{key}: {text}" for key, text in value.items())
        result: Value = value.value if hasattr(value, "value") else value
        return result
    records = getattr(dataset, table)
    # With the id, which `show` takes: the title does not tell the whole of a discrepancy.
    if table == "discrepancies":
        return tuple(Term(key, f"{records[key].title} ({key})") for key in value)
    if table == "purposes":
        return purpose_term(dataset, value)
    if isinstance(value, tuple):
        return tuple(term(records[key]) for key in value)
    return term(records[value])
