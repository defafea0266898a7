"""Check every CSV of place/ and person/: it parses, keys are unique and sorted, coordinates are in range.

    python3 place_check.py            (exit code 1 where something is wrong)
    python3 place_check.py --sort     (sort the hand-made files after an edit, then check)
"""
import csv
import sys

from place_common import RULES, read, write

KEYS = {
    "place/countries.csv": ["code"], "place/historical.csv": ["name"], "place/admin1.csv": ["id"],
    "place/admin2.csv": ["id"], "place/cities.csv": ["geonames_id"], "place/towns.csv": ["geonames_id"], "place/blocklist.csv": ["name"], "place/supplement.csv": ["name", "country"], "place/features.csv": ["name"],
    "place/regions.csv": ["name"], "place/demonyms.csv": ["term"], "place/generics.csv": ["term"],
    "person/first_names.csv": ["name"], "person/surnames.csv": ["name"], "person/titles.csv": ["term"],
}
LISTS = ("aliases", "exact", "ap", "countries", "kind")


def main():
    wrong = []
    codes = {r["code"] for r in read("place/countries.csv")}
    divisions = {r["id"] for r in read("place/admin1.csv")}
    for path, key in KEYS.items():
        if "--sort" in sys.argv and "source" in (read(path)[0]):
            rows = read(path)
            write(path, list(rows[0]), rows, key)
        raw = (RULES / path).read_bytes()
        if b"\r" in raw or not raw.endswith(b"\n") or raw.startswith(b"\xef\xbb\xbf"):
            wrong.append(f"{path}: line ends or byte order mark")
        with open(RULES / path, encoding="utf-8", newline="") as f:
            header, *cells = csv.reader(f, strict=True)
        for i, c in enumerate(cells, 2):
            if len(c) != len(header):
                wrong.append(f"{path}: row {i} has {len(c)} cells, not {len(header)}")
        rows = read(path)
        keys = [tuple(int(r[k]) if r[k].isdigit() and key == ["geonames_id"] else r[k] for k in key) for r in rows]
        wrong += [f"{path}: key {a} then {b}" for a, b in zip(keys, keys[1:]) if a >= b]
        for k, r in zip(keys, rows):
            for column, limit in (("latitude", 90), ("longitude", 180)):
                if r.get(column) and not -limit <= float(r[column]) <= limit:
                    wrong.append(f"{path}: {k}: {column} {r[column]}")
            if bool(r.get("latitude")) != bool(r.get("longitude")):
                wrong.append(f"{path}: {k}: half a coordinate")
            for column, value in r.items():
                if value != value.strip() or "\n" in value or "  " in value:
                    wrong.append(f"{path}: {k}: spaces in {column}: {value!r}")
                if column in LISTS and value and ("" in value.split("|") or len(set(value.split("|"))) < len(value.split("|"))):
                    wrong.append(f"{path}: {k}: empty or double value in {column}: {value!r}")
            if r.get("weak", "") not in ("", "yes"):
                wrong.append(f"{path}: {k}: weak {r['weak']!r}")
            for code in [r.get("country", "")] + ([r["code"]] if "code" in r else []) + r.get("countries", "").split("|"):
                if code and code not in codes:
                    wrong.append(f"{path}: {k}: no country {code}")
            if path in ("place/supplement.csv", "place/admin2.csv", "place/towns.csv") and r["admin1"] and r["admin1"] not in divisions:
                wrong.append(f"{path}: {k}: no division {r['admin1']}")
        print(f"{path}: {len(rows)} rows, columns {' '.join(header)}")
    for line in wrong:
        print("WRONG", line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
