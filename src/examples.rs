//! Runs the examples of every rule against the WHOLE rule set, so that a rule that steals another's match fails.

use std::collections::BTreeMap;

use crate::document::{Document, Published, parse_published};
use crate::extractor::Extractor;
use crate::resolve::{Extraction, Fact};
use crate::rules::{CounterDecl, Diagnostic, ExampleDecl, Rule, RuleKind};
use crate::table;

/// How many examples and counterexamples were run, and which failed.
#[derive(Debug, Default)]
pub struct Report {
    /// Examples and counterexamples.
    pub run: usize,
    /// Those that failed, with what was found instead.
    pub failures: Vec<Diagnostic>,
}

/// Runs the examples of the rules whose id starts with `prefix`.
pub fn run(extractor: &Extractor, prefix: &str) -> Report {
    let mut report = Report::default();
    for rule in extractor.ruleset().rules.iter().filter(|rule| rule.id.starts_with(prefix)) {
        for example in &rule.examples {
            report.run += 1;
            report.failures.extend(check_example(extractor, rule, example).err());
        }
        for counter in &rule.counters {
            report.run += 1;
            report.failures.extend(check_counter(extractor, rule, counter).err());
        }
    }
    report
}

/// A text read as a document, with what was found in it.
struct Run {
    document: Document,
    extraction: Extraction,
}

impl Run {
    fn new(extractor: &Extractor, text: &str, reference: Option<Published>) -> Result<Self, String> {
        let mut document = Document::read(text.as_bytes().to_vec(), "example.txt", extractor.document_rules())
            .map_err(|error| error.to_string())?;
        if reference.is_some() {
            document.metadata.published = reference;
        }
        let extraction = extractor.extract(&document);
        Ok(Self { document, extraction })
    }

    fn text_of(&self, fact: &Fact) -> &str {
        fact.span.of(self.document.view_text())
    }

    /// Everything that was found, for a failure's message.
    fn found(&self) -> String {
        let facts = self.extraction.facts.iter().map(|fact| {
            let cells: Vec<_> =
                table::cells(&fact.value).into_iter().map(|(name, cell)| format!("{name} = {cell}")).collect();
            format!("`{}` {} {{ {} }}", self.text_of(fact), fact.rule, cells.join(", "))
        });
        let unclaimed = self
            .extraction
            .unclaimed
            .iter()
            .map(|each| format!("`{}` unclaimed: {}", each.span.of(self.document.view_text()), each.reason));
        let persons = self
            .extraction
            .persons
            .iter()
            .map(|each| format!("`{}` {} person", each.span.of(self.document.view_text()), each.rule));
        let all: Vec<_> = facts.chain(persons).chain(unclaimed).collect();
        if all.is_empty() { "found nothing".to_owned() } else { format!("found\n{}", all.join("\n")) }
    }
}

fn reference_of(example: &ExampleDecl) -> Result<Option<Published>, String> {
    let Some(text) = &example.reference else { return Ok(None) };
    let published = parse_published(text, "metadata");
    published.map(Some).ok_or_else(|| format!("reference: expected a date such as 2018-10-26, found `{text}`"))
}

fn check_example(extractor: &Extractor, rule: &Rule, example: &ExampleDecl) -> Result<(), Diagnostic> {
    let failed = |message: String, help: String| {
        Diagnostic::error("example-fails", &rule.site.file, format!("{}: {message}", rule.id))
            .at(&rule.site.text, example.text.span())
            .help(help)
    };
    let reference = reference_of(example).map_err(|message| failed(message, "see the example above".to_owned()))?;
    let run = Run::new(extractor, example.text.get_ref(), reference)
        .map_err(|message| failed(message, "an example is a short text".to_owned()))?;
    if rule.kind == RuleKind::None {
        let holds = run.extraction.unclaimed.iter().any(|each| {
            *each.reason == *rule.reason
                && example.fact.as_deref().is_none_or(|fact| each.span.of(run.document.view_text()) == fact)
        });
        let message = format!("expected a number with the reason `{}`", rule.reason);
        return if holds { Ok(()) } else { Err(failed(message, run.found())) };
    }
    if rule.kind == RuleKind::Person {
        let holds = run.extraction.persons.iter().any(|each| {
            each.rule == rule.id
                && example.fact.as_deref().is_none_or(|fact| each.span.of(run.document.view_text()) == fact)
        });
        let message = "expected a person's name of this rule".to_owned();
        return if holds { Ok(()) } else { Err(failed(message, run.found())) };
    }
    let own = || run.extraction.facts.iter().filter(|fact| fact.rule == rule.id);
    let texts = own().filter(|fact| example.fact.as_deref().is_none_or(|text| run.text_of(fact) == text));
    let expected: BTreeMap<&str, String> =
        example.expect.iter().map(|(name, value)| (name.as_str(), shown(value))).collect();
    let holds = texts.clone().any(|fact| {
        let cells: BTreeMap<_, _> = table::cells(&fact.value).into_iter().collect();
        expected.iter().all(|(name, wanted)| cells.get(name).map_or("", String::as_str) == wanted)
    });
    if holds {
        return Ok(());
    }
    let wanted: Vec<_> = expected.iter().map(|(name, value)| format!("{name} = {value}")).collect();
    let fact = example.fact.as_deref().unwrap_or(example.text.get_ref());
    Err(failed(format!("expected `{fact}` as a fact of this rule with {{ {} }}", wanted.join(", ")), run.found()))
}

fn check_counter(extractor: &Extractor, rule: &Rule, counter: &CounterDecl) -> Result<(), Diagnostic> {
    let failed = |message: String, help: String| {
        Diagnostic::error("counterexample-fails", &rule.site.file, format!("{}: {message}", rule.id))
            .at(&rule.site.text, counter.text.span())
            .help(help)
    };
    let run = Run::new(extractor, counter.text.get_ref(), None)
        .map_err(|message| failed(message, "a counterexample is a short text".to_owned()))?;
    let fires = match rule.kind {
        RuleKind::None => run.extraction.unclaimed.iter().any(|each| *each.reason == *rule.reason),
        RuleKind::Person => run.extraction.persons.iter().any(|each| each.rule == rule.id),
        _ => run.extraction.facts.iter().any(|fact| fact.rule == rule.id),
    };
    if !fires {
        return Ok(());
    }
    Err(failed(format!("expected no fact of this rule ({})", counter.why), run.found()))
}

/// A value in a rule file as the cell that it stands for.
fn shown(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
