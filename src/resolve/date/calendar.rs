//! The civil calendar: which days a set of fields names, which unit a day is in, when a holiday is.

use jiff::Span;
use jiff::civil::{Date, ISOWeekDate, Weekday};

use crate::normalize::date::{Counted, Fields, HolidayDays, HolidayRule, Modifier, Unit, YearKind, YearPart};

/// A day, if the calendar has it.
pub(super) fn day(year: i32, month: u8, day: u8) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn weekday(number: u8) -> Option<Weekday> {
    Weekday::from_monday_one_offset(i8::try_from(number).ok()?).ok()
}

/// Number of a day of the week, 1 is Monday.
pub(super) fn weekday_of(date: Date) -> u8 {
    date.weekday().to_monday_one_offset() as u8
}

/// So many days later.
pub(super) fn plus_days(date: Date, days: i64) -> Option<Date> {
    date.checked_add(Span::new().try_days(days).ok()?).ok()
}

/// The Monday of a day's week.
pub(super) fn monday(date: Date) -> Date {
    plus_days(date, 1 - i64::from(weekday_of(date))).unwrap_or(date)
}

/// So many units later; fractions of a day are not the calendar's business.
pub(super) fn plus(date: Date, count: i32, unit: Unit) -> Option<Date> {
    let count = i64::from(count);
    let span = match unit {
        Unit::Second | Unit::Minute | Unit::Hour => return Some(date),
        Unit::Day | Unit::Night | Unit::Workday => Span::new().try_days(count),
        Unit::Week | Unit::Weekend => Span::new().try_weeks(count),
        Unit::Month => Span::new().try_months(count),
        Unit::Quarter => Span::new().try_months(count.checked_mul(3)?),
        Unit::Half => Span::new().try_months(count.checked_mul(6)?),
        Unit::Year => Span::new().try_years(count),
        Unit::Decade => Span::new().try_years(count.checked_mul(10)?),
        Unit::Century => Span::new().try_years(count.checked_mul(100)?),
        Unit::Millennium => Span::new().try_years(count.checked_mul(1000)?),
    };
    date.checked_add(span.ok()?).ok()
}

/// The unit that a day is in.
pub(super) fn unit_of(date: Date, unit: Unit) -> Fields {
    let year = i32::from(date.year());
    let month = date.month() as u8;
    let week = |fields: Fields| {
        let iso = date.iso_week_date();
        Fields { year: Some(iso.year().into()), part: Some(YearPart::Week(iso.week() as u8)), ..fields }
    };
    let part = |part| Fields { year: Some(year), part: Some(part), ..Fields::default() };
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day | Unit::Night | Unit::Workday => of_day(date),
        Unit::Week => week(Fields::default()),
        Unit::Weekend => week(Fields { weekend: true, ..Fields::default() }),
        Unit::Month => part(YearPart::Month(month)),
        Unit::Quarter => part(YearPart::Quarter((month - 1) / 3 + 1)),
        Unit::Half => part(YearPart::Half((month - 1) / 6 + 1)),
        Unit::Year => Fields { year: Some(year), ..Fields::default() },
        Unit::Decade => Fields { decade: Some(year / 10), ..Fields::default() },
        Unit::Century | Unit::Millennium => Fields { century: Some(year / 100), ..Fields::default() },
    }
}

/// The fields of a day.
pub(super) fn of_day(date: Date) -> Fields {
    Fields {
        year: Some(date.year().into()),
        part: Some(YearPart::Month(date.month() as u8)),
        day: Some(date.day() as u8),
        ..Fields::default()
    }
}

/// First and last day of what the fields name; `None` where they leave that open.
pub(super) fn bounds(fields: &Fields) -> Option<(Date, Date)> {
    if fields.year_kind != YearKind::Calendar {
        return None;
    }
    let years = |first: i32, count: i32| Some((day(first, 1, 1)?, day(first + count - 1, 12, 31)?));
    let Some(year) = fields.year else {
        return match (fields.part, fields.day, fields.decade, fields.century) {
            (None, None, Some(decade), _) => years(decade * 10, 10),
            (None, None, None, Some(century)) => years(century * 100, 100),
            _ => None,
        };
    };
    let year = if fields.bc { 1 - year } else { year };
    if fields.holiday.is_some() {
        // A table does not reach that year.
        return None;
    }
    let months = |first: u8, count: u8| {
        let last = first + count - 1;
        let (last_year, last) = if last > 12 { (year + 1, last - 12) } else { (year, last) };
        Some((day(year, first, 1)?, day(last_year, last, 1)?.last_of_month()))
    };
    match (fields.part, fields.day) {
        (Some(YearPart::Month(month)), Some(number)) => day(year, month, number).map(|date| (date, date)),
        (None, None) if fields.weekday.is_none() && !fields.weekend => years(year, 1),
        (Some(YearPart::Week(week)), _) => {
            let start = ISOWeekDate::new(i16::try_from(year).ok()?, week as i8, Weekday::Monday).ok()?.date();
            if fields.weekend {
                Some((plus_days(start, 5)?, plus_days(start, 6)?))
            } else if let Some(weekday) = fields.weekday {
                let date = plus_days(start, i64::from(weekday) - 1)?;
                Some((date, date))
            } else {
                Some((start, plus_days(start, 6)?))
            }
        }
        (Some(YearPart::Month(month)), None) if fields.weekday.is_none() => months(month, 1),
        (Some(YearPart::Quarter(quarter)), None) => months((quarter - 1) * 3 + 1, 3),
        (Some(YearPart::Half(half)), None) => months((half - 1) * 6 + 1, 6),
        (Some(YearPart::Season(season)), None) => months(season.month, 3),
        _ => None,
    }
}

/// The part of a period that a modifier leaves: the first, middle or last third, in whole units below it.
pub(super) fn narrowed(fields: &Fields, (first, last): (Date, Date), modifier: Option<Modifier>) -> (Date, Date) {
    let third = match modifier {
        Some(Modifier::Start) => 0,
        Some(Modifier::Mid) => 1,
        Some(Modifier::End) => 2,
        _ => return (first, last),
    };
    let cut = |starts: [Option<Date>; 4]| -> Option<(Date, Date)> {
        Some((starts[third]?, if third == 2 { last } else { starts[third + 1]?.yesterday().ok()? }))
    };
    let days = |counts: [i64; 3]| {
        [Some(first), plus_days(first, counts[0]), plus_days(first, counts[1]), plus_days(first, counts[2])]
    };
    let months = |step: i32| [0, 1, 2, 3].map(|count| plus(first, count * step, Unit::Month));
    let years = |counts: [i32; 3]| {
        [
            Some(first),
            plus(first, counts[0], Unit::Year),
            plus(first, counts[1], Unit::Year),
            plus(first, counts[2], Unit::Year),
        ]
    };
    let starts = match (fields.part, fields.year) {
        (Some(YearPart::Week(_)), _) if !fields.weekend => days([3, 4, 7]),
        (Some(YearPart::Month(_)), _) if fields.day.is_none() => days([10, 20, 31]),
        (Some(YearPart::Quarter(_) | YearPart::Season(_)), _) => months(1),
        (Some(YearPart::Half(_)), _) => months(2),
        (None, Some(_)) if fields.holiday.is_none() => months(4),
        (None, None) if fields.decade.is_some() => years([4, 7, 10]),
        (None, None) if fields.century.is_some() => years([33, 66, 100]),
        _ => return (first, last),
    };
    cut(starts).unwrap_or((first, last))
}

/// The n-th (from the end, if negative) of something in a period of days.
pub(super) fn nth(rank: i32, what: Counted, (first, last): (Date, Date)) -> Option<Fields> {
    let forward = rank > 0;
    let steps = i64::from(rank.unsigned_abs()) - 1;
    match what {
        Counted::Weekday(number) => {
            let wanted = weekday(number)?;
            let start = if forward { first.yesterday().ok()? } else { last.tomorrow().ok()? };
            let date = start.nth_weekday(if forward { 1 } else { -1 }, wanted).ok()?;
            let date = plus_days(date, if forward { 7 * steps } else { -7 * steps })?;
            (date >= first && date <= last).then(|| of_day(date))
        }
        Counted::Unit(unit @ (Unit::Week | Unit::Weekend)) => {
            // A week belongs to the period that its Thursday is in, as ISO 8601 has it for years.
            let pivot = if forward {
                plus_days(first, (3 - (i64::from(weekday_of(first)) - 1)).rem_euclid(7))?
            } else {
                plus_days(last, -((i64::from(weekday_of(last)) - 4).rem_euclid(7)))?
            };
            let date = plus_days(pivot, if forward { 7 * steps } else { -7 * steps })?;
            Some(unit_of(date, unit))
        }
        Counted::Unit(unit) => {
            let start = if forward { first } else { last };
            let sign = if forward { 1 } else { -1 };
            let date = plus(start, sign * i32::try_from(steps).ok()?, unit)?;
            (date >= first && date <= last).then(|| unit_of(date, unit))
        }
    }
}

/// When a holiday is in a year; `None` where a table does not have the year.
pub(super) fn holiday(rule: HolidayRule, year: i32, lists: &HolidayDays) -> Option<Date> {
    match rule {
        HolidayRule::Fixed(month, number) => day(year, month, number),
        HolidayRule::Moved { month, day: number, by } => {
            let date = day(year, month, number)?;
            plus_days(date, by[usize::from(weekday_of(date)) - 1].into())
        }
        HolidayRule::Weekday { month, weekday: number, rank, days } => {
            let date = day(year, month, 1)?.nth_weekday_of_month(rank, weekday(number)?).ok()?;
            plus_days(date, days.into())
        }
        HolidayRule::Easter { orthodox: false, days } => plus_days(easter(year)?, days.into()),
        HolidayRule::Easter { orthodox: true, days } => plus_days(orthodox_easter(year)?, days.into()),
        HolidayRule::Listed { list, days } => plus_days(lists.in_year(list, year)?, days.into()),
    }
}

/// Easter Sunday of the Western churches (the anonymous Gregorian algorithm).
fn easter(year: i32) -> Option<Date> {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let number = (h + l - 7 * m + 33 * month + 19) % 32;
    day(year, u8::try_from(month).ok()?, u8::try_from(number).ok()?)
}

/// Easter Sunday of the Eastern churches: Meeus's Julian algorithm, moved to the Gregorian calendar of the years 1900 to 2099.
fn orthodox_easter(year: i32) -> Option<Date> {
    const JULIAN_LAG: i64 = 13;
    let (a, b, c) = (year % 4, year % 7, year % 19);
    let d = (19 * c + 15) % 30;
    let e = (2 * a + 4 * b - d + 34) % 7;
    let month = (d + e + 114) / 31;
    let number = (d + e + 114) % 31 + 1;
    plus_days(day(year, u8::try_from(month).ok()?, u8::try_from(number).ok()?)?, JULIAN_LAG)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::date::HolidayRule;

    #[test]
    fn easter_sundays() {
        for expected in ["1954-04-18", "2000-04-23", "2008-03-23", "2011-04-24", "2018-04-01", "2038-04-25"] {
            let date: Date = expected.parse().unwrap();
            assert_eq!(easter(date.year().into()), Some(date));
        }
        for expected in ["1991-04-07", "2008-04-27", "2013-05-05", "2018-04-08", "2021-05-02", "2025-04-20"] {
            let date: Date = expected.parse().unwrap();
            assert_eq!(orthodox_easter(date.year().into()), Some(date));
        }
    }

    #[test]
    fn holidays_that_move() {
        let fourth_thursday = HolidayRule::Weekday { month: 11, weekday: 4, rank: 4, days: 0 };
        let last_monday = HolidayRule::Weekday { month: 5, weekday: 1, rank: -1, days: 0 };
        for (rule, expected) in [
            (fourth_thursday, "2018-11-22"),
            (last_monday, "2018-05-28"),
            (HolidayRule::Easter { orthodox: false, days: -2 }, "2018-03-30"),
            (HolidayRule::Fixed(12, 25), "2018-12-25"),
            (HolidayRule::Moved { month: 12, day: 23, by: [0, 0, 0, 0, 0, 0, 1] }, "2018-12-24"),
            (HolidayRule::Moved { month: 12, day: 24, by: [0, 0, 0, 0, 0, 0, 1] }, "2018-12-24"),
        ] {
            let lists = HolidayDays::default();
            assert_eq!(holiday(rule, 2018, &lists).map(|date| date.to_string()).as_deref(), Some(expected));
        }
    }

    #[test]
    fn units_and_their_days() {
        let date = "2018-10-26".parse().unwrap();
        for (unit, expected) in [
            (Unit::Day, "2018-10-26..2018-10-26"),
            (Unit::Week, "2018-10-22..2018-10-28"),
            (Unit::Weekend, "2018-10-27..2018-10-28"),
            (Unit::Month, "2018-10-01..2018-10-31"),
            (Unit::Quarter, "2018-10-01..2018-12-31"),
            (Unit::Half, "2018-07-01..2018-12-31"),
            (Unit::Year, "2018-01-01..2018-12-31"),
            (Unit::Decade, "2010-01-01..2019-12-31"),
            (Unit::Century, "2000-01-01..2099-12-31"),
        ] {
            let (first, last) = bounds(&unit_of(date, unit)).unwrap();
            assert_eq!(format!("{first}..{last}"), expected, "{unit:?}");
        }
    }
}
