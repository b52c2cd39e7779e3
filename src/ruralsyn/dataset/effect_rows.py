"""Effects from the rows of a table: what is in the cells becomes the tables of a file.

Every fault is told with the line and the column of its cell. What a row repeats of the data, such as the
domain of an outcome, is checked and not written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any

from ruralsyn.dataset.cells import (
    CellError,
    Place,
    country_of,
    number_of,
    parts_of,
    place_of,
    record_named,
    truth_of,
    value_of,
)
from ruralsyn.dataset.conversion import ID, quoted
from ruralsyn.dataset.countries import CountryCode, named
from ruralsyn.dataset.files import Tables
from ruralsyn.dataset.given import Given
from ruralsyn.dataset.model import Benefit, Dataset, Design, Direction, Effect, RiskOfBias, Sign
from ruralsyn.dataset.new_ids import unused
from ruralsyn.dataset.new_records import NewRecords
from ruralsyn.dataset.spreadsheet import Sheet
from ruralsyn.errors import KeyPath, Problem
from ruralsyn.record import Record

PRINTED = (
    "effect",
    "case",
    "country",
    "domain",
    "outcome",
    "intervention",
    "programmes",
    "direction",
    "benefit",
    "sign",
    "simulated",
    "note",
    "source",
)
"""The columns with which `effects -f csv` and `-f tsv` begin."""
PLAIN: Mapping[str, Callable[[str], Any]] = {
    "sign": partial(value_of, Sign),
    "simulated": truth_of,
    "sample": number_of,
    "risk_of_bias": partial(value_of, RiskOfBias),
    "design": partial(value_of, Design),
    "intervention": str,
    "bias_tool": str,
    "note": str,
}
"""The columns that are fields of an effect as they are, and what a cell of each means."""
COLUMNS = tuple(dict.fromkeys((*PRINTED, *PLAIN, "iso3")))
"""The columns that are read."""
OTHER_HEADS = {"paragraph": "source", "place": "source", "programme": "programmes", "study": "case"}
"""Heads of tables for people that differ from the names of columns."""
PAGES = ("page", "pages")
"""Heads of a column with the pages of the source, which may also stand in the cell of the source."""


class Effects(Record):
    """What was made of the rows of a table."""

    tables: Tables
    places: dict[KeyPath, tuple[int, str]]
    """The line and the column from which each record was made."""
    problems: tuple[Problem, ...]
    unused: tuple[str, ...]
    """The given fields that stood for no cell."""


def effects_of(dataset: Dataset, sheet: Sheet, given: Given) -> Effects:
    """The tables with the effects of all rows, for a file that is read beside the dataset, and all faults."""
    records = NewRecords(dataset, given)
    problems = [*sheet.problems]
    keys = _keys(sheet)
    lines: dict[frozenset[tuple[str, str]], int] = {}
    for row in sheet.rows:
        cells = {OTHER_HEADS.get(column, column): cell for column, cell in row.cells.items()}
        page = next((cells.pop(head) for head in PAGES if head in cells), "")
        if page:
            cells["page"] = page
        first = lines.setdefault(frozenset(cells.items()), row.line)
        if cells.get("effect") not in keys:
            cells.pop("effect", None)
        reader = _Row(records, cells, row.line, _faulty(row.line, sheet.problems))
        if first != row.line:
            reader.fault("", f"is the same as row {first}")
        else:
            reader.add()
        problems += (problem._replace(file=sheet.name) for problem in reader.problems)
    return Effects(records.filled(), records.places, tuple(problems), records.unused())


def _keys(sheet: Sheet) -> set[str]:
    """The cells of the column effect that are keys: `case.effect`, or an id that no other row has.

    People call a column of their own so too, and write a number or a word there.
    """
    cells = Counter(row.cells.get("effect", "") for row in sheet.rows)
    return {
        cell
        for cell, number in cells.items()
        if all(map(ID.match, ids := cell.split("."))) and (len(ids) == 2 or len(ids) == number == 1)
    }


def _pages_of(cell: str) -> list[Place]:
    """The pages in a cell, such as `14; pp. 16-18`, without a source. Raises CellError for anything else."""
    pages = [place_of(f"p. {part}" if part[:1].isdigit() else part) for part in parts_of(cell)]
    if any(page.source for page in pages):
        raise CellError(f"{quoted(cell)} is not a page such as 14, 14-16 or table 5; several have ; between")
    return pages


def _faulty(line: int, problems: tuple[Problem, ...]) -> set[str]:
    """The columns whose cells on a line have a fault."""
    return {str(column) for problem in problems if problem.line == line for column in problem.path}


class _Row:
    """One row while it is read, with the faults that were found in it."""

    def __init__(self, records: NewRecords, cells: Mapping[str, str], line: int, faulty: set[str]) -> None:
        self.records, self.dataset, self.cells, self.line = records, records.dataset, cells, line
        self.problems: list[Problem] = []
        self.faulty = faulty
        """The columns that have a fault already. Each is told once."""
        self.case_of_key, _, self.key = cells.get("effect", "").rpartition(".")

    def fault(self, column: str, message: str) -> None:
        """Note a fault of a cell, if none is known of it."""
        if column not in self.faulty:
            path = (column,) if column else ()
            self.problems.append(Problem(path, message, line=self.line, rule="cell"))
        self.faulty.add(column)

    @contextmanager
    def column(self, name: str) -> Iterator[None]:
        """Take an error that is raised inside as the fault of the cell in this column."""
        try:
            yield
        except CellError as error:
            self.fault(name, str(error))

    def read(self, column: str, meaning: Callable[[str], Any], *, needed: bool = False) -> Any:
        """What a cell means, or None if it is empty or has a fault. That a needed one is empty is a fault."""
        found = None
        if column in self.cells:
            with self.column(column):
                found = meaning(self.cells[column])
        elif needed:
            self.fault(column, "is empty")
        return found

    def add(self) -> None:
        """Add the row's effect to the records, if the row has no fault."""
        case = self.case()
        fields = self.fields()
        self.check_repeated(fields)
        source = self.places()
        programmes = self.programmes(case, source)
        if case is None or self.faulty:
            return
        key = self.key or unused(fields["outcome"], self._effects(case))
        if self._is_new(case, key):
            outcome = fields.pop("outcome")
            named_apart = {"outcome": outcome} if key != outcome else {}
            made = {**named_apart, **fields, "programmes": programmes, "source": source}
            self.records.effect(case, key, made, self.line)

    # The effect itself ----------------------------------------------------------------------------------

    def fields(self) -> dict[str, Any]:
        """The fields of the effect that are in cells of their own."""
        plain = {column: self.read(column, meaning) for column, meaning in PLAIN.items()}
        return {
            "outcome": self.read("outcome", self._outcome, needed=True),
            "direction": self.read("direction", partial(value_of, Direction), needed=True),
            **plain,
            "sign": None if plain["sign"] is Sign.PRINTED else plain["sign"],
        }

    def _outcome(self, cell: str) -> str:
        return record_named(self.dataset.outcomes, cell, "an outcome", "outcome")

    def _domain(self, cell: str) -> str:
        return record_named(self.dataset.domains, cell, "a domain", "domain")

    def _effects(self, case: str) -> dict[str, Any]:
        found: dict[str, Any] = self.records.tables["cases"].get(case, {}).get("effects", {})
        return found

    def _is_new(self, case: str, key: str) -> bool:
        """Whether no other effect has the key. If one has, that is a fault."""
        column = "effect" if self.key else "outcome"
        if key in self._effects(case):
            first = self.records.places["cases", case, "effects", key][0]
            self.fault(column, f"`{case}.{key}` is in row {first} too")
        elif case in self.dataset.cases and key in self.dataset.cases[case].effects:
            advice = "leave the row out, or give the effect a name of its own in the column effect"
            self.fault(column, f"`{case}.{key}` is in the bundled data already; {advice}")
        return column not in self.faulty

    def check_repeated(self, fields: Mapping[str, Any]) -> None:
        """Check the cells that follow from others: the domain and the benefit."""
        outcome, direction = fields["outcome"], fields["direction"]
        domain = self.read("domain", self._domain)
        benefit = self.read("benefit", partial(value_of, Benefit))
        if outcome and domain and domain != (right := self.dataset.outcomes[outcome].domain):
            self.fault("domain", f"the outcome `{outcome}` is of the domain `{right}`")
        if outcome and direction and benefit:
            effect = Effect(id=outcome, case="", outcome=outcome, direction=direction, source=())
            if benefit is not (meant := self.dataset.benefit_of(effect)):
                self.fault("benefit", f"{direction} of `{outcome}` is {meant}, not {benefit}")

    # What it belongs to ---------------------------------------------------------------------------------

    def case(self) -> str | None:
        """The id of the row's case, or None if there is a fault."""
        # Tables for people add the label of the source: "Colombia: FEST, labelled FEST + UNIDOS".
        words = self.cells.get("case", "").partition(", labelled ")[0]
        country = self.country()
        case = self.records.known_case(words or self.case_of_key)
        if case is None:
            case = self._new_case(words, country)
        elif country and country.iso2 != self.dataset.country_of(case).iso2:
            column = "country" if "country" in self.cells else "iso3"
            self.fault(column, f"the case `{case}` is in {self.dataset.country_of(case).name}")
        if case and self.case_of_key and self.case_of_key != case:
            self.fault("effect", f"is of the case `{self.case_of_key}`, but the row is of `{case}`")
        return case

    def country(self) -> CountryCode | None:
        """The row's country by its name or by its code, which have to agree; None without either."""
        by_name: CountryCode | None = self.read("country", country_of)
        by_code: CountryCode | None = self.read("iso3", country_of)
        if by_name and by_code and by_name != by_code:
            self.fault("iso3", f"is the code of {by_code.name}, but the row is of {by_name.name}")
        if "iso3" in self.faulty:
            self.faulty.add("country")  # That the country is missing then follows from the wrong code.
        return by_name or by_code

    def _new_case(self, words: str, country: CountryCode | None) -> str | None:
        given = self.records.given
        if not (words or self.case_of_key or given.title):
            self.fault("case", "is empty; name the case, or give --title for all rows")
            return None
        country = country or named(words.partition(": ")[0]) or self.records.given_for("country")
        if country is None:
            self.fault("country", "is empty; a new case needs it, or --country for all rows")
            return None
        with self.column("country"):
            return self.records.case(words, self.case_of_key, country, self.line)
        return None

    def places(self) -> list[str]:
        """The places that the row cites, as a file has them."""
        named = [*map(place_of, parts_of(self.cells.get("source", "")))]
        pages: list[Place] = self.read("page", _pages_of) or []
        if pages and len(named) > 1:
            self.fault("page", "is not clear for several sources; write each page behind its source")
        elif pages and named and named[0].section:
            self.fault("page", "is not clear, because the cell of the source has a place too")
        elif pages:
            named = [page._replace(source=named[0].source if named else "") for page in pages]
        if not (named or self.records.given.source):
            self.fault("source", "is empty; give a place, or --source for all rows")
            return []
        found = []
        for place in named or [Place("")]:
            with self.column("source"):
                found.append(self._cited(place))
        return found

    def _cited(self, place: Place) -> str:
        """A place as a file has it. Raises CellError if it has no source or is none."""
        if not (place.source or self.records.given.source):
            where = quoted(place.section)
            raise CellError(f"{where} names no source; write it before the page, or give --source")
        if "/" in place.source:
            where = quoted(place.source)
            raise CellError(f"{where} is not a place such as my-source/p. 14 or my-source/results/2")
        source = self.records.source(place.source, self.line)
        if place.paragraph is None:
            return f"{source}/{place.section}" if place.section else source
        self.records.section(source, place.section, place.paragraph)
        return f"{source}/{place.section}/{place.paragraph}"

    def programmes(self, case: str | None, source: list[str]) -> list[str]:
        """The programmes of the row, as ids."""
        found = []
        for part in parts_of(self.cells.get("programmes", "")) if case else ():
            with self.column("programmes"):
                found.append(self.records.programme(part, case or "", source, self.line))
        return found
