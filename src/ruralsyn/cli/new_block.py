"""A block to put into a file: where it goes, and what headings it has there."""

from __future__ import annotations

from ruralsyn.cli.block_request import read_request
from ruralsyn.errors import DataError, Problem
from ruralsyn.evidence.names import FEW, nearest, suggestion
from ruralsyn.memo.blocks import blocks_in, with_block
from ruralsyn.memo.headings import HeadingLine, headings_in
from ruralsyn.memo.lines import Lines
from ruralsyn.record import Record

LOWEST = 6
"""The lowest level of a heading in Markdown."""
NO_PLACE = (
    "a block cannot be put at the end: what is not closed there, such as code or HTML, would show it as "
    "text. Close it, or say with --after which heading the block follows."
)


class NewBlock(Record):
    """A block to put into a file: what it asks for, and the heading that it follows; empty for the end."""

    request: str
    after: str


def with_new_block(text: str, block: NewBlock) -> str:
    """The text with the block. Raises DataError if its heading is not there, or several times."""
    lines = Lines(text)
    if block.after:
        heading = _heading(lines, block.after)
        new = with_block(lines, _with_level(block.request, heading.level), heading.end)
    else:
        new = with_block(lines, block.request, len(text))
    # Comments that are wrong already are told by themselves.
    known, faults = blocks_in(lines)
    if not faults and len(blocks_in(Lines(new))[0]) == len(known):
        raise _fault(NO_PLACE)
    return new


def _heading(lines: Lines, wanted: str) -> HeadingLine:
    """The heading that a person means. Raises DataError if it is not there, or several times."""
    headings = headings_in(lines)
    found = [heading for heading in headings if heading.is_called(wanted)]
    if len(found) == 1:
        return found[0]
    if found:
        where = " and ".join(str(heading.line) for heading in found)
        raise _fault(f"has the heading '{wanted}' on lines {where}. Make one of them different first.")
    texts = [heading.text for heading in headings]
    near = suggestion(nearest(wanted.lstrip("# "), texts))
    every = f"Its headings are {', '.join(texts)}." if 0 < len(texts) <= FEW else ""
    raise _fault(f"has no heading '{wanted}'. {near or every}".strip())


def _fault(message: str) -> DataError:
    return DataError("", (Problem((), message, rule="block"),))


def _with_level(request: str, level: int) -> str:
    """The request for a block below a heading of this level, unless it says itself what headings it has."""
    asked = read_request(request)
    option = next((one for one in asked.row.all_options if one.name == "heading_level"), None)
    below = min(level + 1, LOWEST)
    if option is None or option.default == below or {"heading_level", "title"} & asked.options.keys():
        return request
    return f"{request} heading-level={below}"
