"""What the page of the map has besides its cells: findings of the cases, and the effects as records."""

from __future__ import annotations

from ruralsyn.dataset.model import Dataset, Finding
from ruralsyn.evidence.selection import Selection
from ruralsyn.page.grid import Background, Detail
from ruralsyn.page.values import Term, Value
from ruralsyn.views.coordination import level_terms, ordered, role_in_words
from ruralsyn.views.effects import effects_table
from ruralsyn.views.notes import sources_note
from ruralsyn.views.values import cites, footnotes, optional


def map_background(selection: Selection, by: str) -> Background:
    """The findings of the selected cases, and the selected effects as `effects` gives them to programs.

    In a map by outcome the cases are the columns.
    """
    findings = _findings_by_case(selection)
    of_columns = by == "outcome"
    return Background(
        remarks=("finding", "findings"),
        of_rows={} if of_columns else findings,
        of_columns=findings if of_columns else {},
        caption=_caption(selection),
        records=effects_table(selection),
    )


def _caption(selection: Selection) -> str:
    """The sources of the findings, with the codes by which their places are cited; empty without findings."""
    cited = {place.brief for finding in selection.findings for place in finding.source}
    note = sources_note(selection.dataset, cited)
    return f"Findings: {note}" if cited else ""


def _findings_by_case(selection: Selection) -> dict[str, tuple[Detail, ...]]:
    """The findings of each case from the national level to the local, headline findings first."""
    found: dict[str, list[Detail]] = {case.id: [] for case in selection.cases}
    for finding in ordered(selection.dataset, selection.findings):
        found[finding.case].append(_detail(selection.dataset, finding))
    # sorted() is stable, so each part keeps its order.
    return {case: tuple(sorted(details, key=lambda one: not one.leading)) for case, details in found.items()}


def _detail(dataset: Dataset, finding: Finding) -> Detail:
    facts: dict[str, Value] = {
        "Level": level_terms(dataset, finding) or None,
        "Theme": optional(dataset.themes, finding.theme),
        "Note": footnotes(dataset, finding),
        "Source": cites(dataset, finding.source),
    }
    return Detail(
        # People count a statement that several cases share once.
        id=finding.statement or finding.key,
        title=role_in_words(dataset, finding),
        value=Term(finding.key, finding.text),
        facts=tuple((name, value) for name, value in facts.items() if value is not None),
        leading=finding.headline,
    )
