"""LaTeX: tables that may span pages, with rules from booktabs and arrows from amssymb."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ruralsyn.page.content import Printable
from ruralsyn.page.document import Block, Bullets, Code, Column, Heading, Inline, Paragraph, References, Table
from ruralsyn.page.text import bracketed, cited, text_of, visible
from ruralsyn.page.values import Cite, MixedText, Noted, Strong, Value
from ruralsyn.render.footnotes import Footnotes, peel
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
    }
)

# TeX joins two hyphens into a dash.
_DASHES = re.compile("-(?=-)")


def render_latex(content: Printable, screen: Screen) -> str:
    """A complete article for a complete document, otherwise a part to `\\input`.

    A part begins with a comment that names the packages it needs.
    """
    del screen
    if isinstance(content, Table):
        body = list(_table(content, caption=True))
    else:
        # Level 2 is \section, since level 1 is the title of an article.
        depth = content.level - 2
        body = [] if content.complete else [_heading(content.title, depth)]
        for block in content.blocks:
            body.extend(_block(block, depth, at_foot=content.citations != "text"))
        body.extend(_notes(content.notes))
    # Empty parts would leave more than one blank line between paragraphs.
    text = "\n\n".join(part for part in body if part) + "\n"
    if not isinstance(content, Table) and content.complete:
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


def _block(block: Block, depth: int, *, at_foot: bool) -> Iterator[str]:
    match block:
        case Heading():
            yield _heading(block.text, depth + block.level)
        case Paragraph():
            yield _runs(block.runs)
        case Bullets():
            yield _list("itemize", [f"\\item {_runs(item)}" for item in block.items])
        case References():
            yield _list("itemize", [f"\\item {escape(line)}" for line in reference_list(block)])
        case Table():
            yield from _table(block, caption=bool(block.title), at_foot=at_foot)


def _table(table: Table, *, caption: bool, at_foot: bool = False) -> Iterator[str]:
    """The table. With `at_foot` its footnotes go to the foot of the page, otherwise below the table."""
    shown = table.shown()
    footnotes = Footnotes()
    if not shown.rows:
        yield f"\\textbf{{{escape(table.title)}}}" if caption else ""
        yield escape(table.empty)
    else:
        cells = [
            [
                _cell(value, column, None if at_foot else footnotes)
                for value, column in zip(row, shown.columns, strict=True)
            ]
            for row in shown.rows
        ]
        head = " & ".join(f"\\textbf{{{escape(column.label)}}}" for column in shown.columns)
        title = f"\\caption{{{escape(table.title)}}}\\\\\n" if caption else ""
        # longtable repeats what precedes \endhead on every page and prints the last rule only at the end.
        yield (
            f"\\begingroup\\small\n\\begin{{longtable}}{{{_columns(shown)}}}\n{title}"
            f"\\toprule\n{head} \\\\\n\\midrule\n\\endhead\n\\bottomrule\n\\endlastfoot\n"
            + "".join(" & ".join(row) + " \\\\\n" for row in cells)
            + "\\end{longtable}\n\\endgroup"
        )
    yield from _notes(table.all_notes)
    yield _list(
        "description",
        [f"\\item[{number}] {escape(note + bracketed(cites))}" for number, note, cites in footnotes.listed()],
    )


NARROW = 16
"""Text up to this length stays on one line."""
LINE = 90
"""About how many characters fit a line of A4 at \\small. A low estimate, for text with many wide letters."""


def _columns(table: Table) -> str:
    """The column specification: widths in proportion to the text, with room for each longest word."""
    texts = [
        [column.label, *(text_of(row[index], column.blank) for row in table.rows)]
        for index, column in enumerate(table.columns)
    ]
    needed = [_needed(column) for column in texts]
    # Without the limit of 60 one column of long text would leave the others nothing but their minimum.
    wanted = [max(need, min(60, max(map(len, column)))) for need, column in zip(needed, texts, strict=True)]
    spare = max(0, LINE - sum(needed))
    extra = [want - need for want, need in zip(wanted, needed, strict=True)]
    widths = [need + spare * more / max(1, sum(extra)) for need, more in zip(needed, extra, strict=True)]
    # If the words do not fit, every column shrinks alike, so that the table never leaves the page.
    total = max(LINE, sum(widths))
    # \raggedright redefines \\, which \arraybackslash restores. \tabcolsep is the padding on each side.
    cell = r">{{\raggedright\arraybackslash}}p{{\dimexpr {:.3f}\linewidth - 2\tabcolsep\relax}}"
    return "".join(cell.format(width / total) for width in widths)


def _needed(texts: Sequence[str]) -> int:
    """The room for the longest word, or for the whole text if it is short.

    The 5 leave room for the padding, about 2.5 characters, and for the bold type of the head.
    """
    longest = max(map(len, texts))
    return min(longest, max(NARROW, *(len(word) for text in texts for word in text.split()))) + 5


def _notes(notes: Sequence[str]) -> Iterator[str]:
    yield _list("itemize", [f"\\item {escape(note)}" for note in notes])


def _list(kind: str, items: Sequence[str]) -> str:
    if not items:  # LaTeX reports an error for a list without items.
        return ""
    return "\n".join((f"\\begin{{{kind}}}", *items, f"\\end{{{kind}}}"))


def _cell(value: Value, column: Column, footnotes: Footnotes | None) -> str:
    """A cell. Without `footnotes`, its notes and citations go to the foot of the page."""
    value, noted, cites = peel(value)
    text = _runs(value.runs) if isinstance(value, MixedText) else escape(text_of(value, column.blank))
    if footnotes is None:
        every = (*noted, *((Noted("", "", cites),) if cites else ()))
        return text + "".join(_inline(Noted("", note.note, note.cites)) for note in every)
    numbers = "".join(f"\\textsuperscript{{{footnotes.number(note)}}}" for note in noted)
    return text + escape(bracketed(cites)) + numbers


def _runs(runs: Sequence[Inline]) -> str:
    return "".join(map(_inline, runs))


def _inline(run: Inline) -> str:
    match run:
        case Strong():
            return f"\\textbf{{{escape(run.text)}}}"
        case Code():
            return f"\\texttt{{{escape(run.text)}}}"
        case Cite():
            return f"({escape(run.label)})"
        case Noted():
            note = " ".join(part for part in (escape(run.note), escape(cited(run.cites))) if part)
            if not note:
                return escape(text_of(run.value))
            return f"{escape(text_of(run.value))}\\footnote{{{note}}}"
        case _:
            return escape(run)


def escape(text: str) -> str:
    """The text escaped so that LaTeX prints it unchanged."""
    # Hyphens last: the empty group after them must not be escaped.
    return _DASHES.sub("-{}", visible(text).translate(_ESCAPES))
