"""Makes money/currencies.csv and money/names.csv.

    npm pack cldr-core@48.2.0 cldr-numbers-full@48.2.0
    apt-get download ruby-money=6.16.0-1 && dpkg-deb -x ruby-money_6.16.0-1_all.deb PACKAGES/ruby-money    (optional check)
    python3 money_tables.py PACKAGES

Codes, names and plurals, countries and dates are CLDR's; minor digits ISO 4217's; nouns, adjectives, subunits, slang, symbols and the
rank (the order of the BIS triennial survey, then roughly by economy) are written here by hand.
"""
import csv
import json
import re
import sys
import tarfile
from pathlib import Path

from doubles import folded, listed_without_doubles

HERE = Path(__file__).resolve().parent.parent / "money"

RANK = """USD EUR JPY GBP CNY AUD CAD CHF HKD SGD SEK KRW NOK NZD INR MXN TWD ZAR BRL DKK PLN THB ILS IDR CZK AED TRY HUF CLP SAR
PHP MYR COP RUB RON PEN ARS VND KWD QAR EGP NGN PKR UAH KZT BDT MAD IQD IRR DZD LKR KES GHS ETB OMR BHD JOD LBP KPW MMK KHR LAK
MNT UZS AZN GEL AMD BYN RSD BGN ISK XOF XAF DOP GTQ CRC UYU BOB PYG VES HNL NIO PAB JMD TTD BSD BBD CUP HTG TND LYD SYP YER SDG
SSP TZS UGX ZMW AOA MZN ZWG BWP NAD MUR RWF CDF NPR AFN TJS KGS TMT MKD ALL BAM MDL FJD PGK BND MOP""".split()

MINOR = {0: "ADP BEF BEC BEL BIF BYB BYR CLP DJF ESP ESA ESB GNF GRD GWP ISK ITL JPY KMF KRW KRH KRO LUF LUC LUL MGF PTE PYG RWF TPE TRL UGX UYI VND VNN "
            "VUV XAF XOF XPF", 3: "BHD IQD JOD KWD LYD OMR TND", 4: "CLF UYW"}
NO_MINOR = set("XAG XAU XPD XPT XDR XBA XBB XBC XBD XFO XFU XRE XSU XTS XUA XXX".split())
CURRENT_ANYWAY = set("XDR XAG XAU XPD XPT XSU XUA CHE CHW CLF COU MXV USN UYI UYW BOV CNH VED".split())
COINS = [("BTC", "bitcoin", "bitcoins", 8, "2009-01-03"), ("DOGE", "dogecoin", "dogecoins", 8, "2013-12-06"), ("ETH", "ether", "ether", 18, "2015-07-30"),
         ("LTC", "litecoin", "litecoins", 8, "2011-10-07"), ("USDT", "tether", "tethers", 6, "2014-10-06"), ("XMR", "monero", "monero", 12, "2014-04-18"),
         ("XRP", "XRP", "XRP", 6, "2012-06-02")]

# code ; nouns singular/plural ; adjectives ; subunits singular/plural=factor. "~" marks a noun that is also an ordinary word or a unit.
TABLE = """
AED ; dirham/dirhams, dirhem/dirhems ; UAE, U.A.E., Emirati, United Arab Emirates, Dubai, Abu Dhabi ; fils/fils=0.01
AFN ; afghani/afghanis ; Afghan, Afghanistan ; pul~/puls~=0.01
ALL ; lek~/lekë, lek~/leks, lek~/leke ; Albanian ; qindarka/qindarka=0.01
AMD ; dram~/drams~ ; Armenian ; luma/luma=0.01
ANG ; guilder/guilders, gulden/gulden, florin/florins ; Netherlands Antillean, Netherlands Antilles, Antillean ; cent/cents=0.01
AOA ; kwanza/kwanzas ; Angolan ; centimo/centimos=0.01
ARS ; peso/pesos ; Argentine, Argentinian, Argentinean ; centavo/centavos=0.01
ATS ; schilling/schillings ; Austrian ; groschen/groschen=0.01
AUD ; dollar/dollars ; Australian, Aussie ; cent/cents=0.01
AWG ; florin/florins, guilder/guilders ; Aruban ; cent/cents=0.01
AZN ; manat/manats, manat/manat ; Azerbaijani, Azerbaijan, Azeri ; qapik/qapiks=0.01
BAM ; mark~/marks~, convertible mark/convertible marks, marka/maraka ; Bosnian, Bosnia-Herzegovina ; fening/fenings=0.01
BBD ; dollar/dollars ; Barbadian, Barbados, Bajan ; cent/cents=0.01
BDT ; taka/takas, taka/taka ; Bangladeshi, Bangladesh ; poisha/poisha=0.01
BEF ; franc/francs ; Belgian ; centime/centimes=0.01
BGN ; lev~/leva, lev~/levs ; Bulgarian ; stotinka/stotinki=0.01
BHD ; dinar/dinars ; Bahraini, Bahrain ; fils/fils=0.001
BIF ; franc/francs ; Burundian, Burundi ; centime/centimes=0.01
BMD ; dollar/dollars ; Bermudan, Bermudian, Bermuda ; cent/cents=0.01
BND ; dollar/dollars ; Brunei, Bruneian ; sen~/sen~=0.01
BOB ; boliviano/bolivianos ; Bolivian ; centavo/centavos=0.01
BRL ; real~/reais, real~/reals ; Brazilian, Brazil ; centavo/centavos=0.01
BSD ; dollar/dollars ; Bahamian, Bahamas, Bahamanian ; cent/cents=0.01
BTN ; ngultrum/ngultrums, ngultrum/ngultrum ; Bhutanese ; chhertum/chhertum=0.01
BWP ; pula~/pulas, pula~/pula~ ; Botswanan, Botswana ; thebe/thebe=0.01
BYN ; ruble/rubles, rouble/roubles ; Belarusian, Belarussian, Belarus ; kopeck/kopecks=0.01, kopek/kopeks=0.01
BZD ; dollar/dollars ; Belize, Belizean ; cent/cents=0.01
CAD ; dollar/dollars, loonie/loonies ; Canadian ; cent/cents=0.01
CDF ; franc/francs ; Congolese, Congo ; centime/centimes=0.01
CHF ; franc/francs ; Swiss ; rappen/rappen=0.01, centime/centimes=0.01
CLP ; peso/pesos ; Chilean, Chile ; centavo/centavos=0.01
CNY ; yuan/yuan, yuan/yuans, renminbi/renminbi, RMB/RMB, kuai/kuai, kwai~/kwai~ ; Chinese, China, mainland Chinese ; fen~/fen~=0.01, jiao/jiao=0.1, mao~/mao~=0.1, hao~/hao~=0.1
COP ; peso/pesos ; Colombian, Colombia ; centavo/centavos=0.01
CRC ; colón/colones, colon~/colones, colón/colóns, colon~/colons~ ; Costa Rican ; céntimo/céntimos=0.01, centimo/centimos=0.01
CSK ; koruna/korunas, crown~/crowns~, koruna/koruny ; Czechoslovak, Czechoslovakian ;
CUC ; convertible peso/convertible pesos ; Cuban ;
CUP ; peso/pesos ; Cuban, Cuba ; centavo/centavos=0.01
CVE ; escudo/escudos ; Cape Verdean, Cape Verde, Cabo Verdean ; centavo/centavos=0.01
CYP ; pound~/pounds~ ; Cypriot, Cyprus ; cent/cents=0.01
CZK ; koruna/korunas, koruna/koruny, koruna/korun, crown~/crowns~ ; Czech, Czech Republic ; haler/halers=0.01, haléř/haléře=0.01, heller/hellers=0.01
DDM ; mark~/marks~, ostmark/ostmarks ; East German ; pfennig/pfennigs=0.01
DEM ; mark~/marks~, deutschmark/deutschmarks, deutsche mark/deutsche marks, D-mark/D-marks, d-mark/d-marks, Deutschemark/Deutschemarks ; German, West German ; pfennig/pfennigs=0.01, pfennig/pfennige=0.01
DJF ; franc/francs ; Djiboutian, Djibouti ;
DKK ; krone/kroner, crown~/crowns~ ; Danish, Denmark ; øre/øre=0.01, ore~/ore~=0.01
DOP ; peso/pesos ; Dominican, Dominican Republic ; centavo/centavos=0.01
DZD ; dinar/dinars ; Algerian, Algeria ; centime/centimes=0.01
ECS ; sucre/sucres ; Ecuadorian, Ecuadorean ;
EEK ; kroon/kroons, kroon/krooni ; Estonian ; sent~/senti=0.01
EGP ; pound~/pounds~ ; Egyptian, Egypt ; piastre/piastres=0.01, piaster/piasters=0.01
ERN ; nakfa/nakfas, nakfa/nakfa ; Eritrean ;
ESP ; peseta/pesetas ; Spanish ; céntimo/céntimos=0.01
ETB ; birr/birr, birr/birrs ; Ethiopian, Ethiopia ; santim/santims=0.01
EUR ; euro/euros ; European ; cent/cents=0.01, euro cent/euro cents=0.01, eurocent/eurocents=0.01, euro-cent/euro-cents=0.01
FIM ; markka/markkas, markka/markkaa, mark~/marks~ ; Finnish ; penni~/penniä=0.01
FJD ; dollar/dollars ; Fijian, Fiji ; cent/cents=0.01
FKP ; pound~/pounds~ ; Falkland Islands, Falklands, Falkland ; penny~/pence=0.01
FRF ; franc/francs ; French ; centime/centimes=0.01
GBP ; pound~/pounds~, pound sterling/pounds sterling, quid/quid, sterling/sterling ; British, UK, U.K., English, Scottish, United Kingdom, Great British ; penny~/pence=0.01, penny~/pennies~=0.01
GEL ; lari~/laris, lari~/lari~ ; Georgian, Georgia ; tetri/tetri=0.01
GHS ; cedi/cedis ; Ghanaian, Ghanian, Ghana ; pesewa/pesewas=0.01
GIP ; pound~/pounds~ ; Gibraltar, Gibraltarian ; penny~/pence=0.01
GMD ; dalasi/dalasis, dalasi/dalasi ; Gambian ; butut/bututs=0.01
GNF ; franc/francs ; Guinean, Guinea ;
GRD ; drachma/drachmas, drachma/drachmae, drachma/drachmai ; Greek ; lepton~/lepta=0.01
GTQ ; quetzal/quetzals, quetzal/quetzales ; Guatemalan ; centavo/centavos=0.01
GYD ; dollar/dollars ; Guyanese, Guyanaese, Guyana ; cent/cents=0.01
HKD ; dollar/dollars ; Hong Kong, HK, H.K. ; cent/cents=0.01
HNL ; lempira/lempiras ; Honduran ; centavo/centavos=0.01
HRK ; kuna/kunas, kuna/kuna, kuna/kune ; Croatian ; lipa~/lipas=0.01
HTG ; gourde/gourdes ; Haitian, Haiti ; centime/centimes=0.01
HUF ; forint/forints, forint/forint ; Hungarian ; fillér/fillér=0.01
IDR ; rupiah/rupiah, rupiah/rupiahs ; Indonesian, Indonesia ; sen~/sen~=0.01
IEP ; pound~/pounds~, punt~/punts~ ; Irish ; penny~/pence=0.01
ILS ; shekel/shekels, new shekel/new shekels, sheqel/sheqels, sheqel/sheqalim, NIS/NIS ; Israeli, Israel ; agora~/agorot=0.01
INR ; rupee/rupees ; Indian, India ; paisa/paise=0.01, paisa/paisas=0.01
IQD ; dinar/dinars ; Iraqi, Iraq ; fils/fils=0.001
IRR ; rial/rials ; Iranian, Iran ; dinar/dinars=0.01
ISK ; króna/krónur, krona/kronur, crown~/crowns~ ; Icelandic, Iceland ; eyrir/aurar=0.01
ITL ; lira/lire, lira/liras ; Italian ; centesimo/centesimi=0.01
JMD ; dollar/dollars ; Jamaican, Jamaica ; cent/cents=0.01
JOD ; dinar/dinars ; Jordanian, Jordan ; fils/fils=0.001, piastre/piastres=0.01
JPY ; yen~/yen~ ; Japanese, Japan ; sen~/sen~=0.01
KES ; shilling/shillings, bob~/bob~ ; Kenyan, Kenya ; cent/cents=0.01
KGS ; som~/soms, som~/som~ ; Kyrgyz, Kyrgyzstani, Kyrgyzstan ; tyiyn/tyiyn=0.01
KHR ; riel/riels, riel/riel ; Cambodian, Cambodia ; sen~/sen~=0.01
KMF ; franc/francs ; Comorian ;
KPW ; won~/won~, wons~/wons~ ; North Korean, N. Korean, N Korean, North Korea, NK, DPRK ; chon/chon=0.01, chŏn/chŏn=0.01, jon~/jon~=0.01
KRW ; won~/won~, wons~/wons~ ; South Korean, S. Korean, S Korean, South Korea, Korean, ROK, SK ; jeon/jeon=0.01
KWD ; dinar/dinars ; Kuwaiti, Kuwait ; fils/fils=0.001
KYD ; dollar/dollars ; Cayman Islands, Cayman, Caymanian, Cayman Island ; cent/cents=0.01
KZT ; tenge/tenge, tenge/tenges ; Kazakhstani, Kazakh, Kazakhstan ; tiyn/tiyn=0.01
LAK ; kip~/kip~, kip~/kips~ ; Laotian, Lao, Laos ; att~/att~=0.01
LBP ; pound~/pounds~, lira/liras, lira/lira ; Lebanese, Lebanon ; piastre/piastres=0.01
LKR ; rupee/rupees ; Sri Lankan, Sri Lanka ; cent/cents=0.01
LRD ; dollar/dollars ; Liberian, Liberia ; cent/cents=0.01
LSL ; loti/maloti, loti/lotis ; Lesotho, Basotho ; sente/lisente=0.01
LTL ; litas/litai, litas/litas ; Lithuanian ; centas/centai=0.01
LUF ; franc/francs ; Luxembourg, Luxembourgian ;
LVL ; lats~/lati, lats~/lats~, lat~/lats~ ; Latvian ; santims/santimi=0.01
LYD ; dinar/dinars ; Libyan, Libya ; dirham/dirhams=0.001
MAD ; dirham/dirhams ; Moroccan, Morocco ; centime/centimes=0.01
MDL ; leu/lei~ ; Moldovan, Moldova ; ban~/bani=0.01
MGA ; ariary/ariary, ariary/ariaries ; Malagasy, Madagascar ;
MKD ; denar/denars, denar/denari ; Macedonian ; deni/deni=0.01
MMK ; kyat/kyats, kyat/kyat ; Myanmar, Burmese, Burma ; pya~/pyas=0.01
MNT ; tugrik/tugriks, tögrög/tögrög, togrog/togrogs, tugrug/tugrugs, tugrik/tugrik ; Mongolian, Mongolia ; mongo/mongo=0.01, möngö/möngö=0.01
MOP ; pataca/patacas ; Macanese, Macau, Macao ; avo~/avos~=0.01
MRU ; ouguiya/ouguiyas ; Mauritanian ;
MTL ; lira/liri, lira/lira, pound~/pounds~ ; Maltese ; cent/cents=0.01
MUR ; rupee/rupees ; Mauritian, Mauritius ; cent/cents=0.01
MVR ; rufiyaa/rufiyaa, rufiyaa/rufiyaas ; Maldivian, Maldives ; laari/laari=0.01
MWK ; kwacha/kwachas, kwacha/kwacha ; Malawian, Malawi ; tambala/tambala=0.01
MXN ; peso/pesos ; Mexican, Mexico ; centavo/centavos=0.01
MYR ; ringgit/ringgit, ringgit/ringgits ; Malaysian, Malaysia, Malay ; sen~/sen~=0.01
MZN ; metical/meticais, metical/meticals ; Mozambican, Mozambique ; centavo/centavos=0.01
NAD ; dollar/dollars ; Namibian, Namibia ; cent/cents=0.01
NGN ; naira/naira, naira/nairas ; Nigerian, Nigeria ; kobo/kobo=0.01
NIO ; córdoba/córdobas, cordoba/cordobas ; Nicaraguan ; centavo/centavos=0.01
NLG ; guilder/guilders, gulden/gulden ; Dutch, Netherlands ; cent/cents=0.01
NOK ; krone/kroner, crown~/crowns~ ; Norwegian, Norway ; øre/øre=0.01
NPR ; rupee/rupees ; Nepalese, Nepali, Nepal ; paisa/paise=0.01
NZD ; dollar/dollars, kiwi dollar/kiwi dollars ; New Zealand, NZ, N.Z. ; cent/cents=0.01
OMR ; rial/rials, riyal/riyals ; Omani, Oman ; baisa/baisa=0.001, baiza/baizas=0.001
PAB ; balboa/balboas ; Panamanian, Panama ; centésimo/centésimos=0.01
PEN ; sol~/soles~, nuevo sol/nuevos soles, new sol/new soles, sol~/sols ; Peruvian, Peru ; céntimo/céntimos=0.01, centimo/centimos=0.01
PGK ; kina~/kina~, kina~/kinas ; Papua New Guinean, Papua New Guinea, PNG ; toea/toea=0.01
PHP ; peso/pesos ; Philippine, Filipino, Philippines ; centavo/centavos=0.01, sentimo/sentimos=0.01
PKR ; rupee/rupees ; Pakistani, Pakistan ; paisa/paise=0.01
PLN ; zloty/zlotys, zloty/zloties, złoty/złotych, zloty/zloty, złoty/złotys, zloty/zlotych ; Polish, Poland ; grosz/groszy=0.01, grosz/grosze=0.01
PTE ; escudo/escudos ; Portuguese ; centavo/centavos=0.01
PYG ; guarani~/guaranis, guaraní~/guaraníes, guarani~/guaranies ; Paraguayan, Paraguay ; céntimo/céntimos=0.01
QAR ; riyal/riyals, rial/rials ; Qatari, Qatar ; dirham/dirhams=0.01
RON ; leu/lei~, leu/leus ; Romanian, Romania ; ban~/bani=0.01
RSD ; dinar/dinars ; Serbian, Serbia ; para~/paras~=0.01
RUB ; ruble/rubles, rouble/roubles ; Russian, Russia ; kopeck/kopecks=0.01, kopek/kopeks=0.01, kopeyka/kopeyki=0.01
RWF ; franc/francs ; Rwandan, Rwanda ;
SAR ; riyal/riyals, rial/rials ; Saudi, Saudi Arabian, Saudi Arabia ; halala/halalas=0.01, halalah/halalahs=0.01
SBD ; dollar/dollars ; Solomon Islands, Solomon Island ; cent/cents=0.01
SCR ; rupee/rupees ; Seychellois, Seychelles ; cent/cents=0.01
SDG ; pound~/pounds~ ; Sudanese, Sudan ; piastre/piastres=0.01
SEK ; krona/kronor, krona/kronas, krona/kronor, crown~/crowns~ ; Swedish, Sweden ; öre/öre=0.01, ore~/ore~=0.01
SGD ; dollar/dollars ; Singapore, Singaporean, Sing ; cent/cents=0.01
SHP ; pound~/pounds~ ; Saint Helena, St. Helena, St Helena ; penny~/pence=0.01
SIT ; tolar/tolars, tolar/tolarjev ; Slovenian, Slovene ; stotin/stotins=0.01
SKK ; koruna/korunas, koruna/koruny, crown~/crowns~ ; Slovak, Slovakian ; halier/haliers=0.01
SLE ; leone/leones ; Sierra Leonean, Sierra Leone ; cent/cents=0.01
SOS ; shilling/shillings ; Somali, Somalia, Somalian ; cent/cents=0.01
SRD ; dollar/dollars ; Surinamese, Suriname ; cent/cents=0.01
SSP ; pound~/pounds~ ; South Sudanese, South Sudan ; piaster/piasters=0.01
STN ; dobra/dobras ; São Tomé, Sao Tome, São Tomé and Príncipe, Sao Tomean ;
SUR ; ruble/rubles, rouble/roubles ; Soviet ; kopeck/kopecks=0.01
SVC ; colón/colones, colon~/colones ; Salvadoran, Salvadorean, Salvadorian ; centavo/centavos=0.01
SYP ; pound~/pounds~, lira/lira, lira/liras ; Syrian, Syria ; piastre/piastres=0.01, piaster/piasters=0.01
SZL ; lilangeni/emalangeni ; Swazi, Eswatini, Swaziland ; cent/cents=0.01
THB ; baht/baht, baht/bahts ; Thai, Thailand ; satang/satang=0.01
TJS ; somoni/somonis, somoni/somoni ; Tajikistani, Tajik, Tajikistan ; diram/dirams=0.01
TMT ; manat/manats, manat/manat ; Turkmenistani, Turkmen, Turkmenistan ; tenge/tenge=0.01
TND ; dinar/dinars ; Tunisian, Tunisia ; millime/millimes=0.001
TOP ; paʻanga/paʻanga, pa'anga/pa'anga, pa’anga/pa’anga, paanga/paanga ; Tongan, Tonga ; seniti/seniti=0.01
TRY ; lira/lira, lira/liras, new lira/new lira ; Turkish, Turkey ; kurus/kurus=0.01, kuruş/kuruş=0.01
TTD ; dollar/dollars ; Trinidad and Tobago, Trinidad & Tobago, Trinidadian, Trinidad ; cent/cents=0.01
TWD ; dollar/dollars ; New Taiwan, Taiwan, Taiwanese, NT, N.T. ; cent/cents=0.01
TZS ; shilling/shillings ; Tanzanian, Tanzania ; cent/cents=0.01
UAH ; hryvnia/hryvnias, hryvnia/hryvnia, hryvnya/hryvnyas, hryvna/hryvnas, hryvnia/hryvni ; Ukrainian, Ukraine ; kopiyka/kopiykas=0.01, kopeck/kopecks=0.01
UGX ; shilling/shillings ; Ugandan, Uganda ; cent/cents=0.01
USD ; dollar/dollars, buck~/bucks~, greenback/greenbacks ; US, U.S., American, United States, USA, U.S.A. ; cent/cents=0.01, dime~/dimes~=0.1, nickel~/nickels~=0.05, penny~/pennies~=0.01
UYU ; peso/pesos ; Uruguayan, Uruguay ; centésimo/centésimos=0.01
UZS ; som~/soms, som~/som~, soum/soums, sum~/sums~, so'm/so'm, soum/soum ; Uzbekistani, Uzbek, Uzbekistan ; tiyin/tiyin=0.01
VES ; bolívar/bolívares, bolivar~/bolivars, bolivar~/bolivares, bolívar/bolívars ; Venezuelan, Venezuela ; céntimo/céntimos=0.01
VND ; dong~/dong~, dong~/dongs ; Vietnamese, Vietnam, Viet Nam ; xu~/xu~=0.01
VUV ; vatu/vatu, vatu/vatus ; Vanuatu, Vanuatuan ;
WST ; tala~/tala~, tala~/talas ; Samoan, Samoa ; sene/sene=0.01
XAF ; CFA franc/CFA francs, franc CFA/francs CFA, franc/francs ; Central African, Cameroonian, Cameroon, Chadian, Gabonese, Equatorial Guinean ; centime/centimes=0.01
XCD ; dollar/dollars ; East Caribbean, Eastern Caribbean, EC, E.C. ; cent/cents=0.01
XCG ; guilder/guilders ; Caribbean ; cent/cents=0.01
XOF ; CFA franc/CFA francs, franc CFA/francs CFA, franc/francs ; West African, Senegalese, Ivorian, Ivoirian, Malian, Beninese, Burkinabe, Burkinabè, Togolese, Nigerien ; centime/centimes=0.01
XPF ; CFP franc/CFP francs, Pacific franc/Pacific francs, franc/francs ; French Polynesian, Polynesian, New Caledonian ; centime/centimes=0.01
YER ; rial/rials, riyal/riyals ; Yemeni, Yemen ; fils/fils=0.01
YUM ; dinar/dinars ; Yugoslav, Yugoslavian ; para~/paras~=0.01
ZAR ; rand~/rand~, rand~/rands~ ; South African, South Africa ; cent/cents=0.01
ZMW ; kwacha/kwachas, kwacha/kwacha ; Zambian, Zambia ; ngwee/ngwee=0.01
ZRZ ; zaire~/zaires ; Zairean, Zairian ;
ZWG ; ZiG/ZiG, Zimbabwe gold/Zimbabwe gold ; ;
ZWL ; dollar/dollars ; Zimbabwean, Zimbabwe, Zim ; cent/cents=0.01
RHD ; dollar/dollars ; Rhodesian ;
BRE ; cruzeiro/cruzeiros ; ;
BRC ; cruzado/cruzados ; ;
ARA ; austral~/australes ; ;
PEI ; inti/intis ; ;
XEU ; ecu/ecus, European currency unit/European currency units ; ;
XDR ; special drawing right/special drawing rights, SDR/SDRs ; ;
BTC ; bitcoin/bitcoins, Bitcoin/Bitcoins, bitcoin/bitcoin ; ; satoshi/satoshis=0.00000001, satoshi/satoshi=0.00000001
ETH ; ether~/ether~, ethereum/ethereum ; ; gwei/gwei=0.000000001
LTC ; litecoin/litecoins ; ;
DOGE ; dogecoin/dogecoins ; ;
USDT ; tether~/tethers~ ; ;
XRP ; XRP/XRP ; ;
XMR ; monero/monero ; ;
"""
# The code that a bare noun means, where it is not the highest-ranked one.
BARE = {"mark": "DEM", "marks": "DEM", "krone": "NOK", "kroner": "NOK", "crown": "CZK", "crowns": "CZK", "rial": "IRR", "rials": "IRR",
        "riyal": "SAR", "riyals": "SAR", "florin": "AWG", "florins": "AWG", "escudo": "PTE", "escudos": "PTE", "guilder": "NLG",
        "guilders": "NLG", "gulden": "NLG", "chon": "KPW", "sen": "MYR", "dinar": "KWD", "dinars": "KWD", "penny": "GBP", "pennies": "USD",
        "tenge": "KZT", "dirham": "AED", "dirhams": "AED", "sucre": "ECS", "colón": "CRC", "colon": "CRC", "som": "UZS", "soms": "UZS",
        "pfennig": "DEM", "pfennigs": "DEM", "santim": "ETB", "CFA franc": "XOF", "CFA francs": "XOF", "franc CFA": "XOF", "francs CFA": "XOF",
        "ban": "RON", "bani": "RON", "fils": "AED", "centime": "CHF", "centimes": "CHF", "kopeck": "RUB", "kopecks": "RUB", "dollars": "USD",
        "pence": "GBP", "cent": "USD", "cents": "USD", "won": "KRW", "wons": "KRW"}
# Symbols: text, code, factor, then "!" only after a number, "~" weak, "code" for a code-like word, and other codes it may mean.
SYMBOLS = """$ USD 1 dollars
US$ USD 1
U.S.$ USD 1
US $ USD 1
U.S. $ USD 1
USD$ USD 1
$US USD 1
A$ AUD 1
AU$ AUD 1
Au$ AUD 1
AUD$ AUD 1
$A AUD 1
$AU AUD 1
C$ CAD 1 NIO
CA$ CAD 1
CAD$ CAD 1
Can$ CAD 1
Cdn$ CAD 1
CDN$ CAD 1
$CAN CAD 1
HK$ HKD 1
HKD$ HKD 1
$HK HKD 1
NT$ TWD 1
NTD$ TWD 1
TW$ TWD 1
S$ SGD 1
SG$ SGD 1
SGD$ SGD 1
NZ$ NZD 1
NZD$ NZD 1
$NZ NZD 1
R$ BRL 1
MX$ MXN 1
Mex$ MXN 1
MXN$ MXN 1
B$ BND 1 BSD
BZ$ BZD 1
Bds$ BBD 1
BDS$ BBD 1
EC$ XCD 1
F$ FJD 1
FJ$ FJD 1
G$ GYD 1
GY$ GYD 1
J$ JMD 1
JA$ JMD 1
L$ LRD 1
N$ NAD 1
SI$ SBD 1
T$ TOP 1
TT$ TTD 1
Z$ ZWL 1
WS$ WST 1
CI$ KYD 1
MOP$ MOP 1
AR$ ARS 1
CLP$ CLP 1
COL$ COP 1
CO$ COP 1
RD$ DOP 1
$U UYU 1
€ EUR 1
EUR€ EUR 1
£ GBP 1
₤ GBP 1 ITL|TRY
£E EGP 1
E£ EGP 1
LE EGP 1 !~
L.E. EGP 1
L£ LBP 1
LL LBP 1 ~
S£ SYP 1
IR£ IEP 1
I£ ILP 1 IEP
C£ CYP 1
Lm MTL 1 ~
¥ JPY 1 CNY
￥ JPY 1 CNY
CN¥ CNY 1
JP¥ JPY 1
RMB¥ CNY 1
元 CNY 1
円 JPY 1
₩ KRW 1 KPW
￦ KRW 1 KPW
원 KRW 1 KPW
₹ INR 1
₨ INR 1 PKR|LKR|NPR|MUR|SCR
Rs. INR 1 PKR|LKR|NPR|MUR|SCR
Rs INR 1 PKR|LKR|NPR|MUR|SCR
RS. INR 1 ~ PKR|LKR|NPR|MUR|SCR
Re. INR 1 ~ PKR|LKR|NPR|MUR|SCR
Re INR 1 ~ PKR|LKR|NPR|MUR|SCR
INRs INR 1
Rp IDR 1
Rp. IDR 1
RM MYR 1
kr SEK 1 NOK|DKK|ISK
kr. DKK 1 SEK|NOK|ISK
Kr SEK 1 NOK|DKK|ISK
Kr. DKK 1 SEK|NOK|ISK
SKr SEK 1
NKr NOK 1
DKr DKK 1
IKr ISK 1
zł PLN 1
zl PLN 1 !
₽ RUB 1
руб RUB 1
руб. RUB 1
rub. RUB 1 !~
₺ TRY 1
TL TRY 1 ~
YTL TRY 1
฿ THB 1 BTC
₿ BTC 1
Ƀ BTC 1
Ξ ETH 1
₫ VND 1
đ VND 1 !
₱ PHP 1 CUP
PhP PHP 1
Php PHP 1
₦ NGN 1
₴ UAH 1
₪ ILS 1
₡ CRC 1 SVC
₲ PYG 1
₭ LAK 1
₮ MNT 1
₵ GHS 1
GH₵ GHS 1
GH¢ GHS 1
₸ KZT 1
₼ AZN 1
₾ GEL 1
֏ AMD 1
৳ BDT 1
Tk BDT 1
Tk. BDT 1
؋ AFN 1
៛ KHR 1
⃀ KGS 1
₧ ESP 1
₣ FRF 1
₯ GRD 1
ƒ AWG 1 ANG|NLG
Kč CZK 1
Kc CZK 1 !
Ft HUF 1 !~
Lt LTL 1 !~
Ls LVL 1 !~
KM BAM 1 !~
lei RON 1 !~ MDL
kn HRK 1 !~
Q GTQ 1 ~
Q. GTQ 1 ~
L. HNL 1 ~
K MMK 1 ~ PGK|ZMW|MWK|LAK
ZK ZMW 1 ~
Kz AOA 1
P PHP 1 ~ BWP
R ZAR 1 ~
B/. PAB 1
S/ PEN 1
S/. PEN 1
Bs VES 1 ~ BOB
Bs. VES 1 BOB
BsF VEF 1
Bs.F. VEF 1
Bs.S VES 1
Gs PYG 1 ~
Gs. PYG 1
GS. PYG 1
KSh KES 1
Ksh KES 1
KSh. KES 1
Ksh. KES 1
KShs KES 1
Kshs KES 1
Sh KES 1 ~ TZS|UGX|SOS
Shs KES 1 ~ TZS|UGX|SOS
TSh TZS 1
Tsh TZS 1
TSh. TZS 1
Tshs TZS 1
USh UGX 1
Ush UGX 1
Ushs UGX 1
Shs. UGX 1 KES|TZS|SOS
Dhs AED 1 MAD
Dhs. AED 1 MAD
Dh AED 1 MAD
Dh. AED 1 MAD
DH MAD 1 ~ AED
SR SAR 1 ~
QR QAR 1 ~
RO OMR 1 ~
KD KWD 1 ~
BD BHD 1 ~
JD JOD 1 ~
ID IQD 1 ~
DA DZD 1 ~
DT TND 1 ~
LD LYD 1 ~
FCFA XOF 1 XAF
F CFA XOF 1 XAF
CFA XOF 1 ~ XAF
CFAF XOF 1 XAF
CFPF XPF 1
FF FRF 1 ~
BF BEF 1 ~
BFr BEF 1
Fr CHF 1 ~ FRF|BEF
Fr. CHF 1 ~ FRF|BEF
SFr CHF 1
SFr. CHF 1
sFr CHF 1
Sfr CHF 1
Sfr. CHF 1
SwFr CHF 1
DM DEM 1 ~
Dfl NLG 1
fl. NLG 1 ~
Esc PTE 1 ~
Esc. PTE 1 ~
Pta ESP 1
Ptas ESP 1
Pts ESP 1 ~
ptas ESP 1
Cg. XCG 1
Db STN 1 ~
FG GNF 1 ~
RF RWF 1 ~
CF KMF 1 ~
Ar MGA 1 ~
Nfk ERN 1
Br ETB 1 ~ BYN
Birr ETB 1
Le SLE 1 ~ SLL
Rf MVR 1 ~
Rf. MVR 1 ~
Nu. BTN 1
VT VUV 1 ~
Af AFN 1 ~
Afs AFN 1
Afs. AFN 1
CUC$ CUC 1
ECU XEU 1
SDR XDR 1
SDRs XDR 1
£stg GBP 1
stg GBP 1 !
Stg GBP 1
STG GBP 1
RMB CNY 1 code
Rmb CNY 1 code
rmb CNY 1 code
NIS ILS 1 code
NTD TWD 1 code
UF CLF 1 ~
XBT BTC 1 code
usd USD 1 code
Usd USD 1 code
eur EUR 1 code
Eur EUR 1 code
gbp GBP 1 code
krw KRW 1 code
cny CNY 1 code
jpy JPY 1 code
inr INR 1 code
btc BTC 1 code
eth ETH 1 ~ code
¢ USD 0.01 ! EUR|CAD|AUD
￠ USD 0.01 ! EUR|CAD|AUD
US¢ USD 0.01 !
c USD 0.01 !~ EUR|AUD|CAD|NZD|ZAR
ct USD 0.01 !~ EUR
cts USD 0.01 !~ EUR|CAD
cts. USD 0.01 !~ EUR|CAD
p GBP 0.01 !~
mBTC BTC 0.001
sats BTC 0.00000001 !"""
SLANG = """grand USD 1000 ! ~ GBP
fiver GBP 5 ~ USD
fivers GBP 5 ~ USD
tenner GBP 10 ~ USD
tenners GBP 10 ~ USD
smackers USD 1 ! ~
US bucks USD 1
greenback USD 1
loonies CAD 1
dollars US USD 1
dollars Canadian CAD 1
dollars Australian AUD 1
petrodollars USD 1
petrodollar USD 1
eurodollars USD 1
Eurodollars USD 1
Chinese yuan renminbi CNY 1
yuan renminbi CNY 1
yuan RMB CNY 1
offshore yuan CNH 1
old rubles RUR 1
new rubles RUB 1
francs CFA XOF 1 XAF
new won KPW 1 !"""
# Codes that are also English words, names or other abbreviations.
WEAK_CODES = set("""ALL TOP CUP TRY MAD MOP COP PEN ANG AMD SOS STD NAD ARM GEL BAM BAN BAD RON SIT GIP BOB CHE CLE BEL DEM ESP PES CVE CDF BIF
MAF LUC USN USS VES VED SOL ETH AFA ARA ADP MRO PEI SUR LUL MTL DOGE NIO SLE SLL SSP BMD MVP ERN LAK MUR SAR SHP ILS SCR SDP BSD TMT UYI XAG""".split())
# Historic codes that the euro made familiar; the other historic ones are weak.
KNOWN_HISTORIC = set("FRF ITL NLG ATS BEF GRD PTE HRK LTL LVL EEK SKK BGN FIM IEP".split())
NO_CODE = set("XXX XTS XBA XBB XBC XBD XFO XFU XRE XSU XUA ESA ESB".split())


def load(packages, package, path):
    [archive] = packages.glob(f"{package}-48.2.0.tgz")
    with tarfile.open(archive) as files:
        return json.load(files.extractfile(f"package/{path}"))


def currencies(packages):
    names = load(packages, "cldr-numbers-full", "main/en/currencies.json")["main"]["en"]["numbers"]["currencies"]
    regions = load(packages, "cldr-core", "supplemental/currencyData.json")["supplemental"]["currencyData"]["region"]
    use = {}
    for region, entries in regions.items():
        for entry in entries:
            for code, span in entry.items():
                use.setdefault(code, []).append((region, span.get("_from", ""), span.get("_to", ""), span.get("_tender") != "false"))
    rows = {}
    for code, entry in names.items():
        spans = [span for span in use.get(code, []) if span[0] not in ("ZZ", "EU") and len(span[0]) == 2]
        now = sorted({region for region, _, to, tender in spans if not to and tender})
        current = bool(now) or code in CURRENT_ANYWAY
        countries = now if now else sorted({region for region, _, _, _ in spans})
        starts = [start for _, start, _, _ in spans if start]
        ends = [end for _, _, end, _ in spans]
        minor = next((digits for digits, codes in MINOR.items() if code in codes.split()), 2)
        rows[code] = [code, entry.get("displayName-count-one", entry["displayName"]), entry.get("displayName-count-other", entry["displayName"]),
                      "" if code in NO_MINOR else str(minor), "|".join(countries), "", "current" if current else "historic",
                      min(starts) if starts else "", "" if current or not all(ends) or not ends else max(ends)]
    for code, one, many, digits, start in COINS:
        rows[code] = [code, one, many, str(digits), "", "", "current", start, ""]
    rest = [code for code in sorted(rows) if code not in RANK and rows[code][6] == "current" and code not in CURRENT_ANYWAY]
    rest += [code for code in sorted(rows) if code not in RANK and rows[code][6] == "current" and code in CURRENT_ANYWAY]
    rest += [code for code in sorted(rows) if code not in RANK and rows[code][6] == "historic"]
    for rank, code in enumerate(RANK + rest, 1):
        rows[code][5] = str(rank)
    return rows


def names(rows):
    out, bare = {}, {}
    rank = {code: int(row[5]) for code, row in rows.items()}

    def put(term, code, kind, factor="1", also="", case="fold", only_after="", weak=""):
        key = (term, code)
        if key in out and not (out[key][7] and not weak):
            return
        out[key] = [term, code, factor, also, kind, case, "number" if only_after else "", "yes" if weak else ""]

    for line in filter(None, TABLE.strip().splitlines()):
        code, nouns, adjectives, subunits = (part.strip() for part in (line + ";;").split(";")[:4])
        assert code in rows, code
        adjectives = [adjective.strip() for adjective in adjectives.split(",") if adjective.strip()]
        entries = [(noun.strip(), "1") for noun in nouns.split(",")]
        entries += [tuple(subunit.strip().split("=")) for subunit in subunits.split(",") if subunit.strip()]
        for entry, factor in entries:
            for form in entry.split("/"):
                weak, form = "~" in form, form.strip("~ ")
                bare.setdefault((form, factor), {})[code] = weak or bare.get((form, factor), {}).get(code, False)
                for adjective in adjectives:
                    short = len(adjective) == 2 and adjective.isupper()  # "US dollars", but not "give us dollars"
                    put(f"{adjective} {form}", code, "currency-name", factor, case="exact" if short else "fold")
                    if short:
                        put(f"{adjective.lower()} {form}", code, "currency-name", factor, case="exact", only_after="number")
    for code, row in rows.items():  # CLDR's own names
        for name in row[1:3]:
            if "(" not in name and "ounce" not in name and " " in name and code not in NO_CODE | {"VED", "CHE", "CHW", "CLF", "COU", "MXV", "BOV"}:
                put(name, code, "currency-name")
    # bare nouns: one row per term and factor, the likeliest code first; where the noun without its accents is an ordinary word (colón),
    # the accents must be there
    ordinary = {folded(form) for (form, _), codes in bare.items() if any(codes.values())}
    primary_factor = {}
    for (form, factor), codes in bare.items():
        primary_factor.setdefault(form, []).append((factor, codes))
    for form, choices in primary_factor.items():
        for factor, codes in choices[:1] if form == "fils" else [max(choices, key=lambda choice: float(choice[0]))]:
            order = sorted(codes, key=lambda code: (rows[code][6] == "historic", rank[code]))
            if BARE.get(form) in order:
                order.remove(BARE[form])
                order.insert(0, BARE[form])
            weak = any(codes.values())
            acronym = form in ("RMB", "NIS", "SDR", "SDRs", "XRP", "ZiG")
            if acronym and form != "ZiG":
                continue
            is_exact = acronym or not weak and folded(form) in ordinary
            put(form, order[0], "currency-name", factor, "|".join(order[1:]), "exact" if is_exact else "fold",
                weak or form in ("cent", "cents", "pence"), weak)
    for line in SLANG.splitlines():
        match = re.fullmatch(r"(.+?) ([A-Z]{3}) ([\d.]+)((?: \S+)*)", line)
        term, code, factor, flags = match.groups()
        also = "|".join(re.findall(r"[A-Z]{3}", flags))
        put(term, code, "currency-name", factor, also, "fold", "!" in flags or "~" in flags, "~" in flags)
    dollars = "|".join(sorted((c for c, r in rows.items() if "dollar" in r[1] and r[6] == "current" and c not in ("USD", "USN")), key=rank.get))
    for line in SYMBOLS.splitlines():
        match = re.fullmatch(r"(.+?) ([A-Z]{3}) ([\d.]+)((?: \S+)*)", line)
        term, code, factor, flags = match.groups()
        also = dollars if "dollars" in flags else "|".join(re.findall(r"[A-Z]{3}", flags))
        kind = "currency-code" if "code" in flags else "currency-symbol"
        if code in rows:
            put(term, code, kind, factor, also, "exact", "!" in flags, "~" in flags)
    for code in rows:
        if code not in NO_CODE:
            weak = code in WEAK_CODES or rows[code][6] == "historic" and code not in KNOWN_HISTORIC or code.startswith("X") and code not in ("XAF", "XOF", "XPF", "XCD", "XDR")
            put(code, code, "currency-code", "1", "", "exact", "", weak)
    # one row per term: the current currency of the highest rank, the others of the same factor become its `also`
    groups = {}
    for key in sorted(out):
        groups.setdefault(key[0], []).append(out[key])
    for group in groups.values():
        group.sort(key=lambda row: (rows[row[1]][6] == "historic", rank[row[1]]))
        others = [row[1] for row in group[1:] if row[2] == group[0][2]]
        group[0][3] = "|".join(dict.fromkeys(filter(None, group[0][3].split("|") + others)))
    return [groups[term][0] for term in sorted(groups)]


def write(path, header, rows):
    path.parent.mkdir(exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
    with path.open(newline="", encoding="utf-8") as file:
        assert [row for row in csv.reader(file)][1:] == rows


def main():
    packages = Path(sys.argv[1])
    table = currencies(packages)
    rows = [table[code] for code in sorted(table)]
    terms = names(table)
    keys = [(row[0], row[1]) for row in terms]
    assert keys == sorted(set(keys))
    for row in terms:
        for code in [row[1], *filter(None, row[3].split("|"))]:
            assert code in table, row
        assert row[0] == row[0].strip() and "  " not in row[0], row
    header = "term code factor also class case only_after weak".split()
    with (HERE / "names_more.csv").open(encoding="utf-8", newline="") as file:
        terms = listed_without_doubles(header, terms, beside=list(csv.DictReader(file)))
    write(HERE / "currencies.csv", "code name plural minor_digits countries rank status from to".split(), rows)
    write(HERE / "names.csv", header, terms)
    assert len({row[0] for row in terms}) == len(terms)
    config = packages / "ruby-money/usr/share/rubygems-integration/all/gems/money-6.16.0/config/currency_iso.json"
    if config.exists():
        for entry in json.loads(config.read_text(encoding="utf-8")).values():
            code, parts = entry["iso_code"], entry["subunit_to_unit"]
            if code in table and table[code][3] and parts != 10 ** int(table[code][3]):
                print("ruby-money differs:", code, table[code][3], parts)
            sub = (entry.get("subunit") or "").lower()
            if code in table and table[code][6] == "current" and sub and not any(r[0].lower() == sub for r in terms):
                print("ruby-money subunit not here:", code, sub)
    missing = [row[0] for row in rows if row[6] == "current" and not any(t[1] == row[0] and t[4] == "currency-name" for t in terms)]
    print("current codes without a name:", missing)
    print(len(rows), "currencies", len(terms), "names")


if __name__ == "__main__":
    main()
