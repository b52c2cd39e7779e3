"""Checks of a dataset beyond its types: small named functions that report every fault they find."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from ruralsyn.dataset.model import Dataset, Finding, Locator, Sign
from ruralsyn.dataset.naming import fold, spellings
from ruralsyn.errors import KeyPath, Problem

REFERENCES: dict[str, dict[str, str]] = {
    "briefs": {"publishers": "organisations", "discrepancies": "discrepancies"},
    "contacts": {"organisation": "organisations"},
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
    # The id of an effect is the id of its outcome.
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
"""For each kind of record, the fields that name other records, and the table of those records."""


def validate(dataset: Dataset) -> tuple[Problem, ...]:
    """Every fault that the checks find, in the order of CHECKS."""
    return tuple(problem for check in CHECKS for problem in check(dataset))


def records(dataset: Dataset) -> Iterator[tuple[str, KeyPath, Any]]:
    """Every record of the dataset: its kind, its path in the file and the record."""
    for kind in (*REFERENCES, *_WITHOUT_REFERENCES):
        if outer := INSIDE.get(kind):
            for holder in getattr(dataset, outer).values():
                for key, record in getattr(holder, kind).items():
                    yield kind, (outer, holder.id, kind, key), record
        else:
            for key, record in getattr(dataset, kind).items():
                yield kind, (kind, key), record


INSIDE = {"effects": "cases", "findings": "cases", "contacts": "briefs"}
"""The kinds of record that are nested in a record of another kind."""

# Their sources are checked like those of all other records.
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
    """Every reference to another record leads to a record that exists."""
    for kind, path, record in records(dataset):
        for name, table in REFERENCES.get(kind, {}).items():
            known = getattr(dataset, table)
            for value in _as_tuple(getattr(record, name)):
                if value not in known:
                    # The id is the last key of the path. It is not a field in the file.
                    where = path if name == "id" else (*path, name)
                    yield Problem(where, f"`{value}` is not one of [{table}.*]")


def locators_exist(dataset: Dataset) -> Iterator[Problem]:
    """Every locator leads to a declared brief, a declared section and a paragraph within it."""
    for _, path, record in records(dataset):
        for locator in getattr(record, "source", ()):
            if not _points_somewhere(dataset, locator):
                yield Problem((*path, "source"), f"`{locator}` is not a paragraph declared under [briefs.*]")


def sources_are_given(dataset: Dataset) -> Iterator[Problem]:
    """Every statement has a source."""
    # The model makes most of these fields required, but a list can still be empty.
    for kind, path, record in records(dataset):
        if kind in _STATEMENTS and not record.source:
            yield Problem((*path, "source"), "is empty; say where the statement comes from")


_STATEMENTS = (
    "contacts",
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
    """Every effect without a printed sign has a note that says how its direction is known."""
    for effect in dataset.effects:
        if effect.sign is not Sign.PRINTED and effect.note is None:
            path = ("cases", effect.case, "effects", effect.id)
            yield Problem(path, "has no printed sign: add a `note` that says how its direction is known")


def effects_name_programmes_of_the_case(dataset: Dataset) -> Iterator[Problem]:
    """Every effect is attributed to programmes of its own case."""
    for effect in dataset.effects:
        for programme in effect.programmes:
            if programme not in dataset.cases[effect.case].programmes:
                path = ("cases", effect.case, "effects", effect.id, "programmes")
                yield Problem(path, f"`{programme}` is not a programme of the case")


def programme_types_have_a_basis(dataset: Dataset) -> Iterator[Problem]:
    """A programme has both a type and its basis, or neither."""
    for programme in dataset.programmes.values():
        if (programme.type is None) != (programme.type_basis is None):
            yield Problem(("programmes", programme.id), "needs `type` and `type_basis` together, or neither")


def names_are_unambiguous(dataset: Dataset) -> Iterator[Problem]:
    """No two records of a vocabulary share a name, because a filter could not tell them apart."""
    for kind in NAMED:
        # Names are compared as `evidence.names` compares them with typed words: without case and accents.
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
"""The vocabularies from which a filter takes names."""


def no_claim_paragraphs_exist(dataset: Dataset) -> Iterator[Problem]:
    """Every paragraph listed in `no_claim` is a paragraph of its section."""
    for brief in dataset.briefs.values():
        for section in brief.sections.values():
            # The numbers are keys in TOML and therefore text, which may be anything.
            for number in section.no_claim:
                if not number.isdecimal() or not 1 <= int(number) <= section.paragraphs:
                    path = ("briefs", brief.id, "sections", section.id, "no_claim", number)
                    yield Problem(path, "is not a paragraph of the section")


def required_lists_are_filled(dataset: Dataset) -> Iterator[Problem]:
    """A list that a record must have is not empty."""
    needed = {"lessons": "regions", "recommendations": "regions", "cases": "programmes"}
    for kind, path, record in records(dataset):
        name = needed.get(kind)
        if name and not getattr(record, name):
            yield Problem((*path, name), "is empty; name at least one")


def briefs_can_be_told_apart(dataset: Dataset) -> Iterator[Problem]:
    """Every brief has a unique code of letters and digits, and every section has a paragraph."""
    codes: dict[str, str] = {}
    for brief in dataset.briefs.values():
        path = ("briefs", brief.id)
        # `show GR finance 2` splits its words at blanks and punctuation, so a code may contain neither.
        if not brief.code.isalnum():
            yield Problem((*path, "code"), "should have letters and digits only")
        # In lower case, because `show gr finance 2` finds the brief too.
        if codes.setdefault(brief.code.lower(), brief.id) != brief.id:
            yield Problem((*path, "code"), f"is also the code of `{codes[brief.code.lower()]}`")
        for section in brief.sections.values():
            if section.paragraphs < 1:
                yield Problem((*path, "sections", section.id, "paragraphs"), "should be 1 or more")


def level_basis_has_levels(dataset: Dataset) -> Iterator[Problem]:
    """A finding has a `level_basis` only if it has levels."""
    for finding in dataset.findings:
        if finding.level_basis and not finding.levels:
            path = ("cases", finding.case, "findings", finding.id, "level_basis")
            yield Problem(path, "is given without `levels`; add them or leave it out")


def shared_statements_are_the_same(dataset: Dataset) -> Iterator[Problem]:
    """Findings that share a `statement` have the same text, source and classification.

    People see a shared statement once, so a second wording would never be seen.
    """
    first: dict[str, Finding] = {}
    cases: dict[str, set[str]] = {}
    for finding in dataset.findings:
        if finding.statement is None:
            continue
        path = ("cases", finding.case, "findings", finding.id)
        shared = first.setdefault(finding.statement, finding)
        # `headline` may differ, because it is chosen for each case.
        for name in SAME_IN_A_STATEMENT:
            if getattr(finding, name) != getattr(shared, name):
                yield Problem((*path, name), f"differs from `{shared.key}`, which has the same `statement`")
        if finding.case in cases.setdefault(finding.statement, set()):
            yield Problem((*path, "statement"), f"`{finding.statement}` occurs twice in the case")
        cases[finding.statement].add(finding.case)


def headlines_are_few(dataset: Dataset) -> Iterator[Problem]:
    """A case has at most MOST_HEADLINES headline findings, so that they fit into a one-page summary."""
    for case in dataset.cases.values():
        marked = sum(finding.headline for finding in case.findings.values())
        if marked > MOST_HEADLINES:
            yield Problem(("cases", case.id), f"has {marked} headline findings; keep {MOST_HEADLINES}")


MOST_HEADLINES = 5
SAME_IN_A_STATEMENT = (
    "text",
    "note",
    "source",
    "role",
    "theme",
    "levels",
    "level_basis",
    "formality",
    "discrepancies",
)

Check = Callable[[Dataset], Iterable[Problem]]
# In the order in which the faults are printed. A reference that leads nowhere comes first, because it often
# explains a fault further down.
CHECKS: tuple[Check, ...] = (
    references_exist,
    locators_exist,
    sources_are_given,
    unprinted_signs_are_explained,
    effects_name_programmes_of_the_case,
    programme_types_have_a_basis,
    names_are_unambiguous,
    no_claim_paragraphs_exist,
    required_lists_are_filled,
    briefs_can_be_told_apart,
    level_basis_has_levels,
    shared_statements_are_the_same,
    headlines_are_few,
)


def _as_tuple(value: Any) -> tuple[str, ...]:
    # A field with a reference holds one id, several ids, or nothing.
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)


def _points_somewhere(dataset: Dataset, locator: Locator) -> bool:
    brief = dataset.briefs.get(locator.brief)
    # A brief that is missing is a fault like the others and must not raise an error here.
    section = brief.sections.get(locator.section) if brief else None
    return section is not None and 1 <= locator.paragraph <= section.paragraphs
