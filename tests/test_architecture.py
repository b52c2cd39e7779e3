"""Imports run one way, and what a command does not use it does not import."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import ruralsyn

PACKAGE = Path(ruralsyn.__file__).parent
LAYERS = {
    "record": 0,
    "errors": 0,
    "model": 1,
    "document": 1,
    "query": 2,
    "validation": 3,
    "loading": 4,
    "synthesis": 3,
    "search": 3,
    "citing": 3,
    "views": 5,
    "fitting": 2,
    "prose": 6,
    "sections": 7,
    "report": 8,
    "render": 5,
    "output": 9,
    "options": 10,
    "cli": 11,
    "program": 12,
    "__main__": 13,
}
"""A module may import modules of a lower layer, and of its own package."""


def imports_of(path: Path) -> set[str]:
    """The modules of the package that a file imports, those for type checking alone apart."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            node.body = []
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "ruralsyn":
            found |= {alias.name for alias in node.names if alias.name in LAYERS}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("ruralsyn."):
            found.add(str(node.module).split(".")[1])
        elif isinstance(node, ast.Import):
            found |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("ruralsyn.")}
    return found


FILES = sorted(path for path in PACKAGE.rglob("*.py") if path.parent != PACKAGE or path.name != "__init__.py")


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_run_one_way(path: Path) -> None:
    own = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    for other in imports_of(path) - {own}:
        assert LAYERS[other] < LAYERS[own], f"{own} imports {other}"


@pytest.mark.parametrize("path", sorted((PACKAGE / "render").rglob("*.py")), ids=lambda path: path.stem)
def test_renderers_know_no_domain(path: Path) -> None:
    assert imports_of(path) <= {"document", "errors", "record", "render"}


def test_the_document_knows_no_domain() -> None:
    assert imports_of(PACKAGE / "document.py") <= {"record"}


def loaded_by(*arguments: str) -> set[str]:
    """The modules that a command line leaves loaded."""
    code = (
        "import sys; from ruralsyn.program import run; run(sys.argv[1:]); "
        "print('\\n'.join(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True
    )
    return set(done.stderr.split())


@pytest.mark.parametrize(
    ("arguments", "absent"),
    [
        (("--version",), {"tomli", "rich", "tabulate", "jinja2", "ruralsyn.model", "ruralsyn.document"}),
        (("effects", "-f", "markdown"), {"rich.console", "jinja2", "sqlite3", "matplotlib"}),
        (("effects", "-f", "table"), {"tabulate", "jinja2", "sqlite3"}),
        (("effects", "-f", "json"), {"tabulate", "rich.console", "jinja2"}),
        (("map", "-f", "table"), {"tabulate", "jinja2", "matplotlib"}),
    ],
)
def test_heavy_imports_wait_until_they_are_needed(arguments: tuple[str, ...], absent: set[str]) -> None:
    assert not absent & loaded_by(*arguments)


def test_modules_stay_short() -> None:
    long = {path.name: lines for path in FILES if (lines := len(path.read_text().splitlines())) > 420}
    assert not long
