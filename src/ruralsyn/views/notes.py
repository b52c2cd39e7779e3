"""Notes under tables: marks, absent effects, limits of the briefs, and sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ruralsyn.dataset.model import Case, Dataset, Effect
from ruralsyn.evidence.filters import describe
from ruralsyn.evidence.selection import Selection
from ruralsyn.page.marks import MARKS
from ruralsyn.views.values import case_in_prose, programme_term

DIRECTIONS_ONLY = (
    "The briefs give only the direction of effects. They say nothing about size, significance or outcomes "
    "that did not change."
)
# No brief says that a case was not evaluated, so these notes only say what the briefs report.
NO_EFFECTS_NOTE = "{case}: the briefs report no effects for this case."
NOT_REPORTED_NOTE = "{case}: effects are not reported in {domain}."
NO_LABEL_NOTE = "None of the labels mentions {programme}. `ruralsyn effects --case {case}` shows its case."
NOT_ANALYSED_NOTE = "{case}: the briefs do not say how its institutions coordinated."
ALL_IN_ONE = "{number} {kind} cases are in {country}"
CONFOUNDED = (
    "The cases differ in more than their coordination, and the briefs do not test what difference "
    "coordination made. {places}, so the effects of coordination cannot be separated from those "
    "of the country."
)
UNTESTED = (
    "The cases differ in more than their coordination, and the briefs do not test what difference "
    "coordination made."
)


def mark_notes(effects: Iterable[Effect]) -> tuple[str, ...]:
    """The meanings of the marks on these effects."""
    # It is read twice, and a generator can be read only once.
    effects = tuple(effects)
    used = {effect.sign.value for effect in effects} | {"simulation" for e in effects if e.simulated}
    # In the order of MARKS. A printed sign has no glyph, so there is nothing to explain.
    return tuple(f"{mark.note}." for key, mark in MARKS.items() if key in used and mark.glyph)


def no_effects_given(dataset: Dataset, cases: Iterable[Case]) -> tuple[str, ...]:
    """A note for each case without any effects in the briefs."""
    return tuple(
        NO_EFFECTS_NOTE.format(case=case_in_prose(dataset, case)) for case in cases if not case.evaluated
    )


def not_analysed(dataset: Dataset, cases: Iterable[Case]) -> tuple[str, ...]:
    """A note for each case without any findings on its coordination."""
    return tuple(
        NOT_ANALYSED_NOTE.format(case=case_in_prose(dataset, case)) for case in cases if not case.analysed
    )


def not_reported(selection: Selection) -> tuple[str, ...]:
    """A note for each case that was named and has no effects in a domain that was named."""
    dataset, chosen = selection.dataset, selection.chosen
    # A filter such as a region leaves many cases that nobody asked about; only named ones get a note.
    named = chosen.cases or chosen.countries or chosen.programmes
    return tuple(
        NOT_REPORTED_NOTE.format(case=case_in_prose(dataset, case), domain=dataset.domains[domain].name)
        for case in (selection.cases if named else ())
        for domain in chosen.domains
        if case.evaluated
        # All effects of the case: what another filter hides is not unreported.
        and not any(dataset.domain_of(effect).id == domain for effect in case.effects.values())
    )


def why_no_effects(selection: Selection) -> str:
    """The text for an empty table of effects, with the reasons that can be given."""
    reasons = [*no_effects_given(selection.dataset, selection.cases), *not_reported(selection)]
    reasons += _unnamed_programmes(selection)
    # Without a filter, the dataset has no effects at all, which notes on single cases would not explain.
    return " ".join(("No effects match.", *(reasons if selection.chosen.active() else ())))


def _unnamed_programmes(selection: Selection) -> Iterator[str]:
    """A hint for each programme that is part of a case with effects but in no label of an effect."""
    dataset = selection.dataset
    # A programme selects the effects that name it in their label, not all effects of its cases.
    for key in selection.chosen.programmes:
        named = any(key in effect.programmes for effect in dataset.effects)
        studied = [case for case in dataset.cases_of(key) if dataset.cases[case].evaluated]
        if studied and not named:
            label = programme_term(dataset, key).label
            yield NO_LABEL_NOTE.format(programme=label, case=studied[0])


def confounding_caution(dataset: Dataset) -> str:
    """The reason why effects say nothing about types of coordination, worked out from the data."""
    places = []
    for kind in dataset.coordination.values():
        cases = [case for case in dataset.cases.values() if case.coordination == kind.id]
        countries = {dataset.countries[case.country].name for case in cases}
        # A single case is always in one country, which shows nothing.
        if len(countries) == 1 and len(cases) > 1:
            number = "Both" if len(cases) == 2 else f"All {len(cases)}"
            places.append(ALL_IN_ONE.format(number=number, kind=kind.name.lower(), country=countries.pop()))
    return (CONFOUNDED if places else UNTESTED).format(places="; ".join(places))


def origin_of(selection: Selection) -> tuple[str, ...]:
    """The origin of a table: the active filter, the codes of the briefs and the dataset's version."""
    active = describe(selection.dataset, selection.chosen)
    filtered = (f"Filter: {active}.",) if active else ()
    return (*filtered, sources_note(selection.dataset))


def sources_note(dataset: Dataset) -> str:
    """The codes of the briefs and the dataset's version."""
    codes = ", ".join(f"{brief.code} = {brief.short}" for brief in dataset.briefs.values())
    return f"Sources: {codes}; ¶ = paragraph. {dataset_line(dataset)}."


def dataset_line(dataset: Dataset) -> str:
    """The dataset's name and version, for captions."""
    return f"ruralsyn dataset {dataset.dataset.version}"
