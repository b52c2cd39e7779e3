"""The values of a table's cells, typed until a renderer makes them text.

- `None` is "not reported": `null` to a program, the column's `blank` to a person;
- a `Term` prints its label for people and its id for programs;
- a `Cite` is a paragraph of a source;
- a `Noted` carries a footnote and a `Sourced` its paragraphs for people; programs get the plain value;
- a tuple is a list.
"""

from __future__ import annotations

from typing import TypeAlias

from ruralsyn.record import Record


class Term(Record):
    """A word of a vocabulary."""

    id: str
    label: str
    tone: str = ""
    """How a renderer that has colour may set it: `good`, `bad`, `unsure`, `quiet` or nothing.

    The label says the same, so that nothing depends on colour.
    """


class Cite(Record):
    """A locator as a page shows it: a paragraph of a source."""

    brief: str
    section: str
    paragraph: int
    section_label: str
    """The source and section as people read them, e.g. `GR finance`."""
    key: str = ""
    """The citation key of the source in the bibliography."""

    @property
    def label(self) -> str:
        """The paragraph as people read it, e.g. `GR finance ¶2`."""
        return f"{self.section_label} ¶{self.paragraph}"

    def __str__(self) -> str:
        return f"{self.brief}/{self.section}/{self.paragraph}"


class Noted(Record):
    """A value with a footnote."""

    value: Value
    note: str
    cites: tuple[Cite, ...] = ()


class Sourced(Record):
    """A value with the paragraphs that it comes from, for people to read after it."""

    value: Value
    cites: tuple[Cite, ...]


class Strong(Record):
    """A run of text that matters: a search hit, a lead-in."""

    text: str


class MixedText(Record):
    """A cell of mixed runs, for people; programs get `plain`."""

    runs: tuple[str | Strong, ...]

    @property
    def plain(self) -> str:
        """The text without emphasis."""
        return "".join(run.text if isinstance(run, Strong) else run for run in self.runs)


Value: TypeAlias = (
    "str | int | float | bool | Term | Cite | Noted | Sourced | MixedText | tuple[Value, ...] | None"
)
