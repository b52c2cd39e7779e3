"""A request: a command, its arguments and options become content. Nothing is printed.

This is the one way in, for the command line, for Python and for tests.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from ruralsyn.cli.commands import COMMANDS, Command, Option
from ruralsyn.dataset.loading import load
from ruralsyn.dataset.model import Dataset
from ruralsyn.errors import UsageError
from ruralsyn.evidence.filters import FIELDS, Filter, filter_named
from ruralsyn.evidence.names import nearest, one_of, suggestion, texts
from ruralsyn.evidence.selection import Selection
from ruralsyn.lazy import imported
from ruralsyn.page.content import Content


def request(command: str, *ids: str, dataset: Dataset | None = None, **options: Any) -> Content:
    """What a command shows, before it has a format. The commands are those of the command line.

    `compare`, `show`, `sources`, `report` and `synthesis` with `swim=True` give a `Document`, `map` a `Grid`,
    `cite` a `Bibliography`, the others a `Table`. `rows_of(table)` gives the rows of a table as plain data,
    with ids under the keys that `-f json` prints; the typed values are in `table.rows`.
    A document's tables are in `tables()`, a grid's are `table` for people and `data` for programs.
    `FORMATS["markdown"].render(content)` makes text of any of them but a bibliography, which
    `STYLES["text"].write(content.references)` writes.

    `ids` are the command's arguments: cases or countries to compare, records to show, words to search for.
    `options` are its filters, named as the fields of `Filter`, and its own options, named with underscores:
    `request("effects", domains=["finance"])`, `request("map", group_by="region")`. Values are matched as on
    the command line: ids, names, aliases, acronyms or codes. Without a `dataset`, the bundled one is loaded.

    Raises UsageError for whatever the command does not take, and DataError if the dataset cannot be loaded.
    """
    row = command_named(command)
    _check_words(row, ids, options)
    own = {option.name: _checked(option, options.get(option.name)) for option in row.options}
    if dataset is None:
        dataset = load()
    chosen = filter_named(dataset, {name: options.get(name) for name in row.fields()})
    selection = Selection(dataset, chosen, line=partial(command_line, row, ids, chosen, own))
    content: Content = imported(row.view)(selection, *([ids] if row.argument else []), **own)
    return content


def command_named(name: str) -> Command:
    """The row of a command; UsageError with the nearest if there is none."""
    if name not in COMMANDS:
        near = suggestion(nearest(name, COMMANDS))
        raise UsageError(f"there is no command '{name}'. {near}`ruralsyn -h` lists the commands.")
    return COMMANDS[name]


def _check_words(row: Command, ids: tuple[str, ...], options: Mapping[str, Any]) -> None:
    """Raise UsageError for an option that the command does not have and for arguments too many or too few."""
    known = (*row.fields(), *(option.name for option in row.options))
    for name in options:
        if name not in known:
            near = suggestion(nearest(name, known))
            listing = f"There are {', '.join(known)}." if known else "It has none."
            raise UsageError(f"{row.name} has no option '{name}'. {near}{listing}")
    for word in ids:
        if not isinstance(word, str):
            raise UsageError(f"{row.name} takes words, each by itself, not {word!r}.")
    if row.argument is None and ids:
        raise UsageError(f"{row.name} takes no arguments: '{ids[0]}'.")
    if row.argument is not None and row.argument.required and not ids:
        raise UsageError(f"{row.name} lacks its argument {row.argument.metavar}.")


def _checked(option: Option, value: Any) -> Any:
    """An option's value, if the option takes it, or its default."""
    if option.many:
        return texts(option.flag, value)
    if value is None:
        return option.default
    if not _fits(option, value):
        raise UsageError(f"{option.flag} takes {_KINDS[option.kind]}, not {value!r}.")
    if option.choices:
        return one_of(option.flag, value, option.allowed())
    if option.kind is int:
        _check_range(option, value)
    return value


def _fits(option: Option, value: Any) -> bool:
    return type(value) is option.kind


_KINDS = {str: "text", int: "a whole number", bool: "True or False"}


def _check_range(option: Option, value: int) -> None:
    if option.least is not None and value < option.least:
        raise UsageError(f"{option.flag}: {value} is less than {option.least}.")
    if option.most is not None and value > option.most:
        raise UsageError(f"{option.flag}: {value} is more than {option.most}.")


def command_line(row: Command, ids: Iterable[str], chosen: Filter, own: Mapping[str, Any]) -> str:
    """The command line that asks for the same, in one fixed order, without what is the default."""
    from shlex import join

    words = ["ruralsyn", row.name, *ids]
    for name, value in chosen.active().items():
        field = FIELDS[name]
        words += _words(field.flags[0], value) if field.choices else [field.flag_for(value)]
    for option in row.options:
        value = own[option.name]
        if value not in (option.default, (), ""):
            words += [option.flag] if option.kind is bool else _words(option.flag, value)
    return join(words)


def _words(flag: str, value: Any) -> list[str]:
    """An option as it is typed; a value that looks like another option is tied to its flag."""
    text = ",".join(value) if isinstance(value, tuple) else str(value)
    return [f"{flag}={text}"] if text.startswith("-") else [flag, text]
