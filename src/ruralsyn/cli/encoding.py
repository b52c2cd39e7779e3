"""Encoding text for terminals that cannot show all of its characters."""

from __future__ import annotations

import codecs
import unicodedata

from ruralsyn.page.marks import in_ascii

# Prose and Rich's tables use these. Most have no decomposition in Unicode, so NFKD below leaves them alone.
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
    """An error handler for `encode`: similar ASCII characters, letters without accents, or question marks."""
    assert isinstance(error, UnicodeEncodeError)
    lacking = error.object[error.start : error.end]
    # NFKD splits an accented letter into the letter and a combining accent, which is dropped: ñ becomes n.
    plain = unicodedata.normalize("NFKD", lacking.translate(_SUBSTITUTES))
    kept = "".join(char for char in plain if not unicodedata.combining(char))
    # The replacement must be ASCII: Python encodes it too, and raises if the encoding lacks it.
    return kept.encode("ascii", "replace").decode("ascii"), error.end


def encode(text: str, encoding: str) -> bytes:
    """The encoded text; characters that the encoding lacks are replaced by similar ASCII ones."""
    # Python finds error handlers by name; registering one again does no harm.
    codecs.register_error("ruralsyn", _substitute)
    try:
        return text.encode(encoding, "ruralsyn")
    except LookupError:  # Python does not know the encoding. Every terminal can show ASCII.
        return text.encode("ascii", "ruralsyn")
