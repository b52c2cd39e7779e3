"""Findings on how the cases coordinated."""

from __future__ import annotations

from ruralsyn.document import Column, Row, Table
from ruralsyn.model import Dataset, Finding
from ruralsyn.query import Filter, select_cases, select_findings
from ruralsyn.views.cells import (
    case_term,
    cites,
    claim,
    closing_notes,
    not_analysed,
    optional,
    term,
    terms,
)

COLUMNS = (
    Column("finding", "Finding", human=False),
    Column("case", "Case"),
    Column("country", "Country", spare=3),
    Column("levels", "Level", blank="not stated"),
    Column("formality", "Formality", blank="not stated"),
    Column("role", "Role"),
    Column("text", "Finding", weight=3),
    Column("source", "Source", human=False),
    Column("theme", "Theme", blank="none", human=False),
    Column("note", "Note", human=False),
)


def ordered_findings(dataset: Dataset, chosen: Filter) -> list[Finding]:
    """The findings that match, by case and, within it, from the national level to the local."""
    levels = list(dataset.levels)
    cases = list(dataset.cases)

    def order(finding: Finding) -> tuple[int, list[int]]:
        return cases.index(finding.case), [levels.index(level) for level in finding.levels] or [len(levels)]

    return sorted(select_findings(dataset, chosen), key=order)


def coordination_table(dataset: Dataset, chosen: Filter) -> Table:
    """The findings that match, in order."""
    return Table(
        id="coordination",
        title="Coordination",
        columns=COLUMNS,
        rows=tuple(_row(dataset, finding) for finding in ordered_findings(dataset, chosen)),
        notes=(
            "Level and formality are given only where the brief states them: a filter by them leaves the "
            "others out. A formal obstacle is mostly a formal thing that was missing.",
            *not_analysed(dataset, select_cases(dataset, chosen)),
            *closing_notes(dataset, chosen),
        ),
        group_by=("case", "levels"),
        empty="No findings match.",
    )


def _row(dataset: Dataset, finding: Finding) -> Row:
    return (
        finding.key,
        case_term(dataset.cases[finding.case]),
        term(dataset.country_of(finding.case)),
        terms(dataset.levels, finding.levels),
        optional(dataset.formality, finding.formality),
        term(dataset.roles[finding.role]),
        claim(dataset, finding),
        cites(dataset, finding.source),
        optional(dataset.themes, finding.theme),
        finding.note,
    )
