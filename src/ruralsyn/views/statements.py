"""Statements that several cases share: one statement of a brief is one finding in each case.

Programs get every finding. People see such a statement once, with all of its cases.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ruralsyn.dataset.model import Finding

Statements = dict[str, list[Finding]]
"""Shared statements by their ids, each with the findings that make it, one in each case."""


def shared_statements(findings: Iterable[Finding]) -> Statements:
    """The statements that several of the findings share."""
    found: Statements = {}
    for finding in findings:
        if finding.statement:
            found.setdefault(finding.statement, []).append(finding)
    # A filter may leave one case of a shared statement, and then nothing is repeated.
    return {statement: sharing for statement, sharing in found.items() if len(sharing) > 1}


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
