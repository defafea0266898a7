//! Whether the day or the month stands first in the document's numeric dates.

use rustc_hash::FxHashMap;

use crate::normalize::Value;
use crate::normalize::date::{DateOrder, Fields, Knowledge, Order, Temporal, YearPart};
use crate::resolve::{Fact, Setting};

/// Places in a country that make it the document's own, and their least share of all.
const PLACES: usize = 2;
const SHARE: (usize, usize) = (1, 2);

/// What was decided, and by what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Habit {
    /// The order, if anything decides it.
    pub order: Option<DateOrder>,
    /// Whether only the habit of the document's country decided.
    pub by_country: bool,
}

impl Habit {
    /// Dates that can be read in one way only decide; else the user; else the country that most places of the document are in.
    pub fn of<'a>(
        setting: &Setting<'_>,
        temporals: impl Iterator<Item = &'a Temporal> + Clone,
        places: &[Fact],
    ) -> Self {
        let has = |order: Order| temporals.clone().any(|temporal| temporal.order == order);
        let sure = |order| Self { order: Some(order), by_country: false };
        match (has(Order::DayFirst), has(Order::MonthFirst)) {
            (true, false) => return sure(DateOrder::DayFirst),
            (false, true) => return sure(DateOrder::MonthFirst),
            _ => {}
        }
        if let Some(order) = setting.options.date_order {
            return sure(order);
        }
        let order = if has(Order::Open) { country_order(setting, places) } else { None };
        Self { order, by_country: order.is_some() }
    }

    /// Day and month as the document writes them.
    pub fn applied(self, fields: Fields, order: Order) -> Fields {
        match (order, self.order) {
            (Order::Open, Some(DateOrder::DayFirst)) => swapped(fields),
            _ => fields,
        }
    }
}

/// The other reading of an open date.
pub(super) fn swapped(fields: Fields) -> Fields {
    match (fields.part, fields.day) {
        (Some(YearPart::Month(month)), Some(day)) => {
            Fields { part: Some(YearPart::Month(day)), day: Some(month), ..fields }
        }
        _ => fields,
    }
}

fn country_order(setting: &Setting<'_>, places: &[Fact]) -> Option<DateOrder> {
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    for fact in places {
        if let Value::Place(place) = &fact.value
            && let Some(country) = place.country.as_deref()
        {
            *counts.entry(country).or_default() += 1;
        }
    }
    let all: usize = counts.values().sum();
    let (country, count) = counts.into_iter().max_by_key(|(country, count)| (*count, std::cmp::Reverse(*country)))?;
    let own = count >= PLACES && count * SHARE.1 > all * SHARE.0;
    own.then(|| Knowledge::of(setting.ruleset).order(country)).flatten()
}
