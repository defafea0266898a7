//! Why there is no state to be had.

use std::io;
use std::path::PathBuf;

/// Why a state cannot be used. None of these costs a fact: the next `extract` makes the state again.
#[derive(Debug, thiserror::Error)]
pub enum StateError {
    /// No run left a state there.
    #[error(
        "`{}` holds no state of a run: expected `.factline/index` in it; run `factline extract` (without --no-state) \
         into this folder first", .0.display()
    )]
    Missing(PathBuf),
    /// A run is writing it.
    #[error("`{}`: a run is writing there; wait for it", .0.display())]
    Busy(PathBuf),
    /// A run was killed while it put its tables in place.
    #[error(
        "`{}`: a run was killed while it put its tables in place; run `factline extract` again, which puts that right",
        .0.display()
    )]
    Interrupted(PathBuf),
    /// It was written in another format.
    #[error("`{}`: expected a state in the format of this program, found {found}", .path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
        /// How it begins.
        found: String,
    },
    /// It is not what was written.
    #[error("`{}` is damaged: {problem}; `factline extract --verify` makes it again", .path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// Expected, found.
        problem: String,
    },
    /// It cannot be read.
    #[error("cannot read `{}`: {source}", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}
