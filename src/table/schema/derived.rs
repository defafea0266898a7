//! Which cells are computed from which other cells of their row.
//!
//! Whoever changes a cell must not leave a cell beside it that was computed from the old one.

use super::Table;
use crate::normalize::Kind;

/// Columns of a kind that are computed from other columns.
type Derived = (&'static [&'static str], &'static [&'static str]);

const NUMBERS: &[Derived] =
    &[(&["si_value", "si_low", "si_high", "si_unit"], &["type", "value", "low", "high", "unit"])];
const MONEY: &[Derived] = &[
    (
        &["converted", "converted_low", "converted_high"],
        &["amount", "low", "high", "currency", "rate", "converted_currency"],
    ),
    (&["converted_currency", "rate", "rate_date"], &["currency"]),
];
const PLACES: &[Derived] = &[(&["admin1", "latitude", "longitude", "population"], &["geonames_id"])];
const DATES: &[Derived] = &[(&["edtf", "start_date", "end_date"], &["type", "timex"])];

impl Table {
    /// The columns that a column is computed from; empty for what is found in the document itself.
    pub fn derived_from(self, column: &str) -> &'static [&'static str] {
        let derived = match self {
            Table::Facts(Kind::Number) => NUMBERS,
            Table::Facts(Kind::Money) => MONEY,
            Table::Facts(Kind::Place) => PLACES,
            Table::Facts(Kind::Date) => DATES,
            Table::Facts(Kind::Organization) | Table::Documents | Table::Unclaimed => &[],
        };
        derived.iter().find(|(columns, _)| columns.contains(&column)).map_or(&[], |(_, from)| from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_columns_of_the_table_are_named() {
        for (kind, derived) in
            [(Kind::Number, NUMBERS), (Kind::Money, MONEY), (Kind::Place, PLACES), (Kind::Date, DATES)]
        {
            let own: Vec<_> = Table::Facts(kind).own_fields().iter().map(|field| field.name).collect();
            for column in derived.iter().flat_map(|(columns, from)| columns.iter().chain(*from)) {
                assert!(own.contains(column), "{column}");
            }
        }
    }
}
