"""The command `schema`: printing, copying and finding the schema."""

from __future__ import annotations

import json
from pathlib import Path

from ruralsyn.dataset.schema import schema
from ruralsyn.dataset.shipped import schema_path

from ..conftest import Run


def test_the_schema_is_printed_and_copied_as_it_is_shipped(ruralsyn_run: Run, tmp_path: Path) -> None:
    ran = ruralsyn_run("schema")
    assert (ran.code, ran.err) == (0, "")
    assert json.loads(ran.out) == schema()
    assert ruralsyn_run("schema", "-o", "-").out == ran.out
    copy = tmp_path / "cases.schema.json"
    assert ruralsyn_run("schema", "-o", copy) == (0, "", "")
    assert copy.read_bytes() == schema_path().read_bytes() == ran.out.encode()


def test_the_path_leads_to_the_shipped_file(ruralsyn_run: Run) -> None:
    ran = ruralsyn_run("schema", "--path")
    assert (ran.code, ran.err) == (0, "")
    assert json.loads(Path(ran.out.removesuffix("\n")).read_text(encoding="utf-8")) == schema()


def test_what_cannot_be_done_is_told_in_one_line(ruralsyn_run: Run, tmp_path: Path) -> None:
    for arguments, code, words in (
        (["--path", "-o", "x.json"], 2, "--path prints where the schema is"),
        (["peru"], 2, "schema takes no arguments, but got 'peru'."),
        (["-o", tmp_path / "none" / "x.json"], 1, "Make the folder first."),
    ):
        ran = ruralsyn_run("schema", *arguments)
        assert (ran.code, ran.out, ran.err.count("\n")) == (code, "", 1)
        assert words in ran.err
