"""The time that whole commands take, against the least that the libraries themselves take.

Each pair of commands runs in turn, many times; the ratio is the median of the pairs' ratios, for the speed
of a machine drifts. Run it in the environment where ruralsyn is installed:

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
"""What is measured, its floor, and the ratio that it should not exceed."""


def seconds(command: list[str], environment: dict[str, str]) -> float:
    """The wall time of one run."""
    start = time.perf_counter()
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def main() -> None:
    """Measure every pair and print a line for each; exit with 1 if a ratio is exceeded."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 31
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    # An installed package has its bytecode; a checkout may not.
    compileall.compile_dir(Path(ruralsyn.__file__).parent, quiet=1)
    program = Path(sys.executable).with_name("ruralsyn")
    exceeded = False
    with tempfile.TemporaryDirectory() as folder:
        for arguments, floor, limit in PAIRS:
            module = Path(folder) / f"floor_{list(FLOORS).index(floor)}.py"
            module.write_text(HELLO.format(body=FLOORS[floor]))
            starter = [
                sys.executable,
                "-c",
                f"import sys; sys.path.insert(0, {folder!r}); from {module.stem} import app; app()",
            ]
            pairs = []
            for _ in range(runs + 1):  # The first pair warms up.
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
