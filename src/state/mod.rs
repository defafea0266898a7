//! What a run remembers for the next one: per document what it was and the rows that were made of it.
//!
//! The state lives beside the tables, in `.factline/` of the output folder:
//!
//! - `index`: the documents of the run in the order of their keys, and what the run depended on ([`RunFacts`]);
//! - `rows-N`: segments, that is compressed blocks of rows, written once and never changed;
//! - `decisions.csv`: what reviewers had decided when the tables were written; `collected.csv`: what was collected from
//!   them since; `stamps`: size and times of the tables; `input.json`: the paths of the documents;
//! - `lock`: held by the run that writes, shared by those who read.
//!
//! Why not a database: sources come in the order of their keys, and so does the state, so a run is a merge of two ordered
//! streams. Nothing is looked up, nothing is held in memory but the block at hand, and a state of any size costs one
//! sequential read. A run appends one segment with the documents that are new, and writes the index anew; documents that are
//! as they were stay in the segments where they are. Segments that are small or mostly dead are folded into the new one
//! ([`fold`]).
//!
//! Why rows and not facts: rows are what a clean run would write, byte for byte, so nothing can differ. They are kept *as
//! made*, before a reviewer's decisions are applied to them.
//!
//! Everything that is read is checked by digests first. What is damaged is told, and made again: a state is never worth more
//! than the documents that it came from. The same holds for the state of another version ([`BUILD`]).

mod block;
mod codec;
mod entry;
mod error;
mod fold;
mod frame;
mod hash;
mod index;
mod input;
mod run;
mod segment;
mod stamp;
mod store;
mod writer;

pub use error::StateError;
pub use hash::ContentHash;
pub use input::input;
pub use run::{Change, RunFacts};
pub use stamp::Stamp;
pub use store::{Documents, Store, StoredDocument};

pub(crate) use block::{Block, StoredBlock, TABLES};
pub(crate) use entry::{Entry, Known, Written};
pub(crate) use input::{forget_input, remember_input};
pub(crate) use store::{Cursor, clean};
pub(crate) use writer::StateWriter;

/// The folder of the state, in the output folder; hidden, so that a run that reads the output folder never takes it for
/// input.
pub const FOLDER: &str = ".factline";

/// The file in it that makes the state: without it there is none.
pub const INDEX: &str = "index";

/// The decisions of reviewers that the tables show.
pub const SHOWN: &str = "decisions.csv";

/// What was collected from the tables since.
pub const COLLECTED: &str = "collected.csv";

/// Sizes and times of the tables as they were written.
pub const STAMPS: &str = "stamps";

/// What the program was built from: rows of another build may differ although its version is the same.
pub static BUILD: &str = include_str!(concat!(env!("OUT_DIR"), "/build.txt"));
