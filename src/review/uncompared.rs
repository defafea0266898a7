//! Reviewed tables for which there is no state: what can be said of them without the rows that they were made from.

use std::path::Path;

use super::decision::{Decisions, Standing};
use super::spreadsheet::{Rows, Sheet, SheetError, open, shortened};
use crate::normalize::Kind;
use crate::table::schema::Table;
use crate::table::unguard;

/// What tells that a file is no table of ours, if it is not one.
pub(crate) fn foreign(path: &Path, table: Table) -> Result<Option<String>, SheetError> {
    let names: Vec<&str> = table.fields().map(|field| field.name).collect();
    let (header, _) = open(path, &names)?;
    let has = |name: &str| header.iter().any(|title| title.trim().eq_ignore_ascii_case(name));
    let is_ours = match table {
        Table::Facts(_) => has("id") && has("document") && (has("review") || has("note")),
        Table::Documents | Table::Unclaimed => has("document"),
    };
    let first = header.get(0).unwrap_or_default();
    let found = format!("expected columns such as `document`, separated by commas, found `{}` first", shortened(first));
    Ok((!is_ours).then_some(found))
}

/// Rows in which `review` or `note` is filled otherwise than decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Filled(pub(crate) u64);

/// Counts the rows of a table that hold a reviewer's work which is not among the decisions.
pub(crate) fn filled(path: &Path, kind: Kind, decisions: &Decisions) -> Result<Filled, SheetError> {
    let table = Table::Facts(kind);
    let names: Vec<&str> = table.fields().map(|field| field.name).collect();
    let (header, file) = open(path, &names)?;
    let mut sheet = Sheet::new(table.file_name(), table, &header, Rows::Delimited(file))?;
    let position = |name: &str| table.position(name).and_then(|at| sheet.positions()[at]);
    let [id, document, review, note] = ["id", "document", "review", "note"].map(position);
    let mut rows = 0;
    while let Some((_, row)) = sheet.next_row()? {
        let cell = |at: Option<usize>| unguard(at.and_then(|at| row.get(at)).unwrap_or_default().trim());
        let standing = decisions.of(cell(document)).and_then(|of| of.get(cell(id)));
        let decided = [standing.map_or("", Standing::code), standing.map_or("", |standing| &standing.note)];
        let is_new = |(found, decided): (&str, &str)| !found.is_empty() && found != decided;
        rows += u64::from([cell(review), cell(note)].into_iter().zip(decided).any(is_new));
    }
    Ok(Filled(rows))
}
