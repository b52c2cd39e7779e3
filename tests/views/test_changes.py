"""`diff`: what changed between two states of the data, in words and as tables."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

from ruralsyn import DataError, UsageError, request
from ruralsyn.dataset.model import Dataset
from ruralsyn.page.document import Document
from ruralsyn.render.data import rows_of
from ruralsyn.render.formats import FORMATS
from ruralsyn.render.screen import Screen

from ..conftest import DUMMY, Run
from ..dataset.test_changes import DESIGNED, INCOME, PERU, SINGLE, TEXT, block, with_field

TABLES = ["effects", "cells", "tipping_points", "counts", "statements", "records"]
CASE = """
[briefs.mine]
title = "A report"

[cases.mine]
country = "peru"
title   = "A case"
source  = ["mine/p. 3"]

[cases.mine.effects.savings]
direction = "increase"
source    = ["mine/p. 4"]
"""


def written(folder: Path, text: str) -> str:
    path = folder / "new.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def diff(*names: str, **options: Any) -> Document:
    document = request("diff", *names, **options)
    assert isinstance(document, Document)
    return document


def tables(document: Document) -> dict[str, list[dict[str, Any]]]:
    return {table.id: rows_of(table) for table in document.tables()}


def said(document: Document) -> str:
    """The answer without the names of the two states."""
    return document.lead.partition(": ")[2]


@pytest.mark.parametrize("edit", SINGLE)
def test_a_single_edit_is_one_line(tmp_path: Path, edit: str) -> None:
    found = tables(diff("bundled", written(tmp_path, SINGLE[edit][0])))
    assert list(found) == TABLES
    lines = [*found["effects"], *found["statements"], *found["records"]]
    # The benefit of an effect follows from other lines, as cells, tipping points and counts do.
    (line,) = (line for line in lines if line["field"] != "benefit")
    _, kind, field = SINGLE[edit]
    assert line["field"] == (field or None)
    statements = ("findings", "lessons", "recommendations", "discrepancies")
    assert (
        line in found["effects" if kind == "effects" else "statements" if kind in statements else "records"]
    )


@pytest.mark.parametrize(
    ("edit", "answer"),
    [
        (
            "a direction",
            "one effect changed direction; of 40 cells in both maps, one changed in direction; "
            "of five tipping points, one changed.",
        ),
        (
            "a sign",
            "one effect changed in other fields only; of 40 cells in both maps, one changed, but not in "
            "direction; of five tipping points, none changed.",
        ),
        (
            "what is desired",
            "one effect kept its direction and changed in benefit, one other record changed; of 40 cells "
            "in both maps, one changed, but not in direction; of five tipping points, none changed.",
        ),
        (
            "an effect less",
            "one effect was removed; of 40 cells in both maps, one changed in direction; of "
            "five tipping points, one changed.",
        ),
        (
            "a lesson",
            "one lesson changed; of 40 cells in both maps, none changed; of five tipping points, none "
            "changed.",
        ),
    ],
)
def test_the_answer_says_what_changed(tmp_path: Path, edit: str, answer: str) -> None:
    path = written(tmp_path, SINGLE[edit][0])
    document = diff("bundled", path)
    assert document.lead == f"From ruralsyn dataset 1.1.0 to {path} (version 1.1.0): {answer}"


def test_the_answer_counts_cells_apart_that_changed_in_direction(tmp_path: Path) -> None:
    unsure = with_field(f"{PERU}.effects.new-technologies", "sign", '"unresolved"\nnote = "Not printed."')
    text = unsure.replace(block(INCOME), "")
    assert (
        "40 cells in both maps, two changed, one of them in direction;"
        in diff("bundled", written(tmp_path, text)).lead
    )


def test_a_case_that_comes_has_new_cells(tmp_path: Path) -> None:
    document = diff("bundled", written(tmp_path, CASE))
    assert said(document).startswith("one case was added, one effect was added, one other record was added;")
    assert "of 40 cells in both maps, none changed; five cells are new;" in document.lead
    found = tables(document)
    assert [row["old_direction"] for row in found["cells"]] == [None] * 5
    assert "favourable" in {row["new_direction"] for row in found["cells"]}
    assert {"what": "cases", "old": 8, "new": 9} in found["counts"]
    back = tables(diff(written(tmp_path, CASE), "bundled"))
    assert {row["change"] for row in back["effects"]} == {"removed"}
    assert [row["new_direction"] for row in back["cells"]] == [None] * 5


def test_what_follows_from_a_direction_is_told_apart(tmp_path: Path) -> None:
    found = tables(diff("bundled", written(tmp_path, SINGLE["a direction"][0])))
    assert [(row["field"], row["old"], row["new"]) for row in found["effects"]] == [
        ("direction", "increase", "decrease"),
        ("benefit", "favourable", "unfavourable"),
    ]
    assert found["cells"] == [
        {
            "case": "peru-haku-winay",
            "domain": "income",
            "old_direction": "favourable",
            "new_direction": "unfavourable",
            "old": "favourable, 1 favourable",
            "new": "unfavourable, 1 unfavourable",
        }
    ]
    assert found["tipping_points"] == [
        {"domain": "income", "old": 4, "new": 2, "old_blank": 4, "new_blank": 4}
    ]
    assert {"what": "favourable-effects", "old": 36, "new": 35} in found["counts"]
    assert {"what": "unfavourable-cells", "old": 0, "new": 1} in found["counts"]


def test_marks_of_cells_are_in_words(tmp_path: Path) -> None:
    text = with_field(f"{PERU}.effects.new-technologies", "sign", '"unresolved"\nnote = "Not printed."')
    (cell,) = tables(diff("bundled", written(tmp_path, text)))["cells"]
    assert cell["new"] == "favourable, 1 favourable, depends on a missing sign"


def test_an_outcome_that_did_not_change_is_not_called_none(tmp_path: Path) -> None:
    text = with_field(f"{PERU}.effects.household-income", "direction", '"none"')
    document = diff("bundled", written(tmp_path, text))
    assert tables(document)["effects"][0]["new"] == "none"
    assert "no change" in str(FORMATS["markdown"].render(document))


def test_nothing_changed_is_one_sentence(ruralsyn_run: Run) -> None:
    ran = ruralsyn_run("diff", "bundled", "bundled")
    sentence = "Nothing changed from ruralsyn dataset 1.1.0 to ruralsyn dataset 1.1.0."
    assert (ran.code, ran.out.split("\n\n")[-1].strip(), ran.err) == (0, sentence, "")
    data = json.loads(ruralsyn_run("diff", "bundled", "bundled", "--json").out)
    assert data["tables"] == {name: [] for name in TABLES}


def test_a_file_that_stands_alone_is_compared_alone() -> None:
    document = diff(str(DUMMY), str(DUMMY))
    assert document.lead.startswith("Nothing changed from ")
    assert "of 40 cells" not in diff("bundled", str(DUMMY)).lead
    found = tables(diff("bundled", str(DUMMY)))
    assert {row["change"] for row in found["effects"]} == {"added", "removed"}


WHOLE = f'[dataset]\ntitle = "Mine"\n{CASE}' + "".join(
    block(head) for head in ("countries.peru", "regions.latin-america", "domains.finance", "outcomes.savings")
)
"""A case with all the vocabulary that it needs, each word as in the bundled data."""
ANOTHER_EFFECT = """
[cases.mine.effects.household-income]
direction = "increase"
source    = ["mine/p. 5"]
"""


@pytest.mark.parametrize("options", [{}, {"only_data": True}], ids=["beside the data", "only data"])
def test_both_states_are_read_beside_the_bundled_data_if_one_needs_them(
    tmp_path: Path, options: dict[str, bool]
) -> None:
    old, new = tmp_path / "old.toml", Path(written(tmp_path, WHOLE + ANOTHER_EFFECT))
    new.write_text(new.read_text("utf-8").replace(block("regions.latin-america"), ""), encoding="utf-8")
    old.write_text(WHOLE, encoding="utf-8")
    for names, what in (((old, new), "added"), ((new, old), "removed")):
        document = diff(*map(str, names), **options)
        assert said(document).startswith(f"one effect was {what}")
        found = tables(document)
        assert [(row["effect"], row["change"]) for row in found["effects"]] == [
            ("mine.household-income", what)
        ]
        assert [row for row in found["counts"] if row["what"] == "cases"] == []


def test_a_whole_file_that_defines_bundled_records_again_is_read_without_them(tmp_path: Path) -> None:
    old, new = tmp_path / "old.toml", tmp_path / "new.toml"
    old.write_text(SINGLE["an effect less"][0], encoding="utf-8")
    new.write_text(TEXT.replace(block("regions.africa"), ""), encoding="utf-8")
    document = diff(str(old), str(new))
    assert said(document).startswith("one effect was added;")
    assert document.lead.startswith(f"From {old} to {new}: ")


def test_a_file_beside_the_bundled_data_is_not_compared_with_another_state_of_them(tmp_path: Path) -> None:
    old, new = tmp_path / "old.toml", tmp_path / "new.toml"
    old.write_text(SINGLE["an effect less"][0], encoding="utf-8")
    own = CASE.replace("[cases.mine.effects", 'programmes = ["juntos"]\n\n[cases.mine.effects')
    new.write_text(own, encoding="utf-8")
    with pytest.raises(DataError, match=r"without the bundled records, which .*old\.toml") as caught:
        diff(str(old), str(new))
    assert {problem.file for problem in caught.value.problems} == {str(new)}


def test_only_data_leaves_the_bundled_records_out(ruralsyn_run: Run, tmp_path: Path) -> None:
    old, new = tmp_path / "old.toml", written(tmp_path, CASE.replace("increase", "decrease"))
    old.write_text(CASE, encoding="utf-8")
    data = json.loads(ruralsyn_run("diff", old, new, "--only-data", "--json").out)
    assert [row["field"] for row in data["tables"]["effects"]] == ["direction", "benefit"]
    counts = {row["what"]: row["old"] for row in data["tables"]["counts"]}
    assert counts["favourable-cells"] == 1


LONG = "A very long statement, which goes on and on about the coordination of programmes. " * 12


@pytest.mark.parametrize("form", ["table", "markdown", "html", "latex"])
def test_people_see_both_texts_in_full(tmp_path: Path, form: str) -> None:
    words = [f"{word.strip(',.')}{number}" for number, word in enumerate(LONG.split())]
    text = with_field(DESIGNED, "text", f'"{" ".join(words)}"')
    document = diff("bundled", written(tmp_path, text))
    for width in (40, 80, 200):
        shown = str(FORMATS[form].render(document, Screen(width)))
        found = set(re.findall(r"\w+", shown))
        assert set(words) <= found
        assert {"MINAGRI", "designed", "complement", "inclusion", "MIDIS"} <= found


def test_full_has_every_field_of_what_came_or_went(tmp_path: Path) -> None:
    path = written(tmp_path, SINGLE["an effect less"][0])
    short, full = (str(FORMATS["markdown"].render(diff("bundled", path, full=on))) for on in (False, True))
    assert "GR income ¶5" in full
    assert "GR income ¶5" not in short
    assert tables(diff("bundled", path, full=True)) == tables(diff("bundled", path))


def test_references_of_each_side_are_named_by_its_own_state(tmp_path: Path) -> None:
    text = with_field("programmes.juntos", "organisation", '"foncodes"')
    text = text.replace("Social Development Cooperation Fund", "Fund for Cooperation")
    shown = str(FORMATS["markdown"].render(diff("bundled", written(tmp_path, text))))
    assert "Ministry of Development and Social Inclusion" in shown
    assert "Fund for Cooperation" in shown


# The two states -------------------------------------------------------------------------------------------


def test_one_state_can_come_from_standard_input(
    ruralsyn_run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for text in (SINGLE["a direction"][0], CASE):
        path = written(tmp_path, text)
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        ran = ruralsyn_run("diff", "bundled", "-", "--json")
        assert (ran.code, ran.err) == (0, "")
        assert ran.out == ruralsyn_run("diff", "bundled", path, "--json").out.replace(path, "standard input")


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (("1.0.0", "bundled"), "an installation has one version of the data, 1.1.0"),
        (("bundled", "v1.0"), "`git show TAG:data/cases.toml > old.toml`"),
        (("-", "-"), "from standard input, not both"),
        (("bundled",), "takes two states of the data, OLD and NEW, not 1."),
        (("bundled", "bundled", "bundled"), "OLD and NEW, not 3."),
    ],
)
def test_what_cannot_be_compared_is_told(ruralsyn_run: Run, names: tuple[str, ...], words: str) -> None:
    ran = ruralsyn_run("diff", *names)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert words in ran.err


def test_a_fault_in_either_file_is_told_with_its_line(ruralsyn_run: Run, tmp_path: Path) -> None:
    path = written(tmp_path, CASE.replace("increase", "sideways"))
    line = next(number for number, text in enumerate(CASE.splitlines(), 1) if "increase" in text)
    for names in (("bundled", path), (path, "bundled")):
        ran = ruralsyn_run("diff", *names)
        assert (ran.code, ran.out) == (1, "")
        assert f"{path}:{line}: cases.mine.effects.savings.direction: " in ran.err
    ran = ruralsyn_run("diff", "bundled", tmp_path / "none.toml")
    assert (ran.code, "cannot be read" in ran.err) == (1, True)


def test_the_environment_and_a_dataset_play_no_part(
    ruralsyn_run: Run, bundled: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RURALSYN_DATA", str(tmp_path / "none.toml"))
    assert ruralsyn_run("diff", "bundled", "bundled").code == 0
    with pytest.raises(UsageError, match="diff takes no dataset"):
        request("diff", "bundled", "bundled", dataset=bundled)
    with pytest.raises(UsageError, match="diff has no option 'data'"):
        request("diff", "bundled", "bundled", data=["own.toml"])


def test_the_title_can_be_another_and_a_file_gets_the_format(ruralsyn_run: Run, tmp_path: Path) -> None:
    page = tmp_path / "changes.html"
    new = written(tmp_path, TEXT.replace("MINAGRI", "MIDAGRI"))
    assert ruralsyn_run("diff", "bundled", new, "--title", "Update", "-o", page).code == 0
    assert "<h1>Update</h1>" in page.read_text(encoding="utf-8")
