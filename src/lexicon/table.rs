//! Dictionaries as data: the rows of one CSV file.

use std::borrow::Cow;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::flat::{Flat, Reader};

/// Something wrong in a dictionary file.
#[derive(Debug, Clone, thiserror::Error, PartialEq, Eq)]
#[error("{file}:{line}: {problem}")]
pub struct TableError {
    /// Path of the file below the rules' root.
    pub file: String,
    /// Line, counted from 1.
    pub line: u64,
    /// What was expected, what was found, what to do.
    pub problem: String,
}

/// A dictionary file: named columns and rows of text cells.
///
/// Cells lie in one string with an index, because a gazetteer has half a million of them.
#[derive(Debug, Default)]
pub struct Table {
    file: Arc<str>,
    columns: Vec<String>,
    text: Cow<'static, str>,
    /// End of each cell in `text`, row by row.
    ends: Cow<'static, [u32]>,
    /// Line of each row in its file, for messages.
    lines: Cow<'static, [u32]>,
}

impl Table {
    /// Reads a CSV file with a header row.
    pub fn parse(file: &str, bytes: &[u8]) -> Result<Self, TableError> {
        let error = |line: u64, problem: String| TableError { file: file.to_owned(), line, problem };
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
        let header = reader.headers().map_err(|source| error(1, source.to_string()))?.clone();
        if header.is_empty() || header.iter().any(str::is_empty) {
            return Err(error(1, "expected a header row of column names, found an empty one".to_owned()));
        }
        let mut table =
            Self { file: file.into(), columns: header.iter().map(str::to_owned).collect(), ..Self::default() };
        table.text.to_mut().reserve(bytes.len());
        let mut record = csv::StringRecord::new();
        loop {
            let line = reader.position().line();
            match reader.read_record(&mut record) {
                Ok(false) => break,
                Ok(true) => {}
                Err(source) => return Err(error(line, format!("not readable as CSV: {source}"))),
            }
            if record.len() != header.len() {
                let problem = format!(
                    "expected {} cells as in the header ({}), found {}: quote cells that hold a comma",
                    header.len(),
                    header.iter().collect::<Vec<_>>().join(","),
                    record.len()
                );
                return Err(error(line, problem));
            }
            table.push(record.iter(), u32::try_from(line).unwrap_or(u32::MAX));
        }
        Ok(table)
    }

    fn push<'a>(&mut self, cells: impl Iterator<Item = &'a str>, line: u32) {
        let (text, ends) = (self.text.to_mut(), self.ends.to_mut());
        for cell in cells {
            text.push_str(cell);
            ends.push(text.len() as u32);
        }
        self.lines.to_mut().push(line);
    }

    /// A copy with a user's rows laid over: a row with the same key replaces, one with `off` filled removes, any other is
    /// added. Columns are matched by name; those that the overlay lacks are taken from the row that it replaces.
    pub fn overlaid(&self, overlay: &Table, key: &[String]) -> Result<Table, TableError> {
        let error = |line: u64, problem: String| TableError { file: overlay.file.to_string(), line, problem };
        for column in &overlay.columns {
            if column != "off" && self.column(column).is_none() {
                return Err(error(
                    1,
                    format!("unknown column `{column}`: expected some of {},off", self.columns.join(",")),
                ));
            }
        }
        let keys_of = |table: &Table, row: usize| -> Option<Vec<String>> {
            key.iter().map(|name| Some(table.cell(row, table.column(name)?).to_owned())).collect()
        };
        let mut replaced: FxHashMap<Vec<String>, usize> = FxHashMap::default();
        for row in 0..overlay.len() {
            let Some(key_cells) = keys_of(overlay, row) else {
                return Err(error(1, format!("expected the key column(s) {}, found none", key.join(","))));
            };
            if replaced.insert(key_cells, row).is_some() {
                return Err(error(overlay.line(row), "the same key stands twice in this file".to_owned()));
            }
        }
        let is_off = |row: usize| overlay.column("off").is_some_and(|column| !overlay.cell(row, column).is_empty());
        let mut result = Table { file: self.file.clone(), columns: self.columns.clone(), ..Self::default() };
        let mut used = vec![false; overlay.len()];
        for row in 0..self.len() {
            let own = keys_of(self, row).unwrap_or_default();
            match replaced.get(&own) {
                None => {
                    result.push((0..self.columns.len()).map(|column| self.cell(row, column)), self.line(row) as u32)
                }
                Some(&over) => {
                    used[over] = true;
                    if !is_off(over) {
                        let cells = self.columns.iter().enumerate().map(|(column, name)| match overlay.column(name) {
                            Some(at) => overlay.cell(over, at),
                            None => self.cell(row, column),
                        });
                        result.push(cells, overlay.line(over) as u32);
                    }
                }
            }
        }
        for over in (0..overlay.len()).filter(|over| !used[*over]) {
            if is_off(over) {
                return Err(error(
                    overlay.line(over),
                    format!("switches off a row that is not in the shipped {}: check the key", self.file),
                ));
            }
            let cells = self.columns.iter().map(|name| overlay.column(name).map_or("", |at| overlay.cell(over, at)));
            result.push(cells, overlay.line(over) as u32);
        }
        Ok(result)
    }

    pub(super) fn write(&self, flat: &mut Flat) {
        flat.text(&self.file);
        flat.number(self.columns.len());
        self.columns.iter().for_each(|column| flat.text(column));
        flat.text(&self.text);
        flat.ints(&self.ends);
        flat.ints(&self.lines);
    }

    pub(super) fn read(reader: &mut Reader) -> Option<Self> {
        let file = reader.text()?.into();
        let count = reader.number()?;
        let columns = (0..count).map(|_| reader.text().map(str::to_owned)).collect::<Option<_>>()?;
        let text = Cow::Borrowed(reader.text()?);
        let [ends, lines] = [reader.ints()?, reader.ints()?].map(Cow::Borrowed);
        Some(Self { file, columns, text, ends, lines })
    }

    /// Path of the file below the rules' root.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// Names of the columns.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Index of a column.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column == name)
    }

    /// Line of a row in its file.
    pub fn line(&self, row: usize) -> u64 {
        u64::from(self.lines[row])
    }

    /// A cell by row and column index.
    pub fn cell(&self, row: usize, column: usize) -> &str {
        let index = row * self.columns.len() + column;
        let start = if index == 0 { 0 } else { self.ends[index - 1] };
        &self.text[start as usize..self.ends[index] as usize]
    }

    /// A cell by column name; empty where there is no such column.
    pub fn get(&self, row: usize, column: &str) -> &str {
        self.column(column).map_or("", |column| self.cell(row, column))
    }

    /// An error that points at a row.
    pub fn error(&self, row: usize, problem: impl Into<String>) -> TableError {
        TableError { file: self.file.to_string(), line: self.line(row), problem: problem.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Table {
        Table::parse("x.csv", text.as_bytes()).unwrap()
    }

    #[test]
    fn cells_by_name() {
        let table = table("term,code\n\"a, b\",X\nc,\n");
        assert_eq!((table.len(), table.get(0, "term"), table.get(1, "code"), table.line(1)), (2, "a, b", "", 3));
    }

    #[test]
    fn a_row_with_a_missing_cell_is_named() {
        let error = Table::parse("x.csv", b"term,code\na,b\nc\n").unwrap_err();
        assert_eq!((error.line, error.problem.contains("expected 2 cells")), (3, true), "{error}");
    }

    #[test]
    fn an_overlay_adds_replaces_and_removes() {
        let shipped = table("code,name,rank\nA,alpha,1\nB,beta,2\nC,gamma,3\n");
        let overlay = Table::parse("user/x.csv", b"code,name,off\nB,BETA,\nC,,yes\nD,delta,\n").unwrap();
        let merged = shipped.overlaid(&overlay, &["code".to_owned()]).unwrap();
        let rows: Vec<_> =
            (0..merged.len()).map(|row| format!("{}{}", merged.get(row, "name"), merged.get(row, "rank"))).collect();
        assert_eq!(rows, ["alpha1", "BETA2", "delta"]);
    }

    #[test]
    fn an_overlay_that_removes_nothing_is_an_error() {
        let shipped = table("code,name\nA,alpha\n");
        let overlay = Table::parse("user/x.csv", b"code,off\nZ,yes\n").unwrap();
        assert!(shipped.overlaid(&overlay, &["code".to_owned()]).unwrap_err().problem.contains("not in the shipped"));
    }
}
