//! What a run tells a person at its end.

use std::fmt::Write;
use std::path::Path;
use std::time::Duration;

use factline::decimal::grouped;
use factline::normalize::Kind;
use factline::pipeline::Summary;
use factline::state::Change;
use indicatif::DecimalBytes;

/// Documents, facts, speed.
pub(super) fn summary(summary: &Summary, kinds: &[Kind], out: &Path, took: Duration) -> String {
    let seconds = took.as_secs_f64();
    let speed = summary.bytes as f64 / 1e6 / seconds.max(1e-3);
    let mut text = format!(
        "{} ({}) in {seconds:.2} s, {speed:.1} MB/s\n",
        count(summary.documents, "document"),
        DecimalBytes(summary.bytes)
    );
    if let Some(kept) = kept(summary) {
        let _ = writeln!(text, "{kept}");
    }
    let mut line = |number: u64, what: &str| {
        // Writing to a string does not fail.
        let _ = writeln!(text, "{:>12}  {what}", grouped(number));
    };
    for kind in kinds {
        line(summary.facts[*kind as usize], kind.table());
    }
    line(summary.flagged, "facts with a flag: look at these first");
    line(summary.unclaimed, "numbers in no fact (unclaimed.csv)");
    if summary.failed > 0 {
        line(summary.failed, "documents that could not be read (documents.csv)");
    }
    let _ = write!(text, "Tables are in {}", out.display());
    text
}

/// What was wrong with the state of the run before.
pub(super) fn damage(summary: &Summary) -> Option<String> {
    let damage = summary.damage.as_ref()?;
    Some(format!("warning: {damage}\n  what could not be taken from it was made again: the tables are complete"))
}

/// How much was taken over from the run before, or why nothing was.
fn kept(summary: &Summary) -> Option<String> {
    let all_again = |what: &str| Some(format!("{what} since the last run: all documents were worked on again"));
    match summary.changed {
        Some(Change::Version) => return all_again("the program changed"),
        Some(Change::Rules) => return all_again("rules or dictionaries changed"),
        Some(Change::Options) => return all_again("options changed"),
        None if summary.kept == 0 => return None,
        None => {}
    }
    let (new, read) = (summary.documents - summary.kept, summary.kept - summary.unread);
    let mut text = format!("{} as in the last run, {} new or changed", count(summary.kept, "document"), grouped(new));
    if read > 0 {
        let _ = write!(text, " ({} read to make sure)", grouped(read));
    }
    Some(text)
}

/// The first documents that could not be read.
pub(super) fn failures(summary: &Summary) -> Option<String> {
    if summary.failed == 0 {
        return None;
    }
    let mut text = format!("warning: {} could not be read:", count(summary.failed, "document"));
    for failure in &summary.failures {
        let _ = write!(text, "\n  {}: {}", failure.key, failure.error);
    }
    let more = summary.failed - summary.failures.len() as u64;
    if more > 0 {
        let _ = write!(text, "\n  and {} more: see `status` in documents.csv", grouped(more));
    }
    Some(text)
}

pub(super) fn count(number: u64, what: &str) -> String {
    format!("{} {what}{}", grouped(number), if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_first_failures_are_told() {
        let failure = factline::pipeline::Failure { key: "a.txt".into(), error: "cannot read".into() };
        let summary = Summary { documents: 1300, failed: 1200, failures: vec![failure], ..Summary::default() };
        assert_eq!(
            failures(&summary).unwrap(),
            "warning: 1,200 documents could not be read:\n  a.txt: cannot read\n  and 1,199 more: see `status` in documents.csv"
        );
        assert_eq!(failures(&Summary::default()), None);
    }
}
