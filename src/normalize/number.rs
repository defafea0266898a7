//! Counts, percentages, ratios, multipliers, ordinals, ages and quantities.

use super::qualifier::attached;
use super::{Amount, Decimal, DraftValue, Input, Made, Normalizer, Number, NumberType, Reason};
use crate::resolve::Flags;
use crate::rules::RuleKind;

/// The normalizers of numbers.
pub const NORMALIZERS: &[Normalizer] =
    &[Normalizer { name: "cardinal", kind: RuleKind::Number, captures: &["value", "low", "high"], make: cardinal }];

/// The amount of the captures `value`, or `low` and `high`.
pub fn amount(input: &Input<'_>) -> Result<(Amount, Flags), Reason> {
    let mut flags = Flags::new();
    let mut value = |name: &str| -> Result<Option<Decimal>, Reason> {
        let Some(number) = input.number(name) else { return Ok(None) };
        if number.form.decimal_comma {
            flags.insert("decimal-comma".into());
        }
        if number.form.space_grouped {
            flags.insert("space-grouped".into());
        }
        number.value.to_decimal().map(Some).ok_or_else(|| Reason::new("too-many-digits"))
    };
    if let Some(exact) = value("value")? {
        let vague = input.number("value").is_some_and(|number| number.form.vague);
        if vague {
            flags.insert("vague".into());
            return Ok((Amount::Range { low: Some(exact), high: None }, flags));
        }
        return Ok((Amount::Exact(exact), flags));
    }
    let (low, high) = (value("low")?, value("high")?);
    match (&low, &high) {
        (None, None) => return Err(Reason::new("no-number")),
        (Some(low), Some(high)) if low > high => {
            flags.insert("low-above-high".into());
        }
        _ => {}
    }
    Ok((Amount::Range { low, high }, flags))
}

fn cardinal(input: &Input<'_>) -> Made {
    let (amount, flags) = amount(input)?;
    let number = Number {
        number_type: NumberType::Cardinal,
        amount,
        qualifier: attached(input),
        unit: None,
        si: None,
        counted: None,
    };
    Ok((DraftValue::Number(number), flags))
}
