//! Runs the examples of every rule and of the dictionaries' rows against the WHOLE rule set, so that a rule that steals another's
//! match fails.

mod difference;
mod rows;

use std::fmt;
use std::time::{Duration, Instant};

use crate::document::{Document, Published, ViewSpan, parse_published};
use crate::extractor::Extractor;
use crate::resolve::Extraction;
use crate::rules::{CounterDecl, Diagnostic, ExampleDecl, Rule, RuleKind};
use crate::table;

pub use difference::{Difference, Line};

/// How many examples and counterexamples were run, and which failed.
#[derive(Debug, Default)]
pub struct Report {
    /// Examples and counterexamples.
    pub run: usize,
    /// Those that failed, in order of the dictionaries and the rules.
    pub failures: Vec<Failure>,
    /// How long the examples of each dictionary (by its path) and of each rule took, in their order.
    pub times: Vec<(std::sync::Arc<str>, Duration)>,
}

impl Report {
    /// How long all examples took.
    pub fn took(&self) -> Duration {
        self.times.iter().map(|(_, took)| *took).sum()
    }

    /// The rule or dictionary whose examples took longest.
    pub fn slowest(&self) -> Option<(&str, Duration)> {
        self.times.iter().max_by_key(|(_, took)| *took).map(|(rule, took)| (&**rule, *took))
    }
}

/// An example that does not hold.
#[derive(Debug)]
pub struct Failure {
    /// Which one, and what is wrong.
    pub diagnostic: Diagnostic,
    /// What was expected against what was found.
    pub difference: Difference,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n{}", self.diagnostic, self.difference)
    }
}

/// Runs the examples of the rules whose id, and of the dictionaries whose path, starts with `prefix`.
pub fn run(extractor: &Extractor, prefix: &str) -> Report {
    let mut report = Report::default();
    let declared = extractor.ruleset().dictionaries.iter();
    for dictionary in declared.filter(|each| each.has_examples() && each.path.starts_with(prefix)) {
        let started = Instant::now();
        report.run += dictionary.examples.len() + dictionary.counters.len();
        report.failures.extend(rows::failures(extractor, dictionary));
        report.times.push((dictionary.path.as_str().into(), started.elapsed()));
    }
    for rule in extractor.ruleset().rules.iter().filter(|rule| rule.id.starts_with(prefix)) {
        let started = Instant::now();
        report.run += rule.examples.len() + rule.counters.len();
        let examples = rule.examples.iter().map(|example| check_example(extractor, rule, example));
        let counters = rule.counters.iter().map(|counter| check_counter(extractor, rule, counter));
        report.failures.extend(examples.chain(counters).filter_map(Result::err));
        report.times.push((rule.id.clone(), started.elapsed()));
    }
    report
}

/// What was found at some place of an example, as cells.
#[derive(Debug, Clone)]
struct Found {
    kind: RuleKind,
    rule: String,
    text: String,
    cells: Vec<(&'static str, String)>,
}

impl Found {
    /// Whether a rule of some kind can have made it: what a rule makes may in the end be a fact of another table.
    fn can_be_of(&self, kind: RuleKind) -> bool {
        self.kind == kind || self.kind.is_fact() && kind.is_fact()
    }

    /// A cell by the name of its column; empty if there is none.
    fn cell(&self, name: &str) -> &str {
        self.cells.iter().find(|(own, _)| *own == name).map_or("", |(_, cell)| cell)
    }

    /// Whether it is what an example asks for.
    fn is(&self, fact: Option<&str>, wanted: &[(String, String)]) -> bool {
        fact.is_none_or(|fact| self.text == fact) && wanted.iter().all(|(name, value)| self.cell(name) == value)
    }
}

/// The text of an example as a document.
fn document(extractor: &Extractor, text: &str, reference: Option<&str>) -> Result<Document, String> {
    let reference = reference.map(reference_of).transpose()?;
    let mut document = Document::read(text.as_bytes().to_vec(), "example.txt", extractor.document_rules())
        .map_err(|error| error.to_string())?;
    if reference.is_some() {
        document.metadata.published = reference;
    }
    Ok(document)
}

/// Everything that was found in a text.
fn found(document: &Document, extraction: &Extraction) -> Vec<Found> {
    let Extraction { facts, persons, unclaimed, .. } = extraction;
    let text = |span: ViewSpan| span.of(document.view_text()).to_owned();
    let facts = facts.iter().map(|fact| Found {
        kind: RuleKind::named(fact.value.kind().name()).unwrap_or(RuleKind::None),
        rule: fact.rule.to_string(),
        text: text(fact.span),
        cells: table::cells(&fact.value),
    });
    let persons = persons.iter().map(|each| Found {
        kind: RuleKind::Person,
        rule: each.rule.to_string(),
        text: text(each.span),
        cells: vec![(KIND, "person".to_owned())],
    });
    let unclaimed = unclaimed.iter().map(|each| Found {
        kind: RuleKind::None,
        rule: each.rule.as_deref().unwrap_or_default().to_owned(),
        text: text(each.span),
        cells: vec![(REASON, each.reason.to_string())],
    });
    facts.chain(persons).chain(unclaimed).collect()
}

/// The cell of what is no fact, and of a person.
const REASON: &str = "reason";
const KIND: &str = "kind";

fn reference_of(text: &str) -> Result<Published, String> {
    let expected = || format!("reference: expected a date such as 2018-10-26, found `{text}`");
    parse_published(text, "metadata").ok_or_else(expected)
}

/// What an example asks of the row of its fact.
fn wanted(rule: &Rule, example: &ExampleDecl) -> Vec<(String, String)> {
    match rule.kind {
        RuleKind::None => vec![(REASON.to_owned(), rule.reason.to_string())],
        RuleKind::Person => vec![(KIND.to_owned(), "person".to_owned())],
        _ => expected(example),
    }
}

/// The cells that an example names, as text.
fn expected(example: &ExampleDecl) -> Vec<(String, String)> {
    let shown = |value: &toml::Value| match value {
        toml::Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    example.expect.iter().map(|(name, value)| (name.clone(), shown(value))).collect()
}

fn check_example(extractor: &Extractor, rule: &Rule, example: &ExampleDecl) -> Result<(), Failure> {
    let failed = |message: String, difference: Difference| Failure {
        diagnostic: Diagnostic::error("example-fails", &rule.site.file, format!("{}: {message}", rule.id))
            .at(&rule.site.text, example.text.span()),
        difference,
    };
    let unreadable = |message: String| failed(message, Difference::default());
    let document = document(extractor, example.text.get_ref(), example.reference.as_deref()).map_err(unreadable)?;
    let found = found(&document, &extractor.extract(&document));
    let (wanted, fact) = (wanted(rule, example), example.fact.as_deref());
    // Which of several rules with the same reason decides does not matter.
    let is_own = |each: &Found| each.can_be_of(rule.kind) && (rule.kind == RuleKind::None || each.rule == *rule.id);
    if found.iter().any(|each| is_own(each) && each.is(fact, &wanted)) {
        return Ok(());
    }
    let message = match rule.kind {
        RuleKind::None => format!("expected a number with the reason `{}`", rule.reason),
        RuleKind::Person => "expected a person's name of this rule".to_owned(),
        _ => "expected another fact of this rule".to_owned(),
    };
    Err(failed(message, Difference::of_example(Some(&rule.id), fact, &wanted, &found)))
}

fn check_counter(extractor: &Extractor, rule: &Rule, counter: &CounterDecl) -> Result<(), Failure> {
    let failed = |message: String, difference: Difference| Failure {
        diagnostic: Diagnostic::error("counterexample-fails", &rule.site.file, format!("{}: {message}", rule.id))
            .at(&rule.site.text, counter.text.span()),
        difference,
    };
    let document =
        document(extractor, counter.text.get_ref(), None).map_err(|message| failed(message, Difference::default()))?;
    let found = found(&document, &extractor.extract(&document));
    let fires = |each: &&Found| match rule.kind {
        RuleKind::None => each.can_be_of(rule.kind) && each.cell(REASON) == &*rule.reason,
        _ => each.can_be_of(rule.kind) && each.rule == *rule.id,
    };
    match found.iter().find(fires) {
        None => Ok(()),
        Some(found) => {
            Err(failed(format!("expected no fact of this rule ({})", counter.why), Difference::of_counter(found)))
        }
    }
}
