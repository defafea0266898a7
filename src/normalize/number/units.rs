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
        let compound = |code: &str| code.contains(['/', '.']);
        if compound(&other.code) || compound(&other.si_unit) || !self.offset.is_zero() || !other.offset.is_zero() {
            return None;
        }
        Some(Unit {
            code: format_compact!("{}/{}", self.code, other.code),
            slug: format_compact!("{}-per-{}", self.slug, other.slug),
            si_unit: format_compact!("{}/{}", self.si_unit, other.si_unit),
            factor: Decimal::from_ratio(&self.factor, &other.factor)?,
            offset: Decimal::from_integer(0),
        })
    }
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
