"""Makes a valid data file with any number of invented cases, to measure how commands grow with the data.

Each case has its own source, programme and organisation, eight effects and ten findings, with texts as long
as those of the bundled data. Countries are declared by their ISO codes; all other words are the bundled
vocabulary. The same number always gives the same file:

    python docs/benchmarks/generate.py CASES > big.toml
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from random import Random

from ruralsyn.dataset.countries import CountryCode, countries, id_of
from ruralsyn.dataset.loading import load
from ruralsyn.dataset.model import Dataset, Design, Direction, RiskOfBias, Sign

EFFECTS = 8
"""The effects of a case."""
FINDINGS = 10
"""The findings of a case."""
PAGES = 120
"""The pages of a source."""
NOTE, TEXT, SUMMARY = 14, 20, 42
"""The words of a note, a finding and a summary: about 90, 130 and 280 characters, as in the bundled data."""
WORDS = (
    "agreement budget cash committee cooperative coordination council credit crop district drought extension "
    "family farmer fertiliser field formal fund goat government harvest herd household income informal input "
    "insurance irrigation joint land livestock loan local market meeting ministry municipal national officer "
    "payment pension programme province registry rural savings school seed service shared staff subsidy "
    "support targeting team technical training transfer village visit women work youth "
    "and by for from in of on the to with at its their a"
).split()

Value = str | int | Sequence[str]


def data_file(number: int) -> str:
    """The text of a TOML file with so many cases."""
    vocabulary = load()
    places = [country for country in countries() if country.region]
    lines = list(_table("dataset", {"title": f"{number} invented cases", "version": "1"}))
    for country in places[:number]:
        lines += _table(f"countries.{id_of(country)}", {"iso2": country.iso2})
    for case in range(1, number + 1):
        # Seeded by the case, so that a longer file begins with the cases of a shorter one.
        lines += _case(vocabulary, case, places[(case - 1) % len(places)], Random(case))
    return "\n".join(lines)


def _case(vocabulary: Dataset, number: int, country: CountryCode, random: Random) -> Iterator[str]:
    """The lines of a case, after those of its source, organisation and programme."""
    place, source = id_of(country), f"study-{number}"
    cited = {"source": [f"{source}/p. {random.randrange(1, PAGES)}"]}
    author, year = f"{random.choice(WORDS).capitalize()}, {random.choice('ABCDEFGH')}.", 1990 + number % 35
    title = f"{_words(random, 9)} {number}"
    yield from _table(f"briefs.{source}", {"title": title, "authors": [author], "year": year, "pages": PAGES})
    yield from _table(
        f"organisations.agency-{number}",
        {"name": f"Agency {number}", "country": place, "role": f"{_words(random, NOTE)}.", **cited},
    )
    yield from _table(
        f"programmes.programme-{number}",
        {
            "name": f"{_words(random, 5)} {number}",
            "acronym": f"P{number}",
            "country": place,
            "type": random.choice(list(vocabulary.programme_types)),
            "type_basis": "stated",
            "organisation": f"agency-{number}",
            **cited,
        },
    )
    case = f"cases.{place}-{number}"
    yield from _table(
        case,
        {
            "country": place,
            "title": f"{_words(random, 6)} of programme {number}",
            "label": f"P{number}",
            "programmes": [f"programme-{number}"],
            "architecture": random.choice(list(vocabulary.architectures)),
            "coordination": random.choice(list(vocabulary.coordination)),
            "summary": f"{_words(random, SUMMARY)}.",
            **cited,
        },
    )
    for outcome in random.sample(list(vocabulary.outcomes), EFFECTS):
        yield from _table(f"{case}.effects.{outcome}", {**_effect(number, random), **cited})
    for finding in range(1, FINDINGS + 1):
        yield from _table(f"{case}.findings.finding-{finding}", {**_finding(vocabulary, random), **cited})


def _effect(number: int, random: Random) -> dict[str, Value]:
    fields: dict[str, Value] = {
        "intervention": f"P{number}",
        "programmes": [f"programme-{number}"],
        "direction": random.choice([*Direction]),
        # As in the bundled data, most signs are printed.
        "sign": random.choice([Sign.PRINTED] * 5 + [*Sign]),
        "sample": random.randrange(50, 5_000),
        "risk_of_bias": random.choice([*RiskOfBias]),
        "bias_tool": "RoB 2",
        "design": random.choice([*Design]),
    }
    if fields["sign"] != Sign.PRINTED:
        fields["note"] = f"{_words(random, NOTE)}."
    return fields


def _finding(vocabulary: Dataset, random: Random) -> dict[str, Value]:
    fields: dict[str, Value] = {
        "levels": random.sample(list(vocabulary.levels), random.randrange(1, 3)),
        "formality": random.choice(list(vocabulary.formality)),
        "role": random.choice(list(vocabulary.roles)),
        "text": f"{_words(random, TEXT)}.",
    }
    if fields["role"] == "obstacle":
        fields["theme"] = random.choice(list(vocabulary.themes))
    if random.random() < 0.3:
        fields["note"] = f"{_words(random, NOTE)}."
    return fields


def _words(random: Random, number: int) -> str:
    return " ".join(random.choices(WORDS, k=number)).capitalize()


def _table(header: str, fields: dict[str, Value]) -> Iterator[str]:
    yield f"[{header}]"
    for name, value in fields.items():
        yield f"{name} = {_written(value)}"
    yield ""


def _written(value: Value) -> str:
    """A value in TOML. The invented texts have nothing to escape."""
    if isinstance(value, int):
        return str(value)
    return f'"{value}"' if isinstance(value, str) else f"[{', '.join(map(_written, value))}]"


if __name__ == "__main__":
    print(data_file(int(sys.argv[1])), end="")
