"""Helpers shared by the place_*.py scripts: CSV writing, folding of names, the common-word gate.

No data of its own. CSV conventions: UTF-8, header row, "\\n", RFC 4180, rows sorted by key, `|` between
several values of one cell.
"""
import csv
import pathlib
import re
import unicodedata

RULES = pathlib.Path(__file__).resolve().parent.parent

_SPECIAL = str.maketrans({
    "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th",
    "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ß": "ss", "ı": "i", "ə": "a", "Ə": "A", "ħ": "h", "Ħ": "H",
    "ĸ": "k", "ŋ": "ng", "Ŋ": "Ng",
})
APOSTROPHES = "'’‘ʼʻ`´ʽʾʿ′ʹʺ”“\""


def fold(text):
    """Latin text without diacritics (the form most English texts use)."""
    text = unicodedata.normalize("NFKD", text.translate(_SPECIAL))
    return unicodedata.normalize("NFC", "".join(c for c in text if not unicodedata.combining(c)))


def bare(text):
    """fold() without apostrophes either."""
    return "".join(c for c in fold(text) if c not in APOSTROPHES)


def straight(text):
    """Typographic apostrophes as the ASCII one."""
    return "".join("'" if c in APOSTROPHES and c not in "\"“”" else c for c in text)


def is_latin(text):
    """Every letter is Latin, nothing odd in between."""
    for c in text:
        if c.isalpha():
            if "LATIN" not in unicodedata.name(c, "") and c not in APOSTROPHES:
                return False
        elif c not in " -.,&/()" + APOSTROPHES and not c.isdigit():
            return False
    return True


def key(text):
    """What two spellings of one name share."""
    return re.sub(r"[\s\-.,]+", " ", bare(text).lower()).strip()


def saint_variants(name):
    """Saint X: St. X, St X; Fort X: Ft. X; Mount X: Mt. X; and the other way round (and & for and)."""
    out = []
    if name.startswith("Saint "):
        out += ["St. " + name[6:], "St " + name[6:]]
    for long, short in (("Saint ", "St. "), ("Sainte ", "Ste. "), ("Fort ", "Ft. "), ("Mount ", "Mt. ")):
        for one, other in ((long, short), (short, long)):
            if name.startswith(one) and other + name[len(one):] not in out:
                out.append(other + name[len(one):])
    if " and " in name:
        out += [n.replace(" and ", " & ") for n in [name] + out]
    return out


def expand(name, aliases, most=None):
    """The aliases of a name with their diacritic-free and apostrophe-free forms, name and doubles left out."""
    seen, out = {name}, []
    for alias in [name] + list(aliases):
        for form in [alias] + saint_variants(alias):
            for shape in (form, straight(form), fold(straight(form)), bare(form)):
                shape = re.sub(r"\s+", " ", shape).strip()
                if shape and shape not in seen:
                    seen.add(shape)
                    out.append(shape)
    return out[:most] if most else out


ARABIC = set("SY IQ YE LY EG SA AE OM JO LB PS KW BH QA SD TN DZ MA MR".split())


def without_article(name, country):
    """An Arabic name without its article, as news writes it (Al Qamishli: Qamishli); empty where it has none."""
    found = re.match(r"(?i)(?:al|ad|an|ar|as|ash|at|az)[ -](?=\w{5})", name) if country in ARABIC else None
    return name[found.end():] if found else ""


def join(values):
    for v in values:
        if "|" in v:
            raise ValueError(f"a value holds the separator: {v!r}")
    return "|".join(values)


def number(value, digits=4):
    """A coordinate as plain decimal, no trailing zeros."""
    if value is None or value == "":
        return ""
    text = f"{float(value):.{digits}f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def write(path, columns, rows, sort_by):
    """Write rows (dicts) sorted by the columns of sort_by; refuse doubles of that key."""
    rows = sorted(rows, key=lambda r: tuple(r[c] for c in sort_by))
    keys = [tuple(r[c] for c in sort_by) for r in rows]
    double = {a for a, b in zip(keys, keys[1:]) if a == b}
    if double:
        raise SystemExit(f"{path}: key not unique: {sorted(double)[:10]}")
    path = RULES / path
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="") as f:
        out = csv.writer(f, lineterminator="\n")
        out.writerow(columns)
        for r in rows:
            out.writerow([r.get(c, "") for c in columns])
    print(f"{path.relative_to(RULES)}: {len(rows)} rows, {path.stat().st_size} bytes")


def read(path):
    with open(RULES / path, encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def common_words(folder):
    """Lower-case words of wamerican-large (SCOWL)."""
    path = pathlib.Path(folder) / "wamerican/usr/share/dict/american-english-large"
    words = set()
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and line == line.lower() and not line.endswith("'s"):
            words.add(line)
    return words
