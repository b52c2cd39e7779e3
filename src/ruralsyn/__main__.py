"""The `ruralsyn` program. `python -m ruralsyn` runs it too."""

import gc
import sys

# A run is short, and most objects live until its end. Looking for reference cycles would find little to free
# and take a tenth of the run.
gc.disable()


def main() -> None:
    """Run the command line of this process and exit with its code."""
    try:
        # Inside the try: an interrupt during the imports must end as quietly as a later one.
        from ruralsyn.cli.run import main as run

        code = run()
    except KeyboardInterrupt:
        code = 130
    # At its exit Python looks for cycles once more, even if collection is disabled, but skips frozen objects.
    # That saves a seventh of a run, and the system frees the memory anyway.
    gc.freeze()
    sys.exit(code)


if __name__ == "__main__":
    main()
