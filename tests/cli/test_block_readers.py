"""What readers of Markdown show of a memo with blocks and values that can be made again.

The comments that say what was asked are for the program alone. People see the text between them, whole,
wherever they read the memo.
"""

from __future__ import annotations

import os
import re
import subprocess
import zipfile
from collections import Counter
from collections.abc import Callable
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from xml.etree import ElementTree

import pytest
from markdown_it import MarkdownIt

from ruralsyn.cli.block_texts import keys_of, text_of_block
from ruralsyn.cli.request import request
from ruralsyn.dataset.loading import load_files
from ruralsyn.memo.blocks import blocks_in, closing, opening, written
from ruralsyn.memo.lines import Lines

from ..conftest import DUMMY, need, need_documents


def value(line: str, text: str) -> str:
    """A number or a sentence within a paragraph, with the line that gives it."""
    return f"{opening(line)}{text}{closing()}"


COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
TRACES = ("ruralsyn:", "/ruralsyn", "sha256", "<!--", "-->")

# Two hyphens would be seen in older readers, a pipe would end a cell, and knitr would run code in backticks.
LINE = "effects domain=money words='Åland, or \"ñandú\"' n>3 a<b & c &amp; *d* _e_ $f$ [g](h) {i} \\"
FOUR = value(LINE, "4")
THREE = value("count effects domain=food", "3")
ANSWER = value("answer effects domain=money", "Money: three of the *seven* cases of the memo have effects.")


@cache
def printed(command: str, **options: tuple[str, ...] | bool) -> str:
    dataset = load_files(DUMMY)
    chosen = {name: list(given) if isinstance(given, tuple) else given for name, given in options.items()}
    (key,) = keys_of([f"{command} {options}"])
    return text_of_block(request(command, dataset=dataset, **chosen), key)


MONEY = printed("effects", domains=("money",), full=True)
FOOD = printed("effects", domains=("food",), full=True)
MAP = printed("map")

MEMO = f"""---
title: Memo
---

{written(LINE, MONEY)}
A line of the memo.
{written("effects domain=food full", FOOD)}
{written("map", MAP)}
## Of the eight, {FOUR} in a heading

Of the eight effects, {FOUR} are *favourable* and {THREE} are not. The last one is {FOUR}
and *that* is the end. In brackets ({FOUR}), in bold **{FOUR}**, in a link [with {FOUR} words](https://example.org).

Before the answer. {ANSWER} After the *answer*.

An answer that an editor broke: {ANSWER.replace("seven* cases", "seven*" + chr(10) + "cases")} Then *more*.

- Of the eight, {FOUR} in a list
- **{FOUR}** in bold at the start of an item

> Of the eight, {FOUR} in a quotation

| Where     | How many |
|-----------|----------|
| in a cell | {FOUR}   |

{written("lessons", printed("lessons"))}""".rstrip("\n")

SENTENCES = (
    "Of the eight, 4 in a heading",
    "Of the eight effects, 4 are favourable and 3 are not. The last one is 4 and that is the end.",
    "In brackets (4), in bold 4, in a link with 4 words.",
    "Before the answer. Money: three of the seven cases of the memo have effects. After the answer.",
    "An answer that an editor broke: Money: three of the seven cases of the memo have effects. Then more.",
    "Of the eight, 4 in a list",
    "4 in bold at the start of an item",
    "Of the eight, 4 in a quotation",
)

FORMS = {"newlines": MEMO, "crlf": MEMO.replace("\n", "\r\n")}
NOTE = re.compile(r"\[\^([\w-]+)\]")
NOTES = dict(re.findall(r"^\[\^([\w-]+)\]: (.+)$", MEMO, re.MULTILINE))
"""The text of each footnote by its label, of both blocks of effects."""


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W\d_]{3,}", text))


def readable() -> str:
    """The memo without what no reader shows: comments, front matter, addresses, labels of notes."""
    text = COMMENT.sub("", MEMO).removeprefix("---\ntitle: Memo\n---\n")
    return NOTE.sub("", re.sub(r"\]\(https?:[^)]*\)", "]", text))


# Readers --------------------------------------------------------------------------------------------------


class Shown(NamedTuple):
    """What people see: the text with single blanks, and how many tables."""

    text: str
    tables: int


class Reader(NamedTuple):
    """A program that shows Markdown, and what of it the program knows."""

    show: Callable[[str], Shown]
    tables: bool = True
    notes: bool = True


class _Page(HTMLParser):
    def __init__(self, source: str) -> None:
        super().__init__()
        self.seen = ""
        self.tables = 0
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.tables += tag == "table"

    def handle_data(self, data: str) -> None:
        self.seen += data


def page(source: str) -> Shown:
    """What a browser shows of a page. It shows no comment."""
    read = _Page(source)
    return Shown(" ".join(read.seen.split()), read.tables)


def ran(*command: str, source: str, folder: str | None = None) -> str:
    data = source.encode("utf-8")
    done = subprocess.run(command, input=data, cwd=folder, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    return done.stdout.decode("utf-8")


def old_pandoc() -> str:
    need("pandoc")
    return "pandoc"


def new_pandoc() -> str:
    """The Pandoc that comes with ruralsyn[documents]."""
    need_documents("pypandoc")
    path: str = pytest.importorskip("pypandoc").get_pandoc_path()
    return path


def in_html(pandoc: Callable[[], str], dialect: str) -> Callable[[str], Shown]:
    return lambda source: page(ran(pandoc(), "-f", dialect, "-t", "html", source=source))


def in_word(pandoc: Callable[[], str], dialect: str) -> Callable[[str], Shown]:
    def show(source: str) -> Shown:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "memo.docx"
            ran(pandoc(), "-f", dialect, "-o", str(path), source=source)
            return word_file(path)

    return show


WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def word_file(path: Path) -> Shown:
    """The text of a Word file, its footnotes at the end."""
    with zipfile.ZipFile(path) as file:
        parts = [ElementTree.fromstring(file.read(f"word/{name}.xml")) for name in ("document", "footnotes")]
    paragraphs = [
        "".join(map(_piece, paragraph.iter())) for part in parts for paragraph in part.iter(f"{WORD}p")
    ]
    return Shown(" ".join(" ".join(paragraphs).split()), len([*parts[0].iter(f"{WORD}tbl")]))


def _piece(node: ElementTree.Element) -> str:
    return " " if node.tag == f"{WORD}br" else node.text or "" if node.tag == f"{WORD}t" else ""


def in_libreoffice(source: str) -> Shown:
    """The text of the pages that LibreOffice makes of Pandoc's Word file. It says nothing of tables."""
    for program in ("soffice", "pdftotext"):
        need(program)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "memo.docx"
        ran(old_pandoc(), "-f", "gfm", "-o", str(path), source=source)
        # A profile of its own, because a LibreOffice that is running would take the command over.
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        ran("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(path), source="")
        text = ran("pdftotext", str(path.with_suffix(".pdf")), "-", source="")
    return Shown(" ".join(text.split()), 0)


def in_knitr(source: str) -> Shown:
    """What R Markdown shows: knitr fills in the file, and Pandoc converts it."""
    pandoc = old_pandoc()
    need("Rscript")
    if subprocess.run(["Rscript", "-e", "library(knitr)"], capture_output=True, check=False).returncode:
        if os.environ.get("RURALSYN_REQUIRE_PANDOC"):
            pytest.fail("knitr is not installed and RURALSYN_REQUIRE_PANDOC is set")
        pytest.skip("the package knitr of R is not installed")
    with TemporaryDirectory() as folder:
        (Path(folder) / "memo.Rmd").write_bytes(source.encode("utf-8"))
        knit = 'knitr::knit("memo.Rmd", "memo.md", quiet = TRUE, encoding = "UTF-8")'
        ran("Rscript", "-e", knit, source="", folder=folder)
        knitted = (Path(folder) / "memo.md").read_text(encoding="utf-8")
    return page(ran(pandoc, "-f", "markdown", "-t", "html", source=knitted))


EXTENSIONS = ("table", "footnotes", "strikethrough", "autolink", "tagfilter")


def in_cmark(*options: str) -> Callable[[str], Shown]:
    def show(source: str) -> Shown:
        need("cmark-gfm")
        extensions = [word for name in EXTENSIONS for word in ("-e", name)]
        return page(ran("cmark-gfm", *options, *extensions, source=source))

    return show


def in_github(source: str) -> Shown:
    """GitHub's own library. It leaves every tag out here, so a line that is taken for HTML would be lost."""
    cmark = pytest.importorskip("cmarkgfm.cmark")
    return page(cmark.github_flavored_markdown_to_html(source, cmark.Options.CMARK_OPT_FOOTNOTES))


def in_commonmark(source: str) -> Shown:
    return page(pytest.importorskip("commonmark").commonmark(source))


def in_markdown_it(source: str) -> Shown:
    return page(MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(source))


PANDOCS = {"pandoc": old_pandoc, "pandoc of documents": new_pandoc}
READERS = {
    **{
        f"{name}, {dialect}, {form}": Reader(show(pandoc, dialect))
        for name, pandoc in PANDOCS.items()
        for dialect in ("gfm", "markdown", "commonmark_x")
        for form, show in (("html", in_html), ("Word", in_word))
    },
    # Which page a note is on depends on the lines of the page.
    "LibreOffice": Reader(in_libreoffice, tables=False, notes=False),
    "knitr": Reader(in_knitr),
    "cmark-gfm": Reader(in_cmark("--unsafe")),
    "cmark-gfm, safe": Reader(in_cmark()),
    "cmarkgfm": Reader(in_github),
    "markdown-it": Reader(in_markdown_it, notes=False),
    "commonmark.py": Reader(in_commonmark, tables=False, notes=False),
}


@cache
def shown(reader: str, source: str = MEMO) -> Shown:
    return READERS[reader].show(source)


# What they show -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("reader", READERS)
def test_no_comment_is_seen(reader: str, form: str) -> None:
    text = shown(reader, FORMS[form]).text
    assert len(text) > 2000
    assert [trace for trace in TRACES if trace in text] == []


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("reader", READERS)
def test_every_word_is_seen(reader: str, form: str) -> None:
    source, seen = words(readable()), words(shown(reader, FORMS[form]).text)
    assert source.total() > 300
    assert {word: number for word, number in source.items() if seen[word] < number} == {}


@pytest.mark.parametrize("reader", READERS)
def test_a_value_stands_in_its_sentence(reader: str) -> None:
    text = shown(reader).text
    assert [sentence for sentence in SENTENCES if sentence not in text] == []


@pytest.mark.parametrize("reader", [name for name, reader in READERS.items() if reader.tables])
def test_the_tables_of_blocks_are_tables(reader: str) -> None:
    assert shown(reader).tables == len(re.findall(r"^\|[-| :]+\|$", MEMO, re.MULTILINE)) > 4
    assert "in a cell 4" in shown(reader).text


@pytest.mark.parametrize("reader", [name for name, reader in READERS.items() if reader.notes])
def test_the_footnotes_of_two_blocks_arrive_in_their_order(reader: str) -> None:
    text = shown(reader).text
    assert len(NOTES) > 8
    assert NOTE.findall(text) == []
    at = 0
    # Each note is looked for after the one before it.
    for label in dict.fromkeys(NOTE.findall(MEMO)):
        note = NOTES[label]
        assert note in text[at:], f"{note} is missing or comes too early"
        at = text.index(note, at) + len(note)


@pytest.mark.parametrize("reader", ["pandoc, gfm, Word", "pandoc of documents, gfm, Word", "cmarkgfm"])
def test_a_line_that_begins_with_a_value_would_be_lost(reader: str) -> None:
    """CommonMark takes a line that begins with a comment for HTML, so no value may stand there."""
    lost = shown(reader, f"Of the eight effects,\n{FOUR} are favourable.\nThe rest is here.\n")
    assert lost.text == "Of the eight effects, The rest is here."


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_the_program_finds_every_block_of_the_memo(form: str) -> None:
    blocks, problems = blocks_in(Lines(form))
    assert problems == []
    assert [block.inline for block in blocks].count(False) == 4
    assert len(blocks) == MEMO.count("<!-- ruralsyn: ")
    assert not any(block.edited for block in blocks)
