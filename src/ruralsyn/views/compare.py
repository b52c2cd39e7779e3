"""Two or more cases side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from ruralsyn.document import (
    Block,
    Column,
    Document,
    Heading,
    Paragraph,
    Rich,
    Row,
    Sourced,
    Strong,
    Table,
    Term,
    Value,
)
from ruralsyn.errors import UsageError
from ruralsyn.model import Case, Dataset, Finding
from ruralsyn.query import Filter, comma_parts, select_effects
from ruralsyn.views.cases import attributes
from ruralsyn.views.cells import (
    DIRECTIONS_ONLY,
    NOT_ANALYSED,
    NOT_EVALUATED,
    benefit_term,
    case_in_country,
    case_term,
    cites,
    closing_notes,
    dataset_line,
    direction_term,
    effect_note,
    footnotes,
    listed,
    mark_notes,
    not_analysed,
    not_evaluated,
    noted,
    term,
    terms,
)
from ruralsyn.views.coordination import coordination_table
from ruralsyn.views.effects import effects_table as all_effects
from ruralsyn.views.show import cases_named


def compare_document(dataset: Dataset, names: Sequence[str]) -> Document:
    """The cases that the names stand for, a column each: a country stands for all of its cases.

    Raises UsageError for fewer than two names, for a name of anything but a case or country, and for two
    names of the same case.
    """
    cases = comparable_cases(dataset, names)
    document = Document(
        title=listed(case_in_country(dataset, case) for case in cases),
        blocks=tuple(comparison(dataset, cases)),
        dataset=dataset_line(dataset),
        notes=tuple(closing_notes(dataset)),
    )
    return document.deferring(lambda _: (*document.tables(), *_records(dataset, cases)), "data")


def _records(dataset: Dataset, cases: tuple[Case, ...]) -> tuple[Table, ...]:
    """The effects and findings of the cases whole, for programs."""
    only = Filter(cases=tuple(case.id for case in cases))
    return (
        replace(all_effects(dataset, only), id="effect-records"),
        replace(coordination_table(dataset, only), id="finding-records"),
    )


def comparable_cases(dataset: Dataset, names: Sequence[str]) -> tuple[Case, ...]:
    """The cases named, each once."""
    chosen: dict[str, str] = {}
    for name in (part for given in names for part in comma_parts(given)):
        for case in cases_named(dataset, name):
            if case in chosen:
                both = f"'{chosen[case]}' and '{name}'" if chosen[case] != name else f"'{name}' twice"
                raise UsageError(f"{both}: the same case cannot stand beside itself. Name another one.")
            chosen[case] = name
    if len(chosen) < 2 or len(set(chosen.values())) < 2:
        raise UsageError(TOO_FEW)
    return tuple(dataset.cases[key] for key in chosen)


TOO_FEW = (
    "compare takes two or more cases or countries, e.g. `ruralsyn compare peru lesotho`. "
    "`ruralsyn cases` lists them."
)


def comparison(dataset: Dataset, cases: tuple[Case, ...], domains: Sequence[str] = ()) -> list[Block]:
    """The blocks of a comparison: profile, effects, shared outcomes, coordination.

    With domains, effects and outcomes are those in them.
    """
    blocks: list[Block] = [
        Heading("Programmes and institutions"),
        profile_table(dataset, cases),
        Heading("Effects by domain"),
        effects_table(dataset, cases, domains),
        Heading("Outcomes in common and apart"),
        outcomes_table(dataset, cases, domains),
        Heading("Formal and informal coordination by level"),
        formality_table(dataset, cases),
        Heading("How they coordinated"),
        findings_table(dataset, cases),
        Heading("Obstacles in common"),
        obstacles_table(dataset, cases),
    ]
    if len({case.coordination for case in cases}) > 1:
        blocks.append(Paragraph((confounding_caution(dataset),)))
    return blocks


def confounding_caution(dataset: Dataset) -> str:
    """What stands against reading effects by type of coordination, worked out from the data."""
    parts = []
    for kind in dataset.coordination.values():
        cases = [case for case in dataset.cases.values() if case.coordination == kind.id]
        countries = {dataset.countries[case.country].name for case in cases}
        if len(countries) == 1 and len(cases) > 1:
            (country,) = countries
            number = "both" if len(cases) == 2 else f"all {len(cases)}"
            parts.append(f"{number} {kind.name.lower()} cases are in {country}")
    reason = (
        f" {'; '.join(parts)}, so the type of coordination cannot be told from the country." if parts else ""
    )
    return (
        "The cases differ in more than their type of coordination, and the briefs do not test it:"
        f"{reason or ' read nothing into effects by type of coordination.'}"
    )


def _columns(dataset: Dataset, cases: Sequence[Case], blank: str = "not stated") -> tuple[Column, ...]:
    """A column per case; the label names the country where that is not plain from the case."""
    return tuple(Column(case.id, case_in_country(dataset, case), blank=blank, weight=2) for case in cases)


def profile_table(dataset: Dataset, cases: tuple[Case, ...]) -> Table:
    """What each case is: programmes, who runs them, architecture, coordination."""
    each = [attributes(dataset, case) for case in cases]
    rows: list[Row] = [(name, *(facts[name] for facts in each)) for name in each[0]]
    return Table("profile", "", (Column("attribute", ""), *_columns(dataset, cases)), tuple(rows))


def _with_note(case: Case, name: str, value: Value) -> Value:
    """What is odd about a case stands at the number of its programmes."""
    return noted(value, case.note if name == "Number of programmes" else None)


def effects_table(dataset: Dataset, cases: tuple[Case, ...], domains: Sequence[str] = ()) -> Table:
    """Every outcome that any of the cases reports, a row each, by domain."""
    effects = select_effects(dataset, Filter(cases=tuple(case.id for case in cases), domains=tuple(domains)))
    reported = {effect.outcome for effect in effects}
    rows: list[Row] = []
    for outcome in dataset.outcomes.values():
        if outcome.id in reported:
            cells = (_effect_cell(dataset, case, outcome.id) for case in cases)
            rows.append((term(dataset.domains[outcome.domain]), term(outcome), *cells))
    return Table(
        "effects",
        "",
        (
            Column("domain", "Domain"),
            Column("outcome", "Outcome", weight=2),
            *_columns(dataset, cases, blank="not reported"),
        ),
        tuple(rows),
        notes=(*mark_notes(effects), *not_evaluated(dataset, cases), DIRECTIONS_ONLY),
        group_by=("domain",),
        empty="None of these cases was evaluated.",
    )


def _effect_cell(dataset: Dataset, case: Case, outcome: str) -> Value:
    effect = case.effects.get(outcome)
    if effect is None:
        return None if case.evaluated else NOT_EVALUATED
    direction, benefit = direction_term(effect), benefit_term(dataset, effect)
    cell = Term(direction.id, f"{direction.label}, {benefit.label}", benefit.tone)
    return noted(Sourced(cell, cites(dataset, effect.source)), effect_note(dataset, effect))


def outcomes_table(dataset: Dataset, cases: tuple[Case, ...], domains: Sequence[str] = ()) -> Table:
    """Which outcomes several of the cases report and which only one does."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for outcome, record in dataset.outcomes.items():
        if domains and record.domain not in domains:
            continue
        reporting = tuple(case.id for case in cases if outcome in case.effects)
        if reporting:
            groups.setdefault(reporting, []).append(outcome)
    everyone = tuple(case.id for case in cases)
    rows: list[Row] = []
    if everyone not in groups:
        rows.append(
            (terms_of_cases(dataset, everyone), Rich(("none: no outcome is reported in all of them",)))
        )
    for reporting in sorted(groups, key=len, reverse=True):
        rows.append((terms_of_cases(dataset, reporting), terms(dataset.outcomes, groups[reporting])))
    return Table(
        "outcomes",
        "",
        (Column("cases", "Reported in", weight=2), Column("outcomes", "Outcomes", weight=3)),
        tuple(rows),
        notes=(
            "Outcomes count as the same only where the brief prints the same label.",
            *not_evaluated(dataset, cases),
        ),
    )


def terms_of_cases(dataset: Dataset, keys: Sequence[str]) -> tuple[Term, ...]:
    """Cases by their short labels."""
    return tuple(case_term(dataset.cases[key]) for key in keys)


# The institutional layer --------------------------------------------------------------------------------


def formality_table(dataset: Dataset, cases: tuple[Case, ...]) -> Table:
    """At which level the briefs call something formal or informal, per case."""
    rows: list[Row] = []
    for level in dataset.levels.values():
        cells = tuple(_formality_cell(dataset, case, level.id) for case in cases)
        rows.append((term(level), *cells))
    return Table(
        "formality",
        "",
        (Column("level", "Level"), *_columns(dataset, cases, blank="nothing stated")),
        tuple(rows),
        notes=(
            "What the brief calls formal or informal among mechanisms, enablers and results at that level.",
            *not_analysed(dataset, cases),
        ),
    )


_PRESENT = ("mechanism", "enabler", "result")
"""Roles of what was there: an obstacle can be a formal thing that was missing."""


def _formality_cell(dataset: Dataset, case: Case, level: str) -> Value:
    if not case.analysed:
        return NOT_ANALYSED
    present = {
        finding.formality
        for finding in case.findings.values()
        if level in finding.levels and finding.role in _PRESENT
    }
    return (
        tuple(dataset.formality[kind].name.lower() for kind in dataset.formality if kind in present) or None
    )


def findings_table(dataset: Dataset, cases: tuple[Case, ...]) -> Table:
    """The findings side by side, by level and role; context is left to `show`."""
    rows: list[Row] = []
    for level in (*dataset.levels, None):
        for role in dataset.roles.values():
            if role.id == "context":
                continue
            lists = [_findings_at(case, level, role.id) for case in cases]
            for number, members in enumerate(zip_longest(*lists)):
                rows.append(
                    (
                        term(dataset.levels[level]) if level else None,
                        term(role),
                        *(
                            _finding_cell(dataset, case, finding, first=number == 0)
                            for case, finding in zip(cases, members, strict=True)
                        ),
                    )
                )
    return Table(
        "coordination",
        "",
        (
            Column("level", "Level", blank="level not stated"),
            Column("role", "Role"),
            *_columns(dataset, cases, blank=""),
        ),
        tuple(rows),
        notes=(
            "A finding at several levels stands at each. Background is left out: `ruralsyn show` has it.",
            *not_analysed(dataset, cases),
        ),
        group_by=("level", "role"),
        empty="None of these cases was analysed.",
    )


def _findings_at(case: Case, level: str | None, role: str) -> list[Finding]:
    return [
        finding
        for finding in case.findings.values()
        if finding.role == role and (level in finding.levels if level else not finding.levels)
    ]


def _finding_cell(dataset: Dataset, case: Case, finding: Finding | None, *, first: bool) -> Value:
    if finding is None:
        if not case.analysed:
            return NOT_ANALYSED
        return Term("none", "none recorded", "quiet") if first else None
    return _finding_text(dataset, finding)


def _finding_text(dataset: Dataset, finding: Finding) -> Value:
    """The finding with its places and caveats; an obstacle is not called formal for being about it."""
    named = finding.formality and finding.role != "obstacle"
    kind = [Strong(f"{dataset.formality[finding.formality].name}: ")] if named and finding.formality else []
    text = Rich((*kind, finding.text)) if kind else finding.text
    return noted(Sourced(text, cites(dataset, finding.source)), footnotes(dataset, finding))


def obstacles_table(dataset: Dataset, cases: tuple[Case, ...]) -> Table:
    """What the obstacles of several of the cases are about."""
    rows: list[Row] = []
    for theme in dataset.themes.values():
        held = {
            case.id: tuple(
                _finding_text(dataset, finding)
                for finding in case.findings.values()
                if finding.role == "obstacle" and finding.theme == theme.id
            )
            for case in cases
        }
        if sum(bool(texts) for texts in held.values()) > 1:
            rows.append((term(theme), *(held[case.id] or None for case in cases)))
    return Table(
        "obstacles",
        "",
        (Column("theme", "About"), *_columns(dataset, cases, blank="none recorded")),
        tuple(rows),
        notes=("Which theme an obstacle belongs to is this dataset's reading, not the briefs'.",),
        empty="No theme has obstacles in more than one of these cases.",
    )
