//! One table in memory, by document.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use crate::table::read::{Demand, ReadError, TableReader};
use crate::table::schema::{Field, Table};

/// The rows of a table. Cells lie in one string with an index, because tables have millions of them.
#[derive(Debug)]
pub struct Rows {
    /// Which table it is.
    pub table: Table,
    fields: Vec<&'static Field>,
    text: String,
    /// End of each cell in `text`, row by row.
    ends: Vec<usize>,
    /// Line of each row in its file.
    lines: Vec<u64>,
    /// The rows of each document, in order.
    documents: BTreeMap<String, Vec<u32>>,
}

/// A row of a table.
#[derive(Debug, Clone, Copy)]
pub struct RowRef<'r> {
    rows: &'r Rows,
    row: u32,
}

/// Without it nothing can be paired.
const DEMAND: Demand = Demand::AtLeast(&["document"]);

impl Rows {
    /// Reads a table that has at least the column `document`.
    pub fn read(path: &Path, table: Table) -> Result<Self, ReadError> {
        Self::take(TableReader::open(path, table, DEMAND)?, table)
    }

    /// Reads a table from memory; errors name it by `path`.
    pub fn parse(path: &Path, bytes: &[u8], table: Table) -> Result<Self, ReadError> {
        Self::take(TableReader::new(path, bytes, table, DEMAND)?, table)
    }

    fn take<R: Read>(mut reader: TableReader<R>, table: Table) -> Result<Self, ReadError> {
        let mut rows = Self {
            table,
            fields: reader.fields().to_vec(),
            text: String::new(),
            ends: Vec::new(),
            lines: Vec::new(),
            documents: BTreeMap::new(),
        };
        while let Some(row) = reader.next_row()? {
            let number = rows.lines.len() as u32;
            rows.lines.push(row.line());
            for (_, cell) in row.cells() {
                rows.text.push_str(cell);
                rows.ends.push(rows.text.len());
            }
            let document = row.cell("document").unwrap_or_default();
            match rows.documents.get_mut(document) {
                Some(own) => own.push(number),
                None => {
                    rows.documents.insert(document.to_owned(), vec![number]);
                }
            }
        }
        Ok(rows)
    }

    /// The columns of the file, in its order.
    pub fn fields(&self) -> &[&'static Field] {
        &self.fields
    }

    /// Whether the file has a column.
    pub fn has(&self, column: &str) -> bool {
        self.fields.iter().any(|field| field.name == column)
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The documents that have rows, in order of their keys.
    pub fn documents(&self) -> impl Iterator<Item = &str> {
        self.documents.keys().map(String::as_str)
    }

    /// The rows of a document, in order.
    pub fn of(&self, document: &str) -> impl DoubleEndedIterator<Item = RowRef<'_>> + ExactSizeIterator {
        let own = self.documents.get(document).map_or(&[][..], Vec::as_slice);
        own.iter().map(|row| RowRef { rows: self, row: *row })
    }

    /// The rows of a document that share a byte with a span; the rows of a table stand in order and do not overlap.
    pub(super) fn meeting(&self, document: &str, start: u64, end: u64) -> impl Iterator<Item = RowRef<'_>> {
        let own = self.documents.get(document).map_or(&[][..], Vec::as_slice);
        let row = |row: &u32| RowRef { rows: self, row: *row };
        let first = own.partition_point(|each| row(each).bytes().is_some_and(|(_, last)| last <= start));
        own[first..].iter().map(row).take_while(move |row| row.bytes().is_some_and(|(first, _)| first < end))
    }

    /// All rows in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = RowRef<'_>> {
        (0..self.lines.len() as u32).map(|row| RowRef { rows: self, row })
    }
}

impl<'r> RowRef<'r> {
    /// Number of the row in its table.
    pub fn number(self) -> usize {
        self.row as usize
    }

    /// Its table.
    pub fn table(self) -> Table {
        self.rows.table
    }

    /// Line of the file on which it starts, from 1.
    pub fn file_line(self) -> u64 {
        self.rows.lines[self.number()]
    }

    /// The cell of a column; none where the file lacks it.
    pub fn get(self, column: &str) -> Option<&'r str> {
        let at = self.rows.fields.iter().position(|field| field.name == column)?;
        let index = self.number() * self.rows.fields.len() + at;
        let start = if index == 0 { 0 } else { self.rows.ends[index - 1] };
        Some(&self.rows.text[start..self.rows.ends[index]])
    }

    /// The cell of a column; empty where the file lacks it.
    pub fn cell(self, column: &str) -> &'r str {
        self.get(column).unwrap_or_default()
    }

    /// A cell that is a count or a position.
    pub fn number_in(self, column: &str) -> Option<u64> {
        self.cell(column).parse().ok()
    }

    /// First byte and end in the document, if both are told.
    pub fn bytes(self) -> Option<(u64, u64)> {
        Some((self.number_in("start")?, self.number_in("end")?))
    }
}

impl PartialEq for RowRef<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.rows, other.rows) && self.row == other.row
    }
}
