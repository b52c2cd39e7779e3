"""The differences between two states of running text: the words that differ, with some around them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from ruralsyn.memo.differences import AROUND, Difference, changed, short

MOST_WORDS = 1000
"""How many words of a paragraph are compared."""


def in_paragraphs(old: Sequence[str], new: Sequence[str]) -> Iterator[Difference]:
    """The paragraphs that only one state has, and the words that differ in the others."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for what, i, j, k, m in matcher.get_opcodes():
        if what == "replace" and j - i == m - k:
            for before, after in zip(old[i:j], new[k:m], strict=True):
                yield from _in_words(before.split(), after.split())
        elif what != "equal":
            yield from (Difference(_quoted(text)) for text in old[i:j])
            yield from (Difference(_quoted(text), added=True) for text in new[k:m])


def _in_words(old: list[str], new: list[str]) -> Iterator[Difference]:
    # Comparing takes the square of the length, and a person may have put a chapter into a block.
    matcher = SequenceMatcher(None, old[:MOST_WORDS], new[:MOST_WORDS], autojunk=False)
    blocks = [opcode for opcode in matcher.get_opcodes() if opcode[0] != "equal"]
    # Two sentences that have little in common are told as a whole.
    if matcher.ratio() < 0.5 or not blocks:
        whole = changed("", " ".join(old), " ".join(new))
        yield Difference("", f"“{whole.old}”", f"“{whole.new}”")
        return
    for _, i, j, k, m in blocks:
        yield Difference("", _with_words_around(old, i, j), _with_words_around(new, k, m))


def _with_words_around(words: list[str], start: int, end: int) -> str:
    return _quoted(" ".join(words[max(0, start - AROUND) : end + 1]))


def _quoted(text: str) -> str:
    return f"“{short(text)}”"
