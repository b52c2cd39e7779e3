"""Citation styles and the formats that reference managers read.

The rules, and where they are from:
- APA Style, 7th edition. Whoever is responsible for a work is its author, groups included (9.7, 9.11); a
  work without an author is led by its title (9.12). The briefs print no author but belong to a named
  project, so the project is their group author, and each reference's note says so. A work without a date
  is "n.d." (9.17); works alike in author and date are told apart by letters (9.47). Semicolons join several
  publishers (9.29). What a report or data set is stands in square brackets (9.21, 10.4, 10.9).
- BibTeX (btxdoc) for the syntax; biblatex for `@dataset`, `version` and `url`, which Pandoc reads too. Two
  pairs of braces keep a name whole and a title's case. `annote` is a field that styles do not print.
- RIS (Research Information Systems, "RIS Format Specifications"): a tag, two spaces, a hyphen, a space; TY
  first, ER last. In UTF-8 and with plain line feeds, as today's reference managers take them.
- CSL-JSON: the input schema of the Citation Style Language 1.0.2 (csl-data.json).

No year is made up: a reference without one has no date field, and styles print "n.d.".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, groupby
from typing import Any, NamedTuple

from ruralsyn.page.bibliography import Reference
from ruralsyn.page.text import visible
from ruralsyn.record import Record


class _Kind(NamedTuple):
    """What a kind of work is called in each format."""

    name: str
    bibtex: str
    publisher: str
    """The BibTeX field for whoever puts the work out."""
    ris: str
    csl: str


_KINDS = {
    "brief": _Kind("Policy brief", "techreport", "institution", "RPRT", "report"),
    "dataset": _Kind("Data set", "dataset", "publisher", "DATA", "dataset"),
}


def _line(text: str) -> str:
    """The text on one line, without control characters: nothing in it can end a field or start another."""
    return visible(" ".join(text.split()))


def apa(references: Sequence[Reference]) -> str:
    """A reference list in the manner of APA 7, in plain text: by author, date and title.

    A paragraph that is cited, for which a reference list has no room, follows its reference.
    """
    return "\n".join(f"{line}\n" for line in apa_lines(references))


def apa_lines(references: Sequence[Reference]) -> list[str]:
    """The references in the manner of APA 7, a line each, in the order of a reference list."""
    ordered = sorted(references, key=lambda item: (*_author_and_date(item), item.title.casefold()))
    lines = []
    for _, group in groupby(ordered, _author_and_date):
        alike = tuple(group)
        letters = [chr(ord("a") + index) for index in range(len(alike))] if len(alike) > 1 else [""]
        lines += [_line(" ".join(_apa_parts(*pair))) for pair in zip(alike, letters, strict=True)]
    return lines


def _author_and_date(reference: Reference) -> tuple[str, str]:
    """What a citation in the text shows; a work without an author is cited by its title."""
    return (_joined(reference.authors) or reference.title).casefold(), str(reference.year or "n.d.")


def _apa_parts(reference: Reference, letter: str) -> Iterator[str]:
    """Who, when, what, from where. Without a who, the what comes first."""
    date = f"({reference.year}{letter})." if reference.year else f"(n.d.{letter and f'-{letter}'})."
    version = f" (Version {reference.version})" if reference.version else ""
    what = f"{reference.title}{version} [{_KINDS[reference.kind].name}]."
    who = _joined(reference.authors)
    yield from (f"{who}.", date, what) if who else (what, date)
    if reference.publisher:
        yield f"{reference.publisher}."
    if reference.url:
        yield reference.url
    if reference.locator:
        yield f"Cited: {reference.locator}."


def _joined(names: tuple[str, ...]) -> str:
    return f"{', '.join(names[:-1])}, & {names[-1]}" if len(names) > 1 else "".join(names)


def bibtex(references: Sequence[Reference]) -> str:
    """A BibTeX database that biblatex, Pandoc and reference managers read too."""
    return "\n".join(map(_bibtex_entry, references))


def _bibtex_entry(reference: Reference) -> str:
    kind = _KINDS[reference.kind]
    publisher = f"{{{_latex(reference.publisher)}}}" if reference.publisher else None
    fields = {
        "author": " and ".join(f"{{{_latex(name)}}}" for name in reference.authors),
        "title": f"{{{_latex(reference.title)}}}",
        kind.publisher: publisher,
        "type": kind.name,
        "year": reference.year,
        "version": _latex(reference.version),
        "url": reference.url,
        "note": _latex(reference.locator),
        "annote": _latex(reference.note),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@{kind.bibtex}{{{reference.key},\n{lines}}}\n"


_NAMED = {"\\": "backslash", "~": "asciitilde", "^": "asciicircum", "<": "less", ">": "greater"}
_LATEX = {char: f"\\text{name}{{}}" for char, name in _NAMED.items()} | {c: f"\\{c}" for c in "&%#_$"}
_BRACES = {"{": r"\{", "}": r"\}"}
_UNBALANCED_BRACES = {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
_LIGATURE = re.compile(r"(?<=([-',`]))(?=\1)|(?<=[?!])(?=`)")
"""Between characters of which TeX would make one: a dash of two hyphens, a quotation mark of two accents."""


def _latex(text: str | None) -> str:
    r"""The text as LaTeX. BibTeX counts the brace of `\{` too, so braces out of balance become commands."""
    text = _line(text or "")
    depths = list(accumulate((char == "{") - (char == "}") for char in text)) or [0]
    balanced = depths[-1] == 0 and min(depths) == 0
    table = _LATEX | (_BRACES if balanced else _UNBALANCED_BRACES)
    return _LIGATURE.sub("{}", "".join(table.get(char, char) for char in text))


def ris(references: Sequence[Reference]) -> str:
    """A RIS file, for EndNote, Zotero, Mendeley and others."""
    return "".join(f"{tag}  - {value}\n" for item in references for tag, value in _ris_fields(item))


def _ris_fields(reference: Reference) -> Iterator[tuple[str, str]]:
    kind = _KINDS[reference.kind]
    yield "TY", kind.ris
    fields = (
        ("ID", reference.key),
        *(("AU", name) for name in reference.authors),
        ("TI", reference.title),
        ("M3", kind.name),
        ("PB", reference.publisher),
        ("PY", str(reference.year or "")),
        ("ET", reference.version),
        ("UR", reference.url),
        ("N1", reference.locator),
        ("N1", reference.note),
    )
    yield from ((tag, _line(value)) for tag, value in fields if value)
    yield "ER", ""


def csl_json(references: Sequence[Reference]) -> str:
    """CSL-JSON, for Pandoc, Quarto, Zotero and citeproc."""
    import json

    return json.dumps(list(map(_csl_item, references)), indent=2, ensure_ascii=False) + "\n"


def _csl_item(reference: Reference) -> dict[str, Any]:
    kind = _KINDS[reference.kind]
    fields = {
        "id": reference.key,
        "type": kind.csl,
        "title": reference.title,
        "author": [{"literal": name} for name in reference.authors],
        "publisher": reference.publisher,
        "genre": kind.name,
        "issued": reference.year and {"date-parts": [[reference.year]]},
        "version": reference.version,
        "URL": reference.url,
        "note": reference.locator,
        "annote": reference.note,
    }
    return {name: value for name, value in fields.items() if value}


class CitationStyle(Record, kw_only=True):
    """A citation style's row."""

    name: str
    endings: tuple[str, ...]
    """The endings of files that are written in it."""
    write: Callable[[Sequence[Reference]], str]


_ROWS = (
    CitationStyle(name="text", endings=(".txt", ".md"), write=apa),
    CitationStyle(name="bibtex", endings=(".bib",), write=bibtex),
    CitationStyle(name="ris", endings=(".ris",), write=ris),
    CitationStyle(name="csl-json", endings=(".json",), write=csl_json),
)

STYLES: dict[str, CitationStyle] = {style.name: style for style in _ROWS}
"""The styles by name."""
