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
    """Its meaning. `{majority}` is replaced by the share of clear effects that gives a cell its direction,
    and `{brief}` and the like by the words for the sources."""
    in_note: str = ""
    """Its meaning in a note under a table, if that differs from `words`."""
    short: str = ""
    """The mark for a narrow terminal, for marks that are words."""
    shape: str = ""
    """The arrow that pictures draw: `up`, `down` or `sideways`. Empty for marks that are drawn as text."""

    @property
    def note(self) -> str:
        """The mark and its meaning, as a note gives them."""
        return f"{self.glyph} = {self.in_note or self.words}"


_ROWS = (
    # The direction of an effect.
    Mark(key="increase", of="effect", glyph="▲", plain="^", words="the outcome rose"),
    Mark(key="decrease", of="effect", glyph="▼", plain="v", words="the outcome fell"),
    Mark(key="none", of="effect", glyph="=", plain="=", words="the outcome did not change"),
    # How the direction of an effect is known.
    # A printed sign is the normal case: only the other signs need a mark.
    Mark(key="printed", of="effect", glyph="", plain="", words="a plus sign is printed"),
    Mark(
        key="supported",
        of="effect",
        glyph="†",
        plain="*",
        words="no sign is printed; the text gives the direction{but_unnamed}",
        in_note="no sign printed; the text says which way{unnamed}",
    ),
    Mark(
        key="inferred",
        of="effect",
        glyph="‡",
        plain="&",
        words="no sign is printed, but only one direction makes sense for this outcome",
        in_note="no sign printed; only one direction makes sense",
    ),
    Mark(
        key="unresolved",
        of="effect",
        glyph="?",
        plain="?",
        words="no sign is printed, and the {brief} does not settle the direction",
        in_note="no sign printed, direction not settled; shown as recorded",
    ),
    Mark(
        key="simulation",
        of="effect",
        glyph="(sim.)",
        plain="(sim.)",
        words="a simulation, not an evaluation; shown, but never counted",
        in_note="simulation, not counted",
    ),
    # What the effects of a cell show together. These are drawn as arrows, so they have a shape.
    Mark(
        key="favourable",
        of="cell",
        glyph="▲",
        plain="^",
        shape="up",
        words="at least {majority} % of the clear effects are good",
    ),
    Mark(
        key="unfavourable",
        of="cell",
        glyph="▼",
        plain="v",
        shape="down",
        words="at least {majority} % of the clear effects are bad",
    ),
    Mark(
        key="conflicting",
        of="cell",
        glyph="◄►",
        plain="<>",
        shape="sideways",
        words="neither good nor bad ones reach {majority} %",
    ),
    # Words and no arrow: the effect direction plot has the sideways arrow for this too.
    Mark(
        key="neutral",
        of="cell",
        glyph="no change",
        plain="no change",
        words="the outcome was measured and did not change",
    ),
    # What the directions of the effects in a cell rest on.
    Mark(key="unprinted", of="cell", glyph="†", plain="*", words="not every sign is printed"),
    Mark(
        key="depends",
        of="cell",
        glyph="?",
        plain="?",
        words="depends on a missing sign",
    ),
    # Blank cells. An empty cell would look like "no effect", so each kind of blank has its words.
    Mark(
        key="not-reported",
        of="cell",
        glyph="not reported",
        plain="not reported",
        short="·",
        words="the {brief} reports no effect here; there may still be one",
    ),
    Mark(
        key="not-evaluated",
        of="cell",
        glyph="no effects given",
        plain="no effects given",
        short="—",
        words="the {briefs} report no effects for this case",
    ),
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
        "·": ".",
        "—": "-",
        **{
            char: plain
            for mark in MARKS.values()
            for char, plain in zip(mark.glyph, mark.plain, strict=True)
            if not char.isascii()
        },
    }
