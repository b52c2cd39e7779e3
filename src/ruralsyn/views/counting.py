"""Counts: how many records of a kind there are, as one number.

The numbers are those of the sentences above the tables of the other commands.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ruralsyn.dataset.model import Case, Effect
from ruralsyn.errors import UsageError
from ruralsyn.evidence.filters import FIELDS, Filter, fields_for, within
from ruralsyn.evidence.names import one_of
from ruralsyn.evidence.selection import Selection
from ruralsyn.page.content import Sentence
from ruralsyn.page.document import Column, Table
from ruralsyn.page.wording import listed, verb
from ruralsyn.record import Record
from ruralsyn.views.answers import once

COLUMNS = (Column("kind", "Kind"), Column("count", "Count", number=True))


class Kind(Record):
    """A kind of record that can be counted."""

    reads: tuple[str, ...]
    """The kinds of record that its filters select: a case is also counted by its effects and findings."""
    number: Callable[[Selection], int]
    """How many there are in a selection."""

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of the filters that fit it."""
        fitting = {name for kind in self.reads for name in fields_for(kind)}
        return tuple(name for name in FIELDS if name in fitting)


def count_sentence(selection: Selection, words: Sequence[str]) -> Sentence:
    """How many records match of the kind that the first word names; the others are cases or countries.

    Simulated effects are counted only if the filter selects them (reading rule 3).

    Raises UsageError for an unknown kind, case or country, and for a filter that does not fit the kind.
    """
    name, *places = words
    kind = KINDS[one_of("count", name, KINDS)]
    _check_filters(name, kind, selection.chosen)
    if places and "cases" not in kind.fields:
        raise UsageError(f"{name} have no case or country, but got '{places[0]}'; {_others('cases')}")
    chosen = within(selection.dataset, selection.chosen, places, kind.fields)
    counted = Selection(selection.dataset, chosen)
    number = kind.number(counted)
    return Sentence(
        str(number),
        Table("count", "", COLUMNS, ((name, number),)),
        remark=_simulated_remark(counted) if name == "effects" else "",
    )


def _check_filters(name: str, kind: Kind, chosen: Filter) -> None:
    """Raise UsageError for a filter that cannot select records of the kind."""
    for field in chosen.active():
        if field not in kind.fields:
            row = FIELDS[field]
            missing = f"{name} have no {row.word}" if row.choices else f"there are no {row.word} {name}"
            raise UsageError(f"{missing}; {_others(field)}")


def _others(field: str) -> str:
    """Which kinds a filter fits: `--domain fits effects, cases and countries.`"""
    fitting = listed(name for name, kind in KINDS.items() if field in kind.fields)
    return f"{FIELDS[field].flags[0]} fits {fitting}."


def _counted_effects(selection: Selection) -> list[Effect]:
    """The evaluated effects; the simulated ones if the filter selects those."""
    wanted = bool(selection.chosen.simulated)
    return [effect for effect in selection.effects if effect.simulated is wanted]


def _simulated_remark(selection: Selection) -> str:
    """How many simulated effects match but are not counted; empty if there are none."""
    number = len(selection.effects) - len(_counted_effects(selection))
    if not number:
        return ""
    noun = verb(number, "simulated effect is", "simulated effects are")
    return f"{number} {noun} not counted; --simulated counts only those."


def _cases(selection: Selection) -> list[Case]:
    """The cases that match; with filters of effects or findings, those that have at least one such record."""
    found = {case.id for case in selection.cases}
    if _filters_only(selection.chosen, "effects"):
        found &= {effect.case for effect in _counted_effects(selection)}
    if _filters_only(selection.chosen, "findings"):
        found &= {finding.case for finding in selection.findings}
    return [case for case in selection.cases if case.id in found]


def _filters_only(chosen: Filter, kind: str) -> bool:
    """Whether a filter reads records of this kind and not their cases."""
    return any(kind in (reads := FIELDS[name].reads) and "cases" not in reads for name in chosen.active())


_BY_CASE = ("cases", "effects", "findings")

KINDS: dict[str, Kind] = {
    "effects": Kind(("effects",), lambda selection: len(_counted_effects(selection))),
    "cases": Kind(_BY_CASE, lambda selection: len(_cases(selection))),
    "countries": Kind(_BY_CASE, lambda selection: len({case.country for case in _cases(selection)})),
    "findings": Kind(("findings",), lambda selection: len(once(selection.findings))),
    "lessons": Kind(("lessons",), lambda selection: len(selection.lessons)),
    "recommendations": Kind(("recommendations",), lambda selection: len(selection.recommendations)),
    "programmes": Kind(("programmes",), lambda selection: len(selection.programmes)),
}
"""The kinds that can be counted, in the order in which the help lists them."""
