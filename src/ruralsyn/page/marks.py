"""The marks that tables, maps and pictures use: how each is written and what it means.

This is the only list of marks. Legends and notes take their words from it, figures and pages take the shapes,
terminals without Unicode get the plain glyphs, and README's list of marks is generated from it.
"""

from __future__ import annotations

from ruralsyn.record import Record


class Mark(Record, kw_only=True):
    """A mark and its meaning."""

    key: str
    of: str
    """What has the mark: `effect`, `cell` (of a map) or `citation`."""
    glyph: str
    plain: str
    """The glyph in ASCII, exactly as many characters long."""
    words: str
    """Its meaning. `{majority}` is replaced by the share of clear effects that gives a cell its direction."""
    in_note: str = ""
    """Its meaning in a note under a table, if that differs from `words`."""
    spoken: str = ""
    """What a screen reader says for a cell with this mark, after the number if the mark counts something."""
    shape: str = ""
    """The arrow that pictures draw: `up`, `down` or `sideways`. Empty for marks that are drawn as text."""
    sample: str = ""
    """What a legend shows for a mark that comes with a number. `words` explain this sample."""

    @property
    def shown(self) -> str:
        """The mark as a legend shows it."""
        return self.sample or self.glyph

    @property
    def note(self) -> str:
        """The mark and its meaning, as a note gives them."""
        return f"{self.glyph} = {self.in_note or self.words}"


_ROWS = (
    # The direction of an effect.
    Mark(key="increase", of="effect", glyph="▲", plain="^", words="the outcome rose"),
    Mark(key="decrease", of="effect", glyph="▼", plain="v", words="the outcome fell"),
    # How the direction of an effect is known.
    # A printed sign is the normal case: only the other signs need a mark.
    Mark(key="printed", of="effect", glyph="", plain="", words="a plus sign is printed"),
    Mark(
        key="supported",
        of="effect",
        glyph="†",
        plain="*",
        words="no sign is printed; the text gives the direction but does not name the case",
    ),
    Mark(
        key="inferred",
        of="effect",
        glyph="‡",
        plain="&",
        words="no sign is printed, but only one direction makes sense for this outcome",
    ),
    Mark(
        key="unresolved",
        of="effect",
        glyph="?",
        plain="?",
        words="no sign is printed, and the brief does not settle the direction",
        in_note="no sign is printed, and the brief does not settle the direction; shown as recorded",
    ),
    Mark(
        key="simulation",
        of="effect",
        glyph="(sim.)",
        plain="(sim.)",
        words="a simulation, not an evaluation; shown, but never counted",
    ),
    # What the effects of a cell show together. These are drawn as arrows, so they have a shape.
    Mark(
        key="favourable",
        of="cell",
        glyph="▲",
        plain="^",
        shape="up",
        spoken="favourable",
        words="favourable: at least {majority} % of the clear effects are good",
    ),
    Mark(
        key="unfavourable",
        of="cell",
        glyph="▼",
        plain="v",
        shape="down",
        spoken="unfavourable",
        words="unfavourable: at least {majority} % of the clear effects are bad",
    ),
    Mark(
        key="conflicting",
        of="cell",
        glyph="◄►",
        plain="<>",
        shape="sideways",
        words="conflicting: neither good nor bad effects reach {majority} %",
    ),
    # The counts in a cell. Where a mark comes with a number, the legend explains a sample.
    Mark(
        key="balance",
        of="cell",
        glyph=":",
        plain=":",
        sample="2:1",
        words="2 favourable effects and 1 unfavourable",
    ),
    Mark(
        key="unprinted",
        of="cell",
        glyph="u",
        plain="u",
        sample="u1",
        spoken="without a printed sign",
        words="1 clear effect without a printed sign",
    ),
    Mark(
        key="unclear",
        of="cell",
        glyph="~",
        plain="~",
        sample="~1",
        spoken="unclear",
        words="1 effect with unclear benefit (not counted)",
    ),
    Mark(
        key="simulated",
        of="cell",
        glyph="s",
        plain="s",
        sample="s1",
        spoken="simulated",
        words="1 simulated effect (not counted)",
    ),
    Mark(
        key="depends",
        of="cell",
        glyph="!",
        plain="!",
        spoken="depends on a missing sign",
        words="depends on a direction that the brief does not settle",
    ),
    # Blank cells. An empty cell would look like "no effect", so each kind of blank has its words.
    Mark(
        key="not-reported",
        of="cell",
        glyph="not reported",
        plain="not reported",
        words="the brief reports no effect here; there may still be one",
    ),
    Mark(
        key="not-evaluated",
        of="cell",
        glyph="no effects given",
        plain="no effects given",
        words="the briefs report no effects for this case",
    ),
    # For the map by outcome as text, which has more columns than the words have room for.
    Mark(key="not-reported-small", of="cell", glyph="·", plain=".", words="not reported"),
    Mark(key="not-evaluated-small", of="cell", glyph="—", plain="-", words="no effects given"),
    # Citations.
    Mark(key="paragraph", of="citation", glyph="¶", plain="#", words="paragraph"),
)


MARKS: dict[str, Mark] = {mark.key: mark for mark in _ROWS}

SHAPES: dict[str, str] = {mark.glyph: mark.shape for mark in _ROWS if mark.shape}
"""The shape that a picture draws in place of a glyph."""


def in_ascii() -> dict[str, str]:
    """The ASCII substitute for each character of the marks that ASCII lacks."""
    # One character for one: a table keeps its columns aligned when it is written in ASCII.
    return {
        char: plain
        for mark in MARKS.values()
        for char, plain in zip(mark.glyph, mark.plain, strict=True)
        if not char.isascii()
    }
