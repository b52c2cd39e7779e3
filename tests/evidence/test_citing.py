"""References: what they say about the briefs, and whether programs can read every citation style."""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ruralsyn
from ruralsyn.dataset.model import Dataset, Locator
from ruralsyn.evidence.citing import references, references_for
from ruralsyn.page.bibliography import Reference
from ruralsyn.render.citation_styles import STYLES, apa, bibtex, csl_json, ris
from ruralsyn.views.values import cite

from ..conftest import need

pybtex: Any = import_module("pybtex.database")
rispy: Any = import_module("rispy")
yaml: Any = import_module("yaml")

ROOT = Path(__file__).parents[2]

GR, IA = "rural-synergies-gr", "rural-synergies-ia"
PUBLISHERS = "Universidad de Los Andes; Centre for Economic Development Studies"
WEBSITE = "http://www.sinergiasrurales.info"
RESULTS_WEBSITE = "http://sinergiasrurales.info"
SOURCE = (
    Locator("general-results", "finance", 2),
    Locator("institutional-analysis", "colombia", 6),
    Locator("general-results", "impact-evaluation", 3),
)
WORK = Reference(key="work", kind="brief", title="A title", authors=("A group",))

HOSTILE = [
    r"& % # _ { } \ ~ ^ $",
    "}{",
    "{",
    "a } b { c",
    "{{double}} {braced}",
    r"\textbf{bold} \input{/etc/passwd}",
    "ends in a backslash\\",
    "100% of $5 & #1",
    "@article{x, title = {y}}",
    '"quoted" and "again',
    "TY  - BOOK",
    "ER  - ",
    "a -- b --- c ?`d !`e ``f'' ,,g,, <<h>>",
    "<i>x</i> &amp; &lt;",
    "Programa Haku Wiñay: Perú, Île, Ærø, 漢字, e\u0301",
    "A and B and others",
    "n.d.",
    "null",
]
TITLES = st.one_of(
    st.text(st.sampled_from("&%#_{}\\~^$<>-'`,?!\"@=/ ab"), min_size=1),
    st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z"), include_characters=" "), min_size=1),
).filter(str.strip)


@pytest.fixture
def published(bundled: Dataset) -> Dataset:
    """The bundled dataset with publishers, which the bundled briefs do not print."""
    briefs = {key: replace(brief, publishers=("uniandes", "cede")) for key, brief in bundled.briefs.items()}
    return replace(bundled, briefs=briefs)


def on_one_line(text: str) -> str:
    return " ".join(text.split())


def pandoc(*arguments: str, source: str) -> str:
    """The output of Pandoc for the source. Fails if Pandoc prints a warning."""
    done = subprocess.run(
        ["pandoc", *arguments], input=source, capture_output=True, encoding="utf-8", check=False, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


# What is cited ------------------------------------------------------------------------------------------


def test_the_references_say_what_is_known_and_no_more(bundled: Dataset) -> None:
    results, institutions, itself = references(bundled)
    assert (results.key, institutions.key, itself.key) == (GR, IA, "ruralsyn")
    assert [work.kind for work in (results, institutions, itself)] == ["brief", "brief", "dataset"]
    assert results.title == bundled.briefs["general-results"].title
    assert results.authors == institutions.authors == ("Rural Synergies",)
    assert results.publisher is institutions.publisher is None
    assert (results.url, institutions.url, itself.url) == (RESULTS_WEBSITE, WEBSITE, None)
    assert (itself.version, itself.publisher) == (bundled.dataset.version, None)
    assert {work.year for work in references(bundled)} == {None}
    for work in (results, institutions):
        assert work.note is not None
        assert "no date" in work.note
        assert work.note.endswith("The project is cited as its author.")


def test_the_keys_are_those_that_the_views_print(bundled: Dataset, dummy: Dataset) -> None:
    for dataset in (bundled, dummy):
        keys = [work.key for work in references(dataset)]
        assert len(set(keys)) == len(keys)
        for brief in dataset.briefs.values():
            section = next(iter(brief.sections))
            assert brief.citation_key == cite(dataset, Locator(brief.id, section, 1)).key
            assert brief.citation_key in keys


def test_a_brief_without_a_note_and_one_without_an_address(dummy: Dataset) -> None:
    first, second, _ = references(dummy)
    assert (first.url, first.note) == ("http://www.example.org", "The project is cited as its author.")
    assert (second.url, second.note) == (None, "Never dated. The project is cited as its author.")


@pytest.mark.parametrize(
    ("printed", "address"),
    [
        ("https://example.org/a_b%20c#d~e", "https://example.org/a_b%20c#d~e"),
        ("example.org/{x} y\\z", "http://example.org/%7Bx%7D%20y%5Cz"),
    ],
)
def test_an_address_is_made_safe(dummy: Dataset, printed: str, address: str) -> None:
    brief = replace(dummy.briefs["first-brief"], websites=(printed,))
    changed = replace(dummy, briefs={"first-brief": brief})
    assert references(changed)[0].url == address
    assert pybtex_fields(bibtex(references(changed)[:1]))["url"] == address


def test_places_are_gathered_by_brief_in_the_order_of_first_mention(bundled: Dataset) -> None:
    found = references_for(bundled, SOURCE)
    assert [(work.key, work.locator) for work in found] == [
        (GR, "finance ¶2; impact-evaluation ¶3"),
        (IA, "colombia ¶6"),
    ]
    assert replace(found[0], locator=None) == references(bundled)[0]
    assert references_for(bundled, ()) == ()


def test_paragraphs_of_one_section_are_put_together(bundled: Dataset) -> None:
    source = tuple(Locator("general-results", "finance", number) for number in (5, 1, 2, 2))
    assert references_for(bundled, source)[0].locator == "finance ¶1–2, 5"


@pytest.mark.parametrize("style", STYLES)
def test_no_style_has_a_year_for_the_briefs(bundled: Dataset, style: str) -> None:
    works = [replace(work, note=None) for work in references(bundled)[:2]]
    output = STYLES[style].write(works)
    assert not re.search(r"(?<!\d)\d{4}(?!\d)", output)
    assert not re.search(r"^\s*\"?(year|date|issued|PY|Y1|DA)\b", output, re.MULTILINE)


@pytest.mark.parametrize("style", STYLES)
def test_every_style_has_the_places_and_takes_nothing_for_an_answer(bundled: Dataset, style: str) -> None:
    assert "finance ¶2; impact-evaluation ¶3" in STYLES[style].write(references_for(bundled, SOURCE))
    assert STYLES[style].write(()).strip() in ("", "[]")


# Text ---------------------------------------------------------------------------------------------------


def test_a_publisher_comes_before_the_address(published: Dataset) -> None:
    institutions, results, _ = apa(references(published)).split("\n\n")
    assert institutions.endswith(f"[Policy brief]. {PUBLISHERS}. {WEBSITE}")
    assert results.endswith(f"[Policy brief]. {PUBLISHERS}. {RESULTS_WEBSITE}")


def test_text_is_a_reference_list(bundled: Dataset) -> None:
    institutions, results, itself = apa(references(bundled)).split("\n\n")
    assert institutions.startswith("Rural Synergies. (n.d.-a). Institutionality for social protection")
    assert institutions.endswith(f"and Africa [Policy brief]. {WEBSITE}")
    assert results == (
        "Rural Synergies. (n.d.-b). Synergies between social protection and rural productive development "
        "programmes: Results and recommendations of the experience of Latin America and Africa [Policy "
        f"brief]. {RESULTS_WEBSITE}"
    )
    assert itself == (
        "The ruralsyn authors. (n.d.). ruralsyn: effects and coordination of rural programmes in Latin "
        f"America and Africa (Version {bundled.dataset.version}) [Data set].\n"
    )


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "A group. (n.d.). A title [Policy brief].\n"),
        ({"year": 2021}, "A group. (2021). A title [Policy brief].\n"),
        ({"authors": ()}, "A title [Policy brief]. (n.d.).\n"),
        ({"authors": ("A", "B", "C")}, "A, B, & C. (n.d.). A title [Policy brief].\n"),
        ({"locator": "talk ¶1"}, "A group. (n.d.). A title [Policy brief]. Cited: talk ¶1.\n"),
        ({"title": "Two\nlines \x1b[31m"}, "A group. (n.d.). Two lines ␛[31m [Policy brief].\n"),
    ],
)
def test_text_follows_what_is_there(changes: dict[str, Any], expected: str) -> None:
    assert apa([replace(WORK, **changes)]) == expected


def test_works_of_one_author_and_year_get_letters_by_title() -> None:
    works = [replace(WORK, title=title, year=year) for title, year in (("B", 2021), ("A", 2021), ("C", 2020))]
    assert re.findall(r"\((.+?)\)\. (\w)", apa(works)) == [("2020", "C"), ("2021a", "A"), ("2021b", "B")]


# BibTeX -------------------------------------------------------------------------------------------------


def pybtex_fields(text: str, key: str | None = None) -> dict[str, str]:
    entries = pybtex.parse_string(text, "bibtex").entries
    entry = entries[key or next(iter(entries))]
    return {name.lower(): value for name, value in entry.fields.items()}


LATEX_COMMANDS = {
    "backslash": "\\",
    "asciitilde": "~",
    "asciicircum": "^",
    "less": "<",
    "greater": ">",
    "braceleft": "{",
    "braceright": "}",
}


def from_latex(text: str) -> str:
    """What LaTeX prints for escaped text. Fails for ligatures and for characters that are not escaped."""
    assert not re.search(r"--|``|''|,,|<<|>>|[?!]`", text)
    pattern = r"\\text(?P<command>[a-z]+)\{\}|\\(?P<char>[&%#_$\\{}])|(?P<gap>\{\})|(?P<bare>[&%#$~^\\{}])"

    def one(match: re.Match[str]) -> str:
        assert not match["bare"], f"{match['bare']} is not escaped in {text}"
        return LATEX_COMMANDS[match["command"]] if match["command"] else match["char"] or ""

    return re.sub(pattern, one, text)


def test_bibtex_reads_back(published: Dataset, bundled: Dataset) -> None:
    works = (*references_for(published, SOURCE), references(bundled)[-1])
    entries = pybtex.parse_string(bibtex(works), "bibtex").entries
    assert [(key, entry.type) for key, entry in entries.items()] == [
        (GR, "techreport"),
        (IA, "techreport"),
        ("ruralsyn", "dataset"),
    ]
    assert [str(person) for person in entries[GR].persons["author"]] == ["{Rural Synergies}"]
    assert dict(entries[GR].fields) == {
        "title": f"{{{works[0].title}}}",
        "institution": f"{{{PUBLISHERS}}}",
        "type": "Policy brief",
        "url": RESULTS_WEBSITE,
        "note": "finance ¶2; impact-evaluation ¶3",
        "annote": works[0].note,
    }
    assert entries[IA].fields["url"] == WEBSITE
    assert entries["ruralsyn"].fields["version"] == bundled.dataset.version


def test_bibtex_keeps_authors_apart_and_whole() -> None:
    names = ("Food and Agriculture", "Ministry and Council")
    work = replace(WORK, authors=names, year=2021)
    entry = pybtex.parse_string(bibtex([work]), "bibtex").entries["work"]
    assert [str(person) for person in entry.persons["author"]] == [f"{{{name}}}" for name in names]
    assert entry.fields["year"] == "2021"


def entitled(title: str) -> tuple[Reference, Reference]:
    """A work with the title in every field of free text, and a second work that must not be damaged by it."""
    return replace(WORK, title=title, note=title, locator=title, publisher=title), replace(WORK, key="next")


def through_bibtex(title: str) -> set[str]:
    entries = pybtex.parse_string(bibtex(entitled(title)), "bibtex").entries
    assert list(entries) == ["work", "next"]
    fields = entries["work"].fields
    braced = {fields["title"], fields["institution"]}
    assert all(value[0] + value[-1] == "{}" for value in braced)
    values = {value[1:-1] for value in braced} | {fields["note"], fields["annote"]}
    return set(map(from_latex, values))


# RIS ----------------------------------------------------------------------------------------------------


def test_ris_reads_back(published: Dataset, bundled: Dataset) -> None:
    works = (*references_for(published, SOURCE), references(bundled)[-1])
    results, institutions, itself = rispy.loads(ris(works))
    assert results == {
        "type_of_reference": "RPRT",
        "id": GR,
        "authors": ["Rural Synergies"],
        "title": works[0].title,
        "type_of_work": "Policy brief",
        "publisher": PUBLISHERS,
        "urls": [RESULTS_WEBSITE],
        "notes": ["finance ¶2; impact-evaluation ¶3", works[0].note],
    }
    assert institutions["urls"] == [WEBSITE]
    assert (itself["type_of_reference"], itself["edition"]) == ("DATA", bundled.dataset.version)
    assert rispy.loads(ris([replace(WORK, year=2021)]))[0]["year"] == "2021"


def test_the_lines_of_ris_have_the_form_of_the_specification(bundled: Dataset) -> None:
    lines = ris(references(bundled)).splitlines()
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines)
    assert [line[:2] for line in lines].count("TY") == lines.count("ER  - ") == 3
    assert (lines[0], lines[-1]) == ("TY  - RPRT", "ER  - ")


def through_ris(title: str) -> set[str]:
    first, second = rispy.loads(ris(entitled(title)))
    assert (first["id"], second["id"]) == ("work", "next")
    return {first["title"], first["publisher"], *first["notes"]}


# CSL-JSON -----------------------------------------------------------------------------------------------

CSL_STRINGS = {
    *("id", "type", "title", "publisher", "genre", "version", "URL", "note", "annote"),
    *("container-title", "number-of-pages", "DOI"),
}
"""Properties that the input schema of CSL 1.0.2 defines as strings. The schema allows no undefined ones."""


def test_csl_json_is_of_the_schema(published: Dataset, bundled: Dataset) -> None:
    works = (*references_for(published, SOURCE), references(bundled)[-1])
    items = json.loads(csl_json(works))
    for item in items:
        assert item.keys() <= CSL_STRINGS | {"author"}
        assert all(isinstance(item[name], str) and item[name] for name in item.keys() & CSL_STRINGS)
    assert [(item["id"], item["type"]) for item in items] == [
        (GR, "report"),
        (IA, "report"),
        ("ruralsyn", "dataset"),
    ]
    assert items[0]["author"] == [{"literal": "Rural Synergies"}]
    assert items[0]["publisher"] == PUBLISHERS
    assert items[0]["note"] == "finance ¶2; impact-evaluation ¶3"
    assert items[1]["URL"] == WEBSITE
    assert items[2]["version"] == bundled.dataset.version
    assert json.loads(csl_json([replace(WORK, year=2021)]))[0]["issued"] == {"date-parts": [[2021]]}


def through_csl_json(title: str) -> set[str]:
    first, second = json.loads(csl_json(entitled(title)))
    assert (first["id"], second["id"]) == ("work", "next")
    return {on_one_line(first[name]) for name in ("title", "publisher", "note", "annote")}


# Sources of a further file ------------------------------------------------------------------------------

OWN = """
[dataset]
title   = "Cash in dry lands"
version = "2.0"

[briefs.hsnp-2016]
title   = "Evaluation of the Hunger Safety Net Programme"
authors = ["Merttens, Fred Jean-Paul", "de la Cruz, Ana", "Oxford Policy Management"]
year    = 2016
pages   = 120

[briefs.loans]
title   = "Do loans & grants help?"
authors = ["Merttens, Fred"]
year    = 2020
journal = "World Development"
doi     = "10.1016/j.worlddev_2020"

[briefs.nobody]
title = "A report without author"

[countries.kenya]
iso2 = "KE"

[cases.kenya-hsnp]
country = "kenya"
title   = "Hunger Safety Net"
source  = ["hsnp-2016/p. 3", "hsnp-2016/p. 14", "loans", "nobody/p. 1"]
"""


@pytest.fixture(scope="module")
def own_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("own") / "own.toml"
    path.write_text(OWN, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def own(own_file: Path) -> Dataset:
    return ruralsyn.load(own_file, only=True)


def test_the_data_is_cited_as_what_it_is(
    own_file: Path, own: Dataset, bundled: Dataset, tmp_path: Path
) -> None:
    def data(dataset: Dataset) -> list[tuple[str, str, str | None]]:
        return [(w.key, w.title, w.version) for w in references(dataset) if w.kind == "dataset"]

    itself = ("ruralsyn", bundled.dataset.title, bundled.dataset.version)
    mine = ("data-cash-in-dry-lands", "Cash in dry lands", "2.0")
    assert data(own) == [mine]
    assert data(ruralsyn.load(own_file)) == [itself, mine]
    nameless = tmp_path / "nameless.toml"
    nameless.write_text(OWN.partition("[briefs")[1] + OWN.partition("[briefs")[2], encoding="utf-8")
    assert data(ruralsyn.load(nameless, only=True)) == []
    assert data(ruralsyn.load(nameless)) == [itself]


def test_text_of_sources_with_persons_groups_and_without_author(own: Dataset) -> None:
    assert apa(references(own)).split("\n\n") == [
        "A report without author. (n.d.).",
        "Cash in dry lands (Version 2.0) [Data set]. (n.d.).",
        "Merttens, F. (2020). Do loans & grants help? World Development. "
        "https://doi.org/10.1016/j.worlddev_2020",
        "Merttens, F. J.-P., de la Cruz, A., & Oxford Policy Management. (2016). Evaluation of the Hunger "
        "Safety Net Programme.\n",
    ]


def test_text_gives_the_pages_that_a_record_cites(own: Dataset) -> None:
    found = {work.key: work.locator for work in references_for(own, own.cases["kenya-hsnp"].source)}
    assert found == {"hsnp-2016": "p. 3, p. 14", "loans": None, "nobody": "p. 1"}


def test_text_names_the_first_and_last_of_very_many_authors() -> None:
    names = tuple(f"Family{number:02}, Given" for number in range(1, 23))
    line = apa([replace(WORK, authors=names)])
    assert "Family19, G., . . . Family22, G. (n.d.)" in line
    assert "Family20" not in line


def test_bibtex_of_persons_reads_back(own: Dataset) -> None:
    entries = pybtex.parse_string(bibtex(references(own)), "bibtex").entries
    assert [(key, entry.type) for key, entry in entries.items()] == [
        ("hsnp-2016", "misc"),
        ("loans", "article"),
        ("nobody", "misc"),
        ("data-cash-in-dry-lands", "dataset"),
    ]
    first, second, third = entries["hsnp-2016"].persons["author"]
    assert (first.last_names, first.first_names) == (["Merttens"], ["Fred"])
    assert (second.last_names, second.first_names) == (["{de la Cruz}"], ["Ana"])
    assert str(third) == "{Oxford Policy Management}"
    assert dict(entries["loans"].fields) == {
        "title": r"{Do loans \& grants help?}",
        "journal": "World Development",
        "year": "2020",
        "doi": "10.1016/j.worlddev_2020",
    }
    assert dict(entries["nobody"].fields) == {"title": "{A report without author}"}
    assert entries["hsnp-2016"].fields["pagetotal"] == "120"


def test_bibtex_splits_no_name_at_and() -> None:
    entry = pybtex.parse_string(bibtex([replace(WORK, authors=("Black and White, Ann",))]), "bibtex").entries
    assert len(entry["work"].persons["author"]) == 1


def test_ris_of_persons_reads_back(own: Dataset) -> None:
    report, article, nobody, _ = rispy.loads(ris(references(own)))
    assert report == {
        "type_of_reference": "GEN",
        "id": "hsnp-2016",
        "authors": ["Merttens, Fred Jean-Paul", "de la Cruz, Ana", "Oxford Policy Management"],
        "title": "Evaluation of the Hunger Safety Net Programme",
        "year": "2016",
        "notes": ["120 pages"],
    }
    assert (article["type_of_reference"], article["doi"]) == ("JOUR", "10.1016/j.worlddev_2020")
    assert "World Development" in article.values()
    assert nobody == {"type_of_reference": "GEN", "id": "nobody", "title": "A report without author"}


def test_csl_json_of_persons_is_of_the_schema(own: Dataset) -> None:
    report, article, nobody, itself = json.loads(csl_json(references(own)))
    for item in (report, article, nobody, itself):
        assert item.keys() <= CSL_STRINGS | {"author", "issued"}
        assert all(isinstance(item[name], str) and item[name] for name in item.keys() & CSL_STRINGS)
    assert report["author"] == [
        {"family": "Merttens", "given": "Fred Jean-Paul"},
        {"family": "de la Cruz", "given": "Ana"},
        {"literal": "Oxford Policy Management"},
    ]
    assert (report["type"], report["number-of-pages"]) == ("document", "120")
    assert (article["type"], article["container-title"]) == ("article-journal", "World Development")
    assert (nobody["type"], "author" in nobody, itself["type"]) == ("document", False, "dataset")


@pytest.mark.parametrize("style", STYLES)
def test_no_style_claims_what_a_source_does_not_say(own: Dataset, style: str) -> None:
    output = STYLES[style].write(references(own))
    assert not re.search(r"\b(None|[Bb]rief|ruralsyn|techreport|RPRT|Article)\b|Rural Synergies", output)


def test_pandoc_reads_persons_and_groups(own: Dataset) -> None:
    need("pandoc")
    works = references(own)
    items = json.loads(pandoc("--from=biblatex", "--to=csljson", source=bibtex(works)))
    expected = json.loads(csl_json(works))
    # Pandoc tells the particle "de la" apart.
    joined = [{"family": "Cruz", "given": "Ana", "non-dropping-particle": "de la"}]
    authors = [item.get("author") for item in expected]
    assert [item.get("author") for item in items] == [[*authors[0][:1], *joined, authors[0][2]], *authors[1:]]
    assert [item.get("DOI") for item in items] == [item.get("DOI") for item in expected]


# Whatever a title holds ---------------------------------------------------------------------------------

THROUGH = [through_bibtex, through_ris, through_csl_json]


@pytest.mark.parametrize("through", THROUGH)
@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title_comes_through(title: str, through: Callable[[str], set[str]]) -> None:
    assert through(title) == {on_one_line(title)}


@pytest.mark.parametrize("through", THROUGH)
@given(title=TITLES)
@settings(max_examples=200, deadline=None)
def test_any_title_comes_through(title: str, through: Callable[[str], set[str]]) -> None:
    assert through(title) == {on_one_line(title)}


@pytest.mark.parametrize("through", [through_bibtex, through_ris])
def test_control_characters_are_shown_and_lines_joined(through: Callable[[str], set[str]]) -> None:
    assert through("a\x1b[31m b\r\nER  - \nTY  - BOOK\u2028c\x00") == {"a␛[31m b ER - TY - BOOK c␀"}


# Pandoc -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("style", "ending"), [("bibtex", "bib"), ("csl-json", "json")])
def test_pandoc_cites_the_briefs_and_the_dataset(
    published: Dataset, tmp_path: Path, style: str, ending: str
) -> None:
    need("pandoc")
    bibliography = tmp_path / f"references.{ending}"
    bibliography.write_text(STYLES[style].write(references(published)), encoding="utf-8")
    arguments = ("--citeproc", f"--bibliography={bibliography}", "--to=plain", "--wrap=none")
    one = pandoc(*arguments, source=f"As reported [@{GR}].")
    assert "(Rural Synergies, n.d.)" in one
    assert re.search(r"Rural Synergies\. n\.d\. .?Synergies [Bb]etween", one)
    assert PUBLISHERS in one
    every = pandoc(*arguments, source=f"[@{GR}, finance ¶2; @{IA}; @ruralsyn]")
    assert every.count("n.d.") == 6
    assert "finance ¶2" in every
    assert WEBSITE in every
    assert "The ruralsyn authors, n.d." in every


def test_pandoc_reads_escaped_titles_as_they_were() -> None:
    """Without titles with quotes or with \\textbrace: Pandoc changes the first and drops the second."""
    need("pandoc")
    works = [replace(WORK, key=f"k{number}", title=title) for number, title in enumerate(HOSTILE)]
    works = [work for work in works if not re.search(r"['`]|\\textbrace", bibtex([work]))]
    items = json.loads(pandoc("--from=biblatex", "--to=csljson", source=bibtex(works)))
    assert {item["id"]: item["title"] for item in items} == {
        work.key: on_one_line(work.title) for work in works
    }
    assert len(works) > 10


def test_pandoc_keeps_every_field(bundled: Dataset) -> None:
    need("pandoc")
    works = (*references_for(bundled, SOURCE), *references(bundled)[2:], replace(WORK, year=2021))
    items = json.loads(pandoc("--from=biblatex", "--to=csljson", source=bibtex(works)))
    for item, expected in zip(items, json.loads(csl_json(works)), strict=True):
        assert {name: item.get(name) for name in expected} == expected


# CITATION.cff -------------------------------------------------------------------------------------------


def citation() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    return loaded


def test_the_citation_file_agrees_with_the_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    cff = citation()
    assert (cff["title"], cff["type"]) == (project["name"], "software")
    assert cff["version"] == ruralsyn.__version__
    assert cff["license"] == project["license"]
    assert cff["keywords"] == project["keywords"]
    assert cff["authors"][0]["name"] in (ROOT / "LICENSE").read_text(encoding="utf-8")


def test_the_citation_file_agrees_with_the_references(bundled: Dataset) -> None:
    *briefs, itself = references(bundled)
    assert citation()["authors"] == [{"name": name} for name in itself.authors]
    for work, entry in zip(briefs, citation()["references"], strict=True):
        expected = {
            "type": "report",
            "title": work.title,
            "authors": [{"name": name} for name in work.authors],
            "publisher": {"name": work.publisher} if work.publisher else None,
            "url": work.url,
        }
        assert entry == {name: value for name, value in expected.items() if value}


@pytest.mark.skipif(find_spec("cffconvert") is None, reason="cffconvert is not installed")
def test_the_citation_file_is_valid() -> None:
    cffconvert: Any = import_module("cffconvert")
    cffconvert.Citation((ROOT / "CITATION.cff").read_text(encoding="utf-8")).validate()
