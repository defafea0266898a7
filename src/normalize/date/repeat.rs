//! Recurrences: `every six months`, `twice a week`, `daily`, `every Monday at 9`.

use super::knowledge::{Class, Meaning};
use super::made;
use super::model::{Count, Duration, Expression, Moment, Point, Recurrence};
use super::pieces::Reader;
use crate::normalize::{DateType, Input, Made, Reason};

/// Captures `length` (the period) or `at` (weekday, date, part of the day), and `clock`.
pub(super) fn make(input: &Input<'_>) -> Made {
    let reader = Reader::new(input);
    let clock = match input.capture("clock") {
        Some(range) => Some(reader.clock(range).ok_or_else(|| Reason::new("not-a-time"))?),
        None => None,
    };
    let recurrence = match (input.capture("at"), clock) {
        (Some(range), _) => {
            let mut point = reader.point(range);
            // "every Monday": which Monday is not told, so that nothing points.
            if let Some(Moment::Directed { fields, .. }) = point.moment {
                point.moment = Some(Moment::Fields(fields));
            }
            point.clock = clock.or(point.clock);
            Recurrence::At(point)
        }
        (None, Some(clock)) => Recurrence::At(Point { clock: Some(clock), ..Point::default() }),
        (None, None) => Recurrence::Each(period(input, &reader)?),
    };
    made(&reader, DateType::Set, Expression::Set(recurrence), None)
}

fn period(input: &Input<'_>, reader: &Reader<'_>) -> Result<Duration, Reason> {
    let range = input.capture("length").unwrap_or_else(|| input.found.fact.clone());
    let word = reader.know.find(input, range.start, range.end, Class::Recurrence);
    let parts = match word {
        Some((Meaning::Unit(unit, factor), _)) => vec![(Count::whole(factor), unit)],
        _ => reader.length(range),
    };
    if parts.is_empty() {
        return Err(Reason::new("no-length"));
    }
    let parts = match input.rule.constant("times") {
        Some("2") => parts.into_iter().map(|(count, unit)| (doubled(count), unit)).collect(),
        _ => parts,
    };
    Ok(Duration { parts, ..Duration::default() })
}

fn doubled(count: Count) -> Count {
    match count {
        Count::Milli(count) => Count::Milli(count * 2),
        Count::Unknown => Count::Unknown,
    }
}
