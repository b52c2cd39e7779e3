"""Checks of a dataset beyond its types: small named functions that report every fault they find.

A record that has a fault already may lack a field, which is then None. So a check says on which values its
faults depend, and those that follow from another fault are not reported.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

from ruralsyn.dataset.model import CODES, Dataset, Effect, Finding, Locator, Sign
from ruralsyn.dataset.naming import NAME_FIELDS, fold, similar, spellings
from ruralsyn.dataset.structure import NESTED
from ruralsyn.errors import KeyPath, Problem

REFERENCES: dict[str, dict[str, str]] = {
    "briefs": {"publishers": "organisations", "discrepancies": "discrepancies"},
    "contacts": {"organisation": "organisations"},
    "projects": {"run_by": "organisations", "funded_by": "organisations"},
    "countries": {"region": "regions"},
    "domains": {"discrepancies": "discrepancies"},
    "outcomes": {"domain": "domains"},
    "purposes": {"codelist": "codelists"},
    "organisations": {
        "country": "countries",
        "parent": "organisations",
        "discrepancies": "discrepancies",
    },
    "programmes": {
        "country": "countries",
        "type": "programme_types",
        "purpose": "purposes",
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
    "effects": {"outcome": "outcomes", "programmes": "programmes", "discrepancies": "discrepancies"},
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


def doubts(dataset: Dataset) -> tuple[Problem, ...]:
    """What deserves a look but is no fault, as warnings, in the order of WARNINGS."""
    return tuple(problem._replace(warning=True) for warning in WARNINGS for problem in warning(dataset))


def records(dataset: Dataset) -> Iterator[tuple[str, KeyPath, Any]]:
    """Every record of the dataset: its kind, its path in the file and the record."""
    for kind in (*REFERENCES, *_WITHOUT_REFERENCES):
        if outer := NESTED.get(kind):
            for holder in getattr(dataset, outer).values():
                for key, record in getattr(holder, kind).items():
                    yield kind, (outer, holder.id, kind, key), record
        else:
            for key, record in getattr(dataset, kind).items():
                yield kind, (kind, key), record


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
    unknown = _Unknown()
    for kind, path, record in records(dataset):
        for name, table in REFERENCES.get(kind, {}).items():
            known, value = getattr(dataset, table), getattr(record, name)
            # Nearly every reference is right, and needs no path.
            if value in known if isinstance(value, str) else known.keys() >= {*(value or ())}:
                continue
            for where, value in _with_paths(path, name, record):
                if value is not None and value not in known:
                    yield Problem(where, unknown.fault(value, table, known), rule="reference")


def _with_paths(path: KeyPath, name: str, record: Any) -> Iterator[tuple[KeyPath, Any]]:
    """The values of a field that holds one id, several ids or nothing, each with its path in the file."""
    value = getattr(record, name)
    if isinstance(value, tuple):
        yield from (((*path, name, number), item) for number, item in enumerate(value))
    # An effect whose key is its outcome has no field for it.
    elif name == "outcome" and value == record.id:
        yield path, value
    else:
        yield (*path, name), value


class _Unknown:
    """What is wrong with ids that no record has, each with the nearest id that one has.

    An id is compared with those of all records, so each is looked for once, and none after MOST_COMPARED
    comparisons: a file with thousands of wrong ids gets its faults in a few seconds too.
    """

    def __init__(self) -> None:
        self._nearest: dict[tuple[str, str], str] = {}
        self._compared = 0

    def fault(self, value: str, table: str, known: Collection[str]) -> str:
        """The message for an id that is not among the known ones of the table."""
        if (value, table) not in self._nearest:
            self._nearest[value, table] = self._look_for(value, known)
        near = self._nearest[value, table]
        few = f": {', '.join(known)}" if 0 < len(known) <= FEW else ""
        return f"`{value}` is not one of [{table}.*]{near or few}"

    def _look_for(self, value: str, known: Collection[str]) -> str:
        if self._compared >= MOST_COMPARED:
            return ""
        self._compared += len(known)
        return nearest_id(value, known)


MOST_COMPARED = 500_000
"""After how many comparisons of ids a check gives no more advice: about five seconds."""
FEW = 12
"""Up to this many ids, a message about an unknown one lists them all."""


def nearest_id(value: str, known: Iterable[str]) -> str:
    """The end of a message that asks for the id nearest to an unknown one; empty if none is near."""
    near = similar(value, known)
    return f"; did you mean `{near[0]}`?" if near else ""


def locators_exist(dataset: Dataset) -> Iterator[Problem]:
    """Every place leads to a declared source and, within it, to a paragraph or a page that it has."""
    unknown = _Unknown()
    for _, path, record in records(dataset):
        for number, locator in enumerate(getattr(record, "source", None) or ()):
            # None is a place that is at fault already.
            if locator is not None and (fault := _wrong_place(dataset, locator, unknown)):
                where = (*path, "source", number)
                about = ("briefs", locator.brief)
                facts = (*about, "pages"), (*about, "sections", locator.section)
                rule = "locator" if locator.brief in dataset.briefs else "reference"
                yield Problem(where, fault, rule=rule, because=facts)


def _wrong_place(dataset: Dataset, locator: Locator, unknown: _Unknown) -> str:
    """Why a place is not in its source; empty if it is."""
    brief = dataset.briefs.get(locator.brief)
    if brief is None:
        return unknown.fault(locator.brief, "briefs", dataset.briefs)
    if locator.paragraph is None:
        last = last_page(locator.section)
        beyond = brief.pages is not None and last > brief.pages
        return f"`{locator}`: the source has {brief.pages} pages" if beyond else ""
    section = brief.sections.get(locator.section)
    if section is None:
        return unknown.fault(locator.section, f"briefs.{brief.id}.sections", brief.sections)
    # A section without paragraphs is a fault of its own.
    if section.paragraphs and not 1 <= locator.paragraph <= section.paragraphs:
        return f"`{locator}`: the section has {section.paragraphs} paragraphs"
    return ""


def last_page(place: str) -> int:
    """The last page of `p. 14` or `pp. 14-16`; 0 for a place that names no page."""
    number = place.replace("–", "-").rpartition("-" if "-" in place or "–" in place else " ")[2]
    is_page = (
        place.startswith(("p. ", "pp. ")) and number.isascii() and number.isdecimal() and len(number) < 9
    )
    return int(number) if is_page else 0


def sources_are_given(dataset: Dataset) -> Iterator[Problem]:
    """Every statement has a source."""
    # The model makes most of these fields required, but a list can still be empty.
    for kind, path, record in records(dataset):
        if kind in _STATEMENTS and not record.source:
            yield Problem((*path, "source"), "is empty; say where the statement comes from", rule="source")


_STATEMENTS = (
    "contacts",
    "organisations",
    "programmes",
    "effects",
    "findings",
    "lessons",
    "recommendations",
    "discrepancies",
)


def _path_of(effect: Effect, *field: str) -> KeyPath:
    return ("cases", effect.case, "effects", effect.id, *field)


def unprinted_signs_are_explained(dataset: Dataset) -> Iterator[Problem]:
    """Every effect without a printed sign has a note that says how its direction is known."""
    for effect in dataset.effects:
        if effect.sign is not Sign.PRINTED and effect.note is None:
            message = "is missing: no sign is printed, so say how the direction is known"
            because = (_path_of(effect, "sign"),)
            yield Problem(_path_of(effect, "note"), message, rule="sign", because=because)


def effects_name_programmes_of_the_case(dataset: Dataset) -> Iterator[Problem]:
    """Every effect is attributed to programmes of its own case."""
    for effect in dataset.effects:
        of_case = dataset.cases[effect.case].programmes
        for number, programme in enumerate(effect.programmes):
            # A programme that does not exist is reported by `references_exist`.
            if programme not in of_case and programme in dataset.programmes:
                where = (*_path_of(effect, "programmes"), number)
                because = (("cases", effect.case, "programmes"),)
                yield Problem(
                    where, f"`{programme}` is not a programme of the case", rule="programme", because=because
                )


def bias_is_judged_by_a_tool(dataset: Dataset) -> Iterator[Problem]:
    """A risk of bias has the tool by which it was judged: a class means little without it."""
    for effect in dataset.effects:
        if effect.risk_of_bias and not effect.bias_tool:
            message = 'is missing: name the tool of the risk of bias, such as "RoB 2"'
            yield Problem(_path_of(effect, "bias_tool"), message, rule="bias")


def programme_types_have_a_basis(dataset: Dataset) -> Iterator[Problem]:
    """A programme has both a type and its basis, or neither."""
    for programme in dataset.programmes.values():
        if (programme.type is None) != (programme.type_basis is None):
            missing, given = ("type", "type_basis") if programme.type is None else ("type_basis", "type")
            path = ("programmes", programme.id)
            because = ((*path, given),)
            message = f"is missing: `{given}` needs it, or leave both out"
            yield Problem((*path, missing), message, rule="basis", because=because)


def purposes_have_reasons(dataset: Dataset) -> Iterator[Problem]:
    """A programme has both a purpose and what gives it this purpose, or neither."""
    for programme in dataset.programmes.values():
        if (programme.purpose is None) != (programme.purpose_why is None):
            missing, given = (
                ("purpose", "purpose_why") if programme.purpose is None else ("purpose_why", "purpose")
            )
            path = ("programmes", programme.id)
            because = ((*path, given),)
            message = f"is missing: `{given}` needs it, or leave both out"
            yield Problem((*path, missing), message, rule="purpose", because=because)


def codelists_are_dated(dataset: Dataset) -> Iterator[Problem]:
    """The date of a codelist is a year, a month or a day of ISO 8601, so that editions can be compared."""
    for codelist in dataset.codelists.values():
        if codelist.dated is not None and not _DATE.fullmatch(codelist.dated):
            message = f'"{codelist.dated}" is not a date such as 2024, 2024-06 or 2024-06-14'
            yield Problem(("codelists", codelist.id, "dated"), message, rule="date")


DATE = r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?"
"""A year, a month or a day of ISO 8601."""
_DATE = re.compile(DATE)


def names_are_unambiguous(dataset: Dataset) -> Iterator[Problem]:
    """No two records of a vocabulary share a name, because a filter could not tell them apart."""
    for kind in NAMED:
        # Names are compared as `evidence.names` compares them with typed words: without case and accents.
        owners: dict[str, str] = {}
        for record in getattr(dataset, kind).values():
            # A name without letters and digits, such as an emoji, cannot be typed in a filter.
            for name in dict.fromkeys(filter(None, map(fold, spellings(record)))):
                if owners.setdefault(name, record.id) != record.id:
                    path = (kind, record.id, *_field_named(record, name))
                    yield Problem(path, f"shares the name `{name}` with `{owners[name]}`", rule="name")


def _field_named(record: Any, name: str) -> KeyPath:
    """The field of a record that holds a folded name; empty if it is the id."""
    for field in (*NAME_FIELDS, "spanish", "french", *CODES):
        if fold(str(getattr(record, field, ""))) == name:
            return (field,)
    return ("aliases",) if name in map(fold, filter(None, record.aliases)) else ()


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
            last = range(1, (section.paragraphs or 0) + 1)
            for number in section.no_claim:
                if not (number.isascii() and number.isdecimal() and len(number) < 9 and int(number) in last):
                    path = ("briefs", brief.id, "sections", section.id)
                    message = "is not a paragraph of the section"
                    because = ((*path, "paragraphs"),)
                    yield Problem((*path, "no_claim", number), message, rule="locator", because=because)


def required_lists_are_filled(dataset: Dataset) -> Iterator[Problem]:
    """A list that a record must have is not empty."""
    needed = {"lessons": "regions", "recommendations": "regions"}
    for kind, path, record in records(dataset):
        name = needed.get(kind)
        if name and not getattr(record, name):
            yield Problem((*path, name), "is empty; name at least one", rule="missing")


def sources_can_be_told_apart(dataset: Dataset) -> Iterator[Problem]:
    """Every source has a unique code of letters and digits, and every section has a paragraph."""
    codes: dict[str, str] = {}
    for brief in dataset.briefs.values():
        path = ("briefs", brief.id)
        code = brief.code or ""
        # `show GR finance 2` splits its words at blanks and punctuation, so a code may contain neither.
        if not code.isalnum():
            yield Problem((*path, "code"), "should have letters and digits only", rule="code")
        # In lower case, because `show gr finance 2` finds the source too.
        elif codes.setdefault(code.lower(), brief.id) != brief.id:
            message = f"is also the code of `{codes[code.lower()]}`; give one of them another `code`"
            yield Problem((*path, "code"), message, rule="code")
        for section in brief.sections.values():
            if section.paragraphs is not None and section.paragraphs < 1:
                where = (*path, "sections", section.id, "paragraphs")
                yield Problem(where, "should be 1 or more", rule="range")


def dois_have_no_address(dataset: Dataset) -> Iterator[Problem]:
    """Every DOI begins with its prefix (ISO 26324), because references put the address before it."""
    for brief in dataset.briefs.values():
        if brief.doi is not None and not brief.doi.startswith("10."):
            message = "should begin with 10. and have no address before it, such as 10.1002/jrsm.1458"
            yield Problem(("briefs", brief.id, "doi"), message, rule="doi")


def countries_have_their_codes(dataset: Dataset) -> Iterator[Problem]:
    """Every country has the two letters and the three letters of ISO 3166."""
    for country in dataset.countries.values():
        for name, length in (("iso2", 2), ("iso3", 3)):
            code = getattr(country, name)
            if code is not None and not (
                code.isascii() and code.isalpha() and code.isupper() and len(code) == length
            ):
                message = f'"{code}" is not a code of ISO 3166: {length} capital letters'
                yield Problem(("countries", country.id, name), message, rule="code")


def level_basis_has_levels(dataset: Dataset) -> Iterator[Problem]:
    """A finding has a `level_basis` only if it has levels."""
    for finding in dataset.findings:
        if finding.level_basis and not finding.levels:
            path = ("cases", finding.case, "findings", finding.id)
            message = "is given without `levels`; add them or leave it out"
            because = ((*path, "levels"),)
            yield Problem((*path, "level_basis"), message, rule="basis", because=because)


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
                message = f"differs from `{shared.key}`, which has the same `statement`"
                because = (("cases", shared.case, "findings", shared.id, name), (*path, "statement"))
                yield Problem((*path, name), message, rule="statement", because=because)
        if finding.case in cases.setdefault(finding.statement, set()):
            message = f"`{finding.statement}` occurs twice in the case"
            yield Problem((*path, "statement"), message, rule="statement")
        cases[finding.statement].add(finding.case)


def headlines_are_few(dataset: Dataset) -> Iterator[Problem]:
    """A case has at most MOST_HEADLINES headline findings, so that they fit into a one-page summary."""
    for case in dataset.cases.values():
        marked = [finding for finding in case.findings.values() if finding.headline]
        if len(marked) > MOST_HEADLINES:
            path = ("cases", case.id, "findings", marked[MOST_HEADLINES].id, "headline")
            message = f"is one of {len(marked)} headlines of the case; keep {MOST_HEADLINES}"
            yield Problem(path, message, rule="headline")


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


def terms_are_used(dataset: Dataset) -> Iterator[Problem]:
    """Every record of the tables in TERMS is used: a record cites it if it is a source, or names it."""
    used: dict[str, set[str]] = {}
    for kind, _, record in records(dataset):
        for name, table in REFERENCES.get(kind, {}).items():
            value = getattr(record, name)
            used.setdefault(table, set()).update(value if isinstance(value, tuple) else (value,))
        places = getattr(record, "source", None) or ()
        used.setdefault("briefs", set()).update(place.brief for place in places if place)
    for table in TERMS:
        for key in getattr(dataset, table):
            if key not in used.get(table, ()):
                doing = "cites it" if table == "briefs" else "uses it"
                yield Problem((table, key), f"no record {doing}", rule="unused")


TERMS = ("briefs", "regions", "countries", "domains", "outcomes", "themes", "audiences", "programme_types")
"""The tables whose records mean nothing by themselves."""


def outcomes_have_reasons(dataset: Dataset) -> Iterator[Problem]:
    """Every outcome says why its direction is desired."""
    for outcome in dataset.outcomes.values():
        if outcome.why is None:
            message = "is missing: say why this direction is desired, or why none is"
            yield Problem(("outcomes", outcome.id, "why"), message, rule="why")


def cases_have_sources(dataset: Dataset) -> Iterator[Problem]:
    """Every case says where it comes from."""
    for case in dataset.cases.values():
        if not case.source:
            yield Problem(
                ("cases", case.id, "source"), "is missing: say where the case comes from", rule="source"
            )


Check = Callable[[Dataset], Iterable[Problem]]
WARNINGS: tuple[Check, ...] = (terms_are_used, outcomes_have_reasons, cases_have_sources)
# In the order in which the faults are printed. A reference that leads nowhere comes first, because it often
# explains a fault further down.
CHECKS: tuple[Check, ...] = (
    references_exist,
    locators_exist,
    sources_are_given,
    unprinted_signs_are_explained,
    effects_name_programmes_of_the_case,
    bias_is_judged_by_a_tool,
    programme_types_have_a_basis,
    purposes_have_reasons,
    codelists_are_dated,
    names_are_unambiguous,
    no_claim_paragraphs_exist,
    required_lists_are_filled,
    sources_can_be_told_apart,
    dois_have_no_address,
    countries_have_their_codes,
    level_basis_has_levels,
    shared_statements_are_the_same,
    headlines_are_few,
)
