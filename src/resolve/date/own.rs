//! The date that a text gives as its own: a date line, a dateline, or a full date in its heading.

use jiff::civil::DateTime;

use super::calendar;
use super::order::Habit;
use crate::document::Published;
use crate::normalize::Draft;
use crate::normalize::date::{Expression, Moment, Point, Temporal, Tense};
use crate::resolve::Setting;

/// Bytes of the text from its start in which a date line or dateline is the document's own date.
const TOP: u32 = 3000;
/// Blocks from the start that may be a heading, and the bytes that one has at most.
const HEADING_BLOCKS: usize = 6;
const HEADING: u32 = 160;
/// Years in which documents are published; a heading that speaks of another is about it.
const PUBLISHED: std::ops::RangeInclusive<i16> = 1900..=2099;

/// The document's date: its metadata, or what the text gives near its top; and whether only a heading gives it.
pub(super) fn published(
    setting: &Setting<'_>,
    temporals: &[(&Draft, &Temporal)],
    habit: Habit,
) -> (Option<Published>, bool) {
    if let Some(published) = &setting.document.metadata.published {
        return (Some(published.clone()), false);
    }
    let of_text = |date| Published { date, has_time: false, from: "text" };
    let top = || temporals.iter().take_while(|(draft, _)| draft.span.start < TOP);
    let line = top().find_map(|(_, temporal)| own_date(temporal, habit));
    match line {
        Some(date) => (Some(of_text(date)), false),
        None => (top().find_map(|(draft, it)| heading_date(setting, draft, it, habit)).map(of_text), true),
    }
}

/// The day of a date line or dateline that tells year, month and day.
pub(super) fn own_date(temporal: &Temporal, habit: Habit) -> Option<DateTime> {
    if temporal.dates_text { full_date(temporal, habit) } else { None }
}

/// The day in a short block before the running text: `Minutes of the board, 8 December 2018`. What a verb of the past tells
/// ("founded on 3 May 1911") is no date of the text.
fn heading_date(setting: &Setting<'_>, draft: &Draft, temporal: &Temporal, habit: Habit) -> Option<DateTime> {
    let blocks = &setting.document.blocks;
    let own = blocks.partition_point(|block| block.span.end <= draft.span.start);
    let short = |at: usize| blocks.get(at).is_some_and(|block| block.span.end - block.span.start <= HEADING);
    let heads = own < HEADING_BLOCKS && (0..=own).all(short);
    let plain = temporal.tense != Tense::Past && temporal.bound.is_none();
    let date = full_date(temporal, habit).filter(|_| heads && plain)?;
    PUBLISHED.contains(&date.year()).then_some(date)
}

fn full_date(temporal: &Temporal, habit: Habit) -> Option<DateTime> {
    let (Expression::Point(point) | Expression::Interval(Some(point), _)) = &temporal.expression else { return None };
    let Point { moment: Some(Moment::Fields(fields)), .. } = point else { return None };
    let fields = habit.applied(*fields, temporal.order);
    fields.day?;
    calendar::bounds(&fields).map(|(first, _)| first.at(0, 0, 0, 0))
}
