//! Where decisions of a reviewer come in.

use crate::table::DocumentRows;

/// What people decided about facts, applied to rows on their way into the tables.
///
/// The state keeps rows as they were made; only what is written into the tables goes through here, every document exactly
/// once and in order, whether its rows were made in this run or kept from an earlier one. So decisions can change, and be
/// withdrawn, without reading a document again.
pub trait Revision: Send {
    /// Whether rows of a document may change. Where they do not, whole runs of documents are copied at once.
    fn concerns(&self, document: &str) -> bool;

    /// The rows of a document as they are to be written; their counts are those of the summary and of run.json.
    fn revise(&mut self, document: &str, made: &DocumentRows) -> DocumentRows;
}

/// No decisions.
pub(super) struct NoRevision;

impl Revision for NoRevision {
    fn concerns(&self, _: &str) -> bool {
        false
    }

    fn revise(&mut self, _: &str, _: &DocumentRows) -> DocumentRows {
        DocumentRows::default()
    }
}
