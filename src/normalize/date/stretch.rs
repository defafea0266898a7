//! Stretches of time that a length measures: so long from a start, the first or last days of a period, half of a month.

use std::ops::Range;

use super::model::{Anchor, Count, Counted, Expression, Moment, Point, Unit};
use super::pieces::Reader;
use super::shift::steps;
use super::time_of_day::Clock;
use super::{check, made};
use crate::normalize::{DateType, Input, Made, Reason};

/// The last day of the first half of a month; the second begins behind it.
const MID_MONTH: i32 = 15;
const MINUTES_OF_DAY: i64 = 24 * 60;

/// Captures `length` with `from` or `from_clock`; `of` with `length` and the constant `edge` (first, last); `of` with `nth`, which half.
pub(super) fn make(input: &Input<'_>) -> Made {
    let reader = Reader::new(input);
    let (from, to) = match (input.capture("of"), input.capture("from_clock")) {
        (Some(of), _) => inside(&reader, of)?,
        (None, Some(clock)) => clocks(&reader, clock)?,
        (None, None) => days(&reader)?,
    };
    check(&from)?;
    made(&reader, DateType::Interval, Expression::Interval(Some(from), Some(to)), None)
}

fn no_length() -> Reason {
    Reason::new("no-length")
}

fn at(moment: Moment) -> Point {
    Point { moment: Some(moment), ..Point::default() }
}

/// A half, or the first or last units, of a period.
fn inside(reader: &Reader<'_>, of: Range<usize>) -> Result<(Point, Point), Reason> {
    let input = reader.input;
    let of = reader.point(of).moment.ok_or_else(|| Reason::new("not-a-date"))?;
    let nth = |rank: i32, unit: Unit| at(Moment::Nth { rank, what: Counted::Unit(unit), of: Box::new(of.clone()) });
    if input.capture("nth").is_some() {
        let (half, unit) = match &of {
            Moment::Fields(fields) if fields.century.is_some() => (50, Unit::Year),
            Moment::Fields(fields) if fields.decade.is_some() => (5, Unit::Year),
            _ => (MID_MONTH, Unit::Day),
        };
        return match input.integer("nth") {
            Some(1) => Ok((nth(1, unit), nth(half, unit))),
            Some(2) => Ok((nth(half + 1, unit), nth(-1, unit))),
            _ => Err(Reason::new("not-a-date")),
        };
    }
    let steps = length(reader)?;
    let &[(count, unit)] = steps.as_slice() else { return Err(no_length()) };
    Ok(match input.rule.constant("edge") {
        Some("last") => (nth(-count, unit), nth(-1, unit)),
        _ => (nth(1, unit), nth(count, unit)),
    })
}

/// From a day to the last day of a length.
fn days(reader: &Reader<'_>) -> Result<(Point, Point), Reason> {
    let from = reader.input.capture("from").map(|range| reader.point(range)).unwrap_or_default();
    let start = from.moment.clone().ok_or_else(|| Reason::new("not-a-date"))?;
    let mut steps = length(reader)?;
    steps.push((-1, Unit::Day));
    let last = Moment::Shift { from: Anchor::Moment(Box::new(start)), steps, unit: Unit::Day, named: true };
    Ok((from, at(last)))
}

/// From a time of day to the end of a length, on the same day.
fn clocks(reader: &Reader<'_>, clock: Range<usize>) -> Result<(Point, Point), Reason> {
    let start = reader.clock(clock).ok_or_else(|| Reason::new("not-a-time"))?;
    let hour = start.hour.ok_or_else(|| Reason::new("not-a-time"))?;
    let seconds = reader.length(reader.input.capture("length").ok_or_else(no_length)?).iter().try_fold(0, seconds_of);
    let minutes = seconds.ok_or_else(no_length)? / 60;
    let end = i64::from(hour) * 60 + i64::from(start.minute.unwrap_or(0)) + minutes;
    if end >= MINUTES_OF_DAY {
        return Err(Reason::new("ends-on-another-day"));
    }
    let small = |value: i64| u8::try_from(value).ok();
    let end = Clock { hour: small(end / 60), minute: small(end % 60), second: None, ambiguous: false, ..start };
    let timed = |clock: Clock| Point { clock: Some(clock), ..Point::default() };
    Ok((timed(Clock { ambiguous: false, ..start }), timed(end)))
}

fn length(reader: &Reader<'_>) -> Result<Vec<(i32, Unit)>, Reason> {
    let range = reader.input.capture("length").ok_or_else(no_length)?;
    steps(&reader.length(range), 1).ok_or_else(no_length)
}

fn seconds_of(sum: i64, (count, unit): &(Count, Unit)) -> Option<i64> {
    let Count::Milli(count) = *count else { return None };
    let size = match unit {
        Unit::Second => 1,
        Unit::Minute => 60,
        Unit::Hour => 3600,
        _ => return None,
    };
    Some(sum + count * size / 1000)
}
