"""Writes the table of src/ruralsyn/dataset/countries.py again, from pycountry and Babel.

Run it by hand after a new edition of ISO 3166-1 or of the CLDR, in an environment with the extra `test`:

    python docs/countries.py

Codes are those of pycountry, and names those of the CLDR, as Babel has them. The tables below have the
regions, the names that differ from the CLDR's, and further aliases.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

import pycountry
from babel import Locale

from ruralsyn.dataset.naming import fold

MODULE = Path(__file__).parents[1] / "src/ruralsyn/dataset/countries.py"
START, END = '_TABLE = """\\\n', '"""'

# United Nations, "Standard country or area codes for statistical use (M49)", areas 002 and 419:
# https://unstats.un.org/unsd/methodology/m49/. Each line is one of their parts.
AREAS = {
    "africa": (  # 002 Africa
        "DZ EG EH LY MA SD TN "  # 015 Northern Africa
        "BI DJ ER ET IO KE KM MG MU MW MZ RE RW SC SO SS TF TZ UG YT ZM ZW "  # 014 Eastern Africa
        "AO CD CF CG CM GA GQ ST TD "  # 017 Middle Africa
        "BW LS NA SZ ZA "  # 018 Southern Africa
        "BF BJ CI CV GH GM GN GW LR ML MR NE NG SH SL SN TG"  # 011 Western Africa
    ),
    "latin-america": (  # 419 Latin America and the Caribbean
        "AG AI AW BB BL BQ BS CU CW DM DO GD GP HT "  # 029 Caribbean, in two lines
        "JM KN KY LC MF MQ MS PR SX TC TT VC VG VI "
        "BZ CR GT HN MX NI PA SV "  # 013 Central America
        "AR BO BR BV CL CO EC FK GF GS GY PE PY SR UY VE"  # 005 South America
    ),
}
REGIONS = {code: region for region, codes in AREAS.items() for code in codes.split()}

# The names that a text of the United Nations would print, in English, Spanish and French, where the CLDR's
# suits a list better than a sentence: "Congo - Kinshasa", "U.S. Virgin Islands". The CLDR has short forms of
# some, but Babel leaves them out. `spelt_out` sees to "&" and "St.".
OVERRIDES = {
    "CD": (
        "Democratic Republic of the Congo",
        "República Democrática del Congo",
        "République démocratique du Congo",
    ),
    "CG": ("Congo", "Congo", "Congo"),
    "GS": (
        "South Georgia and the South Sandwich Islands",
        "Islas Georgia del Sur y Sandwich del Sur",
        "Géorgie du Sud-et-les Îles Sandwich du Sud",
    ),
    "HK": ("Hong Kong", "Hong Kong", "Hong Kong"),
    "MM": ("Myanmar", "Myanmar", "Myanmar"),
    "MO": ("Macao", "Macao", "Macao"),
    # Only the CLDR's English name has Ascension and Tristan da Cunha, and its comma would split a list.
    "SH": ("Saint Helena", "Santa Elena", "Sainte-Hélène"),
    "UM": (
        "United States Minor Outlying Islands",
        "Islas menores alejadas de los Estados Unidos",
        "Îles mineures éloignées des États-Unis",
    ),
    "VC": (
        "Saint Vincent and the Grenadines",
        "San Vicente y las Granadinas",
        "Saint-Vincent-et-les Grenadines",
    ),
    "VI": (
        "United States Virgin Islands",
        "Islas Vírgenes de los Estados Unidos",
        "Îles Vierges des États-Unis",
    ),
}

# Names that Babel lacks and people type: former names, usual short names, and those of the United Nations.
ALIASES = {
    "BA": ("Bosnia", "Bosnie"),
    "CD": ("DR Congo", "DRC", "RDC"),
    "CG": ("Republic of the Congo", "República del Congo", "République du Congo"),
    "CI": ("Ivory Coast", "Costa de Marfil"),
    "CV": ("Cabo Verde",),
    "CZ": ("Czech Republic", "República Checa", "République tchèque"),
    "GB": ("UK", "Great Britain", "Gran Bretaña", "Grande-Bretagne"),
    "MM": ("Burma", "Birmania", "Birmanie"),
    "PS": ("Palestine", "State of Palestine", "Palestina", "Estado de Palestina", "État de Palestine"),
    "SZ": ("Swaziland", "Suazilandia"),
    "TL": ("East Timor", "Timor Oriental"),
    "TR": ("Turkey",),
    "TZ": ("United Republic of Tanzania", "República Unida de Tanzanía", "République-Unie de Tanzanie"),
    "US": ("United States of America", "Estados Unidos de América", "États-Unis d’Amérique"),
    "VN": ("Viet Nam",),
}

LOCALES = [Locale(language) for language in ("en", "es", "fr")]


def cldr_names(iso2: str) -> tuple[str, str, str]:
    """The CLDR's names of a country in English, Spanish and French, in NFC and with plain spaces."""
    english, spanish, french = (clean(locale.territories[iso2]) for locale in LOCALES)
    return english, spanish, french


def clean(name: str) -> str:
    """The name in NFC and without blanks at its ends. Those inside, as in "EE. UU.", become spaces."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def spelt_out(name: str) -> str:
    """The English name with its "&" and "St." as words: "St. Kitts & Nevis" is "Saint Kitts and Nevis"."""
    return name.replace(" & ", " and ").replace("St. ", "Saint ")


def new_names(others: Iterable[str], names: Iterable[str]) -> Iterator[str]:
    """Those of the others that find what the names do not find: spellings count as one if they fold alike."""
    seen = {fold(name) for name in names}
    for name in others:
        if fold(name) not in seen:
            seen.add(fold(name))
            yield name


def lines() -> Iterator[str]:
    """The lines of the table: codes, region, names and aliases of one country each."""
    for country in sorted(pycountry.countries, key=lambda country: country.alpha_2):
        iso2 = country.alpha_2
        english, spanish, french = cldr_names(iso2)
        names = OVERRIDES.get(iso2, (spelt_out(english), spanish, french))
        others = (english, spanish, french, *ALIASES.get(iso2, ()))
        yield "|".join((iso2, country.alpha_3, REGIONS.get(iso2, ""), *names, *new_names(others, names)))


def rewritten(source: str) -> str:
    """The source of the module with the table made again. Raises ValueError if it has no table."""
    start = source.index(START) + len(START)
    return source[:start] + "".join(f"{line}\n" for line in lines()) + source[source.index(END, start) :]


if __name__ == "__main__":
    MODULE.write_text(rewritten(MODULE.read_text(encoding="utf-8")), encoding="utf-8")
