"""Running a command line: its exit code, and one line for whatever goes wrong."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import typer

from ruralsyn.cli.build import app
from ruralsyn.cli.commands import COMMANDS
from ruralsyn.errors import RuralsynError

if TYPE_CHECKING:
    from ruralsyn.dataset.model import Dataset

# What Typer raises for a command line that is wrong. It has no public name in every version that works here.
WrongUsage: type[Exception] = next(
    kind for kind in typer.BadParameter.__mro__ if kind.__name__ == "ClickException"
)


def run(arguments: list[str], dataset: Dataset | None = None) -> int:
    """Run a command line and give its exit code; a failure is told on standard error, without a traceback.

    Without a `dataset`, the commands load the bundled one.
    """
    try:
        result = typer.main.get_command(app).main(
            args=arguments or ["--help"], prog_name="ruralsyn", standalone_mode=False, obj=dataset
        )
        sys.stdout.flush()
    except RuralsynError as error:
        return _fail(str(error), error.exit_code)
    except WrongUsage as error:
        message: str = error.format_message()  # type: ignore[attr-defined]
        return _fail(f"{message.rstrip('.')}. {_where_to_look(error, arguments)}", 2)
    except (KeyboardInterrupt, typer.Abort):
        return 130
    except OSError as error:
        return _fail_to_write(error)
    except Exception as error:
        if os.environ.get("RURALSYN_DEBUG"):
            raise
        kind = type(error).__name__
        return _fail(f"internal error: {kind}: {error}. RURALSYN_DEBUG=1 shows where; please report it.", 1)
    return result if isinstance(result, int) else 0


def _where_to_look(error: Exception, arguments: list[str]) -> str:
    """The help of the command that an error arose in."""
    context = getattr(error, "ctx", None)
    command = f"ruralsyn {arguments[0]}" if arguments and arguments[0] in COMMANDS else "ruralsyn"
    return f"`{context.command_path if context else command} -h` shows what it takes."


def _fail_to_write(error: OSError) -> int:
    """Help or a version that could not be printed; a closed pipe is no fault."""
    import errno

    from ruralsyn.cli.streams import discard_standard_output

    discard_standard_output()
    return 0 if error.errno == errno.EPIPE else _fail(f"standard output: {error.strerror}", 1)


def _fail(message: str, code: int) -> int:
    from ruralsyn.cli.streams import remark

    remark(message)
    return code


def main() -> int:
    """Run the command line of this process and give its exit code."""
    return run(sys.argv[1:])
