//! What is to be done with each document: the sources merged with the state of the last run, both in the order of keys.

use std::sync::Arc;

use super::metadata::MetadataTable;
use super::sources::Source;
use crate::review::decision::Decisions;
use crate::state::{Cursor, Entry, StoredBlock, TABLES};
use crate::table::schema::Table;

/// Documents that are kept at once, at most: what is known of them is in memory.
const MOST: usize = 1 << 8;

/// A piece of work.
pub(super) enum Task<'a> {
    /// Read a document; its rows are made anew unless it is the one that is stored.
    Read(&'a Source, Option<Box<Stored>>),
    /// Keep the rows of documents that need not be read.
    Keep(Kept<'a>),
}

/// A document of the state.
pub(super) struct Stored {
    pub(super) entry: Entry,
    pub(super) rows: KeptRows,
}

/// Documents side by side whose rows are side by side, too.
pub(super) struct Kept<'a> {
    pub(super) sources: &'a [Source],
    pub(super) entries: Vec<Entry>,
    pub(super) rows: KeptRows,
}

/// Where rows are that may be kept.
pub(super) enum KeptRows {
    /// In the tables of the run before, from these places on.
    InTables([u64; TABLES]),
    /// As made, in a block of the state.
    InBlock(Arc<StoredBlock>),
}

impl Kept<'_> {
    /// Their numbers in the block.
    pub(super) fn documents(&self) -> std::ops::Range<u32> {
        let start = self.entries.first().map_or(0, |entry| entry.document());
        start..start + self.entries.len() as u32
    }

    /// What is wrong with the rows, if something is: they are read here.
    pub(super) fn check(&self) -> Result<(), String> {
        match &self.rows {
            KeptRows::InTables(_) => Ok(()),
            KeptRows::InBlock(block) => block.with(&self.documents()).map(drop).map_err(str::to_owned),
        }
    }
}

/// The state of the run before, as a planner goes through it.
pub(super) struct Known {
    pub(super) cursor: Cursor,
    /// Whether rows can be copied from the tables, except those of documents that people decided about.
    pub(super) can_copy: bool,
    pub(super) decisions: Arc<Decisions>,
}

/// Goes through the documents of a run.
pub(super) struct Planner<'a> {
    sources: &'a [Source],
    metadata: &'a MetadataTable,
    /// Whether documents are hashed even if their files look as they did.
    verify: bool,
    next: usize,
    state: Option<Known>,
    /// Where the rows of the next document of the state are in the tables.
    places: [u64; TABLES],
    /// The next document of the state.
    ahead: Option<(Entry, Result<KeptRows, String>)>,
    /// What is wrong with the state, if something is.
    pub(super) damage: Option<String>,
}

impl<'a> Planner<'a> {
    pub(super) fn new(sources: &'a [Source], metadata: &'a MetadataTable, state: Option<Known>, verify: bool) -> Self {
        let places = Table::ALL.map(|table| table.header().len() as u64);
        let mut planner = Self { sources, metadata, verify, next: 0, state, places, ahead: None, damage: None };
        planner.advance();
        planner
    }

    /// Steps to the next document of the state.
    fn advance(&mut self) {
        self.ahead = None;
        let Some(state) = &mut self.state else { return };
        match state.cursor.next() {
            Ok(None) => {}
            Ok(Some(entry)) => {
                let rows = state.rows(&entry, self.places);
                entry.written.step(&mut self.places);
                self.ahead = Some((entry, rows));
            }
            Err(error) => {
                self.state = None;
                self.damage.get_or_insert(error.to_string());
            }
        }
    }

    /// The document of the state that has the next source's key, if its rows may still hold.
    fn stored(&mut self, source: &Source) -> Option<Stored> {
        while self.ahead.as_ref().is_some_and(|(entry, _)| entry.known.key < source.key) {
            self.advance();
        }
        self.ahead.as_ref().filter(|(entry, _)| entry.known.key == source.key)?;
        let (entry, rows) = self.ahead.take()?;
        self.advance();
        match rows {
            Ok(rows) => self.holds(source, &entry).then_some(Stored { entry, rows }),
            Err(problem) => {
                self.damage.get_or_insert(problem);
                None
            }
        }
    }

    /// Whether the next source and the next stored document go on with a run of documents.
    fn goes_on(&self, kept: &Kept<'_>) -> bool {
        let (Some(source), Some((entry, Ok(rows)))) = (self.sources.get(self.next), &self.ahead) else { return false };
        let is_next = match (&kept.rows, rows) {
            // All that is kept in between is side by side in the tables.
            (KeptRows::InTables(_), KeptRows::InTables(_)) => kept.entries.len() < MOST,
            (KeptRows::InBlock(one), KeptRows::InBlock(other)) => {
                Arc::ptr_eq(one, other) && entry.document() == kept.documents().end
            }
            _ => false,
        };
        is_next && entry.known.key == source.key && self.is_untouched(source, entry) && self.holds(source, entry)
    }

    /// Whether the rows of a document are what would be made of it, if its content is what it was.
    fn holds(&self, source: &Source, entry: &Entry) -> bool {
        entry.known.sha256.is_some() && entry.known.metadata == self.metadata.digest(&source.key)
    }

    fn is_untouched(&self, source: &Source, entry: &Entry) -> bool {
        !self.verify && source.stamp.is_some() && source.stamp == entry.known.stamp
    }
}

impl Known {
    /// Where the rows of a document are that would be kept; what is wrong with them.
    fn rows(&mut self, entry: &Entry, places: [u64; TABLES]) -> Result<KeptRows, String> {
        let is_as_made = !entry.written.is_revised && self.decisions.of(&entry.known.key).is_none();
        if self.can_copy && is_as_made && self.cursor.stays(entry) {
            return Ok(KeptRows::InTables(places));
        }
        self.cursor.block(entry).map(KeptRows::InBlock)
    }
}

impl<'a> Iterator for Planner<'a> {
    type Item = Task<'a>;

    fn next(&mut self) -> Option<Task<'a>> {
        let first = self.next;
        let source = self.sources.get(first)?;
        self.next += 1;
        let Some(Stored { entry, rows }) = self.stored(source) else { return Some(Task::Read(source, None)) };
        if !self.is_untouched(source, &entry) {
            return Some(Task::Read(source, Some(Box::new(Stored { entry, rows }))));
        }
        let mut kept = Kept { sources: &[], entries: vec![entry], rows };
        while self.goes_on(&kept) {
            kept.entries.extend(self.ahead.take().map(|(entry, _)| entry));
            self.next += 1;
            self.advance();
        }
        kept.sources = &self.sources[first..self.next];
        Some(Task::Keep(kept))
    }
}
