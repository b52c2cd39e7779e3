"""Measures `refresh` over a folder of memos: how many times as long a thousand files take as one file.

Every file has a block of its own. The blocks are made for the first time, are current and only checked, or
are all stale. Run it in the environment where ruralsyn is installed:

    python docs/benchmarks/memos.py [RUNS [FILES]]
"""

from __future__ import annotations

import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from tabulate import tabulate

DOMAINS = ("productive", "income", "food-security", "finance", "psychosocial")
TEXT = "Running text of a memo, as there is between two tables.\n\n"


def unmade(folder: Path, number: int) -> None:
    """Write memos whose blocks are still to be made, all of them different."""
    for one in range(number):
        request = f"effects domain={DOMAINS[one % len(DOMAINS)]} title='Memo {one}'"
        block = f"<!-- ruralsyn: {request} -->\n<!-- /ruralsyn -->\n"
        (folder / f"{one:05}.md").write_text(f"# Memo\n\n{TEXT * 5}{block}\nEnd.\n", encoding="utf-8")


def stale(folder: Path, number: int) -> None:
    """Write memos whose blocks were made from other data."""
    unmade(folder, number)
    refresh(folder)
    for path in folder.iterdir():
        text = path.read_text(encoding="utf-8").replace("▲ increase", "▼ decrease", 1)
        inside = text.split("-->\n\n", 1)[1].split("\n\n<!-- /", 1)[0]
        checksum = sha256(inside.encode()).hexdigest()
        path.write_text(re.sub("sha256:[0-9a-f]+", f"sha256:{checksum}", text), encoding="utf-8")


def current(folder: Path, number: int) -> None:
    """Write memos whose blocks are as the data have it."""
    unmade(folder, number)
    refresh(folder)


def refresh(folder: Path, *options: str) -> float:
    """The seconds that one run takes."""
    command = [sys.executable, "-m", "ruralsyn", "refresh", str(folder), *options]
    begin = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begin


TASKS: dict[str, tuple[Callable[[Path, int], None], tuple[str, ...]]] = {
    "made for the first time": (unmade, ()),
    "current, with --check": (current, ("--check",)),
    "stale": (stale, ()),
}


def median(task: str, number: int, runs: int) -> float:
    """The median time of a task with this number of files."""
    prepare, options = TASKS[task]
    times = []
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as place:
            prepare(Path(place), number)
            times.append(refresh(Path(place), *options))
    return statistics.median(times)


def main() -> None:
    """Print a table of the medians."""
    given = [int(word) for word in sys.argv[1:]]
    runs, files = (*given, *(5, 1000)[len(given) :])
    rows = []
    for task in TASKS:
        one, many = median(task, 1, runs), median(task, files, runs)
        rows.append((task, f"{one:.2f}", f"{many:.2f}", f"{many / one:.1f}"))
    heads = ("blocks", "one file (s)", f"{files} files (s)", "ratio")
    print(tabulate(rows, heads, tablefmt="github", disable_numparse=True))


if __name__ == "__main__":
    main()
