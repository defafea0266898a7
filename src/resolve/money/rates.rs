//! Historical exchange rates, read once and only if a conversion is asked for.
//!
//! The rates of a currency lie in three parallel columns (day, mantissa, decimals), 11 bytes a rate, so that 400,000 of them
//! take less than five megabytes. A rate holds from its day until the next one, at most [`MAX_AGE`] days.

use std::io::Read;

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use crate::decimal::Decimal;
use crate::rules::Ruleset;

/// The rates below the rules' root: zstd of a CSV of date, currency, rate, source, sorted by currency, then date.
const FILE: &str = "money/rates.csv.zst";
/// Yearly market rates of currencies that no bank quotes: currency, year, rate_per_usd, source.
const APPROXIMATE: &str = "money/rates_approximate.csv";
/// Days that a rate holds, so that it reaches over a weekend and holidays.
const MAX_AGE: i32 = 7;
/// The base of the ECB's rates, units per euro.
const EURO: &str = "EUR";
/// The base of the NBP's rates, zloty per unit.
const ZLOTY: &str = "PLN";
/// The base of the approximate rates.
const DOLLAR: &str = "USD";

/// Who quotes a rate, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Source {
    /// Units per euro.
    Ecb,
    /// Units per euro, fixed for ever.
    Fixed,
    /// Zloty per unit.
    Nbp,
}

impl Source {
    fn from_code(code: &str) -> Option<Self> {
        match code {
            "ecb" => Some(Source::Ecb),
            "ecb-fixed" => Some(Source::Fixed),
            "nbp" => Some(Source::Nbp),
            _ => None,
        }
    }
}

/// The rates of one currency from one source, by day.
#[derive(Debug, Default)]
struct Series {
    /// Days since 1970-01-01.
    days: Vec<u16>,
    mantissas: Vec<u64>,
    decimals: Vec<u8>,
}

impl Series {
    fn push(&mut self, day: u16, rate: &str) -> Option<()> {
        let (whole, fraction) = rate.split_once('.').unwrap_or((rate, ""));
        self.mantissas.push(format!("{whole}{fraction}").parse().ok()?);
        self.decimals.push(u8::try_from(fraction.len()).ok()?);
        self.days.push(day);
        Some(())
    }

    /// The last rate on or before a day.
    fn at(&self, day: i32, max_age: i32) -> Option<(Decimal, i32)> {
        let index = self.days.partition_point(|each| i32::from(*each) <= day).checked_sub(1)?;
        let found = i32::from(self.days[index]);
        let rate = Decimal::from_scaled(self.mantissas[index].into(), u32::from(self.decimals[index]));
        (day - found <= max_age && !rate.is_zero()).then_some((rate, found))
    }
}

/// All rates.
#[derive(Debug, Default)]
pub struct Rates {
    series: FxHashMap<(String, Source), Series>,
    /// Units per dollar by currency and year.
    approximate: FxHashMap<(String, i16), Decimal>,
}

/// A rate between two currencies.
#[derive(Debug, Clone)]
pub struct Rate {
    /// Units of the target currency for one unit of the source currency, exactly.
    pub value: Decimal,
    /// The day of the (older) quotation.
    pub date: Date,
    /// Whether it is a yearly market rate, not a bank's quotation.
    pub approximate: bool,
}

/// What one unit is worth in a base currency, and the day of the quotation.
type Quote = (Decimal, i32);

impl Rates {
    /// The rates of a ruleset; none where its files cannot be read.
    pub fn of(ruleset: &Ruleset) -> &Self {
        ruleset.prepared.get(|| Self::load(ruleset))
    }

    fn load(ruleset: &Ruleset) -> Self {
        let mut text = String::new();
        if let Some(bytes) = ruleset.files.get(FILE)
            && let Ok(mut decoder) = zstd::Decoder::new(bytes)
        {
            // A file that breaks off gives the rates before the break.
            let _ = decoder.read_to_string(&mut text);
        }
        let approximate = ruleset.files.text(APPROXIMATE).unwrap_or_default();
        Self::parse(&text, approximate)
    }

    fn parse(quoted: &str, approximate: &str) -> Self {
        let mut rates = Self::default();
        let mut days: FxHashMap<&str, u16> = FxHashMap::default();
        let mut open: Option<(&str, Source, Series)> = None;
        for line in quoted.lines().skip(1) {
            let mut cells = line.split(',');
            let (Some(date), Some(code), Some(rate)) = (cells.next(), cells.next(), cells.next()) else { continue };
            let Some(source) = cells.next().and_then(Source::from_code) else { continue };
            let day = *days.entry(date).or_insert_with(|| date.parse().ok().and_then(day_of).unwrap_or(0));
            if !open.as_ref().is_some_and(|(open_code, open_source, _)| (*open_code, *open_source) == (code, source)) {
                rates.close(open.take());
                let known = rates.series.remove(&(code.to_owned(), source)).unwrap_or_default();
                open = Some((code, source, known));
            }
            if let Some((_, _, series)) = &mut open {
                series.push(day, rate);
            }
        }
        rates.close(open);
        let mut reader = csv::Reader::from_reader(approximate.as_bytes());
        for record in reader.records().flatten() {
            if let (Some(code), Some(Ok(year)), Some(Ok(rate))) =
                (record.get(0), record.get(1).map(str::parse), record.get(2).map(str::parse))
            {
                rates.approximate.insert((code.to_owned(), year), rate);
            }
        }
        rates
    }

    fn close(&mut self, open: Option<(&str, Source, Series)>) {
        if let Some((code, source, series)) = open {
            self.series.insert((code.to_owned(), source), series);
        }
    }

    /// The rate from one currency to another on a day.
    pub fn between(&self, from: &str, to: &str, date: Date) -> Option<Rate> {
        let day = i32::from(day_of(date)?);
        if from == to {
            return Some(Rate { value: Decimal::from_integer(1), date, approximate: false });
        }
        self.over(day, from, to, |code| self.in_euro(code, day))
            .or_else(|| self.over(day, from, to, |code| self.in_zloty(code, day)))
            .or_else(|| self.approximately(from, to, date))
    }

    /// The cross rate over a base currency.
    fn over(&self, day: i32, from: &str, to: &str, quote: impl Fn(&str) -> Option<Quote>) -> Option<Rate> {
        let ((from_value, from_day), (to_value, to_day)) = (quote(from)?, quote(to)?);
        let value = Decimal::from_ratio(&from_value, &to_value)?;
        Some(Rate { value, date: date_of(from_day.min(to_day).min(day))?, approximate: false })
    }

    fn quoted(&self, code: &str, source: Source, day: i32) -> Option<Quote> {
        let max_age = if source == Source::Fixed { i32::MAX } else { MAX_AGE };
        let (rate, found) = self.series.get(&(code.to_owned(), source))?.at(day, max_age)?;
        Some((rate, if source == Source::Fixed { day } else { found }))
    }

    /// Euro for one unit.
    fn in_euro(&self, code: &str, day: i32) -> Option<Quote> {
        if code == EURO {
            return Some((Decimal::from_integer(1), day));
        }
        let (rate, found) = self.quoted(code, Source::Fixed, day).or_else(|| self.quoted(code, Source::Ecb, day))?;
        Some((Decimal::from_ratio(&Decimal::from_integer(1), &rate)?, found))
    }

    /// Zloty for one unit; over the euro where the bank of Poland does not quote it.
    fn in_zloty(&self, code: &str, day: i32) -> Option<Quote> {
        if code == ZLOTY {
            return Some((Decimal::from_integer(1), day));
        }
        self.quoted(code, Source::Nbp, day).or_else(|| {
            let ((unit, unit_day), (zloty, zloty_day)) = (self.in_euro(code, day)?, self.in_euro(ZLOTY, day)?);
            Some((Decimal::from_ratio(&unit, &zloty)?, unit_day.min(zloty_day)))
        })
    }

    /// Over the dollar, by a market rate of the same year.
    fn approximately(&self, from: &str, to: &str, date: Date) -> Option<Rate> {
        let per_dollar = |code: &str| self.approximate.get(&(code.to_owned(), date.year()));
        let one = Decimal::from_integer(1);
        let (value, quoted) = match (per_dollar(from), per_dollar(to)) {
            (Some(rate), None) => {
                let dollar = self.between(DOLLAR, to, date)?;
                (&Decimal::from_ratio(&one, rate)? * &dollar.value, dollar.date)
            }
            (None, Some(rate)) => {
                let dollar = self.between(from, DOLLAR, date)?;
                (&dollar.value * rate, dollar.date)
            }
            _ => return None,
        };
        Some(Rate { value, date: quoted, approximate: true })
    }
}

const EPOCH: Date = jiff::civil::date(1970, 1, 1);

fn day_of(date: Date) -> Option<u16> {
    u16::try_from(date.since((jiff::Unit::Day, EPOCH)).ok()?.get_days()).ok()
}

fn date_of(day: i32) -> Option<Date> {
    EPOCH.checked_add(jiff::Span::new().try_days(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUOTED: &str = "date,currency,rate,source\n\
        1999-01-01,ATS,13.7603,ecb-fixed\n\
        2016-05-02,CNY,7.5,ecb\n2016-05-06,CNY,7.4,ecb\n\
        2016-05-04,KZT,0.0118,nbp\n\
        2016-05-04,PLN,4.4,ecb\n\
        2016-05-02,USD,1.25,ecb\n2016-05-06,USD,1.1,ecb\n";

    #[test]
    fn a_rate_is_the_last_one_before_the_day() {
        let rates = Rates::parse(QUOTED, "currency,year,rate_per_usd,source\nKPW,2016,8000,x\n");
        for (from, to, date, expected) in [
            ("CNY", "USD", "2016-05-03", "0.166666666666667 2016-05-02"),
            ("USD", "CNY", "2016-05-05", "6 2016-05-02"),
            ("EUR", "USD", "2016-05-06", "1.1 2016-05-06"),
            ("ATS", "EUR", "2016-05-06", "0.0726728341678597 2016-05-06"),
            ("KZT", "PLN", "2016-05-08", "0.0118 2016-05-04"),
            ("KZT", "EUR", "2016-05-08", "0.00268181818181818 2016-05-04"),
            ("USD", "USD", "2020-01-01", "1 2020-01-01"),
            ("USD", "KPW", "2016-05-06", "8000 2016-05-06"),
            ("KPW", "USD", "2017-05-06", "none"),
            ("CNY", "USD", "2016-05-14", "none"),
            ("CNY", "USD", "2016-05-01", "none"),
        ] {
            let rate = rates.between(from, to, date.parse().unwrap());
            let shown = rate.map_or("none".to_owned(), |rate| format!("{} {}", rate.value, rate.date));
            assert_eq!(shown, expected, "{from} {to} {date}");
        }
    }
}
