"""Every format shows any text in a cell unchanged, and no text breaks a table."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from typing import TypeVar

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rich.cells import cell_len

from ruralsyn.cli.request import request
from ruralsyn.dataset.model import Dataset
from ruralsyn.errors import UsageError
from ruralsyn.lazy import imported
from ruralsyn.page.content import Sentence
from ruralsyn.page.document import Block, Bullets, Column, Document, Figure, Heading, Paragraph, Table
from ruralsyn.page.grid import Grid
from ruralsyn.page.text import text_of, visible
from ruralsyn.page.values import Cite, MixedText, Noted, Strong, Term
from ruralsyn.render.formats import FORMATS
from ruralsyn.render.latex import escape as latex_escape
from ruralsyn.render.screen import PAPER, Screen

from ..conftest import need

HOSTILE = [
    "a|b",
    "a\\|b",
    "a\nb",
    "back\\slash\\",
    "`code` ``two``",
    "[x](y) ![z](w) [p. 12]",
    "<b>bold</b><script>alert(1)</script>",
    "&lt;&amp;&#35;&copy;",
    ":warning: :+1:",
    "\x1b[31mred\x1b[0m \x07 \x9b31m",
    "*a* _b_ **c** __d__ ~~e~~ ~f~ ^g^ $h$ @i",
    "# heading",
    "- item",
    "1. item",
    "2) item",
    "| a | b |",
    "1e5",
    "12345678901234567890",
    "  leading",
    "漢字 full width",
    "e\u0301 combining",
    "=1+1",
    "--- ... -- '",
    "{% raw %} {{ x }}",
    "\u202eright to left",
    "[^1] [@cite]",
    "https://example.org/a_b",
    "\ttab",
    "<br>",
    "\n0",
]
AnyBlock = TypeVar("AnyBlock", bound=Block)
CELL = st.text(max_size=40) | st.sampled_from(HOSTILE)


def table_of(*texts: str) -> Table:
    """A table with each text in both columns. With only two columns it is never made into several."""
    columns = (Column("first", "First"), Column("second", "Second", weight=2))
    rows = tuple(row for text in texts for row in ((text, "beside"), ("before", text)))
    return Table("t", "Title", columns, rows, notes=("A note.",))


def squeezed(text: str) -> str:
    """The text as a reader sees it: control characters as pictures, several blanks as one."""
    return " ".join(visible(text).split())


def markdown_rows(text: str) -> list[list[str]]:
    """The cells of the tables in Markdown, as GitHub shows them."""
    rows: list[list[str]] = []
    for token in MarkdownIt("gfm-like", {"linkify": False, "html": True}).parse(text):
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline" and token.level == 4:
            parts = [
                {"<br>": "\n", "<!-- -->": ""}.get(child.content, child.content)
                if child.type == "html_inline"
                else child.content
                for child in token.children or ()
            ]
            rows[-1].append("".join(parts))
    return rows


class CellReader(HTMLParser):
    """Reads the text of every table cell of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.cells: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag in ("td", "th"):
            self._inside = True
            self.cells.append("")
        elif tag == "br" and self._inside:
            self.cells[-1] += "\n"
        elif self._inside:
            assert tag in ("sup", "a", "strong", "span"), f"<{tag}> came from a cell"

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.cells[-1] += data


def render(name: str, content: Table | Document, screen: Screen = PAPER) -> str:
    text = FORMATS[name].render(content, screen)
    assert isinstance(text, str)
    return text


def hostile_examples(function: Callable[..., None]) -> Callable[..., None]:
    for text in HOSTILE:
        function = example(text)(function)
    return function


@hostile_examples
@given(CELL)
def test_markdown_keeps_cells_whole(text: str) -> None:
    _, first, second, *others = markdown_rows(render("markdown", table_of(text, "other")))
    assert [squeezed(cell) for cell in first] == [squeezed(text), "beside"]
    assert [squeezed(cell) for cell in second] == ["before", squeezed(text)]
    assert others == [["other", "beside"], ["before", "other"]]


@hostile_examples
@given(CELL)
def test_markdown_keeps_prose_and_headings_whole(text: str) -> None:
    content = Document(
        f"T {text}", (Heading(f"H {text}"), Paragraph((text or "x",)), Bullets(((f"B {text}",),)))
    )
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(render("markdown", content))
    kinds = [token.type for token in tokens if token.type.endswith("_open")]
    assert kinds[:2] == ["heading_open", "heading_open"]
    assert not {"table_open", "ordered_list_open", "fence", "blockquote_open"} & set(kinds)


@hostile_examples
@given(CELL)
def test_html_keeps_cells_whole(text: str) -> None:
    reader = CellReader()
    reader.feed(render("html", table_of(text)))
    assert [squeezed(cell) for cell in reader.cells[2:]] == [
        squeezed(text),
        "beside",
        "before",
        squeezed(text),
    ]


@hostile_examples
@given(CELL)
def test_csv_keeps_cells_whole(text: str) -> None:
    rows = list(csv.reader(io.StringIO(render("csv", table_of(text)), newline="")))
    assert rows == [["first", "second"], [visible(text), "beside"], ["before", visible(text)]]


@hostile_examples
@given(CELL)
def test_tsv_keeps_cells_whole(text: str) -> None:
    head, first, second, end = render("tsv", table_of(text)).split("\n")
    assert (head, end) == ("first\tsecond", "")
    for cell in (first.split("\t")[0], second.split("\t")[1]):
        plain = re.sub(r"\\(.)", lambda m: {"t": "\t", "n": "\n", "r": "\r"}.get(m[1], m[1]), cell)
        assert plain == visible(text)


@hostile_examples
@given(CELL)
def test_json_keeps_cells_exactly(text: str) -> None:
    assert json.loads(render("json", table_of(text))) == [
        {"first": text, "second": "beside"},
        {"first": "before", "second": text},
    ]
    assert json.loads(render("jsonl", table_of(text)).split("\n")[1])["second"] == text


@hostile_examples
@settings(deadline=None)
@given(CELL)
def test_a_terminal_shows_cells_whole_and_never_obeys_them(text: str) -> None:
    shown = render("table", table_of(text), Screen(width=None))
    assert "\x1b" not in shown
    assert all(word in shown for word in squeezed(text).split() if cell_len(word) <= 40)
    narrow = render("table", table_of(text), Screen(width=50))
    assert all(cell_len(line) <= 50 for line in narrow.split("\n"))


@hostile_examples
@given(CELL)
def test_latex_leaves_no_special_character_bare(text: str) -> None:
    escaped = latex_escape(text)
    without_commands = re.sub(r"\\[a-zA-Z]+(\{\})?|\\[^a-zA-Z]|\{[\[\]]\}|-\{\}", "", escaped)
    assert not re.search(r"[&%$#_^~\\]", without_commands)


@pytest.mark.parametrize("text", HOSTILE)
def test_pandoc_reads_the_cells_of_both_dialects(text: str) -> None:
    need("pandoc")
    source = render("markdown", table_of(text))
    for dialect in ("gfm", "markdown-smart"):
        done = subprocess.run(
            ["pandoc", "-f", dialect, "-t", "html"], input=source, capture_output=True, text=True, check=True
        )
        reader = CellReader()
        reader.feed(done.stdout)
        assert done.stderr == ""
        seen = [unicodedata.normalize("NFC", squeezed(cell)) for cell in reader.cells[2:]]
        wanted = unicodedata.normalize("NFC", squeezed(text))
        assert seen == [wanted, "beside", "before", wanted]


# What values look like ----------------------------------------------------------------------------------

CITE = (
    Cite("b", "s", 1, "B s"),
    Cite("b", "s", 2, "B s"),
    Cite("b", "s", 4, "B s"),
    Cite("b", "t", 1, "B t"),
)
TYPED = Table(
    "t",
    "Typed",
    (
        Column("word", "Word"),
        Column("places", "Places"),
        Column("gone", "Gone", blank="nowhere"),
        Column("truth", "Truth"),
        Column("list", "List"),
        Column("hidden", "Hidden", human=False),
        Column("shown", "Shown", machine=False),
    ),
    ((Noted(Term("w", "A word", "good"), "A footnote."), CITE, None, True, ("a", "b"), 7, "seen"),),
)


def test_people_get_labels_and_programs_get_ids() -> None:
    assert json.loads(render("json", TYPED)) == [
        {
            "word": "w",
            "places": [{"brief": c.brief, "section": c.section, "paragraph": c.paragraph} for c in CITE],
            "gone": None,
            "truth": True,
            "list": ["a", "b"],
            "hidden": 7,
        }
    ]
    assert render("csv", TYPED).split("\n")[1] == "w,b/s/1; b/s/2; b/s/4; b/t/1,,true,a; b,7"
    _, row = markdown_rows(render("markdown", TYPED))
    mark = re.match(r"A word(\[\^[0-9a-f]{4}-1\])", row[0])
    assert mark is not None
    assert row[1:] == ["B s ¶1–2, 4; B t ¶1", "nowhere", "yes", "a; b", "seen"]
    assert f"\n{mark[1]}: A footnote.\n" in render("markdown", TYPED)


@pytest.mark.parametrize("name", ["table", "markdown", "html", "latex"])
def test_notes_and_footnotes_travel_with_the_table(name: str) -> None:
    shown = render(name, table_of("x")) + render(name, TYPED)
    assert "A note." in shown
    assert "A footnote." in shown


def test_places_are_a_footnote_for_people_and_nothing_for_programs() -> None:
    table = Table("t", "T", (Column("a", "A"),), ((Noted(MixedText(("x ", Strong("y"))), "", CITE[:1]),),))
    assert json.loads(render("json", table)) == [{"a": "x y"}]
    assert render("csv", table) == "a\nx y\n"
    (mark,) = re.findall(r"x \*\*y\*\*(\[\^[\w-]+\]) ", render("markdown", table))
    assert f"\n{mark}: B s ¶1.\n" in render("markdown", table)
    for name in ("table", "html", "latex"):
        # The mark after the value, and the place once at the end.
        assert render(name, table).count("B s") == 1
    assert "x y [1]" in render("table", table)


def test_a_document_in_json_has_its_tables_by_id() -> None:
    other = Table("u", "U", (Column("a", "A"),), (("v",),))
    data = json.loads(render("json", Document("D", (Heading("H"), TYPED, other), "data 1")))
    assert (data["title"], data["dataset"], list(data["tables"])) == ("D", "data 1", ["t", "u"])
    assert data["tables"]["u"] == [{"a": "v"}]


def test_an_empty_table_says_so_and_keeps_its_shape() -> None:
    empty = Table("t", "T", (Column("a", "A"), Column("b", "B")), (), empty="Nothing at all.")
    assert json.loads(render("json", empty)) == []
    assert render("csv", empty) == "a,b\n"
    for name in ("table", "markdown", "html", "latex"):
        assert "Nothing at all." in render(name, empty)


# The terminal -------------------------------------------------------------------------------------------

WIDE = Table(
    "t",
    "Wide",
    (
        Column("a", "Alpha"),
        Column("b", "Beta", spare=1, weight=2),
        Column("c", "Gamma", spare=2),
        Column("d", "Delta", whole=True),
    ),
    (("one two three four five six seven", "lorem ipsum " * 12, "some other text here", "▲ not broken"),) * 2,
)


@pytest.mark.parametrize("width", [30, 40, 60, 80, 100, 140, 200])
def test_a_table_fits_the_width_without_losing_a_word(width: int) -> None:
    shown = render("table", WIDE, Screen(width))
    assert all(cell_len(line) <= width for line in shown.split("\n"))
    assert "…" not in shown
    assert "▲ not broken" in shown
    for label in ("Beta", "Gamma"):
        assert label in shown
    for word in "one two three four five six seven".split():
        assert word in shown


def test_columns_left_out_are_named() -> None:
    assert "Left out at this width: Beta, Gamma." in render("table", WIDE, Screen(40))
    assert "Left out" not in render("table", WIDE, Screen(160))
    assert "Left out" not in render("table", WIDE, PAPER)


def test_colour_only_where_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[" in render("table", TYPED, Screen(80, colour=True))
    assert "\x1b" not in render("table", TYPED, Screen(80))


def test_groups_stand_under_their_headings() -> None:
    table = Table(
        "t",
        "T",
        (Column("x", "X"), Column("g", "Group"), Column("h", "Sub")),
        (("1", "G1", "a"), ("2", "G1", "a"), ("3", "G2", "b")),
        group_by="g",
        once="h",
    )
    lines = [line.split() for line in render("table", table, Screen(60)).split("\n") if line.strip("─ ")]
    assert lines == [["T"], ["G1"], ["Sub", "X"], ["a", "1"], ["2"], ["G2"], ["b", "3"]]


def blocks_of(shown: str) -> list[list[str]]:
    """The lines of the output, split at blank lines."""
    return [part.split("\n") for part in shown.strip("\n").split("\n\n")]


def test_notes_follow_the_table_after_a_blank_line() -> None:
    table = Table("t", "T", (Column("a", "A"),), (("x",),), notes=("One.", "Two."), origin=("From there.",))
    wanted = [["T"], ["One.", "Two.", "From there."]]
    shown = blocks_of(render("table", table, Screen(40)))
    assert [shown[0][:1], shown[1]] == wanted
    assert len(shown) == 2
    shown = blocks_of(
        render("table", Document("D", (table, Paragraph(("After.",))), notes=("Last.",)), Screen(40))
    )
    assert [part if part[0] != "T" else ["T"] for part in shown] == [["D"], *wanted, ["After."], ["Last."]]


@pytest.mark.parametrize("name", ["table", "html"])
def test_equal_footnotes_are_printed_once_at_the_end_of_a_document(name: str) -> None:
    table = Table("t", "T", (Column("a", "A"),), ((Noted("x", "Same.", CITE[:1]),), (Noted("y", "Other."),)))
    content = Document(
        "D",
        (table, Paragraph((Noted("Text.", "Same.", CITE[:1]),)), replace(table, id="u")),
        notes=("Last.",),
    )
    shown = render(name, content, Screen(60))
    assert [shown.count(text) for text in ("Same. (B s ¶1)", "Other.", "Last.")] == [1, 1, 1]
    assert shown.index("Last.") < shown.index("Same.") < shown.index("Other.")
    if name == "table":
        assert blocks_of(shown)[-1] == ["[1] Same. (B s ¶1)", "[2] Other."]
        assert re.findall(r"(\w+\.?) \[(\d)\]$", shown, re.MULTILINE) == [
            ("x", "1"), ("y", "2"), ("Text.", "1"), ("x", "1"), ("y", "2"),
        ]  # fmt: skip
    else:
        assert re.findall(r'<li id="note-(\d)" value="(\d)">', shown) == [("1", "1"), ("2", "2")]
        assert re.findall(r'href="#note-(\d)"', shown) == ["1", "2", "1", "1", "2"]


SHORT_FORMS = Table(
    "t",
    "T",
    (Column("case", "Case"), Column("income", "Income"), Column("food", "Food")),
    (
        ("Peru", Term("none", "not reported", "quiet", short="·"), Term("no", "no effects given", short="—")),
        ("Mali", Term("none", "not reported", "quiet", short="·"), Noted(Term("x", "plenty"), "Note.")),
    ),
)


def test_short_forms_are_for_narrow_terminals_and_explained() -> None:
    wide = render("table", SHORT_FORMS, Screen(80))
    assert "not reported" in wide
    assert "·" not in wide
    narrow = render("table", SHORT_FORMS, Screen(30))
    lines = [line.split() for line in narrow.split("\n")]
    assert ["Peru", "·", "—"] in lines
    assert ["Mali", "·", "plenty", "[1]"] in lines
    assert " ".join(narrow.split()).count("· = not reported; — = no effects given.") == 1
    # A pipe has no width, and the other formats wrap.
    assert render("table", SHORT_FORMS, PAPER) == wide
    for name in ("markdown", "html", "latex"):
        assert "·" not in re.sub(r"<style>.*?</style>", "", render(name, SHORT_FORMS), flags=re.DOTALL)


def never_narrowed(block: AnyBlock) -> AnyBlock:
    """The block; a table without columns that a narrow screen leaves out."""
    if not isinstance(block, Table):
        return block
    return replace(block, columns=tuple(replace(column, spare=0) for column in block.columns))


def words_in(content: Table | Document, most: int) -> Counter[str]:
    """The words of the tables that a screen of this width can show whole."""
    tables = (
        [block for block in content.blocks if isinstance(block, Table)]
        if isinstance(content, Document)
        else [content]
    )
    return Counter(
        word.rstrip(",:")
        for table in tables
        for row in table.shown().rows
        for value, column in zip(row, table.shown().columns, strict=True)
        if column.key not in (table.group_by, table.once)
        for word in text_of(value, column.blank).split()
        if cell_len(word) <= most
    )


def test_a_screen_without_room_for_the_columns_stacks_them() -> None:
    table = Table(
        "t",
        "T",
        (Column("a", "Case"), Column("b", "Empowerment"), Column("c", "Dissatisfaction")),
        (("Peru Juntos", "unfavourable", None), ("Mali", "favourable", Noted("multidimensional", "Note."))),
    )
    assert render("table", table, Screen(20)) == (
        "T\n"
        "Peru Juntos\n"
        "  Empowerment:\n"
        "  unfavourable\n"
        "  Dissatisfaction:\n"
        "  not reported\n"
        "\n"
        "Mali\n"
        "  Empowerment:\n"
        "  favourable\n"
        "  Dissatisfaction:\n"
        "  multidimensional\n"
        "  [1]\n"
        "\n"
        "[1] Note.\n"
    )
    # Where the longest words of all columns fit, the rows stay a table.
    assert "─" in render("table", table, Screen(50))


@pytest.mark.parametrize("width", [20, 30, 40])
@pytest.mark.parametrize("command", ["effects", "coordination", "cases", "lessons", "sources", "vocabulary"])
def test_no_word_that_fits_a_narrow_screen_is_broken(command: str, width: int, bundled: Dataset) -> None:
    content = request(command, dataset=bundled)
    assert isinstance(content, Table | Document)
    # A screen names the columns that it leaves out, so here none may go.
    content = (
        replace(content, blocks=tuple(never_narrowed(block) for block in content.blocks))
        if isinstance(content, Document)
        else never_narrowed(content)
    )
    shown = render("table", content, Screen(width))
    assert all(cell_len(line) <= width for line in shown.split("\n"))
    # What a row is about is indented by two.
    wanted = words_in(content, width - 4)
    # In a narrower table a word may be followed by the next value.
    seen = Counter(word.rstrip(",:") for word in shown.split())
    if isinstance(content, Document):
        assert not set(wanted) - set(seen)
    else:
        assert not wanted - seen


# Markdown -----------------------------------------------------------------------------------------------


def dashes(text: str) -> list[int]:
    """How many dashes each column of the first table has."""
    rule = next(line for line in text.split("\n") if line.startswith("|-"))
    return [len(part) for part in rule.strip("|").split("|")]


def test_dashes_are_in_proportion_to_what_is_seen() -> None:
    columns = (Column("a", "A"), Column("b", "B", number=True))
    # Escapes and labels of footnotes take room in the source and none on the page.
    text = "one two three four five six seven"
    plain = dashes(render("markdown", Table("t", "T", columns, ((text, text),))))
    assert plain[0] == plain[1]
    noted = Noted(Term("x", text), "A note that is much longer than the text." * 3)
    starred = text.replace("o", "*")
    marked = dashes(render("markdown", Table("t", "T", columns, ((text, noted),))))
    # The number of the footnote is seen, and small.
    assert [abs(more - size) for more, size in zip(marked, plain, strict=True)] == [1, 1]
    escaped = dashes(render("markdown", Table("t", "T", columns, ((starred, starred),))))
    assert escaped[0] == escaped[1]
    assert abs(escaped[0] - plain[0]) <= 1
    # A column of long text is wider, and one of few letters is still as wide as its word.
    narrow, wide = dashes(
        render("markdown", Table("t", "T", columns, (("favourable", "lorem ipsum " * 30),)))
    )
    assert 10 <= narrow < wide / 2


@pytest.mark.parametrize("size", range(1, 6))
def test_dashes_are_about_a_hundred_and_keep_the_alignment(size: int) -> None:
    columns = tuple(Column(f"c{n}", f"C{n}", number=n % 2 == 1) for n in range(size))
    shown = render("markdown", Table("t", "T", columns, (tuple("x" * (n + 1) for n in range(size)),)))
    assert abs(sum(dashes(shown)) - 100) <= size
    rule = next(line for line in shown.split("\n") if line.startswith("|-"))
    assert [part.endswith(":") for part in rule.strip("|").split("|")] == [n % 2 == 1 for n in range(size)]


@pytest.mark.parametrize("after", ["table", "bullets"])
def test_notes_are_one_paragraph_and_never_items_of_a_list(after: str) -> None:
    notes = ("- First note.", "1. Second note.", "Third note.")
    table = Table("t", "T", (Column("a", "A"),), (("x",),), notes=notes)
    blocks = (table,) if after == "table" else (Bullets((("An item.",),)),)
    shown = render("markdown", Document("D", blocks, notes=notes if after == "bullets" else ()))
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(shown)
    paragraphs = [
        tokens[index + 1].content
        for index, token in enumerate(tokens)
        if token.type == "paragraph_open" and token.level == 0
    ]
    assert paragraphs[-1].replace("\\", "") == "- First note. 1. Second note. Third note."
    assert sum(token.type == "list_item_open" for token in tokens) == (after == "bullets")


# Footnotes and figures ----------------------------------------------------------------------------------

IN_A_LIST = Table(
    "t",
    "T",
    (Column("a", "A"),),
    (
        (
            (
                Noted("one", "First note."),
                "plain",
                Noted(Noted(Term("two", "two", "good"), "Second note.", CITE[:1]), "First note."),
            ),
        ),
    ),
)


def test_footnotes_inside_lists_are_kept() -> None:
    for name in ("table", "markdown", "html", "latex"):
        shown = render(name, IN_A_LIST)
        assert "one; plain; two" in shown
        assert shown.count("First note.") == shown.count("Second note.") == 1, name
        # Apart, since the marks 1 and 2 would be read as 12.
        assert re.search(
            {
                "table": r"two \[1\] \[2\] \[1\]",
                "markdown": r"two\[\^\w+-1\],\[\^\w+-2\],\[\^\w+-1\]",
                "html": r"two<sup>.*1</a></sup><sup>,</sup><sup>.*2</a></sup><sup>,</sup><sup>.*1</a></sup>",
                "latex": r"two(\\textsuperscript\{[12,]\}){5}",
            }[name],
            shown,
        ), shown
    assert json.loads(render("json", IN_A_LIST)) == [{"a": ["one", "plain", "two"]}]


def test_latex_puts_the_footnotes_of_a_list_at_the_foot_if_the_document_does() -> None:
    shown = render("latex", Document("D", (IN_A_LIST,), citations="notes"))
    assert [shown.count(f"\\footnote{{{text}") for text in ("First note.", "Second note.")] == [2, 1]
    assert "description" not in shown


@pytest.mark.parametrize("name", ["table", "markdown", "latex"])
def test_a_figure_is_its_table_where_nothing_is_drawn(name: str) -> None:
    grid = Grid(
        "map", "A map", (), (), {}, (), ("Take care.",), "Caption.", (), ("thing", "things"), TYPED, TYPED
    )
    table = replace(TYPED, lead="A lead.", notes=("A note.",), origin=("An origin.",))
    shown = render(name, Document("D", (Figure(replace(grid, table=table), "What it shows."),)))
    # The document says in its own words what title, lead and origin say.
    assert shown == render(name, Document("D", (table.within_document(),)))
    assert "A word" in shown
    assert "A note." in shown
    assert "A footnote." in shown


def test_text_of_every_kind() -> None:
    assert [
        text_of(value, "-") for value in (None, (), False, 3, 0.5, MixedText(("a", Strong("b"))), CITE[0])
    ] == [
        "-",
        "-",
        "no",
        "3",
        "0.5",
        "ab",
        "B s ¶1",
    ]


def test_every_format_can_be_loaded() -> None:
    for form in FORMATS.values():
        assert callable(imported(form.renderer))


# A sentence ---------------------------------------------------------------------------------------------

COUNTED = Sentence("46", Table("count", "", (Column("kind", "Kind"), Column("count", "Count")), (("x", 46),)))
LONG = "A sentence with *marks* that is longer than any screen is wide, and goes on. " * 4


def test_a_number_is_all_that_a_shell_gets() -> None:
    assert FORMATS["markdown"].render(COUNTED) == "46\n"
    assert FORMATS["table"].render(COUNTED, Screen(80)) == "46\n"


def test_programs_get_the_table_of_a_sentence() -> None:
    assert json.loads(FORMATS["json"].render(COUNTED)) == [{"kind": "x", "count": 46}]
    assert json.loads(FORMATS["jsonl"].render(COUNTED)) == {"kind": "x", "count": 46}
    assert FORMATS["csv"].render(COUNTED) == "kind,count\nx,46\n"
    assert FORMATS["tsv"].render(COUNTED) == "kind\tcount\nx\t46\n"


def test_a_long_sentence_is_one_line_that_can_be_copied() -> None:
    said = replace(COUNTED, text=LONG.strip())
    assert FORMATS["table"].render(said, Screen(40)) == f"{LONG.strip()}\n"
    markdown = str(FORMATS["markdown"].render(said))
    assert markdown.count("\n") == 1
    assert "\\*marks\\*" in markdown


def test_a_terminal_does_not_obey_a_sentence() -> None:
    assert "\x1b" not in str(FORMATS["table"].render(replace(COUNTED, text="\x1b[31mred"), Screen(80)))


def test_a_sentence_has_no_heading_in_a_page() -> None:
    html = str(FORMATS["html"].render(COUNTED))
    assert '<p class="lead">46</p>' in html
    assert "<h1" not in html
    latex = str(FORMATS["latex"].render(COUNTED))
    assert latex.splitlines()[1:] == ["46"]


def test_a_picture_cannot_hold_a_sentence() -> None:
    with pytest.raises(UsageError, match="only for the picture"):
        FORMATS["svg"].render(COUNTED)


def test_a_document_without_title_has_no_empty_heading_in_latex() -> None:
    latex = str(FORMATS["latex"].render(Document("", (Paragraph(("Words.",)),))))
    assert "section{}" not in latex
    assert "Words." in latex
