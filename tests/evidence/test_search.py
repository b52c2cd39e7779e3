"""Search: which records are found, in which order, and the message if none is found."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ruralsyn.dataset.model import Dataset
from ruralsyn.evidence.search import match_expression, search
from ruralsyn.evidence.selection import Selection
from ruralsyn.render.formats import FORMATS
from ruralsyn.views.search import search_table


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
    # Among the first four, because other records have the same words.
    assert first in found(bundled, query)[:4]


def test_words_match_by_their_stems_and_phrases_as_they_stand(bundled: Dataset) -> None:
    assert set(found(bundled, "ministry")) == set(found(bundled, "ministries"))
    phrase = set(found(bundled, '"municipal working groups"'))
    assert phrase < set(found(bundled, "municipal working groups")) | phrase
    assert not found(bundled, '"groups working municipal"')
    assert "lost-signs" in found(bundled, '"have a printed plus"')


@pytest.mark.parametrize(
    "query", ["", '"', '""', "*", "-", "NEAR(", "AND OR NOT", "a AND", "col:umn", "^x", "(", "'"]
)
def test_an_odd_query_is_text(bundled: Dataset, query: str) -> None:
    # Unquoted, these are operators or syntax errors in FTS5.
    assert isinstance(search(bundled, query), tuple)
    assert '"' not in match_expression(query).replace('"', "", 2) or " AND " in match_expression(query)


def test_matches_are_marked(bundled: Dataset) -> None:
    table = search_table(Selection(bundled), ["woreda"])
    shown = FORMATS["markdown"].render(table)
    assert "**Woreda**" in str(shown)


def test_a_word_that_matches_nothing_is_told_its_neighbours(bundled: Dataset) -> None:
    table = search_table(Selection(bundled), ["scholing"])
    assert table.rows == ()
    assert "schooling" in table.empty
    assert "Try fewer words." in search_table(Selection(bundled), ["woreda", "schooling"]).empty


def test_hits_beyond_the_limit_are_counted(bundled: Dataset) -> None:
    table = search_table(Selection(bundled), ["coordination"], limit=5)
    assert len(table.rows) == 5
    assert any("more records match" in note for note in table.notes)
    all_but_one = len(search(bundled, "coordination")) - 1
    notes = search_table(Selection(bundled), ["coordination"], limit=all_but_one).notes
    assert any("1 more record matches." in note for note in notes)


def test_contacts_are_found_by_name_and_lead_to_their_brief(bundled: Dataset) -> None:
    hits = [hit.entry for hit in search(bundled, "maldonado")]
    assert [(entry.kind, entry.key) for entry in hits] == [
        ("contact", "general-results"),
        ("contact", "institutional-analysis"),
    ]
    assert all(entry.source for entry in hits)


def test_synonyms_come_after_the_words_themselves(bundled: Dataset) -> None:
    literal = [hit.entry.key for hit in search(replace(bundled, synonyms={}), "cost")]
    found = [hit.entry.key for hit in search(bundled, "cost")]
    assert found[: len(literal)] == literal
    assert "mexico-proinpro.no-designated-budget" in found[len(literal) :]


def test_a_synonym_works_within_a_longer_search(bundled: Dataset) -> None:
    assert "ethiopia-psnp.activities-affected" in found(bundled, "women ethiopia")
