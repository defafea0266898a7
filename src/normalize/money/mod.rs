//! Amounts of money: an amount, and the currencies that its sign, code or name may mean.

use super::constant::{Constant, Values, constant};
use super::number::{SHARE, VALUE, amount, mapped};
use super::qualifier::{OWN, attached};
use super::{Amount, Class, Decimal, DraftValue, Input, Made, MoneyDraft, Normalizer, Reason, Row, Text};
use crate::rules::RuleKind;

/// The normalizers.
pub const NORMALIZERS: &[Normalizer] = &[Normalizer {
    name: "money",
    kind: RuleKind::Money,
    captures: &[
        "value",
        "low",
        "high",
        "currency",
        "low_currency",
        "high_currency",
        "minor",
        "subunit",
        "least",
        "least_coin",
        "negative",
    ],
    constants: &[VALUE, SHARE, OWN, COINS],
    hints_only: false,
    make,
}];

/// Classes of what names a currency, likeliest first.
const CURRENCY: &[Class] = &[Class::CurrencySymbol, Class::CurrencyCode, Class::CurrencyName, Class::CoinWord];
/// The same in accounts of old: there a penny is the 240th part of a pound.
const OLD_CURRENCY: &[Class] = &[Class::OldCoin, Class::CurrencySymbol];

/// Constant of a rule of such accounts.
const COINS: Constant =
    constant("coins", Values::OneOf(&["old"]), "Coins of before decimal money: twelve pence are a shilling.");

/// Money: the amount in units of the captured currency; `minor` and `subunit` are the cents ("13 dollars 45 cents"), `least` and
/// `least_coin` what is smaller still ("£3 4s. 6d."), and `negative` is a minus sign or a bracket that stands apart from the
/// number. `low_currency` and `high_currency`, where a bound has its own, are for rules to compare.
fn make(input: &Input<'_>) -> Made {
    let row = currency_row(input, "currency").ok_or_else(|| Reason::new("no-currency"))?;
    let (mut amount, flags) = amount(input)?;
    let factor = factor(row)?;
    amount = mapped(&amount, |value| value * &factor);
    for (number, coin) in [("minor", "subunit"), ("least", "least_coin")] {
        if let Some(part) = input.decimal(number) {
            amount = with_part(amount, &(&part * &part_factor(input, coin)?))?;
        }
    }
    if input.capture("negative").is_some() {
        amount = mapped(&amount, |value| value * &Decimal::from_integer(-1));
    }
    let also = row.get("also").into_iter().flat_map(|also| also.split('|'));
    let currencies = row.get("code").into_iter().chain(also).map(Text::new).collect();
    let per = per(input, input.found.fact.end);
    Ok((DraftValue::Money(MoneyDraft { amount, qualifier: attached(input), currencies, per }), flags))
}

fn currency_row<'a>(input: &Input<'a>, name: &str) -> Option<Row<'a>> {
    let classes = if input.rule.constant(COINS.name).is_some() { OLD_CURRENCY } else { CURRENCY };
    input.row(name, classes)
}

/// What one of the row's term is worth in its currency: 0.01 for a cent.
fn factor(row: Row<'_>) -> Result<Decimal, Reason> {
    row.get("factor").unwrap_or("1").parse().map_err(|_| Reason::new("no-currency"))
}

/// What one of a smaller part is worth: of its own name, or a hundredth ("13 dollars 45").
fn part_factor(input: &Input<'_>, coin: &str) -> Result<Decimal, Reason> {
    currency_row(input, coin).map_or_else(|| Ok(Decimal::power_of_ten(-2)), factor)
}

fn with_part(amount: Amount, part: &Decimal) -> Result<Amount, Reason> {
    match amount {
        Amount::Exact(value) => Ok(Amount::Exact(&value + part)),
        _ => Err(Reason::new("low-above-high")),
    }
}

/// Per what an amount is, as the words right behind it say: "per month", "a kilo", "annually"; "a year ago" and "a year
/// later" are dates.
fn per(input: &Input<'_>, end: usize) -> Option<Text> {
    let (tokens, class) = match input.term_after(end, Class::PerWord) {
        Some(word) => (word, Class::PerWord),
        None => (input.term_after(input.term_after(end, Class::PerLead)?.end, Class::PerNoun)?, Class::PerNoun),
    };
    let is_date = [Class::DateBack, Class::DateThen].iter().any(|class| input.is(tokens.end, *class));
    if is_date { None } else { input.row_in(tokens, class)?.get("per").map(Text::new) }
}
