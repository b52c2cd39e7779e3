"""Prints how long each step of a command takes, as the median of several fresh interpreters.

Run it in the environment where ruralsyn is installed:

    python docs/benchmarks/breakdown.py [RUNS]
"""

from __future__ import annotations

import statistics
import subprocess
import sys

# The steps run in this order in one interpreter, so each pays only for what the earlier ones did not import.
STEPS = {
    "import Typer": "import typer",
    "import the command line": "import ruralsyn.cli.run, ruralsyn.cli.build",
    "import the model and its loader": "from ruralsyn.dataset import loading, conversion, validation",
    "import requests, names and selections": "import ruralsyn.cli.request",
    "import formats and output": "import ruralsyn.cli.output",
    "read and parse the file": "file = loading.read_file(loading.bundled_path())",
    "convert it into records": "dataset = conversion.convert(file.tables, [])",
    "check the records": "assert not validation.validate(dataset)",
    "import the view of effects": "import ruralsyn.views.effects",
    "answer `effects -d finance`": (
        "effects = ruralsyn.cli.request.request('effects', dataset=dataset, domains=['finance'])"
    ),
    "import the view of the map": "import ruralsyn.views.evidence_map",
    "answer `map`": "ruralsyn.cli.request.request('map', dataset=dataset)",
    "import tabulate": "import tabulate",
    "import the Markdown renderer": "import ruralsyn.render.markdown",
    "render effects as Markdown": "ruralsyn.render.formats.FORMATS['markdown'].render(effects)",
    "import Rich": "import rich.console, rich.table",
    "import the terminal renderer": "import ruralsyn.render.terminal",
    "render effects as a table": "ruralsyn.render.formats.FORMATS['table'].render(effects)",
    "import reports": "import ruralsyn.report.compose",
    "answer `report peru lesotho`": (
        "report = ruralsyn.cli.request.request('report', 'peru', 'lesotho', dataset=dataset)"
    ),
    "render the report as Markdown": "ruralsyn.render.formats.FORMATS['markdown'].render(report)",
}

# gc.disable() because the ruralsyn program disables it as well.
PROGRAM = "import gc, time; gc.disable(); import ruralsyn\n" + "".join(
    f"start = time.perf_counter()\n{code}\nprint(1000 * (time.perf_counter() - start))\n"
    for code in STEPS.values()
)


def main() -> None:
    """Print the median time of each step in milliseconds."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    every = []
    for _ in range(runs):
        done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
        every.append([float(line) for line in done.stdout.split()])
    for step, times in zip(STEPS, zip(*every, strict=True), strict=True):
        print(f"{statistics.median(times):6.1f} ms  {step}")


if __name__ == "__main__":
    main()
