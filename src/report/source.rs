//! The texts that the tables are about, as they were when the tables were made.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::Input;
use super::error::ReportError;
use super::tables::DocumentRow;
use crate::document::{decoded_text, sha256};
use crate::pipeline::{Origin, Sources};
use crate::state;

/// The text of a document, or why there is none.
#[derive(Debug)]
pub(super) enum Source {
    /// The decoded text that the offsets of the tables point into.
    Text(String),
    /// The user did not say where the documents are.
    NotGiven,
    /// It is not among what the user named.
    Gone,
    /// It is there, but is not what it was.
    Changed,
    /// It cannot be read, now or when the tables were made.
    Unreadable(String),
}

/// Where the documents are.
#[derive(Debug, Default)]
pub(super) struct Library {
    /// By key; `None` if the user did not say.
    places: Option<HashMap<String, Origin>>,
    /// What a user should know.
    pub warnings: Vec<String>,
}

impl Library {
    /// The documents of tables; keys are made as by extract from the same paths.
    pub(super) fn find(input: &Input, tables: &Path, skipped: &[PathBuf]) -> Result<Self, ReportError> {
        match input {
            Input::None => Ok(Self::default()),
            Input::Paths(paths) => Ok(Self::of(Sources::find(paths, skipped)?)),
            Input::Remembered => {
                let paths = state::input(tables);
                if paths.is_empty() {
                    return Ok(Self::default());
                }
                // What was moved since is no mistake of who wants a report.
                Ok(Sources::find(&paths, skipped).map(Self::of).unwrap_or_else(|error| Self {
                    warnings: vec![format!("{error}; name the documents with --input, or none with --no-input")],
                    ..Self::default()
                }))
            }
        }
    }

    fn of(sources: Sources) -> Self {
        let places = sources.documents.into_iter().map(|source| (source.key, source.origin)).collect();
        Self { places: Some(places), warnings: sources.warnings }
    }

    /// A warning where none of the documents is there: most likely other paths were given to extract.
    pub(super) fn unknown(&self, documents: &[DocumentRow]) -> Option<String> {
        let places = self.places.as_ref()?;
        let first = documents.first()?;
        let found = places.keys().min();
        let is_strange = documents.iter().all(|row| !places.contains_key(&row.key));
        is_strange.then(|| {
            let found = found.map_or_else(|| "nothing".to_owned(), |found| format!("`{found}`"));
            format!(
                "none of the documents of the tables is in --input: expected documents such as `{}`, found {found}; \
                 name the same paths as for extract",
                first.key
            )
        })
    }

    /// The text of a document.
    pub(super) fn read(&self, row: &DocumentRow) -> Source {
        if row.status == "failed" {
            return Source::Unreadable(row.error.clone());
        }
        let Some(places) = &self.places else { return Source::NotGiven };
        let path = match places.get(&row.key) {
            Some(Origin::File(path)) => path,
            Some(Origin::Unreadable(why)) => return Source::Unreadable(why.clone()),
            // A stream cannot be read a second time.
            Some(Origin::Stdin | Origin::Stream(_)) | None => return Source::Gone,
        };
        match fs::read(path) {
            Ok(bytes) if sha256(&bytes) != row.sha256 => Source::Changed,
            Ok(bytes) => decoded_text(bytes).map_or_else(|error| Source::Unreadable(error.to_string()), Source::Text),
            Err(_) => Source::Gone,
        }
    }
}
