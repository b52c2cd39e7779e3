"""Pages about a case, a country or any other record."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from ruralsyn.dataset.model import Case, Country, Dataset, Domain, Outcome, Sign
from ruralsyn.dataset.naming import label_of
from ruralsyn.evidence.filters import Filter
from ruralsyn.evidence.names import RECORD_KINDS, find_locator, find_record, records_by_key
from ruralsyn.evidence.selection import Selection
from ruralsyn.evidence.source_words import source_words, worded
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
from ruralsyn.page.text import text_of
from ruralsyn.page.values import Value
from ruralsyn.page.wording import capital, count, listed, verb
from ruralsyn.record import Record
from ruralsyn.views.answers import coordination_answer, no_effects_answer
from ruralsyn.views.cases import attributes
from ruralsyn.views.coordination import coordination_table
from ruralsyn.views.effects import effects_table
from ruralsyn.views.notes import dataset_line, sources_note, sources_of
from ruralsyn.views.paragraph import paragraph_page
from ruralsyn.views.sources import discrepancies_of, discrepancies_table
from ruralsyn.views.values import (
    UNKNOWN,
    case_in_country,
    case_term,
    cites,
    direction_words,
    field_value,
    term,
)

FACTS = (Column("attribute", "Attribute"), Column("value", "Value", blank="not stated", weight=4))


class RecordPage(Record):
    """The page of a record."""

    title: str
    blocks: list[Block]
    lead: str = ""
    data: tuple[Table, ...] | None = None
    """The tables for programs, if they are not those among the blocks."""
    sources: tuple[str, ...] | None = None
    """The sources that it rests on, by their ids; None if it can rest on any."""


def show_document(selection: Selection, names: Sequence[str], *, full: bool = False) -> Document:
    """The pages of some records, one after another. `full` has every finding, note and discrepancy.

    Raises UsageError for an unknown name.
    """
    dataset = selection.dataset
    pages = [_page_named(dataset, name, full=full) for name in dict.fromkeys(names)]
    if len(pages) == 1:
        title, lead, blocks = pages[0].title, pages[0].lead, pages[0].blocks
    else:
        # The title of each page becomes a heading, so its own headings move down a level.
        title, lead = listed(page.title for page in pages), ""
        blocks = [block for page in pages for block in _as_part(page)]
    return Document(
        title=title,
        lead=lead,
        blocks=tuple(with_own_ids(blocks)),
        dataset=dataset_line(dataset),
        notes=(sources_note(dataset, _sources(pages)),),
        data=lambda: (block for block in with_own_ids(_tables(pages)) if isinstance(block, Table)),
    )


def _sources(pages: Sequence[RecordPage]) -> tuple[str, ...] | None:
    """The sources of the cases that the pages are about; None if a page is about something else."""
    if any(page.sources is None for page in pages):
        return None
    return tuple(dict.fromkeys(key for page in pages for key in page.sources or ()))


def _as_part(page: RecordPage) -> list[Block]:
    """A page as a part of a longer one, under its title."""
    lead: list[Block] = [Paragraph((page.lead,))] if page.lead else []
    return [Heading(page.title), *lead, *map(_lower, page.blocks)]


def _tables(pages: Sequence[RecordPage]) -> Iterator[Block]:
    for page in pages:
        yield from page.blocks if page.data is None else page.data


def _page_named(dataset: Dataset, name: str, *, full: bool) -> RecordPage:
    # Paragraphs first, because find_record() raises an error for what is no record.
    locator = find_locator(dataset, name)
    if locator:
        return RecordPage(*paragraph_page(dataset, locator))
    return _page(dataset, *find_record(dataset, name), full=full)


def _page(dataset: Dataset, kind: str, key: str, *, full: bool) -> RecordPage:
    record = records_by_key(dataset, kind)[key]
    pages: dict[str, Callable[..., RecordPage]] = {
        "cases": _case_page,
        "countries": _country_page,
        "domains": _domain_page,
        "outcomes": _outcome_page,
    }
    if kind in pages:
        return pages[kind](dataset, record, full=full)
    return _record_page(dataset, kind, key, record)


def _case_page(dataset: Dataset, case: Case, *, full: bool) -> RecordPage:
    only = Selection(dataset, Filter(cases=(case.id,)))
    # Case and country are in the title of the page.
    effects = replace(effects_table(only, full=full).hiding("case", "source"), group_by="", once="domain")
    findings = coordination_table(only, full=full).hiding("case")
    doubts = tuple(dataset.discrepancies[name] for name in discrepancies_of(dataset, case))
    facts, discrepancies = (
        _facts("profile", _profile(dataset, case)),
        discrepancies_table(dataset, doubts, full=full),
    )
    short = ("Programmes", "Run by", "Architecture", "Coordination")
    shortened = replace(facts, rows=tuple(row for row in facts.rows if row[0] in short))
    blocks: list[Block] = [
        *([Paragraph((case.summary,))] if case.summary else []),
        *([Paragraph((case.note,))] if case.note and full else []),
        *((facts if full else shortened,) if full or shortened.rows else ()),
        Heading("Effects"),
        # "No effects match" would speak of a filter that nobody set.
        replace(
            effects.within_document(), empty=worded(dataset, "The {briefs} report no effects for this case.")
        ),
        *(_coordination(only, findings) if dataset.findings else ()),
        *(_discrepancies(dataset, case, discrepancies, full=full) if doubts else ()),
        *(_see_also(dataset, case) if full else ()),
    ]
    title = f"{dataset.countries[case.country].name}: {case.title}"
    tables = (facts, effects, findings, discrepancies)
    lead = effects.lead or no_effects_answer(only)
    return RecordPage(title, blocks, lead, tables, sources_of(dataset, [case]))


def _coordination(only: Selection, findings: Table) -> Iterator[Block]:
    """How the case coordinated, under its heading."""
    yield Heading("How it coordinated")
    yield replace(
        findings.within_document(),
        # Without any, the text for an empty table says it all.
        notes=findings.notes if findings.rows else (),
        # The title names the case.
        lead=coordination_answer(only.dataset, "", only.findings),
        once="levels",
        empty=worded(only.dataset, "The {briefs} do not say how the case coordinated."),
    )


def _profile(dataset: Dataset, case: Case) -> dict[str, Value]:
    findings = len(case.findings) or worded(dataset, "none: {uncovered}")
    own = dataset.file_of("cases", case.id) is not None
    known = attributes(dataset, case)
    return {
        # A case of one's own need not be classified: what nobody gave is no fact.
        **{name: value for name, value in known.items() if not own or text_of(value) not in ("", *UNKNOWN)},
        "Effects": _effect_count(dataset, case),
        **({"Findings": findings} if dataset.findings else {}),
        "Source": cites(dataset, case.source),
    }


def _discrepancies(dataset: Dataset, case: Case, table: Table, *, full: bool) -> Iterator[Block]:
    """The discrepancies that touch the case: each of them in full, otherwise how many there are."""
    if full:
        yield Heading(worded(dataset, "Discrepancies in the {briefs} on this case"))
        yield table
        return
    number = len(table.rows)
    yield Paragraph(
        (
            worded(
                dataset,
                "{number} in the {briefs} {touch} this case: ",
                number=capital(count(number, "discrepancy", "discrepancies")),
                touch=verb(number, "touches", "touch"),
            ),
            Code(f"ruralsyn show {case.id} --full"),
            ".",
        )
    )


def _see_also(dataset: Dataset, case: Case) -> Iterator[Block]:
    region = dataset.countries[case.country].region
    yield Heading("See also")
    yield Bullets(
        (
            ("Lessons for its region: ", Code(f"ruralsyn lessons --region {region}")),
            ("Recommendations for its region: ", Code(f"ruralsyn recommendations --region {region}")),
            ("Comparison with another case: ", Code(f"ruralsyn compare {case.id} OTHER")),
        )
    )


def _effect_count(dataset: Dataset, case: Case) -> Value:
    if not case.evaluated:
        return worded(dataset, "none: the {briefs} report no effects for this case")
    # `effect_count` leaves simulations out, since they are no evaluations.
    simulated = sum(effect.simulated for effect in case.effects.values())
    return f"{case.effect_count}, and {simulated} simulated" if simulated else case.effect_count


def _country_page(dataset: Dataset, country: Country, *, full: bool) -> RecordPage:
    cases = [case for case in dataset.cases.values() if case.country == country.id]
    pages = [_case_page(dataset, case, full=full) for case in cases]
    note: list[Block] = [Paragraph((country.note,))] if country.note else []
    if len(pages) == 1:
        return replace(pages[0], blocks=[*note, *pages[0].blocks])
    blocks = [*note, *(block for page in pages for block in _as_part(page))]
    tables = tuple(table for page in pages for table in page.data or ())
    return RecordPage(country.name, blocks, "", tables, sources_of(dataset, cases))


def _domain_page(dataset: Dataset, domain: Domain, *, full: bool) -> RecordPage:
    only = Selection(dataset, Filter(domains=(domain.id,)))
    effects = effects_table(only, full=full)
    note: list[Block] = [Paragraph((domain.note,))] if domain.note else []
    lead = effects.lead or no_effects_answer(only)
    return RecordPage(domain.name, [*note, effects.within_document()], lead)


def _outcome_page(dataset: Dataset, outcome: Outcome, *, full: bool) -> RecordPage:
    facts: dict[str, Value] = {
        "Domain": term(dataset.domains[outcome.domain]),
        "Desired direction": outcome.desired.value,
        "Why": outcome.why,
    }
    only = Selection(dataset, Filter(outcomes=(outcome.id,)))
    effects = effects_table(only, by="outcome", full=full)
    blocks: list[Block] = [_facts("profile", facts), Heading("Effects"), effects.within_document()]
    return RecordPage(outcome.name, blocks, effects.lead or no_effects_answer(only))


def _record_page(dataset: Dataset, kind: str, key: str, record: Any) -> RecordPage:
    """The page of any other record: its fields, with references by name."""
    called = source_words(dataset).brief if kind == "briefs" else RECORD_KINDS[kind]
    facts: dict[str, Value] = {"Kind": called, "Id": key}
    for name in type(record).__dataclass_fields__:
        value = getattr(record, name)
        # `sources` lists sections. "Simulated" comes last, and also if it is False. `not value` would hide a
        # False, such as that of a finding that is no headline.
        if name in ("id", "sections", "contacts", "simulated") or value in (None, ()):
            continue
        label = LABELS.get(name, name.replace("_", " ").capitalize())
        facts[label] = field_value(dataset, kind, name, value)
    if kind == "effects":
        outcome = dataset.outcomes[record.outcome]
        facts = {
            "Outcome": term(outcome),
            **facts,
            "Direction": direction_words(record),
            "Benefit": dataset.benefit_of(record).value,
            "Why": outcome.why,
            "Simulated": record.simulated,
        }
        # Whoever writes a file of their own need not say how a direction is known.
        if record.sign is Sign.PRINTED and dataset.file_of("effects", key):
            facts.pop("Sign", None)
    if kind == "briefs":
        facts["Contacts"] = tuple(contact.name for contact in record.contacts.values())
    if kind == "programmes":
        facts["Cases"] = tuple(case_term(dataset.cases[case]) for case in dataset.cases_of(record.id))
    # The field `case` holds only an id, and REFERENCES has no entry that would turn it into a name.
    if kind in ("effects", "findings"):
        facts["Case"] = case_in_country(dataset, dataset.cases[record.case])
    title = label_of(record) if hasattr(record, "name") or hasattr(record, "title") else key
    return RecordPage(title, [_facts("profile", facts)])


LABELS = {"purpose_why": "Why this purpose"}
"""The fields whose names in the file would not read well on a page."""


# Blocks -------------------------------------------------------------------------------------------------


def _facts(identifier: str, facts: dict[str, Value]) -> Table:
    return Table(id=identifier, title="", columns=FACTS, rows=tuple(facts.items()))


def _lower(block: Block) -> Block:
    return replace(block, level=block.level + 1) if isinstance(block, Heading) else block
