"""Make ../organization/legal_forms.csv from PyPI rigour 2.6.1 (MIT), `rust/data/names/org_types.json` in the source archive.

    pip download --no-deps --no-binary rigour rigour==2.6.1
    python3 organization_legal_forms.py FOLDER

`term` as written in English text (Latin letters only; misspelt aliases and other scripts are left out), `generic` the source's
canonical class (LLC, JSC, ...), `case`: exact for short forms and for those that are an English or foreign word in lower case,
else fold. What English text needs and the source spells otherwise is in EXTRA.
"""

import json
import re
import sys
import unicodedata

from doubles import listed_without_doubles
from organization_common import member, write

EXTRA = {
    "Inc": "LLC", "Inc.": "LLC", "Incorporated": "LLC", "Corp": "LLC", "Corp.": "LLC", "Corporation": "LLC", "Co.": "LLC", "Co. Ltd.": "LLC",
    "Co., Ltd.": "LLC", "Co., Ltd": "LLC", "Co. Ltd": "LLC", "Company Limited": "LLC", "Ltd": "LLC", "Ltd.": "LLC", "Limited": "LLC",
    "LLC": "LLC", "L.L.C.": "LLC", "LLP": "LLP", "L.L.P.": "LLP", "LP": "LP", "L.P.": "LP", "PLC": "JSC", "plc": "JSC", "Plc": "JSC",
    "P.L.C.": "JSC", "Pty Ltd": "LLC", "Pty. Ltd.": "LLC", "Pty Limited": "LLC", "Pte Ltd": "LLC", "Pte. Ltd.": "LLC", "Pvt Ltd": "LLC",
    "Pvt. Ltd.": "LLC", "Private Limited": "LLC", "Sdn Bhd": "LLC", "Sdn. Bhd.": "LLC", "Bhd": "JSC", "Berhad": "JSC", "GmbH": "LLC",
    "GmbH & Co. KG": "LP", "AG": "JSC", "KGaA": "JSC", "SE": "JSC", "e.V.": "NGO", "S.A.": "JSC", "SA": "JSC", "SAS": "LLC",
    "S.A.S.": "LLC", "SARL": "LLC", "S.A.R.L.": "LLC", "S.à r.l.": "LLC", "SpA": "JSC", "S.p.A.": "JSC", "Srl": "LLC", "S.r.l.": "LLC",
    "SRL": "LLC", "S.A. de C.V.": "JSC", "S. de R.L.": "LLC", "S.L.": "LLC", "Ltda": "LLC", "Ltda.": "LLC", "N.V.": "JSC", "NV": "JSC", "B.V.": "LLC",
    "BV": "LLC", "A/S": "JSC", "ApS": "LLC", "ASA": "JSC", "AB": "LLC", "Oy": "LLC", "Oyj": "JSC", "K.K.": "JSC", "KK": "JSC", "G.K.": "LLC", "JSC": "JSC",
    "OJSC": "JSC", "PJSC": "JSC", "CJSC": "JSC", "OAO": "JSC", "ZAO": "JSC", "PAO": "JSC", "OOO": "LLC", "Tbk": "JSC", "PT": "LLC",
    "A.Ş.": "JSC", "A.S.": "JSC", "a.s.": "JSC", "s.r.o.": "LLC", "d.o.o.": "LLC", "d.d.": "JSC", "Sp. z o.o.": "LLC", "Zrt.": "JSC", "Kft.": "LLC", "Nyrt.": "JSC",
    "Joint Stock Company": "JSC", "Public Company Limited": "JSC", "PCL": "JSC", "Public Limited Company": "JSC", "Holdings Ltd": "LLC",
    "FZE": "LLC", "FZCO": "LLC", "FZ-LLC": "LLC", "W.L.L.": "LLC", "P.C.": "LLC", "PLLC": "LLC", "N.A.": "JSC",
    "INC": "LLC", "INC.": "LLC", "CORP": "LLC", "CORP.": "LLC", "LTD": "LLC", "LTD.": "LLC", "CO., LTD.": "LLC", "CO., LTD": "LLC",
    "NPO": "NGO", "Limited Partnership": "LP", "Limited Liability Company": "LLC", "C.V.": "LP",
}
# Ordinary words and names in capitals too, typing errors, abbreviations that mean something else.
DROP = set(
    """Limite Limitd Limted Lmtd Lt Lt. Ltds Limitada Compañía compañía cía Cia Company company Group Holding Holdings Kommune Bank bank
    Foundation foundation Trust trust Society society Association association Partnership partnership Fund fund Stiftung
    Cooperative cooperative Union union Club club Institute Party Church Ministry University State OR Or As AS as Sa sa An an At AT Do
    PC Pc CC Cc SC Sc HB ID IP IS Is SP SO EP PL RE Re SD Se Si To TO AD ad ONG ngo NGO Ong KB EV EK EG eG et al FOP SOE org
    AO EI EU II IK JP KA LA MB ME NO OE OG OK OU OV PA PP RA RF RT SI SU TA UK US VO VI IV Ky ky Bt bt Kd Kt Nv nv rf tsv Bv bv
    Sal SAL SAM Sam Sam. SPA Spa spa SIA Sia Sas sas Sarl ASA. Ab ab Ag ag Oe Asa asa Sap Lp lp Ii Ei Ska Kda Kom Kom. ltd ltda limited limitada Org Org. POT Pot TOO Too tov AT. est Est Est. Ent ENT Et Ets Int Ste Sté Soc Soc. PT. Pt pt""".split()
)


DROP |= set(
    """NA NL CHARITY NONPROFIT NON-PROFIT CSO GP CIC LC SAD SPD SAU TOV Hf Hf. N.G.O. N.P.O. NPO A. S. AAT AGs LLCs PLCs GmbHs Incs Ltds OAJ OPG
    N.A N.A. MMC ASC PUP SGR StG Et. Ets. Kv. Kkt. Kht. Kfm. Kfr. Rt. Sti Cyf Cyf. Bt. Lt LIMITED D.O.O. GK SCE SE. GmbH. QSC AktG ILP EGE ChVK MChJ
    Ultd CpA Part.G. S.C. C. V. CIC. DMCC NT&SA""".split()
) | {"A. S.", "C. V.", "K. G.", "S. A.", "Sh K.", "Free Economic Zone LLC", "Special Economic Zone LLC", "Trade Free Zone Company", "Publi Limited Company", "Private Military Company", "n.g.o", "n.g.o.", "LL", "P.C.", "PLC Ltd."}
for term in DROP:
    EXTRA.pop(term, None)


def latin(text):
    return all(not c.isalpha() or "LATIN" in unicodedata.name(c, "") for c in text)


def main(folder):
    data = json.loads(member(folder, "rigour-*.tar.gz", "rust/data/names/org_types.json"))
    rows = dict(EXTRA)
    for entry in data:
        generic = entry.get("generic") or entry.get("compare") or entry.get("display", "").upper()
        if generic in ("SOE", "GOV", "UNION", "CHURCH"):
            continue
        for term in [entry.get("display", ""), entry.get("compare", ""), *entry.get("aliases", [])]:
            term = re.sub(r"\s+", " ", term).strip(" ,-")
            if not term or term in DROP or term in rows or not latin(term) or not term[0].isalpha():
                continue
            if not re.search(r"[A-Za-z]", term) or len(term.split()) > 4 or len(term) > 45:
                continue
            if re.match(r"(Pub|Publi|Publicly|Public L\S*t|Plc\.|J|JS|Lt|Limited Liab|Ltd Liab|Ltd Lia)\b(?! Limited Company$)", term) or "Limitied" in term:
                continue                                   # typing errors and rare cuts
            if term[0].islower() and not re.search(r"[A-Z]|^[a-z](?:\.[a-z])+\.?$|^[a-z]\.[a-z]\.[a-z]\.", term):
                continue                                   # lower-case words: cooperation, unlimited, aktiebolag
            if re.search(r"Co(?:KG|KGaA|OHG)", term) or term.startswith("BLAGO") or term.isupper() and " " in term:
                continue                                   # glued for comparison, transliterated
            letters = re.sub(r"[^A-Za-z]", "", term)
            if len(letters) < 2 or re.search(r"(.)\1\1", letters) or re.search(r"Lim(?!ited\b|itada\b|itée\b|ited)\w*ted|Comp(?!any)\w*ny|Pub(?!lic)\w*c\b|Pubic|Compnay|Lmtd|Limt|Limitd|Limte|Corporat(?!ion|e|iv)", term):
                continue
            if len(letters) <= 3 and term.islower() and "." not in term:
                continue                                   # oy, as, sa: only upper case or with points
            if len(term.split()) == 1 and term[0].isupper() and term[1:].islower() and len(term) > 4:
                continue                                   # single foreign or English nouns: Kommune, Limite
            if len(term.split()) > 1 and term.islower():
                continue
            if re.fullmatch(r"[A-Z](?: [A-Z])+", term):
                continue                                   # spelled with spaces
            if " " in term and not re.search(r"[.&/]", term) and not re.search(r"Ltd|Ltda|LLC|Limited|Company|PLC|GmbH|KG|Bhd|Pty|Pte|Pvt|Corp|AG", term) :
                continue                                   # long foreign names of the form
            rows[term] = generic
    out = []
    for term, generic in rows.items():
        letters = re.sub(r"[^A-Za-z]", "", term)
        exact = len(letters) <= 5 or term in EXTRA and len(term.split()) == 1 or term.isupper()
        out.append((term, generic, "exact" if exact else "fold"))
    header = ["term", "generic", "case"]
    write("legal_forms.csv", header, listed_without_doubles(header, sorted(out), remarks=["generic"]))


if __name__ == "__main__":
    main(sys.argv[1])
