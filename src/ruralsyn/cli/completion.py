"""Shell completion for the ids of records and for options with a fixed set of values."""

from __future__ import annotations

from collections.abc import Callable, Iterable

Completion = Callable[[str], list[tuple[str, str]]]


def of_fields(*names: str) -> Completion:
    """A completion that offers the values of these filters, with the names of the records as help."""

    def complete(incomplete: str) -> list[tuple[str, str]]:
        # Imported and loaded only when Tab is pressed: the options of every run carry this function.
        from ruralsyn.dataset.loading import load
        from ruralsyn.dataset.naming import label_of
        from ruralsyn.evidence.filters import choices_of

        # The shell replaces the whole word, so each suggestion repeats the values before the last comma.
        before, comma, last = incomplete.rpartition(",")
        # Once for all the filters: loading takes about 20 milliseconds.
        dataset = load()
        return [
            (f"{before}{comma}{key}", label_of(record))
            for name in names
            for key, record in choices_of(dataset, name).items()
            if key.startswith(last.lower())
        ]

    return complete


def of_values(values: Callable[[], Iterable[str]], *, many: bool = False) -> Callable[[str], list[str]]:
    """A completion that offers these values; with `many`, also after the commas of a list.

    `values` is a function, so that a row added to a table later is offered too.
    """

    def complete(incomplete: str) -> list[str]:
        before, comma, last = incomplete.rpartition(",") if many else ("", "", incomplete)
        return [f"{before}{comma}{value}" for value in values() if value.startswith(last)]

    return complete
