//! Dates as TIMEX3, EDTF, and first and last day.
//!
//! TIMEX3 says what the text says, with `X` for what is not known; EDTF and the days say the same period where all of it is
//! known, and are empty otherwise. Decades are written `199X`, centuries `17`, years before Christ `BC0200`.

use compact_str::format_compact;
use jiff::civil::Date as Day;
use smallvec::{SmallVec, smallvec};

use super::calendar::{bounds, narrowed, weekday_of};
use crate::normalize::Text;
use crate::normalize::date::{Clock, Count, Duration, Fields, Modifier, Unit, VagueTime, YearKind, YearPart};

/// A point after anchoring.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Resolved {
    /// The date; default where only a time is known.
    pub fields: Fields,
    /// Whether there is a date at all.
    pub dated: bool,
    /// Past, present or future, instead of a date.
    pub vague: Option<VagueTime>,
    /// The coarsest thing known of an unanchored unit (`last week`).
    pub unit: Option<Unit>,
    /// Whether the text leaves the year to the reference date.
    pub year_open: bool,
    /// The time of day.
    pub clock: Option<Clock>,
    /// Narrows the date.
    pub modifier: Option<Modifier>,
}

impl Resolved {
    /// A date.
    pub fn of(fields: Fields) -> Self {
        Self { fields, dated: true, ..Self::default() }
    }

    /// The TIMEX3 value.
    pub fn timex(&self) -> Text {
        if let Some(vague) = self.vague {
            return Text::const_new(vague.timex());
        }
        let mut written = match (self.unit, self.dated) {
            (Some(unit), _) => Text::const_new(unknown(unit)),
            (None, true) => date_timex(&self.fields),
            (None, false) => Text::default(),
        };
        if let Some(clock) = &self.clock {
            push_clock_timex(&mut written, clock);
        }
        written
    }

    /// Whether the text's day of the week is not that of its date.
    pub fn weekday_differs(&self) -> bool {
        let (Some(weekday), Some(_)) = (self.fields.weekday, self.fields.day) else { return false };
        bounds(&self.fields).is_some_and(|(day, _)| weekday_of(day) != weekday)
    }

    /// Whether its month never has the day, or not in this year.
    fn is_no_day(&self) -> bool {
        // 2020 is a leap year: without a year, 29 February is a date.
        let year = self.fields.year.or(Some(2020));
        let whole = matches!(self.fields.part, Some(YearPart::Month(_))) && self.fields.day.is_some();
        whole && self.fields.year_kind == YearKind::Calendar && bounds(&Fields { year, ..self.fields }).is_none()
    }

    /// First and last day, the modifier heeded.
    pub fn days(&self) -> Option<(Day, Day)> {
        if !self.dated || self.unit.is_some() || self.vague.is_some() {
            return None;
        }
        Some(narrowed(&self.fields, bounds(&self.fields)?, self.modifier))
    }

    /// `start_date` and `end_date`: days, or instants where a time is told.
    pub fn ends(&self) -> Option<(Text, Text)> {
        let (first, last) = self.days()?;
        let Some(clock) = &self.clock else {
            let start = iso(first);
            let end = if first == last { start.clone() } else { iso(last) };
            return Some((start, end));
        };
        match (clock.hour, clock.part) {
            (Some(24), _) => instant(first, 24).map(|at| (at.clone(), at)),
            (Some(_), _) => {
                let mut at = iso(first);
                push_time(&mut at, clock);
                Some((at.clone(), at))
            }
            (None, Some(part)) => Some((instant(first, part.start)?, instant(first, part.end)?)),
            (None, None) => None,
        }
    }

    /// The EDTF value, if EDTF can say it.
    pub fn edtf(&self) -> Option<Text> {
        if let Some(clock) = &self.clock {
            let (day, _) = self.days()?;
            clock.hour.filter(|hour| *hour < 24)?;
            let mut written = iso(day);
            push_time(&mut written, &Clock { second: Some(clock.second.unwrap_or(0)), ..*clock });
            if let Some(minutes) = clock.offset {
                push_zone(&mut written, minutes);
            }
            return Some(written);
        }
        if !self.dated || self.unit.is_some() || self.vague.is_some() || self.is_no_day() {
            return None;
        }
        let mut written = match self.modifier {
            Some(Modifier::Start | Modifier::Mid | Modifier::End) => return Some(period(self.days()?)),
            _ => date_edtf(&self.fields)?,
        };
        if self.modifier == Some(Modifier::Approx) && !written.contains('/') {
            written.push('~');
        }
        Some(written)
    }
}

/// A day as EDTF writes it: years before Christ have four digits too.
pub(super) fn iso(day: Day) -> Text {
    let mut written = Text::default();
    push_day(&mut written, day.year().into(), day.month() as u8, day.day() as u8);
    written
}

/// `2018-10-26`, all at once where it has ten characters.
fn push_day(written: &mut Text, year: i32, month: u8, day: u8) {
    if !(0..=9999).contains(&year) || month > 99 || day > 99 {
        push_year(written, year);
        push_two(written, "-", month);
        return push_two(written, "-", day);
    }
    let [a, b, c, d] = four(year as u32);
    let ([e, f], [g, h]) = (two(month), two(day));
    push_ascii(written, &[a, b, c, d, b'-', e, f, b'-', g, h]);
}

fn four(number: u32) -> [u8; 4] {
    let digit = |number: u32| b'0' + (number % 10) as u8;
    [digit(number / 1000), digit(number / 100), digit(number / 10), digit(number)]
}

fn two(number: u8) -> [u8; 2] {
    [b'0' + number / 10, b'0' + number % 10]
}

/// Two days as EDTF writes a period.
fn period((first, last): (Day, Day)) -> Text {
    let mut written = iso(first);
    written.push('/');
    written.push_str(&iso(last));
    written
}

/// A year in four digits, a minus sign before those before Christ.
fn push_year(written: &mut Text, year: i32) {
    if year < 0 {
        written.push('-');
    }
    let year = year.unsigned_abs();
    if year > 9999 {
        return written.push_str(itoa::Buffer::new().format(year));
    }
    push_ascii(written, &four(year));
}

/// A sign, and a number in two digits or, where they do not hold it, more.
fn push_two(written: &mut Text, sign: &str, number: u8) {
    written.push_str(sign);
    if number > 99 {
        return written.push_str(itoa::Buffer::new().format(number));
    }
    push_ascii(written, &two(number));
}

fn push_ascii(written: &mut Text, digits: &[u8]) {
    written.push_str(std::str::from_utf8(digits).unwrap_or_default());
}

/// `T16:00`, with seconds where the clock has them.
fn push_time(written: &mut Text, clock: &Clock) {
    push_two(written, "T", clock.hour.unwrap_or(0));
    push_two(written, ":", clock.minute.unwrap_or(0));
    if let Some(second) = clock.second {
        push_two(written, ":", second);
    }
}

fn instant(day: Day, hour: u8) -> Option<Text> {
    let (day, hour) = if hour == 24 { (day.tomorrow().ok()?, 0) } else { (day, hour) };
    let mut written = iso(day);
    push_two(&mut written, "T", hour);
    written.push_str(":00");
    Some(written)
}

fn push_zone(written: &mut Text, minutes: i16) {
    if minutes == 0 {
        return written.push('Z');
    }
    let sign = if minutes < 0 { "-" } else { "+" };
    push_two(written, sign, (minutes.abs() / 60) as u8);
    push_two(written, ":", (minutes.abs() % 60) as u8);
}

/// A named unit of which nothing else is known.
fn unknown(unit: Unit) -> &'static str {
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day | Unit::Night | Unit::Workday => "XXXX-XX-XX",
        Unit::Week => "XXXX-WXX",
        Unit::Weekend => "XXXX-WXX-WE",
        Unit::Month => "XXXX-XX",
        Unit::Quarter => "XXXX-QX",
        Unit::Half => "XXXX-HX",
        Unit::Year => "XXXX",
        Unit::Decade => "XXX",
        Unit::Century | Unit::Millennium => "XX",
    }
}

fn year_timex(fields: &Fields) -> Text {
    let mut written = Text::const_new(match fields.year_kind {
        YearKind::Calendar if fields.bc => "BC",
        YearKind::Calendar => "",
        YearKind::Fiscal => "FY",
        YearKind::School => "SY",
    });
    push_year_or_open(&mut written, fields.year);
    written
}

fn push_year_or_open(written: &mut Text, year: Option<i32>) {
    match year {
        Some(year) => push_year(written, year),
        None => written.push_str("XXXX"),
    }
}

/// A decade (`199X`) or a century by its first digits, and what stands for the rest of them.
fn decade_or_century(fields: &Fields, rest_of_century: &str) -> Option<Text> {
    if fields.year.is_some() || fields.part.is_some() || fields.day.is_some() {
        return None;
    }
    match (fields.decade, fields.century) {
        (Some(decade), _) => Some(format_compact!("{decade}X")),
        (_, Some(century)) => Some(format_compact!("{century:02}{rest_of_century}")),
        _ => None,
    }
}

fn date_timex(fields: &Fields) -> Text {
    if let Some(written) = decade_or_century(fields, "") {
        return written;
    }
    if let (YearKind::Calendar, Some(year), Some(YearPart::Month(month)), Some(day), None, false) =
        (fields.year_kind, fields.year, fields.part, fields.day, fields.holiday, fields.bc)
    {
        let mut written = Text::default();
        push_day(&mut written, year, month, day);
        return written;
    }
    let mut written = year_timex(fields);
    if fields.holiday.is_some() {
        written.push_str("-XX-XX");
        return written;
    }
    match (fields.part, fields.day) {
        (Some(YearPart::Month(month)), day) => {
            push_two(&mut written, "-", month);
            if let Some(day) = day {
                push_two(&mut written, "-", day);
            }
        }
        (Some(YearPart::Week(week)), _) => {
            push_two(&mut written, "-W", week);
            match fields.weekday {
                _ if fields.weekend => written.push_str("-WE"),
                Some(weekday) => push_number(&mut written, "-", weekday),
                None => {}
            }
        }
        (Some(YearPart::Quarter(quarter)), _) => push_number(&mut written, "-Q", quarter),
        (Some(YearPart::Half(half)), _) => push_number(&mut written, "-H", half),
        (Some(YearPart::Season(season)), _) => {
            written.push('-');
            push_ascii(&mut written, &season.timex);
        }
        (None, Some(day)) => push_two(&mut written, "-XX-", day),
        (None, None) => match (fields.weekday, fields.weekend) {
            (Some(weekday), _) => push_number(&mut written, "-WXX-", weekday),
            (None, true) => written.push_str("-WXX-WE"),
            (None, false) => {}
        },
    }
    written
}

/// A sign, and a number in as many digits as it has.
fn push_number(written: &mut Text, sign: &str, number: u8) {
    written.push_str(sign);
    written.push_str(itoa::Buffer::new().format(number));
}

fn push_clock_timex(written: &mut Text, clock: &Clock) {
    match (clock.hour, clock.part) {
        (Some(_), _) => push_time(written, clock),
        (None, Some(part)) => written.push_str(part.timex),
        (None, None) => {}
    }
}

fn date_edtf(fields: &Fields) -> Option<Text> {
    if fields.year_kind != YearKind::Calendar
        || fields.holiday.is_some()
        || fields.weekday.is_some() && fields.day.is_none()
    {
        return None;
    }
    if fields.year.is_none() && fields.part.is_none() && fields.day.is_none() {
        return decade_or_century(fields, "XX");
    }
    let mut written = Text::default();
    // EDTF counts astronomically: 1 BC is the year 0.
    let year = fields.year.map(|year| if fields.bc { 1 - year } else { year });
    if let (Some(year), Some(YearPart::Month(month)), Some(day)) = (year, fields.part, fields.day) {
        push_day(&mut written, year, month, day);
        return Some(written);
    }
    push_year_or_open(&mut written, year);
    match (fields.part, fields.day) {
        (Some(YearPart::Month(month)), day) => {
            push_two(&mut written, "-", month);
            if let Some(day) = day {
                push_two(&mut written, "-", day);
            }
        }
        (Some(YearPart::Week(_)), _) => return bounds(fields).map(period),
        (Some(YearPart::Quarter(quarter)), None) => push_number(&mut written, "-", 32 + quarter),
        (Some(YearPart::Half(half)), None) => push_number(&mut written, "-", 39 + half),
        (Some(YearPart::Season(season)), None) => push_number(&mut written, "-", season.edtf),
        (None, None) if fields.year.is_some() && !fields.weekend => {}
        _ => return None,
    }
    Some(written)
}

/// A length as ISO 8601: `P5Y`, `PT90M`, `PXD`; a range `P5Y/P10Y`.
pub(super) fn duration_timex(duration: &Duration) -> Text {
    let mut written = Text::default();
    push_length(&mut written, &duration.parts);
    if let (Some(to), Some((_, unit))) = (duration.to, duration.parts.last()) {
        written.push('/');
        push_length(&mut written, &[(to, *unit)]);
    }
    written
}

fn push_length(written: &mut Text, parts: &[(Count, Unit)]) {
    let mut time = Text::default();
    written.push('P');
    for (count, unit) in parts.iter().flat_map(|(count, unit)| split(*count, *unit)) {
        let (factor, letter) = designator(unit, count);
        let into = if unit.is_clock() { &mut time } else { &mut *written };
        match count {
            Count::Unknown => into.push('X'),
            Count::Milli(count) => push_milli(into, count.saturating_mul(factor)),
        }
        into.push_str(letter);
    }
    if !time.is_empty() {
        written.push('T');
        written.push_str(&time);
    }
}

/// A fraction of a clock unit or day in whole finer units, where that is exact: PT1H30M for an hour and a half.
fn split(count: Count, unit: Unit) -> SmallVec<[(Count, Unit); 2]> {
    let finer = match unit {
        Unit::Minute => Some((60, Unit::Second)),
        Unit::Hour => Some((60, Unit::Minute)),
        Unit::Day => Some((24, Unit::Hour)),
        Unit::Year if count == Count::Milli(500) => Some((12, Unit::Month)),
        _ => None,
    };
    let (Count::Milli(milli), Some((factor, below))) = (count, finer) else { return smallvec![(count, unit)] };
    let rest = milli % 1000 * factor;
    if rest == 0 || rest % 1000 != 0 {
        return smallvec![(count, unit)];
    }
    let whole = (milli >= 1000).then(|| (Count::Milli(milli - milli % 1000), unit));
    whole.into_iter().chain([(Count::Milli(rest), below)]).collect()
}

fn designator(unit: Unit, count: Count) -> (i64, &'static str) {
    let known = matches!(count, Count::Milli(_));
    match unit {
        Unit::Second => (1, "S"),
        Unit::Minute => (1, "M"),
        Unit::Hour => (1, "H"),
        Unit::Day | Unit::Night => (1, "D"),
        Unit::Workday => (1, "WD"),
        Unit::Week => (1, "W"),
        Unit::Weekend => (1, "WE"),
        Unit::Month => (1, "M"),
        Unit::Quarter if known => (3, "M"),
        Unit::Quarter => (1, "Q"),
        Unit::Half => (6, "M"),
        Unit::Year => (1, "Y"),
        Unit::Decade if known => (10, "Y"),
        Unit::Decade => (1, "DE"),
        Unit::Century if known => (100, "Y"),
        Unit::Century => (1, "CE"),
        Unit::Millennium if known => (1000, "Y"),
        Unit::Millennium => (1, "ML"),
    }
}

/// Thousandths as a plain decimal.
fn push_milli(written: &mut Text, milli: i64) {
    let (whole, rest) = (milli / 1000, milli % 1000);
    if rest == 0 {
        return written.push_str(itoa::Buffer::new().format(whole));
    }
    written.push_str(format!("{whole}.{rest:03}").trim_end_matches('0'));
}
