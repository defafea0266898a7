//! The tables: written aside, put in place together or not at all.
//!
//! All files are written into a temporary folder *inside* the output folder, because only within one file system is a
//! rename a single step. At the end the old files are moved aside, the new ones moved in; if one of these steps fails,
//! the ones before it are undone. The index of the state is one of these files, so tables and state are always those of
//! one run. The temporary folder has a fixed name and a lock beside it: a second run on the same folder is refused, and
//! what a killed run left behind is recognized and cleaned up by the next one (its lock is gone), putting old files
//! back where it died in the middle of the change.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::guard::{self, GuardError};
use super::lock;
use super::plan::Kept;
use super::revision::Revision;
use super::summary::{RunRecord, Summary};
use crate::normalize::Kind;
use crate::review::{Review, shown};
use crate::state::{
    self, COLLECTED, FOLDER, INDEX, Known, LOCK, OLD, RunFacts, SHOWN, STAMPS, StateWriter, Store, TEMPORARY,
};
use crate::table::datapackage::descriptor;
use crate::table::schema::Table;
use crate::table::{DocumentCounts, DocumentRows};

/// In the temporary folder, beside [`OLD`]: the new files; the old files after the change; the names of files that were
/// not there before it.
const NEW: &str = "new";
const DONE: &str = "done";
const ABSENT: &str = "absent";

/// Bytes of a table that are written at once.
const BUFFER: usize = 1 << 18;

/// What the state is called in messages.
const STATE: &str = "the state";

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
pub(crate) fn explain(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::StorageFull => "no space left on the disk".to_owned(),
        io::ErrorKind::QuotaExceeded => "the disk quota is used up".to_owned(),
        _ => error.to_string(),
    }
}

/// The tables of a run, on their way.
pub struct Output {
    folder: PathBuf,
    /// Whether the user wants to overwrite what a reviewer did.
    force: bool,
    /// The highest folder that was made for this run, to be removed if the run comes to nothing.
    made: Option<PathBuf>,
    tables: Vec<(Table, BufWriter<File>)>,
    /// Rows as made; none where no state is written.
    state: Option<StateWriter>,
    /// What people decided.
    review: Review,
    revision: Revision,
    /// Held as long as the run lives.
    _lock: File,
}

impl Output {
    /// Checks that the tables may be written to a folder, and opens them aside.
    ///
    /// What people decided is applied to the rows; what they decided in tables that are in the way and is not collected
    /// yet is an error, unless they are to be overwritten by `force`.
    pub fn prepare(folder: &Path, tables: &[Table], review: Review, force: bool) -> Result<Self, OutputError> {
        if let Some(file) = folder.ancestors().find(|above| above.exists()).filter(|above| !above.is_dir()) {
            return Err(OutputError::NotAFolder(file.to_owned()));
        }
        let not_writable = |source| OutputError::NotWritable { path: folder.to_owned(), source };
        let made = folder.ancestors().take_while(|above| !above.as_os_str().is_empty() && !above.exists()).last();
        let made = made.map(Path::to_owned);
        let hidden = folder.join(FOLDER);
        if let Some(link) = [hidden.join(TEMPORARY), hidden.clone()].into_iter().find(|path| path.is_symlink()) {
            // What is in there will be deleted: not somewhere else.
            return Err(GuardError::NoFile(link).into());
        }
        let lock = lock::acquire(&hidden.join(LOCK)).map_err(not_writable)?;
        let lock = lock.ok_or_else(|| OutputError::Busy(folder.to_owned()))?;
        let mut output = Self {
            folder: folder.to_owned(),
            force,
            made,
            tables: Vec::new(),
            state: None,
            revision: Revision::new(&review, kinds(tables)),
            review,
            _lock: lock,
        };
        // Before the check, because what comes back may hold a review.
        output.recover().map_err(not_writable)?;
        guard::check(folder, tables, &file_names(tables), &output.review, force)?;
        for table in tables {
            let file = File::create(output.path(NEW, &table.file_name())).map_err(not_writable)?;
            output.tables.push((*table, BufWriter::with_capacity(BUFFER, file)));
        }
        for (table, file) in &mut output.tables {
            file.write_all(table.header().as_bytes()).map_err(not_writable)?;
        }
        Ok(output)
    }

    /// How many decisions are about facts that are gone, once all rows are written.
    pub(super) fn orphans(&self) -> u64 {
        self.revision.orphans()
    }

    /// The output folder.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// From now on rows are remembered for the next run; `earlier` is the state whose rows may be kept.
    pub(super) fn remember(&mut self, earlier: Option<&Store>) -> Result<(), OutputError> {
        let writer = StateWriter::create(&self.folder, &self.path(NEW, INDEX), earlier);
        self.state = Some(writer.map_err(|error| self.cannot_write(INDEX, error))?);
        Ok(())
    }

    /// Cleans up after a run that was killed.
    fn recover(&self) -> io::Result<()> {
        let temporary = self.temporary();
        let old = temporary.join(OLD);
        if old.exists() {
            // The list was complete before the folder was made.
            for name in fs::read_to_string(temporary.join(ABSENT)).unwrap_or_default().lines() {
                match fs::remove_file(self.place_of(name)) {
                    Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                    _ => {}
                }
            }
            for entry in fs::read_dir(&old)? {
                let entry = entry?;
                fs::rename(entry.path(), self.place_of(&entry.file_name().to_string_lossy()))?;
            }
            fs::remove_dir(&old)?;
        }
        if temporary.exists() {
            fs::remove_dir_all(&temporary)?;
        }
        state::clean(&self.folder)?;
        fs::create_dir_all(temporary.join(NEW))
    }

    fn temporary(&self) -> PathBuf {
        self.folder.join(FOLDER).join(TEMPORARY)
    }

    fn path(&self, part: &str, name: &str) -> PathBuf {
        self.temporary().join(part).join(name)
    }

    /// Where a file belongs.
    fn place_of(&self, name: &str) -> PathBuf {
        if [INDEX, SHOWN, COLLECTED].contains(&name) {
            self.folder.join(FOLDER).join(name)
        } else {
            self.folder.join(name)
        }
    }

    fn cannot_write(&self, name: &str, source: io::Error) -> OutputError {
        OutputError::Write { folder: self.folder.clone(), name: name.to_owned(), source }
    }

    /// Appends the rows of the next document: as made to the state, as written to the tables. What a reviewer decided about
    /// them is applied here and in [`Self::keep`] only; gives the rows as written where that changed them.
    pub(super) fn append(&mut self, known: &Known, made: &DocumentRows) -> Result<Option<DocumentRows>, OutputError> {
        if let Some(state) = &mut self.state {
            let appended = state.append(known, made);
            appended.map_err(|error| self.cannot_write(STATE, error))?;
        }
        let revised = self.revision.concerns(&known.key).then(|| self.revision.revise(&known.key, made));
        let written = revised.as_ref().unwrap_or(made);
        self.write(|table| written.table(table))?;
        Ok(revised)
    }

    /// Appends the rows that documents had in the run before; `count` is told what each adds to the counts of the run.
    pub(super) fn keep(
        &mut self,
        kept: Kept<'_>,
        count: &mut dyn FnMut(&str, &DocumentCounts),
    ) -> Result<(), OutputError> {
        let documents = kept.documents();
        let damaged = |problem: &str| io::Error::other(problem.to_owned());
        // The worker has loaded it.
        let block = kept.block.with(&documents).map_err(|problem| self.cannot_write(STATE, damaged(problem)))?;
        // The first document whose rows are not written yet.
        let mut next = documents.start;
        for (number, entry) in documents.clone().zip(&kept.entries) {
            if !self.revision.concerns(&entry.known.key) {
                count(&entry.known.key, block.counts(number));
                continue;
            }
            self.write(|table| block.rows(table, next..number))?;
            next = number + 1;
            let revised = self.revision.revise(&entry.known.key, &block.document(number));
            self.write(|table| revised.table(table))?;
            count(&entry.known.key, &revised.counts);
        }
        self.write(|table| block.rows(table, next..documents.end))?;
        let Some(state) = &mut self.state else { return Ok(()) };
        let stored = kept.entries.into_iter().try_for_each(|entry| state.keep(entry, block));
        stored.map_err(|error| self.cannot_write(STATE, error))
    }

    /// Writes rows to the end of each table.
    fn write<'r>(&mut self, rows: impl Fn(Table) -> &'r [u8]) -> Result<(), OutputError> {
        let failed = self
            .tables
            .iter_mut()
            .find_map(|(table, file)| file.write_all(rows(*table)).err().map(|error| (table.file_name(), error)));
        match failed {
            None => Ok(()),
            Some((name, error)) => Err(self.cannot_write(&name, error)),
        }
    }

    /// Ends the tables and the state, describes them, and puts all in place.
    pub(super) fn place(mut self, record: &RunRecord, summary: &Summary, facts: RunFacts) -> Result<(), OutputError> {
        for (table, file) in std::mem::take(&mut self.tables) {
            // Only a synced file is surely on the disk: some file systems find out late that it is full.
            let synced = file.into_inner().map_err(io::IntoInnerError::into_error).and_then(|file| file.sync_all());
            synced.map_err(|error| self.cannot_write(&table.file_name(), error))?;
        }
        let has_state = self.state.is_some();
        if let Some(state) = self.state.take() {
            state.finish(facts).map_err(|error| self.cannot_write(STATE, error))?;
            self.remember_shown().map_err(|error| self.cannot_write(SHOWN, error))?;
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
        guard::check(&self.folder, &tables, &file_names(&tables), &self.review, self.force)?;
        let mut names = file_names(&tables);
        // Where no state was made, an old one goes: it does not belong to these tables.
        names.extend([INDEX, SHOWN, COLLECTED].map(str::to_owned));
        self.exchange(&names)?;
        match has_state {
            true => shown::remember_stamps(&self.folder, &file_names(&tables)),
            false => drop(fs::remove_file(self.folder.join(FOLDER).join(STAMPS))),
        }
        self.made = None;
        // Segments that are no longer needed cost room and nothing else; the next run tries again.
        let _ = state::clean(&self.folder);
        Ok(())
    }

    /// Writes the decisions that the tables show.
    fn remember_shown(&self) -> io::Result<()> {
        if self.review.lines.is_empty() {
            return Ok(());
        }
        let mut file = File::create(self.path(NEW, SHOWN))?;
        file.write_all(&shown::bytes(&self.review.lines)?)?;
        file.sync_all()
    }

    /// Moves the old files aside and the new ones in, all or none.
    fn exchange(&self, names: &[String]) -> Result<(), OutputError> {
        let old = self.temporary().join(OLD);
        let mut done: Vec<(PathBuf, PathBuf)> = Vec::new();
        let mut step = |from: PathBuf, to: PathBuf| {
            fs::rename(&from, &to)?;
            done.push((from, to));
            Ok(())
        };
        let mut exchange = |name: &String| -> io::Result<()> {
            let (place, new) = (self.place_of(name), self.path(NEW, name));
            match fs::symlink_metadata(&place) {
                Ok(found) if found.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
                Ok(_) => step(place.clone(), old.join(name))?,
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
            if new.exists() { step(new, place) } else { Ok(()) }
        };
        let is_absent = |name: &&String| fs::symlink_metadata(self.place_of(name)).is_err();
        let absent: String = names.iter().filter(is_absent).flat_map(|name| [name, "\n"]).collect();
        let result = fs::write(self.temporary().join(ABSENT), absent)
            .and_then(|()| fs::create_dir(&old))
            .map_err(|error| (TEMPORARY.to_owned(), error))
            .and_then(|()| names.iter().try_for_each(|name| exchange(name).map_err(|error| (name.clone(), error))))
            // From this step on the new tables count; a run that is killed before it is undone by the next one.
            .and_then(|()| {
                fs::rename(&old, self.temporary().join(DONE)).map_err(|error| (TEMPORARY.to_owned(), error))
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
        self.state = None;
        let temporary = self.temporary();
        if temporary.join(OLD).exists() {
            return;
        }
        // What cannot be removed is removed by the next run.
        let _ = fs::remove_dir_all(temporary);
        let _ = state::clean(&self.folder);
        let hidden = self.folder.join(FOLDER);
        if !hidden.join(INDEX).exists() {
            let _ = fs::remove_file(hidden.join(LOCK));
            let _ = fs::remove_dir(hidden);
        }
        let Some(made) = &self.made else { return };
        for folder in self.folder.ancestors().take_while(|folder| folder.starts_with(made)) {
            let _ = fs::remove_dir(folder);
        }
    }
}

/// The kinds of the fact tables.
fn kinds(tables: &[Table]) -> Vec<Kind> {
    let kind = |table: &Table| match table {
        Table::Facts(kind) => Some(*kind),
        Table::Documents | Table::Unclaimed => None,
    };
    tables.iter().filter_map(kind).collect()
}

/// All files of a run.
fn file_names(tables: &[Table]) -> Vec<String> {
    let own = [DATA_PACKAGE, RUN].map(str::to_owned);
    tables.iter().map(|table| table.file_name()).chain(own).collect()
}
