"""Make place/demonyms.csv. Hand-made in this script, no package needed:

    python3 place_demonyms.py

`DATA`: code: adjectives and inhabitants, plural made by rule. `*` = also a language, `=` = no plural.
"""
from doubles import without_doubles
from place_common import expand, write

DATA = """
AF:Afghan,Afghani;AL:Albanian*;DZ:Algerian;AD:Andorran;AO:Angolan;AG:Antiguan;AR:Argentine,Argentinian,Argentinean;AM:Armenian*
AU:Australian,Aussie;AT:Austrian;AZ:Azerbaijani*,Azeri*;BS:Bahamian;BH:Bahraini;BD:Bangladeshi;BB:Barbadian,Bajan;BY:Belarusian*,Belorussian*,Byelorussian
BE:Belgian;BZ:Belizean;BJ:Beninese=,Beninois=;BM:Bermudian,Bermudan;BT:Bhutanese=;BO:Bolivian;BA:Bosnian*,Bosniak,Herzegovinian;BW:Motswana=,Botswanan
BR:Brazilian;BN:Bruneian;BG:Bulgarian*;BF:Burkinabe=,Burkinabé=;MM:Burmese*=;BI:Burundian;KH:Cambodian;CM:Cameroonian;CA:Canadian;CV:Cape Verdean
CF:Central African;TD:Chadian;CL:Chilean;CN:Chinese*=,Mainland Chinese=;CO:Colombian;KM:Comoran,Comorian;CD:Congolese=,Zairian,Zairean;CR:Costa Rican
HR:Croatian*,Croat;CU:Cuban;CY:Cypriot,Greek Cypriot,Turkish Cypriot;CZ:Czech*;DK:Danish*=,Dane;DJ:Djiboutian;DM:Dominican;DO:Dominican Republic native
NL:Dutch*=,Dutchman,Dutchwoman;TL:East Timorese=,Timorese=;EC:Ecuadorian,Ecuadorean,Ecuadoran;EG:Egyptian;SV:Salvadoran,Salvadorean,Salvadorian;GQ:Equatorial Guinean
ER:Eritrean;EE:Estonian*;SZ:Swazi*;ET:Ethiopian;FO:Faroese*=;FJ:Fijian*;FI:Finnish*=,Finn;FR:French*=,Frenchman,Frenchwoman;PF:French Polynesian,Tahitian;GA:Gabonese=
GM:Gambian;GE:Georgian*;DE:German*,East German,West German;GH:Ghanaian;GI:Gibraltarian;GR:Greek*;GL:Greenlandic*=,Greenlander;GD:Grenadian;GU:Guamanian,Chamorro*
GT:Guatemalan;GN:Guinean;GW:Bissau-Guinean;GY:Guyanese=;HT:Haitian;HN:Honduran;HK:Hong Konger,Hongkonger;HU:Hungarian*,Magyar*;IS:Icelandic*=,Icelander;IN:Indian
ID:Indonesian*;IR:Iranian,Persian*;IQ:Iraqi;IE:Irish*=,Irishman,Irishwoman;IL:Israeli;IT:Italian*;CI:Ivorian;JM:Jamaican;JP:Japanese*=;JO:Jordanian;KZ:Kazakh*,Kazakhstani
KE:Kenyan;KI:I-Kiribati=;KP:North Korean,N. Korean,N.Korean;KR:South Korean,S. Korean,S.Korean;XK:Kosovar,Kosovan;KW:Kuwaiti;KG:Kyrgyz*=,Kirghiz*=,Kyrgyzstani
LA:Lao*=,Laotian;LV:Latvian*;LB:Lebanese=;LS:Basotho=,Mosotho=;LR:Liberian;LY:Libyan;LI:Liechtensteiner;LT:Lithuanian*;LU:Luxembourger,Luxembourgish*=
MO:Macanese=;MK:Macedonian*;MG:Malagasy*=,Madagascan;MW:Malawian;MY:Malaysian;MV:Maldivian;ML:Malian;MT:Maltese*=;MH:Marshallese*=;MR:Mauritanian;MU:Mauritian
MX:Mexican;FM:Micronesian;MD:Moldovan*,Moldavian;MC:Monegasque,Monacan;MN:Mongolian*,Mongol;ME:Montenegrin*;MA:Moroccan;MZ:Mozambican;NA:Namibian;NR:Nauruan
NP:Nepalese=,Nepali*;NZ:New Zealander,Kiwi;NI:Nicaraguan;NE:Nigerien;NG:Nigerian;NO:Norwegian*;OM:Omani;PK:Pakistani;PW:Palauan;PS:Palestinian,Gazan;PA:Panamanian
PG:Papua New Guinean,Papuan;PY:Paraguayan;PE:Peruvian;PH:Filipino*,Filipina,Philippine=;PL:Polish*=,Pole;PT:Portuguese*=;PR:Puerto Rican;QA:Qatari;RO:Romanian*,Rumanian
RU:Russian*,Soviet,Muscovite;RW:Rwandan,Rwandese=;KN:Kittitian;LC:St. Lucian,Saint Lucian;VC:Vincentian;WS:Samoan*;SM:Sammarinese=;ST:São Toméan;SA:Saudi,Saudi Arabian
SN:Senegalese=;RS:Serbian*,Serb;SC:Seychellois=;SL:Sierra Leonean;SG:Singaporean;SK:Slovak*,Slovakian;SI:Slovenian*,Slovene*;SB:Solomon Islander;SO:Somali*,Somalian
ZA:South African;SS:South Sudanese=;ES:Spanish*=,Spaniard;LK:Sri Lankan,Ceylonese=;SD:Sudanese=;SR:Surinamese=;SE:Swedish*=,Swede;CH:Swiss=;SY:Syrian
TW:Taiwanese*=;TJ:Tajik*,Tadzhik,Tajikistani;TZ:Tanzanian;TH:Thai*;TG:Togolese=;TO:Tongan*;TT:Trinidadian,Tobagonian;TN:Tunisian;TR:Turkish*=,Turk;TM:Turkmen*,Turkmenistani
TV:Tuvaluan;UG:Ugandan;UA:Ukrainian*;AE:Emirati;GB:British=,Briton,Brit,Britisher,Englishman,Englishwoman,Scottish=,Scot,Scotsman,Scotswoman,Scots=,Welsh*=,Welshman,Northern Irish=,Ulsterman
US:American,U.S. citizen,Yank,Yankee;UY:Uruguayan;UZ:Uzbek*,Uzbekistani;VU:Vanuatuan,Ni-Vanuatu=;VA:Vatican official;VE:Venezuelan;VN:Vietnamese*=,North Vietnamese=,South Vietnamese=;EH:Sahrawi
YE:Yemeni,Yemenite;ZM:Zambian;ZW:Zimbabwean,Rhodesian;AW:Aruban;CW:Curaçaoan;KY:Caymanian;MQ:Martinican,Martiniquais=;GP:Guadeloupean;RE:Réunionese=;NC:New Caledonian;MS:Montserratian
"""
# inhabitants of states, regions, cities: people; and adjectives of regions
PEOPLE = {
    "US": "Alabaman,Alabamian,Alaskan,Arizonan,Arizonian,Arkansan,Californian,Coloradan,Floridian,Floridan,Hawaiian*,Idahoan,Illinoisan,Indianan,Iowan,"
          "Kansan,Kentuckian,Louisianan,Louisianian,Marylander,Michigander,Michiganian,Minnesotan,Mississippian,Missourian,Montanan,Nebraskan,Nevadan,"
          "New Englander,New Jerseyan,New Mexican,New Yorker,North Carolinian,South Carolinian,Carolinian,North Dakotan,South Dakotan,Ohioan,Oklahoman,"
          "Oregonian,Pennsylvanian,Rhode Islander,Tennessean,Tennesseean,Texan,Utahn,Utahan,Vermonter,Virginian,West Virginian,Washingtonian,Wisconsinite,"
          "Wyomingite,Bostonian,Chicagoan,Philadelphian,San Franciscan,Angeleno,Houstonian,Dallasite,Atlantan,Miamian,Seattleite,Minneapolitan,"
          "New Orleanian,Manhattanite,Brooklynite,Midwesterner,Midwestern=,Southerner,Northerner,Appalachian,Native American,African-American,African American,"
          "Asian-American,Asian American,Korean-American,Korean American,Chinese-American,Chinese American,Japanese-American,Mexican-American,Mexican American,"
          "Cuban-American,Cuban American,Arab-American,Arab American,Irish-American,Italian-American,Polish-American,Hispanic,Latino,Latina",
    "GB": "Londoner,Liverpudlian,Mancunian,Glaswegian,Cornish*=,Cornishman,Yorkshireman,Geordie,Aberdonian",
    "IE": "Dubliner", "FR": "Parisian,Breton*,Corsican*,Alsatian,Norman,Marseillais=", "DE": "Berliner,Bavarian,Saxon,Prussian,Hamburger native,Swabian",
    "IT": "Roman,Sicilian*,Sardinian*,Venetian,Florentine,Milanese=,Neapolitan,Tuscan,Genoese=", "ES": "Catalan*,Basque*,Andalusian,Galician*,Castilian*,Madrileno",
    "AT": "Viennese=,Tyrolean", "CH": "Zuricher,Genevan", "NL": "Amsterdammer", "BE": "Fleming,Flemish*=,Walloon*", "GR": "Athenian,Cretan,Spartan,Macedonian Greek",
    "HU": "Budapester", "PL": "Varsovian,Silesian", "CZ": "Bohemian,Moravian", "RO": "Transylvanian", "RU": "Chechen*,Tatar*,Dagestani,Ingush*=,Ossetian*,Siberian,Bashkir*,Chuvash*=,Circassian,"
    "Kalmyk*,Buryat*,Yakut*,Sakhalin Korean", "UA": "Crimean,Crimean Tatar*,Kievan", "GE": "Abkhaz*=,Abkhazian,South Ossetian", "BA": "Bosnian Serb,Bosnian Croat,Bosnian Muslim,Sarajevan",
    "CN": "Tibetan*,Uyghur*,Uighur*,Cantonese*=,Shanghainese*=,Manchu*,Manchurian,Hui=,Korean-Chinese=,Chinese Korean,Sichuanese=,Pekingese=,Beijinger,Inner Mongolian,Yanbian Korean",
    "KR": "Seoulite", "KP": "Pyongyangite", "JP": "Okinawan*,Tokyoite,Osakan,Zainichi=", "IN": "Bengali*,Punjabi*,Gujarati*,Tamil*,Kashmiri*,Goan,Keralite,Bihari,Rajasthani*,Marathi*=,Telugu*=,Kannada*=,Malayali,"
    "Malayalam*=,Hindi*=,Urdu*=,Sanskrit*=,Assamese*=,Manipuri*,Delhiite,Mumbaikar,Sikkimese=", "PK": "Sindhi*,Baluch*=,Baloch*=,Baluchi*,Pashtun,Pathan,Karachiite", "AF": "Pashto*=,Dari*=,Hazara,Kabuli",
    "LK": "Sinhalese*=,Sri Lankan Tamil", "MM": "Rohingya*=,Karen National=,Kachin*=,Rakhine=", "VN": "Hmong*=,Montagnard,Saigonese=", "PH": "Tagalog*=,Visayan,Manileno,Moro",
    "ID": "Javanese*=,Balinese*=,Sumatran,Acehnese*=,Moluccan,Sundanese*=", "MY": "Malay*,Malayan", "IQ": "Baghdadi,Iraqi Kurd", "SY": "Damascene,Aleppine", "LB": "Beiruti", "EG": "Cairene,Copt,Coptic*=",
    "IL": "Jerusalemite,Hebrew*=,Galilean,Israeli Arab", "TR": "Istanbulite", "SD": "Darfuri,Nubian,Darfurian", "ET": "Oromo*,Amhara,Amharic*=,Tigrayan,Tigrinya*=", "KE": "Kikuyu*,Luo=,Nairobian,Swahili*=", "NG": "Yoruba*,Igbo*,Ibo,Hausa*,Biafran",
    "RW": "Hutu,Tutsi,Kinyarwanda*=", "ZA": "Zulu*,Xhosa*,Afrikaner,Afrikaans*=,Capetonian", "ZW": "Shona*=,Ndebele*=", "MA": "Berber*,Moor", "TZ": "Zanzibari", "SO": "Somalilander",
    "CA": "Quebecer,Quebecker,Québécois=,Quebecois=,Ontarian,Albertan,British Columbian,Manitoban,Nova Scotian,Newfoundlander,Torontonian,Montrealer,Vancouverite,French Canadian,French-Canadian,Inuit*=",
    "MX": "Yucatecan,Maya*,Mayan*,Aztec,Chicano", "BR": "Carioca,Paulista,Amazonian", "AR": "Porteño,Patagonian", "AU": "Queenslander,Tasmanian,Victorian,Sydneysider,Melburnian,Aborigine,Aboriginal,Torres Strait Islander",
    "NZ": "Maori*=,Aucklander", "CL": "Santiaguino,Mapuche*=", "CU": "Habanero native", "HT": "Haitian Creole*", "PE": "Inca,Quechua*=,Limeño", "PY": "Guarani*=",
    "": "African,Asian,European,North American,South American,Latin American,Central American,Caribbean native,West Indian,Southeast Asian,South-East Asian,East Asian,South Asian,Central Asian,"
        "Northeast Asian,West African,East African,North African,Southern African,sub-Saharan African,Sub-Saharan African,Middle Eastern=,Middle Easterner,Mideastern=,Near Eastern=,Far Eastern=,"
        "Eastern European,East European,Western European,West European,Central European,Northern European,Southern European,Southeastern European,Eurasian,Scandinavian,Nordic=,Balkan=,Baltic=,Balt,Slav,Slavic=,"
        "Slavonic=,Nordics=,Arab,Arabian,Arabic*=,Arabs=,Kurd,Kurdish*=,Korean*,Balkanite,Caucasian,Mediterranean=,Levantine,Maghrebi,Sahelian,Andean,Pacific Islander,Polynesian,Melanesian,Micronesian Islander,"
        "Anglo-American,Anglo-Irish=,Sino-American=,Sino-Soviet=,Sino-Korean=,Sino-Japanese=,Sino-North Korean=,Russo-Japanese=,Indo-Pakistani=,Franco-German=,Franco-Prussian=,Greco-Roman=,Austro-Hungarian,"
        "Afro-Caribbean,Hispanic American,Iberian,Siberian native,Roma=,Gypsy=,Romani*=,Yugoslav,Yugoslavian,Serbo-Croatian*=,Serbo-Croat*=,Czechoslovak,Czechoslovakian,Ottoman,Byzantine,Babylonian,Assyrian*,Phoenician,"
        "Mesopotamian,Carthaginian,Trojan,Celtic*=,Celt,Gaelic*=,Anglo-Saxon,Viking,Germanic=,Latin*=,English*=,Esperanto*=,Yiddish*=,Ladino*=,Mandarin*=,Creole*,Pidgin*=,Aramaic*=,Turkic*=,Soviet Korean,"
        "Antarctic=,Arctic=,Trans-Atlantic=,Transatlantic=,Pan-Asian=,Pan-African=,Pan-American=,Inter-Korean=,inter-Korean=,Pan-Arab=",
}


def plural(term):
    if term.endswith("woman"):
        return term[:-5] + "women"
    if term.endswith("man") and term.split()[-1] in ("Dutchman", "Frenchman", "Irishman", "Englishman", "Scotsman", "Welshman", "Ulsterman",
                                                     "Cornishman", "Yorkshireman"):
        return term[:-3] + "men"
    if term.endswith(("s", "x", "ch", "sh")):
        return term + "es"
    if term.endswith("y") and term[-2] not in "aeiou":
        return term[:-1] + "ies"
    return term + "s"


def main():
    rows = {}

    def add(entry, code):
        if entry.endswith((" native", " official", " citizen")):
            return
        one = entry.endswith("=")
        entry = entry.rstrip("=")
        language = entry.endswith("*")
        term = entry.rstrip("*")
        kinds = "demonym|language" if language and code != "" or term == "Korean" else "language" if language else "demonym"
        for t in [term] + expand(term, []):
            rows.setdefault(t, {"term": t, "code": code, "kind": kinds})
            if not one and not (language and code == "" and term != "Korean"):
                rows.setdefault(plural(t), {"term": plural(t), "code": code, "kind": "demonym"})

    for line in DATA.strip().splitlines():
        for part in line.split(";"):
            code, terms = part.split(":")
            for entry in terms.split(","):
                add(entry, code)
    for code, terms in PEOPLE.items():
        for entry in terms.split(","):
            add(entry, code)
    weak = {"Pole", "Poles", "Kiwi", "Kiwis", "Turk", "Turks", "Finn", "Finns", "Scot", "Scots", "Swede", "Swedes", "Norman", "Normans", "Roman", "Romans",
            "Karen National", "Moor", "Moors", "Saxon", "Maya", "Latin", "Lao", "Hui", "Creole", "Trojan", "Trojans", "Viking", "Vikings", "Spartan",
            "Spartans", "Victorian", "Polish", "Pidgin", "Fleming", "Flemings", "German", "Germans", "Moro", "Hamburger", "Copt", "Indian", "Indians"}
    for r in rows.values():
        r["weak"] = "yes" if r["term"] in weak - {"German", "Germans", "Indian", "Indians", "Turks", "Scots", "Poles"} else ""
    kept = without_doubles(sorted(rows.values(), key=lambda row: row["term"]))
    write("place/demonyms.csv", ["term", "code", "kind", "weak"], kept, ["term"])


if __name__ == "__main__":
    main()
