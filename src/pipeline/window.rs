//! The bounded window between workers and the writer.
//!
//! Why not a parallel iterator with its results collected in order: then one slow document at the front lets the rows
//! of all others pile up behind it. Here a worker gets the next task only while the window has room, counted both
//! in tasks and in bytes: of the texts that are being worked on, and of the rows that wait to be written. One
//! task always has room, however large, so the run never stands still.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::table::DocumentRows;

/// How often a waiting writer looks whether the user gave up.
const PATIENCE: Duration = Duration::from_millis(50);

/// Results for which the writer is woken, and bytes of rows for which it is woken at once. The window has room for
/// more, so that workers need not wait for it meanwhile.
const BATCH: usize = 8;
const LARGE: u64 = 1 << 16;

/// Bytes of the texts of tasks that are handed out together: what is made of them should stay in the cache.
const SMALL: u64 = 1 << 17;

/// Bytes of memory that are kept for rows to come.
const SPARE: usize = 32 << 20;

/// How much may be in flight.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// Tasks handed out whose results are not yet written.
    pub(super) tasks: usize,
    /// Bytes of their texts, and of their rows once they are made.
    pub(super) bytes: u64,
    /// Small tasks handed out together.
    pub(super) together: usize,
}

/// What takes room in the window.
pub(super) trait Load {
    /// Bytes of memory, more or less.
    fn bytes(&self) -> u64;

    /// Whether it may be handed out together with others.
    fn joins(&self) -> bool {
        false
    }
}

/// A task with rows whose memory may be used.
pub(super) type Handed<T> = (T, DocumentRows);

/// The tasks between the first whose result is not written and the last that was handed out. `T` are the tasks in order,
/// `D` what is done.
pub(super) struct Window<T: Iterator, D> {
    limits: Limits,
    state: Mutex<State<T, D>>,
    /// Room for another task, or the end.
    room: Condvar,
    /// The results that the writer waits for are there.
    ready: Condvar,
}

struct State<T: Iterator, D> {
    tasks: T,
    /// The next task; nothing after the last one.
    next: Option<T::Item>,
    written: usize,
    handed_out: usize,
    bytes: u64,
    /// Results from number `written` on; of those that are not there yet, the bytes of the task.
    done: VecDeque<Result<D, u64>>,
    /// Rows that were written, for the sake of their memory: pages fresh from the system cost more than to fill them.
    spare: Vec<DocumentRows>,
    /// Bytes that these hold.
    spare_bytes: usize,
    is_closed: bool,
}

impl<T: Iterator<Item: Load>, D> State<T, D> {
    /// Whether the next task may be handed out.
    fn has_room(&self, limits: Limits) -> bool {
        let bytes = self.next.as_ref().map_or(0, Load::bytes);
        self.handed_out - self.written < limits.tasks
            && (self.handed_out == self.written || self.bytes.saturating_add(bytes) <= limits.bytes)
    }

    /// The next task, which is in flight from now on, and rows to make its own in.
    fn hand_out(&mut self) -> Option<Handed<T::Item>> {
        let following = self.tasks.next();
        let task = std::mem::replace(&mut self.next, following)?;
        let bytes = task.bytes();
        self.handed_out += 1;
        self.bytes = self.bytes.saturating_add(bytes);
        self.done.push_back(Err(bytes));
        let spare = self.spare.pop().unwrap_or_default();
        self.spare_bytes -= spare.capacity();
        Some((task, spare))
    }
}

impl<T: Iterator<Item: Load>, D: Load> Window<T, D> {
    pub(super) fn new(mut tasks: T, limits: Limits) -> Self {
        let next = tasks.next();
        let state = State {
            tasks,
            next,
            written: 0,
            handed_out: 0,
            bytes: 0,
            done: VecDeque::new(),
            spare: Vec::new(),
            spare_bytes: 0,
            is_closed: false,
        };
        Self { limits, state: Mutex::new(state), room: Condvar::new(), ready: Condvar::new() }
    }

    fn lock(&self) -> MutexGuard<'_, State<T, D>> {
        // The state is whole between any two statements that change it.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// For a worker: the next task or, if they are small, the next ones, with the number of the first; each with rows to make
    /// its own in. `None` when there is no more work.
    pub(super) fn take(&self) -> Option<(usize, Vec<Handed<T::Item>>)> {
        let mut state = self.lock();
        loop {
            let next = state.next.as_ref().filter(|_| !state.is_closed)?;
            let (joins, mut together) = (next.joins(), next.bytes());
            if state.has_room(self.limits) {
                let number = state.handed_out;
                let mut taken = Vec::from_iter(state.hand_out());
                while joins
                    && taken.len() < self.limits.together
                    && let Some(bytes) = state.next.as_ref().filter(|next| next.joins()).map(Load::bytes)
                    && together.saturating_add(bytes) <= SMALL
                    && state.has_room(self.limits)
                {
                    together += bytes;
                    taken.extend(state.hand_out());
                }
                return Some((number, taken));
            }
            // The writer may be asleep over a few small results: it makes room.
            self.ready.notify_one();
            state = self.room.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// For a worker: what is done of the tasks from a number on.
    pub(super) fn give(&self, number: usize, all: Vec<D>) {
        let mut state = self.lock();
        let place = number - state.written;
        let mut bytes = 0;
        for (place, done) in (place..).zip(all) {
            let made = done.bytes();
            let before = std::mem::replace(&mut state.done[place], Ok(done)).err().unwrap_or_default();
            state.bytes = state.bytes.saturating_sub(before).saturating_add(made);
            bytes += made;
        }
        // To wake the writer costs more than a small document's rows: it is woken for a batch of them, for a large one,
        // and for the last ones. Else its patience ends the wait.
        let in_order = state.done.iter().take(BATCH).take_while(|done| done.is_ok()).count();
        let is_end = state.next.is_none();
        if in_order == BATCH || in_order > 0 && (is_end || bytes >= LARGE) {
            self.ready.notify_one();
        }
    }

    /// For the writer: the next results, in order; nothing after a moment of waiting in vain, and `None` after the last.
    pub(super) fn next(&self) -> Option<Vec<D>> {
        let mut state = self.lock();
        if state.next.is_none() && state.written == state.handed_out {
            return None;
        }
        if !matches!(state.done.front(), Some(Ok(_))) {
            state = self.ready.wait_timeout(state, PATIENCE).unwrap_or_else(PoisonError::into_inner).0;
        }
        let mut batch = Vec::new();
        while let Some(Ok(_)) = state.done.front() {
            batch.extend(state.done.pop_front().and_then(Result::ok));
        }
        state.written += batch.len();
        let bytes = batch.iter().fold(0, |sum: u64, done| sum.saturating_add(done.bytes()));
        state.bytes = state.bytes.saturating_sub(bytes);
        drop(state);
        self.room.notify_all();
        Some(batch)
    }

    /// For the writer: rows that were written may be used again.
    pub(super) fn recycle(&self, written: impl Iterator<Item = DocumentRows>) {
        let mut state = self.lock();
        for mut rows in written {
            if state.spare_bytes + rows.capacity() <= SPARE {
                rows.clear();
                state.spare_bytes += rows.capacity();
                state.spare.push(rows);
            }
        }
    }

    /// No more tasks are handed out.
    pub(super) fn close(&self) {
        self.lock().is_closed = true;
        self.room.notify_all();
    }

    /// What is left of the tasks.
    pub(super) fn into_tasks(self) -> T {
        self.state.into_inner().unwrap_or_else(PoisonError::into_inner).tasks
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Load for u64 {
        fn bytes(&self) -> u64 {
            *self
        }

        fn joins(&self) -> bool {
            (SMALL / 4..=SMALL).contains(self)
        }
    }

    type Sizes = std::vec::IntoIter<u64>;

    fn window(sizes: &[u64], limits: Limits) -> Window<Sizes, u64> {
        Window::new(Vec::from(sizes).into_iter(), limits)
    }

    /// Takes until the window has no room; a taker that has to wait would wait for ever, so it looks first.
    fn take_all(window: &Window<Sizes, u64>) -> usize {
        let mut taken = 0;
        loop {
            let state = window.lock();
            let Some(size) = state.next else { return taken };
            let in_flight = state.handed_out - state.written;
            if in_flight >= window.limits.tasks || in_flight > 0 && state.bytes + size > window.limits.bytes {
                return taken;
            }
            drop(state);
            taken += window.take().unwrap().1.len();
        }
    }

    #[test]
    fn tasks_and_bytes_in_flight_are_bounded() {
        assert_eq!(take_all(&window(&[1; 10], Limits { tasks: 4, bytes: 100, together: 3 })), 4);
        assert_eq!(take_all(&window(&[60, 60, 60], Limits { tasks: 4, bytes: 100, together: 3 })), 1);
        assert_eq!(
            take_all(&window(&[600, 1], Limits { tasks: 4, bytes: 100, together: 3 })),
            1,
            "one always has room"
        );
    }

    #[test]
    fn results_come_out_in_order() {
        let window = window(&[1; 3], Limits { tasks: 3, bytes: 100, together: 3 });
        assert_eq!(take_all(&window), 3);
        window.give(2, vec![12]);
        window.give(1, vec![11]);
        assert_eq!(window.next().unwrap().len(), 0, "the first is not there yet");
        window.give(0, vec![10]);
        assert_eq!(window.next().unwrap(), [10, 11, 12]);
        assert_eq!(window.lock().bytes, 0, "nothing in flight");
        assert!(window.next().is_none());
    }

    #[test]
    fn rows_that_wait_take_the_place_of_the_text() {
        let window = window(&[60, 60], Limits { tasks: 4, bytes: 100, together: 3 });
        window.take().unwrap();
        assert_eq!(take_all(&window), 0);
        window.give(0, vec![20]);
        assert_eq!(take_all(&window), 1);
    }

    #[test]
    fn small_tasks_are_handed_out_together() {
        const QUARTER: u64 = SMALL / 4;
        let sizes = [QUARTER, QUARTER, QUARTER, QUARTER, 5, QUARTER, SMALL, QUARTER];
        let window = window(&sizes, Limits { tasks: 7, bytes: 100 * SMALL, together: 3 });
        let take = || window.take().map(|(number, all)| (number, all.len())).unwrap();
        assert_eq!(take(), (0, 3), "no more than three");
        assert_eq!((take(), take()), ((3, 1), (4, 1)), "one that must be alone");
        assert_eq!(take(), (5, 1), "the next is too large to join it");
        assert_eq!(take(), (6, 1), "there is no room for the next");
        window.give(0, vec![1, 2, 3]);
        assert_eq!(window.next().unwrap(), [1, 2, 3]);
        assert_eq!(take(), (7, 1));
        assert!(window.take().is_none());
    }

    #[test]
    fn nothing_is_handed_out_after_the_end() {
        let window = window(&[1; 3], Limits { tasks: 3, bytes: 100, together: 3 });
        assert!(window.take().is_some());
        window.close();
        assert!(window.take().is_none());
        assert_eq!(window.into_tasks().count(), 1, "one was taken, one is ready, one is left");
    }
}
