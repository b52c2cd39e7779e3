"""What must hold in a dataset beyond its types, as small named checks that report every fault."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from ruralsyn.dataset.model import Dataset, Locator, Sign
from ruralsyn.dataset.naming import fold, spellings
from ruralsyn.errors import KeyPath, Problem

REFERENCES: dict[str, dict[str, str]] = {
    "briefs": {"publishers": "organisations", "discrepancies": "discrepancies"},
    "projects": {"run_by": "organisations", "funded_by": "organisations"},
    "countries": {"region": "regions"},
    "domains": {"discrepancies": "discrepancies"},
    "outcomes": {"domain": "domains"},
    "organisations": {
        "country": "countries",
        "parent": "organisations",
        "discrepancies": "discrepancies",
    },
    "programmes": {
        "country": "countries",
        "type": "programme_types",
        "organisation": "organisations",
        "discrepancies": "discrepancies",
    },
    "cases": {
        "country": "countries",
        "programmes": "programmes",
        "architecture": "architectures",
        "coordination": "coordination",
        "discrepancies": "discrepancies",
    },
    "effects": {"id": "outcomes", "programmes": "programmes", "discrepancies": "discrepancies"},
    "findings": {
        "levels": "levels",
        "formality": "formality",
        "role": "roles",
        "theme": "themes",
        "discrepancies": "discrepancies",
    },
    "lessons": {"theme": "themes", "regions": "regions", "discrepancies": "discrepancies"},
    "recommendations": {
        "audiences": "audiences",
        "regions": "regions",
        "discrepancies": "discrepancies",
    },
}
"""For each kind of record, the fields that name other records, and of which table."""


def validate(dataset: Dataset) -> tuple[Problem, ...]:
    """Every fault that the checks find, in the order of CHECKS."""
    return tuple(problem for check in CHECKS for problem in check(dataset))


def records(dataset: Dataset) -> Iterator[tuple[str, KeyPath, Any]]:
    """Every record of the dataset: its kind, its path in the file and the record."""
    for kind in (*REFERENCES, *_WITHOUT_REFERENCES):
        if kind in ("effects", "findings"):
            for case in dataset.cases.values():
                for key, record in getattr(case, kind).items():
                    yield kind, ("cases", case.id, kind, key), record
        else:
            for key, record in getattr(dataset, kind).items():
                yield kind, (kind, key), record


_WITHOUT_REFERENCES = (
    "regions",
    "architectures",
    "coordination",
    "levels",
    "formality",
    "roles",
    "themes",
    "audiences",
    "programme_types",
    "discrepancies",
)


def references_exist(dataset: Dataset) -> Iterator[Problem]:
    """A record that names another names one that is there."""
    for kind, path, record in records(dataset):
        for name, table in REFERENCES.get(kind, {}).items():
            known = getattr(dataset, table)
            for value in _as_tuple(getattr(record, name)):
                if value not in known:
                    where = path if name == "id" else (*path, name)
                    yield Problem(where, f"`{value}` is not one of [{table}.*]")


def locators_exist(dataset: Dataset) -> Iterator[Problem]:
    """A locator points to a declared paragraph of a declared section of a declared brief."""
    for _, path, record in records(dataset):
        for locator in getattr(record, "source", ()):
            if not _points_somewhere(dataset, locator):
                yield Problem((*path, "source"), f"`{locator}` points nowhere")


def sources_are_given(dataset: Dataset) -> Iterator[Problem]:
    """A statement says where it comes from."""
    for kind, path, record in records(dataset):
        if kind in _STATEMENTS and not record.source:
            yield Problem((*path, "source"), "is empty; say where the statement comes from")


_STATEMENTS = (
    "organisations",
    "programmes",
    "cases",
    "effects",
    "findings",
    "lessons",
    "recommendations",
    "discrepancies",
)


def unprinted_signs_are_explained(dataset: Dataset) -> Iterator[Problem]:
    """An effect whose sign is not printed has a note that says how its direction is known."""
    for effect in dataset.effects:
        if effect.sign is not Sign.PRINTED and effect.note is None:
            path = ("cases", effect.case, "effects", effect.id)
            yield Problem(path, "has no printed sign: add a `note` that says how its direction is known")


def effects_name_programmes_of_the_case(dataset: Dataset) -> Iterator[Problem]:
    """An effect is attributed to programmes that its case studied."""
    for effect in dataset.effects:
        for programme in effect.programmes:
            if programme not in dataset.cases[effect.case].programmes:
                path = ("cases", effect.case, "effects", effect.id, "programmes")
                yield Problem(path, f"`{programme}` is not a programme of the case")


def programme_types_have_a_basis(dataset: Dataset) -> Iterator[Problem]:
    """A programme's type comes with its basis, and a basis with a type."""
    for programme in dataset.programmes.values():
        if (programme.type is None) != (programme.type_basis is None):
            yield Problem(("programmes", programme.id), "needs `type` and `type_basis` together, or neither")


def names_are_unambiguous(dataset: Dataset) -> Iterator[Problem]:
    """Within a vocabulary no two records answer to the same name."""
    for kind in NAMED:
        owners: dict[str, str] = {}
        for record in getattr(dataset, kind).values():
            for name in dict.fromkeys(map(fold, spellings(record))):
                if owners.setdefault(name, record.id) != record.id:
                    yield Problem((kind, record.id), f"shares the name `{name}` with `{owners[name]}`")


NAMED = (
    "countries",
    "regions",
    "cases",
    "domains",
    "outcomes",
    "programmes",
    "coordination",
    "architectures",
    "levels",
    "formality",
    "roles",
    "themes",
    "audiences",
)
"""The vocabularies whose names a filter takes."""


def no_claim_paragraphs_exist(dataset: Dataset) -> Iterator[Problem]:
    """A paragraph listed as carrying no claim is one of its section's."""
    for brief in dataset.briefs.values():
        for section in brief.sections.values():
            for number in section.no_claim:
                if not number.isdecimal() or not 1 <= int(number) <= section.paragraphs:
                    path = ("briefs", brief.id, "sections", section.id, "no_claim", number)
                    yield Problem(path, "is not a paragraph of the section")


def lists_that_say_something_do(dataset: Dataset) -> Iterator[Problem]:
    """A list that a record must have names something."""
    needed = {
        "lessons": "regions",
        "recommendations": "regions",
        "cases": "programmes",
        "briefs": "publishers",
    }
    for kind, path, record in records(dataset):
        name = needed.get(kind)
        if name and not getattr(record, name):
            yield Problem((*path, name), "is empty")


def briefs_can_be_told_apart(dataset: Dataset) -> Iterator[Problem]:
    """A brief has a code of letters and digits that no other brief has, and sections of some length."""
    codes: dict[str, str] = {}
    for brief in dataset.briefs.values():
        path = ("briefs", brief.id)
        if not brief.code.isalnum():
            yield Problem((*path, "code"), "should be letters and digits alone")
        if codes.setdefault(brief.code.lower(), brief.id) != brief.id:
            yield Problem((*path, "code"), f"is the code of `{codes[brief.code.lower()]}` too")
        for section in brief.sections.values():
            if section.paragraphs < 1:
                yield Problem((*path, "sections", section.id, "paragraphs"), "should be 1 or more")


Check = Callable[[Dataset], Iterable[Problem]]
CHECKS: tuple[Check, ...] = (
    references_exist,
    locators_exist,
    sources_are_given,
    unprinted_signs_are_explained,
    effects_name_programmes_of_the_case,
    programme_types_have_a_basis,
    names_are_unambiguous,
    no_claim_paragraphs_exist,
    lists_that_say_something_do,
    briefs_can_be_told_apart,
)


def _as_tuple(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)


def _points_somewhere(dataset: Dataset, locator: Locator) -> bool:
    brief = dataset.briefs.get(locator.brief)
    section = brief.sections.get(locator.section) if brief else None
    return section is not None and 1 <= locator.paragraph <= section.paragraphs
