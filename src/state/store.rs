//! A state that was written, for those who read it.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::block::{Block, StoredBlock};
use super::error::StateError;
use super::hash::ContentHash;
use super::index::{Entry, IndexReader, SegmentRecord};
use super::run::RunFacts;
use super::segment::{SegmentReader, file_name, numbers};
use super::stamp::Stamp;
use super::{FOLDER, INDEX, LOCK, OLD, TEMPORARY};
use crate::table::schema::Table;
use crate::table::{DocumentCounts, DocumentRows};

/// The state of the last run into an output folder. While it is open, no run writes there.
pub struct Store {
    folder: PathBuf,
    run: RunFacts,
    documents: u64,
    segments: Vec<SegmentRecord>,
    _lock: Option<File>,
}

impl Store {
    /// The state in an output folder.
    pub fn open(out: &Path) -> Result<Self, StateError> {
        let folder = out.join(FOLDER);
        // Where there is no lock, or no right to it, there is no run that could be in the way.
        let lock = File::open(folder.join(LOCK)).ok();
        if let Some(Err(TryLockError::WouldBlock)) = lock.as_ref().map(File::try_lock_shared) {
            return Err(StateError::Busy(out.to_owned()));
        }
        if folder.join(TEMPORARY).join(OLD).exists() {
            return Err(StateError::Interrupted(out.to_owned()));
        }
        Self::open_locked(out).map(|store| Self { _lock: lock, ..store })
    }

    /// The same for the run that holds the lock.
    pub(crate) fn open_locked(out: &Path) -> Result<Self, StateError> {
        let folder = out.join(FOLDER);
        let path = folder.join(INDEX);
        match fs::metadata(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(StateError::Missing(out.to_owned())),
            _ => {}
        }
        let footer = IndexReader::open(&path)?.footer;
        Ok(Self { folder, run: footer.run, documents: footer.documents, segments: footer.segments, _lock: None })
    }

    /// What the run depended on.
    pub fn run(&self) -> &RunFacts {
        &self.run
    }

    /// How many documents there are.
    pub fn len(&self) -> u64 {
        self.documents
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.documents == 0
    }

    /// The documents, in the order of their keys. An error is the last that comes.
    pub fn documents(&self) -> Result<Documents, StateError> {
        self.cursor().map(|cursor| Documents { cursor: Some(cursor) })
    }

    pub(super) fn segments(&self) -> &[SegmentRecord] {
        &self.segments
    }

    pub(crate) fn cursor(&self) -> Result<Cursor, StateError> {
        let index = IndexReader::open(&self.folder.join(INDEX))?;
        let reader = |segment: &SegmentRecord| {
            let number = segment.number;
            let cannot = |error: io::Error| format!("`{}` cannot be read: {error}", file_name(number));
            (number, SegmentReader::open(&self.folder, number).map_err(cannot))
        };
        let segments = self.segments.iter().map(reader).collect();
        Ok(Cursor { index, segments })
    }
}

/// Goes through a state.
pub(crate) struct Cursor {
    index: IndexReader,
    segments: Vec<(u64, Result<SegmentReader, String>)>,
}

impl Cursor {
    /// The next document, and its rows or what is wrong with them. After an error there are no more.
    #[allow(clippy::type_complexity)]
    pub(crate) fn next(&mut self) -> Result<Option<(Entry, Result<Arc<StoredBlock>, String>)>, StateError> {
        let Some(entry) = self.index.next()? else { return Ok(None) };
        let segment = self.segments.iter_mut().find(|(number, _)| *number == entry.place.segment);
        let block = match segment {
            Some((_, Ok(reader))) => reader.block(entry.place.block),
            Some((_, Err(problem))) => Err(problem.clone()),
            None => Err(format!("it has no segment {}", entry.place.segment)),
        };
        Ok(Some((entry, block)))
    }
}

/// The documents of a state, in the order of their keys.
pub struct Documents {
    cursor: Option<Cursor>,
}

impl Iterator for Documents {
    type Item = Result<StoredDocument, StateError>;

    fn next(&mut self) -> Option<Self::Item> {
        let cursor = self.cursor.as_mut()?;
        let next = cursor.next().and_then(|next| {
            let Some((entry, block)) = next else { return Ok(None) };
            let document = block.and_then(|block| StoredDocument::new(entry, block));
            document.map(Some).map_err(|problem| cursor.index.damaged(problem))
        });
        match next {
            Ok(Some(document)) => Some(Ok(document)),
            Ok(None) => None,
            Err(error) => {
                self.cursor = None;
                Some(Err(error))
            }
        }
    }
}

/// A document of the last run, and the rows that were made of it, before any reviewer's decision was applied to them.
#[derive(Debug, Clone)]
pub struct StoredDocument {
    entry: Entry,
    block: Arc<StoredBlock>,
}

impl StoredDocument {
    fn new(entry: Entry, block: Arc<StoredBlock>) -> Result<Self, String> {
        let document = entry.place.document;
        block.with(&(document..document + 1)).map_err(str::to_owned)?;
        Ok(Self { entry, block })
    }

    fn block(&self) -> &Block {
        // `new` has loaded it.
        self.block.load().unwrap_or_else(|problem| unreachable!("{problem}"))
    }

    /// Its key.
    pub fn key(&self) -> &str {
        &self.entry.known.key
    }

    /// Size and times of its file, where they prove that it is as it was.
    pub fn stamp(&self) -> Option<Stamp> {
        self.entry.known.stamp
    }

    /// SHA-256 of its bytes; none where they could not be read.
    pub fn content_sha256(&self) -> Option<ContentHash> {
        self.entry.known.sha256
    }

    /// A digest of what the user says about it (`--metadata`); 0 for nothing.
    pub fn metadata_digest(&self) -> u64 {
        self.entry.known.metadata
    }

    /// Its rows in a table, each ending in a line break.
    pub fn rows(&self, table: Table) -> &[u8] {
        let document = self.entry.place.document;
        self.block().rows(table, document..document + 1)
    }

    /// What it added to the counts of the run.
    pub fn counts(&self) -> &DocumentCounts {
        self.block().counts(self.entry.place.document)
    }

    /// All its rows, by themselves.
    pub fn all_rows(&self) -> DocumentRows {
        self.block().document(self.entry.place.document)
    }
}

/// Removes segments that the index does not refer to: those that a killed run left, and those that were folded.
pub(crate) fn clean(out: &Path) -> io::Result<()> {
    let segments = Store::open_locked(out).map(|store| store.segments).unwrap_or_default();
    let folder = out.join(FOLDER);
    let is_unused = |number: &u64| segments.iter().all(|segment| segment.number != *number);
    numbers(&folder)?
        .iter()
        .filter(|number| is_unused(number))
        .try_for_each(|number| fs::remove_file(folder.join(file_name(*number))))
}
