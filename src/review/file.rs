//! The decisions file: read whole, and only ever added to.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::decision::{About, Decision, Step};
use super::spreadsheet::{SheetError, open, shortened};
use crate::normalize::Kind;
use crate::rules::suggestion;
use crate::table::schema::Table;
use crate::table::{guard, unguard};
use crate::text::spaced;

/// The columns, in order. The last three tell a reader what a decision is about; a file may lack them.
pub const COLUMNS: [&str; 13] = [
    "id", "table", "document", "decision", "column", "old", "new", "reviewer", "date", "note", "line", "text", "value",
];

/// How many of them a file must have.
const DEMANDED: usize = 10;

/// Why decisions cannot be read or added.
#[derive(Debug, thiserror::Error)]
pub enum DecisionsError {
    /// The file cannot be read.
    #[error(transparent)]
    Unreadable(#[from] SheetError),
    /// It cannot be written.
    #[error("cannot write `{}`: {source}; nothing was added", .path.display())]
    NotWritable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// It has not the columns of a decisions file.
    #[error("`{}`, line 1: expected a column `{column}`, found none of that name: is this a decisions file?", .path.display())]
    MissingColumn {
        /// The file.
        path: PathBuf,
        /// The column.
        column: &'static str,
    },
    /// A line says what cannot be.
    #[error("`{}`, line {line}: {problem}; correct the line, or remove it", .path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: u64,
        /// Expected, found.
        problem: String,
    },
}

/// Reads all lines of a decisions file; a file that is not there has none.
///
/// A line that cannot be understood is an error, not skipped: a decision that is not applied would be lost in silence.
pub fn read(path: &Path) -> Result<Vec<Decision>, DecisionsError> {
    if !path.exists() {
        return Ok(Vec::new());
    }
    let (header, mut file) = open(path, &COLUMNS)?;
    let positions = COLUMNS.map(|column| header.iter().position(|name| name.trim() == column));
    let is_empty = header.is_empty();
    let missing = positions[..DEMANDED].iter().position(Option::is_none);
    if let (Some(missing), false) = (missing, is_empty) {
        return Err(DecisionsError::MissingColumn { path: path.to_owned(), column: COLUMNS[missing] });
    }
    let mut lines = Vec::new();
    while let Some((line, record)) = file.next_record()? {
        let cells = positions.map(|position| position.and_then(|at| record.get(at)).map(unguard).unwrap_or_default());
        // A union of two files may have the header of both.
        if cells[..DEMANDED] == COLUMNS[..DEMANDED] {
            continue;
        }
        let first = record.get(0).unwrap_or_default();
        lines.push(parse(first, cells).map_err(|problem| DecisionsError::Line {
            path: path.to_owned(),
            line,
            problem,
        })?);
    }
    Ok(lines)
}

fn parse(first: &str, cells: [&str; COLUMNS.len()]) -> Result<Decision, String> {
    let [id, table, document, decision, column, old, new, reviewer, date, note, line, text, value] = cells;
    if ["<<<<<<<", "=======", ">>>>>>>"].iter().any(|mark| first.starts_with(mark)) {
        return Err("expected a decision, found a mark of a merge conflict: keep the lines of both sides, and remove \
                    the marks"
            .to_owned());
    }
    let Some(kind) = Kind::ALL.into_iter().find(|kind| kind.table() == table) else {
        return Err(expected("table", "the name of a fact table", table, Kind::ALL.map(Kind::table).into_iter()));
    };
    let Some(step) = Step::from_code(decision.trim()) else {
        return Err(expected("decision", "one of the decisions", decision, Step::ALL.iter().map(|(_, code)| *code)));
    };
    let own = Table::Facts(kind).own_fields();
    if !column.is_empty() && own.iter().all(|field| field.name != column) {
        return Err(expected(
            "column",
            "a column that can be corrected, or nothing",
            column,
            own.iter().map(|field| field.name),
        ));
    }
    if id.is_empty() {
        return Err("`id`: expected the id of a fact, found nothing".to_owned());
    }
    if !is_date(date) {
        return Err(format!(
            "`date`: expected a day or a time in UTC such as 2026-11-22 or 2026-11-22T02:45:10Z, found `{}`",
            shortened(date)
        ));
    }
    let about = About { line: line.parse().ok(), text: text.to_owned(), value: value.to_owned() };
    Ok(Decision {
        id: id.to_owned(),
        kind,
        document: document.to_owned(),
        step,
        column: column.to_owned(),
        old: old.to_owned(),
        new: new.to_owned(),
        reviewer: reviewer.to_owned(),
        date: date.to_owned(),
        note: note.to_owned(),
        about,
    })
}

fn expected<'k>(column: &str, what: &str, found: &str, known: impl Iterator<Item = &'k str> + Clone) -> String {
    let advice = suggestion(found, known.clone());
    let advice = advice.unwrap_or_else(|| format!("known are {}", known.collect::<Vec<_>>().join(", ")));
    format!("`{column}`: expected {what}, found `{}`: {advice}", shortened(found))
}

/// Whether a text is a day, or a moment in UTC: only so do dates sort as texts.
pub fn is_date(text: &str) -> bool {
    match text.len() {
        10 => text.parse::<jiff::civil::Date>().is_ok(),
        20 => text.ends_with('Z') && text.parse::<jiff::Timestamp>().is_ok(),
        _ => false,
    }
}

/// Adds lines to a decisions file, all or none; makes it, and its folder, if it is not there.
pub fn append(path: &Path, lines: &[Decision]) -> Result<(), DecisionsError> {
    if lines.is_empty() {
        return Ok(());
    }
    add(path, lines).map_err(|source| DecisionsError::NotWritable { path: path.to_owned(), source })
}

fn add(path: &Path, lines: &[Decision]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = OpenOptions::new().read(true).append(true).create(true).open(path)?;
    let before = file.metadata()?.len();
    let bytes = match before {
        0 => bytes(lines)?,
        _ => {
            let open: &[u8] = if last_byte(&mut file)? == b'\n' { b"" } else { b"\n" };
            [open, &written(lines.iter().map(cells))?].concat()
        }
    };
    file.write_all(&bytes).and_then(|()| file.sync_all()).inspect_err(|_| {
        // Half a line would be worse than none; if this fails too, the next reader names the line.
        let _ = file.set_len(before);
    })
}

fn last_byte(file: &mut File) -> io::Result<u8> {
    let mut last = [0];
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut last)?;
    Ok(last[0])
}

/// The rows of a whole file with these lines, the header's first.
pub(super) fn rows(lines: &[Decision]) -> impl Iterator<Item = Vec<String>> + '_ {
    [COLUMNS.map(str::to_owned).to_vec()].into_iter().chain(lines.iter().map(cells))
}

/// A whole file with these lines.
pub(super) fn bytes(lines: &[Decision]) -> io::Result<Vec<u8>> {
    written(rows(lines))
}

/// The decisions in rows as [`rows`] gives them; those that cannot be understood are left out.
pub(super) fn parsed<'r>(rows: impl Iterator<Item = &'r csv::StringRecord>) -> Vec<Decision> {
    let cells = |row: &'r csv::StringRecord| std::array::from_fn(|at| row.get(at).unwrap_or_default());
    rows.skip(1).filter_map(|row| parse("", cells(row)).ok()).collect()
}

/// Rows of cells as bytes.
pub(super) fn written(rows: impl Iterator<Item = Vec<String>>) -> io::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(row.iter().map(|cell| guard(cell).into_owned()))?;
    }
    writer.into_inner().map_err(|error| io::Error::other(error.to_string()))
}

fn cells(line: &Decision) -> Vec<String> {
    // One line per decision, or git could not join two files.
    let one = |text: &str| spaced(text).into_string();
    vec![
        line.id.clone(),
        line.kind.table().to_owned(),
        line.document.clone(),
        line.step.code().to_owned(),
        line.column.clone(),
        line.old.clone(),
        line.new.clone(),
        one(&line.reviewer),
        line.date.clone(),
        one(&line.note),
        line.about.line.map(|line| line.to_string()).unwrap_or_default(),
        line.about.text.clone(),
        line.about.value.clone(),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::decision::tests::line;
    use super::*;
    use crate::table::Verdict;
    use proptest::prelude::*;

    fn error(text: &str) -> String {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("decisions.csv");
        fs::write(&path, text).unwrap();
        match read(&path) {
            Ok(_) => String::new(),
            Err(error) => error.to_string().replace(&path.display().to_string(), "decisions.csv"),
        }
    }

    const HEADER: &str = "id,table,document,decision,column,old,new,reviewer,date,note\n";

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        for (text, message) in [
            ("n1,numbers,a,accept,,,,Ann,2026-01-01,", ""),
            (
                "n1,numbers,a,acept,,,,Ann,2026-01-01,",
                "line 2: `decision`: expected one of the decisions, found `acept`: did you mean `accept`?",
            ),
            (
                "n1,number,a,accept,,,,Ann,2026-01-01,",
                "line 2: `table`: expected the name of a fact table, found `number`: did you mean `numbers`?",
            ),
            (
                "n1,numbers,a,correct,vlue,5,6,Ann,2026-01-01,",
                "line 2: `column`: expected a column that can be corrected, or nothing, found `vlue`: did you mean `value`?",
            ),
            ("n1,numbers,a,accept,,,,Ann,01.02.2026,", "line 2: `date`: expected a day or a time in UTC"),
            (",numbers,a,accept,,,,Ann,2026-01-01,", "line 2: `id`: expected the id of a fact, found nothing"),
            ("<<<<<<< HEAD\n", "line 2: expected a decision, found a mark of a merge conflict"),
        ] {
            let found = error(&format!("{HEADER}{text}"));
            assert!(found.contains(message) && found.is_empty() == message.is_empty(), "{text}: {found}");
        }
        assert!(error("id,table\n").contains("line 1: expected a column `document`"));
        assert_eq!(error(""), "");
    }

    #[test]
    fn lines_are_added_to_whatever_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("review/decisions.csv");
        assert_eq!(read(&path).unwrap(), []);
        let one = line("n1", Step::Verdict(Verdict::Accept), "", "", "2026-01-01");
        append(&path, std::slice::from_ref(&one)).unwrap();
        append(&path, &[]).unwrap();
        // By hand, without a line break at the end, and with a second header.
        let text = fs::read_to_string(&path).unwrap() + &COLUMNS.join(",");
        fs::write(&path, &text).unwrap();
        append(&path, std::slice::from_ref(&one)).unwrap();
        assert_eq!(read(&path).unwrap(), [one.clone(), one]);
        assert_eq!(fs::read_to_string(&path).unwrap().lines().count(), 4);
    }

    proptest! {
        #[test]
        fn what_is_added_is_read(
            document in "[=@'a-z,\"]{1,6}", new in "[-=+0-9a-z,\"' ]{0,8}", note in "[a-z=,\" ]{0,9}|.{0,9}", text in "[^\r\n]{0,9}",
        ) {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("decisions.csv");
            let decision = Decision {
                document, note: spaced(&note).into_string(), about: About { line: Some(3), text, value: "5|m".into() },
                ..line("n1", Step::Verdict(Verdict::Correct), "value", &new, "2026-01-01T00:00:00Z")
            };
            append(&path, std::slice::from_ref(&decision)).unwrap();
            append(&path, std::slice::from_ref(&decision)).unwrap();
            prop_assert_eq!(read(&path).unwrap(), vec![decision.clone(), decision]);
        }
    }
}
