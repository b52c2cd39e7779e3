"""`export`: what it makes, what it refuses to replace, and that a failure leaves everything as it was."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from ruralsyn.export.formats import EXPORTS
from tests.conftest import OWN_CASES, Run, heeds_interrupts, need_modules


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def everything(folder: Path = Path()) -> dict[str, bytes]:
    """Every file below a folder with what is in it, hidden ones included."""
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("target", "made"),
    [
        ("out.sqlite", {"out.sqlite"}),
        ("OUT.DB", {"OUT.DB"}),
        ("out.json", {"out.json", "out.schema.json"}),
        ("out.v1.json", {"out.v1.json", "out.v1.schema.json"}),
    ],
)
def test_the_ending_says_what_to_make(ruralsyn_run: Run, target: str, made: set[str]) -> None:
    ran = ruralsyn_run("export", target, "--domain", "finance")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == f"{target}: eight cases, eight effects and 136 findings, and what belongs to them.\n"
    assert everything().keys() == made


def test_a_name_without_an_ending_makes_a_folder(ruralsyn_run: Run) -> None:
    assert ruralsyn_run("export", "out").code == 0
    assert json.loads(Path("out/datapackage.json").read_text())["command"] == "ruralsyn export out"
    assert Path("out").stat().st_mode & 0o777 == 0o777 & ~_umask()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_a_slash_at_the_end_changes_nothing(ruralsyn_run: Run) -> None:
    assert ruralsyn_run("export", "out/").code == 0
    assert Path("out/datapackage.json").exists()


@pytest.mark.parametrize("name", ["out", "out.data"])
def test_to_makes_any_format_under_any_other_name(ruralsyn_run: Run, name: str) -> None:
    assert ruralsyn_run("export", name, "--to", "sqlite", "-c", "peru").code == 0
    with sqlite3.connect(name) as database:
        assert database.execute("SELECT DISTINCT country FROM effects").fetchall() == [("peru",)]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("out.csv",), "no export ends so. The endings are .sqlite"),
        (("out.zip", "--to", "json"), "is the name of a zip file, but --to is json"),
        (("out", "--to", "sqlit"), "Did you mean sqlite?"),
        (("-",), "TARGET needs a name"),
        (("",), "TARGET needs a name"),
        (("a", "b"), "one file or folder, but got 2: a, b"),
        (("out.db", "--domain", "finanse"), "Did you mean finance?"),
        (("out.db", "--only-data"), "--only-data needs the files to read"),
    ],
)
def test_what_cannot_be_meant_is_a_usage_error(
    ruralsyn_run: Run, arguments: tuple[str, ...], said: str
) -> None:
    ran = ruralsyn_run("export", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert len(ran.err.splitlines()) == 1
    assert everything() == {}


@pytest.mark.parametrize("form", EXPORTS)
def test_a_target_that_is_there_stays_without_force(ruralsyn_run: Run, form: str) -> None:
    name = f"out{EXPORTS[form].endings[0]}" if EXPORTS[form].endings else "out"
    if EXPORTS[form].is_folder:
        Path(name).mkdir()
    else:
        Path(name).write_text("mine")
    before = everything()
    ran = ruralsyn_run("export", name)
    assert ran.code == 1
    assert (
        ran.err == f"ruralsyn: {name}: is there already. Choose another name, or add --force to replace it.\n"
    )
    assert everything() == before


def test_a_schema_that_is_there_stays_too(ruralsyn_run: Run) -> None:
    Path("out.schema.json").write_text("mine")
    assert ruralsyn_run("export", "out.json").code == 1
    assert everything() == {"out.schema.json": b"mine"}


@pytest.mark.parametrize("name", ["out", "out.db", "out.json"])
def test_force_replaces_an_export(ruralsyn_run: Run, name: str) -> None:
    assert ruralsyn_run("export", name).code == 0
    whole = everything()
    assert ruralsyn_run("export", name, "-c", "peru", "--force").code == 0
    part = everything()
    assert part.keys() == whole.keys()
    assert part != whole
    assert ruralsyn_run("export", name, "--force").code == 0
    assert everything() == whole


def test_force_replaces_a_link_where_it_leads(ruralsyn_run: Run) -> None:
    Path("real.db").write_text("old")
    Path("out.db").symlink_to("real.db")
    assert ruralsyn_run("export", "out.db", "--force").code == 0
    assert Path("out.db").is_symlink()
    assert Path("real.db").read_bytes().startswith(b"SQLite format 3")


def test_force_never_deletes_what_is_not_an_export(ruralsyn_run: Run) -> None:
    assert ruralsyn_run("export", "out").code == 0
    Path("out/thesis.docx").write_text("years of work")
    before = everything()
    ran = ruralsyn_run("export", "out", "--force")
    assert ran.code == 1
    assert "holds what is not part of an export, such as thesis.docx" in ran.err
    assert everything() == before


def test_force_keeps_the_folder_that_somebody_is_in(
    ruralsyn_run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "in").mkdir()
    monkeypatch.chdir(tmp_path / "in")
    ran = ruralsyn_run("export", ".", "--force")
    assert ran.code == 1
    assert "is the folder that you are in" in ran.err
    assert (tmp_path / "in").is_dir()


@pytest.mark.parametrize(("name", "make"), [("out.db", Path.mkdir), ("out", Path.touch)])
def test_a_folder_does_not_replace_a_file_nor_a_file_a_folder(
    ruralsyn_run: Run, name: str, make: object
) -> None:
    assert callable(make)
    make(Path(name))
    ran = ruralsyn_run("export", name, "--to", "sqlite" if name == "out.db" else "datapackage", "--force")
    assert ran.code == 1
    assert "cannot replace" in ran.err


def test_a_database_that_a_program_has_open_stays(ruralsyn_run: Run) -> None:
    with sqlite3.connect("out.db") as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("CREATE TABLE mine (x)")
        ran = ruralsyn_run("export", "out.db", "--force")
        assert ran.code == 1
        assert "a program may have the database open" in ran.err
        assert database.execute("SELECT name FROM sqlite_master").fetchall() == [("mine",)]


@pytest.mark.parametrize("name", ["no/folder/out.db", "no/folder/out"])
def test_a_folder_that_is_not_there_is_not_made(ruralsyn_run: Run, name: str) -> None:
    ran = ruralsyn_run("export", name)
    assert ran.code == 1
    assert "Make the folder first" in ran.err
    assert everything() == {}


@pytest.mark.parametrize(
    ("name", "fails"),
    [("out", "rename"), ("out", "write_bytes"), ("out.json", "replace"), ("out.db", "replace")],
)
def test_a_failure_leaves_nothing_new_and_nothing_lost(
    ruralsyn_run: Run, monkeypatch: pytest.MonkeyPatch, name: str, fails: str
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    for force in ([], ["--force"]):
        if force:
            assert ruralsyn_run("export", name).code == 0
        before = everything()
        with monkeypatch.context() as broken:
            broken.setattr(os if fails == "replace" else Path, fails, full)
            ran = ruralsyn_run("export", name, "-c", "peru", *force)
        assert ran.code == 1
        assert "No space left on device" in ran.err
        assert everything() == before
        assert sorted(os.listdir()) == sorted({path.split("/")[0] for path in before})


def test_a_folder_is_put_back_if_the_new_one_cannot_take_its_place(
    ruralsyn_run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ruralsyn_run("export", "out").code == 0
    before, rename = everything(), Path.rename

    def once(self: Path, to: Path) -> Path:
        if Path(to).name == "out" and "old" not in self.name:
            raise OSError(28, "No space left on device")
        return rename(self, to)

    with monkeypatch.context() as broken:
        broken.setattr(Path, "rename", once)
        assert ruralsyn_run("export", "out", "-c", "peru", "--force").code == 1
    assert everything() == before
    assert os.listdir() == ["out"]


def test_own_data_is_exported_with_the_file_that_it_is_from(ruralsyn_run: Run) -> None:
    Path("my-cases.toml").write_text(OWN_CASES)
    assert ruralsyn_run("export", "out.json", "--data", "my-cases.toml", "--only-data").code == 0
    document = json.loads(Path("out.json").read_text())
    assert [(row["case"], row["file"]) for row in document["tables"]["cases"]] == [("own", "my-cases.toml")]
    assert document["command"] == "ruralsyn export out.json --data my-cases.toml --only-data"


def test_a_fault_in_the_data_leaves_no_export(ruralsyn_run: Run) -> None:
    Path("bad.toml").write_text("[cases.x]\n")
    assert ruralsyn_run("export", "out.json", "--data", "bad.toml").code == 1
    assert everything().keys() == {"bad.toml"}


def test_missing_parts_of_a_bundle_are_said_on_standard_error(
    ruralsyn_run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    need_modules("xlsxwriter", variable="RURALSYN_REQUIRE_FIGURE")
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    ran = ruralsyn_run("export", "out.zip")
    assert ran.code == 0
    assert ran.out.startswith("out.zip: ")
    (said,) = ran.err.splitlines()
    assert said.startswith("ruralsyn: map.svg is left out: ")
    assert "pip install" in said


@pytest.mark.parametrize("target", ["/dev/null", "/dev/stdout", "pipe"])
def test_a_device_or_a_pipe_is_no_target(ruralsyn_run: Run, target: str) -> None:
    os.mkfifo("pipe")
    ran = ruralsyn_run("export", target, "--to", "json", "--force")
    assert (ran.code, ran.out) == (1, "")
    assert "is a device or a pipe" in ran.err
    assert os.listdir() == ["pipe"]
    assert not Path(f"{target}.schema.json").exists()


@pytest.mark.parametrize("form", EXPORTS)
def test_a_name_that_is_not_in_utf_8_can_be_written(ruralsyn_run: Run, form: str) -> None:
    name = os.fsdecode(b"\xff")
    assert ruralsyn_run("export", name, "--to", form).code == 0
    assert Path(name).exists()


@pytest.mark.parametrize("form", EXPORTS)
def test_own_data_that_names_no_licence_can_be_exported(ruralsyn_run: Run, form: str) -> None:
    Path("my-cases.toml").write_text(OWN_CASES)
    ran = ruralsyn_run("export", "out", "--to", form, "--data", "my-cases.toml", "--only-data")
    assert (ran.code, ran.err) == (0, "")


SLOW = """
import os, sys, time
sync = os.fsync
os.fsync = lambda file: (print("writing", flush=True), time.sleep(30), sync(file))
write = os.mkdir
def slow(path, *rest):
    write(path, *rest)
    if str(path).endswith("data"):
        print("writing", flush=True)
        time.sleep(30)
os.mkdir = slow
from ruralsyn.cli.run import main
sys.exit(main())
"""


@pytest.mark.parametrize("name", ["out", "out.db", "out.json"])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_export_that_is_stopped_leaves_nothing_behind(name: str, number: signal.Signals) -> None:
    command = [sys.executable, "-c", SLOW, "export", name]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, preexec_fn=heeds_interrupts) as program:
        assert program.stdout
        assert program.stdout.readline() == "writing\n"
        program.send_signal(number)
        assert program.wait(20) == 128 + number
    assert os.listdir() == []
