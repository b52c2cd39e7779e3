"""The guide to exports is true: its commands and programs run, and print what it says.

With RURALSYN_UPDATE=1 the test writes what they print, and the generated parts, again.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ruralsyn.dataset.model import Dataset
from ruralsyn.evidence.selection import Selection
from ruralsyn.export.dictionary import TABLES, Field
from ruralsyn.export.formats import EXPORTS
from ruralsyn.export.tables import exported_tables, links

from .conftest import PROGRAMS, need, need_modules, need_program, shell
from .guide import played, steps_of
from .test_readme import code, table

GUIDE = Path(__file__).parent.parent / "docs" / "exports.md"
UPDATE = bool(os.environ.get("RURALSYN_UPDATE"))
REQUIRE = "RURALSYN_REQUIRE_EXPORTS"


def formats_table(bundled: Dataset) -> str:
    del bundled
    rows = ((code([row.name]), code(row.endings) or "none", row.use) for row in EXPORTS.values())
    return table(("`--to`", "endings", "makes"), *rows)


def dictionary_tables(bundled: Dataset) -> str:
    made = exported_tables(Selection(bundled))
    return "\n\n".join(
        f"### `{one.id}`\n\n{one.entry.about} Key: {code(one.entry.key)}.\n\n"
        + table(("column", "type", "what it holds"), *(row(key, field) for key, field in one.pairs()))
        for one in (*made, *links(made))
    )


def row(key: str, field: Field) -> tuple[str, str, str]:
    allowed = f" One of {code(field.words)}." if field.words else ""
    leads = f" → `{field.refers}`" if field.refers and (key,) != TABLES[field.refers].key else ""
    return f"`{key}`", field.kind, f"{field.about}{allowed}{leads}"


GENERATED = {"exports": formats_table, "dictionary": dictionary_tables}


@pytest.mark.parametrize(("part", "make"), GENERATED.items())
def test_generated_parts_are_current(part: str, make: Callable[[Dataset], str], bundled: Dataset) -> None:
    pattern = re.compile(rf"(<!-- generated: {part} -->\n)(.*?)(<!-- end -->)", re.DOTALL)
    text = GUIDE.read_text(encoding="utf-8")
    wanted = pattern.sub(lambda match: f"{match[1]}{make(bundled)}\n{match[3]}", text)
    if UPDATE:
        GUIDE.write_text(wanted, encoding="utf-8")
    assert GUIDE.read_text(encoding="utf-8") == wanted
    assert pattern.search(wanted)


def test_the_guide_does_what_it_says(workplace: Path) -> None:
    need_modules("xlsxwriter", "matplotlib", "pandas", variable=REQUIRE)
    need_program("Rscript", REQUIRE)
    text = GUIDE.read_text(encoding="utf-8")
    wanted = played(text, workplace)
    if UPDATE:
        GUIDE.write_text(wanted, encoding="utf-8")
    assert GUIDE.read_text(encoding="utf-8") == wanted


def recipe(name: str) -> str:
    text = GUIDE.read_text(encoding="utf-8")
    (found,) = [step.code for step in steps_of(text) if step.says == f"recipe: {name}"]
    return found


def test_frictionless_reads_what_the_guide_makes(workplace: Path) -> None:
    need_program("frictionless", REQUIRE)
    assert shell("ruralsyn export tables", workplace).returncode == 0
    done = shell(recipe("frictionless"), workplace)
    assert done.returncode == 0
    assert done.stdout.count("VALID") == len(list((workplace / "tables" / "data").iterdir()))


def test_datasette_serves_what_the_guide_makes(workplace: Path) -> None:
    need_program("datasette", REQUIRE)
    assert shell("ruralsyn export rural.sqlite", workplace).returncode == 0
    # In place of a server that runs on: one page of it.
    done = shell(f"{recipe('datasette').strip()} --get /rural/effects_with_names", workplace)
    assert done.returncode == 0
    assert "Finances and risks" in done.stdout


def test_the_quarto_document_prints_a_table(workplace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (program,) = re.findall(r"```\{python\}\n(.*?)```", recipe("quarto"), re.DOTALL)
    monkeypatch.setenv("PATH", f"{workplace / 'bin'}{os.pathsep}{PROGRAMS}")
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True)
    assert "\n| Case" in done.stdout


def test_quarto_renders_the_document(workplace: Path) -> None:
    need_program("quarto", "RURALSYN_REQUIRE_QUARTO")
    (workplace / "finances.qmd").write_text(recipe("quarto"), encoding="utf-8")
    assert shell("quarto render finances.qmd", workplace).returncode == 0


def test_knitr_reads_the_tables(workplace: Path) -> None:
    need("Rscript")
    assert shell("ruralsyn export tables", workplace).returncode == 0
    (workplace / "finances.Rmd").write_text(recipe("knitr"), encoding="utf-8")
    done = shell("Rscript -e 'knitr::knit(\"finances.Rmd\", quiet = TRUE)'", workplace)
    assert done.returncode == 0, done.stderr
    assert re.search(r"\|finance +\| +4\|", (workplace / "finances.md").read_text(encoding="utf-8"))
