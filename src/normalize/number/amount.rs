//! The exact amount of captured numbers: one value, or two bounds that may share a scale.

use crate::decimal::Decimal;
use crate::normalize::constant::{Constant, Values, constant};
use crate::normalize::{Amount, Input, Reason};
use crate::resolve::Flags;
use crate::scan::NumberToken;

/// Constant of a rule whose first number may share the second one's groups of digits.
pub const SHARE: Constant =
    constant("share", Values::OneOf(&["groups"]), "The first number may share the second one's groups: `60-100,000`.");

/// Constant of a rule whose words are worth a number that is no number token.
pub const VALUE: Constant =
    constant("value", Values::Decimal, "What the words are worth that are no number: `half a mile`.");

/// Constant of a rule that knows a scale which no word of the number is.
pub const SCALE: Constant =
    constant("scale", Values::Decimal, "What the number is multiplied by: 1000000 where a bare `m` is a million.");

/// The amount of the captures `value`, or `low` and `high`, or `value` give or take `tolerance`, with flags for what was a
/// guess.
pub fn amount(input: &Input<'_>) -> Result<(Amount, Flags), Reason> {
    let mut flags = Flags::new();
    if let Some(tolerance) = input.number("tolerance") {
        let tolerance = decimal(tolerance, &mut flags)?;
        let value = input.number("value").map_or(Ok(Decimal::from_integer(0)), |each| decimal(each, &mut flags))?;
        let low = &value + &(&tolerance * &Decimal::from_integer(-1));
        flags.insert("tolerance".into());
        return Ok((Amount::Range { low: Some(low), high: Some(&value + &tolerance) }, flags));
    }
    if let Some(own) = input.rule.constant(VALUE.name) {
        let value = own.parse().map_err(|_| Reason::new("no-number"))?;
        return Ok((Amount::Exact(value), flags));
    }
    if let Some(number) = input.number("value") {
        let value = decimal(number, &mut flags)?;
        if number.form.vague {
            flags.insert("vague".into());
            return Ok((Amount::Range { low: Some(value), high: None }, flags));
        }
        return Ok((Amount::Exact(value), flags));
    }
    let (low, high) = (input.number("low"), input.number("high"));
    let value = |number: Option<&NumberToken>, flags: &mut Flags| number.map(|each| decimal(each, flags)).transpose();
    let (mut low_value, mut high_value) = (value(low, &mut flags)?, value(high, &mut flags)?);
    if let (Some(low), Some(high)) = (low, high) {
        let shared = shared_scale(low, high, input.rule.constant(SHARE.name).is_some());
        low_value = low_value.map(|value| &value * &Decimal::power_of_ten(shared));
    }
    match (&low_value, &high_value) {
        (None, None) => return Err(Reason::new("no-number")),
        (Some(low), Some(high)) if low > high => {
            flags.insert("low-above-high".into());
            std::mem::swap(&mut low_value, &mut high_value);
        }
        _ => {}
    }
    Ok((Amount::Range { low: low_value, high: high_value }, flags))
}

/// The amount with each number changed in the same way.
pub fn mapped(amount: &Amount, change: impl Fn(&Decimal) -> Decimal) -> Amount {
    match amount {
        Amount::Exact(value) => Amount::Exact(change(value)),
        Amount::Range { low, high } => {
            let (low, high) = (low.as_ref().map(&change), high.as_ref().map(&change));
            match (&low, &high) {
                (Some(first), Some(second)) if first > second => Amount::Range { low: high, high: low },
                _ => Amount::Range { low, high },
            }
        }
        Amount::Ratio(terms) => Amount::Ratio(terms.iter().map(change).collect()),
    }
}

/// The value of a number token.
pub fn decimal(number: &NumberToken, flags: &mut Flags) -> Result<Decimal, Reason> {
    if number.form.decimal_comma {
        flags.insert("decimal-comma".into());
    }
    if number.form.space_grouped {
        flags.insert("space-grouped".into());
    }
    number.value.to_decimal().ok_or_else(|| Reason::new("too-many-digits"))
}

/// The power of ten that the first of two bounds takes over from the second: 6 in "2 to 3 million", 3 in `60-100,000`
/// (where the rule allows it), 0 where the first stands for itself ("500 to 2 million").
fn shared_scale(low: &NumberToken, high: &NumberToken, groups: bool) -> i32 {
    if low.form.scaled || low.form.scale_power > 0 || low.form.grouped || low.form.fraction && !low.form.digits {
        return 0;
    }
    let (Some(first), Some(second)) = (low.value.to_decimal(), high.value.to_decimal()) else { return 0 };
    let power = match high.form.scale_power {
        0 if groups && high.form.grouped && (1..=3).contains(&low.form.bare_digits) => 3,
        power => i32::from(power),
    };
    let shares = power > 0 && &first * &Decimal::power_of_ten(power) < second && !first.is_zero();
    if shares { power } else { 0 }
}
