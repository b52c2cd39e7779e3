"""Text for people: values in words, citations, lists of words, and text made safe for a terminal."""

from __future__ import annotations

from collections.abc import Iterable

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
    return "; ".join(
        f"{label} ¶{_ranges(numbers)}" if numbers else label for label, numbers in sections.items()
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
    """The text with visible signs in place of control characters, so that no terminal obeys them.

    A control character becomes Unicode's picture of it, or U+FFFD if it has none. Line breaks and tabs stay:
    each format treats them in its own way.
    """
    # isprintable() is several times faster than translate(), and nearly all text passes it.
    return text.translate(_PICTURES) if not text.isprintable() else text


# Escape sequences in a user's data file could recolour the terminal, move its cursor or set its title.
_PICTURES = {code: 0x2400 + code for code in range(32) if chr(code) not in "\n\t"}
# Unicode has no pictures for U+0080 to U+009F. Some terminals obey U+009B as they obey ESC and "[".
_PICTURES |= {0x7F: 0x2421} | dict.fromkeys(range(0x80, 0xA0), 0xFFFD)
# Separators start new lines, and bidirectional controls reorder what a reader sees (CVE-2021-42574).
_PICTURES |= {
    ord(char): 0xFFFD for char in "\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
}
