"""The values of a table's cells. They keep their types until a format turns them into text.

- `None` means "not reported": programs get `null`, people read the column's `blank`;
- a `Term` shows its label to people and its id to programs;
- a `Cite` is a paragraph of a source;
- a `Noted` adds a footnote, a text or paragraphs or both, for people: programs get the plain value;
- a tuple is a list.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from ruralsyn.record import Record


class Term(Record):
    """An entry of a vocabulary: an id and its label."""

    id: str
    label: str
    tone: str = ""
    """How formats with colour may show it: `good`, `bad`, `unsure`, `quiet` or nothing.

    The label says the same, so no information depends on colour (WCAG 2.1, 1.4.1).
    """
    short: str = ""
    """What a narrow terminal shows instead of the label, with a note that explains it."""


class Cite(Record):
    """A paragraph of a source, with what a page needs to show it."""

    brief: str
    section: str
    """Its section, or its page where paragraphs are not counted; empty for the whole source."""
    paragraph: int | None
    section_label: str
    """The source and section as people read them, e.g. `GR finance` or `HSNP2016 p. 14`."""
    key: str = ""
    """The citation key of the source in the bibliography."""

    @property
    def label(self) -> str:
        """The paragraph as people read it, e.g. `GR finance ¶2`."""
        return self.section_label if self.paragraph is None else f"{self.section_label} ¶{self.paragraph}"

    # The form of a paragraph in CSV, which `ruralsyn show` accepts too.
    def __str__(self) -> str:
        return "/".join(
            str(part) for part in (self.brief, self.section, self.paragraph) if part not in ("", None)
        )


class Noted(Record):
    """A value with a footnote."""

    value: Value
    note: str
    """The text of the footnote; empty if it only gives paragraphs."""
    cites: tuple[Cite, ...] = ()


class Strong(Record):
    """Emphasised text: a search hit, or the words that introduce a paragraph."""

    text: str


class MixedText(Record):
    """Text with emphasis in parts of it, for people; programs get `plain`."""

    runs: tuple[str | Strong, ...]

    @property
    def plain(self) -> str:
        """The text without emphasis."""
        return "".join(run.text if isinstance(run, Strong) else run for run in self.runs)


# A string, since the alias refers to itself.
Value: TypeAlias = "str | int | float | bool | Term | Cite | Noted | MixedText | tuple[Value, ...] | None"


def with_notes(value: Value, notes: Iterable[Noted]) -> Value:
    """The value with the same footnotes as other values have: those that `peel` gives, in their order."""
    for note in notes:
        value = Noted(value, note.note, note.cites)
    return value


def peel(value: Value) -> tuple[Value, tuple[Noted, ...]]:
    """The plain value and its footnotes, those of the items of a list included."""
    notes: list[Noted] = []
    # A value can have several footnotes, one around the other.
    while isinstance(value, Noted):
        notes.append(value)
        value = value.value
    if isinstance(value, tuple) and any(isinstance(item, Noted) for item in value):
        peeled = [peel(item) for item in value]
        value = tuple(item for item, _ in peeled)
        notes = [*(note for _, found in reversed(peeled) for note in reversed(found)), *notes]
    # Reversed, so that the note closest to the value comes first.
    return value, tuple(note for note in reversed(notes) if note.note or note.cites)
