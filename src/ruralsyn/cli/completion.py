"""Shell completion for the ids of records and for options with a fixed set of values."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from ruralsyn.cli.commands import Command
    from ruralsyn.dataset.model import Dataset

Completion = Callable[[typer.Context, str], list[tuple[str, str]]]


def _dataset(ctx: typer.Context) -> Dataset:
    """The data that the line names so far; the bundled data alone if a file is missing or has faults."""
    # Imported and loaded only when Tab is pressed: the options of every run carry these functions.
    from ruralsyn.cli.own_data import data_files
    from ruralsyn.dataset.loading import load
    from ruralsyn.errors import RuralsynError

    files = [name for name in ctx.params.get("data") or data_files() if name != "-"]
    try:
        return load(*files, only=bool(ctx.params.get("only_data") and files))
    except RuralsynError:
        return load()


def of_fields(*names: str) -> Completion:
    """A completion that offers the values of these filters, with the names of the records as help."""

    def complete(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
        from ruralsyn.dataset.naming import label_of
        from ruralsyn.evidence.filters import choices_of

        # The shell replaces the whole word, so each suggestion repeats the values before the last comma.
        before, comma, last = incomplete.rpartition(",")
        # Once for all the filters: loading takes about 20 milliseconds.
        dataset = _dataset(ctx)
        return [
            (f"{before}{comma}{key}", label_of(record))
            for name in names
            for key, record in choices_of(dataset, name).items()
            if key.startswith(last.lower())
        ]

    return complete


def of_records() -> Completion:
    """A completion that offers the ids of all records, each with the word for its kind as help."""

    def complete(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
        from ruralsyn.evidence.names import RECORD_KINDS, records_by_key

        dataset = _dataset(ctx)
        return [
            (key, kind)
            for table, kind in RECORD_KINDS.items()
            for key in records_by_key(dataset, table)
            # The hundreds of effects and findings are offered once their case and the dot are typed.
            if key.startswith(incomplete.lower()) and ("." in incomplete or "." not in key)
        ]

    return complete


def of_first(values: Callable[[], Iterable[str]], others: Callable[..., Any] | None) -> Callable[..., Any]:
    """A completion that offers these values for the first argument, and what `others` offers for the rest."""

    def complete(ctx: typer.Context, incomplete: str) -> Any:
        if ctx.params.get("ids"):
            return others(ctx, incomplete) if others else []
        return [value for value in values() if value.startswith(incomplete.lower())]

    return complete


def of_filters() -> Callable[[str], list[str]]:
    """A completion that offers the words for the filters that take values."""

    def words() -> list[str]:
        from ruralsyn.evidence.filters import FIELDS

        return [row.word for row in FIELDS.values() if row.choices]

    return of_values(words)


def of_columns(row: Command) -> Callable[[str], list[str]]:
    """A completion that offers the columns of the table that a command prints."""

    def keys() -> list[str]:
        from ruralsyn.cli.request import request
        from ruralsyn.page.document import Table

        # The table has the same columns for any words, so a letter does where some are required.
        content = request(row.name, *(("x",) if row.argument and row.argument.required else ()))
        return [column.key for column in content.columns] if isinstance(content, Table) else []

    return of_values(keys, many=True)


def of_values(values: Callable[[], Iterable[str]], *, many: bool = False) -> Callable[[str], list[str]]:
    """A completion that offers these values; with `many`, also after the commas of a list.

    `values` is a function, so that a row added to a table later is offered too.
    """

    def complete(incomplete: str) -> list[str]:
        before, comma, last = incomplete.rpartition(",") if many else ("", "", incomplete)
        return [f"{before}{comma}{value}" for value in values() if value.startswith(last)]

    return complete
