"""LaTeX: long tables with rules from booktabs, cells escaped, arrows from amssymb."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ruralsyn.document import (
    Block,
    Bullets,
    Cite,
    Code,
    Column,
    Heading,
    Inline,
    Noted,
    Paragraph,
    Printable,
    References,
    Rich,
    Strong,
    Table,
    Value,
    places,
    text_of,
    visible,
)
from ruralsyn.render import Screen
from ruralsyn.render.footnotes import Footnotes, peel

PACKAGES = ("amssymb", "array", "booktabs", "longtable")

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
        "~": r"\textasciitilde{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "|": r"\textbar{}",
        '"': r"\textquotedbl{}",
        "`": r"\textasciigrave{}",
        "[": "{[}",
        "]": "{]}",
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
        "\n": r" \newline ",
    }
)

_DASHES = re.compile("-(?=-)")


def render_latex(content: Printable, screen: Screen) -> str:
    """A part to `\\input`, with the packages it needs named on top; a whole article for a whole document."""
    del screen
    if isinstance(content, Table):
        body = list(_table(content, caption=True))
    else:
        body = [] if content.complete else [_heading(content.title, content.level - 2)]
        for block in content.blocks:
            body.extend(_block(block, content.level - 2))
        body.extend(_notes(content.notes))
    text = "\n\n".join(part for part in body if part) + "\n"
    if not isinstance(content, Table) and content.complete:
        return _article(content.title, text)
    return f"% Needs \\usepackage{{{','.join(PACKAGES)}}}\n{text}"


def _article(title: str, body: str) -> str:
    packages = "".join(f"\\usepackage{{{package}}}\n" for package in PACKAGES)
    return (
        "\\documentclass[11pt,a4paper]{article}\n"
        "\\usepackage[utf8]{inputenc}\n\\usepackage[T1]{fontenc}\n\\usepackage{textcomp}\n"
        "\\usepackage[margin=25mm]{geometry}\n"
        f"{packages}\\usepackage[hidelinks]{{hyperref}}\n"
        "\\setlength{\\emergencystretch}{3em}\n"
        f"\\title{{{escape(title)}}}\n\\date{{}}\n"
        f"\\begin{{document}}\n\\maketitle\n\n{body}\n\\end{{document}}\n"
    )


def _heading(text: str, depth: int) -> str:
    command = _HEADINGS[max(0, min(depth, len(_HEADINGS) - 1))]
    return f"\\{command}{{{escape(text)}}}"


def _block(block: Block, depth: int) -> Iterator[str]:
    match block:
        case Heading():
            yield _heading(block.text, depth + block.level)
        case Paragraph():
            yield _runs(block.runs)
        case Bullets():
            yield _list("itemize", [f"\\item {_runs(item)}" for item in block.items])
        case References():
            yield _list("itemize", [f"\\item {escape(item)}" for item in block.items])
        case Table():
            yield from _table(block, caption=bool(block.title))


def _table(table: Table, *, caption: bool) -> Iterator[str]:
    shown = table.shown()
    footnotes = Footnotes()
    if not shown.rows:
        yield f"\\textbf{{{escape(table.title)}}}" if caption else ""
        yield escape(table.empty)
    else:
        cells = [
            [_cell(value, column, footnotes) for value, column in zip(row, shown.columns, strict=True)]
            for row in shown.rows
        ]
        head = " & ".join(f"\\textbf{{{escape(column.label)}}}" for column in shown.columns)
        title = f"\\caption{{{escape(table.title)}}}\\\\\n" if caption else ""
        yield (
            f"\\begin{{longtable}}{{{_columns(shown)}}}\n{title}"
            f"\\toprule\n{head} \\\\\n\\midrule\n\\endhead\n\\bottomrule\n\\endlastfoot\n"
            + "".join(" & ".join(row) + " \\\\\n" for row in cells)
            + "\\end{longtable}"
        )
    yield from _notes(table.notes)
    yield _list(
        "description",
        [f"\\item[{number}] {escape(note)}{_places(cites)}" for number, note, cites in footnotes.listed()],
    )


def _columns(table: Table) -> str:
    """Widths in proportion to the text, none under a share that a word needs."""
    longest = [
        max(
            len(column.label),
            *(min(60, len(text_of(row[index], column.blank))) for row in table.rows),
            6,
        )
        for index, column in enumerate(table.columns)
    ]
    total = sum(longest)
    separators = 2 * len(longest)
    return "".join(
        f">{{\\raggedright\\arraybackslash}}p{{\\dimexpr {width / total:.3f}\\linewidth"
        f" - {separators / len(longest):.0f}\\tabcolsep\\relax}}"
        for width in longest
    )


def _notes(notes: Sequence[str]) -> Iterator[str]:
    yield _list("itemize", [f"\\item {escape(note)}" for note in notes])


def _list(kind: str, items: Sequence[str]) -> str:
    if not items:
        return ""
    return "\n".join((f"\\begin{{{kind}}}", *items, f"\\end{{{kind}}}"))


def _cell(value: Value, column: Column, footnotes: Footnotes) -> str:
    value, noted, cites = peel(value)
    marks = _places(cites) + "".join(f"\\textsuperscript{{{footnotes.number(note)}}}" for note in noted)
    if isinstance(value, Rich):
        return _runs(value.runs) + marks
    return escape(text_of(value, column.blank)) + marks


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
            note = f"{escape(run.note)}{_places(run.cites)}" if run.note else f"{escape(places(run.cites))}."
            return f"{escape(text_of(run.value))}\\footnote{{{note}}}"
        case _:
            return escape(run)


def _places(cites: Sequence[Cite]) -> str:
    return f" ({escape(places(cites))})" if cites else ""


def escape(text: str) -> str:
    """The text so that LaTeX sets it as it is."""
    return _DASHES.sub("-{}", visible(text).translate(_ESCAPES))
