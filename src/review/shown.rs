//! What the tables at hand show of all decisions, and whether anybody touched them since.
//!
//! A decisions file in git may hold what others decided after the tables were written. That a table lacks their verdict
//! does not mean that its reviewer took it back. So the state remembers the decisions that the tables were written
//! with, and those that were collected from them since.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::decision::{Decision, Decisions};
use super::file::{self, DecisionsError};
use crate::state::{FOLDER, SHOWN, STAMPS, Stamp};

/// Where it is remembered which decisions the tables of an output folder show.
pub fn path(out: &Path) -> PathBuf {
    out.join(FOLDER).join(SHOWN)
}

/// Where it is remembered which decisions a workbook showed when it was exported.
pub fn path_of_export(out: &Path, export: &str) -> PathBuf {
    out.join(FOLDER).join(format!("export-{export}.csv"))
}

/// The decisions that were shown.
pub fn read(path: &Path) -> Result<Decisions, DecisionsError> {
    Ok(Decisions::new(&file::read(path)?))
}

/// All lines of decisions as the bytes of a file.
pub(crate) fn bytes(lines: &[Decision]) -> io::Result<Vec<u8>> {
    file::bytes(lines)
}

/// Remembers sizes and times of tables that were just written. It saves the next run from reading them, and no more: so
/// nothing is lost if it fails.
pub(crate) fn remember_stamps(out: &Path, names: &[String]) {
    let stamp = |name: &String| {
        let stamp = Stamp::of(&fs::metadata(out.join(name)).ok()?)?;
        Some(format!("{name} {stamp}\n"))
    };
    let lines: String = names.iter().filter_map(stamp).collect();
    let _ = fs::write(out.join(FOLDER).join(STAMPS), lines);
}

/// Whether a table is the file that was written: its size and times are those that were remembered.
pub(crate) fn is_untouched(out: &Path, name: &str) -> bool {
    let Ok(stamps) = fs::read_to_string(out.join(FOLDER).join(STAMPS)) else { return false };
    let remembered = stamps.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    let found = fs::metadata(out.join(name)).ok().and_then(|found| Stamp::of(&found));
    found.is_some_and(|stamp| remembered == Some(stamp.to_string().as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_that_was_touched_is_told_from_one_that_was_not() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path();
        fs::create_dir(out.join(FOLDER)).unwrap();
        fs::write(out.join("money.csv"), "id\n").unwrap();
        assert!(!is_untouched(out, "money.csv"));
        remember_stamps(out, &["money.csv".to_owned(), "dates.csv".to_owned()]);
        assert!(is_untouched(out, "money.csv") && !is_untouched(out, "dates.csv") && !is_untouched(out, "money"));
        fs::write(out.join("money.csv"), "id\nm1\n").unwrap();
        assert!(!is_untouched(out, "money.csv"));
    }
}
