"""Cases side by side in full: every effect, finding and obstacle. Programs get these tables too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from ruralsyn.dataset.model import Case, Dataset, Effect, Finding
from ruralsyn.evidence.selection import Selection
from ruralsyn.evidence.source_words import worded
from ruralsyn.page.document import Column, Row, Table
from ruralsyn.page.marks import MARKS
from ruralsyn.page.values import MixedText, Noted, Strong, Term, Value
from ruralsyn.views.cases import attributes
from ruralsyn.views.coordination import coordination_table, formality_of
from ruralsyn.views.effects import effects_table
from ruralsyn.views.notes import (
    DIRECTIONS_ONLY,
    mark_notes,
    no_effects_given,
    not_analysed,
)
from ruralsyn.views.statements import shared_statements
from ruralsyn.views.values import (
    NO_EFFECTS,
    benefit_term,
    case_in_country,
    case_term,
    cites,
    direction_term,
    discrepancy_note,
    effect_note,
    footnotes,
    not_classified,
    noted,
    term,
    terms,
)


def records(compared: Selection) -> tuple[Table, ...]:
    """All effects and findings of the cases, for programs."""
    # JSON has its tables by id, and "effects" and "coordination" are the tables side by side.
    return (
        replace(effects_table(compared), id="effect-records"),
        replace(coordination_table(compared), id="finding-records"),
    )


def case_columns(dataset: Dataset, cases: Sequence[Case], blank: str = "not stated") -> tuple[Column, ...]:
    """One column per case, with the country in its heading."""
    # A case's cells hold sentences, so it gets more width than the column with the headings of the rows.
    return tuple(Column(case.id, case_in_country(dataset, case), blank=blank, weight=3) for case in cases)


def profile_table(compared: Selection) -> Table:
    """The attributes of each case: programmes, who runs them, architecture, coordination."""
    dataset, cases = compared.dataset, compared.cases_as_named
    each = [attributes(dataset, case) for case in cases]
    # All cases have the same attributes, so the first case gives the names.
    rows: list[Row] = [(name, *(facts[name] for facts in each)) for name in each[0]]
    return Table("profile", "", (Column("attribute", ""), *case_columns(dataset, cases)), tuple(rows))


def effects_side_by_side(compared: Selection) -> Table:
    """One row for each outcome that any of the cases reports, by domain."""
    dataset, cases = compared.dataset, compared.cases_as_named
    reported = {effect.outcome for effect in compared.effects}
    rows: list[Row] = []
    # The dataset lists outcomes by domain, and a terminal needs the rows of a domain together.
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
            *case_columns(dataset, cases, blank=MARKS["not-reported"].glyph),
        ),
        tuple(rows),
        notes=(
            *mark_notes(compared.dataset, compared.effects),
            *no_effects_given(dataset, cases),
            worded(dataset, DIRECTIONS_ONLY),
        ),
        group_by="domain",
        empty=worded(dataset, "The {briefs} report no effects for any of these cases."),
    )


def _effect_cell(dataset: Dataset, case: Case, outcome: str) -> Value:
    found = tuple(
        _effect_in_cell(dataset, effect) for effect in case.effects.values() if effect.outcome == outcome
    )
    if not found:
        # Two kinds of blank, as on the map: not reported here, or no effects in the briefs at all.
        return None if case.evaluated else NO_EFFECTS
    return found if len(found) > 1 else found[0]


def _effect_in_cell(dataset: Dataset, effect: Effect) -> Noted:
    direction, benefit = direction_term(effect), benefit_term(dataset, effect)
    cell = Term(direction.id, f"{direction.label}, {benefit.label}", benefit.tone)
    return Noted(cell, effect_note(dataset, effect) or "", cites(dataset, effect.source))


def outcomes_table(compared: Selection) -> Table:
    """The outcomes that several cases report, and those that only one reports."""
    dataset, cases = compared.dataset, compared.cases_as_named
    # By the exact set of cases that report an outcome, so that each outcome is listed once.
    groups: dict[tuple[str, ...], list[str]] = {}
    for outcome, record in dataset.outcomes.items():
        # A report uses this table too, and it may be limited to some domains.
        if record.domain not in compared.domains:
            continue
        reporting = tuple(
            case.id for case in cases if any(effect.outcome == outcome for effect in case.effects.values())
        )
        if reporting:
            groups.setdefault(reporting, []).append(outcome)
    everyone = tuple(case.id for case in cases)
    rows: list[Row] = []
    # Without this row, a reader could not tell whether anything is shared by all.
    if everyone not in groups:
        rows.append(
            (terms_of_cases(dataset, everyone), MixedText(("none (no outcome is reported in every case)",)))
        )
    # sorted() is stable in reverse too: sets of one size keep the order of the dataset.
    for reporting in sorted(groups, key=len, reverse=True):
        rows.append((terms_of_cases(dataset, reporting), terms(dataset.outcomes, groups[reporting])))
    return Table(
        "outcomes",
        "",
        (Column("cases", "Reported in", weight=2), Column("outcomes", "Outcomes", weight=3)),
        tuple(rows),
        notes=(
            worded(dataset, "Two outcomes are the same only if the {brief} prints the same label for both."),
            *no_effects_given(dataset, cases),
        ),
    )


def terms_of_cases(dataset: Dataset, keys: Sequence[str]) -> tuple[Term, ...]:
    """Cases by their short labels."""
    return tuple(case_term(dataset.cases[key]) for key in keys)


# The institutional layer --------------------------------------------------------------------------------


def formality_table(compared: Selection) -> Table:
    """Formal and informal coordination by level, for each case."""
    dataset, cases = compared.dataset, compared.cases_as_named
    rows: list[Row] = []
    for level in dataset.levels.values():
        cells = tuple(formality_words(dataset, case, level.id) for case in cases)
        rows.append((term(level), *cells))
    return Table(
        "formality",
        "",
        (Column("level", "Level"), *case_columns(dataset, cases, blank="nothing stated")),
        tuple(rows),
        notes=(
            worded(
                dataset,
                "'Formal' or 'informal' means that the {brief} uses this word for a mechanism, an enabler or "
                "a result at this level. 'No formal coordination' means that the {brief} says it was "
                "missing. Only levels that the {brief} states are used.",
            ),
            *not_analysed(dataset, cases),
        ),
    )


_PRESENT = ("mechanism", "enabler", "result")
"""Roles of what existed. An obstacle with a formality is a formal or informal thing that was missing."""


def formality_words(dataset: Dataset, case: Case, level: str) -> Value:
    """What the brief calls a case's coordination at a level: `formal`, `informal` or what was missing."""
    if not case.analysed:
        return not_classified(dataset)
    # Only levels that the brief states: an implied level is this dataset's reading.
    here = [
        finding for finding in case.findings.values() if level in finding.stated_levels and finding.formality
    ]
    present = {finding.formality for finding in here if finding.role in _PRESENT}
    lacking = {finding.formality for finding in here if finding.role == "obstacle"}
    # In the order of the vocabulary: sets of strings have a new order in every run.
    words = (
        *(kind.name.lower() for key, kind in dataset.formality.items() if key in present),
        *(
            f"no {kind.name.lower()} coordination"
            for key, kind in dataset.formality.items()
            if key in lacking
        ),
    )
    doubts = dict.fromkeys(key for finding in here for key in finding.discrepancies)
    return noted(words, discrepancy_note(dataset, doubts)) if words else None


def findings_side_by_side(compared: Selection) -> Table:
    """The findings side by side, by level and role, without context. A shared statement has its own row."""
    dataset, cases = compared.dataset, compared.cases_as_named
    rows: list[Row] = []
    # None last, for findings without a level.
    for level in (*dataset.levels, None):
        for role in dataset.roles.values():
            if role.id == "context":  # Background: what was studied and who runs what.
                continue
            heads = (term(dataset.levels[level]) if level else None, term(role))
            lists = [_findings_at(case, level, role.id) for case in cases]
            rows += [(*heads, *cells) for cells in _finding_rows(dataset, cases, lists)]
    return Table(
        "coordination",
        "",
        (
            Column("level", "Level", blank="level not stated"),
            Column("role", "Role"),
            *case_columns(dataset, cases, blank=""),
        ),
        tuple(rows),
        notes=(
            "A finding at several levels is shown at each of them. Findings in one row are not related, "
            "unless they are the same statement. Context is left out; the command show gives it.",
            *not_analysed(dataset, cases),
        ),
        group_by="level",
        once="role",
        empty=worded(dataset, "The {briefs} do not say how any of these cases coordinated."),
    )


def _findings_at(case: Case, level: str | None, role: str) -> list[Finding]:
    return [
        finding
        for finding in case.findings.values()
        if finding.role == role and (level in finding.levels if level else not finding.levels)
    ]


def _finding_rows(
    dataset: Dataset, cases: Sequence[Case], lists: Sequence[list[Finding]]
) -> Iterator[tuple[Value, ...]]:
    """The cells of a group of rows, for a list of findings of each case."""
    for number, members in enumerate(_in_rows(lists)):
        # Only in the first row of a group. Lower down, an empty cell means that no more follow.
        empty = [number == 0 and not found for found in lists]
        yield tuple(_finding_cells(dataset, cases, members, empty))


def _in_rows(lists: Sequence[list[Finding]]) -> Iterator[tuple[Finding | None, ...]]:
    """The findings of several cases in rows: each shared statement in one row, then all others in order."""
    # Shared statements first, because all others are only paired by their position.
    shared = shared_statements(finding for found in lists for finding in found)
    for statement in shared:
        yield tuple(next((f for f in found if f.statement == statement), None) for found in lists)
    # zip() would drop the findings of a case that has more of them than the others.
    yield from zip_longest(*([f for f in found if f.statement not in shared] for found in lists))


def _finding_cells(
    dataset: Dataset, cases: Sequence[Case], members: Sequence[Finding | None], empty: Sequence[bool]
) -> Iterator[Value]:
    """The cells of a row. `empty` says which cases have no finding in this group of rows."""
    said: set[str | None] = set()
    for case, finding, none in zip(cases, members, empty, strict=True):
        if finding is None:
            yield (not_classified(dataset) if not case.analysed else NONE_RECORDED) if none else None
        # The first test matters: a finding that shares nothing has None, which `said` contains as well.
        elif finding.statement and finding.statement in said:
            yield Term(finding.text, SAME_STATEMENT, "quiet")  # Programs get the text from the id.
        else:
            said.add(finding.statement)
            yield _finding_text(dataset, finding)


NONE_RECORDED = Term("none", "none recorded", "quiet")
SAME_STATEMENT = "the same statement"


def _finding_text(dataset: Dataset, finding: Finding) -> Value:
    """The finding with its paragraphs and notes. An obstacle is not called formal: it was missing."""
    formality = formality_of(dataset, finding)
    text = MixedText((Strong(f"{formality.name}: "), finding.text)) if formality else finding.text
    return Noted(text, footnotes(dataset, finding) or "", cites(dataset, finding.source))


def obstacles_table(compared: Selection) -> Table:
    """The obstacles with themes that several of the cases have. A shared statement has its own row."""
    dataset, cases = compared.dataset, compared.cases_as_named
    rows: list[Row] = []
    for theme, lists in _obstacles_by_theme(compared).items():
        head = term(dataset.themes[theme])
        rows += [(head, *cells) for cells in _finding_rows(dataset, cases, lists)]
    return replace(_obstacles(compared, rows, blank=""), once="theme")


def obstacles_data(compared: Selection) -> Table:
    """The obstacles for programs: one row for each theme, with a list of obstacles for each case."""
    dataset = compared.dataset
    # Obstacles that share a row for people are not related, so programs get no such rows.
    rows: list[Row] = [
        (
            term(dataset.themes[theme]),
            *(tuple(_finding_text(dataset, finding) for finding in found) or None for found in lists),
        )
        for theme, lists in _obstacles_by_theme(compared).items()
    ]
    return _obstacles(compared, rows, blank="none recorded")


def _obstacles(compared: Selection, rows: Sequence[Row], blank: str) -> Table:
    return Table(
        "obstacles",
        "",
        (Column("theme", "Theme"), *case_columns(compared.dataset, compared.cases_as_named, blank=blank)),
        tuple(rows),
        notes=(
            worded(
                compared.dataset,
                "The themes were assigned for this dataset. They are not the {briefs}' own.",
            ),
        ),
        empty="These cases have no obstacles on the same theme.",
    )


def _obstacles_by_theme(compared: Selection) -> dict[str, list[list[Finding]]]:
    """For each theme with obstacles in several of the cases, the obstacles of each case."""
    found = {
        theme: [
            [f for f in case.findings.values() if f.role == "obstacle" and f.theme == theme]
            for case in compared.cases_as_named
        ]
        for theme in compared.dataset.themes
    }
    # An obstacle of one case is nothing to compare.
    return {theme: lists for theme, lists in found.items() if sum(map(bool, lists)) > 1}
