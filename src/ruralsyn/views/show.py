"""Pages about a case, a country or any other record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from ruralsyn.dataset.model import Case, Dataset
from ruralsyn.dataset.naming import label_of
from ruralsyn.dataset.validation import REFERENCES
from ruralsyn.evidence.filters import Filter
from ruralsyn.evidence.names import RECORD_KINDS, find_locator, find_record, records_by_key
from ruralsyn.evidence.selection import Selection
from ruralsyn.page.document import (
    Block,
    Bullets,
    Code,
    Column,
    Document,
    Heading,
    Paragraph,
    Table,
    with_own_ids,
)
from ruralsyn.page.wording import listed
from ruralsyn.page.values import Term, Value
from ruralsyn.views.cases import attributes
from ruralsyn.views.coordination import coordination_table
from ruralsyn.views.effects import effects_table
from ruralsyn.views.notes import dataset_line, sources_note
from ruralsyn.views.paragraph import paragraph_page
from ruralsyn.views.sources import discrepancies_of, discrepancies_table
from ruralsyn.views.values import case_in_country, case_term, cites, term

FACTS = (Column("attribute", "Attribute"), Column("value", "Value", blank="not stated", weight=4))

RecordPage = tuple[str, list[Block]]
"""The title and the blocks of a record's page."""


def show_document(selection: Selection, names: Sequence[str]) -> Document:
    """The pages of some records, one after another.

    Raises UsageError for an unknown name.
    """
    dataset = selection.dataset
    pages = [_page_named(dataset, name) for name in dict.fromkeys(names)]
    if len(pages) == 1:
        title, blocks = pages[0]
    else:
        # The title of each page becomes a heading, so its own headings move down a level.
        title = listed(title for title, _ in pages)
        blocks = [block for page_title, page in pages for block in (Heading(page_title), *map(_lower, page))]
    return Document(
        title=title,
        blocks=tuple(with_own_ids(blocks)),
        dataset=dataset_line(dataset),
        notes=(sources_note(dataset),),
    )


def _page_named(dataset: Dataset, name: str) -> RecordPage:
    # Paragraphs first, because find_record() raises an error for what is no record.
    locator = find_locator(dataset, name)
    return paragraph_page(dataset, locator) if locator else _page(dataset, *find_record(dataset, name))


def _page(dataset: Dataset, kind: str, key: str) -> RecordPage:
    record = records_by_key(dataset, kind)[key]
    pages: dict[str, Callable[[Dataset, Any], RecordPage]] = {
        "cases": _case_page,
        "countries": _country_page,
        "domains": _domain_page,
        "outcomes": _outcome_page,
    }
    return pages[kind](dataset, record) if kind in pages else _record_page(dataset, kind, key, record)


def _case_page(dataset: Dataset, case: Case) -> RecordPage:
    only = Selection(dataset, Filter(cases=(case.id,)))
    country = dataset.countries[case.country].name
    profile: dict[str, Value] = {
        **attributes(dataset, case),
        "Effects": _effect_count(case),
        "Findings": len(case.findings) or "none: the institutional brief does not cover the case",
        "Source": cites(dataset, case.source),
    }
    region = dataset.countries[case.country].region
    blocks: list[Block] = [
        Paragraph((case.summary,)),
        *([Paragraph((case.note,))] if case.note else []),
        _facts("profile", profile),
        Heading("Effects"),
        # "No effects match" would speak of a filter that nobody set. Case and country are in the title.
        replace(
            effects_table(only).within_document().hiding("case", "country"),
            empty="The briefs report no effects for this case.",
        ),
        Heading("How it coordinated"),
        replace(
            coordination_table(only).within_document().hiding("case", "country"),
            empty="The briefs do not say how the case coordinated.",
        ),
        Heading("Discrepancies in the briefs on this case"),
        discrepancies_table(
            dataset, tuple(dataset.discrepancies[name] for name in discrepancies_of(dataset, case))
        ),
        Heading("See also"),
        Bullets(
            (
                ("Lessons for its region: ", Code(f"ruralsyn lessons --region {region}")),
                ("Recommendations for its region: ", Code(f"ruralsyn recommendations --region {region}")),
                ("Comparison with another case: ", Code(f"ruralsyn compare {case.id} OTHER")),
            )
        ),
    ]
    return f"{country}: {case.title}", blocks


def _effect_count(case: Case) -> Value:
    if not case.evaluated:
        return "none: the briefs report no effects for this case"
    # `effect_count` leaves simulations out, since they are no evaluations.
    simulated = sum(effect.simulated for effect in case.effects.values())
    return f"{case.effect_count}, and {simulated} simulated" if simulated else case.effect_count


def _country_page(dataset: Dataset, country: Any) -> RecordPage:
    cases = [case for case in dataset.cases.values() if case.country == country.id]
    if len(cases) == 1:
        return _case_page(dataset, cases[0])
    blocks: list[Block] = [Paragraph((country.note,))] if country.note else []
    for case in cases:
        title, page = _case_page(dataset, case)
        blocks += [Heading(title), *map(_lower, page)]
    return country.name, blocks


def _domain_page(dataset: Dataset, domain: Any) -> RecordPage:
    only = Selection(dataset, Filter(domains=(domain.id,)))
    blocks: list[Block] = [Paragraph((domain.note,))] if domain.note else []
    return domain.name, [*blocks, effects_table(only).within_document()]


def _outcome_page(dataset: Dataset, outcome: Any) -> RecordPage:
    facts: dict[str, Value] = {
        "Domain": term(dataset.domains[outcome.domain]),
        "Desired direction": outcome.desired.value,
        "Why": outcome.why,
    }
    effects = effects_table(Selection(dataset, Filter(outcomes=(outcome.id,))), by="outcome")
    return outcome.name, [_facts("profile", facts), Heading("Effects"), effects.within_document()]


def _record_page(dataset: Dataset, kind: str, key: str, record: Any) -> RecordPage:
    """The page of any other record: its fields, with references by name."""
    facts: dict[str, Value] = {"Kind": RECORD_KINDS[kind], "Id": key}
    for name in type(record).__dataclass_fields__:
        value = getattr(record, name)
        # `sources` lists sections. "Simulated" comes last, and also if it is False. `not value` would hide a
        # False, such as that of a finding that is no headline.
        if name in ("id", "sections", "contacts", "simulated") or value in (None, ()):
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
    if kind == "briefs":
        facts["Contacts"] = tuple(contact.name for contact in record.contacts.values())
    if kind == "programmes":
        facts["Cases"] = tuple(case_term(dataset.cases[case]) for case in dataset.cases_of(record.id))
    # The field `case` holds only an id, and REFERENCES has no entry that would turn it into a name.
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
    # With the id, which `show` takes: the title does not tell the whole of a discrepancy.
    if table == "discrepancies":
        return tuple(Term(key, f"{records[key].title} ({key})") for key in value)
    if isinstance(value, tuple):
        return tuple(term(records[key]) for key in value)
    return term(records[value])


# Blocks -------------------------------------------------------------------------------------------------


def _facts(identifier: str, facts: dict[str, Value]) -> Table:
    return Table(id=identifier, title="", columns=FACTS, rows=tuple(facts.items()))


def _lower(block: Block) -> Block:
    return replace(block, level=block.level + 1) if isinstance(block, Heading) else block
