"""The table of commands: for each command its arguments, options, filters and view.

The command line, its help and completion, README's table and `request` are made from these rows. A row names
its view as text, and the view is imported when the command runs, so that no command waits for the others.
"""

from __future__ import annotations

from typing import Any, Literal

from ruralsyn.lazy import imported
from ruralsyn.record import Record

# The panels of `ruralsyn -h`, in which the commands are grouped by what a person wants to do.
LOOK_UP = "Look up"
PUT_TOGETHER = "Compare and report"
TRUST = "Check and cite"


class Option(Record, kw_only=True):
    """An option that belongs to one command. Filters and output options are added separately."""

    name: str
    """The name of the view's parameter that gets the value."""
    flag: str
    help: str
    """The text in the help, in which `{choices}` stands for the allowed values."""
    kind: type = str
    """`str`, `int` or `bool`; a `bool` is a flag without a value."""
    many: bool = False
    """Whether the option may be repeated."""
    default: Any = None
    show_default: bool = False
    choices: str = ""
    """A reference to the allowed values, or to a table with them as keys; empty if any value is allowed."""
    metavar: str = ""
    """What the help prints for the value instead of the list of choices."""
    least: int | None = None
    most: int | None = None

    def allowed(self) -> tuple[str, ...]:
        """The allowed values; empty if any value is allowed."""
        return tuple(imported(self.choices)) if self.choices else ()


class Argument(Record, kw_only=True):
    """The positional argument of a command."""

    metavar: str
    help: str
    required: bool = True
    completes: bool = True
    """Whether shell completion offers countries and cases."""


class Command(Record, kw_only=True):
    """One row of the table of commands."""

    name: str
    job: str
    """The panel of `ruralsyn -h` that lists it."""
    help: str
    """The help text. Its first paragraph is the summary."""
    view: str
    """A reference to the function that makes the command's content from a selection."""
    selects: str = ""
    """The kind of record that the command filters; empty if it takes no filters."""
    filters: tuple[str, ...] | None = None
    """The filters that the command takes, if not all filters for that kind of record."""
    argument: Argument | None = None
    options: tuple[Option, ...] = ()
    output: Literal["formats", "styles"] = "formats"
    """Whether `--format` names a format or a citation style."""
    examples: tuple[str, ...]

    @property
    def summary(self) -> str:
        """The first paragraph of the help, on one line and without its full stop."""
        # README prints the summary in a table cell, which has no line breaks.
        return " ".join(self.help.split("\n\n")[0].split()).rstrip(".")

    def fields(self) -> tuple[str, ...]:
        """The filters that the command takes, as names of fields of `Filter`."""
        if self.filters is not None or not self.selects:
            return self.filters or ()
        # Imported late: the filters load the model of the dataset, which other commands' help does not need.
        from ruralsyn.evidence.filters import fields_for

        return fields_for(self.selects)


CASES_OR_COUNTRIES = Argument(metavar="ID…", help="Cases or countries to compare.")
GROUP_BY = Option(
    name="group_by",
    flag="--group-by",
    choices="ruralsyn.views.evidence_map:GROUPS",
    help="Group the cases under headings.",
)

_ROWS = (
    Command(
        name="cases",
        job=LOOK_UP,
        help="The cases, one per line.",
        view="ruralsyn.views.cases:cases_table",
        selects="cases",
        examples=("ruralsyn cases", "ruralsyn cases --region africa"),
    ),
    Command(
        name="show",
        job=LOOK_UP,
        help="Everything the dataset has on a case, a country or any other record.",
        view="ruralsyn.views.show:show_document",
        argument=Argument(
            metavar="ID…",
            help="Ids or names of cases, countries or other records, or a paragraph such as 'GR finance ¶2'.",
        ),
        examples=("ruralsyn show peru", "ruralsyn show colombia-fest.informal-loans"),
    ),
    Command(
        name="effects",
        job=LOOK_UP,
        help="Effects: which way each outcome moved and what that means for the household.",
        view="ruralsyn.views.effects:effects_table",
        selects="effects",
        options=(
            Option(
                name="by",
                flag="--by",
                choices="ruralsyn.views.effects:GROUPINGS",
                default="domain",
                show_default=True,
                help="How to order and group the effects.",
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
        help="Findings on how institutions coordinated in the cases.",
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
        help="Records that match your words, best match first.",
        view="ruralsyn.views.search:search_table",
        # Only filters by case, country and region: most others read a single kind of record.
        filters=("countries", "regions", "cases"),
        argument=Argument(metavar="WORDS…", help='Words to find, or "a phrase" in quotes.', completes=False),
        options=(
            Option(
                name="kinds",
                flag="--kind",
                many=True,
                choices="ruralsyn.evidence.search:KINDS",
                # All kinds in one word would be broken anywhere to fit the column of the help.
                metavar="KINDS",
                help="Only records of these kinds: {choices}.",
            ),
            Option(
                name="limit",
                flag="--limit",
                kind=int,
                least=1,
                default=30,
                show_default=True,
                help="The maximum number of records to show.",
            ),
        ),
        examples=(
            "ruralsyn search steering committee",
            "ruralsyn search '\"informal loans\"'",
            "ruralsyn search budget -c peru --kind finding",
        ),
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
            "With -o, it draws a figure (.svg, .png or .pdf) or writes an interactive page (.html)."
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
                help="What to map: cases by domain, or outcomes by case.",
            ),
            GROUP_BY,
        ),
        examples=("ruralsyn map", "ruralsyn map --group-by region -o map.svg", "ruralsyn map -o map.html"),
    ),
    Command(
        name="synthesis",
        job=PUT_TOGETHER,
        help="How many cases are favourable, unfavourable or conflicting in each domain, with tipping points."
        "\n\nA tipping point is the number of blank cases that it would take to change the majority.",
        view="ruralsyn.views.synthesis:synthesis",
        selects="effects",
        options=(
            GROUP_BY,
            # Off by default: the briefs list the effects they found, so a blank is not a null result.
            Option(
                name="sign_test",
                flag="--sign-test",
                kind=bool,
                default=False,
                help="Add the exact sign test and Wilson's interval, with a caution on how to read them.",
            ),
            Option(
                name="swim",
                flag="--swim",
                kind=bool,
                default=False,
                help="Add the nine items of the SWiM reporting guideline, filled in.",
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
        help="A full report on cases, countries or a domain, with footnotes that cite the briefs.",
        view="ruralsyn.report.compose:report",
        # Only filters that choose a subject: a report on effects chosen by their result would mislead.
        filters=("regions", "domains", "coordination"),
        argument=Argument(metavar="[ID…]", help="Cases or countries; all by default.", required=False),
        options=(
            Option(
                name="sections",
                flag="--sections",
                many=True,
                choices="ruralsyn.report.sections:SECTIONS",
                # The names of all sections would fill the column of the help; --list-sections prints them.
                metavar="NAMES",
                help="The sections to include, in the order given.",
            ),
            Option(
                name="list_sections",
                flag="--list-sections",
                kind=bool,
                default=False,
                help="List the sections and exit.",
            ),
            Option(name="title", flag="--title", help="A title to replace the default one."),
            Option(
                name="heading_level",
                flag="--heading-level",
                kind=int,
                least=1,
                most=6,  # HTML and Markdown have six levels of headings.
                default=1,
                show_default=True,
                help="The heading level of the title.",
            ),
            Option(
                name="citations",
                flag="--citations",
                choices="ruralsyn.report.compose:CITATIONS",
                default="notes",
                show_default=True,
                help="How to cite the briefs: in footnotes, in brackets, or with keys for Pandoc's citeproc.",
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
        help="How to cite the briefs, the dataset, or the paragraphs a record comes from.",
        view="ruralsyn.views.bibliography:bibliography",
        argument=Argument(
            metavar="[ID…]",
            help="Records to cite, with their paragraphs. Without an ID: the briefs and the dataset.",
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
            completes=False,  # It takes names of filters, not ids.
        ),
        examples=("ruralsyn vocabulary", "ruralsyn vocabulary outcome"),
    ),
)

COMMANDS: dict[str, Command] = {command.name: command for command in _ROWS}
"""The commands by name, in the order in which the help lists them."""
