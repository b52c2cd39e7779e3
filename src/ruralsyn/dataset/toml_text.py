"""Values and tables as TOML, in the form of the bundled file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ruralsyn.dataset.conversion import unprintable


def toml_value(value: Any) -> str:
    """A text, a number, true or false, or a list of them, as TOML.

    Raises ValueError for a text with a character that no text of a dataset may contain.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return _quoted(value)
    return f"[{', '.join(map(toml_value, value))}]"


def toml_key(key: str) -> str:
    """A key as TOML: bare where TOML allows it, otherwise in quotes. Raises ValueError like `toml_value`."""
    bare = key.isascii() and key.replace("-", "").replace("_", "").isalnum()
    return key if bare else _quoted(key)


def toml_tables(tables: Mapping[str, Any]) -> str:
    """Tables, with those that are inside them, as TOML: a header each, with a blank line before it."""
    return "\n".join(_lines(tables, ()))


def _lines(table: Mapping[str, Any], path: Sequence[str]) -> Iterator[str]:
    own = {key: value for key, value in table.items() if not isinstance(value, Mapping)}
    if own:
        yield f"\n[{'.'.join(map(toml_key, path))}]" if path else ""
        yield from (f"{toml_key(key)} = {toml_value(value)}" for key, value in own.items())
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _lines(value, (*path, key))


def _quoted(text: str) -> str:
    if found := unprintable().search(text):
        raise ValueError(f"U+{ord(found[0]):04X} has no place in a text")
    text.encode("utf-8")  # Half of a character, as a broken file name may have; UnicodeEncodeError tells it.
    # TOML 1.0 needs an escape for these two; control characters are refused above.
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
