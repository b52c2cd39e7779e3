from __future__ import annotations

import os
import shutil
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


class Ran(NamedTuple):
    code: int
    out: str
    err: str


Run = Callable[..., Ran]


def need(program: str) -> None:
    """Pass a test over, with a visible reason, where a program is missing that it runs.

    With RURALSYN_REQUIRE_PANDOC the test fails instead, so that checks meant to be complete are.
    """
    if shutil.which(program) is None:
        if os.environ.get("RURALSYN_REQUIRE_PANDOC"):
            pytest.fail(f"{program} is not installed and RURALSYN_REQUIRE_PANDOC is set")
        pytest.skip(f"{program} is not installed; RURALSYN_REQUIRE_PANDOC makes this a failure")


def need_figures() -> None:
    """Pass a test over that draws, where Matplotlib is missing; with RURALSYN_REQUIRE_FIGURE it fails."""
    if not os.environ.get("RURALSYN_REQUIRE_FIGURE"):
        pytest.importorskip("matplotlib", reason="figures need ruralsyn[figure]")


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test depends on the colours and formats of whoever runs it."""
    for name in ("NO_COLOR", "FORCE_COLOR", "PY_COLORS", "GITHUB_ACTIONS", "COLUMNS", "RURALSYN_FORMAT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")


@pytest.fixture(scope="session")
def dummy() -> Dataset:
    """The small dataset under tests/data."""
    return load_files(DUMMY)


@pytest.fixture(scope="session")
def bundled() -> Dataset:
    """The dataset that the package carries."""
    return ruralsyn.load()


@pytest.fixture
def ruralsyn_run(capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Run a command line in this process, its standard output a pipe."""

    def call(*arguments: str | os.PathLike[str]) -> Ran:
        code = run([os.fspath(argument) for argument in arguments])
        captured = capfdbinary.readouterr()
        return Ran(code, captured.out.decode("utf-8"), captured.err.decode("utf-8"))

    return call
