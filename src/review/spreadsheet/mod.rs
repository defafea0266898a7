//! Tables as spreadsheets give them back.
//!
//! The strict reader of [`table::read`](crate::table::read) refuses what is not as factline wrote it. Here it is the
//! other way round: a person's work is in the file, so whatever can be understood is. [`Sheet`] gives rows whatever the
//! separator, encoding, line ends and order of columns are, from CSV or a workbook; [`same`] tells what a spreadsheet
//! did to a cell from what a person did.

mod delimited;
mod garbled;
mod moment;
mod number;
mod same;
mod workbook;

use std::io;
use std::path::PathBuf;

use csv::StringRecord;

pub(crate) use delimited::{Delimited, open};
pub(crate) use moment::{Moment, iso, moments};
pub(crate) use number::{DecimalMark, Figure, Reading, readings};
pub(crate) use same::{Doubt, Habits, Sameness, compare};
pub(crate) use workbook::WorkbookFile;

use crate::table::schema::{Field, Table};

/// Why a reviewed table cannot be read at all.
#[derive(Debug, thiserror::Error)]
pub enum SheetError {
    /// The file cannot be opened or read.
    #[error("cannot read `{}`: {source}", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// It is no workbook.
    #[error("cannot read `{}` as a workbook: {problem}; expected an .xlsx or .ods file", .path.display())]
    NoWorkbook {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problem: String,
    },
    /// There is no column that tells the rows apart.
    #[error(
        "{name}: expected a header row with a column `id`, found {found}; without it no row can be told from another: \
         put the column back"
    )]
    NoId {
        /// The sheet or file.
        name: String,
        /// What the first row holds.
        found: String,
    },
    /// The sheets of one table have different columns.
    #[error("{name}: expected the columns of sheet {first}, in the same order, found others")]
    OtherColumns {
        /// The sheet.
        name: String,
        /// The first sheet of the table.
        first: String,
    },
    /// A column is there twice.
    #[error("{name}: column `{column}` is there twice; remove one")]
    RepeatedColumn {
        /// The sheet or file.
        name: String,
        /// The column.
        column: &'static str,
    },
}

/// Where rows come from.
pub(crate) enum Rows {
    /// A file of separated values.
    Delimited(Delimited),
    /// The rows of a sheet of a workbook, the header's first.
    Cells(std::vec::IntoIter<StringRecord>),
}

/// A reviewed table: its columns, and its rows as they come.
pub(crate) struct Sheet {
    /// What messages call it: `numbers.csv`, `review.xlsx, sheet numbers`.
    pub(crate) name: String,
    /// What messages call a row: `line` or `row`.
    pub(crate) unit: &'static str,
    /// Where each column of the table stands in the rows.
    positions: Vec<Option<usize>>,
    /// Columns that the table does not have.
    pub(crate) unknown: Vec<String>,
    rows: Rows,
    number: u64,
}

impl Sheet {
    /// A table, once its header row is read.
    pub(crate) fn new(name: String, table: Table, header: &StringRecord, rows: Rows) -> Result<Self, SheetError> {
        let fields: Vec<&'static Field> = table.fields().collect();
        let mut positions = vec![None; fields.len()];
        let mut unknown = Vec::new();
        for (at, title) in header.iter().enumerate() {
            let title = title.trim();
            match fields.iter().position(|field| field.name.eq_ignore_ascii_case(title)) {
                Some(field) if positions[field].is_some() => {
                    return Err(SheetError::RepeatedColumn { name, column: fields[field].name });
                }
                Some(field) => positions[field] = Some(at),
                None if title.is_empty() => {}
                None => unknown.push(title.to_owned()),
            }
        }
        if fields.iter().zip(&positions).any(|(field, position)| field.name == "id" && position.is_none()) {
            let first: Vec<String> = header.iter().take(4).map(|cell| format!("`{}`", shortened(cell))).collect();
            let found = if first.is_empty() { "an empty sheet".to_owned() } else { first.join(", ") + " …" };
            return Err(SheetError::NoId { name, found });
        }
        let unit = if matches!(rows, Rows::Delimited(_)) { "line" } else { "row" };
        Ok(Self { name, unit, positions, unknown, rows, number: 1 })
    }

    /// What stands between the cells of a file; none for a workbook.
    pub(crate) fn separator(&self) -> Option<u8> {
        match &self.rows {
            Rows::Delimited(file) => Some(file.separator),
            Rows::Cells(_) => None,
        }
    }

    /// Whether a column of the table, by its place in the contract, is in the file.
    pub(crate) fn has(&self, field: usize) -> bool {
        self.positions[field].is_some()
    }

    /// Where each column of the contract stands in the rows.
    pub(crate) fn positions(&self) -> &[Option<usize>] {
        &self.positions
    }

    /// The next row and its number, counted from 1 with the header; none after the last.
    pub(crate) fn next_row(&mut self) -> Result<Option<(u64, StringRecord)>, SheetError> {
        match &mut self.rows {
            Rows::Delimited(file) => file.next_record(),
            Rows::Cells(rows) => Ok(rows.next().map(|row| {
                self.number += 1;
                (self.number, row)
            })),
        }
    }
}

/// The beginning of a cell, for a message.
pub(crate) fn shortened(cell: &str) -> String {
    const SHOWN: usize = 40;
    match cell.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &cell[..end]),
        None => cell.to_owned(),
    }
}
