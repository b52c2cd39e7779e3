"""A zip file to send to a colleague: the data in several forms, the map, and a README that explains them."""

from __future__ import annotations

import io
from collections.abc import Callable
from hashlib import sha256
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from ruralsyn.characters import as_bytes
from ruralsyn.errors import RuralsynError
from ruralsyn.export.book import book_files
from ruralsyn.export.contents import Contents, Files
from ruralsyn.export.datapackage import package_files
from ruralsyn.export.readme import README, readme
from ruralsyn.page.grid import Grid
from ruralsyn.record import Record
from ruralsyn.render.formats import FORMATS
from ruralsyn.views.evidence_map import evidence_map

CHECKSUMS = "SHA256SUMS"
WORKBOOK = "tables.xlsx"


class Part(Record):
    """A part of the bundle that needs a library which may be missing."""

    name: str
    about: str
    make: Callable[[Contents, Grid], bytes]


MOST_DRAWN = 100
"""The most cases that a figure has: with more, its rows are too small to read, and it takes hours."""


PARTS = (
    Part(WORKBOOK, "the tables as an Excel workbook", lambda contents, _: _workbook(contents)),
    Part("map.svg", "the evidence map as a figure", lambda _, grid: _figure(grid)),
    Part(
        "map.html",
        "the evidence map as a page that can be searched and filtered",
        lambda _, grid: _drawn(grid, "html"),
    ),
)


def bundle_files(contents: Contents) -> Files:
    """The zip file, under the name of the export. A part whose library is missing is left out.

    `contents.missing` then has the parts and why they are missing, and so has the README.
    """
    files = package_files(contents) | _parts(contents)
    files[README] = readme(
        contents, {part.name: part.about for part in PARTS if part.name in files}, CHECKSUMS
    )
    files[CHECKSUMS] = _checksums(files)
    return {contents.name: _zipped(files)}


def _parts(contents: Contents) -> Files:
    grid = evidence_map(contents.selection, full=True)
    made: Files = {}
    for part in PARTS:
        try:
            made[part.name] = part.make(contents, grid)
        except RuralsynError as error:
            contents.missing[part.name] = str(error)
    return made


def _workbook(contents: Contents) -> bytes:
    (made,) = book_files(contents).values()
    return made


def _figure(grid: Grid) -> bytes:
    if len(grid.rows) > MOST_DRAWN:
        raise RuralsynError(f"a figure of {len(grid.rows)} cases cannot be read; map.html shows them.")
    return _drawn(grid, "svg")


def _drawn(grid: Grid, name: str) -> bytes:
    return as_bytes(FORMATS[name].render(grid))


def _checksums(files: Files) -> bytes:
    """The checksums of all files, as `sha256sum -c` reads them."""
    return "".join(f"{sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items())).encode()


def _zipped(files: Files) -> bytes:
    """The files in a zip file that has the same bytes for the same files: their dates are fixed."""
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        # README comes first, so that it is seen first.
        for name in sorted(files, key=lambda name: (name != README, name)):
            # The earliest date that the format can hold.
            info = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = ZIP_DEFLATED
            info.create_system, info.external_attr = 3, 0o644 << 16
            archive.writestr(info, files[name])
    return buffer.getvalue()
