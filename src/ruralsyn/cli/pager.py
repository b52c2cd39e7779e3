"""The pager, for what is longer than the screen."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

from ruralsyn.cli.encoding import encode
from ruralsyn.cli.streams import write_standard_output


def show_in_pager(text: str) -> None:
    """Show the text through $PAGER, by default less; print it where that cannot be run."""
    import shlex
    import subprocess

    data = encode(text, sys.stdout.encoding or "utf-8")
    try:
        command = shlex.split(os.environ.get("PAGER", "less"))
        pager = subprocess.Popen(command, stdin=subprocess.PIPE, env={"LESS": "FRX", **os.environ})
    except (ValueError, OSError, IndexError):
        write_standard_output(data, on_terminal=True)
        return
    assert pager.stdin is not None
    with suppress(OSError):  # The reader may leave before the end.
        pager.stdin.write(data)
        pager.stdin.close()
    while pager.poll() is None:
        # An interrupt is for the pager, which must put the terminal in order before it ends.
        with suppress(KeyboardInterrupt):
            pager.wait()
