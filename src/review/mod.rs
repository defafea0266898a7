//! Review: what people decide about facts, and how that survives a refresh.
//!
//! A person reviews in the tables themselves, in whatever spreadsheet is at hand. [`collect`] finds what they changed
//! against the rows as made (which the [state](crate::state) beside the tables remembers), and adds it to the decisions
//! [file]; [`apply`] writes decisions into the tables of the next run. Decisions are about ids, which stay when a
//! document changes elsewhere; those whose fact is gone are [orphans], which can be
//! [carried](carry) over to another fact, and are never dropped.

pub mod apply;
pub mod carry;
pub mod codes;
pub mod collect;
mod compared;
pub mod decision;
pub mod file;
mod finding;
mod judge;
mod moved;
pub mod orphans;
pub mod shown;
mod spreadsheet;
pub mod status;
pub(crate) mod uncompared;
mod value;
pub mod workbook;

use std::path::{Path, PathBuf};

use decision::{Decision, Decisions};
use file::DecisionsError;

pub use finding::{Code, Finding};
pub use spreadsheet::SheetError;

/// Where the decisions about the tables of an output folder are, unless the user says otherwise.
pub fn decisions_path(out: &Path) -> PathBuf {
    out.join("review").join("decisions.csv")
}

/// Where decisions are listed whose fact is gone.
pub fn orphans_path(out: &Path) -> PathBuf {
    out.join("review").join("orphans.csv")
}

/// What people decided, as a run needs it.
#[derive(Debug, Clone, Default)]
pub struct Review {
    /// All lines, in the order of the file.
    pub lines: Vec<Decision>,
    /// What they come to.
    pub decisions: Decisions,
    /// What becomes of rejected rows.
    pub rejected: apply::Rejected,
}

impl Review {
    /// Reads a decisions file; one that is not there holds none.
    pub fn read(path: &Path, rejected: apply::Rejected) -> Result<Self, DecisionsError> {
        let lines = file::read(path)?;
        let decisions = Decisions::new(&lines);
        Ok(Self { lines, decisions, rejected })
    }
}
