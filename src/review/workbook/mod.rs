//! The tables as a workbook that is made for reviewing.
//!
//! A CSV file has no types, so a spreadsheet guesses them. In a workbook ids and codes are text, and stay what they are;
//! verdicts are chosen from a list; each row leads to its line in the report. What had been decided when it was written is
//! in the workbook itself, so that it can go to somebody else and come back much later.

mod bold;
mod sheet;

use std::io;
use std::path::{Path, PathBuf};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use super::Review;
use super::apply::{Rejected, apply};
use super::collect::made_kinds;
use super::file;
use crate::document::LineNumber;
use crate::staging::replace;
use crate::state::{StateError, Store};
use crate::table::parsed_rows;
use crate::table::schema::Table;
use sheet::{Layout, TableSheets};

/// The sheet that tells how to review.
const ABOUT: &str = "about";

/// The hidden sheet with what had been decided.
pub(crate) const DECISIONS: &str = "decisions";

/// Why a workbook cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The rows cannot be had.
    #[error(transparent)]
    State(#[from] StateError),
    /// The library refuses something.
    #[error("cannot make the workbook: {0}")]
    Workbook(#[from] XlsxError),
    /// The file cannot be written.
    #[error("cannot write `{}`: {source}", .path.display())]
    NotWritable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// Where a line of a document is shown: a relative URL, as seen from the workbook.
pub type LineAddress<'a> = &'a dyn Fn(&str, LineNumber) -> String;

/// What a workbook is made of.
#[derive(Clone, Copy, Default)]
pub struct Export<'a> {
    /// Where lines lead to; none without links.
    pub lines: Option<LineAddress<'a>>,
    /// Whether only rows with a flag are wanted.
    pub only_flagged: bool,
    /// What becomes of rejected rows.
    pub rejected: Rejected,
}

/// Writes a workbook; gives the number of rows in each table.
pub fn export(
    store: &Store,
    review: &Review,
    wanted: &Export<'_>,
    path: &Path,
) -> Result<Vec<(Table, u64)>, ExportError> {
    let kinds = made_kinds(store);
    let mut tables: Vec<TableSheets> = kinds.iter().map(|kind| Table::Facts(*kind)).map(TableSheets::new).collect();
    tables.extend([Table::Documents, Table::Unclaimed].map(TableSheets::new));
    for document in store.documents()? {
        let document = document?;
        let revised = review.decisions.of(document.key());
        let revised = revised.map(|of| apply(of, &kinds, wanted.rejected, &document.all_rows()).rows);
        for sheets in &mut tables {
            let rows = revised.as_ref().map_or_else(|| document.rows(sheets.table), |rows| rows.table(sheets.table));
            for (_, row) in parsed_rows(rows) {
                sheets.add(&row, wanted)?;
            }
        }
    }
    let counts = tables.iter().map(|sheets| (sheets.table, sheets.rows)).collect();
    let mut book = Workbook::new();
    // The day of a table has no place in it: the same rows are the same bytes.
    let day = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_title("Facts for review").set_creation_datetime(&day));
    book.push_worksheet(about(&tables)?);
    for sheets in tables {
        for sheet in sheets.finish()? {
            book.push_worksheet(sheet);
        }
    }
    book.push_worksheet(decisions(review)?);
    let bytes = book.save_to_buffer()?;
    replace(path, &bytes).map(|()| counts).map_err(|source| ExportError::NotWritable { path: path.to_owned(), source })
}

/// What a reviewer should know, and what the columns are.
fn about(tables: &[TableSheets]) -> Result<Worksheet, XlsxError> {
    const HOW: [&str; 6] = [
        "How to review",
        "In the sheets of facts, choose in `review`: accept (the row is right), reject (it is no such fact), or correct \
         (then edit the cells that are wrong, under the darker headers).",
        "Write what others should know into `note`. Rows with a flag are coloured: look at these first.",
        "Sort, filter and hide as you like; a row that you delete is no decision. Rows are known by their `id`.",
        "`line` leads to the line in the report, where there is one.",
        "Save the workbook, and give it back: `factline review collect OUT --xlsx FILE` takes over what you decided.",
    ];
    let mut sheet = Worksheet::new();
    sheet.set_name(ABOUT)?;
    let bold = Format::new().set_bold();
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    for (column, width) in [18.0, 20.0, 110.0].into_iter().enumerate() {
        sheet.set_column_width(column as u16, width)?;
    }
    for (row, text) in HOW.into_iter().enumerate() {
        let format = if row == 0 { &bold } else { &Format::new() };
        sheet.write_string_with_format(row as u32, 0, text, format)?;
    }
    let mut row = HOW.len() as u32 + 1;
    for (column, title) in ["table", "column", "what it holds"].into_iter().enumerate() {
        sheet.write_string_with_format(row, column as u16, title, &bold)?;
    }
    for sheets in tables {
        for field in sheets.table.fields() {
            row += 1;
            sheet.write_string_with_format(row, 0, sheets.table.name(), &wrapped)?;
            sheet.write_string_with_format(row, 1, field.name, &wrapped)?;
            sheet.write_string_with_format(row, 2, field.description, &wrapped)?;
        }
    }
    Ok(sheet)
}

/// What had been decided, for the program that reads the workbook again.
fn decisions(review: &Review) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(DECISIONS)?;
    sheet.set_hidden(true);
    let text = Format::new().set_num_format("@");
    for (row, cells) in file::rows(&review.lines).enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            sheet.write_string_with_format(row as u32, column as u16, cell, &text)?;
        }
    }
    Ok(sheet)
}

/// The columns of a table's sheet, in the order in which a reviewer wants them.
pub(super) fn layout(table: Table) -> Layout {
    Layout::new(table)
}
