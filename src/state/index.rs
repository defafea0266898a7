//! The index: the documents of a run in the order of their keys, and where their rows are.
//!
//! `magic, frame, frame …, footer, offset of the footer`. A frame holds some thousand documents. The footer stands last
//! because it counts what stands before it; an index without it was not written to its end.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::block::TABLES;
use super::codec::Input;
use super::entry::Entry;
use super::error::StateError;
use super::frame::{FOOTER, HEADER, Header, INDEX_FILE, Name, Packer, unpack};
use super::run::RunFacts;
use super::stamp::Stamp;

/// What an index begins with. The number is that of the format.
const MAGIC: &[u8; 17] = b"factline state 2\n";

/// Bytes of a frame before it is packed, about.
const FRAME: usize = 128 << 10;

/// A segment that an index refers to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SegmentRecord {
    pub(super) number: u64,
    /// Bytes of rows in it, and of those, bytes that the index refers to.
    pub(super) bytes: u64,
    pub(super) live: u64,
    /// Size and times of its file, where they prove that it is what was written.
    pub(super) stamp: Option<Stamp>,
}

/// What stands at the end of an index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Footer {
    pub(super) run: RunFacts,
    pub(super) documents: u64,
    pub(super) frames: u64,
    /// Bytes of rows that were written into each table, in the order of `Table::ALL`.
    pub(super) written: [u64; TABLES],
    pub(super) segments: Vec<SegmentRecord>,
}

/// Writes an index.
pub(super) struct IndexWriter {
    packer: Packer,
    file: BufWriter<File>,
    frame: Vec<u8>,
    frames: u64,
    documents: u64,
    written: [u64; TABLES],
    offset: u64,
}

impl IndexWriter {
    pub(super) fn create(path: &Path) -> io::Result<Self> {
        let mut file = BufWriter::new(File::create(path)?);
        file.write_all(MAGIC)?;
        let packer = Packer::new()?;
        let offset = MAGIC.len() as u64;
        Ok(Self { packer, file, frame: Vec::new(), frames: 0, documents: 0, written: [0; TABLES], offset })
    }

    /// Adds the next document.
    pub(super) fn append(&mut self, entry: &Entry) -> io::Result<()> {
        entry.put(&mut self.frame);
        self.documents += 1;
        entry.written.step(&mut self.written);
        if self.frame.len() >= FRAME { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.frame.is_empty() {
            return Ok(());
        }
        let name = Name { file: INDEX_FILE, number: self.frames };
        self.offset += self.packer.write(name, &[&self.frame], &mut self.file)?;
        self.frame.clear();
        self.frames += 1;
        Ok(())
    }

    /// Ends the index: all of it is on the disk.
    pub(super) fn finish(mut self, run: RunFacts, segments: Vec<SegmentRecord>) -> io::Result<()> {
        self.flush()?;
        let (documents, frames, written) = (self.documents, self.frames, self.written);
        let footer = Footer { run, documents, frames, written, segments };
        let name = Name { file: INDEX_FILE, number: FOOTER };
        self.packer.write(name, &[&serde_json::to_vec(&footer)?], &mut self.file)?;
        self.file.write_all(&self.offset.to_le_bytes())?;
        self.file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
    }
}

/// Reads an index from its beginning to its end.
pub(super) struct IndexReader {
    path: PathBuf,
    file: BufReader<File>,
    length: u64,
    pub(super) footer: Footer,
    /// The frame at hand, and where the next entry is in it.
    frame: Vec<u8>,
    at: usize,
    frames: u64,
    documents: u64,
    last: Option<String>,
}

impl IndexReader {
    pub(super) fn open(path: &Path) -> Result<Self, StateError> {
        let unreadable = |source| StateError::Unreadable { path: path.to_owned(), source };
        let mut file = BufReader::with_capacity(1 << 16, File::open(path).map_err(unreadable)?);
        let length = file.get_ref().metadata().map_err(unreadable)?.len();
        let mut magic = Vec::new();
        file.by_ref().take(MAGIC.len() as u64).read_to_end(&mut magic).map_err(unreadable)?;
        if magic != MAGIC {
            let shown = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim_end().escape_default().to_string();
            let found = format!("`{}` instead of `{}`", shown(&magic), shown(MAGIC));
            return Err(StateError::Foreign { path: path.to_owned(), found });
        }
        let (run, segments) = (RunFacts::default(), Vec::new());
        let empty = Footer { run, documents: 0, frames: 0, written: [0; TABLES], segments };
        let (frame, path) = (Vec::new(), path.to_owned());
        let mut reader = Self { path, file, length, footer: empty, frame, at: 0, frames: 0, documents: 0, last: None };
        reader.footer = reader.read_footer().map_err(|problem| reader.damaged(problem))?;
        Ok(reader)
    }

    pub(super) fn damaged(&self, problem: String) -> StateError {
        StateError::Damaged { path: self.path.clone(), problem }
    }

    fn read_footer(&mut self) -> Result<Footer, String> {
        let cannot = |error: io::Error| format!("its end cannot be read: {error}");
        let end = self.length.checked_sub(8).ok_or("it breaks off")?;
        let mut offset = [0; 8];
        self.file.seek(SeekFrom::Start(end)).map_err(cannot)?;
        self.file.read_exact(&mut offset).map_err(cannot)?;
        let offset = u64::from_le_bytes(offset);
        if offset > end {
            return Err("it breaks off, or goes on behind its end".to_owned());
        }
        self.file.seek(SeekFrom::Start(offset)).map_err(cannot)?;
        let raw = self.piece(FOOTER)?;
        let place = self.file.stream_position().map_err(cannot)?;
        if place != end {
            return Err("it goes on behind its end".to_owned());
        }
        self.file.seek(SeekFrom::Start(MAGIC.len() as u64)).map_err(cannot)?;
        serde_json::from_slice(&raw).map_err(|error| format!("its end is not what it should be: {error}"))
    }

    /// The piece where the file is read next.
    fn piece(&mut self, number: u64) -> Result<Vec<u8>, String> {
        let cannot = |error: io::Error| format!("piece {number} cannot be read: {error}");
        let mut header = [0; HEADER];
        self.file.read_exact(&mut header).map_err(cannot)?;
        let header = Header::parse(&header);
        let mut packed = Vec::new();
        // Takes memory for what is there only.
        self.file.by_ref().take(header.packed).read_to_end(&mut packed).map_err(cannot)?;
        unpack(Name { file: INDEX_FILE, number }, &header, &packed)
    }

    /// The next document; nothing after the last one. After an error there is nothing more to be had.
    pub(super) fn next(&mut self) -> Result<Option<Entry>, StateError> {
        self.read_next().map_err(|problem| {
            self.documents = self.footer.documents;
            self.damaged(problem)
        })
    }

    fn read_next(&mut self) -> Result<Option<Entry>, String> {
        if self.documents == self.footer.documents {
            return Ok(None);
        }
        if self.at == self.frame.len() {
            if self.frames == self.footer.frames {
                return Err(format!("expected {} documents, found {}", self.footer.documents, self.documents));
            }
            self.frame = self.piece(self.frames)?;
            self.at = 0;
            self.frames += 1;
        }
        let mut input = Input::new(&self.frame[self.at..]);
        let entry = Entry::parse(&mut input).ok_or("a document in it does not have the expected form")?;
        self.at = self.frame.len() - input.len();
        self.documents += 1;
        let key = &entry.known.key;
        if self.last.as_ref().is_some_and(|last| last >= key) {
            return Err(format!("`{key}` is not in its place"));
        }
        self.last = Some(key.clone());
        Ok(Some(entry))
    }
}

#[cfg(test)]
mod tests {
    use super::super::entry::{Known, Written};
    use super::super::hash::ContentHash;
    use super::super::segment::Place;
    use super::*;
    use crate::table::DocumentCounts;

    fn entry(number: u64) -> Entry {
        let known = Known {
            key: format!("{number:06}.txt"),
            stamp: (!number.is_multiple_of(3)).then_some(Stamp { size: number, modified: -5, changed: i64::MAX }),
            sha256: (!number.is_multiple_of(5)).then_some(ContentHash([number as u8; 32])),
            metadata: number << 40,
        };
        let failure = number.is_multiple_of(7).then(|| "cannot read".to_owned());
        let counts = DocumentCounts { facts: [number; 5], flagged: 1, unclaimed: 300, bytes: u64::MAX, failure };
        let written = Written { lengths: [number; TABLES], is_revised: number.is_multiple_of(4) };
        Entry { known, counts, place: Place { segment: number % 2, block: number, document: 7 }, written }
    }

    fn written(path: &Path, entries: &[Entry]) {
        let mut writer = IndexWriter::create(path).unwrap();
        entries.iter().for_each(|entry| writer.append(entry).unwrap());
        let run = RunFacts { version: "1.2.3".into(), ..RunFacts::default() };
        writer.finish(run, vec![SegmentRecord { number: 0, bytes: 10, live: 5, stamp: None }]).unwrap();
    }

    /// The entries up to the first error.
    fn read(path: &Path) -> Result<Vec<Entry>, StateError> {
        let mut reader = IndexReader::open(path)?;
        let mut entries = Vec::new();
        while let Some(entry) = reader.next()? {
            entries.push(entry);
        }
        assert!(reader.next().unwrap().is_none());
        assert_eq!(reader.footer.run.version, "1.2.3");
        let lengths = entries.iter().map(|entry| entry.written.lengths[0]).sum::<u64>();
        assert_eq!(reader.footer.written, [lengths; TABLES]);
        Ok(entries)
    }

    #[test]
    fn documents_come_back_in_order() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("index");
        for count in [0, 1, 5000] {
            let entries: Vec<_> = (0..count).map(entry).collect();
            written(&path, &entries);
            assert_eq!(read(&path).unwrap(), entries);
        }
        written(&path, &[entry(2), entry(1)]);
        assert!(read(&path).unwrap_err().to_string().contains("`000001.txt` is not in its place"));
    }

    #[test]
    fn every_flipped_bit_and_every_cut_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("index");
        written(&path, &(0..20).map(entry).collect::<Vec<_>>());
        let good = std::fs::read(&path).unwrap();
        for at in 0..good.len() {
            let mut bad = good.clone();
            bad[at] ^= 1 << (at % 8);
            std::fs::write(&path, &bad).unwrap();
            let error = read(&path).unwrap_err();
            let is_foreign = matches!(error, StateError::Foreign { .. });
            assert!(is_foreign == (at < MAGIC.len()) && error.to_string().contains("index"), "{at}: {error}");
            std::fs::write(&path, &good[..at]).unwrap();
            assert!(read(&path).is_err(), "cut at {at}");
        }
        std::fs::write(&path, [&good[..], b"x"].concat()).unwrap();
        assert!(read(&path).is_err(), "longer than it was");
    }
}
