"""Rows that say what another row of their table says, left out: what `rules check` calls `row-twice`.

Terms are compared as the program looks them up: small letters, without accents, apostrophes, and hyphens or full stops inside.
"""
import re
import unicodedata

LETTERS = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ı": "i", "þ": "th", "‐": "-", "‑": "-"}
# Inside a word: that of a possessive is a word of its own.
APOSTROPHE = r"(?<=\w)['’ʼ‘`´′](?!s\b)(?=\w)"
WORD = r"\b[^\W\d_](?:\.[^\W\d_])+\b|[^\W\d_]+|\d+|[^\w\s]"


def folded(term):
    """A term as its words are looked up, with a space between."""
    parts = unicodedata.normalize("NFD", re.sub(APOSTROPHE, "", term.lower()))
    plain = "".join(LETTERS.get(letter, letter) for letter in parts if not unicodedata.combining(letter))
    words = re.findall(WORD, plain)
    return " ".join(word for at, word in enumerate(words) if not (0 < at < len(words) - 1 and word in "-."))


def without_doubles(rows, remarks=(), beside=()):
    """The rows (dicts with a `term` or `name` of one term) without those that another covers: the first of equal ones stays, and one
    that is taken in any case covers those that are taken as written. `remarks` are columns that nobody reads, `beside` rows of another table that
    is read together with this one."""
    column = next(name for name in ("term", "name") if name in rows[0])

    def read(row):
        skipped = {column, "case", *remarks}
        return (folded(row[column]), *(cell for name, cell in row.items() if name not in skipped))

    in_any_case = {read(row) for row in [*rows, *beside] if row.get("case") == "fold"}
    seen, kept = set(), []
    for row in rows:
        exact = row.get("case") == "exact"
        key = (read(row), row[column] if exact else "")
        if key not in seen and not (exact and read(row) in in_any_case):
            kept.append(row)
        seen.add(key)
    return kept


def listed_without_doubles(header, rows, remarks=(), beside=()):
    """The same of rows that are sequences of cells."""
    kept = without_doubles([dict(zip(header, row)) for row in rows], remarks, beside)
    return [list(row.values()) for row in kept]
