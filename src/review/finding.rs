//! What collecting has to say to the reviewer: what could not be taken, and what was taken otherwise than it looks.

use std::fmt;

/// What is the matter with a row or a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// `review` holds something else than a verdict.
    UnknownDecision,
    /// A corrected cell is not what its column holds.
    BadValue,
    /// The verdict is `correct`, and nothing is corrected.
    NothingCorrected,
    /// A cell was edited, and the verdict is not `correct`.
    EditedWithoutCorrect,
    /// No fact has the id.
    UnknownId,
    /// The id is there twice.
    RepeatedId,
    /// The table was not part of the last run.
    NoTable,
    /// A cell was edited that cannot be corrected.
    NotCorrectable,
    /// A rejected row was edited.
    RejectedAndEdited,
    /// Somebody decided otherwise before.
    DecidedOtherwise,
    /// The table has a column that is not read.
    UnknownColumn,
    /// The table has no column for verdicts.
    NoReviewColumn,
}

impl Code {
    /// The code as it is shown.
    pub fn name(self) -> &'static str {
        match self {
            Code::UnknownDecision => "unknown-decision",
            Code::BadValue => "bad-value",
            Code::NothingCorrected => "nothing-corrected",
            Code::EditedWithoutCorrect => "edited-without-correct",
            Code::UnknownId => "unknown-id",
            Code::RepeatedId => "repeated-id",
            Code::NoTable => "no-table",
            Code::NotCorrectable => "not-correctable",
            Code::RejectedAndEdited => "rejected-and-edited",
            Code::DecidedOtherwise => "decided-otherwise",
            Code::UnknownColumn => "unknown-column",
            Code::NoReviewColumn => "no-review-column",
        }
    }

    /// Whether a reviewer's work is not taken because of it. The rest is only told.
    pub fn is_problem(self) -> bool {
        self <= Code::NoTable
    }
}

/// Something about a cell, a row or a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Where: `numbers.csv, line 14, value`.
    pub place: String,
    /// What is the matter.
    pub code: Code,
    /// Expected, found, and what to do.
    pub message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} [{}]", self.place, self.message, self.code.name())
    }
}
