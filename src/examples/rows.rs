//! Examples of dictionaries: what a row gives, whatever rule reads it, and what it keeps from being a fact. A row of the
//! dictionary must stand in each text, so that none is left behind when a row is renamed; in a counterexample it may stand
//! where its gates (`only_after` and the like) refuse it.

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
    fn example(&self, RowExample { kind, facts, example }: &RowExample) -> Result<(), Failure> {
        let failed = |message: String, difference: Difference| Failure {
            diagnostic: self.diagnostic("example-fails", &message, example.text.span()),
            difference,
        };
        let found = self
            .found(example.text.get_ref(), example.reference.as_deref(), true)
            .map_err(|message| failed(message, Difference::default()))?;
        let wanted = expected(example);
        let is_missing = |fact: &Option<&str>| !found.iter().any(|each| each.kind == *kind && each.is(*fact, &wanted));
        let mut facts: Vec<Option<&str>> = facts.iter().map(|fact| Some(fact.as_str())).collect();
        if facts.is_empty() {
            facts.push(example.fact.as_deref());
        }
        match facts.into_iter().find(is_missing) {
            None => Ok(()),
            Some(fact) => {
                let message = format!("expected {}", named(*kind));
                Err(failed(message, Difference::of_example(None, fact, &wanted, &found)))
            }
        }
    }

    fn counter(&self, RowCounter { kind, fact, counter }: &RowCounter) -> Result<(), Failure> {
        let failed = |message: String, difference: Difference| Failure {
            diagnostic: self.diagnostic("counterexample-fails", &message, counter.text.span()),
            difference,
        };
        let found = self
            .found(counter.text.get_ref(), None, false)
            .map_err(|message| failed(message, Difference::default()))?;
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

    /// What is found in a text in which a row of the dictionary must stand, and be taken if it is to give something.
    fn found(&self, text: &str, reference: Option<&str>, taken: bool) -> Result<Vec<Found>, String> {
        let document = document(self.extractor, text, reference)?;
        let mut has_row = self.dictionary.terms.is_empty();
        let extraction = self.extractor.observe(&document, &mut |event| {
            if let Event::Scanned(scanned) = event {
                has_row = has_row || self.has_row(&document, scanned, taken);
            }
        });
        let expected = || format!("expected a row of {} in the text, found none", self.dictionary.path);
        if has_row { Ok(found(&document, &extraction)) } else { Err(expected()) }
    }

    fn has_row(&self, document: &Document, scanned: &Scanned, taken: bool) -> bool {
        let lexicon = &self.extractor.ruleset().lexicon;
        let meanings = |at| scanned.meanings(lexicon, document.view_text(), at);
        let is_own = |table: u16| lexicon.table(table).file() == self.dictionary.path;
        let stands = |passes: bool, table: u16| (passes || !taken) && is_own(table);
        (0..scanned.tokens.len()).any(|at| meanings(at).iter().any(|(_, entry, passes)| stands(*passes, entry.table)))
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

#[cfg(test)]
mod tests {
    use crate::examples;
    use crate::extractor::{Extractor, Options};
    use crate::rules::{RuleFiles, Ruleset};

    const DECLARED: &str =
        "[[dictionary]]\nfile = 'own/boats.csv'\nclass = 'boat'\nterms = ['term']\nkey = ['term']\nread-by = 'tests'\n";

    fn boats(examples: &str) -> RuleFiles {
        let rules = format!("{DECLARED}{examples}");
        RuleFiles::from_texts([("own/boats.csv", "term\nskiffs\n"), ("own/boats.toml", rules.as_str())])
    }

    #[test]
    fn examples_that_fail_say_what_was_expected() {
        let examples = "example = [\n\
            { text = 'Two skiffs sank.', kind = 'number', fact = 'Two', expect = { value = 2, counted = 'skiffs' } },\n\
            { text = 'Two skiffs sank in May 2018.', kind = 'date' },\n\
            { text = 'Two skiffs, six skiffs.', kind = 'number', facts = ['Two', 'six'], expect = { counted = 'skiffs' } },\n\
            { text = 'Two skiffs sank.', kind = 'money' },\n\
            { text = 'Two skiffs sank.', kind = 'number', fact = 'skiffs' },\n\
            { text = 'Two skiffs sank.', kind = 'number', expect = { value = 3 } },\n\
            { text = 'Two skiffs, six skiffs.', kind = 'number', facts = ['Two', 'ten'] },\n\
            { text = 'Two rafts sank.', kind = 'number' },\n]\n\
            counter = [\n\
            { text = 'Two skiffs sank in May.', kind = 'number', fact = 'May', why = 'a month' },\n\
            { text = 'Two skiffs sank.', kind = 'number', why = 'they swim' },\n\
            { text = 'Two rafts sank.', kind = 'money', why = 'they swim' },\n]\n";
        let ruleset = Ruleset::load(vec![RuleFiles::shipped(), boats(examples)]).unwrap();
        let extractor = Extractor::new(ruleset, Options::default()).unwrap();
        let report = examples::run(&extractor, "own/");
        let told = report
            .failures
            .iter()
            .map(|failure| format!("{} {}", failure.diagnostic.line().unwrap(), failure.diagnostic.message));
        insta::assert_snapshot!(told.collect::<Vec<_>>().join("\n"), @r"
        11 own/boats.csv: expected a fact of kind money
        12 own/boats.csv: expected a fact of kind number
        13 own/boats.csv: expected a fact of kind number
        14 own/boats.csv: expected a fact of kind number
        15 own/boats.csv: expected a row of own/boats.csv in the text, found none
        19 own/boats.csv: expected not a fact of kind number (they swim)
        20 own/boats.csv: expected a row of own/boats.csv in the text, found none
        ");
        assert_eq!(report.run, 11);
    }

    #[test]
    fn a_kind_that_is_none_is_refused() {
        let examples = "example = [{ text = 'Two skiffs sank.', kind = 'boat' }]";
        let errors = Ruleset::load(vec![boats(examples)]).err().unwrap();
        assert_eq!(errors.iter().map(|error| error.code).collect::<Vec<_>>(), ["unknown-kind"]);
    }
}
