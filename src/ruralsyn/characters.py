"""Characters that no reader sees, or that change what a reader sees around them, and text as bytes."""

from __future__ import annotations

CONTROLS = "\0-\x1f\x7f-\x9f"
"""Control characters: escape sequences could recolour a terminal, move its cursor or set its title.

Some terminals obey U+009B as they obey ESC and "[".
"""
INVISIBLE = (
    # Separators start new lines, and bidirectional controls reorder what a reader sees (CVE-2021-42574).
    "\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
    # Without width or sign: text may hide in them, and no search finds a word that has one inside. The
    # joiners U+200C and U+200D are not among them, since Persian, Hindi and emoji need them.
    "\u180e\u200b\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
    # Noncharacters are no text (Unicode 23.7).
    "\ufdd0-\ufdef"
    f"{''.join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))}"
)
"""Others, for a class of characters in a pattern. A file may have none, and output shows a sign instead."""


def as_bytes(text: str | bytes) -> bytes:
    """Text in UTF-8, with a question mark for what is no character, such as half an emoji; bytes as given."""
    return text.encode("utf-8", "replace") if isinstance(text, str) else text
