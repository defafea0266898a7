"""Makes date/holiday_days.csv: the days of holidays whose calendar follows the moon, by year.

    pip download --no-deps -d PACKAGES holidays==0.109
    python3 date_holidays.py PACKAGES

Columns: `holiday` (the code that `rule` in holidays.csv names) and `days`, one ISO date after the other. Islamic ones are
those of the Umm al-Qura calendar as the package has them; countries that wait for the moon may be a day off. Jewish ones are
days, not the evenings before.
"""
import csv
import sys
import tempfile
import zipfile
from datetime import date, timedelta
from pathlib import Path

OUT = Path(__file__).resolve().parent.parent / "date" / "holiday_days.csv"
# Calendar class of the package, name of its table, our code.
HOLIDAYS = """
chinese _ChineseLunisolar LUNAR_NEW_YEAR lunar-new-year
chinese _ChineseLunisolar DRAGON_BOAT dragon-boat
chinese _ChineseLunisolar MID_AUTUMN mid-autumn
chinese _ChineseLunisolar DOUBLE_NINTH double-ninth
buddhist _BuddhistLunisolar VESAK vesak
hebrew _HebrewLunisolar ROSH_HASHANAH rosh-hashanah
hebrew _HebrewLunisolar YOM_KIPPUR yom-kippur
hebrew _HebrewLunisolar SUKKOT sukkot
hebrew _HebrewLunisolar HANUKKAH hanukkah
hebrew _HebrewLunisolar PURIM purim
hebrew _HebrewLunisolar PASSOVER passover
hebrew _HebrewLunisolar INDEPENDENCE_DAY yom-haatzmaut
hebrew _HebrewLunisolar LAG_BAOMER lag-baomer
hebrew _HebrewLunisolar SHAVUOT shavuot
hebrew _HebrewLunisolar TISHA_BAV tisha-bav
islamic _IslamicLunar HIJRI_NEW_YEAR hijri-new-year
islamic _IslamicLunar ASHURA ashura
islamic _IslamicLunar ARBAEEN arbaeen
islamic _IslamicLunar MAWLID mawlid
islamic _IslamicLunar ISRA_AND_MIRAJ isra-and-miraj
islamic _IslamicLunar RAMADAN_BEGINNING ramadan
islamic _IslamicLunar LAYLAT_AL_QADR laylat-al-qadr
islamic _IslamicLunar EID_AL_FITR eid-al-fitr
islamic _IslamicLunar EID_AL_ADHA eid-al-adha
hindu _HinduLunisolar CHHATH_PUJA chhath
hindu _HinduLunisolar DIWALI_INDIA,DIWALI diwali
hindu _HinduLunisolar DUSSEHRA dussehra
hindu _HinduLunisolar GANESH_CHATURTHI ganesh-chaturthi
hindu _HinduLunisolar GURU_NANAK_JAYANTI guru-nanak
hindu _HinduLunisolar GURU_RAVIDAS_JAYANTI guru-ravidas
hindu _HinduLunisolar GUDI_PADWA gudi-padwa
hindu _HinduLunisolar HANUMAN_JAYANTI hanuman-jayanti
hindu _HinduLunisolar HOLI holi
hindu _HinduLunisolar JANMASHTAMI janmashtami
hindu _HinduLunisolar KARWA_CHAUTH karva-chauth
hindu _HinduLunisolar MAHA_SHIVARATRI maha-shivaratri
hindu _HinduLunisolar MAHAVIR_JAYANTI mahavir-jayanti
hindu _HinduLunisolar MAKAR_SANKRANTI makar-sankranti
hindu _HinduLunisolar ONAM onam
hindu _HinduLunisolar POHELA_BOISHAKH pohela-boishakh
hindu _HinduLunisolar PONGAL pongal
hindu _HinduLunisolar RAKSHA_BANDHAN raksha-bandhan
hindu _HinduLunisolar RAM_NAVAMI ram-navami
hindu _HinduLunisolar RATH_YATRA rath-yatra
hindu _HinduLunisolar SHARAD_NAVRATRI navratri
hindu _HinduLunisolar SWAMI_DAYANAND_SARASWATI_JAYANTI swami-dayanand
hindu _HinduLunisolar BASANT_PANCHAMI vasant-panchami
hindu _HinduLunisolar THAIPUSAM thaipusam
hindu _HinduLunisolar VAISAKHI vaisakhi
"""


def days(table):
    """The days of a table of the package: year → (month, day), or several of them."""
    for year, value in sorted(table.items()):
        for month, day in value if value and isinstance(value[0], tuple) else [value]:
            yield date(year, month, day)


def tu_bishvat(rows):
    """15 Shevat: 59 days before Passover, in leap years a month of 30 days more."""
    for new_year, passover in zip(rows["rosh-hashanah"], rows["passover"][1:]):
        leap = (passover - new_year).days > 200
        yield passover - timedelta(89 if leap else 59)


def main():
    wheel = next(Path(sys.argv[1]).glob("holidays-0.109-*.whl"))
    with tempfile.TemporaryDirectory() as folder:
        zipfile.ZipFile(wheel).extractall(folder)
        sys.path.insert(0, folder)
        rows = []
        for line in HOLIDAYS.strip().splitlines():
            module, name, tables, code = line.split()
            calendar = getattr(__import__(f"holidays.calendars.{module}", fromlist=[name]), name)
            joined = {}
            for table in tables.split(","):
                joined = getattr(calendar, f"{table}_DATES") | joined
            rows.append((code, sorted(day for day in days(joined) if 1900 <= day.year <= 2099)))
        rows.append(("tu-bishvat", list(tu_bishvat(dict(rows)))))
    with OUT.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(["holiday", "days"])
        writer.writerows((code, " ".join(map(str, listed))) for code, listed in sorted(rows))


if __name__ == "__main__":
    main()
