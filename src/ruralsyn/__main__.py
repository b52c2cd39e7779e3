"""`python -m ruralsyn`."""

from ruralsyn.cli import main

main()
