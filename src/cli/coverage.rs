//! `factline rules coverage`: which rules and dictionary rows some documents use.

use std::collections::BTreeMap;
use std::fmt::Write;

use factline::coverage::{Asked, Coverage, RowUse, RuleUse};
use factline::extractor::{Extractor, Options};
use factline::pipeline::document;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use serde::Serialize;

use super::args::{CoverageFormat, RulesCoverage};
use super::found::{Found, found};
use super::{Exit, engine, fail, print, say};

/// Rules that fire most, in the summary.
const MOST: usize = 15;

/// What is written as JSON.
#[derive(Serialize)]
struct Told<'a> {
    documents: u64,
    rules: &'a [RuleUse<'a>],
    rows: &'a [RowUse<'a>],
}

pub(super) fn coverage(said: &RulesCoverage) -> Exit {
    let ruleset = match engine::rules(said.from.rules.as_deref()) {
        Ok(ruleset) => ruleset,
        Err(mistakes) => return fail(&mistakes),
    };
    let extractor = match Extractor::new(ruleset, Options::default()) {
        Ok(extractor) => extractor,
        Err(mistakes) => return fail(&engine::Mistakes(mistakes)),
    };
    let found = match found(&said.paths, None, said.from.rules.clone()) {
        Ok(found) => found,
        Err(problem) => return fail(&problem),
    };
    found.warnings(&extractor).for_each(|warning| say(&format!("warning: {warning}")));
    let Found { sources, metadata } = found;
    let (ruleset, asked) = (extractor.ruleset(), Asked::new(extractor.ruleset()));
    let none = || (Coverage::new(ruleset), Vec::new());
    let counted = sources.documents.par_iter().fold(none, |(mut coverage, mut failed), source| {
        match document(source, &metadata, extractor.document_rules()) {
            Ok(document) => coverage.add(&extractor, &asked, &document),
            Err(error) => failed.push(format!("{}: {error}", source.key)),
        }
        (coverage, failed)
    });
    let (coverage, mut failed) = counted.reduce(none, |(coverage, mut failed), (other, mut more)| {
        failed.append(&mut more);
        (coverage.with(&other), failed)
    });
    failed.sort();
    failed.iter().for_each(|line| say(&format!("warning: {line}")));
    let (rules, rows) = (coverage.rule_uses(ruleset), coverage.row_uses(ruleset, &asked));
    let done = match said.format {
        CoverageFormat::Text => print(summary(coverage.documents, &rules, &rows, said.rows).as_bytes()),
        CoverageFormat::Csv => csv(&rules, &rows).map_or_else(|error| fail(&error), |text| print(&text)),
        CoverageFormat::Json => {
            match serde_json::to_string_pretty(&Told { documents: coverage.documents, rules: &rules, rows: &rows }) {
                Ok(json) => print(format!("{json}\n").as_bytes()),
                Err(error) => fail(&error),
            }
        }
    };
    if done == Exit::Done && !failed.is_empty() { Exit::SomeFailed } else { done }
}

fn summary(documents: u64, rules: &[RuleUse<'_>], rows: &[RowUse<'_>], with_rows: bool) -> String {
    let mut text = String::new();
    // Writing to a string does not fail.
    let _ = write_summary(&mut text, documents, rules, rows, with_rows);
    text
}

fn write_summary(
    text: &mut String,
    documents: u64,
    rules: &[RuleUse<'_>],
    rows: &[RowUse<'_>],
    with_rows: bool,
) -> std::fmt::Result {
    let fired = rules.iter().filter(|each| each.stands > 0).count();
    writeln!(text, "{documents} documents; {fired} of {} rules fired", rules.len())?;
    let mut most: Vec<_> = rules.iter().filter(|each| each.stands > 0).collect();
    most.sort_by_key(|each| (std::cmp::Reverse(each.stands), each.rule));
    writeln!(text, "\nrules that fire most (stand, refused)")?;
    for each in most.iter().take(MOST) {
        writeln!(text, "{:>9} {:>9}  {}", each.stands, each.refused, each.rule)?;
    }
    writeln!(text, "\nrules that never stand (refused, rule, file)")?;
    for each in rules.iter().filter(|each| each.stands == 0) {
        writeln!(text, "{:>9}  {}  {}", each.refused, each.rule, each.file)?;
    }
    let mut dictionaries: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for row in rows {
        let counts = dictionaries.entry(row.dictionary).or_default();
        *counts = (counts.0 + usize::from(row.stands > 0), counts.1 + 1);
    }
    writeln!(text, "\ndictionaries (rows that a match used, rows that patterns can ask for)")?;
    for (dictionary, (used, all)) in dictionaries {
        writeln!(text, "{used:>9} {all:>9}  {dictionary}")?;
    }
    if with_rows {
        writeln!(text, "\nrows that no match used")?;
        for row in rows.iter().filter(|row| row.stands == 0) {
            writeln!(text, "  {}:{}  {}", row.dictionary, row.line, row.term)?;
        }
    }
    Ok(())
}

/// One table for both: `what` is `rule` or `row`.
fn csv(rules: &[RuleUse<'_>], rows: &[RowUse<'_>]) -> Result<Vec<u8>, String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let failed = |error: csv::Error| error.to_string();
    writer.write_record(["what", "name", "place", "stands", "refused"]).map_err(failed)?;
    for each in rules {
        let (stands, refused) = (each.stands.to_string(), each.refused.to_string());
        writer.write_record(["rule", each.rule, &each.file, &stands, &refused]).map_err(failed)?;
    }
    for each in rows {
        let (place, stands) = (format!("{}:{}", each.dictionary, each.line), each.stands.to_string());
        let term = factline::table::guard(each.term);
        writer.write_record(["row", &term, &place, &stands, ""]).map_err(failed)?;
    }
    writer.into_inner().map_err(|error| error.to_string())
}
