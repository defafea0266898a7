//! The tables: written aside, put in place together or not at all.
//!
//! They are [staged](crate::staging) in the hidden folder of the state, and the index of the state is one of the files that are put
//! in place: so tables and state are always those of one run.

use std::fs::{self, File};
use std::io::{self, Write};
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::{self, ScopedJoinHandle};

use super::guard::{self, GuardError};
use super::plan::{Kept, KeptRows};
use super::revision::Revision;
use super::run::Job;
use super::summary::Summary;
use super::tables::{Finished, TableFile};
use crate::normalize::Kind;
use crate::review::decision::Decisions;
use crate::review::{Review, shown};
use crate::staging::{Staging, StagingError, explain};
use crate::state::{
    self, Block, COLLECTED, Entry, FOLDER, INDEX, Known, RunFacts, SHOWN, STAMPS, StateWriter, Store, TABLES, Written,
};
use crate::table::datapackage::descriptor;
use crate::table::schema::Table;
use crate::table::{DocumentCounts, DocumentRows};

/// What the state is called in messages.
const STATE: &str = "the state";

const DATA_PACKAGE: &str = "datapackage.json";
const RUN: &str = "run.json";

/// Why tables cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// The output folder cannot be had, or the tables cannot be put in place.
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
pub struct Output {
    /// Whether the user wants to overwrite what a reviewer did.
    force: bool,
    tables: Vec<TableFile>,
    /// Rows as made; none where no state is written.
    state: Option<StateWriter>,
    /// What people decided.
    review: Review,
    revision: Revision,
    /// Dropped last: it takes away what is temporary.
    staging: Staging,
}

impl Output {
    /// Checks that the tables may be written to a folder, and opens them aside.
    ///
    /// What people decided is applied to the rows; what they decided in tables that are in the way and is not collected
    /// yet is an error, unless they are to be overwritten by `force`.
    pub fn prepare(folder: &Path, tables: &[Table], review: Review, force: bool) -> Result<Self, OutputError> {
        let staging = Staging::open(folder, FOLDER, place_of)?;
        let not_writable = |source| StagingError::NotWritable { path: folder.to_owned(), source };
        state::clean(folder).map_err(not_writable)?;
        let revision = Revision::new(&review, kinds(tables));
        let mut output = Self { force, tables: Vec::new(), state: None, review, revision, staging };
        guard::check(folder, tables, &file_names(tables), &output.review, force)?;
        for table in tables {
            let path = output.staging.path(&table.file_name());
            output.tables.push(TableFile::create(*table, &path).map_err(not_writable)?);
        }
        Ok(output)
    }

    /// How many decisions are about facts that are gone, once all rows are written.
    pub(super) fn orphans(&self) -> u64 {
        self.revision.orphans()
    }

    /// The output folder.
    pub(super) fn folder(&self) -> &Path {
        self.staging.folder()
    }

    /// From now on rows are remembered for the next run; `earlier` is the state whose rows may be kept.
    pub(super) fn remember(&mut self, earlier: Option<&Store>) -> Result<(), OutputError> {
        let writer = StateWriter::create(self.folder(), &self.staging.path(INDEX), earlier);
        self.state = Some(writer.map_err(|error| self.cannot_write(INDEX, error))?);
        Ok(())
    }

    fn cannot_write(&self, name: &str, source: io::Error) -> OutputError {
        OutputError::Write { folder: self.folder().to_owned(), name: name.to_owned(), source }
    }

    /// Appends the rows of the next document: as made to the state, as written to the tables. What a reviewer decided about
    /// them is applied here and in [`Self::keep`] only; gives the rows as written where that changed them.
    pub(super) fn append(&mut self, known: &Known, made: &DocumentRows) -> Result<Option<DocumentRows>, OutputError> {
        let revised = self.revision.concerns(&known.key).then(|| self.revision.revise(&known.key, made));
        if let Some(state) = &mut self.state {
            let written = Written::of(revised.as_ref().unwrap_or(made), revised.is_some());
            let appended = state.append(known, made, written);
            appended.map_err(|error| self.cannot_write(STATE, error))?;
        }
        self.write(|table| revised.as_ref().unwrap_or(made).table(table))?;
        Ok(revised)
    }

    /// Whether rows that the run before wrote can be copied from its tables, all of which are opened for it.
    pub(super) fn copy_from(&mut self, earlier: &Store) -> bool {
        let folder = self.staging.folder();
        let can_copy = self.tables.iter_mut().all(|table| table.open_earlier(folder, earlier));
        if !can_copy {
            self.tables.iter_mut().for_each(TableFile::forget_earlier);
        }
        can_copy
    }

    /// What people decided.
    pub(super) fn decisions(&self) -> Arc<Decisions> {
        self.revision.decisions()
    }

    /// Appends the rows that documents had in the run before; `count` is told what each adds to the counts of the run.
    pub(super) fn keep(
        &mut self,
        kept: Kept<'_>,
        count: &mut dyn FnMut(&str, &DocumentCounts),
    ) -> Result<(), OutputError> {
        match &kept.rows {
            KeptRows::InTables(start) => self.keep_written(*start, kept.entries, count),
            KeptRows::InBlock(stored) => {
                let documents = kept.documents();
                // The worker has loaded it.
                let block = stored.with(&documents).map_err(|problem| self.cannot_write(STATE, damaged(problem)))?;
                self.keep_made(block, kept.entries, count)
            }
        }
    }

    /// Copies rows from the tables of the run before, where they start at these places.
    fn keep_written(
        &mut self,
        start: [u64; TABLES],
        entries: Vec<Entry>,
        count: &mut dyn FnMut(&str, &DocumentCounts),
    ) -> Result<(), OutputError> {
        let mut end = start;
        for entry in entries {
            entry.written.step(&mut end);
            count(&entry.known.key, &entry.counts);
            if let Some(state) = &mut self.state {
                state.keep(entry, None).map_err(|error| self.cannot_write(STATE, error))?;
            }
        }
        self.each_table(|file| file.copy(start[file.table.index()]..end[file.table.index()]))
    }

    /// Writes rows that are as they were made, with what people decided about them.
    fn keep_made(
        &mut self,
        block: &Block,
        mut entries: Vec<Entry>,
        count: &mut dyn FnMut(&str, &DocumentCounts),
    ) -> Result<(), OutputError> {
        // The first document whose rows are not written yet.
        let mut next = entries.first().map_or(0, Entry::document);
        for entry in &mut entries {
            let number = entry.document();
            let made = |table| block.rows(table, number..number + 1);
            if !self.revision.concerns(&entry.known.key) {
                entry.written =
                    Written { lengths: Table::ALL.map(|table| made(table).len() as u64), is_revised: false };
                count(&entry.known.key, &entry.counts);
                continue;
            }
            self.write(|table| block.rows(table, next..number))?;
            next = number + 1;
            let revised = self.revision.revise(&entry.known.key, &block.document(number, entry.counts.clone()));
            self.write(|table| revised.table(table))?;
            entry.written = Written::of(&revised, true);
            count(&entry.known.key, &revised.counts);
        }
        let end = entries.last().map_or(next, |entry| entry.document() + 1);
        self.write(|table| block.rows(table, next..end))?;
        let Some(state) = &mut self.state else { return Ok(()) };
        let stored = entries.into_iter().try_for_each(|entry| state.keep(entry, Some(block)));
        stored.map_err(|error| self.cannot_write(STATE, error))
    }

    /// Writes rows to the end of each table.
    fn write<'r>(&mut self, rows: impl Fn(Table) -> &'r [u8]) -> Result<(), OutputError> {
        self.each_table(|file| file.write(rows(file.table)))
    }

    fn each_table(&mut self, mut act: impl FnMut(&mut TableFile) -> io::Result<()>) -> Result<(), OutputError> {
        let failed =
            self.tables.iter_mut().find_map(|file| act(file).err().map(|error| (file.table.file_name(), error)));
        match failed {
            None => Ok(()),
            Some((name, error)) => Err(self.cannot_write(&name, error)),
        }
    }

    /// Ends the tables and the state, describes them, and puts all in place.
    pub(super) fn place(mut self, job: &Job<'_>, summary: &Summary, facts: RunFacts) -> Result<(), OutputError> {
        let (mut names, mut stamps) = (Vec::new(), Vec::new());
        let has_state = self.state.is_some();
        // Each waits for the disk: together they wait once.
        let (finished, state) = thread::scope(|scope| {
            let finish = |file: TableFile| (file.table.file_name(), scope.spawn(|| file.finish()));
            let tables: Vec<_> = std::mem::take(&mut self.tables).into_iter().map(finish).collect();
            let state = self.state.take().map_or(Ok(()), |state| state.finish(facts, summary.damage.is_none()));
            let join = |thread: ScopedJoinHandle<'_, _>| thread.join().unwrap_or_else(|panic| resume_unwind(panic));
            (tables.into_iter().map(|(name, thread)| (name, join(thread))).collect::<Vec<_>>(), state)
        });
        for (name, finished) in finished {
            let stamp = match finished.map_err(|error| self.cannot_write(&name, error))? {
                Finished::Same(stamp) => Some(stamp),
                Finished::Written(stamp) => {
                    names.push(name.clone());
                    stamp
                }
            };
            stamps.extend(stamp.map(|stamp| (name, stamp)));
        }
        state.map_err(|error| self.cannot_write(STATE, error))?;
        if has_state {
            self.remember_shown().map_err(|error| self.cannot_write(SHOWN, error))?;
        }
        let record = job.record;
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
        guard::check(self.folder(), &tables, &file_names(&tables), &self.review, self.force)?;
        names.extend([DATA_PACKAGE, RUN].map(str::to_owned));
        // Where no state was made, an old one goes: it does not belong to these tables.
        names.extend(OF_STATE.map(str::to_owned));
        self.staging.place(&names.iter().map(String::as_str).collect::<Vec<_>>())?;
        if has_state {
            shown::remember_stamps(self.folder(), &stamps);
            // Without it a report has to be told where the documents are.
            let _ = state::remember_input(self.folder(), job.input);
        } else {
            let _ = fs::remove_file(self.folder().join(FOLDER).join(STAMPS));
            state::forget_input(self.folder());
        }
        // Segments that are no longer needed cost room and nothing else; the next run tries again.
        let _ = state::clean(self.folder());
        Ok(())
    }

    /// Writes the decisions that the tables show.
    fn remember_shown(&self) -> io::Result<()> {
        if self.review.lines.is_empty() {
            return Ok(());
        }
        let mut file = File::create(self.staging.path(SHOWN))?;
        file.write_all(&shown::bytes(&self.review.lines)?)?;
        file.sync_all()
    }
}

fn damaged(problem: &str) -> io::Error {
    io::Error::other(problem.to_owned())
}

impl Drop for Output {
    /// Takes away what of the state is not in place.
    fn drop(&mut self) {
        self.tables.clear();
        self.state = None;
        let _ = state::clean(self.folder());
    }
}

/// Files of the state that are put in place together with the tables.
const OF_STATE: [&str; 3] = [INDEX, SHOWN, COLLECTED];

/// Where a file belongs.
fn place_of(name: &str) -> PathBuf {
    if OF_STATE.contains(&name) { Path::new(FOLDER).join(name) } else { PathBuf::from(name) }
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
