"""Cells of the evidence map: for tables, in words for screen readers, and with their effects for pages."""

from __future__ import annotations

from ruralsyn.dataset.model import Dataset, Effect, Sign
from ruralsyn.evidence.plot import Weight
from ruralsyn.evidence.source_words import worded
from ruralsyn.evidence.synthesis import Cell, Status
from ruralsyn.page.grid import Detail, GridCell
from ruralsyn.page.marks import MARKS
from ruralsyn.page.values import Term, Value
from ruralsyn.views.map_marks import BLANKS, arrow_of, counts_of, in_words, marks_of_arrow
from ruralsyn.views.map_weights import arrow_for, in_full, in_short
from ruralsyn.views.values import (
    NO_EFFECTS,
    NOT_REPORTED,
    TONES,
    benefit_term,
    cites,
    direction_words,
    risk_in_words,
)

NO_MATCH = "none match"
"""The text of a cell whose effects are all hidden by a filter."""


def cell_value(cell: Cell, weight: Weight | None = None) -> Term:
    """A cell as a table prints it: the arrow and the effects by benefit, or why there are none."""
    # The status first, so that a filter which hides all effects does not make a cell look unreported.
    if cell.status is Status.NOT_EVALUATED:
        return NO_EFFECTS
    if cell.status is Status.NOT_REPORTED:
        return NOT_REPORTED
    if not cell.effects:
        return Term("filtered", NO_MATCH, "quiet")
    # From here on there are effects. Without a direction, all of them are unclear or simulated.
    arrow = arrow_of(cell)
    glyph = arrow.glyph if arrow else ""
    counted = ", ".join(filter(None, (counts_of(cell), in_short(weight))))
    label = " ".join(part for part in (glyph, marks_of_arrow(cell), counted) if part)
    # Without a tone: a terminal has no colours for the risk of bias, and the letter says it.
    return Term(cell.direction.value if cell.direction else "unclear", label)


def grid_cell(dataset: Dataset, cell: Cell, weight: Weight | None = None) -> GridCell:
    """A cell for figures and pages, with its effects."""
    blank = next((MARKS[key].glyph for key, has in BLANKS.items() if has(cell)), "")
    if not cell.effects and not blank:
        blank = NO_MATCH
    arrow = arrow_of(cell)
    return GridCell(
        symbol=arrow.shape if arrow else "",
        # A screen reader reads the label, so a blank cell has its words here as well.
        label=", ".join((in_words(cell), *in_full(weight))) if cell.effects else blank,
        counts=counts_of(cell),
        marks=marks_of_arrow(cell),
        blank=blank,
        details=tuple(_detail(dataset, effect) for effect in cell.effects),
        arrow=arrow_for(weight) if weight else None,
        text=cell_value(cell, weight).label,
    )


def _sign(dataset: Dataset, effect: Effect) -> str | None:
    """How the direction is known; None for an effect of one's own that does not say so."""
    if effect.sign is Sign.PRINTED and dataset.file_of("effects", effect.key):
        return None
    return worded(dataset, MARKS[effect.sign].in_note or MARKS[effect.sign].words)


def _detail(dataset: Dataset, effect: Effect) -> Detail:
    benefit = dataset.benefit_of(effect)
    # The page shows one cell at a time, so the note on the sign cannot be left to the foot of a table.
    facts: dict[str, Value] = {
        "Intervention": effect.intervention,
        "Sign": _sign(dataset, effect),
        "Simulation": MARKS["simulation"].words if effect.simulated else None,
        "Sample": effect.sample,
        "Risk of bias": risk_in_words(effect),
        "Design": effect.design.value if effect.design else None,
        "Why": dataset.outcomes[effect.outcome].why,
        "Note": effect.note,
        "Source": cites(dataset, effect.source),
    }
    return Detail(
        id=effect.key,
        title=dataset.outcomes[effect.outcome].name,
        value=Term(
            benefit.value, f"{direction_words(effect)}, {benefit_term(dataset, effect).label}", TONES[benefit]
        ),
        facts=tuple((name, value) for name, value in facts.items() if value is not None),
        # The only filter for effects. All others are for the rows and columns of the page.
        facets=(("benefit", benefit.value),),
    )
