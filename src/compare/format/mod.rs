//! A [`Comparison`] in words and in the formats of other programs.
//!
//! Words carry colours as escape codes; whoever writes them elsewhere than on a terminal strips these (`anstream` does).

mod csv;
mod github;
mod junit;
mod markdown;
mod sarif;
pub mod style;
mod text;

pub use self::csv::csv;
pub use github::github;
pub use junit::junit;
pub use markdown::markdown;
pub use sarif::sarif;
pub use text::text;

use super::{CellChange, Change, ChangeKind, Comparison};

/// Where the file of a document is, for programs that show a difference in its place.
pub type FileOf<'a> = dyn Fn(&str) -> String + 'a;

/// The comparison as JSON.
pub fn json(comparison: &Comparison) -> Result<String, serde_json::Error> {
    let [added, removed, changed] = comparison.counts();
    let mut value = serde_json::to_value(comparison)?;
    value["counts"] = serde_json::json!({ "added": added, "removed": removed, "changed": changed });
    Ok(format!("{value:#}\n"))
}

/// `letter.txt:3:9`
fn place(change: &Change) -> String {
    let position = [change.line, change.column].into_iter().flatten().map(|number| format!(":{number}"));
    format!("{}{}", change.document, position.collect::<String>())
}

/// The cells of a change: `amount: 30000 → 3000, rule: …`, or of a row that only one side has `amount=30000`.
fn cells(change: &Change) -> String {
    let shown = |cell: &str| if cell.is_empty() { "nothing".to_owned() } else { cell.to_owned() };
    let one = |cell: &CellChange| match change.change {
        ChangeKind::Changed => format!("{}: {} → {}", cell.column, shown(&cell.old), shown(&cell.new)),
        ChangeKind::Removed => format!("{}={}", cell.column, cell.old),
        ChangeKind::Added => format!("{}={}", cell.column, cell.new),
    };
    let separator = if change.change == ChangeKind::Changed { "; " } else { " " };
    change.cells.iter().map(one).collect::<Vec<_>>().join(separator)
}

/// The rules that take part: `by money.after`, `by money.after, now money.before`.
fn rules(change: &Change) -> String {
    let mut told = match (&change.old_rule, &change.new_rule) {
        (Some(old), Some(new)) if old != new => format!("by {old}, now {new}"),
        (Some(rule), _) | (None, Some(rule)) => format!("by {rule}"),
        (None, None) => String::new(),
    };
    if !change.instead.is_empty() {
        let when = if change.change == ChangeKind::Removed { "now" } else { "was" };
        told += &format!("{}{when} {}", if told.is_empty() { "" } else { "; " }, change.instead.join(", "));
    }
    told
}

/// A change in one line, without its place.
fn sentence(change: &Change) -> String {
    let what = match change.change {
        ChangeKind::Removed => "is lost",
        ChangeKind::Added => "is new",
        ChangeKind::Changed => "changed",
    };
    let rules = rules(change);
    let rules = if rules.is_empty() { String::new() } else { format!(" ({rules})") };
    let subject = match change.table {
        "documents" => "document".to_owned(),
        table => format!("{table} `{}`", change.text),
    };
    let cells = cells(change);
    let cells = if cells.is_empty() { String::new() } else { format!(": {cells}") };
    format!("{subject} {what}{cells}{rules}")
}

/// `2 added, 1 removed, 3 changed, 120 the same`
fn summary(comparison: &Comparison) -> String {
    let [added, removed, changed] = comparison.counts();
    let mut parts = vec![
        format!("{added} added"),
        format!("{removed} removed"),
        format!("{changed} changed"),
        format!("{} the same", comparison.same + comparison.moved),
    ];
    if comparison.moved > 0 {
        parts.push(format!("{} of them moved", comparison.moved));
    }
    if !comparison.changed_documents.is_empty() {
        parts.push(format!("documents changed: {}", comparison.changed_documents.len()));
    }
    parts.join(", ")
}
