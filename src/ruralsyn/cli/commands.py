"""The commands: a row for each, with what it takes and the view that answers it.

The command line, its help and completion, README and `request` are made from these rows. A view is imported
when its command runs, so that no command waits for the others.
"""

from __future__ import annotations

from typing import Any, Literal

from ruralsyn.lazy import imported
from ruralsyn.record import Record

LOOK_UP = "Look up"
PUT_TOGETHER = "Put together"
TRUST = "Trust"


class Option(Record, kw_only=True):
    """An option of one command, beside the filters and the options for output."""

    name: str
    """The view's parameter."""
    flag: str
    help: str
    kind: type = str
    """`str`, `int` or `bool`; a `bool` is a flag without a value."""
    many: bool = False
    """Whether it may be repeated."""
    default: Any = None
    show_default: bool = False
    choices: str = ""
    """A reference to its values, or to the table whose keys they are; empty where it takes any."""
    metavar: str = ""
    """What help calls its value, where it is not to show the choices."""
    least: int | None = None
    most: int | None = None

    def allowed(self) -> tuple[str, ...]:
        """The values that it takes, where they are a closed set."""
        return tuple(imported(self.choices)) if self.choices else ()


class Argument(Record, kw_only=True):
    """What a command takes without a flag."""

    metavar: str
    help: str
    required: bool = True
    completes: bool = True
    """Whether completion offers countries and cases."""


class Command(Record, kw_only=True):
    """A command's row."""

    name: str
    job: str
    """The panel of the help that it is listed in."""
    help: str
    """The first paragraph is the summary."""
    view: str
    """A reference to the function that makes its content from a selection."""
    selects: str = ""
    """The kind of record whose filters it takes; empty for none."""
    filters: tuple[str, ...] | None = None
    """The filters that it takes, where they are not all of those."""
    argument: Argument | None = None
    options: tuple[Option, ...] = ()
    output: Literal["formats", "styles"] = "formats"
    """Whether it is written in a format or in a citation style."""
    examples: tuple[str, ...]

    @property
    def summary(self) -> str:
        """What it prints, in a line."""
        return " ".join(self.help.split("\n\n")[0].split()).rstrip(".")

    def fields(self) -> tuple[str, ...]:
        """The filters that it takes, as fields of `Filter`."""
        if self.filters is not None or not self.selects:
            return self.filters or ()
        from ruralsyn.evidence.filters import fields_for

        return fields_for(self.selects)


CASES_OR_COUNTRIES = Argument(metavar="ID…", help="Cases or countries.")
GROUP_BY = Option(
    name="group_by",
    flag="--group-by",
    choices="ruralsyn.views.evidence_map:GROUPS",
    help="Set the cases under headings.",
)

_ROWS = (
    Command(
        name="cases",
        job=LOOK_UP,
        help="The cases, a line each.",
        view="ruralsyn.views.cases:cases_table",
        selects="cases",
        examples=("ruralsyn cases", "ruralsyn cases --region africa"),
    ),
    Command(
        name="show",
        job=LOOK_UP,
        help="All that is known of a case, a country or any other record.",
        view="ruralsyn.views.show:show_document",
        argument=Argument(
            metavar="ID…",
            help="Ids or names of cases, countries or any other record, or places such as 'GR finance ¶2'.",
        ),
        examples=("ruralsyn show peru", "ruralsyn show colombia-fest.informal-loans"),
    ),
    Command(
        name="effects",
        job=LOOK_UP,
        help="Effects: the direction in which outcomes moved and what that means for the household.",
        view="ruralsyn.views.effects:effects_table",
        selects="effects",
        options=(
            Option(
                name="by",
                flag="--by",
                choices="ruralsyn.views.effects:GROUPINGS",
                default="domain",
                show_default=True,
                help="What to order and group the effects by.",
            ),
        ),
        examples=(
            "ruralsyn effects --domain finance",
            "ruralsyn effects -c peru,lesotho --by outcome",
            "ruralsyn effects -d food --benefit favourable -o food.csv",
        ),
    ),
    Command(
        name="programmes",
        job=LOOK_UP,
        help="The programmes and who runs them.",
        view="ruralsyn.views.programmes:programmes_table",
        selects="programmes",
        examples=("ruralsyn programmes -c mali",),
    ),
    Command(
        name="coordination",
        job=LOOK_UP,
        help="Findings on how the cases coordinated.",
        view="ruralsyn.views.coordination:coordination_table",
        selects="findings",
        examples=(
            "ruralsyn coordination --formality informal --level local",
            "ruralsyn coordination -c peru --role obstacle",
        ),
    ),
    Command(
        name="lessons",
        job=LOOK_UP,
        help="The cross-cutting lessons of the briefs.",
        view="ruralsyn.views.lessons:lessons_table",
        selects="lessons",
        examples=("ruralsyn lessons --theme budget",),
    ),
    Command(
        name="recommendations",
        job=LOOK_UP,
        help="What the briefs recommend, to whom and where.",
        view="ruralsyn.views.recommendations:recommendations_table",
        selects="recommendations",
        examples=("ruralsyn recommendations --region africa", "ruralsyn recommendations --basis stated"),
    ),
    Command(
        name="search",
        job=LOOK_UP,
        help="Any record that matches, best first.",
        view="ruralsyn.views.search:search_table",
        argument=Argument(metavar="WORDS…", help='Words, or "a phrase" in quotes.', completes=False),
        options=(
            Option(
                name="limit",
                flag="--limit",
                kind=int,
                least=1,
                default=30,
                show_default=True,
                help="How many hits to show.",
            ),
        ),
        examples=("ruralsyn search steering committee", "ruralsyn search '\"informal loans\"'"),
    ),
    Command(
        name="compare",
        job=PUT_TOGETHER,
        help="Two or more cases or countries side by side.",
        view="ruralsyn.views.compare:compare_document",
        argument=CASES_OR_COUNTRIES,
        examples=("ruralsyn compare peru lesotho", "ruralsyn compare colombia mali"),
    ),
    Command(
        name="map",
        job=PUT_TOGETHER,
        help=(
            "The evidence map: cases by domain, with the direction of their effects.\n\n"
            "With -o it draws a figure (.svg, .png, .pdf) or makes a page to explore (.html)."
        ),
        view="ruralsyn.views.evidence_map:evidence_map",
        selects="effects",
        options=(
            Option(
                name="by",
                flag="--by",
                choices="ruralsyn.views.evidence_map:ROWS",
                default="domain",
                show_default=True,
                help="Cases by domain, or outcomes by case.",
            ),
            GROUP_BY,
        ),
        examples=("ruralsyn map", "ruralsyn map --group-by region -o map.svg", "ruralsyn map -o map.html"),
    ),
    Command(
        name="synthesis",
        job=PUT_TOGETHER,
        help="Counts of cases by domain under the reading rules, and their tipping points.",
        view="ruralsyn.views.synthesis:synthesis",
        selects="effects",
        options=(
            GROUP_BY,
            Option(
                name="sign_test",
                flag="--sign-test",
                kind=bool,
                default=False,
                help="Add the exact sign test and Wilson's interval, with a caution.",
            ),
            Option(
                name="swim",
                flag="--swim",
                kind=bool,
                default=False,
                help="Add the nine SWiM items, filled in.",
            ),
        ),
        examples=(
            "ruralsyn synthesis",
            "ruralsyn synthesis -d finance --sign-test",
            "ruralsyn synthesis --swim",
        ),
    ),
    Command(
        name="report",
        job=PUT_TOGETHER,
        help="A whole report on cases, countries or a domain, with footnotes that lead to the briefs.",
        view="ruralsyn.report.compose:report",
        # A report on effects chosen by their result would be evidence of nothing.
        filters=("regions", "domains", "coordination"),
        argument=Argument(metavar="[ID…]", help="Cases or countries.", required=False),
        options=(
            Option(
                name="sections",
                flag="--sections",
                many=True,
                choices="ruralsyn.report.sections:SECTIONS",
                metavar="NAMES",
                help="Which sections, in which order.",
            ),
            Option(
                name="list_sections",
                flag="--list-sections",
                kind=bool,
                default=False,
                help="Name the sections and end.",
            ),
            Option(name="title", flag="--title", help="Another title."),
            Option(
                name="heading_level",
                flag="--heading-level",
                kind=int,
                least=1,
                most=6,
                default=1,
                show_default=True,
                help="Level of the title's heading.",
            ),
            Option(
                name="citations",
                flag="--citations",
                choices="ruralsyn.report.compose:CITATIONS",
                default="notes",
                show_default=True,
                help="Places as footnotes, in brackets, or as keys for Pandoc's citeproc.",
            ),
        ),
        examples=(
            "ruralsyn report peru lesotho -o peru-lesotho.md",
            "ruralsyn report --domain finance --sections map,effects --heading-level 3",
            "ruralsyn report --region africa -o africa.html",
        ),
    ),
    Command(
        name="sources",
        job=TRUST,
        help="The briefs, and where they contradict themselves or each other.",
        view="ruralsyn.views.sources:sources_document",
        examples=("ruralsyn sources", "ruralsyn sources -o sources.html"),
    ),
    Command(
        name="cite",
        job=TRUST,
        help="How to cite the briefs, the dataset, or the places of a record.",
        view="ruralsyn.views.bibliography:bibliography",
        argument=Argument(
            metavar="[ID…]",
            help="Records whose places to cite; the briefs and dataset by default.",
            required=False,
            completes=False,
        ),
        output="styles",
        examples=(
            "ruralsyn cite",
            "ruralsyn cite colombia-fest.informal-loans",
            "ruralsyn cite -o references.bib",
        ),
    ),
    Command(
        name="vocabulary",
        job=TRUST,
        help="Every value that a filter takes.",
        view="ruralsyn.views.vocabulary:vocabulary_table",
        argument=Argument(
            metavar="[FILTER…]",
            help="Filters such as country or outcome; all by default.",
            required=False,
            completes=False,
        ),
        examples=("ruralsyn vocabulary", "ruralsyn vocabulary outcome"),
    ),
)

COMMANDS: dict[str, Command] = {command.name: command for command in _ROWS}
"""The commands by name, in the order of the help."""
