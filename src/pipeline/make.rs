//! From sources to rows, a few documents at a time.
//!
//! The code that makes the rows of a document is longer than the processor's nearer caches: with one small document after
//! the other, each step would find its code gone. So documents that were handed out together take each step together.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::read::{Content, read};
use super::run::Job;
use super::sources::{Origin, Source};
use crate::document::Document;
use crate::state::{ContentHash, Known, Stamp};
use crate::table::{DocumentRows, FailedDocument, RowWriter};

/// A document and the rows that were made of it.
pub(super) struct Made {
    pub(super) known: Known,
    pub(super) rows: DocumentRows,
}

/// What is there of a document before it is made.
pub(super) enum Given {
    /// Nothing so far.
    Nothing,
    /// It was read.
    Content(Content),
}

/// What can be known of a document by reading it.
#[derive(Default)]
pub(super) struct Seen {
    bytes: Option<u64>,
    stamp: Option<Stamp>,
    sha256: Option<ContentHash>,
}

/// Makes rows; keeps its memory between documents.
#[derive(Default)]
pub(super) struct Maker {
    writer: RowWriter,
    /// Memory for the bytes of documents.
    buffers: Vec<Vec<u8>>,
}

/// Bytes of that memory which a long document may leave behind.
const BUFFER: usize = 4 << 20;

impl Maker {
    /// The rows of documents, each with rows whose memory may be used. Whatever happens, an error or a bug of ours that
    /// panics, costs one document only.
    pub(super) fn make(&mut self, job: &Job<'_>, asked: Vec<(&Source, Given, DocumentRows)>) -> Vec<Made> {
        let (mut documents, mut rows) = (Vec::with_capacity(asked.len()), Vec::with_capacity(asked.len()));
        let mut begun = Vec::with_capacity(asked.len());
        for (source, given, spare) in asked {
            let mut seen = Seen::default();
            let read = caught(|| self.read(job, source, given, &mut seen)).unwrap_or_else(Err);
            let read = read.map(|document| {
                documents.push(document);
                rows.push(spare);
            });
            begun.push((source, seen, read));
        }
        let found = self.rows(job, &documents, &mut rows);
        let mut found = documents.into_iter().zip(rows).zip(found);
        let mut made = Vec::with_capacity(begun.len());
        for (source, mut seen, read) in begun {
            let outcome = read.and_then(|()| {
                let ((document, rows), found) = found.next().ok_or(UNTOLD)?;
                seen.sha256 = found.is_ok().then(|| ContentHash::parse(&document.sha256)).flatten();
                self.keep_buffer(document.text.into_bytes());
                found.map(|()| rows)
            });
            made.push(match outcome {
                Ok(rows) => Made { known: known(job, source, seen), rows },
                Err(error) => failed(job, source, seen, error),
            });
        }
        made
    }

    /// Makes the rows of documents that were read; tells of each whether it could be done. Where something panics, the
    /// documents that are left are looked at one by one.
    fn rows(&mut self, job: &Job<'_>, documents: &[Document], rows: &mut [DocumentRows]) -> Vec<Result<(), String>> {
        let mut done = 0;
        let outcome = caught(|| {
            (job.extract)(documents, &mut |extraction| {
                self.writer.rows(&documents[done], &extraction, &job.record.kinds, &mut rows[done]);
                done += 1;
            });
        });
        let mut outcomes = vec![Ok(()); done];
        match outcome {
            Ok(()) => {}
            Err(error) if documents.len() == 1 => outcomes.push(Err(error)),
            Err(_) => {
                let left = documents[done..].chunks(1).zip(rows[done..].chunks_mut(1));
                outcomes.extend(left.flat_map(|(document, rows)| self.rows(job, document, rows)));
            }
        }
        outcomes
    }

    /// Reads a document.
    fn read(&mut self, job: &Job<'_>, source: &Source, given: Given, seen: &mut Seen) -> Result<Document, String> {
        let content = match given {
            Given::Content(content) => content,
            Given::Nothing => read(source, job.cancelled, self.buffer())?,
        };
        (seen.bytes, seen.stamp) = (Some(content.bytes.len() as u64), content.stamp);
        let mut document = Document::read(content.bytes, &source.key, job.documents).map_err(|error| {
            seen.sha256 = self.sha256_of(job, source, seen.stamp);
            format!("{}: {error}", error.code())
        })?;
        job.metadata.apply(&mut document);
        Ok(document)
    }

    /// The hash of a file that was read, but is no document: with it, the file need not be read again until it changes.
    fn sha256_of(&mut self, job: &Job<'_>, source: &Source, stamp: Option<Stamp>) -> Option<ContentHash> {
        let (Origin::File(_), Some(_)) = (&source.origin, stamp) else { return None };
        let again = read(source, job.cancelled, self.buffer()).ok()?;
        let sha256 = (again.stamp == stamp).then(|| ContentHash::of(&again.bytes));
        self.keep_buffer(again.bytes);
        sha256
    }

    /// Memory for the bytes of a document.
    pub(super) fn buffer(&mut self) -> Vec<u8> {
        self.buffers.pop().unwrap_or_default()
    }

    /// Takes that memory back.
    pub(super) fn keep_buffer(&mut self, mut bytes: Vec<u8>) {
        bytes.clear();
        bytes.shrink_to(BUFFER);
        self.buffers.push(bytes);
    }
}

/// Said of a document of which the engine gave nothing.
const UNTOLD: &str = "internal error (please report it): expected the facts of each document, found none of this one";

/// What a step gives, or the message of its panic. What a panic leaves behind is dropped with the document, or cleared
/// before the next: nothing half-done is seen by others.
fn caught<T>(step: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(step))
        .map_err(|panic| format!("internal error (please report it): {}", message_of(panic.as_ref())))
}

fn known(job: &Job<'_>, source: &Source, seen: Seen) -> Known {
    let Seen { stamp, sha256, .. } = seen;
    Known { key: source.key.clone(), stamp, sha256, metadata: job.metadata.digest(&source.key) }
}

/// What is told of a document of which no rows could be made.
pub(super) fn failed(job: &Job<'_>, source: &Source, seen: Seen, error: String) -> Made {
    let rows = DocumentRows::failed(&FailedDocument { key: source.key.clone(), bytes: seen.bytes, error });
    Made { known: known(job, source, seen), rows }
}

fn message_of(panic: &(dyn std::any::Any + Send)) -> &str {
    let owned = panic.downcast_ref::<String>().map(String::as_str);
    owned.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no message")
}
