//! "22-year-old", "aged 5 to 9", "in her thirties".

use super::{amount, made, number};
use crate::decimal::Decimal;
use crate::normalize::{Amount, Class, Input, Made, Number, NumberType, Qualifier};

/// UCUM code of the unit that an age without one is in.
const YEARS: &str = "a";

/// An age in the unit of the capture `unit`, or in years. The constant `width` makes a range of one number: "in her
/// thirties" is 30 to 39 with a width of 9. The constant `qualifier` adds what the rule's own words say ("under-18s").
pub fn age(input: &Input<'_>) -> Made {
    let (mut amount, flags) = amount(input)?;
    let unit = input.row("unit", &[Class::AgeUnit]).and_then(|row| row.get("ucum")).unwrap_or(YEARS).into();
    let width = input.rule.constant("width").and_then(|width| width.parse::<Decimal>().ok());
    if let (Amount::Exact(low), Some(width)) = (&amount, width) {
        amount = Amount::Range { high: Some(low + &width), low: Some(low.clone()) };
    }
    let own = input.rule.constant("qualifier").and_then(Qualifier::from_code);
    let base = number(input, NumberType::Age, amount);
    made(Number { unit: Some(unit), qualifier: own.or(base.qualifier), ..base }, flags)
}
