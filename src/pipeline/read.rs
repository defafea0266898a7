//! The bytes of a document.

use std::fs::File;
use std::io::{self, Read};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use super::metadata::MetadataTable;
use super::sources::{Origin, Source, cannot_read};
use crate::document::{Document, DocumentRules};

/// Positions in a document are 32 bits wide.
const LONGEST: u64 = u32::MAX as u64;

/// How often a wait for a stream looks whether the user gave up.
const PATIENCE: Duration = Duration::from_millis(50);

/// The document of a source, with what the user says about it; or why there is none.
pub fn document(source: &Source, metadata: &MetadataTable, rules: &DocumentRules) -> Result<Document, String> {
    let bytes = read(source, &AtomicBool::new(false), Vec::new())?;
    let mut document = Document::read(bytes, &source.key, rules).map_err(|error| error.to_string())?;
    metadata.apply(&mut document);
    Ok(document)
}

/// The bytes of a source, or why there are none. A file's are put into the memory of `buffer`.
pub(super) fn read(source: &Source, cancelled: &AtomicBool, buffer: Vec<u8>) -> Result<Vec<u8>, String> {
    match &source.origin {
        Origin::Unreadable(why) => Err(why.clone()),
        Origin::File(path) => File::open(path).map_err(|error| cannot_read(&error)).and_then(|file| {
            let size = file.metadata().map_or(source.bytes, |found| found.len());
            read_to_end(file, size, buffer)
        }),
        Origin::Stdin => read_stream(|| Ok(Box::new(io::stdin())), cancelled),
        Origin::Stream(path) => {
            let path = path.clone();
            read_stream(move || Ok(Box::new(File::open(path)?)), cancelled)
        }
    }
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
