//! Amounts in the currency that was asked for, at the rate of the day that [`super::when`] finds.
//!
//! The rate is exact (a cross rate is a fraction); converted amounts are rounded half away from zero to
//! [`DECIMALS`] decimals. Where there is no date, or the day has no rate, nothing is guessed: the cells stay empty.

use std::cell::RefCell;

use jiff::civil::Date;

use super::rates::{Rate, Rates};
use super::when::{Days, When};
use crate::decimal::Decimal;
use crate::document::Published;
use crate::normalize::{Amount, Converted, Draft, Text, mapped};
use crate::resolve::{Fact, Flags, Setting};

/// Decimals of a converted amount.
const DECIMALS: u32 = 2;

/// Converts the amounts of one document.
pub struct Converter<'a> {
    target: Text,
    days: Days,
    setting: Setting<'a>,
    /// Pairs of currencies that were asked for: a document has few, and each many times.
    known: RefCell<Vec<Known>>,
}

/// A rate that was looked up, from one currency to another on a day.
struct Known {
    from: String,
    to: String,
    day: Date,
    rate: Option<Rate>,
}

impl<'a> Converter<'a> {
    /// A converter for a document with its dates.
    pub fn new(setting: &Setting<'a>, dates: &[Fact], published: Option<&Published>) -> Self {
        let target = Text::new(&setting.options.currency);
        let date = published.map(|published| published.date.date()).or(setting.options.reference_date);
        let days = Days::new(dates, date);
        Self { target, days, setting: *setting, known: RefCell::default() }
    }

    /// The day whose rate an amount is converted at.
    pub fn when(&self, draft: &Draft) -> Option<When> {
        self.days.of(draft)
    }

    /// The rate between two currencies on a day.
    pub fn rate(&self, from: &str, to: &str, day: Date) -> Option<Rate> {
        if from == to {
            return Some(Rate { value: Decimal::from_integer(1), date: day, approximate: false });
        }
        let mut known = self.known.borrow_mut();
        if let Some(known) = known.iter().find(|known| known.day == day && known.from == from && known.to == to) {
            return known.rate.clone();
        }
        // The rates are read when the first amount needs them, not before.
        let rates = self.setting.options.rates.as_deref().unwrap_or_else(|| Rates::of(self.setting.ruleset));
        let rate = rates.between(from, to, day);
        known.push(Known { from: from.to_owned(), to: to.to_owned(), day, rate: rate.clone() });
        rate
    }

    /// An amount in the target currency; a flag where there is no day or no rate, and one where the day is not the document's.
    pub fn convert(&self, amount: &Amount, from: &str, when: Option<When>, flags: &mut Flags) -> Option<Converted> {
        if self.target.is_empty() {
            return None;
        }
        // What needs no rate is of the document's day.
        let when = if from == self.target { self.days.of_document() } else { when };
        let Some(when) = when else {
            flags.insert("no-date".into());
            return None;
        };
        let Some(rate) = self.rate(from, &self.target, when.day) else {
            flags.insert("no-rate".into());
            return None;
        };
        if let Some(flag) = when.flag {
            flags.insert(flag.into());
        }
        if rate.approximate {
            flags.insert("rate-approximate".into());
        }
        let amount = mapped(amount, |value| rounded(&(value * &rate.value)));
        Some(Converted { amount, currency: self.target.clone(), rate: rate.value, rate_date: rate.date })
    }
}

/// Rounded half away from zero.
fn rounded(value: &Decimal) -> Decimal {
    value.rounded_to(DECIMALS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn converted_amounts_have_two_decimals() {
        for (value, expected) in
            [("2/3", "0.67"), ("-1/3", "-0.33"), ("1/200", "0.01"), ("-1/200", "-0.01"), ("5", "5")]
        {
            assert_eq!(rounded(&value.parse().unwrap()).to_string(), expected, "{value}");
        }
    }
}
