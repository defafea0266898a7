//! Segments: files of blocks, one behind the other, written once.
//!
//! A thread of its own packs, so that the one that writes the tables does not wait for it. Only a few blocks are under way;
//! a document with very many rows is packed at once and from where it is, for the sake of memory.

use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};

use super::block::{Filling, StoredBlock};
use super::frame::{HEADER, Header, Name, Packer, unpack};
use super::stamp::Stamp;
use crate::table::schema::Table;

/// Bytes of rows that are packed together. Larger ones are hardly smaller when packed, and cost more where a document is read
/// by itself.
const BLOCK: usize = 256 << 10;

/// Blocks under way to the thread that packs.
const UNDER_WAY: usize = 2;

/// The file of a segment.
pub(super) fn file_name(number: u64) -> String {
    format!("{PREFIX}{number:06}")
}

/// What the names of segments begin with.
const PREFIX: &str = "rows-";

/// The numbers of the segments in a folder.
pub(super) fn numbers(folder: &Path) -> io::Result<Vec<u64>> {
    let mut numbers = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let name = entry?.file_name();
        numbers.extend(name.to_str().and_then(|name| name.strip_prefix(PREFIX)?.parse::<u64>().ok()));
    }
    Ok(numbers)
}

/// Where rows are in a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub(super) segment: u64,
    pub(super) block: u64,
    pub(super) document: u32,
}

/// The end of the work: where blocks become bytes of the file.
struct Packing {
    packer: Packer,
    file: BufWriter<File>,
    segment: u64,
    blocks: u64,
}

impl Packing {
    fn write(&mut self, count: &[u8], parts: &[&[u8]]) -> io::Result<()> {
        let name = Name { file: self.segment, number: self.blocks };
        let all: Vec<&[u8]> = [count].into_iter().chain(parts.iter().copied()).collect();
        self.packer.write(name, &all, &mut self.file)?;
        self.blocks += 1;
        Ok(())
    }

    fn fill(&mut self, filling: &Filling) -> io::Result<()> {
        let (count, parts) = filling.parts();
        self.write(&count, &parts)
    }
}

/// Writes a segment.
pub(super) struct SegmentWriter {
    number: u64,
    packing: Arc<Mutex<Packing>>,
    jobs: Option<SyncSender<Filling>>,
    done: Receiver<io::Result<Filling>>,
    thread: Option<JoinHandle<()>>,
    /// Blocks sent and not yet packed.
    under_way: usize,
    filling: Filling,
    /// The number of the block that is being filled.
    block: u64,
}

impl SegmentWriter {
    pub(super) fn create(folder: &Path, number: u64) -> io::Result<Self> {
        let file = BufWriter::with_capacity(1 << 16, File::create(folder.join(file_name(number)))?);
        let packing = Arc::new(Mutex::new(Packing { packer: Packer::new()?, file, segment: number, blocks: 0 }));
        let (jobs, taken) = mpsc::sync_channel::<Filling>(UNDER_WAY);
        let (give, done) = mpsc::channel();
        let shared = Arc::clone(&packing);
        let pack = move || {
            for mut filling in taken {
                let packed = lock(&shared).fill(&filling);
                filling.clear();
                if give.send(packed.map(|()| filling)).is_err() {
                    return;
                }
            }
        };
        let thread = Some(thread::Builder::new().name("packer".to_owned()).spawn(pack)?);
        let jobs = Some(jobs);
        Ok(Self { number, packing, jobs, done, thread, under_way: 0, filling: Filling::default(), block: 0 })
    }

    /// Adds the rows of a document.
    pub(super) fn append<'r>(&mut self, rows: impl Fn(Table) -> &'r [u8]) -> io::Result<Place> {
        let bytes: usize = Table::ALL.into_iter().map(|table| rows(table).len()).sum();
        if bytes > BLOCK {
            return self.append_large(rows);
        }
        let place = Place { segment: self.number, block: self.block, document: self.filling.add(rows) };
        if self.filling.len() >= BLOCK {
            self.send()?;
        }
        Ok(place)
    }

    /// Packs the rows of a document that are more than a block, from where they are.
    fn append_large<'r>(&mut self, rows: impl Fn(Table) -> &'r [u8]) -> io::Result<Place> {
        self.send()?;
        self.wait(0)?;
        let head = Filling::head_of_one(&rows);
        let mut parts: Vec<&[u8]> = vec![&head];
        parts.extend(Table::ALL.into_iter().map(|table| -> &[u8] { rows(table) }));
        lock(&self.packing).write(&1_u32.to_le_bytes(), &parts)?;
        let place = Place { segment: self.number, block: self.block, document: 0 };
        self.block += 1;
        Ok(place)
    }

    /// Sends the block that is being filled on its way.
    fn send(&mut self) -> io::Result<()> {
        if self.filling.documents == 0 {
            return Ok(());
        }
        let empty = self.wait(UNDER_WAY - 1)?.unwrap_or_default();
        let full = std::mem::replace(&mut self.filling, empty);
        let sent = self.jobs.as_ref().is_some_and(|jobs| jobs.send(full).is_ok());
        if !sent {
            return Err(io::Error::other("the thread that packs the state has ended"));
        }
        self.under_way += 1;
        self.block += 1;
        Ok(())
    }

    /// Waits until no more than so many blocks are under way; gives one of those that came back, empty.
    fn wait(&mut self, most: usize) -> io::Result<Option<Filling>> {
        let mut empty = None;
        while self.under_way > most {
            let back = self.done.recv().map_err(|_| io::Error::other("the thread that packs the state has ended"))?;
            self.under_way -= 1;
            empty = Some(back?);
        }
        Ok(empty)
    }

    /// Ends the segment: all of it is on the disk. Gives its stamp.
    pub(super) fn finish(mut self) -> io::Result<Option<Stamp>> {
        self.send()?;
        self.wait(0)?;
        let mut packing = lock(&self.packing);
        packing.file.flush()?;
        let stamp = Stamp::seal(packing.file.get_ref())?;
        packing.file.get_ref().sync_all()?;
        Ok(stamp)
    }
}

impl Drop for SegmentWriter {
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take() {
            // If it panicked, `wait` has told.
            let _ = thread.join();
        }
    }
}

fn lock(packing: &Mutex<Packing>) -> MutexGuard<'_, Packing> {
    // After a panic the writer is told that the thread has ended, and gives up.
    packing.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Goes through the blocks of a segment, forwards.
pub(super) struct SegmentReader {
    number: u64,
    path: PathBuf,
    file: File,
    length: u64,
    /// Where the header of block `next` is.
    offset: u64,
    next: u64,
    current: Option<Arc<StoredBlock>>,
}

impl SegmentReader {
    pub(super) fn open(folder: &Path, number: u64) -> io::Result<Self> {
        let path = folder.join(file_name(number));
        let file = File::open(&path)?;
        let length = file.metadata()?.len();
        Ok(Self { number, path, file, length, offset: 0, next: 0, current: None })
    }

    /// A block, not before the last one that was asked for.
    pub(super) fn block(&mut self, number: u64) -> Result<Arc<StoredBlock>, String> {
        if let Some(current) = self.current.as_ref().filter(|current| current.name.number == number) {
            return Ok(Arc::clone(current));
        }
        if number < self.next {
            return Err(format!("expected a block after {}, found {number}", self.next));
        }
        while self.next <= number {
            let mut bytes = [0; HEADER];
            let cannot = |error: io::Error| format!("the header of block {number} cannot be read: {error}");
            self.file.seek(SeekFrom::Start(self.offset)).map_err(cannot)?;
            self.file.read_exact(&mut bytes).map_err(cannot)?;
            let header = Header::parse(&bytes);
            let start = self.offset + HEADER as u64;
            let end = start.checked_add(header.packed).filter(|end| *end <= self.length);
            self.offset = end.ok_or_else(|| format!("block {} goes beyond the end of its file", self.next))?;
            let name = Name { file: self.number, number: self.next };
            self.current = Some(StoredBlock::new(name, header, self.path.clone(), start));
            self.next += 1;
        }
        self.current.clone().ok_or_else(|| "no block".to_owned())
    }
}

/// The bytes of a block, checked and decompressed.
pub(super) fn read(block: &StoredBlock) -> Result<Vec<u8>, String> {
    let read = || -> io::Result<Vec<u8>> {
        let mut file = File::open(&block.path)?;
        file.seek(SeekFrom::Start(block.offset))?;
        let mut packed = Vec::new();
        // The reader of headers has seen that the file is that long.
        packed.try_reserve_exact(usize::try_from(block.header.packed).map_err(io::Error::other)?)?;
        file.take(block.header.packed).read_to_end(&mut packed)?;
        Ok(packed)
    };
    let packed = read().map_err(|error| format!("a block of rows cannot be read: {error}"))?;
    unpack(block.name, &block.header, &packed)
}
