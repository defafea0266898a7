//! Workflow commands of GitHub Actions: each difference is shown beside its line.

use std::fmt::Write;

use super::{FileOf, sentence};
use crate::compare::Comparison;

/// The comparison as commands, one in each line.
pub fn github(comparison: &Comparison, file_of: &FileOf<'_>) -> String {
    let mut text = String::new();
    for change in &comparison.changes {
        let mut properties = vec![format!("file={}", property(&file_of(&change.document)))];
        properties.extend(change.line.map(|line| format!("line={line}")));
        properties.extend(change.column.map(|column| format!("col={column}")));
        properties.push(format!("title={}", property(&format!("fact {}", change.change.code()))));
        // Writing to a string does not fail.
        let _ = writeln!(text, "::error {}::{}", properties.join(","), message(&sentence(change)));
    }
    for line in &comparison.one_sided {
        let _ = writeln!(text, "::error title=table missing::{}", message(line));
    }
    text
}

/// What ends a command is written as the runner's own library does.
fn message(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}
