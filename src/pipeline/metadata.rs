//! `--metadata`: what a user knows about documents and the documents do not say.
//!
//! It is read strictly. A date that is silently ignored would resolve every "last week" of that document against the
//! wrong day, and nobody would see it in the tables.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::civil::{Date, DateTime};
use sha2::{Digest, Sha256};

use super::sources::Source;
use crate::document::{Document, Published};
use crate::rules::suggestion;
use crate::table::unguard;

/// The code of this source of dates in documents.csv.
const FROM: &str = "metadata";

/// The columns that are known; the first one must be there.
const COLUMNS: [&str; 5] = ["document", "published", "title", "url", "place"];

/// Metadata by document key.
#[derive(Debug, Default)]
pub struct MetadataTable {
    path: PathBuf,
    entries: HashMap<String, Entry>,
    /// SHA-256 of the file, lower-case hexadecimal; `None` where there is no file.
    pub sha256: Option<String>,
}

#[derive(Debug, Default)]
struct Entry {
    line: u64,
    published: Option<Published>,
    title: Option<String>,
    url: Option<String>,
    place: Option<String>,
}

/// What is wrong with a metadata file.
#[derive(Debug, thiserror::Error)]
#[error("metadata `{}`{}: {problem}", .path.display(), .line.map(|line| format!(", line {line}")).unwrap_or_default())]
pub struct MetadataError {
    path: PathBuf,
    line: Option<u64>,
    problem: Problem,
}

#[derive(Debug, thiserror::Error)]
enum Problem {
    #[error("cannot read it: {0}")]
    Unreadable(io::Error),
    #[error("expected UTF-8, found other bytes: save it as `CSV UTF-8`")]
    NotUtf8,
    #[error("{0}")]
    NotCsv(String),
    #[error("column `{found}` is not known{}; expected `document` and any of `published`, `title`, `url`, `place`", advice(.found))]
    UnknownColumn { found: String },
    #[error("column `{0}` is there twice")]
    ColumnTwice(&'static str),
    #[error("expected a column `document`, found {}", list(.found))]
    NoDocument { found: Vec<String> },
    #[error("column `document`: expected the key of a document, found an empty cell")]
    EmptyDocument,
    #[error("column `document`: `{key}` is on line {first} already")]
    DocumentTwice { key: String, first: u64 },
    #[error(
        "column `published`: expected an ISO date such as `2018-10-26`, `2018-10-26T15:00` or `2018-10-26T15:00:00Z`, \
         found `{0}`"
    )]
    BadDate(String),
}

impl MetadataTable {
    /// Reads a metadata file.
    pub fn read(path: &Path) -> Result<Self, MetadataError> {
        let bytes = fs::read(path).map_err(|error| MetadataError {
            path: path.to_owned(),
            line: None,
            problem: Problem::Unreadable(error),
        })?;
        match Self::parse(&bytes) {
            Ok(table) => Ok(Self { path: path.to_owned(), ..table }),
            Err((line, problem)) => Err(MetadataError { path: path.to_owned(), line, problem }),
        }
    }

    fn parse(bytes: &[u8]) -> Result<Self, (Option<u64>, Problem)> {
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let line = bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count() + 1;
            (Some(line as u64), Problem::NotUtf8)
        })?;
        let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
        let header = reader.headers().map_err(not_csv)?.clone();
        let columns = columns(&header).map_err(|problem| (Some(1), problem))?;
        let mut entries = HashMap::new();
        let mut record = csv::StringRecord::new();
        while reader.read_record(&mut record).map_err(not_csv)? {
            let line = record.position().map_or(0, csv::Position::line);
            let cell = |name: usize| columns[name].and_then(|at| record.get(at)).map(str::trim).unwrap_or_default();
            let text = |name| Some(unguard(cell(name)).to_owned()).filter(|text| !text.is_empty());
            let published = match cell(1) {
                "" => None,
                date => Some(published(date).ok_or_else(|| (Some(line), Problem::BadDate(date.to_owned())))?),
            };
            let key = text(0).ok_or((Some(line), Problem::EmptyDocument))?;
            let entry = Entry { line, published, title: text(2), url: text(3), place: text(4) };
            if let Some(first) = entries.get(&key).map(|entry: &Entry| entry.line) {
                return Err((Some(line), Problem::DocumentTwice { key, first }));
            }
            entries.insert(key, entry);
        }
        let sha256 = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Self { entries, sha256: Some(sha256), ..Self::default() })
    }

    /// A digest of what the user says about a document; 0 for nothing.
    pub(super) fn digest(&self, key: &str) -> u64 {
        let Some(Entry { published, title, url, place, line: _ }) = self.entries.get(key) else { return 0 };
        let published = published.as_ref().map(|published| format!("{} {}", published.date, published.has_time));
        let mut hasher = Sha256::new();
        for said in [&published, title, url, place] {
            hasher.update([u8::from(said.is_some())]);
            hasher.update(said.as_ref().map_or(0, String::len).to_le_bytes());
            hasher.update(said.as_deref().unwrap_or_default());
        }
        let digest = hasher.finalize();
        u64::from_le_bytes(std::array::from_fn(|byte| digest[byte])).max(1)
    }

    /// Tells a document what the user says about it; the user is right where the document says something else.
    pub(super) fn apply(&self, document: &mut Document) {
        let Some(entry) = self.entries.get(&document.key) else { return };
        let metadata = &mut document.metadata;
        let say = |said: &Option<String>, known: &mut Option<String>| {
            if said.is_some() {
                known.clone_from(said);
            }
        };
        say(&entry.title, &mut metadata.title);
        say(&entry.url, &mut metadata.url);
        say(&entry.place, &mut metadata.place);
        if entry.published.is_some() {
            metadata.published.clone_from(&entry.published);
        }
    }

    /// Where one of its lines stands, for messages.
    pub fn site_of(&self, line: u64) -> String {
        format!("metadata `{}`, line {line}", self.path.display())
    }

    /// What its rows say of places, each once, with the line of the first that says so.
    pub fn places(&self) -> impl Iterator<Item = (&str, u64)> {
        let mut lines: BTreeMap<&str, u64> = BTreeMap::new();
        for (place, line) in self.entries.values().filter_map(|entry| Some((entry.place.as_deref()?, entry.line))) {
            let first = lines.entry(place).or_insert(line);
            *first = line.min(*first);
        }
        lines.into_iter()
    }

    /// Whether it says anything about a document, by its key.
    pub fn is_about(&self, key: &str) -> bool {
        self.entries.contains_key(key)
    }

    /// A warning where rows are about documents that are not there: most likely their keys are written otherwise.
    pub fn unknown(&self, documents: &[Source]) -> Option<String> {
        let is_there = |key: &str| documents.binary_search_by(|source| source.key.as_str().cmp(key)).is_ok();
        let mut missing: Vec<_> = self.entries.iter().filter(|(key, _)| !is_there(key)).collect();
        missing.sort_unstable_by_key(|(_, entry)| entry.line);
        let (key, entry) = missing.first()?;
        let example = documents.first().map(|source| format!(" (the first document is called `{}`)", source.key));
        Some(format!(
            "{} of {} rows of the metadata `{}` are about documents that are not in the input; the first is `{key}` \
             on line {}{}",
            missing.len(),
            self.entries.len(),
            self.path.display(),
            entry.line,
            example.unwrap_or_default()
        ))
    }
}

/// Where each of [`COLUMNS`] stands in a header.
fn columns(header: &csv::StringRecord) -> Result<[Option<usize>; COLUMNS.len()], Problem> {
    let mut columns = [None; COLUMNS.len()];
    for (at, name) in header.iter().map(str::trim).enumerate() {
        let known = COLUMNS.iter().position(|known| *known == name);
        let known = known.ok_or_else(|| Problem::UnknownColumn { found: name.to_owned() })?;
        if columns[known].replace(at).is_some() {
            return Err(Problem::ColumnTwice(COLUMNS[known]));
        }
    }
    match columns[0] {
        Some(_) => Ok(columns),
        None => Err(Problem::NoDocument { found: header.iter().map(str::to_owned).collect() }),
    }
}

/// A date, or a date and a time. A zone is checked and left out: relative dates are meant as the author's clock ran.
fn published(cell: &str) -> Option<Published> {
    let make = |date, has_time| Published { date, has_time, from: FROM };
    let Some(at) = cell.find(['T', 't', ' ']) else {
        return is_day(cell).then(|| cell.parse::<Date>().ok()).flatten().map(|day| make(day.into(), false));
    };
    let (day, time) = (&cell[..at], &cell[at + 1..]);
    let local = match time.strip_suffix(['Z', 'z']) {
        Some(local) => local,
        None => match time.find(['+', '-']) {
            Some(sign) => {
                is_offset(&time[sign + 1..]).then_some(())?;
                &time[..sign]
            }
            None => time,
        },
    };
    let is_clock = local.len() >= 5 && local.as_bytes()[2] == b':';
    (is_day(day) && is_clock)
        .then(|| format!("{day}T{local}").parse::<DateTime>().ok())
        .flatten()
        .map(|at| make(at, true))
}

/// `YYYY-MM-DD`, in shape: what else ISO 8601 allows (`20181026`) is more often a mistake.
fn is_day(text: &str) -> bool {
    text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}

/// `02`, `0200` or `02:00`.
fn is_offset(text: &str) -> bool {
    let digits: String = text.chars().filter(|character| *character != ':').collect();
    digits.bytes().all(|byte| byte.is_ascii_digit())
        && match (digits.len(), text.len()) {
            (2, 2) | (4, 4) => true,
            (4, 5) => text.as_bytes()[2] == b':',
            _ => false,
        }
        && &digits[..2] <= "23"
        && digits.get(2..4).is_none_or(|minutes| minutes <= "59")
}

fn not_csv(error: csv::Error) -> (Option<u64>, Problem) {
    let line = error.position().map(csv::Position::line);
    let problem = match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("expected {expected_len} cells as in the header, found {len}")
        }
        _ => error.to_string(),
    };
    (line, Problem::NotCsv(problem))
}

/// ` (did you mean …?)`.
fn advice(found: &str) -> String {
    let advice = suggestion(&found.to_lowercase(), COLUMNS.into_iter());
    advice.map(|advice| format!(" ({advice})")).unwrap_or_default()
}

fn list(found: &[String]) -> String {
    if found.iter().all(String::is_empty) {
        return "an empty header row".to_owned();
    }
    let quoted: Vec<_> = found.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(cell: &str) -> String {
        published(cell).map_or("-".to_owned(), |published| format!("{} {}", published.date, published.has_time))
    }

    #[test]
    fn dates_and_times() {
        for (cell, date) in [
            ("2018-10-26", "2018-10-26T00:00:00 false"),
            ("2018-10-26T15:00", "2018-10-26T15:00:00 true"),
            ("2018-10-26 15:00:30", "2018-10-26T15:00:30 true"),
            ("2018-10-26T15:00Z", "2018-10-26T15:00:00 true"),
            ("2018-10-26T15:00:00.5+02:00", "2018-10-26T15:00:00.5 true"),
            ("2018-10-26T15:00-0530", "2018-10-26T15:00:00 true"),
            ("26/10/2018", "-"),
            ("20181026", "-"),
            ("2018-10", "-"),
            ("2018-13-01", "-"),
            ("2018-02-30", "-"),
            ("2018-10-26T", "-"),
            ("2018-10-26T25:00", "-"),
            ("2018-10-26T15:00+99:00", "-"),
            ("2018-10-26T15:00+é", "-"),
            ("é018-10-2T15:00", "-"),
            ("yesterday", "-"),
        ] {
            assert_eq!(shown(cell), date, "{cell}");
        }
    }

    #[test]
    fn mistakes_are_named_with_line_and_column() {
        for (file, message) in [
            ("document,publishd\n", "line 1: column `publishd` is not known (did you mean `published`?)"),
            ("document,colour\n", "line 1: column `colour` is not known; expected"),
            ("title\n", "line 1: expected a column `document`, found `title`"),
            ("", "line 1: expected a column `document`, found an empty header row"),
            ("document,title,title\n", "line 1: column `title` is there twice"),
            ("document,published\na,2018\n", "line 2: column `published`: expected an ISO date"),
            ("document,title\n\"a\nb\",x\na,x\n,y\n", "line 5: column `document`: expected the key of a document"),
            ("document\na\nb\na\n", "line 4: column `document`: `a` is on line 2 already"),
            ("document,title\na\n", "line 2: expected 2 cells as in the header, found 1"),
        ] {
            let (line, problem) = MetadataTable::parse(file.as_bytes()).unwrap_err();
            let error = MetadataError { path: "m.csv".into(), line, problem }.to_string();
            assert!(error.starts_with(&format!("metadata `m.csv`, {message}")), "{error}");
        }
        let (line, problem) = MetadataTable::parse(b"document\nx\n\xff\n").unwrap_err();
        assert!(line == Some(3) && matches!(problem, Problem::NotUtf8));
    }

    #[test]
    fn a_byte_order_mark_and_guarded_keys_are_understood() {
        let table = MetadataTable::parse("\u{feff}document,title\n'-a.txt,A\n".as_bytes()).unwrap();
        assert_eq!(table.entries["-a.txt"].title.as_deref(), Some("A"));
    }
}
