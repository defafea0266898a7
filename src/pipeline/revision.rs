//! Where decisions of reviewers come in.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::normalize::Kind;
use crate::review::Review;
use crate::review::apply::{Rejected, apply};
use crate::review::decision::Decisions;
use crate::table::DocumentRows;

/// What people decided about facts, applied to rows on their way into the tables.
///
/// The state keeps rows as they were made; only what is written into the tables goes through here, every document exactly
/// once and in order, whether its rows were made in this run or kept from an earlier one. So decisions can change, and be
/// withdrawn, without reading a document again.
pub(super) struct Revision {
    decisions: Arc<Decisions>,
    rejected: Rejected,
    kinds: Vec<Kind>,
    /// Documents that came by.
    seen: BTreeSet<String>,
    /// Decisions about facts of these that are not there.
    missing: u64,
}

impl Revision {
    /// For a run that makes tables of these kinds.
    pub(super) fn new(review: &Review, kinds: Vec<Kind>) -> Self {
        let decisions = Arc::new(review.decisions.clone());
        Self { decisions, rejected: review.rejected, kinds, seen: BTreeSet::new(), missing: 0 }
    }

    /// What people decided.
    pub(super) fn decisions(&self) -> Arc<Decisions> {
        Arc::clone(&self.decisions)
    }

    /// Whether rows of a document may change. Where they do not, whole runs of documents are copied at once.
    pub(super) fn concerns(&self, document: &str) -> bool {
        self.decisions.of(document).is_some()
    }

    /// The rows of a document as they are to be written; their counts are those of the summary and of run.json.
    pub(super) fn revise(&mut self, document: &str, made: &DocumentRows) -> DocumentRows {
        let Some(of) = self.decisions.of(document) else { return made.clone() };
        let written = apply(of, &self.kinds, self.rejected, made);
        self.seen.insert(document.to_owned());
        self.missing += written.missing.len() as u64;
        written.rows
    }

    /// How many decisions are about facts that are gone: from their documents, or with them.
    pub(super) fn orphans(&self) -> u64 {
        let gone = self.decisions.documents().filter(|(document, _)| !self.seen.contains(*document));
        let of_gone = gone.flat_map(|(_, of)| of.values());
        self.missing
            + of_gone.filter(|standing| !standing.is_empty() && self.kinds.contains(&standing.kind)).count() as u64
    }
}
