"""The `ruralsyn` program, also `python -m ruralsyn`."""

import gc

# A run is short and makes much that lives until its end: looking for cycles meanwhile costs a tenth of it.
gc.disable()


def main() -> None:
    """Run the command line of this process."""
    from ruralsyn.cli import main as run

    run()


if __name__ == "__main__":
    main()
