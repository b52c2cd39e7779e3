"""Imports by reference, which wait until the object is used, so that a command loads only what it needs."""

from __future__ import annotations

from importlib import import_module
from typing import Any


def imported(reference: str) -> Any:
    """The object that a reference such as `ruralsyn.views.effects:effects_table` names."""
    # tests/test_architecture.py finds references by this form and counts them as imports.
    module, name = reference.split(":")
    return getattr(import_module(module), name)
