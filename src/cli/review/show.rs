//! What `factline review` tells a person.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use factline::review::decision::{Decision, Step};
use factline::review::orphans::Orphan;
use factline::review::orphans_path;
use factline::review::status::{Counts, Status};

/// Rules, documents and orphans that are shown unless all are asked for.
const SHOWN: usize = 20;

/// How many decisions were added, by what they say.
pub(super) fn collected(decisions: &[Decision], path: &Path, is_dry: bool) -> String {
    if decisions.is_empty() {
        return "nothing new to collect".to_owned();
    }
    // A row with several corrected cells is one decision in several lines.
    let mut facts: BTreeMap<Step, Vec<&str>> = BTreeMap::new();
    for line in decisions {
        facts.entry(line.step).or_default().push(&line.id);
    }
    let mut counts = Vec::new();
    let mut all = 0;
    for (step, ids) in &mut facts {
        ids.dedup();
        all += ids.len();
        counts.push(format!("{} {}", ids.len(), step.code()));
    }
    let rows = if all == 1 { "1 row".to_owned() } else { format!("{all} rows") };
    let added = if is_dry { "would be added" } else { "added" };
    format!("decisions about {rows} ({}) {added} to {}", counts.join(", "), path.display())
}

/// Decisions whose fact is gone.
pub(super) fn orphans(orphans: &[Orphan], out: &Path) -> String {
    let about = if orphans.len() == 1 {
        "1 decision is about a fact that is".to_owned()
    } else {
        format!("{} decisions are about facts that are", orphans.len())
    };
    let mut text = format!("warning: {about} gone (all in {}):", orphans_path(out).display());
    for orphan in orphans.iter().take(SHOWN) {
        let Orphan { id, document, standing, successor } = orphan;
        let line = standing.about.line.map(|line| format!(":{line}")).unwrap_or_default();
        // Writing to a string does not fail.
        let _ = write!(text, "\n  {id} {} `{}` {document}{line}", standing.code(), standing.about.text);
        let _ = match successor {
            None => write!(text, "\n    no successor found"),
            Some(to) => write!(
                text,
                "\n    likely ({}) `{}` {}:{}: factline review carry {} {id} {}",
                to.likeness.code(),
                to.text,
                to.document,
                to.line,
                out.display(),
                to.id
            ),
        };
    }
    if orphans.len() > SHOWN {
        let _ = write!(text, "\n  and {} more", orphans.len() - SHOWN);
    }
    text
}

/// Progress per table, per rule, per document.
pub(super) fn status(status: &Status, gone: &[Orphan], out: &Path, all: bool) -> String {
    let tables = status.tables.iter().map(|(table, counts)| (table.name(), counts));
    let mut text = block("table", tables.collect());
    let limit = if all { usize::MAX } else { SHOWN };
    // What is reviewed most comes first; documents that are not begun come last.
    for (title, counts) in [("rule", &status.rules), ("document", &status.documents)] {
        let mut rows: Vec<(&str, &Counts)> = counts.iter().map(|(name, counts)| (name.as_str(), counts)).collect();
        rows.sort_by_key(|(name, counts)| (std::cmp::Reverse(counts.reviewed()), *name));
        let more = rows.len().saturating_sub(limit);
        rows.truncate(limit);
        text.push('\n');
        text.push_str(&block(title, rows));
        if more > 0 {
            let _ = writeln!(text, "and {more} more: --all shows them");
        }
    }
    for stale in &status.stale {
        let _ = writeln!(
            text,
            "\n{} {}.{} in {}: corrected from `{}` to `{}`, and now made as `{}`: look again",
            stale.id,
            stale.table.name(),
            stale.column,
            stale.document,
            stale.was,
            stale.corrected,
            stale.made
        );
    }
    if !gone.is_empty() {
        let _ = writeln!(text, "\n{}", orphans(gone, out));
    }
    text
}

/// Rows of counts with aligned columns.
fn block(title: &str, rows: Vec<(&str, &Counts)>) -> String {
    let header =
        [title, "rows", "reviewed", "accept", "correct", "reject", "precision", "flagged open"].map(str::to_owned);
    let mut lines = vec![header.to_vec()];
    for (name, counts) in rows {
        let share = counts.reviewed() as f64 * 100.0 / counts.rows.max(1) as f64;
        lines.push(vec![
            name.to_owned(),
            counts.rows.to_string(),
            format!("{} ({share:.0} %)", counts.reviewed()),
            counts.accepted.to_string(),
            counts.corrected.to_string(),
            counts.rejected.to_string(),
            counts.precision().map(|share| format!("{:.0} %", share * 100.0)).unwrap_or_default(),
            counts.flagged_open.to_string(),
        ]);
    }
    let width = |column: usize| lines.iter().map(|line| line[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..header.len()).map(width).collect();
    let mut text = String::new();
    for line in &lines {
        let cells = line.iter().zip(&widths).enumerate().map(|(column, (cell, width))| match column {
            0 => format!("{cell:<width$}"),
            _ => format!("{cell:>width$}"),
        });
        let line = cells.collect::<Vec<_>>().join("  ");
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text
}
