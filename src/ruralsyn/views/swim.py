"""The nine items of the SWiM guideline for reporting a synthesis without meta-analysis."""

from __future__ import annotations

from collections import Counter
from typing import Any

from ruralsyn.dataset.model import Sign
from ruralsyn.evidence.plot import scale_of
from ruralsyn.evidence.selection import Selection
from ruralsyn.evidence.source_words import worded
from ruralsyn.evidence.synthesis import MAJORITY, tallies
from ruralsyn.page.document import Column, Table
from ruralsyn.page.wording import capital, listed
from ruralsyn.views.answers import conflicting_word
from ruralsyn.views.map_notes import clear, null_notes

COLUMNS = (
    Column("item", "Item", number=True),
    Column("name", "SWiM item", weight=2),
    Column("answer", "In this synthesis", weight=4),
)


GROUPING = "Effects are grouped by the {number} domains of {briefs_grouping}. The unit is the case: {unit}."
METRIC = (
    "The direction of each effect, and whether it is good for the household: the direction compared with the "
    "one that is desired for the outcome. {Sizes_unknown}, so nothing was standardised or transformed."
)
PRIORITY = (
    "None: {included} is included. Simulations and effects with an unclear benefit are shown but not counted."
)
PRESENTATION = "An evidence map by case and domain, in the order of the dataset, with counts{blanks}."
HETEROGENEITY = (
    "Not done here. {heterogeneity}Groupings by region, architecture or coordination come with notes on "
    "what else differs between the groups."
)


def swim_table(selection: Selection) -> Table:
    """The nine items of the SWiM guideline (Campbell et al. 2020, doi:10.1136/bmj.l6890), filled in."""
    dataset = selection.dataset
    nulls = "".join(f"{note} " for note in null_notes(selection.cells, test=True))
    # The guideline sets the order and the names. Numbers are worked out, to be right under every filter.
    answers = (
        ("Grouping studies for synthesis", worded(dataset, GROUPING, number=len(dataset.domains))),
        ("Standardised metric and transformation", worded(dataset, METRIC)),
        (
            "Synthesis methods",
            "Effect direction plot: a case is favourable or unfavourable in a domain if at least "
            f"{MAJORITY} % of its clear effects are; otherwise it is {conflicting_word(dataset)}. "
            f"{clear(dataset)} {nulls}Nothing is "
            "pooled. A sign test is run only on request.",
        ),
        ("Criteria to prioritise results", worded(dataset, PRIORITY)),
        ("Investigation of heterogeneity", worded(dataset, HETEROGENEITY)),
        ("Certainty of evidence", _certainty(selection)),
        (
            "Data presentation",
            worded(dataset, PRESENTATION) + _drawn(selection),
        ),
        ("Reporting results", _results(selection)),
        ("Limitations", worded(dataset, "{limitations}")),
    )
    return Table(
        id="swim",
        title="",
        columns=COLUMNS,
        rows=tuple((number, *answer) for number, answer in enumerate(answers, 1)),
        notes=("SWiM: Campbell et al. 2020, BMJ 368:l6890.",),
    )


def _certainty(selection: Selection) -> str:
    """What is given of designs, samples and risk of bias, and of how many of the effects."""
    effects = selection.effects
    samples = sum(effect.sample is not None for effect in effects)
    designs = Counter(effect.design for effect in effects if effect.design)
    risks = Counter(effect.risk_of_bias for effect in effects if effect.risk_of_bias)
    tools = Counter(effect.bias_tool for effect in effects if effect.risk_of_bias and effect.bias_tool)
    given = [
        *([f"the sample of {samples}"] if samples else []),
        *([f"the risk of bias of {risks.total()} ({_numbers(risks)})"] if risks else []),
        *([f"the design of {designs.total()} ({_numbers(designs)})"] if designs else []),
    ]
    if not given:
        return worded(selection.dataset, "{certainty}")
    judged = f" The risk of bias was judged with {listed(tools)}." if tools else ""
    return f"Known of {len(effects)} effects: {listed(given)}.{judged} Certainty itself is not rated here."


def _numbers(counted: Counter[Any]) -> str:
    """How many there are of each, the most first: `9 low, 4 some`."""
    return ", ".join(f"{number} {kind}" for kind, number in counted.most_common())


def _drawn(selection: Selection) -> str:
    """What the arrows of the map say besides the direction, as a sentence; empty if nothing."""
    scale = scale_of(selection.effects)
    drawn = [
        *(["the size of an arrow shows the sample of the intervention group"] if scale.samples else []),
        *(["the colour and the letter of an arrow show its risk of bias"] if scale.risks else []),
    ]
    return f" {capital(listed(drawn))}." if drawn else ""


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
