"""Sentences composed from the data: grammatical for one, two and many, and no stronger than the records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ruralsyn.document import Inline, Noted
from ruralsyn.model import Case, Dataset, Effect, Sign
from ruralsyn.query import Filter, select_effects
from ruralsyn.synthesis import Cell, Status, Summary
from ruralsyn.views.cells import case_in_country, cites, listed

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


def title(dataset: Dataset, cases: Sequence[Case], chosen: Filter) -> str:
    """What a report is called that is given no title."""
    subject = "Social protection and rural production"
    domains = [dataset.domains[key].name for key in chosen.domains]
    about = f": {listed(name[0].lower() + name[1:] for name in domains)}" if domains else ""
    countries = dict.fromkeys(dataset.countries[case.country].name for case in cases)
    if len(cases) == len(dataset.cases):
        where = "Latin America and Africa" if len(dataset.regions) == 2 else listed(countries)
        return f"{subject} in {where}{about}"
    return f"{subject} in {listed(countries)}{about}"


def coverage(dataset: Dataset, cases: Sequence[Case], chosen: Filter) -> Iterator[Inline]:
    """Which cases and effects the report covers."""
    names = listed(case_in_country(dataset, case) for case in cases)
    yield f"This report covers {count(len(cases), 'case')}: {names}. "
    effects = select_effects(dataset, chosen)
    simulated = sum(effect.simulated for effect in effects)
    reporting = len({effect.case for effect in effects})
    domains = [dataset.domains[key].name for key in chosen.domains]
    within = f" in {listed(domains)}" if domains else ""
    if effects:
        yield f"{capital(count(len(effects), 'effect'))}{within} {verb(len(effects), 'is', 'are')} reported "
        yield f"for {count(reporting, 'case')}"
        yield f", {count(simulated, 'of them', 'of them')} simulated. " if simulated else ". "
    else:
        yield f"No effect{within} is reported for {verb(len(cases), 'it', 'any of them')}. "
    yield "The sources are two policy briefs of the Rural Synergies project, which print no date."


def limits(dataset: Dataset, cases: Sequence[Case], effects: Sequence[Effect]) -> Iterator[str]:
    """What the report does not cover."""
    for case in cases:
        if not case.evaluated:
            yield f"{case_in_country(dataset, case)} was not evaluated: the briefs give it no effects."
        if not case.analysed:
            yield f"{case_in_country(dataset, case)} was not analysed: no brief says how it coordinated."
    yield (
        "The briefs give directions only: no sizes, no significance, no designs, and no word of outcomes "
        "that did not move. A blank is not a zero."
    )
    if any(effect.sign is not Sign.PRINTED for effect in effects):
        yield (
            "Signs without a printed plus are marked: they were lost or never printed, and how each is read "
            "stands beside it."
        )


def map_sentence(cells: Sequence[Cell]) -> str:
    """How the cells of the map are filled."""
    filled = [cell for cell in cells if cell.direction]
    blank = sum(cell.status is not Status.REPORTED for cell in cells)
    directions = {
        summary: sum(cell.direction is summary for cell in filled)
        for summary in (Summary.FAVOURABLE, Summary.UNFAVOURABLE, Summary.CONFLICTING)
    }
    parts = [f"{word(number)} {summary.value}" for summary, number in directions.items() if number]
    hanging = sum(bool(cell.depends_on) for cell in cells)
    without = sum(bool(cell.effects) and cell.direction is None for cell in cells)
    sentence = (
        f"Of {count(len(cells), 'cell')} of case and domain, {word(len(filled)) if filled else 'none'} "
    )
    sentence += f"{verb(len(filled), 'has', 'have')} a direction"
    sentence += f" ({listed(parts)})" if parts else ""
    sentence += (
        f", {word(without)} {verb(without, 'has', 'have')} unclear or simulated effects alone"
        if without
        else ""
    )
    sentence += f" and {word(blank) if blank else 'none'} {verb(blank, 'is', 'are')} blank."
    if hanging:
        sentence += (
            f" {capital(count(hanging, 'direction'))} {verb(hanging, 'hangs', 'hang')} on how a sign is read."
        )
    return sentence


def domain_sentences(dataset: Dataset, cases: Sequence[Case], cells: Sequence[Cell]) -> Iterator[Inline]:
    """Where the cases stand in a domain, each statement with its paragraphs."""
    by_case = {cell.case: cell for cell in cells}
    ordered = [by_case[case.id] for case in cases]
    phrases = (
        (Summary.FAVOURABLE, "The clear effects are favourable in {}."),
        (Summary.UNFAVOURABLE, "The clear effects are unfavourable in {}."),
        (Summary.CONFLICTING, "They conflict in {}."),
    )
    said = False
    for summary, phrase in phrases:
        found = [cell for cell in ordered if cell.direction is summary]
        if found:
            opening = (
                phrase if said or summary is not Summary.CONFLICTING else "The clear effects conflict in {}."
            )
            yield from _with_places(dataset, opening, found, space=said)
            said = True
    unclear = [cell for cell in ordered if cell.effects and cell.direction is None]
    if unclear:
        yield from _with_places(dataset, "In {} no effect is both clear and evaluated.", unclear, space=said)
        said = True
    unprinted = [cell for cell in ordered if cell.unprinted_only]
    if unprinted:
        sentence = "None of the clear effects has a printed sign in {}."
        yield from _with_places(dataset, sentence, unprinted, space=said)
    blank = [cell for cell in ordered if cell.status is Status.NOT_REPORTED]
    if blank:
        yield f"{' ' if said else ''}Effects are not reported for {_cases(dataset, blank)}."
        said = True
    absent = [cell for cell in ordered if cell.status is Status.NOT_EVALUATED]
    if absent:
        were = verb(len(absent), "was", "were")
        yield f"{' ' if said else ''}{_cases(dataset, absent)} {were} not evaluated."
        said = True
    hidden = [cell for cell in ordered if cell.status is Status.REPORTED and not cell.effects]
    if hidden:
        yield f"{' ' if said else ''}No effect that matches is reported for {_cases(dataset, hidden)}."


def _with_places(dataset: Dataset, phrase: str, cells: Sequence[Cell], *, space: bool) -> Iterator[Inline]:
    sources = dict.fromkeys(place for cell in cells for effect in cell.effects for place in effect.source)
    sentence = phrase.format(_cases(dataset, cells))
    yield Noted(f"{' ' if space else ''}{sentence}", "", cites(dataset, sources))


def _cases(dataset: Dataset, cells: Sequence[Cell]) -> str:
    return listed(case_in_country(dataset, dataset.cases[cell.case]) for cell in cells)


def statements(number: int, noun: str, dataset: Dataset, chosen: Filter) -> str:
    """How many lessons or recommendations there are for which regions."""
    regions = listed(dataset.regions[key].name for key in chosen.regions)
    return (
        f"The briefs hold {count(number, noun)} for {regions}, those that hold for both regions included."
        if len(chosen.regions) == 1
        else f"The briefs hold {count(number, noun)} for {regions}."
    )
