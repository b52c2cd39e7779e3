"""Findings on how the cases coordinated."""

from __future__ import annotations

from collections.abc import Iterable

from ruralsyn.dataset.model import Dataset, Finding
from ruralsyn.evidence.selection import Selection
from ruralsyn.page.document import Column, Table
from ruralsyn.views.columns import RecordColumns, heads, record_rows
from ruralsyn.views.notes import not_analysed, origin_of
from ruralsyn.views.values import case_term, cites, claim, optional, term, terms

COLUMNS: RecordColumns = (
    (Column("finding", "Finding", human=False), lambda _, finding: finding.key),
    (Column("case", "Case"), lambda dataset, finding: case_term(dataset.cases[finding.case])),
    (Column("country", "Country", spare=3), lambda dataset, finding: term(dataset.country_of(finding.case))),
    (
        Column("levels", "Level", blank="not stated"),
        lambda dataset, finding: terms(dataset.levels, finding.levels),
    ),
    (
        Column("formality", "Formality", blank="not stated"),
        lambda dataset, finding: optional(dataset.formality, finding.formality),
    ),
    (Column("role", "Role"), lambda dataset, finding: term(dataset.roles[finding.role])),
    (Column("text", "Finding", weight=3), lambda dataset, finding: claim(dataset, finding)),
    (Column("source", "Source", human=False), lambda dataset, finding: cites(dataset, finding.source)),
    (
        Column("theme", "Theme", blank="none", human=False),
        lambda dataset, finding: optional(dataset.themes, finding.theme),
    ),
    (Column("note", "Note", human=False), lambda _, finding: finding.note),
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
        columns=heads(COLUMNS),
        rows=record_rows(COLUMNS, dataset, ordered(dataset, selection.findings)),
        notes=(
            "Level and formality are given only where the brief states them: a filter by them leaves the "
            "others out. A formal obstacle is mostly a formal thing that was missing.",
            *not_analysed(dataset, selection.cases),
        ),
        origin=origin_of(selection),
        group_by=("case", "levels"),
        empty="No findings match.",
    )
