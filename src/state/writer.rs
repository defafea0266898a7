//! Writes the state of a run while it goes on.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use super::FOLDER;
use super::block::Block;
use super::fold::folded;
use super::index::{Entry, IndexWriter, Known, SegmentRecord};
use super::run::RunFacts;
use super::segment::{Place, SegmentWriter, numbers};
use super::store::Store;
use crate::table::schema::Table;
use crate::table::{DocumentCounts, DocumentRows};

/// Writes a state: the index aside, the new segment in its place, where nobody refers to it before the index is put in place.
pub(crate) struct StateWriter {
    folder: PathBuf,
    index: IndexWriter,
    /// The new segment; made for the first document that needs it.
    segment: Option<SegmentWriter>,
    /// Its number.
    number: u64,
    /// The segments of the last run, by number: those that are folded have no record.
    earlier: BTreeMap<u64, Option<SegmentRecord>>,
    /// Bytes of rows in the new segment.
    bytes: u64,
}

impl StateWriter {
    /// A writer for the state in an output folder, whose index is written to a path of its own; `earlier` is the state whose
    /// documents may be kept.
    pub(crate) fn create(out: &Path, index: &Path, earlier: Option<&Store>) -> io::Result<Self> {
        let segments = earlier.map_or(&[][..], Store::segments);
        let folds = folded(segments);
        let record = |segment: &SegmentRecord| {
            let is_folded = folds.contains(&segment.number);
            (segment.number, (!is_folded).then(|| SegmentRecord { live: 0, ..segment.clone() }))
        };
        let (folder, index) = (out.join(FOLDER), IndexWriter::create(index)?);
        // Not only after those of `earlier`: whatever is there is needed if this run comes to nothing.
        let number = numbers(&folder)?.into_iter().max().map_or(0, |last| last + 1);
        Ok(Self { folder, index, segment: None, number, earlier: segments.iter().map(record).collect(), bytes: 0 })
    }

    /// Adds the next document with the rows that were made of it.
    pub(crate) fn append(&mut self, known: &Known, rows: &DocumentRows) -> io::Result<()> {
        let place = self.store(&rows.counts, |table| rows.table(table))?;
        self.index.append(&Entry { known: known.clone(), place })
    }

    /// Adds the next document with the rows that it had; `block` holds them.
    pub(crate) fn keep(&mut self, entry: Entry, block: &Block) -> io::Result<()> {
        let document = entry.place.document;
        let rows = |table| block.rows(table, document..document + 1);
        match self.earlier.get_mut(&entry.place.segment) {
            Some(Some(record)) => {
                record.live += Table::ALL.into_iter().map(|table| rows(table).len() as u64).sum::<u64>();
                self.index.append(&entry)
            }
            _ => {
                let place = self.store(block.counts(document), rows)?;
                self.index.append(&Entry { place, ..entry })
            }
        }
    }

    fn store<'r>(&mut self, counts: &DocumentCounts, rows: impl Fn(Table) -> &'r [u8]) -> io::Result<Place> {
        self.bytes += Table::ALL.into_iter().map(|table| rows(table).len() as u64).sum::<u64>();
        if self.segment.is_none() {
            self.segment = Some(SegmentWriter::create(&self.folder, self.number)?);
        }
        match &mut self.segment {
            Some(segment) => segment.append(counts, rows),
            None => Err(io::Error::other("no segment")),
        }
    }

    /// Ends the state: all of it is on the disk, and the index may be put in place.
    pub(crate) fn finish(self, run: RunFacts) -> io::Result<()> {
        let mut segments: Vec<_> = self.earlier.into_values().flatten().filter(|segment| segment.live > 0).collect();
        if let Some(segment) = self.segment {
            segment.finish()?;
            segments.push(SegmentRecord { number: self.number, bytes: self.bytes, live: self.bytes });
        }
        self.index.finish(run, segments)
    }
}
