"""Notes under tables: marks, what is absent, what the briefs cannot say, and where all of it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ruralsyn.dataset.model import Case, Dataset, Effect
from ruralsyn.evidence.filters import describe
from ruralsyn.evidence.selection import Selection
from ruralsyn.page.marks import MARKS
from ruralsyn.views.values import case_in_country, programme_term

DIRECTIONS_ONLY = (
    "The briefs give directions only: no sizes, no significance, and no word of outcomes that did not move."
)
NOT_EVALUATED_NOTE = "{case} was not evaluated: the briefs give it no effects."
NOT_REPORTED_NOTE = "{case}: effects are not reported in {domain}."
NO_LABEL_NOTE = "No label of an effect names {programme}: `ruralsyn effects --case {case}` has its case."
NOT_ANALYSED_NOTE = "{case} was not analysed: no brief says how its institutions coordinated."
ALL_IN_ONE = "{number} {kind} cases are in {country}"
CONFOUNDED = (
    "The cases differ in more than their type of coordination, and the briefs do not test it: {places}, so "
    "the type of coordination cannot be told from the country."
)
UNTESTED = (
    "The cases differ in more than their type of coordination, and the briefs do not test it: read nothing "
    "into effects by type of coordination."
)


def mark_notes(effects: Iterable[Effect]) -> tuple[str, ...]:
    """What the marks mean that these effects have."""
    effects = tuple(effects)
    used = {effect.sign.value for effect in effects} | {"simulation" for e in effects if e.simulated}
    return tuple(mark.note for key, mark in MARKS.items() if key in used and mark.glyph)


def not_evaluated(dataset: Dataset, cases: Iterable[Case]) -> tuple[str, ...]:
    """A note for each case to which the briefs give no effects at all."""
    return tuple(
        NOT_EVALUATED_NOTE.format(case=case_in_country(dataset, case)) for case in cases if not case.evaluated
    )


def not_analysed(dataset: Dataset, cases: Iterable[Case]) -> tuple[str, ...]:
    """A note for each case of which the briefs do not say how it coordinated."""
    return tuple(
        NOT_ANALYSED_NOTE.format(case=case_in_country(dataset, case)) for case in cases if not case.analysed
    )


def not_reported(selection: Selection) -> tuple[str, ...]:
    """A note for each case asked for by itself that reports nothing in a domain that was asked for."""
    dataset, chosen = selection.dataset, selection.chosen
    named = chosen.cases or chosen.countries or chosen.programmes
    return tuple(
        NOT_REPORTED_NOTE.format(case=case_in_country(dataset, case), domain=dataset.domains[domain].name)
        for case in (selection.cases if named else ())
        for domain in chosen.domains
        if case.evaluated
        and not any(dataset.domain_of(effect).id == domain for effect in case.effects.values())
    )


def why_no_effects(selection: Selection) -> str:
    """What is said in place of rows: why there are none, where that can be said."""
    reasons = [*not_evaluated(selection.dataset, selection.cases), *not_reported(selection)]
    reasons += _unnamed_programmes(selection)
    return " ".join(("No effects match.", *(reasons if selection.chosen.active() else ())))


def _unnamed_programmes(selection: Selection) -> Iterator[str]:
    """Where to look for programmes that a case with effects studies and that no label of an effect names."""
    dataset = selection.dataset
    for key in selection.chosen.programmes:
        named = any(key in effect.programmes for effect in dataset.effects)
        studied = [case for case in dataset.cases_of(key) if dataset.cases[case].evaluated]
        if studied and not named:
            label = programme_term(dataset, key).label
            yield NO_LABEL_NOTE.format(programme=label, case=studied[0])


def confounding_caution(dataset: Dataset) -> str:
    """Why effects are not to be read by type of coordination, worked out from the data."""
    places = []
    for kind in dataset.coordination.values():
        cases = [case for case in dataset.cases.values() if case.coordination == kind.id]
        countries = {dataset.countries[case.country].name for case in cases}
        if len(countries) == 1 and len(cases) > 1:
            number = "both" if len(cases) == 2 else f"all {len(cases)}"
            places.append(ALL_IN_ONE.format(number=number, kind=kind.name.lower(), country=countries.pop()))
    return (CONFOUNDED if places else UNTESTED).format(places="; ".join(places))


def origin_of(selection: Selection) -> tuple[str, ...]:
    """Where a table comes from: the active filter, the briefs' codes, the dataset's version."""
    active = describe(selection.dataset, selection.chosen)
    filtered = (f"Filter: {active}.",) if active else ()
    return (*filtered, sources_note(selection.dataset))


def sources_note(dataset: Dataset) -> str:
    """The briefs' codes and the dataset's version."""
    codes = ", ".join(f"{brief.code} = {brief.short}" for brief in dataset.briefs.values())
    return f"Sources: {codes}; ¶ = paragraph. {dataset_line(dataset)}."


def dataset_line(dataset: Dataset) -> str:
    """The dataset as captions name it."""
    return f"ruralsyn dataset {dataset.dataset.version}"
