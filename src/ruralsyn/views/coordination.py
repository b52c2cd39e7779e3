"""Findings on how the cases coordinated."""

from __future__ import annotations

from collections.abc import Iterable

from ruralsyn.dataset.model import Dataset, Finding
from ruralsyn.evidence.selection import Selection
from ruralsyn.page.document import Column, Row, Table
from ruralsyn.views.notes import not_analysed, origin_of
from ruralsyn.views.values import case_term, cites, claim, optional, term, terms

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


def ordered(dataset: Dataset, findings: Iterable[Finding]) -> list[Finding]:
    """Findings by case and, within it, from the national level to the local."""
    levels = {level: number for number, level in enumerate(dataset.levels)}
    cases = {case: number for number, case in enumerate(dataset.cases)}

    def order(finding: Finding) -> tuple[int, list[int]]:
        return cases[finding.case], [levels[level] for level in finding.levels] or [len(levels)]

    return sorted(findings, key=order)


def coordination_table(selection: Selection) -> Table:
    """The findings that match, in order."""
    dataset = selection.dataset
    return Table(
        id="coordination",
        title="Coordination",
        columns=COLUMNS,
        rows=tuple(_row(dataset, finding) for finding in ordered(dataset, selection.findings)),
        notes=(
            "Level and formality are given only where the brief states them: a filter by them leaves the "
            "others out. A formal obstacle is mostly a formal thing that was missing.",
            *not_analysed(dataset, selection.cases),
        ),
        origin=origin_of(selection),
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
