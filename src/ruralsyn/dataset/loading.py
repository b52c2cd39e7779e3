"""Loading of the dataset: read the files, merge them, convert the result and check it.

The bundled file goes through the same checks as a user's own file, because people edit it too. Every fault is
reported with its file, line and path, so that a person who corrects a file sees all of them at once.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ruralsyn.dataset.conversion import convert
from ruralsyn.dataset.files import STANDARD_INPUT, SourceFile, read_file
from ruralsyn.dataset.merging import files_of, merged, vocabulary
from ruralsyn.dataset.model import Dataset
from ruralsyn.dataset.placing import in_order, not_consequences, without_holder
from ruralsyn.dataset.shipped import shipped
from ruralsyn.dataset.structure import value_at
from ruralsyn.dataset.validation import doubts, validate
from ruralsyn.errors import DataError, KeyPath, Problem


def load(*paths: str | Path, only: bool = False, folder: str | Path = "") -> Dataset:
    """The bundled dataset, with the records of further TOML files added; `-` is standard input.

    A further file adds records, but it cannot change one of another file. With `only`, the bundled records
    are left out, and the bundled vocabulary is there for what the files do not define themselves. Relative
    paths are looked up in `folder`, or else in the working directory.

    Raises DataError if a file cannot be read or is not TOML. Raises DataError with every fault if a record is
    in two files, does not fit the model or fails a check.
    """
    files = [read_file(path, folder) for path in once(paths, folder)]
    dataset, problems = examine_files(files, only=only)
    if problems:
        alone = not only and any(map(stands_alone, files)) and any(one.rule == "double" for one in problems)
        hint = " A file that has [dataset] may be one to read alone: add --only-data." if alone else ""
        raise DataError(f"The dataset has faults.{hint}" if hint else "The dataset has faults:", problems)
    return dataset


def stands_alone(file: SourceFile) -> bool:
    """Whether a file is a collection of its own: it says what it is, in a table `[dataset]`."""
    return "dataset" in file.tables


def load_files(*paths: str | Path) -> Dataset:
    """The dataset that these files hold alone, vocabulary and all. Raises DataError like `load`."""
    dataset, problems = _examined([read_file(path) for path in paths])
    if problems:
        raise DataError("The dataset has faults:", problems)
    return dataset


def examine(*paths: str | Path, only: bool = False) -> tuple[Dataset, tuple[Problem, ...]]:
    """What `load` returns, whether it has faults or not, and every fault, in the order of files and lines.

    Raises DataError if a file cannot be read or is not TOML.
    """
    return examine_files([read_file(path) for path in once(paths)], only=only)


def once(paths: Sequence[str | Path], folder: str | Path = "") -> tuple[str | Path, ...]:
    """The paths without those that name a file again. Relative ones are looked up in the folder."""
    by_place: dict[str, str | Path] = {}
    for path in paths:
        by_place.setdefault(_place(path, folder), path)
    return tuple(by_place.values())


def _place(path: str | Path, folder: str | Path) -> str:
    """What is the same for two names of one file."""
    # A name with a null character, which `read_file` refuses, has no place.
    if str(path) == STANDARD_INPUT or "\0" in str(path):
        return str(path)
    return os.path.realpath(os.path.join(folder, path))


def load_states(*paths: str | Path, only: bool = False) -> tuple[Dataset, ...]:
    """The dataset of each file, all read in the same way: what differs is then a matter of the files.

    All are read alone if none of them needs another file, otherwise each as `load` reads it. If one that
    needs no other file defines bundled records again, `load` refuses it, and each is read as with `only`.

    Raises DataError like `load`, with the faults that a file has alone if these are fewer, and if a file
    needs bundled records that another one defines again.
    """
    # Read once, because standard input can be read only once.
    files = [read_file(path) for path in paths]
    alone = [_examined([file]) for file in files]
    if not any(faults for _, faults in alone):
        return tuple(dataset for dataset, _ in alone)
    beside = [examine_files([file], only=only) for file in files]
    again = [
        file.name
        for file, (_, own), (_, faults) in zip(files, alone, beside, strict=True)
        if faults and not own
    ]
    read = [examine_files([file], only=True) for file in files] if again else beside
    message = "The dataset has faults:"
    problems: list[Problem] = []
    for (_, own), (_, others), (_, faults) in zip(alone, beside, read, strict=True):
        problems += own if 0 < len(own) < len(faults) else faults
        if faults and not others:
            message = f"The states are read without the bundled records, which {again[0]} defines again:"
    if problems:
        raise DataError(message, tuple(problems))
    return tuple(dataset for dataset, _ in read)


def examine_files(own: Sequence[SourceFile], *, only: bool = False) -> tuple[Dataset, tuple[Problem, ...]]:
    """What `examine` returns, for files that have been read."""
    bundled = read_file(bundled_path())
    if only:
        bundled = replace(bundled, tables=vocabulary(bundled.tables, own))
    dataset, problems = _examined([bundled, *own])
    if own:
        dataset = replace(dataset, files=files_of(own, bundled=not only)) if not problems else dataset
    return dataset, problems


def doubts_of(dataset: Dataset, own: Sequence[SourceFile]) -> tuple[Problem, ...]:
    """Warnings on the records of these files, in the order of files and lines."""
    return in_order((one for one in doubts(dataset) if _is_from(own, one.path[:2])), own)


def _is_from(files: Sequence[SourceFile], record: KeyPath) -> bool:
    """Whether one of the files has the record with this path."""
    return any(value_at(file.tables, record) is not None for file in files)


def _examined(files: Sequence[SourceFile]) -> tuple[Dataset, tuple[Problem, ...]]:
    doubled: list[Problem] = []
    tables = merged(files, doubled)
    problems: list[Problem] = []
    dataset = convert(tables, problems)
    problems = without_holder(tables, problems)
    problems.extend(not_consequences(validate(dataset), problems))
    return dataset, in_order((*doubled, *problems), files)


def bundled_path() -> Path:
    """The path of the bundled dataset: inside the installed package or, in a checkout, in `data/`.

    Raises DataError if it is in neither place.
    """
    return shipped("cases.toml", "The bundled dataset")
