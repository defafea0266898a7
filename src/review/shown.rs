//! What the tables at hand show of all decisions, and whether anybody touched them since.
//!
//! A decisions file in git may hold what others decided after the tables were written. That a table lacks their verdict
//! does not mean that its reviewer took it back. So the state remembers the decisions that the tables were written
//! with, and, in a file of its own, what was collected from them since: a verdict that is collected is one that the table
//! shows, but a cell that was computed from a corrected one is emptied by the next run only.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::decision::{Decision, Decisions};
use super::file::{self, DecisionsError};
use super::spreadsheet::{SheetError, WorkbookFile};
use super::workbook::DECISIONS;
use crate::state::{COLLECTED, FOLDER, SHOWN, STAMPS, Stamp};

/// Where it is remembered what tables show.
#[derive(Debug, Clone)]
pub struct Memory {
    written: PathBuf,
    collected: PathBuf,
}

/// What tables, or a workbook, show of all decisions.
#[derive(Debug, Clone, Default)]
pub struct Shown {
    /// When they were written.
    pub written: Decisions,
    /// With what was collected from them since.
    pub now: Decisions,
}

impl Memory {
    /// Of the tables in an output folder.
    pub fn of_tables(out: &Path) -> Self {
        let folder = out.join(FOLDER);
        Self { written: folder.join(SHOWN), collected: folder.join(COLLECTED) }
    }

    /// Reads what is shown.
    pub fn read(&self) -> Result<Shown, DecisionsError> {
        let mut lines = file::read(&self.written)?;
        let written = Decisions::new(&lines);
        // A step back in time is collected after what it takes back.
        let collected = file::read(&self.collected)?;
        lines.extend(collected);
        Ok(Shown { written, now: Decisions::in_order(&lines) })
    }

    /// What a workbook shows: it holds that itself. As there may be copies of it, and each reviewer changes their own, what
    /// was collected from one is not remembered for it.
    pub fn in_workbook(path: &Path) -> Result<Shown, SheetError> {
        let rows = WorkbookFile::open(path)?.rows(DECISIONS).unwrap_or_default();
        let written = Decisions::new(&file::parsed(rows.iter()));
        Ok(Shown { now: written.clone(), written })
    }

    /// Remembers what was collected; there must be a state to remember it in.
    pub fn add(&self, lines: &[Decision]) -> Result<(), DecisionsError> {
        let has_state = self.collected.parent().is_some_and(Path::is_dir);
        if has_state { file::append(&self.collected, lines) } else { Ok(()) }
    }
}

/// All lines of decisions as the bytes of a file: in the order in which they count.
pub(crate) fn bytes(lines: &[Decision]) -> io::Result<Vec<u8>> {
    let mut lines = lines.to_vec();
    lines.sort_by(|one, other| one.date.cmp(&other.date));
    file::bytes(&lines)
}

/// Remembers sizes and times of tables that were just put in place, by the names of their files and the stamps that they had
/// before. A table that somebody has changed since is left out. It saves the next run from reading tables, and no more: so
/// nothing is lost if it fails.
pub(crate) fn remember_stamps(out: &Path, finished: &[(String, Stamp)]) {
    let line = |(name, before): &(String, Stamp)| {
        let stamp = found_stamp(out, name).filter(|stamp| stamp.is_moved(*before))?;
        Some(format!("{name} {stamp}\n"))
    };
    let lines: String = finished.iter().filter_map(line).collect();
    let _ = fs::write(out.join(FOLDER).join(STAMPS), lines);
}

/// The size and times of a table when it was put in place.
pub(crate) fn remembered_stamp(out: &Path, name: &str) -> Option<Stamp> {
    let stamps = fs::read_to_string(out.join(FOLDER).join(STAMPS)).ok()?;
    stamps.lines().find_map(|line| Stamp::parse(line.strip_prefix(name)?.strip_prefix(' ')?))
}

/// Whether a table is the file that was written: its size and times are those that were remembered.
pub(crate) fn is_untouched(out: &Path, name: &str) -> bool {
    let found = found_stamp(out, name);
    found.is_some() && found == remembered_stamp(out, name)
}

fn found_stamp(out: &Path, name: &str) -> Option<Stamp> {
    fs::metadata(out.join(name)).ok().as_ref().and_then(Stamp::of)
}

#[cfg(test)]
mod tests {
    use std::fs::File;

    use super::*;

    #[test]
    fn a_table_that_was_touched_is_told_from_one_that_was_not() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path();
        fs::create_dir(out.join(FOLDER)).unwrap();
        fs::write(out.join("money.csv"), "id\n").unwrap();
        assert!(!is_untouched(out, "money.csv"));
        let sealed = Stamp::seal(&File::options().write(true).open(out.join("money.csv")).unwrap()).unwrap().unwrap();
        let remember = || remember_stamps(out, &["money.csv", "dates.csv"].map(|name| (name.to_owned(), sealed)));
        remember();
        assert!(is_untouched(out, "money.csv") && !is_untouched(out, "dates.csv") && !is_untouched(out, "money"));
        fs::write(out.join("money.csv"), "ID\n").unwrap();
        assert!(!is_untouched(out, "money.csv"));
        remember();
        assert!(!is_untouched(out, "money.csv"), "changed before it was remembered");
    }
}
