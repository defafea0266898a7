//! What is true: tables that a person made by hand, or made tables that a person reviewed.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::folder::{Folder, FolderError};
use super::rows::{RowRef, Rows};
use crate::normalize::Kind;
use crate::review::apply::Rejected;
use crate::review::decision::{Decisions, Standing};
use crate::review::file::DecisionsError;
use crate::review::{Review, decisions_path};
use crate::table::Verdict;
use crate::table::schema::Table;

/// Why a gold cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum GoldError {
    /// Its tables cannot be read.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// A verdict that is none.
    #[error(
        "`{}`, line {line}: column `review`: expected accept, correct, reject or nothing, found `{found}`", .path.display()
    )]
    Verdict {
        /// The table.
        path: PathBuf,
        /// The line on which the row starts.
        line: u64,
        /// What stands there.
        found: String,
    },
    /// A fact without a text or a place.
    #[error(
        "`{}`: expected columns that say where facts stand: `start` and `end`, or `line`, `column` and `text`, or at least \
         `text`; found {}", .path.display(), .found.join(",")
    )]
    NoPlace {
        /// The table.
        path: PathBuf,
        /// Its columns.
        found: Vec<String>,
    },
    /// Rows were left out because reviewers rejected them, and it is not there to read which.
    #[error(
        "`{}`: the rows that reviewers rejected are left out of its tables, and `{}` is not there to tell which: without them \
         nothing made would be wrong; make the tables again with `factline extract … --show-rejected`", .path.display(),
        decisions_path(.path).display()
    )]
    Hidden {
        /// The folder.
        path: PathBuf,
    },
    /// The decisions beside its tables cannot be read.
    #[error(transparent)]
    Decisions(#[from] DecisionsError),
    /// Nothing to measure against.
    #[error("`{}`: expected facts or verdicts, found none in any table", .0.display())]
    Empty(PathBuf),
}

/// How a gold is made: what was extracted is none before somebody has looked at it.
const HINT: &str = ": write them by hand (`document,start,end` or `document,line,column,text`, and columns such as `amount`), or \
                    name tables in which somebody filled `review`";

/// What a gold says of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judgement {
    /// It is a fact, as it stands there.
    True,
    /// It is no fact, or not this one.
    False,
    /// Nobody has said.
    Open,
}

/// A gold.
#[derive(Debug)]
pub struct Gold {
    folder: Folder,
    /// Whether it is a reviewed output: then only rows with a verdict count, and facts that it lacks are not judged. Else it
    /// holds all facts of its documents, in those tables that it has. Facts whose rows were left out because they were
    /// rejected are known from the decisions beside the tables.
    pub is_reviewed: bool,
    /// What reviewers decided, by which rows were left out of the tables.
    decisions: Decisions,
    /// The documents that it covers.
    pub documents: BTreeSet<String>,
}

impl Gold {
    /// Reads a gold.
    pub fn read(path: &Path) -> Result<Self, GoldError> {
        let folder = Folder::read(path, &Kind::ALL.map(Table::Facts)).map_err(|error| match error {
            FolderError::NoTables { path, expected, .. } => {
                FolderError::NoTables { path, expected, hint: HINT.to_owned() }
            }
            other => other,
        })?;
        let decisions = decisions_of(&folder)?;
        let mut is_reviewed = decisions.documents().any(|(_, of)| of.values().any(is_rejection));
        for rows in folder.tables.values() {
            let path = path.join(rows.table.file_name());
            let has = |column: &str| rows.has(column);
            if !(has("start") && has("end") || has("text")) {
                let found = rows.fields().iter().map(|field| field.name.to_owned()).collect();
                return Err(GoldError::NoPlace { path, found });
            }
            for row in rows.iter() {
                match verdict(row) {
                    Some(Judgement::Open) => {}
                    Some(_) => is_reviewed = true,
                    None => {
                        let found = row.cell("review").to_owned();
                        return Err(GoldError::Verdict { path, line: row.file_line(), found });
                    }
                }
            }
        }
        let mut documents: BTreeSet<String> = folder.documents.keys().cloned().collect();
        documents.extend(folder.tables.values().flat_map(Rows::documents).map(str::to_owned));
        if documents.is_empty() {
            return Err(GoldError::Empty(path.to_owned()));
        }
        Ok(Self { folder, is_reviewed, decisions, documents })
    }

    /// The tables that it has.
    pub fn tables(&self) -> impl Iterator<Item = &Rows> {
        self.folder.tables.values()
    }

    /// What it says of one of its rows.
    pub fn judgement(&self, row: RowRef<'_>) -> Judgement {
        if self.is_reviewed { verdict(row).unwrap_or(Judgement::Open) } else { Judgement::True }
    }

    /// What it says of a made row that none of its rows is about: whether a reviewer rejected that very fact.
    pub fn judgement_of_other(&self, made: RowRef<'_>) -> Judgement {
        let standing = self.decisions.of(made.cell("document")).and_then(|of| of.get(made.cell("id")));
        if !self.is_reviewed || standing.is_some_and(is_rejection) { Judgement::False } else { Judgement::Open }
    }
}

fn is_rejection(standing: &Standing) -> bool {
    standing.verdict == Some(Verdict::Reject)
}

/// The decisions beside tables that a run made of them; none beside tables that were made by hand.
fn decisions_of(folder: &Folder) -> Result<Decisions, GoldError> {
    let path = decisions_path(&folder.path);
    if path.is_file() {
        return Ok(Review::read(&path, Rejected::default())?.decisions);
    }
    let is_hidden = folder
        .run
        .as_ref()
        .is_some_and(|run| run.options["decisions_sha256"].is_string() && run.options["show_rejected"] == false);
    if is_hidden { Err(GoldError::Hidden { path: folder.path.clone() }) } else { Ok(Decisions::default()) }
}

/// What a reviewer says of a row; none for a word that is no verdict.
fn verdict(row: RowRef<'_>) -> Option<Judgement> {
    match row.cell("review").trim() {
        "" => Some(Judgement::Open),
        written => Verdict::written(written).map(|verdict| match verdict {
            Verdict::Accept | Verdict::Correct => Judgement::True,
            Verdict::Reject => Judgement::False,
        }),
    }
}
