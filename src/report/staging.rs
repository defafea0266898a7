//! Pages written aside, and put in place together or not at all.
//!
//! As with tables, all is written into a temporary folder *inside* the output folder, because only within one file system
//! is a rename a single step; at the end the old entries are moved aside, the new ones moved in, and if one of these steps
//! fails, the ones before it are undone. What is moved are whole folders, which the exchange of tables refuses, and there is
//! no state that must fit: so it is not the same code. A run that was killed is recognized by the next one, whose lock
//! shows that nobody is at it, and old entries come back where it died in the middle of the change.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use crate::pipeline::{acquire_lock, explain};

/// The temporary folder; hidden, so that a run that reads the output folder never takes it for input.
const TEMPORARY: &str = ".factline-report";
/// In it: the lock, the new entries, the old ones during the change, the old ones after it.
const LOCK: &str = "lock";
const NEW: &str = "new";
const OLD: &str = "old";
const DONE: &str = "done";

/// Why nothing can be put into a folder.
#[derive(Debug, thiserror::Error)]
pub enum StagingError {
    /// The output folder is a file.
    #[error("--out `{}`: expected a folder, found a file", .0.display())]
    NotAFolder(PathBuf),
    /// The output folder cannot be made or written to.
    #[error("--out `{}`: cannot write there: {}", .path.display(), explain(.source))]
    NotWritable {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Another run is at it.
    #[error("--out `{}`: another run is writing there; wait for it, or choose another folder", .0.display())]
    Busy(PathBuf),
    /// What is temporary would be written, and deleted, somewhere else.
    #[error("`{}` is in the way: expected nothing there, found a link. Write to another folder with --out", .0.display())]
    Linked(PathBuf),
    /// A finished entry could not be put in place.
    #[error("cannot put {name} in place in `{}`: {}; {}", .folder.display(), explain(.source), .left.as_deref().unwrap_or("what is there is as it was"))]
    Place {
        /// The output folder.
        folder: PathBuf,
        /// The file or folder.
        name: String,
        /// Why.
        source: io::Error,
        /// What could not be undone, if so.
        left: Option<String>,
    },
}

/// A place beside the output, for what is on its way into it.
#[derive(Debug)]
pub(super) struct Staging {
    folder: PathBuf,
    /// The highest folder that was made for this run, to be removed if the run comes to nothing.
    made: Option<PathBuf>,
    /// Held as long as the run lives.
    _lock: File,
}

impl Staging {
    /// Takes hold of an output folder, which is made if need be, and cleans up after a run that was killed.
    pub(super) fn open(folder: &Path) -> Result<Self, StagingError> {
        if let Some(file) = folder.ancestors().find(|above| above.exists()).filter(|above| !above.is_dir()) {
            return Err(StagingError::NotAFolder(file.to_owned()));
        }
        let not_writable = |source| StagingError::NotWritable { path: folder.to_owned(), source };
        let made = folder.ancestors().take_while(|above| !above.as_os_str().is_empty() && !above.exists()).last();
        let made = made.map(Path::to_owned);
        let temporary = folder.join(TEMPORARY);
        if temporary.is_symlink() {
            return Err(StagingError::Linked(temporary));
        }
        let lock = acquire_lock(&temporary.join(LOCK)).map_err(not_writable)?;
        let lock = lock.ok_or_else(|| StagingError::Busy(folder.to_owned()))?;
        let staging = Self { folder: folder.to_owned(), made, _lock: lock };
        staging.recover().map_err(not_writable)?;
        Ok(staging)
    }

    /// The output folder.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where an entry is written until it is put in place.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.part(NEW).join(name)
    }

    fn part(&self, part: &str) -> PathBuf {
        self.folder.join(TEMPORARY).join(part)
    }

    fn recover(&self) -> io::Result<()> {
        let old = self.part(OLD);
        if let Ok(entries) = fs::read_dir(&old) {
            for entry in entries {
                let entry = entry?;
                let place = self.folder.join(entry.file_name());
                if entry.file_type()?.is_dir() && place.is_dir() {
                    fs::remove_dir_all(&place)?;
                }
                fs::rename(entry.path(), place)?;
            }
            fs::remove_dir(&old)?;
        }
        for left in [NEW, DONE].map(|part| self.part(part)) {
            if left.exists() {
                fs::remove_dir_all(left)?;
            }
        }
        fs::create_dir(self.part(NEW))
    }

    /// Moves the old entries aside and the new ones in, all or none.
    pub(super) fn place(&mut self, names: &[&str]) -> Result<(), StagingError> {
        let old = self.part(OLD);
        let mut done: Vec<(PathBuf, PathBuf)> = Vec::new();
        let mut step = |from: PathBuf, to: PathBuf| {
            fs::rename(&from, &to)?;
            done.push((from, to));
            Ok(())
        };
        let mut exchange = |name: &str| -> io::Result<()> {
            let place = self.folder.join(name);
            match fs::symlink_metadata(&place) {
                Ok(_) => step(place.clone(), old.join(name))?,
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
            step(self.path(name), place)
        };
        let result = fs::create_dir(&old)
            .map_err(|error| (TEMPORARY.to_owned(), error))
            .and_then(|()| {
                names.iter().try_for_each(|name| exchange(name).map_err(|error| ((*name).to_owned(), error)))
            })
            // From this step on the new entries count; a run that is killed before it is undone by the next one.
            .and_then(|()| fs::rename(&old, self.part(DONE)).map_err(|error| (TEMPORARY.to_owned(), error)));
        let Err((name, source)) = result else {
            self.made = None;
            return Ok(());
        };
        let undone: Vec<_> = done.iter().rev().map(|(from, to)| fs::rename(to, from)).collect();
        let left = undone
            .iter()
            .any(Result::is_err)
            .then(|| format!("not all could be put back: what was there is in `{}`", old.display()));
        if left.is_none() {
            // Empty now, and removed with the temporary folder in any case.
            let _ = fs::remove_dir(&old);
        }
        Err(StagingError::Place { folder: self.folder.clone(), name, source, left })
    }
}

impl Drop for Staging {
    /// Removes what is temporary. Old entries that could not be put back stay: better litter than loss.
    fn drop(&mut self) {
        let temporary = self.folder.join(TEMPORARY);
        if temporary.join(OLD).exists() {
            return;
        }
        // What cannot be removed is removed by the next run.
        let _ = fs::remove_dir_all(temporary);
        let Some(made) = &self.made else { return };
        for folder in self.folder.ancestors().take_while(|folder| folder.starts_with(made)) {
            let _ = fs::remove_dir(folder);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_killed_exchange_of_folders_is_undone() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        write("pages/a.html", "new");
        write(&format!("{TEMPORARY}/{OLD}/pages/a.html"), "old");
        write(&format!("{TEMPORARY}/{NEW}/index.html"), "new");
        drop(Staging::open(folder.path()).unwrap());
        assert_eq!(fs::read_to_string(folder.path().join("pages/a.html")).unwrap(), "old");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
