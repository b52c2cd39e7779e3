"""The sections of a report, built from views and prose. Each claim has its paragraphs.

Each section is one row of SECTIONS, from which help, README, `--list-sections`, the report for people and the
tables for programs are made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from ruralsyn.dataset.model import Basis, Case, Dataset, Discrepancy, Effect, Finding, Recommendation
from ruralsyn.dataset.naming import labelled_apart
from ruralsyn.evidence.citing import references
from ruralsyn.evidence.selection import Selection
from ruralsyn.evidence.source_words import source_words, worded
from ruralsyn.evidence.synthesis import MAJORITY
from ruralsyn.page.document import (
    Block,
    Bullets,
    Code,
    Column,
    Figure,
    Heading,
    Inline,
    Paragraph,
    References,
    Table,
)
from ruralsyn.page.values import Noted, Strong, Value
from ruralsyn.page.wording import capital, count, listed, word
from ruralsyn.record import Record
from ruralsyn.report import prose
from ruralsyn.views.answers import conflicting_word, coordination_answer, map_answer
from ruralsyn.views.cases import GIVEN, cases_table
from ruralsyn.views.compare import SECTIONS as COMPARISON
from ruralsyn.views.coordination import coordination_table, formality_of, ordered
from ruralsyn.views.effects import effects_table, in_fewer_columns, outcome_term, outcomes_in_words
from ruralsyn.views.evidence_map import evidence_map, map_data
from ruralsyn.views.lessons import lessons_table
from ruralsyn.views.map_marks import in_words
from ruralsyn.views.map_notes import label_notes
from ruralsyn.views.notes import LIMITS, absent_notes, confounding_caution, dataset_name, mark_notes
from ruralsyn.views.recommendations import recommendations_table
from ruralsyn.views.side_by_side import formality_table, obstacles_data, outcomes_table, profile_table
from ruralsyn.views.sources import discrepancies_of, discrepancies_table
from ruralsyn.views.statements import Statements, shared_statements
from ruralsyn.views.swim import swim_table
from ruralsyn.views.values import (
    NO_EFFECTS,
    NOT_REPORTED,
    benefit_term,
    case_in_country,
    case_in_prose,
    case_names,
    cites,
    country_case_term,
    direction_term,
    noted,
    optional,
    with_label,
)


def _no_tables(_: Selection) -> Iterable[Table]:
    return ()


class ReportSection(Record, kw_only=True):
    """The row of a section."""

    key: str
    """The name that `--sections` takes."""
    heading: str
    """The heading, with `{brief}` and the like in place of the words for the sources."""
    blocks: Callable[[Selection, bool], Iterable[Block]]
    """The blocks for people, short or in full. A section without blocks is left out with its heading."""
    of_domains: bool = True
    """Whether a report on some domains has it. Coordination, for example, belongs to no domain."""
    data: Callable[[Selection], Iterable[Table]] = _no_tables
    """The tables for programs, the same as those of the commands."""


# Summary ------------------------------------------------------------------------------------------------


def summary(selection: Selection, full: bool) -> Iterator[Block]:
    """A page at most: the outcomes of each case, what is absent, and the headline findings."""
    del full  # A summary is short in both.
    dataset = selection.dataset
    items = [
        (Strong(f"{case_in_prose(dataset, case)}: "), f"{said}.")
        for case in selection.cases_as_named
        if (said := outcomes_in_words(dataset, selection.effects_by_case[case.id]))
    ]
    yield from (Bullets(tuple(items)),) if items else ()
    labels = label_notes(dataset, selection.cells)
    notes = (*absent_notes(selection), *mark_notes(dataset, selection.effects), *labels, LIMITS)
    yield Paragraph((" ".join(notes),))
    # Findings belong to no domain.
    if not selection.chosen.domains:
        yield from _headlines(selection)


HEADLINES = {1: 3, 2: 2, 3: 1, 4: 1}
"""How many headline findings of each case a summary of so many cases has; with more cases, only counts."""


def _headlines(selection: Selection) -> Iterator[Block]:
    dataset, cases = selection.dataset, selection.cases_as_named
    findings = [finding for case in cases for finding in case.findings.values()]
    if not findings:
        return
    yield Paragraph((coordination_answer(dataset, "", findings),))
    most = HEADLINES.get(len(cases), 0)
    items = [
        (Strong(f"{case_names(dataset, [case])}: "), Noted(finding.text, "", cites(dataset, finding.source)))
        for case in cases
        for finding in [finding for finding in case.findings.values() if finding.headline][:most]
    ]
    if items:
        yield Bullets(tuple(items))


# What the report covers ---------------------------------------------------------------------------------


def coverage(selection: Selection, full: bool) -> Iterator[Block]:
    """The cases and effects that the report covers, and its limits."""
    del full
    yield Paragraph(tuple(prose.coverage(selection)))
    # One row would say less than the page of the case.
    yield from (_overview(selection),) if len(selection.cases) > 1 else ()
    yield Paragraph((" ".join(prose.limits(selection)),))


def _overview(selection: Selection) -> Table:
    """The cases in a few columns. The section on discrepancies has what is doubtful about them."""
    dataset = selection.dataset
    unclassified = source_words(dataset).unclassified
    # Not cases_table(), which has too many columns for a page and would be split.
    columns = (
        Column("case", "Case", weight=2),
        Column("architecture", "Architecture", blank=unclassified),
        Column("coordination", "Coordination", blank=unclassified),
        Column("effects", "Effects", number=True),
    )
    rows = tuple(
        (
            country_case_term(dataset, case.id),
            optional(dataset.architectures, case.architecture),
            optional(dataset.coordination, case.coordination),
            _effect_count(selection, case),
        )
        for case in selection.cases_as_named
    )
    empty = (name for name in ("Architecture", "Coordination") if not GIVEN[name](dataset))
    return Table("cases", "", columns, rows).hiding(*map(str.lower, empty))


def _effect_count(selection: Selection, case: Case) -> Value:
    """The number of effects of the case in this report without simulations, or why there are none."""
    if not case.evaluated:
        return NO_EFFECTS
    # Not 0, which would say that effects were looked for and none was found.
    return sum(not effect.simulated for effect in selection.effects_by_case[case.id]) or NOT_REPORTED


# Effects ------------------------------------------------------------------------------------------------


def evidence(selection: Selection, full: bool) -> Iterator[Block]:
    """The evidence map and what it depends on."""
    dataset = selection.dataset
    grid = evidence_map(selection, full=full)
    notes = tuple(note for note in grid.table.notes if note != LIMITS)  # The report says it at its start.
    yield Paragraph((map_answer(selection) or worded(dataset, prose.NO_CELLS),))
    yield Figure(replace(grid, table=replace(grid.table, notes=notes)), alt=_in_words(selection))
    if full and len({case.coordination for case in selection.cases}) > 1:
        yield Paragraph((confounding_caution(dataset, selection.cases),))


def _in_words(selection: Selection) -> str:
    """The cells of the map in words, for those who do not see it."""
    dataset = selection.dataset
    lines = [
        f"{case_in_prose(dataset, dataset.cases[cell.case])}, {dataset.domains[cell.domain].short}: "
        f"{in_words(cell)}"
        for cell in selection.cells
        if cell.effects
    ]
    return f"Evidence map of cases by domain. {'; '.join(lines)}. All other cells are blank."


def effects(selection: Selection, full: bool) -> Iterator[Block]:
    """The effects by domain, and the domains without any."""
    dataset = selection.dataset
    silent = []
    for domain in selection.domains:
        cells = [cell for cell in selection.cells if cell.domain == domain]
        if not any(cell.effects for cell in cells):
            silent.append(dataset.domains[domain].short)
            continue
        # The title of a report on one domain names it.
        yield from (Heading(dataset.domains[domain].name, 2),) if len(selection.domains) > 1 else ()
        yield Paragraph(tuple(prose.domain_sentences(dataset, selection.cases_as_named, cells)))
        yield _effect_rows(selection, domain, full=full)
    if silent:
        yield Paragraph((worded(dataset, prose.SILENT, domains=listed(silent)),))


def _effect_rows(selection: Selection, domain: str, *, full: bool) -> Table:
    """The effects in a domain, in few columns. In full, their notes are footnotes."""
    dataset = selection.dataset
    inside = [
        effect
        for case in selection.cases_as_named
        for effect in selection.effects_by_case[case.id]
        if dataset.outcomes[effect.outcome].domain == domain
    ]
    labelled = any(labelled_apart(dataset, effect) for effect in inside)
    case = len(selection.cases) > 1 or labelled
    rows = tuple(
        (
            *((with_label(dataset, effect, _short(dataset, effect)),) if case else ()),
            outcome_term(dataset, effect),
            noted(direction_term(effect), effect.note if full else None),
            benefit_term(dataset, effect),
            cites(dataset, effect.source),
        )
        for effect in inside
    )
    keys = (*(("case",) if case else ()), "outcome", "direction", "benefit", "paragraph")
    labels = {key: key.capitalize() for key in keys} | {"paragraph": worded(dataset, "{Location}")}
    columns = tuple(
        Column(key, labels[key], whole=key in ("direction", "benefit"), spare=9 * (key == "paragraph"))
        for key in keys
    )
    return Table(
        "effects",
        "",
        columns,
        rows,
        notes=mark_notes(dataset, inside),
        once="case" if case else "",
        narrowed=in_fewer_columns,
    )


def _short(dataset: Dataset, effect: Effect) -> str:
    return case_names(dataset, [dataset.cases[effect.case]])


# Coordination -------------------------------------------------------------------------------------------


def coordination(selection: Selection, full: bool) -> Iterator[Block]:
    """How each case coordinated, and the statements that several of the cases share."""
    dataset = selection.dataset
    if not dataset.findings:
        return
    shared = shared_statements(finding for case in selection.cases for finding in case.findings.values())
    for case in selection.cases_as_named:
        yield Heading(case_in_country(dataset, case), 2)
        if case.summary:
            yield Paragraph((Noted(case.summary, "", cites(dataset, case.source)),))
        if not case.analysed:
            yield Paragraph((worded(dataset, "{Uncovered}."),))
            continue
        # None is not among the shared statements, so a finding without a statement stays with its case.
        own = [finding for finding in case.findings.values() if finding.statement not in shared]
        shown = own if full else _headline(own, len(selection.cases))
        yield Bullets(
            tuple(_finding_item(dataset, finding, full) for finding in _context_first(dataset, shown))
        )
        if len(shown) < len(case.findings):
            yield _more(
                f"{count(len(case.findings) - len(shown), 'more finding')}", f"coordination {case.id}"
            )
    if shared and full:
        yield Heading("Statements on several cases", 2)
        yield Bullets(tuple(_shared_items(selection, shared)))


def _headline(findings: Sequence[Finding], cases: int) -> list[Finding]:
    """The headline findings; the first of them in a report on many cases, and all if there is no headline."""
    chosen = [finding for finding in findings if finding.headline] or list(findings)
    return chosen[: MOST_OF_MANY if cases > MOST_COMPARED else None]


MOST_OF_MANY = 3
"""How many headline findings of each case a report on many cases has."""


def _more(what: str, command: str) -> Paragraph:
    """A pointer to what a short report leaves out."""
    return Paragraph((f"{capital(what)}: ", Code(f"ruralsyn {command} --full"), "."))


def _context_first(dataset: Dataset, findings: Iterable[Finding]) -> list[Finding]:
    """Findings by level, but context first, since it says who runs what."""
    return sorted(ordered(dataset, findings), key=lambda finding: finding.role != "context")


def _shared_items(selection: Selection, shared: Statements) -> Iterator[tuple[Inline, ...]]:
    """One item for each shared statement, with the cases that it is about."""
    for findings in shared.values():
        cases = {finding.case for finding in findings}
        names = listed(case.label for case in selection.cases_as_named if case.id in cases)
        # Any of the findings would do: validation requires the same text and source in all of them.
        yield (Strong(f"{names}. "), *_finding_item(selection.dataset, findings[0], full=True))


def _finding_item(dataset: Dataset, finding: Finding, full: bool) -> tuple[Inline, ...]:
    return (Strong(f"{_kind(dataset, finding)}: "), _claim(dataset, finding.text, finding, full))


def _kind(dataset: Dataset, finding: Finding) -> str:
    """The role of a finding with its formality and levels: `Mechanism (informal; all levels)`."""
    levels = [dataset.levels[key].name.lower() for key in finding.levels]
    implied = ", implied" if finding.basis_of_levels is Basis.IMPLIED else ""
    every = len(finding.levels) == len(dataset.levels) > 1
    formality = formality_of(dataset, finding)
    details = [
        *([formality.name.lower()] if formality else []),
        *(["all levels"] if every else [f"{listed(levels)} level{implied}"] if levels else []),
    ]
    role = dataset.roles[finding.role].name
    return f"{role} ({'; '.join(details)})" if details else role


def _claim(dataset: Dataset, text: str, record: Any, full: bool) -> Noted:
    """A statement with its paragraphs, and with its note in full."""
    return Noted(text, (record.note or "") if full else "", cites(dataset, record.source))


MOST_COMPARED = 4
"""The most cases that a page compares side by side."""


def compared(selection: Selection, full: bool) -> Iterator[Block]:
    """The cases side by side, or only what they share if they are many; nothing for a single case."""
    if len(selection.cases) < 2:
        return
    keys = ("alike", "coordination", "shared") if len(selection.cases) <= MOST_COMPARED else ("shared",)
    for key in keys:
        section = COMPARISON[key]
        if not section.given(selection.dataset):
            continue
        yield from section.headed(2)
        yield from section.blocks(selection)
        yield from section.full(selection) if full and len(keys) > 1 else ()


def compared_tables(selection: Selection) -> Iterator[Table]:
    """The tables of the comparison for programs; none for a single case."""
    if len(selection.cases) > 1:
        yield profile_table(selection)
        yield outcomes_table(selection)
        yield formality_table(selection)
        yield obstacles_data(selection)


# Statements of the briefs -------------------------------------------------------------------------------


def lessons(selection: Selection, full: bool) -> Iterator[Block]:
    """The lessons for the regions of the cases by theme, if any: how many, and the first of each or all."""
    # Lessons name regions and no cases, so the regions of the cases select them.
    dataset, around = selection.dataset, selection.regional
    if not around.lessons:
        return
    yield Paragraph((prose.statements(len(around.lessons), "lesson", dataset, around.chosen),))
    of_theme = {
        theme.name: [lesson for lesson in around.lessons if lesson.theme == theme.id]
        for theme in dataset.themes.values()
    }
    if full:
        for name, found in of_theme.items():
            yield from (Heading(name, 2), _claims(dataset, found)) if found else ()
        return
    # sorted() is stable: themes of one size keep the order of the dataset.
    largest = sorted(of_theme.items(), key=lambda pair: -len(pair[1]))
    counted = (f"{word(len(found))} on {name.lower()}" for name, found in largest if found)
    yield Paragraph((f"By theme: {listed(counted)}. The first of each of the largest themes:",))
    items = (
        (Strong(f"{name}: "), _claim(dataset, found[0].text, found[0], full))
        for name, found in largest[:MOST_THEMES]
        if found
    )
    yield Bullets(tuple(items))
    yield _more("the other lessons", _regional("lessons", around))


MOST_THEMES = 5
"""Of how many themes a short report has a lesson."""


def _claims(dataset: Dataset, records: Sequence[Any]) -> Bullets:
    return Bullets(tuple((_claim(dataset, record.text, record, full=True),) for record in records))


def _regional(command: str, around: Selection) -> str:
    """The command that lists the statements for these regions."""
    regions = around.chosen.regions
    every = len(regions) == len(around.dataset.regions)
    return command if every else f"{command} --region {','.join(regions)}"


def recommendations(selection: Selection, full: bool) -> Iterator[Block]:
    """The recommendations for the regions of the cases: how many, and the first that are stated or all."""
    dataset, around = selection.dataset, selection.regional
    found = around.recommendations
    if not found:
        return
    stated = [advice for advice in found if advice.basis is Basis.STATED]
    split = prose.by_basis(dataset, len(stated), len(found) - len(stated))
    yield Paragraph((prose.statements(len(found), "recommendation", dataset, around.chosen, split),))
    if not full:
        items = [_advice_item(dataset, advice, full) for advice in stated[:MOST_ADVICE]]
        yield from (Bullets(tuple(items)),) if items else ()
        yield _more("the other recommendations", _regional("recommendations", around))
        return
    for basis, heading in (
        (Basis.STATED, "Stated by the {briefs}"),
        (Basis.IMPLIED, "Drawn from the text of the {briefs}"),
    ):
        items = [_advice_item(dataset, advice, full) for advice in found if advice.basis is basis]
        if items:
            yield Heading(worded(dataset, heading), 2)
            yield Bullets(tuple(items))


MOST_ADVICE = 5
"""How many recommendations a short report has: the first that the briefs state."""


def _advice_item(dataset: Dataset, advice: Recommendation, full: bool) -> tuple[Inline, ...]:
    regions = listed(dataset.regions[key].name for key in advice.regions)
    audiences = [dataset.audiences[key].name.lower() for key in advice.audiences]
    whom = f", for {listed(audiences)}" if audiences else ""
    return (Strong(f"{regions}{whom}: "), _claim(dataset, advice.text, advice, full))


def discrepancies(selection: Selection, full: bool) -> Iterator[Block]:
    """The discrepancies of the briefs on these cases: their titles, or all about them."""
    dataset, found = selection.dataset, discrepancies_touching(selection)
    if not dataset.discrepancies:
        return
    if not found:
        yield Paragraph(("No discrepancy is recorded for these cases.",))
        return
    places = count(len(found), "place")
    disagree = "In {places} the {briefs} disagree, leave something open or contain a misprint."
    yield Paragraph((worded(dataset, disagree, places=places),))
    if not full:
        # Names only: the page of each says the rest.
        yield Paragraph((f"{'; '.join(record.title for record in found)}.",))
        yield _more("what they say and how the dataset handles it", "sources")
        return
    yield Bullets(
        tuple(
            (
                Strong(f"{record.title}. "),
                Noted(record.text, "", cites(dataset, record.source)),
                f" In this dataset: {record.handling}",
            )
            for record in found
        )
    )


def discrepancies_touching(selection: Selection) -> tuple[Discrepancy, ...]:
    """The discrepancies of the cases, or all of them in a report on everything."""
    dataset, domains = selection.dataset, selection.chosen.domains
    touched = {key for case in selection.cases for key in discrepancies_of(dataset, case, domains)}
    # Some discrepancies belong to a lesson, a domain or a brief, so no case leads to them.
    everything = len(selection.cases) == len(dataset.cases) and not domains
    return tuple(record for key, record in dataset.discrepancies.items() if everything or key in touched)


# The end ------------------------------------------------------------------------------------------------


def method(selection: Selection, full: bool) -> Iterator[Block]:
    """How the effects were summed up; in full, by the items of the SWiM guideline."""
    between = conflicting_word(selection.dataset)
    yield Paragraph((worded(selection.dataset, prose.METHOD, majority=MAJORITY, between=between),))
    if full:
        yield swim_table(selection)


def bibliography(selection: Selection, full: bool) -> Iterator[Block]:
    """References for the briefs and the dataset."""
    del full
    yield References(references(selection.dataset))


def reproduction(selection: Selection, full: bool) -> Iterator[Block]:
    """The command and the version. Nothing here differs between two runs."""
    del full
    dataset = selection.dataset
    article = "the " if dataset.files.bundled else ""
    made = f"This report was made from {article}{dataset_name(dataset)} by "
    yield Paragraph((made, Code(selection.line), "."))


_ROWS = (
    ReportSection(key="summary", heading="Summary", blocks=summary),
    ReportSection(
        key="coverage",
        heading="What this covers",
        blocks=coverage,
        data=lambda selection: (cases_table(selection),),
    ),
    ReportSection(
        key="map",
        heading="Evidence map",
        blocks=evidence,
        data=lambda selection: (map_data(selection),),
    ),
    ReportSection(
        key="effects",
        heading="Effects by domain",
        blocks=effects,
        data=lambda selection: (effects_table(selection),),
    ),
    ReportSection(
        key="coordination",
        heading="How the cases coordinated",
        blocks=coordination,
        of_domains=False,
        data=lambda selection: (coordination_table(selection),),
    ),
    ReportSection(
        key="comparison", heading="Comparison", blocks=compared, of_domains=False, data=compared_tables
    ),
    ReportSection(
        key="lessons",
        heading="Lessons",
        blocks=lessons,
        of_domains=False,
        data=lambda selection: (lessons_table(selection.regional),),
    ),
    ReportSection(
        key="recommendations",
        heading="Recommendations",
        blocks=recommendations,
        of_domains=False,
        data=lambda selection: (recommendations_table(selection.regional),),
    ),
    ReportSection(
        key="discrepancies",
        heading="Discrepancies in the {briefs}",
        blocks=discrepancies,
        data=lambda selection: (discrepancies_table(selection.dataset, discrepancies_touching(selection)),),
    ),
    ReportSection(
        key="method", heading="Method", blocks=method, data=lambda selection: (swim_table(selection),)
    ),
    ReportSection(key="references", heading="References", blocks=bibliography),
    ReportSection(key="reproduce", heading="How to reproduce this", blocks=reproduction),
)

SECTIONS: dict[str, ReportSection] = {section.key: section for section in _ROWS}
"""The sections by key, in their usual order."""
