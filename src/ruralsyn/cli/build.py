"""Builds the command line with Typer from the tables of commands, filters and formats."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterable
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from ruralsyn.cli.commands import ARRANGE, COMMANDS, FILES, Argument, Command, Option
from ruralsyn.cli.completion import of_columns, of_fields, of_filters, of_first, of_records, of_values
from ruralsyn.cli.overview import EXAMPLES
from ruralsyn.lazy import imported

FILTERS = "Filters (all must match; separate values by commas to match any)"
OUTPUT = "Output"
FORMAT = ("--format", "-f")
FILE = ("--output", "-o")
REFERENCE = ("--reference-doc",)
# Typer offers only --help by default.
HELP_FLAGS = {"help_option_names": ["-h", "--help"]}
# Too many arguments are left to `request`, so that Python callers get the same message.
SETTINGS = {**HELP_FLAGS, "allow_extra_args": True}


class PlainHelp(TyperCommand):
    """A command whose help has colours under the same conditions as the output of commands."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Print the help."""
        _decide_colour()
        super().format_help(ctx, formatter)


def _decide_colour() -> None:
    # Imported here: only help needs Rich, whose import takes as long as the rest of the start.
    from typer import rich_utils

    from ruralsyn.cli.streams import is_terminal, wants_colour

    # By default Typer colours a file or a pipe too if GITHUB_ACTIONS or PY_COLORS is set.
    rich_utils.FORCE_TERMINAL = wants_colour(is_terminal(sys.stdout))


class LazyGroup(TyperGroup):
    """A group that builds each command on first use: building them all would double the start-up time."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Print the help."""
        _decide_colour()
        super().format_help(ctx, formatter)

    def list_commands(self, ctx: Any) -> list[str]:
        """The names of the commands, in the order in which the help lists them."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command, built on first use; None if there is no such command."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        if cmd_name not in self.commands:
            self.commands[cmd_name] = build(COMMANDS[cmd_name])
        return self.commands[cmd_name]

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that the first argument names.

        Raises UsageError, with the nearest name as a suggestion, if there is no such command.
        """
        from ruralsyn.cli.request import command_named

        # Only completion gets here with this word. Without a command it offers the names of all commands.
        if args[:1] == [HELP]:
            return None, None, []
        # Typer suggests names from `self.commands`, which is empty until a command has been built.
        # A word that starts with a dash is left to Typer, which reports an unknown option.
        if args and not args[0].startswith("-"):
            command_named(args[0])
        return super().resolve_command(ctx, args)


HELP = "help"
"""The word that asks for the help of a command that follows it, like `-h` after the command."""


def with_help_flag(arguments: list[str]) -> list[str]:
    """The arguments with `-h` in place of the word `help`: `help map` becomes `map -h`."""
    return [*arguments[1:2], "-h"] if arguments[:1] == [HELP] else arguments


RUNS = {
    "export": "ruralsyn.cli.export:run_export",
    "new-case": "ruralsyn.cli.new_case:new_case",
    "refresh": "ruralsyn.cli.refresh:run_refresh",
    "schema": "ruralsyn.cli.schema_command:run_schema",
    "validate": "ruralsyn.cli.validate:run_validate",
}
"""For each command that shows no content of a selection, the function that runs it: it gets the arguments,
the options and the filters, prints what there is to print, and returns the exit code.

They are not in the table of commands, because `refresh` reads that table itself.
"""


def build(row: Command) -> Any:
    """The Typer command for a row."""
    # An app with one command and no callback becomes that command, not a group. Completion is off because
    # `--install-completion` belongs to the program and would be repeated in the help of each command.
    single = typer.Typer(add_completion=False, rich_markup_mode="rich")
    single.command(
        name=row.name,
        cls=PlainHelp,
        help=_help(row.help, row.examples),
        rich_help_panel=row.job,
        epilog=VALUES if row.fields() else None,
        context_settings=SETTINGS,
    )(_function(row))
    return typer.main.get_command(single)


VALUES = "[cyan]ruralsyn vocabulary[/cyan] lists every value that a filter takes."


def _help(text: str, examples: Iterable[str]) -> str:
    """The help with the examples after its first paragraph, which lists of commands show alone."""
    summary, *others = text.split("\n\n")
    lines = "\n".join(f"[cyan]{line}[/cyan]" for line in examples)
    return "\n\n".join((summary, lines, *others))


def _function(row: Command) -> Callable[..., None]:
    """The function that runs the command, with the signature from which Typer makes its options."""
    parameters = _parameters(row)

    def run(ctx: typer.Context, ids: list[str] | None = None, **values: Any) -> None:
        if row.gives == "own":
            from ruralsyn.cli.request import checked_options

            filters = {name: values[name] for name in row.fields()}
            options = filters | checked_options(row, tuple(ids or ctx.args), values)
            code = imported(RUNS[row.name])(*(ids or ()), **options)
            raise typer.Exit(code)
        # Imported here, so that help and completion start without them.
        from ruralsyn.cli.output import emit
        from ruralsyn.cli.own_data import data_files
        from ruralsyn.cli.request import request
        from ruralsyn.cli.target import format_target, style_target

        # The target comes first, so that a wrong format is reported before any work is done.
        output = {name: values.pop(name) for name in _output_options(row)}
        if row.shows_data:
            values |= {"data": values["data"] or data_files(), "dataset": ctx.obj}
        if output.pop("block", False):
            from ruralsyn.cli.block_request import written_request
            from ruralsyn.cli.target import block_target

            to = block_target(written_request(row, tuple(ids or ctx.args), values), **output)
        else:
            to = (style_target if row.gives == "references" else format_target)(**output)
        emit(request(row.name, *(ids or ctx.args), **values), to)

    # Typer takes the parameters and their types from these attributes.
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return run


def _parameters(row: Command) -> list[inspect.Parameter]:
    """The parameters: context, argument, the command's own options, filters and output options.

    The help lists the options in this order.
    """
    hints: dict[str, tuple[Any, Any]] = {"ctx": (typer.Context, inspect.Parameter.empty)}
    if row.argument:
        hints["ids"] = _argument(row.argument)
    own = [option for option in row.all_options if not (option.arranges or option.loads)]
    hints |= {option.name: _option(row, option) for option in own}
    hints |= {name: (_filter_option(name), None) for name in row.fields()}
    hints |= {option.name: _option(row, option) for option in row.all_options if option.arranges}
    hints |= {option.name: _option(row, option) for option in row.all_options if option.loads}
    hints |= _output_options(row)
    # Keyword-only, because `run` collects the filters and options in **values.
    return [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=hint)
        for name, (hint, default) in hints.items()
    ]


COMPLETIONS = {
    "": None,
    "cases": of_fields("countries", "cases"),
    "records": of_records(),
    "filters": of_filters(),
}


def _argument(row: Argument) -> tuple[Any, Any]:
    completion = COMPLETIONS[row.completes]
    if row.first:
        completion = of_first(row.allowed_first, completion)
    text = row.help.replace("{choices}", ", ".join(row.allowed_first()))
    info = typer.Argument(metavar=row.metavar, help=text, autocompletion=completion)
    if row.required:
        return Annotated[list[str], info], inspect.Parameter.empty
    return Annotated[list[str] | None, info], None


def _option(row: Command, option: Option) -> tuple[Any, Any]:
    kind = list[str] if option.many else option.kind
    hint = kind | None if option.default is None else kind
    # The choices are only shown and completed here. `request` checks the value, so that the command line and
    # Python give the same message, with the nearest value as a suggestion.
    closed = option.allowed()
    completion = of_columns(row) if option.names_columns else None
    info = typer.Option(
        *(flag for flag in (option.flag, option.letter) if flag),
        metavar=option.metavar or ("|".join(closed) if closed else None),
        help=option.help.replace("{choices}", ", ".join(closed)),
        rich_help_panel=ARRANGE if option.arranges else FILES if option.loads else None,
        # No range: `request` checks it and says plainly what is wrong.
        show_default=option.show_default,
        autocompletion=of_values(option.allowed, many=option.many) if closed else completion,
    )
    return Annotated[hint, info], option.default


def _filter_option(name: str) -> Any:
    from ruralsyn.evidence.filters import FIELDS

    row = FIELDS[name]
    switch = row.choices is None
    info = typer.Option(
        *(("/".join(row.flags),) if switch else row.flags),
        help=row.help,
        metavar=None if switch else row.word.upper(),
        rich_help_panel=FILTERS,
        autocompletion=None if switch else of_fields(name),
        show_default=False,
    )
    # None means that the filter was not given, so a switch has three states: on, off and not given.
    return Annotated[bool | None if switch else list[str] | None, info]


def _output_options(row: Command) -> dict[str, tuple[Any, Any]]:
    """The options for the output, by the names of the parameters of `format_target` and `style_target`."""
    if row.gives == "own":
        return {}
    block = {"block": (_BLOCK, False)} if row.shows_data else {}
    if row.gives == "references":
        form, file = _style_options()
        return {"name": (form, None), "output": (file, None), **block}
    form, file, reference = _format_options(row)
    excel = {"excel": (_EXCEL, False)} if "csv" in row.formats() else {}
    return {
        "name": (form, None),
        "json": (_JSON, False),
        "output": (file, None),
        "reference_doc": (reference, None),
        "labels": (_LABELS, False),
        **excel,
        **block,
    }


_JSON = Annotated[bool, typer.Option("--json", help="The same as --format json.", rich_help_panel=OUTPUT)]
_LABELS = Annotated[
    bool, typer.Option("--labels", help="Names beside ids, in csv, tsv and xlsx.", rich_help_panel=OUTPUT)
]
_EXCEL = Annotated[
    bool,
    typer.Option(
        "--excel",
        help="CSV that a spreadsheet opens by a double click: a byte order mark, names beside ids, and an "
        "apostrophe before what looks like a formula.",
        rich_help_panel=OUTPUT,
    ),
]
_BLOCK = Annotated[
    bool,
    typer.Option("--block", help="Markdown that `ruralsyn refresh` can make anew.", rich_help_panel=OUTPUT),
]


def _format_options(row: Command) -> tuple[Any, Any, Any]:
    *most, last = row.formats()
    default = "The default is table on a terminal and markdown in a pipe. Set RURALSYN_FORMAT to change it."
    file = "Write to this file. Its extension sets the format. '-' means standard output."
    reference = "Take page and styles of a .docx or .odt file from this file, e.g. one of your organisation."
    return (
        _text_option(FORMAT, "FORMAT", f"{', '.join(most)} or {last}. {default}", OUTPUT, row.formats),
        _text_option(FILE, "FILE", file, OUTPUT),
        _text_option(REFERENCE, "FILE", reference, OUTPUT),
    )


def _style_options() -> tuple[Any, Any]:
    from ruralsyn.render.citation_styles import STYLES

    *most, last = (style.endings[0] for style in STYLES.values())
    return (
        _text_option(FORMAT, "|".join(STYLES), "Citation style.", values=lambda: STYLES),
        _text_option(FILE, "FILE", f"Write to this {', '.join(most)} or {last} file."),
    )


def _text_option(
    flags: tuple[str, ...],
    metavar: str,
    text: str,
    panel: str | None = None,
    values: Callable[[], Iterable[str]] | None = None,
) -> Any:
    """An option that may be left out and takes any text or, with `values`, one of those."""
    info = typer.Option(
        *flags,
        metavar=metavar,
        help=text,
        rich_help_panel=panel,
        autocompletion=of_values(values) if values else None,
        show_default=False,
    )
    return Annotated[str | None, info]


# The program --------------------------------------------------------------------------------------------

app = typer.Typer(
    cls=LazyGroup,
    rich_markup_mode="rich",
    add_completion=True,
    context_settings=HELP_FLAGS,
    epilog="[cyan]ruralsyn help COMMAND[/cyan] explains a command, like [cyan]ruralsyn COMMAND -h[/cyan].",
)

ABOUT = (
    "What two policy briefs report about rural programmes in Latin America and Africa: the effects of "
    "combining social-protection and productive programmes, and how their institutions coordinated."
)


def _version(value: bool) -> None:
    if value:
        from ruralsyn import __version__

        print(f"ruralsyn {__version__}")
        raise typer.Exit


# The callback makes Typer treat the app as a group although no command is registered: LazyGroup adds them.
@app.callback(invoke_without_command=True, help=_help(ABOUT, EXAMPLES))
def root(
    ctx: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Print an overview if no command is given."""
    del version  # Its callback has printed it.
    if ctx.invoked_subcommand is None:
        from ruralsyn.cli.overview import print_overview

        print_overview(ctx.obj)
