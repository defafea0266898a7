//! Which year, month or week a date means that leaves it to the reader.

use jiff::civil::Date as Day;

use super::anchor::{Context, days_between};
use super::calendar::{bounds, day, of_day, plus, plus_days, weekday_of};
use super::write::Resolved;
use crate::normalize::date::{Fields, Moment, Point, Tense, Unit, YearPart};

/// Days that a date may lie on the wrong side of the reference date, against what the verbs tell: past verbs stand in news
/// of what is planned ("setting a May 3 deadline"), more so with an infinitive ("decided to meet on May 3"); future verbs
/// seldom stand beside a day that has gone.
const AHEAD_OF_PAST: i64 = 10;
const AHEAD_OF_PLANS: i64 = 35;
const BEHIND_FUTURE: i64 = 7;
/// Days by which a date ahead must be nearer than one behind where no verb tells.
const LEANS_BACK: i64 = 60;
const YEAR: i64 = 366;
/// Days before the reference date from which a day belongs to a story and not to the news.
pub(super) const TOLD: i64 = 60;

impl Context<'_> {
    /// The year of the date last spoken of, where a date without year follows it: always without a reference date, and with
    /// one if it stands in the same sentence and tells of another time.
    pub(super) fn spoken_year(&self, fields: &Fields) -> Option<i32> {
        let spoken = self.spoken?;
        let year = spoken.year?;
        let coarse = fields.day.is_none() && self.tense != Tense::Past && !self.same_sentence;
        if self.today().is_none() && coarse {
            // "At Christmas it still sends a card": of no year.
            return None;
        }
        if let Some(today) = self.today() {
            let told = self.same_sentence && self.tense != Tense::Future
                || fields.day.is_some()
                    && self.tense == Tense::Past
                    && self.same_block
                    && (self.told_later || self.reads_ahead(fields, today));
            return if self.is_far(&spoken) && told { Some(year) } else { self.told_year(fields, &spoken, today) };
        }
        let (month, Some(YearPart::Month(own))) = (spoken.part, fields.part) else { return Some(year) };
        match month {
            // December is followed by the next January.
            Some(YearPart::Month(month)) if month >= 11 && own <= 2 => Some(year + 1),
            _ => Some(year),
        }
    }

    /// A story that is told goes on from the day that it has reached, where that lies well behind the reference date.
    pub(super) fn told_year(&self, fields: &Fields, spoken: &Fields, today: Day) -> Option<i32> {
        fields.day.filter(|_| self.tense == Tense::Past && self.same_block && spoken.day.is_some())?;
        let (reached, _) = bounds(spoken)?;
        if days_between(reached, today) < TOLD {
            return None;
        }
        let year = i32::from(reached.year());
        let distance = |year: &i32| {
            let (day, _) = bounds(&Fields { year: Some(*year), ..*fields })?;
            (day <= today).then(|| days_between(reached, day).abs())
        };
        (year - 1..=year + 1).filter(|year| distance(year).is_some()).min_by_key(distance)
    }

    /// Whether the reference date would make a date one that is still ahead.
    pub(super) fn reads_ahead(&self, fields: &Fields, today: Day) -> bool {
        self.nearest_year(fields, today).and_then(|fields| bounds(&fields)).is_some_and(|(day, _)| day > today)
    }

    /// Whether what was spoken of lies years away from the reference date.
    pub(super) fn is_far(&self, spoken: &Fields) -> bool {
        self.today().zip(spoken.year).is_some_and(|(today, year)| i32::from(today.year()).abs_diff(year) > 1)
    }

    /// Whether what was spoken of had ended so many days before the reference date.
    pub(super) fn is_over(&self, spoken: &Fields, days: i64) -> bool {
        self.today().zip(bounds(spoken)).is_some_and(|(today, (_, last))| days_between(last, today) >= days)
    }

    /// The month of a day that stands alone (`on the 6th`) in a story that has reached a month.
    pub(super) fn told_month(&self, fields: &Fields) -> Option<Fields> {
        let spoken = self.spoken.filter(|_| self.same_block && self.tense == Tense::Past)?;
        let (Some(YearPart::Month(_)), Some(_)) = (spoken.part, spoken.year) else { return None };
        let found = Fields { day: fields.day, weekday: None, ..spoken };
        bounds(&found).map(|_| found)
    }

    pub(super) fn nearest_year(&self, fields: &Fields, today: Day) -> Option<Fields> {
        let own = i32::from(today.year());
        let candidates = (own - 8..=own + 8).filter_map(|year| {
            let fields = self.settled(Fields { year: Some(year), ..*fields });
            let (first, last) = bounds(&fields)?;
            if fields.weekday.is_some_and(|weekday| fields.day.is_some() && weekday_of(first) != weekday) {
                return None;
            }
            let distance = if today < first {
                days_between(today, first)
            } else if today > last {
                days_between(last, today)
            } else {
                0
            };
            let due = if self.planned || fields.holiday.is_some() {
                AHEAD_OF_PLANS
            } else if fields.day.is_some() {
                AHEAD_OF_PAST
            } else {
                0
            };
            Some((self.penalized(distance, today < first, today > last, due), fields))
        });
        let best = candidates.min_by_key(|(distance, _)| *distance).map(|(_, fields)| fields);
        // No year has the weekday: the weekday is a slip, the date counts.
        match best {
            None if fields.weekday.is_some() => {
                let found = self.nearest_year(&Fields { weekday: None, ..*fields }, today)?;
                Some(Fields { weekday: fields.weekday, ..found })
            }
            best => best,
        }
    }

    /// A distance in days, made longer on the side of the reference date that the verbs speak against.
    /// `due`: how many days ahead of verbs of the past it may lie.
    pub(super) fn penalized(&self, distance: i64, ahead: bool, behind: bool, due: i64) -> i64 {
        match self.tense {
            Tense::Past if ahead && distance > due => distance + YEAR,
            Tense::Future if behind && distance > BEHIND_FUTURE => distance + YEAR,
            Tense::Unknown if ahead => distance + LEANS_BACK,
            _ => distance,
        }
    }

    pub(super) fn nearest_month(&self, number: u8, weekday: Option<u8>, today: Day) -> Option<Fields> {
        let candidates = (-12..=12).filter_map(|count| {
            let month = plus(today.first_of_month(), count, Unit::Month)?;
            let day = day(month.year().into(), month.month() as u8, number)?;
            if weekday.is_some_and(|weekday| weekday_of(day) != weekday) {
                return None;
            }
            let distance = days_between(today, day);
            let against = self.tense == Tense::Past && distance > 0 || self.tense == Tense::Future && distance < 0;
            Some((distance.abs() + if against { 400 } else { 0 }, day))
        });
        candidates.min_by_key(|(distance, _)| *distance).map(|(_, day)| of_day(day))
    }

    /// Behind the reference date, or ahead where the verbs tell so; the reference day itself in both.
    pub(super) fn nearest_weekday(&self, weekday: u8, today: Day) -> Option<Day> {
        let ahead = (i64::from(weekday) - i64::from(weekday_of(today))).rem_euclid(7);
        // Where no verb tells, tomorrow is nearer than a day six days ago.
        let next = self.tense == Tense::Future || self.tense == Tense::Unknown && ahead == 1;
        let days = if next || ahead == 0 { ahead } else { ahead - 7 };
        plus_days(today, days)
    }

    /// An interval without a year that the reference day lies in, where it is not told as past.
    pub(super) fn ongoing(&self, start: &Resolved, end: &Resolved) -> Option<(Fields, Fields)> {
        let today = self.today().filter(|_| self.tense != Tense::Past && start.year_open && end.year_open)?;
        let of = |fields: Fields, year: i32| bounds(&Fields { year: Some(year), ..fields });
        let own = i32::from(today.year());
        [own, own - 1].into_iter().find_map(|year| {
            let (first, _) = of(start.fields, year)?;
            let wraps = of(end.fields, year).is_none_or(|(_, last)| last < first);
            let last = of(end.fields, year + i32::from(wraps))?.1;
            let fields = |fields: Fields, year: i32| Fields { year: Some(year), ..fields };
            let found = (fields(start.fields, year), fields(end.fields, year + i32::from(wraps)));
            (first <= today && today <= last).then_some(found)
        })
    }

    /// An interval of months without a year, told as past, that would end ahead, is that of the year before.
    pub(super) fn told_back(&self, start: &mut Resolved, end: &mut Resolved) {
        let Some(today) = self.today().filter(|_| self.tense == Tense::Past) else { return };
        let month = |end: &Resolved| matches!(end.fields.part, Some(YearPart::Month(_))) && end.fields.day.is_none();
        let ahead = end.days().is_some_and(|(first, _)| days_between(today, first) > AHEAD_OF_PLANS);
        if ahead && month(start) && month(end) && start.year_open && end.year_open {
            for end in [start, end] {
                end.fields.year = end.fields.year.map(|year| year - 1);
            }
        }
    }

    /// The last day of a holiday whose first is known: in its year, or the next.
    pub(super) fn last_day(&self, point: &Point, first: &Resolved) -> Option<Resolved> {
        let (Moment::Fields(fields) | Moment::Within(_, fields) | Moment::Directed { fields, .. }) =
            point.moment.as_ref()?
        else {
            return None;
        };
        fields.holiday.filter(|_| fields.year.is_none() || fields.year == first.fields.year)?;
        let (start, _) = first.days()?;
        [0, 1].into_iter().find_map(|later| {
            let fields = self.settled(Fields { year: Some(first.fields.year? + later), ..*fields });
            bounds(&fields).filter(|(day, _)| *day >= start).map(|_| Resolved::of(fields))
        })
    }
}
