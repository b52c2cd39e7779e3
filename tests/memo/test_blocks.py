"""Blocks: where they are in a Markdown text, what they hold, and that nothing else changes."""

from __future__ import annotations

from time import process_time

import pytest

from ruralsyn.memo.blocks import Block, blocks_in, checksum_of, closing, opening, with_block, with_contents
from ruralsyn.memo.headings import headings_in
from ruralsyn.memo.lines import Lines

OPEN, CLOSE = opening("cases"), closing()
EMPTY = f"{OPEN}\n{CLOSE}\n"


def found(text: str) -> list[Block]:
    blocks, problems = blocks_in(Lines(text))
    assert problems == []
    return blocks


def faults(text: str) -> list[tuple[int | None, str]]:
    return [(problem.line, problem.message) for problem in blocks_in(Lines(text))[1]]


def filled(text: str, *contents: str) -> str:
    lines = Lines(text)
    return with_contents(lines, found(text), contents)


BLOCKS = {
    "alone": EMPTY,
    "after a line of text": f"Text\n{EMPTY}",
    "after front matter": f"---\ntitle: A\n---\n{EMPTY}",
    "on one line": f"{OPEN} {CLOSE}\n",
    "without blanks in the comments": "<!--ruralsyn:cases-->\n<!--/ruralsyn-->\n",
    "over several lines": "<!-- ruralsyn:\ncases\n-->\n<!-- /ruralsyn -->",
    "in a list": f"- item\n\n  {OPEN}\n  {CLOSE}\n\n- item\n",
    "in a numbered list": f"1. item\n\n   {OPEN}\n   {CLOSE}\n",
    "in a quotation": f"> text\n>\n> {OPEN}\n> {CLOSE}\n",
    "in HTML": f"<details>\n<summary>More</summary>\n\n{EMPTY}\n</details>\n",
    "at the beginning of HTML": f"<div>\n{EMPTY}</div>\n",
    "after a comment": f"<!-- a comment -->\n{EMPTY}",
    "after a fence": f"```\ncode\n```\n{EMPTY}",
    "in a section of Quarto": f"::: {{.callout-note}}\n{EMPTY}:::\n",
    "with a byte order mark": f"\ufeff{EMPTY}",
    "with returns only": f"Text\r\r{OPEN}\r{CLOSE}\r",
}


@pytest.mark.parametrize("text", BLOCKS.values(), ids=BLOCKS)
def test_a_block_is_found_wherever_it_may_stand(text: str) -> None:
    (block,) = found(text)
    assert (block.request, block.inline, block.made, block.text) == ("cases", False, False, "")
    assert Lines(text).text[block.start : block.closed].endswith("-->")


VALUES = {
    "in a sentence": f"There are {OPEN}8{CLOSE} cases.",
    "at the end of a line": f"There are {OPEN}8{CLOSE}\ncases.",
    "in a heading": f"# Of {OPEN}8{CLOSE} cases",
    "first in a heading": f"# {OPEN}8{CLOSE} cases",
    "in bold type": f"There are **{OPEN}8{CLOSE}** cases.",
    "in a link": f"[All {OPEN}8{CLOSE}](cases.md) cases.",
    "in a cell": f"| a | b |\n|---|---|\n| x | {OPEN}8{CLOSE} |\n",
    "in a list": f"- all {OPEN}8{CLOSE} cases",
    "in a quotation": f"> one\n> of {OPEN}8{CLOSE} cases",
    "in a quotation in a list": f"- > one\n  > of {OPEN}8{CLOSE} cases",
    "after a line break": f"There\nare {OPEN}8{CLOSE}\ncases.",
    "in a footnote": f"Text[^1]\n\n[^1]: of {OPEN}8{CLOSE} cases.",
    "after a code span": f"`code` {OPEN}8{CLOSE} cases",
    "after an escaped comment": f"\\{OPEN} and {OPEN}8{CLOSE} cases",
    "with front matter": f"---\na: b\n...\nAll {OPEN}8{CLOSE}.",
    "with Windows lines": f"One\r\nof {OPEN}8{CLOSE}\r\ncases\r\n",
}


@pytest.mark.parametrize("text", VALUES.values(), ids=VALUES)
def test_a_value_is_found_in_running_text(text: str) -> None:
    (value,) = found(text)
    assert (value.request, value.inline, value.text) == ("cases", True, "8")
    assert text[value.start : value.end] == "8"
    assert filled(text, "nine") == text.replace("-->8<!--", "-->nine<!--")
    assert filled(text, "8") == text


TEXT = {
    "a code span": f"`{OPEN}` and ``{CLOSE}``",
    "a fence": f"```\n{EMPTY}```\n",
    "a fence with a language": f"~~~~markdown\n{EMPTY}~~~~\n",
    "a fence in a list": f"- item\n\n  ```\n  {OPEN}\n  {CLOSE}\n  ```\n",
    "a fence that never ends": f"```\n{EMPTY}",
    "indented code": f"Text\n\n    {OPEN}\n    {CLOSE}\n",
    "another comment": f"<!-- an example:\n{OPEN}\n",
    "a comment in a sentence": f"Text <!-- see {OPEN} there",
    "front matter": f"---\ntitle: {OPEN}8{CLOSE}\n---\n",
    "escaped": f"\\{OPEN} is how a block begins",
    "a script": f"<script>\n{OPEN}\n</script>\n",
    "preformatted": f"<pre>\n{EMPTY}</pre>\n",
    "dashes in code": "`<!– ruralsyn: cases –>` and\n\n```\n<!– ruralsyn: cases –>\n```\n",
    "something else": "<!-- ruralsyn is a program -->\n<!-- /other -->\n",
}


@pytest.mark.parametrize("text", TEXT.values(), ids=TEXT)
def test_what_readers_see_as_text_is_no_block(text: str) -> None:
    assert found(text) == []


NO_COMMENT = "this looks like a comment of ruralsyn but is none"
SWALLOWED = "this line begins with a comment"
WRONG = {
    "not closed": (f"Text\n\n{OPEN}\n", [(3, "the block is not closed")]),
    "closed in code": (f"{OPEN}\n\n```\n{CLOSE}\n```\n", [(1, "the block is not closed")]),
    "nested": (f"{OPEN}\n{OPEN}\n{CLOSE}\n", [(1, "the block is not closed")]),
    "nested whole": (
        f"{OPEN}\n{OPEN}\n{CLOSE}\n{CLOSE}\n",
        [(1, "the block is not closed"), (4, "no block begins before")],
    ),
    "not opened": (f"Text\n{CLOSE}\n", [(2, "no block begins before")]),
    "half in a sentence": (f"Text {OPEN}\n\ntext {CLOSE}\n", [(3, "only one of the two")]),
    "one alone": (f"{OPEN}\n\ntext {CLOSE}\n", [(3, "only one of the two")]),
    "indented differently": (f"- item\n\n  {OPEN}\n\n{CLOSE}\n", [(5, "this comment and that of line 3")]),
    "a value that begins a line": (f"{OPEN}8{CLOSE} cases", [(1, SWALLOWED)]),
    "a value that begins a later line": (f"All\n{OPEN}8{CLOSE} cases", [(2, SWALLOWED)]),
    "a value that begins an item": (f"- {OPEN}8{CLOSE} cases", [(1, SWALLOWED)]),
    "a value that begins a task": (f"- [ ] {OPEN}8{CLOSE} cases", [(1, SWALLOWED)]),
    "a value that begins a footnote": (f"[^1]: {OPEN}8{CLOSE} cases", [(1, SWALLOWED)]),
    "a value that begins a definition": (f"Term\n: {OPEN}8{CLOSE} cases", [(2, SWALLOWED)]),
    "an end that begins a line": (f"All {OPEN}8\n{CLOSE} cases", [(2, SWALLOWED)]),
    "a value in HTML": (f"<table><tr><td>{OPEN}8{CLOSE}</td></tr></table>", [(1, "a value cannot stand")]),
    "no checksum": (
        f"{OPEN}\n<!-- /ruralsyn sha256:12 -->\n",
        [(2, "the checksum in this comment")],
    ),
    "a block that begins an item": (f"- {OPEN}\n  {CLOSE}\n", [(1, SWALLOWED)]),
    "no colon, closed": (f"<!-- ruralsyn cases -->\n{CLOSE}\n", [(1, NO_COMMENT)]),
    "no colon": ("Text\n<!-- ruralsyn effects domain=finance -->\n", [(2, NO_COMMENT)]),
    "no colon, one word": ("<!-- ruralsyn cases -->\n", [(1, NO_COMMENT)]),
    "dashes": ("Text\nof <!– ruralsyn: cases –> and\n", [(2, NO_COMMENT)]),
    "long dashes": ("<!—ruralsyn: cases—>\n", [(1, NO_COMMENT)]),
    "a second block": (f"{EMPTY}\n{OPEN}\n", [(4, "the block is not closed")]),
}


@pytest.mark.parametrize(("text", "expected"), WRONG.values(), ids=WRONG)
def test_comments_that_make_no_block_are_told_with_their_line(
    text: str, expected: list[tuple[int, str]]
) -> None:
    told = sorted(faults(text), key=lambda fault: fault[0] or 0)
    assert [line for line, _ in told] == [line for line, _ in expected]
    for (_, message), (_, words) in zip(told, expected, strict=True):
        assert message.startswith(words)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_contents_take_the_line_ends_and_the_prefix_of_their_block(end: str) -> None:
    text = end.join(("> Text", ">", f"> {OPEN}", f"> {CLOSE}", "", "End"))
    new = filled(text, "One\n\nTwo")
    begin = ("> Text", ">", f"> {OPEN}", ">", "> One", ">", "> Two", ">")
    assert new == end.join((*begin, f"> {closing('One' + chr(10) * 2 + 'Two')}", "", "End"))
    (block,) = found(new)
    assert (block.text, block.edited) == ("One\n\nTwo", False)
    assert filled(new, "One\n\nTwo") == new


def test_the_checksum_is_of_the_text_with_plain_line_ends() -> None:
    made = filled(EMPTY, "One\n\nTwo")
    assert f"sha256:{checksum_of('One' + chr(10) * 2 + 'Two')} -->" in made
    (block,) = found(made.replace("\n", "\r\n"))
    assert not block.edited
    (block,) = found(made.replace("Two", "Three"))
    assert block.edited


def test_line_ends_within_a_current_block_stay_as_they_are() -> None:
    # An editor or git may have changed them; the text is the same.
    made = filled(EMPTY, "One\n\nTwo").replace("One\n", "One\r\n")
    assert filled(made, "One\n\nTwo") == made


def test_a_block_without_checksum_is_still_to_be_made() -> None:
    (block,) = found(f"{OPEN}\n\nOld text\n\n{CLOSE}\n")
    assert (block.made, block.edited, block.text) == (False, False, "Old text")


def test_a_block_with_nothing_to_show_has_a_checksum_too() -> None:
    made = filled(EMPTY, "")
    (block,) = found(made)
    assert block.made
    assert filled(made, "") == made


PLACES = {
    "an empty file": ("", f"{EMPTY}"),
    "the end": ("Text\n", f"Text\n\n{EMPTY}"),
    "the end without line end": ("Text", f"Text\n\n{EMPTY}"),
    "a blank line at the end": ("Text\n\n", f"Text\n\n{EMPTY}"),
    "Windows lines": ("Text\r\n", f"Text\n\n{EMPTY}".replace("\n", "\r\n")),
    "a byte order mark alone": ("\ufeff", f"\ufeff{EMPTY}"),
}


@pytest.mark.parametrize(("text", "expected"), PLACES.values(), ids=PLACES)
def test_a_block_is_put_at_the_end(text: str, expected: str) -> None:
    assert with_block(Lines(text), "cases", len(text)) == expected


@pytest.mark.parametrize(
    ("text", "wanted", "lines"),
    [
        ("# A\n\n## Results\n", "## Results", [3]),
        ("# A\n\n## Results\n", "results", [3]),
        ("# A\n\n## Results\n", "### Results", []),
        ("Results\n-------\n", "## Results", [1]),
        ("Results\n=======\n", "# Results", [1]),
        ("## Results {#res}\n", "## Results", [1]),
        ("## Results ##\n", "## Results", [1]),
        ("```\n## Results\n```\n", "## Results", []),
        ("- ## Results\n", "## Results", []),
        ("---\n# Results\n---\n# Results\n", "# Results", [4]),
        ("## Results\n\n## Results\n", "Results", [1, 3]),
    ],
)
def test_a_heading_is_found_by_its_text(text: str, wanted: str, lines: list[int]) -> None:
    assert [heading.line for heading in headings_in(Lines(text)) if heading.is_called(wanted)] == lines


VALUE = "<!-- ruralsyn: count cases -->8<!-- /ruralsyn -->"


@pytest.mark.parametrize(
    "text",
    [
        f"null\0 {VALUE} \0end\n",
        f"\u00a0\nafter a line that is blank for Python only {VALUE} end\n",
        f"\x0c\n{'second line'} {VALUE}\n---\n",
        f"1. item\n\tand a tab {VALUE} end\n",
        f"- item\n\tand {VALUE}\n\tand {VALUE}\n",
        f"[name]: /address\n'title'\nText {VALUE}\n",
        f"`<!-- ruralsyn: cases` <!-- note --> {VALUE} end\n",
        f"> Text <!--\n> note --> {VALUE} end\n> and {VALUE}\n",
        f"# Heading {VALUE} ##\n",
    ],
    ids=[
        "null",
        "no-break space",
        "form feed",
        "tab in a list",
        "lines in a list",
        "reference",
        "code",
        "comment in a quotation",
        "heading",
    ],
)
def test_a_value_is_put_where_its_comments_are(text: str) -> None:
    lines = Lines(text)
    blocks, problems = blocks_in(lines)
    assert not problems
    new = with_contents(lines, blocks, ["NEW"] * len(blocks))
    assert new == text.replace("-->8<", "-->NEW<")


def test_blocks_after_lists_in_lists_are_found() -> None:
    nested = "".join("  " * level + "- item\n" for level in range(20))
    blocks, problems = blocks_in(Lines(f"{nested}\nEnd {VALUE}\n"))
    assert (len(blocks), problems) == (1, [])


def test_many_values_are_found_in_little_time() -> None:
    start = process_time()
    blocks, _ = blocks_in(Lines(f"a {VALUE} b\n" * 8000))
    assert len(blocks) == 8000
    # Of the processor: half a second, and ten with the square of the number of values.
    assert process_time() - start < 5
