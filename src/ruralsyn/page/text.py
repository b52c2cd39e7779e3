"""Text for people: values in words, citations, lists of words, and text made safe for a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

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
    """Paragraphs as people read them, grouped by section: `GR income ¶1–3, 7`."""
    sections: dict[str, list[int]] = {}
    for cite in cites:
        numbers = sections.setdefault(cite.section_label, [])
        # A page or a whole source has no number.
        if cite.paragraph is not None:
            numbers.append(cite.paragraph)
    # In a reference, the label of a whole source is empty.
    return "; ".join(
        f"{label} ¶{_ranges(numbers)}" if numbers else label
        for label, numbers in sections.items()
        if label or numbers
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


_HIDDEN = (
    "["
    # Escape sequences in a user's data file could recolour the terminal, move its cursor or set its title.
    # Some terminals obey U+009B as they obey ESC and "[".
    "\0-\x08\x0b-\x1f\x7f-\x9f"
    # Separators start new lines, and bidirectional controls reorder what a reader sees (CVE-2021-42574).
    "\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
    # Without width or sign: text may hide in them, and no search finds a word that has one inside. The
    # joiners U+200C and U+200D stay, since Persian, Hindi and emoji need them.
    "\u180e\u200b\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
    # Neither UTF-8 nor XML has surrogates, and noncharacters are no text (Unicode 23.7).
    "\ud800-\udfff\ufdd0-\ufdef"
    f"{''.join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))}"
    "]"
)


def _sign(found: re.Match[str]) -> str:
    code = ord(found[0])
    # Unicode has no pictures for U+0080 to U+009F.
    return chr(0x2400 + code) if code < 0x20 else "\u2421" if code == 0x7F else "\ufffd"
