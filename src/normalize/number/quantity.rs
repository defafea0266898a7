//! "40 m", "5 ft 10 in", "20 kg per hectare": an amount in a UCUM unit, and in SI units.

use super::units::{Unit, Units};
use super::{amount, made, mapped, number};
use crate::decimal::Decimal;
use crate::normalize::{Amount, Class, Input, Made, Number, NumberType, Reason, Row};

/// Classes of words and signs that name a unit.
const UNIT: &[Class] = &[Class::UnitSymbol, Class::UnitName];
/// The class of signs, as the dictionary of names has it, whose other readings are worth a flag; names are clear enough.
const SYMBOL: &str = "unit-symbol";

/// Constant of a rule whose words change the sign: "below zero".
const SIGN: &str = "sign";

/// A quantity: the amount in the unit of `unit`, divided by that of `per`; `minor` and `minor_unit` are a second,
/// smaller part ("10 in"), `low_unit` the unit of the lower bound where the text gives it.
pub fn quantity(input: &Input<'_>) -> Made {
    let units = Units::of(input);
    let row = unit_row(input, "unit").ok_or_else(|| Reason::new("no-unit"))?;
    let mut unit = unit_of(units, row)?.clone();
    let (mut amount, mut flags) = amount(input)?;
    if let Some(sign) = input.rule.constant(SIGN) {
        let sign = sign.parse::<Decimal>().map_err(|_| Reason::new("no-number"))?;
        amount = mapped(&amount, |value| value * &sign);
    }
    if let Some(low_row) = unit_row(input, "low_unit") {
        amount = one_unit(input, amount, &unit, unit_of(units, low_row)?)?;
    }
    if let Some(minor_row) = unit_row(input, "minor_unit") {
        amount = with_minor(input, amount, &unit, unit_of(units, minor_row)?)?;
    } else if input.number("minor").is_some() {
        return Err(Reason::new("no-unit"));
    }
    if let Some(per_row) = unit_row(input, "per") {
        unit = unit.per(unit_of(units, per_row)?).ok_or_else(|| Reason::new("no-unit"))?;
    } else if row.get("class") == Some(SYMBOL)
        && row.get("weak").is_some()
        && let Some(other) = row.get("also").and_then(|also| units.get(also.split('|').next()?))
    {
        flags.insert(format!("unit-or-{}", other.slug).into());
    }
    let si = Some((unit.to_si(&amount), unit.si_unit.clone()));
    made(Number { unit: Some(unit.code), si, ..number(input, NumberType::Quantity, amount) }, flags)
}

fn unit_row<'a>(input: &Input<'a>, name: &str) -> Option<Row<'a>> {
    input.row(name, UNIT)
}

fn unit_of<'u>(units: &'u Units, row: Row<'_>) -> Result<&'u Unit, Reason> {
    row.get("ucum").and_then(|code| units.get(code)).ok_or_else(|| Reason::new("no-unit"))
}

/// A range whose lower bound is in a unit of its own.
fn one_unit(input: &Input<'_>, amount: Amount, unit: &Unit, low_unit: &Unit) -> Result<Amount, Reason> {
    if unit.code == low_unit.code {
        return Ok(amount);
    }
    let low = input.decimal("low").and_then(|low| unit.convert(&low, low_unit));
    match (low, input.decimal("high")) {
        (Some(low), Some(high)) => Ok(Amount::Range { low: Some(low), high: Some(high) }),
        _ => Err(Reason::new("units-differ")),
    }
}

/// "5 ft" and "10 in" as feet.
fn with_minor(input: &Input<'_>, amount: Amount, unit: &Unit, minor_unit: &Unit) -> Result<Amount, Reason> {
    let minor = input.decimal("minor").and_then(|minor| unit.convert(&minor, minor_unit));
    match (amount, minor) {
        (Amount::Exact(value), Some(minor)) => Ok(Amount::Exact(&value + &minor)),
        _ => Err(Reason::new("units-differ")),
    }
}
