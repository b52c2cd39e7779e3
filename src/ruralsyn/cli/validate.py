"""The command `validate`: every fault of files of one's own, for people, editors and pipelines."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from ruralsyn.cli.streams import remark, write_standard_output
from ruralsyn.dataset.files import SourceFile, read_file
from ruralsyn.dataset.loading import doubts_of, examine_files, once, stands_alone
from ruralsyn.errors import DataError, Problem, lines_of
from ruralsyn.page.text import visible
from ruralsyn.page.wording import count


def run_validate(*files: str, form: str, strict: bool, only_data: bool, output: str | None) -> int:
    """Print every fault and every warning of the files, and return the exit code: 1 if there is a fault.

    With `strict`, warnings count as faults.
    """
    read, unread = read_all(files)
    if not only_data and (named := [file.name for file in read if stands_alone(file)]):
        remark(f"{' and '.join(named)}: has [dataset], so it is read without the bundled records.")
    problems = problems_in(read, unread, only=only_data)
    text = FORMS[form](files, problems)
    if output in (None, "-"):
        write_standard_output(text, on_terminal=False)
    else:
        from ruralsyn.cli.files import write_file

        write_file(Path(str(output)), text)
    return int(any(strict or not problem.warning for problem in problems))


def problems_of(files: Sequence[str], *, only: bool = False) -> tuple[Problem, ...]:
    """Every fault and every warning of the files with these names, as `problems_in` finds them."""
    return problems_in(*read_all(files), only=only)


def read_all(files: Sequence[str]) -> tuple[list[SourceFile], list[Problem]]:
    """The files that can be read, and the faults of the others."""
    read: list[SourceFile] = []
    problems: list[Problem] = []
    for name in once(files):
        try:
            read.append(read_file(name))
        except DataError as error:
            problems.extend(error.problems)
    return read, problems


def problems_in(
    read: Sequence[SourceFile], unread: Sequence[Problem], *, only: bool = False
) -> tuple[Problem, ...]:
    """Every fault and every warning of files that are read together beside the bundled data.

    If one of them stands alone, they are read without the bundled records, as `only` asks.
    """
    problems = list(unread)
    if read:
        alone = only or any(map(stands_alone, read))
        dataset, faults = examine_files(read, only=alone)
        # A record that seems to be missing may be in a file that cannot be read.
        unsure = ("reference",) if problems else ()
        problems.extend(fault for fault in faults if fault.rule not in unsure)
        # Warnings of a file with faults may follow from them.
        problems.extend(() if problems else doubts_of(dataset, read))
    return tuple(problems)


def _text(files: Sequence[str], problems: Sequence[Problem]) -> str:
    """A line for each fault and warning, as compilers print them, and a line that counts them."""
    faults = sum(not problem.warning for problem in problems)
    warnings = len(problems) - faults
    found = [count(number, word) for number, word in ((faults, "fault"), (warnings, "warning")) if number]
    total = f"{', '.join(dict.fromkeys(files))}: {' and '.join(found) or 'no faults'}."
    return "".join(f"{visible(line)}\n" for line in (*lines_of(problems), total))


def _json(files: Sequence[str], problems: Sequence[Problem]) -> str:
    """The faults as an array of objects."""
    del files
    rows = [
        {
            "file": problem.file,
            "line": problem.line,
            "path": list(problem.path),
            "severity": _severity(problem),
            "rule": problem.rule,
            "message": problem.message,
        }
        for problem in problems
    ]
    return json.dumps(rows, indent=2, ensure_ascii=False) + "\n"


def _severity(problem: Problem) -> str:
    return "warning" if problem.warning else "error"


def _sarif(files: Sequence[str], problems: Sequence[Problem]) -> str:
    """The faults in SARIF 2.1.0, which editors and code hosts read (OASIS standard)."""
    from ruralsyn import __version__

    del files
    rules = [{"id": rule} for rule in dict.fromkeys(problem.rule for problem in problems)]
    driver = {"name": "ruralsyn", "version": __version__, "rules": rules}
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "results": [_result(problem) for problem in problems]}],
    }
    return json.dumps(log, indent=2, ensure_ascii=False) + "\n"


def _result(problem: Problem) -> dict[str, Any]:
    from urllib.parse import quote

    uri = Path(problem.file).as_uri() if Path(problem.file).is_absolute() else quote(problem.file)
    place: dict[str, Any] = {"artifactLocation": {"uri": uri}}
    if problem.line is not None:
        place["region"] = {"startLine": problem.line}
    without_place = str(problem._replace(file="", line=None, warning=False))
    return {
        "ruleId": problem.rule,
        "level": _severity(problem),
        "message": {"text": without_place},
        "locations": [{"physicalLocation": place}],
    }


FORMS: dict[str, Callable[[Sequence[str], Sequence[Problem]], str]] = {
    "text": _text,
    "json": _json,
    "sarif": _sarif,
}
"""The forms in which faults are printed."""
