"""Counts of cases by domain under the reading rules, with what they can bear and what they cannot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ruralsyn.document import Block, Column, Document, Heading, Row, Table, Term, Value
from ruralsyn.errors import UsageError
from ruralsyn.model import Case, Dataset, Sign
from ruralsyn.query import Filter, select_cases, select_effects
from ruralsyn.synthesis import (
    ATTRIBUTES,
    Cell,
    Tally,
    cells_by_domain,
    sign_test,
    smallest_p,
    tallies,
    wilson_interval,
)
from ruralsyn.views.cells import closing_notes, country_case_term, dataset_line
from ruralsyn.views.evidence_map import GROUPS
from ruralsyn.views.legend import confounding_notes, hanging_notes, label_notes, selection_cautions

COLUMNS = (
    Column("domain", "Domain"),
    Column("favourable", "▲", number=True),
    Column("unfavourable", "▼", number=True),
    Column("conflicting", "◄►", number=True),
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
    "take no "
    "part. P is the exact two-sided sign test, the interval is Wilson's for the share of favourable cases."
)
RULES = (
    "▲ favourable, ▼ unfavourable, ◄► conflicting: counts of cases. A case rests on unprinted signs if none "
    "of its clear effects has a printed one.",
    "The unit is the case: it is favourable or unfavourable in a domain if at least 70 % of its clear "
    "effects "
    "are, else conflicting. Unclear and simulated effects take no part.",
    "Tipping point: how many of the cases now blank would have to be adverse (unfavourable or "
    "conflicting) for "
    "the favourable ones to be no majority.",
)


def synthesis(
    dataset: Dataset,
    chosen: Filter,
    *,
    group_by: str | None = None,
    test: bool = False,
    swim: bool = False,
) -> Table | Document:
    """The counts as a table; with `swim`, a document that has the SWiM items too."""
    table = synthesis_table(dataset, chosen, group_by=group_by, test=test)
    if not swim:
        return table
    blocks: tuple[Block, ...] = (
        Heading("Counts by domain"),
        replace(table, title=""),
        Heading("SWiM items"),
        swim_table(dataset, chosen),
    )
    return Document("Synthesis", blocks, dataset_line(dataset))


def synthesis_table(
    dataset: Dataset, chosen: Filter, *, group_by: str | None = None, test: bool = False
) -> Table:
    """A row per domain, or per group and domain.

    Raises UsageError for a test of effects that were selected by their result.
    """
    if test and selection_cautions(chosen):
        raise UsageError("--sign-test cannot go with --direction or --benefit: they select by the result.")
    cases = list(select_cases(dataset, chosen))
    cells = cells_by_domain(dataset, chosen)
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
            *selection_cautions(chosen),
            *RULES,
            *hanging_notes(dataset, cells),
            *label_notes(dataset, cells),
            *_confounding(dataset, cases, group_by),
            *closing_notes(dataset, chosen),
        ),
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


# SWiM ---------------------------------------------------------------------------------------------------

SWIM_COLUMNS = (
    Column("item", "Item", number=True),
    Column("name", "SWiM item", weight=2),
    Column("answer", "In this synthesis", weight=4),
)


def swim_table(dataset: Dataset, chosen: Filter) -> Table:
    """The nine items of the SWiM reporting guideline (Campbell et al. 2020, doi:10.1136/bmj.l6890)."""
    cells = cells_by_domain(dataset, chosen)
    answers = (
        (
            "Grouping studies for synthesis",
            f"Effects are grouped by the {len(dataset.domains)} domains under which the general-results "
            "brief "
            "lists them. The unit is the case: a combination of programmes in a country.",
        ),
        (
            "Standardised metric and transformation",
            "The direction of effect and, from it and the outcome's desired direction, benefit for the "
            "household. The briefs print no sizes, so nothing could be standardised or transformed.",
        ),
        (
            "Synthesis methods",
            "Effect direction plot: a case is favourable or unfavourable in a domain if at least 70 % of its "
            "clear effects are, else conflicting. No pooling. A sign test only on request.",
        ),
        (
            "Criteria to prioritise results",
            "None: every effect that the brief lists is included, save that simulations and effects of "
            "unclear "
            "benefit are shown and not counted.",
        ),
        (
            "Investigation of heterogeneity",
            "Not done: the briefs do not relate differences in effects to anything. Groupings by region, "
            "architecture or coordination come with what is confounded with them.",
        ),
        (
            "Certainty of evidence",
            "Cannot be assessed: the briefs print no designs, sample sizes, estimates or risk of bias.",
        ),
        (
            "Data presentation",
            "The evidence map, by case and domain in the order of the dataset, with counts, blanks of "
            "two kinds "
            "and marks for directions that hang on one reading.",
        ),
        ("Reporting results", _results(dataset, chosen, cells)),
        (
            "Limitations",
            "Two briefs of one project, which list effects found and not those sought; signs of some effects "
            "are lost; interventions are labelled unevenly; directions say nothing of size or significance; "
            "what is desired for the household is this dataset's reading.",
        ),
    )
    return Table(
        id="swim",
        title="",
        columns=SWIM_COLUMNS,
        rows=tuple((number, *answer) for number, answer in enumerate(answers, 1)),
        notes=("SWiM: Campbell et al. 2020, BMJ 368:l6890.",),
    )


def _results(dataset: Dataset, chosen: Filter, cells: Sequence[Cell]) -> str:
    effects = select_effects(dataset, chosen)
    cases = {effect.case for effect in effects}
    unprinted = sum(effect.sign is not Sign.PRINTED for effect in effects)
    simulated = sum(effect.simulated for effect in effects)
    blank = sum(tally.blank for tally in tallies(cells))
    return (
        f"{len(effects)} effects of {len(cases)} cases; {unprinted} without a printed sign, {simulated} "
        f"simulated. Of {len(cells)} cells of case and domain, {blank} are blank."
    )
