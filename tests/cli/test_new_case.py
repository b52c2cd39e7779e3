"""`new-case`: a file of one's own that is whole, new and without fault, or a message that says why not."""

from __future__ import annotations

from pathlib import Path

import pytest

from ruralsyn import load
from ruralsyn.dataset.loading import bundled_path, examine_files
from ruralsyn.dataset.model import Dataset

from ..conftest import Run

HSNP = ("--country", "kenya", "--title", "Hunger Safety Net Programme")

OWN = """
[briefs.hsnp-2016]
title = "Evaluation"
[briefs.counted]
title = "Counted"
[briefs.counted.sections.results]
title = "Results"
paragraphs = 9

[programmes.hsnp]
name = "Hunger Safety Net Programme"
acronym = "HSNP"
country = "kenya"
source = ["hsnp-2016"]

[countries.kenya]
iso2 = "KE"
[countries.india]
iso2 = "IN"
region = "asia"
[regions.asia]
name = "Asia"

[cases.kenya-hsnp]
country = "kenya"
title = "Hunger Safety Net"
programmes = ["hsnp", "juntos"]
source = ["hsnp-2016/p. 3"]
[cases.kenya-hsnp.effects.poverty]
direction = "decrease"
intervention = "HSNP: \\"phase 2\\", in 4 counties; pilot"
programmes = ["hsnp", "juntos"]
sign = "inferred"
note = "=Not 'printed', but “clear” — 50 %; see 1 000\\\\2."
source = ["hsnp-2016/p. 14", "counted/results/9", "hsnp-2016", "counted/annex B"]
[cases.kenya-hsnp.effects.savings]
direction = "increase"
simulated = true
source = ["hsnp-2016/pp. 14-16"]
[cases.kenya-hsnp.effects.savings-of-women]
outcome = "savings"
direction = "increase"
source = ["hsnp-2016/p. iv"]

[cases.india-mgnrega]
country = "india"
title = "MGNREGA"
source = ["hsnp-2016"]
[cases.india-mgnrega.effects.consumption]
direction = "increase"
source = ["counted/results/2"]

[cases.peru-haku-winay.effects.savings]
direction = "increase"
programmes = ["haku-winay"]
source = ["hsnp-2016/p. 2"]
"""
"""A user's file with everything that the rows of `effects -f csv` show."""


def test_a_skeleton_is_made_once(ruralsyn_run: Run, tmp_path: Path) -> None:
    path = tmp_path / "my-case.toml"
    ran = ruralsyn_run("new-case", path, *HSNP)
    assert (ran.code, ran.err) == (0, "")
    assert (
        ran.out == f"{path} has a skeleton of a case. Fill in the six blanks, and see `ruralsyn validate`.\n"
    )
    text = path.read_text(encoding="utf-8")
    assert ruralsyn_run("new-case", "-", *HSNP) == (0, text, "")
    ran = ruralsyn_run("new-case", path, *HSNP)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == (
        f"ruralsyn: {path}: is there already. Choose another name, or delete the file first.\n"
    )
    assert path.read_text(encoding="utf-8") == text


def test_a_link_that_leads_nowhere_is_not_followed(ruralsyn_run: Run, tmp_path: Path) -> None:
    (tmp_path / "link.toml").symlink_to(tmp_path / "gone.toml")
    assert ruralsyn_run("new-case", tmp_path / "link.toml", *HSNP).code == 1
    assert not (tmp_path / "gone.toml").exists()


def test_a_file_that_cannot_be_written_is_told(ruralsyn_run: Run, tmp_path: Path) -> None:
    ran = ruralsyn_run("new-case", tmp_path / "no" / "my.toml", *HSNP)
    assert (ran.code, ran.out) == (1, "")
    assert "Make the folder first." in ran.err


def test_the_options_fill_in_what_is_known(ruralsyn_run: Run) -> None:
    text = ruralsyn_run(
        "new-case", "-", *HSNP, "--id", "kenya-cash", "--source", 'A "report"', "--year", "2016"
    ).out
    assert '[briefs.cash-2016]\ntitle = "A \\"report\\""\nyear = 2016\n' in text
    assert "[cases.kenya-cash]\n" in text


@pytest.mark.parametrize("schema", [True, False])
def test_editors_get_the_schema_where_it_is_there(
    ruralsyn_run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, schema: bool
) -> None:
    (tmp_path / "cases.toml").write_bytes(bundled_path().read_bytes())
    address = tmp_path / "cases.schema.json"
    if schema:
        address.write_text("{}")
    monkeypatch.setattr("ruralsyn.cli.new_case.bundled_path", lambda: tmp_path / "cases.toml")
    first = ruralsyn_run("new-case", "-", *HSNP).out.splitlines()[0]
    assert first.startswith("# Fill in") != schema
    assert (first == f"#:schema {address.as_uri()}") == schema


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((), "new-case needs --country and --title, or --from"),
        (("--country", "kenya"), "new-case needs --country and --title, or --from"),
        (
            ("--country", "kenja", "--title", "X"),
            "--country: there is no country 'kenja'. Did you mean Kenya?",
        ),
        (("--country", "qqq", "--title", "X"), "--country: there is no country 'qqq'. Give its name in"),
        ((*HSNP, "--id", "Two words"), "--id: 'Two words' is not an id"),
        ((*HSNP, "--id", "peru-haku-winay"), "--id: 'peru-haku-winay' is the id of a case"),
        ((*HSNP, "--year", "16"), "--year must be 1000 or more"),
        (("--country", "kenya", "--title", " "), "--title: the text is empty."),
        (("--country", "kenya", "--title", "a\nb"), "--title: the text contains a line break."),
        (("more.toml", *HSNP), "new-case makes one file, but got 2"),
    ],
)
def test_wrong_usage_is_told(ruralsyn_run: Run, tmp_path: Path, words: tuple[str, ...], message: str) -> None:
    ran = ruralsyn_run("new-case", tmp_path / "my.toml", *words)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"ruralsyn: {message}")
    assert ran.err.count("\n") == 1
    assert not (tmp_path / "my.toml").exists()


def test_a_title_that_another_case_has_is_told_at_once(ruralsyn_run: Run, tmp_path: Path) -> None:
    title = "Juntos and Haku Wiñay"
    ran = ruralsyn_run("new-case", tmp_path / "my.toml", "--country", "peru", "--title", title)
    assert ran.code == 1
    assert "shares the name `juntos and haku winay` with `peru-haku-winay`" in ran.err
    assert not (tmp_path / "my.toml").exists()


def test_a_fault_on_standard_output_is_of_the_new_file(ruralsyn_run: Run) -> None:
    ran = ruralsyn_run("new-case", "-", "--country", "peru", "--title", "Juntos and Haku Wiñay")
    assert (ran.code, ran.out) == (1, "")
    head, fault, *_ = ran.err.splitlines()
    assert head == "ruralsyn: the new file would have faults, so it was not made:"
    assert fault.startswith("the new file:")


# From a table -------------------------------------------------------------------------------------------


def written(ruralsyn_run: Run, path: Path, form: str) -> Path:
    """The effects of the user's file as a table: without the bundled rows, and with a blank region."""
    table = path.with_suffix(f".{form}")
    lines = ruralsyn_run("effects", "--data", path, "-f", form).out.splitlines(keepends=True)
    own = ("kenya-hsnp.", "india-mgnrega.", "peru-haku-winay.savings")
    table.write_text("".join((lines[0], *(line for line in lines if line.startswith(own)))), encoding="utf-8")
    return table


@pytest.mark.parametrize("form", ["csv", "tsv", "xlsx"])
def test_effects_come_back_as_they_were(ruralsyn_run: Run, tmp_path: Path, form: str) -> None:
    own, back = tmp_path / "own.toml", tmp_path / "back.toml"
    own.write_text(OWN, encoding="utf-8")
    table = written(ruralsyn_run, own, "csv" if form == "xlsx" else form)
    if form == "xlsx":
        table = as_workbook(table)
    ran = ruralsyn_run("new-case", back, "--from", table)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        f"{back} has five effects; two new cases: kenya-hsnp, india-mgnrega; two new sources: hsnp-2016, "
        "counted. Fill in the one blank, and see `ruralsyn validate`.\n"
    )
    text = back.read_text(encoding="utf-8")
    back.write_text(
        text.replace("FILL IN: the region of India, such as South Asia", "Asia"), encoding="utf-8"
    )
    before, after = load(own), load(back)
    assert set(after.effects) == set(before.effects)
    # The rows say nothing of a programme or a source without an effect.
    assert {*after.cases["kenya-hsnp"].programmes} == {"hsnp", "juntos"}
    assert [case.country for case in after.cases.values()] == [case.country for case in before.cases.values()]


def as_workbook(table: Path) -> Path:
    import csv

    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    with table.open(encoding="utf-8", newline="") as stream:
        for number, line in enumerate(csv.reader(stream), 1):
            for place, text in enumerate(line, 1):
                cell = book.active.cell(number, place, text)
                # Excel keeps a text that begins with "=" as text if a person has typed an apostrophe.
                cell.data_type = "s"
    book.save(table.with_suffix(".xlsx"))
    return table.with_suffix(".xlsx")


def test_all_faults_are_told_at_once_and_nothing_is_written(ruralsyn_run: Run, tmp_path: Path) -> None:
    table, path = tmp_path / "my.csv", tmp_path / "my.toml"
    table.write_text(
        "Case;Country;Outcome;Direction;Source;Sign;Risk of bias;Note\n"
        "HSNP;Kenya;incom;increase;report/p. 3;;;\n"
        "HSNP;Kenya;savings;increase;general-results/finance/99;;;\n"
        "HSNP;Kenya;poverty;decrease;report/p. 3;inferred;;\n"
        "HSNP;Kenya;schooling;increase;report/p. 3;;low;a\u200eb\n",
        encoding="utf-8",
    )
    ran = ruralsyn_run("new-case", path, "--from", table)
    assert (ran.code, ran.out) == (1, "")
    assert [line.removeprefix(f"{table}:") for line in ran.err.splitlines()[1:]] == [
        '2: outcome: "incom" is not an outcome; did you mean household-income?',
        "3: source: `general-results/finance/99`: the section has 8 paragraphs",
        "4: note: is missing: no sign is printed, so say how the direction is known",
        "5: note: contains the invisible character U+200E; remove it",
    ]
    assert not path.exists()


def test_options_stand_for_columns_that_are_not_there(ruralsyn_run: Run, tmp_path: Path) -> None:
    table, path = tmp_path / "my.csv", tmp_path / "my.toml"
    table.write_text("outcome,direction,source\nSavings,up,p. 3\nPoverty,down,\n", encoding="utf-8")
    ran = ruralsyn_run(
        "new-case",
        path,
        "--from",
        table,
        *HSNP,
        "--source",
        "An evaluation",
        "--year",
        "2016",
        "--id",
        "hsnp",
    )
    assert (ran.code, ran.err) == (0, "")
    dataset = load(path)
    case = dataset.cases["hsnp"]
    assert (case.title, case.country, len(case.effects)) == ("Hunger Safety Net Programme", "kenya", 2)
    assert [str(place) for place in case.source] == ["evaluation/p. 3", "evaluation"]
    brief = dataset.briefs["evaluation"]
    assert (brief.title, brief.year) == ("An evaluation", 2016)


@pytest.mark.parametrize(
    ("text", "words", "code", "message"),
    [
        ("outcome,direction,case\n", (), 1, "has no rows"),
        (
            "case,country,outcome,direction,source,paragraph\nA,Kenya,savings,up,r,r p. 1\n",
            (),
            1,
            "paragraph and source mean the same. Leave out one of the columns.",
        ),
        ("outcome,directon,case\n", (), 1, "there is no column directon; did you mean direction?"),
        (
            "outcome,direction,case,country,source\nsavings,up,A,Kenya,r/p. 1\nsavings,up,B,Kenya,r/p. 1\n",
            ("--title", "X"),
            2,
            "--title and --id are for one new case, not 2: see the rows 2, 3.",
        ),
        (
            "outcome,direction,case,country,source\nsavings,up,A,Kenya,r/p. 1\nsavings,up,B,Kenya,r/p. 1\n",
            ("--id", "x"),
            2,
            "--title and --id are for one new case, not 2: see the rows 2, 3.",
        ),
        (
            "outcome,direction,case,country,source\nsavings,up,A,Kenya,r/p. 1\nsavings,up,x,Kenya,r/p. 1\n",
            ("--id", "x"),
            2,
            "--title and --id are for one new case, not 2: see the rows 2, 3.",
        ),
    ],
)
def test_a_table_that_cannot_be_used_is_told(
    ruralsyn_run: Run, tmp_path: Path, text: str, words: tuple[str, ...], code: int, message: str
) -> None:
    table = tmp_path / "my.csv"
    table.write_text(text, encoding="utf-8")
    ran = ruralsyn_run("new-case", tmp_path / "my.toml", "--from", table, *words)
    assert (ran.code, ran.out) == (code, "")
    assert message in ran.err
    assert not (tmp_path / "my.toml").exists()


@pytest.mark.parametrize(
    ("row", "words", "flag"),
    [
        ("savings,up,kenya-a,Kenya,r p. 1", ("--id", "x"), "--id"),
        ("savings,up,A,Kenya,r p. 1", ("--title", "X"), "--title"),
        ("savings,up,A,Kenya,r p. 1", ("--country", "Mali"), "--country"),
        ("savings,up,A,Kenya,r p. 1", ("--year", "2016"), "--year"),
        ("savings,up,A,Kenya,r p. 1", ("--source", "R", "--year", "2016"), "--source, --year"),
        ("savings,up,A,Kenya,p. 1", ("--source", "general-results", "--year", "2016"), "--year"),
    ],
)
def test_an_option_that_no_row_needs_is_told(
    ruralsyn_run: Run, tmp_path: Path, row: str, words: tuple[str, ...], flag: str
) -> None:
    table = tmp_path / "my.csv"
    table.write_text(f"outcome,direction,case,country,source\n{row}\n", encoding="utf-8")
    ran = ruralsyn_run("new-case", tmp_path / "my.toml", "--from", table, *words)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"ruralsyn: {flag}: no row needs it, so it would be lost. Leave it out.\n"
    assert not (tmp_path / "my.toml").exists()


def test_a_source_in_a_cell_keeps_its_title(ruralsyn_run: Run, tmp_path: Path) -> None:
    table, path = tmp_path / "my.csv", tmp_path / "my.toml"
    rows = ('savings,up,A,Kenya,"Example report 2020, p. 7"', "poverty,down,A,Kenya,p. 3")
    table.write_text("\n".join(("outcome,direction,case,country,source", *rows)), encoding="utf-8")
    ran = ruralsyn_run("new-case", path, "--from", table, "--source", "Second report", "--year", "2016")
    assert (ran.code, ran.err) == (0, "")
    briefs = load(path, only=True).briefs.values()
    assert [(brief.title, brief.year) for brief in briefs] == [
        ("Example report 2020", None),
        ("Second report", 2016),
    ]


def test_a_case_with_an_id_takes_the_given_title(ruralsyn_run: Run, tmp_path: Path) -> None:
    table, path = tmp_path / "my.csv", tmp_path / "my.toml"
    row = "savings,up,kenya-a,Kenya,r p. 1"
    table.write_text(f"outcome,direction,case,country,source\n{row}\n", encoding="utf-8")
    assert ruralsyn_run("new-case", path, "--from", table, "--title", "A title").code == 0
    assert load(path, only=True).cases["kenya-a"].title == "A title"


def test_names_without_letters_are_told_apart(ruralsyn_run: Run, tmp_path: Path) -> None:
    table, path = tmp_path / "my.csv", tmp_path / "my.toml"
    rows = ("🌾,Kenya,savings,up,🍞 p. 3", "🐐,Kenya,savings,up,🥛 p. 3")
    table.write_text("\n".join(("case,country,outcome,direction,source", *rows)), encoding="utf-8")
    assert ruralsyn_run("new-case", path, "--from", table).code == 0
    dataset = load(path, only=True)
    assert [case.title for case in dataset.cases.values()] == ["🌾", "🐐"]
    assert [brief.title for brief in dataset.briefs.values()] == ["🍞", "🥛"]


def test_the_columns_for_programs_are_all_known(bundled: Dataset) -> None:
    from ruralsyn.dataset.effect_rows import COLUMNS, PRINTED
    from ruralsyn.evidence.selection import Selection
    from ruralsyn.views.effects import effects_table

    keys = [column.key for column in effects_table(Selection(bundled)).columns]
    assert (*keys[: len(PRINTED)],) == PRINTED
    # The name of the file that a row came from says nothing of the effect.
    assert {*keys} - {"file"} <= {*COLUMNS}


def test_a_skeleton_of_every_bundled_country_has_only_blanks(ruralsyn_run: Run, bundled: Dataset) -> None:
    from ruralsyn.dataset.files import file_of

    for country in bundled.countries:
        ran = ruralsyn_run("new-case", "-", "--country", country, "--title", "A new programme")
        _, problems = examine_files([file_of("my.toml", ran.out)])
        assert {problem.rule for problem in problems} == {"blank"}
