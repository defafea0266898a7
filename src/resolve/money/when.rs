//! The day whose rate an amount is converted at.
//!
//! An amount is of the day that its own sentence tells, if it tells one: the nearest date, where that is a day, a month or a
//! year. Otherwise it is of the document's date. Of a year or month that is not the document's own the middle is taken.

use jiff::civil::Date;

use crate::document::ViewSpan;
use crate::normalize::{DateType, Draft, Text, Value};
use crate::resolve::Fact;

/// Days of the longest period that tells a day.
const LONGEST: i32 = 366;
/// Days up to which a period counts as a day, as a month.
const PERIODS: [(i32, &str); 3] = [(1, "rate-of-own-day"), (31, "rate-of-own-month"), (LONGEST, "rate-of-own-year")];

/// A day, and the flag that says where it came from; none for the document's date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct When {
    /// The day.
    pub day: Date,
    /// Kebab-case flag.
    pub flag: Option<&'static str>,
}

/// The dates of a document that tell when an amount was paid.
pub struct Days {
    dates: Vec<(ViewSpan, Date, Date)>,
    published: Option<Date>,
}

impl Days {
    /// Gathers the dates among the facts of dates.
    pub fn new(dates: &[Fact], published: Option<Date>) -> Self {
        let ends = |fact: &Fact| {
            let Value::Date(date) = &fact.value else { return None };
            let day = |text: &Option<Text>| text.as_deref()?.get(..10)?.parse::<Date>().ok();
            let (first, last) = (day(&date.start_date)?, day(&date.end_date)?);
            let is_short = days_between(first, last)? < LONGEST;
            (date.date_type == DateType::Date && is_short).then_some((fact.span, first, last))
        };
        Self { dates: dates.iter().filter_map(ends).collect(), published }
    }

    /// The document's day.
    pub fn of_document(&self) -> Option<When> {
        self.published.map(|day| When { day, flag: None })
    }

    /// The day of an amount: of its sentence, else of the document.
    pub fn of(&self, draft: &Draft) -> Option<When> {
        let document = self.of_document();
        let from = self.dates.partition_point(|(span, ..)| span.start < draft.sentence.start);
        let here = self.dates[from..].iter().take_while(|(span, ..)| span.end <= draft.sentence.end);
        let known = here.filter(|(_, first, _)| self.published.is_none_or(|day| *first <= day));
        let gap = |span: &ViewSpan| match span.end <= draft.span.start {
            true => draft.span.start - span.end,
            false => span.start.saturating_sub(draft.span.end),
        };
        let Some((_, first, last)) = known.min_by_key(|(span, ..)| gap(span)) else { return document };
        if self.published.is_some_and(|day| (*first..=*last).contains(&day)) {
            return document;
        }
        self.within(*first, *last).or(document)
    }

    fn within(&self, first: Date, last: Date) -> Option<When> {
        let length = days_between(first, last)? + 1;
        let (_, flag) = PERIODS.iter().find(|(longest, _)| length <= *longest)?;
        let day = first.checked_add(jiff::Span::new().try_days(length / 2).ok()?).ok()?;
        Some(When { day: if length == 1 { first } else { day }, flag: Some(flag) })
    }
}

fn days_between(first: Date, last: Date) -> Option<i32> {
    Some(last.since((jiff::Unit::Day, first)).ok()?.get_days())
}
