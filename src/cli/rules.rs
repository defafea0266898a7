//! `factline rules list|check|test`.

use std::fmt::Write;

use factline::examples;
use factline::extractor::{Extractor, Options};
use factline::rules::{Ruleset, nearest};

use super::args::{Rules, RulesFrom};
use super::engine::{self, Mistakes};
use super::{Exit, fail, print, say};

pub(super) fn rules(said: &Rules) -> Exit {
    match said {
        Rules::List { prefix, from } => {
            with_prefix(from, prefix).map_or_else(|exit| exit, |rules| list(&rules, prefix))
        }
        Rules::Check { from } => check(from),
        Rules::Test { prefix, from } => with_prefix(from, prefix).map_or_else(|exit| exit, |rules| test(rules, prefix)),
    }
}

fn loaded(from: &RulesFrom) -> Result<Ruleset, Exit> {
    engine::rules(from.rules.as_deref()).map_err(|mistakes| fail(&mistakes))
}

/// The rules, if the id of any of them starts so.
fn with_prefix(from: &RulesFrom, prefix: &str) -> Result<Ruleset, Exit> {
    let ruleset = loaded(from)?;
    let mut ids = ruleset.rules.iter().map(|rule| &*rule.id);
    if ids.any(|id| id.starts_with(prefix)) {
        return Ok(ruleset);
    }
    let near = nearest(prefix, ruleset.rules.iter().map(|rule| &*rule.id));
    let help =
        near.map_or_else(|| "`factline rules list` shows all".to_owned(), |near| format!("did you mean `{near}`?"));
    Err(fail(&format!("expected the start of a rule's id, found `{prefix}`, which none starts with: {help}")))
}

fn list(ruleset: &Ruleset, prefix: &str) -> Exit {
    let mut shown = String::new();
    for rule in ruleset.rules.iter().filter(|rule| rule.id.starts_with(prefix)) {
        let doc = rule.doc.lines().next().unwrap_or_default();
        // Writing to a string does not fail.
        let _ = writeln!(shown, "{}\t{}:{}\t{doc}", rule.id, rule.site.file, rule.site.line());
    }
    print(shown.as_bytes())
}

fn check(from: &RulesFrom) -> Exit {
    let ruleset = match engine::linted_rules(from.rules.as_deref()) {
        Ok(ruleset) => ruleset,
        Err(mistakes) => return fail(&mistakes),
    };
    let counts = format!("{} rules, {} dictionary terms", ruleset.rules.len(), ruleset.lexicon.entry_count());
    let warnings: Vec<String> = ruleset.warnings.iter().map(ToString::to_string).collect();
    if let Err(mistakes) = Extractor::new(ruleset, Options::default()) {
        return fail(&Mistakes(mistakes));
    }
    for warning in &warnings {
        say(&format!("{warning}\n"));
    }
    say(&format!("{counts}: {} warnings", warnings.len()));
    if warnings.is_empty() { Exit::Done } else { Exit::SomeFailed }
}

fn test(ruleset: Ruleset, prefix: &str) -> Exit {
    let extractor = match Extractor::new(ruleset, Options::default()) {
        Ok(extractor) => extractor,
        Err(mistakes) => return fail(&Mistakes(mistakes)),
    };
    let report = examples::run(&extractor, prefix);
    for failure in &report.failures {
        say(&format!("{failure}\n"));
    }
    say(&format!("{} examples, {} failed", report.run, report.failures.len()));
    if report.failures.is_empty() { Exit::Done } else { Exit::SomeFailed }
}
