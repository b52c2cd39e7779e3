"""An SQLite database: typed tables with keys, indexes, full-text search, and views with names.

It opens in Datasette as it is, which finds the search by `content=` in the statements that made it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

from ruralsyn.errors import OutputError
from ruralsyn.export.contents import Contents, Files
from ruralsyn.export.dictionary import Field
from ruralsyn.export.tables import Exported
from ruralsyn.page.text import visible
from ruralsyn.render.data import data_of, flat

SEARCHED = {
    "cases": ("title", "label", "summary", "programmes"),
    "effects": ("case", "outcome", "domain", "intervention", "note"),
    "findings": ("text", "case", "theme"),
    "lessons": ("text", "theme"),
    "recommendations": ("text",),
    "discrepancies": ("title", "text", "handling"),
    "programmes": ("name", "acronym", "aliases", "note"),
    "organisations": ("name", "acronym", "aliases", "role"),
}
"""The tables with full-text search, and the columns that it reads."""

VIEWS = {
    "effects_with_names": """
SELECT effects.effect, countries.name AS country, regions.name AS region, cases.label AS "case",
  domains.name AS domain, outcomes.name AS outcome, effects.intervention, effects.direction, effects.benefit,
  effects.sign, effects.simulated, effects.note, effects.source
FROM effects
JOIN cases USING ("case")
JOIN countries ON countries.country = effects.country
JOIN regions ON regions.region = countries.region
JOIN domains ON domains.domain = effects.domain
JOIN outcomes ON outcomes.outcome = effects.outcome""",
    "findings_with_names": """
SELECT findings.finding, countries.name AS country, cases.label AS "case", findings.levels,
  findings.formality, roles.name AS role, themes.name AS theme, findings.text, findings.headline,
  findings.source
FROM findings
JOIN cases USING ("case")
JOIN countries ON countries.country = findings.country
JOIN roles ON roles.role = findings.role
LEFT JOIN themes ON themes.theme = findings.theme""",
    "map_with_names": """
SELECT countries.name AS country, cases.label AS "case", domains.name AS domain, map.direction,
  map.favourable, map.unfavourable, map.unclear, map.simulated, map.status
FROM map
JOIN cases USING ("case")
JOIN countries ON countries.country = map.country
JOIN domains ON domains.domain = map.domain""",
    "programmes_with_names": """
SELECT programmes.programme, programmes.name, programmes.acronym, countries.name AS country,
  programme_types.name AS type, organisations.name AS organisation, programmes.cases
FROM programmes
JOIN countries ON countries.country = programmes.country
LEFT JOIN programme_types ON programme_types.programme_type = programmes.type
LEFT JOIN organisations ON organisations.organisation = programmes.organisation""",
    "effects_with_places": """
SELECT effects.effect, effects."case", effects.outcome, effects.direction, citations.place,
  briefs.title AS brief, citations.section, citations.paragraph
FROM effects
JOIN citations ON citations."table" = 'effects' AND citations.record = effects.effect
JOIN briefs ON briefs.brief = citations.brief""",
}
"""The joins that people want: records with names in place of ids."""

_TYPES = {"integer": "INTEGER", "boolean": "INTEGER"}


def database_files(contents: Contents) -> Files:
    """The database, under the name of the export."""
    # Without the transactions that Python begins by itself, since keys are checked at the end of one.
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("BEGIN")
        # Until the end, because a row may come before the one that it names.
        connection.execute("PRAGMA defer_foreign_keys = ON")
        _write(connection, contents)
        connection.execute("COMMIT")
        return {contents.name: connection.serialize()}
    except sqlite3.Error as error:
        raise OutputError(f"SQLite cannot make the database: {error}.") from None
    finally:
        connection.close()


def _write(connection: sqlite3.Connection, contents: Contents) -> None:
    """Make the tables, fill them, and add what is made from them."""
    tables = (*contents.tables, *contents.links)
    for exported in tables:
        connection.execute(_table(exported))
    for exported in tables:
        _fill(connection, exported)
    _about(connection, contents)
    for statement in (*_indexes(tables), *_searches(), *_views()):
        connection.execute(statement)


def _indexes(tables: Iterable[Exported]) -> Iterator[str]:
    """The statements that make an index for each column that names records."""
    for exported in tables:
        for key, _, _ in exported.references():
            yield f'CREATE INDEX "{exported.id}_by_{key}" ON "{exported.id}" ("{key}")'


def _fill(connection: sqlite3.Connection, exported: Exported) -> None:
    marks = ", ".join("?" for _ in exported.fields)
    connection.executemany(
        f'INSERT INTO "{exported.id}" VALUES ({marks})',
        (tuple(map(_cell, row)) for row in exported.table.rows),
    )


def _table(exported: Exported) -> str:
    """The statement that makes a table, with a comment on each column, as `.schema` shows it."""
    parts = [(_column(exported, key, field), field.about) for key, field in exported.pairs()]
    keys = ", ".join(f'"{key}"' for key in exported.entry.key)
    constraints = [f"PRIMARY KEY ({keys})"]
    constraints += [
        f'FOREIGN KEY ("{key}") REFERENCES "{table}" ("{other}")'
        for key, table, other in exported.references()
    ]
    lines = [f"  {column},  -- {about}" for column, about in parts]
    lines += [f"  {constraint}," for constraint in constraints[:-1]]
    lines.append(f"  {constraints[-1]}")
    return f'CREATE TABLE "{exported.id}" (  -- {exported.entry.about}\n' + "\n".join(lines) + "\n)"


def _column(exported: Exported, key: str, field: Field) -> str:
    words = field.words or (("0", "1") if field.kind == "boolean" else ())
    allowed = ", ".join(word if field.kind == "boolean" else f"'{word}'" for word in words)
    required = " NOT NULL" if exported.requires(key, field) else ""
    check = f' CHECK ("{key}" IN ({allowed}))' if words else ""
    return f'"{key}" {_TYPES.get(field.kind, "TEXT")}{required}{check}'


def _cell(value: Any) -> str | int | None:
    """A value as SQLite holds it: lists joined as in CSV, and nothing for an empty list."""
    data = data_of(value)
    if data is None or isinstance(data, int):
        return data
    return visible(flat(data)) or None


def _about(connection: sqlite3.Connection, contents: Contents) -> None:
    """A table that says what the database is, how to cite it, and what to keep in mind."""
    connection.execute('CREATE TABLE about ("item" TEXT NOT NULL, "text" TEXT NOT NULL)')
    connection.executemany("INSERT INTO about VALUES (?, ?)", contents.about())


def _searches() -> Iterator[str]:
    """The statements that make full-text search."""
    for table, columns in SEARCHED.items():
        names = ", ".join(f'"{column}"' for column in columns)
        # Its words are in the table itself. Accents do not matter, and "committee" finds "committees".
        yield (
            f'CREATE VIRTUAL TABLE "{table}_fts" USING fts5({names}, content="{table}", '
            "tokenize='porter unicode61 remove_diacritics 2')"
        )
        yield f'INSERT INTO "{table}_fts" ("{table}_fts") VALUES (\'rebuild\')'


def _views() -> Iterator[str]:
    return (f"CREATE VIEW {name} AS{query}" for name, query in VIEWS.items())
