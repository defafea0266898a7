//! Intervals: `June 28-July 4`, `from 1997 to 2003`, `9 to 11:30 a.m. on Friday`. What one end leaves out, the other tells.

use super::model::{Anchor, Expression, Fields, Moment, Point, Unit, YearPart};
use super::pieces::Reader;
use super::time_of_day::Clock;
use super::{check, made};
use crate::normalize::{DateType, Input, Made, Reason};

/// Hour from which a stretch of time may go on behind midnight, and hour up to which.
const NIGHT: u8 = 14;
const NOON: u8 = 12;

/// Captures `from` and `to` (either may be missing: an open end); `from_clock`, `to_clock` and `date` for times. The constant `today` says which end the reference day
/// is, where the words leave it out.
pub(super) fn make(input: &Input<'_>) -> Made {
    let reader = Reader::new(input);
    let point = |name: &str| input.capture(name).map(|range| reader.point(range));
    let (mut from, mut to) = (point("from"), point("to"));
    if let (Some(from), Some(to)) = (&mut from, &mut to) {
        share(from, to);
    }
    match input.rule.constant("today") {
        Some("from") => from = Some(today()),
        Some("to") => to = Some(today()),
        _ => {}
    }
    if input.rule.constant("today").is_some() {
        for end in [&mut from, &mut to].into_iter().flatten() {
            // "Year to date" is of the reference day, whatever year was spoken of.
            if let Some(Moment::Shift { from, .. }) = &mut end.moment {
                *from = Anchor::Document;
            }
        }
    }
    if let Some(range) = input.capture("to_clock") {
        if from.is_some() && to.is_some() {
            for (end, name) in [(&mut from, "from_clock"), (&mut to, "to_clock")] {
                let clock = input.capture(name).and_then(|range| reader.clock(range));
                end.iter_mut().for_each(|end| end.clock = clock.map(|clock| Clock { ambiguous: false, ..clock }));
            }
        } else {
            (from, to) = clocks(&reader, range, point("date"))?;
        }
    }
    for end in [&from, &to].into_iter().flatten() {
        if end.moment.is_none() && end.clock.is_none() {
            return Err(Reason::new("not-a-date"));
        }
        check(end)?;
    }
    if let (Some(from), Some(to)) = (&from, &to)
        && let (Some(Moment::Fields(from)), Some(Moment::Fields(to))) = (&from.moment, &to.moment)
        && !from.bc
        && from.year.zip(to.year).is_some_and(|(from, to)| from > to)
    {
        return Err(Reason::new("ends-before-it-starts"));
    }
    made(&reader, DateType::Interval, Expression::Interval(from, to), None)
}

/// The reference day, which the words leave out (`the rest of the year`, `year to date`).
fn today() -> Point {
    let moment = Moment::Shift { from: Anchor::Document, steps: vec![(0, Unit::Day)], unit: Unit::Day, named: true };
    Point { moment: Some(moment), ..Point::default() }
}

/// Ends of a stretch of time on one day.
fn clocks(
    reader: &Reader<'_>,
    to: std::ops::Range<usize>,
    date: Option<Point>,
) -> Result<(Option<Point>, Option<Point>), Reason> {
    let none = || Reason::new("not-a-time");
    let mut end = reader.clock(to).ok_or_else(none)?;
    let mut start = match reader.input.capture("from_clock") {
        Some(range) => Some(reader.clock(range).ok_or_else(none)?),
        None => None,
    };
    if let Some(part) = date.as_ref().and_then(|date| date.clock?.part) {
        end.within(part);
        start.iter_mut().for_each(|start| start.within(part));
    }
    if let Some(start) = &mut start {
        same_half(start, &mut end);
        if end.hour == Some(0) && start.hour != Some(0) {
            // "Between noon and midnight": the end of the day.
            end.hour = Some(24);
        }
        if !follows(start, &end) {
            return Err(Reason::new("ends-before-it-starts"));
        }
    }
    let moment = date.and_then(|date| date.moment);
    let at = |clock: Clock| Point { moment: moment.clone(), clock: Some(clock), ..Point::default() };
    Ok((start.map(at), Some(at(end))))
}

/// `9 to 11:30 p.m.`, `9 a.m. to 3`: the half of the day that one end tells, where the order allows it.
fn same_half(start: &mut Clock, end: &mut Clock) {
    let (Some(from), Some(to)) = (start.hour, end.hour) else { return };
    let later = |hour: u8| if (1..=11).contains(&hour) { hour + 12 } else { hour };
    if start.ambiguous && !end.ambiguous && to >= 12 && later(from) <= to {
        start.hour = Some(later(from));
    }
    if end.ambiguous && from > to && later(to) > from {
        end.hour = Some(later(to));
    }
    start.ambiguous = false;
    end.ambiguous = false;
}

/// Whether a time of day can be the end of a stretch: later on the same day, or behind a night.
fn follows(start: &Clock, end: &Clock) -> bool {
    let (Some(from), Some(to)) = (start.hour, end.hour) else { return true };
    (from, start.minute.unwrap_or(0)) <= (to, end.minute.unwrap_or(0)) || from >= NIGHT && to <= NOON
}

/// Gives each end what only the other tells.
fn share(from: &mut Point, to: &mut Point) {
    if let (Some(Moment::Fields(start)), Some(Moment::Within(outer, _))) = (&from.moment, &to.moment)
        && start.part.is_none()
        && start.day.is_some()
    {
        // "The 4th to the 9th of this month".
        from.moment = Some(Moment::Within(outer.clone(), *start));
    }
    let (Some(Moment::Fields(start)), Some(Moment::Fields(end))) = (&mut from.moment, &mut to.moment) else { return };
    short_year(start, end);
    if let (Some(day), Some(_)) = (start.day, end.century) {
        // "The 16th to 18th century".
        *start = Fields { century: Some(i32::from(day) - 1), ..Fields::default() };
    }
    if start.part.is_none() && start.day.is_some() && start.weekday.is_none() {
        start.part = end.part;
    }
    if end.part.is_none() && end.day.is_some() && end.weekday.is_none() {
        end.part = start.part;
    }
    let wraps = match (start.part, end.part) {
        (Some(YearPart::Month(start)), Some(YearPart::Month(end)))
        | (Some(YearPart::Quarter(start)), Some(YearPart::Quarter(end))) => start > end,
        _ => false,
    };
    if start.year.is_none() && start.decade.is_none() && start.century.is_none() {
        start.year = end.year.map(|year| if wraps { year - 1 } else { year });
        start.bc = end.bc;
    } else if end.year.is_none() && end.decade.is_none() && end.century.is_none() {
        end.year = start.year.map(|year| if wraps { year + 1 } else { year });
    }
    start.bc |= end.bc;
}

/// `1997-98`, `2003-04`: two digits behind a year are a year.
fn short_year(start: &Fields, end: &mut Fields) {
    let Some(year) = start.year.filter(|_| start.part.is_none()) else { return };
    if end.part.is_some() {
        return;
    }
    let short = end.day.map(i32::from).or(end.year.filter(|year| *year < 100));
    if let Some(short) = short {
        let century = year - year % 100;
        end.year = Some(if short < year % 100 { century + 100 + short } else { century + short });
        end.day = None;
    }
}
