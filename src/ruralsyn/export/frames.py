"""Frames: the tables of a request for pandas and Polars, with the types that the data dictionary gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from ruralsyn.dataset.loading import load
from ruralsyn.dataset.model import Dataset
from ruralsyn.errors import UsageError
from ruralsyn.export.dictionary import field_of, values_of
from ruralsyn.page.bibliography import Bibliography
from ruralsyn.page.content import Content, Sentence
from ruralsyn.page.document import Column, Document, Table, with_own_ids
from ruralsyn.page.grid import Grid
from ruralsyn.record import Record
from ruralsyn.render.data import data_of, flat

if TYPE_CHECKING:
    import pandas
    import polars

Kind = Literal["category", "text", "whole", "number", "truth", "texts", "place", "places"]
"""What the values of a column are."""

_OF_DICTIONARY: dict[str, Kind] = {
    "string": "text",
    "integer": "whole",
    "boolean": "truth",
    "list": "texts",
    "places": "places",
}


class Series(Record):
    """A column with plain values, before a library makes a type of its kind."""

    key: str
    kind: Kind
    values: list[Any]
    categories: tuple[str, ...] = ()
    """All values of a category, in the order of the file."""


def to_pandas(
    content: Content, dataset: Dataset | None = None
) -> pandas.DataFrame | dict[str, pandas.DataFrame]:
    """A DataFrame of a table, or of the data of a grid or sentence; of a document, one by the id of each.

    The columns are those of `-f json`. Those with a closed vocabulary are categories that have all values of
    the dataset in its order, or without a dataset, of the bundled one. Numbers and booleans may be missing.

    Raises UsageError for other content, and if pandas is not installed.
    """
    pandas = _library("pandas")
    return _framed(content, dataset, lambda series: pandas.DataFrame(_pandas_columns(pandas, series)))


def to_polars(
    content: Content, dataset: Dataset | None = None
) -> polars.DataFrame | dict[str, polars.DataFrame]:
    """What `to_pandas` returns, as Polars frames: categories are an Enum, places are structs in lists.

    Raises UsageError for other content, and if Polars is not installed.
    """
    polars = _library("polars")
    return _framed(content, dataset, lambda series: polars.DataFrame(_polars_columns(polars, series)))


def _library(name: str) -> Any:
    """The library. Raises UsageError if it is not installed."""
    from importlib import import_module

    try:
        return import_module(name)
    except ImportError as error:
        raise UsageError(f"frames need {name}: pip install 'ruralsyn[frames]'") from error


Frame = TypeVar("Frame")


def _framed(
    content: Content, dataset: Dataset | None, make: Callable[[list[Series]], Frame]
) -> Frame | dict[str, Frame]:
    """The frame that `make` makes of the table that programs get, or the frames of a document by table id."""
    match content:
        case Grid() | Sentence():
            table = content.data
        case Table():
            table = content
        case Document():
            known = dataset or load()
            tables = (one for one in with_own_ids(content.tables()) if isinstance(one, Table))
            return {one.id: make(_series_of(one, known)) for one in tables}
        case Bibliography():
            raise UsageError("a bibliography has no table. Use a citation style from STYLES.")
        case _:
            raise UsageError(f"frames are made of what request() returns, not of {type(content).__name__}.")
    return make(_series_of(table, dataset or load()))


# Kinds ----------------------------------------------------------------------------------------------------


def _series_of(table: Table, dataset: Dataset) -> list[Series]:
    """The columns that programs get, each with its kind."""
    exported = table.exported()
    return [
        _series(table.id, column, [data_of(row[index]) for row in exported.rows], dataset)
        for index, column in enumerate(exported.columns)
    ]


def _series(table: str, column: Column, data: list[Any], dataset: Dataset) -> Series:
    kind = _kind(table, column, data)
    make = _MADE.get(kind)
    values = data if make is None else [None if one is None else make(one) for one in data]
    closed = values_of(dataset, table, column.key) if kind == "text" else None
    if closed is None:
        return Series(column.key, kind, values)
    # Data of one's own may have further values, which must not become missing ones.
    others = (value for value in values if value is not None)
    return Series(column.key, "category", values, tuple(dict.fromkeys((*closed, *others))))


def _kind(table: str, column: Column, data: Sequence[Any]) -> Kind:
    """The kind that the dictionary gives, if the values are of it; otherwise what they have in common."""
    field = field_of(table, column.key)
    told: Kind | None = None if field is None else _OF_DICTIONARY[field.kind]
    present = [value for value in data if value is not None]
    # Some tables use a name of the dictionary for another thing, e.g. `cases` for their number.
    if told and all(_FITS[told](value) for value in present):
        return told
    if not present:
        return "whole" if column.number else "text"
    fitting = (kind for kind, fits in _FITS.items() if all(map(fits, present)))
    return next(fitting, "text")


def _is_place(value: Any) -> bool:
    return isinstance(value, dict)


def _is_whole(value: Any) -> bool:
    # Not isinstance(): True is an int in Python. Libraries have no whole numbers of more than 64 bits.
    return type(value) is int and -(2**63) <= value < 2**63


_FITS: dict[Kind, Callable[[Any], bool]] = {
    "truth": lambda value: isinstance(value, bool),
    "whole": _is_whole,
    "number": lambda value: type(value) in (int, float),
    "place": _is_place,
    # Before places: a column of empty lists is one of texts, unless the dictionary says otherwise.
    "texts": lambda value: isinstance(value, list) and not any(map(_is_place, value)),
    "places": lambda value: isinstance(value, list) and all(map(_is_place, value)),
    "text": lambda value: isinstance(value, str),
}
"""By kind, whether a value is of it. The first that fits all values of a column is its kind."""


def _text(value: Any) -> str:
    # A file's name may have bytes that are no text, which Python keeps and Polars refuses.
    return flat(value).encode("utf-8", "replace").decode("utf-8")


_MADE: dict[Kind, Callable[[Any], Any]] = {
    # Columns of profiles mix texts, lists and numbers.
    "text": _text,
    "texts": lambda value: [_text(item) for item in value],
    "number": float,
}
"""By kind, what makes its values alike."""


# Libraries ------------------------------------------------------------------------------------------------


def _pandas_columns(pandas: Any, columns: Iterable[Series]) -> dict[str, Any]:
    types: dict[Kind, Any] = {
        "text": "string",
        "whole": "Int64",
        "number": "Float64",
        "truth": "boolean",
    }

    def typed(series: Series) -> Any:
        if series.kind == "category":
            wanted = pandas.CategoricalDtype(series.categories)
        else:
            wanted = types.get(series.kind, object)
        return pandas.Series(series.values, dtype=wanted)

    return {series.key: typed(series) for series in columns}


def _polars_columns(polars: Any, columns: Iterable[Series]) -> list[Any]:
    place = polars.Struct({"brief": polars.String, "section": polars.String, "paragraph": polars.Int64})
    types: dict[Kind, Any] = {
        "text": polars.String,
        "whole": polars.Int64,
        "number": polars.Float64,
        "truth": polars.Boolean,
        "texts": polars.List(polars.String),
        "place": place,
        "places": polars.List(place),
    }
    return [
        polars.Series(
            series.key,
            series.values,
            dtype=polars.Enum(series.categories) if series.kind == "category" else types[series.kind],
        )
        for series in columns
    ]
