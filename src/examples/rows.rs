//! Examples of dictionaries: what a row gives, whatever rule reads it, and what it keeps from being a fact. A row of the dictionary
//! must stand in each text, so that none is left behind when a row is renamed.

use super::difference::Difference;
use super::{Failure, Found, document, expected, found};
use crate::document::Document;
use crate::extractor::{Event, Extractor};
use crate::rules::{Diagnostic, Dictionary, RowCounter, RowExample, RuleKind};
use crate::scan::Scanned;

/// The examples and counterexamples of a dictionary that do not hold.
pub(super) fn failures(extractor: &Extractor, dictionary: &Dictionary) -> Vec<Failure> {
    let tried = Tried { extractor, dictionary };
    let examples = dictionary.examples.iter().map(|example| tried.example(example));
    let counters = dictionary.counters.iter().map(|counter| tried.counter(counter));
    examples.chain(counters).filter_map(Result::err).collect()
}

/// A dictionary whose examples are tried.
struct Tried<'e> {
    extractor: &'e Extractor,
    dictionary: &'e Dictionary,
}

impl Tried<'_> {
    fn example(&self, RowExample { kind, example }: &RowExample) -> Result<(), Failure> {
        let failed = |message: String, difference: Difference| Failure {
            diagnostic: self.diagnostic("example-fails", &message, example.text.span()),
            difference,
        };
        let found = self
            .found(example.text.get_ref(), example.reference.as_deref())
            .map_err(|message| failed(message, Difference::default()))?;
        let (wanted, fact) = (expected(example), example.fact.as_deref());
        if found.iter().any(|each| each.kind == *kind && each.is(fact, &wanted)) {
            return Ok(());
        }
        Err(failed(format!("expected {}", named(*kind)), Difference::of_example(None, fact, &wanted, &found)))
    }

    fn counter(&self, RowCounter { kind, fact, counter }: &RowCounter) -> Result<(), Failure> {
        let failed = |message: String, difference: Difference| Failure {
            diagnostic: self.diagnostic("counterexample-fails", &message, counter.text.span()),
            difference,
        };
        let found =
            self.found(counter.text.get_ref(), None).map_err(|message| failed(message, Difference::default()))?;
        let fires = |each: &&Found| each.kind == *kind && fact.as_deref().is_none_or(|fact| each.text == fact);
        match found.iter().find(fires) {
            None => Ok(()),
            Some(found) => {
                let message = format!("expected not {} ({})", named(*kind), counter.why);
                Err(failed(message, Difference::of_counter(found)))
            }
        }
    }

    fn diagnostic(&self, code: &'static str, message: &str, span: std::ops::Range<usize>) -> Diagnostic {
        let Dictionary { path, file, text, .. } = self.dictionary;
        Diagnostic::error(code, file, format!("{path}: {message}")).at(text, span)
    }

    /// What is found in a text in which a row of the dictionary must stand.
    fn found(&self, text: &str, reference: Option<&str>) -> Result<Vec<Found>, String> {
        let document = document(self.extractor, text, reference)?;
        let mut has_row = self.dictionary.terms.is_empty();
        let extraction = self.extractor.observe(&document, &mut |event| {
            if let Event::Scanned(scanned) = event {
                has_row = has_row || self.has_row(&document, scanned);
            }
        });
        let expected = || format!("expected a row of {} in the text, found none", self.dictionary.path);
        if has_row { Ok(found(&document, &extraction)) } else { Err(expected()) }
    }

    fn has_row(&self, document: &Document, scanned: &Scanned) -> bool {
        let lexicon = &self.extractor.ruleset().lexicon;
        let meanings = |at| scanned.meanings(lexicon, document.view_text(), at);
        let is_own = |table: u16| lexicon.table(table).file() == self.dictionary.path;
        (0..scanned.tokens.len()).any(|at| meanings(at).iter().any(|(_, entry, passes)| *passes && is_own(entry.table)))
    }
}

/// What a kind's finds are called.
fn named(kind: RuleKind) -> String {
    match kind {
        RuleKind::None => "a number that is no fact".to_owned(),
        RuleKind::Person => "a person's name".to_owned(),
        _ => format!("a fact of kind {}", kind.name()),
    }
}
