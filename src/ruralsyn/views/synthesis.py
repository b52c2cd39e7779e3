"""Counts of cases by domain under the reading rules, with what they depend on and what they cannot say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ruralsyn.dataset.model import Case, Dataset
from ruralsyn.errors import UsageError
from ruralsyn.evidence.confounding import ATTRIBUTES
from ruralsyn.evidence.selection import Selection
from ruralsyn.evidence.synthesis import (
    MAJORITY,
    Summary,
    Tally,
    sign_test,
    smallest_p,
    tallies,
    wilson_interval,
)
from ruralsyn.page.document import Block, Column, Document, Heading, Row, Table
from ruralsyn.page.marks import MARKS
from ruralsyn.page.values import Term, Value
from ruralsyn.views.evidence_map import GROUPS
from ruralsyn.views.map_notes import confounding_notes, hanging_notes, label_notes, selection_cautions
from ruralsyn.views.notes import dataset_line, origin_of
from ruralsyn.views.swim import swim_table
from ruralsyn.views.values import country_case_term

COLUMNS = (
    Column("domain", "Domain"),
    Column("favourable", MARKS["favourable"].glyph, number=True),
    Column("unfavourable", MARKS["unfavourable"].glyph, number=True),
    Column("conflicting", MARKS["conflicting"].glyph, number=True),
    Column("unclear_only", "Unclear only", number=True, spare=2),
    Column("not_reported", "Not reported", number=True, spare=3),
    Column("not_evaluated", "Not evaluated", number=True, spare=4),
    Column("depends_on_reading", "Hang on one reading", blank="none", spare=1),
    Column("blank", "Blank", human=False, number=True),
    Column("tipping_point", "Tipping point", human=False, number=True),
    Column("tipping", "Tipping point", machine=False),
    Column("unprinted_only", "Rest on unprinted signs", blank="none", spare=1),
    Column("no_match", "None that match", human=False, number=True),
)
TEST_COLUMNS = (
    Column("tested", "Cases in test", number=True),
    Column("p", "P", blank="none", number=True, whole=True),
    Column("smallest_p", "Smallest P", blank="none", number=True),
    Column("low", "Low", human=False, number=True),
    Column("high", "High", human=False, number=True),
    Column("interval", "95 % interval", blank="none", machine=False),
)
TEST_CAUTION = (
    "Caution: the briefs list effects found, so blanks are not nulls and cases without an effect are missing "
    "from the test; with n cases no P can be smaller than 2/2^n, printed beside it. Conflicting cases "
    "take no part. P is the exact two-sided sign test, the interval is Wilson's for the share of favourable "
    "cases."
)
GLYPHS = {key: MARKS[key].glyph for key in Summary}
RULES = (
    "{favourable} favourable, {unfavourable} unfavourable, {conflicting} conflicting: counts of cases. "
    "A case rests on unprinted signs if none of its clear effects has a printed one.",
    "The unit is the case: it is favourable or unfavourable in a domain if at least {majority} % of its "
    "clear effects are, else conflicting. Unclear and simulated effects take no part.",
    "Tipping point: how many of the cases now blank would have to be adverse (unfavourable or "
    "conflicting) for the favourable ones to be no majority.",
)


def synthesis(
    selection: Selection, *, group_by: str | None = None, sign_test: bool = False, swim: bool = False
) -> Table | Document:
    """The counts as a table; with `swim`, a document that has the SWiM items too."""
    table = synthesis_table(selection, group_by=group_by, test=sign_test)
    if not swim:
        return table
    blocks: tuple[Block, ...] = (
        Heading("Counts by domain"),
        replace(table, title=""),
        Heading("SWiM items"),
        swim_table(selection),
    )
    return Document("Synthesis", blocks, dataset_line(selection.dataset))


def synthesis_table(selection: Selection, *, group_by: str | None = None, test: bool = False) -> Table:
    """A row per domain, or per group and domain.

    Raises UsageError for a test of effects that were selected by their result.
    """
    dataset = selection.dataset
    if test and selection_cautions(selection.chosen):
        raise UsageError("--sign-test cannot go with --direction or --benefit: they select by the result.")
    cases, cells = list(selection.cases), selection.cells
    groups = _groups(dataset, cases, group_by)
    rows: list[Row] = []
    for group, members in groups.items():
        inside = [cell for cell in cells if cell.case in members]
        for tally in tallies(inside):
            front: tuple[Value, ...] = (group,) if group_by else ()
            back = _test_cells(tally) if test else ()
            rows.append((*front, *_row(dataset, tally), *back))
    group_column = (Column("group", GROUPS[group_by]),) if group_by else ()
    return Table(
        id="synthesis",
        title="Synthesis: cases by domain",
        columns=(*group_column, *COLUMNS, *(TEST_COLUMNS if test else ())),
        rows=tuple(rows),
        notes=(
            *((TEST_CAUTION,) if test else ()),
            *selection_cautions(selection.chosen),
            *(rule.format(majority=MAJORITY, **GLYPHS) for rule in RULES),
            *hanging_notes(dataset, cells),
            *label_notes(dataset, cells),
            *_confounding(dataset, cases, group_by),
        ),
        origin=origin_of(selection),
        group_by=("group",) if group_by else (),
        empty="No cases match.",
    )


def _groups(dataset: Dataset, cases: Sequence[Case], group_by: str | None) -> dict[str, set[str]]:
    groups: dict[str, set[str]] = {}
    for case in cases:
        name = (ATTRIBUTES[group_by](dataset, case) or "Not analysed") if group_by else ""
        groups.setdefault(name, set()).add(case.id)
    return groups


def _row(dataset: Dataset, tally: Tally) -> Row:
    return (
        Term(tally.domain, dataset.domains[tally.domain].short),
        tally.favourable,
        tally.unfavourable,
        tally.conflicting,
        tally.unclear_only,
        tally.not_reported,
        tally.not_evaluated,
        _case_terms(dataset, tally.depends_on_reading),
        tally.blank,
        tally.tipping_point,
        _tipping(tally),
        _case_terms(dataset, tally.unprinted_only),
        tally.no_match,
    )


def _case_terms(dataset: Dataset, keys: Sequence[str]) -> tuple[Term, ...]:
    return tuple(country_case_term(dataset, key) for key in keys)


def _tipping(tally: Tally) -> str:
    if tally.tipping_point == 0:
        return "no majority of favourable cases"
    if not tally.blank:
        return f"{tally.tipping_point}, and no case is blank"
    if tally.tipping_point > tally.blank:
        return f"{tally.tipping_point}, more than the {tally.blank} blank"
    return f"{tally.tipping_point} of the {tally.blank} blank"


def _test_cells(tally: Tally) -> Row:
    tested = tally.favourable + tally.unfavourable
    if tested == 0:
        return (0, None, None, None, None, None)
    interval = wilson_interval(tally.favourable, tested)
    return (
        tested,
        round(sign_test(tally.favourable, tested), 5),
        round(smallest_p(tested), 5),
        round(interval.low, 3),
        round(interval.high, 3),
        f"{100 * interval.low:.1f} to {100 * interval.high:.1f} %",
    )


def _confounding(dataset: Dataset, cases: list[Case], group_by: str | None) -> tuple[str, ...]:
    """Differences that go with the grouping; no sentence compares the groups."""
    if group_by is None:
        return ()
    return (
        f"The groups are not compared: they differ in more than {group_by}.",
        *confounding_notes(dataset, cases, group_by),
    )
