"""The marks that tables, maps and pictures use: how each is written and what it means.

This is the one list of marks. Legends and notes print the words from here, figures and pages take the shapes,
a terminal without Unicode gets the plain glyphs, and README's list of marks is made from it.
"""

from __future__ import annotations

from ruralsyn.record import Record


class Mark(Record, kw_only=True):
    """A mark and its meaning."""

    key: str
    of: str
    """What has it: an effect, a cell of a map, or a citation."""
    glyph: str
    plain: str
    """The glyph in ASCII, with as many characters."""
    words: str
    """What it means. `{majority}` stands for the share of clear effects that gives a cell its direction."""
    in_note: str = ""
    """What it means in a note under a table, where that has more to say."""
    spoken: str = ""
    """What a screen reader says of a cell that has it, after the number where it counts something."""
    shape: str = ""
    """How a picture draws it: `up`, `down`, `sideways`, or as text."""
    sample: str = ""
    """How a legend shows a mark that is written with a number; the words explain the sample."""

    @property
    def shown(self) -> str:
        """How a legend shows it."""
        return self.sample or self.glyph

    @property
    def note(self) -> str:
        """The mark and its meaning as a note has them."""
        return f"{self.glyph} {self.in_note or self.words}".lstrip()


_ROWS = (
    # The direction of an effect.
    Mark(key="increase", of="effect", glyph="▲", plain="^", words="the outcome rose"),
    Mark(key="decrease", of="effect", glyph="▼", plain="v", words="the outcome fell"),
    # How the direction of an effect is known.
    Mark(key="printed", of="effect", glyph="", plain="", words="The brief prints a plus sign."),
    Mark(
        key="supported",
        of="effect",
        glyph="†",
        plain="*",
        words="No sign is printed; the brief's prose says which way the outcome moved.",
    ),
    Mark(
        key="inferred",
        of="effect",
        glyph="‡",
        plain="&",
        words="No sign is printed; the outcome's meaning leaves one sensible reading.",
    ),
    Mark(
        key="unresolved",
        of="effect",
        glyph="?",
        plain="?",
        words="No sign is printed, and the brief does not settle the direction.",
        in_note="No sign is printed and the brief does not settle the direction: shown as recorded.",
    ),
    Mark(
        key="simulation",
        of="effect",
        glyph="(sim.)",
        plain="(sim.)",
        words="A simulation, not an evaluation: shown, and left out of every count.",
    ),
    # What the effects of a cell say together.
    Mark(
        key="favourable",
        of="cell",
        glyph="▲",
        plain="^",
        shape="up",
        spoken="favourable",
        words="favourable for the household: all clear effects, or at least {majority} % of them",
    ),
    Mark(
        key="unfavourable",
        of="cell",
        glyph="▼",
        plain="v",
        shape="down",
        spoken="unfavourable",
        words="unfavourable: all clear effects, or at least {majority} % of them",
    ),
    Mark(
        key="conflicting",
        of="cell",
        glyph="◄►",
        plain="<>",
        shape="sideways",
        words="conflicting: neither side has {majority} %",
    ),
    # The counts in a cell.
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
        words="1 effect whose benefit is unclear; it takes no part",
    ),
    Mark(
        key="simulated",
        of="cell",
        glyph="s",
        plain="s",
        sample="s1",
        spoken="simulated",
        words="1 simulated effect; it takes no part",
    ),
    Mark(
        key="depends",
        of="cell",
        glyph="!",
        plain="!",
        spoken="hangs on one reading",
        words="hangs on one reading of a sign that the brief leaves open",
    ),
    # Blank cells.
    Mark(
        key="not-reported",
        of="cell",
        glyph="not reported",
        plain="not reported",
        words="the brief gives the case no effect there, which is not the same as no effect",
    ),
    Mark(
        key="not-evaluated",
        of="cell",
        glyph="not evaluated",
        plain="not evaluated",
        words="the briefs give the case no effects at all",
    ),
    Mark(key="not-reported-small", of="cell", glyph="·", plain="-", words="not reported"),
    Mark(key="not-evaluated-small", of="cell", glyph="×", plain="x", words="not evaluated"),
    # Citations.
    Mark(key="paragraph", of="citation", glyph="¶", plain="#", words="paragraph"),
)


MARKS: dict[str, Mark] = {mark.key: mark for mark in _ROWS}

SHAPES: dict[str, str] = {mark.glyph: mark.shape for mark in _ROWS if mark.shape}
"""The shape that a picture draws for a glyph."""


def in_ascii() -> dict[str, str]:
    """For each character of the marks that ASCII lacks, the character that stands for it."""
    return {
        char: plain
        for mark in MARKS.values()
        for char, plain in zip(mark.glyph, mark.plain, strict=True)
        if not char.isascii()
    }
