//! What a worker does: from tasks to rows.

use super::make::{Given, Made, Maker, Seen, failed};
use super::plan::{Kept, KeptRows, Stored, Task};
use super::read::read;
use super::run::{BYTES_IN_FLIGHT, Job};
use super::sources::{Origin, Source};
use super::window::{Handed, Load};
use crate::state::ContentHash;
use crate::table::DocumentRows;

/// What became of a task.
pub(super) enum Done<'a> {
    /// The rows of a document were made.
    Made(Box<Made>),
    /// Rows of the run before hold; whether their documents were not even read.
    Kept(Kept<'a>, bool),
    /// Rows could not be kept, because the state is damaged: why, and the rows made anew.
    Remade(String, Vec<Made>),
}

impl Load for Done<'_> {
    fn bytes(&self) -> u64 {
        match self {
            Self::Made(made) => made.rows.len() as u64,
            Self::Kept(kept, _) => kept.bytes(),
            Self::Remade(_, all) => all.iter().map(|made| made.rows.len() as u64).sum(),
        }
    }
}

impl Load for Task<'_> {
    fn bytes(&self) -> u64 {
        match self {
            Self::Read(source, _) => source.bytes,
            Self::Keep(kept) => kept.bytes(),
        }
    }

    fn joins(&self) -> bool {
        // What is at the other end of a stream may keep others waiting.
        matches!(self, Self::Read(Source { origin: Origin::File(_), .. }, _))
    }
}

impl Kept<'_> {
    /// Bytes of its block: others may share it, and what an unread block says of itself may be anything.
    fn bytes(&self) -> u64 {
        match &self.rows {
            KeptRows::InTables(_) => 0,
            KeptRows::InBlock(block) => block.bytes().min(BYTES_IN_FLIGHT),
        }
    }
}

/// Does tasks; keeps its memory between them.
#[derive(Default)]
pub(super) struct Worker {
    maker: Maker,
}

impl Worker {
    /// Does tasks that were handed out together, each with rows whose memory may be used.
    pub(super) fn work<'a>(&mut self, job: &Job<'a>, tasks: Vec<Handed<Task<'a>>>) -> Vec<Done<'a>> {
        let mut done: Vec<Option<Done<'a>>> = Vec::with_capacity(tasks.len());
        let mut asked = Vec::with_capacity(tasks.len());
        for (task, spare) in tasks {
            done.push(match task {
                Task::Read(source, stored) => match self.compare(job, source, stored) {
                    Ok(kept) => Some(kept),
                    Err(given) => {
                        asked.push((source, given, spare));
                        None
                    }
                },
                Task::Keep(kept) => Some(self.keep(job, kept)),
            });
        }
        let mut made = self.maker.make(job, asked).into_iter();
        done.into_iter().filter_map(|done| done.or_else(|| Some(Done::Made(Box::new(made.next()?))))).collect()
    }

    fn keep<'a>(&mut self, job: &Job<'a>, kept: Kept<'a>) -> Done<'a> {
        match kept.check() {
            Ok(()) => Done::Kept(kept, true),
            Err(problem) => {
                let asked = |source| (source, Given::Nothing, DocumentRows::default());
                let make = |source| self.maker.make(job, vec![asked(source)]);
                Done::Remade(problem, kept.sources.iter().flat_map(make).collect())
            }
        }
    }

    /// Keeps the stored rows of a document if it has the content that they were made of; else gives what was read of it.
    fn compare<'a>(
        &mut self,
        job: &Job<'a>,
        source: &'a Source,
        stored: Option<Box<Stored>>,
    ) -> Result<Done<'a>, Given> {
        let Some(stored) = stored else { return Err(Given::Nothing) };
        let content = match read(source, job.cancelled, self.maker.buffer()) {
            Ok(content) => content,
            Err(error) => return Ok(Done::Made(Box::new(failed(job, source, Seen::default(), error)))),
        };
        let Stored { mut entry, rows } = *stored;
        if entry.known.sha256 != Some(ContentHash::of(&content.bytes)) {
            return Err(Given::Content(content));
        }
        entry.known.stamp = content.stamp;
        let kept = Kept { sources: std::slice::from_ref(source), entries: vec![entry], rows };
        match kept.check() {
            Ok(()) => {
                self.maker.keep_buffer(content.bytes);
                Ok(Done::Kept(kept, false))
            }
            Err(problem) => {
                let asked = vec![(source, Given::Content(content), DocumentRows::default())];
                Ok(Done::Remade(problem, self.maker.make(job, asked)))
            }
        }
    }
}
