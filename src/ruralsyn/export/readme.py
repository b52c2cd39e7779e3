"""The README of a bundle: what it is, what is in it, how to cite it, and how to read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ruralsyn.characters import as_bytes
from ruralsyn.export.contents import Contents
from ruralsyn.export.datapackage import DESCRIPTION, FOLDER
from ruralsyn.export.tables import Exported, known_field
from ruralsyn.page.wording import listed

README = "README.md"

PYTHON = f"""\
import pandas as pd
effects = pd.read_csv("{FOLDER}/effects.csv", keep_default_na=False, na_values="")
outcomes = pd.read_csv("{FOLDER}/outcomes.csv", keep_default_na=False, na_values="")
evaluated = effects.query("simulated == False").merge(outcomes[["outcome", "name"]], on="outcome")
print(evaluated[["country", "name", "direction", "benefit", "sign"]].to_string())
"""
R = f"""\
effects <- read.csv("{FOLDER}/effects.csv", na.strings = "")
outcomes <- read.csv("{FOLDER}/outcomes.csv", na.strings = "")[, c("outcome", "name")]
evaluated <- merge(effects[!as.logical(effects$simulated), ], outcomes, by = "outcome")
print(evaluated[, c("country", "name", "direction", "benefit", "sign")])
print(table(evaluated$domain, evaluated$benefit))
"""


def readme(contents: Contents, files: Mapping[str, str], checksums: str) -> bytes:
    """The README. `files` are the further files of the bundle, each with what it is."""
    parts = (
        f"# {_plain(contents.title)}",
        *_what_it_is(contents),
        "## What is in it",
        _list(_items(files, checksums)),
        *_left_out(contents),
        _tables(contents.tables),
        _links(contents.links),
        "## How to read it",
        "Begin with `effects`, `findings` and `map`. What their columns hold:",
        _list(_columns()),
        f"`{DESCRIPTION}` describes all columns. Read codes, such as `purpose_code`, as text.",
        f"In Python:\n\n```python\n{PYTHON}```",
        f"In R:\n\n```r\n{R}```",
        "## What to keep in mind",
        _list(contents.cautions),
        "## How to cite",
        _list(map(_plain, contents.citations)),
        "## Licence",
        *_licence(contents),
    )
    return as_bytes("\n\n".join(parts) + "\n")


EXPLAINED = (
    ("effects", "direction"),
    ("effects", "benefit"),
    ("effects", "sign"),
    ("effects", "source"),
    ("findings", "statement"),
    ("map", "direction"),
    ("map", "status"),
)
"""The columns that the README explains: those that nobody could guess."""


def _columns() -> Iterator[str]:
    for table, key in EXPLAINED:
        field = known_field(table, key)
        words = f" One of {listed(f'`{word}`' for word in field.words)}." if field.words else ""
        yield f"`{table}.{key}`: {field.about}{words}"


def _licence(contents: Contents) -> Iterator[str]:
    yield listed(map(_plain, contents.licences)) if contents.licences else "The data names no licence."
    if contents.dataset.files.bundled:
        yield COPYRIGHT


COPYRIGHT = (
    "Of the bundled data: Copyright (c) 2026 The ruralsyn authors. Under the MIT licence you may use, change "
    "and pass on the data, with this notice. The facts are from the sources, which are not in here; the "
    "wording is the dataset's own."
)


def _plain(text: str) -> str:
    """The text without tags. Further escapes would bother whoever reads the README as it is."""
    return text.replace("<", "&lt;")


def _list(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def _what_it_is(contents: Contents) -> Iterator[str]:
    if about := contents.description:
        yield _plain(about)
    yield from map(_plain, contents.answers)
    chosen = f"Filter: {_plain(contents.filter)}." if contents.filter else "Nothing is filtered: all is here."
    yield f"Data: {_plain(contents.source)}. {chosen} Made by:\n\n    {contents.command}"


def _items(files: Mapping[str, str], checksums: str) -> Iterator[str]:
    yield f"`{FOLDER}/`: a CSV file for each table, in UTF-8; lists in a cell are joined with `; `"
    yield f"`{DESCRIPTION}`: what each table and column holds, its type and keys (Data Package, version 2)"
    yield from (f"`{name}`: {about}" for name, about in files.items())
    yield f"`{checksums}`: checksums of all files, for `sha256sum -c {checksums}`"


def _left_out(contents: Contents) -> Iterator[str]:
    if contents.missing:
        yield "Left out:\n\n" + _list(f"`{name}`: {why}" for name, why in contents.missing.items())


def _tables(tables: Iterable[Exported]) -> str:
    rows = (f"| `{one.id}` | {len(one.table.rows)} | {one.entry.about} |" for one in tables)
    # Pandoc takes the widths of the columns from the dashes.
    rule = f"| {'-' * 20} | {'-' * 6}: | {'-' * 64} |"
    return "\n".join(("| table | rows | what it holds |", rule, *rows))


def _links(tables: Iterable[Exported]) -> str:
    return (
        f"{listed(f'`{exported.id}`' for exported in tables)} repeat what lists in these tables hold, one "
        "item in each row, for joins."
    )
