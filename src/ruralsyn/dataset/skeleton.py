"""The skeleton of a case: a file with blanks to fill in, and the allowed values in its comments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import wrap

from ruralsyn.dataset.conversion import BLANK
from ruralsyn.dataset.countries import CountryCode, id_of
from ruralsyn.dataset.given import Given
from ruralsyn.dataset.model import Dataset, Design, Desired, RiskOfBias, Sign
from ruralsyn.dataset.new_ids import case_id, unused
from ruralsyn.dataset.toml_text import toml_tables, toml_value
from ruralsyn.errors import UsageError

WIDTH = 108
"""The longest line of comments, as wide as the lines of the bundled file."""
ARROWS = {Desired.INCREASE: "▲", Desired.DECREASE: "▼", Desired.UNCLEAR: "?"}


def skeleton(dataset: Dataset, given: Given, schema: str | None = None) -> str:
    """The skeleton of a case as TOML, for a file that is read beside the dataset.

    It is without fault as soon as each text that begins with `FILL IN` is filled in. What may be left out is
    commented out. `schema` is the address of the JSON Schema, by which editors check and complete the file.
    Raises UsageError if the country or the title is not given.
    """
    if not (given.country and given.title):
        raise UsageError("new-case needs --country and --title, or --from with a table of effects.")
    country = known_country(dataset, given.country) or id_of(given.country)
    key = given.id or unused(case_id(country, given.title), dataset.cases)
    short = key.removeprefix(f"{country}-")
    source = unused(f"{short}-{given.year or 'source'}", dataset.briefs)
    parts = (
        _head(schema),
        _source(given, source),
        country_lines(dataset, given.country),
        _case(dataset, given.title, country, key, source, short),
        _effect(key, source),
        _outcomes(dataset),
        _finding(dataset, key, source),
    )
    return "\n\n".join("\n".join(part) for part in map(tuple, parts) if part) + "\n"


def known_country(dataset: Dataset, country: CountryCode) -> str | None:
    """The id that the dataset has for a country, or None."""
    return next((known.id for known in dataset.countries.values() if known.iso2 == country.iso2), None)


def country_tables(dataset: Dataset, country: CountryCode) -> dict[str, dict[str, dict[str, str]]]:
    """The tables that a file needs for a country: none for one that the dataset has.

    A country in a region that the dataset lacks gets a region, whose name is a blank.
    """
    if known_country(dataset, country):
        return {}
    key = id_of(country)
    fields = {"iso2": country.iso2}
    if country.region in dataset.regions:
        return {"countries": {key: fields}}
    region = unused(f"region-of-{key}", dataset.regions)
    name = f"{BLANK}: the region of {country.name}, such as South Asia"
    return {"countries": {key: {**fields, "region": region}}, "regions": {region: {"name": name}}}


def country_lines(dataset: Dataset, country: CountryCode) -> tuple[str, ...]:
    """The tables of a country as lines of TOML."""
    return tuple(toml_tables(country_tables(dataset, country)).strip().splitlines())


def _head(schema: str | None) -> Iterator[str]:
    if schema:
        yield f"#:schema {schema}"
    yield f"# Fill in each text that begins with {BLANK}, and check the file with `ruralsyn validate`."
    yield "# A line that begins with # is not read. To switch a field on, remove the # before it."


def _source(given: Given, key: str) -> Iterator[str]:
    yield "# The source: a report or paper. Copy the block, with another id, for each further source."
    yield f"[briefs.{key}]"
    yield _field("title", given.source or _blank("the title of the report or paper"))
    yield _field("year", given.year) if given.year else _off("year", _blank("a number, without quotes"))
    yield "# pages = 120  # How many it has: then a place beyond them is a fault."
    yield f'# authors = ["{_blank("Family name, First name")}"]  # An organisation has no comma.'
    yield _off("journal", _blank("the journal or series"))
    yield _off("doi", _blank("the DOI, such as 10.1002/jrsm.1458"))
    yield _off("code", _blank("a few letters for tables, such as HSNP"))


def _case(dataset: Dataset, title: str, country: str, key: str, source: str, short: str) -> Iterator[str]:
    programme = unused(short, dataset.programmes)
    yield f"[cases.{key}]"
    yield _field("country", country)
    yield _field("title", title)
    yield f"source = {_places(source, 3)}  # Several places have commas between them."
    yield _field("summary", _blank("what is given to whom, in a sentence or two"))
    yield _off("label", _blank("a short title for tables"))
    yield from _choice("architecture", dataset.architectures)
    yield from _choice("coordination", dataset.coordination)
    yield f'# programmes = ["{programme}"]  # If you switch this on, switch on the next block too.'
    yield ""
    yield f"# [programmes.{programme}]"
    yield _off("name", _blank("the name of the programme"))
    yield _off("country", country)
    yield from _choice("purpose", dataset.purposes, "needs purpose_why")
    yield _off("purpose_why", _blank("what the source says that gives the programme this purpose"))
    yield f"# source = {_places(source, 3)}"


def _effect(key: str, source: str) -> Iterator[str]:
    yield "# An effect. Copy this block for each effect, with effect-2, effect-3 … in its first line."
    yield f"[cases.{key}.effects.effect-1]"
    yield _field("outcome", _blank("one of the outcomes that are listed below"))
    yield _field("direction", _blank("increase, decrease, or none if it was measured and did not change"))
    yield f"source = {_places(source, 14)}"
    yield from _choice("sign", Sign, "how the direction is known; all but printed need a note")
    yield "# simulated = true  # If the source simulates the effect and does not evaluate it."
    yield _off("sample", _blank("people or households in the intervention group, a number without quotes"))
    yield from _choice("risk_of_bias", RiskOfBias)
    yield _off("bias_tool", _blank("the tool of the risk of bias, such as RoB 2"))
    yield from _choice("design", Design)
    yield _off("note", _blank("what a reader should know about the effect"))


def _outcomes(dataset: Dataset) -> Iterator[str]:
    yield "# The outcomes by domain: ▲ is better if it rises, ▼ is better if it falls, ? is unclear."
    for domain in dataset.domains.values():
        names = (
            f"{outcome.id} {ARROWS[outcome.desired]}"
            for outcome in dataset.outcomes.values()
            if outcome.domain == domain.id
        )
        yield from _wrapped(f"{domain.short}: {', '.join(names)}")


def _finding(dataset: Dataset, key: str, source: str) -> Iterator[str]:
    yield "# A finding on coordination. Copy this block for each finding, and switch it on."
    yield f"# [cases.{key}.findings.finding-1]"
    yield _off("text", _blank("what the source says, in your own words"))
    yield f"# source = {_places(source, 20)}"
    yield from _choice("role", dataset.roles)
    yield from _choice("levels", dataset.levels, many=True)
    yield from _choice("formality", dataset.formality)
    yield from _choice("theme", dataset.themes, "of an obstacle")
    yield "# headline = true  # If a one-page summary should have it; five for a case at most."


def _blank(what: str) -> str:
    return f"{BLANK}: {what}"


def _places(source: str, page: int) -> str:
    return toml_value([_blank(f"{source}/p. {page}")])


def _field(name: str, value: str | int) -> str:
    return f"{name} = {toml_value(value)}"


def _off(name: str, value: str | list[str]) -> str:
    """A field that may be left out."""
    return f"# {name} = {toml_value(value)}"


def _choice(name: str, values: Iterable[str], what: str = "", *, many: bool = False) -> Iterator[str]:
    """A field that may be left out, with the values that it takes: in the blank or, if many, above it."""
    listed = ", ".join(values)
    hint = _blank(f"{what}: {listed}" if what else listed)
    line = _off(name, [hint] if many else hint)
    if len(line) <= WIDTH:
        yield line
        return
    yield from _wrapped(f"{name}{f', {what}' if what else ''}: {listed}")
    yield _off(name, _blank("one of these"))


def _wrapped(text: str) -> Iterator[str]:
    """The text as lines of a comment, which cannot be mistaken for fields that are switched off."""
    lines = wrap(text, WIDTH - 4, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
    return (f"#   {line}" for line in lines)
