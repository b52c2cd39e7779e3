"""What changed between two states of the data: effects, cells, tipping points, counts and statements."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from ruralsyn.dataset.changes import Change, What, in_fields
from ruralsyn.dataset.files import STANDARD_INPUT, shown_name
from ruralsyn.dataset.loading import load, load_states
from ruralsyn.dataset.model import Dataset
from ruralsyn.errors import UsageError
from ruralsyn.evidence.differences import Differences
from ruralsyn.page.document import Block, Column, Document, Heading, Row, Table
from ruralsyn.page.values import Term
from ruralsyn.page.wording import capital
from ruralsyn.views.change_words import (
    NOUNS,
    STATEMENTS,
    answer,
    cell_words,
    counted,
    record_name,
    value_of,
)
from ruralsyn.views.map_cells import cell_value
from ruralsyn.views.notes import dataset_line
from ruralsyn.views.values import country_case_term

BUNDLED = "bundled"
"""The word for the data that come with the program."""
VERSION = re.compile(r"v?\d+(\.\d+)+\Z")

_OLD, _NEW = Column("old", "Old", blank="none", weight=3), Column("new", "New", blank="none", weight=3)
_HOW = (Column("change", "Change"), Column("field", "Field", blank=""))
_KIND, _RECORD = Column("kind", "Kind"), Column("record", "Record", weight=2)
_NO_CELL = "not on the map"
NOTES = (
    "Benefit is worked out from the direction and from what is desired of the outcome.",
    "The order of records is not compared, and neither is that of lists, apart from authors.",
)


def diff_document(names: Sequence[str], *, only_data: bool = False, full: bool = False) -> Document:
    """What changed between two states: each is a TOML file, `-` for standard input, or `bundled`.

    Both files are read alone if neither needs another file, otherwise both beside the bundled data; beside
    their vocabulary only with `only_data`, or if one file is whole and defines bundled records again. `full`
    has every field of records that were added or removed.

    Raises UsageError for any other number of names, and DataError for a file that cannot be used.
    """
    if len(names) != 2:
        raise UsageError(f"diff takes two states of the data, OLD and NEW, not {len(names)}.")
    if list(names) == [STANDARD_INPUT] * 2:
        raise UsageError("diff can read one of the two states from standard input, not both.")
    own = [name for name in names if name != BUNDLED]
    for name in own:
        _refuse_version(name)
    states = iter(load_states(*own, only=only_data))
    old, new = (load() if name == BUNDLED else next(states) for name in names)
    labels = _label(names[0], old), _label(names[1], new)
    return changes_document(Differences(old, new), *labels, full=full)


def _refuse_version(name: str) -> None:
    """Raise UsageError for the number of a version, which no file has as its name."""
    if VERSION.match(name) and not Path(name).exists():
        raise UsageError(
            f"an installation has one version of the data, {load().dataset.version}, which `{BUNDLED}` "
            f"stands for. Get {name} as a file from a clone of the project, e.g. with "
            "`git show TAG:data/cases.toml > old.toml`, and name the file."
        )


def _label(name: str, dataset: Dataset) -> str:
    """A state as a sentence names it."""
    files = dataset.files
    if name == BUNDLED or (files.names and files.bundled):
        return dataset_line(dataset)
    file = shown_name(name)
    version = dataset.dataset.version
    return f"{file} (version {version})" if version and not files.names else file


def changes_document(differences: Differences, old: str, new: str, *, full: bool = False) -> Document:
    """The answer and the tables of what changed, under the names of the two states."""
    tables = _tables(differences)
    seen = _tables(differences, full=True) if full else tables
    blocks: list[Block] = []
    for heading, table in seen.items():
        if table.rows:
            blocks += [Heading(heading), table]
    return Document(
        title="Changes",
        lead=answer(differences, old, new),
        blocks=tuple(blocks),
        dataset=f"{old}, {new}",
        notes=NOTES if blocks else (),
        fields={"old": old, "new": new},
        data=tables.values,
    )


def _tables(differences: Differences, *, full: bool = False) -> dict[str, Table]:
    """The tables under their headings, with and without rows."""
    others = (kind for kind in NOUNS if kind not in ("effects", *STATEMENTS))
    return {
        "Effects": effects_table(differences, full=full),
        "Cells of the map": cells_table(differences),
        "Tipping points": tipping_points_table(differences),
        "Counts": counts_table(differences),
        "Statements": _records_table("statements", differences, STATEMENTS, full=full),
        "Other records": _records_table("records", differences, others, full=full),
    }


# Records --------------------------------------------------------------------------------------------------


def effects_table(differences: Differences, *, full: bool = False) -> Table:
    """The changes of effects, each followed by that of its benefit. `full` has the fields of new effects."""
    effects = (*differences.old.effects, *differences.new.effects)
    order = {key: number for number, key in enumerate(dict.fromkeys(effect.key for effect in effects))}
    found = sorted(
        (*_spelled_out(differences.of("effects"), full=full), *differences.benefits),
        key=lambda change: order[change.key],
    )
    columns = (Column("effect", "Effect", weight=2), *_HOW, _OLD, _NEW)
    rows = tuple(_change_row(differences, change) for change in found)
    return Table("effects", "", columns, rows, once="effect")


def _records_table(name: str, differences: Differences, kinds: Iterable[str], *, full: bool) -> Table:
    found = _spelled_out(differences.of(*kinds), full=full)
    rows = tuple((_kind(change), *_change_row(differences, change)) for change in found)
    return Table(name, "", (_KIND, _RECORD, *_HOW, _OLD, _NEW), rows, group_by="kind")


def _kind(change: Change) -> Term:
    noun = NOUNS[change.kind]
    return Term(noun, capital(noun))  # A terminal prints it as a heading.


def _spelled_out(found: Iterable[Change], *, full: bool) -> tuple[Change, ...]:
    """The changes; in full, with a change for each field of a record that was added or removed."""
    return tuple(part for change in found for part in in_fields(change)) if full else tuple(found)


def _change_row(differences: Differences, change: Change) -> Row:
    field = Term(change.field, change.field.replace("_", " ")) if change.field else None
    return (
        record_name(differences.state_of(change), change.kind, change.key),
        change.what.value,
        field,
        None if change.what is What.ADDED else value_of(differences.old, change, change.old),
        None if change.what is What.REMOVED else value_of(differences.new, change, change.new),
    )


# What follows from them -----------------------------------------------------------------------------------


def cells_table(differences: Differences) -> Table:
    """The cells of the map that changed, and those that only one of the maps has."""
    columns = (
        Column("case", "Case", weight=2),
        Column("domain", "Domain"),
        Column("old_direction", "Old direction", human=False),
        Column("new_direction", "New direction", human=False),
        Column("old", "Old", blank=_NO_CELL, weight=3),
        Column("new", "New", blank=_NO_CELL, weight=3),
    )
    rows = tuple(
        (
            country_case_term(differences.new if new else differences.old, case),
            _domain(differences, domain),
            *(cell_value(cell).id if cell else None for cell in (old, new)),
            *words,
        )
        for (case, domain), (old, new) in differences.cells.items()
        for words in [(cell_words(old), cell_words(new))]
        if words[0] != words[1]
    )
    return Table("cells", "", columns, rows, once="case")


def tipping_points_table(differences: Differences) -> Table:
    """The domains whose tipping point changed, or the number of blank cases that can bring it about."""
    columns = (
        Column("domain", "Domain", weight=2),
        *(
            Column(key, label, blank="none", number=True)
            for key, label in (
                ("old", "Old"),
                ("new", "New"),
                ("old_blank", "Blank cases, old"),
                ("new_blank", "Blank cases, new"),
            )
        ),
    )
    rows = []
    for domain, pair in differences.tallies.items():
        points = [tally.tipping_point if tally else None for tally in pair]
        blanks = [tally.blank if tally else None for tally in pair]
        if points[0] != points[1] or blanks[0] != blanks[1]:
            rows.append((_domain(differences, domain), *points, *blanks))
    return Table("tipping_points", "", columns, tuple(rows))


def counts_table(differences: Differences) -> Table:
    """The numbers of records, of effects by benefit and of cells by direction that changed."""
    columns = (Column("what", "What"), Column("old", "Old", number=True), Column("new", "New", number=True))
    rows = tuple(
        (Term(what, counted(what)), old, new) for what, (old, new) in differences.counts.items() if old != new
    )
    return Table("counts", "", columns, rows)


def _domain(differences: Differences, key: str) -> Term:
    domains = differences.old.domains | differences.new.domains
    return Term(key, domains[key].short)
