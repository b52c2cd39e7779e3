"""Word files from end to end: what people read in the PDF that LibreOffice makes of them.

A column that is too narrow breaks words, and only a program that lays out the pages shows that.
"""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from collections import Counter
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from ruralsyn.cli.request import request
from ruralsyn.dataset.model import Dataset
from ruralsyn.render.formats import FORMATS

from .conftest import need


class Command(NamedTuple):
    """A command with its arguments and options."""

    name: str
    ids: tuple[str, ...] = ()
    options: dict[str, Any] = {}  # noqa: RUF012

    def rendered(self, dataset: Dataset, form: str) -> str | bytes:
        return FORMATS[form].render(request(self.name, *self.ids, dataset=dataset, **self.options))


COMMANDS = {
    "effects-finance": Command("effects", options={"domains": ["finance"]}),
    "map": Command("map"),
    "compare": Command("compare", ("peru", "lesotho")),
    "report-two": Command("report", ("peru", "lesotho")),
    "report-finance": Command("report", options={"domains": ["finance"]}),
}
PAGES = {
    "peru": (Command("report", ("peru",)), 4),
    "finance": (Command("report", options={"domains": ["finance"]}), 5),
    "two": (Command("report", ("peru", "lesotho")), 6),
    "everything": (Command("report"), 15),
}
"""The most pages that each of these reports may have."""

WAYS = ("docx", "gfm", "markdown", "html")
"""How a Word file is made: by ruralsyn, or by Pandoc from a page or from Markdown in one of two dialects."""

# The page of the map is for a browser: its details open and close.
FILES = [(key, way) for key in COMMANDS for way in WAYS if (key, way) != ("map", "html")]

WORD = re.compile(r"[^\W\d_]{3,}")


class Made(NamedTuple):
    """The text that a Word file was made of, and the PDF."""

    source: str
    pdf: Path


@pytest.fixture(scope="module")
def made(bundled: Dataset, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Made]:
    """The PDF of each command and way, and of each report with a limit of pages."""
    for program in ("soffice", "pandoc", "pdftotext", "pdfinfo"):
        need(program)
    folder = tmp_path_factory.mktemp("word")
    sources = {}
    for key, (command, _) in PAGES.items():
        sources[f"pages-{key}"] = word_file(command, bundled, folder / f"pages-{key}.docx")
    with pytest.MonkeyPatch.context() as patch:
        # The words of a picture are no text. Without Matplotlib there is a table in its place.
        patch.setitem(sys.modules, "matplotlib", None)
        for key, command in COMMANDS.items():
            sources[f"{key}-docx"] = word_file(command, bundled, folder / f"{key}-docx.docx")
        for key, way in FILES:
            if way != "docx":
                source = COMMANDS[key].rendered(bundled, "html" if way == "html" else "markdown")
                sources[f"{key}-{way}"] = by_pandoc(str(source), way, folder / f"{key}-{way}.docx")
    # In one call, since LibreOffice takes seconds to start.
    soffice(folder, [folder / f"{key}.docx" for key in sources])
    return {key: Made(source, folder / f"{key}.pdf") for key, source in sources.items()}


def by_pandoc(source: str, dialect: str, path: Path) -> str:
    """Have Pandoc write the Word file, and return the text that a reader sees."""

    def pandoc(*options: str) -> subprocess.CompletedProcess[str]:
        command = ["pandoc", "-f", dialect, *options]
        return subprocess.run(command, input=source, capture_output=True, encoding="utf-8", check=True)

    assert pandoc("-o", str(path)).stderr == ""
    if dialect == "html":
        return pandoc("-t", "plain", "--wrap=none").stdout
    # The label of a footnote becomes a number.
    return re.sub(r"\[\^[\w-]+\]", " ", source)


def word_file(command: Command, dataset: Dataset, path: Path) -> str:
    """Write the Word file, and return the text of its paragraphs, tables and footnotes."""
    data = command.rendered(dataset, "docx")
    assert isinstance(data, bytes)
    path.write_bytes(data)
    with zipfile.ZipFile(BytesIO(data)) as file:
        parts = [file.read(f"word/{name}.xml").decode("utf-8") for name in ("document", "footnotes")]
    # Text is in w:t. The rest is markup, alternative text of pictures and instructions of fields.
    pieces = re.findall(r"</w:p>|<w:br ?/>|<w:t\b[^>]*>([^<]*)</w:t>", " ".join(parts))
    ends = re.findall(r"(</w:p>|<w:br ?/>)|<w:t\b", " ".join(parts))
    return "".join(unescape(piece) if not end else "\n" for piece, end in zip(pieces, ends, strict=True))


def soffice(folder: Path, paths: list[Path]) -> None:
    # A profile of its own, because a LibreOffice that is running would take the command over.
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, *map(str, paths)], capture_output=True, check=True, timeout=150)


def words(text: str) -> Counter[str]:
    return Counter(WORD.findall(text))


def pdf_text(path: Path) -> str:
    # As it is laid out: otherwise a word whose line ends after its hyphen would be joined.
    command = ["pdftotext", "-layout", str(path), "-"]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8")


@pytest.mark.parametrize(("key", "way"), FILES)
def test_every_word_is_on_the_page_whole_and_no_fragment_of_one(
    made: dict[str, Made], key: str, way: str
) -> None:
    one = made[f"{key}-{way}"]
    source, page = words(one.source), words(pdf_text(one.pdf))
    # A run that lost the text would find no broken words either.
    assert source.total() > 100
    # Heads are repeated on each page, so a word may be there more often.
    assert {word: number for word, number in source.items() if page[word] < number} == {}
    assert page.keys() - source.keys() == set()


@pytest.mark.parametrize("key", PAGES)
def test_reports_are_short(made: dict[str, Made], key: str) -> None:
    done = subprocess.run(["pdfinfo", str(made[f"pages-{key}"].pdf)], capture_output=True, check=True)
    found = re.search(r"^Pages:\s+(\d+)$", done.stdout.decode("utf-8", "replace"), re.MULTILINE)
    assert found is not None
    assert int(found[1]) <= PAGES[key][1]


def test_a_broken_word_would_be_found(made: dict[str, Made], tmp_path: Path) -> None:
    """A column without room for its word, made by Pandoc from Markdown of somebody's own."""
    del made  # Skips this test too, if a program is missing.
    text = f"| a | b |\n|{'-' * 97}|---|\n| x {'y ' * 50}| unfavourable |\n"
    source = tmp_path / "narrow.docx"
    subprocess.run(["pandoc", "-f", "markdown", "-o", str(source)], input=text, encoding="utf-8", check=True)
    soffice(tmp_path, [source])
    page = words(pdf_text(tmp_path / "narrow.pdf"))
    assert "unfavourable" not in page


def test_the_footnotes_of_a_report_are_numbered_once(made: dict[str, Made]) -> None:
    # LibreOffice starts again at each heading where a file asks for that at each section.
    text = pdf_text(made["pages-peru"].pdf)
    numbers = [int(found) for found in re.findall(r"^ *(\d{1,2})\n +(?:GR|IA) ", text, re.MULTILINE)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) > 10
