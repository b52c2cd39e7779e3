"""Each fact has one row: a row that is added to a table appears in everything made from the table."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from ruralsyn.cli.commands import COMMANDS
from ruralsyn.dataset.model import Entry
from ruralsyn.evidence import filters
from ruralsyn.evidence.filters import FIELDS, Filter, choice
from ruralsyn.page.content import Content
from ruralsyn.page.document import Column, Paragraph, Table
from ruralsyn.render.formats import FORMATS, Format
from ruralsyn.render.screen import Screen
from ruralsyn.report.sections import SECTIONS, ReportSection

from ..conftest import Run
from ..test_readme import filters_table, formats_table, sections_table

SHADES = {"dark": Entry(id="dark", name="Dark"), "pale": Entry(id="pale", name="Pale")}


class WiderFilter(Filter, kw_only=True):
    """The filters and one more, made up for the tests: effects on savings are dark, all others pale."""

    shades: tuple[str, ...] = choice(
        "shade",
        "Dark or pale.",
        lambda _: SHADES,
        effects=lambda _, effect: ("dark" if effect.outcome == "savings" else "pale",),
    )


def render_shout(content: Content, screen: Screen) -> str:
    del content, screen
    return "SHOUTED\n"


@pytest.fixture
def wider(monkeypatch: pytest.MonkeyPatch) -> None:
    """Add a format, a filter and a report section that exist in these tests only."""
    form = Format(
        name="shout",
        endings=(".shout",),
        kind="people",
        use="reading aloud",
        renderer=f"{__name__}:render_shout",
    )
    section = ReportSection(
        key="weather",
        heading="The weather",
        blocks=lambda _, __: (Paragraph(("It rains.",)),),
        data=lambda _: (Table("weather", "", (Column("sky", "Sky"),), (("grey",),)),),
    )
    monkeypatch.setitem(FORMATS, "shout", form)
    monkeypatch.setitem(SECTIONS, "weather", section)
    monkeypatch.setattr(filters, "Filter", WiderFilter)
    monkeypatch.setitem(FIELDS, "shades", WiderFilter.__dataclass_fields__["shades"].metadata["row"])
    # Other commands take every filter for their kind of record; `report` lists its filters by name.
    row = COMMANDS["report"]
    monkeypatch.setitem(COMMANDS, "report", replace(row, filters=(*row.fields(), "shades")))


@pytest.mark.usefixtures("wider")
def test_what_is_registered_is_found_everywhere(ruralsyn_run: Run) -> None:
    shown = ruralsyn_run("effects", "-h").out
    assert "--shade" in shown
    assert "Dark or pale." in shown
    assert "shout" in shown

    assert (
        "| `--shade` | Dark or pale | `effects` `count` `answer` `map` `synthesis` `report` `export` |"
        in filters_table()
    )
    assert "| `shout` | `.shout` | reading aloud |" in formats_table()
    assert "| `weather` | The weather |" in sections_table()

    assert ruralsyn_run("effects", "-f", "shout").out == "SHOUTED\n"
    dark = json.loads(ruralsyn_run("effects", "--shade", "DARK", "-f", "json").out)
    assert {row["outcome"] for row in dark} == {"savings"}
    values = json.loads(ruralsyn_run("vocabulary", "shade", "-f", "json").out)
    assert [row["value"] for row in values] == ["dark", "pale"]
    report = json.loads(ruralsyn_run("report", "--shade", "dark", "-f", "json").out)
    assert report["tables"]["weather"] == [{"sky": "grey"}]
    assert {row["outcome"] for row in report["tables"]["effects"]} == {"savings"}
    listed = json.loads(ruralsyn_run("report", "--list-sections", "-f", "json").out)
    assert listed[-1] == {"section": "weather", "heading": "The weather"}

    text = ruralsyn_run("report", "--shade", "Dark", "--sections", "weather,reproduce").out
    assert "## The weather\n\nIt rains." in text
    assert "`ruralsyn report --shade dark --sections weather,reproduce`" in text
    assert "Did you mean shout?" in ruralsyn_run("effects", "-f", "shuot").err
    assert "Shade dark: " in ruralsyn_run("effects", "--shade", "dark").out


@pytest.mark.usefixtures("wider")
@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("ruralsyn effects -f sh", "shout"),
        ("ruralsyn effects --sha", "--shade"),
        ("ruralsyn effects --shade pa", "pale"),
        ("ruralsyn report --sections wea", "weather"),
    ],
)
def test_completion_knows_what_is_registered(
    ruralsyn_run: Run,
    monkeypatch: pytest.MonkeyPatch,
    capfdbinary: pytest.CaptureFixture[bytes],
    line: str,
    wanted: str,
) -> None:
    monkeypatch.setenv("_RURALSYN_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", line)
    monkeypatch.setenv("COMP_CWORD", str(len(line.split()) - 1))
    with pytest.raises(SystemExit):  # Typer answers a request for completion and exits.
        ruralsyn_run()
    assert wanted in capfdbinary.readouterr().out.decode().split()


@pytest.mark.usefixtures("wider")
def test_a_file_with_the_new_ending_gets_the_new_format(ruralsyn_run: Run, tmp_path: Path) -> None:
    path = tmp_path / "x.shout"
    assert ruralsyn_run("effects", "-o", path).code == 0
    assert path.read_text(encoding="utf-8") == "SHOUTED\n"
