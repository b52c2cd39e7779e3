"""Reports: what they contain, what they never claim, and whether Word and LaTeX take them."""

from __future__ import annotations

import json
import re
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

from ruralsyn import UsageError
from ruralsyn.cli.request import request
from ruralsyn.dataset.model import Dataset
from ruralsyn.evidence.source_words import worded
from ruralsyn.page import wording
from ruralsyn.page.document import Bullets, Column, Document, Figure, Heading, Paragraph, Table
from ruralsyn.page.values import Cite, Noted
from ruralsyn.render.formats import FORMATS
from ruralsyn.render.paper import MARKDOWN, PAGE, Paper, fitted
from ruralsyn.report.sections import SECTIONS

from ..conftest import Run, need, need_figures
from ..render.test_paper import broken

# Mexico has no effects and Zambia no findings, so each lacks some sentences and tables.
SELECTIONS = {
    "everything": (),
    "one case": ("peru",),
    "two cases": ("peru", "lesotho"),
    "two of one country": ("colombia",),
    "not evaluated": ("mexico",),
    "not analysed": ("zambia",),
    "four": ("peru", "lesotho", "mali", "ethiopia"),
}


@pytest.fixture(params=SELECTIONS)
def names(request: pytest.FixtureRequest) -> tuple[str, ...]:
    return SELECTIONS[request.param]


def document(dataset: Dataset, names: tuple[str, ...], **options: Any) -> Document:
    made = request("report", *names, dataset=dataset, **options)
    assert isinstance(made, Document)
    return made


def markdown(dataset: Dataset, names: tuple[str, ...], **options: Any) -> str:
    text = FORMATS["markdown"].render(request("report", *names, dataset=dataset, **options))
    assert isinstance(text, str)
    return text


def test_a_report_has_its_sections_in_order(bundled: Dataset, names: tuple[str, ...]) -> None:
    headings = re.findall(r"^## (.*)$", markdown(bundled, names), re.MULTILINE)
    # Without names the report covers all cases. Colombia is one name with two cases.
    several = len(names) > 1 or names in ((), ("colombia",))
    wanted = [
        worded(bundled, section.heading)
        for key, section in SECTIONS.items()
        if several or key != "comparison"
    ]
    assert headings == wanted


def test_tables_of_a_report_fit_a_page(bundled: Dataset, names: tuple[str, ...]) -> None:
    need_figures()
    for full in (False, True):
        for block in document(bundled, names, full=full).blocks:
            table = block.grid.table if isinstance(block, Figure) else block
            if not isinstance(table, Table):
                continue
            for paper in (PAGE, MARKDOWN):
                assert [word for part in fitted(table, paper) for word in broken(part, paper)] == []


def test_every_footnote_is_there_once_and_used(bundled: Dataset, names: tuple[str, ...]) -> None:
    text = markdown(bundled, names)
    # With a colon after it, a label defines a footnote; without, it refers to one.
    used = re.findall(r"\[\^([\w-]+)\](?!:)", text)
    defined = re.findall(r"^\[\^([\w-]+)\]:", text, re.MULTILINE)
    assert set(used) == set(defined)
    assert len(defined) == len(set(defined))
    if names != ():
        assert re.findall(r"^\[\^[\w-]+\]: .*¶", text, re.MULTILINE)


def test_every_claim_has_a_note(bundled: Dataset, names: tuple[str, ...]) -> None:
    """Statements of the briefs have their paragraphs. Sentences on the report itself need none."""
    section = ""
    for block in document(bundled, names).blocks:
        if isinstance(block, Heading) and block.level == 1:
            section = block.text
        if section in (
            "How the cases coordinated",
            "Lessons",
            "Recommendations",
            "Discrepancies in the briefs",
        ):
            for item in block.items if isinstance(block, Bullets) else ():
                assert any(isinstance(run, Noted) and run.cites for run in item), item
        if section == "Effects by domain" and isinstance(block, Table):
            for row in block.rows:
                assert isinstance(row[-1], tuple)
                assert all(isinstance(place, Cite) for place in row[-1])
                assert row[-1]
        if section == "Effects by domain" and isinstance(block, Paragraph):
            said = "".join(run for run in block.runs if isinstance(run, str))
            favourable = "clear effects" in said or "conflict" in said
            assert not favourable or any(isinstance(run, Noted) and run.cites for run in block.runs)


def test_a_report_claims_no_more_than_the_briefs(bundled: Dataset, names: tuple[str, ...]) -> None:
    # The briefs themselves speak of the crisis that COVID-19 caused.
    text = markdown(bundled, names).lower()
    assert "significant" not in text
    assert not re.search(r"\bproves?\b|\bproven\b|\bcaused\b(?! by covid)|effect size", text)


def test_two_runs_give_the_same_bytes(ruralsyn_run: Run) -> None:
    one = ruralsyn_run("report", "peru", "lesotho")
    assert one == ruralsyn_run("report", "peru", "lesotho")
    assert one.code == 0
    # A date of the run would differ between runs.
    assert not re.search(r"\b20[0-9]{2}-[0-9]{2}", one.out)


def test_the_report_names_the_command_that_makes_it(ruralsyn_run: Run) -> None:
    line = "report Perú lesotho -d finance,income --heading-level 2 --title 'A & B' --sections map,reproduce"
    # Split as a shell does it: what is in quotes is one argument.
    out = ruralsyn_run(*[part.strip("'") for part in re.findall(r"'[^']*'|\S+", line)]).out
    (command,) = re.findall(r"by `ruralsyn (.*)`\.", out)
    assert command == (
        "report 'Perú' lesotho --domain finance,income --sections map,reproduce --title 'A & B' "
        "--heading-level 2"
    )
    again = ruralsyn_run(*[part.strip("'") for part in re.findall(r"'[^']*'|\S+", command)]).out
    assert again == out


def test_sections_are_picked_and_ordered(ruralsyn_run: Run) -> None:
    out = ruralsyn_run("report", "peru", "--sections", "references,map").out
    assert re.findall(r"^## (.*)$", out, re.MULTILINE) == ["References", "Evidence map"]
    listed = json.loads(ruralsyn_run("report", "--list-sections", "-f", "json").out)
    assert [row["section"] for row in listed] == list(SECTIONS)


def test_headings_fit_under_others(ruralsyn_run: Run) -> None:
    out = ruralsyn_run("report", "peru", "--heading-level", "3", "--title", "Mine").out
    assert out.startswith("\n### Mine\n\nPeru (Juntos + Haku Wiñay): five effects")
    assert "\n#### What this covers\n" in out
    assert "\n##### Productive\n" in out
    assert not re.search(r"^#{1,2} |^#{7}", out, re.MULTILINE)


def test_reports_in_one_file_do_not_share_footnotes(ruralsyn_run: Run) -> None:
    outs = [
        ruralsyn_run("report", *arguments).out
        for arguments in (("peru",), ("lesotho",), ("peru", "--sections", "effects"))
    ]
    labels = [set(re.findall(r"^\[\^([\w-]+)\]:", out, re.MULTILINE)) for out in outs]
    assert all(labels)
    assert not labels[0] & labels[1]
    assert not labels[0] & labels[2]


def test_what_does_not_meet_is_not_reported(ruralsyn_run: Run) -> None:
    out = ruralsyn_run("report", "ethiopia", "--domain", "finance").out
    assert "Not reported: Ethiopia." in out
    assert "The briefs report no effects in Finances and risks for it." in out
    assert "No effects match" not in out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("atlantis",), "'atlantis' is not a case or country"),
        (("finance",), "not a case or country"),
        (("peru", "--region", "africa"), "nothing to report"),
        (("--sections", "mapp"), "Did you mean map?"),
        (("--citations", "harvard"), "Allowed values: notes, text, pandoc"),
        (("--heading-level", "7"), "--heading-level"),
        (("--domain", "finanse"), "Did you mean finance?"),
    ],
)
def test_bad_input_writes_nothing(
    ruralsyn_run: Run, tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    path = tmp_path / "report.md"
    # A request that fails must not touch a file that exists.
    path.write_text("precious")
    ran = ruralsyn_run("report", *arguments, "-o", path)
    assert (ran.code, ran.out) == (2, "")
    assert words in ran.err
    assert path.read_text() == "precious"


@pytest.mark.parametrize(
    "names", [("peru",), ("peru", "lesotho"), ("peru", "lesotho", "mali", "ethiopia", "zambia")]
)
def test_programs_get_the_tables_of_the_commands_whole(ruralsyn_run: Run, names: tuple[str, ...]) -> None:
    tables = json.loads(ruralsyn_run("report", *names, "-f", "json").out)["tables"]
    compared = ["profile", "outcomes", "formality", "obstacles"] if len(names) > 1 else []
    assert list(tables) == [
        *("cases", "map", "effects", "coordination"),
        *compared,
        *("lessons", "recommendations", "discrepancies", "swim"),
    ]
    for command in ("effects", "map", "coordination", "cases"):
        given = ruralsyn_run(command, *(part for name in names for part in ("-c", name)), "-f", "json").out
        assert tables[command] == json.loads(given)


# Dialects and converters --------------------------------------------------------------------------------


def pandoc(text: str, *arguments: str | Path) -> str:
    need("pandoc")
    done = subprocess.run(
        ["pandoc", *arguments], input=text, capture_output=True, encoding="utf-8", check=True
    )
    assert done.stderr == ""
    return done.stdout


def test_the_dialects_cite_in_their_ways(bundled: Dataset) -> None:
    finance = ["finance"]
    pandoc_text = markdown(bundled, ("lesotho",), domains=finance, citations="pandoc")
    assert "[@rural-synergies-gr, §finance ¶5–8, §impact-evaluation ¶3]" in pandoc_text
    assert "::: {#refs}" in pandoc_text
    in_brackets = markdown(bundled, ("lesotho",), domains=finance, citations="text")
    assert "(GR finance ¶5–8; GR impact-evaluation ¶3)" in in_brackets
    assert "[^" not in in_brackets


@pytest.mark.parametrize("dialect", ["gfm", "markdown"])
def test_word_has_headings_tables_and_notes(bundled: Dataset, tmp_path: Path, dialect: str) -> None:
    text = markdown(bundled, ("peru", "lesotho"))
    path = tmp_path / "report.docx"
    pandoc(text, "-f", dialect, "-o", path)
    with zipfile.ZipFile(path) as archive:
        body = archive.read("word/document.xml").decode("utf-8")
        notes = archive.read("word/footnotes.xml").decode("utf-8")
    assert body.count('w:val="Heading1"') == 1
    assert body.count('w:val="Heading2"') == len(SECTIONS)
    assert body.count("<w:tbl>") == len(re.findall(r"^\|-", text, re.MULTILINE))
    # Word keeps two footnotes of its own, the separators.
    assert notes.count("<w:footnote ") - 2 == body.count("<w:footnoteReference ")
    assert body.count("<w:footnoteReference ") == len(re.findall(r"\[\^[\w-]+\](?!:)", text))


def test_a_table_of_effects_is_right_in_word(ruralsyn_run: Run, tmp_path: Path) -> None:
    path = tmp_path / "effects.docx"
    pandoc(ruralsyn_run("effects", "-f", "markdown").out, "-f", "gfm", "-o", path)
    with zipfile.ZipFile(path) as archive:
        body = archive.read("word/document.xml").decode("utf-8")
    rows = re.findall(r"<w:tr>.*?</w:tr>", body, re.DOTALL)
    # A table for each domain, each with its heads.
    assert len([row for row in rows if "tblHeader" not in row]) == 48
    assert {row.count("<w:tc>") for row in rows} <= {3, 4, 5}
    assert "Haku Wiñay + Soft Skills Programme" in re.sub("<[^>]+>", "", body)


@pytest.mark.parametrize("dialect", ["gfm", "markdown"])
def test_pandoc_makes_latex_that_compiles(bundled: Dataset, tmp_path: Path, dialect: str) -> None:
    source = pandoc(markdown(bundled, ("peru",), title="Peru"), "-f", dialect, "-s", "-t", "latex")
    assert source.count("\\footnote") > 20
    # The font of Pandoc's default engine has no glyphs for arrows, so users set one that has them.
    compiled(source.translate({ord(char): "x" for char in "▲▼◄►¶"}), tmp_path)


def test_the_latex_of_a_report_compiles(ruralsyn_run: Run, tmp_path: Path) -> None:
    compiled(ruralsyn_run("report", "-f", "latex").out, tmp_path)


def test_a_table_for_latex_compiles_in_an_article(ruralsyn_run: Run, tmp_path: Path) -> None:
    part = ruralsyn_run("effects", "-f", "latex").out
    packages = re.findall(r"^% Needs (.*)$", part, re.MULTILINE)[0]
    compiled(f"\\documentclass{{article}}{packages}\\begin{{document}}\n{part}\\end{{document}}\n", tmp_path)


def compiled(source: str, folder: Path) -> None:
    need("pdflatex")
    (folder / "report.tex").write_text(source, encoding="utf-8")
    done = subprocess.run(
        ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "report.tex"],
        cwd=folder,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:]
    assert (folder / "report.pdf").stat().st_size > 10_000


def test_html_has_a_contents_list_that_leads_to_its_headings(ruralsyn_run: Run) -> None:
    page = ruralsyn_run("report", "peru", "-f", "html").out
    links = re.findall(r'<a href="#([^"]+)">', page)
    # Every section but the comparison, which a report on one case does not have.
    assert len(links) > len(SECTIONS) - 2
    assert set(links) <= set(re.findall(r'id="([^"]+)"', page))
    # The page loads nothing and works offline.
    assert not re.search(r'(src|href)="(?!#|data:)', page)


# Fitting and prose --------------------------------------------------------------------------------------


def wide(columns: int, rows: int) -> Table:
    heads = tuple(Column(f"c{number}", f"C{number}") for number in range(columns))
    cells = tuple(tuple(f"{row}.{n} multidimensional" for n in range(columns)) for row in range(rows))
    return Table("t", "", heads, cells)


@pytest.mark.parametrize("columns", range(2, 20))
# A table with few rows is turned if that fits; with more it is split.
@pytest.mark.parametrize("rows", [1, 3, 4, 9])
@pytest.mark.parametrize("paper", [PAGE, MARKDOWN])
def test_fitting_loses_nothing(columns: int, rows: int, paper: Paper) -> None:
    table = wide(columns, rows)
    parts = fitted(table, paper)
    shown = {value for part in parts for row in part.rows for value in row}
    # In a turned table the values of the first column become headings.
    heads = {column.label for part in parts for column in part.columns}
    assert {value for row in table.rows for value in row} <= shown | heads


def test_a_turned_table_keeps_the_words_of_each_blank() -> None:
    heads = (Column("case", "Case"), *(Column(key, key, blank=f"no {key}") for key in "abcde"))
    # An empty list and a value with a footnote can be blanks too.
    row = ("Peru", None, 1, (), "multidimensionality " * 2, Noted(None, "why"))
    (turned,) = fitted(Table("t", "", heads, (row,)), MARKDOWN)
    text = FORMATS["markdown"].render(Document("T", (turned,)))
    assert re.findall(r"no \w", str(text)) == ["no a", "no c", "no e"]


def test_footnotes_of_a_page_lead_to_notes_that_are_there(ruralsyn_run: Run) -> None:
    """Several tables with the same name on a page have different ids, and footnotes are numbered once."""
    page = ruralsyn_run("report", "-d", "finance,income", "--sections", "effects", "--full", "-f", "html").out
    ids = re.findall(r'id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert {"effects", "effects-2"} <= set(ids)
    marks = set(re.findall(r'href="#(note-\d+)"', page))
    assert marks
    assert marks <= set(ids)


def test_sentences_are_grammatical_for_none_one_two_and_many() -> None:
    assert [wording.count(number, "case") for number in (0, 1, 2, 12, 13)] == [
        "no case",
        "one case",
        "two cases",
        "twelve cases",
        "13 cases",
    ]


@pytest.mark.parametrize(
    ("names", "domains", "title"),
    [
        ((), (), "Social protection and rural production in Latin America and Africa"),
        (("peru",), (), "Social protection and rural production in Peru"),
        (("peru", "mali", "lesotho"), (), "Social protection and rural production in Peru, Mali and Lesotho"),
        (
            ("colombia",),
            ("finance",),
            "Social protection and rural production in Colombia: finances and risks",
        ),
    ],
)
def test_a_report_has_a_title(
    bundled: Dataset, names: tuple[str, ...], domains: tuple[str, ...], title: str
) -> None:
    assert document(bundled, names, domains=domains).title == title


def test_sentences_about_a_domain_say_where_each_case_stands(bundled: Dataset) -> None:
    text = markdown(bundled, (), domains=["productive"], citations="text")
    assert "The clear effects are favourable for Colombia (FEST + UNIDOS), Peru (" in text
    assert "They conflict for Colombia (PPP)." in text
    assert "The briefs report no effects at all for Mexico (PROINPRO + PDP)." in text


def test_a_selection_without_cases_is_refused(bundled: Dataset) -> None:
    with pytest.raises(UsageError, match="nothing to report"):
        document(bundled, ("peru",), regions=["africa"])
