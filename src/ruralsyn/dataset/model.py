"""The data model: the records of the dataset as frozen dataclasses.

The type hints are the schema: `conversion` reads TOML by walking them. A field named `id` is the key of
the record in the file, and a field named `case` is the key of the case around it. A field with a default
may be left out of the file, which means that the source does not say. A `derived` field may be left out too:
it is then worked out from the others.
"""

# Without `from __future__ import annotations`, which would turn the type hints into text: `conversion` needs
# the types themselves.
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import field
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple

from ruralsyn.record import Record
from ruralsyn.shown import Shown


class Rule(NamedTuple):
    """How a field that a file leaves out is worked out from the others of the record."""

    work_out: Callable[[Mapping[str, Any]], Any]
    """Returns the value for the record's other fields, or None if they do not give it. Raises LookupError
    with the name of a field and what is wrong with it if its value means nothing."""
    needs: tuple[str, ...] = ()
    """The fields that it reads."""
    advice: str = ""
    """What to do if nothing can be worked out."""


def derived(*rule: Any) -> Any:
    """A field that a file may leave out: the rule works it out. It takes what `Rule` takes."""
    return field(metadata={"rule": Rule(*rule)})


def same_as(name: str) -> Any:
    """A field that has the value of another field of the record where a file leaves it out."""
    return derived(lambda given: given.get(name), (name,))


class Direction(StrEnum):
    """Whether an outcome rose or fell. This is arithmetic, not a judgement."""

    INCREASE = "increase"
    DECREASE = "decrease"
    NONE = "none"
    """The outcome was measured and did not change."""


class Desired(StrEnum):
    """The direction that is good for the household, where one can be named."""

    INCREASE = "increase"
    DECREASE = "decrease"
    UNCLEAR = "unclear"


class Benefit(StrEnum):
    """What a direction means for the household. It is derived from the data, never entered."""

    FAVOURABLE = "favourable"
    UNFAVOURABLE = "unfavourable"
    UNCLEAR = "unclear"
    NEUTRAL = "neutral"
    """The outcome was measured and did not change."""


class RiskOfBias(StrEnum):
    """How much a study may be biased, in the three classes that tools such as RoB 2 share."""

    LOW = "low"
    SOME = "some"
    HIGH = "high"


class Design(StrEnum):
    """How a study tells what an intervention changed."""

    RANDOMISED = "randomised"
    """A trial that assigns the intervention by chance."""
    QUASI_EXPERIMENTAL = "quasi-experimental"
    """A comparison group without random assignment: matching, differences, discontinuity, instruments."""
    BEFORE_AFTER = "before-after"
    """The same households before and after, without a comparison group."""
    OBSERVATIONAL = "observational"
    """A comparison at one time, without a baseline."""
    QUALITATIVE = "qualitative"
    """Interviews, focus groups or observation."""


class Sign(StrEnum):
    """How the direction of an effect is known."""

    PRINTED = "printed"
    """The source itself gives the direction, e.g. by a plus sign."""
    SUPPORTED = "supported"
    """No sign is printed; the source's prose says which way the outcome moved."""
    INFERRED = "inferred"
    """No sign is printed; the outcome's meaning leaves one sensible reading."""
    UNRESOLVED = "unresolved"
    """No sign is printed, and the source does not settle the direction."""


class Basis(StrEnum):
    """Whether a source says something directly or it follows from what a source says."""

    STATED = "stated"
    IMPLIED = "implied"


class Locator(NamedTuple):
    """A place in a source, written `source/section/paragraph`, `source/p. 14` or `source` in a file."""

    brief: str
    section: str = ""
    """The section; a page such as `p. 14` where paragraphs are not counted; empty for the whole source."""
    paragraph: int | None = None
    """The number of the paragraph in the section; None for a page and for the whole source."""

    # As in the file, so that a person can search for what a message names.
    def __str__(self) -> str:
        return "/".join(str(part) for part in self if part not in ("", None))


Source = tuple[Locator, ...]


# Fields by name only: a field with a default can then precede one without, and a record keeps the order of
# the file.
class DatasetInfo(Record, kw_only=True):
    """The dataset itself, as references and captions name it."""

    title: str
    version: str | None = None
    licence: str | None = None
    description: str | None = None
    """What the dataset holds and where it comes from, in a sentence or two."""


class Section(Record, kw_only=True):
    """A section of a source."""

    id: str
    title: str
    """The section's heading."""
    paragraphs: int
    """How many numbered paragraphs it has."""
    # The numbers are text, as all keys are in TOML.
    no_claim: dict[str, str] = field(default_factory=dict)
    """Paragraphs that say nothing a record could cite, each with the reason."""


class Contact(Record, kw_only=True):
    """A person whom a source names for further information. The e-mail address stays in the source."""

    id: str
    name: str
    organisation: str
    """The organisation of the person's e-mail address, as an id."""
    about: str
    """What the source says the person can be asked about."""
    source: Source


def _code_of(given: Mapping[str, Any]) -> str:
    """The id as a code: `hsnp-2016` gives `HSNP2016`."""
    return "".join(char for char in str(given["id"]) if char.isalnum()).upper()


class Brief(Record, kw_only=True):
    """A source: one of the two briefs, or a report or paper of one's own."""

    id: str
    code: str = derived(_code_of)
    """A few letters for the source in tables. Without an entry, the id in capitals."""
    title: str
    short: str = same_as("title")
    """A short title for notes and column heads. Without an entry, the title."""
    authors: tuple[str, ...] = ()
    """Who wrote it, a name each, such as "Merttens, Fred"."""
    year: int | None = None
    """The year in which it was published."""
    journal: str | None = None
    """The journal or series in which it was published."""
    doi: str | None = None
    """Its DOI, without the address before it: 10.1002/jrsm.1458."""
    project: str | None = None
    """The project that the source belongs to."""
    publishers: tuple[str, ...] = ()
    """Organisations that the source names as its publishers, as ids."""
    websites: tuple[str, ...] = ()
    """Web addresses that the source prints."""
    credits: str | None = None
    """Who the source credits for its design and photographs."""
    note: str | None = None
    discrepancies: tuple[str, ...] = ()
    pages: int | None = None
    """How many pages it has."""
    sections: dict[str, Section] = field(default_factory=dict)
    """The sections whose paragraphs are counted. A source without sections is cited by page."""
    contacts: dict[str, Contact] = field(default_factory=dict)

    @cached_property
    def citation_key(self) -> str:
        """The source's key in a bibliography: `rural-synergies-gr`, or its id where it has no project."""
        if self.project is None:
            return self.id
        # Letters, digits and hyphens only: a comma or a brace would break an entry in BibTeX.
        words = (*self.project.split(), self.code)
        return "-".join("".join(char for char in word if char.isalnum()) for word in words).lower()


class Project(Record, kw_only=True):
    """A research project that sources come from or refer to."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    run_by: tuple[str, ...]
    """Who carries it out, as ids of organisations."""
    funded_by: tuple[str, ...] = ()
    website: str | None = None
    role: str
    """What the project is for and how it relates to the sources."""
    note: str | None = None
    source: Source


class Entry(Record, kw_only=True):
    """A word of a vocabulary: a region, an architecture, a level, a role, a theme …"""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    """Other words that a filter takes for it."""
    definition: str | None = None
    """What the word means in this dataset."""
    source: Source = ()


def _of_country(name: str) -> Any:
    """A field that follows from either ISO code of a country, or from its id."""

    def rule(given: Mapping[str, Any]) -> Any:
        from ruralsyn.dataset.countries import by_code, named  # Most files name their countries in full.

        codes = {key: given[key] for key in CODES if given.get(key)}
        for key, code in codes.items():
            if by_code(code) is None:
                raise LookupError(key, f'"{code}" is not a code of ISO 3166, such as KE or KEN')
        country = by_code(next(iter(codes.values()))) if codes else named(str(given["id"]).replace("-", " "))
        return getattr(country, name, None)

    advice = "name one of [regions.*]" if name == "region" else "give the ISO code as `iso2`, such as KE"
    return derived(rule, CODES, advice)


CODES = ("iso2", "iso3")
"""The fields of a country that have its ISO codes."""


class Codelist(Record, kw_only=True):
    """A published list of codes, named and dated so that a reader knows which edition the codes are from."""

    id: str
    name: str
    publisher: str
    """Who publishes the list."""
    dated: str
    """The date of the edition: a year, a month or a day, such as 2024-06-14."""
    url: str | None = None
    """Where the list is published."""
    about: str
    """What the list gives codes for."""


class Purpose(Record, kw_only=True):
    """What a programme is for, under the code that a codelist has for it."""

    id: str
    code: str
    """The code as the list prints it."""
    name: str
    """The name as the list prints it."""
    codelist: str
    """The list that has the code."""

    @property
    def coded(self) -> str:
        """The code and the name: `16010 Social Protection`."""
        return f"{self.code} {self.name}"


class Country(Record, kw_only=True):
    """A country of a case. One of its ISO codes gives all other fields."""

    id: str
    name: str = _of_country("name")
    """The English name."""
    spanish: str = _of_country("spanish")
    """The Spanish name."""
    french: str = _of_country("french")
    """The French name."""
    iso2: str = _of_country("iso2")
    """ISO 3166-1 alpha-2 code."""
    iso3: str = _of_country("iso3")
    """ISO 3166-1 alpha-3 code."""
    region: str = _of_country("region")
    """Where it lies. For Africa and Latin America the ISO code gives it."""
    note: str | None = None
    """What the sources leave out about the country."""

    @property
    def aliases(self) -> tuple[str, ...]:
        """The other names and the codes that a filter takes."""
        # Under the name that other records use, so that `spellings` treats all kinds of record alike.
        names = (self.spanish, self.french, self.iso2, self.iso3)
        # A country that has a fault may lack one.
        return tuple(name for name in names if name)


class Domain(Record, kw_only=True):
    """A group of outcomes, which gives the evidence map a column."""

    id: str
    name: str
    """The group's heading in the source."""
    short: str = same_as("name")
    """A short heading for columns. Without an entry, the name."""
    aliases: tuple[str, ...] = ()
    note: str | None = None
    discrepancies: tuple[str, ...] = ()


class Outcome(Record, kw_only=True):
    """Something that was measured."""

    id: str
    name: str
    domain: str
    desired: Desired
    why: str | None = None
    """Why this direction is desired, or why no desired direction can be named."""
    aliases: tuple[str, ...] = ()


class Organisation(Record, kw_only=True):
    """A ministry, agency, body, committee or partner."""

    id: str
    name: str
    acronym: str | None = None
    """The acronym as the source prints it."""
    aliases: tuple[str, ...] = ()
    country: str | None = None
    """Absent for international bodies."""
    parent: str | None = None
    """The organisation it falls under, as an id."""
    role: str
    """What the sources say it is or does."""
    note: str | None = None
    discrepancies: tuple[str, ...] = ()
    source: Source


class Programme(Record, kw_only=True):
    """A programme, project or strategy that a source names."""

    id: str
    name: str
    acronym: str | None = None
    """The acronym as the source prints it."""
    aliases: tuple[str, ...] = ()
    """Other names and spellings, printed in a source or in common use."""
    country: str
    type: str | None = None
    type_basis: Basis | None = None
    """Whether a source states the kind of programme or it is implied."""
    purpose: str | None = None
    """What it is for. Absent where the sources say too little, or where no purpose or several fit."""
    purpose_why: str | None = None
    """What the sources say of the programme that gives it this purpose."""
    organisation: str | None = None
    """Who runs it, as an id."""
    note: str | None = None
    discrepancies: tuple[str, ...] = ()
    source: Source


class Effect(Record, kw_only=True):
    """The direction in which an outcome moved in a case."""

    id: str
    """The outcome, or any other key if `outcome` names the outcome."""
    case: str
    outcome: str = same_as("id")
    """What was measured. Without an entry, the key of the effect; a case with several effects on one outcome
    gives each a key of its own."""
    intervention: str | None = None
    """The programme or combination that the source names as the label of the effect, as printed."""
    programmes: tuple[str, ...] = ()
    """The programmes that the label names."""
    direction: Direction
    sign: Sign = Sign.PRINTED
    simulated: bool = False
    """The source marks the effect as a simulation, not an evaluation."""
    sample: int | None = None
    """The final number of people or households in the intervention group (Boon & Thomson 2021)."""
    risk_of_bias: RiskOfBias | None = None
    bias_tool: str | None = None
    """The tool by which the risk of bias was judged, such as RoB 2."""
    design: Design | None = None
    note: str | None = None
    discrepancies: tuple[str, ...] = ()
    source: Source

    @property
    def key(self) -> str:
        """`case.effect`: the effect's name in the whole dataset."""
        return f"{self.case}.{self.id}"


class Finding(Record, kw_only=True):
    """One statement about how a case coordinated."""

    id: str
    case: str
    levels: tuple[str, ...] = ()
    """Levels of government."""
    level_basis: Basis | None = None
    """Whether the source states the levels (the default) or they follow from what a body is."""
    formality: str | None = None
    """Formal or informal, if the source calls it so or describes it as part of something that it calls so."""
    role: str
    """Its role in coordination: mechanism, enabler, obstacle, result or context."""
    theme: str | None = None
    """What an obstacle is about, so that the obstacles of several cases can be compared. The themes are
    the dataset's, not the sources'."""
    statement: str | None = None
    """An id shared by the findings of several cases that are one statement of the source. People see and
    count such a statement once."""
    headline: bool = False
    """Whether a one-page summary of the case should have it. The dataset chooses, not the source."""
    text: str
    note: str | None = None
    discrepancies: tuple[str, ...] = ()
    source: Source

    @property
    def key(self) -> str:
        """`case.finding`: the finding's name in the whole dataset."""
        return f"{self.case}.{self.id}"

    @property
    def basis_of_levels(self) -> Basis | None:
        """How the levels are known; None where the finding has none."""
        # The file only says where levels are implied, so a finding without an entry has the default.
        return (self.level_basis or Basis.STATED) if self.levels else None

    @property
    def stated_levels(self) -> tuple[str, ...]:
        """The levels that the source itself states."""
        return self.levels if self.basis_of_levels is Basis.STATED else ()


class Case(Record, kw_only=True):
    """One studied combination of programmes in one country."""

    id: str
    country: str
    title: str
    label: str = same_as("title")
    """A short title for columns. Without an entry, the title."""
    aliases: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    architecture: str | None = None
    """How programmes and institutions relate. Absent where no source classifies the case."""
    programme_count: int | None = None
    """The number of programmes that the source prints."""
    coordination: str | None = None
    """Whether coordination was intended; absent where no source says."""
    summary: str | None = None
    note: str | None = None
    discrepancies: tuple[str, ...] = ()
    source: Source = ()
    effects: dict[str, Effect] = field(default_factory=dict)
    findings: dict[str, Finding] = field(default_factory=dict)

    @property
    def evaluated(self) -> bool:
        """Whether a source gives the case any effect."""
        return bool(self.effects)

    @property
    def effect_count(self) -> int | None:
        """How many effects the case has, without simulations. None where no source reports any."""
        if not self.evaluated:
            return None  # Not 0, which would say that effects were looked for and none was found.
        # A simulation is no evaluation, so simulations are counted separately.
        return sum(not effect.simulated for effect in self.effects.values())

    @property
    def analysed(self) -> bool:
        """Whether a source says how the case coordinated."""
        return bool(self.findings)


class Lesson(Record, kw_only=True):
    """A statement of the sources that holds for more than one case."""

    id: str
    theme: str
    regions: tuple[str, ...]
    text: str
    note: str | None = None
    discrepancies: tuple[str, ...] = ()
    source: Source


class Recommendation(Record, kw_only=True):
    """A piece of advice from the sources."""

    id: str
    audiences: tuple[str, ...] = ()
    """Who the advice is for. Empty where the source does not say."""
    regions: tuple[str, ...]
    basis: Basis
    """Whether a source recommends it or it follows from what a source says."""
    text: str
    note: str | None = None
    discrepancies: tuple[str, ...] = ()
    source: Source


class Discrepancy(Record, kw_only=True):
    """A place where sources disagree, leave something open, or contain a misprint."""

    id: str
    title: str
    text: str
    handling: str
    """How the dataset deals with it."""
    source: Source


class Files(Record, kw_only=True):
    """The files that a dataset was read from."""

    bundled: bool = True
    """Whether the bundled records are among it."""
    names: tuple[str, ...] = ()
    """The further files, as their reader named them."""
    described: tuple[DatasetInfo, ...] = ()
    """What the further files say of themselves: their titles, versions and descriptions."""
    of_record: dict[tuple[str, str], str] = field(default_factory=dict)
    """The further file of a record, by the table and the key of the record. Bundled records are not in it."""


class Dataset(Shown, Record, kw_only=True):
    """All records, by id and in the order of the files."""

    dataset: DatasetInfo
    briefs: dict[str, Brief] = field(default_factory=dict)
    projects: dict[str, Project] = field(default_factory=dict)
    regions: dict[str, Entry] = field(default_factory=dict)
    countries: dict[str, Country] = field(default_factory=dict)
    domains: dict[str, Domain] = field(default_factory=dict)
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    architectures: dict[str, Entry] = field(default_factory=dict)
    coordination: dict[str, Entry] = field(default_factory=dict)
    levels: dict[str, Entry] = field(default_factory=dict)
    formality: dict[str, Entry] = field(default_factory=dict)
    roles: dict[str, Entry] = field(default_factory=dict)
    themes: dict[str, Entry] = field(default_factory=dict)
    audiences: dict[str, Entry] = field(default_factory=dict)
    programme_types: dict[str, Entry] = field(default_factory=dict)
    codelists: dict[str, Codelist] = field(default_factory=dict)
    purposes: dict[str, Purpose] = field(default_factory=dict)
    synonyms: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Words that people type in a search, each with the words of the records that it also finds."""
    organisations: dict[str, Organisation] = field(default_factory=dict)
    programmes: dict[str, Programme] = field(default_factory=dict)
    cases: dict[str, Case] = field(default_factory=dict)
    lessons: dict[str, Lesson] = field(default_factory=dict)
    recommendations: dict[str, Recommendation] = field(default_factory=dict)
    discrepancies: dict[str, Discrepancy] = field(default_factory=dict)
    files: Files = field(default_factory=Files, metadata={"made": True})
    """Where the records come from. A file cannot give it."""

    def _brief(self) -> str:
        name = " ".join(filter(None, (self.dataset.title, self.dataset.version)))
        counts = f"{len(self.cases)} cases, {len(self.effects)} effects, {len(self.findings)} findings"
        return f"{name}, {counts}"

    # A cached property works on a frozen record, because it writes to __dict__ without __setattr__.
    @cached_property
    def effects(self) -> tuple[Effect, ...]:
        """The effects of every case, in file order."""
        return tuple(effect for case in self.cases.values() for effect in case.effects.values())

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """The findings of every case, in file order."""
        return tuple(finding for case in self.cases.values() for finding in case.findings.values())

    @cached_property
    def _cases_by_programme(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for case in self.cases.values():
            for programme in case.programmes:
                found.setdefault(programme, []).append(case.id)
        return {programme: tuple(cases) for programme, cases in found.items()}

    @cached_property
    def _cases_in(self) -> Counter[str]:
        return Counter(case.country for case in self.cases.values())

    def file_of(self, kind: str, key: str) -> str | None:
        """The further file that a record comes from; None for a bundled record."""
        return self.files.of_record.get((kind, key))

    def cases_in(self, country: str) -> int:
        """The number of cases in a country."""
        return self._cases_in[country]

    def cases_of(self, programme: str) -> tuple[str, ...]:
        """The cases that study a programme, by their ids."""
        return self._cases_by_programme.get(programme, ())

    def country_of(self, case: str) -> Country:
        """The country of a case."""
        return self.countries[self.cases[case].country]

    def domain_of(self, effect: Effect) -> Domain:
        """The domain of an effect's outcome."""
        return self.domains[self.outcomes[effect.outcome].domain]

    def benefit_of(self, effect: Effect) -> Benefit:
        """What the effect means for the household: its direction against the desired one.

        An outcome that did not change gives `neutral`, and one without a clear desired direction gives
        `unclear`. A map draws this and not the direction: an effect direction plot shows improvement and
        deterioration (Boon & Thomson 2021, doi:10.1002/jrsm.1458).
        """
        if effect.direction is Direction.NONE:
            return Benefit.NEUTRAL
        desired = self.outcomes[effect.outcome].desired
        if desired is Desired.UNCLEAR:
            return Benefit.UNCLEAR
        return Benefit.FAVOURABLE if effect.direction == desired.value else Benefit.UNFAVOURABLE
