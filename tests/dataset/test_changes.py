"""Changes between two states: each single edit of a file is one change, and nothing else is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ruralsyn import DataError, load
from ruralsyn.dataset.changes import KINDS, What, changes, in_fields, record_of, records_of
from ruralsyn.dataset.loading import bundled_path, load_files, load_states
from ruralsyn.dataset.model import Dataset, Direction, Locator

from ..conftest import DUMMY

TEXT = bundled_path().read_text(encoding="utf-8")
PERU = "cases.peru-haku-winay"
INCOME, DESIGNED = f"{PERU}.effects.household-income", f"{PERU}.findings.complement-to-juntos"


def block(record: str) -> str:
    """The lines of a record, from its head to the blank line after it."""
    found = re.search(rf"^\[{re.escape(record)}\]\n(?:.+\n)*", TEXT, re.MULTILINE)
    assert found is not None, record
    return found[0]


def with_field(record: str, field: str, value: str) -> str:
    """The bundled file with another value of a field, which is added if the record has none."""
    old = block(record)
    pattern = rf"^{field}\s*=.*(?:\n\s.*|\n\])*\n"
    new = re.sub(pattern, "", old, flags=re.MULTILINE)
    return TEXT.replace(old, f"{new}{field} = {value}\n")


def without_field(record: str, field: str) -> str:
    old = block(record)
    new = re.sub(rf"^{field}\s*=.*\n", "", old, flags=re.MULTILINE)
    assert new != old
    return TEXT.replace(old, new)


def without(record: str) -> str:
    return TEXT.replace(block(record), "")


SINGLE = {
    "a direction": (with_field(INCOME, "direction", '"decrease"'), "effects", "direction"),
    "a sign": (with_field(f"{PERU}.effects.powerful-others", "sign", '"unresolved"'), "effects", "sign"),
    "a simulation": (with_field(INCOME, "simulated", "true"), "effects", "simulated"),
    "a label": (with_field(INCOME, "intervention", '"Juntos"'), "effects", "intervention"),
    "a sample": (with_field(INCOME, "sample", "120"), "effects", "sample"),
    "a note": (without_field(f"{PERU}.effects.locus-of-control", "note"), "effects", "note"),
    "a source": (with_field(INCOME, "source", '["general-results/income/6"]'), "effects", "source"),
    "an effect less": (without(INCOME), "effects", ""),
    "an effect more": (
        f"{TEXT}\n" + block(INCOME).replace("household-income", "savings").replace("income/5", "finance/1"),
        "effects",
        "",
    ),
    "what is desired": (with_field("outcomes.formal-loans", "desired", '"increase"'), "outcomes", "desired"),
    "the name of an outcome": (
        with_field("outcomes.informal-loans", "name", '"Loans from lenders"'),
        "outcomes",
        "name",
    ),
    "the domain of an outcome": (
        with_field("outcomes.informal-loans", "domain", '"income"'),
        "outcomes",
        "domain",
    ),
    "the text of a finding": (with_field(DESIGNED, "text", '"It was designed."'), "findings", "text"),
    "a level": (with_field(DESIGNED, "levels", '["local"]'), "findings", "levels"),
    "the basis of a level": (without_field(DESIGNED, "level_basis"), "findings", "level_basis"),
    "the formality": (with_field(DESIGNED, "formality", '"informal"'), "findings", "formality"),
    "a headline": (without_field(DESIGNED, "headline"), "findings", "headline"),
    "a role": (with_field(DESIGNED, "role", '"enabler"'), "findings", "role"),
    "a finding less": (without(DESIGNED), "findings", ""),
    "a lesson": (with_field("lessons.poverty-trap-escape", "text", '"It can help."'), "lessons", "text"),
    "the theme of a lesson": (
        with_field("lessons.poverty-trap-escape", "theme", '"budget"'),
        "lessons",
        "theme",
    ),
    "a recommendation": (
        with_field("recommendations.provide-advice-and-support", "basis", '"implied"'),
        "recommendations",
        "basis",
    ),
    "the handling of a discrepancy": (
        with_field("discrepancies.ppp-food-crops", "handling", '"Recorded."'),
        "discrepancies",
        "handling",
    ),
    "who runs a programme": (
        with_field("programmes.juntos", "organisation", '"foncodes"'),
        "programmes",
        "organisation",
    ),
    "the name of a country": (
        with_field("countries.peru", "name", '"Republic of Peru"'),
        "countries",
        "name",
    ),
    "the title of a brief": (with_field("briefs.general-results", "title", '"Results"'), "briefs", "title"),
    "the heading of a section": (
        with_field("briefs.general-results.sections.finance", "title", '"Finance"'),
        "sections",
        "title",
    ),
    "a contact": (
        with_field("briefs.general-results.contacts.jorge-maldonado", "about", '"The project"'),
        "contacts",
        "about",
    ),
    "an alias": (
        with_field("regions.africa", "aliases", '["África", "Afrique", "Afrika"]'),
        "regions",
        "aliases",
    ),
    "a definition": (with_field("levels.local", "definition", '"Near."'), "levels", "definition"),
    "the summary of a case": (with_field(PERU, "summary", '"Two programmes."'), "cases", "summary"),
    "the kind of coordination": (
        with_field(PERU, "coordination", '"non-intentional"'),
        "cases",
        "coordination",
    ),
    "who funds a project": (
        with_field("projects.improving-coordination", "funded_by", '["cede"]'),
        "projects",
        "funded_by",
    ),
    "the role of an organisation": (
        with_field("organisations.cede", "role", '"A centre."'),
        "organisations",
        "role",
    ),
    "a synonym": (
        TEXT.replace('actors           = ["stakeholders"]', 'actors = ["partners"]'),
        "synonyms",
        "words",
    ),
    "the version": (with_field("dataset", "version", '"1.0.0"'), "dataset", "version"),
}
"""Edits of the bundled file, each with the one change that it makes: its kind of record and its field."""


def state(folder: Path, text: str) -> Dataset:
    path = folder / "cases.toml"
    path.write_text(text, encoding="utf-8")
    (read,) = load_states(path)
    return read


@pytest.mark.parametrize("edit", SINGLE)
def test_a_single_edit_is_one_change(bundled: Dataset, tmp_path: Path, edit: str) -> None:
    text, kind, field = SINGLE[edit]
    edited = state(tmp_path, text)
    (there,) = changes(bundled, edited)
    (back,) = changes(edited, bundled)
    assert (there.kind, there.field) == (kind, field)
    assert (there.old, there.new) == (back.new, back.old)
    assert there.old != there.new
    swapped = {What.ADDED: What.REMOVED, What.REMOVED: What.ADDED, What.CHANGED: What.CHANGED}
    assert (back.kind, back.key, back.field, back.what) == (kind, there.key, field, swapped[there.what])


def test_a_change_has_the_values_of_both_states(bundled: Dataset, tmp_path: Path) -> None:
    (change,) = changes(bundled, state(tmp_path, SINGLE["a direction"][0]))
    assert (change.key, change.what) == ("peru-haku-winay.household-income", What.CHANGED)
    assert (change.old, change.new) == (Direction.INCREASE, Direction.DECREASE)
    (change,) = changes(bundled, state(tmp_path, SINGLE["a source"][0]))
    assert change.new == (Locator("general-results", "income", 6),)


def test_the_order_of_records_and_lists_is_no_change(bundled: Dataset, tmp_path: Path) -> None:
    moved = f"{without('lessons.poverty-trap-escape')}\n{block('lessons.poverty-trap-escape')}"
    text = moved.replace('["juntos", "haku-winay", "soft-skills"]', '["soft-skills", "haku-winay", "juntos"]')
    edited = state(tmp_path, text)
    assert list(edited.lessons) != list(bundled.lessons)
    assert edited.cases["peru-haku-winay"].programmes[0] == "soft-skills"
    assert changes(bundled, edited) == ()


def test_the_order_of_authors_is_a_change(tmp_path: Path) -> None:
    old = '[briefs.mine]\ntitle = "Mine"\nauthors = ["Abebe, A.", "Zuma, Z."]\n'
    new = old.replace('["Abebe, A.", "Zuma, Z."]', '["Zuma, Z.", "Abebe, A."]')
    (change,) = changes(state(tmp_path, old), state(tmp_path, new))
    assert change.field == "authors"


def test_what_follows_from_a_changed_field_is_no_change_of_its_own(tmp_path: Path) -> None:
    old = '[briefs.mine]\ntitle = "Mine"\n\n[countries.there]\niso2 = "KE"\n'
    (title,) = changes(state(tmp_path, old), state(tmp_path, old.replace("Mine", "Ours")))
    assert title.field == "title"
    codes = changes(state(tmp_path, old), state(tmp_path, old.replace("KE", "UG")))
    assert [change.field for change in codes] == ["iso2", "iso3"]
    own = old.replace('title = "Mine"', 'title = "Mine"\nshort = "M"')
    (short,) = changes(state(tmp_path, old), state(tmp_path, own))
    assert (short.field, short.old, short.new) == ("short", "Mine", "M")


@pytest.mark.parametrize("name", ["bundled", "dummy"])
def test_a_dataset_does_not_differ_from_itself(request: pytest.FixtureRequest, name: str) -> None:
    dataset: Dataset = request.getfixturevalue(name)
    assert changes(dataset, load_files(bundled_path() if name == "bundled" else DUMMY)) == ()


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen=st.sets(st.sampled_from(sorted(SINGLE)), min_size=2, max_size=2))
def test_there_and_back_are_the_same_with_old_and_new_swapped(chosen: set[str], tmp_path: Path) -> None:
    one, two = (state(tmp_path, SINGLE[edit][0]) for edit in sorted(chosen))
    there = {(c.kind, c.key, c.field): (c.old, c.new) for c in changes(one, two)}
    back = {(c.kind, c.key, c.field): (c.new, c.old) for c in changes(two, one)}
    assert there == back
    assert len(there) >= 1


def test_a_case_that_comes_brings_its_effects_and_findings(dummy: Dataset) -> None:
    gone = dummy.cases["aland-alms"]
    fewer = load_files(DUMMY)
    del fewer.cases["aland-alms"]
    found = [change for change in changes(fewer, dummy) if change.what is What.ADDED]
    assert [change.key for change in found if change.kind == "cases"] == ["aland-alms"]
    assert {change.key for change in found if change.kind == "effects"} == {
        f"aland-alms.{key}" for key in gone.effects
    }
    assert {change.key for change in found if change.kind == "findings"} == {
        f"aland-alms.{key}" for key in gone.findings
    }


def test_a_record_that_comes_can_be_told_field_by_field(bundled: Dataset, tmp_path: Path) -> None:
    (change,) = changes(bundled, state(tmp_path, SINGLE["an effect less"][0]))
    told = {part.field: part.old for part in in_fields(change)}
    assert told["direction"] is Direction.INCREASE
    assert told["programmes"] == ("haku-winay",)
    assert {"sample", "note", "id", "case"}.isdisjoint(told)
    assert {part.new for part in in_fields(change)} == {None}


def test_every_record_of_a_file_is_compared(bundled: Dataset) -> None:
    # Every table of records and every nested one; a key that no other record of its kind has.
    assert {"effects", "findings", "contacts", "sections", "synonyms", "dataset"} <= set(KINDS)
    heads = re.findall(r"^\[(?!synonyms)(.+)\]$", TEXT, re.MULTILINE)
    assert sum(len(records_of(bundled, kind)) for kind in KINDS if kind != "synonyms") == len(heads)


def test_a_record_found_by_its_key_is_the_one_among_all(bundled: Dataset) -> None:
    for kind in KINDS:
        for key, record in records_of(bundled, kind).items():
            assert record_of(bundled, kind, key) is record
    with pytest.raises(KeyError):
        record_of(bundled, "effects", "peru-haku-winay.nothing")


# Reading of a state ---------------------------------------------------------------------------------------


def test_a_file_with_a_vocabulary_of_its_own_is_read_alone(dummy: Dataset) -> None:
    (read,) = load_states(DUMMY)
    assert changes(read, dummy) == ()


def test_any_other_file_is_read_beside_the_bundled_data(bundled: Dataset, tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text('[briefs.mine]\ntitle = "Mine"\n', encoding="utf-8")
    (beside,), (alone,) = load_states(path), load_states(path, only=True)
    assert [change.key for change in changes(bundled, beside)] == ["mine"]
    assert list(alone.briefs) == ["mine"]
    assert load(path, only=True) == alone


def test_the_name_of_a_file_is_no_change(tmp_path: Path) -> None:
    texts = {"old": "", "copy": "", "titled": '[dataset]\ntitle = "Mine"\n'}
    for name, text in texts.items():
        (tmp_path / name).write_text(f'{text}[briefs.mine]\ntitle = "Mine"\n', encoding="utf-8")
    old, copy, titled = (load(tmp_path / name, only=True) for name in texts)
    assert changes(old, copy) == ()
    assert [(change.kind, change.what) for change in changes(old, titled)] == [("dataset", What.ADDED)]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (with_field(INCOME, "direction", '"sideways"'), f"{INCOME}.direction"),
        ('[briefs.mine]\ntitel = "Mine"\n', "briefs.mine.titel"),
    ],
    ids=["of a copy of the bundled file", "of a file of one's own"],
)
def test_only_the_fault_that_a_file_has_is_told(tmp_path: Path, text: str, path: str) -> None:
    with pytest.raises(DataError) as caught:
        state(tmp_path, text)
    assert [".".join(map(str, problem.path)) for problem in caught.value.problems] == [path]
