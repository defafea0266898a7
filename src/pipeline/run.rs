//! Works through the documents: many workers, one writer.

use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};

use super::metadata::MetadataTable;
use super::output::{Output, OutputError};
use super::read::read;
use super::sources::Source;
use super::summary::{RunRecord, Summary};
use super::window::{Limits, Window};
use crate::document::{Document, DocumentRules};
use crate::resolve::Extraction;
use crate::table::{DocumentRows, FailedDocument, RowWriter};

/// Documents in flight per thread: enough that a slow one does not stop the others.
const DOCUMENTS_PER_THREAD: usize = 32;

/// Bytes in flight (texts and rows). What the rooms make of a text is some ten times its size.
const BYTES_IN_FLIGHT: u64 = 256 << 20;

/// A run.
pub struct Job<'a> {
    /// The documents, in order.
    pub sources: &'a [Source],
    /// What the user says about documents.
    pub metadata: &'a MetadataTable,
    /// The rules for reading documents.
    pub documents: &'a DocumentRules,
    /// Finds the facts of a document. A closure, so that the run can be tested without an engine.
    pub extract: &'a (dyn Fn(&Document) -> Extraction + Sync),
    /// What the tables depend on, for run.json; also which tables are asked for.
    pub record: &'a RunRecord,
    /// Workers.
    pub threads: NonZeroUsize,
    /// Set from outside to stop the run.
    pub cancelled: &'a AtomicBool,
}

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
    let limits = Limits { documents: job.threads.get() * DOCUMENTS_PER_THREAD, bytes: BYTES_IN_FLIGHT };
    let window = Window::new(job.sources, limits);
    let threads = job.threads.get().min(job.sources.len().max(1));
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .thread_name(|number| format!("worker {}", number + 1))
        .stack_size(STACK)
        .build()?;
    let summary = pool.in_place_scope(|scope| {
        // However this block is left, workers that wait must be told, or the scope would wait for them for ever.
        let _closer = Closer(&window);
        for _ in 0..threads {
            scope.spawn(|_| {
                let mut worker = Worker::default();
                while let Some((index, source, spare)) = window.take() {
                    window.give(index, worker.rows_of(job, source, spare));
                }
            });
        }
        write(job, &window, &mut output, observe)
    })?;
    output.place(job.record, &summary)?;
    Ok(summary)
}

/// Stack of a worker. Virtual memory only, until a deeply nested document needs it.
const STACK: usize = 8 << 20;

struct Closer<'a>(&'a Window<'a>);

impl Drop for Closer<'_> {
    fn drop(&mut self) {
        self.0.close();
    }
}

/// The writer: appends rows in order.
fn write(
    job: &Job<'_>,
    window: &Window<'_>,
    output: &mut Output,
    observe: &mut dyn FnMut(&Summary),
) -> Result<Summary, RunError> {
    let mut summary = Summary::default();
    while let Some(batch) = window.next() {
        if job.cancelled.load(Ordering::Relaxed) {
            return Err(RunError::Stopped);
        }
        for rows in &batch {
            let source = &job.sources[summary.documents as usize];
            summary.add(&source.key, &rows.counts);
            output.append(rows)?;
        }
        window.recycle(batch);
        observe(&summary);
    }
    if job.cancelled.load(Ordering::Relaxed) { Err(RunError::Stopped) } else { Ok(summary) }
}

/// What a worker keeps between documents.
#[derive(Default)]
struct Worker {
    writer: RowWriter,
    /// Memory for the bytes of a document.
    buffer: Vec<u8>,
}

/// Bytes of that memory which a long document may leave behind.
const BUFFER: usize = 4 << 20;

impl Worker {
    /// The rows of one document, whatever happens: an error, or a bug of ours that panics, costs this document only.
    fn rows_of(&mut self, job: &Job<'_>, source: &Source, mut spare: DocumentRows) -> DocumentRows {
        let mut bytes = None;
        // What a panic leaves behind is dropped with the document, or cleared before the next: nothing half-done is seen
        // by others.
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            let content = read(source, job.cancelled, std::mem::take(&mut self.buffer))?;
            bytes = Some(content.len() as u64);
            let mut document = Document::read(content, &source.key, job.documents)
                .map_err(|error| format!("{}: {error}", error.code()))?;
            job.metadata.apply(&mut document);
            let extraction = (job.extract)(&document);
            self.writer.rows(&document, &extraction, &job.record.kinds, &mut spare);
            self.buffer = document.text.into_bytes();
            self.buffer.clear();
            self.buffer.shrink_to(BUFFER);
            Ok(())
        }));
        let error = match outcome {
            Ok(Ok(())) => return spare,
            Ok(Err(error)) => error,
            Err(panic) => format!("internal error (please report it): {}", message_of(panic.as_ref())),
        };
        DocumentRows::failed(&FailedDocument { key: source.key.clone(), bytes, error })
    }
}

fn message_of(panic: &(dyn std::any::Any + Send)) -> &str {
    let owned = panic.downcast_ref::<String>().map(String::as_str);
    owned.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no message")
}
