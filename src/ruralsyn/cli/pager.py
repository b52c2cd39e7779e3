"""Shows text that is longer than the screen through the pager."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

from ruralsyn.cli.encoding import encode
from ruralsyn.cli.streams import write_standard_output


def show_in_pager(text: str) -> None:
    """Show the text in $PAGER, or in less if that is not set. If neither can be run, print the text."""
    import subprocess

    data = encode(text, sys.stdout.encoding or "utf-8")
    try:
        # A less that PAGER names needs the same options. The person's own LESS, if set, has priority.
        pager = subprocess.Popen(_command(), stdin=subprocess.PIPE, env={"LESS": OPTIONS, **os.environ})
    except (ValueError, OSError, IndexError):  # An open quote, a program that cannot run, no program.
        write_standard_output(data, on_terminal=True)
        return
    assert pager.stdin is not None
    with suppress(OSError):  # The person may quit before the end, which closes the pipe.
        pager.stdin.write(data)
        pager.stdin.close()
    while pager.poll() is None:
        # Ctrl-C goes to the pager as well. It must restore the terminal before this program ends.
        with suppress(KeyboardInterrupt):
            pager.wait()


OPTIONS = "FRX"
"""Git's options for less: quit if the text fits (F), show colours (R), leave the text on the screen (X)."""


def _command() -> list[str]:
    """The words of the command that shows text page by page; empty if there is none."""
    import shlex
    import shutil

    # As in Git and man, an empty PAGER turns the pager off.
    if (wanted := os.environ.get("PAGER")) is not None:
        return shlex.split(wanted)
    return ["less", f"-{OPTIONS}"] if shutil.which("less") else []
