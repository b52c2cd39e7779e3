"""Shows text that is longer than the screen through the pager."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

from ruralsyn.cli.encoding import encode
from ruralsyn.cli.streams import write_standard_output


def show_in_pager(text: str) -> None:
    """Show the text in $PAGER, or in less if that is not set. If the pager cannot be run, print the text."""
    import shlex
    import subprocess

    data = encode(text, sys.stdout.encoding or "utf-8")
    try:
        command = shlex.split(os.environ.get("PAGER", "less"))
        # Git's defaults: less quits if the text fits (F), shows colours (R) and leaves the text on the
        # screen (X). The person's own LESS, if set, has priority.
        pager = subprocess.Popen(command, stdin=subprocess.PIPE, env={"LESS": "FRX", **os.environ})
    except (ValueError, OSError, IndexError):  # An open quote, a program that cannot run, an empty PAGER.
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
