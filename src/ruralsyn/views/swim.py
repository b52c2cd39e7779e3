"""The nine items of the SWiM guideline for reporting a synthesis without meta-analysis."""

from __future__ import annotations

from ruralsyn.dataset.model import Sign
from ruralsyn.evidence.selection import Selection
from ruralsyn.evidence.synthesis import MAJORITY, tallies
from ruralsyn.page.document import Column, Table
from ruralsyn.views.map_notes import CLEAR

COLUMNS = (
    Column("item", "Item", number=True),
    Column("name", "SWiM item", weight=2),
    Column("answer", "In this synthesis", weight=4),
)


def swim_table(selection: Selection) -> Table:
    """The nine items of the SWiM guideline (Campbell et al. 2020, doi:10.1136/bmj.l6890), filled in."""
    dataset = selection.dataset
    # The guideline sets the order and the names. Numbers are worked out, to be right under every filter.
    answers = (
        (
            "Grouping studies for synthesis",
            f"Effects are grouped by the {len(dataset.domains)} domains of the general-results brief. The "
            "unit is the case: a combination of programmes in a country.",
        ),
        (
            "Standardised metric and transformation",
            "The direction of each effect, and whether it is good for the household: the direction compared "
            "with the one that is desired for the outcome. The briefs print no sizes, so nothing was "
            "standardised or transformed.",
        ),
        (
            "Synthesis methods",
            "Effect direction plot: a case is favourable or unfavourable in a domain if at least "
            f"{MAJORITY} % of its clear effects are; otherwise it is conflicting. {CLEAR} Nothing is pooled. "
            "A sign test is run only on request.",
        ),
        (
            "Criteria to prioritise results",
            "None: every effect in the brief is included. Simulations and effects with an unclear benefit "
            "are shown but not counted.",
        ),
        (
            "Investigation of heterogeneity",
            "Not done here. Where the briefs themselves say why effects differ, this is recorded among the "
            "lessons and findings. Groupings by region, architecture or coordination come with notes on "
            "what else differs between the groups.",
        ),
        (
            "Certainty of evidence",
            "Cannot be assessed: the briefs give no designs, sample sizes, estimates or risk of bias.",
        ),
        (
            "Data presentation",
            "An evidence map by case and domain, in the order of the dataset, with counts, two kinds of "
            "blank cells and marks for cells whose direction depends on a missing sign.",
        ),
        ("Reporting results", _results(selection)),
        (
            "Limitations",
            "There are only two briefs, both from one project. They list the effects that were found, not "
            "those that were looked for. Some effects have no printed sign. Interventions are labelled "
            "inconsistently. Directions say nothing about size or significance. The authors of the dataset "
            "decided which direction is good for the household; the briefs do not say so for every outcome.",
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
