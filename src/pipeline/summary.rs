//! What a run did, for people and for run.json.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::normalize::Kind;
use crate::normalize::date::DateOrder;
use crate::state::{BUILD, Change, RunFacts};
use crate::table::DocumentCounts;
use crate::table::schema::Table;

/// Failures that are remembered for the end of the run; all of them are in documents.csv.
const REMEMBERED: usize = 10;

/// A document that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Its key.
    pub key: String,
    /// Why.
    pub error: String,
}

/// What a run did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Documents, failed ones included.
    pub documents: u64,
    /// Documents that could not be read.
    pub failed: u64,
    /// The first of them.
    pub failures: Vec<Failure>,
    /// Bytes of all documents.
    pub bytes: u64,
    /// Rows per fact table, in the order of [`Kind::ALL`].
    pub facts: [u64; Kind::ALL.len()],
    /// Facts with at least one flag.
    pub flagged: u64,
    /// Numbers that are in no fact.
    pub unclaimed: u64,
    /// Decisions of reviewers about facts that are gone.
    pub orphans: u64,
    /// Documents whose rows were kept from the run before.
    pub kept: u64,
    /// Of those, documents that were not even read.
    pub unread: u64,
    /// Why no rows of the run before could be kept, if so.
    pub changed: Option<Change>,
    /// What is wrong with the state that the run before left; what it held was made again.
    pub damage: Option<String>,
}

impl Summary {
    /// Adds a document.
    pub(super) fn add(&mut self, key: &str, counts: &DocumentCounts) {
        self.documents += 1;
        self.bytes += counts.bytes;
        for (sum, count) in self.facts.iter_mut().zip(counts.facts) {
            *sum += count;
        }
        self.flagged += counts.flagged;
        self.unclaimed += counts.unclaimed;
        if let Some(error) = &counts.failure {
            self.failed += 1;
            if self.failures.len() < REMEMBERED {
                self.failures.push(Failure { key: key.to_owned(), error: error.clone() });
            }
        }
    }
}

/// What run.json tells beside the counts: all that the bytes of the tables depend on, and nothing else. No clock, no
/// threads, no paths: the same input gives the same file on any machine.
#[derive(Debug, Clone)]
pub struct RunRecord {
    /// Version of the program.
    pub version: String,
    /// Hash of all rules and dictionaries.
    pub rules_hash: String,
    /// The fact tables that were asked for.
    pub kinds: Vec<Kind>,
    /// The day given with `--reference-date`.
    pub reference_date: Option<jiff::civil::Date>,
    /// The order given with `--date-order`.
    pub date_order: Option<DateOrder>,
    /// ISO 4217 code that money was converted to.
    pub currency: String,
    /// SHA-256 of the metadata, if there was any.
    pub metadata_sha256: Option<String>,
    /// SHA-256 of the user's exchange rates, if there were any.
    pub rates_sha256: Option<String>,
    /// SHA-256 of the decisions of reviewers, if there were any.
    pub decisions_sha256: Option<String>,
    /// Whether rejected rows are in the tables.
    pub show_rejected: bool,
}

impl RunRecord {
    /// The tables that the run writes.
    pub fn tables(&self) -> Vec<Table> {
        let is_asked = |table: &Table| !matches!(table, Table::Facts(kind) if !self.kinds.contains(kind));
        Table::ALL.into_iter().filter(is_asked).collect()
    }

    /// The options by name, as run.json tells them.
    fn options(&self) -> BTreeMap<String, Value> {
        let options = [
            ("tables", json!(self.kinds.iter().map(|kind| kind.table()).collect::<Vec<_>>())),
            ("reference_date", json!(self.reference_date.map(|day| day.to_string()))),
            ("date_order", json!(self.date_order.map(DateOrder::code))),
            ("currency", json!(self.currency)),
            ("metadata_sha256", json!(self.metadata_sha256)),
            ("rates_sha256", json!(self.rates_sha256)),
            ("decisions_sha256", json!(self.decisions_sha256)),
            ("show_rejected", json!(self.show_rejected)),
        ];
        options.map(|(name, value)| (name.to_owned(), value)).into()
    }

    /// What the rows of the run depend on, besides its documents; the parts of the rules are not told one by one.
    pub(super) fn facts(&self) -> RunFacts {
        let mut options = self.options();
        // The state knows of each document what the user says about it, and has its rows before decisions are applied.
        for name in ["metadata_sha256", "decisions_sha256", "show_rejected"] {
            options.remove(name);
        }
        RunFacts {
            version: self.version.clone(),
            build: BUILD.to_owned(),
            rules_hash: self.rules_hash.clone(),
            options,
            ..RunFacts::default()
        }
    }

    /// The contents of run.json.
    pub(super) fn json(&self, summary: &Summary) -> Value {
        let mut counts = json!({
            "documents": summary.documents,
            "failed": summary.failed,
            "bytes": summary.bytes,
            "flagged": summary.flagged,
            "unclaimed": summary.unclaimed,
        });
        for kind in &self.kinds {
            counts[kind.table()] = summary.facts[*kind as usize].into();
        }
        json!({
            "program": "factline",
            "version": self.version,
            "rules_hash": self.rules_hash,
            "options": self.options(),
            "counts": counts,
        })
    }
}
