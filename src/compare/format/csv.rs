//! A table of changes: a row for each cell that is not the same.

use crate::compare::{CellChange, Change, Comparison};
use crate::table::guard;

const COLUMNS: [&str; 13] = [
    "change", "cause", "table", "document", "line", "column", "text", "field", "old", "new", "old_rule", "new_rule",
    "id",
];

/// The comparison as CSV, with cells as safe in a spreadsheet as those of the tables.
pub fn csv(comparison: &Comparison) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS)?;
    for change in &comparison.changes {
        // A row without any cell that means something is a change too.
        if change.cells.is_empty() {
            row(&mut writer, change, None)?;
        }
        change.cells.iter().try_for_each(|cell| row(&mut writer, change, Some(cell)))?;
    }
    writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))
}

fn row(writer: &mut csv::Writer<Vec<u8>>, change: &Change, cell: Option<&CellChange>) -> Result<(), csv::Error> {
    let number = |number: Option<u64>| number.map_or(String::new(), |number| number.to_string());
    let (line, column) = (number(change.line), number(change.column));
    let (document, text) = (guard(&change.document), guard(&change.text));
    let [old, new] = [cell.map_or("", |cell| cell.old.as_str()), cell.map_or("", |cell| cell.new.as_str())].map(guard);
    writer.write_record([
        change.change.code(),
        change.cause.code(),
        change.table,
        &document,
        &line,
        &column,
        &text,
        cell.map_or("", |cell| cell.column),
        &old,
        &new,
        change.old_rule.as_deref().unwrap_or_default(),
        change.new_rule.as_deref().unwrap_or_default(),
        &change.id,
    ])
}
