//! Dates in digits: `2018-10-26`, `26.10.2018`, `10/26/2018`, `26-Oct-2018`.

use super::model::{Anchor, Expression, Fields, Moment, Order, Point, YearPart};
use super::pieces::{Reader, month_and_day, two_digit_year};
use super::{flagged, impossible, made};
use crate::normalize::{DateType, Input, Made, Reason};

/// Captures `first`, `second`, `third` as the constant `order` says: `ymd`, `ym`, `dmy`, `mdy`, `dm`, `md`, `yw`, or `open` and
/// `open-short` (day and month in either order, with or without a year).
pub(super) fn make(input: &Input<'_>) -> Made {
    let reader = Reader::new(input);
    let number = |name: &str| input.integer(name).map(i64::abs);
    let (first, second, third) = (number("first"), number("second"), number("third"));
    let none = || Reason::new("no-such-day");
    if input.rule.constant("order") == Some("yw") {
        return week(&reader, first, second.ok_or_else(none)?);
    }
    let first = first.ok_or_else(none)?;
    let mut order = Order::Certain;
    let (year, month, day);
    match input.rule.constant("order").unwrap_or("open") {
        "ymd" => (year, month, day) = (Some(first), second, third),
        "ym" if second == Some((first + 1) % 100) => return season(input, first),
        "ym" => (year, month, day) = (Some(first), second, None),
        "compact" => (year, month, day) = (Some(first / 10_000), Some(first / 100 % 100), Some(first % 100)),
        "dmy" => (day, month, year) = (Some(first), second, third),
        _ => {
            let second = second.ok_or_else(none)?;
            let (found, of_month, of_day) = month_and_day(first, second);
            order = found;
            (year, month, day) = (third, Some(of_month), Some(of_day));
        }
    }
    let year: Option<i64> = year;
    let named = input.capture("month").map(|range| reader.point(range));
    let part = match named.and_then(|point| point.moment) {
        Some(Moment::Fields(fields)) => fields.part,
        _ => u8::try_from(month.unwrap_or(0)).ok().filter(|month| (1..=12).contains(month)).map(YearPart::Month),
    };
    let year = year.map(|year| if year < 100 { two_digit_year(year) } else { year as i32 });
    let day = day.and_then(|day| u8::try_from(day).ok());
    let fields = Fields { year, part: Some(part.ok_or_else(none)?), day, ..Fields::default() };
    let clock = match input.capture("clock") {
        Some(range) => Some(reader.clock(range).ok_or_else(|| Reason::new("not-a-time"))?),
        None => None,
    };
    let date_type = if clock.is_some() { DateType::Time } else { DateType::Date };
    let moment = match reader.pieces(input.found.fact.clone()).pointer {
        // "Next 5/12".
        Some((direction, false)) if direction != 0 && year.is_none() => {
            Moment::Directed { direction, from: Anchor::Document, fields }
        }
        _ => Moment::Fields(fields),
    };
    let point = Point { moment: Some(moment), clock, ..Point::default() };
    let impossible = impossible(&reader, &point)?;
    reader.order.set(order);
    flagged(made(&reader, date_type, Expression::Point(point), None), impossible)
}

/// `2003-04`: a season or school year.
fn season(input: &Input<'_>, first: i64) -> Made {
    let year = |year: i64| {
        let fields = Fields { year: i32::try_from(year).ok(), ..Fields::default() };
        Some(Point { moment: Some(Moment::Fields(fields)), ..Point::default() })
    };
    made(&Reader::new(input), DateType::Interval, Expression::Interval(year(first), year(first + 1)), None)
}

/// A week by its ISO number; which year's, the period `of`, else the reference date tells where the text does not.
fn week(reader: &Reader<'_>, year: Option<i64>, week: i64) -> Made {
    let week =
        u8::try_from(week).ok().filter(|week| (1..=53).contains(week)).ok_or_else(|| Reason::new("no-such-week"))?;
    let fields = Fields {
        year: year.and_then(|year| i32::try_from(year).ok()),
        part: Some(YearPart::Week(week)),
        ..Fields::default()
    };
    let of = reader.input.capture("of").and_then(|range| reader.point(range).moment);
    let moment = match of {
        Some(of) => Moment::Within(Box::new(of), fields),
        None => Moment::Fields(fields),
    };
    let point = Point { moment: Some(moment), ..Point::default() };
    made(reader, DateType::Date, Expression::Point(point), None)
}
