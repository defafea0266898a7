//! Amounts in the currency that was asked for, at the rate of the document's date.
//!
//! The rate is exact (a cross rate is a fraction); converted amounts are rounded half away from zero to
//! [`DECIMALS`] decimals. Where the document has no date, or the day no rate, nothing is guessed: the cells stay empty.

use std::cell::RefCell;

use jiff::civil::Date;

use super::rates::{Rate, Rates};
use crate::decimal::Decimal;
use crate::document::Published;
use crate::normalize::{Amount, Converted, Text, mapped};
use crate::resolve::{Flags, Setting};

/// Decimals of a converted amount.
const DECIMALS: u32 = 2;

/// Converts the amounts of one document.
pub struct Converter<'a> {
    target: Text,
    date: Option<Date>,
    rates: Option<&'a Rates>,
    /// Pairs of currencies that were asked for: a document has few, and each many times.
    known: RefCell<Vec<(String, String, Option<Rate>)>>,
}

impl<'a> Converter<'a> {
    /// A converter for a document; reads the rates only if there is a date to look up.
    pub fn new(setting: &Setting<'a>, published: Option<&Published>) -> Self {
        let target = Text::new(&setting.options.currency);
        let date = published.map(|published| published.date.date());
        let rates = (date.is_some() && !target.is_empty()).then(|| Rates::of(setting.ruleset));
        Self { target, date, rates, known: RefCell::default() }
    }

    /// The rate between two currencies on the document's date.
    pub fn rate(&self, from: &str, to: &str) -> Option<Rate> {
        let (rates, date) = (self.rates?, self.date?);
        let mut known = self.known.borrow_mut();
        if let Some((_, _, rate)) = known.iter().find(|(known_from, known_to, _)| known_from == from && known_to == to)
        {
            return rate.clone();
        }
        let rate = rates.between(from, to, date);
        known.push((from.to_owned(), to.to_owned(), rate.clone()));
        rate
    }

    /// An amount in the target currency; a flag where there is a date and yet no rate.
    pub fn convert(&self, amount: &Amount, from: &str, flags: &mut Flags) -> Option<Converted> {
        self.rates?;
        let Some(rate) = self.rate(from, &self.target) else {
            flags.insert("no-rate".into());
            return None;
        };
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
