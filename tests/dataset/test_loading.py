"""Loading of files: every fault is reported at once, with its file, its line and what is wrong."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from ruralsyn import DataError, load
from ruralsyn.dataset.loading import bundled_path, load_files
from ruralsyn.dataset.model import Dataset, Effect, Locator, Sign
from ruralsyn.record import Record

from ..conftest import DUMMY

OWN_CASE = """
[briefs.my-report]
code       = "MR"
title      = "My report"
short      = "My report"
project    = "Mine"
publishers = ["fao"]

[briefs.my-report.sections.results]
title      = "Results"
paragraphs = 3

[programmes.my-programme]
name    = "My programme"
country = "peru"
source  = ["my-report/results/1"]

[cases.my-case]
country    = "peru"
title      = "My case"
label      = "Mine"
programmes = ["my-programme"]
summary    = "A case of one's own."
source     = ["my-report/results/1"]

[cases.my-case.effects.savings]
intervention = "My programme"
programmes   = ["my-programme"]
direction    = "increase"
sign         = "printed"
source       = ["my-report/results/2"]
"""


def faults(tmp_path: Path, text: str) -> tuple[str, ...]:
    """The problems that loading a further file reports, without the file's name."""
    path = tmp_path / "own.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load(path)
    return tuple(str(problem).removeprefix(f"{path}:") for problem in caught.value.problems)


def test_a_further_file_adds_its_records(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(OWN_CASE, encoding="utf-8")
    dataset = load(path)
    assert dataset.cases["my-case"].effects["savings"].key == "my-case.savings"
    assert list(dataset.cases)[-1] == "my-case"
    assert len(dataset.effects) == len(load().effects) + 1


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ('[countries.kenya]\niso2 = "KE"\n[regions.asia]\nname = "Asia"\n', {"africa", "asia"}),
        ('[regions.asia]\nname = "Asia"\n', {"africa", "latin-america", "asia"}),
        ('[domains.water]\nname = "Water"\n', {"africa", "latin-america"}),
    ],
)
def test_bundled_words_that_others_need_stay_beside_own_ones(
    tmp_path: Path, text: str, regions: set[str]
) -> None:
    path = tmp_path / "own.toml"
    path.write_text(text, encoding="utf-8")
    assert {*load(path, only=True).regions} == regions


def test_a_word_may_have_the_name_of_a_bundled_one_that_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    words = '[domains.money]\nname = "Money"\naliases = ["finance"]\n'
    outcome = '[outcomes.cash]\nname = "Cash"\ndomain = "money"\ndesired = "increase"\n'
    path.write_text(words + outcome, encoding="utf-8")
    assert [*load(path, only=True).domains] == ["money"]


def test_every_fault_is_reported_with_its_line(tmp_path: Path) -> None:
    text = (
        OWN_CASE.replace('sign         = "printed"', 'sign         = "guessed"')
        .replace('title      = "My case"', 'titel      = "My case"')
        .replace('label      = "Mine"', "label      = 3")
        .replace("A case of one's own.", "  ")
    )
    lines = dict(enumerate(text.splitlines(), 1))
    found = faults(tmp_path, text)
    # The misspelt title is read as the title, so nothing says that the title is missing.
    assert len(found) == 4
    # Paired by path, because the order of the problems is not tested here.
    for problem, (key, words) in zip(
        sorted(found),
        sorted(
            {
                "cases.my-case.titel": "did you mean `title`?",
                "cases.my-case.label": "should be text, not a whole number",
                "cases.my-case.summary": "is empty",
                "cases.my-case.effects.savings.sign": '"guessed" is not one of printed, supported',
            }.items(),
            key=lambda item: next(p for p in sorted(found) if f" {item[0]}: " in p),
        ),
        strict=True,
    ):
        assert f" {key}: " in problem
        assert words in problem
        number = int(problem.split(":")[0])
        assert lines[number].startswith(key.split(".")[-1])


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            'country    = "peru"\ntitle',
            'country    = "atlantis"\ntitle',
            "`atlantis` is not one of [countries.*]",
        ),
        ("my-report/results/2", "my-report/results/4", "the section has 3 paragraphs"),
        ("my-report/results/2", "my-report/result/2", "did you mean `results`?"),
        ("my-report/results/2", "my-reports/p. 2", "did you mean `my-report`?"),
        ("my-report/results/2", "my-report/results", "should be a place like"),
        ("my-report/results/2", f"my-report/results/{'9' * 5000}", "should be a place like"),
        (
            "[cases.my-case.effects.savings]",
            "[cases.my-case.effects.hope]",
            "`hope` is not one of [outcomes.*]",
        ),
        ('programmes   = ["my-programme"]', 'programmes   = ["juntos"]', "is not a programme of the case"),
        ('sign         = "printed"', 'sign         = "inferred"', "note: is missing: no sign is printed"),
        ('source       = ["my-report/results/2"]', "source       = []", "is empty"),
        ("[programmes.my-programme]", "[programmes.My_Programme]", "is not an id"),
        ('title      = "My case"', 'title      = "Juntos and Haku Wiñay"', "shares the name"),
        ('programmes = ["my-programme"]', 'programmes = ["my-programme", "my-programme"]', "twice"),
        ('label      = "Mine"', 'label      = "Mi\\u001bne"', "invisible character U+001B"),
        ("paragraphs = 3", 'paragraphs = 3\nno_claim = { 7 = "No." }', "is not a paragraph"),
        (
            'name    = "My programme"',
            'name    = "My programme"\ntype = "productive"',
            "type_basis: is missing: `type` needs it",
        ),
        ("paragraphs = 3", "paragraphs = true", "should be a whole number, not true or false"),
        ('publishers = ["fao"]', 'publishers = "fao"', "should be a list, not text"),
    ],
)
def test_a_fault_is_named(tmp_path: Path, old: str, new: str, words: str) -> None:
    assert old in OWN_CASE
    assert any(words in problem for problem in faults(tmp_path, OWN_CASE.replace(old, new)))


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ('title      = "My case"', 'title = "FILL IN: the title"', "cases.my-case.title"),
        ('title      = "My case"', 'title = "FILL IN: el título"', "cases.my-case.title"),
        ('country    = "peru"\ntitle', 'country = "FILL IN"\ntitle', "cases.my-case.country"),
        ('"increase"', '"FILL IN: increase or decrease"', "cases.my-case.effects.savings.direction"),
        ("paragraphs = 3", 'paragraphs = "FILL IN"', "briefs.my-report.sections.results.paragraphs"),
        ('["my-report/results/2"]', '"FILL IN: a list"', "cases.my-case.effects.savings.source"),
        ('programmes = ["my-programme"]\nsumm', 'programmes = ["FILL IN"]\nsumm', "cases.my-case.programmes"),
    ],
)
def test_a_blank_is_told_and_nothing_else(tmp_path: Path, old: str, new: str, path: str) -> None:
    assert old in OWN_CASE
    (fault,) = faults(tmp_path, OWN_CASE.replace(old, new))
    assert re.fullmatch(rf"\d+: {re.escape(path)}(\.0|\[1\])?: is a blank to fill in", fault)


@pytest.mark.parametrize("place", ["FILL IN", "FILL IN: the page", "FILL IN: my-report/p. 3"])
def test_a_blank_place_is_told_and_nothing_else(tmp_path: Path, place: str) -> None:
    (fault,) = faults(tmp_path, OWN_CASE.replace("my-report/results/2", place))
    assert fault.endswith(": is a blank to fill in")
    assert "cases.my-case.effects.savings.source" in fault


def test_a_file_cannot_change_what_is_there(tmp_path: Path) -> None:
    (problem,) = faults(tmp_path, '\n[domains.finance]\nname = "Money"\n')
    line = bundled_path().read_text(encoding="utf-8").splitlines().index("[domains.finance]") + 1
    assert problem.startswith(f"2: domains.finance: is already in {bundled_path()}:{line};")
    (problem,) = faults(tmp_path, "cases = 3\n")
    assert "1: cases: should be a table, not a whole number" in problem


def test_unreadable_files_are_told(tmp_path: Path) -> None:
    broken, binary = tmp_path / "broken.toml", tmp_path / "binary.toml"
    broken.write_text("[cases\n")
    # The start of a text in UTF-16, as some editors save it.
    binary.write_bytes(b"\xff\xfe\x00")
    for path, words in (
        (broken, "not valid TOML"),
        (binary, "UTF-8"),
        (tmp_path / "none.toml", "cannot be read"),
    ):
        with pytest.raises(DataError, match=words):
            load(path)


def test_a_fault_in_the_bundled_file_is_told_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = bundled_path().read_text(encoding="utf-8")
    changed = re.sub(r'(theme\s*=) "budget"', r"\1 5", text, count=1)
    assert changed != text
    damaged = tmp_path / "cases.toml"
    damaged.write_text(changed, encoding="utf-8")
    monkeypatch.setattr("ruralsyn.dataset.loading.bundled_path", lambda: damaged)
    with pytest.raises(DataError, match="should be text"):
        assert load().findings


class Point(Record):
    """Two fields, one with a default."""

    x: int
    y: int = 2


def test_records_are_frozen_dataclasses_compared_by_value(dummy: Dataset) -> None:
    effect = dummy.effects[0]
    assert dataclasses.is_dataclass(effect)
    assert [spec.name for spec in dataclasses.fields(effect)][:3] == ["id", "case", "outcome"]
    with pytest.raises(dataclasses.FrozenInstanceError):
        effect.note = "changed"  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        del effect.note
    changed = dataclasses.replace(effect, note="changed")
    assert (changed.note, changed == effect, hash(effect) == hash(dataclasses.replace(effect))) == (
        "changed",
        False,
        True,
    )
    assert "intervention='ALMS'" in repr(effect)


def test_records_refuse_wrong_fields() -> None:
    assert Point(1) == Point(x=1, y=2)
    for wrong in ({}, {"x": 1, "z": 2}):
        with pytest.raises(TypeError):
            Point(**wrong)
    with pytest.raises(TypeError):
        Point(1, 2, 3)  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Point(1, x=5)  # type: ignore[misc]
    with pytest.raises(AttributeError):
        _ = Point(1).z  # type: ignore[attr-defined]


def test_a_dataset_survives_copying_and_pickling() -> None:
    dataset = load()
    assert pickle.loads(pickle.dumps(dataset)) == dataset
    assert copy.deepcopy(dataset) == load()


def test_converted_values_have_the_types_of_the_model(dummy: Dataset) -> None:
    effect = dummy.cases["aland-alms"].effects["loans"]
    assert isinstance(effect, Effect)
    assert effect.sign is Sign.SUPPORTED
    assert effect.source == (Locator("first-brief", "body", 3), Locator("first-brief", "body", 4))
    assert (effect.case, effect.outcome, effect.simulated) == ("aland-alms", "loans", False)
    assert load_files(DUMMY) == dummy


# The bundled file, which people correct, goes through the same checks -----------------------------------


@pytest.fixture
def edited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], Path]:
    """Replace the bundled file by a copy with one change. The function returns the path of the copy."""

    def edit(old: str, new: str) -> Path:
        text = bundled_path().read_text(encoding="utf-8")
        assert old in text
        path = tmp_path / "cases.toml"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        monkeypatch.setattr("ruralsyn.dataset.loading.bundled_path", lambda: path)
        return path

    return edit


def test_an_indented_head_loses_nothing(edited: Callable[[str, str], Path]) -> None:
    before = load()
    head = f"[cases.peru-haku-winay.findings.{next(iter(before.cases['peru-haku-winay'].findings))}]"
    edited(head, f"  {head}")
    assert load() == before


def test_a_missing_quote_is_told_with_its_line(edited: Callable[[str, str], Path]) -> None:
    path = edited('name    = "Peru"', 'name    = "Peru')
    line = path.read_text(encoding="utf-8").splitlines().index('name    = "Peru') + 1
    with pytest.raises(DataError, match=rf":{line}: is not valid TOML: "):
        load()


def test_a_mistyped_reference_is_told_with_its_line(edited: Callable[[str, str], Path]) -> None:
    path = edited('architecture    = "integrated-strategy"', 'architecture    = "integrated"')
    with pytest.raises(DataError) as caught:
        load()
    (problem,) = caught.value.problems
    text = path.read_text(encoding="utf-8").splitlines()
    assert problem.message.startswith("`integrated` is not one of [architectures.*]: same-institution, ")
    assert (problem.file, text[(problem.line or 0) - 1]) == (
        str(path),
        'architecture    = "integrated"',
    )


# Findings -----------------------------------------------------------------------------------------------

FINDING = """
[cases.bravia-bread.findings.shared-oven]
role      = "mechanism"
statement = "oven"
text      = "Villages share an oven."
source    = ["second-brief/talk/2"]

[cases.aland-alms.findings.shared-oven]
role      = "mechanism"
statement = "oven"
text      = "Villages share an oven."
source    = ["second-brief/talk/2"]
"""


def dummy_faults(tmp_path: Path, more: str) -> list[str]:
    path = tmp_path / "more.toml"
    path.write_text(more, encoding="utf-8")
    try:
        load_files(DUMMY, path)
    except DataError as error:
        return [str(problem) for problem in error.problems]
    return []


def test_a_shared_statement_is_the_same_in_every_case(tmp_path: Path) -> None:
    assert dummy_faults(tmp_path, FINDING) == []
    other = FINDING.replace('text      = "Villages share an oven."', 'text      = "An oven is shared."', 1)
    (fault,) = dummy_faults(tmp_path, other)
    assert "cases.bravia-bread.findings.shared-oven.text: differs from `aland-alms.shared-oven`" in fault


def test_a_case_makes_a_shared_statement_once(tmp_path: Path) -> None:
    again = FINDING + FINDING.replace("shared-oven", "second-oven").split("\n\n")[0]
    (fault,) = dummy_faults(tmp_path, again)
    assert "second-oven.statement: `oven` occurs twice in the case" in fault


def test_a_level_basis_needs_a_level(tmp_path: Path) -> None:
    basis = FINDING.replace('role      = "mechanism"', 'role = "mechanism"\nlevel_basis = "implied"', 1)
    assert any("level_basis: is given without `levels`" in fault for fault in dummy_faults(tmp_path, basis))


def test_a_case_has_at_most_five_headlines(tmp_path: Path) -> None:
    def headlines(number: int) -> str:
        one = FINDING.split("\n\n")[0].replace('statement = "oven"', "headline = true")
        texts = (
            one.replace("shared-oven", f"oven-{'x' * n}").replace("an oven", f"oven {n}")
            for n in range(1, number + 1)
        )
        return "\n".join(texts)

    assert dummy_faults(tmp_path, headlines(5)) == []
    (fault,) = dummy_faults(tmp_path, headlines(6))
    assert "oven-xxxxxx.headline: is one of 6 headlines of the case; keep 5" in fault


def test_a_contact_has_a_known_organisation(tmp_path: Path) -> None:
    contact = """
[briefs.first-brief.contacts.jo]
name         = "Jo"
organisation = "nobody"
about        = "Everything"
source       = ["first-brief/body/1"]
"""
    (fault,) = dummy_faults(tmp_path, contact)
    assert "briefs.first-brief.contacts.jo.organisation: `nobody` is not one of [organisations.*]" in fault
    assert dummy_faults(tmp_path, contact.replace('"nobody"', '"ministry"')) == []


def test_a_note_missing_from_a_shared_statement_is_reported_with_a_line(tmp_path: Path) -> None:
    first = FINDING.replace(
        'source    = ["second-brief/talk/2"]', 'note = "Big."\nsource = ["second-brief/talk/2"]'
    )
    one = first[: first.rindex('note = "Big."')] + first[first.rindex('note = "Big."') + 13 :]
    (fault,) = dummy_faults(tmp_path, one)
    assert re.search(r"more\.toml:\d+: cases\.\S+shared-oven\.note: differs from", fault)
