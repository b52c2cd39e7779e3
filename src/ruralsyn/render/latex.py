"""LaTeX: tables that may span pages, with rules from booktabs and arrows from amssymb."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from unicodedata import normalize

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
)
from ruralsyn.page.text import bracketed, noted_text, text_of, trimmed, visible
from ruralsyn.page.values import Cite, MixedText, Noted, Strong, Value, peel
from ruralsyn.render.footnotes import Footnotes
from ruralsyn.render.paper import fitted, shares
from ruralsyn.render.reference_list import reference_list
from ruralsyn.render.screen import Screen

PACKAGES = ("amssymb", "array", "booktabs", "longtable")
"""The packages that a part needs: triangles, column styles, rules, and tables across pages."""

_HEADINGS = ("section", "subsection", "subsubsection", "paragraph", "subparagraph")

_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "$": r"\$",
        "&": r"\&",
        "#": r"\#",
        "%": r"\%",
        "_": r"\_",
        "^": r"\textasciicircum{}",
        "~": r"\(\sim\)",  # \textasciitilde is raised like an accent, which is hard to see before a number.
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "|": r"\textbar{}",
        '"': r"\textquotedbl{}",
        "`": r"\textasciigrave{}",  # A bare one prints as an opening quotation mark.
        # Bare brackets after \item or \\ would be read as an optional argument.
        "[": "{[}",
        "]": "{]}",
        # Commands from here on, so that a part compiles whatever the input encoding of its document.
        "▲": r"\(\blacktriangle\)",
        "▼": r"\(\blacktriangledown\)",
        "◄": r"\(\blacktriangleleft\)",
        "►": r"\(\blacktriangleright\)",
        "†": r"\dag{}",
        "‡": r"\ddag{}",
        "¶": r"\P{}",
        "–": r"\textendash{}",
        "—": r"\textemdash{}",
        "“": r"\textquotedblleft{}",
        "”": r"\textquotedblright{}",
        "’": r"\textquoteright{}",
        "…": r"\dots{}",
        "≥": r"\(\geq\)",
        "×": r"\(\times\)",
        "§": r"\S{}",
        "\n": r" \newline ",  # Not \\, which would end the row of the table.
        # A box, as where a font lacks a letter: LaTeX knows none of the signs that visible() uses.
        **dict.fromkeys([*map(chr, range(0x2400, 0x2422)), "\ufffd"], r"\(\square\)"),
    }
)

# TeX joins two hyphens into a dash.
_DASHES = re.compile("-(?=-)")


def render_latex(content: Printable, screen: Screen) -> str:
    """A complete article for a complete document, otherwise a part to `\\input`.

    A part begins with a comment that names the packages it needs.
    """
    del screen
    complete = isinstance(content, Document) and content.complete
    # Level 2 is \section, since level 1 is the title of an article.
    depth = content.level - 2
    at_foot = isinstance(content, Document) and content.citations != "text"
    footnotes = None if at_foot else Footnotes()
    headed = content.title and not complete and isinstance(content, Document)
    body = [_heading(content.title, depth)] if headed else []
    body.append(escape(content.lead))
    if isinstance(content, Table):
        body.extend(_table(content, footnotes))
    else:
        for block in content.blocks:
            body.extend(_block(block, depth, footnotes))
        body.append(_notes(content.notes))
    body.append(_listed(footnotes))
    # Empty parts would leave more than one blank line between paragraphs.
    text = "\n\n".join(part for part in body if part) + "\n"
    if complete:
        return _article(content.title, text)
    return f"% Needs \\usepackage{{{','.join(PACKAGES)}}}\n{text}"


def _article(title: str, body: str) -> str:
    # textcomp is for LaTeX before 2020. Without lmodern, which a small installation may lack, T1 fonts are
    # bitmaps. hyperref comes last, since it redefines commands of other packages. emergencystretch widens
    # the spaces of a line before a long id runs into the margin.
    packages = "".join(f"\\usepackage{{{package}}}\n" for package in PACKAGES)
    return (
        "\\documentclass[11pt,a4paper]{article}\n"
        "\\usepackage[utf8]{inputenc}\n\\usepackage[T1]{fontenc}\n\\usepackage{textcomp}\n"
        "\\IfFileExists{lmodern.sty}{\\usepackage{lmodern}}{}\n"
        "\\usepackage[margin=25mm]{geometry}\n"
        f"{packages}\\usepackage[hidelinks]{{hyperref}}\n"
        "\\setlength{\\emergencystretch}{3em}\n"
        f"\\title{{{escape(title)}}}\n\\date{{}}\n"
        f"\\begin{{document}}\n\\maketitle\n\n{body}\n\\end{{document}}\n"
    )


def _heading(text: str, depth: int) -> str:
    # Deeper headings than LaTeX has stay at the lowest level.
    command = _HEADINGS[max(0, min(depth, len(_HEADINGS) - 1))]
    return f"\\{command}{{{escape(text)}}}"


def _block(block: Block, depth: int, footnotes: Footnotes | None) -> Iterator[str]:
    match block:
        case Heading():
            yield _heading(block.text, depth + block.level)
        case Paragraph():
            yield _runs(block.runs, footnotes)
        case Bullets():
            yield _list("itemize", [f"\\item {_runs(item, footnotes)}" for item in block.items])
        case References():
            yield _list("itemize", [f"\\item {escape(line)}" for line in reference_list(block)])
        case Figure():
            yield from _table(block.grid.table.within_document(), footnotes)
        case Table():
            yield escape(block.lead)
            yield from _table(block, footnotes)


def _table(table: Table, footnotes: Footnotes | None) -> Iterator[str]:
    """The table with its notes. Without `footnotes`, those of its cells go to the foot of the page."""
    shown = table.shown()
    if not shown.rows:
        yield f"\\textbf{{{escape(table.title)}}}" if table.title else ""
        yield escape(table.empty)
    for number, part in enumerate(fitted(shown) if shown.rows else ()):
        # The whole table has one caption. A part of it can have a title of its own.
        caption = part.title if number == 0 or part.title != table.title else ""
        yield _longtable(part, caption, footnotes)
    yield _notes(table.all_notes)


def _longtable(shown: Table, caption: str, footnotes: Footnotes | None) -> str:
    cells = [
        [_cell(value, column, footnotes) for value, column in zip(row, shown.columns, strict=True)]
        for row in shown.rows
    ]
    head = " & ".join(f"\\textbf{{{escape(column.label)}}}" for column in shown.columns)
    title = f"\\caption{{{escape(caption)}}}\\\\\n" if caption else ""
    # longtable repeats what precedes \endhead on every page and prints the last rule only at the end.
    return (
        f"\\begingroup\\small\n\\begin{{longtable}}{{{_columns(shown)}}}\n{title}"
        f"\\toprule\n{head} \\\\\n\\midrule\n\\endhead\n\\bottomrule\n\\endlastfoot\n"
        + "".join(" & ".join(row) + " \\\\\n" for row in cells)
        + "\\end{longtable}\n\\endgroup"
    )


def _columns(shown: Table) -> str:
    """The column specification: every column in its share of the line."""
    # \raggedright redefines \\, which \arraybackslash restores. \tabcolsep is the padding on each side.
    cell = r">{{\raggedright\arraybackslash}}p{{\dimexpr {:.3f}\linewidth - 2\tabcolsep\relax}}"
    return "".join(map(cell.format, shares(shown)))


def _notes(notes: Sequence[str]) -> str:
    return f"{{\\small {escape(' '.join(notes))}}}" if notes else ""


def _listed(footnotes: Footnotes | None) -> str:
    return _list(
        "description",
        [
            f"\\item[{number}] {escape(noted_text(note, cites))}"
            for number, note, cites in (footnotes.listed() if footnotes else ())
        ],
    )


def _list(kind: str, items: Sequence[str]) -> str:
    if not items:  # LaTeX reports an error for a list without items.
        return ""
    return "\n".join((f"\\begin{{{kind}}}", *items, f"\\end{{{kind}}}"))


def _cell(value: Value, column: Column, footnotes: Footnotes | None) -> str:
    value, notes = peel(value)
    runs = value.runs if isinstance(value, MixedText) else (text_of(value, column.blank),)
    # With a comma, since the marks 1 and 2 would be read as 12.
    return _runs(runs, footnotes) + "\\textsuperscript{,}".join(_mark(note, footnotes) for note in notes)


def _mark(noted: Noted, footnotes: Footnotes | None) -> str:
    """A footnote at the foot of the page, or its number in the list at the end."""
    if footnotes is None:
        return f"\\footnote{{{escape(noted_text(noted.note, noted.cites))}}}"
    return f"\\textsuperscript{{{footnotes.number(noted)}}}"


def _runs(runs: Sequence[Inline], footnotes: Footnotes | None) -> str:
    return "".join(_inline(run, footnotes) for run in runs)


def _inline(run: Inline, footnotes: Footnotes | None) -> str:
    match run:
        case Strong():
            return f"\\textbf{{{escape(run.text)}}}"
        case Code():
            return f"\\texttt{{{escape(run.text)}}}"
        case Cite():
            return f"({escape(run.label)})"
        case Noted():
            text = escape(text_of(run.value))
            if run.note or (footnotes is None and run.cites):
                return text + _mark(run, footnotes)
            return text + escape(bracketed(run.cites))
        case _:
            return escape(run)


def escape(text: str) -> str:
    """The text escaped so that LaTeX prints it unchanged."""
    # LaTeX knows é as one character only. Hyphens last: the empty group after them must not be escaped.
    return _DASHES.sub("-{}", normalize("NFC", trimmed(visible(text))).translate(_ESCAPES))
