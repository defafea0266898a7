//! The bytes of a document.

use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, SystemTime};

use super::metadata::MetadataTable;
use super::sources::{Origin, Source, cannot_read};
use crate::document::{Document, DocumentRules};
use crate::state::Stamp;

/// Positions in a document are 32 bits wide.
const LONGEST: u64 = u32::MAX as u64;

/// How often a wait for a stream looks whether the user gave up.
const PATIENCE: Duration = Duration::from_millis(50);

/// The bytes of a source, and what they will be known by.
pub(super) struct Content {
    pub(super) bytes: Vec<u8>,
    /// The stamp of the file, if these bytes are what a file with this stamp surely holds.
    pub(super) stamp: Option<Stamp>,
}

/// The document of a source, with what the user says about it; or why there is none.
pub fn document(source: &Source, metadata: &MetadataTable, rules: &DocumentRules) -> Result<Document, String> {
    let bytes = read(source, &AtomicBool::new(false), Vec::new())?.bytes;
    let mut document = Document::read(bytes, &source.key, rules).map_err(|error| error.to_string())?;
    metadata.apply(&mut document);
    Ok(document)
}

/// The bytes of a source, or why there are none. A file's are put into the memory of `buffer`.
pub(super) fn read(source: &Source, cancelled: &AtomicBool, buffer: Vec<u8>) -> Result<Content, String> {
    let unstamped = |bytes| Content { bytes, stamp: None };
    match &source.origin {
        Origin::Unreadable(why) => Err(why.clone()),
        Origin::File(path) => read_file(path, source.bytes, buffer),
        Origin::Stdin => read_stream(|| Ok(Box::new(io::stdin())), cancelled).map(unstamped),
        Origin::Stream(path) => {
            let path = path.clone();
            read_stream(move || Ok(Box::new(File::open(path)?)), cancelled).map(unstamped)
        }
    }
}

fn read_file(path: &Path, size: u64, buffer: Vec<u8>) -> Result<Content, String> {
    let began = SystemTime::now();
    let file = File::open(path).map_err(|error| cannot_read(&error))?;
    let before = file.metadata().ok();
    let size = before.as_ref().map_or(size, Metadata::len);
    let bytes = read_to_end(&file, size, buffer)?;
    // A file that is being written while it is read may be anything in between.
    let stamp = |found: Option<Metadata>| found.as_ref().and_then(Stamp::of);
    let stamp = stamp(before).filter(|before| stamp(file.metadata().ok()) == Some(*before) && before.is_settled(began));
    Ok(Content { bytes, stamp })
}

/// Reads a stream on a thread of its own: no signal wakes a read that waits for a person to type or a program to
/// write, so a run that is stopped leaves that thread behind and ends.
fn read_stream(
    open: impl FnOnce() -> io::Result<Box<dyn Read>> + Send + 'static,
    cancelled: &AtomicBool,
) -> Result<Vec<u8>, String> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let bytes = open().map_err(|error| cannot_read(&error)).and_then(|stream| read_to_end(stream, 0, Vec::new()));
        // Nobody listens any more if the run was stopped.
        let _ = sender.send(bytes);
    });
    loop {
        match receiver.recv_timeout(PATIENCE) {
            Ok(bytes) => return bytes,
            Err(mpsc::RecvTimeoutError::Timeout) if !cancelled.load(Ordering::Relaxed) => {}
            Err(_) => return Err("stopped".to_owned()),
        }
    }
}

fn read_to_end(stream: impl Read, size: u64, mut bytes: Vec<u8>) -> Result<Vec<u8>, String> {
    let too_long = || format!("expected at most {LONGEST} bytes, found more: split the file");
    if size > LONGEST {
        return Err(too_long());
    }
    bytes.clear();
    bytes.try_reserve_exact(size as usize + 1).map_err(|_| format!("not enough memory for {size} bytes"))?;
    stream.take(LONGEST + 1).read_to_end(&mut bytes).map_err(|error| cannot_read(&error))?;
    if bytes.len() as u64 > LONGEST { Err(too_long()) } else { Ok(bytes) }
}
