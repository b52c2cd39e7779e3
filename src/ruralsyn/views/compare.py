"""Two or more cases side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import zip_longest

from ruralsyn.dataset.model import Case, Dataset, Finding
from ruralsyn.errors import UsageError
from ruralsyn.evidence.filters import Filter
from ruralsyn.evidence.names import cases_named, comma_parts
from ruralsyn.evidence.selection import Selection
from ruralsyn.page.document import Block, Column, Document, Heading, Paragraph, Row, Table
from ruralsyn.page.marks import MARKS
from ruralsyn.page.text import listed
from ruralsyn.page.values import MixedText, Sourced, Strong, Term, Value
from ruralsyn.record import Record
from ruralsyn.views.cases import attributes
from ruralsyn.views.coordination import coordination_table
from ruralsyn.views.effects import effects_table
from ruralsyn.views.notes import (
    DIRECTIONS_ONLY,
    confounding_caution,
    dataset_line,
    mark_notes,
    not_analysed,
    not_evaluated,
    sources_note,
)
from ruralsyn.views.values import (
    NOT_ANALYSED,
    NOT_EVALUATED,
    benefit_term,
    case_in_country,
    case_term,
    cites,
    direction_term,
    effect_note,
    footnotes,
    noted,
    term,
    terms,
)


def _records(compared: Selection) -> tuple[Table, ...]:
    """The effects and findings of the cases whole, for programs."""
    return (
        replace(effects_table(compared), id="effect-records"),
        replace(coordination_table(compared), id="finding-records"),
    )


def comparable_cases(dataset: Dataset, names: Sequence[str]) -> tuple[str, ...]:
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
    return tuple(chosen)


TOO_FEW = (
    "compare takes two or more cases or countries, e.g. `ruralsyn compare peru lesotho`. "
    "`ruralsyn cases` lists them."
)


def _columns(dataset: Dataset, cases: Sequence[Case], blank: str = "not stated") -> tuple[Column, ...]:
    """A column per case; the label names the country where that is not plain from the case."""
    return tuple(Column(case.id, case_in_country(dataset, case), blank=blank, weight=2) for case in cases)


def profile_table(compared: Selection) -> Table:
    """What each case is: programmes, who runs them, architecture, coordination."""
    dataset, cases = compared.dataset, compared.cases_as_named
    each = [attributes(dataset, case) for case in cases]
    rows: list[Row] = [(name, *(facts[name] for facts in each)) for name in each[0]]
    return Table("profile", "", (Column("attribute", ""), *_columns(dataset, cases)), tuple(rows))


def effects_side_by_side(compared: Selection) -> Table:
    """Every outcome that any of the cases reports, a row each, by domain."""
    dataset, cases = compared.dataset, compared.cases_as_named
    reported = {effect.outcome for effect in compared.effects}
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
            *_columns(dataset, cases, blank=MARKS["not-reported"].glyph),
        ),
        tuple(rows),
        notes=(*mark_notes(compared.effects), *not_evaluated(dataset, cases), DIRECTIONS_ONLY),
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


def outcomes_table(compared: Selection) -> Table:
    """Which outcomes several of the cases report and which only one does."""
    dataset, cases = compared.dataset, compared.cases_as_named
    groups: dict[tuple[str, ...], list[str]] = {}
    for outcome, record in dataset.outcomes.items():
        if record.domain not in compared.domains:
            continue
        reporting = tuple(case.id for case in cases if outcome in case.effects)
        if reporting:
            groups.setdefault(reporting, []).append(outcome)
    everyone = tuple(case.id for case in cases)
    rows: list[Row] = []
    if everyone not in groups:
        rows.append(
            (terms_of_cases(dataset, everyone), MixedText(("none: no outcome is reported in all of them",)))
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


def formality_table(compared: Selection) -> Table:
    """At which level the briefs call something formal or informal, per case."""
    dataset, cases = compared.dataset, compared.cases_as_named
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


def findings_side_by_side(compared: Selection) -> Table:
    """The findings side by side, by level and role; context is left to `show`."""
    dataset, cases = compared.dataset, compared.cases_as_named
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
    """The finding with its paragraphs and caveats; an obstacle is not called formal for being about it."""
    named = finding.formality and finding.role != "obstacle"
    kind = [Strong(f"{dataset.formality[finding.formality].name}: ")] if named and finding.formality else []
    text = MixedText((*kind, finding.text)) if kind else finding.text
    return noted(Sourced(text, cites(dataset, finding.source)), footnotes(dataset, finding))


def obstacles_table(compared: Selection) -> Table:
    """What the obstacles of several of the cases are about."""
    dataset, cases = compared.dataset, compared.cases_as_named
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


# The parts ----------------------------------------------------------------------------------------------


class Part(Record):
    """A part of a comparison."""

    heading: str
    table: Callable[[Selection], Table]


PARTS: dict[str, Part] = {
    "profile": Part("Programmes and institutions", profile_table),
    "effects": Part("Effects by domain", effects_side_by_side),
    "outcomes": Part("Outcomes in common and apart", outcomes_table),
    "formality": Part("Formal and informal coordination by level", formality_table),
    "coordination": Part("How they coordinated", findings_side_by_side),
    "obstacles": Part("Obstacles in common", obstacles_table),
}
"""The parts of a comparison in their order, by the ids of their tables."""


def compare_document(selection: Selection, names: Sequence[str]) -> Document:
    """The cases that the names stand for, a column each: a country stands for all of its cases.

    Raises UsageError for fewer than two names, for a name of anything but a case or country, and for two
    names of the same case.
    """
    dataset = selection.dataset
    keys = comparable_cases(dataset, names)
    compared = Selection(dataset, Filter(cases=keys), named=keys)
    tables = {part.heading: part.table(compared) for part in PARTS.values()}
    blocks: list[Block] = [block for heading, table in tables.items() for block in (Heading(heading), table)]
    if len({case.coordination for case in compared.cases}) > 1:
        blocks.append(Paragraph((confounding_caution(dataset),)))
    return Document(
        title=listed(case_in_country(dataset, case) for case in compared.cases_as_named),
        blocks=tuple(blocks),
        dataset=dataset_line(dataset),
        notes=(sources_note(dataset),),
        data=(*tables.values(), *_records(compared)),
    )
