"""The options that commands share, and the table of commands that the command line is built from."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from ruralsyn.record import Record

if TYPE_CHECKING:
    from ruralsyn.document import Content
    from ruralsyn.model import Dataset
    from ruralsyn.query import Filter

FILTERS = "Filters (repeat one or use commas for either; all filters must match)"
OUTPUT = "Output"


@cache
def dataset() -> Dataset:
    """The bundled dataset, read once."""
    from ruralsyn.loading import load

    return load()


def completion(kind: str) -> Callable[[str], list[tuple[str, str]]]:
    """Completion of the ids of a kind of record, with their names as help."""

    def complete(incomplete: str) -> list[tuple[str, str]]:
        from ruralsyn.query import label_of, records_of

        before, comma, last = incomplete.rpartition(",")
        return [
            (f"{before}{comma}{key}", label_of(record))
            for key, record in records_of(dataset(), kind).items()
            if key.startswith(last.lower())
        ]

    return complete


def complete_case_or_country(incomplete: str) -> list[tuple[str, str]]:
    """Completion of the ids that `show` and `compare` are mostly given."""
    return [*completion("countries")(incomplete), *completion("cases")(incomplete)]


def complete_format(incomplete: str) -> list[str]:
    """Completion of the formats."""
    from ruralsyn.render import FORMATS

    return [name for name in FORMATS if name.startswith(incomplete)]


def _filter_option(kind: str, *flags: str, text: str) -> Any:
    option = typer.Option(
        *flags,
        help=text,
        metavar=flags[0].lstrip("-").upper(),
        rich_help_panel=FILTERS,
        autocompletion=completion(kind),
        show_default=False,
    )
    return Annotated[list[str] | None, option]


FILTER_OPTIONS: dict[str, Any] = {
    "countries": _filter_option(
        "countries", "--country", "-c", text="Name in English, Spanish or French, or ISO code."
    ),
    "regions": _filter_option("regions", "--region", text="Latin America or Africa."),
    "cases": _filter_option("cases", "--case", text="Case, by id or by its programmes."),
    "domains": _filter_option("domains", "--domain", "-d", text="Domain of the outcome."),
    "outcomes": _filter_option("outcomes", "--outcome", text="Outcome."),
    "programmes": _filter_option("programmes", "--programme", "-p", text="Programme, by name or acronym."),
    "coordination": _filter_option("coordination", "--coordination", text="Intentional or non-intentional."),
    "architectures": _filter_option(
        "architectures", "--architecture", text="Type of institutional architecture."
    ),
    "levels": _filter_option("levels", "--level", text="National, intermediate or local."),
    "formality": _filter_option("formality", "--formality", text="Formal or informal."),
    "roles": _filter_option("roles", "--role", text="Mechanism, enabler, obstacle, result or context."),
    "themes": _filter_option("themes", "--theme", text="Theme of the lesson."),
    "audiences": _filter_option("audiences", "--audience", text="Governments or cooperation agencies."),
    "directions": _filter_option("directions", "--direction", text="Increase or decrease."),
    "benefits": _filter_option("benefits", "--benefit", text="Favourable, unfavourable or unclear."),
    "signs": _filter_option("signs", "--sign", text="How the direction is known."),
    "basis": _filter_option("basis", "--basis", text="Stated or implied."),
    "simulated": Annotated[
        bool | None,
        typer.Option(
            "--simulated/--no-simulated",
            help="Simulated effects only, or none of them.",
            rich_help_panel=FILTERS,
            show_default=False,
        ),
    ],
}
"""The option for each field of a Filter."""

FORMAT = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        metavar="FORMAT",
        help="table, markdown, html, latex, csv, tsv, json or jsonl. "
        "By default table on a terminal and markdown in a pipe; RURALSYN_FORMAT sets another.",
        rich_help_panel=OUTPUT,
        autocompletion=complete_format,
        show_default=False,
    ),
]
OUTPUT_FILE = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write to a file; its ending tells the format. '-' is standard output.",
        rich_help_panel=OUTPUT,
        show_default=False,
    ),
]

Command = Callable[..., "Content | None"]


class Spec(Record):
    """A command: its function, the panel of the help it stands in, its filters and its examples."""

    function: Command
    panel: str
    filters: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    renders: bool = True
    """Whether it takes the output options and gives content to render."""


@dataclass(slots=True)
class CommandTable:
    """The commands by name, in the order of the help."""

    specs: dict[str, Spec] = field(default_factory=dict)

    def add(
        self,
        name: str,
        panel: str,
        filters: tuple[str, ...] = (),
        examples: tuple[str, ...] = (),
        renders: bool = True,
    ) -> Callable[[Command], Command]:
        """Register a function as a command.

        If it has filters it is given a `chosen` Filter; what it returns is rendered and written.
        """

        def register(function: Command) -> Command:
            self.specs[name] = Spec(function, panel, filters, examples, renders)
            return function

        return register


COMMANDS = CommandTable()


class LazyGroup(TyperGroup):
    """Builds a command when it is asked for: building all of them would double the time to start."""

    def list_commands(self, ctx: Any) -> list[str]:
        """The names in the order of the help."""
        del ctx
        return list(COMMANDS.specs)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command, built now if it has not been asked for before."""
        del ctx
        if cmd_name not in COMMANDS.specs:
            return None
        if cmd_name not in self.commands:
            self.commands[cmd_name] = build(cmd_name, COMMANDS.specs[cmd_name])
        return self.commands[cmd_name]

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """A mistyped command is told the nearest."""
        from ruralsyn.errors import UsageError
        from ruralsyn.query import nearest

        if args and args[0] not in COMMANDS.specs and not args[0].startswith("-"):
            near = nearest(args[0], COMMANDS.specs)
            hint = f"Did you mean {' or '.join(near)}? " if near else ""
            raise UsageError(f"there is no command '{args[0]}'. {hint}`ruralsyn -h` lists the commands.")
        return super().resolve_command(ctx, args)


def build(name: str, spec: Spec) -> Any:
    """The command as Typer makes it, its shared options added to its own."""
    single = typer.Typer(add_completion=False, rich_markup_mode="rich")
    single.command(
        name=name,
        rich_help_panel=spec.panel,
        epilog=_epilog(spec),
        context_settings={"help_option_names": ["-h", "--help"]},
    )(_with_shared_options(spec))
    return typer.main.get_command(single)


def _epilog(spec: Spec) -> str:
    examples = (f"[cyan]{line}[/cyan]" for line in spec.examples)
    values = (
        ("[cyan]ruralsyn vocabulary[/cyan] lists every value that a filter takes.",) if spec.filters else ()
    )
    return "\n\n".join(("[bold]Examples[/bold]", *examples, *values))


def _with_shared_options(spec: Spec) -> Callable[..., None]:
    own = dict(inspect.signature(spec.function).parameters)
    own.pop("chosen", None)
    shared = {name: FILTER_OPTIONS[name] for name in spec.filters}
    if spec.renders:
        shared |= {"format_name": FORMAT, "output": OUTPUT_FILE}

    def run(**values: Any) -> None:
        arguments = {name: values[name] for name in own}
        if not spec.renders:
            spec.function(**arguments)
            return
        from ruralsyn.output import emit, target

        to = target(values["format_name"], values["output"])
        if spec.filters:
            arguments["chosen"] = chosen_filter({name: values[name] for name in spec.filters})
        content = spec.function(**arguments)
        if content is not None:
            emit(content, to)

    added = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=hint)
        for name, hint in shared.items()
    ]
    parameters = [*(p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in own.values()), *added]
    run.__doc__ = spec.function.__doc__
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return run


def chosen_filter(values: dict[str, Any]) -> Filter:
    """The filter that the option values name; UsageError for a value that names nothing."""
    from ruralsyn.query import Filter, resolve

    fields: dict[str, Any] = {
        name: value if name == "simulated" else resolve(dataset(), name, value or ())
        for name, value in values.items()
    }
    return Filter(**fields)
