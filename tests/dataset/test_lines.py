"""Lines: each key of a TOML file, and each item of its lists, has the line on which it first appears."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from ruralsyn import DataError, load
from ruralsyn.dataset.lines import line_of
from ruralsyn.dataset.loading import bundled_path
from ruralsyn.errors import KeyPath, Problem

# For each text, the lines of some of its paths.
TEXTS: dict[str, tuple[str, dict[KeyPath, int | None]]] = {
    "tables and lists": (
        'a = 1\n\n[b.c]\nd = [\n  1,\n  2,\n]\ne = "x"\n',
        {
            ("a",): 1,
            ("b",): 3,
            ("b", "c"): 3,
            ("b", "c", "d"): 4,
            ("b", "c", "d", 0): 5,
            ("b", "c", "d", 1): 6,
            ("b", "c", "e"): 8,
        },
    ),
    "what is not there has the line of what leads to it": (
        "\na = [\n1]\n[b]\nc = 1\n",
        {
            ("z",): None,
            ("z", "a"): None,
            (): None,
            (0,): None,
            ("a", 1): 2,
            ("a", -1): 2,
            ("a", "x"): 2,
            ("a", 0, "x"): 3,
            ("b", 0): 4,
            ("b", "d", "e"): 4,
            ("b", "c", "d"): 5,
        },
    ),
    "a header implies its parents, unless they came first": (
        "[a.b.c]\nx = 1\n[a.d]\n[a]\ny = 1\n[a.b]\nz = 1\n",
        {
            ("a",): 1,
            ("a", "b"): 1,
            ("a", "b", "c"): 1,
            ("a", "d"): 3,
            ("a", "y"): 5,
            ("a", "b", "z"): 7,
        },
    ),
    "an indented header": (
        'a = [\n  "b",\n]\n  [c.d]\n  e = 1\n\t[ c . f ] # [x]\n["f"]\ng = [\n  ["h"],\n]\n',
        {("c", "d"): 4, ("c", "d", "e"): 5, ("c", "f"): 6, ("f", "g"): 8, ("f", "g", 0, 0): 9},
    ),
    "brackets and dots in the quotes of a header": (
        "[a]\nb = 1\n[c.\"x[y\"]\nd = 1\n[c.'v]w']\ne = 1\n[c.\"p.q\"]\n[c.'#']\n",
        {
            ("c", "x[y"): 3,
            ("c", "x[y", "d"): 4,
            ("c", "v]w"): 5,
            ("c", "v]w", "e"): 6,
            ("c", "p.q"): 7,
            ("c", "#"): 8,
        },
    ),
    "dotted keys": (
        "a.b.c = 1\na . \"b\" .'d.e'= 2\n[t]\nx.y = 1\nx.z = 2\n3.14 = 1\n",
        {
            ("a",): 1,
            ("a", "b"): 1,
            ("a", "b", "c"): 1,
            ("a", "b", "d.e"): 2,
            ("t", "x"): 4,
            ("t", "x", "z"): 5,
            ("t", "3", "14"): 6,
        },
    ),
    "quoted keys with escapes": (
        '"\\u00e9" = 1\n"a\\"b" = 2\n"\\\\" = 3\n\'\\"\' = 4\n"" = 5\n"\\t=".\'=\' = 6\n',
        {("é",): 1, ('a"b',): 2, ("\\",): 3, ('\\"',): 4, ("",): 5, ("\t=", "="): 6},
    ),
    "inline tables": (
        "\na = { b = 1, c.d = [2, 3], e = { f = {} } }\ng = {}\n",
        {
            ("a", "b"): 2,
            ("a", "c"): 2,
            ("a", "c", "d", 1): 2,
            ("a", "e", "f"): 2,
            ("g",): 3,
            ("g", "h"): 3,
        },
    ),
    "nested arrays": (
        'a = [ [1, 2], # 3, ]\n  [\n  "]", 3,\n  []\n]\n,[ [[\n4]]]\n]\n'
        "b = 1979-05-27 07:32:00\nc = []\nd = 1\n",
        {
            ("a", 0, 1): 1,
            ("a", 1): 2,
            ("a", 1, 0): 3,
            ("a", 1, 1): 3,
            ("a", 1, 2): 4,
            ("a", 2): 6,
            ("a", 2, 0, 0): 6,
            ("a", 2, 0, 0, 0): 7,
            ("b",): 9,
            ("d",): 11,
        },
    ),
    "arrays of inline tables": (
        "a = [\n  { b = 1 },\n  { b = 2, c = [\n 5,\n] },\n]\n",
        {
            ("a", 0): 2,
            ("a", 0, "b"): 2,
            ("a", 1): 3,
            ("a", 1, "b"): 3,
            ("a", 1, "c", 0): 4,
            ("a", 2): 1,
        },
    ),
    "arrays of tables": (
        "[[x]]\na = 1\n[x.b]\nc = 1\n[[x.d]]\n"
        "[[ x ]]\na = 2\n[x.b]\nc = 2\n[[x.d]]\n[[x.d]]\ne = 3\n[[y.z]]\n",
        {
            ("x",): 1,
            ("x", 0): 1,
            ("x", 0, "a"): 2,
            ("x", 0, "b", "c"): 4,
            ("x", 0, "d", 0): 5,
            ("x", 0, "d", 1): 5,
            ("x", 1): 6,
            ("x", 1, "a"): 7,
            ("x", 1, "b"): 8,
            ("x", 1, "b", "c"): 9,
            ("x", 1, "d"): 10,
            ("x", 1, "d", 1): 11,
            ("x", 1, "d", 1, "e"): 12,
            ("y", "z", 0): 13,
        },
    ),
    "text in strings and comments is no key": (
        'a = "b = 1 [c] # "\n# d = 1\n#[e]\nf = """\ng = 1\n[h]\n\\""" "" # """\n'
        "k = '''\n[i]\n\"\"\"\n'''\nj = 1\n",
        {
            **{(key,): None for key in "bcdeghi"},
            ("a",): 1,
            ("f",): 4,
            ("k",): 8,
            ("j",): 12,
        },
    ),
    "quotes at the ends of strings": (
        "a = \"\"\"\"b\"\"\"\"\"\nc = '''''d'''''\ne = \"\"\nf = ''\ng = \"\"\"\"\"\"\nh = ''''''\n"
        'i = ["\\"", \'"\', """\\"""", \'\'\'\\\'\'\',\n"\\\\"]\nj = 1\n',
        {("c",): 2, ("e",): 3, ("f",): 4, ("g",): 5, ("h",): 6, ("i",): 7, ("i", 4): 8, ("j",): 9},
    ),
    "lines that end with CRLF": (
        'a = 1\r\n\r\n[b]\r\nc = """\r\nx\\\r\n"""\r\nd = [\r\n1,\r\n2]\r\ne = true\r\n',
        {("b",): 3, ("b", "c"): 4, ("b", "d"): 7, ("b", "d", 1): 9, ("b", "e"): 10},
    ),
    "only a line feed ends a line": (
        "# \u2028 \u2029 \x85\na = '\u2028\x85' # \u2028\nb = 1",
        {("a",): 2, ("b",): 3},
    ),
}


@pytest.mark.parametrize(("text", "lines"), TEXTS.values(), ids=TEXTS)
def test_every_path_has_its_line(text: str, lines: dict[KeyPath, int | None]) -> None:
    tomli.loads(text)  # The texts are valid TOML.
    assert {path: line_of(text, path) for path in lines} == lines


def test_an_inline_table_may_fill_several_lines() -> None:
    text = "a = {\n  # c = 1\n  b = 1,\n  c = { d = 2,\n e = [\n3] },\n}\nf = 1\n"
    try:
        tomli.loads(text)
    except tomli.TOMLDecodeError:
        pytest.skip("this version of tomli does not read TOML 1.1")
    paths: tuple[KeyPath, ...] = (("a",), ("a", "b"), ("a", "c", "d"), ("a", "c", "e", 0), ("f",))
    assert [line_of(text, path) for path in paths] == [1, 3, 4, 6, 8]


def test_deep_nesting_is_no_fault() -> None:
    # Deeper than Python allows calls, though tomli stops earlier.
    deep = 100_000
    text = f"a = {'[' * deep}\n1{']' * deep}\nb = {'{a=' * deep}1{'}' * deep}\n{'c.' * deep}d = 1\ne = 1\n"
    assert line_of(text, ("a", *[0] * deep)) == 2
    assert [line_of(text, (key,)) for key in "bce"] == [3, 4, 5]


@pytest.mark.parametrize(
    "many",
    ["# x\n", "k{} = 1\n", "[t{}]\nk = [1, 2]\n", "[[t]]\n", "a{} = '''\n'''\n", 'a{} = """""\\""" """\n'],
    ids=["comments", "keys", "tables", "arrays of tables", "literal strings", "basic strings"],
)
def test_a_scan_takes_time_in_proportion_to_the_text(many: str) -> None:
    def seconds(times: int) -> float:
        text = "".join(many.replace("{}", str(number)) for number in range(times))
        start = time.process_time()
        line_of(text, ("k0",))
        return time.process_time() - start

    # A scan in quadratic time would take 100 times as long.
    assert seconds(50_000) < 40 * max(min(seconds(5_000 + n) for n in range(3)), 0.001)


# A text of any style -----------------------------------------------------------------------------------

# Each scalar has a number that occurs nowhere else in the text. The strings contain what looks like TOML.
MARK = re.compile(r"9\d{6}")
SCALARS = (
    "{}",
    "{}.5",
    '"{}"',
    "'{} = \"'",
    '"{} [k] # \\" = 1"',
    '"""{}\n[k]\nk = 1\n\\""" "" # """',
    "'''{}\nk = [\n[k]\n'' # '''",
    '"""{}\\\n  """""',
)
COMMENTS = ("", "  # k = 1", "\t# [k] \u2028 [[k]]", ' # """', " # '", "\n\n# ]\n#}")

keys = st.sampled_from(["k", "a-b", "1", "2", "_"]) | st.text(max_size=3)
values = st.recursive(
    st.sampled_from(SCALARS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
    max_leaves=20,
)
tables = st.dictionaries(keys, values, max_size=4)


class Writer:
    """Writes a table as TOML, and chooses between the ways of writing it at random."""

    def __init__(self, choose: random.Random) -> None:
        self.choose = choose
        self.mark = 9_000_000

    def text(self, table: dict[str, Any]) -> str:
        return "".join(self.section(table, ()))

    def section(self, table: dict[str, Any], path: tuple[str, ...], brackets: str = "") -> Iterator[str]:
        """A table: its header, if it needs one, then its own values, then the tables in it."""
        later = {key: value for key, value in table.items() if self.can_have_header(value)}
        own = [line for key in table.keys() - later.keys() for line in self.statements((key,), table[key])]
        implied = brackets == "[" and later and not own and self.chance()
        if brackets and not implied:
            closing = brackets.replace("[", "]")
            yield f"{self.blank()}{brackets}{self.blank()}{self.key(path)}{closing}{self.end()}"
        yield from own
        for key, value in later.items():
            if isinstance(value, dict):
                yield from self.section(value, (*path, key), "[")
            else:
                for item in value:
                    yield from self.section(item, (*path, key), "[[")

    def statements(self, keys: tuple[str, ...], value: Any) -> Iterator[str]:
        """`keys = value`, or for a table also its values with dotted keys."""
        if isinstance(value, dict) and value and self.chance():
            for key, inner in value.items():
                yield from self.statements((*keys, key), inner)
        else:
            yield f"{self.blank()}{self.key(keys)}={self.blank()}{self.value(value)}{self.end()}"

    def value(self, value: Any) -> str:
        if isinstance(value, dict):
            pairs = (f"{self.key((key,))}={self.blank()}{self.value(inner)}" for key, inner in value.items())
            return f"{{{self.blank()}{', '.join(pairs)}{self.blank()}}}"
        if isinstance(value, list):
            items = (f"{self.value(item)}{self.gap()},{self.gap()}" for item in value)
            return f"[{self.gap()}{''.join(items)}]"
        self.mark += 1
        return str(value).replace("{}", str(self.mark))

    def key(self, keys: tuple[str, ...]) -> str:
        return f"{self.blank()}.{self.blank()}".join(map(self.part, keys)) + self.blank()

    def part(self, key: str) -> str:
        ways = ['"' + "".join(f"\\U{ord(character):08x}" for character in key) + '"']
        if re.fullmatch(r"[A-Za-z0-9_-]+", key):
            ways.append(key)
        if key.isprintable():
            ways.append('"' + key.replace("\\", "\\\\").replace('"', '\\"') + '"')
            if "'" not in key:
                ways.append(f"'{key}'")
        return self.choose.choice(ways)

    def can_have_header(self, value: Any) -> bool:
        items = value if isinstance(value, list) else [value]
        return bool(items) and all(isinstance(item, dict) for item in items) and self.chance()

    def chance(self) -> bool:
        return self.choose.random() < 0.6

    def blank(self) -> str:
        return self.choose.choice(["", " ", "\t "])

    def gap(self) -> str:
        """What may stand between the items of a list."""
        return self.choose.choice(["", " ", f"{self.choose.choice(COMMENTS)}\n "])

    def end(self) -> str:
        return self.choose.choice(COMMENTS) + "\n"


def places(value: object, path: KeyPath = ()) -> Iterator[tuple[KeyPath, object]]:
    """Every path inside a value, and what is there."""
    yield path, value
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from places(inner, (*path, key))
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield from places(inner, (*path, position))


def number_of(value: object) -> str:
    found = MARK.search(str(value))
    return found[0] if found else ""


@given(table=tables, choose=st.randoms(use_true_random=False), crlf=st.booleans())
def test_the_line_of_a_scalar_has_the_scalar(
    table: dict[str, Any], choose: random.Random, crlf: bool
) -> None:
    text = Writer(choose).text(table)
    text = text.replace("\n", "\r\n") if crlf else text
    lines = text.split("\n")
    read = dict(places(tomli.loads(text)))
    assert read.keys() == dict(places(table)).keys()
    for path, value in read.items():
        if path and not isinstance(value, dict | list):
            line = line_of(text, path)
            assert line is not None
            assert number_of(value) in lines[line - 1]


# The bundled file --------------------------------------------------------------------------------------


def test_every_path_of_the_bundled_file_has_its_line() -> None:
    text = bundled_path().read_text(encoding="utf-8")
    lines = text.split("\n")
    paths = [(path, value) for path, value in places(tomli.loads(text)) if path]
    assert len(paths) > 1000
    for path, value in paths:
        line = line_of(text, path)
        assert line is not None
        if not isinstance(value, dict):
            named = path[-1] if isinstance(path[-1], str) else value
            assert str(named) in lines[line - 1]


# How a path is printed ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "written"),
    [
        (("cases", "x", "source", 1), "cases.x.source[2]"),
        (("a", 0, "b_1", 9, 0), "a[1].b_1[10][1]"),
        (("a", "b c", "d.e"), 'a."b c"."d.e"'),
        (("é", "", 0), '"é".""[1]'),
        (('a"b', "\\"), r'"a\"b"."\\"'),
        (("a\nb\x1b", "\U000e0001"), r'"a\u000ab\u001b"."\U000e0001"'),
    ],
)
def test_a_path_is_printed_as_in_toml(path: KeyPath, written: str) -> None:
    assert str(Problem(path, "is wrong", "f", 3)) == f"f:3: {written}: is wrong"


@given(st.lists(keys, min_size=1, max_size=4))
def test_a_printed_path_is_a_key_of_toml(path: list[str]) -> None:
    (read,) = (place for place, value in places(tomli.loads(f"{Problem(tuple(path), '')} = 1")) if value == 1)
    assert read == tuple(path)


def test_a_fault_after_a_text_with_keys_in_it_has_its_own_line(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    text = '[regions.r]\nname = """\n[regions.s]\nnaem = 1"""\n[regions.s]\nnaem = "S"\n'
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load(path)
    assert [problem.line for problem in caught.value.problems if problem.path[-1] == "naem"] == [6]
