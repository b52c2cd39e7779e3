"""The texts of blocks: what a request gives, as Markdown, with footnotes that belong to its block alone."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import count as numbers
from pathlib import Path
from zlib import crc32

from ruralsyn.cli.block_request import read_request
from ruralsyn.cli.request import Loader, requested
from ruralsyn.dataset.loading import load
from ruralsyn.memo.blocks import written
from ruralsyn.page.bibliography import Bibliography
from ruralsyn.page.content import Content
from ruralsyn.page.document import Document, References, Table, as_document
from ruralsyn.render.formats import FORMATS


def text_of_block(content: Content, key: str) -> str:
    """The content as the text of a block, without blank lines around it. Its footnotes begin with the key."""
    if isinstance(content, Bibliography):
        content = Document("", (References(content.references),))
    shown = FORMATS["markdown"].part_of(content)
    assert isinstance(shown, Table | Document)
    text = FORMATS["markdown"].render(replace(as_document(shown), key=key))
    return str(text).strip("\n")


def whole_block(content: Content, request: str) -> str:
    """The content as a block with its comments, to append to a file."""
    (key,) = keys_of([request])
    # The blank line ends a paragraph that stands before it in the file.
    return f"\n{written(request, text_of_block(content, key))}"


def data_remark(request: str) -> str:
    """A remark on files whose path fits only if the block is kept in the working directory; empty without."""
    files = read_request(request).options.get("data", ())
    apart = [file for file in files if os.path.dirname(file) and not os.path.isabs(file)]
    return (
        f"refresh reads {', '.join(apart)} from the folder of the file that holds the block." if apart else ""
    )


def keys_of(requests: Iterable[str]) -> list[str]:
    """What the labels of footnotes begin with, for each of the requests of a file: each of them once."""
    found: list[str] = []
    taken: set[str] = set()
    candidates: dict[str, Iterator[str]] = {}
    for request in requests:
        keys = candidates.setdefault(request, _keys(request))
        found.append(next(key for key in keys if key not in taken))
        taken.add(found[-1])
    return found


def _keys(request: str) -> Iterator[str]:
    """The key of a request, and those for a file in which it is taken."""
    words = " ".join(request.split())
    # Longer ones when the short ones run out.
    return (f"{crc32(f'{words} {number}'.encode()):08x}"[: 4 + number // 1000] for number in numbers())


class BlockTexts:
    """Makes the texts of blocks. Data are loaded once, and the same request is answered once."""

    def __init__(self, data: tuple[str, ...] = (), *, only: bool = False) -> None:
        """`data` and `only` are for blocks that name no data; paths begin in the working directory."""
        self._data = data
        self._only = only
        self._load = cache(load)
        self._text = cache(self._made)

    def text(self, request: str, key: str, folder: Path) -> str:
        """The text of a block in a file of this folder.

        Raises UsageError for words that no block takes, and DataError for data that cannot be used.
        """
        asked = read_request(request)
        # Only where a block names data it matters which folder it is in.
        return self._text(request, key, os.path.abspath(folder) if "data" in asked.options else "")

    def _made(self, request: str, key: str, folder: str) -> str:
        asked = read_request(request)
        options = dict(asked.options)
        if self._data and "data" not in options:
            options["data"] = self._data
            options["only_data"] = options.get("only_data", self._only)
        content = requested(asked.row.name, asked.ids, options, self._loader(folder))
        return text_of_block(content, key)

    def _loader(self, folder: str) -> Loader:
        return lambda data, only: self._load(*data, only=only, folder=folder)
