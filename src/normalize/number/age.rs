//! "22-year-old", "aged 5 to 9", "in her thirties".

use super::{amount, made, number};
use crate::decimal::Decimal;
use crate::normalize::constant::{Constant, Values, constant};
use crate::normalize::{Amount, Class, Input, Made, Number, NumberType};

/// UCUM code of the unit that an age without one is in.
const YEARS: &str = "a";

/// Constant that makes a range of one number.
pub const WIDTH: Constant =
    constant("width", Values::Decimal, "Makes a range of one number: `in her thirties` is 30 to 39 with a width of 9.");

/// An age in the unit of the capture `unit`, or in years.
pub fn age(input: &Input<'_>) -> Made {
    let (mut amount, flags) = amount(input)?;
    let unit = input.row("unit", &[Class::AgeUnit]).and_then(|row| row.get("ucum")).unwrap_or(YEARS).into();
    let width = input.rule.constant(WIDTH.name).and_then(|width| width.parse::<Decimal>().ok());
    if let (Amount::Exact(low), Some(width)) = (&amount, width) {
        amount = Amount::Range { high: Some(low + &width), low: Some(low.clone()) };
    }
    made(Number { unit: Some(unit), ..number(input, NumberType::Age, amount) }, flags)
}
