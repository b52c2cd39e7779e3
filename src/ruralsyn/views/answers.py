"""Answers: the sentence above a table, which stays true when it is quoted without the table.

Every number comes with what it is out of, and every answer ends with a short reference.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ruralsyn.dataset.model import Basis, Benefit, Case, Dataset, Direction, Effect, Finding, Sign
from ruralsyn.evidence.filters import FIELDS, Filter, labels_of
from ruralsyn.evidence.selection import Selection
from ruralsyn.evidence.source_words import source_words, worded
from ruralsyn.evidence.synthesis import MAJORITY, Cell, Status, Summary, has_null_results, tallies
from ruralsyn.page.wording import capital, count, listed, verb, word
from ruralsyn.views.notes import reference
from ruralsyn.views.values import case_in_prose, case_names

# Their names say what they are. The words of other filters, such as `formal`, need the name of the filter.
_SELF_EXPLAINING = (
    "countries",
    "regions",
    "cases",
    "domains",
    "outcomes",
    "programmes",
    "themes",
    "audiences",
)

# `Increases only` says more than `direction increase`.
_RESULTS = {
    "increase": "increases",
    "decrease": "decreases",
    "none": "effects without change",
    **{benefit.value: f"{benefit.value} effects" for benefit in Benefit},
}
"""What a sentence calls the effects with a direction or a benefit."""


def about(dataset: Dataset, chosen: Filter) -> str:
    """What the filter selects, to begin a sentence: `Peru, finances and risks`; empty without a filter."""
    parts = []
    for name, value in chosen.active().items():
        row = FIELDS[name]
        if row.choices is None:
            parts.append(row.yes if value else row.no)
            continue
        labels = labels_of(dataset, name, value)
        if name == "cases":  # The label of a case does not name its country.
            known = dataset.cases
            labels = " or ".join(case_in_prose(dataset, known[key]) if key in known else key for key in value)
        if name in ("directions", "benefits"):
            parts.append(f"{' or '.join(_RESULTS.get(key, key) for key in value)} only")
            continue
        plain = name in _SELF_EXPLAINING
        lower = name in ("domains", "outcomes") and parts
        parts.append(uncapital(labels) if lower else labels if plain else f"{row.word} {labels.lower()}")
    return capital(", ".join(parts))


def uncapital(text: str) -> str:
    """The text with a small first letter, unless it begins with an acronym."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def answered(dataset: Dataset, head: str, sentence: str, records: Iterable[Any] = ()) -> str:
    """An answer: what it is about, the sentence, and the reference for the records before the full stop."""
    said = f"{head}: {sentence}" if head else capital(sentence)
    source = reference(dataset, (locator for record in records for locator in record.source))
    return f"{said} {source}." if source else f"{said}."


# Effects --------------------------------------------------------------------------------------------------


def effects_answer(selection: Selection) -> str:
    """How many cases report the effects, how many there are, and what they mean for the household."""
    dataset, chosen, effects = selection.dataset, selection.chosen, selection.effects
    if not effects:
        return ""
    simulated = sum(effect.simulated for effect in effects)
    evaluated = len(effects) - simulated
    apart = count(simulated, "simulated effect")
    said = _coverage(selection, evaluated) if evaluated else f"{apart}, not counted"
    # Results that a filter selects are no result.
    if evaluated and not (chosen.directions or chosen.benefits or chosen.signs):
        said += _verdict(selection)
    elif evaluated and not chosen.signs:
        said += _without_sign(selection, _totals(selection.cells))
    if evaluated and simulated:
        said += f"; {apart} {verb(simulated, 'is', 'are')} not counted"
    return answered(dataset, about(dataset, chosen), said, effects)


def no_effects_answer(selection: Selection) -> str:
    """That the sources report no effects for what is selected."""
    dataset, said = selection.dataset, worded(selection.dataset, "the {briefs} report no effects")
    return answered(dataset, about(dataset, selection.chosen), said)


def _coverage(selection: Selection, number: int) -> str:
    """How many cases report how many effects: `one of the two cases with effects, in Peru, reports three`."""
    dataset, effects = selection.dataset, count(number, "effect")
    given = [case for case in selection.cases if case.evaluated]
    # Without those whose only effects are simulated, which are not among the number.
    reporting = dict.fromkeys(effect.case for effect in selection.effects if not effect.simulated)
    if not selection.chosen.active():
        who = f"{word(len(given))} of the {count(len(selection.cases), 'case')}"
        if len(selection.cases) == 1:
            who = "one case"
        elif len(given) == len(selection.cases):
            who = f"{_all(len(given))} cases"
        return worded(dataset, "the {briefs} report effects for {who}: {effects}", who=who, effects=effects)
    if len(given) == 1:
        return effects
    if len(reporting) == len(given):
        return f"{_all(len(reporting))} cases with effects report {effects} in all"
    countries = dict.fromkeys(dataset.country_of(case).name for case in reporting)
    where = f", in {listed(countries)}," if len(countries) <= MOST_COUNTRIES else ""
    in_all = " in all" if len(reporting) > 1 else ""
    who = f"{word(len(reporting))} of the {word(len(given))} cases with effects{where}"
    return f"{who} {verb(len(reporting), 'reports', 'report')} {effects}{in_all}"


MOST_COUNTRIES = 3
"""The most countries that a sentence on effects names."""


def _all(number: int) -> str:
    return "both" if number == 2 else f"all {word(number)}"


def _each(number: int) -> str:
    """The word that says of all of so many effects what they mean."""
    return {1: "which is", 2: "both"}.get(number, "all")


def _verdict(selection: Selection) -> str:
    """What the effects mean for the household, as the end of a sentence that has said how many there are."""
    totals = _totals(selection.cells)
    found = {kind: number for kind, number in totals.items() if number}
    words = {
        Benefit.FAVOURABLE: f"favourable for the household{_moves(selection, Benefit.FAVOURABLE)}",
        # To name the good ones only would hide what speaks against them.
        Benefit.UNFAVOURABLE: f"unfavourable{_moves(selection, Benefit.UNFAVOURABLE)}",
        Benefit.NEUTRAL: f"neutral{_moves(selection, Benefit.NEUTRAL) or ' (no change)'}",
        Benefit.UNCLEAR: "unclear (could be good or bad)",
    }
    signs = _without_sign(selection, totals)
    if len(found) == 1:
        kind, number = next(iter(found.items()))
        return f", {_each(number)} {words[kind]}{signs}"
    # That nothing is unfavourable is worth saying; that nothing is unclear is not.
    (first, number), *rest = found.items()
    said = [f"{word(number)} {verb(number, 'is', 'are')} {words[first]}"]
    said += [f"{word(number)} {words[kind]}" for kind, number in rest]
    said += [] if totals[Benefit.UNFAVOURABLE] else ["none unfavourable"]
    return f", of which {listed(said)}{signs}"


def _moves(selection: Selection, benefit: Benefit) -> str:
    """What moved with a benefit: ` (savings rose, informal loans fell in two cases)`; empty if it is much."""
    dataset = selection.dataset
    effects = [
        effect
        for effect in selection.effects
        if not effect.simulated and dataset.benefit_of(effect) is benefit
    ]
    # A sentence that says how an outcome moved would settle what the source leaves open.
    if any(effect.sign is Sign.UNRESOLVED for effect in effects):
        return ""
    # Each case once, even if it has several such effects on one outcome.
    moved = dict.fromkeys((effect.outcome, effect.direction, effect.case) for effect in effects)
    moves = Counter((outcome, direction) for outcome, direction, _ in moved)
    if not 0 < len(moves) <= MOST_MOVES:
        return ""
    said = (
        f"{uncapital(dataset.outcomes[outcome].name)} {_WAYS[direction]}"
        + (f" in {word(number)} cases" if number > 1 else "")
        for (outcome, direction), number in moves.items()
    )
    return f" ({', '.join(said)})"


_WAYS = {Direction.INCREASE: "rose", Direction.DECREASE: "fell", Direction.NONE: "stayed the same"}
MOST_MOVES = 4
"""The most outcomes that a sentence names."""


def _totals(cells: Sequence[Cell]) -> dict[Benefit, int]:
    """How many evaluated effects of the cells have each benefit."""
    return {
        Benefit.FAVOURABLE: sum(cell.favourable for cell in cells),
        Benefit.UNFAVOURABLE: sum(cell.unfavourable for cell in cells),
        Benefit.NEUTRAL: sum(cell.neutral for cell in cells),
        Benefit.UNCLEAR: sum(cell.unclear for cell in cells),
    }


def _number(number: int) -> str:
    return word(number) if number else "none"


def _without_sign(selection: Selection, totals: Mapping[Benefit, int]) -> str:
    """How many of the effects with a clear benefit have no printed sign; empty if all have one."""
    unprinted: Counter[Benefit] = Counter(
        benefit
        for effect in selection.effects
        if not effect.simulated
        and effect.sign is not Sign.PRINTED
        and (benefit := selection.dataset.benefit_of(effect)) is not Benefit.UNCLEAR
    )
    if not unprinted:
        return ""
    kinds = [kind for kind in totals if unprinted[kind]]
    named = " or ".join(kind.value for kind in kinds)
    of, number = sum(totals[kind] for kind in kinds), unprinted.total()
    unsettled = _unsettled(selection, number)
    if of == 1:
        return f"; the {named} one lacks {SIGN}{unsettled}"
    part = _all(of) if number == of else f"{word(number)} of the {word(of)}"
    return f"; {part} {named} ones {verb(number, 'lacks', 'lack')} {SIGN}{unsettled}"


def _unsettled(selection: Selection, without_sign: int) -> str:
    """Of how many effects without a printed sign the direction is open; empty if it is of none."""
    dataset = selection.dataset
    number = sum(
        effect.sign is Sign.UNRESOLVED
        and not effect.simulated
        and dataset.benefit_of(effect) is not Benefit.UNCLEAR
        for effect in selection.effects
    )
    if not number:
        return ""
    which = f"{word(number)} of them" if number < without_sign else "it" if number == 1 else "they"
    return f", and it is open which way {which} went"


SIGN = "a printed plus or minus sign"


# The map --------------------------------------------------------------------------------------------------


def map_answer(selection: Selection) -> str:
    """How many cells of the map are favourable, unfavourable, conflicting and blank, and depend on a sign."""
    dataset, cells = selection.dataset, selection.cells
    if not any(cell.effects for cell in cells):
        return ""
    cases = count(len({cell.case for cell in cells}), "case")
    domains = count(len({cell.domain for cell in cells}), "domain")
    said = f"of {count(len(cells), 'cell')} ({cases}, {domains}), {_cell_counts(dataset, cells)}"
    return answered(dataset, about(dataset, selection.chosen), said, selection.effects)


def _cell_counts(dataset: Dataset, cells: Sequence[Cell]) -> str:
    """How many of the cells are favourable, unfavourable, conflicting, unclear and blank."""
    directions = [cell.direction for cell in cells]
    numbers = {
        "favourable": directions.count(Summary.FAVOURABLE),
        conflicting_word(dataset): directions.count(Summary.CONFLICTING),
        "unfavourable": directions.count(Summary.UNFAVOURABLE),
        "without change": directions.count(Summary.NEUTRAL),
        "without a clear effect": sum(cell.direction is None for cell in cells if cell.effects),
        "blank": sum(cell.status is not Status.REPORTED for cell in cells),
    }
    (first, number), *rest = [(kind, number) for kind, number in numbers.items() if number]
    said = f"{word(number)} {verb(number, 'is', 'are')} {first}"
    said = listed((said, *(f"{word(number)} {kind}" for kind, number in rest)))
    open_signs = sum(bool(cell.depends_on) for cell in cells)
    if not open_signs:
        return said
    return f"{said}; {word(open_signs)} {verb(open_signs, 'depends', 'depend')} on a missing sign"


def conflicting_word(dataset: Dataset) -> str:
    """What a sentence calls cells whose clear effects give neither direction.

    Good effects beside effects without change do not conflict.
    """
    return "mixed" if has_null_results(dataset) else "conflicting"


def synthesis_answer(selection: Selection) -> str:
    """In how many cases each domain is favourable, out of the cases with effects."""
    dataset, cells = selection.dataset, selection.cells
    if not any(cell.effects for cell in cells):
        return ""
    given = sum(case.evaluated for case in selection.cases)
    counted = tallies(cells)
    domains = [
        f"{uncapital(dataset.domains[tally.domain].short)} {_number(tally.favourable)}" for tally in counted
    ]
    conflicting = sum(tally.conflicting for tally in counted)
    unfavourable = sum(tally.unfavourable for tally in counted)
    neutral = sum(tally.neutral for tally in counted)
    those = "one case" if given == 1 else word(given)
    said = (
        f"cases in which at least {MAJORITY} % of the clear effects are favourable, of the {those} with "
        f"effects: {', '.join(domains)}; of the pairs of case and domain, {_number(conflicting)} "
        f"{verb(conflicting, 'is', 'are')} {conflicting_word(dataset)} and "
        f"{_number(unfavourable)} {verb(unfavourable, 'is', 'are')} unfavourable"
        + (f"; {word(neutral)} {verb(neutral, 'shows', 'show')} no change" if neutral else "")
    )
    return answered(dataset, about(dataset, selection.chosen), said, selection.effects)


# Cases and findings ---------------------------------------------------------------------------------------


def cases_answer(selection: Selection) -> str:
    """How many cases there are in how many countries, what is known of them, and how they coordinated."""
    dataset, cases = selection.dataset, selection.cases
    if not cases:
        return ""
    # Without those whose only effects are simulated.
    evaluated = [case for case in cases if case.effect_count]
    analysed = [case for case in cases if case.analysed]
    effects = sum(case.effect_count or 0 for case in evaluated)
    findings = len(once([finding for case in analysed for finding in case.findings.values()]))
    countries = count(len({case.country for case in cases}), "country", "countries")
    briefs = source_words(dataset).briefs
    said = (
        f"{count(len(cases), 'case')} in {countries}: "
        f"the {briefs} give {word(effects)} evaluated {verb(effects, 'effect', 'effects')}"
        f"{_for(len(evaluated), cases, ' of them')}"
    )
    # Where no case has any, nothing is missing from one of them.
    if dataset.findings:
        said += f" and {count(findings, 'finding')} on coordination{_for(len(analysed), cases)}"
    kinds = [
        f"{kind.name.lower()} in {word(number)}"
        for kind in dataset.coordination.values()
        if (number := sum(case.coordination == kind.id for case in cases))
    ]
    said += f"; coordination was {listed(kinds)}" if kinds else ""
    return answered(dataset, about(dataset, selection.chosen), said, cases)


def _for(number: int, cases: Sequence[Case], rest: str = "") -> str:
    """For how many of several cases something is given; empty for none of them, and for a single case."""
    return f" for {word(number)}{rest}" if number and len(cases) > 1 else ""


def coordination_answer(dataset: Dataset, head: str, findings: Sequence[Finding]) -> str:
    """How many findings there are, on how many cases, and of which kinds. A shared statement counts once."""
    if not findings:
        return ""
    cases = list(dict.fromkeys(finding.case for finding in findings))
    where = case_names(dataset, [dataset.cases[cases[0]]]) if len(cases) == 1 else count(len(cases), "case")
    # The head may have named the only case.
    where = "" if where in head else f" in {where}"
    number = count(len(once(findings)), "finding")
    kinds = roles(dataset, findings)
    if len({finding.role for finding in findings}) == 1:
        said = f"{kinds} among the findings on how institutions coordinated{where}"
    else:
        said = f"{number} on how institutions coordinated{where}: {kinds}"
    return answered(dataset, head, said, findings)


def once(findings: Iterable[Finding]) -> list[Finding]:
    """The findings with each shared statement once."""
    # A finding without a shared statement is told apart by its key.
    return list({finding.statement or finding.key: finding for finding in findings}.values())


def roles(dataset: Dataset, findings: Iterable[Finding]) -> str:
    """How many of the findings are mechanisms, enablers, obstacles, results and context."""
    distinct = once(findings)
    numbers = {role: sum(finding.role == role for finding in distinct) for role in dataset.roles}
    return listed(
        f"{word(number)} on the context" if role == "context" else count(number, record.name.lower())
        for role, record in dataset.roles.items()
        if (number := numbers[role])
    )


# Statements and records -----------------------------------------------------------------------------------


def lessons_answer(selection: Selection) -> str:
    """How many lessons there are, on which themes."""
    dataset, lessons = selection.dataset, selection.lessons
    if not lessons:
        return ""
    themes = {lesson.theme for lesson in lessons}
    said = f"{count(len(lessons), 'lesson')} on {count(len(themes), 'theme')}"
    return answered(dataset, about(dataset, selection.chosen), said, lessons)


def recommendations_answer(selection: Selection) -> str:
    """How many recommendations there are, and how many of them the briefs state."""
    dataset, advice = selection.dataset, selection.recommendations
    if not advice:
        return ""
    stated = sum(record.basis is Basis.STATED for record in advice)
    said = (
        f"{count(len(advice), 'recommendation')}, {_number(stated)} stated by the "
        f"{source_words(dataset).briefs} and "
        f"{_number(len(advice) - stated)} drawn from their text"
    )
    return answered(dataset, about(dataset, selection.chosen), said, advice)


def programmes_answer(selection: Selection) -> str:
    """How many programmes there are, and how many of them belong to a case."""
    dataset, programmes = selection.dataset, selection.programmes
    if not programmes:
        return ""
    studied = sum(bool(dataset.cases_of(programme.id)) for programme in programmes)
    briefs, every = source_words(dataset).briefs, studied == len(programmes) > 1
    of_them = f"{_all(studied)} of them" if every else f"{_number(studied)} of them"
    said = f"{count(len(programmes), 'programme')}, {of_them} in a case that the {briefs} study"
    return answered(dataset, about(dataset, selection.chosen), said, programmes)


def sources_answer(dataset: Dataset) -> str:
    """How many briefs there are, how long they are, and how many discrepancies were found in them."""
    sections = [section for brief in dataset.briefs.values() for section in brief.sections.values()]
    paragraphs = sum(section.paragraphs for section in sections)
    words, places = source_words(dataset), count(len(dataset.discrepancies), "place")
    said = count(len(dataset.briefs), words.brief)
    # Sources of one's own may be cited by page.
    if sections and not dataset.files.names:
        number = len(sections)
        said += f" with {paragraphs} paragraphs in {number} {verb(number, 'section', 'sections')}"
    if dataset.discrepancies:
        said += f", and {places} where the {words.briefs} disagree, leave something open or misprint it"
    # The bundled dataset describes itself alone.
    infos = dataset.files.described if dataset.files.names else (dataset.dataset,)
    return " ".join(filter(None, (answered(dataset, "", said), *(info.description for info in infos))))


# Comparison -----------------------------------------------------------------------------------------------


def compare_answer(compared: Selection) -> str:
    """The effects of each case and what they mean, and the outcomes that all of the cases report."""
    dataset, chosen = compared.dataset, compared.chosen
    named = [uncapital(dataset.domains[key].name) for key in chosen.domains]
    said = f"{_by_case(compared)}; {_in_common(compared)}" if compared.effects else _by_case(compared)
    signs = _without_sign(compared, _totals(compared.cells))
    return answered(dataset, capital(listed(named)) if named else "", f"{said}{signs}", compared.effects)


def _by_case(compared: Selection) -> str:
    """The effects of each case: `Peru reports five effects (four favourable, one unclear) and Mali none`."""
    said: list[str] = []
    for case in compared.cases_as_named:
        totals = _totals([cell for cell in compared.cells if cell.case == case.id])
        total = sum(totals.values())
        # Only the first says what is counted.
        number = _number(total) if said else f"reports {count(total, 'effect') if total else 'no effects'}"
        kinds = f" ({_kinds(totals)})" if total else ""
        said.append(f"{case_names(compared.dataset, [case])} {number}{kinds}")
    return listed(said)


def kinds_of(dataset: Dataset, effects: Iterable[Effect]) -> str:
    """What the effects mean for the household, in a few words: `four favourable, one unclear`."""
    totals = Counter(map(dataset.benefit_of, effects))
    return _kinds({kind: totals[kind] for kind in Benefit})


def _kinds(totals: Mapping[Benefit, int]) -> str:
    found = {_BRIEFLY.get(kind, kind.value): number for kind, number in totals.items() if number}
    if len(found) != 1:
        return ", ".join(f"{word(number)} {kind}" for kind, number in found.items())
    kind, number = next(iter(found.items()))
    return kind if number == 1 else f"{_each(number)} {kind}"


_BRIEFLY = {Benefit.NEUTRAL: "with no change"}
"""What a sentence says for a benefit in place of its value."""


OTHERWISE = "did not move the same way"
"""What is said of an outcome that rose in one case and did not in another, which two of three can have."""


def _in_common(compared: Selection) -> str:
    """The outcomes that all of the cases report, with their direction: `income rose in both`."""
    dataset, cases = compared.dataset, {case.id for case in compared.cases}
    # The same outcome can have moved differently in two cases.
    found: dict[str, list[str]] = {**{way: [] for way in _WAYS.values()}, OTHERWISE: []}
    for key, outcome in dataset.outcomes.items():
        effects = [effect for effect in compared.effects if effect.outcome == key]
        if {effect.case for effect in effects} == cases:
            ways = {_WAYS[effect.direction] for effect in effects}
            found[ways.pop() if len(ways) == 1 else OTHERWISE].append(uncapital(outcome.name))
    them = _all(len(cases))
    said = [f"{listed(names)} {way} in {them}" for way, names in found.items() if names]
    return "; ".join(said) or f"no outcome is reported in {them}"


def report_answer(selection: Selection) -> str:
    """The answer on the effects of a report: those of its cases side by side if they are few."""
    if 1 < len(selection.cases) <= MOST_SIDE_BY_SIDE:
        return compare_answer(selection)
    return effects_answer(selection) or no_effects_answer(selection)


MOST_SIDE_BY_SIDE = 3
"""The most cases whose effects a sentence gives one after the other."""
