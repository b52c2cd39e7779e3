"""The README of a bundle: what it is, what is in it, how to cite it, and how to read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ruralsyn.export.contents import Contents
from ruralsyn.export.datapackage import DESCRIPTION, FOLDER
from ruralsyn.export.tables import Exported
from ruralsyn.page.document import Block, Bullets, Code, Column, Document, Heading, Paragraph, Table
from ruralsyn.page.wording import listed
from ruralsyn.render.formats import FORMATS

README = "README.md"

PYTHON = f"""\
import pandas as pd
effects = pd.read_csv("{FOLDER}/effects.csv", keep_default_na=False, na_values="")
outcomes = pd.read_csv("{FOLDER}/outcomes.csv", keep_default_na=False, na_values="")
named = effects.merge(outcomes[["outcome", "name"]], on="outcome")
print(named[["country", "name", "direction", "benefit", "sign"]].to_string())
"""
R = f"""\
effects <- read.csv("{FOLDER}/effects.csv", na.strings = "")
outcomes <- read.csv("{FOLDER}/outcomes.csv", na.strings = "")
named <- merge(effects, outcomes[, c("outcome", "name")], by = "outcome")
print(named[, c("country", "name", "direction", "benefit", "sign")])
print(table(named$domain, named$benefit))
"""


def readme(contents: Contents, files: Mapping[str, str], checksums: str) -> bytes:
    """The README. `files` are the further files of the bundle, each with what it is."""
    markdown = FORMATS["markdown"]
    opening = Document(contents.title, tuple(_opening(contents, files, checksums)), level=1)
    closing = Document("", tuple(_closing(contents)), level=1)
    parts = (
        str(markdown.render(opening)),
        f"In Python:\n\n```python\n{PYTHON}```\n\nIn R:\n\n```r\n{R}```\n",
        str(markdown.render(closing)).lstrip("\n"),
    )
    return "\n".join(parts).encode("utf-8", "replace")


def _opening(contents: Contents, files: Mapping[str, str], checksums: str) -> Iterator[Block]:
    if about := contents.dataset.dataset.description:
        yield Paragraph((about,))
    yield from (Paragraph((answer,)) for answer in contents.answers)
    yield Paragraph((f"Data: {contents.source}. {_chosen(contents)} Made by: ", Code(contents.command)))
    yield Heading("What is in it")
    yield Bullets(tuple(_items(files, checksums)))
    if contents.missing:
        yield Paragraph(("Left out here: ",))
        yield Bullets(tuple((Code(name), f": {why}") for name, why in contents.missing.items()))
    yield _tables(contents.tables)
    yield Paragraph((_links(contents.links),))
    yield Heading("How to read it")


def _chosen(contents: Contents) -> str:
    return f"Filter: {contents.filter}." if contents.filter else "Nothing is filtered: everything is here."


def _items(files: Mapping[str, str], checksums: str) -> Iterator[tuple[str | Code, ...]]:
    yield Code(f"{FOLDER}/"), ": a CSV file for each table, in UTF-8; lists in a cell are joined with '; '"
    yield (
        Code(DESCRIPTION),
        ": what each table and column holds, of what type it is, and its keys (Data Package, version 2)",
    )
    yield from ((Code(name), f": {about}") for name, about in files.items())
    yield Code(checksums), ": checksums of all files, for `sha256sum -c`"


def _tables(tables: Iterable[Exported]) -> Table:
    columns = (
        Column("table", "Table"),
        Column("rows", "Rows", number=True),
        Column("about", "What it holds", weight=4),
    )
    rows = tuple((exported.id, len(exported.table.rows), exported.entry.about) for exported in tables)
    return Table("tables", "", columns, rows)


def _links(tables: Iterable[Exported]) -> str:
    return (
        f"{listed(exported.id for exported in tables)} repeat what lists in these tables hold, one item in "
        "each row, for joins."
    )


def _closing(contents: Contents) -> Iterator[Block]:
    yield Heading("What to keep in mind")
    yield Bullets(tuple((caution,) for caution in contents.cautions))
    yield Heading("How to cite")
    yield Bullets(tuple((line,) for line in contents.citations))
    yield Heading("Licence")
    yield Paragraph((listed(contents.licences) or "The data names no licence.",))
