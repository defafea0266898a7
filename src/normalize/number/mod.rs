//! Counts, percentages, ratios, multipliers, ordinals, ages and quantities.
//!
//! A rule captures one number (`value`) or two bounds (`low`, `high`); [`amount`] makes the exact amount of them, and each
//! kind of number adds what is its own. What is counted stands behind the number and is looked up there ([`counted`]).

mod age;
mod amount;
mod counted;
mod quantity;
mod ratio;
mod units;

pub use amount::{amount, mapped};

use super::qualifier::attached;
use super::{Amount, DraftValue, Input, Made, Normalizer, Number, NumberType};
use crate::resolve::Flags;
use crate::rules::RuleKind;

/// The captures of an amount.
const AMOUNT: &[&str] = &["value", "low", "high"];

/// The normalizers of numbers.
pub const NORMALIZERS: &[Normalizer] = &[
    normalizer("cardinal", AMOUNT, |input| plain(input, NumberType::Cardinal)),
    normalizer("ordinal", AMOUNT, |input| plain(input, NumberType::Ordinal)),
    normalizer("percent", AMOUNT, percent),
    normalizer("multiplier", &["value", "word"], ratio::multiplier),
    normalizer("ratio", &["first", "second", "third"], ratio::ratio),
    normalizer("age", &["value", "low", "high", "unit"], age::age),
    normalizer(
        "quantity",
        &["value", "low", "high", "unit", "low_unit", "per", "minor", "minor_unit"],
        quantity::quantity,
    ),
];

const fn normalizer(name: &'static str, captures: &'static [&'static str], make: fn(&Input<'_>) -> Made) -> Normalizer {
    Normalizer { name, kind: RuleKind::Number, captures, make }
}

/// The UCUM code of percent.
const PERCENT: &str = "%";

/// A number without a unit.
fn number(input: &Input<'_>, number_type: NumberType, amount: Amount) -> Number {
    let end = input.found.fact.end;
    Number {
        number_type,
        amount,
        qualifier: attached(input),
        unit: None,
        si: None,
        counted: counted::counted(input, end),
    }
}

fn plain(input: &Input<'_>, number_type: NumberType) -> Made {
    let (amount, flags) = amount(input)?;
    made(number(input, number_type, amount), flags)
}

fn percent(input: &Input<'_>) -> Made {
    let (amount, flags) = amount(input)?;
    let unit = Some(PERCENT.to_owned());
    made(Number { unit, ..number(input, NumberType::Percent, amount) }, flags)
}

fn made(number: Number, flags: Flags) -> Made {
    Ok((DraftValue::Number(number), flags))
}
