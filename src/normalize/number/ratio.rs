//! "14 to 1", "one in five", "ten-fold".

use super::{amount, made, number};
use crate::decimal::Decimal;
use crate::normalize::{Amount, Class, Input, Made, NumberType, Reason};
use crate::resolve::Flags;

/// The terms of a ratio, in the order of the text.
pub fn ratio(input: &Input<'_>) -> Made {
    let mut flags = Flags::new();
    let mut terms = Vec::new();
    for name in ["first", "second", "third"] {
        if let Some(term) = input.number(name) {
            terms.push(amount::decimal(term, &mut flags)?);
        }
    }
    if terms.len() < 2 {
        return Err(Reason::new("no-ratio"));
    }
    made(number(input, NumberType::Ratio, Amount::Ratio(terms)), flags)
}

/// A multiplier: the number in `value`, or what the word in `word` is worth.
pub fn multiplier(input: &Input<'_>) -> Made {
    if input.number("value").is_some() {
        let (amount, flags) = amount(input)?;
        return made(number(input, NumberType::Multiplier, amount), flags);
    }
    let worth = input
        .row("word", &[Class::NumberMultiplier])
        .and_then(|row| row.get("value"))
        .and_then(|cell| cell.parse::<Decimal>().ok());
    let worth = worth.ok_or_else(|| Reason::new("no-number"))?;
    made(number(input, NumberType::Multiplier, Amount::Exact(worth)), Flags::new())
}
