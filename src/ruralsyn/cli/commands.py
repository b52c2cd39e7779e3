"""The table of commands: for each command its arguments, options, filters and view.

The command line, its help and completion, README's table and `request` are made from these rows. A row names
its view as text, and the view is imported when the command runs, so that no command waits for the others.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

from ruralsyn.lazy import imported
from ruralsyn.record import Record

# The panels of `ruralsyn -h`, in which the commands are grouped by what a person wants to do.
LOOK_UP = "Look up"
PUT_TOGETHER = "Compare and report"
TRUST = "Check and cite"
OWN_DATA = "Your own data"


ARRANGE = "Columns, rows and heading"
"""The panel of a command's help for the options that arrange what it prints."""
FILES = "Data"
"""The panel of a command's help for the options that say which data it reads."""


class Option(Record, kw_only=True):
    """An option of one command or of several. Filters and output options are added separately."""

    name: str
    """The name of the parameter that gets the value: of the view or, with `arranges`, of `arranged`."""
    flag: str
    letter: str = ""
    """Its short form, such as `-o`; empty if it has none."""
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
    arranges: bool = False
    """Whether the value arranges the content that the view has made; otherwise the view gets it."""
    loads: bool = False
    """Whether the value says which data the command reads; then neither view nor `arranged` gets it."""
    names_columns: bool = False
    """Whether the values are keys of columns, which shell completion offers."""

    def allowed(self) -> tuple[str, ...]:
        """The allowed values; empty if any value is allowed."""
        return tuple(imported(self.choices)) if self.choices else ()


class Argument(Record, kw_only=True):
    """The positional argument of a command."""

    metavar: str
    help: str
    required: bool = True
    completes: Literal["", "cases", "records", "filters"] = ""
    """What shell completion offers: cases and countries, any record, or the words for filters."""
    filters: bool = False
    """Whether the arguments choose cases, as `--case` does; otherwise the view gets them."""
    first: str = ""
    """A reference to the allowed values of the first argument, or to a table with them as keys, which the
    help lists in place of `{choices}`; empty if it is like the others."""

    def allowed_first(self) -> tuple[str, ...]:
        """The allowed values of the first argument; empty if it is like the others."""
        return tuple(imported(self.first)) if self.first else ()


class Command(Record, kw_only=True):
    """One row of the table of commands."""

    name: str
    job: str
    """The panel of `ruralsyn -h` that lists it."""
    help: str
    """The help text. Its first paragraph is the summary."""
    view: str = ""
    """A reference to the function that makes the command's content from a selection. Empty for a command that
    runs by itself, whose function is in `RUNS` in `build.py`, and for one that asks another command."""
    needs_data: bool = True
    """Whether the view gets a selection of loaded data. Otherwise it gets the arguments and reads what they
    name."""
    selects: str = ""
    """The kind of record that the command filters; empty if it takes no filters."""
    filters: tuple[str, ...] | None = None
    """The filters that the command takes, if not all filters for that kind of record."""
    every_filter: bool = False
    """Whether it takes all filters; its view refuses those that do not fit the arguments."""
    answers: bool = False
    """Whether what it shows begins with a sentence that answers, which `answer` prints alone."""
    asks: bool = False
    """Whether it asks the command that its first argument names for its answer, and so has no view."""
    argument: Argument | None = None
    options: tuple[Option, ...] = ()
    """Its own options, and those shared ones that differ here, e.g. in their default."""
    gives: Literal["table", "document", "grid", "sentence", "references", "own"] = "table"
    """What it usually prints. References have citation styles instead of formats, and a command that prints
    something of its own has its own options for it."""
    examples: tuple[str, ...]

    @property
    def summary(self) -> str:
        """The first paragraph of the help, on one line and without its full stop."""
        # README prints the summary in a table cell, which has no line breaks.
        return " ".join(self.help.split("\n\n")[0].split()).rstrip(".")

    @property
    def shows_data(self) -> bool:
        """Whether it loads the data and shows something of them, as a block of a Markdown file can, too."""
        return self.gives != "own" and self.needs_data

    @property
    def all_options(self) -> tuple[Option, ...]:
        """Its own options, followed by the shared options that fit what it prints."""
        own = {option.name: option for option in self.options}
        own |= {option.name: option for option in LOADING if self.shows_data}
        # One that differs here takes the place of the shared one, so that the order is the same everywhere.
        shared = {option.name: own.pop(option.name, option) for option in ARRANGING[self.gives]}
        return (*own.values(), *shared.values())

    def fields(self) -> tuple[str, ...]:
        """The filters that the command takes, as names of fields of `Filter`."""
        if not (self.selects or self.every_filter) or self.filters is not None:
            return self.filters or ()
        # Imported late: the filters load the model of the dataset, which other commands' help does not need.
        from ruralsyn.evidence.filters import FIELDS, fields_for

        return tuple(FIELDS) if self.every_filter else fields_for(self.selects)

    def formats(self) -> list[str]:
        """The names of the formats that can hold what it prints."""
        from ruralsyn.render.formats import FORMATS

        draws, several = self.gives == "grid", self.gives == "document"
        return [
            name
            for name, form in FORMATS.items()
            if (draws or form.kind != "picture") and not (several and form.one_table)
        ]


# What several commands share ----------------------------------------------------------------------------

CASES_OR_COUNTRIES = Argument(metavar="ID…", help="Cases or countries to compare.", completes="cases")
ONLY_CASES = Argument(
    metavar="[ID…]",
    help="Only these cases or countries; all by default.",
    required=False,
    completes="cases",
    filters=True,
)
GROUP_BY = Option(
    name="group_by",
    flag="--group-by",
    choices="ruralsyn.views.evidence_map:GROUPS",
    help="Group the cases under headings.",
)
FULL = Option(
    name="full",
    flag="--full",
    kind=bool,
    default=False,
    help="Everything there is: all notes, cautions, discrepancies and findings.",
)
COLUMNS = Option(
    name="columns",
    flag="--columns",
    many=True,
    metavar="KEYS",
    help="Only these columns, in this order, by their names in CSV and JSON. Separate them by commas.",
    arranges=True,
    names_columns=True,
)
SORT = Option(
    name="sort",
    flag="--sort",
    many=True,
    metavar="KEYS",
    help="Sort by these columns; -KEY reverses the order. Blanks come last.",
    arranges=True,
    names_columns=True,
)
LIMIT = Option(
    name="limit",
    flag="--limit",
    kind=int,
    least=1,
    metavar="N",
    help="The maximum number of rows.",
    arranges=True,
)
TITLE = Option(
    name="title",
    flag="--title",
    metavar="TEXT",
    help="A title to replace the default one; '' for no heading.",
    arranges=True,
)
HEADING_LEVEL = Option(
    name="heading_level",
    flag="--heading-level",
    kind=int,
    least=1,
    most=6,  # HTML and Markdown have six levels of headings.
    default=2,
    show_default=True,
    metavar="N",
    help="The heading level of the title, from 1 to 6, in Markdown and LaTeX.",
    arranges=True,
)
DATA = Option(
    name="data",
    flag="--data",
    many=True,
    metavar="FILE",
    help="Read this TOML file too; '-' is standard input. The default is RURALSYN_DATA.",
    loads=True,
)
ONLY_DATA = Option(
    name="only_data",
    flag="--only-data",
    kind=bool,
    default=False,
    help="Leave the bundled records out; their vocabulary stays.",
    loads=True,
)
OUTPUT_FILE = Option(
    name="output",
    flag="--output",
    letter="-o",
    metavar="FILE",
    help="Write to this file. '-' means standard output.",
)
"""For a command that prints something of its own. The others have more to say of their formats."""
LOADING = (DATA, ONLY_DATA)
"""The options that say which data a command reads, for every command that shows a selection."""
ARRANGING: dict[str, tuple[Option, ...]] = {
    "table": (COLUMNS, SORT, LIMIT, TITLE, HEADING_LEVEL),
    "document": (TITLE, HEADING_LEVEL),
    "grid": (TITLE, HEADING_LEVEL),
    "sentence": (),
    "references": (),
    "own": (),
}
"""The options that arrange what a command prints, by what it prints."""

_ROWS = (
    Command(
        name="cases",
        job=LOOK_UP,
        help="The cases, one per line.",
        view="ruralsyn.views.cases:cases_table",
        selects="cases",
        argument=ONLY_CASES,
        options=(FULL,),
        examples=("ruralsyn cases", "ruralsyn cases --region africa --sort -effects"),
        answers=True,
    ),
    Command(
        name="show",
        job=LOOK_UP,
        help="Everything the dataset has on a case, a country or any other record.",
        view="ruralsyn.views.show:show_document",
        argument=Argument(
            metavar="ID…",
            help="Ids or names of cases, countries or other records, or a place such as 'GR finance ¶2'.",
            completes="records",
        ),
        options=(FULL,),
        gives="document",
        examples=("ruralsyn show peru", "ruralsyn show colombia-fest.informal-loans"),
        answers=True,
    ),
    Command(
        name="effects",
        job=LOOK_UP,
        help="Effects: which way each outcome moved and what that means for the household.",
        view="ruralsyn.views.effects:effects_table",
        selects="effects",
        argument=ONLY_CASES,
        options=(
            Option(
                name="by",
                flag="--by",
                choices="ruralsyn.views.effects:GROUPINGS",
                default="domain",
                show_default=True,
                help="How to order and group the effects.",
            ),
            FULL,
        ),
        examples=(
            "ruralsyn effects --domain finance",
            "ruralsyn effects peru lesotho --by outcome",
            "ruralsyn effects -d food --benefit favourable -o food.csv",
        ),
        answers=True,
    ),
    Command(
        name="programmes",
        job=LOOK_UP,
        help="The programmes and who runs them.",
        view="ruralsyn.views.programmes:programmes_table",
        selects="programmes",
        argument=ONLY_CASES,
        options=(FULL,),
        examples=("ruralsyn programmes mali",),
        answers=True,
    ),
    Command(
        name="coordination",
        job=LOOK_UP,
        help="Findings on how institutions coordinated in the cases.",
        view="ruralsyn.views.coordination:coordination_table",
        selects="findings",
        argument=ONLY_CASES,
        options=(FULL,),
        examples=(
            "ruralsyn coordination --formality informal --level local",
            "ruralsyn coordination peru --role obstacle",
        ),
        answers=True,
    ),
    Command(
        name="lessons",
        job=LOOK_UP,
        help="The cross-cutting lessons of the sources.",
        view="ruralsyn.views.lessons:lessons_table",
        selects="lessons",
        options=(FULL,),
        examples=("ruralsyn lessons --theme budget",),
        answers=True,
    ),
    Command(
        name="recommendations",
        job=LOOK_UP,
        help="What the sources recommend, to whom and where.",
        view="ruralsyn.views.recommendations:recommendations_table",
        selects="recommendations",
        options=(FULL,),
        examples=("ruralsyn recommendations --region africa", "ruralsyn recommendations --basis stated"),
        answers=True,
    ),
    Command(
        name="search",
        job=LOOK_UP,
        help="Records that match your words, best match first.",
        view="ruralsyn.views.search:search_table",
        # Only filters by case, country and region: most others read a single kind of record.
        filters=("countries", "regions", "cases"),
        argument=Argument(metavar="WORDS…", help='Words to find, or "a phrase" in quotes.'),
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
            replace(LIMIT, default=30, show_default=True),
        ),
        examples=(
            "ruralsyn search steering committee",
            "ruralsyn search '\"informal loans\"'",
            "ruralsyn search budget -c peru --kind finding",
        ),
        answers=True,
    ),
    Command(
        name="count",
        job=LOOK_UP,
        help="How many effects, cases or other records match, as one number.\n\n"
        "Simulated effects are counted only with --simulated, and a finding that several cases share counts "
        "once. With filters of effects or findings, a case counts if it has at least one of them.",
        view="ruralsyn.views.counting:count_sentence",
        every_filter=True,
        argument=Argument(
            metavar="KIND [ID…]",
            help="What to count: {choices}. Then the cases or countries; all by default.",
            completes="cases",
            first="ruralsyn.views.counting:KINDS",
        ),
        gives="sentence",
        examples=("ruralsyn count effects peru", "ruralsyn count cases -d finance --benefit favourable"),
    ),
    Command(
        name="answer",
        job=LOOK_UP,
        help="The sentence above what another command shows, alone and with its reference.\n\n"
        "It takes the filters that COMMAND takes.",
        asks=True,
        every_filter=True,
        argument=Argument(
            metavar="COMMAND [ARGUMENT…]",
            help="A command and its arguments: {choices}.",
            completes="records",
            first="ruralsyn.cli.commands:ANSWERING",
        ),
        gives="sentence",
        examples=("ruralsyn answer effects -d finance", "ruralsyn answer compare peru lesotho"),
    ),
    Command(
        name="compare",
        job=PUT_TOGETHER,
        help="Two or more cases or countries side by side.",
        view="ruralsyn.views.compare:compare_document",
        filters=("domains",),
        argument=CASES_OR_COUNTRIES,
        options=(
            Option(
                name="sections",
                flag="--sections",
                many=True,
                choices="ruralsyn.views.compare:SECTIONS",
                metavar="NAMES",
                help="The sections to include, in the order given.",
            ),
            FULL,
        ),
        gives="document",
        examples=("ruralsyn compare peru lesotho", "ruralsyn compare colombia mali --domain income"),
        answers=True,
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
        argument=ONLY_CASES,
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
            FULL,
        ),
        gives="grid",
        examples=("ruralsyn map", "ruralsyn map --group-by region -o map.svg", "ruralsyn map -o map.html"),
        answers=True,
    ),
    Command(
        name="synthesis",
        job=PUT_TOGETHER,
        help="How many cases are favourable, unfavourable or conflicting in each domain, with tipping points."
        "\n\nA tipping point is the number of blank cases that it would take to change the majority.",
        view="ruralsyn.views.synthesis:synthesis",
        selects="effects",
        argument=ONLY_CASES,
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
            FULL,
        ),
        examples=(
            "ruralsyn synthesis",
            "ruralsyn synthesis -d finance --sign-test",
            "ruralsyn synthesis --swim",
        ),
        answers=True,
    ),
    Command(
        name="report",
        job=PUT_TOGETHER,
        help="A full report on cases, countries or a domain, with footnotes that cite the sources.",
        view="ruralsyn.report.compose:report",
        # Only filters that choose a subject: a report on effects chosen by their result would mislead.
        filters=("regions", "domains", "coordination"),
        argument=Argument(
            metavar="[ID…]", help="Cases or countries; all by default.", required=False, completes="cases"
        ),
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
            # A report is a document of its own, so its title is the first heading.
            replace(HEADING_LEVEL, default=1),
            Option(
                name="citations",
                flag="--citations",
                choices="ruralsyn.report.compose:CITATIONS",
                default="notes",
                show_default=True,
                help="How to cite sources: in footnotes, in brackets, or with keys for Pandoc's citeproc.",
            ),
            FULL,
        ),
        gives="document",
        examples=(
            "ruralsyn report peru lesotho -o peru-lesotho.md",
            "ruralsyn report --domain finance --sections map,effects --heading-level 3",
            "ruralsyn report --region africa -o africa.html",
        ),
        answers=True,
    ),
    Command(
        name="refresh",
        job=PUT_TOGETHER,
        help=(
            "Make the generated blocks of Markdown files anew, in place, so that a memo stays true.\n\n"
            "A block is two comments with what is between them. The first says what to show, in the words of "
            "the command line, with options as name=value:\n\n"
            "<!-- ruralsyn: effects domain=finance full=yes -->\n\n<!-- /ruralsyn -->\n\n"
            "In running text, count and answer give a number or a sentence. Nothing outside the blocks "
            "changes. The second comment gets a checksum. A file with a block that was edited since is not "
            "changed without --force. Text in a block that has no checksum is overwritten."
        ),
        argument=Argument(
            metavar="FILE…",
            help="Markdown files, or folders with all .md, .qmd and .Rmd files below them. '-' takes "
            "standard input and prints the text.",
        ),
        options=(
            Option(
                name="check",
                flag="--check",
                kind=bool,
                default=False,
                help="Change nothing; print a line for each stale block and exit with 1 if there is any.",
            ),
            Option(
                name="diff",
                flag="--diff",
                kind=bool,
                default=False,
                help="Change nothing; print the differences.",
            ),
            Option(
                name="add",
                flag="--add",
                metavar="WORDS",
                help="Add a block that asks for these words, e.g. 'compare peru lesotho'.",
            ),
            Option(
                name="after",
                flag="--after",
                metavar="HEADING",
                help="Where to add it: below this heading. The default is the end of the file.",
            ),
            Option(
                name="force",
                flag="--force",
                kind=bool,
                default=False,
                help="Overwrite blocks that were edited by hand.",
            ),
            replace(DATA, help="Data for blocks that name none. The default is RURALSYN_DATA."),
            replace(ONLY_DATA, help="Leave the bundled records out of blocks that name no data."),
        ),
        gives="own",
        examples=(
            "ruralsyn refresh memo.md",
            "ruralsyn refresh memos --check",
            "ruralsyn refresh memo.md --add 'compare peru lesotho' --after '## Comparison'",
        ),
    ),
    Command(
        name="sources",
        job=TRUST,
        help="The sources, and where they contradict themselves or each other.",
        view="ruralsyn.views.sources:sources_document",
        options=(FULL,),
        gives="document",
        examples=("ruralsyn sources", "ruralsyn sources -o sources.html"),
        answers=True,
    ),
    Command(
        name="cite",
        job=TRUST,
        help="How to cite the sources, the dataset, or the paragraphs a record comes from.",
        view="ruralsyn.views.bibliography:bibliography",
        argument=Argument(
            metavar="[ID…]",
            help="Records to cite, with their paragraphs. Without an ID: the sources and the dataset.",
            required=False,
            completes="records",
        ),
        gives="references",
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
            completes="filters",
        ),
        examples=("ruralsyn vocabulary", "ruralsyn vocabulary outcome"),
    ),
    Command(
        name="new-case",
        job=OWN_DATA,
        help="Begin a file with a case of your own: a skeleton to fill in, or the rows of a spreadsheet.\n\n"
        "The file is TOML. Its comments have the allowed values, and blanks begin with FILL IN.",
        argument=Argument(metavar="FILE", help="The file to make, such as my-case.toml; '-' prints it."),
        options=(
            Option(
                name="country",
                flag="--country",
                metavar="COUNTRY",
                help="The country of the case: its name in English, Spanish or French, or its ISO code.",
            ),
            # Not `title`, which is the name of the shared option for the title of a table.
            Option(name="case_title", flag="--title", metavar="TEXT", help="The title of the case."),
            Option(
                name="case_id",
                flag="--id",
                metavar="ID",
                help="Its id. The default is made from country and title.",
            ),
            Option(name="source", flag="--source", metavar="TEXT", help="The title of the source."),
            Option(
                name="year",
                flag="--year",
                kind=int,
                least=1000,
                most=9999,
                metavar="YEAR",
                help="The year of the source.",
            ),
            Option(
                name="table",
                flag="--from",
                metavar="FILE",
                help="Take effects from this .csv, .tsv or .xlsx file, one in a row, with the columns that "
                "effects -f csv prints or some of them.",
            ),
        ),
        gives="own",
        examples=(
            'ruralsyn new-case my-case.toml --country kenya --title "Hunger Safety Net"',
            'ruralsyn new-case - --country Perú --title "Pensión 65"',
        ),
    ),
    Command(
        name="export",
        job=PUT_TOGETHER,
        help=(
            "Everything that the filters select, for other programs: Excel, SQL, R, pandas, Datasette.\n\n"
            "The ending of TARGET says what to make; a name without one makes a folder, a Data Package. A "
            "filter reaches the records that it can be read from: --domain reaches effects, not findings."
        ),
        every_filter=True,
        argument=Argument(
            metavar="TARGET", help="The file or the folder to make: .sqlite, .xlsx, .json, .zip, or a folder."
        ),
        options=(
            Option(
                name="to",
                flag="--to",
                choices="ruralsyn.export.formats:EXPORTS",
                help="What to make. The default goes by the ending of TARGET.",
            ),
            Option(
                name="force",
                flag="--force",
                kind=bool,
                default=False,
                help="Replace what is there. A folder must hold nothing but an export.",
            ),
            *LOADING,
        ),
        gives="own",
        examples=(
            "ruralsyn export bundle.zip",
            "ruralsyn export peru.sqlite --country peru",
            "ruralsyn export tables --to datapackage --region africa",
        ),
    ),
    Command(
        name="validate",
        job=OWN_DATA,
        help=(
            "Every fault of files with your own data, each with its line.\n\n"
            "Warnings are told apart: words that no record uses, an outcome without a reason, a case without "
            "a source. The exit code is 1 if there is a fault. A file that has the table 'dataset' is a "
            "collection of its own and is read without the bundled records."
        ),
        argument=Argument(metavar="FILE…", help="TOML files; '-' is standard input."),
        options=(
            Option(
                name="strict", flag="--strict", kind=bool, default=False, help="Count warnings as faults."
            ),
            replace(ONLY_DATA, help="Read the files without the bundled records.", loads=False),
            Option(
                name="form",
                flag="--format",
                letter="-f",
                choices="ruralsyn.cli.validate:FORMS",
                default="text",
                show_default=True,
                help="How to print the faults: for people, for programs, or for editors and code hosts.",
            ),
            OUTPUT_FILE,
        ),
        gives="own",
        examples=("ruralsyn validate my-cases.toml", "ruralsyn validate my-cases.toml --strict -f sarif"),
    ),
    Command(
        name="diff",
        job=OWN_DATA,
        help="What changed between two states of the data: effects, map, counts and statements.\n\n"
        "Both files are read alone if neither needs another, otherwise both beside the bundled data, or "
        "beside their vocabulary only, if one file is whole and defines bundled records again.",
        view="ruralsyn.views.changes:diff_document",
        needs_data=False,
        argument=Argument(
            metavar="OLD NEW", help="Two TOML files; 'bundled' is the bundled data, '-' standard input."
        ),
        options=(
            replace(ONLY_DATA, loads=False),
            replace(FULL, help="Every field of the records that were added or removed."),
        ),
        gives="document",
        examples=("ruralsyn diff bundled my-cases.toml",),
    ),
    Command(
        name="schema",
        job=OWN_DATA,
        help=(
            "The JSON Schema of data files, by which editors complete and check what you write.\n\n"
            "Editors with Taplo or Tombi, such as VS Code with Even Better TOML, read it if it is beside "
            "your file and the file begins with this line:\n\n"
            "#:schema ./cases.schema.json"
        ),
        options=(
            OUTPUT_FILE,
            Option(
                name="path",
                flag="--path",
                kind=bool,
                default=False,
                help="Print where the schema of this installation is, for the settings of an editor.",
            ),
        ),
        gives="own",
        examples=("ruralsyn schema -o cases.schema.json", "ruralsyn schema --path"),
    ),
)

COMMANDS: dict[str, Command] = {command.name: command for command in _ROWS}
"""The commands by name, in the order in which the help lists them."""
ANSWERING = tuple(name for name, command in COMMANDS.items() if command.answers)
"""The names of the commands that answer in a sentence."""
