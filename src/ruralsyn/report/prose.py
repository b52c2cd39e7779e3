"""Sentences of a report: correct for one, two and many things, and never stronger than the records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ruralsyn.dataset.model import Case, Dataset, Sign
from ruralsyn.evidence.filters import Filter
from ruralsyn.evidence.selection import Selection
from ruralsyn.evidence.source_words import BRIEFS, source_words, worded
from ruralsyn.evidence.synthesis import Cell, Status, Summary
from ruralsyn.page.document import Inline
from ruralsyn.page.values import Noted
from ruralsyn.page.wording import count, listed, verb, word
from ruralsyn.views.notes import NO_EFFECTS_NOTE, NOT_ANALYSED_NOTE, sources_of, sources_sentence
from ruralsyn.views.values import case_in_prose, cites

METHOD = (
    "The effects are summarised using the rules of the effect direction plot (Thomson & Thomas 2013; Boon & "
    "Thomson 2021){reported}. The unit is the case. "
    "It is favourable or unfavourable in a domain if at least {majority} % of its clear effects are, and "
    "otherwise {between}. Unclear and simulated effects are not counted. Nothing is pooled."
)


def title(selection: Selection) -> str:
    """The title of a report for which none is given."""
    dataset, cases = selection.dataset, selection.cases_as_named
    domains = [dataset.domains[key].name for key in selection.chosen.domains]
    # Only the first letter, because a name may contain a proper noun.
    about = f": {listed(name[0].lower() + name[1:] for name in domains)}" if domains else ""
    countries = dict.fromkeys(dataset.countries[case.country].name for case in cases)
    everything = len(cases) == len(dataset.cases)
    # All countries would make a long title.
    regions = dict.fromkeys(dataset.regions[dataset.country_of(case.id).region].name for case in cases)
    where = listed(regions if everything and len(countries) > MOST_COUNTRIES else countries)
    if source_words(dataset) is BRIEFS:
        return TITLE.format(where=where, about=about)
    described = dataset.files.described
    named = described[0].title if len(described) == 1 and not dataset.files.bundled else ""
    if not named:
        return TITLE_OF_ANY.format(where=where, about=about)
    return f"{named}{'' if everything else f' ({where})'}{about}"


TITLE = "Social protection and rural production in {where}{about}"
TITLE_OF_ANY = "Evidence from {where}{about}"
MOST_COUNTRIES = 4
"""The most countries that the title of a report on all cases names."""


def coverage(selection: Selection) -> Iterator[Inline]:
    """Which cases and effects the report covers."""
    dataset, cases, effects = selection.dataset, selection.cases_as_named, selection.effects
    names = listed(case_in_prose(dataset, case) for case in cases)
    yield f"This report covers {count(len(cases), 'case')}: {names}. "
    domains = [dataset.domains[key].name for key in selection.chosen.domains]
    within = f" in {listed(domains)}" if domains else ""
    simulated = sum(effect.simulated for effect in effects)
    evaluated = len(effects) - simulated
    if effects:
        # The table below counts evaluated effects only, so the sentence gives both numbers.
        yield worded(
            dataset,
            "The {briefs} report {effects}{within} for {cases}{split}. ",
            effects=count(len(effects), "effect"),
            within=within,
            cases=count(len({effect.case for effect in effects}), "case"),
            split=f": {evaluated} evaluated and {simulated} simulated" if simulated else "",
        )
    else:
        whom = verb(len(cases), "it", "any of them")
        yield worded(dataset, "The {briefs} report no effects{within} for {whom}. ", within=within, whom=whom)
    # The two briefs belong together. Of other sources, only those of the cases are told.
    used = sources_of(dataset, cases) if dataset.files.names else tuple(dataset.briefs)
    yield sources_sentence(dataset, used)


def limits(selection: Selection) -> Iterator[str]:
    """What the report does not cover."""
    for case in selection.cases_as_named:
        name = case_in_prose(selection.dataset, case)
        if not case.evaluated:
            yield worded(selection.dataset, NO_EFFECTS_NOTE, case=name)
        # Where no case has any, nothing is missing from one of them.
        if not case.analysed and selection.dataset.findings:
            yield worded(selection.dataset, NOT_ANALYSED_NOTE, case=name)
    yield worded(selection.dataset, "{Limits}")
    if any(effect.sign is not Sign.PRINTED for effect in selection.effects):
        yield (
            "For some effects the plus or minus sign is missing: it was lost or never printed. They are "
            "marked, and a note says how each was read."
        )


NO_CELLS = "The {briefs} report no effects for this selection."
SILENT = "The {briefs} report no effects here in these domains: {domains}."


def domain_sentences(dataset: Dataset, cases: Sequence[Case], cells: Sequence[Cell]) -> Iterator[Inline]:
    """Sentences on the cases in a domain. Each sentence on effects has its paragraphs."""
    # The cases have the order of the command, the cells that of the file.
    by_case = {cell.case: cell for cell in cells}
    ordered = [by_case[case.id] for case in cases]
    for number, (sentence, about) in enumerate(_about_a_domain(ordered)):
        names = listed(case_in_prose(dataset, dataset.cases[cell.case]) for cell in about)
        said = f"{' ' if number else ''}{worded(dataset, sentence, cases=names)}"
        # Sentences on effects that are not reported have no paragraph to cite.
        locators = [locator for cell in about for effect in cell.effects for locator in effect.source]
        yield Noted(said, "", cites(dataset, dict.fromkeys(locators))) if locators else said


def _about_a_domain(cells: Sequence[Cell]) -> Iterator[tuple[str, list[Cell]]]:
    """Each sentence that applies to some of the cells, together with these cells."""
    by_direction = {summary: [cell for cell in cells if cell.direction is summary] for summary in Summary}
    agreeing = by_direction[Summary.FAVOURABLE] or by_direction[Summary.UNFAVOURABLE]
    # "They" means the clear effects, which an earlier sentence must have named.
    conflicting = "They conflict for {cases}." if agreeing else "The clear effects conflict for {cases}."
    between = by_direction[Summary.CONFLICTING]
    opposed = [cell for cell in between if cell.favourable and cell.unfavourable]
    partly = [cell for cell in between if cell not in opposed]
    open_signs = [cell for cell in cells if cell.depends_on]
    without = [cell for cell in cells if cell.effects and cell.direction is None]
    sentences = (
        ("The clear effects are favourable for {cases}.", by_direction[Summary.FAVOURABLE]),
        ("The clear effects are unfavourable for {cases}.", by_direction[Summary.UNFAVOURABLE]),
        (conflicting, opposed),
        ("For {cases}, some of the clear effects show no change.", partly),
        ("The clear effects show no change for {cases}.", by_direction[Summary.NEUTRAL]),
        # An open sign can turn any of the verdicts before, so it is named right after them.
        ("The direction for {cases} depends on how a missing sign is read.", open_signs),
        ("For {cases}, all effects are unclear.", [cell for cell in without if not cell.simulated]),
        ("For {cases}, all effects are simulated.", [cell for cell in without if not cell.unclear]),
        (
            "For {cases}, all effects are unclear or simulated.",
            [cell for cell in without if cell.unclear and cell.simulated],
        ),
        (
            "For {cases}, none of the clear effects has a printed sign.",
            [cell for cell in cells if cell.unprinted_only],
        ),
        (
            "No effects are reported for {cases}.",
            [cell for cell in cells if cell.status is Status.NOT_REPORTED],
        ),
        (
            "The {briefs} report no effects at all for {cases}.",
            [cell for cell in cells if cell.status is Status.NOT_EVALUATED],
        ),
        # Only after a filter: the brief reports effects here, and the filter leaves none of them.
        (
            "No matching effects are reported for {cases}.",
            [cell for cell in cells if cell.status is Status.REPORTED and not cell.effects],
        ),
    )
    return ((sentence, about) for sentence, about in sentences if about)


def statements(number: int, noun: str, dataset: Dataset, chosen: Filter, split: str = "") -> str:
    """How many lessons or recommendations the dataset has for which regions."""
    regions = listed(dataset.regions[key].name for key in chosen.regions)
    several = len(dataset.regions) > 1 and len(chosen.regions) == 1
    every = verb(len(dataset.regions) - 1, "both", "several")
    both = f", including those for {every} regions" if several else ""
    return f"The dataset has {count(number, noun)} for {regions}{both}{split}."


def by_basis(dataset: Dataset, stated: int, implied: int) -> str:
    """How many recommendations the briefs state and how many are drawn from their text."""
    said = ": {stated} that the {briefs} state and {implied} drawn from their text"
    return worded(dataset, said, stated=_number(stated), implied=_number(implied))


def _number(number: int) -> str:
    return word(number) if number else "none"
