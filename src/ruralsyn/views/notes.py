"""Notes under tables, a line each: what is absent, marks, limits of the data, and sources."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from ruralsyn.dataset.model import Brief, Case, Dataset, Effect, Locator
from ruralsyn.evidence.selection import Selection
from ruralsyn.evidence.source_words import source_words, worded
from ruralsyn.page.marks import MARKS
from ruralsyn.page.text import cited
from ruralsyn.page.wording import listed, verb, word
from ruralsyn.views.values import case_in_prose, case_names, cites, programme_term

LIMITS = "Only directions are given, not sizes or significance."
DIRECTIONS_ONLY = "{Directions_only}"
# No brief says that a case was not evaluated, so these notes only say what the briefs report.
NO_EFFECTS_NOTE = "{case}: the {briefs} report no effects for this case."
NOT_ANALYSED_NOTE = "{case}: the {briefs} do not say how its institutions coordinated."
NO_LABEL_NOTE = "None of the labels mentions {programme}. For its case: ruralsyn effects --case {case}."
ALL_IN_ONE = "{number} {kind} cases are in {country}"
UNTESTED = "{Untested}"
CONFOUNDED = (
    "{Untested} {places}, so the effects of coordination cannot be separated from those of the country."
)


# Marks ----------------------------------------------------------------------------------------------------


def mark_notes(dataset: Dataset, effects: Iterable[Effect]) -> tuple[str, ...]:
    """The meanings of the marks on these effects, in one line; nothing without marks."""
    # It is read twice, and a generator can be read only once.
    effects = tuple(effects)
    used = {effect.sign.value for effect in effects} | {"simulation" for e in effects if e.simulated}
    # In the order of MARKS. A printed sign has no glyph, so there is nothing to explain.
    notes = [worded(dataset, f"{mark.note}.") for key, mark in MARKS.items() if key in used and mark.glyph]
    return (" ".join(notes),) if notes else ()


# What is absent -------------------------------------------------------------------------------------------


WHY_EMPTY = ("Not reported", "Other effects only", "No effects in the {briefs}")
"""Why a case has no effects in a table: none here, a filter for results hides them, or none at all."""


def absent_notes(selection: Selection) -> tuple[str, ...]:
    """The selected cases without a matching effect, in one line: why each of them has none."""
    dataset = selection.dataset
    groups: dict[str, list[Case]] = {reason: [] for reason in WHY_EMPTY}
    for case in selection.cases:
        if not selection.effects_by_case[case.id]:
            groups[_why_empty(selection, case)].append(case)
    parts = [
        f"{worded(dataset, head)}: {case_names(dataset, cases)}." for head, cases in groups.items() if cases
    ]
    return (" ".join(parts),) if parts else ()


def _why_empty(selection: Selection, case: Case) -> str:
    """Why none of the case's effects match: there are none, none here, or a filter for results hides them."""
    if not case.evaluated:
        return "No effects in the {briefs}"
    chosen, outcomes = selection.chosen, selection.dataset.outcomes
    reported = any(
        (not chosen.domains or outcomes[effect.outcome].domain in chosen.domains)
        and (not chosen.outcomes or effect.outcome in chosen.outcomes)
        for effect in case.effects.values()
    )
    return "Other effects only" if reported else "Not reported"


def no_effects_given(dataset: Dataset, cases: Iterable[Case]) -> tuple[str, ...]:
    """A note for each case without any effects in the sources."""
    return tuple(
        worded(dataset, NO_EFFECTS_NOTE, case=case_in_prose(dataset, case))
        for case in cases
        if not case.evaluated
    )


def not_analysed(dataset: Dataset, cases: Iterable[Case]) -> tuple[str, ...]:
    """The cases without any findings on their coordination, in one line; nothing if there are none."""
    silent = [case for case in cases if not case.analysed]
    if not silent:
        return ()
    text = "The {briefs} do not say how institutions coordinated in {cases}."
    return (worded(dataset, text, cases=case_names(dataset, silent)),)


def why_no_effects(selection: Selection) -> str:
    """The text for an empty table of effects, with the reasons that can be given."""
    reasons = [*absent_notes(selection), *_unnamed_programmes(selection)]
    # Without a filter, the dataset has no effects at all, which notes on single cases would not explain.
    return " ".join(("No effects match.", *(reasons if selection.chosen.active() else ())))


def blank_answer(selection: Selection) -> str:
    """What blank cells answer: why there are no effects; empty if there are no cases either."""
    return why_no_effects(selection) if selection.cases else ""


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


# Limits ---------------------------------------------------------------------------------------------------


def confounding_caution(dataset: Dataset, compared: Iterable[Case] = ()) -> str:
    """The reason why effects say nothing about types of coordination, worked out from the data.

    Beside data of one's own, only types of the compared cases are named.
    """
    places = []
    own = {case.coordination for case in compared} if dataset.files.names else set(dataset.coordination)
    for kind in dataset.coordination.values():
        cases = [case for case in dataset.cases.values() if case.coordination == kind.id]
        countries = {dataset.countries[case.country].name for case in cases}
        # A single case is always in one country, which shows nothing.
        if len(countries) == 1 and len(cases) > 1 and kind.id in own:
            number = "Both" if len(cases) == 2 else f"All {len(cases)}"
            places.append(ALL_IN_ONE.format(number=number, kind=kind.name.lower(), country=countries.pop()))
    return worded(dataset, CONFOUNDED if places else UNTESTED, places="; ".join(places))


# Sources --------------------------------------------------------------------------------------------------


def reference(dataset: Dataset, source: Iterable[Locator]) -> str:
    """A short reference to follow an answer: `(Rural Synergies, n.d., General results, finance ¶1–8)`.

    Several sources follow each other, `(Merttens, 2016, p. 14; …)`. Of many sources it only says how many.
    """
    places = sorted(set(source))
    used = {place.brief for place in places}
    # In the order of the briefs, whichever record comes first.
    briefs = [brief for brief in dataset.briefs.values() if brief.id in used]
    if not briefs:
        return ""
    if len(briefs) > MOST_SOURCES:
        return f"({len(briefs)} sources)"
    groups = _by_author_and_year(briefs)
    most = MOST_SECTIONS if len(groups) == 1 else 1
    works = [
        ", ".join(filter(None, (_named(*key, works), _places_in(dataset, works, places, most))))
        for key, works in groups.items()
    ]
    return f"({'; '.join(works)})"


MOST_SECTIONS = 2
"""The most sections, or pages, whose places a short reference to one work gives. Beside others it is one."""
MOST_SOURCES = 3
"""The most sources that a short reference names."""


def _places_in(dataset: Dataset, works: Sequence[Brief], places: Iterable[Locator], most: int) -> str:
    """The places in a work; empty for several works, for a whole work, and for more than `most` sections."""
    inside = [place for place in places if place.brief == works[0].id]
    # The places of many records would be longer than the answer.
    few = len(works) == 1 and len({place.section for place in inside}) <= most
    if not few or not all(place.section for place in inside):
        return ""
    return cited(cites(dataset, inside)).replace(f"{works[0].code} ", "")


def _by_author_and_year(briefs: Iterable[Brief]) -> dict[tuple[str, str], list[Brief]]:
    groups: dict[tuple[str, str], list[Brief]] = {}
    for brief in briefs:
        # A work without an author is cited by its title.
        groups.setdefault((author_of(brief) or brief.short, year_of(brief)), []).append(brief)
    return groups


def _named(
    author: str, year: str, works: Sequence[Brief], called: Callable[[Brief], str] = lambda brief: brief.short
) -> str:
    """Works of one author and year: by both. Several works need their titles too.

    `Merttens, 2016`, or `Rural Synergies, n.d., General results and …`.
    """
    # A title such as "Mwangi 2017" has its year already.
    dated = year == NO_DATE and len(works) == 1 and re.search(r"\b(19|20)\d\d\b", author)
    titles = [] if _stands_alone(works) else [listed(map(called, works))]
    return ", ".join((author, *([] if dated else [year]), *titles))


def _stands_alone(works: Sequence[Brief]) -> bool:
    """Whether author and year name a single work. A project has many works, so its name does not."""
    return len(works) == 1 and bool(works[0].authors or not works[0].project)


def author_of(brief: Brief) -> str:
    """The author in a short reference, or the project; empty where neither is known."""
    # A family name stands before its comma; the name of an organisation has none.
    names = [name.partition(",")[0] for name in brief.authors]
    if len(names) > 2:
        return f"{names[0]} and others"
    return listed(names) if names else brief.project or ""


def year_of(brief: Brief) -> str:
    """The year in a short reference; n.d. ("no date") is the usual form for a work that prints none."""
    return str(brief.year or NO_DATE)


NO_DATE = "n.d."


def sources_note(dataset: Dataset, used: Iterable[str] | None = None) -> str:
    """The sources with these ids, or all sources, with their codes, and the dataset's version."""
    wanted = set(dataset.briefs if used is None else used)
    briefs = [brief for brief in dataset.briefs.values() if brief.id in wanted]
    works = [_with_codes(*key, works) for key, works in _by_author_and_year(briefs).items()]
    many = f"{len(briefs)}, listed by: ruralsyn sources"
    named = "; ".join(works) if len(briefs) <= MOST_LISTED else many
    head = verb(len(wanted), "Source", "Sources")
    return " ".join(filter(None, (f"{head}: {named}." if named else "", f"{dataset_line(dataset)}.")))


MOST_LISTED = 8
"""The most sources that the line of sources names."""


def _with_codes(author: str, year: str, works: Sequence[Brief]) -> str:
    """Works of one author and year with their codes: `Merttens, 2016 (HSNP2016)`."""
    if _stands_alone(works):
        return f"{_named(author, year, works)} ({works[0].code})"
    return _named(author, year, works, lambda brief: f"{brief.short} ({brief.code})")


def sources_of(dataset: Dataset, cases: Iterable[Case]) -> tuple[str, ...]:
    """The sources that cases, their effects and their findings cite, by their ids."""
    used: set[str] = set()
    for case in cases:
        effects, findings = case.effects.values(), case.findings.values()
        sources = (case.source, *(one.source for one in effects), *(one.source for one in findings))
        used.update(place.brief for source in sources for place in source)
    return tuple(key for key in dataset.briefs if key in used)


def origin_of(selection: Selection, records: Iterable[Any] | None = None) -> tuple[str, ...]:
    """The origin of a table: the sources that these records cite, or all, and the dataset's version."""
    if records is None:
        return (sources_note(selection.dataset),)
    return (sources_note(selection.dataset, {place.brief for record in records for place in record.source}),)


def sources_sentence(dataset: Dataset, used: Iterable[str]) -> str:
    """How many sources these are, from which years and from which project, if they share one."""
    briefs = [dataset.briefs[key] for key in used]
    if not briefs:
        return "The data has no source."
    years = sorted(brief.year for brief in briefs if brief.year)
    projects = {brief.project for brief in briefs}
    number, noun = len(briefs), source_words(dataset).work
    kind = f"{word(number)} {'' if years else 'undated '}{noun}{'' if number == 1 else 's'}"
    project = f" from the {projects.pop()} project" if len(projects) == 1 and None not in projects else ""
    when = f"published {_span(years)}" if years else ""
    # Some of the works may have no year.
    if years:
        when = f" {when}" if len(years) == number else f", {word(len(years))} of them {when}"
    return f"The {verb(number, 'source is', 'sources are')} {kind}{project}{when}."


def _span(years: Sequence[int]) -> str:
    return f"in {years[0]}" if years[0] == years[-1] else f"from {years[0]} to {years[-1]}"


def dataset_line(dataset: Dataset) -> str:
    """The data in play and its version, for captions: the bundled dataset, a further file, or both."""
    name = dataset_name(dataset)
    return name if dataset.files.bundled else f"Data: {name}"


def dataset_name(dataset: Dataset) -> str:
    """The name and the version of the data in play, as a sentence has it."""
    version = f" {dataset.dataset.version}" if dataset.dataset.version else ""
    if not dataset.files.bundled and len(dataset.files.described) > 1:
        return listed(" ".join(filter(None, (info.title, info.version))) for info in dataset.files.described)
    if not dataset.files.bundled:
        return f"{dataset.dataset.title}{version}"
    files = f" with {listed(dataset.files.names)}" if dataset.files.names else ""
    return f"ruralsyn dataset{version}{files}"
