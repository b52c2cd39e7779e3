"""Things that are imported when they are used, so that a command does not wait for what others need."""

from __future__ import annotations

from importlib import import_module
from typing import Any


def imported(reference: str) -> Any:
    """What a reference like `ruralsyn.views.effects:effects_table` names."""
    module, name = reference.split(":")
    return getattr(import_module(module), name)
