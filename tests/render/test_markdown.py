"""Markdown is the same on every machine."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from ruralsyn.cli.request import request
from ruralsyn.dataset.model import Dataset
from ruralsyn.render.formats import FORMATS


def test_a_table_is_the_same_where_wcwidth_is_installed(
    bundled: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = request("coordination", "mali", dataset=bundled, full=True)
    before = FORMATS["markdown"].render(content)
    # Tabulate asks it for the widths of texts if it is there.
    monkeypatch.setattr("tabulate.wcwidth", SimpleNamespace(wcswidth=lambda text: 2 * len(text)))
    monkeypatch.setattr("tabulate.WIDE_CHARS_MODE", True)
    assert FORMATS["markdown"].render(content) == before
