from __future__ import annotations

import importlib.util
import os
import re
import shutil
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

import ruralsyn
from ruralsyn.cli.run import run
from ruralsyn.dataset.loading import load_files
from ruralsyn.dataset.model import Dataset

HERE = Path(__file__).parent
DUMMY = HERE / "data" / "dummy.toml"
PROGRAMS = os.pathsep.join((os.environ["PATH"], str(Path(sys.executable).parent)))
"""Where programs are looked for: libraries bring some, which are beside this interpreter."""
OWN_CASES = """
[briefs.own]
title = "A report of my own"

[cases.own]
country = "peru"
title   = "A case of my own"
source  = ["own/p. 3"]
"""


class Ran(NamedTuple):
    code: int
    out: str
    err: str


Run = Callable[..., Ran]


def heeds_interrupts() -> None:
    """For a program that a test starts: let it hear Ctrl-C, even where the tests run in the background.

    A shell lets what it puts into the background ignore SIGINT, and programs inherit that.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def need(program: str) -> None:
    """Skip a test, with a visible reason, if a program that it runs is missing.

    With RURALSYN_REQUIRE_PANDOC the test fails instead, so that a complete check skips nothing unnoticed.
    """
    need_program(program, "RURALSYN_REQUIRE_PANDOC")


def need_figures() -> None:
    """Skip a test that draws if Matplotlib is missing; with RURALSYN_REQUIRE_FIGURE it runs and fails."""
    if not os.environ.get("RURALSYN_REQUIRE_FIGURE"):
        pytest.importorskip("matplotlib", reason="figures need ruralsyn[figure]")


def need_documents(*modules: str) -> None:
    """Skip a test that makes Word files or PDF if a library of the extra is missing.

    With RURALSYN_REQUIRE_DOCUMENTS it fails instead.
    """
    need_modules(*(modules or ("pypandoc", "typst")), variable="RURALSYN_REQUIRE_DOCUMENTS")


def need_modules(*modules: str, variable: str) -> None:
    """Skip a test, with a visible reason, if a library is missing; with the variable set it fails."""
    missing = [name for name in modules if importlib.util.find_spec(name) is None]
    if missing and os.environ.get(variable):
        pytest.fail(f"{missing[0]} is not installed and {variable} is set")
    if missing:
        pytest.skip(f"{missing[0]} is not installed; {variable} makes this a failure")


def need_program(program: str, variable: str) -> None:
    """Skip a test, with a visible reason, if a program is missing; with the variable set it fails."""
    if shutil.which(program, path=PROGRAMS) is None:
        if os.environ.get(variable):
            pytest.fail(f"{program} is not installed and {variable} is set")
        pytest.skip(f"{program} is not installed; {variable} makes this a failure")


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the settings of whoever runs the tests from changing colours, widths and formats."""
    for name in (
        "NO_COLOR",
        "FORCE_COLOR",
        "PY_COLORS",
        "GITHUB_ACTIONS",
        "COLUMNS",
        "RURALSYN_FORMAT",
        "RURALSYN_DATA",
    ):
        monkeypatch.delenv(name, raising=False)
    # Where the tests run without a terminal, TERM may be missing or dumb, which turns colour off.
    monkeypatch.setenv("TERM", "xterm-256color")


@pytest.fixture(scope="session")
def dummy() -> Dataset:
    """The small dataset under tests/data."""
    return load_files(DUMMY)


@pytest.fixture(scope="session")
def bundled() -> Dataset:
    """The dataset that comes with the package."""
    return ruralsyn.load()


@pytest.fixture
def ruralsyn_run(capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Run a command line in this process, without a terminal as standard output."""

    def call(*arguments: str | os.PathLike[str]) -> Ran:
        code = run([os.fspath(argument) for argument in arguments])
        captured = capfdbinary.readouterr()
        return Ran(code, captured.out.decode("utf-8"), captured.err.decode("utf-8"))

    return call


@pytest.fixture
def workplace(tmp_path: Path) -> Path:
    """A folder for running the commands of the documentation, with a `ruralsyn` of this interpreter."""
    program = tmp_path / "bin" / "ruralsyn"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m ruralsyn "$@"\n')
    program.chmod(0o755)
    return tmp_path


def shell(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a line of the documentation in a `workplace`."""
    environment = os.environ | {"PATH": f"{folder / 'bin'}{os.pathsep}{PROGRAMS}"}
    return subprocess.run(
        # With pipefail, a failure of ruralsyn counts even if it is not the last command of a pipe.
        ["bash", "-o", "pipefail", "-c", line],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def word_text(path: Path) -> tuple[str, str]:
    """The body and the footnotes of a Word file, without their markup."""
    with zipfile.ZipFile(path) as archive:
        parts = [archive.read(f"word/{name}.xml").decode("utf-8") for name in ("document", "footnotes")]
    body, notes = (re.sub(r"<[^>]+>", "", part) for part in parts)
    return body, notes
