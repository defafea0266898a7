//! The tables of a run: written aside, put in place together or not at all, and never over a reviewer's work.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::guard::{self, GuardError};
use super::staging::{Replace, Staging, StagingError, explain};
use super::summary::{RunRecord, Summary};
use crate::table::DocumentRows;
use crate::table::datapackage::descriptor;
use crate::table::schema::Table;

/// Bytes of a table that are written at once.
const BUFFER: usize = 1 << 18;

const DATA_PACKAGE: &str = "datapackage.json";
const RUN: &str = "run.json";

/// Why tables cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// The folder cannot be had, or the tables cannot be put in place.
    #[error(transparent)]
    Staging(#[from] StagingError),
    /// Something of value is in the way.
    #[error(transparent)]
    Guard(#[from] GuardError),
    /// Writing failed on the way.
    #[error("cannot write {name} in `{}`: {}; the tables there are as they were", .folder.display(), explain(.source))]
    Write {
        /// The output folder.
        folder: PathBuf,
        /// The file.
        name: String,
        /// Why.
        source: io::Error,
    },
}

/// The tables of a run, on their way.
#[derive(Debug)]
pub struct Output {
    // Dropped first: a file must be closed before its folder can be removed on some systems.
    tables: Vec<(Table, BufWriter<File>)>,
    /// Whether the user wants to overwrite what a reviewer did.
    force: bool,
    staging: Staging,
}

impl Output {
    /// Checks that the tables may be written to a folder, and opens them aside.
    pub fn prepare(folder: &Path, tables: &[Table], force: bool) -> Result<Self, OutputError> {
        // Before the check, because what comes back from a run that was killed may hold a review.
        let staging = Staging::open(folder)?;
        guard::check(folder, tables, &file_names(tables), force)?;
        let not_writable = |source| StagingError::NotWritable { path: folder.to_owned(), source };
        let mut output = Self { tables: Vec::new(), force, staging };
        for table in tables {
            let file = File::create(output.staging.path(&table.file_name())).map_err(not_writable)?;
            output.tables.push((*table, BufWriter::with_capacity(BUFFER, file)));
        }
        for (table, file) in &mut output.tables {
            file.write_all(table.header().as_bytes()).map_err(not_writable)?;
        }
        Ok(output)
    }

    fn cannot_write(&self, name: &str, source: io::Error) -> OutputError {
        OutputError::Write { folder: self.staging.folder().to_owned(), name: name.to_owned(), source }
    }

    /// Appends the rows of the next document.
    pub(super) fn append(&mut self, rows: &DocumentRows) -> Result<(), OutputError> {
        let failed = self
            .tables
            .iter_mut()
            .find_map(|(table, file)| file.write_all(rows.table(*table)).err().map(|error| (table.file_name(), error)));
        match failed {
            None => Ok(()),
            Some((name, error)) => Err(self.cannot_write(&name, error)),
        }
    }

    /// Ends the tables, describes them, and puts all in place.
    pub(super) fn place(mut self, record: &RunRecord, summary: &Summary) -> Result<(), OutputError> {
        for (table, file) in std::mem::take(&mut self.tables) {
            // Only a synced file is surely on the disk: some file systems find out late that it is full.
            let synced = file.into_inner().map_err(io::IntoInnerError::into_error).and_then(|file| file.sync_all());
            synced.map_err(|error| self.cannot_write(&table.file_name(), error))?;
        }
        let tables = record.tables();
        for (name, value) in [(DATA_PACKAGE, descriptor(&tables, &record.version)), (RUN, record.json(summary))] {
            let write = || -> io::Result<()> {
                let mut file = File::create(self.staging.path(name))?;
                file.write_all(format!("{value:#}\n").as_bytes())?;
                file.sync_all()
            };
            write().map_err(|error| self.cannot_write(name, error))?;
        }
        // A long run leaves time to review the tables that it is about to replace.
        let names = file_names(&tables);
        guard::check(self.staging.folder(), &tables, &names, self.force)?;
        Ok(self.staging.place(&names, Replace::Files)?)
    }
}

/// All files of a run.
fn file_names(tables: &[Table]) -> Vec<String> {
    let own = [DATA_PACKAGE, RUN].map(str::to_owned);
    tables.iter().map(|table| table.file_name()).chain(own).collect()
}
