//! Historical exchange rates, read once and only if a conversion is asked for.
//!
//! The 400,000 rates stay the text that they are, sorted by currency and day, and are looked up by halving it: a run asks
//! for a few hundred of them, and to read all first would take longer than a thousand documents. A rate holds from its
//! day until the next one, at most [`MAX_AGE`] days.

use std::cmp::Ordering;
use std::io::Read;

use jiff::civil::Date;
use memchr::{memchr, memmem, memrchr};
use rustc_hash::FxHashMap;

use super::currency::is_currency;
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
/// Units per euro.
const ECB: &str = "ecb";
/// Units per euro, fixed for ever.
const FIXED: &str = "ecb-fixed";
/// Zloty per unit.
const NBP: &str = "nbp";

/// What the file of rates begins with.
const HEADER: &str = "date,currency,rate,source";
/// First bytes of a file packed with zstd.
const ZSTD: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];
/// What a rate may be.
const SOURCES: [&str; 3] = [ECB, FIXED, NBP];

/// A row of the rates.
#[derive(Debug, Clone, Copy)]
struct Row<'t> {
    date: &'t str,
    code: &'t str,
    rate: &'t str,
    source: &'t str,
}

impl<'t> Row<'t> {
    fn of(line: &'t str) -> Option<Self> {
        let mut cells = line.split(',');
        Some(Self { date: cells.next()?, code: cells.next()?, rate: cells.next()?, source: cells.next()? })
    }

    fn key(&self) -> (&'t str, &'t str) {
        (self.code, self.date)
    }

    /// Day and rate; none where they cannot be read, or the rate is zero.
    fn quote(&self) -> Option<Quote> {
        let rate: Decimal = self.rate.parse().ok()?;
        (!rate.is_zero()).then_some((rate, i32::from(day_of(self.date.parse().ok()?)?)))
    }
}

/// All rates.
#[derive(Debug, Default)]
pub struct Rates {
    /// Rows without the header, each ending in a line break, by currency, then date (ISO dates sort as text).
    rows: String,
    /// The first day and the rate of currencies that became the euro, by day.
    fixed: FxHashMap<String, Vec<(i32, Decimal)>>,
    /// Units per dollar by currency and year.
    approximate: FxHashMap<String, FxHashMap<i16, Decimal>>,
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

    /// The rates of a user's file, with the yearly rates of the rules; the error says what was expected.
    pub fn replaced(ruleset: &Ruleset, bytes: &[u8]) -> Result<Self, String> {
        let unpacked = if bytes.starts_with(&ZSTD) {
            zstd::decode_all(bytes).map_err(|error| format!("not read as zstd: {error}"))?
        } else {
            bytes.to_vec()
        };
        let text = std::str::from_utf8(&unpacked).map_err(|error| format!("expected UTF-8: {error}"))?;
        let mut lines = text.lines().map(|line| line.trim_end_matches('\r'));
        let header = lines.next().unwrap_or_default().trim_start_matches('\u{feff}');
        if header != HEADER {
            return Err(format!("line 1: expected the header `{HEADER}`, found `{header}`"));
        }
        let mut rows = Vec::new();
        for (number, line) in lines.enumerate().filter(|(_, line)| !line.is_empty()) {
            let row = Row::of(line).filter(|row| SOURCES.contains(&row.source) && row.quote().is_some());
            let expected = || {
                let sources = SOURCES.join(", ");
                format!(
                    "line {}: expected a day, a currency, a rate above 0 and one of {sources}, found `{line}`",
                    number + 2
                )
            };
            let row = row.ok_or_else(expected)?;
            if !is_currency(ruleset, row.code) {
                let message = "expected the code of a currency of money/currencies.csv";
                return Err(format!("line {}: {message}, found `{}`", number + 2, row.code));
            }
            rows.push(row);
        }
        rows.sort_by_key(Row::key);
        let mut sorted = format!("{HEADER}\n");
        for row in rows {
            sorted.extend([row.date, ",", row.code, ",", row.rate, ",", row.source, "\n"]);
        }
        Ok(Self::parse(sorted, ruleset.files.text(APPROXIMATE).unwrap_or_default()))
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
        Self::parse(text, approximate)
    }

    fn parse(mut rows: String, approximate: &str) -> Self {
        let header = memchr(b'\n', rows.as_bytes()).map_or(rows.len(), |end| end + 1);
        rows.drain(..header);
        let mut fixed: FxHashMap<String, Vec<(i32, Decimal)>> = FxHashMap::default();
        for at in memmem::find_iter(rows.as_bytes(), FIXED) {
            if let Some(row) = Row::of(line_around(&rows, at).1)
                && row.source == FIXED
                && let Some((rate, day)) = row.quote()
            {
                fixed.entry(row.code.to_owned()).or_default().push((day, rate));
            }
        }
        let mut rates = Self { rows, fixed, ..Self::default() };
        let mut reader = csv::Reader::from_reader(approximate.as_bytes());
        for record in reader.records().flatten() {
            if let (Some(code), Some(Ok(year)), Some(Ok(rate))) =
                (record.get(0), record.get(1).map(str::parse), record.get(2).map(str::parse))
            {
                rates.approximate.entry(code.to_owned()).or_default().insert(year, rate);
            }
        }
        rates
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

    /// The last rate of a currency from one source, on or before a day.
    fn quoted(&self, code: &str, source: &str, day: i32) -> Option<Quote> {
        let date = date_of(day)?.to_string();
        let mut end = self.after(code, &date);
        // The rates of the other source, if it quotes the same currency, lie between.
        while let Some(before) = end.checked_sub(1) {
            let (start, line) = line_around(&self.rows, before);
            let row = Row::of(line).filter(|row| row.code == code)?;
            let age = day - i32::from(day_of(row.date.parse().ok()?)?);
            if age > MAX_AGE {
                return None;
            }
            if row.source == source {
                return row.quote();
            }
            end = start;
        }
        None
    }

    /// Where the rows after a currency's day start.
    fn after(&self, code: &str, date: &str) -> usize {
        let (mut low, mut high) = (0, self.rows.len());
        while low < high {
            let (start, line) = line_around(&self.rows, low + (high - low) / 2);
            match Row::of(line).map_or(Ordering::Less, |row| row.key().cmp(&(code, date))) {
                Ordering::Greater => high = start,
                _ => low = start + line.len() + 1,
            }
        }
        low
    }

    /// Euro for one unit.
    fn in_euro(&self, code: &str, day: i32) -> Option<Quote> {
        if code == EURO {
            return Some((Decimal::from_integer(1), day));
        }
        let since =
            |fixed: &Vec<(i32, Decimal)>| fixed.iter().rfind(|(from, _)| *from <= day).map(|(_, rate)| rate.clone());
        let fixed = self.fixed.get(code).and_then(since).map(|rate| (rate, day));
        let (rate, found) = fixed.or_else(|| self.quoted(code, ECB, day))?;
        Some((Decimal::from_ratio(&Decimal::from_integer(1), &rate)?, found))
    }

    /// Zloty for one unit; over the euro where the bank of Poland does not quote it.
    fn in_zloty(&self, code: &str, day: i32) -> Option<Quote> {
        if code == ZLOTY {
            return Some((Decimal::from_integer(1), day));
        }
        self.quoted(code, NBP, day).or_else(|| {
            let ((unit, unit_day), (zloty, zloty_day)) = (self.in_euro(code, day)?, self.in_euro(ZLOTY, day)?);
            Some((Decimal::from_ratio(&unit, &zloty)?, unit_day.min(zloty_day)))
        })
    }

    /// Over the dollar, by a market rate of the same year.
    fn approximately(&self, from: &str, to: &str, date: Date) -> Option<Rate> {
        let per_dollar = |code: &str| self.approximate.get(code)?.get(&date.year());
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

/// Where the line around a byte starts, and the line without its end.
fn line_around(text: &str, at: usize) -> (usize, &str) {
    let start = memrchr(b'\n', &text.as_bytes()[..at]).map_or(0, |before| before + 1);
    let end = memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |length| at + length);
    (start, &text[start..end])
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
    fn a_users_rates_are_checked_line_by_line() {
        let ruleset = Ruleset::shipped().unwrap();
        let rates =
            Rates::replaced(&ruleset, b"date,currency,rate,source\r\n2031-05-06,USD,2,ecb\r\n2031-05-06,CNY,8,ecb\r\n");
        let rate = rates.unwrap().between("CNY", "USD", jiff::civil::date(2031, 5, 7)).unwrap();
        assert_eq!(rate.value.to_string(), "0.25");
        for (text, part) in [
            ("day,currency\n", "expected the header `date,currency,rate,source`"),
            ("date,currency,rate,source\n2031-05-06,USD,0,ecb\n", "line 2: expected a day"),
            ("date,currency,rate,source\n\n2031-05-06,USD,2,bank\n", "line 3"),
        ] {
            let error = Rates::replaced(&ruleset, text.as_bytes()).unwrap_err();
            assert!(error.contains(part), "{error}");
        }
    }

    #[test]
    fn a_rate_is_the_last_one_before_the_day() {
        let rates = Rates::parse(QUOTED.to_owned(), "currency,year,rate_per_usd,source\nKPW,2016,8000,x\n");
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
