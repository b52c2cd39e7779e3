"""Runs a command line and turns every failure into an exit code and a message without a traceback."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import typer

from ruralsyn.cli.build import app, with_help_flag
from ruralsyn.cli.commands import COMMANDS
from ruralsyn.errors import RuralsynError

if TYPE_CHECKING:
    from ruralsyn.dataset.model import Dataset

# The base class of Typer's errors for a wrong command line. It is found through a public subclass, because
# Typer keeps its copy of Click in a private module.
WrongUsage: type[Exception] = next(
    kind for kind in typer.BadParameter.__mro__ if kind.__name__ == "ClickException"
)


COMPLETING = "_RURALSYN_COMPLETE"
"""The variable that a shell sets to ask for completions."""


def run(arguments: list[str], dataset: Dataset | None = None) -> int:
    """Run a command line and return its exit code. Failures go to standard error, without a traceback.

    Without a `dataset`, the commands load the bundled one.
    """
    try:
        # Without these values, Typer would call itself `python -m ruralsyn` in the help if it was started
        # that way, and print its errors in a box and exit.
        result = typer.main.get_command(app).main(
            args=with_help_flag(arguments), prog_name="ruralsyn", standalone_mode=False, obj=dataset
        )
        # Help and the version may still be in the buffer. If they cannot be written, it is caught below.
        if sys.stdout is not None:
            sys.stdout.flush()
        # Python has no standard output if it was closed at the start. A command has noticed by itself, or has
        # written to a file; help and the version, which come with an exit code, went nowhere.
        elif isinstance(result, int):
            return _fail("standard output is closed.", 1)
    except RuralsynError as error:
        return _fail(str(error), error.exit_code)
    except WrongUsage as error:
        return _fail(_message(error, arguments), 2)
    except (KeyboardInterrupt, typer.Abort):
        return 130  # As shells report an interrupt: 128 plus 2, the number of SIGINT.
    except OSError as error:
        return _fail_to_write(error)
    except Exception as error:  # A bug: even then, a person gets one line.
        if os.environ.get("RURALSYN_DEBUG"):
            raise
        kind = type(error).__name__
        return _fail(f"internal error: {kind}: {error}. Set RURALSYN_DEBUG=1 to see where, and report it.", 1)
    # A command returns None. An exit code comes from `--version`, help and completion.
    return result if isinstance(result, int) else 0


def _message(error: Exception, arguments: list[str]) -> str:
    """What is wrong with the command line, and what to do next."""
    # Not every error of Typer knows its command, so the first argument is the fallback.
    context = getattr(error, "ctx", None)
    command = f"ruralsyn {arguments[0]}" if arguments and arguments[0] in COMMANDS else "ruralsyn"
    command = context.command_path if context else command
    # Only the error about an unknown option has possible ones. They are not used, because Typer also offers
    # options that are hardly similar.
    unknown: str = getattr(error, "option_name", "") if hasattr(error, "possibilities") else ""
    if unknown and context:
        name = command.removeprefix("ruralsyn").strip()
        subject = f"{name} has no option" if name else "there is no option"
        return (
            f"{subject} {unknown}. {_near_flags(context.command, unknown)}`{command} -h` lists the options."
        )
    message: str = error.format_message()  # type: ignore[attr-defined]
    # Only some of Typer's messages end in a full stop.
    return f"{message.rstrip('.')}. See `{command} -h`."


def _near_flags(command: Any, flag: str) -> str:
    """A question with the flags of a command that are similar to a mistyped one."""
    from ruralsyn.dataset.naming import fold
    from ruralsyn.evidence.names import did_you_mean

    # Without their dashes, which would make all flags similar.
    flags = [flag for option in command.params for flag in (*option.opts, *option.secondary_opts)]
    return did_you_mean(flag, {fold(known): [known] for known in flags if known.startswith("--")})


def _fail_to_write(error: OSError) -> int:
    """Report that help or the version could not be printed; a closed pipe, as in `| head`, is no error."""
    import errno

    from ruralsyn.cli.streams import discard_standard_output

    discard_standard_output()
    return 0 if error.errno == errno.EPIPE else _fail(f"cannot write the output: {error.strerror}.", 1)


def _fail(message: str, code: int) -> int:
    from ruralsyn.cli.streams import remark

    # A shell shows what completion prints on standard error in the middle of the line that a person types.
    if COMPLETING not in os.environ:
        remark(message)
    return code


def main() -> int:
    """Run the command line of this process and return its exit code."""
    return run(sys.argv[1:])
