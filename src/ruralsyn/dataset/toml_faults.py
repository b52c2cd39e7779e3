"""Faults of TOML in words for people who have never heard of it."""

from __future__ import annotations

import re

HINTS = {
    r"Illegal character '\\n'": 'a text is not closed: put a quotation mark (") at its end',
    r"""Expected ("'|'"')""": "a text is not closed: end it with the mark that it begins with",
    r"Unterminated string": "a text is not closed: end it with the mark that it begins with",
    r"Illegal character|Found invalid character": "there is a character that no text may have; type it anew",
    r"Unclosed array": "a list is not closed: put a ] at its end, in this line or in one before it",
    r"Unclosed inline table": "a table is not closed: put a } at its end",
    r"Cannot declare": "this head is there already; give one of the two another id",
    r"Cannot overwrite a value|Duplicate": "this field is there already; keep one of the two",
    r"Expected '=' after a key": "a field needs a name, =, and a value",
    r"Expected '\]'": "a head ends with ]",
    r"Expected newline or end of document": "something stands behind the value; remove it, or close the text",
    r"Unescaped": "write each backslash twice",
    r"Invalid (initial character|statement)": "a line is a head such as [cases.x], or a name, =, and a value",
}
"""What tomli says, as a pattern, with what it means and what to do."""


def in_plain_words(message: str, line: str) -> str:
    """What is wrong, by tomli's message and the line that it is about; the message if no words are known."""
    if message.startswith("Invalid value"):
        return _about_value(line.partition("=")[2].strip())
    return next((hint for pattern, hint in HINTS.items() if re.match(pattern, message)), message)


def begin_of_text(message: str, text: str) -> int | None:
    """The line on which a text begins that never ends; None for another fault, and for one with a line."""
    # Only for a text in ' does tomli give the end of the document.
    odd = (number for number, line in enumerate(text.split("\n"), 1) if line.count("'") % 2)
    return next(odd, None) if message.startswith('Expected "\'"') else None


def _about_value(value: str) -> str:
    if not value or value[0] == "#":
        return "the value is missing behind the ="
    if value[0] in "“”„‘’«":
        return f'use straight quotation marks (") in place of {value[0]}'
    if value[0].isalpha():
        return 'a text needs quotation marks (") around it'
    return "this is no value: a text has quotation marks, a list has [ ], a number has digits only"
