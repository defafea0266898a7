//! What a worker does: from a task to rows.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::plan::{Kept, KeptRows, Stored, Task};
use super::read::{Content, read};
use super::run::{BYTES_IN_FLIGHT, Job};
use super::sources::{Origin, Source};
use super::window::Load;
use crate::document::Document;
use crate::state::{ContentHash, Known, Stamp};
use crate::table::{DocumentRows, FailedDocument, RowWriter};

/// What became of a task.
pub(super) enum Done<'a> {
    /// The rows of a document were made.
    Made(Box<Made>),
    /// Rows of the run before hold; whether their documents were not even read.
    Kept(Kept<'a>, bool),
    /// Rows could not be kept, because the state is damaged: why, and the rows made anew.
    Remade(String, Vec<Made>),
}

/// A document and the rows that were made of it.
pub(super) struct Made {
    pub(super) known: Known,
    pub(super) rows: DocumentRows,
}

impl Load for Done<'_> {
    fn bytes(&self) -> u64 {
        match self {
            Self::Made(made) => made.rows.len() as u64,
            Self::Kept(kept, _) => kept.bytes(),
            Self::Remade(_, all) => all.iter().map(|made| made.rows.len() as u64).sum(),
        }
    }
}

impl Load for Task<'_> {
    fn bytes(&self) -> u64 {
        match self {
            Self::Read(source, _) => source.bytes,
            Self::Keep(kept) => kept.bytes(),
        }
    }
}

impl Kept<'_> {
    /// Bytes of its block: others may share it, and what an unread block says of itself may be anything.
    fn bytes(&self) -> u64 {
        match &self.rows {
            KeptRows::InTables(_) => 0,
            KeptRows::InBlock(block) => block.bytes().min(BYTES_IN_FLIGHT),
        }
    }
}

/// What a worker keeps between documents.
#[derive(Default)]
pub(super) struct Worker {
    writer: RowWriter,
    /// Memory for the bytes of a document.
    buffer: Vec<u8>,
}

/// Bytes of that memory which a long document may leave behind.
const BUFFER: usize = 4 << 20;

/// What can be known of a document by reading it.
#[derive(Default)]
struct Seen {
    bytes: Option<u64>,
    stamp: Option<Stamp>,
    sha256: Option<ContentHash>,
}

impl Worker {
    /// Does a task. `spare` are rows whose memory may be used.
    pub(super) fn work<'a>(&mut self, job: &Job<'a>, task: Task<'a>, spare: DocumentRows) -> Done<'a> {
        match task {
            Task::Read(source, None) => Done::Made(Box::new(self.make(job, source, None, spare))),
            Task::Read(source, Some(stored)) => self.compare(job, source, *stored, spare),
            Task::Keep(kept) => match kept.check() {
                Ok(()) => Done::Kept(kept, true),
                Err(problem) => {
                    let make = |source| self.make(job, source, None, DocumentRows::default());
                    Done::Remade(problem, kept.sources.iter().map(make).collect())
                }
            },
        }
    }

    /// Keeps the stored rows of a document if it has the content that they were made of.
    fn compare<'a>(&mut self, job: &Job<'a>, source: &'a Source, stored: Stored, spare: DocumentRows) -> Done<'a> {
        let content = match read(source, job.cancelled, std::mem::take(&mut self.buffer)) {
            Ok(content) => content,
            Err(error) => return Done::Made(Box::new(failed(job, source, Seen::default(), error))),
        };
        let Stored { mut entry, rows } = stored;
        if entry.known.sha256 != Some(ContentHash::of(&content.bytes)) {
            return Done::Made(Box::new(self.make(job, source, Some(content), spare)));
        }
        entry.known.stamp = content.stamp;
        let kept = Kept { sources: std::slice::from_ref(source), entries: vec![entry], rows };
        match kept.check() {
            Ok(()) => {
                self.keep_buffer(content.bytes);
                Done::Kept(kept, false)
            }
            Err(problem) => Done::Remade(problem, vec![self.make(job, source, Some(content), spare)]),
        }
    }

    fn keep_buffer(&mut self, bytes: Vec<u8>) {
        self.buffer = bytes;
        self.buffer.clear();
        self.buffer.shrink_to(BUFFER);
    }

    /// The rows of one document, whatever happens: an error, or a bug of ours that panics, costs this document only.
    fn make(&mut self, job: &Job<'_>, source: &Source, content: Option<Content>, mut rows: DocumentRows) -> Made {
        let mut seen = Seen::default();
        // What a panic leaves behind is dropped with the document, or cleared before the next: nothing half-done is seen
        // by others.
        let outcome = catch_unwind(AssertUnwindSafe(|| self.try_make(job, source, content, &mut seen, &mut rows)));
        let error = match outcome {
            Ok(Ok(())) => return Made { known: known(job, source, seen), rows },
            Ok(Err(error)) => error,
            Err(panic) => {
                seen.sha256 = None;
                format!("internal error (please report it): {}", message_of(panic.as_ref()))
            }
        };
        failed(job, source, seen, error)
    }

    /// Makes the rows of a document.
    fn try_make(
        &mut self,
        job: &Job<'_>,
        source: &Source,
        content: Option<Content>,
        seen: &mut Seen,
        rows: &mut DocumentRows,
    ) -> Result<(), String> {
        let content = match content {
            Some(content) => content,
            None => read(source, job.cancelled, std::mem::take(&mut self.buffer))?,
        };
        (seen.bytes, seen.stamp) = (Some(content.bytes.len() as u64), content.stamp);
        let mut document = Document::read(content.bytes, &source.key, job.documents).map_err(|error| {
            seen.sha256 = self.sha256_of(job, source, seen.stamp);
            format!("{}: {error}", error.code())
        })?;
        job.metadata.apply(&mut document);
        let extraction = (job.extract)(&document);
        self.writer.rows(&document, &extraction, &job.record.kinds, rows);
        seen.sha256 = ContentHash::parse(&document.sha256);
        self.keep_buffer(document.text.into_bytes());
        Ok(())
    }

    /// The hash of a file that was read, but is no document: with it, the file need not be read again until it changes.
    fn sha256_of(&mut self, job: &Job<'_>, source: &Source, stamp: Option<Stamp>) -> Option<ContentHash> {
        let (Origin::File(_), Some(_)) = (&source.origin, stamp) else { return None };
        let again = read(source, job.cancelled, std::mem::take(&mut self.buffer)).ok()?;
        let sha256 = (again.stamp == stamp).then(|| ContentHash::of(&again.bytes));
        self.keep_buffer(again.bytes);
        sha256
    }
}

fn known(job: &Job<'_>, source: &Source, seen: Seen) -> Known {
    let Seen { stamp, sha256, .. } = seen;
    Known { key: source.key.clone(), stamp, sha256, metadata: job.metadata.digest(&source.key) }
}

fn failed(job: &Job<'_>, source: &Source, seen: Seen, error: String) -> Made {
    let rows = DocumentRows::failed(&FailedDocument { key: source.key.clone(), bytes: seen.bytes, error });
    Made { known: known(job, source, seen), rows }
}

fn message_of(panic: &(dyn std::any::Any + Send)) -> &str {
    let owned = panic.downcast_ref::<String>().map(String::as_str);
    owned.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no message")
}
