"""The sources: their sections, contacts and discrepancies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ruralsyn.dataset.model import Brief, Case, Dataset, Discrepancy
from ruralsyn.evidence.selection import Selection
from ruralsyn.evidence.source_words import source_words, worded
from ruralsyn.page.document import Block, Code, Column, Document, Heading, Paragraph, Table
from ruralsyn.page.values import Term, Value
from ruralsyn.page.wording import capital
from ruralsyn.views.answers import sources_answer
from ruralsyn.views.columns import RecordColumns, file_column, heads, record_rows, replaced
from ruralsyn.views.notes import author_of, dataset_line, sources_note, year_of
from ruralsyn.views.values import cites, footnotes, noted, organisation_term

BRIEF_COLUMNS: RecordColumns = (
    (Column("brief", "{Brief}", human=False), lambda _, brief: brief.id),
    (Column("code", "Code"), lambda _, brief: brief.code),
    (Column("title", "Title", weight=2), lambda _, brief: brief.title),
    (Column("project", "Project", spare=2), lambda _, brief: brief.project),
    (
        Column("publishers", "Publishers", blank="none printed", weight=2, spare=3),
        lambda dataset, brief: tuple(organisation_term(dataset, key) for key in brief.publishers),
    ),
    (Column("websites", "Websites", blank="none printed", spare=1), lambda _, brief: brief.websites),
    (Column("sections", "Sections", number=True), lambda _, brief: len(brief.sections)),
    (
        Column("paragraphs", "Paragraphs", number=True),
        lambda _, brief: sum(section.paragraphs for section in brief.sections.values()),
    ),
)
DISCREPANCY_COLUMNS: RecordColumns = (
    (Column("discrepancy", "Discrepancy", human=False), lambda _, record: record.id),
    # The id is for programs, so both columns can be called "Discrepancy".
    (Column("title", "Discrepancy", weight=2), lambda _, record: record.title),
    # For people, who need it for `show`. Programs have it in the first column.
    (Column("id", "Id", machine=False), lambda _, record: record.id),
    (Column("text", "What the {briefs} say", weight=3), lambda _, record: record.text),
    (Column("handling", "How the dataset handles it", weight=2), lambda _, record: record.handling),
    (Column("source", "{Location}", spare=9), lambda dataset, record: cites(dataset, record.source)),
    *file_column("discrepancies"),
)
SOURCE_COLUMNS: RecordColumns = (
    (
        Column("by", "Author and year", machine=False),
        lambda _, brief: ", ".join(filter(None, (author_of(brief), year_of(brief)))),
    ),
    (
        Column("in", "Published in", blank="not stated", machine=False),
        lambda _, brief: ", ".join(filter(None, (brief.journal, brief.doi))) or None,
    ),
    (Column("authors", "Authors", human=False), lambda _, brief: brief.authors),
    (Column("year", "Year", human=False), lambda _, brief: brief.year),
    (Column("journal", "Journal", human=False), lambda _, brief: brief.journal),
    (Column("doi", "DOI", human=False), lambda _, brief: brief.doi),
    (Column("pages", "Pages", human=False), lambda _, brief: brief.pages),
)
"""What sources other than the briefs say of themselves."""
ONLY_OF_BRIEFS = ("project", "publishers", "websites", "sections", "paragraphs")
"""The columns that people see of the briefs alone."""


def sources_document(selection: Selection, *, full: bool = False) -> Document:
    """The sources, their discrepancies, their sections and their contacts.

    `full` adds what the sources say on each discrepancy and how the dataset handles it, and the codelists.
    """
    dataset = selection.dataset
    return Document(
        title="Sources",
        lead=sources_answer(dataset),
        blocks=(
            Heading(capital(source_words(dataset).briefs)),
            briefs_table(dataset, full=full),
            *_discrepancies(dataset, full=full),
            *(_sections(dataset) if full else ()),
            *_contacts(dataset),
            *(_codelists(dataset) if full else ()),
        ),
        dataset=dataset_line(dataset),
        notes=(sources_note(dataset),),
        data=lambda: (
            briefs_table(dataset),
            discrepancies_table(dataset, tuple(dataset.discrepancies.values())),
            sections_table(dataset),
            contacts_table(dataset),
            codelists_table(dataset),
        ),
    )


def _discrepancies(dataset: Dataset, *, full: bool) -> tuple[Block, ...]:
    """The discrepancies; nothing for sources of one's own without any."""
    table = discrepancies_table(dataset, tuple(dataset.discrepancies.values()), full=full)
    return (Heading("Discrepancies"), table) if table.rows or dataset.files.bundled else ()


def _sections(dataset: Dataset) -> tuple[Block, ...]:
    """The sections and how they are counted; nothing if the sources are cited by page."""
    code, section = ("GR", "finance") if dataset.files.bundled else _first_section(dataset)
    if not section:
        return ()
    place = f"{code} {section} ¶2"
    return (
        Heading("Sections"),
        Paragraph(
            (
                worded(dataset, COUNTED, place=place, section=section, code=code),
                Code(f"ruralsyn show '{place}'"),
                " lists the records that come from it.",
            )
        ),
        sections_table(dataset),
    )


COUNTED = (
    "{place} is the second paragraph of the section {section} in the {brief} {code}. Each bullet, each row "
    "of a table and each row of a figure counts as a paragraph. "
)


def _first_section(dataset: Dataset) -> tuple[str, str]:
    """The code of the first source with a section of two paragraphs, and the section; empty without one."""
    found = (
        (brief.code, section.id)
        for brief in dataset.briefs.values()
        for section in brief.sections.values()
        if section.paragraphs > 1
    )
    return next(found, ("", ""))


def _contacts(dataset: Dataset) -> tuple[Block, ...]:
    """The contacts. Few sources but the briefs name any, so for others an empty table says nothing."""
    table = contacts_table(dataset)
    return (Heading("Contacts"), table) if table.rows or dataset.files.bundled else ()


def briefs_table(dataset: Dataset, *, full: bool = False) -> Table:
    """The sources and their origin. The two briefs print no date. `full` adds the notes.

    With a further file, all sources have their author, year, journal and DOI instead.
    """
    briefs = tuple(dataset.briefs.values())
    own = SOURCE_COLUMNS if dataset.files.names else ()
    columns = (*BRIEF_COLUMNS, *own, *file_column("briefs"))
    shown = replaced(columns, "title", _title_with_notes) if full else columns
    table = Table("briefs", "", heads(columns, dataset), record_rows(shown, dataset, briefs))
    return table.hiding(*ONLY_OF_BRIEFS) if dataset.files.names else table


def _title_with_notes(dataset: Dataset, brief: Brief) -> Value:
    return noted(brief.title, footnotes(dataset, brief))


def sections_table(dataset: Dataset) -> Table:
    """The sections of the sources, which locators name."""
    columns = (
        _of_brief(dataset),
        Column("section", "Section"),
        Column("heading", "Heading", weight=3),
        Column("paragraphs", "Paragraphs", number=True),
    )
    rows = tuple(
        (Term(brief.id, brief.code), section.id, section.title, section.paragraphs)
        for brief in dataset.briefs.values()
        for section in brief.sections.values()
    )
    return Table("sections", "", columns, rows, group_by="brief")


def contacts_table(dataset: Dataset) -> Table:
    """The people whom the sources name for further information, without their e-mail addresses."""
    # One row for each source that names a person, because several sources may name the same one.
    rows = tuple(
        (
            Term(brief.id, brief.code),
            contact.name,
            organisation_term(dataset, contact.organisation),
            contact.about,
            cites(dataset, contact.source),
        )
        for brief in dataset.briefs.values()
        for contact in brief.contacts.values()
    )
    columns = (_of_brief(dataset), *CONTACT_COLUMNS)
    empty = worded(dataset, "The {briefs} name no contacts.")
    return Table("contacts", "", columns, rows, group_by="brief", empty=empty)


def _of_brief(dataset: Dataset) -> Column:
    """The column with the source that a section or a contact is in."""
    return Column("brief", capital(source_words(dataset).brief))


def _codelists(dataset: Dataset) -> tuple[Block, ...]:
    """The codelists under their heading; nothing without any."""
    return (Heading("Codelists"), codelists_table(dataset)) if dataset.codelists else ()


def codelists_table(dataset: Dataset) -> Table:
    """The lists that codes of countries and purposes are from, with the dates of their editions."""
    columns, codelists = heads(CODELIST_COLUMNS, dataset), dataset.codelists.values()
    return Table("codelists", "", columns, record_rows(CODELIST_COLUMNS, dataset, codelists))


CODELIST_COLUMNS: RecordColumns = (
    (Column("codelist", "Codelist", human=False), lambda _, codelist: codelist.id),
    (Column("name", "Name", weight=2), lambda _, codelist: codelist.name),
    (Column("publisher", "Publisher", weight=2), lambda _, codelist: codelist.publisher),
    (Column("dated", "Dated", whole=True), lambda _, codelist: codelist.dated),
    (Column("url", "Address", blank="not stated", weight=2), lambda _, codelist: codelist.url),
    *file_column("codelists"),
)
CONTACT_COLUMNS = (
    Column("name", "Name"),
    Column("organisation", "Organisation", weight=2),
    Column("about", "On", weight=2),
    Column("source", "Source", spare=1),
)


def discrepancies_table(
    dataset: Dataset, discrepancies: tuple[Discrepancy, ...], *, full: bool = False
) -> Table:
    """Discrepancies by title and id; in `full`, what the sources say, and how the dataset handles it."""
    table = Table(
        id="discrepancies",
        title="",
        columns=heads(DISCREPANCY_COLUMNS, dataset),
        rows=record_rows(DISCREPANCY_COLUMNS, dataset, discrepancies),
        empty="No discrepancies are recorded.",
    )
    return table.hiding("id") if full else table.hiding("text", "handling", "source")


def discrepancies_of(dataset: Dataset, case: Case, domains: Sequence[str] = ()) -> tuple[str, ...]:
    """The discrepancies of a case, its programmes, its effects and its findings, in file order.

    With domains: only the discrepancies of these domains and of the case's effects in them.
    """
    records: tuple[Any, ...] = (
        case,
        *(dataset.programmes[key] for key in case.programmes),
        *case.effects.values(),
        *case.findings.values(),
    )
    if domains:
        # The discrepancies of the case, its programmes and its findings belong to no domain.
        inside = (e for e in case.effects.values() if dataset.domain_of(e).id in domains)
        records = (*inside, *(dataset.domains[key] for key in domains))
    # Several records can name the same discrepancy. The order comes from the dataset, since a set has none.
    named = {name for record in records for name in record.discrepancies}
    return tuple(name for name in dataset.discrepancies if name in named)
