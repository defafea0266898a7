//! Open currencies, conversion, and amounts that state each other.
//!
//! First each draft gets one currency ([`currency`]), then the same amount in the currency that was asked for
//! ([`convert`], with the rates of [`rates`]), then amounts that state the same are linked ([`equivalent`]).

mod convert;
mod currency;
mod equivalent;
mod rates;
mod when;

pub use currency::is_currency;
pub use rates::Rates;

use super::{Fact, Setting};
use crate::document::Published;
use crate::normalize::{Draft, DraftValue, Money, MoneyDraft, Value};

/// The facts of money drafts (all of kind money, in order of position). `first` is the index that the first of them will
/// have among all facts, for links.
pub fn resolve(
    setting: &Setting<'_>,
    drafts: &[&Draft],
    places: &[Fact],
    dates: &[Fact],
    published: Option<&Published>,
    first: usize,
) -> Vec<Fact> {
    if drafts.is_empty() {
        return Vec::new();
    }
    let amounts: Vec<(&Draft, &MoneyDraft)> = drafts.iter().filter_map(|draft| Some((*draft, money(draft)?))).collect();
    let chooser = currency::Chooser::new(setting, &amounts, places);
    let converter = convert::Converter::new(setting, dates, published);
    let mut facts: Vec<Fact> = amounts
        .iter()
        .map(|(draft, money)| {
            let mut flags = draft.flags.clone();
            let currency = chooser.choose(draft, money, &mut flags);
            let when = converter.when(draft);
            let converted =
                currency.as_deref().and_then(|code| converter.convert(&money.amount, code, when, &mut flags));
            let money = Money {
                amount: money.amount.clone(),
                qualifier: money.qualifier,
                currency,
                per: money.per.clone(),
                converted,
                equivalent: None,
            };
            setting.fact(draft, Value::Money(money), flags)
        })
        .collect();
    let days: Vec<_> = amounts.iter().map(|(draft, _)| converter.when(draft)).collect();
    equivalent::link(setting, &mut facts, &days, first, &converter);
    facts
}

fn money(draft: &Draft) -> Option<&MoneyDraft> {
    match &draft.value {
        DraftValue::Money(money) => Some(money),
        _ => None,
    }
}
