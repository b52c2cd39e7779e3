"""Comparison: what cases have in common and how they differ, then the details side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from ruralsyn.dataset.model import Case, Dataset, Effect, Finding
from ruralsyn.errors import UsageError
from ruralsyn.evidence.filters import Filter
from ruralsyn.evidence.names import cases_named, every_part, one_of
from ruralsyn.evidence.selection import Selection
from ruralsyn.evidence.source_words import worded
from ruralsyn.page.document import Block, Bullets, Column, Document, Heading, Inline, Paragraph, Row, Table
from ruralsyn.page.marks import MARKS
from ruralsyn.page.text import text_of
from ruralsyn.page.values import Strong, Term, Value
from ruralsyn.page.wording import listed
from ruralsyn.record import Record
from ruralsyn.views.answers import compare_answer, uncapital
from ruralsyn.views.cases import attributes
from ruralsyn.views.coordination import IMPLIED
from ruralsyn.views.effects import arrow_and_marks, effect_in_words, outcomes_in_words
from ruralsyn.views.map_notes import label_notes
from ruralsyn.views.notes import (
    LIMITS,
    confounding_caution,
    dataset_line,
    mark_notes,
    not_analysed,
    sources_note,
    sources_of,
)
from ruralsyn.views.side_by_side import (
    case_columns,
    effects_side_by_side,
    findings_side_by_side,
    formality_table,
    formality_words,
    obstacles_data,
    obstacles_table,
    outcomes_table,
    profile_table,
    records,
)
from ruralsyn.views.statements import Statements, shared_statements
from ruralsyn.views.values import (
    NO_EFFECTS,
    UNKNOWN,
    case_in_prose,
    case_names,
    not_classified,
    term,
)


def comparable_cases(dataset: Dataset, names: Sequence[str]) -> tuple[str, ...]:
    """The ids of the cases that the names mean.

    Raises UsageError for fewer than two names and for two names of one case.
    """
    # Each case with the name that it was found by: for the message, and to count the names.
    chosen: dict[str, str] = {}
    for name in every_part(names):
        for case in cases_named(dataset, name):
            if case in chosen:
                both = f"'{chosen[case]}' and '{name}'" if chosen[case] != name else f"'{name}' twice"
                raise UsageError(f"{both}: a case cannot be compared with itself. Name another one.")
            chosen[case] = name
    # One name is too few even if it means two cases, as colombia does.
    if len(chosen) < 2 or len(set(chosen.values())) < 2:
        raise UsageError(TOO_FEW)
    return tuple(chosen)


TOO_FEW = (
    "compare takes two or more cases or countries, e.g. `ruralsyn compare peru lesotho`. "
    "`ruralsyn cases` lists them."
)


# Alike and different --------------------------------------------------------------------------------------


def alike(compared: Selection) -> Iterator[Block]:
    """What all of the cases have in common, and in what they differ."""
    dataset, cases = compared.dataset, compared.cases_as_named
    each = [attributes(dataset, case) for case in cases]
    same, different = [], []
    unknown: dict[str, list[Case]] = {}
    for name in filter(each[0].__contains__, COMPARED_ATTRIBUTES):
        values = [text_of(facts[name], "not stated") for facts in each]
        lacking = [case for case, value in zip(cases, values, strict=True) if value in UNKNOWN]
        # What is not known of a case is no difference.
        if lacking:
            unknown[name.lower()] = lacking
        elif len(set(values)) == 1:
            # The name of a region keeps its capital.
            value = values[0] if name == "Region" else uncapital(values[0])
            same.append(f"{name.lower()} ({value})")
        else:
            different.append(f"{name.lower()} ({_by_value(dataset, values, cases)})")
    said = {
        "Alike": ", ".join(same),
        "Different": ", ".join(different),
        "Not known": _of_cases(dataset, unknown),
    }
    runs: list[Inline] = []
    for head, text in said.items():
        runs += (" ", Strong(f"{head}: "), f"{text}.") if text else ()
    yield Paragraph(tuple(runs[1:]))


def _of_cases(dataset: Dataset, unknown: Mapping[str, Sequence[Case]]) -> str:
    """What is not known of which cases: `architecture and coordination of Kenya`."""
    by_cases: dict[str, list[str]] = {}
    for name, cases in unknown.items():
        by_cases.setdefault(case_names(dataset, cases), []).append(name)
    return "; ".join(f"{listed(names)} of {cases}" for cases, names in by_cases.items())


def _by_value(dataset: Dataset, values: Sequence[str], cases: Sequence[Case]) -> str:
    """Each value with the cases that have it: `Latin America: Peru; Africa: Lesotho and Mali`."""
    of_value: dict[str, list[Case]] = {}
    for value, case in zip(values, cases, strict=True):
        of_value.setdefault(value, []).append(case)
    return "; ".join(f"{value}: {case_names(dataset, found)}" for value, found in of_value.items())


COMPARED_ATTRIBUTES = ("Region", "Architecture", "Coordination")


# Effects --------------------------------------------------------------------------------------------------


def effects_by_domain(compared: Selection) -> Table:
    """The outcomes of each case in each domain, with their arrows, by what they mean for the household."""
    dataset, cases = compared.dataset, compared.cases_as_named
    rows: list[Row] = [
        (
            Term(domain, dataset.domains[domain].short),
            *(_outcomes_in(compared, case, domain) for case in cases),
        )
        for domain in compared.domains
        if any(dataset.domain_of(effect).id == domain for effect in compared.effects)
    ]
    return Table(
        "effects",
        "",
        (Column("domain", "Domain"), *case_columns(dataset, cases, blank=MARKS["not-reported"].glyph)),
        tuple(rows),
        notes=(*mark_notes(compared.dataset, compared.effects), *label_notes(dataset, compared.cells)),
        empty=worded(dataset, "The {briefs} report no effects for any of these cases."),
    )


def _outcomes_in(compared: Selection, case: Case, domain: str) -> Value:
    dataset = compared.dataset
    if not case.evaluated:
        return NO_EFFECTS
    effects = compared.effects_by_case[case.id]
    return outcomes_in_words(
        dataset, [effect for effect in effects if dataset.domain_of(effect).id == domain]
    )


# Coordination ---------------------------------------------------------------------------------------------


def coordination_by_level(compared: Selection) -> Table:
    """At each level, what the brief calls the coordination of each case, and how many findings it has."""
    dataset, cases = compared.dataset, compared.cases_as_named
    rows: list[Row] = [
        (term(level), *(_at_level(dataset, case, level.id) for case in cases))
        for level in dataset.levels.values()
    ]
    return Table(
        "coordination",
        "",
        (Column("level", "Level"), *case_columns(dataset, cases, blank="nothing stated")),
        tuple(rows),
        notes=not_analysed(dataset, cases),
        empty=worded(dataset, "The {briefs} do not say how any of these cases coordinated."),
    )


def _at_level(dataset: Dataset, case: Case, level: str) -> Value:
    """`informal: 2 mechanisms, 1 obstacle`; None where nothing is stated.

    Where the brief states no level and it only follows from the kind of body, the cell begins with `implied`.
    """
    if not case.analysed:
        return not_classified(dataset)
    inside = _without_context(case, level)
    counted = ((role, sum(finding.role == role.id for finding in inside)) for role in dataset.roles.values())
    numbers = [
        f"{number} {role.name.lower()}{'s' if number > 1 else ''}" for role, number in counted if number
    ]
    implied = _is_implied(case, level)
    called = "implied" if implied else text_of(formality_words(dataset, case, level)).replace("; ", ", ")
    return ": ".join(filter(None, (called, ", ".join(numbers)))) or None


def _without_context(case: Case, level: str) -> list[Finding]:
    return [one for one in case.findings.values() if level in one.levels and one.role != "context"]


def _is_implied(case: Case, level: str) -> bool:
    """Whether there are findings at this level and the brief states it for none of them."""
    inside = _without_context(case, level)
    return bool(inside) and all(level not in finding.stated_levels for finding in inside)


def implied_levels(compared: Selection) -> tuple[str, ...]:
    """What `implied` means, if a cell of the levels says it."""
    levels = compared.dataset.levels
    found = any(_is_implied(case, level) for case in compared.cases for level in levels)
    return (worded(compared.dataset, IMPLIED),) if found else ()


# What they share ------------------------------------------------------------------------------------------


def shared(compared: Selection) -> Iterator[Block]:
    """The outcomes, the obstacles and the themes of other obstacles that several of the cases share."""
    found = shared_statements(
        finding
        for case in compared.cases_as_named
        for finding in case.findings.values()
        if finding.role == "obstacle"
    )
    items = [
        *_shared_outcomes(compared),
        *(_obstacle(compared, findings) for findings in found.values()),
        *_shared_themes(compared, found),
    ]
    nothing = worded(compared.dataset, "The {briefs} report nothing that they share.")
    yield Bullets(tuple(items)) if items else Paragraph((nothing,))
    if len({case.coordination for case in compared.cases}) > 1:
        yield Paragraph((confounding_caution(compared.dataset, compared.cases),))


def _shared_outcomes(compared: Selection) -> Iterator[tuple[Inline, ...]]:
    dataset = compared.dataset
    of_outcome: dict[str, list[Effect]] = {}
    for effect in compared.effects:
        of_outcome.setdefault(effect.outcome, []).append(effect)
    for effects in of_outcome.values():
        if len({effect.case for effect in effects}) > 1:
            apart = "" if len({effect.direction for effect in effects}) == 1 else ", not alike"
            yield (Strong(f"Outcome{_of_some(compared, effects)}{apart}: "), f"{_moved(dataset, effects)}.")


def _moved(dataset: Dataset, effects: Sequence[Effect]) -> str:
    """How an outcome moved: `▲ income`, or `income (▲ in Peru; ▲ and ▼ in Mali)` if not the same way."""
    if len({effect.direction for effect in effects}) == 1:
        return listed(dict.fromkeys(effect_in_words(dataset, effect) for effect in effects))
    by_case: dict[str, list[str]] = {}
    for effect in effects:
        by_case.setdefault(effect.case, []).append(arrow_and_marks(effect))
    each = (
        f"{listed(dict.fromkeys(arrows))} in {case_names(dataset, [dataset.cases[case]])}"
        for case, arrows in by_case.items()
    )
    return f"{uncapital(dataset.outcomes[effects[0].outcome].name)} ({'; '.join(each)})"


def _obstacle(compared: Selection, findings: Sequence[Finding]) -> tuple[Inline, ...]:
    return (Strong(f"Obstacle{_of_some(compared, findings)}: "), findings[0].text)


def _of_some(compared: Selection, records: Sequence[Effect | Finding]) -> str:
    """Which cases share something, unless all of them do."""
    # A case can have several effects on one outcome.
    cases = dict.fromkeys(record.case for record in records)
    if len(cases) == len(compared.cases):
        return ""
    return f" of {case_names(compared.dataset, [compared.dataset.cases[case] for case in cases])}"


def _shared_themes(compared: Selection, said: Statements) -> Iterator[tuple[Inline, ...]]:
    """The themes on which several cases have obstacles of their own, besides the shared statements."""
    themes = compared.dataset.themes
    of_theme: dict[str, set[str]] = {}
    for case in compared.cases_as_named:
        for finding in case.findings.values():
            if finding.role == "obstacle" and finding.theme and finding.statement not in said:
                of_theme.setdefault(finding.theme, set()).add(case.id)
    names = [themes[key].name.lower() for key in themes if len(of_theme.get(key, ())) > 1]
    if names:
        yield (Strong("Themes of further obstacles: "), f"{listed(names)}.")


# The sections ---------------------------------------------------------------------------------------------


def _no_notes(_: Selection) -> tuple[str, ...]:
    return ()


class CompareSection(Record, kw_only=True):
    """A section of a comparison."""

    heading: str
    blocks: Callable[[Selection], Iterable[Block]]
    full: Callable[[Selection], Iterable[Table]]
    """The tables that `--full` adds or puts in place of the short ones."""
    data: Callable[[Selection], Iterable[Table]] | None = None
    """The tables for programs, if they are not those of `full`."""
    replaces: bool = False
    """Whether the tables of `full` take the place of the blocks."""
    given: Callable[[Dataset], bool] = lambda _: True
    """Whether a dataset has what it shows; otherwise people do not see it."""
    notes: Callable[[Selection], tuple[str, ...]] = _no_notes
    """What a short page has to explain at its end."""

    def headed(self, level: int = 1) -> tuple[Heading, ...]:
        """The heading of the section; nothing if its blocks say themselves what they are."""
        return (Heading(self.heading, level),) if self.heading else ()


SECTIONS: dict[str, CompareSection] = {
    "alike": CompareSection(
        heading="",  # Its two lines say what they are.
        blocks=alike,
        full=lambda compared: (profile_table(compared),),
    ),
    "effects": CompareSection(
        heading="Effects by domain",
        blocks=lambda compared: (effects_by_domain(compared),),
        full=lambda compared: (effects_side_by_side(compared),),
        data=lambda compared: (effects_side_by_side(compared), outcomes_table(compared)),
        replaces=True,
    ),
    "coordination": CompareSection(
        heading="Coordination by level",
        blocks=lambda compared: (coordination_by_level(compared),),
        full=lambda compared: (formality_table(compared), findings_side_by_side(compared)),
        replaces=True,
        given=lambda dataset: bool(dataset.findings),
        notes=implied_levels,
    ),
    "shared": CompareSection(
        heading="What they share",
        blocks=shared,
        full=lambda compared: (
            outcomes_table(compared),
            *((obstacles_table(compared),) if compared.dataset.findings else ()),
        ),
        data=lambda compared: (obstacles_data(compared),),
    ),
}
"""The sections of a comparison by the names that `--sections` takes, in order."""


def compare_document(
    selection: Selection, names: Sequence[str], *, sections: Sequence[str] = (), full: bool = False
) -> Document:
    """The comparison of the cases that the names mean. A country means all of its cases.

    `sections` picks and orders the sections. `full` adds every finding and footnote.

    Raises UsageError for fewer than two names, for a name that is not a case or country, for two names of one
    case, and for an unknown section.
    """
    dataset = selection.dataset
    keys = comparable_cases(dataset, names)
    # The filter selects the cases in file order; `named` has the order of the command.
    compared = Selection(dataset, Filter(cases=keys, domains=selection.chosen.domains), named=keys)
    chosen = [SECTIONS[key] for key in _sections_named(sections)]
    explained = () if full else (note for section in chosen for note in section.notes(compared))
    return Document(
        title=listed(case_in_prose(dataset, case) for case in compared.cases_as_named),
        lead=compare_answer(compared),
        blocks=tuple(block for section in chosen for block in _section(section, compared, full=full)),
        dataset=dataset_line(dataset),
        notes=(*explained, LIMITS, sources_note(dataset, sources_of(dataset, compared.cases))),
        data=lambda: (
            *(table for section in chosen for table in (section.data or section.full)(compared)),
            *records(compared),
        ),
    )


def _sections_named(names: Sequence[str]) -> tuple[str, ...]:
    chosen = dict.fromkeys(one_of("--sections", part, SECTIONS) for part in every_part(names))
    return tuple(chosen) or tuple(SECTIONS)


def _section(section: CompareSection, compared: Selection, *, full: bool) -> Iterator[Block]:
    if not section.given(compared.dataset):
        return
    yield from section.headed()
    if not (full and section.replaces):
        yield from section.blocks(compared)
    if full:
        yield from section.full(compared)
