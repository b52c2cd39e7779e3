"""No text of a data file or a command line runs, hides or breaks anything, in any format."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any, cast
from zipfile import ZipFile

import pytest
from markdown_it import MarkdownIt

from ruralsyn.cli.request import request
from ruralsyn.dataset.model import Dataset
from ruralsyn.page.bibliography import Bibliography
from ruralsyn.page.content import Content
from ruralsyn.page.document import Bullets, Code, Column, Document, Heading, Paragraph, Table
from ruralsyn.page.grid import Grid
from ruralsyn.page.text import visible
from ruralsyn.page.values import MixedText, Noted, Strong
from ruralsyn.render.citation_styles import STYLES
from ruralsyn.render.formats import FORMATS
from ruralsyn.render.screen import PAPER, Screen

from ..conftest import Run, need, need_documents, need_figures, need_program

HOSTILE = {
    "knitr": [
        '`r file.create("ran");1#`', "`r# 1`", '`{r} file.create("ran")`', "`{python} 1+1`",
        "a ``b`r 1`` c",
    ],
    "chunks": [
        "```{r}", "~~~", "```\nfile.create()\n```", "---", "---\ntitle: x\n---", "...", "r x",
        "{r} x",
    ],
    "quarto": [
        "{{< include /etc/passwd >}}", "{{{< env HOME >}}}", "{{<env HOME>}}",
        "{% include x %}{{ x }}",
    ],
    "pandoc": [
        "`x`{=html}", "{#id .class}", "[x]{.y}", ":::", "::: {.x}", "(@) x", "(@a) x",
        "@cite [@cite]", "[^1] ^[x]", "$x$ $$y$$", "(1) x", "(a) x", "a. x", "B.  x", "iv) x",
        "#. x", "1. x", "% title", ": x", "| x", "x ##", "C#", "#", "+---+", "===", "*[x]: y",
        "[x]: y", "\\begin{x}", "\\#", "a\\",
    ],
    "blanks": [
        "     five", "\tx", "\t\tx", "a\n      b", "\n      x", "  \n  \n  x", "x     \n",
        "     - x", "\n",
    ],
    "markup": [
        "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "' onclick='x' a=\"b",
        "</title></style>", "<!-- x -->", "--> x <!--", "<br>", "&lt;b&gt; &#60;b> &colon;",
        "{{ 7*7 }}", "[x](javascript:y)", "![x](https://example.org/x.png)",
        "<https://example.org>", "at https://example.org/a",
        "www.example.org", "*x* **x** _x_ ~~x~~ `x`", "> x", "- x", "+ x",
        "[bold]x[/bold] [link=https://example.org]x[/link] [red]", ":warning:", "| a | b |",
    ],
    "tex": [
        "\\input{/etc/passwd}", "\\immediate\\write18{touch ran}", "^^M ^^5cinput x", "% x",
        "\\catcode`\\%=12", "\\end{document}", "}{ }} {{", "$x$ & # _ ~", "\\\\[1pt]", "[x]",
        "\n\n", "\\def\\x#1{}", "cafe\u0301 n\u0303",
    ],
    "controls": [
        "\x1b[31mx\x1b[0m", "\x1b]8;;https://example.org\x07x", "\x9b31m", "\x00\x07\x08x", "a\rb",
        "\x0b\x0c\x85", "\u202ex\u202c", "\u2066x\u2069", "a\u200eb\u200fc\u061c", "\u2028x\u2029",
        "\x7f",
    ],
    "hidden": [
        "a\u200bb", "\ufeffx", "a\u2060\u2063b", "x\U000e0041\U000e0042\U000e007f",
        "\ufffe\uffff\ufdd0", "\U0001fffe\U0010ffff", "\ufff9x\ufffay\ufffb", "\u180e",
    ],
}  # fmt: skip
"""Texts by what they attack."""

# TOML has no surrogates, but a command line that is not UTF-8 gives some.
ALL = [*(text for texts in HOSTILE.values() for text in texts), "\udcff"]

FREE = {
    "title", "version", "licence", "description", "short", "project", "credits", "note", "name", "about",
    "definition", "spanish", "french", "why", "acronym", "intervention", "label", "summary", "text",
    "handling", "website", "websites", "no_claim", "level_basis",
}  # fmt: skip
"""The fields of the model that hold free text."""


def poisoned(record: Any, text: str, *, free: bool = False) -> Any:
    """The record with a text before and after every free text in it.

    The dataset has been loaded before, so that no check on loading keeps the text from the renderers.
    """
    match record:
        case str() if free and type(record) is str:
            return f"{text} {record} {text}"
        case dict():
            return {key: poisoned(value, text, free=free) for key, value in record.items()}
        case tuple() if type(record) is tuple:
            return tuple(poisoned(item, text, free=free) for item in record)
        case _ if is_dataclass(record) and not isinstance(record, type):
            return replace(
                record,
                **{
                    field.name: poisoned(getattr(record, field.name), text, free=field.name in FREE)
                    for field in fields(record)
                },
            )
        case _:
            return record


REQUESTS: dict[str, tuple[tuple[str, ...], dict[str, Any]]] = {
    "effects": ((), {}),
    "map": ((), {}),
    "report": (("aland", "cordia"), {"full": True}),
    "compare": (("aland", "cordia"), {}),
    "show": (("aland-alms",), {"full": True}),
    "coordination": ((), {}),
    "lessons": ((), {}),
    "sources": ((), {}),
    "search": (("alms",), {}),
    "cite": ((), {}),
}


def made(command: str, dataset: Dataset) -> Content:
    words, options = REQUESTS[command]
    return request(command, *words, dataset=dataset, **options)


def harmful(dataset: Dataset, command: str) -> Iterator[tuple[str, Content]]:
    """What a command shows of a dataset with the texts of each kind."""
    for kind, texts in HOSTILE.items():
        yield kind, made(command, poisoned(dataset, " ".join(texts)))


def page(text: str) -> Document:
    """A page with the text in every kind of place."""
    columns = (Column("a", text), Column("b", "B"))
    rows = ((text, Noted(text, f"{text} x y")), (MixedText(("x ", Strong(text), f" {text}")), "x"))
    table = Table("t", text, columns, rows, lead=text, notes=(text, text), origin=(text,))
    blocks = (
        Heading(text),
        Paragraph((text,)),
        Paragraph(
            (Strong("x: "), text, " x", Strong(f" {text} "), Noted(text, ""), " ", Noted(text, f"{text} x y"))
        ),
        Bullets(((text,), (text, " x"))),
        table,
        Table("u", "", columns, (), empty=text),
        Heading("x", 2),
        Heading("x", 2),
        Heading("x", 2),
    )
    return Document(f"T{text}", blocks, dataset=text, lead=text, notes=(text,))


def rendered(name: str, content: Content, screen: Screen = PAPER) -> str:
    text = FORMATS[name].render(content, screen)
    assert isinstance(text, str)
    return text


def unseen(text: str) -> set[str]:
    """The characters that a reader does not see or a terminal may obey. Joiners and soft hyphens may stay."""
    return {
        f"U+{ord(char):04X}"
        for char in set(text) - set("\n\t\u200c\u200d\xad")
        if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")
        or ord(char) & 0xFFFE == 0xFFFE
        or 0xFDD0 <= ord(char) < 0xFDF0
    }


TEXTS = ["table", "markdown", "html", "latex", "csv", "tsv", "json", "jsonl"]


@pytest.mark.parametrize("command", REQUESTS)
def test_no_output_has_an_unseen_character(dummy: Dataset, command: str) -> None:
    for kind, content in harmful(dummy, command):
        if isinstance(content, Bibliography):
            outputs = {name: style.write(content.references) for name, style in STYLES.items()}
        else:
            names = [
                name for name in TEXTS if not (FORMATS[name].one_table and isinstance(content, Document))
            ]
            outputs = {name: rendered(name, content) for name in names}
        found = {f"{kind} as {name}": unseen(text) for name, text in outputs.items()}
        assert not {name for name, chars in found.items() if chars}, found


@pytest.mark.parametrize("name", ["table", "markdown", "html", "latex", "json"])
def test_no_part_of_a_page_has_an_unseen_character(name: str) -> None:
    for text in ALL:
        assert not unseen(rendered(name, page(text))), text


def test_json_keeps_what_it_escapes() -> None:
    for text in ALL:
        assert json.loads(rendered("json", Table("t", "", (Column("a", "A"),), ((text,),)))) == [{"a": text}]


def test_nothing_found_is_as_safe_as_something(ruralsyn_run: Run) -> None:
    for name in ("html", "markdown", "latex", "table", "json"):
        assert not unseen(ruralsyn_run("search", "\x1b[31mzzz", "\ufffe", "\u202ezzz", "-f", name).out)


# Terminal -------------------------------------------------------------------------------------------------


def test_a_terminal_obeys_nothing_and_shows_markup_as_text(dummy: Dataset) -> None:
    for text in HOSTILE["markup"] + HOSTILE["controls"]:
        shown = rendered("table", page(text))
        assert "\x1b" not in shown
        assert "".join(visible(text).split()) in "".join(shown.split())
        coloured = rendered("table", page(text), Screen(80, colour=True))
        # Rich's own colours; no link and no movement of the cursor.
        assert "\x1b" not in re.sub(r"\x1b\[[0-9;]*m", "", coloured)
    dataset = poisoned(dummy, "[link=https://example.org][bold]x[/bold]")
    assert "[link=https://example.org][bold]x[/bold]" in rendered("table", made("lessons", dataset))


# HTML -----------------------------------------------------------------------------------------------------


class PageReader(HTMLParser):
    """The tags with the names of their attributes, the addresses, and the text of a page."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: set[tuple[str, tuple[str, ...]]] = set()
        self.addresses: set[str] = set()
        self.seen = ""
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add((tag, tuple(name for name, _ in attrs)))
        self.addresses |= {value or "" for name, value in attrs if name in ("href", "src", "action")}

    def handle_data(self, data: str) -> None:
        self.seen += data

    def handle_comment(self, data: str) -> None:
        pytest.fail(f"a comment: {data}")


PAGE_TAGS = PageReader(rendered("html", page("x"))).tags | {("br", ())}
"""The tags of a page with no harmful text. A line break in a text is a tag."""


@pytest.mark.parametrize("command", [name for name in REQUESTS if name != "cite"])
def test_a_web_page_has_no_tag_or_attribute_from_the_data(dummy: Dataset, command: str) -> None:
    # Longer texts make more captions and footnotes.
    plain = PageReader(rendered("html", made(command, dummy))).tags | PAGE_TAGS
    for kind, content in harmful(dummy, command):
        reader = PageReader(rendered("html", content))
        assert reader.tags <= plain, kind
        assert not [name for _, names in reader.tags for name in names if name.startswith("on")]
        assert all(address.startswith(("#", "data:")) for address in reader.addresses)


def test_a_web_page_shows_the_text_itself() -> None:
    for text in ALL:
        reader = PageReader(rendered("html", page(text)))
        assert reader.tags <= PAGE_TAGS, text
        assert "".join(visible(text).split()) in "".join(reader.seen.split()), text


# LaTeX ----------------------------------------------------------------------------------------------------

COMMANDS = re.compile(r"\\([a-zA-Z]+|.)", re.DOTALL)


def test_latex_has_no_command_from_the_data() -> None:
    evil = {"input", "immediate", "write", "catcode", "end{document", "def"}
    for text in ALL:
        source = rendered("latex", replace(page(text), complete=True))
        found = set(COMMANDS.findall(source.partition("\\title")[2]))
        assert not found & evil, text
        # A comment would hide the rest of its line, and ^^ stands for any character.
        assert not re.search(r"(?<!\\)%|\^", source), text
        assert source.count("\\end{document}") == 1
        assert source.endswith("\\end{document}\n")


def test_latex_prints_accents_and_compiles(tmp_path: Path) -> None:
    source = rendered("latex", page("cafe\u0301"))
    assert "caf\u00e9" in source
    assert "\u0301" not in source
    need("pdflatex")
    everything = [text for text in ALL if text.isascii() or unseen(text)]
    blocks = tuple(block for text in everything for block in page(text).blocks)
    document = Document(
        "T\x1b[31m \\input{x}", blocks, lead="\n\n\x1b", notes=tuple(everything), complete=True
    )
    (tmp_path / "page.tex").write_text(rendered("latex", document), encoding="utf-8")
    done = subprocess.run(
        ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "-shell-escape", "page.tex"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout.decode("utf-8", "replace")[-2000:]
    assert not (tmp_path / "ran").exists()


# Markdown -------------------------------------------------------------------------------------------------

PROGRAMS = {
    # From all_patterns$md of knitr 1.42 and 1.50, and from Quarto's execute-inline.ts, break-quarto-md.ts and
    # parse-shortcode.ts.
    "knitr's inline code": r"(?<!^``)(?<!\n``)`r[ #]([^`]+)\s*`",
    "knitr's chunk": r"^[\t >]*```+\s*\{([a-zA-Z0-9_]+.*)\}\s*$",
    "knitr's reference to a chunk": r"^\s*<<(.+)>>\s*$",
    "Quarto's inline code": r"(^|[^`])`\{[^}`]*\}[ \t]([^`]+)`",
    "Quarto's chunk": r"^\s*```+\s*\{([=A-Za-z]+)( *[ ,].*)?\}\s*$",
    "Quarto's shortcode": r"\{\{<",
    "a template": r"\{[{%]",
    "a block of code": r"^\s*(```|~~~)",
    "a block of YAML": r"^---\s*$",
    "a div": r"^\s*:::",
}


def assert_runs_nothing(source: str) -> None:
    found = {name: re.findall(pattern, source, re.MULTILINE) for name, pattern in PROGRAMS.items()}
    assert not {name for name, matches in found.items() if matches}, found


def commands(text: str) -> Document:
    """A page with the text in commands, beside other text."""
    runs = ("x ", Code(text), ". r x ", Code(f"ruralsyn report --title '{text}'"), f" {text}")
    return Document("T", (Paragraph(runs), Paragraph((Code(text),)), Bullets(((Code(text), "."),))))


def test_no_program_that_fills_in_markdown_finds_anything_to_run(dummy: Dataset) -> None:
    for text in ALL:
        assert_runs_nothing(rendered("markdown", page(text)))
        assert_runs_nothing(rendered("markdown", commands(text)))
    for command in REQUESTS.keys() - {"cite"}:
        for _, content in harmful(dummy, command):
            assert_runs_nothing(rendered("markdown", content))


def test_the_command_that_repeats_a_report_runs_nothing(dummy: Dataset) -> None:
    for text in HOSTILE["knitr"] + HOSTILE["quarto"]:
        assert_runs_nothing(rendered("markdown", request("report", "aland", title=text, dataset=dummy)))


@pytest.mark.parametrize(
    "text", ["`r 1`", "r x", "{r} x", "{{< env HOME >}}", "a `` b", "ruralsyn show 'GR ¶2'"]
)
def test_every_reader_shows_a_command_as_it_is_typed(text: str) -> None:
    need("pandoc")
    source = rendered("markdown", Document("", (Paragraph(("x", Code(text), "x")),)))
    shown = "".join(
        re.sub(r"<[^>]*>", "", MarkdownIt("gfm-like", {"linkify": False, "html": True}).render(source))
    )
    for html in (shown, *(converted(source, dialect, "html") for dialect in ("gfm", "markdown"))):
        assert re.sub(r"\s+", "", plain_html(html)) == re.sub(r"\s+", "", f"x{text}x")


def plain_html(source: str) -> str:
    class Reader(HTMLParser):
        seen = ""

        def handle_data(self, data: str) -> None:
            self.seen += data

    reader = Reader()
    reader.feed(source)
    reader.close()
    return reader.seen


def converted(source: str, dialect: str, form: str) -> str:
    done = subprocess.run(
        ["pandoc", "-f", dialect, "-t", form], input=source, capture_output=True, text=True, check=True
    )
    return done.stdout


OWN_HTML = ("<br>", "<!-- -->")
"""What the program itself writes in HTML."""


def shape(node: Any) -> list[Any]:
    """The kinds of nodes in a tree of Pandoc, without words: what is a paragraph, a list, a link or code."""
    if isinstance(node, list):
        return [part for child in node for part in shape(child)]
    if not isinstance(node, dict) or "t" not in node or node["t"] in LOOSE:
        return []
    kind, content = node["t"], cast(Any, node.get("c"))
    if kind == "RawInline" and content[1] in OWN_HTML:
        return []
    # A bare address leads where it says.
    if kind == "Quoted" or (
        kind == "Link" and content[2][0] in (words(content[1]), f"http://{words(content[1])}")
    ):
        return shape(content[1])
    # The identifier of a heading is made of its words.
    return [(kind, shape(content[2] if kind == "Header" else content))]


LOOSE = ("Str", "Space", "SoftBreak", "LineBreak", "ColWidth", "ColWidthDefault")


def words(node: Any) -> str:
    """The words in a tree of Pandoc."""
    if isinstance(node, list):
        return "".join(map(words, node))
    if not isinstance(node, dict):
        return ""
    return str(node["c"]) if node.get("t") == "Str" else words(list(node.values()))


@pytest.mark.parametrize("dialect", ["gfm", "markdown", "markdown-smart"])
def test_pandoc_finds_nothing_but_text_in_a_text(dialect: str) -> None:
    need("pandoc")
    harmless = json.loads(converted(rendered("markdown", page("x")), dialect, "json"))["blocks"]
    wanted = shape(harmless)
    for text in ALL:
        if not text.strip():
            continue
        tree = json.loads(converted(rendered("markdown", page(text)), dialect, "json"))["blocks"]
        assert shape(tree) == wanted, text
        if dialect == "markdown-smart":
            assert "".join(visible(text).split()) in words(tree), text


def test_markdown_it_finds_nothing_but_text_in_a_text() -> None:
    reader = MarkdownIt("gfm-like", {"linkify": False, "html": True})

    def kinds(text: str) -> list[str]:
        tokens = reader.parse(rendered("markdown", page(text)))
        inner = [child for token in tokens for child in token.children or ()]
        assert {child.content for child in inner if child.type == "html_inline"} <= {*OWN_HTML}
        loose = ("text", "softbreak", "text_special", "html_inline")
        return [
            token.type
            for token in (*tokens, *inner)
            if token.type not in loose and not (token.type == "inline" and not token.content)
        ]

    wanted = kinds("x")
    for text in ALL:
        if text.strip():
            assert kinds(text) == wanted, text


def test_knitr_runs_nothing(tmp_path: Path) -> None:
    if (
        shutil.which("Rscript") is None
        or subprocess.run(["Rscript", "-e", "library(knitr)"], capture_output=True, check=False).returncode
    ):
        pytest.skip("Rscript with the package knitr is not installed")
    source = "".join(rendered("markdown", make(text)) for text in ALL for make in (page, commands))
    (tmp_path / "page.Rmd").write_text(source, encoding="utf-8", errors="replace")
    knit = 'knitr::knit("page.Rmd", "page.md", quiet = TRUE, encoding = "UTF-8")'
    done = subprocess.run(["Rscript", "-e", knit], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "ran").exists()
    assert (tmp_path / "page.md").read_text(encoding="utf-8").split() == source.split()


def test_quarto_runs_nothing(tmp_path: Path) -> None:
    if shutil.which("quarto") is None:
        pytest.skip("quarto is not installed")
    source = "".join(
        rendered("markdown", make(text)) for text in HOSTILE["quarto"] for make in (page, commands)
    )
    (tmp_path / "page.qmd").write_text(source, encoding="utf-8")
    subprocess.run(
        ["quarto", "render", "page.qmd", "--to", "html"], cwd=tmp_path, capture_output=True, check=True
    )
    shown = plain_html((tmp_path / "page.html").read_text(encoding="utf-8"))
    assert shown.count("{{< include /etc/passwd >}}") > 10


# Spreadsheets and files of bytes --------------------------------------------------------------------------


def test_csv_keeps_the_values_and_a_spreadsheet_calculates_only_what_begins_with_an_equals_sign(
    tmp_path: Path,
) -> None:
    values = ("=1+1", "--region", "-x", "+1+1", "@SUM(1)")
    source = rendered("csv", Table("t", "", (Column("a", "A"),), tuple((value,) for value in values)))
    assert source.splitlines() == ["a", *values]
    need_program("soffice", "RURALSYN_REQUIRE_DOCUMENTS")
    (tmp_path / "t.csv").write_text(source, encoding="utf-8")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "fods", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "t.csv")], capture_output=True, check=False, timeout=120)
    if not (tmp_path / "t.fods").exists():
        pytest.skip("LibreOffice is installed without Calc")
    sheet = (tmp_path / "t.fods").read_text(encoding="utf-8")
    body = sheet.partition("<office:body>")[2]
    assert re.findall(r'table:formula="of:([^"]*)"', body) == ["=1+1"]
    assert re.findall(r"<text:p>([^<]*)", body) == ["a", "2", *values[1:]]


@pytest.mark.parametrize("name", ["docx", "odt"])
def test_a_word_processor_gets_text_only(name: str) -> None:
    need_documents()
    need("pandoc")
    part = {"docx": "word/document.xml", "odt": "content.xml"}[name]

    def tags(text: str) -> set[str]:
        data = FORMATS[name].render(page(text))
        assert isinstance(data, bytes)
        source = ZipFile(BytesIO(data)).read(part).decode("utf-8")
        assert not unseen(source)
        return set(re.findall(r"<([\w:-]+)", source))

    # Line breaks and blanks are elements, too.
    allowed = tags("x") | {"w:br", "text:line-break", "text:s", "text:tab"}
    for texts in HOSTILE.values():
        assert tags(" ".join(texts)) <= allowed, texts


def test_a_pdf_can_be_set_of_any_text() -> None:
    need_documents()
    for texts in HOSTILE.values():
        data = FORMATS["pdf"].render(page(" ".join(texts)))
        assert isinstance(data, bytes)
        assert data.startswith(b"%PDF")


def test_a_picture_has_text_only(dummy: Dataset) -> None:
    need_figures()
    draw: Callable[[Content], str | bytes] = FORMATS["svg"].render
    for _, content in harmful(dummy, "map"):
        assert isinstance(content, Grid)
        shown = draw(content)
        source = shown if isinstance(shown, str) else shown.decode("utf-8")
        assert not unseen(source)
        assert not re.search(r"<(script|image|a|foreignObject)\b|<[^>]*\son\w+=", source)
