"""Builds the command line with Typer from the tables of commands, filters and formats."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from ruralsyn.cli.commands import COMMANDS, Command, Option
from ruralsyn.cli.completion import of_fields, of_values

FILTERS = "Filters (repeat one, or use commas, to match any of several values; all filters must match)"
OUTPUT = "Output"
FORMAT = ("--format", "-f")
FILE = ("--output", "-o")
REFERENCE = ("--reference-doc",)
# Typer offers only --help by default.
HELP_FLAGS = {"help_option_names": ["-h", "--help"]}


class LazyGroup(TyperGroup):
    """A group that builds each command on first use: building them all would double the start-up time."""

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

        # Typer suggests names from `self.commands`, which is empty until a command has been built.
        # A word that starts with a dash is left to Typer, which reports an unknown option.
        if args and not args[0].startswith("-"):
            command_named(args[0])
        return super().resolve_command(ctx, args)


def build(row: Command) -> Any:
    """The Typer command for a row."""
    # An app with one command and no callback becomes that command, not a group. Completion is off because
    # `--install-completion` belongs to the program and would be repeated in the help of each command.
    single = typer.Typer(add_completion=False, rich_markup_mode="rich")
    single.command(name=row.name, rich_help_panel=row.job, epilog=_epilog(row), context_settings=HELP_FLAGS)(
        _function(row)
    )
    return typer.main.get_command(single)


def _epilog(row: Command) -> str:
    examples = (f"[cyan]{line}[/cyan]" for line in row.examples)
    values = (
        ("[cyan]ruralsyn vocabulary[/cyan] lists every value that a filter takes.",) if row.fields() else ()
    )
    return "\n\n".join(("[bold]Examples[/bold]", *examples, *values))


def _function(row: Command) -> Callable[..., None]:
    """The function that runs the command, with the signature from which Typer makes its options."""
    parameters = _parameters(row)

    def run(ctx: typer.Context, ids: list[str] | None = None, **values: Any) -> None:
        # Imported here, so that help and completion start without them.
        from ruralsyn.cli.output import emit
        from ruralsyn.cli.request import request
        from ruralsyn.cli.target import format_target, style_target

        # The target comes first, so that a wrong format is reported before any work is done.
        find = format_target if row.output == "formats" else style_target
        to = find(*(values.pop(name) for name in _output_options(row)))
        emit(request(row.name, *(ids or ()), dataset=ctx.obj, **values), to)

    # Typer takes the help from the docstring, and the parameters and their types from these attributes.
    run.__doc__ = row.help
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return run


def _parameters(row: Command) -> list[inspect.Parameter]:
    """The parameters: context, argument, the command's own options, filters and output options.

    The help lists the options in this order.
    """
    hints: dict[str, tuple[Any, Any]] = {"ctx": (typer.Context, inspect.Parameter.empty)}
    if row.argument:
        hints["ids"] = _argument(row)
    hints |= {option.name: _option(option) for option in row.options}
    hints |= {name: (_filter_option(name), None) for name in row.fields()}
    hints |= {name: (hint, None) for name, hint in _output_options(row).items()}
    # Keyword-only, because `run` collects the filters and options in **values.
    return [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=hint)
        for name, (hint, default) in hints.items()
    ]


def _argument(row: Command) -> tuple[Any, Any]:
    assert row.argument is not None
    completion = of_fields("countries", "cases") if row.argument.completes else None
    info = typer.Argument(metavar=row.argument.metavar, help=row.argument.help, autocompletion=completion)
    if row.argument.required:
        return Annotated[list[str], info], inspect.Parameter.empty
    return Annotated[list[str] | None, info], None


def _option(option: Option) -> tuple[Any, Any]:
    kind = list[str] if option.many else option.kind
    hint = kind | None if option.default is None else kind
    # The choices are only shown and completed here. `request` checks the value, so that the command line and
    # Python give the same message, with the nearest value as a suggestion.
    closed = option.allowed()
    info = typer.Option(
        option.flag,
        metavar=option.metavar or ("|".join(closed) if closed else None),
        help=option.help.replace("{choices}", ", ".join(closed)),
        # Typer shows the range in the help and checks it; `request` checks it again for Python callers.
        min=option.least,
        max=option.most,
        show_default=option.show_default,
        autocompletion=of_values(option.allowed, many=option.many) if closed else None,
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


def _output_options(row: Command) -> dict[str, Any]:
    options = _format_options() if row.output == "formats" else _style_options()
    # In the order in which `format_target` and `style_target` take them.
    return dict(zip(("format_name", "output", "reference_doc"), options, strict=False))


def _format_options() -> tuple[Any, ...]:
    from ruralsyn.render.formats import text_formats

    *most, last = text_formats()
    default = "The default is table on a terminal and markdown in a pipe. Set RURALSYN_FORMAT to change it."
    file = "Write to this file. Its extension sets the format. '-' means standard output."
    reference = "Take page and styles of a .docx or .odt file from this file, e.g. one of your organisation."
    return (
        _text_option(FORMAT, "FORMAT", f"{', '.join(most)} or {last}. {default}", OUTPUT, text_formats),
        _text_option(FILE, "FILE", file, OUTPUT),
        _text_option(REFERENCE, "FILE", reference, OUTPUT),
    )


def _style_options() -> tuple[Any, ...]:
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
    epilog="[bold]Examples[/bold]\n\n[cyan]ruralsyn effects --domain finance[/cyan]\n\n"
    "[cyan]ruralsyn compare peru lesotho[/cyan]\n\n"
    "[cyan]ruralsyn effects -c mali -f markdown >> report.md[/cyan]",
)


def _version(value: bool) -> None:
    if value:
        from ruralsyn import __version__

        print(f"ruralsyn {__version__}")
        raise typer.Exit


# The callback makes Typer treat the app as a group although no command is registered: LazyGroup adds them.
@app.callback()
def root(
    # Eager, so that it runs before Typer complains of a missing command.
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """What two policy briefs report about rural programmes in Latin America and Africa: the effects of
    combining social-protection and productive programmes, and how their institutions coordinated."""
