"""Requests: turn a command, its arguments and its options into content, without printing anything.

The command line, Python callers and the tests all go through `request`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from ruralsyn.cli.commands import COMMANDS, Command, Option
from ruralsyn.dataset.loading import load
from ruralsyn.dataset.model import Dataset
from ruralsyn.errors import UsageError
from ruralsyn.evidence.filters import FIELDS, Filter, filter_named, within
from ruralsyn.evidence.names import every_part, nearest, one_of, suggestion, texts
from ruralsyn.evidence.selection import Selection
from ruralsyn.lazy import Later, imported
from ruralsyn.page.arrange import arranged
from ruralsyn.page.bibliography import Bibliography
from ruralsyn.page.content import Content, Sentence


def request(command: str, *ids: str, dataset: Dataset | None = None, **options: Any) -> Content:
    """What a command shows, as typed values without a format. The commands are those of the command line.

    `compare`, `show`, `sources`, `report`, `diff` and `synthesis` with `swim=True` return a `Document`, `map`
    returns a `Grid`, `cite` a `Bibliography`, `count` and `answer` a `Sentence`, and the others a `Table`.
    `rows_of(table)` returns the rows of a table as plain data, with ids under the keys that `-f json` prints;
    typed values are in `table.rows`. A document has its tables in `tables()`; a grid has `table` for people
    and `data` for programs; a sentence has `text`, and its values in `data`.
    `FORMATS["markdown"].render(content)` turns any of them into text, except a bibliography, which
    `STYLES["text"].write(content.references)` writes.

    `ids` are the command's arguments: the cases or countries that it is about, records to show, words to
    search for. `options` are its filters, named like the fields of `Filter`, and its other options, with
    underscores: `request("effects", "peru", domains=["finance"], sort="outcome")`,
    `request("map", group_by="region")`. The first argument of `count` is a kind of record and that of
    `answer` a command: `request("answer", "effects", domains=["finance"])`. Values are matched as on the
    command line: ids, names, aliases, acronyms or codes. Without a `dataset`, the bundled one is loaded, with
    the files in `data`; `only_data=True` leaves the bundled records out. `diff` reads the two states that its
    arguments name.

    Raises UsageError for anything the command does not take, and DataError if the dataset cannot be loaded.
    """
    loader = _loaded if dataset is None else _given(command, dataset, options)
    return requested(command, ids, options, loader)


Loader = Callable[[tuple[str, ...], bool], Dataset]
"""Gives the dataset, from the files in `data` and from whether they are read alone."""


def _loaded(data: tuple[str, ...], only: bool) -> Dataset:
    return load(*data, only=only)


def _given(command: str, dataset: Dataset, options: Mapping[str, Any]) -> Loader:
    """Gives the dataset of the caller. Raises UsageError if a command cannot take it."""
    row = command_named(command)
    if not row.needs_data:
        raise UsageError(f"{row.name} takes no dataset; it reads the data that its arguments name.")
    if options.get("data"):
        raise UsageError(f"{row.name} takes either a dataset or the files in `data`, not both.")
    return lambda *_: dataset


def requested(command: str, ids: tuple[str, ...], options: Mapping[str, Any], loader: Loader) -> Content:
    """What `request` returns, with the dataset that the loader gives. Raises the errors of both."""
    row = command_named(command)
    if row.gives == "own":
        raise UsageError(f"{row.name} has no content; it runs on the command line only.")
    # Checked before the dataset is loaded, so that a mistyped option is reported at once.
    own = checked_options(row, ids, options)
    if not row.needs_data:
        return _shown(row, own, ids)
    words = [] if row.argument is None or row.argument.filters else [ids]
    selection = selection_for(row, ids, options, own, loader)
    content = _shown(row, own, selection, *words)
    if isinstance(content, Bibliography):
        return content
    cited = Later(lambda: imported("ruralsyn.evidence.citing:references")(selection.dataset))
    return replace(content, works=cited)


def selection_for(
    row: Command, ids: tuple[str, ...], options: Mapping[str, Any], own: Mapping[str, Any], loader: Loader
) -> Selection:
    """The selection that the filters among the options, and arguments that filter, make of the data.

    Raises UsageError for a wrong value, and DataError if the data cannot be loaded.
    """
    data, only = own["data"], own["only_data"]
    if "" in data:
        raise UsageError("--data needs the name of a file, or - for standard input.")
    if only and not data:
        raise UsageError("--only-data needs the files to read: --data FILE or RURALSYN_DATA.")
    dataset = loader(data, only)
    chosen = filter_named(dataset, {name: options.get(name) for name in row.fields()})
    # The line is composed only if the view asks for it, which few do. It repeats the arguments as they were
    # typed, so its filter must not have them too.
    line = partial(command_line, row, ids, chosen, own)
    if row.argument is not None and row.argument.filters:
        chosen = within(dataset, chosen, ids, row.fields())
    return Selection(dataset, chosen, line=line)


def _shown(row: Command, own: Mapping[str, Any], *given: Any) -> Content:
    """What the command's view makes of what it is given, arranged as the options say."""
    if row.asks:
        return _answer(*given)
    content: Content = imported(row.view)(*given, **_values(row, own, arranges=False))
    return arranged(content, **_values(row, own, arranges=True))


def _answer(selection: Selection, words: tuple[str, ...]) -> Sentence:
    """The sentence with which the command that the first word names answers, for the other words."""
    from ruralsyn.cli.answer import answer_of, check_asked

    name, *others = words
    check_asked(command_named(name), selection.chosen)
    # The ids of the filter are values of its options, too.
    content = request(name, *others, dataset=selection.dataset, **selection.chosen.active())
    return answer_of(content, words)


def checked_options(row: Command, ids: tuple[str, ...], options: Mapping[str, Any]) -> dict[str, Any]:
    """The command's own options, each with its value or its default.

    Raises UsageError for an option or an argument that the command does not take, and for a wrong value.
    """
    _check_words(row, ids, options)
    return {option.name: _checked(option, options.get(option.name)) for option in row.all_options}


def _values(row: Command, own: Mapping[str, Any], *, arranges: bool) -> dict[str, Any]:
    """The values of the options for `arranged`, or of those for the view."""
    return {
        option.name: own[option.name]
        for option in row.all_options
        if option.arranges is arranges and not option.loads
    }


def command_named(name: str) -> Command:
    """The row of a command. Raises UsageError, with the nearest name, if there is no such command."""
    if name not in COMMANDS:
        near = suggestion(nearest(name, COMMANDS))
        raise UsageError(f"there is no command '{name}'. {near}`ruralsyn -h` lists the commands.")
    return COMMANDS[name]


def _check_words(row: Command, ids: tuple[str, ...], options: Mapping[str, Any]) -> None:
    """Raise UsageError for an unknown option and for arguments that are missing, not taken or not strings."""
    known = (*row.fields(), *(option.name for option in row.all_options))
    for name in options:
        if name not in known:
            near = suggestion(nearest(name, known))
            listing = f"Its options are {', '.join(known)}." if known else "It takes no options."
            raise UsageError(f"{row.name} has no option '{name}'. {near}{listing}")
    # A list passed as one argument is a likely slip in Python; the command line only passes strings.
    for word in ids:
        if not isinstance(word, str):
            raise UsageError(f"{row.name} takes each id or word as a separate string, not {word!r}.")
    if row.argument is None and ids:
        raise UsageError(f"{row.name} takes no arguments, but got '{ids[0]}'.")
    if row.argument is not None and row.argument.required and not ids:
        raise UsageError(f"{row.name} needs an argument: {row.argument.metavar}")


def _checked(option: Option, value: Any) -> Any:
    """The value of an option, or its default for None. Raises UsageError for a value it does not take."""
    if option.many:
        # Split here, so that views get single values, whether a user repeats the option or uses commas.
        # The name of a file may have a comma.
        return texts(option.flag, value) if option.loads else tuple(every_part(texts(option.flag, value)))
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
    # Not isinstance(): True is an int in Python, and `limit=True` would pass as 1.
    return type(value) is option.kind


_KINDS = {str: "text", int: "a whole number", bool: "True or False"}


def _check_range(option: Option, value: int) -> None:
    if option.least is not None and value < option.least:
        raise UsageError(f"{option.flag} must be {option.least} or more, not {value}.")
    if option.most is not None and value > option.most:
        raise UsageError(f"{option.flag} must be {option.most} or less, not {value}.")


def command_line(row: Command, ids: Iterable[str], chosen: Filter, own: Mapping[str, Any]) -> str:
    """The command line that makes the same request, without the options that have their default value."""
    from shlex import join

    # In a fixed order, whatever the caller used: a report makes the key of its footnotes from the line.
    words = ["ruralsyn", row.name, *ids]
    for name, value in chosen.active().items():
        field = FIELDS[name]
        words += _words(field.flags[0], value) if field.choices else [field.flag_for(value)]
    for option in row.all_options:
        value = own[option.name]
        # An empty list means the default, too. An empty title does not: it prints no heading.
        if value not in (option.default, ()):
            if option.loads and option.many:
                words += [word for item in value for word in _words(option.flag, item)]
                continue
            words += [option.flag] if option.kind is bool else _words(option.flag, value)
    return join(words)


def _words(flag: str, value: Any) -> list[str]:
    """An option as a person types it; a value that starts with a dash is joined to its flag with `=`."""
    text = ",".join(value) if isinstance(value, tuple) else str(value)
    return [f"{flag}={text}"] if text.startswith("-") else [flag, text]
