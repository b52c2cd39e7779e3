"""The words in the first comment of a block: what they ask for, and how a request is written in them.

They are those of the command line, with options as `name=value`: two hyphens would end the comment for some
readers of Markdown, which then print it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from shlex import quote, split
from typing import Any

from ruralsyn.cli.commands import COMMANDS, Command, Option
from ruralsyn.cli.request import command_named
from ruralsyn.dataset.files import STANDARD_INPUT
from ruralsyn.errors import DataError, RuralsynError, UsageError
from ruralsyn.evidence.filters import FIELDS
from ruralsyn.evidence.names import nearest, suggestion
from ruralsyn.record import Record

HYPHENS = "--"
_NAMED = re.compile(r"([A-Za-z][\w-]*)=(.*)", re.S)
_FLAG = re.compile(r"--([a-z][\w-]*)")
# A flag with its value in a question: `Did you mean --level local?`
_SUGGESTED = re.compile(r"--([a-z][\w-]*) ([^\s,]+)(?=[?,]| or )")
_SLIP = re.compile(r"[‐-―−]*([a-z][a-z-]*)(?::(.*))?\Z", re.S)
_CURLY = re.compile(r"(?:^|=)[“”„«‘]")
# What Python makes of bytes on the command line that are not UTF-8.
_SURROGATE = re.compile("[\ud800-\udfff]")
YES_OR_NO = {"yes": True, "no": False}


class BlockRequest(Record):
    """What a block asks for: a command, its arguments, and its options by the names that `request` takes."""

    row: Command
    ids: tuple[str, ...]
    options: dict[str, Any]

    @property
    def inline(self) -> bool:
        """Whether what it gives can stand in running text."""
        return self.row.gives == "sentence"


class Word(Record):
    """The word for an option in a block."""

    name: str
    """The name of the option as `request` takes it."""
    kind: type
    many: bool


# By name, because the row of a command takes longer to hash than to read.
@cache
def words_of(command: str) -> dict[str, Word]:
    """The words for the options of a command: those of its flags."""
    row, words = COMMANDS[command], {}
    for name in row.fields():
        field = FIELDS[name]
        words[field.word] = Word(name, bool if field.choices is None else str, field.choices is not None)
    for option in row.all_options:
        words[_word(option)] = Word(option.name, option.kind, option.many)
    return words


def _word(option: Option) -> str:
    return option.flag.removeprefix(HYPHENS)


# Reading ----------------------------------------------------------------------------------------------------


# Kept, because a block is read when it is checked and when it is made.
@lru_cache(maxsize=1_000)
def read_request(text: str) -> BlockRequest:
    """What the words of a block ask for. Raises UsageError for words that no block takes."""
    if "<!" in text or "->" in text:
        raise UsageError("the comment does not end where it should. Write --> after its words.")
    if HYPHENS in text:
        found = _FLAG.search(text)
        what = f"Write {found[1]}=VALUE for the option" if found else "Write the words without them"
        raise UsageError(
            f"a comment cannot have two hyphens in a row, because some programs print it then. {what}."
        )
    if not text.isprintable() and _SURROGATE.search(text):
        raise UsageError("a comment can have text in UTF-8 only.")
    if "`" in text:
        raise UsageError("a comment cannot have a backtick, because knitr runs what is between two of them.")
    try:
        name, *words = split(text)
    except ValueError:
        if not text.strip():
            raise UsageError("the comment asks for nothing. Write a command, such as `effects`.") from None
        raise UsageError("a quotation mark is not closed.") from None
    row = command_named(name)
    if not row.shows_data:
        usual = ", ".join(row.name for row in COMMANDS.values() if row.shows_data)
        raise UsageError(f"a block cannot run {name}. It can show {usual}.")
    _check_words(row, words)
    options: dict[str, Any] = {}
    ids = tuple(word for word in words if not _is_option(row, word, options))
    return BlockRequest(row, ids, options)


def _check_words(row: Command, words: Sequence[str]) -> None:
    """Raise UsageError for words that are likely slips in writing an option."""
    # Elsewhere such a word may be one to search for, or a filter to list.
    options = words_of(row.name) if row.argument is None or row.argument.completes == "cases" else {}
    for word in words:
        if word.lower() in options:
            example = "yes" if options[word.lower()].kind is bool else "VALUE"
            raise UsageError(f"'{word}' is an option: write {word}={example}, without blanks.")
        if _CURLY.search(word):
            raise UsageError(f"'{word}': write straight quotation marks, not curly ones.")
        if (slip := _SLIP.match(word)) and slip[1] in options:
            raise UsageError(f"'{word}': write {slip[1]}={slip[2] or 'VALUE'}.")
        if _NAMED.match(word) and word.endswith(","):
            raise UsageError(f"'{word}': write the next value after the comma, without a blank.")


def _is_option(row: Command, text: str, options: dict[str, Any]) -> bool:
    """Whether a word is an option, which is then added to the options. Raises UsageError for a wrong one."""
    found = _NAMED.match(text)
    if found is None:
        if text.startswith("-") and text != STANDARD_INPUT:
            raise UsageError(f"'{text}': in a block an option is written as name=value, e.g. country=peru.")
        return False
    name, value = found[1].lower(), found[2]
    if name in REFUSED:
        raise UsageError(REFUSED[name])
    known = words_of(row.name)
    if name not in known:
        near = suggestion(nearest(name, known))
        raise UsageError(f"{row.name} has no option '{name}'. {near}It takes {', '.join(known) or 'none'}.")
    word = known[name]
    if word.name in options and not word.many:
        raise UsageError(f"{name} is given twice.")
    read = _value(name, word, value)
    options[word.name] = [*options.get(word.name, ()), read] if word.many else read
    return True


REFUSED = {
    "output": "a block takes no output, because what it gives stands in the block.",
    "format": "a block takes no format, because what it gives is Markdown.",
}
"""Options that commands have and blocks do not, each with the reason."""


def _value(name: str, word: Word, text: str) -> Any:
    """The value of an option. Raises UsageError for one that it does not take."""
    if word.kind is bool:
        if text.lower() not in YES_OR_NO:
            raise UsageError(f"{name} takes yes or no, not '{text}'.")
        return YES_OR_NO[text.lower()]
    if word.kind is int:
        # The length, because Python refuses numbers of thousands of digits with an error of its own.
        if not (text.isascii() and text.isdecimal() and len(text) < 10):
            raise UsageError(f"{name} takes a whole number, not '{text}'.")
        return int(text)
    if word.name == "data" and text == STANDARD_INPUT:
        raise UsageError("a block cannot read data from standard input. Name a file.")
    return text


def check_place(text: str, *, inline: bool) -> None:
    """Raise UsageError for a request that cannot stand where it is: in running text, if it is `inline`."""
    asked = read_request(text)
    if inline and "|" in text:
        raise UsageError("a comment in running text cannot have |, which would end the cell of a table.")
    if inline and not asked.inline:
        values = " or ".join(row.name for row in COMMANDS.values() if row.gives == "sentence")
        raise UsageError(
            f"{asked.row.name} gives more than a value, so both comments go on lines of their own. "
            f"In running text, use {values}."
        )


def in_block_words(error: RuralsynError) -> str:
    """What is wrong with a block, in the words of blocks, on one line."""
    if isinstance(error, DataError) and error.problems:
        more = len(error.problems) - 1
        others = f" `ruralsyn validate` lists {more} more." if more else ""
        return f"the data cannot be used: {error.problems[0]}{others}"
    # Commands between backticks are for the command line.
    parts = str(error).split("`")
    parts[::2] = (_FLAG.sub(r"\1", _SUGGESTED.sub(r"\1=\2", part)) for part in parts[::2])
    return " ".join("`".join(parts).split())


# Writing ----------------------------------------------------------------------------------------------------


def written_request(row: Command, ids: tuple[str, ...], options: Mapping[str, Any]) -> str:
    """The words of a block that asks for this. Raises UsageError for what no block can ask for.

    An option with its default value is left out.
    """
    text = " ".join((row.name, *map(quote, ids), *_written_options(row, options)))
    if HYPHENS in text:
        raise UsageError("--block: a comment cannot have two hyphens in a row. Use words without them.")
    if (read := read_request(text)).ids != ids:
        words = " ".join(word for word in ids if word not in read.ids)
        raise UsageError(f"--block: a comment cannot have {words} as a word, because it reads as an option.")
    return text


def _written_options(row: Command, options: Mapping[str, Any]) -> Iterator[str]:
    defaults = {option.name: option.default for option in row.all_options}
    for word, option in words_of(row.name).items():
        value = options.get(option.name)
        if value is None or value == defaults.get(option.name) or value in ((), []):
            continue
        if option.kind is bool:
            yield f"{word}={'yes' if value else 'no'}"
        elif option.many and option.name == "data":
            yield from (f"{word}={quote(item)}" for item in value)
        else:
            yield f"{word}={quote(','.join(value) if option.many else str(value))}"
