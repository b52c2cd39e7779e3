"""The code stays readable: functions are short, modules are documented, and the examples are true."""

from __future__ import annotations

import ast
import doctest
import statistics
from pathlib import Path

import pytest

import ruralsyn

FILES = sorted(Path(ruralsyn.__file__).parent.rglob("*.py"))


def functions(path: Path) -> dict[str, int]:
    """The functions of a file, with their numbers of lines."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {
        f"{path.name}: {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def test_functions_are_short() -> None:
    lengths = {name: lines for path in FILES for name, lines in functions(path).items()}
    assert statistics.median(lengths.values()) <= 8
    assert statistics.quantiles(lengths.values(), n=10)[-1] <= 21
    assert [name for name, lines in lengths.items() if lines > 50] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: "/".join(path.parts[-2:]))
def test_every_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


def test_the_examples_of_the_package_are_true() -> None:
    result = doctest.testmod(ruralsyn)
    # Without this, a docstring in which doctest finds no example would pass.
    assert result.attempted > 5
    assert result.failed == 0
