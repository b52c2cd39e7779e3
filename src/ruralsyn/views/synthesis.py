"""Counts of cases by domain under the reading rules, with tipping points, missing signs and cautions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ruralsyn.dataset.model import Case, Dataset
from ruralsyn.errors import UsageError
from ruralsyn.evidence.confounding import ATTRIBUTES
from ruralsyn.evidence.selection import Selection
from ruralsyn.evidence.source_words import worded
from ruralsyn.evidence.synthesis import (
    MAJORITY,
    Cell,
    Tally,
    has_null_results,
    sign_test,
    smallest_p,
    tallies,
    wilson_interval,
)
from ruralsyn.page.document import Block, Column, Document, Heading, Row, Table
from ruralsyn.page.text import text_of
from ruralsyn.page.values import Term, Value
from ruralsyn.page.wording import capital
from ruralsyn.views.answers import conflicting_word, synthesis_answer
from ruralsyn.views.evidence_map import GROUPS, check_grouping
from ruralsyn.views.map_notes import (
    clear,
    confounding_notes,
    label_notes,
    null_notes,
    open_sign_notes,
    open_signs,
    selection_cautions,
)
from ruralsyn.views.notes import LIMITS, blank_answer, dataset_line, origin_of
from ruralsyn.views.swim import swim_table
from ruralsyn.views.values import country_case_term

# _row() and _test_cells() give the values in the order of these columns. The short table leaves some out.
COLUMNS = (
    Column("domain", "Domain", weight=2),
    Column("favourable", "Favourable", number=True),
    Column("unfavourable", "Unfavourable", number=True),
    Column("conflicting", "Conflicting", number=True),
    Column("unclear_only", "Unclear only", number=True, spare=2),
    Column("not_reported", "Not reported", number=True, spare=3),
    Column("not_evaluated", "No effects given", number=True, spare=4),
    Column("depends_on_reading", "Depend on a missing sign", blank="none", spare=1),
    Column("blank", "Blank", number=True),
    # Programs get the tipping point and the blank cases as numbers. People read them as one text.
    Column("tipping_point", "Tipping point", human=False, number=True),
    Column("tipping", "Tipping point", machine=False, weight=2),
    Column("unprinted_only", "Unprinted signs only", blank="none", spare=1),
    Column("no_match", "No matching effects", human=False, number=True),
)
NEUTRAL_COLUMN = Column("neutral", "No change", number=True)
"""For a dataset with null results."""
ONLY_IN_FULL = ("not_reported", "not_evaluated", "depends_on_reading", "unprinted_only")
IN_ONE_COLUMN = tuple(column.key for column in (*COLUMNS, NEUTRAL_COLUMN) if column.number)
"""The numbers of cases that a narrow page has in one column."""
TEST_COLUMNS = (
    Column("tested", "Cases in test", number=True),
    Column("p", "P", blank="none", number=True, whole=True),
    Column("smallest_p", "Smallest P", blank="none", number=True),
    Column("low", "Low", human=False, number=True),
    Column("high", "High", human=False, number=True),
    Column("interval", "95 % interval", blank="none", machine=False),
)
# The first note of the table, because a P is easily read as if blanks were null results.
TEST_CAUTION = (
    "Caution: {found}. A blank is not a null result, and cases without "
    "an effect are missing from the test. With n cases, the smallest possible P is 2/2^n (column Smallest "
    "P). {Between} cases are left out. P is from the exact two-sided sign test; the interval is Wilson's, "
    "for the share of favourable cases among those in the test."
)
# The percentage is filled in from MAJORITY: no sentence may spell it out, which a test checks.
RULES = (
    "Numbers are cases. Unprinted signs only: none of the case's clear effects has a printed sign.",
    "A case is favourable or unfavourable in a domain if at least {majority} % of its clear effects are; "
    "otherwise it is {between}. Unclear and simulated effects are not counted. {clear}",
    "Tipping point: the number of blank cases that would have to turn out unfavourable or conflicting before "
    "favourable cases are no longer a majority.",
)
SHORT_RULES = (
    "Numbers are cases. Favourable: at least {majority} % of a case's clear effects are. Blank: no effect "
    "in the {briefs}, which is no null result. Tipping point: blank cases that would have to be adverse to "
    "end the majority of favourable ones.",
)


def synthesis(
    selection: Selection,
    *,
    group_by: str | None = None,
    sign_test: bool = False,
    swim: bool = False,
    full: bool = False,
) -> Table | Document:
    """The counts as a table; with `swim`, a document that also has the SWiM items."""
    table = synthesis_table(selection, group_by=group_by, test=sign_test, full=full)
    if not swim:
        return table
    blocks: tuple[Block, ...] = (
        Heading("Counts by domain"),
        table.untitled(),
        Heading("SWiM items"),
        swim_table(selection),
    )
    return Document("Synthesis", blocks, dataset_line(selection.dataset), lead=table.lead)


def synthesis_table(
    selection: Selection, *, group_by: str | None = None, test: bool = False, full: bool = False
) -> Table:
    """One row per domain, or per group and domain.

    `full` adds what is not reported, what the cases depend on, and the labels of their effects.

    Raises UsageError for a test of effects that the filter selects by their result, and for a grouping by an
    attribute that no case has.
    """
    dataset = selection.dataset
    # A test of effects that were selected by their result would only show the selection.
    if test and selection_cautions(selection.chosen):
        raise UsageError(
            "--sign-test does not work with --direction or --benefit: they select effects by their result."
        )
    check_grouping(dataset, group_by)
    cases, cells = list(selection.cases), selection.cells
    nulls = has_null_results(dataset)
    rows: list[Row] = []
    for group, members in _groups(dataset, cases, group_by).items():
        inside = [cell for cell in cells if cell.case in members]
        for tally in tallies(inside):
            front: tuple[Value, ...] = (group,) if group_by else ()
            back = (*(_test_cells(tally) if test else ()), *((tally.neutral,) if nulls else ()))
            rows.append((*front, *_row(dataset, tally), *back))
    table = Table(
        id="synthesis",
        title="Synthesis: cases by domain",
        columns=_columns(group_by, test=test, nulls=nulls),
        rows=tuple(rows),
        lead=synthesis_answer(selection) or blank_answer(selection),
        notes=(
            # Beside every P, in every format.
            *((_test_caution(dataset),) if test else ()),
            *selection_cautions(selection.chosen),
            *_reading(dataset, cells, full=full),
            *_confounding(dataset, cases, group_by),
            *(() if full else (LIMITS,)),
        ),
        origin=origin_of(selection, selection.effects),
        group_by="group" if group_by else "",
        empty="No cases match.",
        narrowed=_in_fewer_columns,
    )
    return table.hiding("blank") if full else table.hiding(*ONLY_IN_FULL)


def _reading(dataset: Dataset, cells: Sequence[Cell], *, full: bool) -> Iterator[str]:
    """How to read the counts: the rules, null results and, in full, the labels of the effects."""
    for rule in RULES if full else SHORT_RULES:
        yield worded(
            dataset, rule, majority=MAJORITY, clear=clear(dataset), between=conflicting_word(dataset)
        )
    yield from null_notes(cells, test=True)
    yield from open_sign_notes(dataset, cells) if full else _open_signs(dataset, cells)
    yield from label_notes(dataset, cells) if full else ()


def _test_caution(dataset: Dataset) -> str:
    return worded(dataset, TEST_CAUTION, Between=capital(conflicting_word(dataset)))


MIXED = "Mixed"
"""What people read over the conflicting cases of data with null results."""


def _columns(group_by: str | None, *, test: bool, nulls: bool) -> tuple[Column, ...]:
    return (
        *((Column("group", GROUPS[group_by]),) if group_by else ()),
        *(
            replace(column, label=MIXED) if nulls and column.key == "conflicting" else column
            for column in COLUMNS
        ),
        *(TEST_COLUMNS if test else ()),
        *((NEUTRAL_COLUMN,) if nulls else ()),
    )


def _in_fewer_columns(shown: Table) -> Table:
    """The table with the numbers of cases in one column: `6 favourable, 1 conflicting, 1 blank`."""
    counts = [column for column in shown.columns if column.key in IN_ONE_COLUMN]

    def joined(values: Row) -> str:
        numbers = zip(counts, values, strict=True)
        return ", ".join(f"{text_of(number)} {column.label.lower()}" for column, number in numbers if number)

    return shown.joining([column.key for column in counts], Column("counts", "Cases"), joined)


def _open_signs(dataset: Dataset, cells: Sequence[Cell]) -> tuple[str, ...]:
    named = open_signs(dataset, cells)
    return (f"Some counts depend on the missing sign for {named}.",) if named else ()


def _groups(dataset: Dataset, cases: Sequence[Case], group_by: str | None) -> dict[str, set[str]]:
    groups: dict[str, set[str]] = {}
    for case in cases:
        # Without a grouping, all cases form one group without a name.
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
    # 0 means that there is no majority to lose, so it is not shown as a number of cases.
    if tally.tipping_point == 0:
        return "favourable cases are not a majority"
    if not tally.blank:
        return f"{tally.tipping_point} (no case is blank)"
    if tally.tipping_point > tally.blank:
        return f"{tally.tipping_point} (only {tally.blank} {'is' if tally.blank == 1 else 'are'} blank)"
    return f"{tally.tipping_point} of {tally.blank} blank cases"


def _test_cells(tally: Tally) -> Row:
    # Cases that are conflicting or show no change have neither sign, so they do not enter the test.
    tested = tally.favourable + tally.unfavourable
    if tested == 0:
        # An interval needs at least one case, and P would be 1.
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
    """Notes on other differences between the groups. No sentence compares the groups."""
    if group_by is None:
        return ()
    return (
        f"The groups are not compared: they differ in more than {group_by}.",
        *confounding_notes(dataset, cases, group_by),
    )
