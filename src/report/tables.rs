//! The tables of a folder, document by document.
//!
//! As extract writes them, the rows of all tables are in the order of the documents, so that they can be read side by side
//! with the rows of one document in memory. A reviewer may have sorted a table otherwise: that is seen in a first pass over
//! it, and only such a table is read as a whole.

use std::collections::HashMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::vec;

use super::error::ReportError;
use super::mark::Mark;
use crate::normalize::Kind;
use crate::table::read::{Demand, ReadError, Row, TableReader, reaches_the_end};
use crate::table::schema::Table;

/// The columns that a page cannot do without.
const FACT: &[&str] = &["document", "line", "text", "start", "end"];
const UNCLAIMED: &[&str] = &["document", "line", "text", "reason", "start", "end"];
const DOCUMENT: &[&str] = &["document", "status", "sha256"];

/// A row of documents.csv.
#[derive(Debug, Clone)]
pub(super) struct DocumentRow {
    pub key: String,
    pub status: String,
    pub error: String,
    pub bytes: u64,
    pub sha256: String,
    pub encoding: String,
    pub format: String,
    pub title: String,
    pub published: String,
    /// Its rows in each fact table, in the order of [`Kind::ALL`]; none where documents.csv does not tell.
    counts: [Option<u64>; Kind::ALL.len()],
}

/// The tables of a folder.
#[derive(Debug)]
pub(super) struct Tables {
    /// In byte order of their keys.
    pub documents: Vec<DocumentRow>,
    rows: Vec<Grouped>,
}

impl Tables {
    /// Opens the tables of a folder. A fact table that extract was not asked for may be missing.
    pub(super) fn open(folder: &Path) -> Result<Self, ReportError> {
        let path = folder.join(Table::Documents.file_name());
        if !path.exists() {
            return Err(ReportError::NoTables(folder.to_owned()));
        }
        let documents = read_documents(&path)?;
        let asked = |kind: Kind| documents.iter().any(|row| row.counts[kind as usize].is_some());
        let order: HashMap<&str, u32> = (0..).zip(&documents).map(|(at, row)| (row.key.as_str(), at)).collect();
        let mut rows = Vec::new();
        for table in Kind::ALL.map(Table::Facts).into_iter().chain([Table::Unclaimed]) {
            let path = folder.join(table.file_name());
            let is_optional = matches!(table, Table::Facts(kind) if !asked(kind));
            if !is_optional || path.exists() {
                rows.push(Grouped::open(path, table, &documents, &order)?);
            }
        }
        Ok(Self { documents, rows })
    }

    /// The marks of a document by position; documents are asked for in order.
    pub(super) fn marks_of(&mut self, document: usize) -> Result<Vec<Mark>, ReportError> {
        let key = &self.documents[document].key;
        let mut marks = Vec::new();
        for rows in &mut self.rows {
            rows.take(document, key, &mut marks)?;
        }
        // The longer first, so that what is inside another mark comes behind it.
        marks.sort_by_key(|mark| (mark.start, usize::MAX - mark.end, mark.sort));
        Ok(marks)
    }
}

/// The rows of documents.csv.
fn read_documents(path: &Path) -> Result<Vec<DocumentRow>, ReadError> {
    let mut reader = TableReader::open(path, Table::Documents, Demand::AtLeast(DOCUMENT))?;
    let mut documents = Vec::new();
    while let Some(row) = reader.next_row()? {
        let cell = |column: &str| row.cell(column).unwrap_or_default().to_owned();
        documents.push(DocumentRow {
            key: cell("document"),
            status: cell("status"),
            error: cell("error"),
            bytes: cell("bytes").parse().unwrap_or_default(),
            sha256: cell("sha256"),
            encoding: cell("encoding"),
            format: cell("format"),
            title: cell("title"),
            published: cell("published"),
            counts: Kind::ALL.map(|kind| row.cell(kind.table()).and_then(|count| count.parse().ok())),
        });
    }
    documents.sort_by(|one, other| one.key.cmp(&other.key));
    Ok(documents)
}

/// The rows of a table, grouped by document.
#[derive(Debug)]
struct Grouped {
    path: PathBuf,
    table: Table,
    rows: Rows,
}

#[derive(Debug)]
enum Rows {
    /// In the order of the documents, straight from the file; the row that was read too far waits, with its document.
    AsWritten { reader: TableReader<File>, next: Option<(String, Mark)> },
    /// Read and sorted.
    Sorted(std::iter::Peekable<vec::IntoIter<(u32, Mark)>>),
}

impl Grouped {
    fn open(
        path: PathBuf,
        table: Table,
        documents: &[DocumentRow],
        order: &HashMap<&str, u32>,
    ) -> Result<Self, ReportError> {
        let demand = Demand::AtLeast(if table == Table::Unclaimed { UNCLAIMED } else { FACT });
        let open = || TableReader::open(&path, table, demand);
        let (mut reader, mut is_sorted, mut last) = (open()?, true, 0);
        let mut found = vec![0; documents.len()];
        let number = |row: &Row<'_>| {
            let found = row.cell("document").unwrap_or_default();
            order.get(found).copied().ok_or_else(|| ReportError::UnknownDocument {
                path: path.clone(),
                line: row.line(),
                found: found.to_owned(),
            })
        };
        while let Some(row) = reader.next_row()? {
            let document = number(&row)?;
            is_sorted &= last <= document;
            last = document;
            found[document as usize] += 1;
        }
        if let Table::Facts(kind) = table {
            let told =
                documents.iter().zip(found).filter_map(|(row, found)| Some((row, row.counts[kind as usize]?, found)));
            reaches_the_end(&path, told.map(|(row, expected, found)| (row.key.as_str(), expected, found)))?;
        }
        let mut reader = open()?;
        let rows = if is_sorted {
            let next = next(&mut reader, table, &path)?;
            Rows::AsWritten { reader, next }
        } else {
            let mut rows = Vec::new();
            while let Some(row) = reader.next_row()? {
                rows.push((number(&row)?, Mark::of(&row, table, &path)?));
            }
            rows.sort_by_key(|(document, _)| *document);
            Rows::Sorted(rows.into_iter().peekable())
        };
        Ok(Self { path, table, rows })
    }

    fn take(&mut self, document: usize, key: &str, marks: &mut Vec<Mark>) -> Result<(), ReportError> {
        match &mut self.rows {
            Rows::AsWritten { reader, next: waiting } => {
                while let Some((_, mark)) = waiting.take_if(|(found, _)| found == key) {
                    marks.push(mark);
                    *waiting = next(reader, self.table, &self.path)?;
                }
            }
            Rows::Sorted(rows) => {
                while let Some((_, mark)) = rows.next_if(|(found, _)| *found as usize == document) {
                    marks.push(mark);
                }
            }
        }
        Ok(())
    }
}

/// The next row and its document.
fn next(reader: &mut TableReader<File>, table: Table, path: &Path) -> Result<Option<(String, Mark)>, ReportError> {
    let Some(row) = reader.next_row()? else { return Ok(None) };
    let document = row.cell("document").unwrap_or_default().to_owned();
    Ok(Some((document, Mark::of(&row, table, path)?)))
}
