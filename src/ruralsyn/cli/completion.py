"""Shell completion: the ids of records and every closed set of values."""

from __future__ import annotations

from collections.abc import Callable, Iterable

Completion = Callable[[str], list[tuple[str, str]]]


def of_fields(*names: str) -> Completion:
    """Completion of the values of some filters, with their names as help. The dataset is loaded once."""

    def complete(incomplete: str) -> list[tuple[str, str]]:
        from ruralsyn.dataset.loading import load
        from ruralsyn.dataset.naming import label_of
        from ruralsyn.evidence.filters import choices_of

        before, comma, last = incomplete.rpartition(",")
        dataset = load()
        return [
            (f"{before}{comma}{key}", label_of(record))
            for name in names
            for key, record in choices_of(dataset, name).items()
            if key.startswith(last.lower())
        ]

    return complete


def of_values(values: Callable[[], Iterable[str]], *, many: bool = False) -> Callable[[str], list[str]]:
    """Completion of a closed set of values; several may be given as a list with commas."""

    def complete(incomplete: str) -> list[str]:
        before, comma, last = incomplete.rpartition(",") if many else ("", "", incomplete)
        return [f"{before}{comma}{value}" for value in values() if value.startswith(last)]

    return complete
