"""Records that a table of effects names and the dataset lacks: cases, sources and programmes.

Each is made where it is first named. A file needs no more of them than a title, a country and a place.
"""

from __future__ import annotations

from typing import Any

from ruralsyn.dataset.cells import CellError, record_named
from ruralsyn.dataset.conversion import ID
from ruralsyn.dataset.countries import CountryCode, id_of, named
from ruralsyn.dataset.files import Tables
from ruralsyn.dataset.given import Given
from ruralsyn.dataset.model import Dataset
from ruralsyn.dataset.naming import fold, spellings
from ruralsyn.dataset.new_ids import case_id, short_id, unused
from ruralsyn.dataset.skeleton import country_tables, known_country
from ruralsyn.errors import KeyPath

ORDER = ("briefs", "regions", "countries", "programmes", "cases")
"""The tables of a file, in the order of the bundled one."""


class NewRecords:
    """The tables of a file that is made row by row, and the row that each record comes from."""

    def __init__(self, dataset: Dataset, given: Given) -> None:
        self.dataset, self.given = dataset, given
        self.tables: Tables = {kind: {} for kind in ORDER}
        self.places: dict[KeyPath, tuple[int, str]] = {}
        """The line and the column from which each record was made."""
        self.used: set[str] = set()
        """The given fields that stood for a cell."""
        # The ids by the folded words that rows have for them.
        self._ids: dict[str, dict[str, str]] = {kind: {} for kind in ORDER}

    def given_for(self, field: str) -> Any:
        """What is given for an empty cell, or None. `unused` tells what no cell needed."""
        self.used.add(field)
        return getattr(self.given, field)

    def unused(self) -> tuple[str, ...]:
        """The given fields that stood for no cell."""
        fields = ("country", "title", "id", "source", "year")
        return tuple(
            field for field in fields if getattr(self.given, field) is not None and field not in self.used
        )

    def known_case(self, words: str) -> str | None:
        """The id of the dataset's case with this name or, as in a table, `Colombia: PPP`, or None."""
        folded = fold(words)
        for case in self.dataset.cases.values():
            if folded == fold(f"{self.dataset.countries[case.country].name}: {case.label}"):
                return case.id
        return known_as(self.dataset.cases, words)

    def case(self, words: str, key: str, country: CountryCode, line: int) -> str:
        """The id of a new case with this title or, without a title, this id.

        What is given stands for what is missing: the title of a case that has only an id, and the id.

        Raises CellError if an earlier row has the case in another country.
        """
        place = known_country(self.dataset, country) or id_of(country)
        name = _without_country(words, country) or self.given_for("title") or key
        title = (ID.match(name) and self.given_for("title")) or name
        ids, cases = self._ids["cases"], self.tables["cases"]
        folded = _same(name)
        if folded not in ids:
            own = key or (words if ID.match(words) else "")
            wished = own or self.given_for("id") or case_id(place, title)
            # A row that has an id means that case; an id that is given or made stands for one case only.
            ids[folded] = own if own and own != self.given.id else unused(wished, self.dataset.cases, cases)
        made = ids[folded]
        if made not in cases:
            self._add_country(country, line)
            cases[made] = {"country": place, "title": title}
            self.places["cases", made] = (line, "case")
        elif cases[made]["country"] != place:
            raise CellError(f"differs from that of the same case in row {self.places['cases', made][0]}")
        return made

    def _add_country(self, country: CountryCode, line: int) -> None:
        for kind, table in country_tables(self.dataset, country).items():
            self.tables[kind] |= table
            self.places |= {(kind, name): (line, "country") for name in table}

    def source(self, words: str, line: int) -> str:
        """The id of the source with this id, code or title; without words, of the given one."""
        if words:
            return self._source(words, line)
        made = self._source(self.given_for("source"), line)
        if made in self.tables["briefs"] and (year := self.given_for("year")):
            self.tables["briefs"][made]["year"] = year
        return made

    def _source(self, words: str, line: int) -> str:
        folded = _same(words)
        for brief in self.dataset.briefs.values():
            if folded in map(fold, (*spellings(brief), brief.code)):
                return brief.id
        ids, briefs = self._ids["briefs"], self.tables["briefs"]
        if folded not in ids:
            wished = words if ID.match(words) else short_id(words) or "source"
            ids[folded] = unused(wished, self.dataset.briefs, briefs)
            briefs[ids[folded]] = {"title": words}
            self.places["briefs", ids[folded]] = (line, "source")
        return ids[folded]

    def section(self, source: str, section: str, paragraph: int) -> None:
        """Let a new source have a section with so many paragraphs at least."""
        if source in self.tables["briefs"]:
            sections = self.tables["briefs"][source].setdefault("sections", {})
            known = sections.setdefault(section, {"title": section, "paragraphs": 0})
            known["paragraphs"] = max(known["paragraphs"], paragraph)

    def programme(self, words: str, case: str, source: list[str], line: int) -> str:
        """The id of the programme with this name. Only a new case may have a new one.

        Raises CellError for a new programme of a case of the dataset, which a file cannot change.
        """
        if (known := known_as(self.dataset.programmes, words)) is not None:
            return known
        if case in self.dataset.cases:
            return record_named(
                self.dataset.programmes, words, "a programme of the bundled data", "programme"
            )
        ids, programmes = self._ids["programmes"], self.tables["programmes"]
        folded = _same(words)
        if folded not in ids:
            wished = words if ID.match(words) else short_id(words) or "programme"
            made = ids[folded] = unused(wished, self.dataset.programmes, programmes)
            country = self.tables["cases"][case]["country"]
            programmes[made] = {"name": words, "country": country, "source": source}
            self.places["programmes", made] = (line, "programmes")
        return ids[folded]

    def effect(self, case: str, key: str, fields: dict[str, Any], line: int) -> None:
        """Add an effect. A new case gets the programmes and the places of all its effects."""
        self.places["cases", case, "effects", key] = (line, "effect")
        table = self.tables["cases"].setdefault(case, {})
        effects = table.setdefault("effects", {})
        if case not in self.dataset.cases:
            for name in ("programmes", "source") if fields["programmes"] else ("source",):
                table[name] = [*dict.fromkeys((*table.get(name, ()), *fields[name]))]
        effects[key] = {name: value for name, value in fields.items() if value not in (None, [], False)}

    def filled(self) -> Tables:
        """The tables that have records."""
        return {kind: table for kind, table in self.tables.items() if table}


def _same(words: str) -> str:
    """What is the same for two spellings of a name; a name without letters and digits stands for itself."""
    return fold(words) or words


def known_as(records: dict[str, Any], words: str) -> str | None:
    """The id of the record with this name; None if there is none."""
    try:
        return record_named(records, words, "")
    except CellError:
        return None


def _without_country(words: str, country: CountryCode) -> str:
    """The label of `Kenya: HSNP`, as tables for people name a case."""
    before, colon, label = words.partition(": ")
    return label if colon and named(before) == country else words
