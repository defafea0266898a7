//! The way of one document through the rooms: scan, match, normalize, resolve.

use crate::document::Document;
use crate::resolve::Extraction;

/// What a user may set about the meaning of texts (not about files or threads).
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Date against which relative dates are resolved where a document has none of its own.
    pub reference_date: Option<jiff::civil::Date>,
    /// ISO 4217 code that money is converted to.
    pub currency: String,
}

/// Finds the facts of documents. Made once, shared by all threads.
#[derive(Debug)]
pub struct Extractor {
    options: Options,
}

impl Extractor {
    /// An extractor with the given options.
    pub fn new(options: Options) -> Self {
        Self { options }
    }

    /// All facts of a document.
    pub fn extract(&self, _document: &Document) -> Extraction {
        let _ = &self.options;
        Extraction::default()
    }
}
