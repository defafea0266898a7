//! The tables of some documents, made in memory: what `check` and `score` compare.

use std::collections::HashMap;

use factline::compare::Folder;
use factline::normalize::Kind;
use factline::pipeline::{MetadataTable, Origin, Sources, document};
use factline::table::schema::Table;
use factline::table::{DocumentRows, FailedDocument, RowWriter};
use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};

use super::args::Basis;
use super::engine::{Engine, load};
use super::found::{Found, found};
use super::{Problem, boxed, say};

/// Tables in memory.
pub(super) struct Tables {
    /// The bytes of each, with the header.
    pub(super) bytes: Vec<(Table, Vec<u8>)>,
    /// The same, read back.
    pub(super) folder: Folder,
    /// Where the file of each document is.
    files: HashMap<String, String>,
}

impl Tables {
    /// The path of a document's file as the user would name it; its key where there is no file.
    pub(super) fn file_of(&self, document: &str) -> String {
        self.files.get(document).cloned().unwrap_or_else(|| document.to_owned())
    }
}

/// Makes the tables of documents. The error is for the user to read.
pub(super) fn made(
    paths: &[std::path::PathBuf],
    basis: &Basis,
    skipped: &[&std::path::Path],
) -> Result<Tables, Problem> {
    let engine = load(basis)?;
    let skipped = skipped.iter().map(|path| path.to_path_buf()).chain(basis.paths());
    let found = found(paths, basis.metadata.as_deref(), skipped)?;
    found.warnings(&engine.extractor).for_each(|warning| say(&format!("warning: {warning}")));
    let Found { sources, metadata } = found;
    if sources.documents.is_empty() {
        return Err(boxed("expected documents, found none in what was named"));
    }
    let work = || rows(&engine, &metadata, &sources);
    let rows = match basis.threads {
        None => work(),
        Some(threads) => {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.get()).build().map_err(boxed)?;
            pool.install(work)
        }
    };
    let mut bytes: Vec<(Table, Vec<u8>)> = Table::ALL.map(|table| (table, table.header().into_bytes())).into();
    for (source, rows) in sources.documents.iter().zip(&rows) {
        if let Some(error) = &rows.counts.failure {
            say(&format!("warning: {}: {error}", source.key));
        }
        bytes.iter_mut().for_each(|(table, bytes)| bytes.extend_from_slice(rows.table(*table)));
    }
    let folder = Folder::of_memory(bytes.iter().map(|(table, bytes)| (*table, bytes.as_slice()))).map_err(boxed)?;
    let files = sources.documents.iter().filter_map(|source| match &source.origin {
        Origin::File(path) => Some((source.key.clone(), plain(path))),
        _ => None,
    });
    Ok(Tables { bytes, folder, files: files.collect() })
}

/// The rows of each document, in order.
fn rows(engine: &Engine, metadata: &MetadataTable, sources: &Sources) -> Vec<DocumentRows> {
    let extractor = &engine.extractor;
    let one = |writer: &mut RowWriter, source| match document(source, metadata, extractor.document_rules()) {
        Ok(document) => {
            let mut rows = DocumentRows::default();
            writer.rows(&document, &extractor.extract(&document), &Kind::ALL, &mut rows);
            rows
        }
        Err(error) => {
            let bytes = Some(source.bytes).filter(|bytes| *bytes > 0);
            DocumentRows::failed(&FailedDocument { key: source.key.clone(), bytes, error })
        }
    };
    // Long documents do not wait for others in one part.
    sources.documents.par_iter().with_max_len(1).map_init(RowWriter::default, one).collect()
}

/// A path with `/` and without `./` in front: as the programs that read reports have it.
fn plain(path: &std::path::Path) -> String {
    let parts = path.components().filter(|part| !matches!(part, std::path::Component::CurDir));
    let plain: std::path::PathBuf = parts.collect();
    let plain = plain.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' { plain.into_owned() } else { plain.replace(std::path::MAIN_SEPARATOR, "/") }
}
