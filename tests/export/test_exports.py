"""Exports are read by programs that others wrote, and hold what the commands print."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest

import ruralsyn
from ruralsyn.cli.commands import COMMANDS
from ruralsyn.dataset.loading import load
from ruralsyn.dataset.model import Dataset
from ruralsyn.evidence.filters import filter_named
from ruralsyn.evidence.selection import Selection
from ruralsyn.export.contents import UNLICENSED, Contents, Files
from ruralsyn.export.dictionary import TABLES
from ruralsyn.export.formats import EXPORTS
from ruralsyn.page.document import Table
from ruralsyn.page.grid import Grid
from tests.conftest import PROGRAMS, need_modules, need_program

REVIEW = Path(__file__).parents[2] / "docs" / "review-example.toml"
Options = dict[str, list[str]]
PRINTED_BY = {
    "effects": "effects",
    "cases": "cases",
    "findings": "coordination",
    "lessons": "lessons",
    "recommendations": "recommendations",
    "map": "map",
}
"""Tables of exports, each with the command that prints its records."""
FILTERS: list[Options] = [
    {},
    {"domains": ["finance"]},
    {"countries": ["peru", "lesotho"]},
    {"regions": ["africa"]},
    {"programmes": ["fest"]},
    {"coordination": ["non-intentional"], "roles": ["obstacle"]},
]
HOSTILE = """
[briefs.bad]
title = "=1+1"

[cases.bad]
country = "peru"
title   = 'a"b, c; d’e <b> \\'
summary = "<script>alert(1)</script> {{ 1 }} | `x`"
source  = ["bad/p. 3"]

[cases.bad.effects.savings]
direction    = "increase"
intervention = "-- DROP TABLE effects;"
note         = "@SUM(A1), 'x'"
source       = ["bad"]
"""


@pytest.fixture
def hostile(tmp_path: Path) -> Dataset:
    file = tmp_path / "hostile.toml"
    file.write_text(HOSTILE, encoding="utf-8")
    return load(str(file))


def contents_of(dataset: Dataset, name: str, options: Options | None = None) -> Contents:
    return Contents(Selection(dataset, filter_named(dataset, options or {})), name, f"ruralsyn export {name}")


def made(dataset: Dataset, name: str, form: str, options: Options | None = None) -> Files:
    return EXPORTS[form].files(contents_of(dataset, name, options))


def printed(dataset: Dataset, command: str, options: Options) -> list[dict[str, Any]]:
    """The rows that a command prints with those of the filters that it takes."""
    taken = {name: value for name, value in options.items() if name in COMMANDS[command].fields()}
    content = ruralsyn.request(command, dataset=dataset, **taken)
    table = content.data if isinstance(content, Grid) else content
    assert isinstance(table, Table)
    return ruralsyn.rows_of(table)


def written(files: Files, folder: Path) -> Path:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def opened(files: Files, name: str, folder: Path) -> sqlite3.Connection:
    return sqlite3.connect(written(files, folder) / name)


def rows_of_csv(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))


# Every format ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("options", FILTERS, ids=str)
def test_an_export_has_the_records_that_the_commands_print(
    bundled: Dataset, options: Options, tmp_path: Path
) -> None:
    package = made(bundled, "out", "datapackage", options)
    document = json.loads(made(bundled, "out.json", "json", options)["out.json"])["tables"]
    database = opened(made(bundled, "out.db", "sqlite", options), "out.db", tmp_path)
    for table, command in PRINTED_BY.items():
        rows = printed(bundled, command, options)
        key = TABLES[table].key
        ids = sorted(tuple(row[one] for one in key) for row in rows)
        columns = ", ".join(f'"{one}"' for one in key)
        from_csv = rows_of_csv(package[f"data/{table}.csv"])
        assert sorted(tuple(row[one] for one in key) for row in from_csv) == ids, table
        assert sorted(tuple(row[one] for one in key) for row in document[table]) == ids, table
        assert sorted(database.execute(f'SELECT {columns} FROM "{table}"').fetchall()) == ids, table
        # The same values under the same names.
        by_key = {tuple(row[one] for one in key): row for row in document[table]}
        for row in rows:
            assert row.items() <= by_key[tuple(row[one] for one in key)].items(), table


@pytest.mark.parametrize("form", EXPORTS)
def test_the_same_selection_gives_the_same_bytes(bundled: Dataset, form: str) -> None:
    if form in ("xlsx", "zip"):
        need_modules("xlsxwriter", "matplotlib", variable="RURALSYN_REQUIRE_FIGURE")
    first, second = (made(bundled, "out.x", form, {"domains": ["finance"]}) for _ in range(2))
    assert first == second


def test_programmes_that_effects_name_are_there_though_the_filter_names_others(bundled: Dataset) -> None:
    rows = rows_of_csv(made(bundled, "out", "datapackage", {"programmes": ["fest"]})["data/programmes.csv"])
    assert [row["programme"] for row in rows] == ["fest", "unidos"]


# Data Package ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("options", FILTERS, ids=str)
def test_frictionless_finds_the_package_valid(bundled: Dataset, options: Options, tmp_path: Path) -> None:
    need_modules("frictionless", variable="RURALSYN_REQUIRE_EXPORTS")
    assert frictionless_faults(written(made(bundled, "out", "datapackage", options), tmp_path)) == []


def test_frictionless_finds_own_and_hostile_data_valid(hostile: Dataset, tmp_path: Path) -> None:
    need_modules("frictionless", variable="RURALSYN_REQUIRE_EXPORTS")
    for number, dataset in enumerate((hostile, load(REVIEW), load(REVIEW, only=True))):
        folder = written(made(dataset, "out", "datapackage"), tmp_path / str(number))
        assert frictionless_faults(folder) == []


def test_frictionless_finds_what_is_wrong(bundled: Dataset, tmp_path: Path) -> None:
    need_modules("frictionless", variable="RURALSYN_REQUIRE_EXPORTS")
    folder = written(made(bundled, "out", "datapackage"), tmp_path)
    effects = folder / "data" / "effects.csv"
    text = effects.read_text(encoding="utf-8")
    effects.write_text(text.replace(",increase,", ",up,", 1).replace(",peru,", ",chile,"), encoding="utf-8")
    found = frictionless_faults(folder)
    assert {"constraint-error", "foreign-key", "hash-count"} <= set(found)


def frictionless_faults(folder: Path) -> list[str]:
    from frictionless import Package, system

    with system.use_context(trusted=True):
        report = Package(str(folder / "datapackage.json")).validate()
    return [fault[0] for fault in report.flatten(["type"])]


def test_the_description_names_version_licence_sources_and_the_filter(bundled: Dataset) -> None:
    files = made(bundled, "Out of Perú", "datapackage", {"countries": ["peru"]})
    package = json.loads(files["datapackage.json"])
    assert package["name"] == "out-of-per"
    assert package["version"] == bundled.dataset.version
    assert package["licenses"] == [{"name": "MIT"}]
    assert len(package["sources"]) == len(bundled.briefs)
    assert package["filter"] == "country Peru"
    assert {resource["path"] for resource in package["resources"]} == files.keys() - {"datapackage.json"}


def test_own_data_alone_is_nobody_elses(bundled: Dataset) -> None:
    for dataset, named in ((bundled, True), (load(REVIEW, only=True), False)):
        package = json.loads(made(dataset, "out", "datapackage")["datapackage.json"])
        assert ("contributors" in package) == named


# SQLite ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("options", FILTERS, ids=str)
def test_the_database_is_sound(bundled: Dataset, options: Options, tmp_path: Path) -> None:
    database = opened(made(bundled, "out.db", "sqlite", options), "out.db", tmp_path)
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    for table in ("effects", "findings", "map", "programmes"):
        (rows,) = database.execute(f'SELECT count(*) FROM "{table}"').fetchone()
        # A join that loses a row would have fewer.
        assert database.execute(f"SELECT count(*) FROM {table}_with_names").fetchone() == (rows,)


def test_the_database_refuses_what_breaks_its_rules(bundled: Dataset, tmp_path: Path) -> None:
    database = opened(made(bundled, "out.db", "sqlite"), "out.db", tmp_path)
    database.execute("PRAGMA foreign_keys = ON")
    for change in ("direction = 'up'", "\"case\" = 'no-such-case'", "outcome = NULL", "simulated = 2"):
        with pytest.raises(sqlite3.IntegrityError):
            database.execute(f"UPDATE effects SET {change}")


def about_committees(dataset: Dataset) -> set[str]:
    return {one.key for one in dataset.findings if re.search(r"\bcommittees?\b", one.text, re.IGNORECASE)}


def test_the_database_is_searched_without_regard_to_accents(bundled: Dataset, tmp_path: Path) -> None:
    database = opened(made(bundled, "out.db", "sqlite"), "out.db", tmp_path)
    query = (
        "SELECT finding FROM findings f JOIN findings_fts s ON f.rowid = s.rowid WHERE findings_fts MATCH ?"
    )
    found = {key for (key,) in database.execute(query, ["cómmittee"])}
    assert found == about_committees(bundled)


def test_the_dump_of_a_database_is_the_same_each_time(bundled: Dataset, tmp_path: Path) -> None:
    dumps = {
        "\n".join(opened(made(bundled, "out.db", "sqlite"), "out.db", tmp_path / name).iterdump())
        for name in "ab"
    }
    assert len(dumps) == 1


def test_own_and_hostile_texts_arrive_whole(hostile: Dataset, tmp_path: Path) -> None:
    database = opened(made(hostile, "out.db", "sqlite"), "out.db", tmp_path)
    row = database.execute("SELECT intervention, note, file FROM effects WHERE effect = 'bad.savings'")
    intervention, note, file = row.fetchone()
    assert intervention == "-- DROP TABLE effects;"
    assert note == "@SUM(A1), 'x'"
    assert Path(file).name == "hostile.toml"
    assert database.execute("SELECT title FROM cases WHERE \"case\" = 'bad'").fetchone() == (
        'a"b, c; d’e <b> \\',
    )


def test_datasette_opens_the_database_as_it_is(bundled: Dataset, tmp_path: Path) -> None:
    need_program("datasette", "RURALSYN_REQUIRE_EXPORTS")
    written(made(bundled, "out.db", "sqlite"), tmp_path)

    def get(address: str) -> Any:
        done = subprocess.run(
            ["datasette", "out.db", "--get", address],
            env=os.environ | {"PATH": PROGRAMS},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        )
        return json.loads(done.stdout)

    tables = {table["name"]: table for table in get("/out.json")["tables"]}
    for table, command in PRINTED_BY.items():
        assert tables[table]["count"] == len(printed(bundled, command, {})), table
    # It offers a search box for the tables that it finds an index for.
    assert tables["findings"]["fts_table"] == "findings_fts"
    found = get("/out/findings.json?_search=committee&_shape=array&_size=max")
    assert {row["finding"] for row in found} == about_committees(bundled)


# JSON -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("data", ["bundled", "review", "hostile"])
def test_the_document_fits_its_schema(bundled: Dataset, hostile: Dataset, data: str) -> None:
    dataset = {"bundled": bundled, "hostile": hostile, "review": load(REVIEW)}[data]
    files = made(dataset, "out.json", "json")
    document, schema = json.loads(files["out.json"]), json.loads(files["out.schema.json"])
    assert document["$schema"] == "out.schema.json"
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(document)
    document["tables"]["effects"][0]["direction"] = "up"
    assert list(jsonschema.Draft202012Validator(schema).iter_errors(document))


# The bundle -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def bundle(bundled: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    need_modules("xlsxwriter", "matplotlib", variable="RURALSYN_REQUIRE_FIGURE")
    folder = written(made(bundled, "out.zip", "zip"), tmp_path_factory.mktemp("bundle"))
    # By a program, not by the library that made it.
    subprocess.run(["unzip", "-q", "out.zip"], cwd=folder, check=True)
    return folder


def test_the_bundle_unpacks_and_its_checksums_hold(bundle: Path) -> None:
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"],
        cwd=bundle,
        capture_output=True,
        text=True,
        check=True,
    )
    checked = {line.partition(": ")[0] for line in done.stdout.splitlines()}
    there = {path.relative_to(bundle).as_posix() for path in bundle.rglob("*") if path.is_file()}
    assert checked == there - {"SHA256SUMS", "out.zip"}
    assert {"README.md", "tables.xlsx", "map.svg", "map.html", "datapackage.json"} <= there


def test_the_readme_of_the_bundle_says_what_it_is(bundle: Path, bundled: Dataset) -> None:
    text = (bundle / "README.md").read_text(encoding="utf-8")
    assert text.startswith(f"# {bundled.dataset.title}\n")
    for said in (
        "Nothing is filtered",
        "ruralsyn export out.zip",
        "MIT",
        "no printed sign",
        "136 rows of findings are 124 findings",
        "Rural Synergies",
    ):
        assert said in text
    assert all(
        f"{len(list(bundled.effects))}" in line for line in text.splitlines() if line.startswith("| effects ")
    )


@pytest.mark.parametrize(
    ("options", "heads"),
    [
        ({"domains": ["finance"]}, ["Eight cases in ", "Finances and risks: three of "]),
        ({"simulated": True}, ["Eight cases in ", "Simulated effects only: two "]),
        ({"roles": ["obstacle"]}, ["Eight cases in ", "The briefs report effects for "]),
        ({"countries": ["peru"]}, ["Peru: one case in ", "Peru: five effects"]),
    ],
)
def test_an_answer_names_only_the_filters_that_reach_what_it_counts(
    bundled: Dataset, options: dict[str, Any], heads: list[str]
) -> None:
    answers = contents_of(bundled, "out", options).answers
    assert [answer.startswith(head) for answer, head in zip(answers, heads, strict=True)] == [True, True]


def test_the_description_and_licence_of_the_bundled_data_are_not_claimed_for_further_files(
    bundled: Dataset,
) -> None:
    alone, both = contents_of(bundled, "out"), contents_of(load(str(REVIEW)), "out")
    assert (alone.description, both.description) == (bundled.dataset.description, None)
    assert (UNLICENSED in alone.cautions, UNLICENSED in both.cautions) == (False, True)
    own = contents_of(load(str(REVIEW), only=True), "out")
    assert (own.licences, UNLICENSED in own.cautions) == ((), False)


@pytest.mark.parametrize("only", [False, True])
def test_the_authors_of_the_bundled_data_did_not_make_further_data(only: bool) -> None:
    package = json.loads(made(load(str(REVIEW), only=only), "out", "datapackage")["datapackage.json"])
    assert ("contributors" in package) is not only


def test_a_bundle_says_that_the_data_names_no_licence() -> None:
    own = load(str(REVIEW), only=True)
    with zipfile.ZipFile(io.BytesIO(made(own, "out.zip", "zip")["out.zip"])) as archive:
        text = archive.read("README.md").decode()
    assert text.endswith("## Licence\n\nThe data names no licence.\n")


@pytest.mark.parametrize("language", ["python", "r"])
def test_the_lines_of_the_readme_read_the_bundle(bundle: Path, bundled: Dataset, language: str) -> None:
    text = (bundle / "README.md").read_text(encoding="utf-8")
    code = text.partition(f"```{language}\n")[2].partition("```")[0]
    assert len(code.splitlines()) == 5
    if language == "python":
        need_modules("pandas", variable="RURALSYN_REQUIRE_EXPORTS")
        program = [sys.executable, "-c", code]
    else:
        need_program("Rscript", "RURALSYN_REQUIRE_EXPORTS")
        program = ["Rscript", "-e", code]
    done = subprocess.run(program, cwd=bundle, capture_output=True, text=True, check=True)
    evaluated = [effect for effect in bundled.effects if not effect.simulated]
    for word in ("printed", "inferred"):
        signs = re.findall(rf"\b{word}$", done.stdout, re.MULTILINE)
        assert len(signs) == sum(effect.sign == word for effect in evaluated)


def test_the_notice_of_the_bundle_is_that_of_the_licence(bundle: Path) -> None:
    licence = (REVIEW.parents[1] / "LICENSE").read_text(encoding="utf-8")
    (notice,) = re.findall("^Copyright .*$", licence, re.MULTILINE)
    assert notice in (bundle / "README.md").read_text(encoding="utf-8")


def test_the_workbook_says_what_its_columns_hold(bundle: Path) -> None:
    book = openpyxl.load_workbook(bundle / "tables.xlsx")
    rows = list(book["columns"].iter_rows(min_row=2, max_col=2, values_only=True))
    for name in book.sheetnames[1:-1]:
        heads = [cell.value for cell in book[name][1]]
        assert [column for table, column in rows if table == name] == [
            head for head in heads if not str(head).endswith("_label")
        ]


def test_a_figure_of_very_many_cases_is_left_out(bundled: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    need_modules("xlsxwriter", variable="RURALSYN_REQUIRE_FIGURE")
    monkeypatch.setattr("ruralsyn.export.bundle.MOST_DRAWN", 7)
    contents = contents_of(bundled, "out.zip")
    EXPORTS["zip"].files(contents)
    assert contents.missing == {"map.svg": "a figure of 8 cases cannot be read; map.html shows them."}


def test_a_part_without_its_library_is_left_out_and_said(
    bundled: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    contents = contents_of(bundled, "out.zip")
    files = EXPORTS["zip"].files(contents)
    with zipfile.ZipFile(io.BytesIO(files["out.zip"])) as archive:
        names, text = archive.namelist(), archive.read("README.md").decode("utf-8")
    assert "map.svg" not in names
    assert "map.html" in names
    assert "ruralsyn[figure]" in contents.missing["map.svg"]
    assert "Left out:" in text
    assert "map.svg" in text
