//! Collecting: what people changed in the tables, as decisions.
//!
//! Three things meet: the row as the table showed it when it was written (`shown`), the row in the file at hand, and
//! what is decided by now, which may hold the decisions of others that came by way of git. What differs from the first
//! is somebody's change; if the last says the same, it was collected before.

use std::path::PathBuf;

use super::codes::Codes;
use super::compared::{Comparison, Expected, Stranger};
use super::decision::{self, Decision, Decisions};
use super::finding::{Code, Finding};
use super::judge::Judge;
use super::shown::Shown;
use super::spreadsheet::{Sheet, SheetError, WorkbookFile, open};
use crate::normalize::Kind;
use crate::state::{StateError, Store};
use crate::table::parsed_rows;
use crate::table::schema::Table;

/// Where reviewed tables are.
#[derive(Debug, Clone)]
pub enum Reviewed {
    /// CSV files in a folder, under the names that they were written with; only these kinds.
    Folder(PathBuf, Vec<Kind>),
    /// Sheets of a workbook.
    Workbook(PathBuf),
}

/// Who decides, and when.
#[derive(Debug, Clone)]
pub struct Signature {
    /// The reviewer's name.
    pub reviewer: String,
    /// The date of the decisions: ISO 8601, UTC.
    pub date: String,
}

/// What was found in reviewed tables.
#[derive(Debug, Clone, Default)]
pub struct Collected {
    /// Decisions that are new.
    pub decisions: Vec<Decision>,
    /// The same as the file shows them: without the notes of others that it does not have yet.
    pub shown: Vec<Decision>,
    /// What could not be taken, and what is worth telling.
    pub findings: Vec<Finding>,
}

impl Collected {
    /// What could not be taken: the tables still hold it.
    pub fn problems(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.code.is_problem())
    }

    /// Whether nobody changed anything that is not collected.
    pub fn is_empty(&self) -> bool {
        self.decisions.is_empty() && self.problems().next().is_none()
    }
}

/// Why nothing could be collected.
#[derive(Debug, thiserror::Error)]
pub enum CollectError {
    /// There are no rows to compare with.
    #[error(transparent)]
    State(#[from] StateError),
    /// A table cannot be read at all.
    #[error(transparent)]
    Sheet(#[from] SheetError),
}

/// Finds what people changed. `shown` are the decisions that the tables show, `current` all of them; corrected cells hold
/// `codes` where they hold codes.
pub fn collect(
    store: &Store,
    reviewed: &Reviewed,
    shown: &Shown,
    current: &Decisions,
    signature: &Signature,
    codes: &Codes,
) -> Result<Collected, CollectError> {
    let made = made_kinds(store);
    let mut collected = Collected::default();
    let mut comparisons = Vec::new();
    for comparison in opened(reviewed)? {
        let Table::Facts(kind) = comparison.table else { continue };
        if made.contains(&kind) {
            comparisons.push(comparison);
        } else {
            collected.findings.push(no_table(&comparison));
        }
    }
    if comparisons.is_empty() {
        return Ok(collected);
    }
    for document in store.documents()? {
        let document = document?;
        let [written, now, current] = [&shown.written, &shown.now, current].map(|all| all.of(document.key()));
        for comparison in &mut comparisons {
            for (_, made) in parsed_rows(document.rows(comparison.table)) {
                let of = |decisions: Option<&decision::OfDocument>| {
                    let standing = decisions.and_then(|of| of.get(made.get(0).unwrap_or_default()));
                    standing.filter(|standing| !standing.is_empty()).cloned()
                };
                let (written, shown, current) = (of(written), of(now), of(current));
                comparison.expect(Expected { made, written, shown, current })?;
            }
        }
    }
    for mut comparison in comparisons {
        let mut strangers = comparison.finish()?;
        if strangers.iter().any(|stranger| !stranger.says.is_empty()) {
            mark_repeated(store, &comparison, &mut strangers)?;
        }
        Judge::new(&comparison, signature, codes, &mut collected).judge(&strangers);
    }
    Ok(collected)
}

/// The kinds that the run made tables of.
pub(crate) fn made_kinds(store: &Store) -> Vec<Kind> {
    let tables = store.run().options.get("tables").and_then(serde_json::Value::as_array);
    let is_made = |kind: &Kind| tables.is_none_or(|tables| tables.iter().any(|table| table == kind.table()));
    Kind::ALL.into_iter().filter(is_made).collect()
}

fn opened(reviewed: &Reviewed) -> Result<Vec<Comparison>, SheetError> {
    let mut comparisons = Vec::new();
    match reviewed {
        Reviewed::Folder(folder, kinds) => {
            for table in kinds.iter().map(|kind| Table::Facts(*kind)) {
                let path = folder.join(table.file_name());
                if !path.exists() || path.metadata().is_ok_and(|found| found.len() == 0) {
                    continue;
                }
                let names: Vec<&str> = table.fields().map(|field| field.name).collect();
                let (header, file) = open(&path, &names)?;
                let rows = super::spreadsheet::Rows::Delimited(file);
                comparisons.push(Comparison::new(table, Sheet::new(table.file_name(), table, &header, rows)?));
            }
        }
        Reviewed::Workbook(path) => {
            let mut book = WorkbookFile::open(path)?;
            for table in Kind::ALL.map(Table::Facts) {
                comparisons.extend(book.sheet(table)?.map(|sheet| Comparison::new(table, sheet)));
            }
        }
    }
    Ok(comparisons)
}

fn no_table(comparison: &Comparison) -> Finding {
    Finding {
        place: comparison.sheet.name.clone(),
        code: Code::NoTable,
        message: format!(
            "the last run did not make the table {}, so there is nothing to compare with: run `factline extract` with \
             this table, or move the file away",
            comparison.table.name()
        ),
    }
}

/// Tells strangers whose id a fact has: the row was copied.
fn mark_repeated(store: &Store, comparison: &Comparison, strangers: &mut [Stranger]) -> Result<(), StateError> {
    for document in store.documents()? {
        let document = document?;
        for (_, made) in parsed_rows(document.rows(comparison.table)) {
            let id = made.get(0).unwrap_or_default();
            strangers.iter_mut().filter(|stranger| stranger.id == id).for_each(|stranger| stranger.is_repeated = true);
        }
    }
    Ok(())
}
