//! The table files of a run: rows that are new, and stretches of the tables of the run before.
//!
//! Most of a refreshed table is what it was. So what the run before wrote is copied from its tables, where these are surely as
//! it left them, instead of unpacking the same rows from the state. Stretches that follow one another are copied in one go,
//! and not before something else is to be written: a table in which nothing changed is never written at all, it stays where
//! it is.
//!
//! Copied by way of a buffer that stays in the processor's cache: to let the system copy within itself (`copy_file_range`) was
//! measured to take longer, as it moves page by page.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::ops::Range;
use std::path::Path;
use std::thread::{self, JoinHandle};

use crate::review::shown;
use crate::state::{Stamp, Store};
use crate::table::schema::Table;

/// Bytes of a table that are read and written at once.
const BUFFER: usize = 1 << 18;

/// Pieces below this are collected before they are written: a call of the system each would cost more.
const SMALL: usize = 1 << 16;

/// Bytes of a table after which the system is asked to bring them to the disk, while the run goes on.
const SYNCED: u64 = 32 << 20;

/// A table on its way.
pub(super) struct TableFile {
    pub(super) table: Table,
    file: BufWriter<File>,
    earlier: Option<Earlier>,
    /// Bytes of the earlier table that are to be copied before anything else is written.
    pending: Range<u64>,
    is_new: bool,
    /// Bytes that were written since the system was asked last to bring them to the disk.
    unsynced: u64,
    sync: EarlySync,
}

/// The table that the run before left.
struct Earlier {
    file: BufReader<File>,
    stamp: Stamp,
    /// Where `file` is.
    at: u64,
}

/// What has become of a table.
pub(super) enum Finished {
    /// It is written, and on the disk; its stamp is that which it had then.
    Written(Option<Stamp>),
    /// It is the one that is there, with that stamp.
    Same(Stamp),
}

impl TableFile {
    /// Begins a table in a file of its own.
    pub(super) fn create(table: Table, path: &Path) -> io::Result<Self> {
        let mut file = BufWriter::with_capacity(BUFFER, File::create(path)?);
        file.write_all(table.header().as_bytes())?;
        let sync = EarlySync::default();
        Ok(Self { table, file, earlier: None, pending: 0..0, is_new: false, unsynced: 0, sync })
    }

    /// Opens the table that the run before left in a folder, if it is surely what that run wrote: its stamp says so, and the
    /// state says how long it was. Gives whether it is.
    pub(super) fn open_earlier(&mut self, folder: &Path, store: &Store) -> bool {
        let name = self.table.file_name();
        let header = self.table.header().len() as u64;
        let open = || {
            let remembered = shown::remembered_stamp(folder, &name).filter(Stamp::is_proof)?;
            let file = File::open(folder.join(&name)).ok()?;
            let is_it = stamp(&file) == Some(remembered) && remembered.size == header + store.written(self.table);
            is_it.then_some((file, remembered))
        };
        match open() {
            Some((file, stamp)) => self.remember(file, stamp),
            None => self.forget_earlier(),
        }
        self.earlier.is_some()
    }

    fn remember(&mut self, file: File, stamp: Stamp) {
        let header = self.table.header().len() as u64;
        self.earlier = Some(Earlier { file: BufReader::with_capacity(BUFFER, file), stamp, at: 0 });
        self.pending = header..header;
    }

    /// Nothing will be copied.
    pub(super) fn forget_earlier(&mut self) {
        self.earlier = None;
        self.pending = 0..0;
        self.is_new = true;
    }

    /// Writes rows.
    pub(super) fn write(&mut self, rows: &[u8]) -> io::Result<()> {
        if rows.is_empty() {
            return Ok(());
        }
        self.copy_pending()?;
        self.is_new = true;
        self.file.write_all(rows)?;
        self.written(rows.len() as u64)
    }

    fn written(&mut self, bytes: u64) -> io::Result<()> {
        self.unsynced += bytes;
        if self.unsynced >= SYNCED && self.sync.begin(self.file.get_ref())? {
            self.unsynced = 0;
        }
        Ok(())
    }

    /// Writes bytes of the table that the run before left.
    pub(super) fn copy(&mut self, bytes: Range<u64>) -> io::Result<()> {
        if bytes.is_empty() {
            return Ok(());
        }
        if bytes.start == self.pending.end {
            self.pending.end = bytes.end;
            return Ok(());
        }
        self.copy_pending()?;
        self.is_new = true;
        self.pending = bytes;
        Ok(())
    }

    fn copy_pending(&mut self) -> io::Result<()> {
        let bytes = std::mem::take(&mut self.pending);
        if bytes.is_empty() {
            return Ok(());
        }
        let earlier = self.earlier.as_mut().ok_or_else(|| io::Error::other("there is no table to copy from"))?;
        let length = bytes.end - bytes.start;
        earlier.copy(bytes, &mut self.file)?;
        self.written(length)
    }

    /// Ends the table.
    pub(super) fn finish(mut self) -> io::Result<Finished> {
        if let Some(earlier) = &self.earlier {
            let is_whole = self.pending.end == earlier.stamp.size;
            if !self.is_new && is_whole && earlier.is_as_it_was() {
                return Ok(Finished::Same(earlier.stamp));
            }
        }
        self.copy_pending()?;
        if self.earlier.as_ref().is_some_and(|earlier| !earlier.is_as_it_was()) {
            return Err(io::Error::other("it was changed while it was being refreshed; run again"));
        }
        self.sync.end()?;
        let file = self.file.into_inner().map_err(io::IntoInnerError::into_error)?;
        let stamp = Stamp::seal(&file).ok().flatten();
        // Only a synced file is surely on the disk: some file systems find out late that it is full.
        file.sync_all()?;
        Ok(Finished::Written(stamp))
    }
}

/// What is written of a file goes to the disk while the run goes on, on a thread of its own. Left to the end, the disk would
/// stand still during the run, and the run during the rest.
#[derive(Default)]
struct EarlySync(Option<JoinHandle<io::Result<()>>>);

impl EarlySync {
    /// Begins, unless it is at it; gives whether it has begun.
    fn begin(&mut self, file: &File) -> io::Result<bool> {
        if self.0.as_ref().is_some_and(|thread| !thread.is_finished()) {
            return Ok(false);
        }
        self.end()?;
        let Ok(file) = file.try_clone() else { return Ok(false) };
        // Without a thread all is synced at the end.
        self.0 = thread::Builder::new().name("sync".to_owned()).spawn(move || file.sync_data()).ok();
        Ok(self.0.is_some())
    }

    /// Waits for the end. An error has to be told: the system does not tell it twice.
    fn end(&mut self) -> io::Result<()> {
        let Some(thread) = self.0.take() else { return Ok(()) };
        thread.join().unwrap_or_else(|_| Err(io::Error::other("the thread that brings it to the disk has ended")))
    }
}

impl Drop for EarlySync {
    fn drop(&mut self) {
        // Of a file that is given up nobody wants to know.
        let _ = self.end();
    }
}

impl Earlier {
    fn copy(&mut self, bytes: Range<u64>, out: &mut BufWriter<File>) -> io::Result<()> {
        let step = i64::try_from(bytes.start).ok().zip(i64::try_from(self.at).ok()).map(|(to, at)| to - at);
        self.file.seek_relative(step.ok_or(io::ErrorKind::FileTooLarge)?)?;
        let mut rest = bytes.end - bytes.start;
        while rest > 0 {
            let found = self.file.fill_buf()?;
            let part = found.len().min(usize::try_from(rest).unwrap_or(usize::MAX));
            if part == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            if part < SMALL {
                out.write_all(&found[..part])?;
            } else {
                out.flush()?;
                out.get_mut().write_all(&found[..part])?;
            }
            self.file.consume(part);
            rest -= part as u64;
        }
        self.at = bytes.end;
        Ok(())
    }

    fn is_as_it_was(&self) -> bool {
        stamp(self.file.get_ref()) == Some(self.stamp)
    }
}

fn stamp(file: &File) -> Option<Stamp> {
    file.metadata().ok().as_ref().and_then(Stamp::of)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A table, and the one of the run before: a header and `length` bytes that tell where they are.
    fn files(folder: &Path, length: u32) -> (TableFile, Vec<u8>) {
        let rows = (0..length / 4).flat_map(|number| (number % 251).to_le_bytes());
        let old: Vec<u8> = Table::Documents.header().bytes().chain(rows).collect();
        std::fs::write(folder.join("old"), &old).unwrap();
        let file = File::open(folder.join("old")).unwrap();
        let mut table = TableFile::create(Table::Documents, &folder.join("new")).unwrap();
        let stamp = stamp(&file).unwrap();
        table.remember(file, stamp);
        (table, old)
    }

    #[test]
    fn the_whole_of_a_table_is_not_copied() {
        let folder = tempfile::tempdir().unwrap();
        let header = Table::Documents.header().len() as u64;
        let finished = |act: &dyn Fn(&mut TableFile)| {
            let (mut table, _) = files(folder.path(), 40);
            act(&mut table);
            table.finish().map(|finished| matches!(finished, Finished::Same(_)))
        };
        let parts = |table: &mut TableFile| {
            table.copy(header..header + 10).unwrap();
            table.write(b"").unwrap();
            table.copy(header + 10..header + 40).unwrap();
        };
        assert!(finished(&parts).unwrap());
        assert!(!finished(&|table| table.copy(header..header + 30).unwrap()).unwrap(), "the end is gone");
        assert!(!finished(&|table| table.copy(header + 1..header + 40).unwrap()).unwrap(), "the beginning is gone");
        assert!(!finished(&|table| (parts(table), table.write(b"x").unwrap()).1).unwrap(), "more");
        let changed = finished(&|table| {
            parts(table);
            File::options().append(true).open(folder.path().join("old")).unwrap().write_all(b"x").unwrap();
        });
        assert!(changed.is_err(), "somebody saved it");
        let cut = finished(&|table| {
            File::options().write(true).open(folder.path().join("old")).unwrap().set_len(header + 5).unwrap();
            parts(table);
        });
        assert!(cut.is_err());
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn stretches_small_and_large_are_copied_in_their_order(
            stretches in prop::collection::vec((any::<bool>(), 0..300_000_u64, 0..200_000_u64), 1..12),
        ) {
            let folder = tempfile::tempdir().unwrap();
            let (mut table, old) = files(folder.path(), 600_000);
            let mut expected = Table::Documents.header().as_bytes().to_vec();
            let mut at = expected.len() as u64;
            for (is_new, skipped, length) in stretches {
                if is_new {
                    let rows = vec![b'n'; length as usize / 10];
                    table.write(&rows).unwrap();
                    expected.extend(rows);
                    continue;
                }
                let start = (at + skipped / 4).min(old.len() as u64);
                at = (start + length).min(old.len() as u64);
                table.copy(start..at).unwrap();
                expected.extend(&old[start as usize..at as usize]);
            }
            let is_same = matches!(table.finish().unwrap(), Finished::Same(_));
            prop_assert_eq!(is_same, expected == old);
            prop_assert!(is_same || std::fs::read(folder.path().join("new")).unwrap() == expected);
        }
    }
}
