"""Text for people: values in words, citations, lists of words, and text made safe for a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from ruralsyn.characters import INVISIBLE
from ruralsyn.page.values import Cite, MixedText, Noted, Term, Value


def text_of(value: Value, blank: str = "") -> str:
    """A value as people read it, without its footnotes. `blank` is the text for None."""
    match value:
        case None:
            return blank
        case bool():  # Before the fallback, which would print Python's True and False.
            return "yes" if value else "no"
        case Term() | Cite():
            return value.label
        case Noted():
            return text_of(value.value, blank)
        case MixedText():
            return value.plain
        # Before the pattern for any tuple, so that consecutive paragraphs are joined into ranges.
        case (Cite(), *_):
            return cited(cite for cite in value if isinstance(cite, Cite))
        case tuple():
            return "; ".join(text_of(item, blank) for item in value) if value else blank
        case _:
            return str(value)


def cited(cites: Iterable[Cite]) -> str:
    """Paragraphs and pages as people read them, grouped by section: `GR income ¶1–3, 7; HSNP p. 3, p. 9`."""
    sections: dict[str, list[int]] = {}
    pages: dict[str, list[str]] = {}
    for cite in cites:
        if cite.paragraph is not None:
            sections.setdefault(cite.section_label, []).append(cite.paragraph)
        else:  # A page, or nothing for a whole source.
            source = cite.section_label.removesuffix(cite.section).rstrip()
            pages.setdefault(source, []).append(cite.section)
    return "; ".join(
        (
            *(f"{label} ¶{_ranges(numbers)}" for label, numbers in sections.items()),
            *(f"{source} {', '.join(dict.fromkeys(found))}".strip(" ,") for source, found in pages.items()),
        )
    )


def _ranges(numbers: list[int]) -> str:
    # A set: the same paragraph may be cited twice.
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def bracketed(cites: Iterable[Cite]) -> str:
    """The paragraphs in brackets, to follow the text that comes from them; empty if there are none."""
    found = cited(cites)
    return f" ({found})" if found else ""


def noted_text(note: str, cites: Iterable[Cite]) -> str:
    """The text of a footnote: its note, and its paragraphs in brackets if it has both."""
    return f"{note}{bracketed(cites)}" if note else f"{cited(cites)}."


def visible(text: str) -> str:
    """The text with visible signs in place of characters that a terminal obeys or that no reader sees.

    A control character becomes Unicode's picture of it, or U+FFFD if it has none, as the others do. Line
    breaks and tabs stay: each format treats them in its own way.
    """
    # isprintable() is several times faster than the pattern, and nearly all text passes it.
    return text if text.isprintable() else hidden().sub(_sign, text)


def trimmed(text: str) -> str:
    """The text with one blank in place of all blanks and line breaks at either end.

    One is kept, since a text may be a part of a sentence. More would begin a block of code in Markdown, and a
    line break at an end is an error in LaTeX and Typst.
    """
    inner = text.strip(_BLANKS)
    if not inner:
        return " " if text else ""
    before, _, after = text.partition(inner)
    return f"{before and ' '}{inner}{after and ' '}"


_BLANKS = " \t\n"


@cache
def hidden() -> re.Pattern[str]:
    """The pattern of a character that `visible` replaces."""
    # Compiled when first used: it takes 0.3 ms, and most commands never need it.
    return re.compile(_HIDDEN)


# Line breaks and tabs stay. Neither UTF-8 nor XML has surrogates.
_HIDDEN = f"[\0-\x08\x0b-\x1f\x7f-\x9f{INVISIBLE}\ud800-\udfff]"


def _sign(found: re.Match[str]) -> str:
    code = ord(found[0])
    # Unicode has no pictures for U+0080 to U+009F.
    return chr(0x2400 + code) if code < 0x20 else "\u2421" if code == 0x7F else "\ufffd"
