//! Distances (`three years ago`, `two days after Easter`) and lengths (`past 15 years`, `5 to 10 years`).

use super::knowledge::{Class, Meaning};
use super::model::{Anchor, Count, Duration, Expression, Fields, Moment, Point, Tense, Unit, VagueTime};
use super::pieces::Reader;
use super::{made, qualified, tense};
use crate::normalize::{DateType, Input, Made, Reason};

/// Captures `length` and `word` (ago, later, from now), or `length`, `word` (after, before) and `from`; `weekday` where days of the
/// week are counted, `on` where a day of the week or a holiday is told beside the distance. The constant `anchor` (spoken) makes it the unit beside the one spoken of (`the day before`),
/// the constant `ahead` a distance into the future where the sentence speaks of it, else a length.
pub(super) fn make(input: &Input<'_>) -> Made {
    let reader = Reader::new(input);
    if let Some(weekday) = input.capture("weekday").and_then(|range| reader.pieces(range).fields.weekday) {
        return weekdays(&reader, weekday);
    }
    let range = input.capture("length").ok_or_else(|| Reason::new("no-length"))?;
    let parts = reader.length(range.clone());
    let ahead = input.rule.constant("ahead").is_some();
    if ahead && tense::told_tense(&reader) != Tense::Future {
        return length(input, &reader, Duration { parts, ..Duration::default() });
    }
    let word = input.capture("word").map(|word| pointer(&reader, word));
    let (sign, spoken) = word.flatten().unwrap_or((1, false));
    // "Two years before": from the day that was spoken of; "the week before": the week of the calendar beside it.
    let of_story = input.rule.constant("anchor") == Some("spoken");
    let spoken = spoken || of_story;
    let beside = of_story && range.len() == 1;
    let narrated = spoken && tense::tense(&reader) == Tense::Past;
    if narrated && input.capture("from").is_none() && parts.iter().any(|(_, unit)| unit.is_clock()) {
        // "An hour later": the hour that was spoken of is not known.
        return length(input, &reader, Duration { parts, direction: sign, ..Duration::default() });
    }
    let clock = match input.capture("clock") {
        Some(range) => Some(reader.clock(range).ok_or_else(|| Reason::new("not-a-time"))?),
        None => None,
    };
    let Some(steps) = steps(&parts, sign) else {
        let time = if sign < 0 { VagueTime::Past } else { VagueTime::Future };
        let point = Point { moment: Some(Moment::Vague(time)), ..Point::default() };
        return made(&reader, DateType::Date, Expression::Point(point), None);
    };
    let unit = steps.iter().map(|(_, unit)| *unit).min().unwrap_or(Unit::Day);
    let from = match from(&reader)? {
        Some(from) => from,
        None if spoken => Anchor::Spoken,
        None => Anchor::Document,
    };
    if let Some(range) = input.capture("on") {
        let fields = reader.pieces(range).fields;
        // "Monday two weeks from now": of the week that is two weeks ahead; "Thanksgiving in 3 years": of that year.
        let (unit, fields) = match fields.weekday {
            Some(weekday) => (Unit::Week, Fields { weekday: Some(weekday), ..Fields::default() }),
            None => (Unit::Year, fields),
        };
        let period = Moment::Shift { from, steps, unit, named: true };
        let point = Point { moment: Some(Moment::Within(Box::new(period), fields)), ..Point::default() };
        return made(&reader, DateType::Date, Expression::Point(point), None);
    }
    let date_type = if unit.is_clock() || clock.is_some() { DateType::Time } else { DateType::Date };
    // "The week before Christmas" is one of the calendar, too.
    let named = beside || input.capture("from").is_some() && range.len() == 1;
    let moment = Moment::Shift { from, steps, unit, named };
    let point = Point { moment: Some(moment), clock, ..Point::default() };
    made(&reader, date_type, Expression::Point(point), qualified(input))
}

/// The day that is counted from, where the text names one.
fn from(reader: &Reader<'_>) -> Result<Option<Anchor>, Reason> {
    let Some(range) = reader.input.capture("from") else { return Ok(None) };
    let moment = reader.point(range).moment.ok_or_else(|| Reason::new("not-a-date"))?;
    Ok(Some(Anchor::Moment(Box::new(moment))))
}

/// "Three Fridays from now", "the second Sunday after Easter".
fn weekdays(reader: &Reader<'_>, weekday: u8) -> Made {
    let input = reader.input;
    let (sign, _) = input.capture("word").and_then(|word| pointer(reader, word)).unwrap_or((1, false));
    let rank = input.rule.constant("rank").and_then(|rank| rank.parse().ok());
    let count = input.integer("length").and_then(|count| i32::try_from(count).ok()).or(rank).unwrap_or(1);
    let from = from(reader)?.unwrap_or(Anchor::Document);
    let moment = Moment::Weekdays { from, count: count * sign, weekday };
    let point = Point { moment: Some(moment), ..Point::default() };
    made(reader, DateType::Date, Expression::Point(point), None)
}

fn pointer(reader: &Reader<'_>, word: std::ops::Range<usize>) -> Option<(i32, bool)> {
    const POINTERS: [Class; 4] = [Class::Back, Class::Ahead, Class::Then, Class::From];
    let mut classes = reader.know.of_token(reader.input, word.start, &POINTERS);
    classes.find_map(|class| match reader.know.find(reader.input, word.start, word.end, class)?.0 {
        Meaning::Pointer(sign, spoken) => Some((sign, spoken)),
        _ => None,
    })
}

/// The parts as calendar steps; `None` where a count is unknown.
pub(super) fn steps(parts: &[(Count, Unit)], sign: i32) -> Option<Vec<(i32, Unit)>> {
    let mut steps = Vec::new();
    for (count, unit) in parts {
        let Count::Milli(count) = *count else { return None };
        let (count, unit) = whole(count, *unit)?;
        steps.push((i32::try_from(count).ok()? * sign, unit));
    }
    (!steps.is_empty()).then_some(steps)
}

/// A count in thousandths as a whole count of the unit, or of a finer one.
pub(crate) fn whole(count: i64, unit: Unit) -> Option<(i64, Unit)> {
    if count % 1000 == 0 {
        return Some((count / 1000, unit));
    }
    let (factor, finer) = match unit {
        Unit::Minute => (60, Unit::Second),
        Unit::Hour => (60, Unit::Minute),
        Unit::Day => (24, Unit::Hour),
        Unit::Week => (7, Unit::Day),
        Unit::Month => (30, Unit::Day),
        Unit::Year => (12, Unit::Month),
        Unit::Decade => (10, Unit::Year),
        Unit::Century => (100, Unit::Year),
        Unit::Millennium => (1000, Unit::Year),
        _ => return None,
    };
    let count = count.checked_mul(factor)?;
    Some(((count + 500) / 1000, finer))
}

/// Captures `length`, or `low` and `high` with the unit in `high`; `more`, the upper count behind the unit; `pointer` (past, next).
pub(super) fn duration(input: &Input<'_>) -> Made {
    let reader = Reader::new(input);
    let mut found = Duration::default();
    match (input.capture("low"), input.capture("high")) {
        (Some(low), Some(high)) => {
            let high = reader.length(high);
            let (to, unit) = high.first().copied().ok_or_else(|| Reason::new("no-length"))?;
            let from = reader.count(low.start).ok_or_else(|| Reason::new("no-length"))?;
            found.parts = vec![(from, unit)];
            found.to = Some(to);
        }
        _ => found.parts = reader.length(input.capture("length").unwrap_or_else(|| input.found.fact.clone())),
    }
    if let Some(more) = input.capture("more") {
        // "A week or two".
        found.to = reader.count(more.start);
    }
    let pointer = input.capture("pointer").and_then(|range| reader.pieces(range).pointer);
    // What follows a day that was spoken of has no side of the reference date.
    found.direction = pointer.map_or(0, |(side, spoken)| if spoken { 0 } else { side });
    length(input, &reader, found)
}

fn length(input: &Input<'_>, reader: &Reader<'_>, found: Duration) -> Made {
    if found.parts.is_empty() {
        return Err(Reason::new("no-length"));
    }
    made(reader, DateType::Duration, Expression::Duration(found), qualified(input))
}
