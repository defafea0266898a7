//! Counts, percentages, ratios, multipliers, ordinals, ages and quantities.
//!
//! A rule captures one number (`value`) or two bounds (`low`, `high`); [`amount`] makes the exact amount of them, and each
//! kind of number adds what is its own. What is counted stands behind the number and is looked up there ([`counted`]).

mod age;
mod amount;
mod counted;
mod expression;
mod quantity;
mod ratio;
mod units;

use amount::SCALE;
pub use amount::{SHARE, VALUE, amount, mapped};
pub(crate) use units::unit_factors;

use super::qualifier::{OWN, attached};
use super::{Amount, Constant, DraftValue, Input, Made, Normalizer, Number, NumberType, Reason};
use crate::decimal::Decimal;
use crate::resolve::Flags;
use crate::rules::RuleKind;

/// The captures of an amount.
const AMOUNT: &[&str] = &["value", "low", "high", "tolerance"];

/// Constants of whatever has an amount with a qualifier.
const CONSTANTS: &[Constant] = &[VALUE, SHARE, OWN];

/// The normalizers of numbers.
pub const NORMALIZERS: &[Normalizer] = &[
    Normalizer::new(RuleKind::Number, "cardinal", AMOUNT, &[VALUE, SHARE, OWN, SCALE], cardinal),
    Normalizer::new(RuleKind::Number, "fraction", &["value"], CONSTANTS, fraction),
    Normalizer::new(RuleKind::Number, "quotient", &["first", "second"], &[OWN], ratio::quotient),
    Normalizer::new(RuleKind::Number, "several", &["value"], CONSTANTS, several),
    Normalizer::new(RuleKind::Number, "ordinal", AMOUNT, CONSTANTS, |input| plain(input, NumberType::Ordinal)),
    Normalizer::new(RuleKind::Number, "percent", AMOUNT, CONSTANTS, percent),
    Normalizer::new(RuleKind::Number, "multiplier", &["value", "word"], &[OWN], ratio::multiplier),
    Normalizer::new(RuleKind::Number, "ratio", &["first", "second", "third"], &[OWN], ratio::ratio),
    Normalizer::new(
        RuleKind::Number,
        "age",
        &["value", "low", "high", "unit"],
        &[VALUE, SHARE, OWN, age::WIDTH],
        age::age,
    ),
    Normalizer::new(
        RuleKind::Number,
        "quantity",
        &[
            "value",
            "low",
            "high",
            "tolerance",
            "unit",
            "low_unit",
            "units",
            "per",
            "minor",
            "minor_unit",
            "least",
            "least_unit",
        ],
        quantity::CONSTANTS,
        quantity::quantity,
    ),
];

/// The UCUM code of percent.
const PERCENT: &str = "%";

/// A number without a unit.
fn number(input: &Input<'_>, number_type: NumberType, amount: Amount) -> Number {
    let end = input.found.fact.end;
    let plural = number_type == NumberType::Cardinal && !is_one(&amount);
    Number {
        number_type,
        qualifier: attached(input),
        unit: None,
        si: None,
        counted: counted::counted(input, end, plural),
        amount,
    }
}

fn is_one(amount: &Amount) -> bool {
    matches!(amount, Amount::Exact(value) if value.to_i64() == Some(1))
}

fn plain(input: &Input<'_>, number_type: NumberType) -> Made {
    let (amount, flags) = amount(input)?;
    made(number(input, number_type, amount), flags)
}

fn cardinal(input: &Input<'_>) -> Made {
    let (amount, flags) = amount(input)?;
    let scale = input.rule.constant(SCALE.name).map(|scale| scale.parse::<Decimal>());
    let scale = scale.transpose().map_err(|_| Reason::new("no-number"))?;
    let amount = scale.map(|scale| mapped(&amount, |value| value * &scale)).unwrap_or(amount);
    made(number(input, NumberType::Cardinal, amount), flags)
}

/// One part of as many as an ordinal says: a third.
fn fraction(input: &Input<'_>) -> Made {
    let (amount, flags) = amount(input)?;
    let one = Decimal::from_integer(1);
    let amount = match &amount {
        Amount::Exact(parts) => Decimal::from_ratio(&one, parts).map(Amount::Exact),
        _ => None,
    };
    made(number(input, NumberType::Cardinal, amount.ok_or_else(|| Reason::new("not-a-fraction"))?), flags)
}

/// Several of a scale, as vague as its plural: two or more of it.
fn several(input: &Input<'_>) -> Made {
    let (amount, mut flags) = amount(input)?;
    let Amount::Exact(scale) = &amount else { return Err(Reason::new("not-a-number")) };
    flags.insert("vague".into());
    let low = Some(scale * &Decimal::from_integer(2));
    made(number(input, NumberType::Cardinal, Amount::Range { low, high: None }), flags)
}

fn percent(input: &Input<'_>) -> Made {
    let (amount, flags) = amount(input)?;
    let unit = Some(PERCENT.into());
    made(Number { unit, ..number(input, NumberType::Percent, amount) }, flags)
}

fn made(number: Number, flags: Flags) -> Made {
    Ok((DraftValue::Number(number), flags))
}
