//! The bounded window between workers and the writer.
//!
//! Why not a parallel iterator with its results collected in order: then one slow document at the front lets the rows
//! of all others pile up behind it. Here a worker gets the next document only while the window has room, counted both
//! in documents and in bytes: of the texts that are being worked on, and of the rows that wait to be written. One
//! document always has room, however large, so the run never stands still.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::sources::Source;
use crate::table::DocumentRows;

/// How often a waiting writer looks whether the user gave up.
const PATIENCE: Duration = Duration::from_millis(50);

/// Documents for which the writer is woken, and bytes of rows for which it is woken at once. The window has room for
/// more documents, so that workers need not wait for it meanwhile.
const BATCH: usize = 8;
const LARGE: u64 = 1 << 16;

/// Bytes of memory that are kept for rows to come.
const SPARE: usize = 32 << 20;

/// How much may be in flight.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// Documents handed out and not yet written.
    pub(super) documents: usize,
    /// Bytes of their texts, and of their rows once they are made.
    pub(super) bytes: u64,
}

/// The documents between the first that is not written and the last that was handed out.
pub(super) struct Window<'a> {
    sources: &'a [Source],
    limits: Limits,
    state: Mutex<State>,
    /// Room for another document, or the end.
    room: Condvar,
    /// The rows that the writer waits for are there.
    ready: Condvar,
}

#[derive(Default)]
struct State {
    written: usize,
    handed_out: usize,
    bytes: u64,
    /// Rows of the documents from `written` on.
    rows: VecDeque<Option<DocumentRows>>,
    /// Rows that were written, for the sake of their memory: pages fresh from the system cost more than to fill them.
    spare: Vec<DocumentRows>,
    /// Bytes that these hold.
    spare_bytes: usize,
    is_closed: bool,
}

impl<'a> Window<'a> {
    pub(super) fn new(sources: &'a [Source], limits: Limits) -> Self {
        Self { sources, limits, state: Mutex::default(), room: Condvar::new(), ready: Condvar::new() }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // The state is whole between any two statements that change it.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// For a worker: the next document and rows to make its own in, or `None` when there is no more work.
    pub(super) fn take(&self) -> Option<(usize, &'a Source, DocumentRows)> {
        let mut state = self.lock();
        loop {
            let index = state.handed_out;
            let source = self.sources.get(index).filter(|_| !state.is_closed)?;
            let has_room = index - state.written < self.limits.documents
                && (index == state.written || state.bytes + source.bytes <= self.limits.bytes);
            if has_room {
                state.handed_out += 1;
                state.bytes += source.bytes;
                state.rows.push_back(None);
                let spare = state.spare.pop().unwrap_or_default();
                state.spare_bytes -= spare.capacity();
                return Some((index, source, spare));
            }
            // The writer may be asleep over a few small documents: it makes room.
            self.ready.notify_one();
            state = self.room.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// For a worker: the rows of a document.
    pub(super) fn give(&self, index: usize, rows: DocumentRows) {
        let mut state = self.lock();
        let place = index - state.written;
        let bytes = rows.len() as u64;
        state.bytes = state.bytes - self.sources[index].bytes + bytes;
        state.rows[place] = Some(rows);
        // To wake the writer costs more than a small document's rows: it is woken for a batch of them, for a large one,
        // and for the last ones. Else its patience ends the wait.
        let in_order = state.rows.iter().take(BATCH).take_while(|rows| rows.is_some()).count();
        let is_end = state.handed_out == self.sources.len();
        if in_order == BATCH || in_order > 0 && (is_end || bytes >= LARGE) {
            self.ready.notify_one();
        }
    }

    /// For the writer: the rows of the next documents, in order; nothing after a moment of waiting in vain, and `None`
    /// after the last document.
    pub(super) fn next(&self) -> Option<Vec<DocumentRows>> {
        let mut state = self.lock();
        if state.written == self.sources.len() {
            return None;
        }
        if !matches!(state.rows.front(), Some(Some(_))) {
            state = self.ready.wait_timeout(state, PATIENCE).unwrap_or_else(PoisonError::into_inner).0;
        }
        let mut batch = Vec::new();
        while let Some(Some(_)) = state.rows.front() {
            batch.extend(state.rows.pop_front().flatten());
        }
        state.written += batch.len();
        state.bytes -= batch.iter().map(|rows| rows.len() as u64).sum::<u64>();
        drop(state);
        self.room.notify_all();
        Some(batch)
    }

    /// For the writer: rows that were written may be used again.
    pub(super) fn recycle(&self, batch: Vec<DocumentRows>) {
        let mut state = self.lock();
        for mut rows in batch {
            if state.spare_bytes + rows.capacity() <= SPARE {
                rows.clear();
                state.spare_bytes += rows.capacity();
                state.spare.push(rows);
            }
        }
    }

    /// No more documents are handed out.
    pub(super) fn close(&self) {
        self.lock().is_closed = true;
        self.room.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::Origin;
    use crate::table::FailedDocument;

    fn sources(sizes: &[u64]) -> Vec<Source> {
        let source = |bytes: &u64| Source { key: String::new(), origin: Origin::Stdin, bytes: *bytes };
        sizes.iter().map(source).collect()
    }

    fn rows(key: &str) -> DocumentRows {
        DocumentRows::failed(&FailedDocument { key: key.into(), bytes: None, error: String::new() })
    }

    /// Takes until the window has no room; a taker that has to wait would wait for ever, so it looks first.
    fn take_all(window: &Window<'_>) -> usize {
        let mut taken = 0;
        loop {
            let state = window.lock();
            let index = state.handed_out;
            let Some(source) = window.sources.get(index) else { return taken };
            if index - state.written >= window.limits.documents
                || (index != state.written && state.bytes + source.bytes > window.limits.bytes)
            {
                return taken;
            }
            drop(state);
            window.take().unwrap();
            taken += 1;
        }
    }

    #[test]
    fn documents_and_bytes_in_flight_are_bounded() {
        let small = sources(&[1; 10]);
        assert_eq!(take_all(&Window::new(&small, Limits { documents: 4, bytes: 100 })), 4);
        let large = sources(&[60, 60, 60]);
        assert_eq!(take_all(&Window::new(&large, Limits { documents: 4, bytes: 100 })), 1);
        let huge = sources(&[600, 1]);
        assert_eq!(take_all(&Window::new(&huge, Limits { documents: 4, bytes: 100 })), 1, "one always has room");
    }

    #[test]
    fn rows_come_out_in_order() {
        let sources = sources(&[1; 3]);
        let window = Window::new(&sources, Limits { documents: 3, bytes: 100 });
        assert_eq!(take_all(&window), 3);
        window.give(2, rows("c"));
        window.give(1, rows("b"));
        assert_eq!(window.next().unwrap().len(), 0, "the first is not there yet");
        window.give(0, rows("a"));
        assert_eq!(window.next().unwrap().len(), 3);
        assert!(window.next().is_none());
    }

    #[test]
    fn nothing_is_handed_out_after_the_end() {
        let sources = sources(&[1; 3]);
        let window = Window::new(&sources, Limits { documents: 3, bytes: 100 });
        assert!(window.take().is_some());
        window.close();
        assert!(window.take().is_none());
    }
}
