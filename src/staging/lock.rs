//! One run at a time in an output folder.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::Path;

/// Times that a lock file may vanish under our hands.
const ATTEMPTS: usize = 100;

/// Takes the lock, making the file and its folder; `None` where another run has it.
pub(crate) fn acquire(path: &Path) -> io::Result<Option<File>> {
    for _ in 0..ATTEMPTS {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let lock = match File::options().write(true).create(true).truncate(false).open(path) {
            Ok(lock) => lock,
            // The run before us took its folder away.
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(error),
        };
        match lock.try_lock() {
            Err(TryLockError::WouldBlock) => return Ok(None),
            // A file system without locks is still good for tables.
            Ok(()) | Err(TryLockError::Error(_)) => {}
        }
        if is_in_place(&lock, path) {
            return Ok(Some(lock));
        }
    }
    Err(io::ErrorKind::ResourceBusy.into())
}

/// Whether the file that we have locked is the one that others would lock: the run that held it may have removed it.
#[cfg(unix)]
fn is_in_place(lock: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |found: fs::Metadata| (found.dev(), found.ino());
    match (lock.metadata(), fs::metadata(path)) {
        (Ok(ours), Ok(theirs)) => identity(ours) == identity(theirs),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_in_place(_: &File, path: &Path) -> bool {
    path.exists()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_is_had_by_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/lock");
        let first = acquire(&path).unwrap();
        assert!(first.is_some() && acquire(&path).unwrap().is_none());
        drop(first);
        assert!(acquire(&path).unwrap().is_some());
    }

    #[cfg(unix)]
    #[test]
    fn a_removed_lock_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let old = acquire(&path).unwrap().unwrap();
        fs::remove_file(&path).unwrap();
        assert!(!is_in_place(&old, &path));
        let new = acquire(&path).unwrap();
        assert!(new.is_some() && !is_in_place(&old, &path), "another file");
    }
}
