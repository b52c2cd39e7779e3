"""The `ruralsyn` program, also `python -m ruralsyn`."""

import gc
import sys

# A run is short and makes much that lives until its end: looking for cycles meanwhile costs a tenth of it.
gc.disable()


def main() -> None:
    """Run the command line of this process; an interrupt may come while it is still being imported."""
    try:
        from ruralsyn.program import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
