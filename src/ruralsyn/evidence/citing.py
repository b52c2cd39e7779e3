"""References: the sources and the dataset, and the places that a record cites."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ruralsyn.dataset.model import Brief, Dataset, DatasetInfo, Locator
from ruralsyn.dataset.naming import fold
from ruralsyn.errors import UsageError
from ruralsyn.evidence.names import cases_named, find_record, records_by_key
from ruralsyn.evidence.source_words import worded
from ruralsyn.page.bibliography import Reference
from ruralsyn.page.text import cited, visible
from ruralsyn.page.values import Cite

DATASET_KEY = "ruralsyn"
DATASET_AUTHOR = "The ruralsyn authors"
"""The copyright holder, as named in LICENSE."""


def references(dataset: Dataset) -> tuple[Reference, ...]:
    """References for the sources, in file order, and then for the data.

    The data is the bundled dataset, if it is in play, and each further file that says what it is.
    """
    found = [_reference(dataset, brief) for brief in dataset.briefs.values()]
    if dataset.files.bundled:
        found.append(_data_reference(DATASET_KEY, dataset.dataset, authors=(DATASET_AUTHOR,)))
    found += (_data_reference(_key_of(info.title), info) for info in dataset.files.described)
    return tuple(_with_own_keys(found))


def _with_own_keys(found: Iterable[Reference]) -> Iterator[Reference]:
    """The references. Of two with one key the later gets another one: a bibliography would lose it."""
    taken: set[str] = set()
    for reference in found:
        keys = (reference.key, *(f"{reference.key}-{number}" for number in range(2, len(taken) + 3)))
        key = next(key for key in keys if key not in taken)
        taken.add(key)
        yield replace(reference, key=key)


def _data_reference(key: str, info: DatasetInfo, authors: tuple[str, ...] = ()) -> Reference:
    return Reference(
        key=key,
        kind="dataset",
        title=info.title,
        authors=authors,
        version=info.version,
        note=info.description,
    )


def _key_of(title: str) -> str:
    """A citation key for a set of data: `data-cash-in-dry-lands`."""
    # Letters without accents and digits only, because BibTeX takes no others.
    words = re.findall(r"[a-z0-9]+", fold(title))
    return "-".join(("data", *words[:LONGEST_KEY]))


LONGEST_KEY = 6
"""The most words of a title that a citation key has."""


def references_for(dataset: Dataset, source: tuple[Locator, ...]) -> tuple[Reference, ...]:
    """References for the sources that the locators point to, in the order of first mention.

    Each has the cited places as its `locator`.
    """
    by_brief: dict[str, list[Cite]] = {}
    for locator in source:
        by_brief.setdefault(locator.brief, []).append(Cite(*locator, section_label=locator.section))
    # A source that is cited as a whole has no places.
    return tuple(
        _reference(dataset, dataset.briefs[key], cited(cites) or None) for key, cites in by_brief.items()
    )


def _reference(dataset: Dataset, brief: Brief, locator: str | None = None) -> Reference:
    # A source may print no author. `note` tells the reader that its project was chosen as author.
    as_author = bool(brief.project and not brief.authors)
    # What a source of a further file is, it does not say, apart from an article.
    bundled = dataset.file_of("briefs", brief.id) is None
    return Reference(
        key=brief.citation_key,
        kind="brief" if bundled else "article" if brief.journal else "source",
        title=brief.title,
        authors=brief.authors or ((brief.project,) if brief.project else ()),
        publisher="; ".join(dataset.organisations[key].name for key in brief.publishers) or None,
        journal=brief.journal,
        year=brief.year,
        doi=_escaped(brief.doi) if brief.doi else None,
        pages=brief.pages,
        # The first address, because a reference has room for one.
        url=_address(brief.websites[0]) if brief.websites else None,
        note=" ".join(filter(None, (brief.note, PROJECT_AS_AUTHOR if as_author else ""))) or None,
        locator=locator,
    )


PROJECT_AS_AUTHOR = "The project is cited as its author."


def _address(printed: str) -> str:
    """A printed web address as a URL: with a scheme, and with forbidden characters escaped."""
    # Sources print addresses without a scheme. A link without one is relative to the page that it is on.
    address = printed if "://" in printed else f"http://{_on_one_line(printed)}"
    return _escaped(address)


def _escaped(address: str) -> str:
    # Characters that RFC 3986 does not allow. "%" stays, because the address may be escaped already.
    return re.sub(r'[ "<>\\^`{|}]', lambda match: f"%{ord(match[0]):02X}", _on_one_line(address))


def _on_one_line(text: str) -> str:
    # A text from a file has no line breaks, but a record that is made in Python can have them.
    return visible(" ".join(text.split()))


def references_of(dataset: Dataset, names: Sequence[str]) -> tuple[Reference, ...]:
    """The references for the named records; without names, those for the sources and the dataset.

    A name of a source gives a reference to the whole source, any other name a reference to the places that
    the record cites. Raises UsageError for an unknown name and for a record without a source.
    """
    if not names:
        return references(dataset)
    # A dict and not a set, because it keeps the order in which the places were named.
    locators: dict[Locator, None] = {}
    whole: list[str] = []
    for name in names:
        kind, key = find_record(dataset, name)
        if kind == "briefs":
            whole.append(dataset.briefs[key].citation_key)
            continue
        source = _source_of(dataset, kind, key)
        if not source:
            raise UsageError(
                worded(
                    dataset,
                    "'{name}' cites no paragraph of the {briefs}. `ruralsyn show {key}` shows the record.",
                    name=name,
                    key=key,
                )
            )
        locators.update(dict.fromkeys(source))
    return (
        *(reference for reference in references(dataset) if reference.key in whole),
        # A source that is cited whole needs no second reference to some of its places.
        *(reference for reference in references_for(dataset, tuple(locators)) if reference.key not in whole),
    )


def _source_of(dataset: Dataset, kind: str, key: str) -> tuple[Locator, ...]:
    """The places that a record cites; for a country, those of its cases."""
    # A country itself has no source: sources describe cases.
    if kind == "countries":
        return tuple(locator for case in cases_named(dataset, key) for locator in dataset.cases[case].source)
    # Outcomes, domains, regions and themes have no source, and the caller reports that.
    source: tuple[Locator, ...] = getattr(records_by_key(dataset, kind)[key], "source", ())
    return source
