"""The figure shows the whole grid, fits it on the page, and has the same bytes every time."""

from __future__ import annotations

import importlib.util
import io
import itertools
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import ruralsyn
from ruralsyn.dataset.model import Dataset
from ruralsyn.errors import RuralsynError
from ruralsyn.evidence.filters import Filter
from ruralsyn.evidence.selection import Selection
from ruralsyn.page.document import Column, Table
from ruralsyn.page.grid import Grid, GridCell, GridLine
from ruralsyn.render.formats import FORMATS
from ruralsyn.views.evidence_map import evidence_map

from ..conftest import Run

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.patches import Patch

MISSING = importlib.util.find_spec("matplotlib") is None
draws = pytest.mark.skipif(
    MISSING and not os.environ.get("RURALSYN_REQUIRE_FIGURE"),
    reason="matplotlib is not installed: pip install 'ruralsyn[figure]'",
)
"""With RURALSYN_REQUIRE_FIGURE these tests fail without Matplotlib instead of being skipped."""

HOSTILE = [
    "$x^2$ and $\\frac{1}$",
    "<b>bold</b> & &amp; ]]>",
    "back\\slash \\n \\alpha",
    "W" * 120,
    "a\tb\nc \x1b[31m \x00 \x85 \ufffe",
    "{}%s%d \u202eabc",
    "  Ñandú ﬁ ½ Ελ Жы  ",
    "",
]

CELLS = {
    ("a", "x"): GridCell("up", "favourable", "2:0"),
    ("a", "y"): GridCell("sideways", "conflicting", "1:1 ~1", "!"),
    ("a", "z"): GridCell("", "not reported", blank="not reported"),
    ("b", "x"): GridCell("", "no clear direction", "~1"),
    ("b", "y"): GridCell("down", "unfavourable", "0:1"),
    ("b", "z"): GridCell("", "no effects given", blank="no effects given"),
}
LEGEND = (
    ("▲", "better"),
    ("▼", "worse"),
    ("◄►", "both"),
    ("!", "depends on something"),
    ("not reported", "nothing there"),
    ("no effects given", "nobody looked"),
)


def grid(
    rows: tuple[GridLine, ...],
    columns: tuple[GridLine, ...],
    cells: dict[tuple[str, str], GridCell],
    *,
    title: str = "A small map",
    legend: tuple[tuple[str, str], ...] = LEGEND,
    cautions: tuple[str, ...] = ("Nothing is ranked.", "Blank is not zero."),
    caption: str = "Source: made by hand.",
) -> Grid:
    table = Table("map", title, (Column("row", "Row"),), (), empty="No rows match.")
    return Grid(
        "map", title, rows, columns, cells, legend, cautions, caption, (), ("thing", "things"), table, table
    )


SMALL = grid(
    (GridLine("a", "First row", "One group"), GridLine("b", "Second row", "Another group")),
    (GridLine("x", "Column X"), GridLine("y", "Column Y"), GridLine("z", "Column Z")),
    CELLS,
)


def crossed(labels: list[str], columns: int, blanks: tuple[str, ...] = ("not reported",)) -> Grid:
    """A grid with these labels as rows, this number of columns, and cells of every kind."""
    heads = [labels[number % len(labels)] or f"Programme {number}" for number in range(columns)]
    kinds = [
        GridCell("up", "", "1:0 ~1 s2"),
        GridCell("down", "", "0:1", "!"),
        GridCell("sideways", "", "1:1"),
        GridCell("", "", "~1"),
        *(GridCell("", "", blank=blank) for blank in blanks),
    ]
    return grid(
        tuple(GridLine(f"row {n}", label, label if n % 3 else "") for n, label in enumerate(labels)),
        tuple(GridLine(f"column {n}", head) for n, head in enumerate(heads)),
        {
            (f"row {row}", f"column {column}"): kinds[(row + column) % len(kinds)]
            for row in range(len(labels))
            for column in range(columns)
        },
        title=labels[0],
        legend=(*LEGEND, ("2:1", labels[0]), ("quite a long key", labels[1])),
        cautions=tuple(labels),
        caption=labels[2],
    )


PICTURES = [row.name for row in FORMATS.values() if row.kind == "picture"] + ["pdf"]

CHOICES: dict[str, tuple[Filter, str, str | None]] = {
    "all": (Filter(), "domain", None),
    "by region": (Filter(), "domain", "region"),
    "by architecture": (Filter(), "domain", "architecture"),
    "by coordination": (Filter(), "domain", "coordination"),
    "by outcome": (Filter(), "outcome", None),
    "outcomes of a domain": (Filter(domains=("finance",)), "outcome", None),
    "one case": (Filter(cases=("peru-haku-winay",)), "domain", None),
    "one case without effects": (Filter(cases=("mexico-proinpro",)), "domain", None),
    "one domain": (Filter(domains=("finance",)), "domain", None),
    "one cell": (Filter(cases=("peru-haku-winay",), domains=("income",)), "domain", None),
    "nothing": (Filter(cases=("mexico-proinpro",)), "outcome", None),
}
MADE: dict[str, Callable[[], Grid]] = {
    "small": lambda: SMALL,
    "hostile": lambda: crossed(HOSTILE, 3),
    "hostile, wide": lambda: crossed(HOSTILE, 8),
    "many columns": lambda: crossed(["Somewhere: ONE + ANOTHER", "Elsewhere: Ñandú", "Far: OFF"], 18),
    "too many columns": lambda: crossed(["Somewhere: ONE + ANOTHER", "Elsewhere: Ñandú", "Far: OFF"], 60),
    "many rows": lambda: crossed([f"Outcome number {number}" for number in range(60)], 5),
    "many blanks": lambda: crossed(["One", "Two", "Three"], 12, ("not reported", "p", "q", "r", "s")),
}


def chosen_map(dataset: Dataset, chosen: Filter, by: str, group_by: str | None) -> Grid:
    return evidence_map(Selection(dataset, chosen), by, group_by)


@pytest.fixture(params=[*CHOICES, *MADE])
def any_grid(request: pytest.FixtureRequest, bundled: Dataset) -> Grid:
    """A map of the bundled data of every kind, and grids that are hard to draw."""
    name: str = request.param
    return chosen_map(bundled, *CHOICES[name]) if name in CHOICES else MADE[name]()


def squeezed(text: str) -> str:
    """The text without spaces, so that it is found even if it has been wrapped."""
    return "".join(text.split())


def svg_of(content: Grid) -> ET.Element:
    data = FORMATS["svg"].render(content)
    assert isinstance(data, bytes)
    return ET.fromstring(data)


def texts_of(svg: ET.Element) -> list[str]:
    return ["".join(text.itertext()) for text in svg.iter("{http://www.w3.org/2000/svg}text")]


def ids_of(svg: ET.Element) -> list[str]:
    return [found for element in svg.iter() if (found := element.get("id"))]


def drawn(content: Grid) -> Figure:
    from ruralsyn.render.figure.draw import draw

    return draw(content)


def patches_of(figure: Figure, named: bool = False) -> list[Patch]:
    """The shapes of the figure. Only arrows have names."""
    from matplotlib.patches import Patch

    return [shape for shape in figure.artists if isinstance(shape, Patch) and (shape.get_gid() or not named)]


def area_of(triangle: tuple[tuple[float, float], ...]) -> float:
    (ax, ay), (bx, by), (cx, cy) = triangle
    return abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2


# What it holds ------------------------------------------------------------------------------------------


@draws
def test_the_svg_holds_every_word_of_the_grid(any_grid: Grid) -> None:
    from ruralsyn.render.figure.canvas import clean

    drawn = squeezed("".join(texts_of(svg_of(any_grid))))
    lines = (*any_grid.rows, *any_grid.columns) if any_grid.rows else ()
    wanted = [
        any_grid.title,
        any_grid.caption,
        *any_grid.cautions,
        *(meaning for _, meaning in any_grid.legend),
        *(line.label for line in lines),
        *(row.group for row in any_grid.rows),
        *(cell.counts for cell in any_grid.cells.values()),
        *(cell.marks for cell in any_grid.cells.values()),
        *(cell.blank for cell in any_grid.cells.values()),
    ]
    assert [text for text in wanted if squeezed(clean(text)) not in drawn] == []


@draws
def test_every_cell_with_a_direction_has_one_arrow(any_grid: Grid) -> None:
    places = {(row.id, column.id) for row in any_grid.rows for column in any_grid.columns}
    shown = Counter(cell.symbol for place, cell in any_grid.cells.items() if place in places and cell.symbol)
    ids = ids_of(svg_of(any_grid))
    drawn = Counter(name.split("-")[0] for name in ids if name.startswith(("up-", "down-", "sideways-")))
    assert drawn == shown
    keys = [name for name in ids if name.startswith("legend-")]
    assert keys == ["legend-up", "legend-down", "legend-sideways"]
    assert len(set(ids)) == len(ids)


@draws
def test_arrows_have_one_ink_and_one_size(bundled: Dataset) -> None:
    from ruralsyn.render.figure.canvas import OUTLINES

    figure = drawn(evidence_map(Selection(bundled), "outcome"))
    arrows = [patch for patch in patches_of(figure, named=True) if str(patch.get_gid()).startswith("up-")]
    assert len({round(patch.get_window_extent().height, 3) for patch in arrows}) == 1
    arrows = patches_of(figure, named=True)
    assert len({str(patch.get_facecolor()) for patch in arrows}) == 1
    assert len({round(sum(map(area_of, triangles)), 3) for triangles in OUTLINES.values()}) == 1


@draws
def test_nothing_is_coloured(any_grid: Grid) -> None:
    from matplotlib.colors import to_rgb
    from matplotlib.lines import Line2D

    figure = drawn(any_grid)
    shades = [to_rgb(text.get_color()) for text in figure.texts]
    shades += [to_rgb(line.get_color()) for line in figure.artists if isinstance(line, Line2D)]
    shades += [to_rgb(patch.get_facecolor()) for patch in patches_of(figure)]
    shades += [to_rgb(patch.get_edgecolor()) for patch in patches_of(figure)]
    assert all(red == green == blue for red, green, blue in shades)


@draws
def test_kinds_of_blanks_differ_without_colour() -> None:
    from ruralsyn.render.figure.plan import blanks_of

    kinds = blanks_of(MADE["many blanks"]()).values()
    assert len({(kind.sign, kind.hatched) for kind in kinds}) == len(kinds)
    styles = {text.get_text(): text.get_fontstyle() for text in drawn(SMALL).texts[:20]}
    assert styles["not reported"] == "italic"
    assert styles["no effects given"] == "normal"
    alone = chosen_map(ruralsyn.load(), *CHOICES["one case without effects"])
    assert blanks_of(alone)["no effects given"] == blanks_of(SMALL)["no effects given"]


@draws
def test_an_empty_grid_says_so(bundled: Dataset) -> None:
    content = chosen_map(bundled, *CHOICES["nothing"])
    assert content.table.empty in texts_of(svg_of(content))


@draws
def test_the_svg_has_a_title() -> None:
    svg = svg_of(crossed(HOSTILE, 2))
    assert svg[0].tag == "{http://www.w3.org/2000/svg}title"
    assert svg[0].text == HOSTILE[0]


@draws
def test_text_is_drawn_as_it_is_written() -> None:
    """No character is read as a command: a dollar sign does not start a formula."""
    texts = texts_of(svg_of(crossed(HOSTILE, 1)))
    for text in ("$x^2$ and $\\frac{1}$", "<b>bold</b> & &amp; ]]>", "back\\slash \\n \\alpha"):
        assert text in texts
    assert "a b c \ufffd[31m \ufffd \ufffd \ufffd" in texts


# How it fits --------------------------------------------------------------------------------------------


@draws
def test_nothing_overlaps_or_leaves_the_page(any_grid: Grid) -> None:
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    figure = drawn(any_grid)
    screen = FigureCanvasAgg(figure).get_renderer()  # type: ignore[no-untyped-call]
    texts = [text for text in figure.texts if text.get_text()]
    boxes = [(text.get_text(), text.get_window_extent(screen).padded(-1)) for text in texts]
    boxes += [
        (str(arrow.get_gid()), arrow.get_window_extent(screen)) for arrow in patches_of(figure, named=True)
    ]
    page = figure.bbox
    for name, box in boxes:
        assert page.x0 <= box.x0, name
        assert box.x1 <= page.x1, name
        assert page.y0 <= box.y0, name
        assert box.y1 <= page.y1, name
    overlapping = [
        (one, other)
        for (one, first), (other, second) in itertools.combinations(boxes, 2)
        if first.x0 < second.x1 and second.x0 < first.x1 and first.y0 < second.y1 and second.y0 < first.y1
    ]
    assert overlapping == []


@draws
def test_it_is_as_wide_as_two_columns_of_a_journal(bundled: Dataset) -> None:
    for choice in CHOICES.values():
        figure = drawn(chosen_map(bundled, *choice))
        assert figure.get_figwidth() * 25.4 == pytest.approx(180)
        assert figure.get_figheight() * 25.4 < 265, "it fits on A4 with margins"
        assert min(float(text.get_fontsize()) for text in figure.texts) >= 7


@draws
def test_a_column_more_than_fits_turns_the_headers_and_then_widens_the_page() -> None:
    assert {text.get_rotation() for text in drawn(MADE["many rows"]()).texts} == {0}
    turned = drawn(MADE["many columns"]())
    assert {text.get_rotation() for text in turned.texts} == {0, 90}
    assert turned.get_figwidth() * 25.4 == pytest.approx(180)
    assert drawn(MADE["too many columns"]()).get_figwidth() * 25.4 > 180


# The files ----------------------------------------------------------------------------------------------


@draws
def test_the_png_has_its_size_and_resolution() -> None:
    from PIL import Image

    data = FORMATS["png"].render(SMALL)
    assert isinstance(data, bytes)
    image = Image.open(io.BytesIO(data))
    image.load()
    assert image.format == "PNG"
    assert image.width == int(180 / 25.4 * 300)
    assert image.info["dpi"] == pytest.approx((300, 300), abs=0.1)
    assert len(image.convert("L").histogram()) == 256


@draws
def test_the_pdf_is_one_with_its_fonts_within() -> None:
    data = FORMATS["pdf"].render(SMALL)
    assert isinstance(data, bytes)
    assert data.startswith(b"%PDF")
    assert b"/FontFile2" in data
    assert b"/Subtype /Type3" not in data
    assert b"Date" not in data


@draws
@pytest.mark.parametrize("kind", PICTURES)
def test_the_same_grid_gives_the_same_bytes(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bytes do not depend on the clock or on the user's settings for Matplotlib."""
    import matplotlib

    first = FORMATS[kind].render(SMALL)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    with matplotlib.rc_context({"font.size": 31, "svg.fonttype": "path", "savefig.bbox": "tight"}):
        before = dict(matplotlib.rcParams)
        assert FORMATS[kind].render(SMALL) == first
        assert dict(matplotlib.rcParams) == before


@draws
@pytest.mark.parametrize("kind", PICTURES)
def test_the_command_line_writes_the_figure(kind: str, tmp_path: Path) -> None:
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-m", "ruralsyn", "map", "-o", f"map-{seed}.{kind}"],
            cwd=tmp_path,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    data = (tmp_path / f"map-1.{kind}").read_bytes()
    assert data == (tmp_path / f"map-2.{kind}").read_bytes()
    assert data.startswith({"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF"}[kind])


@draws
def test_letters_that_the_font_lacks_are_left_to_the_viewer_of_an_svg() -> None:
    content = grid((GridLine("a", "አማርኛ"),), SMALL.columns, CELLS)
    assert "አማርኛ" in texts_of(svg_of(content))
    for kind in ("png", "pdf"):
        with pytest.raises(RuralsynError, match=r"lacks the letter 'አ' \(U\+12A0\): make an SVG"):
            FORMATS[kind].render(content)


@pytest.mark.parametrize("kind", PICTURES)
def test_without_matplotlib_a_line_says_how_to_get_it(
    kind: str, monkeypatch: pytest.MonkeyPatch, ruralsyn_run: Run, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    ran = ruralsyn_run("map", "-o", tmp_path / f"map.{kind}")
    message = "ruralsyn: figures need matplotlib: install it with `pip install 'ruralsyn[figure]'`\n"
    assert ran == (1, "", message)
    assert list(tmp_path.iterdir()) == []
