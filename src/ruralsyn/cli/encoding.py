"""Text for terminals whose encoding lacks some of its characters."""

from __future__ import annotations

import codecs
import unicodedata

from ruralsyn.page.marks import in_ascii

_PUNCTUATION = {
    "•": "*",
    "…": "...",
    "–": "-",
    "—": "-",
    "“": '"',
    "”": '"',
    "’": "'",
    "─": "-",
    "━": "-",
    "│": "|",
    "┼": "+",
    "╶": "-",
    "╴": "-",
}
_SUBSTITUTES = str.maketrans(_PUNCTUATION | in_ascii())


def _substitute(error: UnicodeError) -> tuple[str, int]:
    """For the characters that an encoding lacks: their likes, without accents, else a question mark."""
    assert isinstance(error, UnicodeEncodeError)
    lacking = error.object[error.start : error.end]
    plain = unicodedata.normalize("NFKD", lacking.translate(_SUBSTITUTES))
    kept = "".join(char for char in plain if not unicodedata.combining(char))
    return kept.encode("ascii", "replace").decode("ascii"), error.end


def encode(text: str, encoding: str) -> bytes:
    """The text in an encoding that may lack some of its characters: those are shown by their likes."""
    codecs.register_error("ruralsyn", _substitute)
    try:
        return text.encode(encoding, "ruralsyn")
    except LookupError:
        return text.encode("ascii", "ruralsyn")
