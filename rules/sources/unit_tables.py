"""Makes unit/units.csv and unit/names.csv.

    npm pack cldr-core@48.2.0 cldr-units-full@48.2.0
    pip download --no-deps -d PACKAGES quantulum3==0.10.0 pint==0.24.4
    python3 unit_tables.py PACKAGES

Factors marked `cldr:` are CLDR's exact expressions (cldr-core supplemental/units.json); the others are definitions (SI brochure,
NIST SP 811, national metrication laws) written here by hand. English names, plurals and symbols are CLDR's (cldr-units-full,
en) and those below. Where `pint` is installed, factors are checked against it; terms of CLDR and quantulum3 that names.csv
does not have are printed.
"""
import csv
import json
import re
import sys
import tarfile
import zipfile
from fractions import Fraction
from pathlib import Path

from doubles import listed_without_doubles

HERE = Path(__file__).resolve().parent.parent / "unit"

# dimension: coherent SI unit (UCUM)
SI = dict(line.split() for line in """length m
mass kg
time s
area m2
volume m3
speed m/s
acceleration m/s2
temperature K
data By
data-rate By/s
energy J
power W
pressure Pa
force N
torque N.m
frequency Hz
rotation Hz
angle rad
solid-angle sr
voltage V
current A
charge C
resistance Ohm
conductance S
capacitance F
inductance H
magnetic-flux Wb
magnetic-field T
magnetic-strength A/m
illuminance lx
luminous-flux lm
luminous-intensity cd
luminance cd/m2
radioactivity Bq
absorbed-dose Gy
dose-equivalent Sv
dose-rate Sv/s
exposure C/kg
activity-density Bq/m3
specific-activity Bq/kg
amount mol
catalytic-activity kat
concentration mol/m3
density kg/m3
area-density kg/m2
linear-density kg/m
ratio 1
number 1
level dB
flow m3/s
mass-flow kg/s
consumption m2
economy m-2
specific-volume m3/kg
specific-energy J/kg
molar-energy J/mol
specific-power W/kg
irradiance W/m2
electric-field V/m
energy-per-length N
viscosity Pa.s
kinematic-viscosity m2/s
flux-density W.m-2.Hz-1
application m3/m2
pixels {pixel}
pixel-density {pixel}/m
wind-force {Beaufort}
apparent-power V.A
hydraulic m-2
permeability m2
optical-power m-1""".splitlines())

PREFIXES = {"y": ("yocto", -24), "z": ("zepto", -21), "a": ("atto", -18), "f": ("femto", -15), "p": ("pico", -12),
            "n": ("nano", -9), "u": ("micro", -6), "m": ("milli", -3), "c": ("centi", -2), "d": ("deci", -1),
            "da": ("deca", 1), "h": ("hecto", 2), "k": ("kilo", 3), "M": ("mega", 6), "G": ("giga", 9), "T": ("tera", 12),
            "P": ("peta", 15), "E": ("exa", 18), "Z": ("zetta", 21), "Y": ("yotta", 24),
            "Ki": ("kibi", 10), "Mi": ("mebi", 20), "Gi": ("gibi", 30), "Ti": ("tebi", 40), "Pi": ("pebi", 50),
            "Ei": ("exbi", 60), "Zi": ("zebi", 70), "Yi": ("yobi", 80)}

# Atoms. ucum ; dimension ; factor (to SI, or "n ucum", or cldr:id; "~" before = approximate) ; names ; symbols
# A name is singular or singular/plural (plural in -s otherwise); a first name is the row's name. Marks after a term: ~ weak, ^ any
# case (symbols are exact otherwise), ! only after a number.
ATOMS = """
m ; length ; 1 ; meter, metre ; m~
g ; mass ; 1/1000 ; gram, gramme ; g~, gm, gms, gr~, grm, gr.~
s ; time ; 1 ; ;
min ; time ; 60 ; ;
h ; time ; 3600 ; ;
d ; time ; 86400 ; ;
wk ; time ; 604800 ; ;
mo ; time ; 2629800 ; ;
a ; time ; 31557600 ; ;
K ; temperature ; 1 ; kelvin, degree Kelvin/degrees Kelvin, degree kelvin/degrees kelvin ; K~, °K, ° K
L ; volume ; 1/1000 ; liter, litre ; L~, l~, ℓ, ltr^, ltrs^, lt~, lit.~
t ; mass ; 1000 ; metric ton, tonne, metric tonne ; t~, mt^, MT, mT~, m.t.
W ; power ; 1 ; watt ; W~
V ; voltage ; 1 ; volt ; V~, v~
A ; current ; 1 ; ampere, amp ; A~
Hz ; frequency ; 1 ; hertz/hertz, cycle per second/cycles per second ; Hz^, ㎐, cps
J ; energy ; 1 ; joule ; J~
Pa ; pressure ; 1 ; pascal ; Pa~, ㎩
N ; force ; 1 ; newton ; N~
By ; data ; 1 ; byte ; B~
bit ; data ; 1/8 ; bit~ ; b~
eV ; energy ; 0.0000000000000000001602176634 ; electronvolt, electron volt, electron-volt ; eV, ev~
Ohm ; resistance ; 1 ; ohm ; Ω, Ω, ohm
S ; conductance ; 1 ; siemens/siemens, mho ; S~
F ; capacitance ; 1 ; farad ; F~
H ; inductance ; 1 ; henry!/henries, henry!/henrys ; H~
T ; magnetic-field ; 1 ; tesla! ; T~
Wb ; magnetic-flux ; 1 ; weber! ; Wb
C ; charge ; 1 ; coulomb ; C~
Sv ; dose-equivalent ; 1 ; sievert ; Sv
Gy ; absorbed-dose ; 1 ; gray~/grays~ ; Gy
Bq ; radioactivity ; 1 ; becquerel ; Bq
mol ; amount ; 1 ; mole~/moles~ ; mol
kat ; catalytic-activity ; 1 ; katal ; kat
cd ; luminous-intensity ; 1 ; candela, candle~, candlepower/candlepower ; cd~
lm ; luminous-flux ; 1 ; lumen ; lm
lx ; illuminance ; 1 ; lux/lux ; lx
rad ; angle ; 1 ; radian ; rad~
sr ; solid-angle ; 1 ; steradian ; sr~
cal ; energy ; cldr:calorie ; calorie, small calorie, gram calorie ; cal~
[Cal] ; energy ; cldr:foodcalorie ; food calorie, large calorie, dietary calorie, kilogram calorie ; Cal~
[cal_IT] ; energy ; cldr:calorie-it ; international table calorie ; cal-IT
bar ; pressure ; cldr:bar ; bar~/bars~ ; bar~
W.h ; energy ; 3600 ; watt-hour, watt hour, watthour ; Wh, W·h, W h
W.s ; energy ; 1 ; watt-second, watt second, wattsecond ; Ws
A.h ; charge ; 3600 ; ampere-hour, ampere hour, amp-hour, amp hour ; Ah~, A·h
V.A ; apparent-power ; 1 ; volt-ampere, volt ampere, voltampere ; VA~
u ; mass ; ~0.00000000000000000000000000166053906660 ; dalton!, atomic mass unit, unified atomic mass unit ; Da~, amu, u~
pc ; length ; ~cldr:parsec ; parsec ; pc~
Ci ; radioactivity ; 37000000000 ; curie! ; Ci
G ; magnetic-field ; 1/10000 ; gauss/gauss ; G~, Gs~
dB ; level ; 1 ; decibel ; dB, db^, dBA, dB(A), dbA
B ; level ; 10 ; bel~ ;
[in_i] ; length ; cldr:inch ; inch/inches ; in~, in.~, ″, "~, ”~, ins.~
[ft_i] ; length ; cldr:foot ; foot!/feet!, foots! ; ft, ft., ′, '~, ’~, Ft., FT
[yd_i] ; length ; cldr:yard ; yard!/yards ; yd, yd., yds, yds.
[mi_i] ; length ; cldr:mile ; mile, statute mile, land mile ; mi~, mi.~
[nmi_i] ; length ; cldr:nautical-mile ; nautical mile, sea mile ; nmi, NM, n.m.~, nm~, n mi, naut. mi.
[kn_i] ; speed ; cldr:knot ; knot~/knots~ ; kn, kt~, kts, kts., kt.~
[fur_us] ; length ; cldr:furlong ; furlong ; fur~
[fth_i] ; length ; cldr:fathom ; fathom ; fath, fth, fm~
[rd_us] ; length ; cldr:rod ; rod~/rods~, perch~/perches~ ; rd~
[ch_us] ; length ; cldr:chain ; chain~/chains~, surveyor's chain ; ch~
[lk_us] ; length ; 0.201168 ; link~/links~ ;
[hd_i] ; length ; 0.1016 ; hand~/hands~ ; hh~
[mil_i] ; length ; 0.0000254 ; mil~/mils~, thou~/thou~ ;
[pnt] ; length ; cldr:point ; point~/points~ ; pt~
[pca] ; length ; 127/30000 ; pica/picas ;
{league} ; length ; 3 [mi_i] ; league~/leagues~ ; lea~
{nautical_league} ; length ; 5556 ; nautical league ;
{cubit} ; length ; 0.4572 ; cubit ;
{ell} ; length ; 1.143 ; ell~/ells~ ;
{span} ; length ; 0.2286 ; span~/spans~ ;
{twip} ; length ; 127/7200000 ; twip ;
{mil_scandinavian} ; length ; cldr:mile-scandinavian ; Scandinavian mile, mile-scandinavian/miles-scandinavian ; smi~
{verst} ; length ; 1066.8 ; verst ;
Ao ; length ; 0.0000000001 ; angstrom, ångström, ångstrom, angström ; Å, Å
AU ; length ; cldr:astronomical-unit ; astronomical unit ; AU~, au~, ua~, a.u.~
[ly] ; length ; cldr:light-year ; light-year, light year, lightyear ; ly~, l.y.
{R_earth} ; length ; ~cldr:earth-radius ; earth radius/earth radii ; R⊕
{R_sun} ; length ; ~cldr:solar-radius ; solar radius/solar radii ; R☉
[acr_us] ; area ; cldr:acre ; acre ; ac~, ac.~
ar ; area ; 100 ; are~/ares~ ;
har ; area ; cldr:hectare ; hectare, square hectometer, square hectometre ; ha~, ha.~, hectr., sq hm
{dunam} ; area ; cldr:dunam ; dunam, donum, dönüm ;
b ; area ; 0.0000000000000000000000000001 ; barn~/barns~ ;
{cmil} ; area ; ~0.000000000506707479 ; circular mil ; cmil
[lb_av] ; mass ; cldr:pound ; pound!/pounds!, pound-mass/pounds-mass, avoirdupois pound ; lb, lb., lbs, lbs., lbm, Lbs, LBS, LB, ℔
[oz_av] ; mass ; cldr:ounce ; ounce, avoirdupois ounce ; oz, oz., ozs, ℥, OZ
[oz_tr] ; mass ; 0.0311034768 ; troy ounce, ounce troy/ounces troy, fine ounce ; oz t, ozt, t oz, oz. t., t oz.
[lb_tr] ; mass ; 0.3732417216 ; troy pound ;
[pwt_tr] ; mass ; 0.00155517384 ; pennyweight ; dwt
[gr] ; mass ; cldr:grain ; grain~/grains~ ; gr.~
[dr_av] ; mass ; 1/256 [lb_av] ; dram!/drams! ; dr~, dr.~
[stone_av] ; mass ; cldr:stone ; stone~/stone~, stones! ; st~, st.~
[ston_av] ; mass ; cldr:ton ; ton!/tons!, short ton, U.S. ton, US ton, net ton ; tn~, ton
[lton_av] ; mass ; 2240 [lb_av] ; long ton, imperial ton, weight ton, gross ton, English ton ; LT~
[scwt_av] ; mass ; 100 [lb_av] ; short hundredweight/short hundredweight, hundredweight!/hundredweight!, hundredweights! ; cwt, cwt.
[lcwt_av] ; mass ; 112 [lb_av] ; long hundredweight/long hundredweight ;
{quintal} ; mass ; 100 ; quintal, metric quintal, centner ; qtl, q~
{qr} ; mass ; 28 [lb_av] ; ; qr~
[car_m] ; mass ; cldr:carat ; carat ; ct~, ct.~, cts~
[car_Au] ; ratio ; cldr:karat ; karat, carat gold ; kt~, K gold, kt gold
{slug} ; mass ; ~cldr:slug ; slug~/slugs~ ;
{M_earth} ; mass ; ~cldr:earth-mass ; earth mass/earth masses ; M⊕
{M_sun} ; mass ; ~cldr:solar-mass ; solar mass/solar masses ; M☉
[gal_us] ; volume ; cldr:gallon ; gallon, U.S. gallon, US gallon, American gallon, liquid gallon ; gal~, gal.~, gals, gals.
[gal_br] ; volume ; cldr:gallon-imperial ; imperial gallon, Imp. gallon, UK gallon, British gallon ; gal Imp., imp gal, imp. gal., gal-Im
[qt_us] ; volume ; cldr:quart ; quart, liquid quart, quart liquid ; qt, qt., qts, qts., qt liq
[qt_br] ; volume ; cldr:quart-imperial ; imperial quart, Imp. quart ; qt-Imp., imp qt
[dqt_us] ; volume ; 0.001101220942715 ; dry quart, quart dry ; qt dry
[pt_us] ; volume ; cldr:pint ; pint, liquid pint, pint liquid ; pt~, pt.~, pts~, pt liq
[pt_br] ; volume ; cldr:pint-imperial ; imperial pint, pint Imperial/pints Imperial, UK pint, British pint ; pt Imp., imp pt
[dpt_us] ; volume ; 0.0005506104713575 ; dry pint, pint dry ; pt dry
{pt_m} ; volume ; cldr:pint-metric ; metric pint ; mpt
[cup_us] ; volume ; cldr:cup ; cup~/cups~, measuring cup ; c.~
[cup_m] ; volume ; cldr:cup-metric ; metric cup ; mc~
{cup_br} ; volume ; cldr:cup-imperial ; imperial cup, cup Imperial/cups Imperial ; cup Imp.
[foz_us] ; volume ; cldr:fluid-ounce ; fluid ounce, U.S. fluid ounce, US fluid ounce ; fl oz^, fl. oz.^, fl. oz^, fl.oz.^, floz^, oz fl, ozfl
[foz_br] ; volume ; cldr:fluid-ounce-imperial ; imperial fluid ounce, Imp. fluid ounce ; fl oz Imp., fl oz Im, imp fl oz
[foz_m] ; volume ; cldr:fluid-ounce-metric ; metric fluid ounce ; fl oz m.
[fdr_us] ; volume ; cldr:dram ; fluid dram ; fl.dr., fl dr
[tbs_us] ; volume ; cldr:tablespoon ; tablespoon, table spoon, tablespoonful ; tbsp^, tbsp.^, tbsps^, tbs^, tbs.^
[tsp_us] ; volume ; 1/768 [gal_us] ; teaspoon, tea spoon, teaspoonful ; tsp^, tsp.^, tsps^
{dsp_us} ; volume ; 1/384 [gal_us] ; dessert spoon, dessertspoon ; dsp, dstspn
{dsp_br} ; volume ; 0.0000113652250 ; imperial dessert spoon, Imp. dessert spoon ; dsp-Imp., dsp-Imp
[drp] ; volume ; 0.00000005 ; drop~/drops~ ; gtt
{jigger} ; volume ; 3/256 [gal_us] ; jigger~/jiggers~ ;
{pinch} ; volume ; 1/12288 [gal_us] ; pinch~/pinches~ ;
{gill_us} ; volume ; 1/32 [gal_us] ; gill~/gills~ ;
[bbl_us] ; volume ; cldr:barrel ; barrel, barrel of oil/barrels of oil, oil barrel ; bbl, bbl., bbls, bbls., Bbl
{boe} ; energy ; ~6120000000 ; barrel of oil equivalent/barrels of oil equivalent ; boe, BOE
{toe} ; energy ; 41868000000 ; tonne of oil equivalent/tonnes of oil equivalent, ton of oil equivalent/tons of oil equivalent ; toe~
{tce} ; energy ; 29307600000 ; tonne of coal equivalent/tonnes of coal equivalent, ton of coal equivalent/tons of coal equivalent, ton of standard coal/tons of standard coal ; tce
{dbl_us} ; volume ; 0.115627123584 ; dry barrel, barrel dry ; bbl dry
[bu_us] ; volume ; cldr:bushel ; bushel ; bu~, bu., bsh
[pk_us] ; volume ; 1/4 [bu_us] ; peck~/pecks~ ; pk~
{acre_foot} ; volume ; 1233.48183754752 ; acre-foot/acre-feet, acre foot/acre feet ; ac ft, ac-ft, acre-ft, af~
[cr_i] ; volume ; 3.624556363776 ; cord~/cords~ ;
[bf_i] ; volume ; 0.002359737216 ; board foot/board feet, board-foot/board-feet ; FBM, BDFT, bd ft
st ; volume ; 1 ; stere ;
{teu} ; volume ; 1360 [cft_i] ; twenty-foot equivalent unit, twenty-foot container ; TEU, TEUs
[cft_i] ; volume ; 0.028316846592 ; cubic foot/cubic feet, cu foot/cu feet, cu. foot/cu. feet ; ft³, ft3, ft^3, cu ft^, cu. ft.^, cu. ft^, cu.ft.^, cuft^, cf~, cbft^
[cin_i] ; volume ; 0.000016387064 ; cubic inch/cubic inches, cu inch/cu inches ; in³, in3, in^3, cu in^, cu. in.^, cu.in.^
[cyd_i] ; volume ; 0.764554857984 ; cubic yard, cu yard, cu. yard ; yd³, yd3, yd^3, cu yd^, cu. yd.^, cu yds^
[mi_i]3 ; volume ; 4168181825.440579584 ; cubic mile, cu mile ; mi³, mi3, cu mi^, cu. mi.^
[sft_i] ; area ; 0.09290304 ; square foot/square feet, square-foot/square-feet, sq foot/sq feet, sq. foot/sq. feet ; ft², ft2, ft^2, sq ft^, sq. ft.^, sq. ft^, sq.ft.^, sq.ft^, sqft^, sf~, SF~, psf~
[sin_i] ; area ; 0.00064516 ; square inch/square inches, square-inch/square-inches, sq inch/sq inches, sq. inch/sq. inches ; in², in2, in^2, sq in^, sq. in.^
[syd_i] ; area ; 0.83612736 ; square yard, square-yard, sq yard, sq. yard, gaj/gaj ; yd², yd2, yd^2, sq yd^, sq. yd.^, sq yds^
[mi_i]2 ; area ; 2589988.110336 ; square mile, square-mile, sq mile, sq. mile ; mi², mi2, mi^2, sq mi^, sq. mi.^, sq. mi^, sq.mi.^, sqmi^
[nmi_i]2 ; area ; 3429904 ; square nautical mile ; nmi², sq nmi
deg ; angle ; ~0.01745329251994329576923690768488612713 ; degree~/degrees~, degree of arc/degrees of arc, arc degree, arcdegree, angular degree, angle degree ; °, deg~, deg.~, arcdeg
' ; angle ; ~0.0002908882086657215961539484614147687855 ; arcminute, minute of arc/minutes of arc, arc minute, minute arc, angular minute ; arcmin, arcmins, amin, MOA~
'' ; angle ; ~0.000004848136811095359935899141023579479758 ; arcsecond, second of arc/seconds of arc, arc second, second arc, angular second ; arcsec, arcsecs, asec, ''
circ ; angle ; ~6.283185307179586476925286766559005768394 ; revolution~/revolutions~, full turn ; rev~
gon ; angle ; ~0.01570796326794896619231321691639751442 ; gon, gradian ; grad~
Cel ; temperature ; 1 ; degree Celsius/degrees Celsius, degree celsius/degrees celsius, degree C/degrees C, degree centigrade/degrees centigrade, degree Centigrade/degrees Centigrade, celsius/celsius, centigrade/centigrade, deg C/deg C, deg. C/deg. C, deg Celsius/deg Celsius ; °C, ° C, ℃, ºC, º C, ˚C, C~, °c
[degF] ; temperature ; 5/9 ; degree Fahrenheit/degrees Fahrenheit, degree fahrenheit/degrees fahrenheit, degree F/degrees F, fahrenheit/fahrenheit, deg F/deg F, deg. F/deg. F, deg Fahrenheit/deg Fahrenheit ; °F, ° F, ℉, ºF, º F, ˚F, F~, °f
[degR] ; temperature ; 5/9 ; degree Rankine/degrees Rankine, degree rankine/degrees rankine, rankine/rankine ; °R, ° R, °Ra
[Btu] ; energy ; cldr:british-thermal-unit-it ; British thermal unit ; Btu^, BTUs^, BT-IT
[Btu_th] ; energy ; cldr:british-thermal-unit ; thermochemical British thermal unit ;
{MMBtu} ; energy ; 1000000 [Btu] ; million British thermal units/million British thermal units, million Btu/million Btu, mega British thermal unit ; MMBtu^, MBTU~
{quad} ; energy ; 1000000000000000 [Btu] ; quad~/quads~, quadrillion Btu/quadrillion Btu, quadrillion British thermal unit ;
{therm} ; energy ; cldr:therm-us ; therm, US therm ; thm
erg ; energy ; 0.0000001 ; erg! ;
{hartree} ; energy ; ~0.0000000000000000043597447222060 ; hartree ;
{tTNT} ; energy ; 4184000000 ; ton of TNT/tons of TNT, tonne of TNT/tonnes of TNT ; tTNT
{hph} ; energy ; ~2684519.537696172792 ; horsepower hour, horsepower-hour ; hph
[HP] ; power ; cldr:horsepower ; horsepower/horsepower, brake horsepower/brake horsepower, shaft horsepower/shaft horsepower, British horsepower/British horsepower, UK horsepower/UK horsepower, boiler horsepower/boiler horsepower, hydraulic horsepower/hydraulic horsepower ; hp^, bhp, shp, h.p.
{PS} ; power ; 735.49875 ; metric horsepower/metric horsepower ; PS~
{TR} ; power ; ~3516.8528420667 ; ton of refrigeration/tons of refrigeration, refrigeration ton ; TR~
{L_sun} ; power ; ~cldr:solar-luminosity ; solar luminosity/solar luminosities ; L☉
atm ; pressure ; cldr:atmosphere ; atmosphere!/atmospheres!, standard atmosphere ; atm~
att ; pressure ; 98066.5 ; technical atmosphere ;
[psi] ; pressure ; ~6894.757293168361336722673445346890694 ; pound per square inch/pounds per square inch, pound-force per square inch/pounds-force per square inch, pound force per square inch/pounds force per square inch ; psi^, lb/in², psig, psia
m[Hg] ; pressure ; 133322.387415 ; meter of mercury/meters of mercury ;
mm[Hg] ; pressure ; 133.322387415 ; millimeter of mercury/millimeters of mercury, millimetre of mercury/millimetres of mercury, millimeter mercury/millimeters mercury ; mmHg^, mm Hg, mm. Hg
[in_i'Hg] ; pressure ; 3386.388640341 ; inch of mercury/inches of mercury, inch mercury/inches mercury ; inHg^, in Hg, "Hg, ″ Hg, in. Hg
cm[H2O] ; pressure ; 98.0665 ; centimeter of water/centimeters of water, centimetre of water/centimetres of water ; cmH2O, cm H2O
[in_i'H2O] ; pressure ; 249.08891 ; inch of water/inches of water, inch water column ; inH2O, inAq
{Torr} ; pressure ; 101325/760 ; torr/torr ; Torr
{Ba} ; pressure ; 1/10 ; barye ;
kgf ; force ; 9.80665 ; kilogram-force/kilograms-force, kilogram force/kilograms force, kilopond, force kilogram ; kgf, kp~
gf ; force ; 0.00980665 ; gram-force/grams-force, gram force/grams force ; gf~
{tf} ; force ; 9806.65 ; ton-force/tons-force, ton force/tons force, tonne-force/tonnes-force, tonne force/tonnes force ; tf, tonf
[lbf_av] ; force ; cldr:pound-force ; pound-force/pounds-force, pound force/pounds force, pound of force/pounds of force, pound of thrust/pounds of thrust ; lbf
{ozf} ; force ; 0.27801385095378125 ; ounce-force/ounces-force, ounce force/ounces force ; ozf
{pdl} ; force ; 0.138254954376 ; poundal ; pdl
{kip} ; force ; 4448.2216152605 ; kip-force ; kipf, klbf
dyn ; force ; 0.00001 ; dyne ; dyn
N.m ; torque ; 1 ; newton-meter, newton-metre, newton meter, newton metre ; Nm~, N·m, N⋅m, N m, N-m
[ft_i].[lbf_av] ; torque ; 1.3558179483314004 ; pound-foot/pound-feet, pound foot/pound feet, foot-pound, foot pound, pound-force-foot/pound-force-feet ; lb-ft, lb.-ft., ft-lb, ft-lbs, ft. lbs., lbf⋅ft, lbf·ft, ft·lbf, lb ft, lb·ft
[g] ; acceleration ; cldr:g-force ; g-force, standard gravity/standard gravities ; G-force, Gs~, G-forces
Gal ; acceleration ; 1/100 ; galileo ;
m/s2 ; acceleration ; 1 ; meter per second squared/meters per second squared, metre per second squared/metres per second squared, meter per square second/meters per square second, metre per square second/metres per square second ; m/s², m/s2, m/s^2
[ft_i]/s2 ; acceleration ; 0.3048 ; foot per second squared/feet per second squared, foot per square second/feet per square second ; ft/s², ft/s2
[c] ; speed ; cldr:light-speed ; speed of light/speed of light, lightspeed/lightspeed ;
{mach} ; speed ; ~340.3 ; ;
{Beaufort} ; wind-force ; 1 ; ;
{rev}/min ; rotation ; 1/60 ; revolution per minute/revolutions per minute, rotation per minute/rotations per minute ; rpm^, r.p.m., rev/min, r/min
{rev}/s ; rotation ; 1 ; revolution per second/revolutions per second ; rps~
{beats}/min ; frequency ; 1/60 ; beat per minute/beats per minute ; bpm^
R ; exposure ; 0.000258 ; roentgen, röntgen, rontgen ; R~
RAD ; absorbed-dose ; 1/100 ; rad~/rads~ ;
REM ; dose-equivalent ; 1/100 ; rem!/rems!, roentgen equivalent man ;
{Rd} ; radioactivity ; 1000000 ; rutherford! ; Rd~
Oe ; magnetic-strength ; ~79.57747154594766788444188168625718101 ; oersted ; Oe
Mx ; magnetic-flux ; 0.00000001 ; maxwell! ; Mx
Bi ; current ; 10 ; biot!, abampere ;
{statC} ; charge ; ~0.0000000003335640951981520495755767144749 ; statcoulomb, electrostatic unit of charge/electrostatic units of charge ; statC, esu
{statV} ; voltage ; 299.792458 ; statvolt ;
{statOhm} ; resistance ; ~898755178736.8176 ; statohm ;
{faraday} ; charge ; ~96485.33212331001 ; ;
{AT} ; current ; 1 ; ampere-turn, ampere turn ; At~
ph ; illuminance ; 10000 ; phot ;
[ftcd] ; illuminance ; ~10.76391041670972 ; foot-candle, foot candle, footcandle ; fc~
sb ; luminance ; 10000 ; stilb ; sb~
cd/m2 ; luminance ; 1 ; candela per square meter/candelas per square meter, candela per square metre/candelas per square metre, nit~/nits~ ; cd/m², cd/m2
P ; viscosity ; 1/10 ; poise~/poise~ ; P~
cP ; viscosity ; 1/1000 ; centipoise/centipoise ; cP, cps~
St ; kinematic-viscosity ; 1/10000 ; stokes~/stokes~ ;
cSt ; kinematic-viscosity ; 0.000001 ; centistokes/centistokes, centistoke ; cSt
Jy ; flux-density ; 0.00000000000000000000000001 ; jansky/janskys ; Jy
mJy ; flux-density ; 0.00000000000000000000000000001 ; millijansky/millijanskys ; mJy
tex ; linear-density ; 0.000001 ; tex~/tex~ ; tex~
dtex ; linear-density ; 0.0000001 ; decitex/decitex ; dtex
[den] ; linear-density ; 1/9000000 ; denier/denier ; den~
Ky ; irradiance ; 1 ; ;
{darcy} ; permeability ; ~0.0000000000009869233 ; darcy!/darcies ;
Bd ; data-rate ; 1/8 ; baud/baud ; Bd~
{nibble} ; data ; 1/2 ; nibble~/nibbles~, nybble ;
{qubit} ; number ; 1 ; qubit, quantum bit, qbit ;
{pixel} ; pixels ; 1 ; pixel, picture element, pel~ ; px
{megapixel} ; pixels ; 1000000 ; megapixel ; MP~, Mpx, mpx
{pixel}/[in_i] ; pixel-density ; 5000/127 ; pixel per inch/pixels per inch ; ppi~
{dot}/[in_i] ; pixel-density ; 5000/127 ; dot per inch/dots per inch ; dpi
{pixel}/cm ; pixel-density ; 100 ; pixel per centimeter/pixels per centimeter ; ppcm
{dot}/cm ; pixel-density ; 100 ; dot per centimeter/dots per centimeter ; dpcm
{em} ; pixels ; 1 ; ;
[bp] ; number ; 1 ; base pair ;
k[bp] ; number ; 1000 ; kilobase, kilobase pair, kilo base pair ; kbp
M[bp] ; number ; 1000000 ; megabase, megabase pair, mega base pair ; Mbp
G[bp] ; number ; 1000000000 ; gigabase, gigabase pair, giga base pair ; Gbp
{nt} ; number ; 1 ; nucleotide ;
[diop] ; optical-power ; 1 ; diopter, dioptre ;
[pH] ; number ; 1 ; ;
[iU] ; number ; 1 ; international unit! ; IU
[ppth] ; ratio ; 1/1000 ; per mille/per mille, per mil/per mil, per mill/per mill, permille/permille, permill/permill, permil/permil, part per thousand/parts per thousand ; ‰
{bp} ; ratio ; 1/10000 ; basis point, permyriad/permyriad, per myriad/per myriad ; bps~, bp~, ‱
[ppm] ; ratio ; 0.000001 ; part per million/parts per million ; ppm^, p.p.m.
[ppb] ; ratio ; 0.000000001 ; part per billion/parts per billion ; ppb^
[pptr] ; ratio ; 0.000000000001 ; part per trillion/parts per trillion ; ppt~
% ; ratio ; 1/100 ; ;
10*3 ; number ; 1000 ; ;
10*6 ; number ; 1000000 ; ;
10*9 ; number ; 1000000000 ; ;
10*12 ; number ; 1000000000000 ; ;
L/(100.km) ; consumption ; 0.00000001 ; liter per 100 kilometers/liters per 100 kilometers, litre per 100 kilometres/litres per 100 kilometres, liter per 100 km/liters per 100 km, litre per 100 km/litres per 100 km ; L/100 km^, L/100km^
kW.h/(100.km) ; energy-per-length ; 36 ; kilowatt-hour per 100 kilometers/kilowatt-hours per 100 kilometers ; kWh/100km^, kWh/100 km^
[mi_i]/[gal_us] ; economy ; 1609.344/0.003785411784 ; mile per gallon/miles per gallon, mile to the gallon/miles to the gallon, mile a gallon/miles a gallon ; mpg^, MPGe, mi/gal
[mi_i]/[gal_br] ; economy ; 1609.344/0.00454609 ; mile per imperial gallon/miles per imperial gallon, mile per Imp. gallon/miles per Imp. gallon ; mpg Imp., m/gUK
{mu} ; area ; 2000/3 ; mu~/mu~, mou!/mou! ;
{jin} ; mass ; 1/2 ; jin~/jin~, Chinese pound ;
{li} ; length ; 500 ; li~/li~ ;
{liang} ; mass ; 1/20 ; liang!/liang! ;
{chi} ; length ; 1/3 ; chi~/chi~, Chinese foot/Chinese feet ;
{zhang} ; length ; 10/3 ; ;
{qing} ; area ; 200000/3 ; ;
{dan} ; mass ; 50 ; ;
{pyeong} ; area ; 400/121 ; pyong/pyong, pyeong/pyeong, pyongs, pyeongs, p'yong/p'yong, tsubo/tsubo ;
{jeongbo} ; area ; 1200000/121 ; jeongbo/jeongbo, chongbo/chongbo, jongbo/jongbo, chŏngbo/chŏngbo ;
{geun} ; mass ; 3/5 ; geun/geun, keun!/keun!, kun~/kun~ ;
{don} ; mass ; 0.00375 ; ;
{mal} ; volume ; ~0.0180390684 ; ;
{ri_kr} ; length ; 4320/11 ; ri~/ri~ ;
{catty} ; mass ; 0.60478982 ; catty/catties, kati/katis ;
{tael} ; mass ; 0.03779936375 ; tael ;
{picul} ; mass ; 60.478982 ; picul, pikul ;
{tola} ; mass ; 0.01166380380 ; tola ;
{maund} ; mass ; 37.32417216 ; maund ;
{viss} ; mass ; 1.632932532 ; viss/viss ;
{rai} ; area ; 1600 ; rai!/rai! ;
{feddan} ; area ; ~4200.833333 ; feddan ;
{kanal} ; area ; 605 [syd_i] ; kanal ;
{marla} ; area ; 30.25 [syd_i] ; marla ;
{stremma} ; area ; 1000 ; stremma/stremmata ;
{pood} ; mass ; 16.3804964 ; pood ;
{kan} ; mass ; 3.75 ; ;
{koku} ; volume ; cldr:koku ; koku/koku ;
{sho} ; volume ; 1/100 {koku} ; ;
{shaku} ; length ; 10/33 ; shaku!/shaku! ;
{sun_jp} ; length ; 1/33 ; ;
{ken_jp} ; length ; 20/11 ; ;
{ri_jp} ; length ; 43200/11 ; ;
{cho_jp} ; area ; cldr:cho ; ;
{se_jp} ; area ; cldr:se-jp ; ;
{morgen} ; area ; 2500 ; ;
{arroba} ; mass ; 11.502 ; arroba ;
{manzana} ; area ; ~6987 ; manzana! ;
"""

# Prefixed units: base ucum, prefixes with a symbol, prefixes with a name only.
PREFIXED = """m : h dm=dm c m u n p k ; da f M G
g : k m u n ; h da d c p M
L : h d c m u k M ; n da G
t : k M G ;
W : m u k M G T ; n p P
V : m u k M ; n G
A : m u n k ; p M
Hz : k M G T ; m P E
J : k M G T m ; P E u n
Pa : h k M G ; m T
N : k M m ; G
By : k M G T P E Z Y Ki Mi Gi Ti Pi Ei Zi Yi ;
bit : k M G T P E Ki Mi Gi Ti Pi Ei Zi Yi ; Z Y
eV : k M G T m ; P
Ohm : k M m ; G u
S : m u ; n
F : u n p ; m
H : m u ; n
T : m u ; n
Wb : m u ;
C : m u ; k n
Sv : m u ; n
Gy : m k ; c u
Bq : k M G T m ; P
mol : m u n ; k p
kat : ; m u n
cd : ; m k
lm : ; k
lx : ; k
rad : m u ;
cal : k ; M
bar : m k ; M u
W.h : k M G T m ; P
A.h : m ; k
V.A : k M ; G
u : k M ;
pc : k M G ;
Ci : m u p n ; k M
G : ; k m u
s : m u n p f a ;
R : m ;
RAD : ; m k
REM : m ;
dyn : ; k M
{tTNT} : k M ; G
K : ; m u
{darcy} : ; m
tex : ; m k
b : f p n m u ; M k"""

# Squares and cubes of metric lengths.
POWERS = {"2": ("area", "square", "sq", "²", "m km cm mm dm hm um nm"), "3": ("volume", "cubic", "cu", "³", "m km cm mm dm um")}

# Compounds: numerators / denominators, dimension.
COMPOUNDS = """m km cm mm [in_i] [ft_i] [mi_i] um nm / s ; speed
m km cm mm [in_i] [ft_i] [mi_i] [yd_i] / min ; speed
m km cm mm [in_i] [ft_i] [mi_i] / h ; speed
m km cm mm [in_i] [ft_i] [mi_i] / d ; speed
m km cm mm [in_i] [ft_i] / a ; speed
m3 L mL km3 [cft_i] [gal_us] / s ; flow
m3 L mL [cft_i] [gal_us] / min ; flow
m3 L mL [cft_i] [gal_us] km3 / h ; flow
m3 L ML [cft_i] [gal_us] [bbl_us] {acre_foot} km3 mL / d ; flow
m3 L [gal_us] [bbl_us] km3 {acre_foot} / a ; flow
kg t g mg [lb_av] / s ; mass-flow
kg t g [lb_av] mg / min ; mass-flow
kg t g mg ug [lb_av] [ston_av] / h ; mass-flow
kg t g mg ug [lb_av] [ston_av] kt / d ; mass-flow
kg t g [lb_av] [ston_av] kt Mt Gt / a ; mass-flow
g mg ug ng kg / L ; density
g mg ug ng / mL ; density
g mg ug ng / dL ; density
kg g mg ug ng t / m3 ; density
g kg mg / cm3 ; density
[lb_av] / [cft_i] ; density
[lb_av] / [gal_us] ; density
mol mmol umol nmol / L ; concentration
kg t g / har ; area-density
kg g mg t / m2 ; area-density
g kg / cm2 ; area-density
kg t / km2 ; area-density
[lb_av] t [ston_av] / [acr_us] ; area-density
[bu_us] / [acr_us] ; application
L m3 / har ; application
L / m2 ; application
g mg ug ng / kg ; ratio
mg ug / g ; ratio
m / km ; ratio
mL L m3 / kg ; specific-volume
g kg mg / km ; linear-density
kg g t / m ; linear-density
L / km ; consumption
km / L ; economy
kbit Mbit Gbit Tbit bit kBy MBy GBy TBy By / s ; data-rate
J kJ MJ kcal kW.h W.h / kg ; specific-energy
J kJ kcal / g ; specific-energy
J kJ kcal / mol ; molar-energy
W kW / kg ; specific-power
W kW / m2 ; irradiance
V kV mV / m ; electric-field
kW.h MW.h GW.h TW.h kcal [Btu] / d ; power
kW.h MW.h GW.h TW.h / a ; power
kcal [Btu] kJ / h ; power
Sv mSv uSv / h ; dose-rate
mSv uSv Sv / a ; dose-rate
Bq kBq MBq / m3 ; activity-density
Bq kBq pCi / L ; activity-density
Bq kBq / kg ; specific-activity
kg / cm2 ; area-density
lm / W ; luminous-efficacy
N kN / m ; surface-tension
N / m2 ; pressure
N / mm2 ; pressure"""
SI.update({"luminous-efficacy": "lm/W", "surface-tension": "N/m"})
TIME_NAMES = {"s": "second", "min": "minute", "h": "hour", "d": "day", "a": "year"}
TIME_SYMBOLS = {"s": ["s", "sec"], "min": ["min"], "h": ["h", "hr"], "d": ["day", "d"], "a": ["yr", "year", "a"]}

# Terms added to compounds and prefixed units: ucum = names | symbols
MORE = """
km/h = kilometer-per-hour/kilometer-per-hour, kilometre-per-hour/kilometre-per-hour | kph^, k.p.h.^, kmh^, kmph^, km/hr, km/hour, km per hour, kms/h, km/H, KM/H, Km/h, kms per hour
[mi_i]/h = mile-per-hour/mile-per-hour, mile an hour/miles an hour | mph^, m.p.h.^, mi/h, mi/hr
m/s = | mps~, m/sec, m·s−1
[ft_i]/s = | fps~, ft/sec
[in_i]/s = | ips~
m3/s = cumec | m³/sec, cumecs
[cft_i]/s = cusec, second-foot/second-feet | cfs^, cusecs
[cft_i]/min = | cfm^, CFPM, SCFM
cm3/min = standard cubic centimeter per minute/standard cubic centimeters per minute | sccm^
L/min = | lpm^, LPM, SLM, SLPM
[gal_us]/min = | gpm^
[gal_us]/d = | gpd^, mgd~
[bbl_us]/d = | bpd^, b/d, bbl/d, bopd
t/d = ton per day/tons per day | tpd^, TPD
t/a = ton per year/tons per year, ton per annum/tons per annum, tonne per annum/tonnes per annum | tpa^, mtpa
t/h = ton per hour/tons per hour | tph^
Mt/a = million tonnes per annum/million tonnes per annum | Mtpa, MTPA
t/har = ton per hectare/tons per hectare | t/ha
[lb_av]/h = | pph~
kbit/s = | kbps^, kb/s, kbit/s, Kbit/s, Kb/s
Mbit/s = | Mbps^, Mb/s, Mbit/s
Gbit/s = | Gbps^, Gb/s, Gbit/s
Tbit/s = | Tbps^, Tb/s
bit/s = | bps~, b/s
kBy/s = | kB/s, KB/s, KBps
MBy/s = | MB/s, MBps
GBy/s = | GB/s, GBps
km = kilometer!, klick, kilometres/kilometres, kms/kms | kms, Km, KM, Kms, km., kms., K.M., ㎞
cm = | cms, CM~, cm., cms., ㎝, Cm~
mm = | mms, mm., ㎜, MM~
um = micron, micrometer, micrometre | µm, μm
nm = millimicron |
m = | mtr^, mtrs^, mts~, meter., m.~
kg = kilo | kgs, Kg, KG, Kgs, KGs, kg., kgs., Kg., ㎏, kilos
g = |
mg = | mg., ㎎, Mg~, MG~
ug = | µg, μg, mcg, mcgs
mL = | ml, mls, ml., ML~, mils~, ㎖
cL = | cl, cL
dL = | dl, dL
hL = | hl, hL
uL = | µl, µL, μl, μL
kL = | kl~, kL
ML = megaliter | ML
dam = dekameter, dekametre | dam~
kt = kiloton | kt~, kton, ktons
Mt = megaton | Mt, Mton
Gt = gigaton | Gt, Gton
k{tTNT} = kiloton of TNT/kilotons of TNT |
M{tTNT} = megaton of TNT/megatons of TNT |
kW = | KW, kw, Kw, kWe, kWp
MW = | Mw~, MWe, MWt, MWp, mw~
GW = | GWe, GWp
kHz = | khz, KHz, KHZ
MHz = | Mhz, mhz, MHZ
GHz = | Ghz, ghz, GHZ
kW.h = kilowatthour | kwh^, kW-h, kW·h, kW h, KWH
MW.h = megawatthour | MWh, Mwh, MWH, MW h
GW.h = gigawatthour | GWh, Gwh, GWH
TW.h = terawatthour | TWh, Twh, TWH
mA.h = milliamp-hour, milliamp hour | mAh, mah, MAH
kV = | KV, kv
kPa = | kpa, KPa, ㎪
hPa = | hpa
mbar = millibar | mb~, mbar, mbars, mbar.
kcal = kilocalorie, Calorie! | kcal, Kcal, kcals, KCal
keV = kilo electron volt, kiloelectron volt, kiloelectron-volt | keV
MeV = million electron volts/million electron volts, megaelectron volt, megaelectron-volt | MeV
GeV = gigaelectron volt, gigaelectron-volt, bevatron | GeV, BeV
TeV = teraelectron volt, teraelectron-volt | TeV
kBy = | kB, KB, Kb~, kbyte, kbytes
MBy = meg~/megs~ | MB, MByte, Mbyte, Mbytes, mb~
GBy = gig~/gigs~ | GB, GByte, Gbyte, Gbytes, gb~, Gb~
TBy = | TB, TByte, Tbytes, tb~
PBy = | PB
EBy = | EB~
ZBy = | ZB
YBy = | YB
KiBy = kibibyte | KiB
MiBy = mibibyte | MiB
GiBy = | GiB
TiBy = | TiB
PiBy = | PiB
EiBy = | EiB
kbit = | kb~, kbit, kbits, Kbit
Mbit = | Mb~, Mbit, Mbits
Gbit = | Gb~, Gbit, Gbits
Tbit = | Tb~, Tbit
Pbit = | Pb~, Pbit
kOhm = kilohm, kiloohm | kΩ, kΩ
MOhm = megohm, megaohm | MΩ, MΩ
ku = kilodalton | kDa
Mu = megadalton | MDa~
mR = milliroentgen | mR
mREM = millirem | mrem
s = |
ms = | ms~, msec, msecs
us = | µs, μs, μsec, usec
ns = | ns~, nsec
m2 = sq meter, sq metre, sq. meter, sq. metre, meter square/meters square | m2, sqm^, sq.m.^, sq. m.^, sq. m^, sq.m^, sq m^, square m^, m²., ㎡, qm~, sq mt^, sq mtr^, m^2
km2 = sq kilometer, sq kilometre, sq. kilometer, sq. kilometre, square km/square km, square kms/square kms, square-kilometer, square-kilometre | sqkm^, sq.km.^, sq.km^, sq. km.^, sq kms^, ㎢, km^2
m3 = kiloliter, kilolitre, cu meter, cu metre, cu. meter, cu. metre, cubic m/cubic m, cubic-meter, cubic-metre | cbm^, cum~, cu.m.^, cu. m.^, ㎥, m^3, stère
cm3 = cubic cm/cubic cm, cc~/ccs~ | cc~, ccs, cc., ccm, c.c., cm^3
km3 = cubic km/cubic km |
cm2 = square cm/square cm | sqcm^, cm^2
[lb_av]/[cft_i] = | pcf~, lb/ft3, lb/ft³
g/cm3 = gram per cc/grams per cc | g/cc, g/cm³, gm/cc
ug/m3 = | µg/m3, µg/m³, μg/m3, μg/m³, mcg/m3
mg/dL = | mg/dl
mmol/L = millimolar | mmol/l
mol/L = molar~ | M~
[lb_av]/[acr_us] = | lb/ac
[bu_us]/[acr_us] = | bpa~, bu/ac, bu/acre
km/L = | kmpl, kpl
W/m2 = | W/m²
"""

ALSO = {"m": "min|10*6", "M": "10*6", "k": "10*3", "b": "10*9|By", "B": "10*9|bit", "t": "10*12", "T": "10*12", "ton": "t|[lton_av]",
        "tons": "t|[lton_av]", "C": "C", "F": "F", "K": "10*3|kBy", "°": "Cel|[degF]", "degree": "Cel|[degF]",
        "degrees": "Cel|[degF]", "deg": "Cel|[degF]", "deg.": "Cel|[degF]", "'": "'|min", "′": "'|min", "’": "'|min",
        '"': "''|s", "″": "''|s", "”": "''|s", "''": "[in_i]|s", "ounce": "[foz_us]|[oz_tr]", "ounces": "[foz_us]|[oz_tr]",
        "oz": "[foz_us]|[oz_tr]", "oz.": "[foz_us]|[oz_tr]", "gallon": "[gal_br]", "gallons": "[gal_br]", "gal": "[gal_br]",
        "pint": "[pt_br]", "pints": "[pt_br]", "pt": "[pnt]|[pt_br]", "quart": "[qt_br]", "quarts": "[qt_br]", "mile": "[nmi_i]",
        "miles": "[nmi_i]", "calorie": "[Cal]", "calories": "[Cal]", "cal": "[Cal]", "Calorie": "cal", "kt": "[kn_i]|[car_Au]",
        "mb": "MBy|Mbit", "Mb": "MBy|M[bp]", "Gb": "GBy|G[bp]", "kb": "kBy|k[bp]", "nm": "[nmi_i]", "mt": "Mt", "MT": "Mt",
        "kiloton": "k{tTNT}", "kilotons": "k{tTNT}", "megaton": "M{tTNT}", "megatons": "M{tTNT}", "tonne": "", "barrel": "{dbl_us}",
        "hundredweight": "[lcwt_av]", "bps": "{bp}", "ML": "mL", "mils": "[mil_i]", "mil": "10*6", "g": "[g]", "G": "[g]",
        "catty": "{jin}", "catties": "{jin}", "tael": "{liang}", "taels": "{liang}", "ri": "{ri_jp}", "carat": "[car_Au]",
        "carats": "[car_Au]", "ct": "[car_Au]", "li": "{ri_kr}", "gr": "[gr]", "dram": "[fdr_us]", "drams": "[fdr_us]", "point": "",
        "bar": "", "mpg": "[mi_i]/[gal_br]", "tons per day": "[ston_av]/d", "ton per day": "[ston_av]/d", "P": "", "l": "",
        "pounds": "[lbf_av]", "pound": "[lbf_av]", "lbs": "[lbf_av]", "cup": "[cup_m]", "cups": "[cup_m]", "mm": "10*6", "MM": "10*6",
        "cc": "", "mil.": "10*6", "A": "Ao", "minute": "'", "foot-pound": "", "acre": "", "knot": "", "stone": "", "rad": "RAD",
        "kg": "kgf", "R": "", "cps": "cP", "ppt": "[ppth]", "picul": "", "fps": "", "hand": "", "MP": "", "dr": "[fdr_us]"}

# A term that two units claim gets one row, with this unit; the other goes to `also`.
PREFER = {"C": "Cel", "F": "[degF]", "Gb": "Gbit", "Gs": "[g]", "K": "K", "ML": "ML", "bps": "bit/s", "cps": "Hz", "gr.": "[gr]",
          "kiloliter": "kL", "kiloliters": "kL", "kilolitre": "kL", "kilolitres": "kL", "kt": "kt", "mT": "mT", "mb": "mbar",
          "mils": "[mil_i]", "nm": "nm", "pt": "[pt_us]", "rad": "rad", "sq hm": "har", "square hectometer": "har",
          "square hectometers": "har", "square hectometre": "har", "square hectometres": "har", "fps": "[ft_i]/s"}
PREFER.update({f"{ton} {per} {time}": f"[ston_av]/{code}" for ton in ("ton", "tons") for per in ("a", "an", "per")
               for time, code in (("day", "d"), ("year", "a"), ("hour", "h"))})
NOT_HERE = re.compile(r"^(duration|10p|1024p|per$|power|times|coordinateUnit|concentr-(item|percent|portion|ofglucose)|"
                      r"graphics-em|graphics-dot$|temperature-generic|speed-beaufort|speed-light|pressure-(gasoline|ofhg)|"
                      r"(length|area|volume|mass)-.*(jp|rin|sun|shaku.*|ken|cho|kosaji|osaji|sai|koku|fun)$)")


class Table:
    def __init__(self, cldr):
        self.cldr, self.units, self.names, self.order = cldr, {}, {}, {}

    def factor(self, text):
        text = text.strip()
        approximate = text.startswith("~")
        text = text.lstrip("~")
        if text.startswith("cldr:"):
            return self.cldr[text[5:]], approximate
        if " " in text:
            number, code = text.split(" ")
            if code == "[cft_i]" and code not in self.units:
                return fraction(number) * Fraction("0.028316846592"), approximate
            if code == "[syd_i]" and code not in self.units:
                return fraction(number) * Fraction("0.83612736"), approximate
            return fraction(number) * self.units[code]["factor"], approximate or self.units[code]["approximate"]
        return fraction(text), approximate

    def unit(self, code, name, dimension, factor, approximate=False, offset=None):
        if code in self.units:
            sys.exit(f"unit twice: {code}")
        self.units[code] = dict(name=name, dimension=dimension, factor=factor, approximate=approximate, offset=offset)

    def term(self, term, code, kind, case, only_after, weak):
        term = term.strip()
        if not term:
            return
        old = self.names.get((term, code))
        if old is None or (old["weak"] and not weak):
            self.names[term, code] = dict(kind=kind, case=case, only_after=only_after, weak=weak)

    def name_terms(self, names, code):
        """Singular and plural of each name; returns the clean [(singular, plural)]."""
        pairs = []
        for name in filter(None, map(str.strip, names)):
            parts = name.split("/")
            marks = "".join(re.findall(r"[~!]", name))
            clean = [part.strip("~!^ ") for part in parts]
            singular, plural = clean[0], clean[1] if len(clean) > 1 else pluralise(clean[0])
            for term in dict.fromkeys((singular, plural)):
                weak = "~" in marks
                self.term(term, code, "unit-name", "fold" if term != "Calorie" and term != "Calories" else "exact",
                          "number" if marks else "", weak)
            pairs.append((singular, plural))
        return pairs

    def symbol_terms(self, symbols, code):
        for symbol in filter(None, map(str.strip, symbols)):
            term = symbol.rstrip("~^!") if len(symbol) > 1 else symbol
            self.term(term, code, "unit-symbol", "fold" if "^" in symbol[len(term):] else "exact", "number",
                      "~" in symbol[len(term):])


def pluralise(word):
    if word.endswith(("foot",)):
        return word[:-4] + "feet"
    if word.endswith("inch"):
        return word + "es"
    return word if word.endswith("s") and not word.endswith("ss") else word + "s"


def fraction(text):
    if "/" in text:
        top, bottom = text.split("/")
        return Fraction(top) / Fraction(bottom)
    return Fraction(text)


def plain(value):
    """An exact decimal if there is one of at most 45 digits, else numerator/denominator."""
    bottom = value.denominator
    twos = fives = 0
    while bottom % 2 == 0:
        bottom //= 2
        twos += 1
    while bottom % 5 == 0:
        bottom //= 5
        fives += 1
    places = max(twos, fives)
    if bottom != 1 or places > 45:
        return f"{value.numerator}/{value.denominator}"
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    text = digits[:len(digits) - places] + ("." + digits[len(digits) - places:].rstrip("0") if places else "")
    return ("-" if value < 0 else "") + text.rstrip(".")


def cldr_factors(packages):
    """CLDR's conversion factors to SI, exact. In its expressions '*' binds tighter than '/'."""
    [core] = packages.glob("cldr-core-48.2.0.tgz")
    with tarfile.open(core) as archive:
        data = json.load(archive.extractfile("package/supplemental/units.json"))["supplemental"]
    constants = {name: entry["_value"] for name, entry in data["unitConstants"].items()}

    def value(text):
        top, _, bottom = text.partition("/")
        result = Fraction(1)
        for side, sign in ((top, 1), (bottom, -1)):
            for part in filter(None, map(str.strip, side.split("*"))):
                if "/" in part:
                    sys.exit(text)
                result *= (value(constants[part]) if part in constants else Fraction(part)) ** sign
        return result

    factors = {}
    for name, entry in data["convertUnits"].items():
        if "_special" not in entry:
            factors[name] = value(entry.get("_factor", "1"))
    return factors


def build(packages):
    table = Table(cldr_factors(packages))
    forms = {}
    for line in filter(None, ATOMS.strip().splitlines()):
        code, dimension, factor, names, symbols = (part.strip() for part in (line + ";").split(";")[:5])
        value, approximate = table.factor(factor)
        offset = {"Cel": Fraction("273.15"), "[degF]": Fraction("2298.35") / 9}.get(code)
        marked = [name for name in names.split(",") if name.strip()]
        pairs = table.name_terms(marked, code)
        table.unit(code, pairs[0][0] if pairs else TIME_NAMES.get(code, {"wk": "week", "mo": "month"}.get(code, code.strip("{}[]"))),
                   dimension, value, approximate, offset)
        table.symbol_terms(symbols.split(","), code)
        forms[code] = (pairs, [s.strip().rstrip("~^!") for s in symbols.split(",") if s.strip()], dimension)
    forms["s"] = ([("second", "seconds")], ["s"], "time")
    for line in PREFIXED.splitlines():
        base, rest = line.split(" : ") if " : " in line else sys.exit(line)
        symbolic, _, named = rest.partition(";")
        pairs, symbols, dimension = forms[base]
        unit = table.units[base]
        for prefix, symbol in [(p.split("=")[0], True) for p in symbolic.split()] + [(p, False) for p in named.split()]:
            if prefix == "dm":
                prefix = "d"
            word, power = PREFIXES[prefix]
            scale = Fraction(2)**power if prefix.endswith("i") else Fraction(10)**power
            code = prefix + base
            words = [(word + singular, word + plural) for singular, plural in pairs if " " not in singular or "W.h" in base or "A.h" in base or "V.A" in base]
            words = [(s, p) for s, p in words if "metric" not in s and "cycle" not in s and "candle" not in s and "mho" not in s]
            if base == "{tTNT}":
                words = [(word + "ton of TNT", word + "tons of TNT")]
            if prefix == "da":
                words += [("deka" + s[4:], "deka" + p[4:]) for s, p in words]
            if not words:
                sys.exit(f"no names: {code} {pairs}")
            table.unit(code, words[0][0], dimension, unit["factor"] * scale, unit["approximate"])
            for singular, plural in words:
                table.term(singular, code, "unit-name", "fold", "", False)
                table.term(plural, code, "unit-name", "fold", "", False)
            glyphs = []
            if symbol and symbols:
                main = {"By": "B", "bit": "b", "Ohm": "Ω", "W.h": "Wh", "A.h": "Ah", "V.A": "VA", "u": "Da", "s": "s", "RAD": "", "REM": "rem"}.get(base, symbols[0])
                glyphs = [p + main for p in (("µ", "μ", "u") if prefix == "u" else (prefix,))]
                if base == "bit":
                    glyphs.append(prefix + "bit")
                for glyph in glyphs:
                    weak = glyph in ("pm", "mm", "cd", "mi", "Pb", "as", "fs", "EB", "Mb", "kb", "Gb", "Tb", "ms", "ns", "MT", "kt", "MC", "mC",
                                     "um", "us", "uA", "uV", "PB", "ps", "mN", "mT", "mS", "mW", "MN", "mH", "mR", "nS", "pF", "dm", "pA", "uS", "cm") and glyph not in ("mm", "cm", "dm", "PB")
                    if glyph != "as":
                        table.term(glyph, code, "unit-symbol", "exact", "number", weak)
            forms[code] = (words, glyphs, dimension)
    for power, (dimension, word, short, mark, codes) in POWERS.items():
        for base in codes.split():
            pairs, symbols, _ = forms[base]
            code = base + power
            name = f"{word} {pairs[0][0]}"
            table.unit(code, name, dimension, table.units[base]["factor"] ** int(power))
            names = []
            for singular, plural in pairs:
                for head in (word + " ", word + "-", short + " ", short + ". "):
                    table.term(head + singular, code, "unit-name", "fold", "", False)
                    table.term(head + plural, code, "unit-name", "fold", "", False)
                names.append((f"{word} {singular}", f"{word} {plural}"))
                tail = "squared" if power == "2" else "cubed"
                table.term(f"{plural} {tail}", code, "unit-name", "fold", "number", False)
            glyphs = []
            for symbol in symbols:
                if symbol in ("m", "km", "cm", "mm", "dm", "hm", "µm", "μm", "nm"):
                    for term in (symbol + mark, symbol + power, f"{symbol}^{power}"):
                        table.term(term, code, "unit-symbol", "exact", "number", False)
                        glyphs.append(term)
                    for term in (f"{short} {symbol}", f"{short}. {symbol}", f"{short}. {symbol}.", f"{word} {symbol}"):
                        table.term(term, code, "unit-symbol", "fold", "number", False)
            forms[code] = (names, glyphs, dimension)
    table.unit("[ft_i]2", "square foot", "area", Fraction("0.09290304"))
    table.unit("[in_i]2", "square inch", "area", Fraction("0.00064516"))
    table.unit("[yd_i]2", "square yard", "area", Fraction("0.83612736"))
    table.unit("[ft_i]3", "cubic foot", "volume", Fraction("0.028316846592"))
    table.unit("[in_i]3", "cubic inch", "volume", Fraction("0.000016387064"))
    table.unit("[yd_i]3", "cubic yard", "volume", Fraction("0.764554857984"))
    table.unit("cm3/min", "cubic centimeter per minute", "flow", Fraction(1, 60000000))
    for code in TIME_NAMES:
        forms[code] = ([(TIME_NAMES[code], TIME_NAMES[code] + "s")], TIME_SYMBOLS[code], "time")
    for line in COMPOUNDS.splitlines():
        expression, dimension = line.split(" ; ")
        tops, bottom = expression.split(" / ")
        for top in tops.split():
            code = f"{top}/{bottom}"
            over, under = table.units[top], table.units[bottom]
            names, symbols, _ = forms[top]
            below_names, below_symbols, _ = forms[bottom]
            if code not in table.units:
                table.unit(code, f"{names[0][0]} per {below_names[0][0]}", dimension, over["factor"] / under["factor"],
                           over["approximate"] or under["approximate"])
            for singular, plural in names:
                for below, _ in below_names:
                    joins = [" per "]
                    if bottom in TIME_NAMES:
                        # "500 grams a day" is a quantity and a set of days; only of a flow is it a unit
                        if bottom not in ("d", "a") or top == "[bbl_us]":
                            joins += [" an " if bottom == "h" else " a "]
                    for join in joins:
                        table.term(singular + join + below, code, "unit-name", "fold", "", False)
                        table.term(plural + join + below, code, "unit-name", "fold", "", False)
            for symbol in symbols:
                if symbol in ("LB", "LBS", "Lbs", "℔", "MT", "mT", "gr", "grm", "gm", "gms", "in", '"', "″", "”", "′", "'", "’", "ton") or symbol.endswith(".") or " " in symbol:
                    continue
                for below in below_symbols:
                    if below.endswith(".") or " " in below:
                        continue
                    table.term(f"{symbol}/{below}", code, "unit-symbol", "exact", "number", False)
            forms.setdefault(code, ([], [], dimension))
    for line in filter(None, MORE.strip().splitlines()):
        code, rest = line.split(" = ") if " = " in line else line.split(" =")
        names, _, symbols = rest.partition("|")
        if code not in table.units:
            sys.exit(f"MORE: no unit {code}")
        table.name_terms([n.replace("^", "") for n in names.split(",")], code)
        table.symbol_terms(symbols.split(","), code)
    return table


def cldr_names(packages):
    [archive] = packages.glob("cldr-units-full-48.2.0.tgz")
    with tarfile.open(archive) as files:
        units = json.load(files.extractfile("package/main/en/units.json"))["main"]["en"]["units"]
    for width in ("long", "short", "narrow"):
        for key, entry in units[width].items():
            if NOT_HERE.match(key):
                continue
            for count in ("one", "other"):
                pattern = entry.get(f"unitPattern-count-{count}")
                if pattern:
                    yield width, key, pattern.replace("{0}", "").strip()


def main():
    packages = Path(sys.argv[1])
    table = build(packages)
    for extra in ("{arroba}",):
        table.units[extra]["approximate"] = True
    # CLDR's own names: the unit is known by the long name
    long_names = {}
    for width, key, term in cldr_names(packages):
        hits = [code for (name, code) in table.names if name.lower() == term.lower()]
        if width == "long" and hits:
            long_names[key] = hits[0]
    missing = []
    for width, key, term in cldr_names(packages):
        if key not in long_names:
            missing.append((width, key, term))
        elif not any((name.lower() if width == "long" else name) == (term.lower() if width == "long" else term) for name, _ in table.names):
            if width == "long":
                table.term(term, long_names[key], "unit-name", "fold", "", False)
            elif len(term) > 1 and term[0] not in "#":
                table.term(term, long_names[key], "unit-symbol", "exact", "number", len(term) < 3)
    if missing:
        print("CLDR units without a name here:", sorted({key for _, key, _ in missing}))
    [wheel] = packages.glob("quantulum3-0.10.0-*.whl")
    with zipfile.ZipFile(wheel) as files:
        quantulum = json.loads(files.read("quantulum3/units.json"))
    known = {name.lower() for name, _ in table.names} | {name for name, _ in table.names}
    absent = sorted({term for unit in quantulum.values() if unit["entity"] not in ("currency", "dimensionless", "time")
                     for term in unit.get("surfaces", []) + unit["symbols"] if term.lower() not in known})
    print("quantulum3 terms not here:", absent)

    rows = [[code, unit["name"], unit["dimension"], SI[unit["dimension"]], plain(unit["factor"]),
             plain(unit["offset"]) if unit["offset"] is not None else "", "yes" if unit["approximate"] else ""]
            for code, unit in sorted(table.units.items())]
    write(HERE / "units.csv", ["ucum", "name", "dimension", "si_unit", "factor", "offset", "approximate"], rows)
    names = []
    for (term, code), entry in sorted(table.names.items()):
        also = [c for c in ALSO.get(term, "").split("|") if c and c != code]
        names.append([term, code, entry["kind"], entry["case"], "number" if entry["weak"] else entry["only_after"],
                      "yes" if entry["weak"] else "", "|".join(also)])
    seen = {}
    for row in names:
        seen.setdefault(row[0], []).append(row[1])
    names = [row for row in names if len(seen[row[0]]) == 1 or PREFER.get(row[0]) == row[1]]
    lost = set(seen) - {row[0] for row in names}
    if lost:
        sys.exit(f"PREFER lacks {[(term, seen[term]) for term in sorted(lost)]}")
    for row in names:
        rest = [c for c in seen[row[0]] if c != row[1]]
        row[6] = "|".join(dict.fromkeys(filter(None, row[6].split("|") + rest)))
    # "5 km." at a sentence's end: where the term also stands without it, the full stop is the sentence's.
    names = [row for row in names if not (row[0].endswith(".") and row[0][:-1] in seen)]
    names = [[*row, table.units[row[1]]["dimension"]] for row in names]
    header = ["term", "ucum", "class", "case", "only_after", "weak", "also", "dimension"]
    names = listed_without_doubles(header, names)
    write(HERE / "names.csv", header, names)
    check(table, rows, names)
    print(len(rows), "units", len(names), "names")


def write(path, header, rows):
    path.parent.mkdir(exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def check(table, rows, names):
    with (HERE / "units.csv").open(encoding="utf-8", newline="") as file:
        assert [row for row in csv.reader(file)][1:] == rows
    with (HERE / "names.csv").open(encoding="utf-8", newline="") as file:
        assert [row for row in csv.reader(file)][1:] == names
    keys = [row[0] for row in rows]
    assert keys == sorted(set(keys)), "units: keys"
    pairs = [(row[0], row[1]) for row in names]
    assert pairs == sorted(set(pairs)), "names: keys"
    for row in names:
        for code in [row[1], *filter(None, row[6].split("|"))]:
            assert code in table.units, (row, code)
        assert "  " not in row[0] and row[0] == row[0].strip(), row
    assert len({row[0] for row in names}) == len(names), "names: a term twice"
    try:
        import pint
    except ImportError:
        return print("pint is not installed: factors not checked")
    registry = pint.UnitRegistry()
    checked, unknown = 0, []
    for code, name, dimension, si, factor, offset, approximate in rows:
        if offset or dimension in ("temperature", "data", "level", "wind-force", "pixels", "pixel-density", "number", "ratio", "data-rate"):
            continue
        guess = name.replace("metre", "meter").replace("-", " ").lower()
        guess = re.sub(r"square (\w+( mile)?)", r"(\1)**2", guess)
        guess = re.sub(r"cubic (\w+)", r"(\1)**3", guess)
        guess = guess.replace(" per ", "/(", 1) + ")" if " per " in guess else guess
        for old, new in (("watt hour", "watt_hour"), ("nautical mile", "nautical_mile"), ("metric ton", "metric_ton"), ("short ton", "short_ton"),
                         ("electron volt", "electron_volt"), ("newton meter", "newton*meter"), (" ", "_")):
            guess = guess.replace(old, new)
        guess = guess.replace("kilowatt_hour", "kilowatt*hour").replace("watt_hour", "watt*hour") if "watt_hour" in guess else guess
        try:
            quantity = registry.Quantity(1, guess).to_base_units().magnitude
        except Exception:
            unknown.append(code)
            continue
        here = float(fraction(factor))
        checked += 1
        if abs(quantity / here - 1) > 1e-6 and not (dimension in ("rotation", "frequency") or code == "Mx"):
            print("pint differs:", code, name, here, quantity)
    print("pint:", checked, "checked; no such name in pint:", unknown)


if __name__ == "__main__":
    main()
