//! What a reviewer wrote is not overwritten before it is collected.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::normalize::Kind;
use crate::review::codes::Codes;
use crate::review::collect::{CollectError, Reviewed, Signature, collect, made_kinds};
use crate::review::shown::{self, Memory, Shown};
use crate::review::uncompared::{self, Filled};
use crate::review::{Finding, Review, SheetError};
use crate::state::Store;
use crate::table::schema::Table;

/// A file that a run would overwrite and should not.
#[derive(Debug, thiserror::Error)]
pub enum GuardError {
    /// Someone reviewed it, and it is not collected.
    #[error(
        "`{}` holds the work of a reviewer that is not collected: {what}. Run `factline review collect {}` first, or \
         overwrite it with --force", .folder.display(), .folder.display()
    )]
    Uncollected {
        /// The output folder.
        folder: PathBuf,
        /// `3 decisions`, the first problem.
        what: String,
    },
    /// It shows decisions that the run does not know.
    #[error(
        "the tables in `{}` show decisions about {rows} that are not in the decisions file: name the file that holds them \
         with --decisions, or write the tables without them with --force", .folder.display()
    )]
    Forgotten {
        /// The output folder.
        folder: PathBuf,
        /// `1 row`, `12 rows`.
        rows: String,
    },
    /// Someone reviewed it, and there is nothing to compare it with.
    #[error(
        "`{}` holds the work of a reviewer: `review` or `note` is filled in {rows}. Write to another folder with \
         --out, or overwrite it with --force", .path.display()
    )]
    Reviewed {
        /// The table.
        path: PathBuf,
        /// `1 row`, `12 rows`.
        rows: String,
    },
    /// It is something else.
    #[error(
        "`{}` is no table as factline writes it: {found}. Write to another folder with --out, or overwrite it with \
         --force", .path.display()
    )]
    Foreign {
        /// The file.
        path: PathBuf,
        /// What was expected, and found.
        found: String,
    },
    /// It is a folder, a device, …
    #[error("`{}` is in the way: expected a file or nothing. Write to another folder with --out", .0.display())]
    NoFile(PathBuf),
    /// It cannot be looked at.
    #[error("cannot read `{}`: {source}", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// Refuses to overwrite what is no file, and, unless forced, tables that hold a reviewer's work or are not ours. The
/// caller holds the lock of the folder.
pub(super) fn check(
    folder: &Path,
    tables: &[Table],
    file_names: &[String],
    review: &Review,
    force: bool,
) -> Result<(), GuardError> {
    for path in file_names.iter().map(|name| folder.join(name)) {
        match fs::metadata(&path) {
            Ok(found) if !found.is_file() => return Err(GuardError::NoFile(path)),
            _ => {}
        }
    }
    if force {
        return Ok(());
    }
    // A copy that cannot be read is as good as none: then the tables show nothing, and more counts as changed.
    let shown = Memory::of_tables(folder).read().unwrap_or_default();
    check_known(folder, &shown, review)?;
    let mut touched = Vec::new();
    for table in tables.iter().filter(|table| !shown::is_untouched(folder, &table.file_name())) {
        let path = folder.join(table.file_name());
        if !holds_something(&path)? {
            continue;
        }
        if let Some(found) = uncompared::foreign(&path, *table).map_err(|error| unreadable(&path, error))? {
            return Err(GuardError::Foreign { path, found });
        }
        if let Table::Facts(kind) = table {
            touched.push(*kind);
        }
    }
    if touched.is_empty() { Ok(()) } else { check_touched(folder, touched, &shown, review) }
}

/// Decisions are only ever added: where the tables show one that the run does not know, it was given another file.
fn check_known(folder: &Path, shown: &Shown, review: &Review) -> Result<(), GuardError> {
    let is_unknown = |document: &str, id: &str| review.decisions.of(document).is_none_or(|of| !of.contains_key(id));
    let all =
        shown.now.documents().flat_map(|(document, of)| of.iter().map(move |(id, standing)| (document, id, standing)));
    let unknown = all.filter(|(document, id, standing)| !standing.is_empty() && is_unknown(document, id)).count();
    match unknown {
        0 => Ok(()),
        _ => Err(GuardError::Forgotten { folder: folder.to_owned(), rows: rows(unknown as u64) }),
    }
}

fn rows(count: u64) -> String {
    if count == 1 { "1 row".to_owned() } else { format!("{count} rows") }
}

fn holds_something(path: &Path) -> Result<bool, GuardError> {
    match fs::metadata(path) {
        Ok(found) => Ok(found.len() > 0),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(source) => Err(GuardError::Unreadable { path: path.to_owned(), source }),
    }
}

fn unreadable(path: &Path, error: SheetError) -> GuardError {
    match error {
        SheetError::Unreadable { path, source } => GuardError::Unreadable { path, source },
        other => GuardError::Foreign { path: path.to_owned(), found: other.to_string() },
    }
}

/// Looks for work in fact tables that somebody touched since they were written.
fn check_touched(folder: &Path, touched: Vec<Kind>, shown: &Shown, review: &Review) -> Result<(), GuardError> {
    let nobody = Signature { reviewer: String::new(), date: String::new() };
    let mut unmade = Vec::new();
    let collected = Store::open_locked(folder).map_err(CollectError::from).and_then(|store| {
        // Of a table that an earlier run left and the last one did not make there are no rows to compare with.
        let made = made_kinds(&store);
        let (known, unknown) = touched.iter().partition(|kind| made.contains(kind));
        unmade = unknown;
        // Whether a code is known does not matter: what was typed is not collected in either case.
        let codes = Codes::default();
        collect(&store, &Reviewed::Folder(folder.to_owned(), known), shown, &review.decisions, &nobody, &codes)
    });
    match collected {
        Ok(collected) if collected.is_empty() => {
            unmade.into_iter().try_for_each(|kind| check_filled(folder, kind, review))
        }
        Ok(collected) => {
            let decisions = match collected.decisions.len() {
                0 => None,
                1 => Some("1 decision".to_owned()),
                more => Some(format!("{more} decisions")),
            };
            let problem = collected.problems().next().map(Finding::to_string);
            let what: Vec<String> = decisions.into_iter().chain(problem).collect();
            Err(GuardError::Uncollected { folder: folder.to_owned(), what: what.join("; ") })
        }
        // Without rows to compare with, what is filled counts.
        Err(_) => touched.into_iter().try_for_each(|kind| check_filled(folder, kind, review)),
    }
}

fn check_filled(folder: &Path, kind: Kind, review: &Review) -> Result<(), GuardError> {
    let path = folder.join(Table::Facts(kind).file_name());
    let filled = uncompared::filled(&path, kind, &review.decisions).map_err(|error| unreadable(&path, error))?;
    match filled {
        Filled(0) => Ok(()),
        Filled(count) => Err(GuardError::Reviewed { path, rows: rows(count) }),
    }
}
