"""The nine items of the SWiM guideline for reporting a synthesis without meta-analysis."""

from __future__ import annotations

from ruralsyn.dataset.model import Sign
from ruralsyn.evidence.selection import Selection
from ruralsyn.evidence.source_words import worded
from ruralsyn.evidence.synthesis import MAJORITY, tallies
from ruralsyn.page.document import Column, Table
from ruralsyn.views.map_notes import CLEAR

COLUMNS = (
    Column("item", "Item", number=True),
    Column("name", "SWiM item", weight=2),
    Column("answer", "In this synthesis", weight=4),
)


GROUPING = (
    "Effects are grouped by the {number} domains of {briefs_grouping}. The unit is the case: a combination "
    "of programmes in a country."
)
METRIC = (
    "The direction of each effect, and whether it is good for the household: the direction compared with the "
    "one that is desired for the outcome. {Sizes_unknown}, so nothing was standardised or transformed."
)
PRIORITY = (
    "None: {included} is included. Simulations and effects with an unclear benefit are shown but not counted."
)
HETEROGENEITY = (
    "Not done here. {heterogeneity} Groupings by region, architecture or coordination come with notes on "
    "what else differs between the groups."
)


def swim_table(selection: Selection) -> Table:
    """The nine items of the SWiM guideline (Campbell et al. 2020, doi:10.1136/bmj.l6890), filled in."""
    dataset = selection.dataset
    # The guideline sets the order and the names. Numbers are worked out, to be right under every filter.
    answers = (
        (
            "Grouping studies for synthesis",
            worded(dataset, GROUPING, number=len(dataset.domains)),
        ),
        (
            "Standardised metric and transformation",
            worded(dataset, METRIC),
        ),
        (
            "Synthesis methods",
            "Effect direction plot: a case is favourable or unfavourable in a domain if at least "
            f"{MAJORITY} % of its clear effects are; otherwise it is conflicting. {CLEAR} Nothing is pooled. "
            "A sign test is run only on request.",
        ),
        (
            "Criteria to prioritise results",
            worded(dataset, PRIORITY),
        ),
        (
            "Investigation of heterogeneity",
            worded(dataset, HETEROGENEITY),
        ),
        (
            "Certainty of evidence",
            worded(dataset, "{certainty}"),
        ),
        (
            "Data presentation",
            "An evidence map by case and domain, in the order of the dataset, with counts, two kinds of "
            "blank cells and marks for cells whose direction depends on a missing sign.",
        ),
        ("Reporting results", _results(selection)),
        (
            "Limitations",
            worded(dataset, "{limitations}"),
        ),
    )
    return Table(
        id="swim",
        title="",
        columns=COLUMNS,
        rows=tuple((number, *answer) for number, answer in enumerate(answers, 1)),
        notes=("SWiM: Campbell et al. 2020, BMJ 368:l6890.",),
    )


def _results(selection: Selection) -> str:
    effects, cells = selection.effects, selection.cells
    cases = {effect.case for effect in effects}
    unprinted = sum(effect.sign is not Sign.PRINTED for effect in effects)
    simulated = sum(effect.simulated for effect in effects)
    blank = sum(tally.blank for tally in tallies(cells))
    return (
        f"{len(effects)} effects in {len(cases)} cases: {unprinted} without a printed sign, {simulated} "
        f"simulated. Of {len(cells)} cells (case by domain), {blank} are blank."
    )
