"""Search: which records are found, in which order, and the message if none is found."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from ruralsyn.cli.request import request
from ruralsyn.dataset.model import Dataset
from ruralsyn.evidence.search import KINDS, index_entries, search
from ruralsyn.evidence.selection import Selection
from ruralsyn.page.document import Table
from ruralsyn.page.text import text_of
from ruralsyn.page.values import Strong
from ruralsyn.page.wording import word
from ruralsyn.render.data import rows_of
from ruralsyn.render.formats import FORMATS
from ruralsyn.render.screen import Screen
from ruralsyn.views.search import marked, search_table


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


def test_matches_are_marked(bundled: Dataset) -> None:
    table = search_table(Selection(bundled), ["woreda"])
    shown = FORMATS["markdown"].render(table)
    assert "**Woreda**" in str(shown)


def nothing(dataset: Dataset, *words: str) -> str:
    """What a search without a result says."""
    table = search_table(Selection(dataset), words)
    assert table.rows == ()
    return table.empty


def test_a_word_that_no_record_has_is_named(bundled: Dataset) -> None:
    assert nothing(bundled, "xylophone") == "'xylophone' is in no record."
    # Only this word, and not those that records have: as they stand, by their stem, beginning or synonym.
    for known in ("steering", "ministries", "coordinat", "women"):
        assert nothing(bundled, known, "xylophone", known) == "'xylophone' is in no record."
    both = nothing(bundled, "xylophone", "zeppelin")
    assert both == "'xylophone' is in no record. 'zeppelin' is in no record."


def test_a_mistyped_word_is_told_its_neighbours(bundled: Dataset) -> None:
    assert nothing(bundled, "scholing") == "'scholing' is in no record. Did you mean schooling?"
    # Synonyms are in no record, but they find some.
    assert "Did you mean women?" in nothing(bundled, "womenn")
    # Words of three letters find no longer words, so these are suggested.
    assert "Did you mean cover or coverage or covered?" in nothing(bundled, "cov")


# The nearest words of the data are "monitoring", "cooperation" and "well", which are not near.
@pytest.mark.parametrize("word", ["motoring", "operatic", "wall", "zz", "b", "xylophone"])
def test_words_that_are_not_near_are_not_suggested(bundled: Dataset, word: str) -> None:
    assert nothing(bundled, word) == f"'{word}' is in no record."


def test_words_that_are_never_together_are_said_to_be_so(bundled: Dataset) -> None:
    told = nothing(bundled, "woreda", "schooling")
    assert told == (
        "Nothing matches 'woreda schooling': the data has each of these words, "
        "but no record has all of them. Try fewer words."
    )


def test_a_phrase_that_no_record_has_is_named(bundled: Dataset) -> None:
    assert nothing(bundled, '"groups working municipal"') == "'groups working municipal' is in no record."
    # In a phrase and in a word with a hyphen, too, the word is named that is missing.
    assert nothing(bundled, '"xylophone groups"') == "'xylophone' is in no record."
    assert nothing(bundled, "non-xylophone") == "'xylophone' is in no record."


# Filters and kinds ---------------------------------------------------------------------------------------


def rows(dataset: Dataset, *words: str, **options: Any) -> list[dict[str, Any]]:
    """The rows of a search, as programs get them."""
    return rows_of(table_of(dataset, *words, limit=9999, **options))


def table_of(dataset: Dataset, *words: str, **options: Any) -> Table:
    table = request("search", *words, dataset=dataset, **options)
    assert isinstance(table, Table)
    return table


def test_a_filter_leaves_the_records_of_a_country_or_case(bundled: Dataset) -> None:
    in_peru = rows(bundled, "coordination", countries="Perú")
    assert {row["case"] for row in in_peru if row["case"]} == {"peru-haku-winay"}
    assert {row["kind"] for row in in_peru} <= {"case", "effect", "finding", "programme"}
    assert [row for row in rows(bundled, "coordination") if row["case"] == "peru-haku-winay"] == [
        row for row in in_peru if row["case"]
    ]
    assert rows(bundled, "coordination", cases="peru-haku-winay") == in_peru


def test_a_programme_belongs_to_its_country_and_its_cases(bundled: Dataset) -> None:
    (juntos,) = rows(bundled, "juntos", countries="peru", kinds="programme")
    assert juntos["kind"] == "programme"
    assert juntos in rows(bundled, "juntos", cases="peru-haku-winay")
    assert juntos in rows(bundled, "juntos", regions="latin-america")
    assert not rows(bundled, "juntos", countries="mali", kinds="programme")


def test_a_region_selects_its_cases_and_the_lessons_that_name_it(bundled: Dataset) -> None:
    found = rows(bundled, "coordination", regions="africa")
    countries = {bundled.country_of(row["case"]).id for row in found if row["case"]}
    assert {bundled.countries[key].region for key in countries} == {"africa"}
    lessons = {row["id"] for row in found if row["kind"] == "lesson"}
    assert lessons
    assert all("africa" in bundled.lessons[key].regions for key in lessons)


def test_records_without_case_or_country_are_left_out_by_a_filter(bundled: Dataset) -> None:
    assert {row["kind"] for row in rows(bundled, "savings")} >= {"outcome", "discrepancy"}
    assert {row["kind"] for row in rows(bundled, "savings", countries="colombia")} == {"effect", "finding"}


def test_kinds_select_records_by_their_kind(bundled: Dataset) -> None:
    every = rows(bundled, "coordination")
    for kinds in (["lesson"], ["lesson", "case"], "lesson,case"):
        wanted = [row for row in every if row["kind"] in kinds]
        assert rows(bundled, "coordination", kinds=kinds) == wanted
        assert wanted


def test_every_kind_of_record_can_be_asked_for(bundled: Dataset) -> None:
    # In this order: the help lists them so, and the records are found so.
    assert tuple(dict.fromkeys(entry.kind for entry in index_entries(bundled))) == KINDS


def test_the_filter_and_the_kinds_are_told(bundled: Dataset) -> None:
    table = table_of(bundled, "savings", countries="colombia", kinds=["effect", "finding"])
    assert "(filter: country Colombia; kind effect or finding)" in table.lead
    assert "(filter: kind finding)" in table_of(bundled, "savings", kinds="finding").lead
    assert "filter" not in table_of(bundled, "savings").lead


def test_records_that_only_the_filter_hides_are_counted(bundled: Dataset) -> None:
    hidden = len(rows(bundled, "woreda"))
    told = table_of(bundled, "woreda", countries="peru").empty
    assert told == f"Nothing matches 'woreda' with this filter. Without it, {word(hidden)} records match."
    one = table_of(bundled, '"have a printed plus"', kinds="case").empty
    assert one.endswith("Without it, one record matches.")
    # A word that no record has is no matter of the filter.
    assert table_of(bundled, "xylophone", countries="peru").empty == "'xylophone' is in no record."


# What is shown -------------------------------------------------------------------------------------------


def test_people_see_the_id_to_go_on_with_and_the_paragraphs_in_columns_of_their_own(
    bundled: Dataset,
) -> None:
    shown = table_of(bundled, "woreda").shown()
    assert [column.label for column in shown.columns] == ["Kind", "Id", "Case", "Record", "Source"]
    texts = [
        [text_of(value, column.blank) for column, value in zip(shown.columns, row, strict=True)]
        for row in shown.rows
    ]
    (row,) = [row for row in texts if row[1] == "woreda-committee"]
    assert row[2] == ""
    assert "→" not in row[3]
    assert "¶" not in row[3]
    assert any("¶" in row[4] for row in texts)


@pytest.mark.parametrize(("width", "left_out"), [(120, "Source"), (80, "Case, Source")])
def test_in_a_narrow_terminal_the_id_stays(bundled: Dataset, width: int, left_out: str) -> None:
    text = str(FORMATS["table"].render(table_of(bundled, "woreda"), Screen(width)))
    assert "mali-cash-plus.formal-bodies-below-national" in text
    assert f"Left out at this width: {left_out}." in text


def test_a_record_without_paragraphs_is_not_called_unreported(bundled: Dataset) -> None:
    shown = table_of(bundled, "savings", kinds="outcome").shown()
    assert {text_of(row[-1], shown.columns[-1].blank) for row in shown.rows} == {""}


def test_programs_get_the_columns_that_they_had(bundled: Dataset) -> None:
    (row,) = rows(bundled, "savings", kinds="outcome")[:1]
    assert list(row) == ["kind", "id", "case", "text", "source", "command", "file"]
    assert row["command"] == "ruralsyn show savings"
    assert rows_of(table_of(bundled, "woreda"))[0]["source"]


def test_hits_beyond_the_limit_are_counted(bundled: Dataset) -> None:
    table = table_of(bundled, "coordination", limit=5)
    assert len(rows_of(table)) == len(table.shown().rows) == 5
    assert any("more rows are not shown. Raise --limit" in note for note in table.notes)
    # Without a number the command shows thirty.
    assert len(rows_of(table_of(bundled, "coordination"))) == 30


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


def bold(dataset: Dataset, query: str) -> set[str]:
    """The words that the hits of a search have in bold, in lower case."""
    texts = (marked(hit.text).runs for hit in search(dataset, query))
    return {run.text.casefold() for runs in texts for run in runs if isinstance(run, Strong)}


@pytest.mark.parametrize(
    ("beginning", "words"),
    [
        ("empower", {"empowerment", "empowering"}),
        ("evaluat", {"evaluations", "evaluated"}),
        ("beneficiar", {"beneficiaries"}),
        ("coordinat", {"coordination", "coordinated", "coordinating"}),
        ("Coordinat", {"coordination"}),
    ],
)
def test_the_beginning_of_a_word_finds_the_word(bundled: Dataset, beginning: str, words: set[str]) -> None:
    assert words <= bold(bundled, beginning)


def test_a_word_finds_its_other_forms(bundled: Dataset) -> None:
    for form in ("empowered", "empowering", "empowerment"):
        assert bold(bundled, form) == {"empowerment", "empowering"}


def test_beginnings_work_within_a_longer_search_and_within_a_word_with_a_hyphen(bundled: Dataset) -> None:
    assert set(found(bundled, "coordinat committ")) >= set(found(bundled, "coordination committee"))
    assert "non-intentional" in bold(bundled, "non-intent")


def test_the_word_itself_comes_before_words_that_begin_with_it_and_these_before_synonyms(
    bundled: Dataset,
) -> None:
    # "work" is also the beginning of "worker" and "workshop"; the synonym is made up.
    dataset = replace(bundled, synonyms={"work": ("woreda",)})
    itself = found(replace(bundled, synonyms={}), '"work"')
    longer = [key for key in found(replace(bundled, synonyms={}), "work") if key not in itself]
    synonyms = [key for key in found(bundled, '"woreda"') if key not in (*itself, *longer)]
    assert itself
    assert longer
    assert synonyms
    assert found(dataset, "work")[: len(itself) + len(longer)] == itself + longer
    assert set(found(dataset, "work")[len(itself) + len(longer) :]) == set(synonyms)


def test_words_of_three_letters_and_phrases_are_no_beginnings(bundled: Dataset) -> None:
    assert not found(bundled, "eva")
    assert not found(bundled, '"coordinat"')
    assert not found(bundled, '"steering committ"')
    assert found(bundled, "steering committ")


def test_a_word_in_quotes_has_no_synonyms(bundled: Dataset) -> None:
    assert found(bundled, '"cost"') == found(replace(bundled, synonyms={}), '"cost"')


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("women", "ethiopia-psnp.activities-affected"),
        ("trust", "social-capital"),
        ("cost", "mexico-proinpro.no-designated-budget"),
    ],
)
def test_everyday_words_find_the_words_of_the_briefs(bundled: Dataset, word: str, key: str) -> None:
    assert key in found(bundled, word)


def test_a_synonym_works_within_a_longer_search(bundled: Dataset) -> None:
    assert "ethiopia-psnp.activities-affected" in found(bundled, "women ethiopia")
