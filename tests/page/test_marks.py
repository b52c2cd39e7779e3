"""Every mark can be written in every format and on every terminal."""

from __future__ import annotations

import pytest

from ruralsyn.cli.encoding import encode
from ruralsyn.page.marks import MARKS, SHAPES, Mark
from ruralsyn.render.figure.canvas import OUTLINES
from ruralsyn.render.latex import escape

EVERY = pytest.mark.parametrize("mark", MARKS.values(), ids=lambda mark: mark.key)


@EVERY
def test_a_terminal_without_unicode_shows_the_plain_glyph(mark: Mark) -> None:
    assert mark.plain.isascii()
    assert encode(mark.glyph, "ascii").decode() == mark.plain


@EVERY
def test_latex_can_set_each_glyph(mark: Mark) -> None:
    escape(mark.glyph).encode("latin-1")  # The characters that every LaTeX can read and print.


def test_pictures_can_draw_every_shape() -> None:
    assert set(SHAPES.values()) == set(OUTLINES)


def test_marks_of_one_thing_differ() -> None:
    for of in {mark.of for mark in MARKS.values()}:
        shown = [mark.glyph for mark in MARKS.values() if mark.of == of and mark.glyph]
        assert len(shown) == len(set(shown))


def test_plain_glyphs_differ_where_the_glyphs_do() -> None:
    plain = {mark.glyph: mark.plain for mark in MARKS.values()}
    assert len(set(plain.values())) == len(plain)
