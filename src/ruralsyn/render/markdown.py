"""Markdown that GitHub, Pandoc and Quarto read alike: pipe tables, with every special character escaped.

A document chooses how citations are written: `text` puts them in brackets, `notes` makes each one a footnote,
`pandoc` writes citation keys for citeproc and makes footnotes of the notes in cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tabulate import tabulate

from ruralsyn.page.content import Printable
from ruralsyn.page.document import (
    Block,
    Bullets,
    Code,
    Column,
    Document,
    Heading,
    Inline,
    Paragraph,
    References,
    Table,
)
from ruralsyn.page.text import aside, bracketed, cited, text_of, visible
from ruralsyn.page.values import Cite, MixedText, Noted, Sourced, Strong, Value
from ruralsyn.render.footnotes import Footnotes, peel
from ruralsyn.render.reference_list import reference_list
from ruralsyn.render.screen import Screen

# ^ and $ are superscript and mathematics in Pandoc, @ is a citation there and a mention on GitHub.
_SPECIAL = str.maketrans({char: f"\\{char}" for char in r"\`*_[]<>|~^$@"})
# Citeproc takes a hyphen before a digit for a range of pages and makes it a dash: "case-2" -> "case–2".
_DIGITS = re.compile(r"-(?=\d)")
# Only an & that begins an entity, so that "R&D" stays readable in the source.
_ENTITY = re.compile(r"&(?=#?\w+;)")
# GitHub turns :warning: into a picture.
_EMOJI = re.compile(r":(?=[\w+-]+:)")
# What makes a list, heading, rule, setext underline, definition or div at the start of a line. CommonMark
# reads at most nine digits as the number of a list item.
_BLOCK_START = re.compile(r"^(\s*)([-+#=:]|\d{1,9}(?=[.)](?:\s|$)))")


def render_markdown(content: Printable, screen: Screen) -> str:
    """A heading, the table or the blocks, and the notes."""
    del screen
    if isinstance(content, Table):
        writer = _Writer("text", "")
        parts = [f"## {escape(content.title)}", *writer.table(content)]
    else:
        writer = _Writer(content.citations, content.key)
        parts = [*_document(content, writer), *writer.footnote_texts()]
    text = "\n\n".join(part for part in parts if part) + "\n"
    # The output may be appended to a file, and Pandoc wants a blank line before a heading. A document with a
    # first-level heading is a file of its own.
    return text if parts[0].startswith("# ") else f"\n{text}"


def _document(content: Document, writer: _Writer) -> Iterator[str]:
    yield f"{'#' * content.level} {escape(content.title)}"
    for block in content.blocks:
        yield from writer.block(block, content.level)
    yield from _notes(content.notes)


class _Writer:
    """Writes blocks in one style of citation and collects the footnotes of the document."""

    def __init__(self, citations: str, key: str) -> None:
        self.citations = citations
        self.footnotes = Footnotes()
        self.prefix = key or "note"

    def block(self, block: Block, level: int) -> Iterator[str]:
        match block:
            case Heading():
                yield f"{'#' * min(6, level + block.level)} {escape(block.text)}"
            case Paragraph():
                yield self.runs(block.runs)
            case Bullets():
                yield "\n".join(f"- {self.runs(item)}" for item in block.items)
            case References():
                if self.citations == "pandoc":
                    # Citeproc fills this div; without it the list would go to the very end.
                    yield "::: {#refs}\n:::"
                else:
                    yield "\n".join(f"- {escape(line)}" for line in reference_list(block))
            case Table():
                yield f"**{escape(block.title)}**" if block.title else ""
                yield from self.table(block)

    def table(self, table: Table) -> Iterator[str]:
        shown = table.shown()
        # In `text` each table lists its own notes, so that it can be pasted without the rest.
        numbered = self.footnotes if self.citations != "text" else Footnotes()
        if shown.rows:
            yield tabulate(
                [
                    [
                        self.cell(value, column, numbered)
                        for value, column in zip(row, shown.columns, strict=True)
                    ]
                    for row in shown.rows
                ],
                headers=[escape(column.label) for column in shown.columns],
                tablefmt="github",
                disable_numparse=True,  # Otherwise "1e5" becomes 100000 and "1.10" becomes 1.1.
                colalign=["right" if column.number else "left" for column in shown.columns],
            )
        else:
            yield escape(table.empty)
        yield from _notes(table.all_notes)
        if numbered is not self.footnotes:
            yield "\n".join(
                f"{number}. {escape(note + bracketed(cites))}" for number, note, cites in numbered.listed()
            )

    def cell(self, value: Value, column: Column, numbered: Footnotes) -> str:
        value, noted, cites = peel(value)
        if isinstance(value, MixedText):
            text = self.runs(value.runs)
        # Each item of a list keeps its own citations.
        elif isinstance(value, tuple) and any(isinstance(item, Sourced) for item in value):
            text = "; ".join(self.cell(item, column, numbered) for item in value)
        else:
            text = escape(text_of(value, column.blank))
        marks = "".join(self.mark(note, numbered) for note in noted)
        if cites and self.citations == "pandoc":
            # A footnote instead of the key, which would widen the column.
            marks = self.mark(Noted("", "", cites), numbered) + marks
        elif cites:
            text += self.citation(cites)
        return text + marks

    def mark(self, noted: Noted, numbered: Footnotes) -> str:
        number = numbered.number(noted)
        return f"[^{self.prefix}-{number}]" if numbered is self.footnotes else f" \\[{number}\\]"

    def runs(self, runs: Sequence[Inline]) -> str:
        return "".join(map(self.inline, runs))

    def inline(self, run: Inline) -> str:
        match run:
            case Strong():
                # CommonMark does not read "** text**" as strong: the spaces go outside.
                inner = run.text.strip()
                before, _, after = run.text.partition(inner)
                return f"{before}**{escape(inner)}**{after}" if inner else run.text
            case Code():
                return _code(run.text)
            case Cite():
                return self.citation((run,)).strip()
            case Noted():
                text = escape(text_of(run.value))
                # A citation in running text goes before the full stop of its sentence.
                if self.citations == "pandoc" and not run.note and run.cites and text.endswith("."):
                    return f"{text[:-1]}{self.citation(run.cites)}."
                return text + self.aside(run)
            case _:
                return escape(run)

    def aside(self, noted: Noted) -> str:
        """The citations of a run of text, together with its note if it has one."""
        if not noted.note:
            return self.citation(noted.cites)
        if self.citations == "text":
            return escape(aside(noted))
        return self.mark(noted, self.footnotes)

    def citation(self, cites: Sequence[Cite]) -> str:
        """Citations to follow the text they support, in the style of the document."""
        if not cites:
            return ""
        if self.citations == "pandoc":
            return f" {_keys(cites)}"
        if self.citations == "notes":
            return self.mark(Noted("", "", tuple(cites)), self.footnotes)
        return escape(bracketed(cites))

    def footnote_texts(self) -> Iterator[str]:
        for number, note, cites in self.footnotes.listed():
            where = _keys(cites) if self.citations == "pandoc" and cites else escape(cited(cites))
            text = " ".join(part for part in (escape(note), f"{where}." if where else "") if part)
            yield f"[^{self.prefix}-{number}]: {text}"


def _keys(cites: Sequence[Cite]) -> str:
    """Citation keys with locators: `[@rural-synergies-gr, §finance ¶2, §income ¶1–3]`."""
    by_key: dict[str, list[Cite]] = {}
    for cite in cites:
        by_key.setdefault(cite.key, []).append(cite)
    return "[" + "; ".join(f"@{key}, {_locator(group)}" for key, group in by_key.items()) + "]"


def _locator(cites: Sequence[Cite]) -> str:
    sections: dict[str, list[Cite]] = {}
    for cite in cites:
        sections.setdefault(cite.section, []).append(cite)
    return ", ".join(
        f"§{_DIGITS.sub(chr(0x2011), name)} ¶{cited(group).rpartition('¶')[2]}"
        for name, group in sections.items()
    )


def _code(text: str) -> str:
    """A code span whose fence is longer than any run of backticks in the text, so that none closes it."""
    text = visible(text).replace("\n", " ")
    fence = "`" * (1 + max(map(len, re.findall("`+", text)), default=0))
    # CommonMark strips one blank from both ends, which keeps the text's own backticks off the fence.
    space = " " if "`" in text else ""
    return f"{fence}{space}{text}{space}{fence}"


def _notes(notes: Sequence[str]) -> Iterator[str]:
    if notes:
        yield "\n".join(f"- {escape(note)}" for note in notes)


def escape(text: str) -> str:
    """The text escaped so that every dialect of Markdown shows it unchanged, in paragraphs and table cells.

    A line break becomes `<br>`. Entities, emoji codes and anything that would start a list or a heading are
    escaped too.
    """
    # Special characters first: the later steps add backslashes that must not be escaped again.
    text = visible(text).translate(_SPECIAL)
    text = _ENTITY.sub(r"\\&", text)
    text = _EMOJI.sub(r"\\:", text)
    text = _BLOCK_START.sub(_disarm, text)
    # A row of a pipe table is one line.
    return text.replace("\n", " <br>")


def _disarm(start: re.Match[str]) -> str:
    space, mark = start.groups()
    # A backslash escapes punctuation only, so a digit becomes an entity.
    return f"{space}\\{mark}" if not mark.isdigit() else f"{space}&#{ord(mark[0])};{mark[1:]}"
