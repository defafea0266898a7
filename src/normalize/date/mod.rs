//! Temporal expressions: from captures to a [`Temporal`], which the resolve room anchors to a date.
//!
//! A rule's pattern decides what an expression is, and its captures where its parts are; [`pieces`] reads each part by what
//! the dictionaries say of its words, so that one reader serves `9 August 1961` and `Aug. 9, 1961`.

mod bound;
mod clock;
mod constants;
mod holidays;
mod interval;
mod knowledge;
mod length;
mod model;
mod modifier;
mod numeric;
mod pieces;
mod repeat;
mod shift;
mod stretch;
mod tense;
mod time_of_day;

pub(crate) use holidays::HolidayDays;
pub(crate) use knowledge::Knowledge;
pub use model::*;
pub use modifier::{DateOrder, Modifier};
pub(crate) use shift::whole;
pub use time_of_day::{Clock, DayPart};

use super::{DateType, DraftValue, Input, Made, Normalizer, Qualifier, Reason, qualifier};
use crate::lexicon::Shape;
use crate::resolve::Flags;
use crate::rules::RuleKind;
use crate::scan::TokenKind;
use pieces::Reader;

/// The normalizers of dates.
pub const NORMALIZERS: &[Normalizer] = &[
    Normalizer::new(
        RuleKind::Date,
        "point",
        &["date", "month", "clock", "dated_clock", "bound", "nth", "what", "of", "year", "quarter", "half", "century"],
        constants::POINT,
        point,
    ),
    Normalizer::new(
        RuleKind::Date,
        "numeric-date",
        &["first", "second", "third", "month", "clock", "of"],
        constants::NUMERIC,
        numeric::make,
    ),
    Normalizer::new(
        RuleKind::Date,
        "shift",
        &["length", "word", "from", "clock", "weekday", "on"],
        constants::SHIFT,
        shift::make,
    ),
    Normalizer::new(
        RuleKind::Date,
        "duration",
        &["length", "low", "high", "more", "pointer"],
        constants::DURATION,
        shift::duration,
    ),
    Normalizer::new(RuleKind::Date, "set", &["length", "at", "clock"], constants::SET, repeat::make),
    Normalizer::new(
        RuleKind::Date,
        "interval",
        &["from", "to", "date", "from_clock", "to_clock"],
        constants::INTERVAL,
        interval::make,
    ),
    Normalizer::new(
        RuleKind::Date,
        "stretch",
        &["length", "from", "from_clock", "of", "nth"],
        constants::STRETCH,
        stretch::make,
    ),
    Normalizer::new(RuleKind::Date, "vague-time", &[], constants::VAGUE, vague),
];

/// A draft of an expression, with what the words around it tell.
fn made(reader: &Reader<'_>, date_type: DateType, expression: Expression, modifier: Option<Modifier>) -> Made {
    let dates_text = reader.input.rule.constant("dates-text").is_some();
    let tense = match tense::tense(reader) {
        // A day of the week of which the present speaks is ahead; what is so every March has no year.
        Tense::Unknown if is_weekday(&expression) && tense::announced(reader) => Tense::Future,
        tense => tense,
    };
    let bounded = matches!(&expression, Expression::Point(point) if !matches!(point.moment, Some(Moment::Vague(_))));
    let bound = if bounded && !dates_text { bound::bound(reader) } else { None };
    let order = reader.order.get();
    let undated = reader.input.rule.constant("anchor") == Some("none");
    let planned = tense == Tense::Past && tense::planned(reader);
    let temporal = Temporal { date_type, expression, modifier, bound, tense, planned, dates_text, order, undated };
    Ok((DraftValue::Date(temporal), Flags::new()))
}

/// Whether an expression tells no more of its date than a day of the week.
fn is_weekday(expression: &Expression) -> bool {
    let point = match expression {
        Expression::Point(point) => point,
        // Hours of one day; "Monday through Friday" is of every week.
        Expression::Interval(Some(from), Some(to)) if from.moment == to.moment => from,
        _ => return false,
    };
    let Some(Moment::Fields(fields)) = &point.moment else { return false };
    fields.weekday.is_some() && *fields == Fields { weekday: fields.weekday, ..Fields::default() }
}

/// The qualifier attached to the fact (`about 3 p.m.`, `more than two years`) as TIMEX3 modifier.
fn qualified(input: &Input<'_>) -> Option<Modifier> {
    Some(match qualifier::attached(input)? {
        Qualifier::Approximately => Modifier::Approx,
        Qualifier::AtLeast => Modifier::EqualOrMore,
        Qualifier::AtMost => Modifier::EqualOrLess,
        Qualifier::MoreThan => Modifier::MoreThan,
        Qualifier::LessThan | Qualifier::Almost => Modifier::LessThan,
    })
}

/// Whether a modifier says more or less than: of a date (`fewer than last year`) it is said of what was counted then.
fn compares(modifier: Modifier) -> bool {
    matches!(modifier, Modifier::MoreThan | Modifier::LessThan)
}

/// A date, a time, or both. Captures: `date` (else the fact), `clock`; `nth`, `what` and `of` for "first Monday of May";
/// `year` with the constants `era` (bc) or `year-kind` (fiscal, school);
/// `dated_clock` for the same time in another zone, to which the day belongs;
/// `month` of a day that stands alone; `bound` for a word that opens an end (`Monday before 5 p.m.`).
fn point(input: &Input<'_>) -> Made {
    let reader = Reader::new(input);
    let clock_range = input.capture("clock");
    let date_range = input.capture("date").or_else(|| clock_range.is_none().then(|| input.found.fact.clone()));
    let mut point = match input.capture("of") {
        Some(of) => nth(&reader, of)?,
        None => date_range.map(|range| reader.point(range)).unwrap_or_default(),
    };
    if input.capture("of").is_none() {
        constants(input, &mut point);
    }
    month(&reader, &mut point);
    pointed(input, &mut point);
    if input.rule.constant("anchor") == Some("spoken")
        && let Some(Moment::Shift { from, .. }) = &mut point.moment
    {
        *from = Anchor::Spoken;
    }
    if let Some(range) = clock_range {
        let mut clock = reader.clock(range).ok_or_else(|| Reason::new("not-a-time"))?;
        if let Some(part) = point.clock.and_then(|clock| clock.part) {
            clock.within(part);
        }
        if let Some(dated) = input.capture("dated_clock").and_then(|range| reader.clock(range)) {
            elsewhere(&mut point, &clock, &dated);
        }
        point.clock = Some(clock);
    }
    if point.moment.is_none() && point.clock.is_none() {
        return Err(Reason::new("not-a-date"));
    }
    let impossible = impossible(&reader, &point)?;
    if let (None, Some(last)) = (point.clock, point.moment.as_ref().and_then(last_of)) {
        let last = Point { moment: Some(last), ..Point::default() };
        return made(&reader, DateType::Interval, Expression::Interval(Some(point), Some(last)), None);
    }
    let date_type = if point.clock.is_some() { DateType::Time } else { DateType::Date };
    let timed = point.clock.is_some();
    let modifier = point.modifier.or_else(|| qualified(input).filter(|modifier| timed || !compares(*modifier)));
    flagged(made(&reader, date_type, Expression::Point(point), modifier), impossible)
}

/// The zones of the world, in minutes east of Greenwich.
const ZONES: std::ops::RangeInclusive<i32> = -12 * 60..=14 * 60;
const DAY: i32 = 24 * 60;

/// Moves a day that was told of the same time in another zone to where the clock is: at `07:58 (23:58 GMT on Tuesday)` it is
/// Wednesday.
fn elsewhere(point: &mut Point, clock: &Clock, dated: &Clock) {
    let minutes = |clock: &Clock| Some(i32::from(clock.hour?) * 60 + i32::from(clock.minute.unwrap_or(0)));
    let (Some(own), Some(told), Some(zone)) = (minutes(clock), minutes(dated), dated.offset) else { return };
    let fits = |days: &i32| {
        let east = days * DAY + own - told + i32::from(zone);
        clock.offset.map_or_else(|| ZONES.contains(&east), |offset| i32::from(offset) == east)
    };
    let days = [0, 1, -1].into_iter().find(fits).unwrap_or(0);
    if let Some(moment) = point.moment.take_if(|_| days != 0) {
        let from = Anchor::Moment(Box::new(moment));
        point.moment = Some(Moment::Shift { from, steps: vec![(days, Unit::Day)], unit: Unit::Day, named: false });
    }
}

/// The last day of a holiday that has several.
fn last_of(moment: &Moment) -> Option<Moment> {
    let mut last = moment.clone();
    let (Moment::Fields(fields) | Moment::Within(_, fields) | Moment::Directed { fields, .. }) = &mut last else {
        return None;
    };
    let first = fields.holiday?.last?;
    fields.holiday = Some(Holiday { first, last: None });
    Some(last)
}

/// `year`, `era`, `year-kind`, `quarter` and `half`.
fn constants(input: &Input<'_>, point: &mut Point) {
    let small = |name: &str| input.integer(name).and_then(|value| u8::try_from(value).ok());
    let year = input.integer("year").and_then(|year| i32::try_from(year).ok());
    let (quarter, half) = (small("quarter").map(YearPart::Quarter), small("half").map(YearPart::Half));
    let era = input.rule.constant("era");
    let kind = input.rule.constant("year-kind");
    let kind = match kind {
        Some("fiscal") => YearKind::Fiscal,
        Some("school") => YearKind::School,
        _ => YearKind::Calendar,
    };
    point.year_kind = kind;
    if let Some(century) = small("century") {
        // "The 19th and 20th centuries": the first has no unit of its own.
        let fields = Fields { century: Some(i32::from(century) - 1), ..Fields::default() };
        point.moment = Some(Moment::Fields(fields));
    }
    if year.is_none() && quarter.is_none() && half.is_none() {
        return;
    }
    let mut fields = match &point.moment {
        Some(Moment::Fields(fields)) => *fields,
        _ => Fields::default(),
    };
    if let Some(year) = year {
        fields.year = Some(if year < 100 && era.is_none() { pieces::two_digit_year(year.into()) } else { year });
    }
    fields.part = quarter.or(half).or(fields.part);
    fields.day = None;
    fields.bc = era == Some("bc");
    fields.year_kind = kind;
    point.moment = Some(Moment::Fields(fields));
}

/// The constant `far`: which one a pointing word means (`the week after next`: 2), or the nearest (`this coming Friday`: 0).
fn pointed(input: &Input<'_>, point: &mut Point) {
    let Some(far) = input.rule.constant("far").and_then(|far| far.parse::<i32>().ok()) else { return };
    match &mut point.moment {
        Some(Moment::Directed { direction, .. }) => *direction *= far,
        Some(Moment::Shift { steps, .. }) => steps.iter_mut().for_each(|(count, _)| *count *= far),
        _ => {}
    }
}

/// `month`, which another day of the same list tells (`April 24 and 25`).
fn month(reader: &Reader<'_>, point: &mut Point) {
    if let Some(range) = reader.input.capture("month")
        && let Some(Moment::Fields(fields)) = &mut point.moment
    {
        fields.part = reader.pieces(range).fields.part;
    }
}

/// "first Monday of May", "last week of 2018"; with the constant `rank` counted from the end ("second last"), and by that rank where
/// no ordinal stands.
fn nth(reader: &Reader<'_>, of: std::ops::Range<usize>) -> Result<Point, Reason> {
    let input = reader.input;
    let what = input.capture("what").ok_or_else(|| Reason::new("not-a-date"))?;
    if input.rule.constant("around").is_some() {
        let pieces = reader.pieces(what);
        let unit = if pieces.fields.weekend { Unit::Weekend } else { pieces.unit.unwrap_or(Unit::Week) };
        let mut of = reader.point(of).moment.ok_or_else(|| Reason::new("not-a-date"))?;
        if let (Moment::Fields(fields), Some(year)) = (&mut of, input.integer("year")) {
            fields.year = i32::try_from(year).ok();
        }
        return Ok(Point { moment: Some(Moment::Around(unit, Box::new(of))), ..Point::default() });
    }
    let from_end = input.rule.constant("rank").and_then(|rank| rank.parse::<i32>().ok());
    let rank = match input.integer("nth") {
        Some(rank) => {
            let rank = i32::try_from(rank).map_err(|_| Reason::new("not-a-date"))?;
            if from_end.is_some() { -rank } else { rank }
        }
        None => from_end.unwrap_or(-1),
    };
    let pieces = reader.pieces(what);
    let what = match (pieces.fields.weekday, pieces.unit, pieces.fields.weekend) {
        (Some(weekday), ..) => Counted::Weekday(weekday),
        (_, Some(unit), _) => Counted::Unit(unit),
        (_, _, true) => Counted::Unit(Unit::Weekend),
        _ => return Err(Reason::new("not-a-date")),
    };
    let of = reader.point(of).moment.ok_or_else(|| Reason::new("not-a-date"))?;
    Ok(Point { moment: Some(Moment::Nth { rank, what, of: Box::new(of) }), ..Point::default() })
}

/// Whether a date is of a day that its month never has: a slip that a reviewer should see. Before a word (`In June 31 people
/// died`) it is no date.
fn impossible(reader: &Reader<'_>, point: &Point) -> Result<bool, Reason> {
    let Err(reason) = check(point) else { return Ok(false) };
    let behind = reader.input.found.fact.end;
    let token = reader.input.scanned.tokens.get(behind).filter(|_| behind < reader.input.sentence().end);
    if token.is_some_and(|token| token.kind == TokenKind::Word && token.shape == Shape::Lower) {
        return Err(reason);
    }
    Ok(true)
}

/// A draft with the flag of a day that no calendar has.
fn flagged(made: Made, impossible: bool) -> Made {
    let (value, mut flags) = made?;
    if impossible {
        flags.insert("no-such-day".into());
    }
    Ok((value, flags))
}

/// A day that its month never has is no date.
fn check(point: &Point) -> Result<(), Reason> {
    let (Some(Moment::Fields(fields)) | Some(Moment::Within(_, fields)) | Some(Moment::Directed { fields, .. })) =
        &point.moment
    else {
        return Ok(());
    };
    let Some(day) = fields.day else { return Ok(()) };
    let Some(YearPart::Month(month)) = fields.part else { return Ok(()) };
    // 2020 is a leap year: without a year, 29 February is a date.
    let year = fields.year.unwrap_or(2020);
    let date = i16::try_from(year).ok().and_then(|year| jiff::civil::Date::new(year, month as i8, day as i8).ok());
    date.map(|_| ()).ok_or_else(|| Reason::new("no-such-day"))
}

/// Past, present or future: the constant `timex`.
fn vague(input: &Input<'_>) -> Made {
    let code = input.rule.constant("timex").unwrap_or("");
    let (time, _) = VagueTime::ALL.iter().find(|(_, each)| *each == code).ok_or_else(|| Reason::new("not-a-date"))?;
    let point = Point { moment: Some(Moment::Vague(*time)), ..Point::default() };
    made(&Reader::new(input), DateType::Date, Expression::Point(point), None)
}
