//! What a reviewer wrote is not overwritten.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use crate::table::schema::Table;

/// The columns that belong to a reviewer.
const REVIEWER: [&str; 2] = ["review", "note"];

/// A file that a run would overwrite and should not.
#[derive(Debug, thiserror::Error)]
pub enum GuardError {
    /// Someone reviewed it.
    #[error(
        "`{}` holds the work of a reviewer: `review` or `note` is filled in {rows}. Write to another folder with \
         --out, or overwrite it with --force", .path.display()
    )]
    Reviewed {
        /// The table.
        path: PathBuf,
        /// `1 row`, `12 rows`.
        rows: String,
    },
    /// It is something else.
    #[error(
        "`{}` is no table as factline writes it: {found}. Write to another folder with --out, or overwrite it with \
         --force", .path.display()
    )]
    Foreign {
        /// The file.
        path: PathBuf,
        /// What was expected, and found.
        found: String,
    },
    /// It is a folder, a device, …
    #[error("`{}` is in the way: expected a file or nothing. Write to another folder with --out", .0.display())]
    NoFile(PathBuf),
    /// It cannot be looked at.
    #[error("cannot read `{}`: {source}", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// Refuses to overwrite what is no file, and, unless forced, tables that hold a reviewer's work or are not ours.
pub(super) fn check(folder: &Path, tables: &[Table], file_names: &[String], force: bool) -> Result<(), GuardError> {
    for path in file_names.iter().map(|name| folder.join(name)) {
        match fs::metadata(&path) {
            Ok(found) if !found.is_file() => return Err(GuardError::NoFile(path)),
            _ => {}
        }
    }
    if force {
        return Ok(());
    }
    tables.iter().try_for_each(|table| check_table(&folder.join(table.file_name()), *table))
}

fn check_table(path: &Path, table: Table) -> Result<(), GuardError> {
    let unreadable = |source| GuardError::Unreadable { path: path.to_owned(), source };
    let file = match File::open(path) {
        Ok(file) if file.metadata().map_err(unreadable)?.len() == 0 => return Ok(()),
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(unreadable(error)),
    };
    let foreign = |found: String| GuardError::Foreign { path: path.to_owned(), found };
    let mut reader = csv::ReaderBuilder::new().flexible(true).buffer_capacity(1 << 16).from_reader(file);
    let header = reader.byte_headers().map_err(|error| foreign(error.to_string()))?.clone();
    let column = |name: &str| header.iter().position(|cell| cell == name.as_bytes());
    let reviewer = match table {
        Table::Facts(_) => REVIEWER.map(column).into_iter().collect::<Option<Vec<_>>>(),
        Table::Documents | Table::Unclaimed => column("document").map(|_| Vec::new()),
    };
    let Some(reviewer) = reviewer else {
        let first: String = String::from_utf8_lossy(header.get(0).unwrap_or_default()).chars().take(60).collect();
        let found = format!("expected columns such as `document`, separated by commas, found `{first}` first");
        return Err(foreign(found));
    };
    if reviewer.is_empty() {
        return Ok(());
    }
    let mut rows = 0u64;
    let mut record = csv::ByteRecord::new();
    while reader.read_byte_record(&mut record).map_err(|error| foreign(error.to_string()))? {
        let is_filled = |at: &usize| record.get(*at).is_some_and(|cell| !cell.trim_ascii().is_empty());
        rows += u64::from(reviewer.iter().any(is_filled));
    }
    match rows {
        0 => Ok(()),
        1 => Err(GuardError::Reviewed { path: path.to_owned(), rows: "1 row".to_owned() }),
        _ => Err(GuardError::Reviewed { path: path.to_owned(), rows: format!("{rows} rows") }),
    }
}
