"""The notebook of the documentation runs and shows what it was saved with.

With RURALSYN_UPDATE=1 the test saves what it shows now.
"""

from __future__ import annotations

import ast
import json
import os
import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import ruralsyn

from .conftest import need_figures, need_modules

DOCS = Path(__file__).parent.parent / "docs"
NOTEBOOK = DOCS / "notebook.ipynb"
UPDATE = bool(os.environ.get("RURALSYN_UPDATE"))


def saved() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    return read


def executed() -> Any:
    """The notebook after a run in a fresh kernel. Raises an error if a cell does."""
    notebook = import_module("nbformat").read(NOTEBOOK, as_version=4)
    client = import_module("nbclient").NotebookClient(
        notebook, timeout=120, record_timing=False, resources={"metadata": {"path": str(DOCS)}}
    )
    client.execute()
    # The version of the kernel's Python, which no reader needs.
    notebook.metadata["language_info"] = {"name": "python"}
    return notebook


def outputs(notebook: Any) -> list[list[dict[str, Any]]]:
    """What each cell of code shows, without what differs between versions of Matplotlib."""
    return [
        [{kind: _steady(text) for kind, text in one["data"].items()} for one in cell["outputs"]]
        for cell in notebook["cells"]
        if cell["cell_type"] == "code"
    ]


def _steady(text: str | list[str]) -> str:
    # A file has the lines of an output one by one.
    joined = text if isinstance(text, str) else "".join(text)
    # The ids of a fragment depend on all of it, so on the bytes of its picture, too.
    return re.sub(r"(?<=base64,)[\w+/=]+|(?<=ruralsyn-)[0-9a-f]{8}(?=-)", "", joined)


def test_the_notebook_shows_what_it_was_saved_with(monkeypatch: pytest.MonkeyPatch) -> None:
    need_modules("nbclient", "ipykernel", "pandas", variable="RURALSYN_REQUIRE_NOTEBOOK")
    need_figures()
    # The kernel starts in another folder and must find the same package.
    monkeypatch.setenv("PYTHONPATH", str(Path(ruralsyn.__file__).parents[1]))
    notebook = executed()
    if UPDATE:
        import_module("nbformat").write(notebook, NOTEBOOK)
    assert outputs(notebook) == outputs(saved())


@pytest.mark.parametrize("cell", [cell for cell in saved()["cells"] if cell["cell_type"] == "code"])
def test_each_cell_of_code_shows_one_thing(cell: dict[str, Any]) -> None:
    ast.parse("".join(cell["source"]))
    assert [one["output_type"] for one in cell["outputs"]] == ["execute_result"]
