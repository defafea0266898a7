//! Tables read back as they were written.
//!
//! Strict, because what reads a table here (to compare, to score, to show) must not take a table that was cut short or
//! mistyped for one with fewer facts: an unknown column, a row of another width, bytes that are no UTF-8 are errors with
//! the file and the line. What a spreadsheet made of a table is another matter, and read elsewhere.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use super::schema::{Field, Table};
use super::unguard;
use crate::rules::{meant, nearest};

/// Bytes of a table that are read at once.
const BUFFER: usize = 1 << 17;

/// Why a table cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The file cannot be opened or read.
    #[error("cannot read `{}`: {source}", .path.display())]
    Unreadable {
        /// The table.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// It has not even a header row.
    #[error("`{}`: expected a header row with `{expected}`, found an empty file", .path.display())]
    Empty {
        /// The table.
        path: PathBuf,
        /// A column that must be there.
        expected: &'static str,
    },
    /// A column that the table does not have.
    #[error("`{}`, line 1: the table {table} has no column `{found}`; {}", .path.display(), advice(*.likely))]
    UnknownColumn {
        /// The file.
        path: PathBuf,
        /// The table's name.
        table: &'static str,
        /// The column's name in the file.
        found: String,
        /// The column that was likely meant.
        likely: Option<&'static str>,
    },
    /// A column is there twice.
    #[error("`{}`, line 1: column `{column}` is there twice; remove one", .path.display())]
    RepeatedColumn {
        /// The file.
        path: PathBuf,
        /// The column.
        column: &'static str,
    },
    /// A column that must be there is not.
    #[error("`{}`, line 1: expected a column `{column}`, found none of that name", .path.display())]
    MissingColumn {
        /// The file.
        path: PathBuf,
        /// The column.
        column: &'static str,
    },
    /// A row has more or fewer cells than the header.
    #[error(
        "`{}`, line {line}: expected {expected} cells as in the header, found {found}: the row is damaged or the file \
         was cut short", .path.display()
    )]
    Ragged {
        /// The file.
        path: PathBuf,
        /// The line on which the row starts, from 1.
        line: u64,
        /// Cells of the header.
        expected: u64,
        /// Cells of the row.
        found: u64,
    },
    /// A table ends in the middle of a line.
    #[error(
        "`{}`: expected a line break at the end, found none: the file was cut short; make it again", .0.display()
    )]
    CutLine(PathBuf),
    /// A table ends before it should.
    #[error(
        "`{}`: expected rows of `{document}` ({expected}, as documents.csv says), found none, and none of a later document: \
         the file was cut short, or its last rows were deleted; make it again", .path.display()
    )]
    CutShort {
        /// The table.
        path: PathBuf,
        /// The first document whose rows are missing.
        document: String,
        /// Its rows by documents.csv.
        expected: u64,
    },
    /// A row holds bytes that are no UTF-8.
    #[error("`{}`, line {line}: expected UTF-8, found other bytes; save the table as CSV in UTF-8", .path.display())]
    NotUtf8 {
        /// The file.
        path: PathBuf,
        /// The line on which the row starts, from 1.
        line: u64,
    },
}

fn advice(name: Option<&'static str>) -> String {
    name.map_or_else(|| "remove it".to_owned(), meant)
}

/// Which columns a table must have.
#[derive(Debug, Clone, Copy)]
pub enum Demand {
    /// All of the contract.
    All,
    /// These at least.
    AtLeast(&'static [&'static str]),
}

/// Reads the rows of a table.
#[derive(Debug)]
pub struct TableReader<R> {
    path: PathBuf,
    fields: Vec<&'static Field>,
    reader: csv::Reader<R>,
    record: csv::StringRecord,
}

impl TableReader<File> {
    /// Opens a table of a folder of tables. One that has all columns was made by factline, and must end with a line; a file
    /// that a person wrote may lack the last line break.
    pub fn open(path: &Path, table: Table, demand: Demand) -> Result<Self, ReadError> {
        let unreadable = |source| ReadError::Unreadable { path: path.to_owned(), source };
        let mut file = File::open(path).map_err(unreadable)?;
        let is_cut = ends_inside_a_line(&mut file).map_err(unreadable)?;
        let reader = Self::new(path, file, table, demand)?;
        let is_made = reader.fields.len() == table.fields().count();
        if is_cut && is_made { Err(ReadError::CutLine(path.to_owned())) } else { Ok(reader) }
    }
}

/// Whether the last byte of a file is no line break; leaves the file at its beginning.
fn ends_inside_a_line(file: &mut File) -> io::Result<bool> {
    let mut last = [b'\n'];
    if file.seek(SeekFrom::End(0))? > 0 {
        file.seek(SeekFrom::End(-1))?;
        file.read_exact(&mut last)?;
    }
    file.rewind()?;
    Ok(last[0] != b'\n')
}

/// Whether a table has rows to the end of what documents.csv tells. `counts` are, in the order of the documents: key, rows that
/// documents.csv tells of, rows that are there.
///
/// A table that was cut short at the end of a line lacks rows at its end, and only there. Rows that are missing elsewhere were
/// deleted by a person, which is no mistake.
pub fn reaches_the_end<'d>(path: &Path, counts: impl Iterator<Item = (&'d str, u64, u64)>) -> Result<(), ReadError> {
    let mut missing = None;
    for (document, expected, found) in counts {
        if found > 0 {
            missing = None;
        } else if expected > 0 {
            missing = missing.or(Some((document, expected)));
        }
    }
    let Some((document, expected)) = missing else { return Ok(()) };
    Err(ReadError::CutShort { path: path.to_owned(), document: document.to_owned(), expected })
}

impl<R: Read> TableReader<R> {
    /// Reads a table from a stream; errors name it by `path`.
    pub fn new(path: &Path, stream: R, table: Table, demand: Demand) -> Result<Self, ReadError> {
        let mut reader = csv::ReaderBuilder::new().buffer_capacity(BUFFER).from_reader(stream);
        let header = match reader.headers() {
            Ok(header) => header.clone(),
            Err(error) => return Err(of_csv(path, error)),
        };
        let demanded: Vec<_> = match demand {
            Demand::All => table.fields().map(|field| field.name).collect(),
            Demand::AtLeast(names) => names.to_vec(),
        };
        if header.is_empty() {
            let expected = demanded.first().or(table.primary_key().as_ref()).copied().unwrap_or("document");
            return Err(ReadError::Empty { path: path.to_owned(), expected });
        }
        let mut fields: Vec<&'static Field> = Vec::new();
        // A byte order mark, which spreadsheets put first, is no part of the first name.
        for name in header.iter().map(|name| name.trim_start_matches('\u{feff}')) {
            let Some(field) = table.fields().find(|field| field.name == name) else {
                let path = path.to_owned();
                let likely = nearest(name, table.fields().map(|field| field.name));
                return Err(ReadError::UnknownColumn { path, table: table.name(), found: name.to_owned(), likely });
            };
            if fields.iter().any(|seen| seen.name == name) {
                return Err(ReadError::RepeatedColumn { path: path.to_owned(), column: field.name });
            }
            fields.push(field);
        }
        if let Some(column) = demanded.into_iter().find(|name| fields.iter().all(|field| field.name != *name)) {
            return Err(ReadError::MissingColumn { path: path.to_owned(), column });
        }
        Ok(Self { path: path.to_owned(), fields, reader, record: csv::StringRecord::new() })
    }

    /// The columns of the file, in its order.
    pub fn fields(&self) -> &[&'static Field] {
        &self.fields
    }

    /// Where a column stands in the rows of the file.
    pub fn position(&self, column: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.name == column)
    }

    /// The next row; none after the last.
    pub fn next_row(&mut self) -> Result<Option<Row<'_>>, ReadError> {
        match self.reader.read_record(&mut self.record) {
            Ok(true) => Ok(Some(Row { fields: &self.fields, record: &self.record })),
            Ok(false) => Ok(None),
            Err(error) => Err(of_csv(&self.path, error)),
        }
    }
}

fn of_csv(path: &Path, error: csv::Error) -> ReadError {
    let path = path.to_owned();
    let line = error.position().map_or(1, csv::Position::line);
    match error.into_kind() {
        csv::ErrorKind::Io(source) => ReadError::Unreadable { path, source },
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            ReadError::Ragged { path, line, expected: expected_len, found: len }
        }
        csv::ErrorKind::Utf8 { .. } => ReadError::NotUtf8 { path, line },
        other => {
            let source = io::Error::new(io::ErrorKind::InvalidData, format!("line {line}: {other:?}"));
            ReadError::Unreadable { path, source }
        }
    }
}

/// A row: its cells as they were before they were [guarded](super::guard).
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    fields: &'a [&'static Field],
    record: &'a csv::StringRecord,
}

impl<'a> Row<'a> {
    /// The line of the file on which the row starts, from 1.
    pub fn line(&self) -> u64 {
        self.record.position().map_or(0, csv::Position::line)
    }

    /// The cell of a column; none where the file lacks the column.
    pub fn cell(&self, column: &str) -> Option<&'a str> {
        self.fields.iter().position(|field| field.name == column).map(|at| self.at(at))
    }

    /// The cell at a [position](TableReader::position); empty where there is none.
    pub fn at(&self, position: usize) -> &'a str {
        unguard(self.record.get(position).unwrap_or_default())
    }

    /// All cells with their columns, in the file's order.
    pub fn cells(&self) -> impl Iterator<Item = (&'static Field, &'a str)> {
        self.fields.iter().enumerate().map(|(at, field)| (*field, self.at(at)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::Kind;

    const PLACES: Table = Table::Facts(Kind::Place);

    fn open(text: &str, demand: Demand) -> Result<TableReader<&[u8]>, String> {
        TableReader::new(Path::new("places.csv"), text.as_bytes(), PLACES, demand).map_err(|error| error.to_string())
    }

    fn error(text: &str) -> String {
        let mut reader = match open(text, Demand::AtLeast(&["id"])) {
            Ok(reader) => reader,
            Err(error) => return error,
        };
        loop {
            match reader.next_row() {
                Ok(Some(_)) => {}
                Ok(None) => return String::new(),
                Err(error) => return error.to_string(),
            }
        }
    }

    #[test]
    fn rows_give_their_cells_by_name_unguarded() {
        let mut reader = open("\u{feff}name,id\n'=Ada,p1\n\"a\nb\",p2\n", Demand::AtLeast(&["id"])).unwrap();
        assert_eq!((reader.position("id"), reader.position("line")), (Some(1), None));
        let row = reader.next_row().unwrap().unwrap();
        assert_eq!(
            (row.cell("name"), row.cell("id"), row.cell("line"), row.line()),
            (Some("=Ada"), Some("p1"), None, 2)
        );
        let row = reader.next_row().unwrap().unwrap();
        let cells: Vec<_> = row.cells().map(|(field, cell)| (field.name, cell)).collect();
        assert_eq!((cells, row.line()), (vec![("name", "a\nb"), ("id", "p2")], 3));
        assert!(reader.next_row().unwrap().is_none());
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        for (text, message) in [
            ("", "`places.csv`: expected a header row with `id`, found an empty file"),
            ("id,naem\n", "`places.csv`, line 1: the table places has no column `naem`; did you mean `name`?"),
            ("id,qqq\n", "`places.csv`, line 1: the table places has no column `qqq`; remove it"),
            ("id,id\n", "`places.csv`, line 1: column `id` is there twice; remove one"),
            ("name\n", "`places.csv`, line 1: expected a column `id`, found none of that name"),
            (
                "id,name\np1,Ada\np2\n",
                "`places.csv`, line 3: expected 2 cells as in the header, found 1: the row is damaged or the file was \
                 cut short",
            ),
            ("id\np1\n", ""),
        ] {
            assert_eq!(error(text), message, "{text:?}");
        }
    }

    #[test]
    fn other_bytes_than_utf_8_are_an_error() {
        let bytes: &[u8] = b"id\np1\n\xff\n";
        let mut reader = TableReader::new(Path::new("places.csv"), bytes, PLACES, Demand::AtLeast(&[])).unwrap();
        reader.next_row().unwrap();
        let message = reader.next_row().unwrap_err().to_string();
        assert_eq!(message, "`places.csv`, line 3: expected UTF-8, found other bytes; save the table as CSV in UTF-8");
    }

    #[test]
    fn rows_may_be_missing_anywhere_but_at_the_end() {
        let missing =
            |counts: &[(&str, u64, u64)]| match reaches_the_end(Path::new("places.csv"), counts.iter().copied()) {
                Err(ReadError::CutShort { document, expected, .. }) => format!("{document} {expected}"),
                other => format!("{other:?}"),
            };
        assert_eq!(missing(&[("a", 3, 0), ("b", 2, 1), ("c", 0, 0)]), "Ok(())");
        assert_eq!(missing(&[("a", 3, 3), ("b", 0, 0), ("c", 2, 0), ("d", 1, 0)]), "c 2");
        assert_eq!(missing(&[("a", 3, 0)]), "a 3");
    }

    #[test]
    fn all_columns_are_demanded_where_the_contract_is() {
        let header = PLACES.header();
        assert!(open(&header, Demand::All).is_ok());
        let cut = header.replace(",end\n", "\n");
        let message = open(&cut, Demand::All).unwrap_err();
        assert_eq!(message, "`places.csv`, line 1: expected a column `end`, found none of that name");
    }
}
