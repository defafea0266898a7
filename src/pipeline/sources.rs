//! Which documents there are, under which keys, in which order.
//!
//! Folders are read recursively, links followed, hidden entries skipped; what version control ignores is read all the
//! same, because texts to be analyzed often are. What cannot be read is not an end but a document that failed: a batch
//! of a million files always has a few of those. Only a path that the user named and that is not there ends the run:
//! that is a typing error.
//!
//! The list is made before the work starts (a key, a path and a size per document), so that keys are sorted and unique
//! and a progress bar knows how far it is. Texts themselves are read later, one by one.

use std::collections::HashSet;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::slice::ParallelSliceMut;

use super::keys::{common_folder, key_of, push_name};
use super::walk;
use crate::state::Stamp;

/// The key of standard input.
const STDIN_KEY: &str = "stdin";

/// A document to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its key, unique in the run.
    pub key: String,
    /// Where it is.
    pub origin: Origin,
    /// Its size when it was listed; 0 for what has no size.
    pub bytes: u64,
    /// Size and times of its file when it was listed, where it is one.
    pub stamp: Option<Stamp>,
}

impl Source {
    pub(super) fn new(key: String, origin: Origin, found: Option<&fs::Metadata>) -> Self {
        Self { key, origin, bytes: found.map_or(0, fs::Metadata::len), stamp: found.and_then(Stamp::of) }
    }
}

/// Where a document is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// A file.
    File(PathBuf),
    /// A named pipe or a device, read to its end.
    Stream(PathBuf),
    /// Standard input.
    Stdin,
    /// It was seen but cannot be read: why.
    Unreadable(String),
}

/// All documents of a run.
#[derive(Debug, Default)]
pub struct Sources {
    /// In byte order of their keys.
    pub documents: Vec<Source>,
    /// What a user should know, but what cost no document.
    pub warnings: Vec<String>,
}

/// A path that a user named and that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// There is nothing there.
    #[error("`{}` does not exist: expected a file, a folder, or `-` for standard input", .0.display())]
    NotFound(PathBuf),
    /// The tables would be written among the texts.
    #[error("`{}` is both read and written: choose another folder for --out, for example `{}`", .0.display(), .0.join("output").display())]
    OutputIsInput(PathBuf),
    /// A folder whose place cannot be told.
    #[error("cannot read `{}`: {source}", .path.display())]
    Unreadable {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// A path that a user named, looked at once.
enum Root {
    Folder { path: PathBuf, place: PathBuf },
    File { place: PathBuf, name: OsString, origin: Origin, found: Option<fs::Metadata> },
    Stream { name: String, origin: Origin },
}

impl Root {
    fn look(path: &Path) -> Result<Self, SourceError> {
        if path == Path::new("-") {
            return Ok(Root::Stream { name: STDIN_KEY.to_owned(), origin: Origin::Stdin });
        }
        let unreadable = |source| SourceError::Unreadable { path: path.to_owned(), source };
        let place = |path: &Path| fs::canonicalize(path).map_err(unreadable);
        let found = fs::metadata(path);
        if found.as_ref().is_ok_and(fs::Metadata::is_dir) {
            return Ok(Root::Folder { path: path.to_owned(), place: place(path)? });
        }
        let name = path.file_name().unwrap_or(path.as_os_str()).to_owned();
        let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let (origin, found) = match found {
            Ok(found) if found.is_file() => (Origin::File(path.to_owned()), Some(found)),
            Ok(_) => {
                let mut key = String::new();
                push_name(&mut key, &name);
                return Ok(Root::Stream { name: key, origin: Origin::Stream(path.to_owned()) });
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound && fs::symlink_metadata(path).is_err() => {
                return Err(SourceError::NotFound(path.to_owned()));
            }
            Err(error) => (Origin::Unreadable(cannot_read(&error)), None),
        };
        Ok(Root::File { place: place(parent)?, name, origin, found })
    }

    /// The folder that the root's keys are made in.
    fn place(&self) -> Option<&Path> {
        match self {
            Root::Folder { place, .. } | Root::File { place, .. } => Some(place),
            Root::Stream { .. } => None,
        }
    }
}

impl Sources {
    /// The documents in the paths that a user named, without those in `skipped` (the output folder, the metadata). The
    /// threads of the rayon pool at hand look for them.
    pub fn find(paths: &[PathBuf], skipped: &[PathBuf]) -> Result<Self, SourceError> {
        let skipped: Vec<_> = skipped.iter().filter_map(|path| fs::canonicalize(path).ok()).collect();
        let roots = paths.iter().map(|path| Root::look(path)).collect::<Result<Vec<_>, _>>()?;
        let base = common_folder(roots.iter().filter_map(Root::place));
        let mut sources = Self::default();
        for root in roots {
            match root {
                Root::Stream { name: key, origin } => sources.documents.push(Source::new(key, origin, None)),
                Root::File { place, name, origin, found } => {
                    let key = key_of(&below(&place, &base).join(name));
                    sources.documents.push(Source::new(key, origin, found.as_ref()));
                }
                Root::Folder { path, place } if skipped.contains(&place) => {
                    return Err(SourceError::OutputIsInput(path));
                }
                Root::Folder { path, place } => {
                    let key = key_of(below(&place, &base));
                    walk::walk(walk::Start { path, place, key }, &skipped, &mut sources);
                }
            }
        }
        sources.settle();
        Ok(sources)
    }

    /// Sorts the documents, drops those that were named twice, and tells different ones with equal keys apart.
    fn settle(&mut self) {
        let order = |one: &Source, other: &Source| (&one.key, &one.origin).cmp(&(&other.key, &other.origin));
        self.documents.par_sort_unstable_by(order);
        self.warnings.sort_unstable();
        // Below a common folder, the same key is the same file, unless percent-encoding made it so.
        self.documents.dedup_by(|one, other| one.key == other.key && is_same_file(&one.origin, &other.origin));
        if self.documents.is_sorted_by(|one, other| one.key < other.key) {
            return;
        }
        let mut keys: HashSet<String> = self.documents.iter().map(|source| source.key.clone()).collect();
        let mut last = String::new();
        for source in &mut self.documents {
            if source.key != last {
                last.clone_from(&source.key);
                continue;
            }
            let free = (2u64..).map(|number| format!("{last}~{number}")).find(|key| !keys.contains(key));
            source.key = free.unwrap_or_default();
            keys.insert(source.key.clone());
            self.warnings.push(format!("two documents are called `{last}`: one of them is `{}` here", source.key));
        }
        self.documents.sort_unstable_by(|one, other| one.key.cmp(&other.key));
    }
}

/// What is below a folder; the path itself if it is not.
fn below<'a>(path: &'a Path, folder: &Path) -> &'a Path {
    path.strip_prefix(folder).unwrap_or(path)
}

fn is_same_file(one: &Origin, other: &Origin) -> bool {
    match (one, other) {
        (Origin::File(one), Origin::File(other)) => {
            one == other
                || matches!((fs::canonicalize(one), fs::canonicalize(other)), (Ok(one), Ok(other)) if one == other)
        }
        _ => one == other,
    }
}

/// The error cell of a document: without its path, which the row has already, and which may name a machine.
pub(super) fn cannot_read(error: &io::Error) -> String {
    format!("cannot read: {}", describe(error))
}

/// An operating system's message without its number.
fn describe(error: &io::Error) -> String {
    let message = error.to_string();
    message.split(" (os error").next().unwrap_or(&message).to_owned()
}
