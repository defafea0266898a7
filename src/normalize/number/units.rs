//! Units of measurement as prepared tables: what a UCUM code is worth in SI units.

use compact_str::format_compact;
use rustc_hash::FxHashMap;

use super::mapped;
use crate::decimal::Decimal;
use crate::normalize::{Amount, Input, Text};

/// Table of the units below the rules' root, without extension.
const TABLE: &str = "unit/units";

/// What one unit is worth: SI value = value × `factor` + `offset`, exactly.
#[derive(Debug, Clone)]
pub struct Unit {
    /// UCUM code.
    pub code: Text,
    /// English name, in lower case with hyphens, for flags.
    pub slug: Text,
    /// UCUM code of the coherent SI unit.
    pub si_unit: Text,
    factor: Decimal,
    offset: Decimal,
}

impl Unit {
    /// An amount of this unit in the SI unit.
    pub fn to_si(&self, amount: &Amount) -> Amount {
        mapped(amount, |value| &(value * &self.factor) + &self.offset)
    }

    /// An amount of another unit of the same dimension in this one.
    pub fn convert(&self, value: &Decimal, from: &Unit) -> Option<Decimal> {
        let si = &(value * &from.factor) + &from.offset;
        let shifted = &si + &(&self.offset * &Decimal::from_integer(-1));
        (self.si_unit == from.si_unit).then(|| Decimal::from_ratio(&shifted, &self.factor))?
    }

    /// "Kilograms per hectare" of kilograms and hectares; none where a code would need brackets.
    pub fn per(&self, other: &Unit) -> Option<Unit> {
        let slug = format_compact!("{}-per-{}", self.slug, other.slug);
        self.times(&other.powered(-1)?).map(|unit| Unit { slug, ..unit })
    }

    /// The unit times another one.
    pub fn times(&self, other: &Unit) -> Option<Unit> {
        let has_offset = !self.offset.is_zero() || !other.offset.is_zero();
        Some(Unit {
            code: times(&self.code, &other.code)?,
            slug: format_compact!("{}-{}", self.slug, other.slug),
            si_unit: times(&self.si_unit, &other.si_unit)?,
            factor: &self.factor * &other.factor,
            offset: Decimal::from_integer(0),
        })
        .filter(|_| !has_offset)
    }

    /// The unit to a power, which may be negative.
    pub fn powered(&self, power: i32) -> Option<Unit> {
        let mut factor = Decimal::from_integer(1);
        for _ in 0..power.abs() {
            factor = &factor * &self.factor;
        }
        if power < 0 {
            factor = Decimal::from_ratio(&Decimal::from_integer(1), &factor)?;
        }
        let code = powered(&self.code, power)?;
        let si_unit = powered(&self.si_unit, power)?;
        (self.offset.is_zero() || power == 1).then(|| Unit { code, si_unit, factor, ..self.clone() })
    }
}

/// A UCUM code as factors with their exponents: `kg/m3` is kg 1, m -3. None where a code needs brackets.
fn factors(code: &str) -> Option<Vec<(String, i32)>> {
    if code.contains('(') || code.starts_with(|first: char| first.is_ascii_digit()) {
        return (code == "1").then(Vec::new);
    }
    let mut factors = Vec::new();
    let (mut depth, mut sign, mut start) = (0, 1, 0);
    for (at, each) in code.char_indices().chain([(code.len(), '.')]) {
        match each {
            '[' | '{' => depth += 1,
            ']' | '}' => depth -= 1,
            '.' | '/' if depth == 0 => {
                let factor = &code[start..at];
                let base = factor.trim_end_matches(|each: char| each.is_ascii_digit()).trim_end_matches('-');
                let exponent = if base.len() == factor.len() { 1 } else { factor[base.len()..].parse::<i32>().ok()? };
                factors.push((base.to_owned(), sign * exponent));
                (sign, start) = (if each == '/' { -1 } else { 1 }, at + 1);
            }
            _ => {}
        }
    }
    Some(factors)
}

/// The units that a UCUM code is put together of; none where it needs brackets.
pub(crate) fn unit_factors(code: &str) -> Option<Vec<String>> {
    factors(code).map(|factors| factors.into_iter().map(|(unit, _)| unit).collect())
}

/// The UCUM code of factors: what is divided by stands behind a slash if it is one factor, else has a negative exponent.
fn code_of(factors: &[(String, i32)]) -> Text {
    let is_quotient = factors.len() > 1 && factors.iter().filter(|(_, exponent)| *exponent < 0).count() == 1;
    let mut code = Text::default();
    let below = factors.iter().filter(|(_, exponent)| *exponent < 0);
    for (base, exponent) in factors.iter().filter(|(_, exponent)| *exponent > 0).chain(below) {
        let divides = is_quotient && *exponent < 0;
        if !code.is_empty() {
            code.push(if divides { '/' } else { '.' });
        }
        code.push_str(base);
        match if divides { exponent.abs() } else { *exponent } {
            1 => {}
            power => code.push_str(&power.to_string()),
        }
    }
    if code.is_empty() { Text::const_new("1") } else { code }
}

/// The code of one code times another.
fn times(one: &str, other: &str) -> Option<Text> {
    let mut all = factors(one)?;
    for (base, exponent) in factors(other)? {
        match all.iter_mut().find(|(each, _)| *each == base) {
            Some((_, sum)) => *sum += exponent,
            None => all.push((base, exponent)),
        }
    }
    all.retain(|(_, exponent)| *exponent != 0);
    Some(code_of(&all))
}

fn powered(code: &str, power: i32) -> Option<Text> {
    let mut all = factors(code)?;
    all.iter_mut().for_each(|(_, exponent)| *exponent *= power);
    Some(code_of(&all))
}

/// All units by UCUM code.
#[derive(Debug, Default)]
pub struct Units {
    units: FxHashMap<Text, Unit>,
}

impl Units {
    /// The units of a ruleset.
    pub fn of<'a>(input: &Input<'a>) -> &'a Self {
        input.ruleset.prepared.get(|| Self::load(input))
    }

    fn load(input: &Input<'_>) -> Self {
        let Some((_, table)) = input.ruleset.lexicon.table_named(TABLE) else { return Self::default() };
        let decimal = |row: usize, column: &str, default: i64| {
            table.get(row, column).parse().unwrap_or_else(|_| Decimal::from_integer(default))
        };
        let units = (0..table.len()).map(|row| {
            let code = Text::new(table.get(row, "ucum"));
            let unit = Unit {
                slug: slug(table.get(row, "name")).into(),
                si_unit: table.get(row, "si_unit").into(),
                factor: decimal(row, "factor", 1),
                offset: decimal(row, "offset", 0),
                code: code.clone(),
            };
            (code, unit)
        });
        Self { units: units.collect() }
    }

    /// A unit by its UCUM code.
    pub fn get(&self, code: &str) -> Option<&Unit> {
        self.units.get(code)
    }
}

fn slug(name: &str) -> String {
    let words = name.split(|each: char| !each.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_multiplied() {
        for (one, other, expected) in [
            ("kg", "m-3", "kg/m3"),
            ("W", "m-2", "W/m2"),
            ("W/m2", "K-1", "W.m-2.K-1"),
            ("m", "m2", "m3"),
            ("km/h", "s-1", "km.h-1.s-1"),
            ("m/s", "s", "m"),
            ("[ft_i]", "[lbf_av]", "[ft_i].[lbf_av]"),
            ("{pixel}/m", "m", "{pixel}"),
            ("m", "m-1", "1"),
        ] {
            assert_eq!(times(one, other).as_deref(), Some(expected), "{one} times {other}");
        }
        assert_eq!(times("L/(100.km)", "m"), None);
        assert_eq!(powered("m/s", -2).as_deref(), Some("s2/m2"));
        assert_eq!(powered("b", -1).as_deref(), Some("b-1"));
    }
}
