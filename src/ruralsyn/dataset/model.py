"""The dataset as frozen dataclasses: what a record is and what each of its fields means.

The type hints are the schema: `conversion` reads TOML by walking them. A field named `id` is the
record's key in the file; one named `case` is the key of the case that holds the record. A field with a
default may be left out of the file, which means that the briefs do not say.
"""

from dataclasses import field
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from ruralsyn.record import Record


class Direction(StrEnum):
    """The way an outcome moved: arithmetic, not a judgement."""

    INCREASE = "increase"
    DECREASE = "decrease"


class Desired(StrEnum):
    """The way an outcome should move for the household's sake, where that can be said."""

    INCREASE = "increase"
    DECREASE = "decrease"
    UNCLEAR = "unclear"


class Benefit(StrEnum):
    """What a direction means for the household: derived, never entered."""

    FAVOURABLE = "favourable"
    UNFAVOURABLE = "unfavourable"
    UNCLEAR = "unclear"


class Sign(StrEnum):
    """How the direction of an effect is known."""

    PRINTED = "printed"
    """The brief prints a plus sign."""
    SUPPORTED = "supported"
    """No sign is printed; the brief's prose says which way the outcome moved."""
    INFERRED = "inferred"
    """No sign is printed; the outcome's meaning leaves one sensible reading."""
    UNRESOLVED = "unresolved"
    """No sign is printed, and the brief does not settle the direction."""


class Basis(StrEnum):
    """Whether the briefs say a thing in so many words."""

    STATED = "stated"
    IMPLIED = "implied"


class Locator(NamedTuple):
    """A paragraph of a brief, written `brief/section/paragraph` in the dataset."""

    brief: str
    section: str
    paragraph: int

    def __str__(self) -> str:
        return f"{self.brief}/{self.section}/{self.paragraph}"


Source = tuple[Locator, ...]


class DatasetInfo(Record, kw_only=True):
    """What the dataset is, as its references and captions name it."""

    title: str
    version: str
    licence: str
    description: str
    """What the dataset holds and where it comes from, in a sentence or two."""


class Section(Record, kw_only=True):
    """A section of a brief."""

    id: str
    title: str
    """The section's heading."""
    paragraphs: int
    """How many numbered paragraphs it has."""
    no_claim: dict[str, str] = field(default_factory=dict)
    """Paragraphs that say nothing a record could cite, each with the reason."""


class Brief(Record, kw_only=True):
    """One of the source documents."""

    id: str
    code: str
    """Two letters that stand for the brief in tables."""
    title: str
    short: str
    """The title as a note or a column head can hold it."""
    project: str
    """The project that the brief belongs to, as it is known by its website."""
    publishers: tuple[str, ...]
    """Organisations behind the project, as ids."""
    websites: tuple[str, ...] = ()
    """Web addresses that the brief prints."""
    note: str | None = None
    discrepancies: tuple[str, ...] = ()
    sections: dict[str, Section]

    @cached_property
    def citation_key(self) -> str:
        """The brief's key in a bibliography: `rural-synergies-gr`."""
        words = (*self.project.split(), self.code)
        return "-".join("".join(char for char in word if char.isalnum()) for word in words).lower()


class Project(Record, kw_only=True):
    """A research project behind the briefs."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    run_by: tuple[str, ...]
    """Who carries it out, as ids of organisations."""
    funded_by: tuple[str, ...] = ()
    website: str | None = None
    role: str
    """What it is for and how the briefs come into it."""
    source: Source


class Entry(Record, kw_only=True):
    """A word of a vocabulary: a region, an architecture, a level, a role, a theme …"""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    """Other words that a filter takes for it."""
    definition: str | None = None
    """What the word stands for."""
    source: Source = ()


class Country(Record, kw_only=True):
    """A country of a case."""

    id: str
    name: str
    spanish: str
    french: str
    iso2: str
    """ISO 3166-1 alpha-2 code."""
    iso3: str
    """ISO 3166-1 alpha-3 code."""
    region: str
    note: str | None = None
    """What a reader should know of the country's place in the briefs."""

    @property
    def aliases(self) -> tuple[str, ...]:
        """The names and codes that a filter takes beside the English name."""
        return (self.spanish, self.french, self.iso2, self.iso3)


class Domain(Record, kw_only=True):
    """One of the groups of outcomes of the general-results brief."""

    id: str
    name: str
    """The group's heading in the brief."""
    short: str
    """The heading as a column head can hold it."""
    aliases: tuple[str, ...] = ()
    note: str | None = None
    discrepancies: tuple[str, ...] = ()


class Outcome(Record, kw_only=True):
    """What was measured."""

    id: str
    name: str
    domain: str
    desired: Desired
    why: str
    """Why that direction is the desired one, or why none can be named."""
    aliases: tuple[str, ...] = ()


class Organisation(Record, kw_only=True):
    """A ministry, agency, body, committee or partner."""

    id: str
    name: str
    acronym: str | None = None
    """The acronym as the brief prints it."""
    aliases: tuple[str, ...] = ()
    country: str | None = None
    """Absent for international bodies."""
    parent: str | None = None
    """The organisation it falls under, as an id."""
    role: str
    """What the briefs say it is or does."""
    note: str | None = None
    discrepancies: tuple[str, ...] = ()
    source: Source


class Programme(Record, kw_only=True):
    """A programme, project or strategy that a brief names."""

    id: str
    name: str
    acronym: str | None = None
    """The acronym as the brief prints it."""
    aliases: tuple[str, ...] = ()
    """Other names and spellings, printed or usual."""
    country: str
    type: str | None = None
    type_basis: Basis | None = None
    """Whether a brief states the kind of programme or it is implied."""
    organisation: str | None = None
    """Who runs it, as an id."""
    note: str | None = None
    discrepancies: tuple[str, ...] = ()
    source: Source


class Effect(Record, kw_only=True):
    """The direction in which an outcome moved in a case."""

    id: str
    """The outcome; within a case there is one effect per outcome."""
    case: str
    intervention: str
    """The programme or combination that the brief puts above the effect, as printed."""
    programmes: tuple[str, ...]
    """The programmes that the label names."""
    direction: Direction
    sign: Sign
    simulated: bool = False
    """The brief marks the effect as a simulation, not an evaluation."""
    note: str | None = None
    discrepancies: tuple[str, ...] = ()
    source: Source

    @property
    def outcome(self) -> str:
        """What was measured, by its id."""
        return self.id

    @property
    def key(self) -> str:
        """`case.outcome`: the effect's name in the whole dataset."""
        return f"{self.case}.{self.id}"


class Finding(Record, kw_only=True):
    """One statement about how a case coordinated."""

    id: str
    case: str
    levels: tuple[str, ...] = ()
    """Levels of government that the passage names; none where it names none."""
    formality: str | None = None
    """Whether the passage calls the thing formal or informal."""
    role: str
    """What the thing was to coordination: mechanism, enabler, obstacle, result or context."""
    theme: str | None = None
    """What an obstacle is about, so that the obstacles of several cases can be set side by side. The
    grouping is this dataset's, not the briefs'."""
    text: str
    note: str | None = None
    discrepancies: tuple[str, ...] = ()
    source: Source

    @property
    def key(self) -> str:
        """`case.finding`: the finding's name in the whole dataset."""
        return f"{self.case}.{self.id}"


class Case(Record, kw_only=True):
    """One studied combination of programmes in one country."""

    id: str
    country: str
    title: str
    label: str
    """The title as a column head can hold it."""
    aliases: tuple[str, ...] = ()
    programmes: tuple[str, ...]
    architecture: str | None = None
    """How programmes and institutions relate; absent where no brief classifies the case."""
    programme_count: int | None = None
    """The number of programmes that the institutional brief prints."""
    coordination: str | None = None
    """Whether coordination was intended; absent where no brief says."""
    summary: str
    note: str | None = None
    discrepancies: tuple[str, ...] = ()
    source: Source
    effects: dict[str, Effect] = field(default_factory=dict)
    findings: dict[str, Finding] = field(default_factory=dict)

    @property
    def evaluated(self) -> bool:
        """Whether the briefs give the case any effect."""
        return bool(self.effects)

    @property
    def effect_count(self) -> int | None:
        """How many effects were evaluated, simulations apart; None where the case was not evaluated."""
        if not self.evaluated:
            return None
        return sum(not effect.simulated for effect in self.effects.values())

    @property
    def analysed(self) -> bool:
        """Whether the briefs say how the case coordinated."""
        return bool(self.findings)


class Lesson(Record, kw_only=True):
    """A cross-cutting statement of the briefs."""

    id: str
    theme: str
    regions: tuple[str, ...]
    text: str
    note: str | None = None
    discrepancies: tuple[str, ...] = ()
    source: Source


class Recommendation(Record, kw_only=True):
    """What the briefs advise."""

    id: str
    audiences: tuple[str, ...] = ()
    """Whom the advice addresses; none where the brief does not say."""
    regions: tuple[str, ...]
    basis: Basis
    """Whether a brief puts it as a recommendation or it follows from what the brief says."""
    text: str
    note: str | None = None
    discrepancies: tuple[str, ...] = ()
    source: Source


class Discrepancy(Record, kw_only=True):
    """A place where the briefs contradict themselves, each other or plain spelling."""

    id: str
    title: str
    text: str
    handling: str
    """What this dataset does about it."""
    source: Source


class Dataset(Record, kw_only=True):
    """Everything that the two briefs say, as records by id in the order of the file."""

    dataset: DatasetInfo
    briefs: dict[str, Brief]
    projects: dict[str, Project]
    regions: dict[str, Entry]
    countries: dict[str, Country]
    domains: dict[str, Domain]
    outcomes: dict[str, Outcome]
    architectures: dict[str, Entry]
    coordination: dict[str, Entry]
    levels: dict[str, Entry]
    formality: dict[str, Entry]
    roles: dict[str, Entry]
    themes: dict[str, Entry]
    audiences: dict[str, Entry]
    programme_types: dict[str, Entry]
    organisations: dict[str, Organisation]
    programmes: dict[str, Programme]
    cases: dict[str, Case]
    lessons: dict[str, Lesson] = field(default_factory=dict)
    recommendations: dict[str, Recommendation] = field(default_factory=dict)
    discrepancies: dict[str, Discrepancy] = field(default_factory=dict)

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

        An outcome without a clear desired direction gives `unclear`. The effect direction plot shows
        improvement and deterioration, not increase and decrease (Boon & Thomson 2021,
        doi:10.1002/jrsm.1458): this is what a map draws.
        """
        desired = self.outcomes[effect.outcome].desired
        if desired is Desired.UNCLEAR:
            return Benefit.UNCLEAR
        return Benefit.FAVOURABLE if effect.direction == desired.value else Benefit.UNFAVOURABLE
