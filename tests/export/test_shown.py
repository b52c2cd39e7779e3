"""What a notebook shows of an object: fragments that are well formed, safe, and apart from each other."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest

from ruralsyn.cli.request import request
from ruralsyn.dataset.model import Dataset
from ruralsyn.evidence.filters import Filter
from ruralsyn.evidence.selection import Selection
from ruralsyn.export.notebook import MOST_ROWS
from ruralsyn.page.content import Sentence
from ruralsyn.page.document import Column, Document, Figure, Heading, Paragraph, Table
from ruralsyn.page.grid import Grid
from ruralsyn.page.values import Noted
from ruralsyn.shown import Shown

from ..render.test_safety import ALL, REQUESTS, poisoned

VOID = {"br", "col", "img"}
NOTED = Column("a", "A")


class Reader(HTMLParser):
    """Checks that elements are closed in order, and collects what a page could be harmed by."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tops = 0
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.ids: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tops += not self.open
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        values = dict(attrs)
        self.ids += [values["id"] or ""] if "id" in values else []
        self.links += [(values["href"] or "")] if "href" in values else []
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def read(shown: Shown) -> Reader:
    reader = Reader()
    reader.feed(shown._repr_html_())
    reader.close()
    assert reader.open == []
    return reader


def all_of(dataset: Dataset) -> list[Shown]:
    contents = [request(name, *ids, dataset=dataset, **options) for name, (ids, options) in REQUESTS.items()]
    return [dataset, Selection(dataset, Filter(domains=("finance",))), *contents]


def check(shown: Shown) -> None:
    reader = read(shown)
    assert reader.tops == 1
    assert not reader.tags & {"html", "head", "body", "script", "iframe", "link", "title", "main"}
    assert not {name for name in reader.attributes if name.startswith("on")}
    assert len(set(reader.ids)) == len(reader.ids)
    assert {link.removeprefix("#") for link in reader.links} <= set(reader.ids)
    shown._repr_markdown_().encode("utf-8")
    assert "\x1b" not in repr(shown)
    assert len(repr(shown)) < 5000


def test_everything_shows_itself(dummy: Dataset) -> None:
    for shown in all_of(dummy):
        check(shown)


@pytest.mark.parametrize("text", ALL[::9])
def test_no_text_of_the_data_breaks_out(text: str, bundled: Dataset) -> None:
    hostile = poisoned(bundled, text)
    for shown in (hostile, request("effects", dataset=hostile), request("show", "mali", dataset=hostile)):
        reader = read(shown)
        assert "script" not in reader.tags
        assert "src" not in reader.attributes
        assert not {name for name in reader.attributes if name.startswith("on")}


def noted(text: str) -> Table:
    return Table("own", "", (NOTED,), ((Noted("x", text),),))


def test_objects_in_one_notebook_do_not_meet() -> None:
    one, other = read(noted("One.")), read(noted("Another."))
    assert one.links
    assert not set(one.ids) & set(other.ids)


def test_labels_of_reports_with_the_same_key_differ() -> None:
    labels = [
        set(re.findall(r"\[\^[\w-]+\]", Document("", (noted(text),), key="report")._repr_markdown_()))
        for text in ("One.", "Another.")
    ]
    assert labels[0]
    assert not labels[0] & labels[1]


def test_the_style_is_for_the_fragment_alone(bundled: Dataset) -> None:
    style = re.search(r"<style>(.*?)</style>", bundled._repr_html_(), re.DOTALL)
    assert style is not None
    heads = re.findall(r"([^{}]+)\{[^{}]*\}", style[1])
    assert all(part.strip().startswith(".ruralsyn") for head in heads for part in head.split(","))


Colour = tuple[float, ...]


def rgb(text: str) -> Colour:
    return tuple(int(text[index : index + 2], 16) / 255 for index in (1, 3, 5))


def luminance(colour: Colour) -> float:
    """The relative luminance, as WCAG 2.1 defines it."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


THEMES = {
    "JupyterLab light": ("#212121", "#ffffff"),
    "its stripes": ("#212121", "#f5f5f5"),
    "JupyterLab dark": ("#ffffff", "#111111"),
    "its dark stripes": ("#e0e0e0", "#212121"),
    "VS Code dark": ("#cccccc", "#1f1f1f"),
}
"""The colours of text and ground in notebooks."""


@pytest.mark.parametrize(("text", "ground"), THEMES.values(), ids=THEMES)
def test_colours_are_read_in_light_and_dark_themes(text: str, ground: str, bundled: Dataset) -> None:
    mixes = re.findall(r"color-mix\(in srgb, (#\w{6}) (\d+)%, currentColor\)", bundled._repr_html_())
    assert len(mixes) == 3
    for colour, percent in mixes:
        share = int(percent) / 100
        mixed = tuple(
            one * share + other * (1 - share) for one, other in zip(rgb(colour), rgb(text), strict=True)
        )
        low, high = sorted((luminance(mixed), luminance(rgb(ground))))
        # WCAG 2.1, 1.4.3.
        assert (high + 0.05) / (low + 0.05) >= 4.5


def test_the_title_of_the_notebook_stays_above() -> None:
    document = Document("Title", (Heading("Part"), Paragraph(("x",))))
    assert "<h2>Title</h2>" in document._repr_html_()
    assert re.search(r"<h3 id=\S+>Part</h3>", document._repr_html_())


def test_the_values_are_those_of_the_command_line(bundled: Dataset) -> None:
    table = request("effects", dataset=bundled, domains=["finance"])
    assert "▼ decrease" in table._repr_html_()
    assert "▼ decrease" in table._repr_markdown_()
    assert table._repr_markdown_().startswith("\n## Effects: Finances and risks\n")


def test_a_dataset_and_a_selection_say_what_they_hold(bundled: Dataset) -> None:
    text = bundled._repr_markdown_()
    assert re.search(r"\| effects +\| +48 \|", text)
    assert f"ruralsyn dataset {bundled.dataset.version}." in text
    chosen = Selection(bundled, Filter(domains=("finance",)))
    assert re.search(r"\| effects +\| +8 \|", chosen._repr_markdown_())
    assert "Filter: domain Finances and risks." in chosen._repr_markdown_()


@pytest.mark.parametrize(
    ("command", "ids", "wanted"),
    [
        ("effects", (), "<Table: effects, 48 rows, 15 columns>"),
        ("map", (), "<Grid: map, 8 rows, 5 columns>"),
        ("count", ("cases",), "<Sentence: 8>"),
        ("cite", (), "<Bibliography: 3 references>"),
    ],
)
def test_a_shell_prints_a_line(command: str, ids: Any, wanted: str, bundled: Dataset) -> None:
    assert repr(request(command, *ids, dataset=bundled)) == wanted


def test_a_map_names_its_sources(bundled: Dataset) -> None:
    grid = request("map", dataset=bundled)
    for text in (grid._repr_html_(), grid._repr_markdown_()):
        assert "Source: Rural Synergies, n.d., General results (GR)." in text


@pytest.mark.parametrize(
    ("number", "more"), [(MOST_ROWS, None), (MOST_ROWS + 1, "One"), (MOST_ROWS + 30, "30")]
)
def test_a_long_table_shows_its_first_rows(number: int, more: str | None) -> None:
    long = Table("own", "", (NOTED,), tuple((f"row {index}",) for index in range(number)), notes=("Last.",))
    for shown in (long, Document("Title", (long,))):
        for text in (shown._repr_html_(), shown._repr_markdown_()):
            assert len(re.findall(r"row \d+", text)) == MOST_ROWS
            said = re.findall(r"(\w+) more rows? (?:is|are) not shown", text)
            assert said == ([more] if more else [])
            assert "Last." in text


def test_a_large_map_shows_its_table_alone(bundled: Dataset) -> None:
    grid = request("map", dataset=bundled)
    assert isinstance(grid, Grid)
    table = replace(grid.table, rows=grid.table.rows * MOST_ROWS)
    large = replace(grid, rows=grid.rows * MOST_ROWS, table=table)
    for shown in (large, Document("Title", (Figure(large, "A map."),))):
        reader = read(shown)
        assert "img" not in reader.tags
        assert f"{7 * MOST_ROWS} more rows are not shown" in shown._repr_html_()


def test_a_remark_is_shown_with_its_number() -> None:
    sentence = Sentence("8", noted("x"), remark="Two more are simulations.")
    assert sentence._repr_markdown_().lstrip() == "8\n\nTwo more are simulations.\n"
    assert "Two more are simulations." in sentence._repr_html_()


def test_a_title_does_not_reach_a_terminal_as_it_is() -> None:
    assert repr(Document("\x1b[31mx\u202e", ())) == r"<Document: \x1b[31mx\u202e, 0 blocks>"
