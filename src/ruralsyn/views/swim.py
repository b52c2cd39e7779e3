"""The SWiM sheet: the nine items for reporting a synthesis without meta-analysis, filled in."""

from __future__ import annotations

from ruralsyn.dataset.model import Sign
from ruralsyn.evidence.selection import Selection
from ruralsyn.evidence.synthesis import MAJORITY, tallies
from ruralsyn.page.document import Column, Table

COLUMNS = (
    Column("item", "Item", number=True),
    Column("name", "SWiM item", weight=2),
    Column("answer", "In this synthesis", weight=4),
)


def swim_table(selection: Selection) -> Table:
    """The nine items of the SWiM reporting guideline (Campbell et al. 2020, doi:10.1136/bmj.l6890)."""
    dataset = selection.dataset
    answers = (
        (
            "Grouping studies for synthesis",
            f"Effects are grouped by the {len(dataset.domains)} domains under which the general-results "
            "brief lists them. The unit is the case: a combination of programmes in a country.",
        ),
        (
            "Standardised metric and transformation",
            "The direction of effect and, from it and the outcome's desired direction, benefit for the "
            "household. The briefs print no sizes, so nothing could be standardised or transformed.",
        ),
        (
            "Synthesis methods",
            "Effect direction plot: a case is favourable or unfavourable in a domain if at least "
            f"{MAJORITY} % of its clear effects are, else conflicting. No pooling. A sign test only on "
            "request.",
        ),
        (
            "Criteria to prioritise results",
            "None: every effect that the brief lists is included, save that simulations and effects of "
            "unclear benefit are shown and not counted.",
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
            "two kinds and marks for directions that hang on one reading.",
        ),
        ("Reporting results", _results(selection)),
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
        f"{len(effects)} effects of {len(cases)} cases; {unprinted} without a printed sign, {simulated} "
        f"simulated. Of {len(cells)} cells of case and domain, {blank} are blank."
    )
