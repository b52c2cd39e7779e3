"""Word, OpenDocument and PDF files: their structure, what is in them, and what happens if that fails."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import warnings
import zipfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest

from ruralsyn.cli import output
from ruralsyn.cli.target import Target, format_target
from ruralsyn.errors import RuralsynError, UsageError
from ruralsyn.page.document import (
    Bullets,
    Code,
    Column,
    Document,
    Figure,
    Heading,
    Paragraph,
    Table,
)
from ruralsyn.page.grid import Grid, GridCell, GridLine
from ruralsyn.page.values import Cite, MixedText, Noted, Strong, Term
from ruralsyn.render import pandoc as pandoc_module
from ruralsyn.render.formats import FORMATS, text_formats
from ruralsyn.render.pandoc import Pandoc, find_pandoc
from ruralsyn.render.pandoc_tree import pandoc_tree
from ruralsyn.render.paper import UNKNOWN
from ruralsyn.render.screen import PAPER, Screen

from ..conftest import need, need_documents, need_figures, need_program

CITES = (Cite("gr", "income", 1, "GR income"), Cite("gr", "income", 2, "GR income"))
COLUMNS = (
    Column("case", "Case"),
    Column("outcome", "Outcome"),
    Column("effect", "Effect", number=True, blank="not reported"),
    Column("hidden", "Hidden", human=False),
)
SHORT = Table(
    "effects",
    "Effects of two cases",
    COLUMNS,
    (
        ("Peru", Noted(Term("up", "▲ rose", "good"), "No sign is printed.", CITES), 12, "x"),
        ("Lesotho", Noted("▼ fell", "No sign is printed.", CITES), None, "x"),
        ("Mali", MixedText(("about ", Strong("savings"))), Noted(0, "Another note."), "x"),
    ),
    lead="One of three effects rose.",
    notes=("First note.", "Second note."),
    origin=("Source: a table made by hand.",),
)
MEMO = Document(
    "A memo about two countries",
    (
        Heading("What was found"),
        Paragraph(("A clause", Noted(" with a source.", "", CITES), " Then ", Strong("strong words"), ".")),
        SHORT.within_document(),
        Heading("How", 2),
        Bullets((("One item.",), ("Another: ", Code("ruralsyn effects -c peru")))),
        replace(SHORT, lead="", origin=()),
    ),
    lead="Most effects rose.",
    notes=("A note about all of it.",),
    citations="notes",
)
GRID = Grid(
    "map",
    "A small map",
    (GridLine("a", "First row"),),
    (GridLine("x", "Column X"),),
    {("a", "x"): GridCell("up", "favourable", "2:0")},
    (("▲", "better"),),
    ("Nothing is ranked.",),
    "Source: made by hand.",
    (),
    ("thing", "things"),
    Table("map", "A small map", (Column("row", "Row"), Column("x", "Column X")), (("First row", "▲ 2:0"),)),
    SHORT,
)
WITH_FIGURE = Document("With a figure", (Paragraph(("Before.",)), Figure(GRID, 'A "map" of <one> cell.')))

HOSTILE = (
    "a|b a\\|b back\\slash\\",
    "`code` ``two`` [x](y) ![z](w)",
    "<b>bold</b> &lt;&amp; ]]>",
    ":warning: *a* _b_ ~~c~~ ^d^ $e$ @f #g",
    "- item",
    "1. item",
    "+ item",
    "/ term: text",
    "= heading",
    "\x1b[31mred \x07 \x9b31m",
    "\"straight\" 'quotes' -- --- ...",
    "#set page() // comment /* <label>",
    "two\nlines",
    "https://example.org/a_b?c=d",
    "{% raw %} {{ x }} ::: div",
)


def rendered(name: str, content: object, screen: Screen = PAPER) -> bytes:
    need_documents(*(("pypandoc", "typst") if name == "pdf" else ("pypandoc",)))
    data = FORMATS[name].render(content, screen)  # type: ignore[arg-type]
    assert isinstance(data, bytes)
    return data


def member(data: bytes, name: str) -> str:
    with zipfile.ZipFile(BytesIO(data)) as file:
        return file.read(name).decode("utf-8")


def shown(xml: str) -> list[str]:
    """The text of each paragraph of a Word file."""
    paragraphs = re.findall(r"<w:p>.*?</w:p>", re.sub(r"<w:br ?/>", "<w:t>\n</w:t>", xml), re.DOTALL)
    return [unescape("".join(re.findall(r"<w:t\b[^>]*>([^<]*)</w:t>", one))) for one in paragraphs]


def text_of_pdf(data: bytes, folder: Path) -> str:
    """The text of a PDF as it is laid out."""
    need_program("pdftotext", "RURALSYN_REQUIRE_DOCUMENTS")
    path = folder / "page.pdf"
    path.write_bytes(data)
    command = ["pdftotext", "-layout", str(path), "-"]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8")


def words_whole(pdf: str, words: Iterable[str]) -> list[str]:
    """The words that the text of a PDF does not have whole as often as given; none if all is well."""
    tokens = Counter(pieces(pdf))

    def found(word: str) -> int:
        # The mark of a footnote follows its word without a blank.
        marked = (n for token, n in tokens.items() if re.fullmatch(rf"{re.escape(word)}\d+", token))
        return tokens[word] + sum(marked)

    return [word for word, count in Counter(words).items() if tokens[word] < count and found(word) < count]


def pieces(text: str) -> list[str]:
    """The words of a text. A line may end after a hyphen, so one with hyphens counts as several."""
    return re.findall(r"[^\s-]+-?|-", text)


def words_of(table: Table) -> list[str]:
    """The words of the cells and heads that people see."""
    from ruralsyn.page.text import text_of

    visible = table.shown()
    cells = (
        text_of(value, column.blank)
        for row in visible.rows
        for value, column in zip(row, visible.columns, strict=True)
    )
    return [word for text in (*(column.label for column in visible.columns), *cells) for word in pieces(text)]


def to_pdf(data: bytes, name: str, folder: Path) -> bytes:
    """The file as LibreOffice prints it."""
    need_program("soffice", "RURALSYN_REQUIRE_DOCUMENTS")
    source = folder / f"source.{name}"
    source.write_bytes(data)
    # A profile of its own, because a LibreOffice that is running would take the command over.
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(source)]
    subprocess.run(command, capture_output=True, check=True, timeout=120)
    return (folder / "source.pdf").read_bytes()


# The tree -----------------------------------------------------------------------------------------------


def test_the_tree_has_title_language_and_version() -> None:
    tree = pandoc_tree(MEMO, (1, 23))
    assert tree["pandoc-api-version"] == [1, 23]
    assert [word.get("c") for word in tree["meta"]["title"]["c"]][::2] == MEMO.title.split()
    assert tree["meta"]["lang"]["c"].startswith("en")


@pytest.mark.parametrize(("version", "api"), [((2, 11), (1, 22)), ((2, 19, 2), (1, 22)), ((3, 9), (1, 23))])
def test_the_tree_fits_the_pandoc(version: tuple[int, ...], api: tuple[int, ...]) -> None:
    assert Pandoc("pandoc", version).api == api


def kinds(node: object) -> Counter[str]:
    if isinstance(node, dict):
        inner = kinds(node.get("c"))
        inner.update([node["t"]] if "t" in node else [])
        return inner
    found: Counter[str] = Counter()
    for part in node if isinstance(node, list | tuple) else ():
        found.update(kinds(part))
    return found


@pytest.mark.parametrize(("citations", "notes"), [("text", 4), ("notes", 5), ("pandoc", 4)])
def test_an_equal_footnote_of_a_table_has_its_text_once(citations: str, notes: int) -> None:
    # Two tables with two different footnotes each, and the clause with a source.
    tree = pandoc_tree(replace(MEMO, citations=citations), (1, 23))
    assert kinds(tree["blocks"])["Note"] == notes


def test_wide_tables_are_split_and_keep_the_words_of_long_columns() -> None:
    columns = tuple(Column(f"c{n}", f"Communication{n}") for n in range(12))
    wide = Table("w", "Wide", columns, (tuple(f"word{n}" for n in range(12)),) * 20)
    assert kinds(pandoc_tree(wide, (1, 23), UNKNOWN)["blocks"])["Table"] > 1


# Word ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=["extra", "path"])
def memo_docx(request: pytest.FixtureRequest) -> bytes:
    return with_pandoc(request.param, "docx")


def with_pandoc(which: str, name: str) -> bytes:
    """The memo, made by the Pandoc of the extra or by that on the path, which is older in most systems."""
    if which == "extra":
        return rendered(name, MEMO)
    need("pandoc")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pandoc_module, "_path", lambda: shutil.which("pandoc"))
        data = FORMATS[name].render(MEMO)
    assert isinstance(data, bytes)
    return data


def test_a_word_file_has_title_headings_and_notes(memo_docx: bytes) -> None:
    xml = member(memo_docx, "word/document.xml")
    styles = dict(zip(shown(xml), re.findall(r"<w:p>.*?</w:p>", xml, re.DOTALL), strict=False))
    for text, style in {
        MEMO.title: "Title",
        "What was found": "Heading1",
        "How": "Heading2",
        "First note. Second note.": "Notes",
        "A note about all of it.": "Notes",
    }.items():
        assert f'w:val="{style}"' in styles[text], text
    assert shown(xml)[:2] == [MEMO.title, MEMO.lead]
    assert f"<dc:title>{MEMO.title}</dc:title>" in member(memo_docx, "docProps/core.xml")


def test_word_pages_are_a4_with_page_numbers(memo_docx: bytes) -> None:
    xml = member(memo_docx, "word/document.xml")
    assert sorted(re.findall(r'w:\w+="\d+"', re.findall("<w:pgSz[^>]*>", xml)[0])) == [
        'w:h="16838"',
        'w:w="11906"',
    ]
    margins = dict(re.findall(r'w:(top|left|right|bottom)="(\d+)"', re.findall("<w:pgMar[^>]*>", xml)[0]))
    assert len(margins) == 4
    assert all(1134 <= int(margin) <= 1418 for margin in margins.values())
    assert "PAGE" in member(memo_docx, "word/footer1.xml")


def test_word_tables_have_repeated_heads_and_fill_the_line(memo_docx: bytes) -> None:
    xml = member(memo_docx, "word/document.xml")
    tables = re.findall(r"<w:tbl>.*?</w:tbl>", xml, re.DOTALL)
    assert len(tables) == 2
    for table in tables:
        assert table.count("<w:tblHeader") == 1
        assert table.count("<w:cantSplit") == table.count("<w:tr>") == 4
        assert '<w:tblLayout w:type="fixed"' in table
        widths = [int(width) for width in re.findall(r'<w:gridCol w:w="(\d+)"', table)]
        assert len(widths) == 3
        assert abs(sum(widths) - (11906 - 2 * 1247)) < 5
        assert table.count('<w:jc w:val="right"') == 4
        assert "Hidden" not in table


def test_word_footnotes_are_real_and_later_marks_refer_to_the_first(memo_docx: bytes) -> None:
    xml, notes = member(memo_docx, "word/document.xml"), member(memo_docx, "word/footnotes.xml")
    assert xml.count("<w:footnoteReference ") == 5
    assert notes.count("No sign is printed.") == 2
    assert notes.count("GR income") == 3
    for number in re.findall(r"NOTEREF _Note(\d+)", xml):
        assert f'w:name="_Note{number}"' in xml
    assert len(re.findall(r"NOTEREF", xml)) == 2


def test_a_table_without_title_has_no_empty_title() -> None:
    xml = member(rendered("docx", replace(SHORT, title="")), "word/document.xml")
    assert shown(xml)[0] == SHORT.lead
    assert shown(xml).count(SHORT.lead) == 1
    assert all(text.strip() for text in shown(xml))


def test_hostile_text_is_in_a_word_file_as_it_is() -> None:
    from ruralsyn.page.text import visible

    table = Table("t", HOSTILE[4], (Column("a", HOSTILE[5]),), tuple((text,) for text in HOSTILE))
    xml = member(rendered("docx", table), "word/document.xml")
    texts = [text.replace(" \n", "\n") for text in shown(xml)]
    assert texts == [HOSTILE[4], HOSTILE[5], *(visible(text) for text in HOSTILE)]


def test_characters_that_xml_forbids_are_replaced() -> None:
    from xml.etree.ElementTree import fromstring

    table = Table("t", "T", (Column("a", "A"),), (("\ufffe \uffff \ud800 \x00",),))
    fromstring(member(rendered("docx", table), "word/document.xml"))
    fromstring(member(rendered("odt", table), "content.xml"))


@pytest.mark.parametrize("name", ["docx", "odt", "pdf"])
def test_the_same_content_gives_the_same_bytes(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    first = rendered(name, MEMO)
    # Another day, as far as programs believe this variable.
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert rendered(name, MEMO) == first
    if name != "pdf":
        with zipfile.ZipFile(BytesIO(first)) as file:
            assert {info.date_time[0] for info in file.infolist()} == {1980}


@pytest.mark.parametrize("name", ["docx", "odt"])
def test_every_member_is_good_xml(name: str) -> None:
    from xml.etree.ElementTree import fromstring

    data = rendered(name, MEMO)
    with zipfile.ZipFile(BytesIO(data)) as file:
        assert file.testzip() is None
        for info in file.infolist():
            if info.filename.endswith((".xml", ".rels", ".rdf")) and info.file_size:
                fromstring(file.read(info))


# OpenDocument -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("which", ["extra", "path"])
def test_an_opendocument_file_is_a4_with_heads_lines_and_footnotes(which: str) -> None:
    data = with_pandoc(which, "odt")
    styles, xml = member(data, "styles.xml"), member(data, "content.xml")
    assert 'fo:page-width="21cm"' in styles
    assert 'fo:page-height="29.7cm"' in styles
    assert xml.count("<table:table-header-rows>") == 2
    assert re.search(r'style:name="TableRowCell"[^>]*>\s*<[^>]*fo:border-bottom=', xml)
    assert len(re.findall(r'<text:note [^>]*text:note-class="footnote"', xml)) == 5
    for name in re.findall(r'<text:note-ref[^>]*text:ref-name="(\w+)"', xml):
        assert f'text:id="{name}"' in xml
    with zipfile.ZipFile(BytesIO(data)) as file:
        first = file.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)


# PDF ----------------------------------------------------------------------------------------------------


def pdf_facts(data: bytes, folder: Path) -> dict[str, str]:
    need_program("pdfinfo", "RURALSYN_REQUIRE_DOCUMENTS")
    path = folder / "facts.pdf"
    path.write_bytes(data)
    done = subprocess.run(["pdfinfo", str(path)], capture_output=True, check=True)
    return dict(re.findall(r"^([^:\n]+):\s*(.*)$", done.stdout.decode("utf-8", "replace"), re.MULTILINE))


def test_a_pdf_is_tagged_a4_and_has_a_title(tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # Typst's complaints are Python warnings.
        data = rendered("pdf", MEMO)
    facts = pdf_facts(data, tmp_path)
    assert facts["Tagged"] == "yes"
    assert facts["Title"] == MEMO.title
    assert "A4" in facts["Page size"]
    assert b"pdfuaid" in data or b"/StructTreeRoot" in data


def test_a_pdf_has_every_word_once_and_whole(tmp_path: Path) -> None:
    text = text_of_pdf(rendered("pdf", MEMO), tmp_path)
    assert words_whole(text, words_of(SHORT) * 2) == []
    for part in (MEMO.lead, "First note. Second note.", "A note about all of it.", "No sign is printed."):
        assert part in " ".join(text.split())


def test_hostile_text_is_in_a_pdf_as_it_is(tmp_path: Path) -> None:
    from ruralsyn.page.text import visible

    table = Table("t", "T", (Column("a", "A"),), tuple((text,) for text in HOSTILE))
    text = " ".join(text_of_pdf(rendered("pdf", table), tmp_path).split())
    for cell in HOSTILE:
        # Few fonts have pictures of control characters.
        assert " ".join(re.sub("[\u2400-\u2421]", "\ufffd", visible(cell)).split()) in text


def test_a_pdf_of_a_grid_is_its_figure(tmp_path: Path) -> None:
    need_figures()
    data = FORMATS["pdf"].render(GRID)
    assert isinstance(data, bytes)
    assert "A4" not in pdf_facts(data, tmp_path)["Page size"]


WORDS = (
    "Programme Municipalities Coordination Recommendation intervention unfavourable households FAO MINISTRY "
    "Multi-dimensional Haku Wiñay/Noa IMPLEMENTATION microentrepreneurship institutional well-being 12.5%"
).split()


@pytest.mark.parametrize("name", ["docx", "odt", "pdf"])
def test_no_word_of_a_full_table_is_broken(name: str, tmp_path: Path) -> None:
    # As many columns as fit in one table, so that every column is about as narrow as its longest word.
    tables = [
        Table(
            f"t{start}",
            "",
            tuple(Column(f"c{n}", WORDS[(start + n) % len(WORDS)]) for n in range(size)),
            tuple(tuple(WORDS[(start + n + row) % len(WORDS)] for n in range(size)) for row in range(3)),
        )
        for start in range(len(WORDS))
        for size in (4, 5)
    ]
    data = rendered(name, Document("Words", tuple(tables)))
    text = text_of_pdf(data if name == "pdf" else to_pdf(data, name, tmp_path), tmp_path)
    assert words_whole(text, [word for table in tables for word in words_of(table)]) == []


# Figures ------------------------------------------------------------------------------------------------


def test_pictures_have_alternative_text(tmp_path: Path) -> None:
    need_figures()
    word = rendered("docx", WITH_FIGURE)
    assert 'descr="A &quot;map&quot; of &lt;one&gt; cell."' in member(word, "word/document.xml")
    frame = re.search(r"<draw:frame.*?</draw:frame>", member(rendered("odt", WITH_FIGURE), "content.xml"))
    assert frame is not None
    assert unescape(frame[0]).count('<svg:desc>A "map" of <one> cell.</svg:desc>') == 1
    # Typst refuses PDF/UA-1 for a picture without.
    assert pdf_facts(rendered("pdf", WITH_FIGURE), tmp_path)["Tagged"] == "yes"


@pytest.mark.parametrize("name", ["docx", "odt"])
def test_a_grid_is_its_picture_with_its_table_below(name: str) -> None:
    need_figures()
    with zipfile.ZipFile(BytesIO(rendered(name, GRID))) as file:
        assert any(info.filename.endswith(".png") for info in file.infolist())
        main = file.read("word/document.xml" if name == "docx" else "content.xml").decode("utf-8")
    assert main.index("<wp:docPr" if name == "docx" else "<draw:frame") < main.index("First row")
    assert main.count("<w:tbl>" if name == "docx" else "<table:table ") == 1


@pytest.mark.parametrize("name", ["docx", "odt", "pdf"])
def test_without_matplotlib_a_figure_is_its_table(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    data = rendered(name, WITH_FIGURE)
    if name == "pdf":
        assert words_whole(text_of_pdf(data, tmp_path), ["First", "Column"]) == []
    else:
        with zipfile.ZipFile(BytesIO(data)) as file:
            assert not any(
                "image" in info.filename or "Pictures" in info.filename for info in file.infolist()
            )
        assert "Column" in member(data, "word/document.xml" if name == "docx" else "content.xml")


def test_html_shows_the_picture_in_line_above_its_table(monkeypatch: pytest.MonkeyPatch) -> None:
    need_figures()
    page = FORMATS["html"].render(WITH_FIGURE)
    assert isinstance(page, str)
    figure = '<figure><img alt="A &#34;map&#34; of &lt;one&gt; cell." src="data:image/svg+xml;base64,'
    assert page.index(figure) < page.index("<table")
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    without = FORMATS["html"].render(WITH_FIGURE)
    assert isinstance(without, str)
    assert "<figure" not in without
    assert "First row" in without


# What can go wrong --------------------------------------------------------------------------------------


def failing(path: Path, name: str, reference: Path | None = None) -> str:
    """The message of a run that fails and leaves the file as it was."""
    path.write_bytes(b"as before")
    with pytest.raises(RuralsynError) as caught:
        output.emit(MEMO, Target(FORMATS[name], path, reference))
    assert path.read_bytes() == b"as before"
    assert list(path.parent.glob(".ruralsyn-*")) == []
    assert caught.value.exit_code == 1
    message = str(caught.value)
    assert "\n" not in message
    return message


def without_pandoc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypandoc", None)
    monkeypatch.setenv("PATH", "")


def fake_pandoc(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> Path:
    if os.name != "posix":
        pytest.skip("the script needs a shell")
    path = folder / "pandoc"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    monkeypatch.setattr(pandoc_module, "_path", lambda: str(path))
    return path


@pytest.mark.parametrize(("name", "files"), [("docx", "Word files"), ("odt", "OpenDocument files")])
def test_a_missing_pandoc_is_reported(
    name: str, files: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_pandoc(monkeypatch)
    message = failing(tmp_path / f"out.{name}", name)
    assert message.startswith(f"{files} need Pandoc: add the extra `documents`")
    for way in (
        "pip install 'ruralsyn[documents]'",
        "pipx",
        "uv",
        "pip install -e '.[documents]'",
        "pandoc.org",
    ):
        assert way in message


def test_a_missing_typst_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    message = failing(tmp_path / "out.pdf", "pdf")
    assert message.startswith("PDF pages need Typst: add the extra `documents`")


def test_a_pandoc_that_cannot_write_typst_is_named_with_its_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    need_documents("typst")
    path = fake_pandoc(tmp_path, monkeypatch, "echo pandoc 3.1.1")
    message = failing(tmp_path / "out.pdf", "pdf")
    assert message.startswith(f"PDF pages need Pandoc 3.1.2 or later, but {path} is 3.1.1:")


def test_a_pandoc_that_fails_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_pandoc(
        tmp_path,
        monkeypatch,
        'case "$1" in --version) echo pandoc 3.9;; *) echo "out of\nluck" >&2; exit 3;; esac',
    )
    assert failing(tmp_path / "out.docx", "docx") == "Pandoc failed: out of luck"
    fake_pandoc(tmp_path, monkeypatch, 'case "$1" in --version) echo pandoc 3.9;; *) exit 3;; esac')
    assert failing(tmp_path / "out.docx", "docx") == "Pandoc failed: exit code 3"


def test_a_pandoc_that_cannot_be_started_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pandoc_module, "_path", lambda: str(tmp_path / "gone"))
    assert "Pandoc cannot be started" in failing(tmp_path / "out.docx", "docx")


def test_a_pdf_that_cannot_be_set_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    need_documents()

    def refuse(*_: object, **__: object) -> bytes:
        raise RuntimeError("PDF/UA-1 error:\nmissing alternative text")

    monkeypatch.setattr("typst.compile", refuse)
    expected = "the PDF cannot be set: PDF/UA-1 error: missing alternative text"
    assert failing(tmp_path / "out.pdf", "pdf") == expected


@pytest.mark.parametrize("name", ["docx", "odt"])
def test_a_reference_document_that_is_none_is_reported(name: str, tmp_path: Path) -> None:
    need_documents("pypandoc")
    out = tmp_path / f"out.{name}"
    gone, text, other = tmp_path / f"gone.{name}", tmp_path / f"text.{name}", tmp_path / f"other.{name}"
    text.write_text("no ZIP file", encoding="utf-8")
    with zipfile.ZipFile(other, "w") as file:
        file.writestr("something.xml", "<a/>")
    assert f"{gone}: cannot be read: No such file" in failing(out, name, gone)
    assert "cannot be read" in failing(out, name, tmp_path)
    for path in (text, other):
        assert f"{path}: not a .{name} file" in failing(out, name, path)


def test_a_damaged_reference_document_is_reported(tmp_path: Path) -> None:
    need_documents("pypandoc")
    damaged = tmp_path / "damaged.docx"
    with zipfile.ZipFile(damaged, "w") as file:
        file.writestr("word/styles.xml", "<broken")
    assert failing(tmp_path / "out.docx", "docx", damaged).startswith("Pandoc failed: ")


@pytest.mark.parametrize("name", ["docx", "odt"])
def test_a_reference_document_gives_page_and_styles(name: str, tmp_path: Path) -> None:
    need_documents("pypandoc")
    # Pandoc's own, with Letter pages.
    house = tmp_path / f"house.{name}"
    house.write_bytes(find_pandoc("").default_file(f"reference.{name}"))
    data = rendered(name, SHORT, Screen(reference_doc=house))
    styles = member(data, "word/styles.xml" if name == "docx" else "styles.xml")
    assert "Table" in styles
    assert "11906" not in member(data, "word/document.xml" if name == "docx" else "content.xml")
    assert ("8.5in" in styles) is (name == "odt")


# The command line ---------------------------------------------------------------------------------------


def test_the_rows_are_in_order() -> None:
    assert list(FORMATS) == "table markdown html latex docx odt pdf xlsx csv tsv json jsonl svg png".split()
    assert {"docx", "odt", "pdf"} <= set(text_formats())


@pytest.mark.parametrize("name", ["docx", "odt"])
def test_a_reference_document_goes_with_the_formats_that_take_it(name: str) -> None:
    assert format_target(name, None, "house.docx").reference_doc == Path("house.docx")
    assert format_target(None, f"out.{name}", "house.docx").reference_doc == Path("house.docx")


@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"docx", "odt"}))
def test_other_formats_refuse_a_reference_document(name: str) -> None:
    with pytest.raises(
        UsageError, match=f"--reference-doc is for docx and odt only, but the format is {name}"
    ):
        format_target(name, None, "house.docx")


@pytest.mark.parametrize("name", ["docx", "odt", "pdf"])
def test_bytes_are_never_written_to_a_terminal(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ruralsyn.cli.target.is_terminal", lambda _: True)
    with pytest.raises(UsageError, match=rf"{name} cannot be shown on a terminal. Add -o FILE.{name}"):
        output.emit(SHORT, Target(FORMATS[name]))


def test_a_word_file_goes_into_a_pipe(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    need_documents("pypandoc")
    output.emit(SHORT, Target(FORMATS["docx"]))
    assert capfdbinary.readouterr().out == rendered("docx", SHORT)


@pytest.mark.parametrize("ending", ["rtf", "epub", "pptx"])
def test_other_office_files_lead_to_pandoc(ending: str) -> None:
    with pytest.raises(UsageError, match=f"cannot write .{ending} files, but Pandoc can"):
        format_target(None, f"out.{ending}", None)
