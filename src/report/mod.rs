//! A report: the tables as pages that a person reads, beside the documents that they come from.
//!
//! Static HTML that opens from a disk: nothing is loaded from elsewhere, nothing is computed that a page without scripts
//! could not show. The tables alone are not enough for it, as lines are shown in full: documents are read again from where
//! the user says they are, and only taken if they are byte for byte what the tables were made from. For the others a page
//! shows the sentences that the tables hold.
//!
//! Like tables, a report depends on its input alone, and is put in place when it is complete, or not at all.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use rayon::prelude::*;
use serde_json::{Value, json};

mod address;
mod assets;
mod counts;
mod error;
mod index;
mod mark;
mod page;
mod paging;
mod search;
mod segments;
mod source;
mod tables;
mod visible;
mod words;

pub use address::{line_address, page_path};
pub use error::ReportError;

use crate::staging::Staging;
use counts::{Counts, Totals};
use mark::Mark;
use page::Page;
use search::Search;
use source::Library;
use tables::Tables;

/// The folder of what is temporary.
const HIDDEN: &str = ".factline-report";

/// What tells a report from other folders.
const MARKER: &str = "report.json";
/// The entries of a report. The marker comes first, so that a folder in which a run was killed is known for what it is.
const ENTRIES: [&str; 5] = [MARKER, assets::ASSETS, search::DATA, address::DOCUMENTS, "index.html"];
/// Documents, and marks in them, whose pages are made at the same time: what is in memory at once.
const BATCH: usize = 256;
const BATCH_MARKS: usize = 100_000;

/// What to report.
#[derive(Debug)]
pub struct Job<'a> {
    /// The folder of the tables.
    pub tables: &'a Path,
    /// Where the documents are.
    pub input: &'a Input,
    /// The folder of the report.
    pub out: &'a Path,
    /// Whether the folder may hold other files.
    pub force: bool,
    /// Set from outside to stop.
    pub cancelled: &'a AtomicBool,
}

/// Where the documents are that the tables were made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// Nobody is to look: pages show the sentences that the tables hold.
    None,
    /// Where the last run found them, as far as its state is there.
    Remembered,
    /// In these paths, which were given to extract.
    Paths(Vec<PathBuf>),
}

/// What was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Made {
    /// Documents of the tables.
    pub documents: u64,
    /// Their pages.
    pub pages: u64,
}

/// Makes a report and puts it in place. `warn` is told what a user should know.
pub fn make(job: &Job<'_>, warn: &mut dyn FnMut(&str)) -> Result<Made, ReportError> {
    let mut tables = Tables::open(job.tables)?;
    let library = Library::find(job.input, job.tables, &[job.out.to_owned(), job.tables.to_owned()])?;
    library.warnings.iter().cloned().chain(library.unknown(&tables.documents)).for_each(|warning| warn(&warning));
    let mut folder = Folder::open(job)?;
    let (mut totals, mut search) = (Totals::default(), Search::default());
    let pages = AtomicU64::new(0);
    while totals.documents.len() < tables.documents.len() {
        if job.cancelled.load(Ordering::Relaxed) {
            return Err(ReportError::Stopped);
        }
        let batch = batch(&mut tables, totals.documents.len())?;
        let write = |(document, marks): &(usize, Vec<Mark>)| {
            let row = &tables.documents[*document];
            page::pages(row, marks, &library.read(row), &mut |page| {
                pages.fetch_add(1, Ordering::Relaxed);
                folder.write(page)
            })
        };
        batch.par_iter().try_for_each(write)?;
        for (document, marks) in &batch {
            totals.add(Counts::of(marks), marks);
            search.add(*document, marks);
        }
    }
    for page in index::pages(&tables.documents, &totals)? {
        folder.write(&page)?;
    }
    let scripts = search.scripts(&tables.documents, &totals.documents);
    let scripts = scripts.into_iter().map(|(name, markup)| Page { path: format!("{}/{name}", search::DATA), markup });
    scripts.chain(assets::files()).try_for_each(|page| folder.write(&page))?;
    let made = Made { documents: totals.documents.len() as u64, pages: pages.into_inner() };
    let marker = json!({ "program": "factline", "version": env!("CARGO_PKG_VERSION"), "documents": made.documents, "pages": made.pages });
    folder.write(&Page { path: MARKER.to_owned(), markup: format!("{marker:#}\n") })?;
    folder.place()?;
    Ok(made)
}

/// The marks of the next documents.
fn batch(tables: &mut Tables, first: usize) -> Result<Vec<(usize, Vec<Mark>)>, ReportError> {
    let mut batch = Vec::new();
    let mut marks = 0;
    for document in first..tables.documents.len() {
        batch.push((document, tables.marks_of(document)?));
        marks += batch.last().map_or(0, |(_, marks)| marks.len());
        if batch.len() == BATCH || marks > BATCH_MARKS {
            break;
        }
    }
    Ok(batch)
}

/// The folder of a report, on its way.
struct Folder {
    staging: Staging,
}

impl Folder {
    /// Takes hold of the output folder, if it may be written to.
    fn open(job: &Job<'_>) -> Result<Self, ReportError> {
        let staging = Staging::open(job.out, HIDDEN, |name| PathBuf::from(name))?;
        let folder = staging.folder();
        if !is_report(folder) {
            let unreadable = |source| ReportError::Write { folder: folder.to_owned(), name: MARKER.to_owned(), source };
            let visible = |entry: &io::Result<fs::DirEntry>| {
                !entry.as_ref().is_ok_and(|entry| entry.file_name().as_encoded_bytes().starts_with(b"."))
            };
            let entries: HashSet<_> = fs::read_dir(folder)
                .and_then(|entries| entries.filter(visible).map(|entry| Ok(entry?.file_name())).collect())
                .map_err(unreadable)?;
            if !entries.is_empty() && !job.force {
                return Err(ReportError::Foreign(folder.to_owned()));
            }
            // Even then no folder of the user's is replaced: what is in it would be lost.
            let mut paths = ENTRIES.iter().map(|name| folder.join(name));
            if let Some(obstacle) = paths.find(|path| path.is_dir()) {
                return Err(ReportError::InTheWay(obstacle));
            }
        }
        Ok(Self { staging })
    }

    /// Writes a page aside.
    fn write(&self, page: &Page) -> Result<(), ReportError> {
        let path = self.staging.path(&page.path);
        let create = || match File::create(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                fs::create_dir_all(path.parent().unwrap_or(Path::new(".")))?;
                File::create(&path)
            }
            other => other,
        };
        create().and_then(|mut file| file.write_all(page.markup.as_bytes())).map_err(|source| ReportError::Write {
            folder: self.staging.folder().to_owned(),
            name: page.path.clone(),
            source,
        })
    }

    /// Puts all pages in place.
    fn place(&mut self) -> Result<(), ReportError> {
        // A report without documents has no folder of them; an old one must not stay.
        for entry in [search::DATA, address::DOCUMENTS] {
            let path = self.staging.path(entry);
            fs::create_dir_all(&path).map_err(|source| ReportError::Write {
                folder: self.staging.folder().to_owned(),
                name: entry.to_owned(),
                source,
            })?;
        }
        Ok(self.staging.place(&ENTRIES)?)
    }
}

/// Whether a folder holds a report.
fn is_report(folder: &Path) -> bool {
    let marker = fs::read(folder.join(MARKER)).ok();
    let marker: Option<Value> = marker.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    marker.is_some_and(|marker| marker["program"] == "factline" && marker["pages"].is_u64())
}
