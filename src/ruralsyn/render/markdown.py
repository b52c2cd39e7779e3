"""Markdown that GitHub, Pandoc and Quarto read alike: pipe tables, with every special character escaped.

A document chooses how citations are written: `text` puts them in brackets, `notes` makes each one a footnote,
`pandoc` writes citation keys for citeproc and makes footnotes of the notes in cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from zlib import crc32

import tabulate as tabulate_module
from tabulate import DataRow, TableFormat, tabulate

from ruralsyn.page.content import Printable
from ruralsyn.page.document import (
    Block,
    Bullets,
    Code,
    Column,
    Document,
    Figure,
    Heading,
    Inline,
    Paragraph,
    References,
    Table,
    as_document,
)
from ruralsyn.page.text import bracketed, cited, text_of, trimmed, visible
from ruralsyn.page.values import Cite, MixedText, Noted, Strong, Value, peel
from ruralsyn.render.footnotes import Footnotes
from ruralsyn.render.paper import MARKDOWN, fitted, shares
from ruralsyn.render.reference_list import reference_list
from ruralsyn.render.screen import Screen

# ^ and $ are superscript and mathematics in Pandoc, @ is a citation there and a mention on GitHub.
_SPECIAL = str.maketrans({char: f"\\{char}" for char in r"\*_[]<>|~^$@"})
# Numbers, since programs that fill in a text before Markdown is read do not heed a backslash: knitr runs what
# is between backticks, Quarto and Jekyll what is in braces. Pandoc's attributes begin with a brace, too.
_NUMBERED = str.maketrans({char: f"&#{ord(char)};" for char in "`{"})
# Quarto before 1.4 looks for two braces after Markdown has been read, and an empty comment keeps them apart.
_BRACES = re.compile(r"\{(?=\{)")
# Citeproc takes a hyphen before a digit for a range of pages and makes it a dash: "case-2" -> "case–2".
_DIGITS = re.compile(r"-(?=\d)")
# Only an & that begins an entity, so that "R&D" stays readable in the source.
_ENTITY = re.compile(r"&(?=#?\w+;)")
# GitHub turns :warning: into a picture.
_EMOJI = re.compile(r":(?=[\w+-]+:)")
# What makes a list, heading, rule, setext underline, definition, div or title block at the start of a line.
# Pandoc numbers lists with letters and with "(1)", too.
_BLOCK_START = re.compile(
    r"^(\s*(?:\d+|[a-zA-Z]|[ivxlcdm]+|[IVXLCDM]+)(?=[.)](?:\s|$))|\s*(?=[-+#=:%]|\(\w+\)(?:\s|$)))"
)
# What would run in a code span, or end it.
_RUNS = re.compile(r"^(?:r[ #]|\{)|`|\{\{")


def render_markdown(content: Printable, screen: Screen) -> str:
    """A heading, the answer, the table or the blocks, the notes, and the footnotes."""
    del screen
    document = as_document(content)
    writer = _Writer(document.citations, document.key or _UNNAMED)
    parts = [
        *_title(document),
        *(part for block in document.blocks for part in writer.block(block, document.level)),
        *_notes(document.notes),
        *writer.footnote_texts(),
    ]
    text = _with_labels("\n\n".join(part for part in parts if part) + "\n")
    # The output may be appended to a file, and Pandoc wants a blank line before a heading. A document with a
    # first-level heading is a file of its own, and a sentence alone goes into a line of somebody's own.
    return text if text.startswith("# ") or document.is_sentence else f"\n{text}"


def _title(content: Document) -> Iterator[str]:
    if content.title:
        yield f"{'#' * content.level} {escape(content.title)}"
    yield escape(content.lead)


# No text has it, because `visible` shows it as a sign.
_UNNAMED = "\0"


def _with_labels(text: str) -> str:
    """The text with labels of footnotes that depend on all of it.

    Labels are shared by everything in one file, so two tables in a memo must not have the same.
    """
    return text.replace(_UNNAMED, f"{crc32(text.encode(errors='replace')):08x}"[:4])


class _Writer:
    """Writes blocks in one style of citation and collects the footnotes of the content."""

    def __init__(self, citations: str, key: str) -> None:
        self.citations = citations
        self.footnotes = Footnotes()
        self.prefix = key

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
            case Figure():
                yield from self.table(block.grid.table.within_document())
            case Table():
                yield _strong(block.title)
                yield escape(block.lead)
                yield from self.table(block)

    def table(self, table: Table) -> Iterator[str]:
        shown = table.shown()
        for part in fitted(shown, MARKDOWN) if shown.rows else ():
            # The whole table has its title already, a part of it has one of its own.
            yield _strong(part.title) if part.title != table.title else ""
            yield self.pipes(part)
        yield "" if shown.rows else escape(table.empty)
        yield from _notes(table.all_notes)

    def pipes(self, shown: Table) -> str:
        """The table as a pipe table. Its dashes have the widths that the columns need on a page."""
        with _widths_by_characters():
            return tabulate(
                [
                    [self.cell(value, column) for value, column in zip(row, shown.columns, strict=True)]
                    for row in shown.rows
                ],
                headers=[escape(column.label) for column in shown.columns],
                tablefmt=_pipe_table(_rule(shown)),
                disable_numparse=True,  # Otherwise "1e5" becomes 100000 and "1.10" becomes 1.1.
                colalign=["right" if column.number else "left" for column in shown.columns],
            )

    def cell(self, value: Value, column: Column) -> str:
        value, notes = peel(value)
        text = self.runs(value.runs) if isinstance(value, MixedText) else escape(text_of(value, column.blank))
        # Footnotes also under `pandoc`: a citation key would widen the column.
        # With a comma, since Word would show the marks 1 and 2 as 12.
        return _with_mark(text, ",".join(map(self.mark, notes)))

    def mark(self, noted: Noted) -> str:
        return f"[^{self.prefix}-{self.footnotes.number(noted)}]"

    def runs(self, runs: Sequence[Inline]) -> str:
        return "".join(map(self.inline, runs))

    def inline(self, run: Inline) -> str:
        match run:
            case Strong():
                return _strong(run.text)
            case Code():
                return _code(run.text)
            case Cite():
                return self.citation((run,)).strip()
            case Noted():
                text = escape(text_of(run.value))
                # A citation in running text goes before the full stop of its sentence.
                if self.citations == "pandoc" and not run.note and run.cites and text.endswith("."):
                    return f"{text[:-1]}{self.citation(run.cites)}."
                return _with_mark(text, self.aside(run))
            case _:
                return escape(run)

    def aside(self, noted: Noted) -> str:
        """The citations of a run of text, or a footnote if it has a note."""
        return self.mark(noted) if noted.note else self.citation(noted.cites)

    def citation(self, cites: Sequence[Cite]) -> str:
        """Citations to follow the text they support, in the style of the document."""
        if not cites:
            return ""
        if self.citations == "pandoc":
            return f" {_keys(cites)}"
        if self.citations == "notes":
            return self.mark(Noted("", "", tuple(cites)))
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
    return (
        "["
        + "; ".join(", ".join(filter(None, (f"@{key}", _locator(group)))) for key, group in by_key.items())
        + "]"
    )


def _locator(cites: Sequence[Cite]) -> str:
    sections: dict[str, list[Cite]] = {}
    for cite in cites:
        sections.setdefault(cite.section, []).append(cite)
    return ", ".join(
        # A page is a locator by itself: `p. 14`.
        name
        if group[0].paragraph is None
        else f"§{_DIGITS.sub(chr(0x2011), name)} ¶{cited(group).rpartition('¶')[2]}"
        for name, group in sections.items()
    )


def _with_mark(text: str, mark: str) -> str:
    # GitHub takes all up to a blank or a tag for a part of a web address, the mark of a footnote as well.
    last = text.rpartition(" ")[2]
    comment = "<!-- -->" if mark.startswith("[^") and ("://" in last or "www." in last) else ""
    return f"{text}{comment}{mark}"


def _strong(text: str) -> str:
    # CommonMark does not read "** text**" as strong: the blanks go outside.
    inner = text.strip()
    if not inner:
        return escape(text)
    before, _, after = text.partition(inner)
    # Pandoc would pair a quotation mark inside with one outside and leave the asterisks as they are.
    quoted = escape(inner).replace('"', '\\"')
    return f"{escape(before)}**{quoted}**{escape(after)}"


def _code(text: str) -> str:
    """A code span; an HTML element if knitr or Quarto would run the span or something in it."""
    text = visible(text).replace("\n", " ")
    if not _RUNS.search(text):
        return f"`{text}`"
    # Nothing can be escaped in a span. Numbers keep Pandoc from making dashes of hyphens.
    numbered = "".join(char if char.isalnum() or char == " " else f"&#{ord(char)};" for char in text)
    return f"<code>{numbered.replace('&#123;', '&#123;<!-- -->')}</code>"


def _notes(notes: Sequence[str]) -> Iterator[str]:
    # One paragraph: a list would join a list of findings before it.
    if notes:
        yield escape(" ".join(notes))


def _rule(shown: Table) -> str:
    """The line below the heads. Pandoc takes the widths of the columns from its dashes, GitHub does not."""
    dashes = [max(3, round(DASHES * share)) for share in shares(shown, MARKDOWN)]
    parts = [
        "-" * (count - 1) + (":" if column.number else "-")
        for count, column in zip(dashes, shown.columns, strict=True)
    ]
    return f"|{'|'.join(parts)}|"


DASHES = 100
"""About how many dashes a rule has."""


@contextmanager
def _widths_by_characters() -> Iterator[None]:
    """Tabulate with the same widths on every machine.

    Where the library wcwidth happens to be installed, tabulate would pad cells otherwise, and a block of a
    memo that is current on one machine would be stale on another.
    """
    before, tabulate_module.WIDE_CHARS_MODE = tabulate_module.WIDE_CHARS_MODE, False
    try:
        yield
    finally:
        tabulate_module.WIDE_CHARS_MODE = before


def _pipe_table(rule: str) -> TableFormat:
    """Tabulate's format for pipe tables, with this line below the heads."""
    row = DataRow("|", "|", "|")
    return TableFormat(
        lineabove=None,
        # A function, since a fixed line would be as wide as the cells with their escapes and footnote labels.
        linebelowheader=lambda *_: rule,
        linebetweenrows=None,
        linebelow=None,
        headerrow=row,
        datarow=row,
        padding=1,
        with_header_hide=None,
    )


def escape(text: str) -> str:
    """The text escaped so that every dialect of Markdown shows it unchanged, in paragraphs and table cells.

    A line break becomes `<br>`. Entities, emoji codes and anything that would start a list or a heading are
    escaped too.
    """
    # Special characters first: the later steps add backslashes that must not be escaped again.
    text = trimmed(visible(text)).translate(_SPECIAL)
    # Asked first, here and below: a substitution takes its time even if nearly no text has what it replaces.
    if "&" in text:
        text = _ENTITY.sub(r"\\&", text)
    if ":" in text:
        text = _EMOJI.sub(r"\\:", text)
    # Those at the end of a heading would not be printed.
    body = text.rstrip("# \t\n")
    text = body + text[len(body) :].replace("#", r"\#")
    if _BLOCK_START.match(text):
        text = _BLOCK_START.sub(r"\1\\", text)
    if "{" in text or "`" in text:
        text = _BRACES.sub("{<!-- -->", text).translate(_NUMBERED)
    # A row of a pipe table is one line.
    return text.replace("\n", " <br>")
