"""Measures how commands grow with the data: their time, their memory, and the exponent of the growth.

Every task is a whole process that reads a file of `generate.py`. Its processor time is a multiple of what
tomli alone takes for the same file, and its peak memory is a multiple of the size of the file. The exponent
is 1 where ten times the cases take ten times as long, and 2 where they take a hundred times as long. Run it
in the environment where ruralsyn is installed, on Linux or macOS:

    python docs/benchmarks/scale.py [RUNS [TASK …]]
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from math import log
from pathlib import Path
from typing import NamedTuple

from tabulate import tabulate

SMALL, LARGE = 1_000, 10_000
"""The numbers of cases that are compared."""
FEW = 20
"""A file with few cases takes what any file takes: the exponent is of what comes on top of it."""

# As the ruralsyn program does, without looking for reference cycles.
BARE = "import gc, sys; gc.disable(); {}; gc.freeze()"
PARSING = ("-c", BARE.format("import tomli; tables = tomli.load(open(sys.argv[1], 'rb'))"), "FILE")
"""What every task is compared with."""
LOADING = "from ruralsyn.dataset.loading import load; data = load(sys.argv[1], only=True)"


def _command(*words: str) -> tuple[str, ...]:
    return ("-m", "ruralsyn", *words, "--data", "FILE", "--only-data")


TASKS: dict[str, tuple[str, ...]] = {
    "loading": ("-c", BARE.format(LOADING), "FILE"),
    "effects -f csv": _command("effects", "-f", "csv"),
    "effects -f markdown": _command("effects", "-f", "markdown"),
    "effects -f json": _command("effects", "-f", "json"),
    "map -o map.html": _command("map", "-o", "OUT.html"),
    "search": _command("search", "ministry", "seed"),
    "validate": ("-m", "ruralsyn", "validate", "FILE"),
    "synthesis": _command("synthesis", "-f", "markdown"),
    "compare": _command("compare", "angola", "bolivia", "-f", "markdown"),
    "programmes": _command("programmes", "-f", "markdown"),
    "coordination": _command("coordination", "-f", "markdown"),
    "show": _command("show", "angola", "-f", "markdown"),
    "diff": ("-m", "ruralsyn", "diff", "bundled", "FILE", "--only-data", "-f", "markdown"),
    "report": _command("report", "-f", "markdown"),
    "export datapackage": _command("export", "OUT.folder", "--force", "--to", "datapackage"),
    "export sqlite": _command("export", "OUT.sqlite", "--force"),
    "export json": _command("export", "OUT.json", "--force"),
    "export xlsx": _command("export", "OUT.xlsx", "--force"),
    "export zip": _command("export", "OUT.zip", "--force"),
}
"""What is measured, each with the arguments of Python."""


class Cost(NamedTuple):
    """What a process took."""

    seconds: float
    """Its processor time: other work on the machine changes it less than the time on the clock."""
    memory: int
    """The most memory that it had, in bytes."""


def cost(arguments: Sequence[str], file: Path) -> Cost:
    """What one run of Python takes. Raises CalledProcessError if it fails."""
    out = str(file.with_suffix(""))
    words = (str(file) if word == "FILE" else word.replace("OUT", out) for word in arguments)
    command = [sys.executable, *words]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as child:
        # Not subprocess.run: wait4 tells what this child alone has used.
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, command)
    # Linux counts kilobytes, macOS bytes.
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss * (1 if sys.platform == "darwin" else 1024))


def median_cost(arguments: Sequence[str], file: Path, runs: int) -> Cost:
    """The medians of several runs, after one that fills the caches."""
    costs = [cost(arguments, file) for _ in range(runs + 1)][1:]
    return Cost(
        statistics.median(one.seconds for one in costs), int(statistics.median(one.memory for one in costs))
    )


def exponent(seconds: dict[int, float]) -> float:
    """How the time grows from SMALL to LARGE, without what a file with few cases takes."""
    small, large = (seconds[number] - seconds[FEW] for number in (SMALL, LARGE))
    return log(large / small) / log(LARGE / SMALL)


def _row(task: str, files: dict[int, Path], floors: dict[int, Cost], runs: int) -> list[str]:
    costs = {number: median_cost(TASKS[task], file, runs) for number, file in files.items()}
    cells = [f"`{task}`"]
    for number in (SMALL, LARGE):
        cells += [
            f"{costs[number].seconds:.2f}",
            f"{costs[number].seconds / floors[number].seconds:.1f}",
            f"{costs[number].memory / files[number].stat().st_size:.1f}",
        ]
    return [*cells, f"{exponent({number: one.seconds for number, one in costs.items()}):.2f}"]


def main() -> None:
    """Measure the tasks and print a table of them in Markdown."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    generate = Path(__file__).with_name("generate.py")
    with tempfile.TemporaryDirectory() as folder:
        files = {number: Path(folder, f"{number}.toml") for number in (FEW, SMALL, LARGE)}
        for number, file in files.items():
            # By another process, so that its memory is not counted as that of a child.
            with file.open("w") as output:
                subprocess.run([sys.executable, str(generate), str(number)], stdout=output, check=True)
        floors = {number: median_cost(PARSING, file, runs) for number, file in files.items()}
        rows = [_row(task, files, floors, runs) for task in sys.argv[2:] or TASKS]
    heads = [f"{what}, {number:,}" for number in (SMALL, LARGE) for what in ("s", "× tomli", "× file")]
    print(tabulate(rows, ["task", *heads, "exponent"], tablefmt="github", disable_numparse=True))
    small, large = (floors[number].seconds for number in (SMALL, LARGE))
    print(f"\nThe medians of {runs} runs; tomli alone takes {small:.2f} and {large:.2f} seconds.")


if __name__ == "__main__":
    main()
