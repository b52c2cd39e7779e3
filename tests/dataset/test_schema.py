"""The schema is current, and each program that reads it gives the loader's verdict on a file."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from ruralsyn.dataset.conversion import convert
from ruralsyn.dataset.loading import bundled_path, examine, load_files
from ruralsyn.dataset.schema import schema, schema_text
from ruralsyn.dataset.shipped import schema_path
from ruralsyn.errors import Problem

from ..conftest import DUMMY, need_program
from .corpus import BROKEN, GOOD


@cache
def validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads(schema_path().read_text(encoding="utf-8")))


def errors(tables: dict[str, Any]) -> list[Any]:
    """What the schema finds at fault."""
    return list(validator().iter_errors(tables))


def problems(text: str, folder: Path) -> list[Problem]:
    """What the loader finds at fault, beside the bundled records and without them.

    Both, because beside them a file cannot say what the dataset is, and without them it can add to no case.
    """
    path = folder / "own.toml"
    path.write_text(text, encoding="utf-8")
    return [*examine(path)[1], *examine(path, only=True)[1]]


# The shipped file ---------------------------------------------------------------------------------------


def test_the_shipped_schema_is_current() -> None:
    path = schema_path()
    if os.environ.get("RURALSYN_UPDATE"):
        path.write_text(schema_text(), encoding="utf-8")
    assert path.read_text(encoding="utf-8") == schema_text()
    assert path.parent == bundled_path().parent


def test_it_is_a_schema_with_flat_definitions() -> None:
    made = schema()
    Draft202012Validator.check_schema(made)
    references = set(re.findall(r'"\$ref": "(.*?)"', schema_text()))
    assert references == {f"#/$defs/{name}" for name in made["$defs"]}
    for name, definition in made["$defs"].items():
        assert "$defs" not in definition
        assert definition.get("additionalProperties", False) is False, name


def test_the_schema_has_only_what_editors_complete() -> None:
    made = schema()
    # Taplo completes nothing beside these.
    assert not [part for part in parts_of(made) if {"allOf", "anyOf", "oneOf"} & part.keys()]
    # Taplo skips what stands beside a reference.
    found = [part for part in parts_of(made) if "$ref" in part]
    for part in found:
        definition = made["$defs"][part["$ref"].removeprefix("#/$defs/")]
        assert part.items() <= {"$ref": part["$ref"], **definition}.items()
    assert found


def parts_of(schema: object) -> Iterator[dict[str, Any]]:
    """The tables in a schema, itself included."""
    if isinstance(schema, dict):
        yield schema
    for inner in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from parts_of(inner)


def test_what_editors_show_is_from_the_model() -> None:
    definitions = schema()["$defs"]
    assert definitions["Case"]["description"] == "One studied combination of programmes in one country."
    sample = definitions["Effect"]["properties"]["sample"]["description"]
    assert sample.startswith("The final number of people or households")
    assert definitions["Effect"]["properties"]["outcome"]["description"].endswith("One of [outcomes.*].")
    # The brief is one source of many for a person who writes a file.
    assert "the brief" not in schema_text()


@pytest.mark.parametrize("path", [bundled_path(), DUMMY], ids=lambda path: path.name)
def test_whole_datasets_pass(path: Path) -> None:
    tables = tomli.loads(path.read_text(encoding="utf-8"))
    assert errors(tables) == []
    assert load_files(path).cases
    # Each record is looked at: a field that does not belong there is seen in every kind.
    for kind in tables.keys() - {"dataset", "synonyms"}:
        key = next(iter(tables[kind]))
        assert errors({kind: {key: tables[kind][key] | {"colour": "red"}}})


# One verdict --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", GOOD)
def test_schema_and_loader_take_good_files(name: str, tmp_path: Path) -> None:
    assert errors(tomli.loads(GOOD[name])) == []
    path = tmp_path / "own.toml"
    path.write_text(GOOD[name], encoding="utf-8")
    assert examine(path)[1] == ()


@pytest.mark.parametrize("name", BROKEN)
def test_schema_and_loader_refuse_broken_files_at_the_same_place(name: str, tmp_path: Path) -> None:
    found = {tuple(error.absolute_path) for error in errors(tomli.loads(BROKEN[name]))}
    told = problems(BROKEN[name], tmp_path)
    assert found
    assert told
    # A missing or unknown field is a fault of the record for the schema, and of the field for the loader.
    for path in found:
        assert any(problem.path[: len(path)] == path for problem in told), (path, told)


def loads(tables: dict[str, Any]) -> bool:
    """Whether the conversion finds nothing at fault."""
    found: list[Problem] = []
    convert({"dataset": {"title": "Made up"}, **tables}, found)
    return not found


ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
ANY_PLACE = st.from_regex(r"a/(b/\d+|(p|pp|ch)\. ?\w+(-\w+)?)\n?", fullmatch=True)


@given(ANY_TEXT | st.text(" \n\t\x85\u00a0aé\ufffe", max_size=4))
def test_any_text_gets_one_verdict(text: str) -> None:
    tables = {"briefs": {"paper": {"title": text}}}
    assert (errors(tables) == []) == loads(tables)


@given(st.text("ab1-_ \nÀ", max_size=5))
def test_any_id_gets_one_verdict(key: str) -> None:
    tables = {"regions": {key: {"name": "Asia"}}}
    assert (errors(tables) == []) == loads(tables)


@given(ANY_PLACE | st.text("ab/-p. 19²\n–", max_size=9))
def test_no_place_passes_that_the_loader_refuses(place: str) -> None:
    tables = {"projects": {"x": {"name": "X", "run_by": [], "role": "Y", "source": [place]}}}
    # The loader looks up the ids in a place only when it has the sources.
    assert loads(tables) or errors(tables)


@given(st.one_of(st.booleans(), st.integers(), st.text(max_size=2), st.just([]), st.just({}), st.just(1.5)))
def test_any_value_of_a_number_gets_one_verdict(value: object) -> None:
    tables = {"briefs": {"paper": {"title": "A paper", "year": value}}}
    assert (errors(tables) == []) == loads(tables)


# The programs that editors use ---------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with all files of the corpus, whose first line leads to the schema beside them."""
    shutil.copy(schema_path(), tmp_path)
    for files, prefix in ((GOOD, "good"), (BROKEN, "broken")):
        for name, text in files.items():
            path = tmp_path / f"{prefix}-{name.replace(' ', '-').replace(',', '')}.toml"
            path.write_text(f"#:schema ./{schema_path().name}\n{text}", encoding="utf-8")
    # The bundled file has the line itself.
    shutil.copy(bundled_path(), tmp_path / "good.toml")
    return tmp_path


CHECKS = {
    "taplo": ["check"],
    # Warnings too, because editors underline them.
    "tombi": ["lint", "--offline", "--error-on-warnings"],
}
BLIND = {"taplo": {"date-for-a-text"}, "tombi": set[str]()}
"""The broken files in which a program sees nothing."""


@pytest.mark.parametrize("program", CHECKS)
def test_a_program_gives_the_same_verdict(
    program: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # pip installs them beside the interpreter, which may be none of the folders in PATH.
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    need_program(program, "RURALSYN_REQUIRE_TOML")
    files = sorted(folder.glob("*.toml"))
    done = subprocess.run(
        [program, *CHECKS[program], *map(str, files)], capture_output=True, text=True, check=False, cwd=folder
    )
    told = {path.stem for path in files if f"{path.name}:" in re.sub(r"\x1b\[[0-9;]*m", "", done.stderr)}
    broken = {path.stem for path in files if path.name.startswith("broken")}
    assert told == broken - {f"broken-{name}" for name in BLIND[program]}
