//! Anchors temporal expressions: to the document's date, or to the date last spoken of.
//!
//! In document order, because what was last spoken of decides (`two days later`). The reference date is that of the
//! metadata, else a date that the text gives as its own, else of the user's option; a page of several dated posts resolves
//! what follows each date line against it. Without any, values stay open (`XXXX-10-22`): never today's date.

mod anchor;
mod calendar;
mod open;
mod order;
mod own;
#[cfg(test)]
mod story_tests;
mod stretch;
#[cfg(test)]
mod tests;
mod write;
mod year;

use std::borrow::Cow;

use compact_str::format_compact;
use jiff::civil::DateTime;

use super::{Fact, Flags, Setting};
use crate::document::Published;
use crate::normalize::date::{
    Anchor, Clock, Expression, Fields, Knowledge, Modifier, Moment, Order, Point, Recurrence, Temporal, Tense, YearPart,
};
use crate::normalize::{Date, DateType, Draft, DraftValue, Text, Value};
use anchor::{Anchored, Context};
use open::opened;
use order::{Habit, swapped};
use own::{own_date, published};
use write::Resolved;

/// Bytes after which what was spoken of is forgotten.
const MEMORY: u32 = 600;
/// Bytes for which a story that is told later stays in its years.
const STORY: u32 = 6000;

/// The facts of temporal drafts (all of kind date, in order of position), and the document's date. `places` are the document's.
pub fn resolve(setting: &Setting<'_>, drafts: &[&Draft], places: &[Fact]) -> (Vec<Fact>, Option<Published>) {
    let temporals: Vec<(&Draft, &Temporal)> = drafts
        .iter()
        .filter_map(|draft| match &draft.value {
            DraftValue::Date(temporal) => Some((*draft, temporal)),
            _ => None,
        })
        .collect();
    let habit = Habit::of(setting, temporals.iter().map(|(_, temporal)| *temporal), places);
    let (published, by_heading) = published(setting, &temporals, habit);
    let mut lines = temporals.iter().filter(|(_, it)| it.dates_text).map(|(_, it)| &it.expression);
    let first = lines.next();
    let several = lines.any(|line| Some(line) != first);
    let fixed = setting.options.reference_date.map(|date| date.at(0, 0, 0, 0));
    let mut walk = Walk {
        setting,
        habit,
        reference: published.as_ref().map(|published| published.date).or(fixed),
        has_time: published.as_ref().is_some_and(|published| published.has_time),
        told_later: published.is_some() && by_heading,
        several,
        spoken: None,
        dated: None,
    };
    let facts = temporals
        .iter()
        .map(|(draft, temporal)| {
            if several && let Some(date) = own_date(temporal, habit) {
                walk.reference = Some(date);
                walk.has_time = false;
                walk.told_later = false;
            }
            walk.fact(draft, temporal)
        })
        .collect();
    (facts, published)
}

/// A walk over the expressions of a document.
struct Walk<'a> {
    setting: &'a Setting<'a>,
    habit: Habit,
    reference: Option<DateTime>,
    has_time: bool,
    /// Whether the reference is the date of a heading.
    told_later: bool,
    /// Whether the page has several posts or entries, each with its own date line.
    several: bool,
    /// What was last spoken of: where its sentence starts, where it ends, and what it is.
    spoken: Option<Spoken>,
    /// The last day that was spoken of: dates go on from it where a mere year was told since, in another paragraph.
    dated: Option<Spoken>,
}

/// Where a sentence starts, where a date in it ends, and what it is.
type Spoken = (u32, u32, Fields);

impl<'a> Walk<'a> {
    fn context(&self, draft: &Draft, temporal: &Temporal) -> Context<'a> {
        let is_near = |(_, end, fields): &Spoken| {
            let coarse = fields.part.is_none();
            draft.span.start.saturating_sub(*end) < MEMORY
                && (!coarse || self.block(*end) == self.block(draft.span.start))
        };
        let near = self.spoken.filter(is_near).or_else(|| self.dated.filter(is_near));
        Context {
            holidays: Knowledge::of(self.setting.ruleset).holidays(),
            reference: self.reference,
            has_time: self.has_time,
            spoken: near.map(|(.., fields)| fields),
            same_block: near.is_some_and(|(_, end, _)| self.block(end) == self.block(draft.span.start)),
            same_sentence: near.is_some_and(|(sentence, ..)| sentence == draft.sentence.start),
            tense: temporal.tense,
            habit: temporal.tense == Tense::Unknown && matches!(temporal.expression, Expression::Point(_)),
            planned: temporal.planned,
            told_later: self.told_later,
            elsewhere: near.is_none() && temporal.tense == Tense::Past && self.is_elsewhere(draft),
            undated: temporal.undated,
        }
    }

    /// Whether a text that was told later is in a story of other years, whose last date (not a mere year) is out of memory.
    fn is_elsewhere(&self, draft: &Draft) -> bool {
        let goes_on = |(_, end, told): &Spoken| draft.span.start.saturating_sub(*end) < STORY && told.part.is_some();
        let last = self.spoken.filter(goes_on);
        let year = self.reference.map(|reference| i32::from(reference.date().year()));
        self.told_later
            && last.and_then(|(.., fields)| fields.year).zip(year).is_some_and(|(told, own)| own.abs_diff(told) > 1)
    }

    /// Number of the block that a place is in: a year alone is not remembered beyond its paragraph.
    fn block(&self, at: u32) -> usize {
        self.setting.document.blocks.partition_point(|block| block.span.end < at)
    }

    fn fact(&mut self, draft: &Draft, temporal: &Temporal) -> Fact {
        let context = self.context(draft, temporal);
        let mut flags: Flags = draft.flags.clone();
        let mut seen = Seen::default();
        let date = match &temporal.expression {
            Expression::Point(point) => {
                let resolved = seen.take(context.point(&self.reordered(point, temporal)));
                // "Since 2011" reaches into the present: no story has come to it.
                if temporal.bound != Some(Modifier::OnOrAfter) || resolved.fields.day.is_some() {
                    self.remember(draft, &resolved);
                }
                if resolved.weekday_differs() {
                    flags.insert("weekday-mismatch".into());
                }
                self.turn_to(temporal, &resolved);
                let resolved = Resolved { modifier: temporal.modifier.or(resolved.modifier), ..resolved };
                let now = self.now(point, &resolved);
                let value = opened(point_value(temporal.date_type, resolved), &resolved, temporal.bound, now);
                self.both_readings(value, &resolved, temporal.order)
            }
            Expression::Interval(from, to) => {
                let [from, to] = [from, to].map(|end| end.as_ref().map(|point| self.reordered(point, temporal)));
                self.interval(draft, &context, from.as_deref(), to.as_deref(), &mut seen)
            }
            Expression::Duration(duration) => {
                let (start_date, end_date) = context.stretch(duration).unzip();
                seen.used_reference |= start_date.is_some();
                Date { start_date, end_date, ..value(DateType::Duration, write::duration_timex(duration)) }
            }
            Expression::Set(Recurrence::Each(duration)) => value(DateType::Set, write::duration_timex(duration)),
            Expression::Set(Recurrence::At(point)) => value(DateType::Set, recurring(point)),
        };
        if temporal.order == Order::Open && self.habit.order.is_none() {
            flags.insert("date-order".into());
        } else if temporal.order == Order::Open && self.habit.by_country {
            flags.insert("order-from-country".into());
        }
        if seen.year_from_text {
            flags.insert("year-from-text".into());
        }
        if seen.wants_reference && !flags.contains("no-such-day") {
            flags.insert("no-reference-date".into());
        }
        let reference_date = self.reference.map(|reference| reference.date()).filter(|_| seen.used_reference);
        let modifier = date.modifier.or_else(|| temporal.modifier.map(code));
        self.setting.fact(draft, Value::Date(Date { reference_date, modifier, ..date }), flags)
    }

    /// The reference, where an expression counts a length from it.
    fn now(&self, point: &Point, resolved: &Resolved) -> Option<Resolved> {
        let Some(Moment::Shift { from: Anchor::Document, named: false, .. }) = &point.moment else { return None };
        let reference = self.reference?;
        let day = Resolved::of(calendar::of_day(reference.date()));
        let (hour, minute) = (reference.hour() as u8, reference.minute() as u8);
        let clock = resolved.clock.map(|_| Clock { hour: Some(hour), minute: Some(minute), ..Clock::default() });
        Some(Resolved { clock, ..day }).filter(|now| now.clock.is_none() || self.has_time)
    }

    /// What follows an entry's date line is told from its day, also where the line leaves its year out.
    fn turn_to(&mut self, temporal: &Temporal, resolved: &Resolved) {
        if self.several
            && temporal.dates_text
            && resolved.fields.day.is_some()
            && let Some((day, _)) = resolved.days()
        {
            self.reference = Some(day.at(0, 0, 0, 0));
            self.has_time = false;
            self.told_later = false;
        }
    }

    /// Both readings of a date that nothing decides, as EDTF writes one of several dates.
    fn both_readings(&self, value: Date, resolved: &Resolved, order: Order) -> Date {
        let open = order == Order::Open && self.habit.order.is_none() && resolved.clock.is_none();
        let other = Resolved { fields: swapped(resolved.fields), ..*resolved };
        match (&value.edtf, other.edtf().filter(|_| open)) {
            (Some(edtf), Some(other)) if !edtf.contains('/') => {
                let edtf = if *edtf < other {
                    format_compact!("[{edtf},{other}]")
                } else {
                    format_compact!("[{other},{edtf}]")
                };
                Date { edtf: Some(edtf), ..value }
            }
            _ => value,
        }
    }

    fn reordered<'p>(&self, point: &'p Point, temporal: &Temporal) -> Cow<'p, Point> {
        let Some(Moment::Fields(fields)) = &point.moment else { return Cow::Borrowed(point) };
        let applied = self.habit.applied(*fields, temporal.order);
        if applied == *fields {
            return Cow::Borrowed(point);
        }
        Cow::Owned(Point { moment: Some(Moment::Fields(applied)), ..point.clone() })
    }

    fn remember(&mut self, draft: &Draft, resolved: &Resolved) {
        // "In the spring", said in passing, is not what a story goes on from.
        let passing = resolved.year_open && matches!(resolved.fields.part, Some(YearPart::Season(_)));
        let known = resolved.dated && resolved.unit.is_none() && resolved.vague.is_none() && !passing;
        if known && resolved.fields.year.is_some() && !resolved.fields.bc {
            let spoken = (draft.sentence.start, draft.span.end, resolved.fields);
            self.spoken = Some(spoken);
            if resolved.fields.day.is_some() {
                self.dated = Some(spoken);
            }
        }
    }

    fn interval(
        &mut self,
        draft: &Draft,
        context: &Context<'_>,
        from: Option<&Point>,
        to: Option<&Point>,
        seen: &mut Seen,
    ) -> Date {
        let mut start = from.map(|point| seen.take(context.point(point)));
        if let Some(start) = &start {
            self.remember(draft, start);
        }
        let context = Context { spoken: start.map(|start| start.fields).or(context.spoken), ..*context };
        let last = start.and_then(|start| context.last_day(to?, &start));
        let mut end = to.map(|point| last.unwrap_or_else(|| seen.take(context.point(point))));
        if let (Some(from), Some(to), Some(start), Some(end)) = (from, to, &start, &mut end)
            && from.clock.is_some()
            && to.clock.is_some()
            && from.moment == to.moment
        {
            same_day(start, end);
        }
        if let (Some(start), Some(end)) = (&mut start, &mut end)
            && let Some((first, last)) = context.ongoing(start, end)
        {
            (start.fields, end.fields) = (first, last);
        }
        if let (Some(start), Some(end)) = (&start, &mut end) {
            in_order(start, end);
        }
        if let (Some(start), Some(end)) = (&mut start, &mut end) {
            context.told_back(start, end);
        }
        let timex = |end: &Option<Resolved>| end.as_ref().map_or(Text::default(), Resolved::timex);
        let edtf = |end: &Option<Resolved>| end.as_ref().map_or(Some(Text::const_new("..")), Resolved::edtf);
        // An end that is itself a period in EDTF cannot stand in an interval: its first or last day does.
        let first = |edtf: Text| edtf.split_once('/').map_or(edtf.clone(), |(first, _)| first.into());
        let last = |edtf: Text| edtf.split_once('/').map_or(edtf.clone(), |(_, last)| last.into());
        let edtf = edtf(&start).map(first).zip(edtf(&end).map(last));
        Date {
            edtf: edtf.map(|(start, end)| format_compact!("{start}/{end}")),
            start_date: start.and_then(|start| start.ends()).map(|(first, _)| first),
            end_date: end.and_then(|end| end.ends()).map(|(_, last)| last),
            ..value(DateType::Interval, format_compact!("{}/{}", timex(&start), timex(&end)))
        }
    }
}

/// Both ends of a stretch of time are on one day, or the second behind midnight.
fn same_day(start: &Resolved, end: &mut Resolved) {
    (end.fields, end.dated) = (start.fields, start.dated);
    let time = |resolved: &Resolved| resolved.clock.and_then(|clock| Some((clock.hour?, clock.minute.unwrap_or(0))));
    if time(end) < time(start)
        && let Some(next) = start.days().and_then(|(_, day)| calendar::plus_days(day, 1))
    {
        end.fields = calendar::of_day(next);
    }
}

/// An end that was resolved to before its start (`from Friday to Monday`, `November to March`) is the next of its kind.
fn in_order(start: &Resolved, end: &mut Resolved) {
    let (Some((first, _)), Some((_, last))) = (start.days(), end.days()) else { return };
    if last >= first {
        return;
    }
    let days = first.until(last).map_or(0, |span| span.get_days());
    if days > -7 && end.fields.day.is_some() {
        if let Some(day) = calendar::plus_days(last, 7) {
            end.fields = calendar::of_day(day);
        }
    } else if days > -366
        && let Some(year) = &mut end.fields.year
    {
        *year += 1;
    }
}

/// What the ends of an expression needed.
#[derive(Default)]
struct Seen {
    used_reference: bool,
    year_from_text: bool,
    wants_reference: bool,
}

impl Seen {
    fn take(&mut self, anchored: Anchored) -> Resolved {
        self.used_reference |= anchored.used_reference;
        self.year_from_text |= anchored.year_from_text;
        self.wants_reference |= anchored.wants_reference;
        anchored.resolved
    }
}

/// The TIMEX3 code of a modifier.
fn code(modifier: Modifier) -> Text {
    Text::const_new(modifier.code())
}

fn value(date_type: DateType, timex: Text) -> Date {
    Date { date_type, timex, edtf: None, start_date: None, end_date: None, modifier: None, reference_date: None }
}

fn point_value(date_type: DateType, resolved: Resolved) -> Date {
    let (start_date, end_date) = resolved.ends().unzip();
    let modifier = resolved.modifier.map(code);
    Date { edtf: resolved.edtf(), start_date, end_date, modifier, ..value(date_type, resolved.timex()) }
}

/// The TIMEX3 value of a recurring point: its fields, all others open; a time of day alone.
fn recurring(point: &Point) -> Text {
    let fields = match &point.moment {
        Some(Moment::Fields(fields)) => Some(*fields),
        _ => None,
    };
    let resolved = Resolved {
        fields: fields.unwrap_or_default(),
        dated: fields.is_some(),
        clock: point.clock,
        ..Resolved::default()
    };
    resolved.timex()
}
