//! The documents that a user named, and what is known about them: the one way from paths to keys.

use std::path::{Path, PathBuf};

use factline::pipeline::{MetadataTable, Sources};

use super::{Problem, boxed};

/// Documents, and what `--metadata` says about them.
pub(super) struct Found {
    pub(super) sources: Sources,
    pub(super) metadata: MetadataTable,
}

/// Finds the documents in the paths that a user named. What is in `skipped` (tables, rules, metadata) is no document, even
/// where it lies among them.
pub(super) fn found(
    paths: &[PathBuf],
    metadata: Option<&Path>,
    skipped: impl IntoIterator<Item = PathBuf>,
) -> Result<Found, Problem> {
    let skipped: Vec<_> = skipped.into_iter().collect();
    let metadata = metadata.map(MetadataTable::read).transpose().map_err(boxed)?.unwrap_or_default();
    Ok(Found { sources: Sources::find(paths, &skipped).map_err(boxed)?, metadata })
}

impl Found {
    /// What the user should know of them.
    pub(super) fn warnings(&self) -> impl Iterator<Item = String> {
        self.sources.warnings.iter().cloned().chain(self.metadata.unknown(&self.sources.documents))
    }
}
