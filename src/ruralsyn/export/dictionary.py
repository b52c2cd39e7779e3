"""The data dictionary: what each table and each column holds, of what type it is, and what it refers to.

Exports take types, descriptions, allowed values and keys from these rows, and frames their categories.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from ruralsyn.dataset.model import Basis, Benefit, Dataset, Design, Desired, Direction, RiskOfBias, Sign
from ruralsyn.evidence.synthesis import MAJORITY, Status, Summary
from ruralsyn.record import Record

Kind = Literal["string", "integer", "boolean", "list", "places"]
"""The type of a column. `places` is a list of places in the sources."""


class Entry(Record):
    """What a table holds."""

    key: tuple[str, ...]
    """The columns that tell its rows apart."""
    about: str


class Field(Record):
    """What a column holds."""

    about: str
    kind: Kind = "string"
    refers: str = ""
    """The table that has its values as keys; empty if it names no records."""
    words: tuple[str, ...] = ()
    """All values that it may have; empty if others may stand there."""
    required: bool = False
    """Whether every row has a value, apart from the key, which it always has."""


def _words(kind: type[StrEnum]) -> tuple[str, ...]:
    return tuple(member.value for member in kind)


TABLES: dict[str, Entry] = {
    "cases": Entry(("case",), "The studied cases: a combination of programmes in one country each."),
    "effects": Entry(
        ("effect",), "Which way each outcome moved in a case, and what that means for the household."
    ),
    "findings": Entry(("finding",), "Statements on how the institutions of a case coordinated."),
    "map": Entry(("case", "domain"), "The evidence map: the effects of a case in a domain, summed up."),
    "programmes": Entry(("programme",), "The programmes of the cases, and others that the sources name."),
    "organisations": Entry(("organisation",), "Ministries, agencies, bodies, committees and partners."),
    "lessons": Entry(("lesson",), "Statements of the sources that hold for more than one case."),
    "recommendations": Entry(("recommendation",), "What the sources recommend, to whom and where."),
    "discrepancies": Entry(
        ("discrepancy",), "Places where the sources disagree, leave something open or contain a misprint."
    ),
    "briefs": Entry(("brief",), "The sources."),
    "sections": Entry(("brief", "section"), "The sections of the sources, which places name."),
    "contacts": Entry(("brief", "name"), "The people whom the sources name for further information."),
    "projects": Entry(("project",), "The research projects that the sources come from or refer to."),
    "countries": Entry(("country",), "The countries."),
    "regions": Entry(("region",), "The regions of the countries."),
    "domains": Entry(("domain",), "The groups of outcomes."),
    "outcomes": Entry(("outcome",), "What was measured, and which direction is good for the household."),
    "architectures": Entry(("architecture",), "How the programmes and institutions of a case relate."),
    "coordination_types": Entry(("coordination_type",), "Whether coordination was intended."),
    "levels": Entry(("level",), "Levels of government."),
    "formality_types": Entry(("formality_type",), "Whether coordination is formal."),
    "roles": Entry(("role",), "The roles of a finding in coordination."),
    "themes": Entry(("theme",), "The themes of lessons and obstacles."),
    "audiences": Entry(("audience",), "Whom a recommendation is for."),
    "programme_types": Entry(("programme_type",), "The kinds of programmes."),
    "purposes": Entry(("purpose",), "What programmes are for, by the codes of a codelist."),
    "codelists": Entry(("codelist",), "Lists of codes that others publish, by which tables can be joined."),
}
"""The tables of records and vocabulary, in the order in which exports list them."""

RENAMED = {"coordination_types": "coordination", "formality_types": "formality"}
"""Tables with another name in data files, where a column of another table has the name already."""

_OF_COMMANDS = {"coordination": "findings"}
"""Tables that a command prints under another name."""

# Columns that mean the same in every table.
_FIELDS: dict[str, Field] = {
    # Keys and references.
    "case": Field("The case, by its id.", refers="cases", required=True),
    "effect": Field("The effect, by its id: that of the case, a dot and the key of the effect."),
    "finding": Field("The finding, by its id: that of the case, a dot and the key of the finding."),
    "programme": Field("The programme, by its id.", refers="programmes"),
    "organisation": Field("The organisation, by its id.", refers="organisations"),
    "lesson": Field("The lesson, by its id."),
    "recommendation": Field("The recommendation, by its id."),
    "discrepancy": Field("The discrepancy, by its id.", refers="discrepancies"),
    "brief": Field("The source, by its id.", refers="briefs"),
    "section": Field("The id of the section, which places have."),
    "project": Field("The project, by its id.", refers="projects"),
    "country": Field("The country, by its id.", refers="countries", required=True),
    "region": Field("The region, by its id.", refers="regions", required=True),
    "domain": Field("The domain, by its id.", refers="domains", required=True),
    "outcome": Field("The outcome, by its id.", refers="outcomes", required=True),
    "architecture": Field(
        "How programmes and institutions relate; empty where no source classifies the case.",
        refers="architectures",
    ),
    "coordination": Field(
        "Whether coordination was intended; empty where no source says.", refers="coordination_types"
    ),
    "coordination_type": Field("The type of coordination, by its id.", refers="coordination_types"),
    "level": Field("The level, by its id.", refers="levels"),
    "levels": Field("Levels of government; empty where none is stated.", "list", "levels"),
    "level_basis": Field(
        "Whether the source states the levels or they follow from what a body is.", words=_words(Basis)
    ),
    "formality": Field(
        "Formal or informal; empty where the source calls it neither.", refers="formality_types"
    ),
    "formality_type": Field("Formal or informal, by its id.", refers="formality_types"),
    "role": Field("The role in coordination.", refers="roles", required=True),
    "theme": Field("The theme.", refers="themes", required=True),
    "audience": Field("Whom it is for, by its id.", refers="audiences"),
    "audiences": Field("Whom it is for; empty where the source does not say.", "list", "audiences"),
    "programme_type": Field("The kind of programme, by its id.", refers="programme_types"),
    "type": Field("The kind of programme; empty where no source says.", refers="programme_types"),
    "type_basis": Field("Whether a source states the kind or implies it.", words=_words(Basis)),
    "purpose": Field("What it is for; empty where no code fits.", refers="purposes"),
    "purpose_code": Field("The code of the purpose in its codelist."),
    "purpose_why": Field("Why this code fits: a choice of the dataset."),
    "codelist": Field("The codelist that has the code.", refers="codelists", required=True),
    "programmes": Field("The programmes, by their ids.", "list", "programmes"),
    "regions": Field("The regions that it holds for.", "list", "regions"),
    "cases": Field("The cases that study it.", "list", "cases"),
    "briefs": Field("The sources that describe it.", "list", "briefs"),
    "discrepancies": Field("Discrepancies that concern it.", "list", "discrepancies"),
    "publishers": Field("Organisations that the source names as its publishers.", "list", "organisations"),
    "run_by": Field("Who carries it out.", "list", "organisations"),
    "funded_by": Field("Who pays for it.", "list", "organisations"),
    "parent": Field("The organisation that it falls under.", refers="organisations"),
    "depends_on": Field(
        "Effects whose sign is `unresolved` and on whose reading the direction depends.", "list", "effects"
    ),
    # What effects say.
    "intervention": Field("The programme or combination that the source names, as printed."),
    "direction": Field(
        "Whether the outcome rose, fell or did not change.", words=_words(Direction), required=True
    ),
    "benefit": Field("What the direction means for the household.", words=_words(Benefit), required=True),
    "sign": Field(
        "How the direction is known: a sign is printed, the text supports it, the meaning of the outcome "
        "leaves one sensible reading, or it is not settled.",
        words=_words(Sign),
        required=True,
    ),
    "simulated": Field(
        "Whether the source calls it a simulation, which no count includes.", "boolean", required=True
    ),
    "sample": Field("The final number of people or households in the intervention group.", "integer"),
    "risk_of_bias": Field("How much the study may be biased.", words=_words(RiskOfBias)),
    "bias_tool": Field("The tool by which the risk of bias was judged."),
    "design": Field("How the study tells what the intervention changed.", words=_words(Design)),
    "desired": Field("The direction that is good for the household.", words=_words(Desired), required=True),
    "why": Field("Why this direction is desired, or why none can be named."),
    # What findings say.
    "headline": Field(
        "Whether a one-page summary should have it: a choice of the dataset.", "boolean", required=True
    ),
    "statement": Field("An id that findings of several cases share which are one statement of the source."),
    # Counts.
    "programme_count": Field("The number of programmes that the source prints.", "integer"),
    "favourable": Field("How many effects are favourable, without simulations.", "integer", required=True),
    "unfavourable": Field(
        "How many effects are unfavourable, without simulations.", "integer", required=True
    ),
    "unclear": Field("How many effects could be good or bad, without simulations.", "integer", required=True),
    "neutral": Field("How many outcomes were measured and did not change.", "integer"),
    "unprinted": Field("How many of the effects have no printed sign.", "integer", required=True),
    "status": Field(
        "Whether the sources give effects there: `reported`, `not-reported`, or `not-evaluated` where they "
        "give the case no effects at all.",
        words=_words(Status),
        required=True,
    ),
    "paragraphs": Field("How many numbered paragraphs it has.", "integer", required=True),
    "pages": Field("How many pages it has.", "integer"),
    # Texts.
    "name": Field("Its name.", required=True),
    "short": Field("A short name for columns."),
    "acronym": Field("Its acronym, as the source prints it."),
    "aliases": Field("Other names and spellings.", "list"),
    "definition": Field("What the word means in this dataset."),
    "title": Field("Its title.", required=True),
    "label": Field("A short title for columns."),
    "summary": Field("What the case is about, in a sentence or two."),
    "text": Field("The statement, in the words of this dataset.", required=True),
    "handling": Field("How the dataset deals with it.", required=True),
    "note": Field("What to know about it."),
    "basis": Field(
        "Whether a source recommends it or it follows from one.", words=_words(Basis), required=True
    ),
    "about": Field("What the person can be asked about.", required=True),
    "heading": Field("The heading of the section.", required=True),
    "code": Field("A few letters for the source in tables.", required=True),
    "authors": Field("Who wrote it.", "list"),
    "year": Field("The year in which it was published.", "integer"),
    "journal": Field("The journal or series in which it was published."),
    "doi": Field("Its DOI, without the address before it."),
    "website": Field("Its address on the web."),
    "websites": Field("Web addresses that the source prints.", "list"),
    "publisher": Field("Who publishes the list.", required=True),
    "dated": Field("The date of the edition: a year, a month or a day.", required=True),
    "url": Field("Where the list is published."),
    "credits": Field("Whom the source credits for its design and photographs."),
    "spanish": Field("Its name in Spanish."),
    "french": Field("Its name in French."),
    "iso2": Field("Its code in ISO 3166-1 alpha-2."),
    "iso3": Field("The code of the country in ISO 3166-1 alpha-3."),
    # Where it is from.
    "table": Field("The table of the record."),
    "record": Field("The record, by its key; of a person, the source, a dot and the name."),
    "source": Field(
        "The places in the sources that say so: source, section and paragraph, or source and page. A bullet "
        "or a row of a table counts as a paragraph.",
        "places",
    ),
    "place": Field("The place: source, section and paragraph, or source and page."),
    "paragraph": Field("The number of the paragraph in the section.", "integer"),
    "file": Field("The further file that it was read from; empty for the bundled data."),
}

# Columns that mean something else in one table.
_OF_TABLE: dict[tuple[str, str], Field] = {
    ("cases", "effects"): Field(
        "How many effects the case has, without simulations; empty where no source gives it any.", "integer"
    ),
    ("cases", "findings"): Field(
        "How many findings the case has; empty where no source says how it coordinated.", "integer"
    ),
    ("briefs", "sections"): Field("How many sections it has.", "integer"),
    ("briefs", "project"): Field("The name of the project that the source belongs to."),
    ("map", "direction"): Field(
        f"The direction of the clear effects together: that of at least {MAJORITY} % of them, or "
        "conflicting; empty where there are none.",
        words=_words(Summary),
    ),
    ("map", "simulated"): Field(
        "How many effects are simulations, which no other number includes.", "integer", required=True
    ),
    ("organisations", "country"): Field("The country; empty for international bodies.", refers="countries"),
    ("findings", "theme"): Field("What an obstacle is about; other findings have none.", refers="themes"),
    ("purposes", "purpose"): Field("What a programme is for, by its id."),
    ("purposes", "code"): Field("The code, as text.", required=True),
    ("purposes", "name"): Field("The name that the codelist has for the code.", required=True),
    ("codelists", "about"): Field("What the list gives codes for.", required=True),
    ("organisations", "role"): Field("What the sources say it is or does.", required=True),
    ("projects", "role"): Field("What the project is for and how it relates to the sources.", required=True),
    ("domains", "name"): Field("The heading of the group in the source.", required=True),
}


def field_of(table: str, key: str) -> Field | None:
    """What a column of a table holds; None if the dictionary does not know the column."""
    table = _OF_COMMANDS.get(table, table)
    return _OF_TABLE.get((table, key)) or _FIELDS.get(key)


def values_of(dataset: Dataset, table: str, key: str) -> tuple[str, ...] | None:
    """All values that a column may have in this dataset, in file order; None if it takes others.

    `table` is the name of a table of an export or of one that a command prints. For a list: all values of its
    items.
    """
    field = field_of(table, key)
    if field is None:
        return None
    if field.words:
        return field.words
    records = getattr(dataset, RENAMED.get(field.refers, field.refers), None)
    # Effects are known by the id of their case, too, and no program needs thousands of categories.
    return tuple(records) if isinstance(records, dict) else None
