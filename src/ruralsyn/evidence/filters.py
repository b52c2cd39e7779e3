"""Filters: the criteria by which a user selects records.

Every filter is one field of `Filter`. The row of the field has everything about the filter: its option, its
help, its values, and what of a record is compared with them. The command line, the vocabulary, the table in
README and the command that reproduces a report are made from these rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field, fields, replace
from enum import StrEnum
from typing import Any

from ruralsyn.dataset.model import (
    Basis,
    Benefit,
    Dataset,
    Direction,
    Entry,
    Sign,
)
from ruralsyn.dataset.naming import fold, label_of
from ruralsyn.errors import UsageError
from ruralsyn.evidence.names import (
    every_case_named,
    every_country_named,
    every_part,
    ids_named,
    names_of,
    texts,
)
from ruralsyn.evidence.source_words import worded
from ruralsyn.page.marks import MARKS
from ruralsyn.record import Record

Choices = Callable[[Dataset], Mapping[str, Any]]
Reader = Callable[[Dataset, Any], Iterable[object]]


class Field(Record, kw_only=True):
    """The row of a filter: its option, its values and how it selects records."""

    word: str
    """The word for one of its values, which is also the name of the option."""
    flags: tuple[str, ...]
    """The flags of the option. For a switch, the flag that turns it on comes first."""
    help: str
    """What the option takes. This is the text in the help of a command."""
    choices: Choices | None = None
    """Returns the records that the values name, by id. None for a switch."""
    reads: Mapping[str, Reader]
    """For each kind of record that the filter selects: what of the record is compared with the values.

    Effects and findings without an entry are selected by their case.
    """
    yes: str = ""
    no: str = ""
    """How a switch is described when it is on (`yes`) or off (`no`)."""

    def flag_for(self, value: bool) -> str:
        """The flag that turns a switch on (True) or off (False)."""
        return self.flags[0 if value else 1]

    def selects(self, kind: str) -> bool:
        """Whether the filter can select records of a kind."""
        return kind in self.reads or (kind in WITHIN_CASES and "cases" in self.reads)


WITHIN_CASES = ("effects", "findings")
"""The kinds of record that belong to a case."""


def choice(
    word: str,
    takes: str,
    choices: Choices,
    *,
    short: tuple[str, ...] = (),
    **reads: Reader,
) -> Any:
    """A field of `Filter` that takes values. `takes` is its help."""
    # Any, because a type checker would refuse a dataclasses.Field as the default of a tuple.
    row = Field(word=word, flags=(f"--{word}", *short), help=takes, choices=choices, reads=reads)
    return field(default=(), metadata={"row": row})


def switch(word: str, takes: str, yes: str, no: str, **reads: Reader) -> Any:
    """A field of `Filter` that is True, False or None (not given). `takes` is its help."""
    flags = (f"--{word}", f"--no-{word}")
    row = Field(word=word, flags=flags, help=takes, yes=yes, no=no, reads=reads)
    return field(default=None, metadata={"row": row})


def _table(name: str) -> Choices:
    """The records of a table of the dataset."""
    # By name, because the filters are defined before any dataset is loaded.
    return lambda dataset: getattr(dataset, name)


def _words(meanings: Mapping[StrEnum, str], aliases: Mapping[StrEnum, tuple[str, ...]] = {}) -> Choices:
    """The words of an enumeration with their meanings, as if they were records of the dataset."""
    entries = {
        word.value: Entry(id=word.value, name=word.value, aliases=aliases.get(word, ()), definition=text)
        for word, text in meanings.items()
    }
    return lambda dataset: {
        key: replace(entry, definition=worded(dataset, entry.definition or ""))
        for key, entry in entries.items()
    }


class Filter(Record, kw_only=True):
    """What to select. Within a field any value matches; all fields that are given must match.

    The values are ids, and an unknown id selects nothing; `resolve` turns names, aliases, acronyms
    and codes into ids. A switch is True for these records only, False for all others, None for both.
    """

    countries: tuple[str, ...] = choice(
        "country",
        "Name in English, Spanish or French, or ISO code.",
        _table("countries"),
        short=("-c",),
        cases=lambda _, case: (case.country,),
        programmes=lambda _, programme: (programme.country,),
    )
    regions: tuple[str, ...] = choice(
        "region",
        "Region, e.g. Africa.",
        _table("regions"),
        cases=lambda dataset, case: (dataset.countries[case.country].region,),
        programmes=lambda dataset, programme: (dataset.countries[programme.country].region,),
        # A lesson that holds for both regions matches each of them.
        lessons=lambda _, lesson: lesson.regions,
        recommendations=lambda _, advice: advice.regions,
    )
    cases: tuple[str, ...] = choice(
        "case",
        "Case, by id or by its programmes.",
        _table("cases"),
        cases=lambda _, case: (case.id,),
        programmes=lambda dataset, programme: dataset.cases_of(programme.id),
    )
    domains: tuple[str, ...] = choice(
        "domain",
        "Domain, e.g. finance.",
        _table("domains"),
        short=("-d",),
        effects=lambda dataset, effect: (dataset.outcomes[effect.outcome].domain,),
    )
    outcomes: tuple[str, ...] = choice(
        "outcome", "Outcome, e.g. savings.", _table("outcomes"), effects=lambda _, effect: (effect.outcome,)
    )
    programmes: tuple[str, ...] = choice(
        "programme",
        "Programme, by name or acronym.",
        _table("programmes"),
        short=("-p",),
        cases=lambda _, case: case.programmes,
        # Not by their case: an effect counts for the programmes that its label names.
        effects=lambda _, effect: effect.programmes,
        programmes=lambda _, programme: (programme.id,),
    )
    coordination: tuple[str, ...] = choice(
        "coordination",
        "Intentional or non-intentional.",
        _table("coordination"),
        cases=lambda _, case: (case.coordination,),
    )
    architectures: tuple[str, ...] = choice(
        "architecture",
        "Type of institutional architecture.",
        _table("architectures"),
        cases=lambda _, case: (case.architecture,),
    )
    levels: tuple[str, ...] = choice(
        "level",
        "National, intermediate or local.",
        _table("levels"),
        findings=lambda _, finding: finding.levels,
    )
    formality: tuple[str, ...] = choice(
        "formality",
        "Formal or informal.",
        _table("formality"),
        findings=lambda _, finding: (finding.formality,),
    )
    roles: tuple[str, ...] = choice(
        "role",
        "Mechanism, enabler, obstacle, result or context.",
        _table("roles"),
        findings=lambda _, finding: (finding.role,),
    )
    themes: tuple[str, ...] = choice(
        "theme", "Theme of the lesson.", _table("themes"), lessons=lambda _, lesson: (lesson.theme,)
    )
    audiences: tuple[str, ...] = choice(
        "audience",
        "Governments or cooperation agencies.",
        _table("audiences"),
        recommendations=lambda _, advice: advice.audiences,
    )
    directions: tuple[str, ...] = choice(
        "direction",
        "Increase, decrease or none.",
        _words(
            {
                Direction.INCREASE: "The outcome rose.",
                Direction.DECREASE: "The outcome fell.",
                Direction.NONE: "The outcome was measured and did not change.",
            },
            {
                Direction.INCREASE: ("up",),
                Direction.DECREASE: ("down",),
                Direction.NONE: ("no change",),
            },
        ),
        effects=lambda _, effect: (effect.direction,),
    )
    benefits: tuple[str, ...] = choice(
        "benefit",
        "Favourable, unfavourable, unclear or neutral.",
        _words(
            {
                Benefit.FAVOURABLE: "The outcome moved in the direction that is good for the household.",
                Benefit.UNFAVOURABLE: "The outcome moved in the other direction.",
                Benefit.UNCLEAR: "No direction of the outcome can be called good for the household.",
                Benefit.NEUTRAL: "The outcome was measured and did not change.",
            },
            {
                Benefit.FAVOURABLE: ("good",),
                Benefit.UNFAVOURABLE: ("bad",),
                Benefit.NEUTRAL: ("no change",),
            },
        ),
        effects=lambda dataset, effect: (dataset.benefit_of(effect),),
    )
    signs: tuple[str, ...] = choice(
        "sign",
        "How the direction is known: printed, supported by the text, inferred or unresolved.",
        _words({sign: MARKS[sign].words for sign in Sign}),
        effects=lambda _, effect: (effect.sign,),
    )
    basis: tuple[str, ...] = choice(
        "basis",
        "Stated or implied.",
        _words(
            {
                Basis.STATED: "A {brief} recommends it.",
                Basis.IMPLIED: "It follows from what a {brief} says.",
            }
        ),
        recommendations=lambda _, advice: (advice.basis,),
    )
    simulated: bool | None = switch(
        "simulated",
        "Only simulated effects, or only the others.",
        yes="simulated effects only",
        no="without simulated effects",
        effects=lambda _, effect: (effect.simulated,),
    )
    headline: bool | None = switch(
        "headline",
        "Only the findings that the dataset's authors chose for short summaries, or only the others.",
        yes="headline findings only",
        no="without headline findings",
        findings=lambda _, finding: (finding.headline,),
    )

    def _check(self) -> None:
        """Turn lists and sets into tuples. Raises TypeError for any other value of the wrong type."""
        for spec in fields(self):
            value = getattr(self, spec.name)
            if spec.metadata["row"].choices is None:
                if value is not None and not isinstance(value, bool):
                    raise TypeError(f"Filter: `{spec.name}` takes True, False or None, not {value!r}")
            # `selection` takes everything that is not a tuple for a single value.
            elif isinstance(value, list | set | frozenset):
                # The record is frozen, so an assignment would be refused.
                self.__dict__[spec.name] = tuple(value)
            # In particular a text: code that goes through the ids would take "peru" for p, e, r and u.
            elif not isinstance(value, tuple):
                raise TypeError(f"Filter: `{spec.name}` takes a tuple of ids, not {value!r}")

    def active(self) -> dict[str, Any]:
        """The fields that select something, with their values, in the order of the class."""
        values = {spec.name: getattr(self, spec.name) for spec in fields(self)}
        # Not `if value`: a switch that is False selects too.
        return {name: value for name, value in values.items() if value not in ((), None)}


FIELDS: dict[str, Field] = {spec.name: spec.metadata["row"] for spec in fields(Filter)}
"""The row of every filter, by the name of its field."""


def fields_for(kind: str) -> tuple[str, ...]:
    """The names of the filters that can select records of a kind."""
    return tuple(name for name, row in FIELDS.items() if row.selects(kind))


def choices_of(dataset: Dataset, name: str) -> Mapping[str, Any]:
    """The records that the values of a filter name, by id. Empty for a switch."""
    choices = FIELDS[name].choices
    return choices(dataset) if choices else {}


def resolve(dataset: Dataset, name: str, values: Iterable[str]) -> tuple[str, ...]:
    """The ids that the values of a filter name, without repeats. A value can be a list with commas.

    Raises UsageError for an unknown value. The message has the nearest names, and all values or the command
    that lists them.
    """
    return ids_named(choices_of(dataset, name), FIELDS[name].word, values)


def filter_named(dataset: Dataset, values: Mapping[str, Any]) -> Filter:
    """The filter for values as a user types them, by field. A value of None selects nothing.

    Raises UsageError for an unknown value and for one that a field does not take.
    """
    chosen: dict[str, Any] = {}
    for name, value in values.items():
        if value is not None and FIELDS[name].choices:
            chosen[name] = resolve(dataset, name, texts(name, value))
        elif value is not None and not isinstance(value, bool):
            raise UsageError(f"{name} takes True or False, not {value!r}.")
        elif value is not None:
            chosen[name] = value
    return Filter(**chosen)


def within(dataset: Dataset, chosen: Filter, names: Iterable[str], fields: Iterable[str] = ()) -> Filter:
    """The filter that also wants one of the named cases or countries. The names are those of `cases_named`.

    Raises UsageError if the filter wants other cases, and for an unknown name. If one of the `fields` has it
    as a value, the message names its flag.
    """
    names = every_part(names)
    if not names:
        return chosen
    try:
        cases = every_case_named(dataset, names)
    except UsageError:
        # Only now each name is looked up by itself, to find the one that is wrong.
        _check_places(dataset, names, fields)
        raise
    # As a filter by country, so that programmes which a brief only mentions are found and a note on the
    # filter names the country.
    countries = every_country_named(dataset, names)
    if countries and not chosen.countries:
        return replace(chosen, countries=countries)
    common = tuple(case for case in cases if not chosen.cases or case in chosen.cases)
    # An empty field would mean all cases.
    if not common:
        raise UsageError(f"'{' '.join(names)}' and --case have no case in common. Leave out one of them.")
    return replace(chosen, cases=common)


def _check_places(dataset: Dataset, names: Iterable[str], fields: Iterable[str]) -> None:
    """Raise UsageError for a name that refers to no case."""
    for name in names:
        try:
            every_case_named(dataset, (name,))
        except UsageError:
            # As a case or country the name has been looked up already.
            others = (field for field in fields if field not in ("cases", "countries"))
            flags = [FIELDS[field].flags[0] for field in others if _has_value(dataset, field, name)]
            if not flags:
                raise
            near = " or ".join(f"{flag} {name}" for flag in flags)
            raise UsageError(f"'{name}' is not a case or country. Did you mean {near}?") from None


def _has_value(dataset: Dataset, field: str, name: str) -> bool:
    return fold(name) in names_of(choices_of(dataset, field))


def describe(dataset: Dataset, chosen: Filter) -> str | None:
    """The active filter in words, or None if nothing is filtered."""
    parts = []
    for name, value in chosen.active().items():
        row = FIELDS[name]
        if row.choices is None:
            parts.append(row.yes if value else row.no)
        else:
            parts.append(f"{row.word} {labels_of(dataset, name, value)}")
    return "; ".join(parts) or None


def labels_of(dataset: Dataset, name: str, ids: Iterable[str]) -> str:
    """The values of a filter as people read them: `Peru or Mali`. An unknown id stands for itself."""
    records = choices_of(dataset, name)
    # Each label once, even if several ids have the same.
    labels = (label_of(records[item]) if item in records else item for item in ids)
    return " or ".join(dict.fromkeys(labels))
