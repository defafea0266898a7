//! For the summary of a build or a comment on a change: tables in Markdown.

use std::fmt::{self, Write};

use super::{cells, place, rules, summary};
use crate::compare::{Change, Comparison};

/// Changes that are listed; a comment has room for so many.
const LISTED: usize = 200;

/// The comparison as Markdown.
pub fn markdown(comparison: &Comparison) -> String {
    let mut text = String::new();
    // Writing to a string does not fail.
    let _ = write(comparison, &mut text);
    text
}

fn write(comparison: &Comparison, out: &mut String) -> fmt::Result {
    let title = if comparison.is_same() { "Facts are the same" } else { "Facts differ" };
    writeln!(out, "## {title}\n\n{}.", summary(comparison))?;
    if !comparison.changes.is_empty() {
        writeln!(
            out,
            "\n| | where | table | text | what | rules | cause |\n| --- | --- | --- | --- | --- | --- | --- |"
        )?;
    }
    for change in comparison.changes.iter().take(LISTED) {
        row(change, out)?;
    }
    let more = comparison.changes.len().saturating_sub(LISTED);
    if more > 0 {
        writeln!(out, "\n… and {more} more.")?;
    }
    for line in &comparison.one_sided {
        writeln!(out, "\n{}.", escaped(line))?;
    }
    Ok(())
}

fn row(change: &Change, out: &mut String) -> fmt::Result {
    let cells = [place(change), change.table.to_owned(), change.text.clone(), cells(change), rules(change)];
    let cells: Vec<String> = cells.iter().map(|cell| escaped(cell)).collect();
    writeln!(out, "| {} | {} | {} |", change.change.code(), cells.join(" | "), change.cause.code())
}

/// A text that Markdown and HTML in it leave alone. Documents come from strangers.
pub(in crate::compare) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' | '@' | '!' => escaped.extend(['\\', character]),
            other if other.is_control() => escaped.push(' '),
            other => escaped.push(other),
        }
    }
    escaped
}
