"""Word and OpenDocument files: the page and styles that Pandoc starts from, and changes to what it makes.

Pandoc takes page and styles from a reference document. Its own has Letter pages and large tables, so ours is
made from it, with the styles under `templates/reference`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo

from ruralsyn.errors import RuralsynError
from ruralsyn.record import Record

Edit = Callable[[str], str]
"""A change to the text of an XML file."""

_FOLDER = Path(__file__).parent / "templates" / "reference"
_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The earliest date that a ZIP file can hold."""


class FileKind(Record, kw_only=True):
    """A kind of file for word processors: a ZIP file of XML files."""

    name: str
    """Its name for Pandoc, which is also the ending of its files."""
    words: str
    """Its name for people, in the plural."""
    needed: str
    """A member that files of this kind have and those of the other kind lack."""
    reference: Mapping[str, Edit]
    """How the members of Pandoc's reference document are changed, by name."""
    added: Mapping[str, str]
    """What is added to it, by name."""
    result: Mapping[str, Edit]
    """How the members of the files that Pandoc makes are changed, by name."""


def reference_document(default: bytes, kind: FileKind) -> bytes:
    """Pandoc's reference document with A4 pages and compact styles."""
    return _edited(default, kind.reference, kind.added)


def finished(made: bytes, kind: FileKind) -> bytes:
    """A file that Pandoc has made, with good tables and without dates: equal content gives equal bytes."""
    return _edited(made, kind.result, {})


def check_reference(path: Path, kind: FileKind) -> None:
    """Raise RuralsynError if the file cannot be a reference document of this kind."""
    try:
        with ZipFile(path) as file:
            right = kind.needed in file.namelist()
    except OSError as error:
        raise RuralsynError(f"{path}: cannot be read: {error.strerror or error}.") from None
    except BadZipFile:
        right = False
    if not right:
        raise RuralsynError(f"{path}: not a .{kind.name} file, which --reference-doc needs for this format.")


def _edited(data: bytes, edits: Mapping[str, Edit], added: Mapping[str, str]) -> bytes:
    stream = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(stream, "w") as new:
        # In the same order: an OpenDocument file begins with `mimetype`, which is not compressed.
        for info in old.infolist():
            member = old.read(info)
            if info.filename in edits:
                member = edits[info.filename](member.decode("utf-8")).encode("utf-8")
            new.writestr(_dateless(info.filename, info.compress_type), member)
        for name, text in added.items():
            new.writestr(_dateless(name, 0), text)
    return stream.getvalue()


def _dateless(name: str, compression: int) -> ZipInfo:
    info = ZipInfo(name, _EARLIEST)
    info.compress_type = compression
    return info


# Styles --------------------------------------------------------------------------------------------------


def _restyled(xml: str, file: str, element: str, key: str) -> str:
    """The styles with ours in the place of those of the same name. Those without a namesake are added."""
    pattern = rf'<{element}\s[^>]*?{key}="({{}})"[^>]*?(?:/>|>.*?</{element}>)'
    own = (_FOLDER / file).read_text(encoding="utf-8")
    for found in re.finditer(pattern.format('[^"]*'), own, re.DOTALL):
        old = re.search(pattern.format(re.escape(found[1])), xml, re.DOTALL)
        # The first end tag is that of the named styles; automatic styles come later.
        start, end = old.span() if old else (_end_of_styles(xml),) * 2
        xml = f"{xml[:start]}{found[0]}{xml[end:]}"
    return xml


def _end_of_styles(xml: str) -> int:
    found = re.search(r"</(?:w|office):styles>", xml)
    return found.start() if found else len(xml)


def _undated(xml: str) -> str:
    """The properties of a file without the dates on which it was made and changed."""
    return re.sub(r"<(dcterms:\w+|meta:creation-date|dc:date)\b.*?</\1>\s*", "", xml)


# Word ----------------------------------------------------------------------------------------------------

_FOOTER = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_DEFAULTS = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="Arial" '
    'w:cs="Arial"/><w:sz w:val="20"/><w:szCs w:val="20"/><w:lang w:val="en-GB" w:eastAsia="zh-CN" '
    'w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="80" w:line="257" '
    'w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
)
# A4 with margins of 2.2 cm, in twentieths of a point. The order of the elements is that of the schema.
_SECTION = (
    '<w:sectPr><w:footerReference w:type="default" r:id="rIdFooter"/>'
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1247" '
    'w:bottom="1134" w:left="1247" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
)


def _word_styles(xml: str) -> str:
    xml = re.sub(r"<w:docDefaults>.*?</w:docDefaults>", _DEFAULTS, xml, flags=re.DOTALL)
    return _restyled(xml, "word-styles.xml", "w:style", "w:styleId")


def _word_page(xml: str) -> str:
    return re.sub(r"<w:sectPr\s*/>|<w:sectPr\b.*?</w:sectPr>", _SECTION, xml, flags=re.DOTALL)


def _footer_related(xml: str) -> str:
    link = f'<Relationship Id="rIdFooter" Type="{_FOOTER}" Target="footer1.xml"/>'
    return xml.replace("</Relationships>", f"{link}</Relationships>")


def _footer_typed(xml: str) -> str:
    part = f'<Override PartName="/word/footer1.xml" ContentType="{_WORD}.footer+xml"/>'
    return xml.replace("</Types>", f"{part}</Types>")


def _good_tables(xml: str) -> str:
    """The document with tables as wide as its page and rows that stay whole at the end of a page."""
    xml = re.sub(r"<w:tr>(?=\s*<w:tc>)", "<w:tr><w:trPr><w:cantSplit /></w:trPr>", xml)
    xml = xml.replace("<w:trPr><w:tblHeader", "<w:trPr><w:cantSplit /><w:tblHeader")
    # Older versions of Pandoc let the word processor choose the widths of the columns.
    if "<w:tblLayout" not in xml:
        xml = xml.replace("<w:tblLook", '<w:tblLayout w:type="fixed" /><w:tblLook')
    # Pandoc's columns are made for a narrower page.
    width = _text_width(xml)
    return re.sub(r"<w:tblGrid>.*?</w:tblGrid>", lambda grid: _scaled(grid[0], width), xml, flags=re.DOTALL)


def _text_width(xml: str) -> int | None:
    """The width of a line, in twentieths of a point; None if the document does not say."""
    page = re.search(r'<w:pgSz\b[^>]*w:w="(\d+)"', xml)
    margins = [re.search(rf'<w:pgMar\b[^>]*w:{side}="(\d+)"', xml) for side in ("left", "right")]
    if page is None or None in margins:
        return None
    return int(page[1]) - sum(int(margin[1]) for margin in margins if margin)


def _scaled(grid: str, width: int | None) -> str:
    columns = [int(one) for one in re.findall(r'w:w="(\d+)"', grid)]
    if not width or not sum(columns):
        return grid
    total = sum(columns)
    return re.sub(r'(?<=w:w=")\d+', lambda one: str(round(int(one[0]) * width / total)), grid)


WORD = FileKind(
    name="docx",
    words="Word files",
    needed="word/styles.xml",
    reference={
        "word/styles.xml": _word_styles,
        "word/document.xml": _word_page,
        "word/_rels/document.xml.rels": _footer_related,
        "[Content_Types].xml": _footer_typed,
    },
    added={
        "word/footer1.xml": '<?xml version="1.0" encoding="UTF-8"?><w:ftr xmlns:w="http://schemas.'
        'openxmlformats.org/wordprocessingml/2006/main"><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>'
        '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p></w:ftr>'
    },
    result={"word/document.xml": _good_tables, "docProps/core.xml": _undated},
)

# OpenDocument --------------------------------------------------------------------------------------------

_A4 = {
    "page-width": "21cm",
    "page-height": "29.7cm",
    "margin-top": "2cm",
    "margin-bottom": "1.2cm",  # The footer comes on top of it.
    "margin-left": "2.2cm",
    "margin-right": "2.2cm",
}
_PADDING = 'fo:padding="0.05cm" fo:padding-left="0.17cm" fo:padding-right="0.17cm"'
_LINES = {
    "TableHeaderRowCell": 'fo:border-top="0.8pt solid #404040" fo:border-bottom="0.8pt solid #404040" '
    'style:vertical-align="bottom"',
    "TableRowCell": 'fo:border-bottom="0.4pt solid #bfbfbf"',
}


def _odt_styles(xml: str) -> str:
    xml = re.sub(r"<style:page-layout-properties.*?>", _a4, xml, flags=re.DOTALL)
    # Rows stay whole at the end of a page.
    xml = xml.replace('fo:keep-together="auto"', 'fo:keep-together="always"')
    return _restyled(xml, "odt-styles.xml", "style:style", "style:name")


def _a4(layout: re.Match[str]) -> str:
    return re.sub(r'(?<=fo:)([\w-]+)="([^"]*)"', _measure, layout[0])


def _measure(pair: re.Match[str]) -> str:
    name, value = pair.groups()
    return f'{name}="{_A4.get(name, value)}"'


def _completed(xml: str) -> str:
    """The document with lines between the rows of tables and with alternative text inside its pictures."""
    # Pandoc writes cells without lines, whatever the styles.
    for name, lines in _LINES.items():
        style = rf'style:name="{name}" style:family="table-cell">\s*<style:table-cell-properties'
        xml = re.sub(rf'({style}) fo:border="none"', rf"\1 {_PADDING} {lines}", xml)
    return re.sub(r"</draw:frame>(<svg:desc>.*?</svg:desc>)", r"\1</draw:frame>", xml, flags=re.DOTALL)


OPEN_DOCUMENT = FileKind(
    name="odt",
    words="OpenDocument files",
    needed="content.xml",
    reference={"styles.xml": _odt_styles},
    added={},
    result={"content.xml": _completed, "meta.xml": _undated},
)
