"""Grids and pages that the tests of the interactive page share."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import ruralsyn
from ruralsyn.evidence.selection import Selection
from ruralsyn.lazy import Later
from ruralsyn.page.document import Column, Table
from ruralsyn.page.grid import Background, Detail, Facet, Grid, GridCell, GridLine
from ruralsyn.page.values import Cite, Noted, Term
from ruralsyn.render.explorer import render_explorer
from ruralsyn.views.evidence_map import evidence_map

HOSTILE = [
    "</script><img src=x onerror=alert(1)>",
    "</style><script>alert(1)</script>",
    "--><svg onload=alert(1)>",
    "\" onmouseover=\"alert(1)' x='",
    "{{ 7 * 7 }} {% raw %} &lt; &amp;",
    "javascript:alert(1)",
]
PLACE = Cite("notes", "yields", 3, "NO yields")


def detail(name: str, kind: str, *facts: tuple[str, Any]) -> Detail:
    return Detail(name, f"Title of {name}", Term(kind, f"says {kind}"), facts, (("kind", kind),))


def small_grid() -> Grid:
    rows = (
        GridLine("a", "Row A", "Upper", (("place", "north"),)),
        GridLine("b", "Row B", "Upper", (("place", "south"),)),
        GridLine("c", "Row C", "Lower", (("place", "south"),)),
    )
    columns = (
        GridLine("x", "Column X", facets=(("topic", "one"),)),
        GridLine("y", "Column Y", facets=(("topic", "two"),)),
    )
    noted = Noted(Noted("worth", "", (PLACE,)), "But see below.", (PLACE,))
    cells = {
        ("a", "x"): GridCell(
            "up", "good, 2 good", "2:0", "!", "", (detail("a1", "good", ("Place", (PLACE,))),)
        ),
        ("a", "y"): GridCell("", "not said", blank="not said"),
        ("b", "x"): GridCell("down", "bad, 1 bad", "0:1", details=(detail("b1", "bad", ("Fact", noted)),)),
        ("b", "y"): GridCell("sideways", "mixed, 1 good, 1 bad", "1:1", details=(detail("b2", "bad"),)),
        ("c", "x"): GridCell("", "not asked", blank="not asked"),
        ("c", "y"): GridCell("", "nothing clear, 1 vague", "~1", details=(detail("c1", "vague"),)),
    }
    heads = (Column("group", "Group"), Column("row", "Place"), Column("x", "X"), Column("y", "Y"))
    table = Table("grid", "Grid", heads, (), group_by="group", empty="No rows match.")
    facets = (
        Facet("place", "Part", (Term("north", "North"), Term("south", "South"))),
        Facet("topic", "Topic", (Term("one", "One"), Term("two", "Two"))),
        Facet("kind", "Kind", (Term("good", "Good"), Term("bad", "Bad"))),
        Facet("none", "Nothing to choose", ()),
    )
    legend = (("▲", "good"), ("2:0", "two good"))
    return Grid(
        "grid",
        "A grid",
        rows,
        columns,
        cells,
        legend,
        ("Take care.",),
        "From notes.",
        facets,
        ("effect", "effects"),
        table,
        table,
        background=Later(lambda: small_background()),
    )


def small_background() -> Background:
    """Two remarks on a row, one of which another row shares, and the details as records."""
    first = Detail(
        "r1", "Role of r1", Term("r1", "A rémark to lead with"), (("Level", "Local"),), leading=True
    )
    shared = Detail("r2", "Role of r2", Term("r2", "A remark that is shared"), (("Place", (PLACE,)),))
    rows = (("a1", "good, or so"), ("b1", 'say "bad"'), ("b2", "two\nlines"), ("c1", None))
    records = Table("records", "Records", (Column("key", "Key"), Column("text", "Text")), rows)
    return Background(("remark", "remarks"), {"a": (first, shared), "b": (shared,)}, {}, records)


def review_html() -> str:
    """The map of a review with sizes, colours and letters."""
    example = Path(__file__).parents[3] / "docs" / "review-example.toml"
    return render_explorer(evidence_map(Selection(ruralsyn.load(example, only=True))))


def bundled_html(by: str = "domain", group_by: str | None = None) -> str:
    return render_explorer(evidence_map(Selection(ruralsyn.load()), by, group_by))


def wide_grid() -> Grid:
    """A grid that is too wide for the page and higher than a window."""
    grid = small_grid()
    rows = tuple(GridLine(f"r{number}", f"Row {number}") for number in range(30))
    columns = tuple(GridLine(f"c{number}", f"Column number {number}") for number in range(24))
    one = grid.cells["a", "x"]
    return replace(
        grid,
        rows=rows,
        columns=columns,
        cells={(row.id, column.id): one for row in rows for column in columns},
    )


def hostile_grid(text: str) -> Grid:
    """The small grid with the text added everywhere that takes text, including ids."""

    def of(pairs: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
        return tuple((key + text, value + text) for key, value in pairs)

    def line(item: GridLine) -> GridLine:
        return GridLine(item.id + text, item.label + text, item.group and item.group + text, of(item.facets))

    def cell(item: GridCell) -> GridCell:
        return replace(
            item,
            label=item.label + text,
            counts=item.counts and item.counts + text,
            marks=item.marks and text,
            blank=item.blank and item.blank + text,
            details=tuple(map(detail_of, item.details)),
        )

    def detail_of(item: Detail) -> Detail:
        return Detail(
            item.id + text,
            item.title + text,
            Term(text, text),
            tuple((text, text) for _ in item.facts),
            of(item.facets),
            item.leading,
        )

    def background() -> Background:
        held = small_background()
        assert held.records
        return Background(
            (text, text),
            {row + text: tuple(map(detail_of, remarks)) for row, remarks in held.of_rows.items()},
            {},
            replace(held.records, rows=tuple((f"{key}{text}", text) for key, _ in held.records.rows)),
        )

    grid = small_grid()
    return replace(
        grid,
        background=Later(background),
        title=text,
        rows=tuple(map(line, grid.rows)),
        columns=tuple(map(line, grid.columns)),
        cells={(row + text, column + text): cell(item) for (row, column), item in grid.cells.items()},
        legend=(grid.legend[0], (text, text)),
        cautions=(text,),
        caption=text,
        facets=tuple(
            Facet(f.id + text, f.label + text, tuple(Term(o.id + text, o.label + text) for o in f.options))
            for f in grid.facets
        ),
        table=replace(grid.table, columns=(Column("row", text),), group_by=""),
    )
