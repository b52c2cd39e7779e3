"""Citation styles, and the formats that reference managers read.

The rules and their sources:
- APA Style, 7th edition. The author is whoever is responsible for the work, which can be a group (9.7, 9.11).
  A work without an author begins with its title (9.12). The briefs print no author but belong to a named
  project, so the project is their group author, and the note of each reference says so. Persons have their
  initials, and of more than 20 authors the first 19 and the last are named (9.8). A work without a date
  is "n.d." (9.17). Works with equal author and date get letters (9.47). Several publishers are joined by
  semicolons (9.29). The kind of a report or data set is given in square brackets (9.21, 10.4, 10.9); of a
  work whose kind is not known, none is claimed. A DOI takes the place of another address (9.34).
- BibTeX (btxdoc) for the syntax; biblatex for `@dataset`, `version` and `url`, which Pandoc reads too. Double
  braces keep the name of a group whole and the case of a title. `annote` is a field that styles do not print.
- RIS (Research Information Systems, "RIS Format Specifications"): a tag, two spaces, a hyphen, a space. TY
  comes first and ER last. UTF-8 and plain line feeds, as current reference managers accept.
- CSL-JSON: the input schema of the Citation Style Language 1.0.2 (csl-data.json).

No year is invented: a reference without one has no date field, and styles print "n.d.".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, groupby
from typing import Any, NamedTuple

from ruralsyn.page.bibliography import Reference, person
from ruralsyn.page.text import visible
from ruralsyn.record import Record


class _Kind(NamedTuple):
    """The names of a kind of work in each format."""

    name: str
    """What a reference says it is; empty if that needs no word or is not known."""
    bibtex: str
    publisher: str
    """The BibTeX field for the publisher."""
    ris: str
    csl: str


# BibTeX names the publisher of a report `institution`.
_KINDS = {
    "brief": _Kind("Policy brief", "techreport", "institution", "RPRT", "report"),
    "article": _Kind("", "article", "publisher", "JOUR", "article-journal"),
    "source": _Kind("", "misc", "howpublished", "GEN", "document"),
    "dataset": _Kind("Data set", "dataset", "publisher", "DATA", "dataset"),
}


def _line(text: str) -> str:
    """The text on one line and without control characters, so that it cannot end a field or start another."""
    return visible(" ".join(text.split()))


def apa(references: Sequence[Reference]) -> str:
    """A reference list in the style of APA 7, as plain text, sorted by author, date and title.

    APA has no paragraphs in a reference list, so those that are cited follow the reference.
    """
    return "\n".join(f"{line}\n" for line in apa_lines(references))


def apa_lines(references: Sequence[Reference]) -> list[str]:
    """The references in the style of APA 7, one line each, in the order of a reference list."""
    ordered = sorted(references, key=lambda item: (*_author_and_date(item), item.title.casefold()))
    lines = []
    # Letters follow the order of the titles, as 9.47 asks, so they are given after sorting.
    for _, group in groupby(ordered, _author_and_date):
        alike = tuple(group)
        letters = [chr(ord("a") + index) for index in range(len(alike))] if len(alike) > 1 else [""]
        lines += [_line(" ".join(_apa_parts(*pair))) for pair in zip(alike, letters, strict=True)]
    return lines


def _author_and_date(reference: Reference) -> tuple[str, str]:
    """What a citation in running text shows. A work without an author is cited by its title."""
    return (_joined(reference.authors) or reference.title).casefold(), str(reference.year or "n.d.")


def _apa_parts(reference: Reference, letter: str) -> Iterator[str]:
    """Author, date, title and source. Without an author, the title comes first."""
    # 9.47 puts a hyphen before the letter only after "n.d.".
    date = f"({reference.year}{letter})." if reference.year else f"(n.d.{letter and f'-{letter}'})."
    version = f" (Version {reference.version})" if reference.version else ""
    kind = _KINDS[reference.kind].name
    what = _ended(f"{reference.title}{version}{f' [{kind}]' if kind else ''}")
    who = _joined(reference.authors)
    yield from (_ended(who), date, what) if who else (what, date)
    yield from (_ended(name) for name in (reference.journal, reference.publisher) if name)
    if reference.doi:
        yield f"https://doi.org/{reference.doi}"
    elif reference.url:
        yield reference.url
    if reference.locator:
        yield f"Cited: {reference.locator}."


def _ended(text: str) -> str:
    """The text with a full stop, unless an initial, an abbreviation or a question ends it."""
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _joined(authors: tuple[str, ...]) -> str:
    names = [_with_initials(name) for name in authors]
    if len(names) > MOST_AUTHORS:
        return f"{', '.join(names[: MOST_AUTHORS - 1])}, . . . {names[-1]}"
    return f"{', '.join(names[:-1])}, & {names[-1]}" if len(names) > 1 else "".join(names)


MOST_AUTHORS = 20
"""The most authors of whom a reference names all (APA 9.8)."""


def _with_initials(name: str) -> str:
    """A person by family name and initials, `Devereux, S. J.-P.`; a group by its name."""
    known = person(name)
    if known is None:
        return name
    family, given = known
    parts = (part for part in re.split(r"[\s.]+", given) if part)
    return f"{family}, {' '.join(map(_initial, parts))}"


def _initial(part: str) -> str:
    """The initial of a given name, of both halves of a double name; a particle such as `de` stays."""
    if part.islower():
        return part
    return "-".join(f"{half[0]}." for half in part.split("-") if half)


def bibtex(references: Sequence[Reference]) -> str:
    """A BibTeX database, which biblatex, Pandoc and reference managers read as well."""
    return "\n".join(map(_bibtex_entry, references))


def _bibtex_entry(reference: Reference) -> str:
    kind = _KINDS[reference.kind]
    publisher = f"{{{_latex(reference.publisher)}}}" if reference.publisher else None
    fields = {
        "author": " and ".join(map(_bibtex_name, reference.authors)),
        "title": f"{{{_latex(reference.title)}}}",
        "journal": _latex(reference.journal),
        kind.publisher: publisher,
        "type": kind.name,
        "year": reference.year,
        "version": _latex(reference.version),
        "pagetotal": reference.pages,
        "doi": reference.doi,  # Not escaped, like the url.
        "url": reference.url,  # Not escaped: url fields are read as they are.
        "note": _latex(reference.locator),
        "annote": _latex(reference.note),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@{kind.bibtex}{{{reference.key},\n{lines}}}\n"


def _bibtex_name(name: str) -> str:
    """A person as `Family, Given`; a group in braces, because "and" in its name would otherwise split it."""
    known = person(name)
    if known is None or re.search(r"\band\b|,", known[1]):
        return f"{{{_latex(name)}}}"
    family, given = map(_latex, known)
    # A family name of several words stays one: "and" or a particle in it means nothing.
    return f"{{{family}}}, {given}" if " " in family else f"{family}, {given}"


# One table for all characters, so that the backslashes of one escape are not escaped by the next.
_NAMED = {"\\": "backslash", "~": "asciitilde", "^": "asciicircum", "<": "less", ">": "greater"}
_LATEX = {char: f"\\text{name}{{}}" for char, name in _NAMED.items()} | {c: f"\\{c}" for c in "&%#_$"}
_BRACES = {"{": r"\{", "}": r"\}"}
_UNBALANCED_BRACES = {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
_LIGATURE = re.compile(r"(?<=([-',`]))(?=\1)|(?<=[?!])(?=`)")
"""Between characters that TeX would join: two hyphens into a dash, two accents into a quotation mark."""


def _latex(text: str | None) -> str:
    r"""The text as LaTeX.

    BibTeX counts the brace of `\{` as a brace, so braces that do not balance become commands.
    """
    text = _line(text or "")
    depths = list(accumulate((char == "{") - (char == "}") for char in text)) or [0]
    balanced = depths[-1] == 0 and min(depths) == 0
    # Where braces balance, the short escape keeps the source readable.
    table = _LATEX | (_BRACES if balanced else _UNBALANCED_BRACES)
    return _LIGATURE.sub("{}", "".join(table.get(char, char) for char in text))


def ris(references: Sequence[Reference]) -> str:
    """A RIS file for EndNote, Zotero, Mendeley and others."""
    return "".join(f"{tag}  - {value}\n" for item in references for tag, value in _ris_fields(item))


def _ris_fields(reference: Reference) -> Iterator[tuple[str, str]]:
    kind = _KINDS[reference.kind]
    yield "TY", kind.ris
    fields = (
        ("ID", reference.key),
        *(("AU", name) for name in reference.authors),
        ("TI", reference.title),
        ("M3", kind.name),
        ("JF", reference.journal),
        ("PB", reference.publisher),
        ("PY", str(reference.year or "")),
        ("ET", reference.version),  # RIS has no version; ET is the edition.
        ("DO", reference.doi),
        ("UR", reference.url),
        ("N1", reference.locator),
        # SP would be the first page of an article.
        ("N1", f"{reference.pages} pages" if reference.pages else None),
        ("N1", reference.note),
    )
    # Fields without a value are left out. ER ends a record and is the only tag without one.
    yield from ((tag, _line(value)) for tag, value in fields if value)
    yield "ER", ""


def csl_json(references: Sequence[Reference]) -> str:
    """CSL-JSON for Pandoc, Quarto, Zotero and citeproc."""
    # Imported here: only this style is JSON.
    from ruralsyn.render.json import dumped

    return dumped(list(map(_csl_item, references)), indent=2) + "\n"


def _csl_item(reference: Reference) -> dict[str, Any]:
    kind = _KINDS[reference.kind]
    fields = {
        "id": reference.key,
        "type": kind.csl,
        "title": reference.title,
        "author": list(map(_csl_name, reference.authors)),
        "container-title": reference.journal,
        "publisher": reference.publisher,
        "genre": kind.name,
        "issued": reference.year and {"date-parts": [[reference.year]]},
        "version": reference.version,
        "number-of-pages": str(reference.pages or ""),
        "DOI": reference.doi,
        "URL": reference.url,
        "note": reference.locator,
        "annote": reference.note,
    }
    return {name: value for name, value in fields.items() if value}


def _csl_name(name: str) -> dict[str, str]:
    # `literal` is never split into given and family name.
    known = person(name)
    return {"family": known[0], "given": known[1]} if known else {"literal": name}


class CitationStyle(Record, kw_only=True):
    """A row of the table: one citation style."""

    name: str
    endings: tuple[str, ...]
    """The endings of its files."""
    write: Callable[[Sequence[Reference]], str]


_ROWS = (
    CitationStyle(name="text", endings=(".txt", ".md"), write=apa),
    CitationStyle(name="bibtex", endings=(".bib",), write=bibtex),
    CitationStyle(name="ris", endings=(".ris",), write=ris),
    CitationStyle(name="csl-json", endings=(".json",), write=csl_json),
)

STYLES: dict[str, CitationStyle] = {style.name: style for style in _ROWS}
"""The styles by name."""
