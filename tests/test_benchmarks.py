"""The data that the benchmarks measure with is as its generator says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from ruralsyn.cli.validate import problems_of
from ruralsyn.dataset.loading import load

GENERATE = Path(__file__).parent.parent / "docs" / "benchmarks" / "generate.py"


def generated(cases: int) -> str:
    return subprocess.run(
        [sys.executable, GENERATE, str(cases)], capture_output=True, encoding="utf-8", check=True
    ).stdout


def test_a_generated_file_is_valid_and_has_the_records_it_should_have(tmp_path: Path) -> None:
    text = generated(20)
    file = tmp_path / "big.toml"
    file.write_text(text, encoding="utf-8")
    assert problems_of([str(file)]) == ()
    data = load(file, only=True)
    numbers = [
        len(table) for table in (data.cases, data.effects, data.findings, data.briefs, data.programmes)
    ]
    assert numbers == [20, 160, 200, 20, 20]
    assert generated(20) == text
