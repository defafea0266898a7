//! The tables: written aside, put in place together or not at all.
//!
//! All files are written into a temporary folder *inside* the output folder, because only within one file system is a
//! rename a single step. At the end the old tables are moved aside, the new ones moved in; if one of these steps fails,
//! the ones before it are undone. The temporary folder has a fixed name and a lock in it: a second run on the same
//! folder is refused, and what a killed run left behind is recognized and cleaned up by the next one (its lock is
//! gone), putting old tables back where it died in the middle of the change.

use std::fs::{self, File, TryLockError};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::guard::{self, GuardError};
use super::summary::{RunRecord, Summary};
use crate::table::DocumentRows;
use crate::table::datapackage::descriptor;
use crate::table::schema::Table;

/// The temporary folder; hidden, so that a run that reads the output folder never takes it for input.
const TEMPORARY: &str = ".factline-tmp";
/// In it: the lock, the new files, the old files during the change, the old files after it.
const LOCK: &str = "lock";
const NEW: &str = "new";
const OLD: &str = "old";
const DONE: &str = "done";

/// Bytes of a table that are written at once.
const BUFFER: usize = 1 << 18;

const DATA_PACKAGE: &str = "datapackage.json";
const RUN: &str = "run.json";

/// Why tables cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// The output folder is a file.
    #[error("--out `{}`: expected a folder, found a file", .0.display())]
    NotAFolder(PathBuf),
    /// The output folder cannot be made or written to.
    #[error("--out `{}`: cannot write there: {}", .path.display(), explain(.source))]
    NotWritable {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Another run is at it.
    #[error("--out `{}`: another run is writing there; wait for it, or choose another folder", .0.display())]
    Busy(PathBuf),
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
    /// A finished table could not be put in place.
    #[error("cannot put {name} in place in `{}`: {}; {}", .folder.display(), explain(.source), .left.as_deref().unwrap_or("the tables there are as they were"))]
    Place {
        /// The output folder.
        folder: PathBuf,
        /// The file.
        name: String,
        /// Why.
        source: io::Error,
        /// What could not be undone, if so.
        left: Option<String>,
    },
}

/// A full disk is the likeliest error of a long run: it gets words of its own.
fn explain(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::StorageFull => "no space left on the disk".to_owned(),
        io::ErrorKind::QuotaExceeded => "the disk quota is used up".to_owned(),
        _ => error.to_string(),
    }
}

/// The tables of a run, on their way.
#[derive(Debug)]
pub struct Output {
    folder: PathBuf,
    /// Whether the user wants to overwrite what a reviewer did.
    force: bool,
    /// The highest folder that was made for this run, to be removed if the run comes to nothing.
    made: Option<PathBuf>,
    tables: Vec<(Table, BufWriter<File>)>,
    /// Held as long as the run lives.
    _lock: File,
}

impl Output {
    /// Checks that the tables may be written to a folder, and opens them aside.
    pub fn prepare(folder: &Path, tables: &[Table], force: bool) -> Result<Self, OutputError> {
        if let Some(file) = folder.ancestors().find(|above| above.exists()).filter(|above| !above.is_dir()) {
            return Err(OutputError::NotAFolder(file.to_owned()));
        }
        let not_writable = |source| OutputError::NotWritable { path: folder.to_owned(), source };
        let made = folder.ancestors().take_while(|above| !above.as_os_str().is_empty() && !above.exists()).last();
        let made = made.map(Path::to_owned);
        let temporary = folder.join(TEMPORARY);
        if temporary.is_symlink() {
            // What is in there will be deleted: not somewhere else.
            return Err(GuardError::NoFile(temporary).into());
        }
        fs::create_dir_all(&temporary).map_err(not_writable)?;
        let lock = File::create(temporary.join(LOCK)).map_err(not_writable)?;
        match lock.try_lock() {
            Err(TryLockError::WouldBlock) => return Err(OutputError::Busy(folder.to_owned())),
            // A file system without locks is still good for tables.
            Ok(()) | Err(TryLockError::Error(_)) => {}
        }
        let mut output = Self { folder: folder.to_owned(), force, made, tables: Vec::new(), _lock: lock };
        // Before the check, because what comes back may hold a review.
        output.recover().map_err(not_writable)?;
        guard::check(folder, tables, &file_names(tables), force)?;
        for table in tables {
            let file = File::create(output.path(NEW, &table.file_name())).map_err(not_writable)?;
            output.tables.push((*table, BufWriter::with_capacity(BUFFER, file)));
        }
        for (table, file) in &mut output.tables {
            file.write_all(table.header().as_bytes()).map_err(not_writable)?;
        }
        Ok(output)
    }

    /// Cleans up after a run that was killed.
    fn recover(&self) -> io::Result<()> {
        let old = self.folder.join(TEMPORARY).join(OLD);
        if let Ok(entries) = fs::read_dir(&old) {
            for entry in entries {
                let entry = entry?;
                fs::rename(entry.path(), self.folder.join(entry.file_name()))?;
            }
            fs::remove_dir(&old)?;
        }
        for left in [NEW, DONE].map(|part| self.folder.join(TEMPORARY).join(part)) {
            if left.exists() {
                fs::remove_dir_all(left)?;
            }
        }
        fs::create_dir(self.folder.join(TEMPORARY).join(NEW))
    }

    fn path(&self, part: &str, name: &str) -> PathBuf {
        self.folder.join(TEMPORARY).join(part).join(name)
    }

    fn cannot_write(&self, name: &str, source: io::Error) -> OutputError {
        OutputError::Write { folder: self.folder.clone(), name: name.to_owned(), source }
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
                let mut file = File::create(self.path(NEW, name))?;
                file.write_all(format!("{value:#}\n").as_bytes())?;
                file.sync_all()
            };
            write().map_err(|error| self.cannot_write(name, error))?;
        }
        // A long run leaves time to review the tables that it is about to replace.
        guard::check(&self.folder, &tables, &file_names(&tables), self.force)?;
        self.exchange(&file_names(&tables))?;
        self.made = None;
        Ok(())
    }

    /// Moves the old files aside and the new ones in, all or none.
    fn exchange(&self, names: &[String]) -> Result<(), OutputError> {
        let old = self.folder.join(TEMPORARY).join(OLD);
        let mut done: Vec<(PathBuf, PathBuf)> = Vec::new();
        let mut step = |from: PathBuf, to: PathBuf| {
            fs::rename(&from, &to)?;
            done.push((from, to));
            Ok(())
        };
        let mut exchange = |name: &String| -> io::Result<()> {
            let place = self.folder.join(name);
            match fs::symlink_metadata(&place) {
                Ok(found) if found.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
                Ok(_) => step(place.clone(), old.join(name))?,
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
            step(self.path(NEW, name), place)
        };
        let result = fs::create_dir(&old)
            .map_err(|error| (TEMPORARY.to_owned(), error))
            .and_then(|()| names.iter().try_for_each(|name| exchange(name).map_err(|error| (name.clone(), error))))
            // From this step on the new tables count; a run that is killed before it is undone by the next one.
            .and_then(|()| {
                fs::rename(&old, self.folder.join(TEMPORARY).join(DONE)).map_err(|error| (TEMPORARY.to_owned(), error))
            });
        let Err((name, source)) = result else { return Ok(()) };
        let undone: Vec<_> = done.iter().rev().map(|(from, to)| fs::rename(to, from)).collect();
        let left = undone
            .iter()
            .any(Result::is_err)
            .then(|| format!("not all could be put back: the old tables are in `{}`", old.display()));
        if left.is_none() {
            // Empty now, and removed with the temporary folder in any case.
            let _ = fs::remove_dir(&old);
        }
        Err(OutputError::Place { folder: self.folder.clone(), name, source, left })
    }
}

impl Drop for Output {
    /// Removes what is temporary. Old tables that could not be put back stay: better litter than loss.
    fn drop(&mut self) {
        self.tables.clear();
        let temporary = self.folder.join(TEMPORARY);
        if temporary.join(OLD).exists() {
            return;
        }
        // What cannot be removed is removed by the next run.
        let _ = fs::remove_dir_all(temporary);
        let Some(made) = &self.made else { return };
        for folder in self.folder.ancestors().take_while(|folder| folder.starts_with(made)) {
            let _ = fs::remove_dir(folder);
        }
    }
}

/// All files of a run.
fn file_names(tables: &[Table]) -> Vec<String> {
    let own = [DATA_PACKAGE, RUN].map(str::to_owned);
    tables.iter().map(|table| table.file_name()).chain(own).collect()
}
