//! Files and folders written aside, and put in place together or not at all.
//!
//! All is written into a temporary folder *inside* the output folder, because only within one file system is a rename a
//! single step. At the end the old entries are moved aside, the new ones moved in; if one of these steps fails, the ones
//! before it are undone. The temporary folder has a fixed name, and a lock beside it: a second run on the same folder is
//! refused, and what a killed run left behind is recognized by the next one (nobody holds its lock) and cleaned up: where it
//! died in the middle of the change, old entries come back and new ones go.

mod lock;
mod replace;

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::thread;

pub use replace::replace;

/// In the hidden folder: the file that is locked.
pub(crate) const LOCK: &str = "lock";
/// In the hidden folder: what is not in place yet.
const TEMPORARY: &str = "tmp";
/// In that: the new entries, the old ones during the change, the old ones after it, the names of entries that were not
/// there before it.
const NEW: &str = "new";
const OLD: &str = "old";
const DONE: &str = "done";
const ABSENT: &str = "absent";

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
    #[error("`{}` is in the way: expected a folder or nothing, found a link. Write to another folder with --out", .0.display())]
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

/// A full disk is the likeliest error of a long run: it gets words of its own.
pub(crate) fn explain(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::StorageFull => "no space left on the disk".to_owned(),
        io::ErrorKind::QuotaExceeded => "the disk quota is used up".to_owned(),
        _ => error.to_string(),
    }
}

/// Whether a run died while it changed the entries of an output folder, and the next one has not undone that yet.
pub(crate) fn is_half_changed(hidden: &Path) -> bool {
    hidden.join(TEMPORARY).join(OLD).exists()
}

/// Where an entry belongs, below the output folder, by its name.
type PlaceOf = fn(&str) -> PathBuf;

/// An output folder, and a place in it for what is on its way.
#[derive(Debug)]
pub(crate) struct Staging {
    folder: PathBuf,
    hidden: PathBuf,
    place_of: PlaceOf,
    /// The highest folder that was made for this run, to be removed if the run comes to nothing.
    made: Option<PathBuf>,
    /// Held as long as the run lives.
    _lock: File,
}

impl Staging {
    /// Takes hold of an output folder, which is made if need be, and undoes what a killed run left in the middle. `hidden`
    /// is the name of the folder in it that holds what is temporary and the lock; it begins with a full stop, so that a run that
    /// reads the output folder never takes it for input.
    pub fn open(folder: &Path, hidden: &str, place_of: PlaceOf) -> Result<Self, StagingError> {
        if let Some(file) = folder.ancestors().find(|above| above.exists()).filter(|above| !above.is_dir()) {
            return Err(StagingError::NotAFolder(file.to_owned()));
        }
        let not_writable = |source| StagingError::NotWritable { path: folder.to_owned(), source };
        let made = folder.ancestors().take_while(|above| !above.as_os_str().is_empty() && !above.exists()).last();
        let made = made.map(Path::to_owned);
        let hidden = folder.join(hidden);
        if let Some(link) = [hidden.join(TEMPORARY), hidden.clone()].into_iter().find(|path| path.is_symlink()) {
            return Err(StagingError::Linked(link));
        }
        let lock = lock::acquire(&hidden.join(LOCK)).map_err(not_writable)?;
        let lock = lock.ok_or_else(|| StagingError::Busy(folder.to_owned()))?;
        let staging = Self { folder: folder.to_owned(), hidden, place_of, made, _lock: lock };
        staging.recover().map_err(not_writable)?;
        Ok(staging)
    }

    /// The output folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where an entry is written until it is put in place.
    pub fn path(&self, name: &str) -> PathBuf {
        self.part(NEW).join(name)
    }

    fn part(&self, part: &str) -> PathBuf {
        self.hidden.join(TEMPORARY).join(part)
    }

    fn place_of(&self, name: &str) -> PathBuf {
        self.folder.join((self.place_of)(name))
    }

    fn recover(&self) -> io::Result<()> {
        let old = self.part(OLD);
        if old.exists() {
            // The list was complete before the folder was made.
            let absent = match fs::read_to_string(self.part(ABSENT)) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
                read => read?,
            };
            for name in absent.lines() {
                remove(&self.place_of(name))?;
            }
            for entry in fs::read_dir(&old)? {
                let entry = entry?;
                let place = self.place_of(&entry.file_name().to_string_lossy());
                if place.is_dir() {
                    // No folder takes the place of one that holds something.
                    fs::remove_dir_all(&place)?;
                }
                fs::rename(entry.path(), place)?;
            }
            fs::remove_dir(&old)?;
        }
        remove(&self.hidden.join(TEMPORARY))?;
        fs::create_dir_all(self.part(NEW))
    }

    /// Moves the old entries aside and the new ones in, all or none. Entries of which there is no new one are gone then.
    pub fn place(&mut self, names: &[&str]) -> Result<(), StagingError> {
        let old = self.part(OLD);
        let mut done: Vec<(PathBuf, PathBuf)> = Vec::new();
        let mut step = |from: PathBuf, to: PathBuf| {
            fs::rename(&from, &to)?;
            done.push((from, to));
            Ok(())
        };
        let mut exchange = |name: &str| -> io::Result<()> {
            let (place, new) = (self.place_of(name), self.path(name));
            match fs::symlink_metadata(&place) {
                Ok(_) => step(place.clone(), old.join(name))?,
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
            if new.exists() { step(new, place) } else { Ok(()) }
        };
        let is_absent = |name: &&&str| fs::symlink_metadata(self.place_of(name)).is_err();
        let absent: String = names.iter().filter(is_absent).flat_map(|name| [name, "\n"]).collect();
        let result = fs::write(self.part(ABSENT), absent)
            .and_then(|()| fs::create_dir(&old))
            .map_err(|error| (TEMPORARY, error))
            .and_then(|()| names.iter().try_for_each(|name| exchange(name).map_err(|error| (*name, error))))
            // From this step on the new entries count; a run that is killed before it is undone by the next one.
            .and_then(|()| fs::rename(&old, self.part(DONE)).map_err(|error| (TEMPORARY, error)));
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
        Err(StagingError::Place { folder: self.folder.clone(), name: name.to_owned(), source, left })
    }
}

/// Removes a file or a folder with all that is in it, if it is there.
fn remove(path: &Path) -> io::Result<()> {
    let removed = match fs::symlink_metadata(path) {
        Ok(found) if found.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
        Err(error) => Err(error),
    };
    match removed {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Removes what is in a folder. To give back the room of a large file takes a system time, so the entries go side by side: there
/// are as many as names that were put in place.
fn remove_side_by_side(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    thread::scope(|scope| {
        for entry in entries.flatten() {
            let remove = move || drop(remove(&entry.path()));
            // Where there is no thread, it goes with the folder.
            let _ = thread::Builder::new().spawn_scoped(scope, remove);
        }
    });
}

impl Drop for Staging {
    /// Removes what is temporary. Old entries that could not be put back stay: better litter than loss.
    fn drop(&mut self) {
        if is_half_changed(&self.hidden) {
            return;
        }
        // What cannot be removed is removed by the next run.
        remove_side_by_side(&self.part(DONE));
        let _ = fs::remove_dir_all(self.hidden.join(TEMPORARY));
        // Who keeps something beside the lock keeps the lock, too.
        if fs::read_dir(&self.hidden).is_ok_and(|entries| entries.count() == 1) {
            let _ = fs::remove_file(self.hidden.join(LOCK));
            let _ = fs::remove_dir(&self.hidden);
        }
        let Some(made) = &self.made else { return };
        for folder in self.folder.ancestors().take_while(|folder| folder.starts_with(made)) {
            let _ = fs::remove_dir(folder);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HIDDEN: &str = ".hidden";

    #[test]
    fn a_killed_exchange_of_folders_and_files_is_undone() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        write("pages/a.html", "new");
        write("index.html", "new, and there was none");
        write(&format!("{HIDDEN}/{TEMPORARY}/{OLD}/pages/a.html"), "old");
        write(&format!("{HIDDEN}/{TEMPORARY}/{ABSENT}"), "index.html\n");
        write(&format!("{HIDDEN}/{TEMPORARY}/{NEW}/b.html"), "new");
        drop(Staging::open(folder.path(), HIDDEN, |name| PathBuf::from(name)).unwrap());
        assert_eq!(fs::read_to_string(folder.path().join("pages/a.html")).unwrap(), "old");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_fails_in_the_middle_is_undone() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a"), "old").unwrap();
        let place_of = |name: &str| PathBuf::from(if name == "b" { "no/such/folder" } else { "" }).join(name);
        let mut staging = Staging::open(folder.path(), HIDDEN, place_of).unwrap();
        for name in ["a", "b"] {
            fs::write(staging.path(name), "new").unwrap();
        }
        let error = staging.place(&["a", "b"]).unwrap_err().to_string();
        assert!(error.contains("cannot put b in place") && error.ends_with("what is there is as it was"), "{error}");
        drop(staging);
        assert_eq!(fs::read_to_string(folder.path().join("a")).unwrap(), "old");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
