//! Walks a [`Moment`] from its anchor to calendar fields.

use jiff::civil::Date as Day;

use super::calendar::{bounds, holiday, monday, nth, of_day, plus, plus_days, unit_of, weekday_of};
use super::write::Resolved;
use super::year::TOLD;
use crate::normalize::date::{
    Anchor, Clock, Counted, Fields, HolidayDays, Moment, Point, Tense, Unit, YearKind, YearPart,
};

/// What dates are resolved against at some place of a document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Context<'a> {
    /// Days of holidays.
    pub holidays: &'a HolidayDays,
    /// The reference date, with its time where that is known.
    pub reference: Option<jiff::civil::DateTime>,
    /// Whether the reference has a time of day.
    pub has_time: bool,
    /// The date last spoken of, if near.
    pub spoken: Option<Fields>,
    /// Whether that was in the same paragraph.
    pub same_block: bool,
    /// Whether that was in the same sentence.
    pub same_sentence: bool,
    /// What the sentence's verbs tell.
    pub tense: Tense,
    /// Whether it is a time of what no verb puts into the past or the future: of any day.
    pub habit: bool,
    /// Whether a verb of the past speaks of what was still to come.
    pub planned: bool,
    /// Whether the reference is the date of a heading: when a text was told, not when its story happened.
    pub told_later: bool,
    /// Whether a story is told whose time lies years from the reference date and is not known any closer.
    pub elsewhere: bool,
    /// Whether it is of no date: hours of every week, a train that is named by its time.
    pub undated: bool,
}

/// What an anchored moment is, and whether the reference date was needed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Anchored {
    pub resolved: Resolved,
    pub used_reference: bool,
    /// Whether its year is that of a date spoken of before.
    pub year_from_text: bool,
    /// Whether it would be more exact with a reference date.
    pub wants_reference: bool,
}

impl Context<'_> {
    pub(super) fn today(&self) -> Option<Day> {
        self.reference.map(|reference| reference.date())
    }

    /// A point, anchored.
    pub fn point(&self, point: &Point) -> Anchored {
        let mut anchored = match (&point.moment, &point.clock) {
            (Some(moment), _) => self.moment(moment),
            (None, Some(clock)) => self.time_of_day(clock),
            (None, None) => known(Resolved::default()),
        };
        anchored.resolved.modifier = point.modifier;
        if point.year_kind != YearKind::Calendar {
            anchored.resolved.fields.year_kind = point.year_kind;
        }
        if let Some(clock) = point.clock {
            anchored.resolved.clock = Some(clock);
        }
        anchored
    }

    /// A time without a date: on the day spoken of in the sentence, else on the reference day. In a story that has a time of
    /// its own, or that is told under the date of a heading, it stays open; so does that of what happens every day
    /// ("buses leave at 5:40 a.m."), where no verb tells of the past or the future and no date opens the paragraph.
    fn time_of_day(&self, clock: &Clock) -> Anchored {
        if self.undated {
            return known(Resolved::default());
        }
        let entry = |spoken: &Fields| self.habit && bounds(spoken).map(|(first, _)| first) == self.today();
        let of_story = |spoken: &Fields| self.tense == Tense::Past || entry(spoken);
        if let Some(spoken) = self.spoken.filter(|spoken| self.same_sentence || self.same_block && of_story(spoken)) {
            if spoken.day.is_some() {
                return known(Resolved::of(spoken));
            }
            if self.is_far(&spoken) || self.tense == Tense::Past && self.is_over(&spoken, 1) {
                return unknown(Resolved::default());
            }
        }
        let story = self.tense == Tense::Past && self.spoken.is_some_and(|spoken| self.is_over(&spoken, TOLD));
        if story || self.habit || self.told_later && self.tense != Tense::Future {
            return unknown(Resolved::default());
        }
        let Some(reference) = self.reference else { return unknown(Resolved::default()) };
        let passed = self.has_time
            && self.tense == Tense::Future
            && clock.hour.is_some_and(|hour| {
                (hour, clock.minute.unwrap_or(0)) < (reference.hour() as u8, reference.minute() as u8)
            });
        let day = if passed { plus_days(reference.date(), 1) } else { Some(reference.date()) };
        referred(Resolved::of(of_day(day.unwrap_or(reference.date()))))
    }

    fn moment(&self, moment: &Moment) -> Anchored {
        match moment {
            Moment::Vague(time) => known(Resolved { vague: Some(*time), ..Resolved::default() }),
            Moment::Fields(fields) => self.complete(fields),
            Moment::Shift { from, steps, unit, named } => self.shift(from, steps, *unit, *named),
            Moment::Directed { direction, from, fields } => self.directed(*direction, from, fields),
            Moment::Within(outer, fields) => self.within(outer, fields),
            Moment::Nth { rank, what, of } => self.nth(*rank, *what, of),
            Moment::Weekdays { from, count, weekday } => self.weekdays(from, *count, *weekday),
            Moment::Around(unit, of) => self.around(*unit, of),
        }
    }

    /// The day that a relative expression counts from.
    fn base(&self, from: &Anchor, unit: Unit) -> Option<(Day, bool)> {
        let spoken = || {
            let fields = self.spoken?;
            let fine = fields.day.is_some() || unit > Unit::Week && fields.part.is_some() || unit >= Unit::Year;
            fine.then(|| bounds(&fields)).flatten().map(|(first, _)| (first, false))
        };
        match from {
            Anchor::Document => self.today().map(|today| (today, true)),
            // What was spoken of too coarsely to count from is still what is counted from.
            Anchor::Spoken => match self.spoken.filter(|spoken| self.is_far(spoken)) {
                Some(_) => spoken(),
                None => spoken().or_else(|| self.today().map(|today| (today, true))),
            },
            Anchor::Moment(moment) => {
                let anchored = self.moment(moment);
                let (first, _) = anchored.resolved.days()?;
                Some((first, anchored.used_reference))
            }
        }
    }

    fn shift(&self, from: &Anchor, steps: &[(i32, Unit)], unit: Unit, named: bool) -> Anchored {
        let ahead = steps.first().is_some_and(|(count, _)| *count > 0);
        // "Ten years later, the law was repealed": counted from a day that the text does not tell, not from the reference date.
        let untold = *from == Anchor::Spoken && ahead && self.tense == Tense::Past;
        let base = self.base(from, unit).filter(|(_, used_reference)| !(untold && *used_reference));
        let same_part = || {
            let spoken = self.spoken.filter(|_| self.same_sentence && *from == Anchor::Spoken && !named)?;
            let (Some(YearPart::Quarter(_) | YearPart::Half(_)), Some(year), [(count, Unit::Year)]) =
                (spoken.part, spoken.year, steps)
            else {
                return None;
            };
            Some(Fields { year: Some(year + count), ..spoken })
        };
        // "Profit fell in the third quarter from a year earlier": from that quarter of the year before.
        if let Some(fields) = same_part() {
            return known(Resolved::of(fields));
        }
        let Some((mut day, used_reference)) = base else {
            let resolved = if named {
                Resolved { unit: Some(unit), dated: true, ..Resolved::default() }
            } else {
                vague(steps.first().map_or(0, |(count, _)| *count))
            };
            return unknown(resolved);
        };
        if unit.is_clock() {
            return self.shift_clock(steps, used_reference);
        }
        for (count, unit) in steps {
            match plus(day, *count, *unit) {
                Some(next) => day = next,
                None => return unknown(vague(*count)),
            }
        }
        // "A decade ago" tells a year; "last decade" is a decade of the calendar.
        let unit = if unit > Unit::Year && !named { Unit::Year } else { unit };
        // A distance in weeks is counted in days; "last week" is a week of the calendar. So is one of months from today, but
        // "two months ago" tells no day.
        let counted = unit == Unit::Week || unit == Unit::Month && ahead && *from == Anchor::Document;
        let unit = if counted && !named { Unit::Day } else { unit };
        Anchored { used_reference, ..known(Resolved::of(unit_of(day, unit))) }
    }

    /// Hours, minutes and seconds from the reference instant.
    fn shift_clock(&self, steps: &[(i32, Unit)], used_reference: bool) -> Anchored {
        let far = steps.first().map_or(0, |(count, _)| *count);
        let Some(mut instant) = self.reference.filter(|_| self.has_time) else {
            return Anchored { used_reference: false, ..unknown(vague(far)) };
        };
        for (count, unit) in steps {
            let count = i64::from(*count);
            let span = match unit {
                Unit::Second => jiff::Span::new().try_seconds(count),
                Unit::Minute => jiff::Span::new().try_minutes(count),
                Unit::Hour => jiff::Span::new().try_hours(count),
                _ => match plus(instant.date(), i32::try_from(count).unwrap_or(0), *unit) {
                    Some(day) => {
                        instant = day.to_datetime(instant.time());
                        continue;
                    }
                    None => return unknown(vague(far)),
                },
            };
            match span.ok().and_then(|span| instant.checked_add(span).ok()) {
                Some(next) => instant = next,
                None => return unknown(vague(far)),
            }
        }
        let mut resolved = Resolved::of(of_day(instant.date()));
        let seconds = instant.second() as u8;
        resolved.clock = Some(Clock {
            hour: Some(instant.hour() as u8),
            minute: Some(instant.minute() as u8),
            second: (seconds > 0).then_some(seconds),
            ..Clock::default()
        });
        Anchored { used_reference, ..known(resolved) }
    }

    /// Fields with their year, if there is anything to take it from.
    fn complete(&self, fields: &Fields) -> Anchored {
        if fields.year.is_some() || fields.decade.is_some() || fields.century.is_some() {
            return known(Resolved::of(self.settled(*fields)));
        }
        if self.undated {
            return known(Resolved::of(*fields));
        }
        let seasonal = fields.part.is_some() || fields.holiday.is_some();
        if let Some(year) = self.spoken_year(fields).filter(|_| seasonal) {
            let resolved = Resolved::of(self.settled(Fields { year: Some(year), ..*fields }));
            return Anchored { year_from_text: true, ..known(resolved) };
        }
        let Some(today) = self.today().filter(|_| !self.elsewhere) else { return unknown(Resolved::of(*fields)) };
        let day_alone = !seasonal && fields.weekday.is_none();
        if let Some(found) = fields.day.filter(|_| day_alone).and_then(|_| self.told_month(fields)) {
            return Anchored { year_from_text: true, ..known(Resolved::of(found)) };
        }
        let found = if seasonal {
            self.nearest_year(fields, today)
        } else if let Some(day) = fields.day {
            self.nearest_month(day, fields.weekday, today)
        } else if let Some(weekday) = fields.weekday {
            self.nearest_weekday(weekday, today).map(of_day)
        } else if fields.weekend {
            // Where no verb tells, the nearer one.
            let past = match self.tense {
                Tense::Past => weekday_of(today) < 6,
                Tense::Future => false,
                Tense::Unknown => weekday_of(today) < 4,
            };
            plus_days(monday(today), if past { -7 } else { 0 }).map(|day| unit_of(day, Unit::Weekend))
        } else {
            None
        };
        match found {
            Some(fields) => referred(Resolved { year_open: seasonal, ..Resolved::of(fields) }),
            None => unknown(Resolved::of(*fields)),
        }
    }

    fn directed(&self, direction: i32, from: &Anchor, fields: &Fields) -> Anchored {
        if fields.year.is_some() {
            return self.complete(fields);
        }
        let unit = match (fields.part, fields.day) {
            // "That August": of the year spoken of.
            (Some(_), None) if direction == 0 => Unit::Year,
            (Some(_), None) => Unit::Month,
            _ => Unit::Day,
        };
        let Some((today, used_reference)) = self.base(from, unit) else { return unknown(Resolved::of(*fields)) };
        let found = if let Some(weekday) = fields.weekday.filter(|_| fields.part.is_none() && fields.day.is_none()) {
            match from {
                // "The following Friday": the first one behind the day spoken of.
                Anchor::Spoken if direction != 0 && !used_reference => {
                    plus_days(today, beside(weekday, today, direction)).map(of_day)
                }
                _ => self.directed_weekday(direction, weekday, today).map(of_day),
            }
        } else if fields.weekend && fields.part.is_none() {
            plus_days(monday(today), 7 * i64::from(direction)).map(|day| unit_of(day, Unit::Weekend))
        } else if fields.part.is_none() && fields.day.is_some() {
            plus(today, direction, Unit::Month).map(|day| Fields {
                part: unit_of(day, Unit::Month).part,
                year: Some(day.year().into()),
                ..*fields
            })
        } else {
            self.directed_year(direction, fields, today)
        };
        let resolved = Resolved::of(found.unwrap_or(*fields));
        Anchored { used_reference, ..known(resolved) }
    }

    /// "next Friday" is that of the next week, "last Friday" the latest before today, "this Friday" the nearest ahead.
    fn directed_weekday(&self, direction: i32, weekday: u8, today: Day) -> Option<Day> {
        let own = i64::from(weekday);
        let ahead = (own - i64::from(weekday_of(today))).rem_euclid(7);
        match direction {
            ..=-1 => plus_days(today, if ahead == 0 { -7 } else { ahead - 7 } + 7 * (i64::from(direction) + 1)),
            1.. => plus_days(monday(today), 7 * i64::from(direction) + own - 1),
            _ if self.tense == Tense::Past => plus_days(monday(today), own - 1),
            _ => plus_days(today, ahead),
        }
    }

    /// The day that is counted from is not counted itself.
    fn weekdays(&self, from: &Anchor, count: i32, weekday: u8) -> Anchored {
        let open = Resolved::of(Fields { weekday: Some(weekday), ..Fields::default() });
        let Some((today, used_reference)) = self.base(from, Unit::Day) else { return unknown(open) };
        let days = beside(weekday, today, count) + 7 * i64::from(count - count.signum());
        let found = plus_days(today, days).map(|day| known(Resolved::of(of_day(day))));
        found.map_or_else(|| unknown(open), |found| Anchored { used_reference, ..found })
    }

    fn within(&self, outer: &Moment, fields: &Fields) -> Anchored {
        let anchored = self.moment(outer);
        if anchored.resolved.unit.is_some() || anchored.resolved.vague.is_some() {
            return unknown(Resolved { modifier: None, ..Resolved::of(*fields) });
        }
        let outer = anchored.resolved.fields;
        let inner = match (outer.part, fields.part, fields.day, fields.weekday) {
            (Some(YearPart::Week(_)), None, None, Some(weekday)) => {
                bounds(&outer).and_then(|(first, _)| plus_days(first, i64::from(weekday) - 1)).map(of_day)
            }
            // `this Friday, tomorrow`: the weekday only repeats.
            (_, None, None, Some(_)) if outer.day.is_some() => Some(outer),
            (Some(YearPart::Month(_)), None, Some(_), _) => Some(Fields { day: fields.day, ..outer }),
            _ if fields.year.is_some() => Some(*fields),
            _ => Some(self.settled(Fields { year: outer.year, ..*fields })),
        };
        Anchored { resolved: Resolved::of(inner.unwrap_or(*fields)), ..anchored }
    }

    /// The week, weekend … that a date is in.
    fn around(&self, unit: Unit, of: &Moment) -> Anchored {
        let anchored = self.moment(of);
        match anchored.resolved.days() {
            Some((first, _)) => {
                let named = matches!(of, Moment::Fields(fields) if fields.holiday.is_some());
                Anchored { resolved: Resolved::of(unit_of(nearest(first, unit, named), unit)), ..anchored }
            }
            None => unknown(Resolved { unit: Some(unit), dated: true, ..Resolved::default() }),
        }
    }

    fn nth(&self, rank: i32, what: Counted, of: &Moment) -> Anchored {
        let anchored = self.moment(of);
        let found = anchored.resolved.days().and_then(|days| nth(rank, what, days));
        let resolved = match found {
            Some(fields) => Resolved::of(fields),
            None => Resolved {
                unit: Some(match what {
                    Counted::Weekday(_) => Unit::Day,
                    Counted::Unit(unit) => unit,
                }),
                dated: true,
                ..Resolved::default()
            },
        };
        Anchored { resolved, ..anchored }
    }

    /// The last or next month, season or day of a name; "this" is that of the same year.
    fn directed_year(&self, direction: i32, fields: &Fields, today: Day) -> Option<Fields> {
        let own = i32::from(today.year());
        let of = |year: i32| {
            let fields = self.settled(Fields { year: Some(year), ..*fields });
            bounds(&fields).map(|(first, last)| (first, last, fields))
        };
        let (first, last, same) = of(own)?;
        let (_, _, found) = match direction {
            -1 if last < today => (first, last, same),
            -1 => of(own - 1).filter(|(_, last, _)| *last < today).or_else(|| of(own - 2))?,
            1 if first > today => (first, last, same),
            1 => of(own + 1)?,
            // "This Christmas" of what is still to come.
            0 if last < today && self.tense == Tense::Future && first == last => of(own + 1)?,
            _ => (first, last, same),
        };
        Some(found)
    }

    /// Fields with a holiday of a known year as a day.
    pub(super) fn settled(&self, fields: Fields) -> Fields {
        match (fields.holiday, fields.year) {
            (Some(rule), Some(year)) => holiday(rule.first, year, self.holidays).map_or(fields, of_day),
            _ => fields,
        }
    }
}

/// Days from a day to the first such day of the week behind it or, with a negative sign, before it.
fn beside(weekday: u8, day: Day, sign: i32) -> i64 {
    let ahead = i64::from(weekday) - i64::from(weekday_of(day));
    if sign > 0 { (ahead - 1).rem_euclid(7) + 1 } else { -((-ahead - 1).rem_euclid(7) + 1) }
}

pub(super) fn days_between(from: Day, to: Day) -> i64 {
    from.until(to).map_or(0, |span| span.get_days().into())
}

fn vague(far: i32) -> Resolved {
    use crate::normalize::date::VagueTime;
    let time = match far {
        ..0 => VagueTime::Past,
        0 => VagueTime::Present,
        _ => VagueTime::Future,
    };
    Resolved { vague: Some(time), ..Resolved::default() }
}

fn known(resolved: Resolved) -> Anchored {
    Anchored { resolved, used_reference: false, year_from_text: false, wants_reference: false }
}

fn referred(resolved: Resolved) -> Anchored {
    Anchored { used_reference: true, ..known(resolved) }
}

fn unknown(resolved: Resolved) -> Anchored {
    Anchored { wants_reference: true, ..known(resolved) }
}

/// A day for whose unit people say "the … of": the weekend of a Monday holiday is the one before it, the week of a Sunday
/// that is told by its date begins with it (Easter week ends with Easter).
fn nearest(day: Day, unit: Unit, is_holiday: bool) -> Day {
    let days = match (unit, weekday_of(day)) {
        (Unit::Weekend, 1 | 2) => -3,
        (Unit::Week, 7) if !is_holiday => 1,
        _ => 0,
    };
    plus_days(day, days).unwrap_or(day)
}
