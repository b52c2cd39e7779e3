"""Findings on how the cases coordinated."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import replace

from ruralsyn.dataset.model import Basis, Dataset, Entry, Finding
from ruralsyn.evidence.selection import Selection
from ruralsyn.evidence.source_words import worded
from ruralsyn.page.document import Column, Row, Table
from ruralsyn.page.text import text_of
from ruralsyn.page.values import Term
from ruralsyn.page.wording import capital, count, word
from ruralsyn.views.answers import about, coordination_answer
from ruralsyn.views.columns import RecordColumns, file_column, heads, iso3_column, record_rows, replaced
from ruralsyn.views.notes import not_analysed, origin_of
from ruralsyn.views.statements import Statements, repeats, shared_statements
from ruralsyn.views.values import case_in_prose, case_names, cites, claim, country_case_term, optional, term

COLUMNS: RecordColumns = (
    (Column("finding", "Finding", human=False), lambda _, finding: finding.key),
    (Column("case", "Case"), lambda dataset, finding: country_case_term(dataset, finding.case)),
    # The name of a case begins with its country, so people need no column for it.
    (
        Column("country", "Country", human=False),
        lambda dataset, finding: term(dataset.country_of(finding.case)),
    ),
    (
        Column("levels", "Level", blank="not stated"),
        lambda dataset, finding: level_terms(dataset, finding),
    ),
    (
        Column("formality", "Formality", blank="not stated", human=False),
        lambda dataset, finding: optional(dataset.formality, finding.formality),
    ),
    (Column("role", "Role"), lambda dataset, finding: Term(finding.role, role_in_words(dataset, finding))),
    (Column("text", "Finding", weight=4), lambda _, finding: finding.text),
    (Column("source", "{Location}", spare=9), lambda dataset, finding: cites(dataset, finding.source)),
    (
        Column("theme", "Theme", blank="none", human=False),
        lambda dataset, finding: optional(dataset.themes, finding.theme),
    ),
    (Column("note", "Note", human=False), lambda _, finding: finding.note),
    (Column("headline", "Headline", human=False), lambda _, finding: finding.headline),
    (Column("level_basis", "Basis of level", human=False), lambda _, finding: _basis(finding)),
    (Column("statement", "Statement", human=False), lambda _, finding: finding.statement),
    *iso3_column(lambda dataset, finding: dataset.country_of(finding.case)),
    *file_column("findings", lambda finding: finding.key),
)
FULL_COLUMNS = replaced(COLUMNS, "text", lambda dataset, finding: claim(dataset, finding, full=True))
MOST_SHOWN = 10
"""Up to this many findings are all shown; of more only the headline findings."""


def role_in_words(dataset: Dataset, finding: Finding) -> str:
    """The role of a finding with its formality: `Mechanism (informal)`."""
    formality = formality_of(dataset, finding)
    role = dataset.roles[finding.role].name
    return f"{role} ({formality.name.lower()})" if formality else role


def level_terms(dataset: Dataset, finding: Finding) -> tuple[Term, ...]:
    """The levels of a finding, marked where the brief does not state them."""
    implied = " (implied)" if finding.basis_of_levels is Basis.IMPLIED else ""
    return tuple(Term(key, f"{dataset.levels[key].name}{implied}") for key in finding.levels)


def _basis(finding: Finding) -> str | None:
    return finding.basis_of_levels.value if finding.basis_of_levels else None


def formality_of(dataset: Dataset, finding: Finding) -> Entry | None:
    """The formality that people read; none for an obstacle.

    An obstacle is often a formal mechanism that was missing, so "formal obstacle" would mislead.
    """
    return dataset.formality[finding.formality] if finding.formality and finding.role != "obstacle" else None


def ordered(
    dataset: Dataset, findings: Iterable[Finding], shared: Container[str | None] = ()
) -> list[Finding]:
    """Findings by case and, within a case, from the national level to the local.

    Those of shared statements come last within a case: their longer list of cases would split its rows.
    """
    # By their place in the dataset: in alphabetical order the national level would come last.
    levels = {level: number for number, level in enumerate(dataset.levels)}
    cases = {case: number for number, case in enumerate(dataset.cases)}

    def order(finding: Finding) -> tuple[int, bool, list[int]]:
        # A list, because a finding can have several levels. Without any it comes after all of them.
        of_levels = [levels[level] for level in finding.levels] or [len(levels)]
        return cases[finding.case], finding.statement in shared, of_levels

    return sorted(findings, key=order)


def coordination_table(selection: Selection, *, full: bool = False) -> Table:
    """The findings that match, in order: people see the headline findings of many, or all in `full`."""
    dataset = selection.dataset
    shared = shared_statements(selection.findings)
    findings = ordered(dataset, selection.findings, shared)
    # The positions are those of the rows, so the findings are in their order by now.
    again = repeats([finding.statement for finding in findings])
    hidden = again if full else again | _not_headline(findings, again)
    table = Table(
        id="coordination",
        title="Coordination",
        columns=heads(COLUMNS, dataset),
        rows=_rows(dataset, findings, shared, full=full),
        # The sentence names the roles itself.
        lead=coordination_answer(dataset, about(dataset, replace(selection.chosen, roles=())), findings),
        notes=(
            *_how_many(len(findings) - len(again), len(findings) - len(hidden)),
            *not_analysed(dataset, selection.cases),
            *((worded(dataset, LEVELS_AND_FORMALITY),) if full else _implied(dataset, findings)),
        ),
        origin=origin_of(selection, findings),
        group_by="case",
        once="levels",
        empty="No findings match.",
        hidden=hidden,
        narrowed=_in_fewer_columns,
    )
    return _said_once(dataset, table, findings)


def _said_once(dataset: Dataset, table: Table, findings: Sequence[Finding]) -> Table:
    """The table without a case or a role that all of its rows have; its title says it."""
    cases, kinds = ({finding.case for finding in findings}, {role_in_words(dataset, f) for f in findings})
    parts = []
    if len(kinds) == 1:
        table = table.hiding("role")
        parts.append(f"{dataset.roles[findings[0].role].name.lower()}s")
    if len(cases) == 1:
        table = table.hiding("case")
        parts.append(case_in_prose(dataset, dataset.cases[findings[0].case]))
    return replace(table, title=": ".join(("Coordination", *([", ".join(parts)] if parts else []))))


def _in_fewer_columns(shown: Table) -> Table:
    """The table with the level and the role of a finding in one column: `Local: Mechanism`."""
    return shown.joining(("levels", "role"), Column("kind", "Level and role"), _level_and_role)


def _level_and_role(values: Row) -> str:
    return ": ".join(text_of(value, "not stated") for value in values)


LEVELS_AND_FORMALITY = (
    "Level and formality are given only where the {brief} states them. 'Implied' means that the level "
    "follows from the kind of body. A filter by level or formality leaves out findings without one. A formal "
    "obstacle is a formal mechanism that was missing."
)


def _not_headline(findings: Sequence[Finding], again: frozenset[int]) -> frozenset[int]:
    """The positions of findings that a short page leaves out: none if there are few or no headlines."""
    if len(findings) - len(again) <= MOST_SHOWN or not any(finding.headline for finding in findings):
        return frozenset()
    return frozenset(number for number, finding in enumerate(findings) if not finding.headline)


def _how_many(every: int, shown: int) -> tuple[str, ...]:
    if shown == every:
        return ()
    return (
        f"Shown: the {count(shown, 'headline finding')}, chosen for this dataset. "
        f"{capital(word(every - shown))} more with --full.",
    )


IMPLIED = "Implied: the {brief} names no level; it follows from the kind of body."


def _implied(dataset: Dataset, findings: Sequence[Finding]) -> tuple[str, ...]:
    found = any(one.basis_of_levels is Basis.IMPLIED for one in findings)
    return (worded(dataset, IMPLIED),) if found else ()


def _rows(dataset: Dataset, findings: list[Finding], shared: Statements, *, full: bool) -> tuple[Row, ...]:
    """A row for each finding. The row of a shared statement shows people all of its cases."""
    rows = record_rows(FULL_COLUMNS if full else COLUMNS, dataset, findings)
    return tuple(
        _with_cases(dataset, row, finding, shared[finding.statement])
        if finding.statement and finding.statement in shared
        else row
        for row, finding in zip(rows, findings, strict=True)
    )


def _with_cases(dataset: Dataset, row: Row, finding: Finding, sharing: list[Finding]) -> Row:
    key, _, *others = row  # COLUMNS begins with finding and case.
    # Programs read the id of a Term, so each row keeps its own case.
    return (
        key,
        Term(finding.case, case_names(dataset, [dataset.cases[each.case] for each in sharing])),
        *others,
    )
