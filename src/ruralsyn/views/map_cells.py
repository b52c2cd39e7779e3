"""Cells of the evidence map: for tables, in words for screen readers, and with their effects for pages."""

from __future__ import annotations

from ruralsyn.dataset.model import Dataset, Effect
from ruralsyn.evidence.synthesis import Cell, Status, Summary
from ruralsyn.page.grid import Detail, GridCell
from ruralsyn.page.marks import MARKS
from ruralsyn.page.values import Term, Value
from ruralsyn.views.map_marks import BLANKS, counts_of, flags_of, marks_in_words
from ruralsyn.views.values import NO_EFFECTS, TONES, benefit_term, cites

SUMMARY_TONES = {Summary.FAVOURABLE: "good", Summary.UNFAVOURABLE: "bad", Summary.CONFLICTING: "unsure"}
NO_MATCH = "none match"
"""The text of a cell whose effects are all hidden by a filter."""


def cell_value(dataset: Dataset, cell: Cell, no_effects: str = NO_EFFECTS.label) -> Term | None:
    """A cell as a table prints it: arrow, counts and marks; None where nothing is reported.

    `no_effects` is printed for a case to which the briefs give no effects.
    """
    # The status first, so that a filter which hides all effects does not make a cell look unreported.
    if cell.status is Status.NOT_EVALUATED:
        return Term(cell.status.value, no_effects, NO_EFFECTS.tone)
    if cell.status is Status.NOT_REPORTED:
        return None
    if not cell.effects:
        return Term("filtered", NO_MATCH, "quiet")
    # From here on there are effects. Without a direction, all of them are unclear or simulated.
    arrow = MARKS[cell.direction].glyph if cell.direction else ""
    tone = SUMMARY_TONES[cell.direction] if cell.direction else "unsure"
    label = " ".join(part for part in (arrow, counts_of(dataset, cell), flags_of(dataset, cell)) if part)
    return Term(cell.direction.value if cell.direction else "unclear", label, tone)


def grid_cell(dataset: Dataset, cell: Cell) -> GridCell:
    """A cell for figures and pages, with its effects."""
    blank = next((MARKS[key].glyph for key, has in BLANKS.items() if has(dataset, cell)), "")
    if not cell.effects and not blank:
        blank = NO_MATCH
    return GridCell(
        symbol=MARKS[cell.direction].shape if cell.direction else "",
        # A screen reader reads the label, so a blank cell has its words here as well.
        label=_in_words(dataset, cell) or blank,
        counts=counts_of(dataset, cell),
        marks=flags_of(dataset, cell),
        blank=blank,
        details=tuple(_detail(dataset, effect) for effect in cell.effects),
    )


def _in_words(dataset: Dataset, cell: Cell) -> str:
    if not cell.effects:
        return ""
    direction = cell.direction.value if cell.direction else "no clear direction"
    return ", ".join((direction, *marks_in_words(dataset, cell)))


def _detail(dataset: Dataset, effect: Effect) -> Detail:
    benefit = dataset.benefit_of(effect)
    # The page shows one cell at a time, so the note on the sign cannot be left to the foot of a table.
    facts: dict[str, Value] = {
        "Intervention": effect.intervention,
        "Sign": MARKS[effect.sign].in_note or MARKS[effect.sign].words,
        "Simulation": MARKS["simulation"].words if effect.simulated else None,
        "Why": dataset.outcomes[effect.outcome].why,
        "Note": effect.note,
        "Source": cites(dataset, effect.source),
    }
    return Detail(
        id=effect.key,
        title=dataset.outcomes[effect.outcome].name,
        value=Term(
            benefit.value, f"{effect.direction.value}, {benefit_term(dataset, effect).label}", TONES[benefit]
        ),
        facts=tuple((name, value) for name, value in facts.items() if value is not None),
        # The only filter for effects. All others are for the rows and columns of the page.
        facets=(("benefit", benefit.value),),
    )
