"""People see a statement that several cases share once; programs get a row for each case."""

from __future__ import annotations

from collections import Counter

from ruralsyn.cli.request import request
from ruralsyn.dataset.model import Dataset
from ruralsyn.evidence.filters import Filter
from ruralsyn.evidence.selection import Selection
from ruralsyn.page.document import Document, Table
from ruralsyn.page.text import text_of
from ruralsyn.render.data import rows_of
from ruralsyn.render.formats import FORMATS
from ruralsyn.views.coordination import coordination_table
from ruralsyn.views.statements import repeats, shared_statements

# SHARED belongs to all three cases. Two of them also share other statements.
THREE = ("peru-haku-winay", "lesotho-cgp", "mali-cash-plus")
SHARED = "complementary-strategy"


def markdown(content: Document | Table) -> str:
    rendered = FORMATS["markdown"].render(content)
    assert isinstance(rendered, str)
    return rendered


def texts(table: Table) -> list[str]:
    shown = table.shown()
    index = [column.key for column in shown.columns].index("text")
    return [text_of(row[index]) for row in shown.rows]


def test_people_see_a_shared_statement_once_with_all_of_its_cases(bundled: Dataset) -> None:
    table = coordination_table(Selection(bundled, Filter(cases=THREE)), full=True)
    text = bundled.cases["mali-cash-plus"].findings[SHARED].text
    # The text comes before the paragraphs, the last column that people see.
    (row,) = [row for row in table.shown().rows if text == text_of(row[-2])]
    assert text_of(row[0]) == "Peru, Lesotho and Mali"
    # Other statements that two of the cases share are not repeated either.
    assert max(Counter(texts(table)).values()) == 1


def test_programs_get_a_row_for_each_finding_of_a_shared_statement(bundled: Dataset) -> None:
    rows = rows_of(coordination_table(Selection(bundled, Filter(cases=THREE))))
    assert [row["case"] for row in rows if row["statement"] == SHARED] == list(THREE)
    assert [row["country"] for row in rows if row["statement"] == SHARED] == ["peru", "lesotho", "mali"]
    assert len(rows) == sum(len(bundled.cases[case].findings) for case in THREE)


def test_a_shared_statement_of_one_selected_case_is_an_ordinary_row(bundled: Dataset) -> None:
    table = coordination_table(Selection(bundled, Filter(cases=("mali-cash-plus",))), full=True)
    assert not table.hidden
    # One case is in the title and not in a column.
    assert table.title == "Coordination: Mali (Nioro Cash+)"
    assert "case" not in [column.key for column in table.shown().columns]


def test_new_columns_come_last(bundled: Dataset) -> None:
    row = rows_of(coordination_table(Selection(bundled)))[0]
    # The whole order, because a program may read a CSV file by the position of its columns.
    assert (
        list(row)
        == (
            "finding case country levels formality role text source theme note headline level_basis"
            " statement iso3 file"
        ).split()
    )


def test_the_basis_of_a_level_is_given_wherever_there_is_a_level(bundled: Dataset) -> None:
    for row in rows_of(coordination_table(Selection(bundled))):
        assert (row["level_basis"] in ("stated", "implied")) == bool(row["levels"]), row["finding"]
    shown = coordination_table(Selection(bundled, Filter(cases=("peru-haku-winay",), levels=("national",))))
    assert shown.shown().rows
    assert {text_of(row[0]) for row in shown.shown().rows} == {"National (implied)"}
    assert any("Implied" in note for note in shown.notes)


def test_a_search_lists_a_shared_statement_once(bundled: Dataset) -> None:
    found = request("search", '"complementary productive interventions"', dataset=bundled)
    assert isinstance(found, Table)
    assert len(rows_of(found)) == 6
    assert len(found.shown().rows) == 2


def test_a_paragraph_lists_a_shared_statement_once(bundled: Dataset) -> None:
    page = request("show", "IA key-messages ¶6", dataset=bundled)
    assert isinstance(page, Document)
    (table,) = page.tables()
    # A record is shown as "name: text", and the names differ from case to case.
    records = [text_of(row[1]).split(": ", 1)[-1] for row in table.shown().rows]
    assert len(records) < len(table.rows)
    text = bundled.cases["mali-cash-plus"].findings[SHARED].text
    assert records.count(text) == 1


def test_a_comparison_has_a_shared_statement_in_one_row(bundled: Dataset) -> None:
    compared = request("compare", "peru", "lesotho", dataset=bundled, full=True)
    assert isinstance(compared, Document)
    (table,) = [table for table in compared.tables() if table.id == "coordination"]
    text = bundled.cases["lesotho-cgp"].findings["territorial-targeting-solution"].text
    (row,) = [row for row in rows_of(table) if text in row.values()]
    assert [row["peru-haku-winay"], row["lesotho-cgp"]] == [text, text]
    # Programs get the text for each case. People read it once, and a reference to it.
    assert markdown(compared).count(text) == 1
    assert "the same statement" in markdown(compared)


def test_obstacles_that_cases_share_are_compared(bundled: Dataset) -> None:
    compared = request("compare", "peru", "lesotho", dataset=bundled)
    assert isinstance(compared, Document)
    (table,) = [table for table in compared.tables() if table.id == "obstacles"]
    assert {"political-support", "target-population"} <= {row["theme"] for row in rows_of(table)}


def test_a_report_has_shared_statements_in_a_part_of_their_own(bundled: Dataset) -> None:
    before, after = _coordination(bundled, *THREE).split("### Statements on several cases")
    text = bundled.cases["mali-cash-plus"].findings[SHARED].text
    assert text not in before
    assert after.count(text) == 1
    alone = _coordination(bundled, "mali")
    assert "Statements on several cases" not in alone
    assert text in alone


def _coordination(dataset: Dataset, *names: str) -> str:
    report = request("report", *names, sections="coordination", dataset=dataset, full=True)
    assert isinstance(report, Document)
    return markdown(report)


def test_repeats_are_the_positions_after_the_first() -> None:
    assert repeats(["a", None, "b", "a", None, "a"]) == {3, 5}
    assert repeats([None, None]) == frozenset()


def test_a_statement_of_one_finding_is_not_shared(bundled: Dataset) -> None:
    mali = bundled.cases["mali-cash-plus"].findings.values()
    assert shared_statements(mali) == {}
    assert set(shared_statements(bundled.findings)) == {f.statement for f in bundled.findings if f.statement}


def test_formality_by_level_uses_only_levels_that_the_brief_states(bundled: Dataset) -> None:
    compared = request("compare", "ethiopia", "lesotho", "mali", dataset=bundled, full=True)
    assert isinstance(compared, Document)
    (table,) = [table for table in compared.tables() if table.id == "formality"]
    by_level = {row["level"]: row for row in rows_of(table)}
    # Ethiopia's ministries are national by what they are; the brief does not say so.
    assert by_level["national"]["ethiopia-psnp"] is None
    assert by_level["national"]["lesotho-cgp"] == ["informal"]
    assert by_level["national"]["mali-cash-plus"] == ["no formal coordination"]
    assert by_level["local"]["mali-cash-plus"] == ["formal", "informal"]
    assert "Ethiopian bodies placed in Mali" in markdown(compared)
