"""What the commands show of a small dataset, as files that can be opened and read.

RURALSYN_UPDATE=1 writes the files anew.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from ruralsyn.document import Content, Table
from ruralsyn.errors import UsageError
from ruralsyn.model import Dataset
from ruralsyn.query import Filter
from ruralsyn.render import PAPER, Screen, for_format, renderer
from ruralsyn.search import match_expression, search
from ruralsyn.views.cases import cases_table
from ruralsyn.views.compare import compare_document
from ruralsyn.views.coordination import coordination_table
from ruralsyn.views.effects import effects_table
from ruralsyn.views.evidence_map import evidence_map
from ruralsyn.views.programmes import programmes_table
from ruralsyn.views.search import search_table
from ruralsyn.views.show import show_document
from ruralsyn.views.sources import sources_document
from ruralsyn.views.statements import lessons_table, recommendations_table
from ruralsyn.views.synthesis import synthesis
from ruralsyn.views.vocabulary import vocabulary_table

SNAPSHOTS = Path(__file__).parent / "snapshots"
NONE = Filter()

VIEWS: dict[str, Callable[[Dataset], Content]] = {
    "cases": lambda dataset: cases_table(dataset, NONE),
    "effects": lambda dataset: effects_table(dataset, NONE),
    "effects-by-case": lambda dataset: effects_table(dataset, Filter(domains=("money",)), by="case"),
    "programmes": lambda dataset: programmes_table(dataset, NONE),
    "coordination": lambda dataset: coordination_table(dataset, NONE),
    "lessons": lambda dataset: lessons_table(dataset, NONE),
    "recommendations": lambda dataset: recommendations_table(dataset, NONE),
    "sources": sources_document,
    "vocabulary": lambda dataset: vocabulary_table(dataset, ("countries", "outcomes", "signs")),
    "show-case": lambda dataset: show_document(dataset, ("aland-alms",)),
    "show-others": lambda dataset: show_document(dataset, ("Cordia", "ALMS", "aland-alms.loans")),
    "compare": lambda dataset: compare_document(dataset, ("aland", "bravia", "cordia")),
    "search": lambda dataset: search_table(dataset, "money"),
    "map": lambda dataset: evidence_map(dataset, NONE),
    "map-by-outcome": lambda dataset: evidence_map(dataset, NONE, by="outcome"),
    "map-grouped": lambda dataset: evidence_map(dataset, NONE, group_by="coordination"),
    "synthesis": lambda dataset: synthesis(dataset, NONE, test=True, swim=True),
}
FORMS = {"txt": ("table", Screen(80)), "md": ("markdown", PAPER), "json": ("json", PAPER)}


@pytest.mark.parametrize("ending", FORMS)
@pytest.mark.parametrize("name", VIEWS)
def test_a_view_shows_what_it_showed(dummy: Dataset, name: str, ending: str) -> None:
    form, screen = FORMS[ending]
    text = renderer(form)(for_format(VIEWS[name](dummy), form), screen)
    assert isinstance(text, str)
    path = SNAPSHOTS / f"{name}.{ending}"
    if os.environ.get("RURALSYN_UPDATE"):
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text


def test_no_snapshot_is_left_over() -> None:
    assert {path.name for path in SNAPSHOTS.iterdir()} == {f"{name}.{end}" for name in VIEWS for end in FORMS}


# Search -------------------------------------------------------------------------------------------------


def found(dataset: Dataset, query: str) -> list[str]:
    return [hit.entry.key for hit in search(dataset, query)]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("informal loans", "informal-loans"),
        ('"spontaneous"', "colombia-ppp.spontaneous-local-coordination"),
        ("woreda", "woreda-committee"),
        ("PERÚ haku", "peru-haku-winay"),
        ("haku winay", "peru-haku-winay"),
        ("savings", "savings"),
        ("STEIA", "steia"),
    ],
)
def test_the_best_match_comes_first_or_near(bundled: Dataset, query: str, first: str) -> None:
    assert first in found(bundled, query)[:4]


def test_words_match_by_their_stems_and_phrases_as_they_stand(bundled: Dataset) -> None:
    assert set(found(bundled, "ministry")) == set(found(bundled, "ministries"))
    phrase = set(found(bundled, '"municipal working groups"'))
    assert phrase < set(found(bundled, "municipal working groups")) | phrase
    assert not found(bundled, '"groups working municipal"')
    assert "lost-signs" in found(bundled, '"carry a printed plus"')


@pytest.mark.parametrize(
    "query", ["", '"', '""', "*", "-", "NEAR(", "AND OR NOT", "a AND", "col:umn", "^x", "(", "'"]
)
def test_an_odd_query_is_text(bundled: Dataset, query: str) -> None:
    assert isinstance(search(bundled, query), tuple)
    assert '"' not in match_expression(query).replace('"', "", 2) or " AND " in match_expression(query)


def test_matches_are_marked(bundled: Dataset) -> None:
    table = search_table(bundled, "woreda")
    shown = renderer("markdown")(table, PAPER)
    assert "**Woreda**" in str(shown)


def test_a_word_that_matches_nothing_is_told_its_neighbours(bundled: Dataset) -> None:
    table = search_table(bundled, "scholing")
    assert table.rows == ()
    assert "schooling" in table.empty
    assert "Fewer words find more" in search_table(bundled, "woreda schooling").empty


def test_hits_beyond_the_limit_are_counted(bundled: Dataset) -> None:
    table = search_table(bundled, "coordination", limit=5)
    assert len(table.rows) == 5
    assert any("more match" in note for note in table.notes)


# Notes --------------------------------------------------------------------------------------------------


def test_only_the_marks_that_appear_are_explained(bundled: Dataset) -> None:
    def notes(chosen: Filter) -> str:
        return " ".join(effects_table(bundled, chosen).notes)

    assert "†" not in notes(Filter(signs=("printed",)))
    assert "† No sign" in notes(Filter(signs=("supported",)))
    assert "? No sign" in notes(Filter(outcomes=("schooling",)))
    assert "(sim.)" in notes(Filter(countries=("zambia",)))
    assert "(sim.)" not in notes(Filter(countries=("peru",)))


def test_effects_of_a_case_that_was_not_evaluated_say_so(bundled: Dataset) -> None:
    table = effects_table(bundled, Filter(countries=("mexico",)))
    assert isinstance(table, Table)
    assert any("was not evaluated" in note for note in table.notes)


@pytest.mark.parametrize("names", [(), ("peru",), ("peru", "Perú"), ("peru", "nowhere"), ("peru", "savings")])
def test_a_comparison_needs_two_different_cases(bundled: Dataset, names: tuple[str, ...]) -> None:
    with pytest.raises(UsageError):
        compare_document(bundled, names)
