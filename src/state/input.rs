//! Where the documents of the last run were, for those who read them again.
//!
//! Tables and run.json hold no paths, because they must not depend on a machine; the state is of one machine anyway. Nothing
//! is believed for it: who reads a document again compares its hash.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::FOLDER;

/// The file in the folder of the state: a JSON list of absolute paths.
const INPUT: &str = "input.json";

/// What stands for standard input.
const STDIN: &str = "-";

/// Remembers the paths that a user gave to a run. Those that are no UTF-8 cannot be written: then none is remembered.
pub(crate) fn remember_input(out: &Path, paths: &[PathBuf]) -> io::Result<()> {
    forget_input(out);
    let absolute = |path: &PathBuf| match path.to_str() {
        Some(STDIN) => Ok(path.clone()),
        _ => std::path::absolute(path),
    };
    let paths = paths.iter().map(absolute).collect::<io::Result<Vec<_>>>()?;
    let texts: Option<Vec<_>> = paths.iter().map(|path| path.to_str()).collect();
    match texts {
        Some(texts) => fs::write(out.join(FOLDER).join(INPUT), serde_json::to_vec(&texts)?),
        None => Ok(()),
    }
}

/// Forgets them.
pub(crate) fn forget_input(out: &Path) {
    // Mostly there is none.
    let _ = fs::remove_file(out.join(FOLDER).join(INPUT));
}

/// The paths that were given to the last run into a folder; none if they are not known.
pub fn input(out: &Path) -> Vec<PathBuf> {
    let bytes = fs::read(out.join(FOLDER).join(INPUT)).unwrap_or_default();
    serde_json::from_slice(&bytes).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_come_back_absolute() {
        let out = tempfile::tempdir().unwrap();
        fs::create_dir(out.path().join(FOLDER)).unwrap();
        assert!(input(out.path()).is_empty());
        remember_input(out.path(), &["a b".into(), "-".into(), out.path().into()]).unwrap();
        let here = std::env::current_dir().unwrap();
        assert_eq!(input(out.path()), [here.join("a b"), "-".into(), out.path().to_owned()]);
        fs::write(out.path().join(FOLDER).join(INPUT), "[1").unwrap();
        assert!(input(out.path()).is_empty());
        forget_input(out.path());
        assert!(!out.path().join(FOLDER).join(INPUT).exists());
    }
}
