//! Why there is no report.

use std::io;
use std::path::PathBuf;

use crate::pipeline::SourceError;
use crate::staging::{StagingError, explain};
use crate::table::read::ReadError;

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The folder holds no tables.
    #[error("`{}` holds no documents.csv: expected a folder with the tables that `factline extract --out` wrote", .0.display())]
    NoTables(PathBuf),
    /// A table cannot be read.
    #[error(transparent)]
    Table(#[from] ReadError),
    /// A cell that is no number, in a column of numbers.
    #[error("`{}`, line {line}, column `{column}`: expected a whole number, found `{found}`; put it back as extract wrote it", .path.display())]
    Number {
        /// The table.
        path: PathBuf,
        /// The line on which the row starts, from 1.
        line: u64,
        /// The column.
        column: &'static str,
        /// The cell.
        found: String,
    },
    /// A row about a document that documents.csv does not have.
    #[error("`{}`, line {line}: expected a document of documents.csv, found `{found}`, which is not there; make all tables again with `factline extract`", .path.display())]
    UnknownDocument {
        /// The table.
        path: PathBuf,
        /// The line on which the row starts, from 1.
        line: u64,
        /// The document.
        found: String,
    },
    /// A path of `--input` that cannot be used.
    #[error("--input {0}")]
    Input(#[from] SourceError),
    /// The output folder holds something else.
    #[error(
        "--out `{}`: expected a new or empty folder, or one with a report, found other files; choose another folder, \
         or put the report among them with --force", .0.display()
    )]
    Foreign(PathBuf),
    /// What a report would replace is not a report's.
    #[error("`{}` is in the way and no part of a report: move it, or choose another folder with --out", .0.display())]
    InTheWay(PathBuf),
    /// The output folder cannot be had, or the pages cannot be put in place.
    #[error(transparent)]
    Staging(#[from] StagingError),
    /// Writing failed on the way.
    #[error("cannot write {name} in `{}`: {}; what is there is as it was", .folder.display(), explain(.source))]
    Write {
        /// The output folder.
        folder: PathBuf,
        /// The page.
        name: String,
        /// Why.
        source: io::Error,
    },
    /// A template could not be filled in.
    #[error("internal error (please report it): {0}")]
    Template(#[from] askama::Error),
    /// The user stopped it.
    #[error("stopped: what was there is as it was")]
    Stopped,
}
