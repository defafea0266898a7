//! Dates and times as spreadsheets show them: `26.10.2018`, `10/26/18`, `26-Oct-18`, `02:01:00 PM`, `43399`.

use jiff::civil::Date;
use jiff::fmt::strtime;

/// The order of the parts of a date of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Order {
    /// `2018-10-26`
    YearFirst,
    /// `26.10.2018`
    DayFirst,
    /// `10/26/2018`
    MonthFirst,
    /// The month is a word.
    Named,
}

/// A time of day, or a length of more than a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Time {
    /// Seconds from midnight.
    pub(crate) seconds: i64,
    /// Whether it was written with seconds.
    pub(crate) has_seconds: bool,
}

/// One way to read a cell as a day, or a day and a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Moment {
    /// The day.
    pub(crate) date: Date,
    /// The time on it.
    pub(crate) time: Option<Time>,
    /// How the date is written.
    pub(crate) order: Order,
}

/// Seconds of a day.
pub(crate) const DAY: i64 = 86_400;

/// How dates with names of months are shown; the names are the library's.
const NAMED: [&str; 12] = [
    "%d-%b-%y",
    "%d-%b-%Y",
    "%d %b %Y",
    "%d %B %Y",
    "%d. %b %Y",
    "%d. %B %Y",
    "%b %d, %Y",
    "%B %d, %Y",
    "%b %d %Y",
    "%A, %B %d, %Y",
    "%A, %d %B %Y",
    "%d %B, %Y",
];

/// How a day without a year, or a month without a day, is shown.
const PARTIAL: [&str; 6] = ["%d-%b", "%d. %b", "%b-%y", "%b %Y", "%B %Y", "%B-%y"];

/// The ways to read a cell as a day.
pub(crate) fn moments(cell: &str) -> Vec<Moment> {
    let cell = cell.trim();
    let (date, time) = match cell.split_once(['T', ' ']) {
        Some((date, time)) if time.contains(':') && !date.is_empty() => match clock(time) {
            Some(time) => (date.trim_end_matches(','), Some(time)),
            None => return Vec::new(),
        },
        _ => (cell, None),
    };
    numbered(date)
        .into_iter()
        .chain(named(date).map(|date| (date, Order::Named)))
        .map(|(date, order)| Moment { date, time, order })
        .collect()
}

/// Dates of numbers, in every order that gives a day.
fn numbered(cell: &str) -> Vec<(Date, Order)> {
    let parts: Vec<&str> = cell.split(['-', '/', '.', ' ']).filter(|part| !part.is_empty()).collect();
    let numbers: Option<Vec<i16>> =
        parts.iter().map(|part| (part.len() <= 4).then(|| part.parse().ok()).flatten()).collect();
    let (Some([first, second, third]), [begin, _, end]) = (numbers.as_deref(), &parts[..]) else { return Vec::new() };
    let mut dates = Vec::new();
    let mut add = |year: i16, digits: usize, month: i16, day: i16, order| {
        let years = match digits {
            4 => vec![year],
            2 => vec![2000 + year, 1900 + year],
            _ => Vec::new(),
        };
        for year in years {
            let (month, day) = (i8::try_from(month).unwrap_or(0), i8::try_from(day).unwrap_or(0));
            dates.extend(Date::new(year, month, day).map(|date| (date, order)));
        }
    };
    add(*first, begin.len(), *second, *third, Order::YearFirst);
    if begin.len() <= 2 {
        add(*third, end.len(), *second, *first, Order::DayFirst);
        add(*third, end.len(), *first, *second, Order::MonthFirst);
    }
    dates
}

fn named(cell: &str) -> impl Iterator<Item = Date> {
    let has_name = cell.contains(|character: char| character.is_alphabetic());
    let dates = NAMED
        .iter()
        .filter(move |_| has_name)
        .filter_map(move |format| strtime::parse(format, cell).ok()?.to_date().ok());
    // Two digits are not the first century.
    dates.filter(|date| date.year() >= 1000)
}

/// Year, month and day of a date that lacks one of them, as far as the cell tells.
pub(crate) fn partial(cell: &str) -> Vec<(Option<i16>, Option<i8>, Option<i8>)> {
    let cell = cell.trim();
    let named = PARTIAL.iter().filter_map(|format| {
        let parsed = strtime::parse(format, cell).ok()?;
        Some((parsed.year(), parsed.month(), parsed.day()))
    });
    let mut all: Vec<_> = named.collect();
    let parts: Vec<&str> = cell.split(['-', '/', '.']).filter(|part| !part.is_empty()).collect();
    if let [first, second] = parts[..] {
        let number = |part: &str| part.parse::<i16>().ok().filter(|_| part.len() <= 4);
        if let (Some(one), Some(other)) = (number(first), number(second)) {
            let month = |number: i16| i8::try_from(number).ok().filter(|month| (1..=12).contains(month));
            match (first.len(), second.len()) {
                (4, _) => all.push((Some(one), month(other), None)),
                (_, 4) => all.push((Some(other), month(one), None)),
                _ => {}
            }
        }
    }
    all
}

/// A time, `16:00`, `4:00:00 PM`, `37:30:00`.
pub(crate) fn clock(cell: &str) -> Option<Time> {
    let cell = cell.trim().trim_end_matches('Z');
    let digits = cell
        .trim_end_matches(|character: char| character.is_alphabetic() || matches!(character, '.' | ' ' | '\u{202f}'));
    let half = cell[digits.len()..]
        .chars()
        .find(|character| character.is_alphabetic())
        .map(|letter| letter.to_ascii_lowercase());
    let mut parts = digits.split(':');
    let (hours, minutes, seconds) = (parts.next()?, parts.next()?, parts.next());
    let number = |part: &str| (!part.is_empty() && part.len() <= 4).then(|| part.parse::<i64>().ok()).flatten();
    let (mut hours, minutes) = (number(hours)?, number(minutes).filter(|minutes| *minutes < 60)?);
    let whole = seconds.map(|seconds| seconds.split(['.', ',']).next().unwrap_or_default());
    let second = match whole {
        Some(whole) => number(whole).filter(|second| *second < 60)?,
        None => 0,
    };
    match half {
        Some('p') if hours < 12 => hours += 12,
        Some('a') if hours == 12 => hours = 0,
        Some('a' | 'p') | None => {}
        Some(_) => return None,
    }
    parts
        .next()
        .is_none()
        .then_some(Time { seconds: hours * 3600 + minutes * 60 + second, has_seconds: seconds.is_some() })
}

/// A day, or a day and a time, as the tables write it: `2018-10-26`, `2016-11-07T16:00`, `2016-11-07T16:00:30`.
pub(crate) fn iso(cell: &str) -> Option<(Date, Option<Time>)> {
    let (date, time) = match cell.split_once('T') {
        Some((date, time)) => (date, Some(clock(time)?)),
        None => (cell, None),
    };
    let is_iso = date.len() == 10 && date.as_bytes()[4] == b'-';
    Some((is_iso.then(|| date.parse().ok()).flatten()?, time))
}

/// The number that a spreadsheet has for a day: days since the last but one of 1899.
pub(crate) fn serial(date: Date) -> f64 {
    let epoch = jiff::civil::date(1899, 12, 30);
    epoch.until(date).map_or(f64::NAN, |span| f64::from(span.get_days()))
}

impl Moment {
    /// Whether a spreadsheet that was given a day, or a day and a time, may show this.
    pub(crate) fn shows(&self, date: Date, time: Option<Time>) -> bool {
        if self.date != date && !is_other_calendar(self.date, date) {
            return false;
        }
        match (time, self.time) {
            (None, None) => true,
            (None, Some(shown)) => shown.seconds == 0,
            (Some(time), Some(shown)) => shown.shows(time),
            // A format of dates leaves the time out; who takes it out by hand writes an ISO date.
            (Some(_), None) => self.order != Order::YearFirst,
        }
    }
}

/// Whether two days before the calendar's reform are one in the old and the new calendar: some programs change between the
/// two when they save, and the tables always count in the new one.
fn is_other_calendar(one: Date, other: Date) -> bool {
    const REFORM: Date = jiff::civil::date(1582, 10, 15);
    let century = i32::from(one.year().max(other.year())).div_euclid(100);
    let apart = (one.max(other) < REFORM).then(|| one.until(other).map_or(0, |span| span.get_days().abs()));
    // The century's own day counts from its last of February on.
    let days = century - century.div_euclid(4) - 2;
    apart.is_some_and(|apart| apart > 0 && (days - 1..=days).contains(&apart))
}

impl Time {
    /// Whether a spreadsheet that was given a time may show this: it counts in fractions of a day, and is now and then
    /// a second short.
    pub(crate) fn shows(self, time: Time) -> bool {
        let off = (self.seconds - time.seconds).rem_euclid(DAY);
        let is_near = off <= 1 || off >= DAY - 1;
        is_near || !self.has_seconds && (time.seconds - self.seconds).rem_euclid(DAY) < 60
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(cell: &str) -> String {
        let write = |moment: Moment| match moment.time {
            Some(time) => format!("{} {}", moment.date, time.seconds),
            None => moment.date.to_string(),
        };
        moments(cell).into_iter().map(write).collect::<Vec<_>>().join(" or ")
    }

    #[test]
    fn cells_are_read_as_the_days_they_may_show() {
        for (cell, dates) in [
            ("2018-10-26", "2018-10-26"),
            ("2018/10/26", "2018-10-26"),
            ("26.10.2018", "2018-10-26"),
            ("26. 10. 2018", "2018-10-26"),
            ("10/26/2018", "2018-10-26"),
            ("3/4/2019", "2019-04-03 or 2019-03-04"),
            ("10/26/18", "2018-10-26 or 1918-10-26"),
            ("26-Oct-18", "2018-10-26"),
            ("26-Oct-2018", "2018-10-26"),
            ("October 26, 2018", "2018-10-26"),
            ("11/07/1996 16:41:59", "1996-07-11 60119 or 1996-11-07 60119"),
            ("1996-11-07T16:42", "1996-11-07 60120"),
            ("11/7/96 4:42 PM", "1996-07-11 60120 or 1996-11-07 60120"),
            ("1/2", ""),
            ("31.02.2018", ""),
            ("2018", ""),
            ("abc", ""),
            ("", ""),
        ] {
            assert_eq!(
                shown(cell).replace("2096-07-11 60120 or ", "").replace("2096-11-07 60120 or ", ""),
                dates,
                "{cell}"
            );
        }
    }

    #[test]
    fn times_have_halves_of_the_day_and_lengths() {
        for (cell, seconds) in [
            ("16:00", Some(57600)),
            ("4:00:00 PM", Some(57600)),
            ("12:30:00 AM", Some(1800)),
            ("3:15 p.m.", Some(54900)),
            ("37:30:00", Some(135_000)),
            ("14:01", Some(50460)),
            ("14:1", Some(50460)),
            ("1:2:3", Some(3723)),
            ("14", None),
            ("14:61", None),
            ("1:2:3:4", None),
            ("16:00 Uhr", None),
        ] {
            assert_eq!(clock(cell).map(|time| time.seconds), seconds, "{cell}");
        }
    }

    #[test]
    fn months_may_stand_alone() {
        assert!(partial("Oct-18").contains(&(Some(2018), Some(10), None)));
        assert!(partial("10/2018").contains(&(Some(2018), Some(10), None)));
        assert!(partial("2018-10").contains(&(Some(2018), Some(10), None)));
        assert!(partial("2-Jan").contains(&(None, Some(1), Some(2))));
    }

    #[test]
    fn days_before_the_reform_may_be_those_of_the_old_calendar() {
        let date = |text: &str| -> Date { text.parse().unwrap() };
        for (was, found, is_same) in [
            ("1544-01-01", "1544-01-11", true),
            ("1544-01-01", "1543-12-22", true),
            ("1544-01-01", "1544-01-12", false),
            ("1066-10-14", "1066-10-20", true),
            ("1644-01-01", "1644-01-11", false),
        ] {
            let moment = Moment { date: date(found), time: None, order: Order::YearFirst };
            assert_eq!(moment.shows(date(was), None), is_same, "{was} {found}");
        }
    }

    #[test]
    fn a_day_has_a_number() {
        assert_eq!(serial(jiff::civil::date(2018, 10, 26)), 43399.0);
        assert_eq!(serial(jiff::civil::date(1900, 3, 1)), 61.0);
    }

    proptest! {
        #[test]
        fn no_cell_is_too_odd(cell in "[0-9./: TAPMc-]{0,14}|.*") {
            let _ = (moments(&cell), partial(&cell), clock(&cell), iso(&cell));
        }
    }
}
