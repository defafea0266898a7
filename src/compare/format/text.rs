//! For a person at a terminal: by cause, then by document.

use std::collections::BTreeMap;
use std::fmt::{self, Write};

use super::style::{HEADING, of, styled};
use super::{cells, place, rules, summary};
use crate::compare::{Cause, Change, Comparison};

/// The comparison in words.
pub fn text(comparison: &Comparison) -> String {
    let mut text = String::new();
    // Writing to a string does not fail.
    let _ = write(comparison, &mut text);
    text
}

fn write(comparison: &Comparison, out: &mut String) -> fmt::Result {
    let mut causes: BTreeMap<Cause, Vec<&Change>> = BTreeMap::new();
    for change in &comparison.changes {
        causes.entry(change.cause).or_default().push(change);
    }
    // With one cause that says nothing, a heading would say nothing either.
    let headings = causes.keys().any(|cause| *cause != Cause::Unknown);
    for (cause, changes) in causes {
        if headings {
            let more = match cause {
                Cause::DictionaryChanged => format!(" ({})", comparison.changed_dictionaries.join(", ")),
                _ => String::new(),
            };
            writeln!(out, "{}", styled(HEADING, &format!("{}{more}: {}", cause.heading(), changes.len())))?;
        }
        match cause {
            Cause::DocumentAdded | Cause::DocumentRemoved => whole_documents(&changes, out)?,
            _ => changes.iter().try_for_each(|change| one(change, out))?,
        }
        if headings {
            writeln!(out)?;
        }
    }
    comparison.one_sided.iter().try_for_each(|line| writeln!(out, "{line}"))?;
    writeln!(out, "{}", summary(comparison))
}

fn one(change: &Change, out: &mut String) -> fmt::Result {
    let sign = change.change.sign();
    let text = if change.text.is_empty() { String::new() } else { format!(" `{}`", change.text) };
    let line = format!("{sign} {} {}{text}", place(change), change.table);
    writeln!(out, "{}", styled(of(change.change), &visible(&line)))?;
    for told in [cells(change), rules(change)].iter().filter(|told| !told.is_empty()) {
        writeln!(out, "    {}", visible(told))?;
    }
    Ok(())
}

/// A cell may come from anywhere: its control characters are not the terminal's.
fn visible(text: &str) -> String {
    text.chars().map(|character| if character.is_control() { '\u{fffd}' } else { character }).collect()
}

/// Documents that only one side has, each with what was in it.
fn whole_documents(changes: &[&Change], out: &mut String) -> fmt::Result {
    let mut documents: BTreeMap<&str, BTreeMap<&str, u64>> = BTreeMap::new();
    for change in changes {
        *documents.entry(&change.document).or_default().entry(change.table).or_default() += 1;
    }
    for (document, tables) in documents {
        let counts: Vec<String> = tables
            .iter()
            .filter(|(table, _)| **table != "documents")
            .map(|(table, rows)| format!("{rows} {table}"))
            .collect();
        let sign = changes.first().map_or("", |change| change.change.sign());
        writeln!(
            out,
            "{sign} {}: {}",
            visible(document),
            if counts.is_empty() { "no facts".to_owned() } else { counts.join(", ") }
        )?;
    }
    Ok(())
}
