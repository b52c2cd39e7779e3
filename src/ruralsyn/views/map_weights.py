"""The size, the colour and the number of the map's arrows, and what explains them."""

from __future__ import annotations

from collections.abc import Sequence

from ruralsyn.dataset.model import Dataset, Effect
from ruralsyn.evidence.plot import RISKS, SIZES, Scale, Weight, scale_of
from ruralsyn.evidence.source_words import worded
from ruralsyn.page.grid import Arrow
from ruralsyn.page.wording import verb

CONSERVATIVE = "Where the effects behind an arrow differ, the {what} stands."
WHAT = {"samples": "smallest sample", "risks": "highest risk of bias"}


def arrow_for(weight: Weight) -> Arrow:
    """The look of a cell's arrow."""
    size, risk = weight.size, weight.risk
    return Arrow(
        key="",
        scale=size.scale if size else 1.0,
        colour=risk.colour if risk else "",
        letter=risk.letter if risk else "",
        number=str(weight.effects),
    )


def in_short(weight: Weight | None) -> str:
    """The risk and the sample, as a table has them: `low risk, n over 300`; empty without a weight.

    Not by letters: beside the words for sizes, L and S would be read as large and small.
    """
    if weight is None:
        return ""
    parts = (weight.risk.short if weight.risk else "", weight.size.short if weight.size else "")
    return ", ".join(filter(None, parts))


def in_full(weight: Weight | None) -> tuple[str, ...]:
    """The risk and the sample in words, for screen readers."""
    if weight is None:
        return ()
    return (
        *((weight.risk.words,) if weight.risk else ()),
        *((f"{weight.size.key} sample",) if weight.size else ()),
    )


def legend_arrows(scale: Scale) -> tuple[tuple[Arrow, str], ...]:
    """An arrow of each class and what it means, for pictures."""
    if not scale.is_used:
        return ()
    sizes = [(Arrow(size.key, scale=size.scale), f"{SAMPLE}: {size.words}") for size in SIZES]
    risks = [(Arrow(risk.key, colour=risk.colour, letter=risk.letter), risk.words) for risk in RISKS.values()]
    return (
        (Arrow("number", number="2"), "the number of clear effects behind the arrow"),
        *(sizes if scale.samples else ()),
        *(risks if scale.risks else ()),
    )


SAMPLE = "intervention group"


def weight_notes(weights: Sequence[Weight | None], scale: Scale) -> tuple[str, ...]:
    """What the words for risk and sample mean and which of them stand where effects differ, in one line."""
    found = [weight for weight in weights if weight is not None]
    if not found:
        return ()
    parts = [
        *(["risk = risk of bias"] if scale.risks else []),
        *([f"n = sample of the {SAMPLE}"] if scale.samples else []),
    ]
    return (f"{'; '.join(parts)}. {conservative(scale)}",)


def conservative(scale: Scale) -> str:
    """Which sample and which risk an arrow shows where its effects differ."""
    shown = {"samples": scale.samples, "risks": scale.risks}
    return CONSERVATIVE.format(what=" and the ".join(WHAT[key] for key, has in shown.items() if has))


def lacking_notes(effects: Sequence[Effect]) -> tuple[str, ...]:
    """Why arrows have one size or no colour although some of the effects have a sample or a risk of bias."""
    notes = []
    for what, said, given in (
        ("Arrows have one size", "sample", [effect.sample is not None for effect in effects]),
        ("Arrows have no colour", "risk of bias", [effect.risk_of_bias is not None for effect in effects]),
    ):
        if any(given) and not all(given):
            first, number = effects[given.index(False)].key, given.count(False)
            lacks = f"{number} of {len(effects)} effects {verb(number, 'has', 'have')} no {said}"
            notes.append(f"{what}: {lacks}, such as {first}.")
        elif not any(given) and scale_of(effects).is_used:
            notes.append(f"{what}: no effect has a {said}.")
    return tuple(notes)


def look_of_arrows(dataset: Dataset, scale: Scale) -> str:
    """Why arrows look as they do: what size and colour say, or why they say nothing."""
    if not scale.is_used:
        return worded(dataset, SAME_LOOK)
    return f"{conservative(scale)} {NO_SIZES}"


SAME_LOOK = "All arrows are the same size and uncoloured, because {quality_unknown}."
NO_SIZES = "Neither size nor colour says how large or how significant an effect is."
