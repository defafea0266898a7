//! The shipped rules: valid, without warnings, and every example holds against the whole set.

#![allow(clippy::unwrap_used)] // a test may panic

use factline::extractor::{Extractor, Options};
use factline::rules::{RuleFiles, Ruleset};

fn shipped() -> Ruleset {
    Ruleset::shipped().unwrap_or_else(|errors| panic!("{}", joined(&errors)))
}

fn joined(diagnostics: &[factline::rules::Diagnostic]) -> String {
    diagnostics.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n\n")
}

#[test]
fn the_shipped_rules_have_no_warnings() {
    let ruleset =
        Ruleset::load_linted(vec![RuleFiles::shipped()]).unwrap_or_else(|errors| panic!("{}", joined(&errors)));
    assert!(ruleset.warnings.is_empty(), "{}", joined(&ruleset.warnings));
}

#[test]
fn every_example_holds_against_the_whole_set() {
    // RULE=date. cargo test every_example: only rules whose id starts so.
    let prefix = std::env::var("RULE").unwrap_or_default();
    let extractor =
        Extractor::new(shipped(), Options::default()).unwrap_or_else(|errors| panic!("{}", joined(&errors)));
    let report = factline::examples::run(&extractor, &prefix);
    assert!(report.run > 0);
    assert!(report.failures.is_empty(), "{} of {}\n{}", report.failures.len(), report.run, joined(&report.failures));
}
