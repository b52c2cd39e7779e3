"""Descriptions from source text: the docstrings of classes and the texts under fields.

Python keeps no text that stands under a field, so both are read from the source.
"""

from __future__ import annotations

import ast
import inspect
from functools import cache
from itertools import pairwise
from types import ModuleType


def of_class(kind: type) -> str:
    """The docstring of a class on one line; empty if it has none of its own."""
    return _one_line(kind.__dict__.get("__doc__") or "")


def of_field(kind: type, name: str) -> str:
    """The text under a field of a class, or under a member of an enumeration; empty if there is none."""
    module = inspect.getmodule(kind)
    assert module is not None
    return _fields(module).get((kind.__name__, name), "")


@cache
def _fields(module: ModuleType) -> dict[tuple[str, str], str]:
    """The texts under the fields of all classes of a module, by class and field."""
    classes = (node for node in ast.parse(inspect.getsource(module)).body if isinstance(node, ast.ClassDef))
    return {
        (node.name, name): _one_line(text.value.value)
        for node in classes
        for field, text in pairwise(node.body)
        if isinstance(text, ast.Expr)
        and isinstance(text.value, ast.Constant)
        and isinstance(text.value.value, str)
        for name in _names_set_by(field)
    }


def _names_set_by(statement: ast.stmt) -> list[str]:
    """The names that `name: hint = value` or `name = value` sets; none for another statement."""
    if isinstance(statement, ast.AnnAssign):
        targets: list[ast.expr] = [statement.target]
    else:
        targets = statement.targets if isinstance(statement, ast.Assign) else []
    return [target.id for target in targets if isinstance(target, ast.Name)]


def _one_line(text: str) -> str:
    return " ".join(text.split())
