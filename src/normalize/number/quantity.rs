//! "40 m", "5 ft 10 in", "20 kg per hectare": an amount in a UCUM unit, and in SI units.

use super::amount::{SHARE, VALUE};
use super::expression::expression;
use super::units::{Unit, Units};
use super::{amount, made, mapped, number};
use crate::decimal::Decimal;
use crate::normalize::constant::{Constant, Values, cell_of, constant};
use crate::normalize::qualifier::OWN;
use crate::normalize::{Amount, Class, Input, Made, Number, NumberType, Reason, Row};

/// Classes of words and signs that name a unit.
const UNIT: &[Class] = &[Class::UnitSymbol, Class::UnitName];
/// The class of signs, as the dictionary of names has it, whose other readings are worth a flag; names are clear enough.
const SYMBOL: &str = "unit-symbol";

/// UCUM codes of the table of units.
const CODE: Values = cell_of("unit/units", "ucum");

/// Constant of a rule whose words change the sign.
const SIGN: Constant = constant("sign", Values::Decimal, "What the amount is multiplied by: -1 `below zero`.");
/// Constant of a rule whose words behind the unit are more of it.
const PLUS: Constant = constant("plus", Values::Decimal, "What is added to the amount: 0.5 in `two miles and a half`.");
/// Constant of a rule whose words name no unit of a dictionary.
const OWN_UNIT: Constant = constant("unit", CODE, "The unit, where no word names it: `absolute zero`.");
/// Constant of a rule whose unit is not known well enough for a value in SI units.
const SI: Constant =
    constant("si", Values::OneOf(&["none"]), "The unit is not known well enough for SI units: degrees of any scale.");
/// Constants of a rule whose smaller parts have no unit of their own.
const PARTS: [Constant; 2] = [
    constant("minor_unit", CODE, "The unit of the capture `minor`, where no word names it: `5 ft 10`."),
    constant("least_unit", CODE, "The unit of the capture `least`, where no word names it."),
];
/// All that a quantity reads.
pub const CONSTANTS: &[Constant] = &[VALUE, SHARE, OWN, SIGN, PLUS, OWN_UNIT, SI, PARTS[0], PARTS[1]];

/// A quantity: the amount in the unit of `unit`, divided by that of `per`, or in that which `units` puts together; `minor`
/// and `minor_unit`, `least` and `least_unit` are smaller parts ("10 in"), `low_unit` the unit of the lower bound where
/// the text gives it.
pub fn quantity(input: &Input<'_>) -> Made {
    let no_unit = || Reason::new("no-unit");
    let units = Units::of(input);
    let row = unit_row(input, "unit");
    let mut unit = match (row, input.capture("units"), input.rule.constant(OWN_UNIT.name)) {
        (Some(row), ..) => unit_of(units, row)?.clone(),
        (None, Some(tokens), _) => expression(input, units, tokens).ok_or_else(no_unit)?,
        (None, None, own) => own.and_then(|code| units.get(code)).ok_or_else(no_unit)?.clone(),
    };
    let (mut amount, mut flags) = amount(input)?;
    if let Some(sign) = input.rule.constant(SIGN.name) {
        let sign = sign.parse::<Decimal>().map_err(|_| Reason::new("no-number"))?;
        amount = mapped(&amount, |value| value * &sign);
    }
    if let Some(plus) = input.rule.constant(PLUS.name) {
        let plus = plus.parse::<Decimal>().map_err(|_| Reason::new("no-number"))?;
        amount = mapped(&amount, |value| value + &plus);
    }
    if let Some(low_row) = unit_row(input, "low_unit") {
        amount = one_unit(input, amount, &unit, unit_of(units, low_row)?)?;
    }
    for (number, name) in [("minor", "minor_unit"), ("least", "least_unit")] {
        let own = match unit_row(input, name) {
            Some(row) => Some(unit_of(units, row)?),
            // A part behind a unit is one of it: two miles and three quarters.
            None if input.number(number).is_some_and(|part| part.form.fraction) => Some(&unit),
            None => input.rule.constant(name).and_then(|code| units.get(code)),
        };
        if let Some(own) = own {
            amount = with_part(input, amount, number, &unit, own)?;
        } else if input.number(number).is_some() {
            return Err(no_unit());
        }
    }
    if let Some(per_row) = unit_row(input, "per") {
        unit = unit.per(unit_of(units, per_row)?).ok_or_else(no_unit)?;
    } else if let Some(other) =
        row.and_then(|row| other_reading(units, row)).filter(|_| input.number("minor").is_none())
    {
        flags.insert(format!("unit-or-{}", other.slug).into());
    }
    let si = input.rule.constant(SI.name).is_none().then(|| (unit.to_si(&amount), unit.si_unit.clone()));
    made(Number { unit: Some(unit.code), si, ..number(input, NumberType::Quantity, amount) }, flags)
}

/// What else a sign may mean.
fn other_reading<'u>(units: &'u Units, row: Row<'_>) -> Option<&'u Unit> {
    let is_weak_sign = row.get("class") == Some(SYMBOL) && row.get("weak").is_some();
    units.get(row.get("also").filter(|_| is_weak_sign)?.split('|').next()?)
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
fn with_part(input: &Input<'_>, amount: Amount, name: &str, unit: &Unit, own: &Unit) -> Result<Amount, Reason> {
    let minor = input.decimal(name).and_then(|part| unit.convert(&part, own));
    match (amount, minor) {
        (Amount::Exact(value), Some(minor)) => Ok(Amount::Exact(&value + &minor)),
        _ => Err(Reason::new("units-differ")),
    }
}
