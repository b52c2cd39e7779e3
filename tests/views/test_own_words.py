"""What is said of a review of one's own: nothing of the briefs, their project or their regions."""

from __future__ import annotations

import re
import shlex
from dataclasses import fields, replace
from pathlib import Path

import pytest

from ruralsyn import load
from ruralsyn.cli.commands import COMMANDS
from ruralsyn.dataset.model import Dataset, Locator
from ruralsyn.evidence.filters import Filter, describe, labels_of
from ruralsyn.evidence.source_words import BRIEFS, SOURCES, SourceWords, source_words, worded
from ruralsyn.render.citation_styles import STYLES
from ruralsyn.render.formats import FORMATS
from ruralsyn.views.answers import about
from ruralsyn.views.notes import reference, sources_note, sources_sentence

from ..conftest import Run

REVIEW = """
[briefs.hsnp-2016]
title   = "Evaluation of the Hunger Safety Net Programme"
authors = ["Merttens, Fred"]
year    = 2016
pages   = 120

[briefs.wells-2018]
title   = "Wells and well-being"
authors = ["Okello, Ann", "Water Forum"]
year    = 2018
journal = "Journal of Wells"
doi     = "10.1000/wells"

[briefs.field-notes]
title = "Field notes"
[briefs.field-notes.sections.talks]
title      = "Talks"
paragraphs = 4

[regions.dry-lands]
name = "Dry lands"

[countries.kenya]
iso2   = "KE"
region = "dry-lands"
[countries.chad]
iso2   = "TD"
region = "dry-lands"

[domains.water]
name = "Water and health"
[domains.trust]
name = "Trust"

[outcomes.clean-water]
name    = "Clean water"
domain  = "water"
desired = "increase"
[outcomes.walking]
name    = "Hours of walking"
domain  = "water"
desired = "decrease"
[outcomes.quarrels]
name    = "Quarrels"
domain  = "trust"
desired = "unclear"

[programmes.hsnp]
name    = "Hunger Safety Net Programme"
acronym = "HSNP"
country = "kenya"
source  = ["hsnp-2016/p. 3"]

[organisations.forum]
name   = "Water Forum"
role   = "Digs wells."
source = ["wells-2018"]

[cases.kenya-hsnp]
country      = "kenya"
title        = "Hunger Safety Net Programme"
label        = "HSNP"
programmes   = ["hsnp"]
architecture = "same-institution"
coordination = "intentional"
summary      = "Pays cash."
source       = ["hsnp-2016/p. 3"]
[cases.kenya-hsnp.effects.clean-water]
direction    = "increase"
intervention = "HSNP phase 2"
sign         = "supported"
note         = "No sign in the table."
source       = ["hsnp-2016/p. 14"]
[cases.kenya-hsnp.effects.quarrels]
direction = "decrease"
sign      = "unresolved"
note      = "No sign in the table."
source    = ["hsnp-2016/pp. 14-16"]
[cases.kenya-hsnp.findings.meetings]
role        = "mechanism"
formality   = "formal"
levels      = ["national"]
level_basis = "implied"
text        = "Ministries met each month."
source      = ["hsnp-2016/p. 20"]
[cases.kenya-hsnp.findings.money]
role   = "obstacle"
levels = ["local"]
theme  = "budget"
text   = "Money came late."
source = ["hsnp-2016/p. 21"]

[cases.chad-wells]
country       = "chad"
title         = "Wells"
coordination  = "non-intentional"
discrepancies = ["how-many"]
source        = ["wells-2018", "field-notes/talks/1"]
[cases.chad-wells.effects.clean-water]
direction = "increase"
sign      = "inferred"
note      = "No sign in the table."
source    = ["wells-2018"]
[cases.chad-wells.effects.walking]
direction = "decrease"
simulated = true
source    = ["field-notes/talks/2"]

[cases.chad-seeds]
country = "chad"
title   = "Seeds"
source  = ["field-notes/talks/3"]

[lessons.ask]
theme   = "budget"
regions = ["dry-lands"]
text    = "Ask first."
source  = ["field-notes/talks/4"]

[recommendations.dig]
regions = ["dry-lands"]
basis   = "implied"
text    = "Dig."
source  = ["wells-2018"]

[discrepancies.how-many]
title    = "Number of wells"
text     = "One page counts two wells, another three."
handling = "Neither number is used."
source   = ["wells-2018"]
"""
NAMED = """
[dataset]
title       = "Water in dry lands"
description = "A review of three studies."
"""

LINES = (
    "cases",
    "cases --full",
    *(
        f"show {name}{full}"
        for name in (
            "kenya chad",
            "chad-seeds",
            "hsnp",
            "forum",
            "clean-water",
            "water",
            "kenya-hsnp.clean-water",
            "kenya-hsnp.meetings",
            "ask dig how-many",
            "hsnp-2016 wells-2018 field-notes",
            "same-institution intentional dry-lands budget",
            "'hsnp-2016/p. 14' 'HSNP2016 p. 14' 'FIELDNOTES talks ¶2'",
        )
        for full in ("", " --full")
    ),
    "effects",
    "effects --full --by case",
    "effects kenya -d trust --full",
    "effects chad-seeds",
    "programmes --full",
    "coordination",
    "coordination --full",
    "lessons --full",
    "recommendations --full",
    "search water",
    "search ministries",
    "compare kenya chad-wells chad-seeds",
    "compare kenya chad-wells chad-seeds --full",
    "compare chad-wells chad-seeds",
    "map",
    "map --full --group-by coordination",
    "map --by outcome --full",
    "synthesis",
    "synthesis --swim --sign-test --full",
    "synthesis --group-by region",
    "report",
    "report --full",
    "report kenya --citations text --full",
    "report chad -d water --citations pandoc",
    "report --list-sections",
    "sources",
    "sources --full",
    "count effects",
    "count cases --coordination intentional",
    "answer cases",
    "answer effects chad-seeds",
    "answer show chad-seeds",
    "answer compare kenya chad-wells",
    "answer report kenya -d water",
    "answer sources",
    "vocabulary",
    "cite",
    "cite kenya chad",
)
FOR_PEOPLE = ("table", "markdown", "html", "latex")
FOREIGN = re.compile(
    r"(?i:Rural Synergies|brief|Latin America|Africa|institutional analysis)|\bNone\b(?!:| of)"
)
"""What only the bundled data has, and a missing value that was printed. A sentence may begin "None of"."""
NAMES = [name for word in fields(SourceWords) for name in (word.name, word.name.capitalize())]
UNFILLED = re.compile(rf"\{{(?:{'|'.join(NAMES)})\}}")
"""A word for the sources that is not filled in."""
HAVE_BRACES = ("bibtex", "latex", "html", "svg")
"""The formats and styles that have braces of their own."""


@pytest.fixture(scope="module")
def review(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("review") / "review.toml"
    path.write_text(NAMED + REVIEW, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def nameless(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("review") / "nameless.toml"
    path.write_text(REVIEW, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def own(review: Path) -> Dataset:
    return load(review, only=True)


def outputs(run: Run, line: str, *data: str) -> dict[str, str]:
    """What a command prints in each format for people, or in each citation style."""
    command = COMMANDS[shlex.split(line)[0]]
    cites = command.gives == "references"
    names = tuple(STYLES) if cites else tuple(name for name in FOR_PEOPLE if name in command.formats())
    found = {}
    for name in (*names, *(("svg",) if command.gives == "grid" and "svg" in FORMATS else ())):
        ran = run(*shlex.split(line), *data, "-f", name)
        assert ran.code == 0, ran
        found[name] = ran.out
    return found


def test_every_command_that_reads_is_among_the_lines() -> None:
    reading = {name for name, row in COMMANDS.items() if row.needs_data and not row.gives == "own"}
    assert {line.split()[0] for line in LINES} == reading


@pytest.mark.parametrize("line", LINES)
def test_a_review_is_spoken_of_in_its_own_words(
    line: str, ruralsyn_run: Run, review: Path, nameless: Path
) -> None:
    for path in (review, nameless):
        for name, text in outputs(ruralsyn_run, line, "--data", str(path), "--only-data").items():
            said = text.replace('id="briefs"', "")  # A key, as in JSON.
            assert not [said[max(0, f.start() - 80) : f.end() + 80] for f in FOREIGN.finditer(said)], name


@pytest.mark.parametrize("line", LINES)
def test_a_review_beside_the_bundled_data_can_be_read(line: str, ruralsyn_run: Run, review: Path) -> None:
    # Records of the bundled data may speak of the briefs; no sentence may have a word that is not filled in.
    for name, text in outputs(ruralsyn_run, line, "--data", str(review)).items():
        # LaTeX and BibTeX print a brace as \{ and an underscore as \_.
        assert not UNFILLED.findall(text.replace("\\", "")), name
        assert name in HAVE_BRACES or not re.search(r"\{[A-Za-z_]+\}", text), name


# The words ------------------------------------------------------------------------------------------------


def test_only_the_bundled_data_alone_has_briefs(bundled: Dataset, review: Path, own: Dataset) -> None:
    assert source_words(bundled) is BRIEFS
    assert source_words(own) is source_words(load(review)) is SOURCES
    assert worded(own, "{Briefs}, a {brief}, {number}", number=3) == "Sources, a source, 3"


def test_a_word_that_does_not_exist_is_an_error(own: Dataset) -> None:
    with pytest.raises(KeyError):
        worded(own, "{brieves}")


def test_the_sources_are_counted_from_the_data(bundled: Dataset, own: Dataset) -> None:
    assert sources_sentence(bundled, bundled.briefs) == (
        "The sources are two undated policy briefs from the Rural Synergies project."
    )
    assert sources_sentence(own, own.briefs) == (
        "The sources are three works, two of them published from 2016 to 2018."
    )
    one = replace(own, briefs={"wells-2018": own.briefs["wells-2018"]})
    assert sources_sentence(one, one.briefs) == "The source is one work published in 2018."


def test_a_short_reference_to_one_work_has_its_pages(own: Dataset) -> None:
    pages = [Locator("hsnp-2016", "p. 14"), Locator("hsnp-2016", "pp. 20-21")]
    assert reference(own, pages[:1]) == "(Merttens, 2016, p. 14)"
    assert reference(own, pages) == "(Merttens, 2016, p. 14, pp. 20-21)"
    assert reference(own, [Locator("hsnp-2016")]) == "(Merttens, 2016)"
    assert reference(own, [Locator("field-notes", "talks", 2)]) == "(Field notes, n.d., talks ¶2)"


def test_a_short_reference_to_several_works_is_no_longer_than_need_be(review: Path) -> None:
    both = load(review)
    sections = [Locator("general-results", section, 1) for section in ("finance", "income")]
    mixed = [Locator("hsnp-2016", "p. 14"), *sections]
    assert reference(both, mixed) == "(Rural Synergies, n.d., General results; Merttens, 2016, p. 14)"
    works = {
        f"work-{number}": replace(both.briefs["hsnp-2016"], id=f"work-{number}", title=f"T{number}")
        for number in range(40)
    }
    many = replace(both, briefs=works)
    assert reference(many, [Locator(key, "p. 1") for key in works]) == "(40 sources)"
    alike = [Locator(f"work-{number}", "p. 1") for number in range(2)]
    short = replace(many, briefs={key: replace(work, short=work.title) for key, work in works.items()})
    assert reference(short, alike) == "(Merttens, 2016, T0 and T1)"
    assert "40, listed by: ruralsyn sources" in sources_note(many)


@pytest.mark.parametrize("name", ["hsnp-2016/p. 14", "HSNP2016 p. 14", "hsnp2016 p14", "HSNP2016, pp. 12-14"])
def test_a_page_of_a_source_has_a_page(name: str, ruralsyn_run: Run, review: Path) -> None:
    out = ruralsyn_run("show", name, "--data", review, "--only-data", "-f", "markdown").out
    assert "of the source “Evaluation of the Hunger Safety Net Programme”." in out
    assert "kenya-hsnp.clean-water" in out
    assert "kenya-hsnp.quarrels" in out  # It cites pp. 14-16.
    assert "kenya-hsnp.money" not in out


@pytest.mark.parametrize("name", ["hsnp-2016/p. 121", "GR p. 14", "nothing p. 1"])
def test_a_page_that_a_source_does_not_have_is_no_record(name: str, ruralsyn_run: Run, review: Path) -> None:
    ran = ruralsyn_run("show", name, "--data", review)
    assert ran.code == 2
    assert f"no record is called '{name}'" in ran.err


def test_the_title_of_a_report_is_that_of_the_review(ruralsyn_run: Run, review: Path, nameless: Path) -> None:
    def title(*arguments: str) -> str:
        out = ruralsyn_run("report", *arguments, "--sections", "method", "-f", "markdown").out
        return next(line for line in out.splitlines() if line.startswith("# "))

    only = ("--data", str(review), "--only-data")
    assert title(*only) == "# Water in dry lands"
    assert title("kenya", "-d", "water", *only) == "# Water in dry lands (Kenya): water and health"
    assert title("--data", str(nameless), "--only-data") == "# Evidence from Kenya and Chad"
    assert title("--data", str(review)) == "# Evidence from Latin America, Africa and Dry lands"
    assert title() == "# Social protection and rural production in Latin America and Africa"


def test_the_overview_counts_the_sources(
    ruralsyn_run: Run, review: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "two policy briefs" in ruralsyn_run().out
    monkeypatch.setenv("RURALSYN_DATA", str(review))
    assert "what five sources report: 11 cases" in " ".join(ruralsyn_run().out.split())


def test_an_unknown_id_stands_for_itself(bundled: Dataset) -> None:
    assert labels_of(bundled, "countries", ("peru", "atlantis")) == "Peru or atlantis"
    assert describe(bundled, Filter(domains=("hope",))) == "domain hope"
    assert about(bundled, Filter(cases=("atlantis",))) == "Atlantis"
