//! Which cells of two rows are compared.

use super::rows::Rows;
use crate::rules::suggestion;
use crate::table::schema::Table;

/// Columns that tell where a fact stands: that it moved is no difference where its document changed.
const POSITION: [&str; 7] = ["line", "column", "end_line", "end_column", "start", "end", "context"];
/// Columns that belong to a reviewer.
pub const REVIEWER: [&str; 2] = ["review", "note"];
/// Columns by which rows are paired, or that follow from others.
const KEYS: [&str; 2] = ["id", "document"];
/// Columns of documents.csv that follow from the facts or from the document's bytes.
const COUNTED: [&str; 8] = ["bytes", "sha256", "lines", "numbers", "money", "places", "organizations", "dates"];

/// Whether a column tells where a fact stands.
pub(super) fn is_position(column: &str) -> bool {
    POSITION.contains(&column)
}

/// The columns that both tables have and that are compared, in the order of the first.
pub(super) fn compared(old: &Rows, new: &Rows, ignored: &[String]) -> Vec<&'static str> {
    let is_left_out = |column: &str| {
        KEYS.contains(&column)
            || REVIEWER.contains(&column)
            || ignored.iter().any(|each| each == column)
            || old.table == Table::Documents && COUNTED.contains(&column)
    };
    let is_compared = |column: &&'static str| new.has(column) && !is_left_out(column);
    old.fields().iter().map(|field| field.name).filter(is_compared).collect()
}

/// Whether some table has a column; if not, the question whether another one was meant.
pub(super) fn known(column: &str) -> Result<(), Option<String>> {
    let all = || Table::ALL.into_iter().flat_map(Table::fields).map(|field| field.name);
    if all().any(|name| name == column) { Ok(()) } else { Err(suggestion(column, all())) }
}
