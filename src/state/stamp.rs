//! What a file system says of a file: whether it may have changed since it was read.

use std::fmt;
use std::fs::{File, Metadata};
use std::io;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

/// Size and times of a file. Where they are as they were, so is what is in the file.
///
/// The time of change of the inode is part of it where there is one: an unpacked archive gives each file the time that
/// stands in the archive, often the same for all, but not this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stamp {
    /// Bytes.
    pub size: u64,
    /// Nanoseconds since 1970 of the last change of the content.
    pub(super) modified: i64,
    /// Nanoseconds since 1970 of the last change of anything; the same as above where this is not known.
    pub(super) changed: i64,
}

/// A file that was changed so shortly before it was read may be changed again without another stamp: some file systems count
/// in steps of two seconds.
const STEP: Duration = Duration::from_secs(2);

/// Nanoseconds. A time with nothing below these comes from a file system that counts in steps of this size or more.
const FINE: i64 = 1_000_000;

impl Stamp {
    /// The stamp of a file; none where the file system does not tell times.
    pub fn of(found: &Metadata) -> Option<Self> {
        let modified = nanoseconds(found.modified().ok()?)?;
        Some(Self { size: found.len(), modified, changed: changed(found).unwrap_or(modified) })
    }

    /// The stamp of a file of ours that is finished, made so that no later change can leave it as it is: the time of the last
    /// change is set to this moment, to the nanosecond, which no clock of a file system meets again.
    pub(crate) fn seal(file: &File) -> io::Result<Option<Self>> {
        file.set_modified(SystemTime::now())?;
        Ok(Self::of(&file.metadata()?))
    }

    /// Whether the stamp of a [sealed](Self::seal) file proves that the file is as it was: only where the file system keeps
    /// times as they are set.
    pub(crate) fn is_proof(&self) -> bool {
        self.modified % FINE != 0
    }

    /// The stamp that was written as a text.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split(' ');
        let stamp = Self {
            size: parts.next()?.parse().ok()?,
            modified: parts.next()?.parse().ok()?,
            changed: parts.next()?.parse().ok()?,
        };
        parts.next().is_none().then_some(stamp)
    }

    /// Whether this may be the stamp of a file that had another one before it was moved.
    pub(crate) fn is_moved(&self, before: Self) -> bool {
        Self { changed: before.changed, ..*self } == before
    }

    /// Whether a change after a moment, when the file had this stamp, surely gives it another one.
    pub fn is_settled(&self, read: SystemTime) -> bool {
        let last = self.modified.max(self.changed);
        nanoseconds(read).is_some_and(|read| last.saturating_add(STEP.as_nanos() as i64) < read)
    }
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.size, self.modified, self.changed)
    }
}

/// Nanoseconds since 1970, as far as they fit (years 1678 to 2262).
fn nanoseconds(time: SystemTime) -> Option<i64> {
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_nanos()).ok(),
        Err(before) => i64::try_from(before.duration().as_nanos()).ok().map(|before| -before),
    }
}

#[cfg(unix)]
fn changed(found: &Metadata) -> Option<i64> {
    use std::os::unix::fs::MetadataExt;
    found.ctime().checked_mul(1_000_000_000)?.checked_add(found.ctime_nsec())
}

#[cfg(not(unix))]
fn changed(_: &Metadata) -> Option<i64> {
    None
}

#[cfg(test)]
mod tests {
    use std::io::{Seek, Write};

    use super::*;

    fn at(seconds: f64) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs_f64(seconds)
    }

    #[test]
    fn a_file_that_was_just_changed_may_be_changed_again_unseen() {
        let stamp = Stamp { size: 1, modified: 1_000_000_000_000, changed: 1_000_500_000_000 };
        for (read, is_settled) in
            [(1000.5, false), (1002.0, false), (1002.5, false), (1002.6, true), (999.0, false), (2e6, true)]
        {
            assert_eq!(stamp.is_settled(at(read)), is_settled, "{read}");
        }
        let tomorrow = Stamp { size: 1, modified: i64::MAX, changed: i64::MAX };
        assert!(!tomorrow.is_settled(at(5e9)));
    }

    #[test]
    fn no_later_change_leaves_a_sealed_file_as_it_is() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(b"5").unwrap();
        let sealed = Stamp::seal(file.as_file()).unwrap().unwrap();
        assert!(sealed.is_proof());
        for digit in [b"6", b"5"] {
            file.rewind().unwrap();
            file.write_all(digit).unwrap();
            let found = Stamp::of(&file.as_file().metadata().unwrap()).unwrap();
            assert!(found.size == sealed.size && found.modified != sealed.modified);
        }
        let coarse = Stamp { size: 1, modified: 1_700_000_002_000_000_000, changed: 1_700_000_002_000_000_000 };
        assert!(!coarse.is_proof());
    }

    #[test]
    fn times_before_1970_are_times() {
        assert_eq!(nanoseconds(UNIX_EPOCH - Duration::from_secs(1)), Some(-1_000_000_000));
    }

    #[test]
    fn every_change_gives_another_stamp() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let stamp = || Stamp::of(&std::fs::metadata(file.path()).unwrap()).unwrap();
        let before = stamp();
        assert_eq!(before, stamp());
        file.as_file().set_modified(at(1e9)).unwrap();
        let old = stamp();
        assert!(old != before && old.modified == 1_000_000_000_000_000_000);
        assert_eq!(Stamp::parse(&old.to_string()), Some(old));
        for text in ["", "1 2", "1 2 3 4", "1 2 x"] {
            assert_eq!(Stamp::parse(text), None, "{text}");
        }
        std::fs::write(file.path(), "more").unwrap();
        assert!(stamp() != old && stamp().size == 4);
    }
}
