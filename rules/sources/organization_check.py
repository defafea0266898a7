"""Check ../organization/*.csv: header, sorted unique keys, closed lists, country codes, no string of two organizations.

    python3 organization_check.py

Prints what is wrong and ends with 1, or prints the row counts.
"""

import csv
import io
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent.parent / "organization"
TYPES = {row["type"] for row in csv.DictReader((HERE / "types.csv").open(encoding="utf-8"))}
COUNTRIES = set(
    """AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH
    CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP
    GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR
    LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF
    PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ
    TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW""".split()
)
CLOSED = {
    "type": TYPES,
    "case": {"exact", "fold"},
    "class": set(
        "head-start head-start-weak head-end head-end-weak head-public head-both "
        "stop-name stop-head stop-place stop-title".split()
    ),
    "cue": {"apposition", "apposition-body", "says", "member-cue", "employer-cue"},
    "use": {"verb", "thing", "epithet", "national"},
    "where": {"anywhere", "medicine", "software"},
}
NAMED = ["organizations.csv", "teams.csv", "companies.csv", "groups.csv", "universities.csv"]     # in order of precedence


def main():
    wrong, owner = [], {}
    files = sorted(HERE.glob("*.csv"), key=lambda p: (NAMED.index(p.name) if p.name in NAMED else 9, p.name))
    for path in files:
        text = path.read_bytes().decode("utf-8")
        if "\r" in text or not text.endswith("\n"):
            wrong.append(f"{path.name}: line ends")
        rows = list(csv.DictReader(io.StringIO(text)))
        header = list(rows[0])
        keys = [(row[header[0]], row.get("use") or row.get("where")) for row in rows]     # a word may have several uses
        if keys != sorted(keys) or len(keys) != len(set(keys)):
            wrong.append(f"{path.name}: keys not sorted or not unique")
        for row in rows:
            if None in row or None in row.values() or not row[header[0]]:
                wrong.append(f"{path.name}: {row[header[0]]}: columns")
                continue
            for column, allowed in CLOSED.items():
                if column in row and row[column] not in allowed:
                    wrong.append(f"{path.name}: {row[header[0]]}: {column} {row[column]!r}")
            if row.get("country") and row["country"] not in COUNTRIES:
                wrong.append(f"{path.name}: {row[header[0]]}: country {row['country']}")
            for column in header:
                if row[column] != row[column].strip() or re.search(r"\|\||^\||\|$|\n|  ", row[column]):
                    wrong.append(f"{path.name}: {row[header[0]]}: spaces or empty values in {column}")
            if path.name in NAMED:
                strings = {s for c in ("name", "aliases", "exact", "gated") for s in row.get(c, "").split("|") if s}
                for string in strings:
                    key = (path.name, row["name"])
                    if owner.setdefault(string, key) != key:
                        wrong.append(f"{path.name}: {string!r} of {row['name']} is also of {owner[string][1]} ({owner[string][0]})")
        print(f"{path.name}: {len(rows)} rows: {', '.join(header)}")
    print("\n".join(wrong[:60]))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
