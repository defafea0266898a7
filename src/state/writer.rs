//! Writes the state of a run while it goes on.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::FOLDER;
use super::block::Block;
use super::entry::{Entry, Known, Written};
use super::fold::folded;
use super::index::{IndexWriter, SegmentRecord};
use super::run::RunFacts;
use super::segment::{Place, SegmentWriter, numbers};
use super::store::{Segment, Store};
use crate::table::DocumentRows;
use crate::table::schema::Table;

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
        let folds = folded(segments.iter().map(|segment| &segment.record));
        let now = SystemTime::now();
        let record = |segment: &Segment| {
            let number = segment.record.number;
            // What was not intact is read in this run, block by block: if nothing is wrong with it, it is intact again.
            let stamp = segment.found.filter(|found| segment.is_intact() || found.is_settled(now));
            (number, (!folds.contains(&number)).then(|| SegmentRecord { live: 0, stamp, ..segment.record.clone() }))
        };
        let (folder, index) = (out.join(FOLDER), IndexWriter::create(index)?);
        // Not only after those of `earlier`: whatever is there is needed if this run comes to nothing.
        let number = numbers(&folder)?.into_iter().max().map_or(0, |last| last + 1);
        Ok(Self { folder, index, segment: None, number, earlier: segments.iter().map(record).collect(), bytes: 0 })
    }

    /// Adds the next document with the rows that were made of it, and what of it was written.
    pub(crate) fn append(&mut self, known: &Known, rows: &DocumentRows, written: Written) -> io::Result<()> {
        let place = self.store(|table| rows.table(table))?;
        self.index.append(&Entry { known: known.clone(), counts: rows.counts.clone(), place, written })
    }

    /// Adds the next document with the rows that it had. `block` holds them; without it they stay where they are, as
    /// [`Cursor::stays`](super::Cursor::stays) tells, and were written as they were made.
    pub(crate) fn keep(&mut self, entry: Entry, block: Option<&Block>) -> io::Result<()> {
        let document = entry.place.document;
        let rows = block.map(|block| move |table| block.rows(table, document..document + 1));
        match (self.earlier.get_mut(&entry.place.segment), rows) {
            (Some(Some(record)), rows) => {
                record.live += rows.map_or(entry.written.bytes(), |rows| bytes(&rows));
                self.index.append(&entry)
            }
            (_, Some(rows)) => {
                let place = self.store(rows)?;
                self.index.append(&Entry { place, ..entry })
            }
            (_, None) => Err(io::Error::other("rows that move have to be there")),
        }
    }

    fn store<'r>(&mut self, rows: impl Fn(Table) -> &'r [u8]) -> io::Result<Place> {
        self.bytes += bytes(&rows);
        if self.segment.is_none() {
            self.segment = Some(SegmentWriter::create(&self.folder, self.number)?);
        }
        match &mut self.segment {
            Some(segment) => segment.append(rows),
            None => Err(io::Error::other("no segment")),
        }
    }

    /// Ends the state: all of it is on the disk, and the index may be put in place. If the state of the run before was not
    /// sound, nothing that was kept of it is taken for intact.
    pub(crate) fn finish(self, run: RunFacts, was_sound: bool) -> io::Result<()> {
        let mut segments: Vec<_> = self.earlier.into_values().flatten().filter(|segment| segment.live > 0).collect();
        if !was_sound {
            segments.iter_mut().for_each(|segment| segment.stamp = None);
        }
        if let Some(segment) = self.segment {
            let stamp = segment.finish()?;
            segments.push(SegmentRecord { number: self.number, bytes: self.bytes, live: self.bytes, stamp });
        }
        self.index.finish(run, segments)
    }
}

/// Bytes of rows in all tables.
fn bytes<'r>(rows: &impl Fn(Table) -> &'r [u8]) -> u64 {
    Table::ALL.into_iter().map(|table| rows(table).len() as u64).sum()
}
