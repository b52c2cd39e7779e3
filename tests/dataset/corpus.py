"""Files that hold the schema and the loader to one verdict: good ones, and ones with one fault."""

from __future__ import annotations

OWN = """\
[briefs.hsnp-2016]
title   = "Evaluation of the Kenya Hunger Safety Net Programme"
code    = "HSNP16"
authors = ["Merttens, Fred", "Hurrell, Alex"]
year    = 2016
pages   = 90

[briefs.hsnp-2016.sections.results]
title      = "Results"
paragraphs = 9
no_claim   = { 9 = "A page number." }

[countries.kenya]
iso2 = "KE"

[programmes.hsnp]
name       = "Hunger Safety Net Programme"
country    = "kenya"
type       = "productive"
type_basis = "stated"
source     = ["hsnp-2016/p. 3"]

[cases.kenya-hsnp]
country = "kenya"
title   = "Cash in Turkana"
source  = ["hsnp-2016/p. 3", "hsnp-2016/results/1"]

[cases.kenya-hsnp.effects.savings]
direction = "increase"
sign      = "printed"
sample    = 1224
simulated = false
source    = ["hsnp-2016/p. 14"]

[cases.kenya-hsnp.findings.no-money]
role   = "obstacle"
theme  = "budget"
levels = ["national", "local"]
text   = "The counties had no budget."
source = ["hsnp-2016/results/2"]

[lessons.pay-early]
theme   = "budget"
regions = ["africa"]
text    = "Pay early."
source  = ["hsnp-2016/results/3"]
"""

PARAGRAPHS = 'paragraphs = 9\nno_claim   = { 9 = "A page number." }'
LIST = '[codelists.own]\nname = "Own"\npublisher = "Own"\ndated = "2026-01"\nabout = "Aims."\n'
SOURCE = '[briefs.paper]\ntitle = "A paper"\n'
CASE = SOURCE + '[cases.pilot]\ncountry = "peru"\ntitle = "A pilot"\nsource = ["paper"]\n'
EFFECT = CASE + '[cases.pilot.effects.savings]\ndirection = "increase"\nsource = ["paper/p. 2"]\n'

GOOD = {
    "everything": OWN,
    "codelist": LIST,
    "purpose with its reason": OWN.replace(
        'type_basis = "stated"', 'type_basis = "stated"\npurpose = "livestock"\npurpose_why = "Cows."'
    ),
    "nothing": "",
    "only a comment": "# Later.\n",
    "a source with its title alone": SOURCE,
    "a case without effects": CASE,
    "an effect that is added to a case of another file": SOURCE
    + '[cases.colombia-fest.effects.more-savings]\noutcome = "savings"\ndirection = "none"\n'
    'source = ["paper/p. 3"]\n',
    "a finding that is added to a case of another file": SOURCE
    + '[cases.colombia-fest.findings.late]\nrole = "obstacle"\ntext = "It was late."\nsource = ["paper"]\n',
    "a section that is added to a source of another file": (
        '[briefs.general-results.sections.annex]\ntitle = "Annex"\nparagraphs = 1\n'
    ),
    "a contact that is added to a source of another file": (
        '[briefs.general-results.contacts.ana]\nname = "Ana"\norganisation = "fao"\nabout = "All."\n'
        'source = ["general-results/p. 1"]\n'
    ),
    "several effects on one outcome": EFFECT
    + '[cases.pilot.effects.women-savings]\noutcome = "savings"\ndirection = "none"\nsource = ["paper"]\n',
    "a risk of bias with its tool": EFFECT
    + 'risk_of_bias = "some"\nbias_tool = "RoB 2"\ndesign = "quasi-experimental"\n',
    "a sign that is explained": EFFECT + 'sign = "inferred"\nnote = "Only a rise makes sense."\n',
    "places of all kinds": CASE.replace('["paper"]', '["paper", "paper/pp. 14-16", "paper/table A1"]'),
    "accents, quotes and blanks inside": CASE.replace("A pilot", "L’École «d’été» : Ñandú\u00a0— 100 %"),
    "a country by its id": "[countries.kenya]\n",
    "a country with a region of its own": (
        '[regions.asia]\nname = "Asia"\n[countries.nepal]\niso3 = "NPL"\nregion = "asia"\n'
    ),
    "an outcome and its domain": (
        '[domains.health]\nname = "Health"\naliases = ["sanidad"]\n'
        '[outcomes.stunting]\nname = "Stunting"\ndomain = "health"\ndesired = "decrease"\n'
    ),
    "synonyms with words that are no ids": '[synonyms]\n"Cash transfers" = ["bono", "cash"]\n',
    "a dataset that says what it is": '[dataset]\ntitle = "Mine"\nversion = "1"\n' + CASE,
    "inline tables": 'regions = { asia = { name = "Asia" } }\n',
    "a recommendation and a discrepancy": SOURCE
    + '[recommendations.pay]\nregions = ["africa"]\nbasis = "implied"\ntext = "Pay."\nsource = ["paper"]\n'
    '[discrepancies.two-sums]\ntitle = "Two sums"\ntext = "They differ."\nhandling = "The first is kept."\n'
    'source = ["paper"]\n',
}
"""Files that load beside the bundled dataset, by what they show."""


def _own(old: str, new: str) -> str:
    """OWN with one place changed."""
    assert OWN.count(old) == 1, old
    return OWN.replace(old, new)


BROKEN = {
    # Unknown keys, at each level.
    "unknown table": OWN + '[case.other]\ntitle = "Other"\n',
    "unknown key at the top": "colour = 3\n" + OWN,
    "unknown field of a dataset": '[dataset]\ntitle = "Mine"\nauthor = "Me"\n',
    "unknown field of a source": _own("pages   = 90", "page    = 90"),
    "unknown field of a section": _own("paragraphs = 9", "paragraphs = 9\npages = 3"),
    "unknown field of a country": _own('iso2 = "KE"', 'iso2 = "KE"\ncapital = "Nairobi"'),
    "unknown field of a case": _own('title   = "Cash', 'subtitle = "Kenya"\ntitle = "Cash'),
    "unknown field of an effect": _own("sample    = 1224", "samples   = 1224"),
    "unknown field of a finding": _own('theme  = "budget"', 'topic  = "budget"'),
    "unknown field beside the effects of a case": (
        "[cases.colombia-fest]\neffect = 3\n[cases.colombia-fest.effects]\n"
    ),
    "a benefit, which is worked out": _own("simulated = false", 'benefit = "favourable"'),
    "the id as a field": _own('iso2 = "KE"', 'iso2 = "KE"\nid = "kenya"'),
    # Wrong types.
    "number for a text": _own('"Cash in Turkana"', "3"),
    "text for a number": _own("= 1224", '= "1224"'),
    "fraction for a whole number": _own("= 1224", "= 1224.5"),
    "switch for a number": _own("= 1224", "= true"),
    "text for a switch": _own("simulated = false", 'simulated = "no"'),
    "number for a switch": _own("simulated = false", "simulated = 0"),
    "text for a list": _own('["hsnp-2016/p. 14"]', '"hsnp-2016/p. 14"'),
    "table for a list": _own('levels = ["national", "local"]', "levels = { national = true }"),
    "number in a list of texts": _own('"Hurrell, Alex"', "3"),
    "list in a list": _own('"Hurrell, Alex"', '["Hurrell, Alex"]'),
    "text for a record": '[countries]\nkenya = "KE"\n',
    "text for a table": 'cases = "none"\n',
    "text for the effects": CASE + 'effects = "none"\n',
    "date for a number": _own("= 2016", "= 2016-05-01"),
    "date for a text": _own('"Cash in Turkana"', "2016-05-01"),
    "number as a reason": _own('"A page number."', "9"),
    "text for synonyms": '[synonyms]\ncash = "bono"\n',
    # Arrays of tables.
    "array of cases": '[[cases]]\ntitle = "Cash"\n',
    "array of effects": CASE + '[[cases.pilot.effects]]\noutcome = "savings"\n',
    "array with one case": '[[cases.pilot]]\ncountry = "peru"\n',
    # Values that are not allowed.
    "unknown direction": _own('"increase"', '"up"'),
    "direction in capitals": _own('"increase"', '"Increase"'),
    "number for a direction": _own('"increase"', "1"),
    "unknown sign": _own('sign      = "printed"', 'sign      = "guessed"'),
    "unknown basis": _own('type_basis = "stated"', 'type_basis = "said"'),
    "unknown risk of bias": EFFECT + 'risk_of_bias = "moderate"\nbias_tool = "RoB 2"\n',
    "unknown design": EFFECT + 'design = "rct"\n',
    "unknown desired direction": ('[outcomes.height]\nname = "Height"\ndomain = "income"\ndesired = "up"\n'),
    # Ids.
    "id with a capital": OWN.replace("cases.kenya-hsnp", "cases.Kenya-hsnp"),
    "id with an underscore": OWN.replace("cases.kenya-hsnp", "cases.kenya_hsnp"),
    "id that begins with a digit": SOURCE.replace("s.paper", "s.2016-paper"),
    "id with two hyphens": SOURCE.replace("s.paper", "s.a--paper"),
    "id with a blank": SOURCE.replace("s.paper", 's."a paper"'),
    "id with a line break": SOURCE.replace("s.paper", r's."paper\n"'),
    "empty id": SOURCE.replace("s.paper", 's.""'),
    "id of an effect": _own("effects.savings]", 'effects.Savings]\noutcome = "savings"'),
    "id of a section": SOURCE + '[briefs.paper.sections.Results]\ntitle = "Results"\nparagraphs = 2\n',
    "reference that can be no id": _own('country = "kenya"\ntitle', 'country = "Kenya"\ntitle'),
    # Texts.
    "empty text": _own('"Cash in Turkana"', '""'),
    "blank text": _own('"Cash in Turkana"', '"  "'),
    "blank at the end": _own('"Cash in Turkana"', '"Cash in Turkana "'),
    "blank at the beginning": _own('"Cash in Turkana"', '" Cash in Turkana"'),
    "no-break space at the end": _own('"Cash in Turkana"', '"Cash in Turkana\u00a0"'),
    "line break in a text": _own('"Cash in Turkana"', r'"Cash\nin Turkana"'),
    "line break at the end": _own('"Cash in Turkana"', r'"Cash in Turkana\n"'),
    "control character": _own('"Cash in Turkana"', r'"Cash\u001bin Turkana"'),
    "character that turns the reading order": _own('"Cash in Turkana"', '"Cash\u202ein Turkana"'),
    "byte order mark in a text": _own('"Cash in Turkana"', '"Cash\ufeff in Turkana"'),
    "tag character": _own('"Cash in Turkana"', r'"Cash\U000E0041 in Turkana"'),
    "empty text in a list": _own('"Hurrell, Alex"', '""'),
    "blank at the end in a list": _own('"Hurrell, Alex"', '"Hurrell, Alex "'),
    "empty reason": _own('"A page number."', '""'),
    "DOI with its address": _own("pages   = 90", 'pages   = 90\ndoi = "https://doi.org/10.1/x"'),
    "code with a hyphen": _own('"HSNP16"', '"HSNP-16"'),
    # Missing fields.
    "source without a title": "[briefs.paper]\nyear = 2016\n",
    "section without paragraphs": _own(PARAGRAPHS, ""),
    "case without a title": _own('title   = "Cash in Turkana"\n', ""),
    "case without a country": _own('country = "kenya"\ntitle', "title"),
    "effect without a direction": _own('direction = "increase"\n', ""),
    "effect without a source": _own('source    = ["hsnp-2016/p. 14"]\n', ""),
    "finding without a text": _own('text   = "The counties had no budget."\n', ""),
    "lesson without a theme": _own('theme   = "budget"\n', ""),
    "dataset without a title": '[dataset]\nversion = "1"\n',
    "empty effect": CASE + "[cases.pilot.effects.savings]\n",
    "empty case": "[cases.pilot]\n",
    "type without its basis": _own('type_basis = "stated"\n', ""),
    "basis without its type": _own('type       = "productive"\n', ""),
    "purpose without its reason": _own(
        'type_basis = "stated"', 'type_basis = "stated"\npurpose = "livestock"'
    ),
    "reason without its purpose": _own(
        'type_basis = "stated"', 'type_basis = "stated"\npurpose_why = "Cows."'
    ),
    "date of a codelist in words": LIST.replace("2026-01", "January 2026"),
    "date of a codelist in an impossible month": LIST.replace("2026-01", "2026-13"),
    "codelist without a date": LIST.replace('dated = "2026-01"\n', ""),
    "risk of bias without its tool": EFFECT + 'risk_of_bias = "low"\n',
    "sign that nobody explains, with a risk of bias": EFFECT
    + 'sign = "inferred"\nrisk_of_bias = "low"\nbias_tool = "RoB 2"\n',
    "basis of levels without levels": _own('levels = ["national", "local"]', 'level_basis = "implied"'),
    "sign that nobody explains": _own('sign      = "printed"', 'sign      = "inferred"'),
    "empty list of sources": _own('["hsnp-2016/p. 14"]', "[]"),
    "empty list of regions": _own('["africa"]', "[]"),
    # Repeated items.
    "author twice": _own('"Hurrell, Alex"', '"Merttens, Fred"'),
    "level twice": _own('["national", "local"]', '["local", "local"]'),
    "place twice": _own('["hsnp-2016/p. 14"]', '["hsnp-2016/p. 14", "hsnp-2016/p. 14"]'),
    # Places.
    "place without a paragraph": _own('"hsnp-2016/p. 14"', '"hsnp-2016/results"'),
    "place with too many parts": _own('"hsnp-2016/p. 14"', '"hsnp-2016/results/2/1"'),
    "place with a word as paragraph": _own('"hsnp-2016/p. 14"', '"hsnp-2016/results/two"'),
    "place with a page without a blank": _own('"hsnp-2016/p. 14"', '"hsnp-2016/p.14"'),
    "place with a negative paragraph": _own('"hsnp-2016/p. 14"', '"hsnp-2016/results/-2"'),
    "place with a number that is too long": _own('"hsnp-2016/p. 14"', '"hsnp-2016/results/123456789"'),
    "place with a line break": _own('"hsnp-2016/p. 14"', r'"hsnp-2016/p. 14\n"'),
    "place that is empty": _own('"hsnp-2016/p. 14"', '""'),
    "place that is a title": _own('"hsnp-2016/p. 14"', '"HSNP 2016"'),
    # Numbers.
    "negative number": _own("= 1224", "= -1"),
    "number that is too large": _own("= 1224", "= 1_000_000_000_001"),
    "section of no paragraphs": _own(PARAGRAPHS, "paragraphs = 0"),
    "paragraph that is a word": _own("{ 9 =", "{ nine ="),
    "code of a country in small letters": _own('"KE"', '"ke"'),
    "code of a country with three letters": _own('"KE"', '"KEN"'),
}
"""Files with one fault that can be seen in the file alone, by the fault."""
