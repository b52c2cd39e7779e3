"""Statements that several cases share: one statement of a brief is one finding in each case.

Programs get every finding. People see such a statement once, with all of its cases.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ruralsyn.dataset.model import Finding


def cases_by_statement(findings: Iterable[Finding]) -> dict[str, tuple[str, ...]]:
    """The cases of each statement that several of the findings share."""
    cases: dict[str, list[str]] = {}
    for finding in findings:
        if finding.statement:
            cases.setdefault(finding.statement, []).append(finding.case)
    # A filter may leave one case of a shared statement, and then nothing is repeated.
    return {statement: tuple(keys) for statement, keys in cases.items() if len(keys) > 1}


def repeats(statements: Sequence[str | None]) -> frozenset[int]:
    """The positions at which a statement occurs again. None means that a record shares no statement."""
    seen: set[str] = set()
    again = set()
    for number, statement in enumerate(statements):
        if statement in seen:
            again.add(number)
        elif statement:
            seen.add(statement)
    return frozenset(again)
