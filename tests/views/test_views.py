"""Snapshots: what the commands show of a small dataset, as files that can be opened and read.

With RURALSYN_UPDATE=1 the tests write the files again.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ruralsyn.dataset.model import Case, Dataset, Direction
from ruralsyn.errors import UsageError
from ruralsyn.evidence.differences import Differences
from ruralsyn.evidence.filters import Filter
from ruralsyn.evidence.selection import Selection
from ruralsyn.page.content import Content
from ruralsyn.page.document import Table
from ruralsyn.render.formats import FORMATS
from ruralsyn.render.screen import PAPER, Screen
from ruralsyn.views.cases import cases_table
from ruralsyn.views.changes import changes_document
from ruralsyn.views.compare import compare_document
from ruralsyn.views.coordination import coordination_table
from ruralsyn.views.effects import effects_table
from ruralsyn.views.evidence_map import evidence_map
from ruralsyn.views.lessons import lessons_table
from ruralsyn.views.programmes import programmes_table
from ruralsyn.views.recommendations import recommendations_table
from ruralsyn.views.search import search_table
from ruralsyn.views.show import show_document
from ruralsyn.views.sources import sources_document
from ruralsyn.views.synthesis import synthesis
from ruralsyn.views.vocabulary import vocabulary_table

SNAPSHOTS = Path(__file__).parents[1] / "snapshots"


def another_state(dataset: Dataset) -> Dataset:
    """The dataset with a case less, an effect that fell, and a lesson in other words."""
    case = dataset.cases["aland-alms"]
    fell = {**case.effects, "savings": replace(case.effects["savings"], direction=Direction.DECREASE)}
    cases = {**dataset.cases, "aland-alms": replace(case, effects=fell)}
    del cases["bravia-bread"]
    (name, lesson), *_ = dataset.lessons.items()
    lessons = {**dataset.lessons, name: replace(lesson, text=f"{lesson.text} So it was.")}
    return replace(dataset, cases=cases, lessons=lessons)


# Of a small dataset, which has one of everything and names that are hard to print.
VIEWS: dict[str, Callable[[Selection], Content]] = {
    "cases": cases_table,
    "effects": effects_table,
    "effects-by-case": lambda all_of_it: effects_table(
        Selection(all_of_it.dataset, Filter(domains=("money",))), by="case"
    ),
    "programmes": programmes_table,
    "coordination": coordination_table,
    "lessons": lessons_table,
    "recommendations": recommendations_table,
    "sources": sources_document,
    "vocabulary": lambda all_of_it: vocabulary_table(all_of_it, ("country", "outcome", "sign")),
    "show-case": lambda all_of_it: show_document(all_of_it, ("aland-alms",)),
    "show-others": lambda all_of_it: show_document(all_of_it, ("Cordia", "ALMS", "aland-alms.loans")),
    "compare": lambda all_of_it: compare_document(all_of_it, ("aland", "bravia", "cordia")),
    "search": lambda all_of_it: search_table(all_of_it, ("money",)),
    "map": evidence_map,
    "map-by-outcome": lambda all_of_it: evidence_map(all_of_it, by="outcome"),
    "map-grouped": lambda all_of_it: evidence_map(all_of_it, group_by="coordination"),
    "synthesis": lambda all_of_it: synthesis(all_of_it, sign_test=True, swim=True),
    "changes": lambda all_of_it: changes_document(
        Differences(all_of_it.dataset, another_state(all_of_it.dataset)), "old.toml", "new.toml"
    ),
}
# What a terminal of 80 columns, a pipe and a program get.
FORMS = {"txt": ("table", Screen(80)), "md": ("markdown", PAPER), "json": ("json", PAPER)}


@pytest.mark.parametrize("ending", FORMS)
@pytest.mark.parametrize("name", VIEWS)
def test_a_view_shows_what_it_showed(dummy: Dataset, name: str, ending: str) -> None:
    form, screen = FORMS[ending]
    text = FORMATS[form].render(VIEWS[name](Selection(dummy)), screen)
    assert isinstance(text, str)
    path = SNAPSHOTS / f"{name}.{ending}"
    # Written before they are compared, so that a run that updates the snapshots passes.
    if os.environ.get("RURALSYN_UPDATE"):
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text


def test_no_snapshot_is_left_over() -> None:
    # A view that is renamed or removed would leave files that nothing checks.
    assert {path.name for path in SNAPSHOTS.iterdir()} == {f"{name}.{end}" for name in VIEWS for end in FORMS}


# Notes --------------------------------------------------------------------------------------------------


def test_only_the_marks_that_appear_are_explained(bundled: Dataset) -> None:
    def notes(chosen: Filter) -> str:
        return " ".join(effects_table(Selection(bundled, chosen)).notes)

    assert "†" not in notes(Filter(signs=("printed",)))
    assert "† = no sign" in notes(Filter(signs=("supported",)))
    # The sign of schooling is open. Effects in Zambia include simulations, those in Peru none.
    assert "? = no sign" in notes(Filter(outcomes=("schooling",)))
    assert "(sim.)" in notes(Filter(countries=("zambia",)))
    assert "(sim.)" not in notes(Filter(countries=("peru",)))


def test_a_case_without_effects_in_the_briefs_says_so(bundled: Dataset) -> None:
    table = effects_table(Selection(bundled, Filter(countries=("mexico",))))
    assert isinstance(table, Table)
    assert table.empty == "No effects match. No effects in the briefs: Mexico."


# No case, one case, one case under two names, an unknown name, and the name of an outcome.
@pytest.mark.parametrize("names", [(), ("peru",), ("peru", "Perú"), ("peru", "nowhere"), ("peru", "savings")])
def test_a_comparison_needs_two_different_cases(bundled: Dataset, names: tuple[str, ...]) -> None:
    with pytest.raises(UsageError):
        compare_document(Selection(bundled), names)


class CountingCases(dict[str, Case]):
    """Cases that count how often they are gone through."""

    walks = 0

    def values(self) -> Any:
        self.walks += 1
        return super().values()


@pytest.mark.parametrize("view", [effects_table, evidence_map])
def test_the_cases_are_not_gone_through_for_each_case(
    dummy: Dataset, view: Callable[[Selection], Content]
) -> None:
    def walks(times: int) -> int:
        cases = CountingCases()
        for key, case in dummy.cases.items():
            for number in range(times):
                name = f"{key}-{number}"
                effects = {outcome: replace(effect, case=name) for outcome, effect in case.effects.items()}
                cases[name] = replace(case, id=name, effects=effects)
        view(Selection(replace(dummy, cases=cases)))
        return cases.walks

    # A walk for each case would make a review of ten thousand cases take minutes.
    assert walks(5) == walks(1)
