//! What the index says of a document.

use super::block::TABLES;
use super::codec::{Input, put, put_bytes};
use super::hash::ContentHash;
use super::segment::Place;
use super::stamp::Stamp;
use crate::normalize::Kind;
use crate::table::schema::Table;
use crate::table::{DocumentCounts, DocumentRows};

/// What tells whether a document is what it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Known {
    /// Its key.
    pub(crate) key: String,
    /// Size and times of its file; none where they prove nothing: a stream, or a file that changed while it was read.
    pub(crate) stamp: Option<Stamp>,
    /// SHA-256 of its bytes; none where they could not be read, so that its row holds for this run only.
    pub(crate) sha256: Option<ContentHash>,
    /// A digest of what the user says about it; 0 for nothing.
    pub(crate) metadata: u64,
}

/// What a run wrote of a document into the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Written {
    /// Bytes of its rows in each table, in the order of [`Table::ALL`].
    pub(crate) lengths: [u64; TABLES],
    /// Whether a reviewer's decisions made them other rows than those that are kept.
    pub(crate) is_revised: bool,
}

impl Written {
    /// What is written of a document whose rows are these.
    pub(crate) fn of(rows: &DocumentRows, is_revised: bool) -> Self {
        Self { lengths: Table::ALL.map(|table| rows.table(table).len() as u64), is_revised }
    }

    /// Bytes in all tables.
    pub(crate) fn bytes(&self) -> u64 {
        self.lengths.iter().sum()
    }

    /// Moves places in the tables behind these rows.
    pub(crate) fn step(&self, places: &mut [u64; TABLES]) {
        for (place, length) in places.iter_mut().zip(self.lengths) {
            *place = place.saturating_add(length);
        }
    }
}

/// A document of the state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) known: Known,
    /// What its rows as made add to the counts of a run.
    pub(crate) counts: DocumentCounts,
    /// Where its rows as made are.
    pub(super) place: Place,
    pub(crate) written: Written,
}

const HAS_STAMP: u8 = 1;
const HAS_SHA256: u8 = 2;
const IS_REVISED: u8 = 4;
const HAS_FAILED: u8 = 8;

impl Entry {
    /// Its number in the block that holds its rows.
    pub(crate) fn document(&self) -> u32 {
        self.place.document
    }

    pub(super) fn put(&self, out: &mut Vec<u8>) {
        let Known { key, stamp, sha256, metadata } = &self.known;
        let flag = |is_set: bool, flag: u8| if is_set { flag } else { 0 };
        put_bytes(out, key.as_bytes());
        out.push(
            flag(stamp.is_some(), HAS_STAMP)
                | flag(sha256.is_some(), HAS_SHA256)
                | flag(self.written.is_revised, IS_REVISED)
                | flag(self.counts.failure.is_some(), HAS_FAILED),
        );
        if let Some(stamp) = stamp {
            put(out, stamp.size);
            out.extend_from_slice(&stamp.modified.to_le_bytes());
            out.extend_from_slice(&stamp.changed.to_le_bytes());
        }
        out.extend_from_slice(sha256.as_ref().map_or(&[], |hash| &hash.0[..]));
        out.extend_from_slice(&metadata.to_le_bytes());
        put(out, self.place.segment);
        put(out, self.place.block);
        put(out, self.place.document.into());
        self.written.lengths.iter().for_each(|length| put(out, *length));
        put_counts(out, &self.counts);
    }

    pub(super) fn parse(input: &mut Input<'_>) -> Option<Self> {
        let key = input.text()?.to_owned();
        let [flags] = input.array()?;
        let mut stamp = None;
        if flags & HAS_STAMP != 0 {
            let size = input.number()?;
            let mut time = || Some(i64::from_le_bytes(input.array()?));
            stamp = Some(Stamp { size, modified: time()?, changed: time()? });
        }
        let sha256 = if flags & HAS_SHA256 != 0 { Some(ContentHash(input.array()?)) } else { None };
        let metadata = u64::from_le_bytes(input.array()?);
        let place = Place { segment: input.number()?, block: input.number()?, document: input.small()? };
        let mut written = Written { is_revised: flags & IS_REVISED != 0, ..Written::default() };
        for length in &mut written.lengths {
            *length = input.number()?;
        }
        let counts = counts(input, flags & HAS_FAILED != 0)?;
        Some(Self { known: Known { key, stamp, sha256, metadata }, counts, place, written })
    }
}

fn put_counts(out: &mut Vec<u8>, counts: &DocumentCounts) {
    let DocumentCounts { facts, flagged, unclaimed, bytes, failure } = counts;
    facts.iter().chain([flagged, unclaimed, bytes]).for_each(|number| put(out, *number));
    if let Some(failure) = failure {
        put_bytes(out, failure.as_bytes());
    }
}

fn counts(input: &mut Input<'_>, has_failed: bool) -> Option<DocumentCounts> {
    let mut counts = DocumentCounts::default();
    for kind in Kind::ALL {
        counts.facts[kind as usize] = input.number()?;
    }
    counts.flagged = input.number()?;
    counts.unclaimed = input.number()?;
    counts.bytes = input.number()?;
    if has_failed {
        counts.failure = Some(input.text()?.to_owned());
    }
    Some(counts)
}
