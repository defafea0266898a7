//! The output contract as data: tables, columns, types, constraints, descriptions.
//!
//! One row of this file is one column of a table. Types and constraints are those of Frictionless Table Schema; see
//! [`datapackage`](super::datapackage) for how they are written down for other programs.

use super::{Verdict, unguard};
use crate::normalize::{DateType, Kind, NumberType, Qualifier};

pub mod codes;
mod derived;
mod fields;
pub mod page;

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellType {
    /// Words and codes: guarded against spreadsheet formulas (see [`guard`](super::guard)).
    Text,
    /// A plain decimal, or a ratio of two or more.
    Ratio,
    /// A whole number.
    Integer,
    /// A plain decimal.
    Number,
    /// A day, `2018-10-26`.
    Date,
}

impl CellType {
    /// Whether cells are numbers, in which a leading `-` is a sign and no formula.
    pub fn is_numeric(self) -> bool {
        matches!(self, CellType::Ratio | CellType::Integer | CellType::Number)
    }

    /// The type's name in Table Schema.
    pub fn frictionless(self) -> &'static str {
        match self {
            CellType::Text | CellType::Ratio => "string",
            CellType::Integer => "integer",
            CellType::Number => "number",
            CellType::Date => "date",
        }
    }
}

/// What must hold for every cell of a column.
#[derive(Debug, Clone, Copy)]
pub enum Constraint {
    /// The cell is never empty.
    Required,
    /// The smallest number allowed.
    Minimum(i64),
    /// The largest number allowed.
    Maximum(i64),
    /// A regular expression that the whole cell matches.
    Pattern(&'static str),
    /// A closed list.
    OneOf(fn() -> Vec<&'static str>),
}

/// A column.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Name in the header row.
    pub name: &'static str,
    /// What its cells are.
    pub cell_type: CellType,
    /// What must hold for them.
    pub constraints: &'static [Constraint],
    /// What a stranger needs to know.
    pub description: &'static str,
    /// Whether the cell is part of what a fact *is*, and so of its [id](super::id).
    pub identity: bool,
}

/// The tables, in the order in which they are described and written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// A row per fact of a kind.
    Facts(Kind),
    /// A row per document.
    Documents,
    /// A row per number that is in no fact.
    Unclaimed,
}

impl Table {
    /// All tables.
    pub const ALL: [Table; 7] = [
        Table::Facts(Kind::Number),
        Table::Facts(Kind::Money),
        Table::Facts(Kind::Place),
        Table::Facts(Kind::Organization),
        Table::Facts(Kind::Date),
        Table::Documents,
        Table::Unclaimed,
    ];

    /// Where the table stands in [`Table::ALL`].
    pub fn index(self) -> usize {
        match self {
            Table::Facts(kind) => kind as usize,
            Table::Documents => 5,
            Table::Unclaimed => 6,
        }
    }

    /// The table's name, which is also its resource in the data package.
    pub fn name(self) -> &'static str {
        match self {
            Table::Facts(kind) => kind.table(),
            Table::Documents => "documents",
            Table::Unclaimed => "unclaimed",
        }
    }

    /// The table's file.
    pub fn file_name(self) -> String {
        format!("{}.csv", self.name())
    }

    /// What a row of the table is.
    pub fn description(self) -> &'static str {
        match self {
            Table::Facts(Kind::Number) => "Counts, quantities, percentages, ratios, multipliers, ordinals and ages.",
            Table::Facts(Kind::Money) => "Amounts of money.",
            Table::Facts(Kind::Place) => "Places with their coordinates.",
            Table::Facts(Kind::Organization) => "Organizations.",
            Table::Facts(Kind::Date) => "Dates, times, durations, recurrences and intervals.",
            Table::Documents => "Every document of the run: whether it could be read, and what was found in it.",
            Table::Unclaimed => "Every number of the documents that is in no fact, with the reason.",
        }
    }

    /// Where a column stands in the rows as factline makes them; none for a column that the table does not have.
    pub fn position(self, column: &str) -> Option<usize> {
        self.fields().position(|field| field.name == column)
    }

    /// The cell of a column in a row as factline made it, no longer guarded; empty for a column that the table does not have.
    pub fn cell<'r>(self, row: &'r csv::StringRecord, column: &str) -> &'r str {
        self.position(column).and_then(|at| row.get(at)).map(unguard).unwrap_or_default()
    }

    /// The table's columns in order.
    pub fn fields(self) -> impl Iterator<Item = &'static Field> {
        let (leading, own, trailing): (&[Field], &[Field], &[Field]) = match self {
            Table::Facts(kind) => (&fields::LEADING, fields::own(kind), &fields::TRAILING),
            Table::Documents => (&[], &fields::DOCUMENTS, &[]),
            Table::Unclaimed => (&[], &fields::UNCLAIMED, &[]),
        };
        leading.iter().chain(own).chain(trailing)
    }

    /// The columns that only this fact table has; empty for the others.
    pub fn own_fields(self) -> &'static [Field] {
        match self {
            Table::Facts(kind) => fields::own(kind),
            Table::Documents | Table::Unclaimed => &[],
        }
    }

    /// The column that tells rows apart, where there is one.
    pub fn primary_key(self) -> Option<&'static str> {
        match self {
            Table::Facts(_) => Some("id"),
            Table::Documents => Some("document"),
            Table::Unclaimed => None,
        }
    }

    /// The header row.
    pub fn header(self) -> String {
        let names: Vec<_> = self.fields().map(|field| field.name).collect();
        names.join(",") + "\n"
    }
}

/// Codes of the column `type` of numbers.csv.
fn number_types() -> Vec<&'static str> {
    NumberType::ALL.iter().map(|(_, code)| *code).collect()
}

/// Codes of the column `type` of dates.csv.
fn date_types() -> Vec<&'static str> {
    DateType::ALL.iter().map(|(_, code)| *code).collect()
}

/// Codes of the columns `qualifier`.
fn qualifiers() -> Vec<&'static str> {
    Qualifier::ALL.iter().map(|(_, code)| *code).collect()
}

/// Codes of the columns `review`.
fn verdicts() -> Vec<&'static str> {
    Verdict::ALL.iter().map(|(_, code)| *code).collect()
}

/// Codes of the column `status` of documents.csv.
fn statuses() -> Vec<&'static str> {
    vec!["ok", "ok-with-warnings", "failed"]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(table: Table) -> String {
        table.header().trim_end().replace(',', " ")
    }

    #[test]
    fn the_header_rows_are_the_output_contract() {
        let all: Vec<_> = Table::ALL.map(|table| format!("{}: {}", table.name(), columns(table))).into();
        insta::assert_snapshot!(all.join("\n"), @r"
        numbers: id document line column text type value low high qualifier unit si_value si_low si_high si_unit counted context rule confidence flags review note end_line end_column start end
        money: id document line column text amount low high qualifier currency per converted converted_low converted_high converted_currency rate rate_date equivalent context rule confidence flags review note end_line end_column start end
        places: id document line column text name place_type country admin1 latitude longitude geonames_id population context rule confidence flags review note end_line end_column start end
        organizations: id document line column text name acronym organization_type country context rule confidence flags review note end_line end_column start end
        dates: id document line column text type timex edtf start_date end_date modifier reference_date context rule confidence flags review note end_line end_column start end
        documents: document status error bytes sha256 encoding format lines title published published_from decimal_sign numbers money places organizations dates
        unclaimed: document line column text reason rule context start end
        ");
    }

    #[test]
    fn a_table_stands_at_its_index() {
        for (index, table) in Table::ALL.into_iter().enumerate() {
            assert_eq!(table.index(), index, "{}", table.name());
        }
    }

    #[test]
    fn every_column_says_what_it_is_and_is_there_once() {
        for table in Table::ALL {
            let mut names = std::collections::BTreeSet::new();
            for field in table.fields() {
                assert!(names.insert(field.name), "{}.{} twice", table.name(), field.name);
                assert!(
                    field.description.len() > 10 && field.description.ends_with('.'),
                    "{}.{}: expected a sentence, found `{}`",
                    table.name(),
                    field.name,
                    field.description
                );
            }
        }
    }

    #[test]
    fn every_kind_has_columns_that_make_its_identity() {
        for kind in Kind::ALL {
            assert!(fields::own(kind).iter().any(|field| field.identity), "{}", kind.name());
        }
    }
}
