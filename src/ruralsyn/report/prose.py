"""Sentences composed from the data: grammatical for one, two and many, and no stronger than the records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ruralsyn.dataset.model import Case, Dataset, Sign
from ruralsyn.evidence.filters import Filter
from ruralsyn.evidence.selection import Selection
from ruralsyn.evidence.synthesis import Cell, Status, Summary
from ruralsyn.page.document import Inline
from ruralsyn.page.text import listed
from ruralsyn.page.values import Noted
from ruralsyn.views.notes import NOT_EVALUATED_NOTE
from ruralsyn.views.values import case_in_country, cites

NUMBERS = "no one two three four five six seven eight nine ten eleven twelve".split()

METHOD = (
    "The effects are put together by the rules of the effect direction plot (Thomson & Thomas 2013; Boon & "
    "Thomson 2021) and reported by the items of the SWiM guideline (Campbell et al. 2020)."
)


def word(number: int) -> str:
    """A number as running text has it: in letters up to twelve."""
    return NUMBERS[number] if number < len(NUMBERS) else str(number)


def count(number: int, noun: str, plural: str | None = None) -> str:
    """A number with its noun: `no case`, `one case`, `two cases`, `48 effects`."""
    return f"{word(number)} {noun if number in (0, 1) else plural or noun + 's'}"


def verb(number: int, singular: str, plural: str) -> str:
    """The form of a verb that goes with so many things."""
    return singular if number in (0, 1) else plural


def capital(text: str) -> str:
    """The text with its first letter large."""
    return text[:1].upper() + text[1:]


def title(selection: Selection) -> str:
    """What a report is called that is given no title."""
    dataset, cases = selection.dataset, selection.cases_as_named
    domains = [dataset.domains[key].name for key in selection.chosen.domains]
    about = f": {listed(name[0].lower() + name[1:] for name in domains)}" if domains else ""
    countries = dict.fromkeys(dataset.countries[case.country].name for case in cases)
    everywhere = len(cases) == len(dataset.cases) and len(dataset.regions) == 2
    where = "Latin America and Africa" if everywhere else listed(countries)
    return TITLE.format(where=where, about=about)


TITLE = "Social protection and rural production in {where}{about}"


def coverage(selection: Selection) -> Iterator[Inline]:
    """Which cases and effects the report covers."""
    dataset, cases, effects = selection.dataset, selection.cases_as_named, selection.effects
    names = listed(case_in_country(dataset, case) for case in cases)
    yield f"This report covers {count(len(cases), 'case')}: {names}. "
    domains = [dataset.domains[key].name for key in selection.chosen.domains]
    within = f" in {listed(domains)}" if domains else ""
    simulated = sum(effect.simulated for effect in effects)
    if effects:
        yield "{effects}{within} {are} reported for {cases}{simulated}. ".format(
            effects=capital(count(len(effects), "effect")),
            within=within,
            are=verb(len(effects), "is", "are"),
            cases=count(len({effect.case for effect in effects}), "case"),
            simulated=f", {count(simulated, 'of them', 'of them')} simulated" if simulated else "",
        )
    else:
        yield f"No effect{within} is reported for {verb(len(cases), 'it', 'any of them')}. "
    yield "The sources are two policy briefs of the Rural Synergies project, which print no date."


def limits(selection: Selection) -> Iterator[str]:
    """What the report does not cover."""
    for case in selection.cases_as_named:
        name = case_in_country(selection.dataset, case)
        if not case.evaluated:
            yield NOT_EVALUATED_NOTE.format(case=name)
        if not case.analysed:
            yield f"{name} was not analysed: no brief says how it coordinated."
    yield (
        "The briefs give directions only: no sizes, no significance, no designs, and no word of outcomes "
        "that did not move. A blank is not a zero."
    )
    if any(effect.sign is not Sign.PRINTED for effect in selection.effects):
        yield (
            "Signs without a printed plus are marked: they were lost or never printed, and how each is read "
            "stands beside it."
        )


def map_sentence(cells: Sequence[Cell]) -> str:
    """How the cells of the map are filled."""
    filled = [cell for cell in cells if cell.direction]
    without = sum(bool(cell.effects) and cell.direction is None for cell in cells)
    blank = sum(cell.status is not Status.REPORTED for cell in cells)
    hanging = sum(bool(cell.depends_on) for cell in cells)
    sentence = (
        "Of {cells} of case and domain, {filled} {have} a direction{split}{without} and {blank} {are} blank."
    )
    said = sentence.format(
        cells=count(len(cells), "cell"),
        filled=word(len(filled)) if filled else "none",
        have=verb(len(filled), "has", "have"),
        split=_by_direction(filled),
        without=f", {word(without)} {verb(without, 'has', 'have')} unclear or simulated effects alone"
        if without
        else "",
        blank=word(blank) if blank else "none",
        are=verb(blank, "is", "are"),
    )
    if not hanging:
        return said
    hang = verb(hanging, "hangs", "hang")
    return f"{said} {capital(count(hanging, 'direction'))} {hang} on how a sign is read."


def _by_direction(filled: Sequence[Cell]) -> str:
    """How many of the cells have which direction, in brackets."""
    numbers = {summary: sum(cell.direction is summary for cell in filled) for summary in Summary}
    parts = [f"{word(number)} {summary.value}" for summary, number in numbers.items() if number]
    return f" ({listed(parts)})" if parts else ""


def domain_sentences(dataset: Dataset, cases: Sequence[Case], cells: Sequence[Cell]) -> Iterator[Inline]:
    """What is said of the cases in a domain, each statement on effects with its paragraphs."""
    by_case = {cell.case: cell for cell in cells}
    ordered = [by_case[case.id] for case in cases]
    for number, (sentence, about) in enumerate(_about_a_domain(ordered)):
        names = listed(case_in_country(dataset, dataset.cases[cell.case]) for cell in about)
        said = f"{' ' if number else ''}{sentence.format(cases=names)}"
        locators = [locator for cell in about for effect in cell.effects for locator in effect.source]
        yield Noted(said, "", cites(dataset, dict.fromkeys(locators))) if locators else said


def _about_a_domain(cells: Sequence[Cell]) -> Iterator[tuple[str, list[Cell]]]:
    """The sentences that apply to some of the cells, with these."""
    by_direction = {summary: [cell for cell in cells if cell.direction is summary] for summary in Summary}
    agreeing = by_direction[Summary.FAVOURABLE] or by_direction[Summary.UNFAVOURABLE]
    conflicting = "They conflict in {cases}." if agreeing else "The clear effects conflict in {cases}."
    absent = [cell for cell in cells if cell.status is Status.NOT_EVALUATED]
    sentences = (
        ("The clear effects are favourable in {cases}.", by_direction[Summary.FAVOURABLE]),
        ("The clear effects are unfavourable in {cases}.", by_direction[Summary.UNFAVOURABLE]),
        (conflicting, by_direction[Summary.CONFLICTING]),
        (
            "In {cases} no effect is both clear and evaluated.",
            [cell for cell in cells if cell.effects and cell.direction is None],
        ),
        (
            "None of the clear effects has a printed sign in {cases}.",
            [cell for cell in cells if cell.unprinted_only],
        ),
        (
            "Effects are not reported for {cases}.",
            [cell for cell in cells if cell.status is Status.NOT_REPORTED],
        ),
        (f"{{cases}} {verb(len(absent), 'was', 'were')} not evaluated.", absent),
        (
            "No effect that matches is reported for {cases}.",
            [cell for cell in cells if cell.status is Status.REPORTED and not cell.effects],
        ),
    )
    return ((sentence, about) for sentence, about in sentences if about)


def statements(number: int, noun: str, dataset: Dataset, chosen: Filter) -> str:
    """How many lessons or recommendations there are for which regions."""
    one_region = "The briefs hold {statements} for {regions}, those that hold for both regions included."
    sentence = one_region if len(chosen.regions) == 1 else "The briefs hold {statements} for {regions}."
    regions = listed(dataset.regions[key].name for key in chosen.regions)
    return sentence.format(statements=count(number, noun), regions=regions)
