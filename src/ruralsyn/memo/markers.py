"""The comments in a Markdown text that begin and end generated blocks.

Where Markdown shows a comment as text, as in code, it is no marker. markdown-it-py, which follows CommonMark,
knows where that is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from ruralsyn.errors import Problem
from ruralsyn.memo.lines import BYTE_ORDER_MARK, Lines
from ruralsyn.record import Record

COMMENT = re.compile(r"<!--\s*(?:ruralsyn:(?P<request>.*?)|/\s*ruralsyn\b(?P<checksum>.*?))-->", re.S | re.I)
"""A comment that begins or ends a block. As in HTML, a comment ends at the first `-->`."""
# What begins like one but is none: with the dashes of a word processor, or without the colon.
_NEARLY = re.compile(r"<!?[-‐-―−]+\s*/?\s*ruralsyn\b(?![-.\w])", re.I)
_NO_COLON = re.compile(r"<!--\s*ruralsyn\s+(?:[a-z-]+\s*-->|[a-z-]+[^>]*=)", re.I)
_BEGINNING = re.compile("<!--")
_ANY_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
# Elements whose content is no Markdown and no HTML either, by CommonMark's first kind of HTML blocks.
_RAW = re.compile(r"<(?:script|pre|style|textarea)\b|<[?!]", re.I)
_BEFORE = re.compile(r"[ \t>]*\Z")

# What may begin a line before its text: the label of a footnote, the box of a task, a definition mark.
_LABEL = re.compile(r"(?:\[\^[^\]]+\]:|\[[ xX]\]|[:~])[ \t]*\Z")

NO_COMMENT = (
    "this looks like a comment of ruralsyn but is none. Write <!-- ruralsyn: … -->, with a colon and two "
    "hyphens at either end, and <!-- /ruralsyn --> after what it asks for."
)
SWALLOWED = (
    "this line begins with a comment, so Markdown takes all of it for HTML and Word would lose its text. "
    "Put a word before the comment, or the comments of a block on lines of their own."
)
IN_HTML = "a value cannot stand within HTML. Put it into a paragraph."


class Marker(Record, kw_only=True):
    """A comment that begins or ends a block."""

    start: int
    """Where it starts in the text; `end` is where it ends."""
    end: int
    line: int
    """The number of its line, counted from 1."""
    request: str | None
    """What it asks for; None if it ends a block."""
    checksum: str = ""
    """What follows `/ruralsyn`."""
    prefix: str | None
    """If it stands on a line of its own, what is before it: blanks, or the marks of a quotation. None if it
    stands in running text."""
    place: int = 0
    """The number of the piece of running text that holds it."""


def fault_on(line: int, message: str) -> Problem:
    """What is wrong with a comment on this line."""
    return Problem((), message, line=line, rule="block")


def markers_in(lines: Lines) -> tuple[list[Marker], list[Problem]]:
    """The markers in the order of the text, and those that are in a wrong place."""
    markers: list[Marker] = []
    problems: list[Problem] = []
    if _NEARLY.search(lines.text):  # Most files of a folder have none.
        for number, token in enumerate(tokens_of(lines)):
            problems += _near_misses(token)
            if token.type == "html_block":
                found, wrong = _in_html(lines, token)
                markers += found
                problems += wrong
            elif token.type == "inline" and COMMENT.search(token.content):
                found, wrong = _in_running_text(lines, token, number)
                markers += found
                problems += wrong
    return sorted(markers, key=lambda marker: marker.start), problems


def tokens_of(lines: Lines) -> list[Token]:
    """The blocks of the text as markdown-it-py finds them. Their lines are those of the text."""
    front = lines.front_matter()
    text = "\n" * front + lines.text[lines.starts[front] :]
    return _parser().parse(text.removeprefix(BYTE_ORDER_MARK))


@cache
def _parser() -> MarkdownIt:
    # Blocks only: running text takes most of the time, and little of it has a comment. The usual limit is ten
    # lists in each other: the parser passes over all that follows a deeper one.
    parser = MarkdownIt("commonmark", {"maxNesting": 100}).disable("inline")
    parser.inline.ruler.before("html_inline", _KIND, _rule)
    return parser


_KIND = "ruralsyn"
"""The type of the tokens for markers in running text."""


def _rule(state: StateInline, silent: bool) -> bool:
    """A rule of the parser that keeps where in the running text a marker is, which its own rule does not."""
    found = COMMENT.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        token = state.push(_KIND, "", 0)
        token.meta = {"found": found}
    state.pos = found.end()
    return True


def _near_misses(token: Token) -> list[Problem]:
    """The places of a block of text that look like a comment of ours but are none."""
    if token.type not in ("inline", "html_block") or not _NEARLY.search(token.content):
        return []
    # Without code spans and escaped comments, which readers show as text.
    content = _SHOWN.sub("", token.content)
    near = [one for one in _NEARLY.finditer(content) if not COMMENT.match(content, one.start())]
    wrong = [one for one in near if not one[0].startswith("<!--") or _NO_COLON.match(content, one.start())]
    first = (token.map or [0])[0] + 1
    return [fault_on(first + content.count("\n", 0, one.start()), NO_COMMENT) for one in wrong]


_SHOWN = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)|\\<", re.S)


# In running text ------------------------------------------------------------------------------------------


def _in_running_text(lines: Lines, token: Token, number: int) -> tuple[list[Marker], list[Problem]]:
    """The markers in a paragraph or a heading. One that begins a line for some readers is a fault."""
    markers: list[Marker] = []
    problems: list[Problem] = []
    children: list[Token] = []
    _parser().inline.parse(token.content, _parser(), {}, children)
    places = _places(lines, token)
    for child in children:
        if child.type == _KIND:
            found: re.Match[str] = child.meta["found"]
            start = places[found.start()]
            end = lines.text.index("-->", start) + len("-->")
            markers.append(_marker(lines, found, start, end, place=number))
            if _LABEL.match(token.content[: found.start()].rpartition("\n")[2]):
                problems.append(fault_on(markers[-1].line, SWALLOWED))
    return markers, problems


def _places(lines: Lines, token: Token) -> dict[int, int]:
    """Where in the text the comments in running text begin, by where they begin in what the parser has of it.

    The parser takes away marks of lists and quotations and blanks, and changes tabs and null characters. No
    part of that begins a comment, so both texts have the same comments in the same order.
    """
    first, last = token.map or [0, 0]
    theirs = _BEGINNING.finditer(token.content)
    ours = _BEGINNING.finditer(lines.text, lines.starts[first], lines.starts[last])
    return {one.start(): other.start() for one, other in zip(theirs, ours, strict=True)}


def _marker(
    lines: Lines, found: re.Match[str], start: int, end: int, *, prefix: str | None = None, place: int = 0
) -> Marker:
    return Marker(
        start=start,
        end=end,
        line=lines.number_at(start) + 1,
        request=found["request"],
        checksum=found["checksum"] or "",
        prefix=prefix,
        place=place,
    )


# On lines of their own --------------------------------------------------------------------------------------


def _in_html(lines: Lines, token: Token) -> tuple[list[Marker], list[Problem]]:
    """The markers in a block of HTML, which a comment at the beginning of a line is, too."""
    first, last = token.map or [0, 0]
    begin = token.content.lstrip()
    if begin.startswith("<!--"):
        return _in_comment_lines(lines, lines.starts[first], lines.starts[last])
    if _RAW.match(begin):
        return [], []
    markers: list[Marker] = []
    problems: list[Problem] = []
    for number in range(first, last):
        found, wrong = _in_comment_lines(lines, lines.starts[number], lines.starts[number + 1])
        markers += found
        problems += [problem._replace(message=IN_HTML) for problem in wrong]
    return markers, problems


def _in_comment_lines(lines: Lines, start: int, stop: int) -> tuple[list[Marker], list[Problem]]:
    """The markers between two places, if there is nothing else; otherwise a fault for the first."""
    comments = list(_ANY_COMMENT.finditer(lines.text, start, stop))
    found = [COMMENT.match(lines.text, comment.start(), stop) for comment in comments]
    ours = [one for one in found if one]
    if not ours:
        return [], []
    before = lines.text[start : ours[0].start()].removeprefix(BYTE_ORDER_MARK)
    if not _BEFORE.match(before) or not _are_all(ours, lines.text[ours[0].start() : stop]):
        line = lines.number_at(ours[0].start()) + 1
        return [], [fault_on(line, SWALLOWED)]
    return [_marker(lines, one, one.start(), one.end(), prefix=before) for one in ours], []


def _are_all(found: Sequence[re.Match[str]], text: str) -> bool:
    """Whether the text has nothing but these comments: one, or the two that begin and end an empty block."""
    for one in found:
        text = text.replace(one[0], "", 1)
    return not text.strip() and [one["request"] is None for one in found] in ([False], [True], [False, True])
