//! Pages of docs/ that are made from the code. `UPDATE_EXPECTED=1 cargo test --test docs` writes what is made today.

#![allow(clippy::unwrap_used)] // a test may panic

use std::collections::BTreeSet;
use std::path::Path;

use factline::rules::Ruleset;
use factline::table::schema::codes::{FLAGS, REASONS};
use factline::table::schema::page::page;

/// Compares a page with what is made today; `UPDATE_EXPECTED=1` writes it.
fn is_current(page: &str, made: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(page);
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        std::fs::write(&path, made).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(made == written, "{page} is old: UPDATE_EXPECTED=1 cargo test --test docs");
}

#[test]
fn the_page_about_the_tables_is_current() {
    is_current("docs/tables.md", &page(&Ruleset::shipped().unwrap()));
}

#[test]
fn the_page_about_the_normalizers_is_current() {
    is_current("docs/normalizers.md", &factline::normalize::page());
}

/// The codes of a column of the expected tables.
fn expected(tables: &[&str], column: &str) -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/expected");
    let mut codes = BTreeSet::new();
    for table in tables {
        let mut reader = csv::Reader::from_path(folder.join(format!("{table}.csv"))).unwrap();
        let at = reader.headers().unwrap().iter().position(|name| name == column).unwrap();
        codes.extend(
            reader.records().flat_map(|row| row.unwrap()[at].split_whitespace().map(str::to_owned).collect::<Vec<_>>()),
        );
    }
    codes
}

/// Whether a code is among those explained; `unit-or-…` explains all that begin so.
fn is_explained(code: &str, explained: &[(&str, &str)]) -> bool {
    explained.iter().any(|(known, _)| match known.strip_suffix('…') {
        Some(start) => code.starts_with(start),
        None => code == *known,
    })
}

#[test]
fn every_flag_and_reason_of_the_samples_is_explained() {
    let ruleset = Ruleset::shipped().unwrap();
    let flags = expected(&["numbers", "money", "places", "organizations", "dates"], "flags");
    assert!(flags.len() > 5, "{flags:?}");
    let of_rules = |code: &str| ruleset.rules.iter().any(|rule| rule.flags.iter().any(|flag| **flag == *code));
    let unknown: Vec<_> = flags.iter().filter(|code| !is_explained(code, &FLAGS) && !of_rules(code)).collect();
    assert!(unknown.is_empty(), "flags without an explanation: {unknown:?}");
    let reasons = expected(&["unclaimed"], "reason");
    let of_rules = |code: &str| ruleset.rules.iter().any(|rule| *rule.reason == *code);
    let unknown: Vec<_> = reasons.iter().filter(|code| !is_explained(code, &REASONS) && !of_rules(code)).collect();
    assert!(unknown.is_empty(), "reasons without an explanation: {unknown:?}");
}
