//! Dates as TIMEX3, EDTF, and first and last day.
//!
//! TIMEX3 says what the text says, with `X` for what is not known; EDTF and the days say the same period where all of it is
//! known, and are empty otherwise. Decades are written `199X`, centuries `17`, years before Christ `BC0200`.

use jiff::civil::Date as Day;

use super::calendar::{bounds, narrowed, weekday_of};
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
    pub fn timex(&self) -> String {
        if let Some(vague) = self.vague {
            return vague.timex().to_owned();
        }
        let mut written = match (self.unit, self.dated) {
            (Some(unit), _) => unknown(unit).to_owned(),
            (None, true) => date_timex(&self.fields),
            (None, false) => String::new(),
        };
        if let Some(clock) = &self.clock {
            written.push_str(&clock_timex(clock));
        }
        written
    }

    /// Whether the text's day of the week is not that of its date.
    pub fn weekday_differs(&self) -> bool {
        let (Some(weekday), Some(_)) = (self.fields.weekday, self.fields.day) else { return false };
        bounds(&self.fields).is_some_and(|(day, _)| weekday_of(day) != weekday)
    }

    /// First and last day, the modifier heeded.
    pub fn days(&self) -> Option<(Day, Day)> {
        if !self.dated || self.unit.is_some() || self.vague.is_some() {
            return None;
        }
        Some(narrowed(&self.fields, bounds(&self.fields)?, self.modifier))
    }

    /// `start_date` and `end_date`: days, or instants where a time is told.
    pub fn ends(&self) -> Option<(String, String)> {
        let (first, last) = self.days()?;
        let Some(clock) = &self.clock else { return Some((iso(first), iso(last))) };
        match (clock.hour, clock.part) {
            (Some(24), _) => instant(first, 24).map(|at| (at.clone(), at)),
            (Some(hour), _) => {
                let mut at = format!("{}T{hour:02}:{:02}", iso(first), clock.minute.unwrap_or(0));
                if let Some(second) = clock.second {
                    at.push_str(&format!(":{second:02}"));
                }
                Some((at.clone(), at))
            }
            (None, Some(part)) => Some((instant(first, part.start)?, instant(first, part.end)?)),
            (None, None) => None,
        }
    }

    /// The EDTF value, if EDTF can say it.
    pub fn edtf(&self) -> Option<String> {
        if let Some(clock) = &self.clock {
            let (day, _) = self.days()?;
            let hour = clock.hour.filter(|hour| *hour < 24)?;
            let seconds = clock.second.unwrap_or(0);
            let zone = clock.offset.map_or(String::new(), zone);
            return Some(format!("{day}T{hour:02}:{:02}:{seconds:02}{zone}", clock.minute.unwrap_or(0)));
        }
        if !self.dated || self.unit.is_some() || self.vague.is_some() {
            return None;
        }
        let written = match self.modifier {
            Some(Modifier::Start | Modifier::Mid | Modifier::End) => {
                let (first, last) = self.days()?;
                return Some(format!("{}/{}", iso(first), iso(last)));
            }
            _ => date_edtf(&self.fields)?,
        };
        let approximate = self.modifier == Some(Modifier::Approx) && !written.contains('/');
        Some(if approximate { format!("{written}~") } else { written })
    }
}

/// A day as EDTF writes it: years before Christ have four digits too.
pub(super) fn iso(day: Day) -> String {
    if day.year() >= 0 {
        return day.to_string();
    }
    format!("-{:04}-{:02}-{:02}", -day.year(), day.month(), day.day())
}

fn instant(day: Day, hour: u8) -> Option<String> {
    if hour == 24 {
        return Some(format!("{}T00:00", day.tomorrow().ok()?));
    }
    Some(format!("{day}T{hour:02}:00"))
}

fn zone(minutes: i16) -> String {
    if minutes == 0 {
        return "Z".to_owned();
    }
    let sign = if minutes < 0 { '-' } else { '+' };
    format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
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

fn year_timex(fields: &Fields) -> String {
    let year = fields.year.map_or("XXXX".to_owned(), |year| format!("{year:04}"));
    match fields.year_kind {
        YearKind::Calendar if fields.bc => format!("BC{year}"),
        YearKind::Calendar => year,
        YearKind::Fiscal => format!("FY{year}"),
        YearKind::School => format!("SY{year}"),
    }
}

fn date_timex(fields: &Fields) -> String {
    if fields.year.is_none() && fields.part.is_none() && fields.day.is_none() {
        match (fields.decade, fields.century) {
            (Some(decade), _) => return format!("{decade}X"),
            (_, Some(century)) => return format!("{century:02}"),
            _ => {}
        }
    }
    let year = year_timex(fields);
    if fields.holiday.is_some() {
        return format!("{year}-XX-XX");
    }
    match (fields.part, fields.day) {
        (Some(YearPart::Month(month)), Some(day)) => format!("{year}-{month:02}-{day:02}"),
        (Some(YearPart::Month(month)), None) => format!("{year}-{month:02}"),
        (Some(YearPart::Week(week)), _) if fields.weekend => format!("{year}-W{week:02}-WE"),
        (Some(YearPart::Week(week)), _) => match fields.weekday {
            Some(weekday) => format!("{year}-W{week:02}-{weekday}"),
            None => format!("{year}-W{week:02}"),
        },
        (Some(YearPart::Quarter(quarter)), _) => format!("{year}-Q{quarter}"),
        (Some(YearPart::Half(half)), _) => format!("{year}-H{half}"),
        (Some(YearPart::Season(season)), _) => format!("{year}-{}", String::from_utf8_lossy(&season.timex)),
        (None, Some(day)) => format!("{year}-XX-{day:02}"),
        (None, None) => match (fields.weekday, fields.weekend) {
            (Some(weekday), _) => format!("{year}-WXX-{weekday}"),
            (None, true) => format!("{year}-WXX-WE"),
            (None, false) => year,
        },
    }
}

fn clock_timex(clock: &Clock) -> String {
    let Some(hour) = clock.hour else { return clock.part.map_or(String::new(), |part| part.timex.to_owned()) };
    let mut written = format!("T{hour:02}:{:02}", clock.minute.unwrap_or(0));
    if let Some(second) = clock.second {
        written.push_str(&format!(":{second:02}"));
    }
    written
}

fn date_edtf(fields: &Fields) -> Option<String> {
    if fields.year_kind != YearKind::Calendar
        || fields.holiday.is_some()
        || fields.weekday.is_some() && fields.day.is_none()
    {
        return None;
    }
    if fields.year.is_none() && fields.part.is_none() && fields.day.is_none() {
        return match (fields.decade, fields.century) {
            (Some(decade), _) => Some(format!("{decade}X")),
            (_, Some(century)) => Some(format!("{century:02}XX")),
            _ => None,
        };
    }
    let year = match fields.year {
        // EDTF counts astronomically: 1 BC is the year 0.
        Some(year) if fields.bc && year == 1 => "0000".to_owned(),
        Some(year) if fields.bc => format!("-{:04}", year - 1),
        Some(year) => format!("{year:04}"),
        None => "XXXX".to_owned(),
    };
    match (fields.part, fields.day) {
        (Some(YearPart::Month(month)), Some(day)) => Some(format!("{year}-{month:02}-{day:02}")),
        (Some(YearPart::Month(month)), None) => Some(format!("{year}-{month:02}")),
        (Some(YearPart::Week(_)), _) => bounds(fields).map(|(first, last)| format!("{first}/{last}")),
        (Some(YearPart::Quarter(quarter)), None) => Some(format!("{year}-{}", 32 + quarter)),
        (Some(YearPart::Half(half)), None) => Some(format!("{year}-{}", 39 + half)),
        (Some(YearPart::Season(season)), None) => Some(format!("{year}-{}", season.edtf)),
        (None, None) if fields.year.is_some() && !fields.weekend => Some(year),
        _ => None,
    }
}

/// A length as ISO 8601: `P5Y`, `PT90M`, `PXD`; a range `P5Y/P10Y`.
pub(super) fn duration_timex(duration: &Duration) -> String {
    let one = one_length(&duration.parts);
    match (duration.to, duration.parts.last()) {
        (Some(to), Some((_, unit))) => format!("{one}/{}", one_length(&[(to, *unit)])),
        _ => one,
    }
}

fn one_length(parts: &[(Count, Unit)]) -> String {
    let (mut date, mut time) = (String::new(), String::new());
    for (count, unit) in parts.iter().flat_map(|(count, unit)| split(*count, *unit)) {
        let (factor, letter) = designator(unit, count);
        let number = match count {
            Count::Unknown => "X".to_owned(),
            Count::Milli(count) => decimal(count.saturating_mul(factor)),
        };
        let into = if unit.is_clock() { &mut time } else { &mut date };
        into.push_str(&number);
        into.push_str(letter);
    }
    if time.is_empty() { format!("P{date}") } else { format!("P{date}T{time}") }
}

/// A fraction of a clock unit or day in whole finer units, where that is exact: PT1H30M for an hour and a half.
fn split(count: Count, unit: Unit) -> Vec<(Count, Unit)> {
    let finer = match unit {
        Unit::Minute => Some((60, Unit::Second)),
        Unit::Hour => Some((60, Unit::Minute)),
        Unit::Day => Some((24, Unit::Hour)),
        Unit::Year if count == Count::Milli(500) => Some((12, Unit::Month)),
        _ => None,
    };
    let (Count::Milli(milli), Some((factor, below))) = (count, finer) else { return vec![(count, unit)] };
    let rest = milli % 1000 * factor;
    if rest == 0 || rest % 1000 != 0 {
        return vec![(count, unit)];
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
fn decimal(milli: i64) -> String {
    let (whole, rest) = (milli / 1000, milli % 1000);
    if rest == 0 {
        return whole.to_string();
    }
    format!("{whole}.{rest:03}").trim_end_matches('0').to_owned()
}
