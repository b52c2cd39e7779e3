"""The countries of ISO 3166-1, so that a file can declare a country by its code alone.

`python docs/countries.py` writes the table below again; the functions are written by hand. The codes are
those of ISO 3166-1, as pycountry has them. The names are those of the Unicode CLDR, as Babel has them
(copyright Unicode, Inc., https://www.unicode.org/license.txt), apart from those that docs/countries.py lists.
The regions are those of the United Nations' standard M49.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from ruralsyn.dataset.naming import fold, similar


class CountryCode(NamedTuple):
    """A country or territory to which ISO 3166-1 assigns a code."""

    iso2: str
    """ISO 3166-1 alpha-2 code."""
    iso3: str
    """ISO 3166-1 alpha-3 code."""
    region: str | None
    """The id of the bundled region where the country lies, or None if it lies in neither."""
    name: str
    """The name in English."""
    spanish: str
    french: str
    aliases: tuple[str, ...] = ()
    """Other names in these languages, such as the CLDR's where another one reads better."""


def by_code(code: str) -> CountryCode | None:
    """The country with this alpha-2 or alpha-3 code in any case, or None."""
    # Not upper(), which makes the code of South Sudan from "ß".
    return _codes().get(code.lower())


def named(word: str) -> CountryCode | None:
    """The country with this name or code, without regard to case and accents, or None."""
    folded = fold(word)
    return by_code(folded) or _names().get(folded)


def suggestions(word: str) -> list[str]:
    """The English names of at most three countries with a name like the word, the nearest first."""
    # At difflib's 0.6, half the letters of a long word may differ.
    near = similar(fold(word), _names(), most=3, cutoff=0.75)
    return list(dict.fromkeys(_names()[name].name for name in near))


def id_of(country: CountryCode) -> str:
    """The id of a record for the country: `cote-d-ivoire` for Côte d’Ivoire."""
    return fold(country.name).replace(" ", "-")


@cache
def countries() -> tuple[CountryCode, ...]:
    """All countries in the order of their alpha-2 codes."""
    return tuple(_parsed(line) for line in _TABLE.splitlines())


def _parsed(line: str) -> CountryCode:
    iso2, iso3, region, name, spanish, french, *aliases = line.split("|")
    return CountryCode(iso2, iso3, region or None, name, spanish, french, tuple(aliases))


@cache
def _codes() -> dict[str, CountryCode]:
    return {code.lower(): country for country in countries() for code in (country.iso2, country.iso3)}


@cache
def _names() -> dict[str, CountryCode]:
    return {
        fold(name): country
        for country in countries()
        for name in (country.name, country.spanish, country.french, *country.aliases)
    }


# alpha-2|alpha-3|region|English|Spanish|French, and any number of aliases.
_TABLE = """\
AD|AND||Andorra|Andorra|Andorre
AE|ARE||United Arab Emirates|Emiratos Árabes Unidos|Émirats arabes unis
AF|AFG||Afghanistan|Afganistán|Afghanistan
AG|ATG|latin-america|Antigua and Barbuda|Antigua y Barbuda|Antigua-et-Barbuda|Antigua & Barbuda
AI|AIA|latin-america|Anguilla|Anguila|Anguilla
AL|ALB||Albania|Albania|Albanie
AM|ARM||Armenia|Armenia|Arménie
AO|AGO|africa|Angola|Angola|Angola
AQ|ATA||Antarctica|Antártida|Antarctique
AR|ARG|latin-america|Argentina|Argentina|Argentine
AS|ASM||American Samoa|Samoa Americana|Samoa américaines
AT|AUT||Austria|Austria|Autriche
AU|AUS||Australia|Australia|Australie
AW|ABW|latin-america|Aruba|Aruba|Aruba
AX|ALA||Åland Islands|Islas Aland|Îles Åland
AZ|AZE||Azerbaijan|Azerbaiyán|Azerbaïdjan
BA|BIH||Bosnia and Herzegovina|Bosnia y Herzegovina|Bosnie-Herzégovine|Bosnia & Herzegovina|Bosnia|Bosnie
BB|BRB|latin-america|Barbados|Barbados|Barbade
BD|BGD||Bangladesh|Bangladés|Bangladesh
BE|BEL||Belgium|Bélgica|Belgique
BF|BFA|africa|Burkina Faso|Burkina Faso|Burkina Faso
BG|BGR||Bulgaria|Bulgaria|Bulgarie
BH|BHR||Bahrain|Baréin|Bahreïn
BI|BDI|africa|Burundi|Burundi|Burundi
BJ|BEN|africa|Benin|Benín|Bénin
BL|BLM|latin-america|Saint Barthélemy|San Bartolomé|Saint-Barthélemy|St. Barthélemy
BM|BMU||Bermuda|Bermudas|Bermudes
BN|BRN||Brunei|Brunéi|Brunei
BO|BOL|latin-america|Bolivia|Bolivia|Bolivie
BQ|BES|latin-america|Caribbean Netherlands|Caribe neerlandés|Pays-Bas caribéens
BR|BRA|latin-america|Brazil|Brasil|Brésil
BS|BHS|latin-america|Bahamas|Bahamas|Bahamas
BT|BTN||Bhutan|Bután|Bhoutan
BV|BVT|latin-america|Bouvet Island|Isla Bouvet|Île Bouvet
BW|BWA|africa|Botswana|Botsuana|Botswana
BY|BLR||Belarus|Bielorrusia|Biélorussie
BZ|BLZ|latin-america|Belize|Belice|Belize
CA|CAN||Canada|Canadá|Canada
CC|CCK||Cocos (Keeling) Islands|Islas Cocos|Îles Cocos
CD|COD|africa|Democratic Republic of the Congo|República Democrática del Congo|République démocratique du Congo|Congo - Kinshasa|DR Congo|DRC|RDC
CF|CAF|africa|Central African Republic|República Centroafricana|République centrafricaine
CG|COG|africa|Congo|Congo|Congo|Congo - Brazzaville|Republic of the Congo|República del Congo|République du Congo
CH|CHE||Switzerland|Suiza|Suisse
CI|CIV|africa|Côte d’Ivoire|Côte d’Ivoire|Côte d’Ivoire|Ivory Coast|Costa de Marfil
CK|COK||Cook Islands|Islas Cook|Îles Cook
CL|CHL|latin-america|Chile|Chile|Chili
CM|CMR|africa|Cameroon|Camerún|Cameroun
CN|CHN||China|China|Chine
CO|COL|latin-america|Colombia|Colombia|Colombie
CR|CRI|latin-america|Costa Rica|Costa Rica|Costa Rica
CU|CUB|latin-america|Cuba|Cuba|Cuba
CV|CPV|africa|Cape Verde|Cabo Verde|Cap-Vert
CW|CUW|latin-america|Curaçao|Curazao|Curaçao
CX|CXR||Christmas Island|Isla de Navidad|Île Christmas
CY|CYP||Cyprus|Chipre|Chypre
CZ|CZE||Czechia|Chequia|Tchéquie|Czech Republic|República Checa|République tchèque
DE|DEU||Germany|Alemania|Allemagne
DJ|DJI|africa|Djibouti|Yibuti|Djibouti
DK|DNK||Denmark|Dinamarca|Danemark
DM|DMA|latin-america|Dominica|Dominica|Dominique
DO|DOM|latin-america|Dominican Republic|República Dominicana|République dominicaine
DZ|DZA|africa|Algeria|Argelia|Algérie
EC|ECU|latin-america|Ecuador|Ecuador|Équateur
EE|EST||Estonia|Estonia|Estonie
EG|EGY|africa|Egypt|Egipto|Égypte
EH|ESH|africa|Western Sahara|Sáhara Occidental|Sahara occidental
ER|ERI|africa|Eritrea|Eritrea|Érythrée
ES|ESP||Spain|España|Espagne
ET|ETH|africa|Ethiopia|Etiopía|Éthiopie
FI|FIN||Finland|Finlandia|Finlande
FJ|FJI||Fiji|Fiyi|Fidji
FK|FLK|latin-america|Falkland Islands|Islas Malvinas|Îles Malouines
FM|FSM||Micronesia|Micronesia|Micronésie
FO|FRO||Faroe Islands|Islas Feroe|Îles Féroé
FR|FRA||France|Francia|France
GA|GAB|africa|Gabon|Gabón|Gabon
GB|GBR||United Kingdom|Reino Unido|Royaume-Uni|UK|Great Britain|Gran Bretaña|Grande-Bretagne
GD|GRD|latin-america|Grenada|Granada|Grenade
GE|GEO||Georgia|Georgia|Géorgie
GF|GUF|latin-america|French Guiana|Guayana Francesa|Guyane française
GG|GGY||Guernsey|Guernesey|Guernesey
GH|GHA|africa|Ghana|Ghana|Ghana
GI|GIB||Gibraltar|Gibraltar|Gibraltar
GL|GRL||Greenland|Groenlandia|Groenland
GM|GMB|africa|Gambia|Gambia|Gambie
GN|GIN|africa|Guinea|Guinea|Guinée
GP|GLP|latin-america|Guadeloupe|Guadalupe|Guadeloupe
GQ|GNQ|africa|Equatorial Guinea|Guinea Ecuatorial|Guinée équatoriale
GR|GRC||Greece|Grecia|Grèce
GS|SGS|latin-america|South Georgia and the South Sandwich Islands|Islas Georgia del Sur y Sandwich del Sur|Géorgie du Sud-et-les Îles Sandwich du Sud|South Georgia & South Sandwich Islands
GT|GTM|latin-america|Guatemala|Guatemala|Guatemala
GU|GUM||Guam|Guam|Guam
GW|GNB|africa|Guinea-Bissau|Guinea-Bisáu|Guinée-Bissau
GY|GUY|latin-america|Guyana|Guyana|Guyana
HK|HKG||Hong Kong|Hong Kong|Hong Kong|Hong Kong SAR China|RAE de Hong Kong (China)|R.A.S. chinoise de Hong Kong
HM|HMD||Heard Island and McDonald Islands|Islas Heard y McDonald|Îles Heard-et-MacDonald|Heard Island & McDonald Islands
HN|HND|latin-america|Honduras|Honduras|Honduras
HR|HRV||Croatia|Croacia|Croatie
HT|HTI|latin-america|Haiti|Haití|Haïti
HU|HUN||Hungary|Hungría|Hongrie
ID|IDN||Indonesia|Indonesia|Indonésie
IE|IRL||Ireland|Irlanda|Irlande
IL|ISR||Israel|Israel|Israël
IM|IMN||Isle of Man|Isla de Man|Île de Man
IN|IND||India|India|Inde
IO|IOT|africa|British Indian Ocean Territory|Territorio Británico del Océano Índico|Territoire britannique de l’océan Indien
IQ|IRQ||Iraq|Irak|Irak
IR|IRN||Iran|Irán|Iran
IS|ISL||Iceland|Islandia|Islande
IT|ITA||Italy|Italia|Italie
JE|JEY||Jersey|Jersey|Jersey
JM|JAM|latin-america|Jamaica|Jamaica|Jamaïque
JO|JOR||Jordan|Jordania|Jordanie
JP|JPN||Japan|Japón|Japon
KE|KEN|africa|Kenya|Kenia|Kenya
KG|KGZ||Kyrgyzstan|Kirguistán|Kirghizstan
KH|KHM||Cambodia|Camboya|Cambodge
KI|KIR||Kiribati|Kiribati|Kiribati
KM|COM|africa|Comoros|Comoras|Comores
KN|KNA|latin-america|Saint Kitts and Nevis|San Cristóbal y Nieves|Saint-Christophe-et-Niévès|St. Kitts & Nevis
KP|PRK||North Korea|Corea del Norte|Corée du Nord
KR|KOR||South Korea|Corea del Sur|Corée du Sud
KW|KWT||Kuwait|Kuwait|Koweït
KY|CYM|latin-america|Cayman Islands|Islas Caimán|Îles Caïmans
KZ|KAZ||Kazakhstan|Kazajistán|Kazakhstan
LA|LAO||Laos|Laos|Laos
LB|LBN||Lebanon|Líbano|Liban
LC|LCA|latin-america|Saint Lucia|Santa Lucía|Sainte-Lucie|St. Lucia
LI|LIE||Liechtenstein|Liechtenstein|Liechtenstein
LK|LKA||Sri Lanka|Sri Lanka|Sri Lanka
LR|LBR|africa|Liberia|Liberia|Liberia
LS|LSO|africa|Lesotho|Lesoto|Lesotho
LT|LTU||Lithuania|Lituania|Lituanie
LU|LUX||Luxembourg|Luxemburgo|Luxembourg
LV|LVA||Latvia|Letonia|Lettonie
LY|LBY|africa|Libya|Libia|Libye
MA|MAR|africa|Morocco|Marruecos|Maroc
MC|MCO||Monaco|Mónaco|Monaco
MD|MDA||Moldova|Moldavia|Moldavie
ME|MNE||Montenegro|Montenegro|Monténégro
MF|MAF|latin-america|Saint Martin|San Martín|Saint-Martin|St. Martin
MG|MDG|africa|Madagascar|Madagascar|Madagascar
MH|MHL||Marshall Islands|Islas Marshall|Îles Marshall
MK|MKD||North Macedonia|Macedonia del Norte|Macédoine du Nord
ML|MLI|africa|Mali|Mali|Mali
MM|MMR||Myanmar|Myanmar|Myanmar|Myanmar (Burma)|Myanmar (Birmania)|Myanmar (Birmanie)|Burma|Birmania|Birmanie
MN|MNG||Mongolia|Mongolia|Mongolie
MO|MAC||Macao|Macao|Macao|Macao SAR China|RAE de Macao (China)|R.A.S. chinoise de Macao
MP|MNP||Northern Mariana Islands|Islas Marianas del Norte|Îles Mariannes du Nord
MQ|MTQ|latin-america|Martinique|Martinica|Martinique
MR|MRT|africa|Mauritania|Mauritania|Mauritanie
MS|MSR|latin-america|Montserrat|Montserrat|Montserrat
MT|MLT||Malta|Malta|Malte
MU|MUS|africa|Mauritius|Mauricio|Maurice
MV|MDV||Maldives|Maldivas|Maldives
MW|MWI|africa|Malawi|Malaui|Malawi
MX|MEX|latin-america|Mexico|México|Mexique
MY|MYS||Malaysia|Malasia|Malaisie
MZ|MOZ|africa|Mozambique|Mozambique|Mozambique
NA|NAM|africa|Namibia|Namibia|Namibie
NC|NCL||New Caledonia|Nueva Caledonia|Nouvelle-Calédonie
NE|NER|africa|Niger|Níger|Niger
NF|NFK||Norfolk Island|Isla Norfolk|Île Norfolk
NG|NGA|africa|Nigeria|Nigeria|Nigeria
NI|NIC|latin-america|Nicaragua|Nicaragua|Nicaragua
NL|NLD||Netherlands|Países Bajos|Pays-Bas
NO|NOR||Norway|Noruega|Norvège
NP|NPL||Nepal|Nepal|Népal
NR|NRU||Nauru|Nauru|Nauru
NU|NIU||Niue|Niue|Niue
NZ|NZL||New Zealand|Nueva Zelanda|Nouvelle-Zélande
OM|OMN||Oman|Omán|Oman
PA|PAN|latin-america|Panama|Panamá|Panama
PE|PER|latin-america|Peru|Perú|Pérou
PF|PYF||French Polynesia|Polinesia Francesa|Polynésie française
PG|PNG||Papua New Guinea|Papúa Nueva Guinea|Papouasie-Nouvelle-Guinée
PH|PHL||Philippines|Filipinas|Philippines
PK|PAK||Pakistan|Pakistán|Pakistan
PL|POL||Poland|Polonia|Pologne
PM|SPM||Saint Pierre and Miquelon|San Pedro y Miquelón|Saint-Pierre-et-Miquelon|St. Pierre & Miquelon
PN|PCN||Pitcairn Islands|Islas Pitcairn|Îles Pitcairn
PR|PRI|latin-america|Puerto Rico|Puerto Rico|Porto Rico
PS|PSE||Palestinian Territories|Territorios Palestinos|Territoires palestiniens|Palestine|State of Palestine|Palestina|Estado de Palestina|État de Palestine
PT|PRT||Portugal|Portugal|Portugal
PW|PLW||Palau|Palaos|Palaos
PY|PRY|latin-america|Paraguay|Paraguay|Paraguay
QA|QAT||Qatar|Catar|Qatar
RE|REU|africa|Réunion|Reunión|La Réunion
RO|ROU||Romania|Rumanía|Roumanie
RS|SRB||Serbia|Serbia|Serbie
RU|RUS||Russia|Rusia|Russie
RW|RWA|africa|Rwanda|Ruanda|Rwanda
SA|SAU||Saudi Arabia|Arabia Saudí|Arabie saoudite
SB|SLB||Solomon Islands|Islas Salomón|Îles Salomon
SC|SYC|africa|Seychelles|Seychelles|Seychelles
SD|SDN|africa|Sudan|Sudán|Soudan
SE|SWE||Sweden|Suecia|Suède
SG|SGP||Singapore|Singapur|Singapour
SH|SHN|africa|Saint Helena|Santa Elena|Sainte-Hélène|St. Helena, Ascension & Tristan da Cunha
SI|SVN||Slovenia|Eslovenia|Slovénie
SJ|SJM||Svalbard and Jan Mayen|Svalbard y Jan Mayen|Svalbard et Jan Mayen|Svalbard & Jan Mayen
SK|SVK||Slovakia|Eslovaquia|Slovaquie
SL|SLE|africa|Sierra Leone|Sierra Leona|Sierra Leone
SM|SMR||San Marino|San Marino|Saint-Marin
SN|SEN|africa|Senegal|Senegal|Sénégal
SO|SOM|africa|Somalia|Somalia|Somalie
SR|SUR|latin-america|Suriname|Surinam|Suriname
SS|SSD|africa|South Sudan|Sudán del Sur|Soudan du Sud
ST|STP|africa|São Tomé and Príncipe|Santo Tomé y Príncipe|Sao Tomé-et-Principe|São Tomé & Príncipe
SV|SLV|latin-america|El Salvador|El Salvador|Salvador
SX|SXM|latin-america|Sint Maarten|Sint Maarten|Saint-Martin (partie néerlandaise)
SY|SYR||Syria|Siria|Syrie
SZ|SWZ|africa|Eswatini|Esuatini|Eswatini|Swaziland|Suazilandia
TC|TCA|latin-america|Turks and Caicos Islands|Islas Turcas y Caicos|Îles Turques-et-Caïques|Turks & Caicos Islands
TD|TCD|africa|Chad|Chad|Tchad
TF|ATF|africa|French Southern and Antarctic Lands|Territorios Australes Franceses|Terres australes françaises
TG|TGO|africa|Togo|Togo|Togo
TH|THA||Thailand|Tailandia|Thaïlande
TJ|TJK||Tajikistan|Tayikistán|Tadjikistan
TK|TKL||Tokelau|Tokelau|Tokelau
TL|TLS||Timor-Leste|Timor-Leste|Timor oriental|East Timor
TM|TKM||Turkmenistan|Turkmenistán|Turkménistan
TN|TUN|africa|Tunisia|Túnez|Tunisie
TO|TON||Tonga|Tonga|Tonga
TR|TUR||Türkiye|Turquía|Turquie|Turkey
TT|TTO|latin-america|Trinidad and Tobago|Trinidad y Tobago|Trinité-et-Tobago|Trinidad & Tobago
TV|TUV||Tuvalu|Tuvalu|Tuvalu
TW|TWN||Taiwan|Taiwán|Taïwan
TZ|TZA|africa|Tanzania|Tanzania|Tanzanie|United Republic of Tanzania|República Unida de Tanzanía|République-Unie de Tanzanie
UA|UKR||Ukraine|Ucrania|Ukraine
UG|UGA|africa|Uganda|Uganda|Ouganda
UM|UMI||United States Minor Outlying Islands|Islas menores alejadas de los Estados Unidos|Îles mineures éloignées des États-Unis|U.S. Outlying Islands|Islas menores alejadas de EE. UU.
US|USA||United States|Estados Unidos|États-Unis|United States of America|Estados Unidos de América|États-Unis d’Amérique
UY|URY|latin-america|Uruguay|Uruguay|Uruguay
UZ|UZB||Uzbekistan|Uzbekistán|Ouzbékistan
VA|VAT||Vatican City|Ciudad del Vaticano|État de la Cité du Vatican
VC|VCT|latin-america|Saint Vincent and the Grenadines|San Vicente y las Granadinas|Saint-Vincent-et-les Grenadines|St. Vincent & Grenadines
VE|VEN|latin-america|Venezuela|Venezuela|Venezuela
VG|VGB|latin-america|British Virgin Islands|Islas Vírgenes Británicas|Îles Vierges britanniques
VI|VIR|latin-america|United States Virgin Islands|Islas Vírgenes de los Estados Unidos|Îles Vierges des États-Unis|U.S. Virgin Islands|Islas Vírgenes de EE. UU.
VN|VNM||Vietnam|Vietnam|Viêt Nam
VU|VUT||Vanuatu|Vanuatu|Vanuatu
WF|WLF||Wallis and Futuna|Wallis y Futuna|Wallis-et-Futuna|Wallis & Futuna
WS|WSM||Samoa|Samoa|Samoa
YE|YEM||Yemen|Yemen|Yémen
YT|MYT|africa|Mayotte|Mayotte|Mayotte
ZA|ZAF|africa|South Africa|Sudáfrica|Afrique du Sud
ZM|ZMB|africa|Zambia|Zambia|Zambie
ZW|ZWE|africa|Zimbabwe|Zimbabue|Zimbabwe
"""  # noqa: E501
