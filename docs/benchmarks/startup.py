"""Compares the time of whole commands with the least time that their libraries need.

Each command and its floor run in turn, many times. The ratio is the median of the ratios of these pairs,
because the speed of a machine drifts. Run it in the environment where ruralsyn is installed:

    python docs/benchmarks/startup.py [RUNS]
"""

from __future__ import annotations

import compileall
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import ruralsyn

HELLO = "import typer\napp = typer.Typer()\n@app.command()\ndef main():\n    {body}\n"
# The smallest programs that use the same libraries: no command can be faster than its floor.
FLOORS = {
    "Typer": 'print("hello")',
    "Typer and a Rich table": (
        "from rich.console import Console; from rich.table import Table; table = Table('a', 'b'); "
        "table.add_row('x', 'y'); Console().print(table)"
    ),
    "Typer and a tabulate table": (
        "from tabulate import tabulate; print(tabulate([['x', 'y']], headers=['a', 'b'], tablefmt='github'))"
    ),
}
FINANCE = ["effects", "--domain", "finance", "-f"]
PAIRS = [
    (["--version"], "Typer", 1.00),
    ([*FINANCE, "table"], "Typer and a Rich table", 1.25),
    ([*FINANCE, "markdown"], "Typer and a tabulate table", 1.25),
    (["map", "-f", "table"], "Typer and a Rich table", 1.25),
    (["report", "peru", "lesotho", "-f", "markdown"], "Typer and a tabulate table", 1.55),
    (["report", "-f", "markdown"], "Typer and a tabulate table", 1.80),
]
"""The command to measure, its floor, and the ratio that it should not exceed."""


def seconds(command: list[str], environment: dict[str, str]) -> float:
    """The wall-clock time of one run, in seconds."""
    start = time.perf_counter()
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def main() -> None:
    """Measure every pair and print a line for each. Exits with 1 if a ratio exceeds its limit."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 31
    # Without bytecode, Python would compile the modules again in every run.
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    # pip compiles an installed package; a checkout may lack the bytecode.
    compileall.compile_dir(Path(ruralsyn.__file__).parent, quiet=1)
    program = Path(sys.executable).with_name("ruralsyn")
    exceeded = False
    with tempfile.TemporaryDirectory() as folder:
        for arguments, floor, limit in PAIRS:
            # The floor is imported from a file, so that it also profits from bytecode.
            module = Path(folder) / f"floor_{list(FLOORS).index(floor)}.py"
            module.write_text(HELLO.format(body=FLOORS[floor]))
            starter = [
                sys.executable,
                "-c",
                f"import sys; sys.path.insert(0, {folder!r}); from {module.stem} import app; app()",
            ]
            pairs = []
            for _ in range(runs + 1):  # The first pair fills the caches and is left out below.
                ours = seconds([str(program), *arguments], environment)
                theirs = seconds(starter, environment)
                pairs.append((ours, theirs))
            ours, theirs = (statistics.median(column) for column in zip(*pairs[1:], strict=True))
            ratio = statistics.median(one / other for one, other in pairs[1:])
            exceeded |= ratio > limit
            verdict = "over" if ratio > limit else "within"
            print(
                f"ruralsyn {' '.join(arguments):36} {ours:.3f} s  {floor:28} {theirs:.3f} s  "
                f"ratio {ratio:.2f}, {verdict} {limit:.2f}"
            )
    sys.exit(exceeded)


if __name__ == "__main__":
    main()
