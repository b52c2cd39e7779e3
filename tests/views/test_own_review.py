"""A review of one's own: samples, risk of bias, published numbers, and nothing of what nobody gave."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ruralsyn import load, request, rows_of
from ruralsyn.dataset.model import Dataset
from ruralsyn.errors import UsageError
from ruralsyn.page.document import Document, Heading, Table
from ruralsyn.page.grid import Grid
from ruralsyn.render.formats import FORMATS
from ruralsyn.render.screen import Screen

from ..conftest import need_figures

EXAMPLE = Path(__file__).parents[2] / "docs" / "review-example.toml"
STUDY_COLUMNS = ["sample", "risk_of_bias", "bias_tool", "design"]


@pytest.fixture(scope="module")
def review() -> Dataset:
    return load(EXAMPLE, only=True)


def without(dataset: Dataset, **lacking: Any) -> Dataset:
    """The dataset without these fields of its last effect."""
    *_, last = dataset.cases.values()
    *_, effect = last.effects.values()
    effects = {**last.effects, effect.id: replace(effect, **lacking)}
    return replace(dataset, cases={**dataset.cases, last.id: replace(last, effects=effects)})


def shown(dataset: Dataset, command: str, *ids: str, form: str = "markdown", **options: Any) -> str:
    text = FORMATS[form].render(request(command, *ids, dataset=dataset, **options), Screen(80))
    return text if isinstance(text, str) else text.decode()


# Published numbers ----------------------------------------------------------------------------------------


def test_the_worked_example_of_the_cochrane_handbook_comes_out(tmp_path: Path) -> None:
    """Section 12.2.1.3: 10 of 12 effects favour the intervention: 83 %, 95 % CI 55 to 95 %, P = 0.039."""
    studies = [
        f"""
[cases.study-{number}]
country = "kenya"
title = "Study {number}"
source = ["handbook"]
[cases.study-{number}.effects.savings]
direction = "{"increase" if number <= 10 else "decrease"}"
source = ["handbook"]
"""
        for number in range(1, 13)
    ]
    path = tmp_path / "handbook.toml"
    start = '[briefs.handbook]\ntitle = "Handbook"\n[countries.kenya]\niso2 = "KE"\n'
    path.write_text(start + "".join(studies), encoding="utf-8")
    table = request("synthesis", dataset=load(path, only=True), sign_test=True, domains=["finance"])
    assert isinstance(table, Table)
    (row,) = rows_of(table)
    assert (row["favourable"], row["tested"]) == (10, 12)
    assert round(100 * row["favourable"] / row["tested"]) == 83
    assert (round(100 * row["low"]), round(100 * row["high"])) == (55, 95)
    assert round(row["p"], 3) == 0.039


# Sample and risk of bias ----------------------------------------------------------------------------------


def test_the_cells_of_the_map_have_the_classes_and_the_legend_explains_them(review: Dataset) -> None:
    text = shown(review, "map")
    # 310 people at low risk and 40 with some concerns: the smaller sample and the higher risk stand.
    assert "▲ 2 good, some concerns, n under 50" in text
    assert "risk = risk of bias; n = sample of the intervention group" in text
    assert "the smallest sample and the highest risk of bias stands" in text
    assert "uncoloured" not in shown(review, "map", full=True)


def test_only_what_is_given_for_every_effect_shows(review: Dataset) -> None:
    no_risk = shown(without(review, risk_of_bias=None), "map", full=True)
    assert "▲ 2 good, n under 50" in no_risk
    assert "some concerns" not in no_risk
    assert "Arrows have no colour: 1 of 15 effects has no risk of bias, such as evans.attendance." in no_risk
    neither = request("map", dataset=without(review, risk_of_bias=None, sample=None), full=True)
    assert isinstance(neither, Grid)
    assert not neither.arrows
    assert {cell.arrow for cell in neither.cells.values()} == {None}
    assert "All arrows are the same size and uncoloured" in str(FORMATS["markdown"].render(neither))
    # A filter that leaves out the effect without them brings them back.
    others = shown(without(review, sample=None), "map", cases=["abel"])
    assert "▲ 2 good, low risk, n over 300" in others


def test_the_bundled_map_says_nothing_of_samples(bundled: Dataset) -> None:
    grid = request("map", dataset=bundled)
    assert isinstance(grid, Grid)
    assert not grid.arrows
    assert "intervention group" not in str(FORMATS["html"].render(grid))


def test_the_page_has_sizes_colours_and_letters(review: Dataset) -> None:
    page = shown(review, "map", form="html")
    cell = page[page.index('aria-label="Senegal: Dia 2022, Diet:') :].split("</a>")[0]
    assert 'fill="#e69f00"' in cell
    assert "scale(0.7)" in cell
    assert "<sub>2</sub>" in cell
    assert '<b class="letter">S</b>' in cell
    assert "some concerns about bias, small sample" in cell
    # The policy of the page refuses style attributes.
    assert " style=" not in page


def test_the_figure_has_sizes_and_colours(review: Dataset) -> None:
    need_figures()
    svg = shown(review, "map", form="svg")
    fills = set(re.findall(r"fill: (#[0-9a-f]{6})", svg))
    assert {"#009e73", "#e69f00", "#d55e00"} <= fills
    assert "more than 300" in svg

    def height(name: str) -> float:
        path = re.search(rf'<g id="{name}">\s*<path d="([^"]*)"', svg)
        assert path
        ys = [float(y) for y in re.findall(r"[ML] \S+ (\S+)", path[1])]
        return max(ys) - min(ys)

    assert height("up-abel-money") > height("up-evans-school") > height("up-dia-diet")


def test_effects_have_the_columns_of_their_studies_where_any_is_given(
    review: Dataset, bundled: Dataset
) -> None:
    own, other = (request("effects", dataset=dataset) for dataset in (review, bundled))
    assert isinstance(own, Table)
    assert isinstance(other, Table)
    keys = [column.key for column in other.columns]
    assert [column.key for column in own.columns] == [*keys[:-2], *STUDY_COLUMNS, "iso3", "file"]
    first = rows_of(own)[0]
    assert [first[key] for key in STUDY_COLUMNS] == [420, "low", "RoB 2", "randomised"]
    # People see only what an effect in the table has.
    lacking = replace(review, cases={"abel": review.cases["abel"]})
    for name in tuple(review.cases["abel"].effects):
        case = lacking.cases["abel"]
        effect = replace(case.effects[name], design=None)
        lacking = replace(lacking, cases={"abel": replace(case, effects={**case.effects, name: effect})})
    table = request("effects", dataset=lacking)
    assert isinstance(table, Table)
    assert "design" not in [column.key for column in table.shown().columns]
    assert "design" in [column.key for column in table.exported().columns]


def test_the_swim_sheet_says_what_is_known_of_the_studies(review: Dataset, bundled: Dataset) -> None:
    text = shown(review, "synthesis", swim=True)
    assert "Known of 15 effects: the sample of 15, the risk of bias of 15 (7 some, 6 low, 2 high)" in text
    assert "judged with RoB 2 and ROBINS-I" in text
    assert "the sample of 14" in shown(without(review, sample=None), "synthesis", swim=True)
    assert "Cannot be assessed" in shown(bundled, "synthesis", swim=True)


# What nobody gave -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["map", "synthesis"])
def test_a_grouping_that_no_case_has_is_refused_with_those_that_there_are(
    review: Dataset, command: str
) -> None:
    with pytest.raises(UsageError, match=r"no case has coordination in the data.*takes region\."):
        request(command, dataset=review, group_by="coordination")
    assert request(command, dataset=review, group_by="region")


def test_what_no_case_has_is_left_out(review: Dataset) -> None:
    page = shown(review, "show", "abel", full=True)
    for word in ("Programmes", "Run by", "Architecture", "Coordination", "How it coordinated", "Findings"):
        assert word not in page
    cases = shown(review, "cases")
    assert "Architecture" not in cases
    assert "not analysed" not in cases
    compared = shown(review, "compare", "abel", "dia", full=True)
    assert "not analysed" not in compared
    assert "Coordination by level" not in compared


def test_sections_of_a_report_that_have_nothing_are_left_out(review: Dataset) -> None:
    for full in (False, True):
        report = request("report", dataset=review, full=full)
        assert isinstance(report, Document)
        headings = [block.text for block in report.blocks if isinstance(block, Heading) and block.level == 1]
        assert headings == [
            "Summary",
            "What this covers",
            "Evidence map",
            "Effects by domain",
            "Comparison",
            "Method",
            "References",
            "How to reproduce this",
        ]


def test_a_page_filters_by_no_coordination_where_there_is_none(review: Dataset) -> None:
    grid = request("map", dataset=review)
    assert isinstance(grid, Grid)
    assert next(facet for facet in grid.facets if facet.id == "coordination").options == ()
