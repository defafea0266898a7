//! The documents that a user named, and what is known about them: the one way from paths to keys.

use std::path::{Path, PathBuf};

use factline::extractor::Extractor;
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
    pub(super) fn warnings(&self, extractor: &Extractor) -> impl Iterator<Item = String> {
        let nowhere = self.metadata.places().filter(|(place, _)| extractor.places_in(place).is_empty());
        let nowhere = nowhere.map(|(place, line)| {
            format!(
                "{}: column `place`: expected the name of a place that is known, found `{place}`",
                self.metadata.site_of(line)
            )
        });
        self.sources.warnings.iter().cloned().chain(self.metadata.unknown(&self.sources.documents)).chain(nowhere)
    }
}
