//! How far a review is: per table, per rule, per document.

use std::collections::BTreeMap;

use super::collect::made_kinds;
use super::decision::{Decisions, Standing};
use crate::state::{StateError, Store};
use crate::table::schema::Table;
use crate::table::{Verdict, parsed_rows};

/// Counts of rows and verdicts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Rows as made.
    pub rows: u64,
    /// Of those, rows with a flag.
    pub flagged: u64,
    /// Rows with a flag and without a verdict.
    pub flagged_open: u64,
    /// Accepted rows.
    pub accepted: u64,
    /// Corrected rows.
    pub corrected: u64,
    /// Rejected rows.
    pub rejected: u64,
}

impl Counts {
    /// Rows with a verdict.
    pub fn reviewed(&self) -> u64 {
        self.accepted + self.corrected + self.rejected
    }

    /// The share of the reviewed rows that were right as made; none where nothing is reviewed.
    pub fn precision(&self) -> Option<f64> {
        (self.reviewed() > 0).then(|| self.accepted as f64 / self.reviewed() as f64)
    }

    fn add(&mut self, is_flagged: bool, verdict: Option<Verdict>) {
        self.rows += 1;
        self.flagged += u64::from(is_flagged);
        self.flagged_open += u64::from(is_flagged && verdict.is_none());
        match verdict {
            Some(Verdict::Accept) => self.accepted += 1,
            Some(Verdict::Correct) => self.corrected += 1,
            Some(Verdict::Reject) => self.rejected += 1,
            None => {}
        }
    }
}

/// A correction of a cell that is made otherwise than when it was corrected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stale {
    /// The fact.
    pub id: String,
    /// Its table.
    pub table: Table,
    /// Its document.
    pub document: String,
    /// The corrected column.
    pub column: String,
    /// What was made when it was corrected.
    pub was: String,
    /// What is made now.
    pub made: String,
    /// What it was corrected to.
    pub corrected: String,
}

/// How far a review is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Status {
    /// Per table, in the order of the tables.
    pub tables: Vec<(Table, Counts)>,
    /// Per rule.
    pub rules: BTreeMap<String, Counts>,
    /// Per document.
    pub documents: BTreeMap<String, Counts>,
    /// Corrections to look at again.
    pub stale: Vec<Stale>,
}

/// Counts the rows of the last run and what was decided about them.
pub fn status(store: &Store, decisions: &Decisions) -> Result<Status, StateError> {
    let kinds = made_kinds(store);
    let tables = kinds.iter().map(|kind| (Table::Facts(*kind), Counts::default())).collect();
    let mut status = Status { tables, ..Status::default() };
    for document in store.documents()? {
        let document = document?;
        let of = decisions.of(document.key());
        let mut of_document = Counts::default();
        for (table, counts) in &mut status.tables {
            for (_, row) in parsed_rows(document.rows(*table)) {
                let cell = |column: &str| table.cell(&row, column);
                let standing = of.and_then(|of| of.get(cell("id")));
                let verdict = standing.and_then(|standing| standing.verdict);
                let is_flagged = !cell("flags").is_empty();
                counts.add(is_flagged, verdict);
                of_document.add(is_flagged, verdict);
                let rule = cell("rule");
                match status.rules.get_mut(rule) {
                    Some(counts) => counts.add(is_flagged, verdict),
                    None => status.rules.entry(rule.to_owned()).or_default().add(is_flagged, verdict),
                }
                if let Some(standing) = standing {
                    status.stale.extend(stale(*table, document.key(), &row, standing));
                }
            }
        }
        status.documents.insert(document.key().to_owned(), of_document);
    }
    Ok(status)
}

fn stale<'a>(
    table: Table,
    document: &'a str,
    row: &'a csv::StringRecord,
    standing: &'a Standing,
) -> impl Iterator<Item = Stale> + 'a {
    standing.corrections.iter().filter_map(move |(column, correction)| {
        table.position(column)?;
        let made = table.cell(row, column);
        (made != correction.made && made != correction.new).then(|| Stale {
            id: table.cell(row, "id").to_owned(),
            table,
            document: document.to_owned(),
            column: column.clone(),
            was: correction.made.clone(),
            made: made.to_owned(),
            corrected: correction.new.clone(),
        })
    })
}
