"""Text for people: values as words, citations, lists of words, and characters that no terminal may get."""

from __future__ import annotations

from collections.abc import Iterable

from ruralsyn.page.values import Cite, MixedText, Noted, Sourced, Term, Value


def text_of(value: Value, blank: str = "") -> str:
    """A value as people read it, without footnotes."""
    match value:
        case None:
            return blank
        case bool():
            return "yes" if value else "no"
        case Term() | Cite():
            return value.label
        case Noted():
            return text_of(value.value, blank)
        case Sourced():
            return f"{text_of(value.value, blank)} ({cited(value.cites)})"
        case MixedText():
            return value.plain
        case (Cite(), *_):
            return cited(cite for cite in value if isinstance(cite, Cite))
        case tuple():
            return "; ".join(text_of(item, blank) for item in value) if value else blank
        case _:
            return str(value)


def cited(cites: Iterable[Cite]) -> str:
    """Several paragraphs as people read them, those of one section together: `GR income ¶1–3, 7`."""
    sections: dict[str, list[int]] = {}
    for cite in cites:
        sections.setdefault(cite.section_label, []).append(cite.paragraph)
    return "; ".join(f"{label} ¶{_ranges(numbers)}" for label, numbers in sections.items())


def _ranges(numbers: list[int]) -> str:
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def bracketed(cites: Iterable[Cite]) -> str:
    """Paragraphs in brackets after what comes from them; nothing where there are none."""
    found = cited(cites)
    return f" ({found})" if found else ""


def aside(noted: Noted) -> str:
    """The note and the paragraphs of a run of prose, in brackets."""
    inside = " ".join(part for part in (noted.note, cited(noted.cites)) if part)
    return f" ({inside})" if inside else ""


def listed(words: Iterable[str]) -> str:
    """Words as a sentence lists them: `a`, `a and b`, `a, b and c`."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def visible(text: str) -> str:
    """The text with control characters as the pictures Unicode has for them: none reaches a terminal.

    Line breaks and tabs stay, for a renderer to treat.
    """
    return text.translate(_PICTURES) if not text.isprintable() else text


_PICTURES = {code: 0x2400 + code for code in range(32) if chr(code) not in "\n\t"}
_PICTURES |= {0x7F: 0x2421} | dict.fromkeys(range(0x80, 0xA0), 0xFFFD)
_PICTURES |= {
    ord(char): 0xFFFD for char in "\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
}
