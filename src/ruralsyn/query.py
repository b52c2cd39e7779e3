"""Filters and selections: pure functions from a Dataset to the records that match."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from enum import StrEnum
from typing import Any

from ruralsyn.errors import UsageError
from ruralsyn.model import (
    Basis,
    Benefit,
    Case,
    Dataset,
    Direction,
    Effect,
    Entry,
    Finding,
    Lesson,
    Programme,
    Recommendation,
    Sign,
)
from ruralsyn.record import Record


class Filter(Record, kw_only=True):
    """What to select. Within a field any value matches; all fields that are given must match.

    The values are ids, and one that nothing has selects nothing; `resolve` turns names, aliases, acronyms
    and codes into ids.
    """

    countries: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    coordination: tuple[str, ...] = ()
    architectures: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    formality: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    directions: tuple[str, ...] = ()
    benefits: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    simulated: bool | None = None
    """True: simulated effects only; False: none of them; None: both."""

    def _check(self) -> None:
        for name, value in self.active().items():
            if isinstance(value, str):
                raise TypeError(f"Filter: `{name}` takes a tuple of ids, not the text {value!r}")

    def active(self) -> dict[str, Any]:
        """The fields that select something, in order."""
        values = {spec.name: getattr(self, spec.name) for spec in fields(self)}
        return {name: value for name, value in values.items() if value not in ((), None)}


# Selections ---------------------------------------------------------------------------------------------


def select_cases(dataset: Dataset, chosen: Filter) -> tuple[Case, ...]:
    """The cases that match country, region, case, programme, coordination and architecture."""
    return tuple(
        case
        for case in dataset.cases.values()
        if _case_matches(dataset, case, chosen) and _overlaps(chosen.programmes, case.programmes)
    )


def select_effects(dataset: Dataset, chosen: Filter) -> tuple[Effect, ...]:
    """The effects that match, in file order. A programme matches the effects whose label names it."""
    return tuple(
        effect
        for case in dataset.cases.values()
        if _case_matches(dataset, case, chosen)
        for effect in case.effects.values()
        if _effect_matches(dataset, effect, chosen)
    )


def select_findings(dataset: Dataset, chosen: Filter) -> tuple[Finding, ...]:
    """The findings that match the case's fields and level, formality and role."""
    return tuple(
        finding
        for case in select_cases(dataset, chosen)
        for finding in case.findings.values()
        if _overlaps(chosen.levels, finding.levels)
        and _is_in(chosen.formality, finding.formality)
        and _is_in(chosen.roles, finding.role)
    )


def select_lessons(dataset: Dataset, chosen: Filter) -> tuple[Lesson, ...]:
    """The lessons of any of the regions and themes."""
    return tuple(
        lesson
        for lesson in dataset.lessons.values()
        if _overlaps(chosen.regions, lesson.regions) and _is_in(chosen.themes, lesson.theme)
    )


def select_recommendations(dataset: Dataset, chosen: Filter) -> tuple[Recommendation, ...]:
    """The recommendations for any of the regions and audiences, stated or implied."""
    return tuple(
        advice
        for advice in dataset.recommendations.values()
        if _overlaps(chosen.regions, advice.regions)
        and _overlaps(chosen.audiences, advice.audiences)
        and _is_in(chosen.basis, advice.basis)
    )


def select_programmes(dataset: Dataset, chosen: Filter) -> tuple[Programme, ...]:
    """The programmes of the countries, regions and cases."""
    return tuple(
        programme
        for programme in dataset.programmes.values()
        if _is_in(chosen.countries, programme.country)
        and _is_in(chosen.regions, dataset.countries[programme.country].region)
        and _is_in(chosen.programmes, programme.id)
        and _overlaps(chosen.cases, cases_of(dataset, programme))
    )


def cases_of(dataset: Dataset, programme: Programme) -> tuple[str, ...]:
    """The cases that study the programme."""
    return tuple(case.id for case in dataset.cases.values() if programme.id in case.programmes)


def _case_matches(dataset: Dataset, case: Case, chosen: Filter) -> bool:
    return (
        _is_in(chosen.cases, case.id)
        and _is_in(chosen.countries, case.country)
        and _is_in(chosen.regions, dataset.countries[case.country].region)
        and _is_in(chosen.coordination, case.coordination)
        and _is_in(chosen.architectures, case.architecture)
    )


def _effect_matches(dataset: Dataset, effect: Effect, chosen: Filter) -> bool:
    return (
        _is_in(chosen.domains, dataset.domain_of(effect).id)
        and _is_in(chosen.outcomes, effect.outcome)
        and _overlaps(chosen.programmes, effect.programmes)
        and _is_in(chosen.directions, effect.direction)
        and _is_in(chosen.benefits, dataset.benefit_of(effect))
        and _is_in(chosen.signs, effect.sign)
        and chosen.simulated in (None, effect.simulated)
    )


def _is_in(wanted: Sequence[str], value: str | None) -> bool:
    return not wanted or value in wanted


def _overlaps(wanted: Sequence[str], values: Sequence[str]) -> bool:
    return not wanted or any(value in wanted for value in values)


# Names --------------------------------------------------------------------------------------------------


KINDS: dict[str, str] = {
    "countries": "country",
    "regions": "region",
    "cases": "case",
    "domains": "domain",
    "outcomes": "outcome",
    "programmes": "programme",
    "coordination": "coordination",
    "architectures": "architecture",
    "levels": "level",
    "formality": "formality",
    "roles": "role",
    "themes": "theme",
    "audiences": "audience",
    "directions": "direction",
    "benefits": "benefit",
    "signs": "sign",
    "basis": "basis",
}
"""What a filter field holds, by the word for one of it, which is also the name of its option."""

_ENUMERATIONS: dict[str, type[StrEnum]] = {
    "directions": Direction,
    "benefits": Benefit,
    "signs": Sign,
    "basis": Basis,
}


def records_of(dataset: Dataset, kind: str) -> Mapping[str, Any]:
    """The records, by id, that a filter field of this kind may name."""
    if kind in _ENUMERATIONS:
        return {word.value: Entry(id=word.value, name=word.value) for word in _ENUMERATIONS[kind]}
    records: Mapping[str, Any] = getattr(dataset, kind)
    return records


def label_of(record: Any) -> str:
    """The name by which people know a record."""
    for name in ("name", "title"):
        if isinstance(value := getattr(record, name, None), str):
            return value
    return str(record.id)


def spellings(record: Any) -> tuple[str, ...]:
    """Everything that a record answers to: id, names, acronym, aliases, codes."""
    single = (getattr(record, name, None) for name in ("id", "name", "title", "label", "short", "acronym"))
    names = (name for name in single if isinstance(name, str))
    return (*names, *getattr(record, "aliases", ()))


def fold(text: str) -> str:
    """The text without regard to case, accents, punctuation and spacing: `Perú` and `PERU` fold alike."""
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text)
        text = "".join(char for char in decomposed if not unicodedata.combining(char))
    words = "".join(char if char.isalnum() else " " for char in text.casefold()).split()
    return " ".join(words)


def names_of(dataset: Dataset, kind: str) -> dict[str, list[str]]:
    """Every folded name of a kind of record, with the ids that answer to it."""
    names: dict[str, list[str]] = {}
    for record in records_of(dataset, kind).values():
        for name in dict.fromkeys(map(fold, spellings(record))):
            names.setdefault(name, []).append(record.id)
    return names


def resolve(dataset: Dataset, kind: str, values: Iterable[str]) -> tuple[str, ...]:
    """The ids that the values name, without repeats, each value alone or a comma-separated list.

    Raises UsageError, with the nearest names and how to list all, for a value that names nothing.
    """
    values = tuple(values)
    if not values:
        return ()
    names = names_of(dataset, kind)
    ids: dict[str, None] = {}
    for value in values:
        for part in _parts(value, names):
            found = names.get(fold(part))
            if not found:
                raise UsageError(_unknown(part, kind, names))
            ids.update(dict.fromkeys(found))
    return tuple(ids)


def _parts(value: str, names: Mapping[str, object]) -> list[str]:
    """A name may hold a comma itself, so the whole value is tried first."""
    if fold(value) in names:
        return [value]
    return comma_parts(value)


def comma_parts(value: str) -> list[str]:
    """The values between commas; the whole where there is nothing between them."""
    return [part.strip() for part in value.split(",") if part.strip()] or [value]


def _unknown(value: str, kind: str, names: Mapping[str, Sequence[str]]) -> str:
    what = KINDS[kind]
    listing = f"`ruralsyn vocabulary {what}` lists every value."
    return f"unknown {what} '{value}'. {did_you_mean(value, names)}{listing}"


def did_you_mean(value: str, names: Mapping[str, Sequence[str]]) -> str:
    """A question that names the ids nearest to a mistyped value, or nothing."""
    near = dict.fromkeys(record_id for name in nearest(value, names) for record_id in names[name])
    return f"Did you mean {' or '.join(near)}? " if near else ""


def nearest(value: str, names: Iterable[str]) -> list[str]:
    """Up to three names that the value may be a slip for."""
    from difflib import get_close_matches

    candidates = list(names)
    folded = fold(value)
    close = get_close_matches(folded, candidates, n=3, cutoff=0.6)
    starting = [name for name in candidates if folded and name.startswith(folded)]
    return list(dict.fromkeys((*close, *starting)))[:3]


def describe(dataset: Dataset, chosen: Filter) -> str | None:
    """The active filter in words, or None if nothing is filtered."""
    parts = []
    for name, value in chosen.active().items():
        if name == "simulated":
            parts.append("simulated effects only" if value else "without simulated effects")
        else:
            records = records_of(dataset, name)
            parts.append(f"{KINDS[name]} {' or '.join(label_of(records[item]) for item in value)}")
    return "; ".join(parts) or None
