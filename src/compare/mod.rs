//! Tables against tables: what differs and why, and how good tables are against a gold.
//!
//! [`Folder`] holds tables as they were read back. [`compare`] pairs the facts of two folders and gives a [`Comparison`]:
//! data, which [`format`](mod@format) writes for people, for continuous integration and for programs. [`score`](mod@score) measures tables against a gold,
//! [`calibrate`] turns such measurements into confidences. Knows nothing of how facts are found.

pub mod calibrate;
mod cause;
mod cells;
mod difference;
mod folder;
pub mod format;
mod gold;
mod pair;
mod rows;
pub mod score;
mod words;

pub use cause::{Cause, RunInfo};
pub use cells::REVIEWER;
pub use difference::{CellChange, Change, ChangeKind, Comparison, Options, compare};
pub use folder::{Folder, FolderError};
pub use gold::{Gold, GoldError, Judgement};
pub use rows::{RowRef, Rows};

#[cfg(test)]
mod tests;
