"""The briefs: what they consist of, and their discrepancies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ruralsyn.dataset.model import Case, Dataset, Discrepancy
from ruralsyn.evidence.selection import Selection
from ruralsyn.page.document import Code, Column, Document, Heading, Paragraph, Table
from ruralsyn.page.values import Sourced, Term
from ruralsyn.views.columns import RecordColumns, heads, record_rows
from ruralsyn.views.notes import dataset_line, sources_note
from ruralsyn.views.values import cites, footnotes, noted, organisation_term

BRIEF_COLUMNS: RecordColumns = (
    (Column("brief", "Brief", human=False), lambda _, brief: brief.id),
    (Column("code", "Code"), lambda _, brief: brief.code),
    (
        Column("title", "Title", weight=2),
        lambda dataset, brief: noted(brief.title, footnotes(dataset, brief)),
    ),
    (Column("project", "Project", spare=2), lambda _, brief: brief.project),
    (
        Column("publishers", "Behind the project", weight=2, spare=3),
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
    (Column("title", "Discrepancy", weight=1), lambda _, record: record.title),
    (
        Column("text", "What the briefs say", weight=3),
        lambda dataset, record: Sourced(record.text, cites(dataset, record.source)),
    ),
    (Column("handling", "What the dataset does", weight=2), lambda _, record: record.handling),
    (Column("source", "Source", human=False), lambda dataset, record: cites(dataset, record.source)),
)


def sources_document(selection: Selection) -> Document:
    """The briefs and their discrepancies."""
    dataset = selection.dataset
    return Document(
        title="Sources",
        blocks=(
            Paragraph((dataset.dataset.description,)),
            Heading("Briefs"),
            briefs_table(dataset),
            Heading("Discrepancies"),
            discrepancies_table(dataset, tuple(dataset.discrepancies.values())),
            Heading("Sections"),
            Paragraph(
                (
                    "A place such as GR finance ¶2 is the second paragraph of that section; each bullet, "
                    "table row or row of a figure counts as one. ",
                    Code("ruralsyn show 'GR finance ¶2'"),
                    " lists what comes from it.",
                )
            ),
            sections_table(dataset),
        ),
        dataset=dataset_line(dataset),
        notes=(sources_note(dataset),),
    )


def briefs_table(dataset: Dataset) -> Table:
    """The briefs, with what is known of their origin; no date, since they print none."""
    return Table(
        id="briefs",
        title="",
        columns=heads(BRIEF_COLUMNS),
        rows=record_rows(BRIEF_COLUMNS, dataset, dataset.briefs.values()),
    )


def sections_table(dataset: Dataset) -> Table:
    """The sections of the briefs, which locators name."""
    columns = (
        Column("brief", "Brief"),
        Column("section", "Section"),
        Column("heading", "Heading", weight=3),
        Column("paragraphs", "Paragraphs", number=True),
    )
    rows = tuple(
        (Term(brief.id, brief.code), section.id, section.title, section.paragraphs)
        for brief in dataset.briefs.values()
        for section in brief.sections.values()
    )
    return Table("sections", "", columns, rows, group_by=("brief",))


def discrepancies_table(dataset: Dataset, discrepancies: tuple[Discrepancy, ...]) -> Table:
    """Discrepancies with both sides and how the dataset treats them."""
    return Table(
        id="discrepancies",
        title="",
        columns=heads(DISCREPANCY_COLUMNS),
        rows=record_rows(DISCREPANCY_COLUMNS, dataset, discrepancies),
        empty="No discrepancies are recorded.",
    )


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
