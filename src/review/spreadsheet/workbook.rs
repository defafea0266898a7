//! Workbooks (.xlsx, .ods) as tables.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use calamine::{Data, Range, Reader, Sheets, open_workbook_auto};
use csv::StringRecord;

use super::{Rows, Sheet, SheetError};
use crate::table::schema::Table;

/// A workbook that a reviewer worked in.
pub(crate) struct WorkbookFile {
    path: PathBuf,
    book: Sheets<BufReader<File>>,
}

impl WorkbookFile {
    /// Opens a workbook.
    pub(crate) fn open(path: &Path) -> Result<Self, SheetError> {
        if let Err(source) = File::open(path) {
            return Err(SheetError::Unreadable { path: path.to_owned(), source });
        }
        match open_workbook_auto(path) {
            Ok(book) => Ok(Self { path: path.to_owned(), book }),
            Err(error) => Err(SheetError::NoWorkbook { path: path.to_owned(), problem: error.to_string() }),
        }
    }

    /// A table: its sheet, or its sheets one after the other where it was too long for one. Each has a header row, by
    /// which the columns of the first are found.
    pub(crate) fn sheet(&mut self, table: Table) -> Result<Option<Sheet>, SheetError> {
        let names: Vec<String> = self.book.sheet_names().into_iter().filter(|name| is_of(name, table)).collect();
        let file = self.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let Some(first) = names.first() else { return Ok(None) };
        let title = format!("{file}, sheet {first}");
        let mut header = StringRecord::new();
        let mut all = Vec::new();
        for name in &names {
            let mut rows = records(&self.range(name)?).into_iter();
            let own = rows.next().unwrap_or_default();
            if header.is_empty() {
                header = own;
            } else if header != own {
                return Err(SheetError::OtherColumns { name: format!("{file}, sheet {name}"), first: first.clone() });
            }
            all.extend(rows);
        }
        Sheet::new(title, table, &header, Rows::Cells(all.into_iter())).map(Some)
    }

    /// The rows of a sheet, if there is one of that name.
    pub(crate) fn rows(&mut self, sheet: &str) -> Option<Vec<StringRecord>> {
        self.range(sheet).ok().map(|range| records(&range))
    }

    fn range(&mut self, name: &str) -> Result<Range<Data>, SheetError> {
        let problem =
            |error: calamine::Error| SheetError::NoWorkbook { path: self.path.clone(), problem: error.to_string() };
        self.book.worksheet_range(name).map_err(problem)
    }
}

/// Whether a sheet holds rows of a table: `numbers`, `numbers 2`.
fn is_of(sheet: &str, table: Table) -> bool {
    let rest = sheet.trim().to_lowercase();
    let Some(rest) = rest.strip_prefix(table.name()) else { return false };
    rest.is_empty() || rest.strip_prefix(' ').is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// All rows from the first of the sheet on, empty ones too, so that their numbers are those that a person sees.
fn records(range: &Range<Data>) -> Vec<StringRecord> {
    let Some((first, left)) = range.start() else { return Vec::new() };
    let before = (0..first).map(|_| StringRecord::new());
    let rows = range.rows().map(|row| {
        let margin = (0..left).map(|_| String::new());
        margin.chain(row.iter().map(text_of)).collect()
    });
    before.chain(rows).collect()
}

/// A cell as text. Numbers have all the digits that the sheet keeps, dates are ISO dates.
fn text_of(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::Bool(truth) => truth.to_string().to_uppercase(),
        Data::Error(error) => error.to_string(),
        Data::DateTime(moment) => {
            let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
            let days = moment.as_f64();
            if moment.is_duration() || (0.0..1.0).contains(&days) {
                let seconds = (days * 86_400.0).round() as i64;
                return format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
            }
            match (hour, minute, second) {
                (0, 0, 0) => format!("{year:04}-{month:02}-{day:02}"),
                (_, _, 0) => format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}"),
                _ => format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::Kind;

    #[test]
    fn sheets_of_a_table_are_told_by_their_names() {
        let table = Table::Facts(Kind::Number);
        for (name, is_one) in [("numbers", true), ("Numbers 2", true), ("numbers.old", false), ("money", false)] {
            assert_eq!(is_of(name, table), is_one, "{name}");
        }
    }

    #[test]
    fn cells_are_texts() {
        for (cell, text) in [
            (Data::Empty, ""),
            (Data::Float(2640000.0), "2640000"),
            (Data::Float(0.1), "0.1"),
            (Data::Float(1e21), "1000000000000000000000"),
            (Data::Bool(true), "TRUE"),
            (Data::String("a".into()), "a"),
        ] {
            assert_eq!(text_of(&cell), text);
        }
    }
}
