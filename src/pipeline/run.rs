//! Works through the documents: many workers, one writer.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

use super::earlier::{Earlier, StateUse};
use super::make::Made;
use super::metadata::MetadataTable;
use super::output::{Output, OutputError};
use super::plan::{Kept, Known, Planner};
use super::sources::Source;
use super::summary::{RunRecord, Summary};
use super::window::{Limits, Window};
use super::work::{Done, Worker};
use crate::document::{Document, DocumentRules};
use crate::resolve::Extraction;
use crate::rules::Fingerprints;

/// Tasks in flight per thread: enough that a slow one does not stop the others.
const TASKS_PER_THREAD: usize = 32;

/// Small documents that a worker takes together, where there are enough for all workers: with fewer, each step waits for its
/// code to come from the farther caches.
const TOGETHER: usize = 16;
/// So many times each worker takes documents at least.
const TURNS: usize = 4;

/// Bytes in flight (texts and rows). What the rooms make of a text is some ten times its size.
pub(super) const BYTES_IN_FLIGHT: u64 = 256 << 20;

/// A run.
pub struct Job<'a> {
    /// The documents, in order.
    pub sources: &'a [Source],
    /// The paths that the user named, which the state remembers for who reads the documents again.
    pub input: &'a [PathBuf],
    /// What the user says about documents.
    pub metadata: &'a MetadataTable,
    /// The rules for reading documents.
    pub documents: &'a DocumentRules,
    /// Finds the facts of documents, and gives what it found in one after the other. A closure, so that the run can be
    /// tested without an engine.
    pub extract: &'a Extract<'a>,
    /// What the tables depend on, for run.json; also which tables are asked for.
    pub record: &'a RunRecord,
    /// Digests of the rules, for the state; asked for only where they are not known from the run before.
    pub fingerprints: &'a (dyn Fn() -> Fingerprints + Sync),
    /// What is done with state.
    pub state: StateUse,
    /// Workers.
    pub threads: NonZeroUsize,
    /// Set from outside to stop the run.
    pub cancelled: &'a AtomicBool,
}

/// See [`Job::extract`].
pub type Extract<'a> = dyn Fn(&[Document], &mut dyn FnMut(Extraction)) + Sync + 'a;

/// Why a run came to nothing. The tables are as they were.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The user stopped it.
    #[error("stopped: the tables are as they were")]
    Stopped,
    /// The tables cannot be written.
    #[error(transparent)]
    Output(#[from] OutputError),
    /// The system gives no thread.
    #[error("cannot start a thread: {0}; try a smaller --threads")]
    Thread(#[from] rayon::ThreadPoolBuildError),
}

/// Works through the documents of a job and puts their tables in place. `observe` is told how far the run is.
pub fn run(job: &Job<'_>, mut output: Output, observe: &mut dyn FnMut(&Summary)) -> Result<Summary, RunError> {
    let mut facts = job.record.facts();
    let mut earlier = match job.state {
        StateUse::None => Earlier::default(),
        _ => Earlier::look(output.folder(), &mut facts, job.fingerprints),
    };
    let cursor = earlier.cursor();
    if job.state != StateUse::None {
        output.remember(earlier.store.as_ref())?;
    }
    let verify = job.state == StateUse::Verify;
    // Who wants to make sure gets rows that were checked.
    let can_copy = !verify && earlier.store.as_ref().is_some_and(|store| output.copy_from(store));
    let state = cursor.map(|cursor| Known { cursor, can_copy, decisions: output.decisions() });
    let planner = Planner::new(job.sources, job.metadata, state, verify);
    let threads = job.threads.get().min(job.sources.len().max(1));
    let limits = Limits {
        tasks: job.threads.get() * TASKS_PER_THREAD,
        bytes: BYTES_IN_FLIGHT,
        together: (job.sources.len() / (threads * TURNS)).clamp(1, TOGETHER),
    };
    let window = Window::new(planner, limits);
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .thread_name(|number| format!("worker {}", number + 1))
        .stack_size(STACK)
        .build()?;
    let summary = Summary { changed: earlier.changed, damage: earlier.damage.take(), ..Summary::default() };
    let mut summary = pool.in_place_scope(|scope| {
        // However this block is left, workers that wait must be told, or the scope would wait for them for ever.
        let _closer = Closer(&window);
        for _ in 0..threads {
            scope.spawn(|_| {
                let mut worker = Worker::default();
                while let Some((number, tasks)) = window.take() {
                    window.give(number, worker.work(job, tasks));
                }
            });
        }
        Writer { job, output: &mut output, summary }.write(&window, observe)
    })?;
    summary.damage = summary.damage.or(window.into_tasks().damage);
    summary.orphans = output.orphans();
    output.place(job, &summary, facts)?;
    Ok(summary)
}

/// Stack of a worker. Virtual memory only, until a deeply nested document needs it.
const STACK: usize = 8 << 20;

type RunWindow<'a> = Window<Planner<'a>, Done<'a>>;

struct Closer<'w, 'a>(&'w RunWindow<'a>);

impl Drop for Closer<'_, '_> {
    fn drop(&mut self) {
        self.0.close();
    }
}

/// Appends results in order.
struct Writer<'w, 'a> {
    job: &'w Job<'a>,
    output: &'w mut Output,
    summary: Summary,
}

impl Writer<'_, '_> {
    fn write(mut self, window: &RunWindow<'_>, observe: &mut dyn FnMut(&Summary)) -> Result<Summary, RunError> {
        while let Some(batch) = window.next() {
            let mut written = Vec::with_capacity(batch.len());
            for done in batch {
                self.stop_if_cancelled()?;
                match done {
                    Done::Made(made) => {
                        self.made(&made)?;
                        written.push(made.rows);
                    }
                    Done::Kept(kept, is_unread) => self.kept(kept, is_unread)?,
                    Done::Remade(damage, all) => {
                        self.summary.damage.get_or_insert(damage);
                        all.iter().try_for_each(|made| self.made(made))?;
                    }
                }
            }
            window.recycle(written.into_iter());
            observe(&self.summary);
        }
        self.stop_if_cancelled()?;
        Ok(self.summary)
    }

    fn stop_if_cancelled(&self) -> Result<(), RunError> {
        if self.job.cancelled.load(Ordering::Relaxed) { Err(RunError::Stopped) } else { Ok(()) }
    }

    fn made(&mut self, made: &Made) -> Result<(), RunError> {
        let revised = self.output.append(&made.known, &made.rows)?;
        self.summary.add(&made.known.key, revised.as_ref().map_or(&made.rows.counts, |rows| &rows.counts));
        Ok(())
    }

    fn kept(&mut self, kept: Kept<'_>, is_unread: bool) -> Result<(), RunError> {
        let documents = kept.entries.len() as u64;
        self.summary.kept += documents;
        self.summary.unread += if is_unread { documents } else { 0 };
        let summary = &mut self.summary;
        Ok(self.output.keep(kept, &mut |key, counts| summary.add(key, counts))?)
    }
}
