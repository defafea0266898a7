//! Codes that the rules know: what a reviewer may write into columns of codes.
//!
//! A schema can say that a currency has three capitals; only the dictionaries know that `EUU` is none. They are those of the
//! rules at hand, which a user may extend.

use std::collections::BTreeSet;

use crate::normalize::number::unit_factors;
use crate::rules::{Ruleset, suggestion};
use crate::state::Store;

use super::spreadsheet::shortened;

/// Columns of tables, and where in the dictionaries their codes are: a file, and the columns that hold them.
const LISTS: [(&str, &str, &[&str]); 6] = [
    ("currency", "money/currencies", &["code"]),
    ("converted_currency", "money/currencies", &["code"]),
    ("country", "place/countries", &["code"]),
    ("organization_type", "organization/types", &["type"]),
    (UNIT, "unit/units", UNITS),
    ("si_unit", "unit/units", UNITS),
];
const UNIT: &str = "unit";
/// Some coherent units, such as `W/m2`, stand in the second column only.
const UNITS: &[&str] = &["ucum", "si_unit"];

/// The closed lists of the rules; without any, all codes are taken.
#[derive(Debug, Default)]
pub struct Codes {
    lists: Vec<List>,
    /// Whether the tables were made by other rules, which may know other codes.
    are_others: bool,
}

#[derive(Debug)]
struct List {
    column: &'static str,
    /// The file of the dictionary.
    file: String,
    codes: BTreeSet<String>,
}

impl Codes {
    /// The codes of rules, for tables that a run left.
    pub fn of(ruleset: &Ruleset, store: &Store) -> Self {
        let list = |(column, name, of): (&'static str, &str, &[&str])| {
            let (_, table) = ruleset.lexicon.table_named(name)?;
            let cells = of.iter().flat_map(|of| (0..table.len()).map(move |row| table.get(row, of)));
            let codes = cells.filter(|code| !code.is_empty()).map(str::to_owned).collect();
            Some(List { column, file: format!("{name}.csv"), codes })
        };
        let lists = LISTS.into_iter().filter_map(list).collect();
        Self { lists, are_others: ruleset.hash != store.run().rules_hash }
    }

    /// The code that was typed into a column, as the list writes it; or what was expected and found.
    pub(super) fn known(&self, column: &str, typed: String) -> Result<String, String> {
        let Some(list) = self.lists.iter().find(|list| list.column == column) else { return Ok(typed) };
        if list.has(&typed) {
            return Ok(typed);
        }
        // Units mean another thing in other letters: `Mm` and `mm`.
        let is_it = |code: &&String| !list.file.starts_with(UNIT) && code.eq_ignore_ascii_case(&typed);
        if let Some(code) = list.codes.iter().find(is_it) {
            return Ok(code.clone());
        }
        let advice = suggestion(&typed, list.codes.iter().map(String::as_str));
        let advice = advice.map(|advice| format!("; {advice}")).unwrap_or_default();
        let others = if self.are_others { "; the tables were made by other rules: name them with --rules" } else { "" };
        Err(format!("expected a code of {}, found `{}`{advice}{others}", list.file, shortened(&typed)))
    }
}

/// Whether two cells of a column mean the same: codes do in any letters, units in the same only.
pub(super) fn is_same(column: &str, one: &str, other: &str) -> bool {
    let is_code = || LISTS.iter().any(|(each, file, _)| *each == column && !file.starts_with(UNIT));
    one == other || one.eq_ignore_ascii_case(other) && is_code()
}

impl List {
    /// Units may be put together of those that are known.
    fn has(&self, code: &str) -> bool {
        let is_known = |code: &str| self.codes.contains(code);
        let is_composed = || {
            let factors = self.file.starts_with(UNIT).then(|| unit_factors(code)).flatten();
            factors.is_some_and(|factors| factors.iter().all(|factor| is_known(factor) || factor.starts_with('{')))
        };
        is_known(code) || is_composed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(column: &'static str, file: &str, codes: &[&str], typed: &str) -> Result<String, String> {
        let codes = codes.iter().map(|code| (*code).to_owned()).collect();
        let lists = vec![List { column, file: file.to_owned(), codes }];
        Codes { lists, are_others: false }.known(column, typed.to_owned())
    }

    #[test]
    fn units_are_composed_of_known_ones_and_keep_their_letters() {
        let unit = |typed| known("unit", "unit/units.csv", &["kg", "m", "m3", "[ft_i]"], typed);
        for code in ["kg", "kg/m3", "kg.m-3", "m2", "[ft_i].kg", "{people}/m2", "1"] {
            assert_eq!(unit(code).as_deref(), Ok(code));
        }
        for (code, near) in [("KG", ""), ("kgg", "; did you mean `kg`?"), ("kg/mm", ""), ("kg/", ""), ("kg/(m.m)", "")]
        {
            let problem = unit(code).unwrap_err();
            assert!(problem.starts_with(&format!("expected a code of unit/units.csv, found `{code}`")), "{problem}");
            assert!(near.is_empty() || problem.ends_with(near), "{problem}");
        }
    }

    #[test]
    fn letters_matter_where_they_mean_something() {
        assert!(is_same("organization_type", "NGO", "ngo") && is_same("unit", "km", "km"));
        assert!(!is_same("unit", "Mm", "mm") && !is_same("name", "Paris", "paris"));
    }

    #[test]
    fn other_codes_are_found_in_any_letters() {
        let currency = |typed| known("currency", "money/currencies.csv", &["EUR", "CHF"], typed);
        assert_eq!(currency("eur").as_deref(), Ok("EUR"));
        let problem = "expected a code of money/currencies.csv, found `EUU`; did you mean `EUR`?";
        assert_eq!(currency("EUU").unwrap_err(), problem);
        assert_eq!(Codes::default().known("currency", "EUU".to_owned()).as_deref(), Ok("EUU"), "nothing is known");
    }
}
