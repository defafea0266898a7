//! A state that was written, for those who read it.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::block::{Block, StoredBlock, TABLES};
use super::entry::Entry;
use super::error::StateError;
use super::fold::folded;
use super::hash::ContentHash;
use super::index::{Footer, IndexReader, SegmentRecord};
use super::run::RunFacts;
use super::segment::{SegmentReader, file_name, numbers};
use super::stamp::Stamp;
use super::{FOLDER, INDEX};
use crate::staging::{LOCK, is_half_changed};
use crate::table::schema::Table;
use crate::table::{DocumentCounts, DocumentRows};

/// A segment, and the stamp of its file as it is now.
#[derive(Debug)]
pub(super) struct Segment {
    pub(super) record: SegmentRecord,
    pub(super) found: Option<Stamp>,
}

impl Segment {
    fn look(folder: &Path, record: SegmentRecord) -> Self {
        let found = fs::metadata(folder.join(file_name(record.number))).ok();
        Self { found: found.as_ref().and_then(Stamp::of), record }
    }

    /// Whether its file is surely what was written.
    pub(super) fn is_intact(&self) -> bool {
        self.record.stamp.is_some_and(|stamp| stamp.is_proof()) && self.record.stamp == self.found
    }
}

/// The state of the last run into an output folder. While it is open, no run writes there.
pub struct Store {
    folder: PathBuf,
    run: RunFacts,
    documents: u64,
    written: [u64; TABLES],
    segments: Vec<Segment>,
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
        if is_half_changed(&folder) {
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
        let Footer { run, documents, written, segments, .. } = IndexReader::open(&path)?.footer;
        let segments = segments.into_iter().map(|record| Segment::look(&folder, record)).collect();
        Ok(Self { folder, run, documents, written, segments, _lock: None })
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

    pub(super) fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// Bytes of rows that the run wrote into a table.
    pub(crate) fn written(&self, table: Table) -> u64 {
        self.written[table.index()]
    }

    pub(crate) fn cursor(&self) -> Result<Cursor, StateError> {
        let index = IndexReader::open(&self.folder.join(INDEX))?;
        let folds = folded(self.segments.iter().map(|segment| &segment.record));
        let way = |segment: &Segment| {
            let number = segment.record.number;
            let cannot = |error: io::Error| format!("`{}` cannot be read: {error}", file_name(number));
            let reader = SegmentReader::open(&self.folder, number).map_err(cannot);
            Way { number, reader, stays: segment.is_intact() && !folds.contains(&number) }
        };
        Ok(Cursor { index, segments: self.segments.iter().map(way).collect() })
    }
}

/// Goes through a state.
pub(crate) struct Cursor {
    index: IndexReader,
    segments: Vec<Way>,
}

/// The way through a segment.
struct Way {
    number: u64,
    reader: Result<SegmentReader, String>,
    /// Whether the next run keeps it as it is: rows in it are kept without a look at them.
    stays: bool,
}

impl Cursor {
    /// The next document. After an error there are no more.
    pub(crate) fn next(&mut self) -> Result<Option<Entry>, StateError> {
        self.index.next()
    }

    /// Whether a document's rows are kept by keeping its entry.
    pub(crate) fn stays(&self, entry: &Entry) -> bool {
        self.segments.iter().any(|way| way.number == entry.place.segment && way.stays)
    }

    /// The block that holds the rows of a document, or what is wrong with it. Documents are asked about in their order.
    pub(crate) fn block(&mut self, entry: &Entry) -> Result<Arc<StoredBlock>, String> {
        match self.segments.iter_mut().find(|way| way.number == entry.place.segment) {
            Some(Way { reader: Ok(reader), .. }) => reader.block(entry.place.block),
            Some(Way { reader: Err(problem), .. }) => Err(problem.clone()),
            None => Err(format!("it has no segment {}", entry.place.segment)),
        }
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
            let Some(entry) = next else { return Ok(None) };
            let document = cursor.block(&entry).and_then(|block| StoredDocument::new(entry, block));
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
        &self.entry.counts
    }

    /// All its rows, by themselves.
    pub fn all_rows(&self) -> DocumentRows {
        self.block().document(self.entry.place.document, self.entry.counts.clone())
    }
}

/// Removes segments that the index does not refer to: those that a killed run left, and those that were folded.
pub(crate) fn clean(out: &Path) -> io::Result<()> {
    let segments = Store::open_locked(out).map(|store| store.segments).unwrap_or_default();
    let folder = out.join(FOLDER);
    let is_unused = |number: &u64| segments.iter().all(|segment| segment.record.number != *number);
    numbers(&folder)?
        .iter()
        .filter(|number| is_unused(number))
        .try_for_each(|number| fs::remove_file(folder.join(file_name(*number))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::{ContentHash, Known, StateWriter, Written};

    fn rows(number: u8) -> DocumentRows {
        let cells = |table: Table| format!("{}{number},", table.name()).repeat(usize::from(number) % 3).into_bytes();
        let counts = DocumentCounts { flagged: number.into(), ..DocumentCounts::default() };
        DocumentRows::restored(Table::ALL.map(cells), counts)
    }

    fn known(number: u8) -> Known {
        let sha256 = Some(ContentHash::of(&[number]));
        Known { key: format!("{number:03}"), stamp: None, sha256, metadata: number.into() }
    }

    fn append(writer: &mut StateWriter, number: u8) {
        let rows = rows(number);
        writer.append(&known(number), &rows, Written::of(&rows, false)).unwrap();
    }

    /// What a state holds, and whether it ends well.
    fn read(out: &Path) -> (Vec<(String, u64, Vec<u8>)>, bool) {
        let Ok(documents) = Store::open(out).and_then(|store| store.documents()) else { return (Vec::new(), false) };
        let mut all = Vec::new();
        for document in documents {
            let Ok(document) = document else { return (all, false) };
            let rows = Table::ALL.iter().flat_map(|table| document.rows(*table).to_vec()).collect();
            all.push((document.key().to_owned(), document.counts().flagged + document.metadata_digest(), rows));
        }
        (all, true)
    }

    #[test]
    fn every_flipped_bit_and_every_cut_is_an_error_and_no_other_rows() {
        let out = tempfile::tempdir().unwrap();
        let out = out.path();
        let folder = out.join(FOLDER);
        fs::create_dir(&folder).unwrap();
        let mut writer = StateWriter::create(out, &folder.join(INDEX), None).unwrap();
        (0..9).step_by(2).for_each(|number| append(&mut writer, number));
        writer.finish(RunFacts::default(), true).unwrap();
        // A second run, which keeps the first one's documents.
        let earlier = Store::open_locked(out).unwrap();
        let mut writer = StateWriter::create(out, &folder.join("new"), Some(&earlier)).unwrap();
        let mut cursor = earlier.cursor().unwrap();
        for number in 0..9 {
            if number % 2 == 1 {
                append(&mut writer, number);
            } else {
                let entry = cursor.next().unwrap().unwrap();
                assert!(cursor.stays(&entry));
                writer.keep(entry, None).unwrap();
            }
        }
        writer.finish(RunFacts::default(), true).unwrap();
        fs::rename(folder.join("new"), folder.join(INDEX)).unwrap();
        let (good, ends_well) = read(out);
        assert!(good.len() == 9 && ends_well);
        for name in [INDEX.to_owned(), file_name(0), file_name(1)] {
            let path = folder.join(name);
            let bytes = fs::read(&path).unwrap();
            for at in 0..bytes.len() {
                let mut bad = bytes.clone();
                bad[at] ^= 1 << (at % 8);
                for bad in [&bad, &bytes[..at]] {
                    fs::write(&path, bad).unwrap();
                    let (found, ends_well) = read(out);
                    assert!(!ends_well && good.starts_with(&found), "{path:?} at {at}");
                }
            }
            fs::write(&path, bytes).unwrap();
        }
    }
}
