"""One page about a case, a country or any other record."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ruralsyn.citing import Reference, references, references_for
from ruralsyn.document import (
    Block,
    Bullets,
    Code,
    Column,
    Document,
    Heading,
    Paragraph,
    Table,
    Term,
    Value,
    with_own_ids,
)
from ruralsyn.errors import UsageError
from ruralsyn.model import Case, Dataset, Locator
from ruralsyn.query import Filter, cases_of, did_you_mean, fold, label_of, spellings
from ruralsyn.validation import REFERENCES
from ruralsyn.views.cases import attributes
from ruralsyn.views.cells import (
    case_in_country,
    case_term,
    cites,
    closing_notes,
    dataset_line,
    listed,
    term,
)
from ruralsyn.views.coordination import coordination_table
from ruralsyn.views.effects import effects_table
from ruralsyn.views.places import find_place, place_section
from ruralsyn.views.sources import discrepancies_table

FACTS = (Column("attribute", "Attribute"), Column("value", "Value", blank="not stated", weight=4))

RECORD_KINDS: dict[str, str] = {
    "cases": "case",
    "countries": "country",
    "programmes": "programme",
    "organisations": "organisation",
    "projects": "project",
    "outcomes": "outcome",
    "domains": "domain",
    "effects": "effect",
    "findings": "finding",
    "lessons": "lesson",
    "recommendations": "recommendation",
    "discrepancies": "discrepancy",
    "briefs": "brief",
    "architectures": "architecture",
    "coordination": "type of coordination",
    "regions": "region",
    "themes": "theme",
}
"""What can be shown, in the order in which a name is looked up, with the word for one of it."""


def show_document(dataset: Dataset, names: tuple[str, ...]) -> Document:
    """All that is known of some records, a section for each.

    Raises UsageError for a name that no record answers to.
    """
    sections = [_section_named(dataset, name) for name in dict.fromkeys(names)]
    if len(sections) == 1:
        title, blocks = sections[0]
    else:
        title = listed(title for title, _ in sections)
        blocks = [
            block
            for section_title, section in sections
            for block in (Heading(section_title), *map(_lower, section))
        ]
    return Document(
        title=title,
        blocks=tuple(with_own_ids(blocks)),
        dataset=dataset_line(dataset),
        notes=tuple(closing_notes(dataset)),
    )


def records_by_key(dataset: Dataset, kind: str) -> Mapping[str, Any]:
    """The records of a kind by the key that `show` takes: `case.outcome` for an effect."""
    if kind in ("effects", "findings"):
        return {record.key: record for record in getattr(dataset, kind)}
    records: Mapping[str, Any] = getattr(dataset, kind)
    return records


def find_record(dataset: Dataset, name: str) -> tuple[str, str]:
    """The kind and the key of the record that a name stands for.

    Ids go before other names, cases and countries before the rest. Raises UsageError with the nearest
    names if there is none.
    """
    folded = fold(name)
    for names_of in (_keys, _spellings):
        for kind in RECORD_KINDS:
            for key, record in records_by_key(dataset, kind).items():
                if folded in names_of(kind, key, record):
                    return kind, key
    known = {
        spelling: [key]
        for kind in ("domains", "outcomes", "programmes", "countries", "cases")
        for key, record in records_by_key(dataset, kind).items()
        for spelling in _spellings(kind, key, record)
    }
    raise UsageError(
        f"nothing is called '{name}'. {did_you_mean(name, known)}`ruralsyn cases` lists the cases, "
        "`ruralsyn vocabulary` the names of everything else, `ruralsyn search` finds any record."
    )


def cases_named(dataset: Dataset, name: str) -> tuple[str, ...]:
    """The cases that a name stands for: a case, all of a country, or those that study a programme.

    Raises UsageError, with the nearest names, if it stands for none.
    """
    folded = fold(name)
    meanings = (
        ("cases", lambda key: (key,)),
        ("countries", lambda key: tuple(c.id for c in dataset.cases.values() if c.country == key)),
        ("programmes", lambda key: cases_of(dataset, dataset.programmes[key])),
    )
    for kind, cases in meanings:
        for key, record in records_by_key(dataset, kind).items():
            if folded in (*_keys(kind, key, record), *_spellings(kind, key, record)) and cases(key):
                return cases(key)
    known = {
        spelling: [key]
        for kind in ("countries", "cases")
        for key, record in records_by_key(dataset, kind).items()
        for spelling in _spellings(kind, key, record)
    }
    raise UsageError(
        f"'{name}' is not a case or country. {did_you_mean(name, known)}`ruralsyn cases` lists them."
    )


def _keys(kind: str, key: str, record: Any) -> tuple[str, ...]:
    del kind, record
    return (fold(key),)


def _spellings(kind: str, key: str, record: Any) -> tuple[str, ...]:
    """An effect or finding answers to its key alone: its outcome is a record of its own."""
    if kind in ("effects", "findings"):
        return (fold(key),)
    return tuple(map(fold, spellings(record)))


def cited_by(dataset: Dataset, names: Sequence[str]) -> tuple[Reference, ...]:
    """The references for the places of some records, or for the briefs and the dataset without names.

    A brief stands for itself. Raises UsageError for an unknown name and for a record without a source.
    """
    if not names:
        return references(dataset)
    places: dict[Locator, None] = {}
    briefs: list[str] = []
    for name in names:
        kind, key = find_record(dataset, name)
        if kind == "briefs":
            briefs.append(key)
            continue
        source = _source_of(dataset, kind, key)
        if not source:
            raise UsageError(
                f"'{name}' has no place of its own in the briefs. `ruralsyn show {key}` has what it is."
            )
        places.update(dict.fromkeys(source))
    whole = [dataset.briefs[key].citation_key for key in briefs]
    return (
        *(reference for reference in references(dataset) if reference.key in whole),
        *(reference for reference in references_for(dataset, tuple(places)) if reference.key not in whole),
    )


def _source_of(dataset: Dataset, kind: str, key: str) -> tuple[Locator, ...]:
    """The places of a record; those of its cases for a country."""
    if kind == "countries":
        return tuple(place for case in cases_named(dataset, key) for place in dataset.cases[case].source)
    source: tuple[Locator, ...] = getattr(records_by_key(dataset, kind)[key], "source", ())
    return source


# Sections -----------------------------------------------------------------------------------------------

Section = tuple[str, list[Block]]


def _section_named(dataset: Dataset, name: str) -> Section:
    place = find_place(dataset, name)
    return place_section(dataset, place) if place else _section(dataset, *find_record(dataset, name))


def _section(dataset: Dataset, kind: str, key: str) -> Section:
    record = records_by_key(dataset, kind)[key]
    pages: dict[str, Callable[[Dataset, Any], Section]] = {
        "cases": _case_section,
        "countries": _country_section,
        "domains": _domain_section,
        "outcomes": _outcome_section,
    }
    return pages[kind](dataset, record) if kind in pages else _record_section(dataset, kind, key, record)


def _case_section(dataset: Dataset, case: Case) -> Section:
    only = Filter(cases=(case.id,))
    country = dataset.countries[case.country].name
    profile: dict[str, Value] = {
        **attributes(dataset, case),
        "Evaluated effects": _effect_count(case),
        "Findings": len(case.findings) or "none: the institutional brief does not cover the case",
        "Source": cites(dataset, case.source),
    }
    region = dataset.countries[case.country].region
    blocks: list[Block] = [
        Paragraph((case.summary,)),
        *([Paragraph((case.note,))] if case.note else []),
        _facts("profile", profile),
        Heading("Effects"),
        replace(
            _untitled(effects_table(dataset, only).hiding("case", "country")),
            empty="The briefs give the case no effects.",
        ),
        Heading("How it coordinated"),
        replace(
            _untitled(coordination_table(dataset, only).hiding("case", "country")),
            empty="No brief says how the case coordinated.",
        ),
        Heading("Discrepancies in the briefs that touch it"),
        discrepancies_table(
            dataset, tuple(dataset.discrepancies[name] for name in discrepancies_of(dataset, case))
        ),
        Heading("See also"),
        Bullets(
            (
                ("Lessons for its region: ", Code(f"ruralsyn lessons --region {region}")),
                ("Recommendations for its region: ", Code(f"ruralsyn recommendations --region {region}")),
                ("Beside another case: ", Code(f"ruralsyn compare {case.id} OTHER")),
            )
        ),
    ]
    return f"{country}: {case.title}", blocks


def _effect_count(case: Case) -> Value:
    if not case.evaluated:
        return "none: the briefs did not evaluate the case"
    simulated = sum(effect.simulated for effect in case.effects.values())
    return f"{case.effect_count}, and {simulated} simulated" if simulated else case.effect_count


def discrepancies_of(dataset: Dataset, case: Case, domains: Sequence[str] = ()) -> tuple[str, ...]:
    """The discrepancies that a case, its programmes, its effects or its findings name, in file order.

    With domains, those alone that an effect in one of them names, or the domain itself.
    """
    records: tuple[Any, ...] = (
        case,
        *(dataset.programmes[key] for key in case.programmes),
        *case.effects.values(),
        *case.findings.values(),
    )
    if domains:
        inside = (e for e in case.effects.values() if dataset.domain_of(e).id in domains)
        records = (*inside, *(dataset.domains[key] for key in domains))
    named = {name for record in records for name in record.discrepancies}
    return tuple(name for name in dataset.discrepancies if name in named)


def _country_section(dataset: Dataset, country: Any) -> Section:
    cases = [case for case in dataset.cases.values() if case.country == country.id]
    if len(cases) == 1:
        return _case_section(dataset, cases[0])
    blocks: list[Block] = [Paragraph((country.note,))] if country.note else []
    for case in cases:
        title, section = _case_section(dataset, case)
        blocks += [Heading(title), *map(_lower, section)]
    return country.name, blocks


def _domain_section(dataset: Dataset, domain: Any) -> Section:
    blocks: list[Block] = [Paragraph((domain.note,))] if domain.note else []
    return domain.name, [*blocks, _untitled(effects_table(dataset, Filter(domains=(domain.id,))))]


def _outcome_section(dataset: Dataset, outcome: Any) -> Section:
    facts: dict[str, Value] = {
        "Domain": term(dataset.domains[outcome.domain]),
        "Desired direction": outcome.desired.value,
        "Why": outcome.why,
    }
    effects = effects_table(dataset, Filter(outcomes=(outcome.id,)), by="outcome")
    return outcome.name, [_facts("profile", facts), Heading("Effects"), _untitled(effects)]


def _record_section(dataset: Dataset, kind: str, key: str, record: Any) -> Section:
    """Any other record: its fields, references by name."""
    facts: dict[str, Value] = {"Kind": RECORD_KINDS[kind], "Id": key}
    for name in type(record).__dataclass_fields__:
        value = getattr(record, name)
        if name in ("id", "sections", "simulated") or value in (None, ()):
            continue
        facts[name.replace("_", " ").capitalize()] = _fact(dataset, kind, name, value)
    if kind == "effects":
        outcome = dataset.outcomes[record.outcome]
        facts = {
            "Outcome": term(outcome),
            **facts,
            "Benefit": dataset.benefit_of(record).value,
            "Why": outcome.why,
            "Simulated": record.simulated,
        }
    if kind == "programmes":
        facts["Cases"] = tuple(case_term(dataset.cases[case]) for case in cases_of(dataset, record))
    if kind in ("effects", "findings"):
        facts["Case"] = case_in_country(dataset, dataset.cases[record.case])
    title = label_of(record) if hasattr(record, "name") or hasattr(record, "title") else key
    return title, [_facts("profile", facts)]


def _fact(dataset: Dataset, kind: str, name: str, value: Any) -> Value:
    if name == "source":
        return cites(dataset, value)
    table = REFERENCES.get(kind, {}).get(name)
    if table is None:
        result: Value = value.value if hasattr(value, "value") else value
        return result
    records = getattr(dataset, table)
    if table == "discrepancies":
        return tuple(Term(key, f"{records[key].title} ({key})") for key in value)
    if isinstance(value, tuple):
        return tuple(term(records[key]) for key in value)
    return term(records[value])


# Blocks -------------------------------------------------------------------------------------------------


def _facts(identifier: str, facts: dict[str, Value]) -> Table:
    return Table(id=identifier, title="", columns=FACTS, rows=tuple(facts.items()))


def _untitled(table: Table) -> Table:
    """A table under a heading that says what it is, in a document whose foot names the sources."""
    kept = tuple(note for note in table.notes if not note.startswith(("Sources:", "Filter:")))
    return replace(table, title="", notes=kept)


def _lower(block: Block) -> Block:
    return replace(block, level=block.level + 1) if isinstance(block, Heading) else block
