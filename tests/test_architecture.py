"""Imports run in one direction, and a command imports only what it uses."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import ruralsyn

PACKAGE = Path(ruralsyn.__file__).parent
FILES = {
    ".".join(("ruralsyn", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}
BASE = {"characters", "errors", "lazy", "record", "shown"}
MAY_IMPORT = {
    "errors": set[str](),
    "characters": set[str](),
    "lazy": set[str](),
    "record": set[str](),
    "shown": {"lazy"},
    "page": BASE,
    "dataset": BASE,
    "evidence": BASE | {"page", "dataset"},
    "render": BASE | {"page"},
    "memo": BASE | {"page"},
    "views": BASE | {"page", "dataset", "evidence"},
    "report": BASE | {"page", "dataset", "evidence", "views"},
    "export": BASE | {"page", "dataset", "evidence", "views", "render"},
    "cli": BASE | {"page", "dataset", "evidence", "views", "report", "render", "memo", "export"},
    "__main__": {"cli"},
}
"""What the modules of each package may import, besides modules of their own package."""

_REFERENCE = re.compile(r"ruralsyn(\.\w+)+:\w+")


def imports_of(path: Path) -> set[str]:
    """The modules of ruralsyn that a file imports, including those in functions and by reference.

    Imports for type checking are left out: they do not happen when the program runs.
    """
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        # Emptied here, so that the second walk does not see these imports.
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            node.body = []
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            # `from package import name` may name a module or something in the package; both are tried.
            names |= {str(node.module), *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.Constant) and _REFERENCE.fullmatch(str(node.value)):
            names.add(str(node.value).partition(":")[0])
    return names & FILES.keys() - {"ruralsyn"}


TURNS_BACK = {("ruralsyn.shown", "ruralsyn.export.notebook")}
"""Imports against the direction, by reference: an object that a notebook shows finds what renders it."""


GRAPH = {
    name: {other for other in imports_of(path) - {name} if (name, other) not in TURNS_BACK}
    for name, path in FILES.items()
    if name != "ruralsyn"
}


def package_of(module: str) -> str:
    return module.split(".")[1]


def test_there_is_no_circle() -> None:
    try:
        TopologicalSorter(GRAPH).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


@pytest.mark.parametrize("module", GRAPH)
def test_imports_run_one_way(module: str) -> None:
    own = package_of(module)
    others = {package_of(other) for other in GRAPH[module]} - {own}
    assert others <= MAY_IMPORT[own], f"{module} imports {others - MAY_IMPORT[own]}"


def test_circles_and_references_are_seen(tmp_path: Path) -> None:
    path = tmp_path / "module.py"
    path.write_text(
        "from ruralsyn.page import text\n"
        "def later():\n    import ruralsyn.record\n"
        "row = 'ruralsyn.views.show:show_document'\n"
        "if TYPE_CHECKING:\n    from ruralsyn.errors import DataError\n"
    )
    assert imports_of(path) == {
        "ruralsyn.page",
        "ruralsyn.page.text",
        "ruralsyn.record",
        "ruralsyn.views.show",
    }


def loaded_by(*arguments: str) -> set[str]:
    """The names of the modules that are loaded after a command line has run."""
    # In a process of its own, because the tests have imported nearly everything in this one.
    code = (
        "import sys; from ruralsyn.cli.run import run; run(sys.argv[1:]); "
        "print('\\n'.join(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True
    )
    return set(done.stderr.split())


@pytest.mark.parametrize(
    ("arguments", "absent"),
    [
        (("--version",), {"tomli", "rich", "tabulate", "jinja2", "ruralsyn.dataset", "ruralsyn.page"}),
        (("effects", "-f", "markdown"), {"rich.console", "jinja2", "sqlite3", "matplotlib"}),
        (("effects", "-f", "table"), {"tabulate", "jinja2", "sqlite3"}),
        (("effects", "-f", "json"), {"tabulate", "rich.console", "jinja2"}),
        (("map", "-f", "table"), {"tabulate", "jinja2", "matplotlib"}),
        (("schema", "--path"), {"rich", "ruralsyn.dataset.schema"}),
    ],
)
def test_heavy_imports_wait_until_they_are_needed(arguments: tuple[str, ...], absent: set[str]) -> None:
    assert not absent & loaded_by(*arguments)
