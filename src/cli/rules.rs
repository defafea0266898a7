//! `factline rules list|check|test|new|schema`.

use std::fmt::Write;
use std::path::PathBuf;

use factline::compare::calibrate as calibration;
use factline::examples::{self, Line};
use factline::extractor::{Extractor, Options};
use factline::normalize::{lint, schema};
use factline::rules::{Dictionary, RuleKind, Ruleset, doubles, page, skeleton, suggestion};

use super::args::{ListFormat, Rules, RulesFrom};
use super::colour::{GONE, NEW, say_styled, styled};
use super::coverage::coverage;
use super::engine::{self, Mistakes};
use super::{Exit, fail, print, say, score};

pub(super) fn rules(said: &Rules) -> Exit {
    match said {
        Rules::List { prefix, format, from } => with_prefix(from, prefix).map_or_else(
            |exit| exit,
            |rules| match format {
                ListFormat::Text => list(&rules, prefix),
                ListFormat::Markdown => print(page(&rules).as_bytes()),
            },
        ),
        Rules::Check { from } => check(from),
        Rules::Test { prefix, from } => {
            with_examples(from, prefix).map_or_else(|exit| exit, |rules| test(rules, prefix))
        }
        Rules::Coverage(said) => coverage(said),
        Rules::New { id, kind } => new(id, *kind),
        Rules::Calibrate { scores } => calibrate(scores),
        Rules::Schema => print(schema().as_bytes()),
    }
}

fn loaded(from: &RulesFrom) -> Result<Ruleset, Exit> {
    engine::rules(from.rules.as_deref()).map_err(|mistakes| fail(&mistakes))
}

/// The rules, if the id of any of them starts so.
fn with_prefix(from: &RulesFrom, prefix: &str) -> Result<Ruleset, Exit> {
    let ruleset = loaded(from)?;
    let mut ids = ruleset.rules.iter().map(|rule| &*rule.id);
    if ids.any(|id| id.starts_with(prefix)) { Ok(ruleset) } else { Err(none_starts(&ruleset, "a rule's id", prefix)) }
}

/// The rules, if the id of any of them starts so, or the path of a dictionary with examples.
fn with_examples(from: &RulesFrom, prefix: &str) -> Result<Ruleset, Exit> {
    let ruleset = loaded(from)?;
    let shows = |each: &Dictionary| each.has_examples() && each.path.starts_with(prefix);
    if ruleset.rules.iter().any(|rule| rule.id.starts_with(prefix)) || ruleset.dictionaries.iter().any(shows) {
        return Ok(ruleset);
    }
    Err(none_starts(&ruleset, "a rule's id, or of the path of a dictionary with examples", prefix))
}

fn none_starts(ruleset: &Ruleset, what: &str, prefix: &str) -> Exit {
    let help = suggestion(prefix, ruleset.rules.iter().flat_map(|rule| beginnings(&rule.id)));
    let help = help.unwrap_or_else(|| "`factline rules list` shows all".to_owned());
    fail(&format!("expected the start of {what}, found `{prefix}`, which none starts with: {help}"))
}

/// What a user may mean by the start of an id: its first parts, with and without the full stop behind, and the whole.
fn beginnings(id: &str) -> impl Iterator<Item = &str> {
    id.match_indices('.').flat_map(|(at, stop)| [&id[..at], &id[..at + stop.len()]]).chain([id])
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
    let (lint, doubles) = (lint(&ruleset), doubles(&ruleset));
    let warnings: Vec<String> = ruleset.warnings.iter().chain(&lint).chain(&doubles).map(ToString::to_string).collect();
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
        say(&failure.diagnostic.to_string());
        for line in &failure.difference.lines {
            say_styled(&match line {
                Line::Same(text) => format!("    {text}"),
                Line::Expected(text) => styled(GONE, &format!("  - {text}")),
                Line::Found(text) => styled(NEW, &format!("  + {text}")),
            });
        }
        say("");
    }
    let slowest = report
        .slowest()
        .map_or(String::new(), |(rule, took)| format!(" (most for {rule}: {:.1} ms)", took.as_secs_f64() * 1e3));
    let (failed, took) = (report.failures.len(), report.took().as_secs_f64());
    say(&format!("{} examples, {failed} failed, {took:.2} s{slowest}", report.run));
    if report.failures.is_empty() { Exit::Done } else { Exit::SomeFailed }
}

/// The kind is the first part of the id, unless it is given.
fn new(id: &str, kind: Option<RuleKind>) -> Exit {
    let first = id.split('.').next().unwrap_or_default();
    let Some(kind) = kind.or_else(|| RuleKind::named(first)) else {
        let kinds = RuleKind::ALL.map(|(name, _)| name).join(", ");
        return fail(&format!("expected an id that starts with a kind ({kinds}), or --kind; found `{id}`"));
    };
    let text = match skeleton(id, kind) {
        Ok(text) => text,
        Err(error) => return fail(&error),
    };
    let shipped = engine::rules(None).ok();
    if let Some(site) = shipped.as_ref().and_then(|shipped| Some(&shipped.rules[shipped.find(id)?].site)) {
        say(&format!(
            "warning: a rule of the id `{id}` is built in ({}:{}), and this one takes its place; take another id to have both",
            site.file,
            site.line()
        ));
    }
    print(text.as_bytes())
}

/// A file of confidences from scores.
fn calibrate(paths: &[PathBuf]) -> Exit {
    let mut scores = Vec::new();
    for path in paths {
        match score::read(path) {
            Ok(score) => scores.push(score),
            Err(error) => return fail(&error),
        }
    }
    print(calibration::csv(&calibration::calibrate(&scores)).as_bytes())
}
