"""The `ruralsyn` program, also `python -m ruralsyn`."""

import gc
import sys

# A run is short and makes much that lives until its end: looking for cycles meanwhile costs a tenth of it.
gc.disable()


def main() -> None:
    """Run the command line of this process; an interrupt may come while it is still being imported."""
    try:
        from ruralsyn.cli.run import main as run

        code = run()
    except KeyboardInterrupt:
        code = 130
    # The interpreter looks for cycles once more as it ends, whatever was disabled, and the system frees all
    # memory anyway: what is frozen is passed over, which saves a seventh of a run.
    gc.freeze()
    sys.exit(code)


if __name__ == "__main__":
    main()
