"""What is written as TOML is read as what it was."""

from __future__ import annotations

from typing import Any

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from ruralsyn.dataset.conversion import unprintable
from ruralsyn.dataset.toml_text import toml_key, toml_tables, toml_value

ANY = st.text(st.characters(exclude_categories=["Cs"]))
TEXT = ANY.filter(lambda text: not unprintable().search(text))
VALUE = st.one_of(TEXT, st.integers(0, 10**12), st.booleans(), st.lists(TEXT, max_size=3))
# A table without a field or a further table in it leaves no trace in the text.
TABLE = st.recursive(
    st.dictionaries(TEXT, VALUE, min_size=1, max_size=4),
    lambda inner: st.dictionaries(TEXT, VALUE | inner, min_size=1, max_size=4),
    max_leaves=12,
)


@given(TABLE)
def test_tables_survive(tables: dict[str, Any]) -> None:
    assert tomli.loads(toml_tables(tables)) == tables


@given(ANY)
def test_a_text_survives_or_is_refused(text: str) -> None:
    if unprintable().search(text):
        with pytest.raises(ValueError, match=r"U\+"):
            toml_value(text)
    else:
        assert tomli.loads(f"{toml_key(text)} = {toml_value(text)}") == {text: text}


def test_half_a_character_is_refused() -> None:
    with pytest.raises(ValueError, match="surrogates"):
        toml_value("caf\udce9")


def test_tables_look_like_those_of_the_bundled_file() -> None:
    tables = {"cases": {"x": {"title": 'A "b"', "effects": {"y": {"sample": 3, "simulated": True}}}}}
    assert toml_tables(tables).strip() == (
        '[cases.x]\ntitle = "A \\"b\\""\n\n[cases.x.effects.y]\nsample = 3\nsimulated = true'
    )
