//! What is to be done with each document: the sources merged with the state of the last run, both in the order of keys.

use std::sync::Arc;

use super::metadata::MetadataTable;
use super::sources::Source;
use crate::state::{Cursor, Entry, StoredBlock};

/// A piece of work.
pub(super) enum Task<'a> {
    /// Read a document; its rows are made anew unless it is the one that is stored.
    Read(&'a Source, Option<Stored>),
    /// Keep the rows of documents that need not be read.
    Keep(Kept<'a>),
}

/// A document of the state.
pub(super) struct Stored {
    pub(super) entry: Entry,
    pub(super) block: Arc<StoredBlock>,
}

/// Documents side by side whose rows are side by side in one block.
pub(super) struct Kept<'a> {
    pub(super) sources: &'a [Source],
    pub(super) entries: Vec<Entry>,
    pub(super) block: Arc<StoredBlock>,
}

impl Kept<'_> {
    /// Their numbers in the block.
    pub(super) fn documents(&self) -> std::ops::Range<u32> {
        let start = self.entries.first().map_or(0, |entry| entry.document());
        start..start + self.entries.len() as u32
    }
}

/// Goes through the documents of a run.
pub(super) struct Planner<'a> {
    sources: &'a [Source],
    metadata: &'a MetadataTable,
    /// Whether documents are hashed even if their files look as they did.
    verify: bool,
    next: usize,
    state: Option<Cursor>,
    /// The next document of the state.
    ahead: Option<(Entry, Result<Arc<StoredBlock>, String>)>,
    /// What is wrong with the state, if something is.
    pub(super) damage: Option<String>,
}

impl<'a> Planner<'a> {
    pub(super) fn new(sources: &'a [Source], metadata: &'a MetadataTable, state: Option<Cursor>, verify: bool) -> Self {
        let mut planner = Self { sources, metadata, verify, next: 0, state, ahead: None, damage: None };
        planner.advance();
        planner
    }

    /// Steps to the next document of the state.
    fn advance(&mut self) {
        self.ahead = match self.state.as_mut().map(Cursor::next) {
            None => None,
            Some(Ok(next)) => next,
            Some(Err(error)) => {
                self.state = None;
                self.damage.get_or_insert(error.to_string());
                None
            }
        };
    }

    /// The document of the state that has the next source's key, if its rows may still hold.
    fn stored(&mut self, source: &Source) -> Option<Stored> {
        while self.ahead.as_ref().is_some_and(|(entry, _)| entry.known.key < source.key) {
            self.advance();
        }
        self.ahead.as_ref().filter(|(entry, _)| entry.known.key == source.key)?;
        let (entry, block) = self.ahead.take()?;
        self.advance();
        let holds = entry.known.sha256.is_some() && entry.known.metadata == self.metadata.digest(&source.key);
        match block {
            Ok(block) if holds => Some(Stored { entry, block }),
            Ok(_) => None,
            Err(problem) => {
                self.damage.get_or_insert(problem);
                None
            }
        }
    }

    /// Whether the next source and the next stored document go on with a run of documents.
    fn goes_on(&self, kept: &Kept<'_>) -> bool {
        let (Some(source), Some((entry, Ok(block)))) = (self.sources.get(self.next), &self.ahead) else { return false };
        entry.known.key == source.key
            && Arc::ptr_eq(block, &kept.block)
            && entry.document() == kept.documents().end
            && self.is_untouched(source, entry)
            && entry.known.sha256.is_some()
            && entry.known.metadata == self.metadata.digest(&source.key)
    }

    fn is_untouched(&self, source: &Source, entry: &Entry) -> bool {
        !self.verify && source.stamp.is_some() && source.stamp == entry.known.stamp
    }
}

impl<'a> Iterator for Planner<'a> {
    type Item = Task<'a>;

    fn next(&mut self) -> Option<Task<'a>> {
        let first = self.next;
        let source = self.sources.get(first)?;
        self.next += 1;
        let Some(Stored { entry, block }) = self.stored(source) else { return Some(Task::Read(source, None)) };
        if !self.is_untouched(source, &entry) {
            return Some(Task::Read(source, Some(Stored { entry, block })));
        }
        let mut kept = Kept { sources: &[], entries: vec![entry], block };
        while self.goes_on(&kept) {
            kept.entries.extend(self.ahead.take().map(|(entry, _)| entry));
            self.next += 1;
            self.advance();
        }
        kept.sources = &self.sources[first..self.next];
        Some(Task::Keep(kept))
    }
}
