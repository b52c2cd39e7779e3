"""The guide to Python is true: its examples run, one after the other, and print what it says.

With RURALSYN_UPDATE=1 the test writes what they print again.
"""

from __future__ import annotations

import os
import re
from contextlib import redirect_stdout
from doctest import DocTestParser, Example
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from .conftest import need_modules

DOCS = Path(__file__).parent.parent / "docs"
GUIDE = DOCS / "python.md"
UPDATE = bool(os.environ.get("RURALSYN_UPDATE"))
_BLOCK = re.compile(r"(?<=```python\n)(.*?)(?=```)", re.DOTALL)


def shown(example: Example, names: dict[str, Any]) -> str:
    """An example as a shell shows it: its prompt, and what it prints now."""
    with redirect_stdout(StringIO()) as printed:
        # As a shell does, which prints the value of an expression.
        exec(compile(example.source, GUIDE.name, "single"), names)
    first, *others = example.source.splitlines()
    return "\n".join((f">>> {first}", *(f"... {line}" for line in others))) + "\n" + printed.getvalue()


def played(text: str) -> str:
    """The guide with what its examples print now."""
    names: dict[str, Any] = {}

    def run(found: re.Match[str]) -> str:
        return "".join(shown(example, names) for example in DocTestParser().get_examples(found[0]))

    return _BLOCK.sub(run, text)


def test_the_examples_print_what_the_guide_says(monkeypatch: pytest.MonkeyPatch) -> None:
    need_modules("pandas", "polars", variable="RURALSYN_REQUIRE_FRAMES")
    # The guide reads the example of a review, which is beside it.
    monkeypatch.chdir(DOCS)
    text = GUIDE.read_text(encoding="utf-8")
    made = played(text)
    if UPDATE:
        GUIDE.write_text(made, encoding="utf-8")
        text = made
    assert made == text


def test_a_wrong_output_is_seen() -> None:
    text = "```python\n>>> 1 + 1\n3\n```\n"
    assert played(text) == "```python\n>>> 1 + 1\n2\n```\n"
