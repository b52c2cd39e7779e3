"""References: the works that the dataset rests on, and those that a record cites."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ruralsyn.dataset.model import Brief, Dataset, Locator
from ruralsyn.errors import UsageError
from ruralsyn.evidence.names import cases_named, find_record, records_by_key
from ruralsyn.page.bibliography import Reference
from ruralsyn.page.text import cited, visible
from ruralsyn.page.values import Cite

DATASET_KEY = "ruralsyn"
DATASET_AUTHOR = "The ruralsyn authors"
"""The holder of the copyright, as the licence names it."""


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
    """The briefs that the locators point to, in the order of first mention, with the paragraphs cited."""
    by_brief: dict[str, list[Cite]] = {}
    for locator in source:
        by_brief.setdefault(locator.brief, []).append(Cite(*locator, section_label=locator.section))
    return tuple(_reference(dataset, dataset.briefs[key], cited(cites)) for key, cites in by_brief.items())


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
    address = _on_one_line(printed) if "://" in printed else f"http://{_on_one_line(printed)}"
    return re.sub(r'[ "<>\\^`{|}]', lambda match: f"%{ord(match[0]):02X}", address)


def _on_one_line(text: str) -> str:
    return visible(" ".join(text.split()))


def references_of(dataset: Dataset, names: Sequence[str]) -> tuple[Reference, ...]:
    """The references for the paragraphs of some records, or for the briefs and the dataset without names.

    A brief is cited whole. Raises UsageError for an unknown name and for a record without a source.
    """
    if not names:
        return references(dataset)
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
                f"'{name}' has no place of its own in the briefs. `ruralsyn show {key}` has what it is."
            )
        locators.update(dict.fromkeys(source))
    return (
        *(reference for reference in references(dataset) if reference.key in whole),
        *(reference for reference in references_for(dataset, tuple(locators)) if reference.key not in whole),
    )


def _source_of(dataset: Dataset, kind: str, key: str) -> tuple[Locator, ...]:
    """The paragraphs of a record; those of its cases for a country."""
    if kind == "countries":
        return tuple(locator for case in cases_named(dataset, key) for locator in dataset.cases[case].source)
    source: tuple[Locator, ...] = getattr(records_by_key(dataset, kind)[key], "source", ())
    return source
