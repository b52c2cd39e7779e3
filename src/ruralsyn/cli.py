"""The command line: what each command takes and which view it prints. Wiring only."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from ruralsyn.errors import UsageError
from ruralsyn.options import COMMANDS, LazyGroup, complete_case_or_country, dataset

if TYPE_CHECKING:
    from ruralsyn.document import Content
    from ruralsyn.query import Filter

LOOK_UP = "Look up"
PUT_TOGETHER = "Put together"
TRUST = "Trust"

OF_CASES = ("countries", "regions", "cases", "programmes", "coordination", "architectures")

EFFECT_FILTERS = (
    *OF_CASES[:4],
    "domains",
    "outcomes",
    *OF_CASES[4:],
    "directions",
    "benefits",
    "signs",
    "simulated",
)

Names = Annotated[
    list[str],
    typer.Argument(metavar="ID…", help="Cases or countries.", autocompletion=complete_case_or_country),
]
Anything = Annotated[
    list[str],
    typer.Argument(
        metavar="ID…",
        help="Ids or names of cases, countries or any other record, or places such as 'GR finance ¶2'.",
        autocompletion=complete_case_or_country,
    ),
]

OptionalNames = Annotated[
    list[str] | None,
    typer.Argument(metavar="[ID…]", help="Cases or countries.", autocompletion=complete_case_or_country),
]

GroupBy = Annotated[
    str | None,
    typer.Option(
        "--group-by",
        metavar="region|architecture|coordination",
        help="Set the cases under headings.",
        show_default=False,
    ),
]

app = typer.Typer(
    cls=LazyGroup,
    rich_markup_mode="rich",
    add_completion=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="[bold]Examples[/bold]\n\n[cyan]ruralsyn effects --domain finance[/cyan]\n\n"
    "[cyan]ruralsyn compare peru lesotho[/cyan]\n\n"
    "[cyan]ruralsyn effects -c mali -f markdown >> report.md[/cyan]",
)


def _version(value: bool) -> None:
    if value:
        from ruralsyn import __version__

        print(f"ruralsyn {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """What two policy briefs report on rural programmes in Latin America and Africa: the effects of
    social-protection and productive programmes together, and how their institutions coordinated."""


@COMMANDS.add("cases", LOOK_UP, OF_CASES, ("ruralsyn cases", "ruralsyn cases --region africa"))
def cases(chosen: "Filter") -> "Content":
    """The cases, a line each."""
    from ruralsyn.views.cases import cases_table

    return cases_table(dataset(), chosen)


@COMMANDS.add("show", LOOK_UP, examples=("ruralsyn show peru", "ruralsyn show colombia-fest.informal-loans"))
def show(names: Anything) -> "Content":
    """All that is known of a case, a country or any other record."""
    from ruralsyn.views.show import show_document

    return show_document(dataset(), tuple(names))


@COMMANDS.add(
    "effects",
    LOOK_UP,
    EFFECT_FILTERS,
    (
        "ruralsyn effects --domain finance",
        "ruralsyn effects -c peru,lesotho --by outcome",
        "ruralsyn effects -d food --benefit favourable -o food.csv",
    ),
)
def effects(
    chosen: "Filter",
    by: Annotated[
        str,
        typer.Option("--by", metavar="case|domain|outcome", help="What to order and group the effects by."),
    ] = "domain",
) -> "Content":
    """Effects: the direction in which outcomes moved and what that means for the household."""
    from ruralsyn.views.effects import GROUPINGS, effects_table

    return effects_table(dataset(), chosen, one_of("--by", by, GROUPINGS))


@COMMANDS.add("programmes", LOOK_UP, OF_CASES[:4], ("ruralsyn programmes -c mali",))
def programmes(chosen: "Filter") -> "Content":
    """The programmes and who runs them."""
    from ruralsyn.views.programmes import programmes_table

    return programmes_table(dataset(), chosen)


@COMMANDS.add(
    "coordination",
    LOOK_UP,
    (*OF_CASES, "levels", "formality", "roles"),
    (
        "ruralsyn coordination --formality informal --level local",
        "ruralsyn coordination -c peru --role obstacle",
    ),
)
def coordination(chosen: "Filter") -> "Content":
    """Findings on how the cases coordinated."""
    from ruralsyn.views.coordination import coordination_table

    return coordination_table(dataset(), chosen)


@COMMANDS.add("lessons", LOOK_UP, ("regions", "themes"), ("ruralsyn lessons --theme budget",))
def lessons(chosen: "Filter") -> "Content":
    """The cross-cutting lessons of the briefs."""
    from ruralsyn.views.statements import lessons_table

    return lessons_table(dataset(), chosen)


@COMMANDS.add(
    "recommendations",
    LOOK_UP,
    ("regions", "audiences", "basis"),
    ("ruralsyn recommendations --region africa", "ruralsyn recommendations --basis stated"),
)
def recommendations(chosen: "Filter") -> "Content":
    """What the briefs recommend, to whom and where."""
    from ruralsyn.views.statements import recommendations_table

    return recommendations_table(dataset(), chosen)


@COMMANDS.add(
    "search", LOOK_UP, examples=("ruralsyn search steering committee", "ruralsyn search '\"informal loans\"'")
)
def search(
    words: Annotated[list[str], typer.Argument(metavar="WORDS…", help='Words, or "a phrase" in quotes.')],
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many hits to show.")] = 30,
) -> "Content":
    """Any record that matches, best first."""
    from ruralsyn.views.search import search_table

    return search_table(dataset(), " ".join(words), limit)


@COMMANDS.add(
    "compare", PUT_TOGETHER, examples=("ruralsyn compare peru lesotho", "ruralsyn compare colombia mali")
)
def compare(names: Names) -> "Content":
    """Two or more cases or countries side by side."""
    from ruralsyn.views.compare import compare_document

    return compare_document(dataset(), names)


@COMMANDS.add(
    "map",
    PUT_TOGETHER,
    EFFECT_FILTERS,
    ("ruralsyn map", "ruralsyn map --group-by region -o map.svg", "ruralsyn map -o map.html"),
)
def map_(
    chosen: "Filter",
    by: Annotated[
        str, typer.Option("--by", metavar="domain|outcome", help="Cases by domain, or outcomes by case.")
    ] = "domain",
    group_by: GroupBy = None,
) -> "Content":
    """The evidence map: cases by domain, with the direction of their effects.

    With -o it draws a figure (.svg, .png, .pdf) or makes a page to explore (.html).
    """
    from ruralsyn.views.evidence_map import GROUPS, evidence_map

    one_of("--by", by, {"domain": "", "outcome": ""})
    group = one_of("--group-by", group_by, GROUPS) if group_by else None
    return evidence_map(dataset(), chosen, by, group)


@COMMANDS.add(
    "synthesis",
    PUT_TOGETHER,
    EFFECT_FILTERS,
    ("ruralsyn synthesis", "ruralsyn synthesis -d finance --sign-test", "ruralsyn synthesis --swim"),
)
def synthesis(
    chosen: "Filter",
    group_by: GroupBy = None,
    sign_test: Annotated[
        bool,
        typer.Option("--sign-test", help="Add the exact sign test and Wilson's interval, with a caution."),
    ] = False,
    swim: Annotated[bool, typer.Option("--swim", help="Add the nine SWiM items, filled in.")] = False,
) -> "Content":
    """Counts of cases by domain under the reading rules, and their tipping points."""
    from ruralsyn.views.evidence_map import GROUPS
    from ruralsyn.views.synthesis import synthesis as view

    group = one_of("--group-by", group_by, GROUPS) if group_by else None
    return view(dataset(), chosen, group_by=group, test=sign_test, swim=swim)


@COMMANDS.add(
    "report",
    PUT_TOGETHER,
    ("regions", "domains", "coordination"),
    (
        "ruralsyn report peru lesotho -o peru-lesotho.md",
        "ruralsyn report --domain finance --sections map,effects --heading-level 3",
        "ruralsyn report --region africa -o africa.html",
    ),
)
def report(
    chosen: "Filter",
    names: OptionalNames = None,
    sections: Annotated[
        list[str] | None,
        typer.Option(
            "--sections", metavar="NAMES", help="Which sections, in which order.", show_default=False
        ),
    ] = None,
    list_sections: Annotated[
        bool, typer.Option("--list-sections", help="Name the sections and end.")
    ] = False,
    title: Annotated[str | None, typer.Option("--title", help="Another title.", show_default=False)] = None,
    heading_level: Annotated[
        int, typer.Option("--heading-level", min=1, max=6, help="Level of the title's heading.")
    ] = 1,
    citations: Annotated[
        str,
        typer.Option(
            "--citations",
            metavar="notes|text|pandoc",
            help="Places as footnotes, in brackets, or as keys for Pandoc's citeproc.",
        ),
    ] = "notes",
) -> "Content":
    """A whole report on cases, countries or a domain, with footnotes that lead to the briefs."""
    from ruralsyn.report import CITATIONS, report_document, sections_table

    if list_sections:
        return sections_table()
    return report_document(
        dataset(),
        names or (),
        chosen,
        sections=sections or (),
        title=title,
        level=heading_level,
        citations=one_of("--citations", citations, dict.fromkeys(CITATIONS)),
    )


@COMMANDS.add("sources", TRUST, examples=("ruralsyn sources", "ruralsyn sources -o sources.html"))
def sources() -> "Content":
    """The briefs, and where they contradict themselves or each other."""
    from ruralsyn.views.sources import sources_document

    return sources_document(dataset())


@COMMANDS.add(
    "cite",
    TRUST,
    examples=(
        "ruralsyn cite",
        "ruralsyn cite colombia-fest.informal-loans",
        "ruralsyn cite -o references.bib",
    ),
    renders=False,
)
def cite(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[ID…]", help="Records whose places to cite; the briefs and dataset by default."
        ),
    ] = None,
    style: Annotated[
        str | None,
        typer.Option("--format", "-f", metavar="text|bibtex|ris|csl-json", help="Style.", show_default=False),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="A .bib, .ris, .json or .txt file.", show_default=False
        ),
    ] = None,
) -> None:
    """How to cite the briefs, the dataset, or the places of a record."""
    from ruralsyn.citing import STYLES, style_of
    from ruralsyn.output import emit_text
    from ruralsyn.views.show import cited_by

    chosen = one_of("--format", style, STYLES) if style else style_of(output)
    emit_text(STYLES[chosen](cited_by(dataset(), names or ())), output)


@COMMANDS.add("vocabulary", TRUST, examples=("ruralsyn vocabulary", "ruralsyn vocabulary outcome"))
def vocabulary(
    filters: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FILTER…]", help="Filters such as country or outcome; all by default."),
    ] = None,
) -> "Content":
    """Every value that a filter takes."""
    from ruralsyn.query import KINDS
    from ruralsyn.views.vocabulary import vocabulary_table

    kinds = {option: kind for kind, option in KINDS.items()} | {kind: kind for kind in KINDS}
    wanted = [one_of("filter", name.lstrip("-"), kinds) for name in filters or ()]
    return vocabulary_table(dataset(), tuple(kinds[name] for name in wanted))


def one_of(what: str, value: str, allowed: Mapping[str, object]) -> str:
    """The value, if it is allowed; UsageError with the nearest and all of them if not."""
    if value in allowed:
        return value
    from ruralsyn.query import nearest

    near = nearest(value, allowed)
    hint = f"Did you mean {' or '.join(near)}? " if near else ""
    raise UsageError(f"{what}: unknown value '{value}'. {hint}There are {', '.join(allowed)}.")
