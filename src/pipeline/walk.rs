//! The documents in a folder, found and looked at by many threads.
//!
//! What a file is, how long it is and when it was changed last is asked of the system file by file: for a refresh of a hundred
//! thousand documents that is a large part of the work. So folders are listed side by side, the files of a long one in
//! portions, and each file is looked at from its open folder, without a way through the folders above it.

use std::ffi::OsStr;
use std::fs::{self, DirEntry, FileType, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rayon::Scope;

use super::keys::push_name;
use super::sources::{Origin, Source, Sources, cannot_read};

/// Files that are looked at in one go.
const PORTION: usize = 512;

/// A folder to begin with.
pub(super) struct Start {
    /// Its path as the user gave it.
    pub(super) path: PathBuf,
    /// Its canonical path.
    pub(super) place: PathBuf,
    /// Its key: what the keys in it begin with; empty where they are names in it.
    pub(super) key: String,
}

/// Adds the documents in a folder to `sources`, in no order; nothing of what is at the canonical paths in `skipped`.
pub(super) fn walk(start: Start, skipped: &[PathBuf], sources: &mut Sources) {
    let walk = Walk { skipped, found: Mutex::new(std::mem::take(sources)) };
    let Start { path, place, key } = start;
    rayon::scope(|scope| walk.folder(Folder { path, key, way: Arc::new(Way { place, link: None }) }, scope));
    *sources = walk.found.into_inner().unwrap_or_else(PoisonError::into_inner);
}

struct Walk<'w> {
    skipped: &'w [PathBuf],
    found: Mutex<Sources>,
}

/// A folder on the way.
struct Folder {
    path: PathBuf,
    key: String,
    way: Arc<Way>,
}

/// How a folder was reached: from the start, or from the last link on the way to it.
struct Way {
    /// The canonical path of the start, or of where that link leads.
    place: PathBuf,
    /// The folder that the link is in.
    link: Option<Folder>,
}

impl Folder {
    /// The key of an entry.
    fn key_of(&self, name: &OsStr) -> String {
        let mut key = String::with_capacity(self.key.len() + 1 + name.len());
        key.push_str(&self.key);
        if !key.is_empty() {
            key.push('/');
        }
        push_name(&mut key, name);
        key
    }

    /// The folder on the way to this one that is at a canonical path, if there is one.
    fn on_the_way(&self, place: &Path) -> Option<&Path> {
        let here = fs::canonicalize(&self.path).ok()?;
        if place.starts_with(&self.way.place)
            && let Ok(below) = here.strip_prefix(place)
        {
            return self.path.ancestors().nth(below.components().count());
        }
        self.way.link.as_ref()?.on_the_way(place)
    }
}

impl<'w> Walk<'w> {
    /// Lists a folder.
    fn folder(&'w self, folder: Folder, scope: &Scope<'w>) {
        let entries = match fs::read_dir(&folder.path) {
            Ok(entries) => entries,
            Err(error) => return self.unreadable(folder.key, &error),
        };
        let folder = Arc::new(folder);
        let mut files = Vec::new();
        for entry in entries {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    self.unreadable(folder.key.clone(), &error);
                    break;
                }
            };
            let name = entry.file_name();
            if name.as_encoded_bytes().starts_with(b".") {
                continue;
            }
            match entry.file_type() {
                Ok(kind) if kind.is_file() => files.push(entry),
                Ok(kind) => self.no_file(&folder, &entry, kind, scope),
                Err(error) => self.unreadable(folder.key_of(&name), &error),
            }
            // Others may take these, while the list goes on here.
            if files.len() == PORTION {
                let (files, folder) = (std::mem::take(&mut files), Arc::clone(&folder));
                scope.spawn(move |_| self.files(&folder, files));
            }
        }
        self.files(&folder, files);
    }

    /// Looks at files of a folder.
    fn files(&self, folder: &Folder, files: Vec<DirEntry>) {
        let mut sources = Vec::with_capacity(files.len());
        for entry in files {
            let (name, path) = (entry.file_name(), entry.path());
            if !self.is_skipped(&name, &path, false) {
                let found = entry.metadata().ok();
                sources.push(Source::new(folder.key_of(&name), Origin::File(path), found.as_ref()));
            }
        }
        self.found().documents.append(&mut sources);
    }

    /// Looks at what is no file by itself.
    fn no_file(&'w self, folder: &Arc<Folder>, entry: &DirEntry, kind: FileType, scope: &Scope<'w>) {
        let (name, path) = (entry.file_name(), entry.path());
        if self.is_skipped(&name, &path, kind.is_symlink()) {
            return;
        }
        let key = folder.key_of(&name);
        if kind.is_dir() {
            let folder = Folder { path, key, way: Arc::clone(&folder.way) };
            return scope.spawn(move |scope| self.folder(folder, scope));
        }
        // Of a link it counts where it leads.
        match fs::metadata(&path) {
            Ok(found) if found.is_dir() => self.link(folder, path, key, scope),
            Ok(found) if found.is_file() => self.file(key, path, &found),
            // A pipe inside a folder might never end.
            Ok(_) => self.failed(key, "expected a file, found a pipe, a socket or a device".to_owned()),
            Err(error) => self.unreadable(key, &error),
        }
    }

    /// Follows a link to a folder, unless it leads back to one on the way.
    fn link(&'w self, folder: &Arc<Folder>, path: PathBuf, key: String, scope: &Scope<'w>) {
        let place = match fs::canonicalize(&path) {
            Ok(place) => place,
            Err(error) => return self.unreadable(key, &error),
        };
        if let Some(above) = folder.on_the_way(&place) {
            let warning = format!("`{}` is a link back to `{}`: not read again", path.display(), above.display());
            return self.found().warnings.push(warning);
        }
        let from = Folder { path: folder.path.clone(), key: String::new(), way: Arc::clone(&folder.way) };
        let folder = Folder { path, key, way: Arc::new(Way { place, link: Some(from) }) };
        scope.spawn(move |scope| self.folder(folder, scope));
    }

    /// Whether an entry is one of the paths that are not to be read. Most are not even called like them; a link may be called
    /// anything.
    fn is_skipped(&self, name: &OsStr, path: &Path, is_link: bool) -> bool {
        self.skipped.iter().any(|skipped| is_link || skipped.file_name() == Some(name))
            && fs::canonicalize(path).is_ok_and(|place| self.skipped.contains(&place))
    }

    fn found(&self) -> std::sync::MutexGuard<'_, Sources> {
        self.found.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn file(&self, key: String, path: PathBuf, found: &Metadata) {
        self.found().documents.push(Source::new(key, Origin::File(path), Some(found)));
    }

    fn unreadable(&self, key: String, error: &io::Error) {
        self.failed(key, cannot_read(error));
    }

    fn failed(&self, key: String, why: String) {
        self.found().documents.push(Source::new(key, Origin::Unreadable(why), None));
    }
}
