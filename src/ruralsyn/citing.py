"""References to the briefs and to the dataset, and the formats that reference managers read.

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

import json
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, groupby
from typing import Any, Literal, NamedTuple

from ruralsyn.document import Cite, places, visible
from ruralsyn.errors import UsageError
from ruralsyn.model import Brief, Dataset, Locator
from ruralsyn.record import Record

DATASET_KEY = "ruralsyn"
DATASET_AUTHOR = "The ruralsyn authors"
"""The holder of the copyright, as the licence names it."""


class Reference(Record, kw_only=True):
    """A work that can be cited."""

    key: str
    """The citation key."""
    kind: Literal["brief", "dataset"]
    title: str
    authors: tuple[str, ...] = ()
    """Names of groups, each taken whole."""
    publisher: str | None = None
    """Absent where it is not known or is the author."""
    year: int | None = None
    """Absent where none is printed."""
    version: str | None = None
    url: str | None = None
    """An address that the work itself prints."""
    note: str | None = None
    """What the work is, or what is not known of it."""
    locator: str | None = None
    """The places that are cited, e.g. `finance ¶2; impact-evaluation ¶3`."""


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


def references(dataset: Dataset) -> tuple[Reference, ...]:
    """The briefs, then the dataset itself."""
    info = dataset.dataset
    itself = Reference(
        key=DATASET_KEY,
        kind="dataset",
        title=info.title,
        authors=(DATASET_AUTHOR,),
        version=info.version,
        note=info.description,
    )
    return (*(_reference(dataset, brief) for brief in dataset.briefs.values()), itself)


def references_for(dataset: Dataset, source: tuple[Locator, ...]) -> tuple[Reference, ...]:
    """The briefs that the locators point to, in the order of their first mention, with the places cited."""
    cited: dict[str, list[Cite]] = {}
    for locator in source:
        cited.setdefault(locator.brief, []).append(Cite(*locator, place=locator.section))
    return tuple(_reference(dataset, dataset.briefs[key], places(cites)) for key, cites in cited.items())


def _reference(dataset: Dataset, brief: Brief, locator: str | None = None) -> Reference:
    return Reference(
        key=brief.citation_key,
        kind="brief",
        title=brief.title,
        authors=(brief.project,),
        publisher="; ".join(dataset.organisations[key].name for key in brief.publishers) or None,
        url=_address(brief.websites[0]) if brief.websites else None,
        note=" ".join(filter(None, (brief.note, "The project stands as its author."))),
        locator=locator,
    )


def _address(printed: str) -> str:
    """A web address with the scheme that a link needs and without what no address may hold."""
    address = _line(printed) if "://" in printed else f"http://{_line(printed)}"
    return re.sub(r'[ "<>\\^`{|}]', lambda match: f"%{ord(match[0]):02X}", address)


def _line(text: str) -> str:
    """The text on one line, without control characters: nothing in it can end a field or start another."""
    return visible(" ".join(text.split()))


def apa(references: Sequence[Reference]) -> str:
    """A reference list in the manner of APA 7, in plain text: by author, date and title.

    A place that is cited, for which a reference list has no room, follows its reference.
    """
    ordered = sorted(references, key=lambda item: (*_author_and_date(item), item.title.casefold()))
    lines = []
    for _, group in groupby(ordered, _author_and_date):
        alike = tuple(group)
        letters = [chr(ord("a") + index) for index in range(len(alike))] if len(alike) > 1 else [""]
        lines += [_line(" ".join(_apa_parts(*pair))) + "\n" for pair in zip(alike, letters, strict=True)]
    return "\n".join(lines)


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


STYLES: dict[str, Callable[[Sequence[Reference]], str]] = {
    "text": apa,
    "bibtex": bibtex,
    "ris": ris,
    "csl-json": csl_json,
}
"""The formats by name."""


ENDINGS = {".bib": "bibtex", ".ris": "ris", ".json": "csl-json", ".txt": "text", ".md": "text"}
"""The style that a file's ending stands for."""


def style_of(file: str | None) -> str:
    """The style for a file, by its ending; text for standard output. UsageError for an ending without one."""
    if file in (None, "-"):
        return "text"
    for ending, style in ENDINGS.items():
        if str(file).lower().endswith(ending):
            return style
    raise UsageError(f"'{file}': its ending does not tell the style. Add --format with {', '.join(STYLES)}.")
