//! What finds facts, made from what the user said: the one place where rules, dictionaries and options come together.

use std::fmt::{self, Display};
use std::path::Path;
use std::sync::Arc;

use factline::extractor::{Extractor, Options};
use factline::resolve::{Rates, is_currency};
use factline::rules::{Diagnostic, RuleFiles, Ruleset};

use super::args::{Basis, Dates, RulesFrom};
use super::{Problem, boxed};

/// All that is needed to find facts, made once and shared by all threads.
pub(super) struct Engine {
    /// Finds the facts of a document.
    pub(super) extractor: Extractor,
    /// Hash of all rules and dictionaries, for run.json.
    pub(super) rules_hash: String,
    /// SHA-256 of the user's rates, for run.json.
    pub(super) rates_sha256: Option<String>,
}

/// What is wrong with the rules: one or many diagnostics.
#[derive(Debug)]
pub(super) struct Mistakes(pub(super) Vec<Diagnostic>);

impl Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.len() {
            1 => write!(f, "a mistake in the rules")?,
            many => write!(f, "{many} mistakes in the rules")?,
        }
        self.0.iter().try_for_each(|diagnostic| write!(f, "\n\n{diagnostic}"))
    }
}

/// The rules inside the binary, with a user's directory laid over them.
pub(super) fn rules(user: Option<&Path>) -> Result<Ruleset, Mistakes> {
    Ruleset::load(layers(user)?).map_err(Mistakes)
}

/// The same, with all that is probably not meant.
pub(super) fn linted_rules(user: Option<&Path>) -> Result<Ruleset, Mistakes> {
    Ruleset::load_linted(layers(user)?).map_err(Mistakes)
}

fn layers(user: Option<&Path>) -> Result<Vec<RuleFiles>, Mistakes> {
    let mut layers = vec![RuleFiles::shipped()];
    if let Some(root) = user {
        layers.push(RuleFiles::read(root).map_err(|diagnostic| Mistakes(vec![diagnostic]))?);
    }
    Ok(layers)
}

/// Loads what tables are made by. The error is for the user to read: one or many lines.
pub(super) fn load(basis: &Basis) -> Result<Engine, Problem> {
    let options = Options { currency: basis.currency.clone(), ..options(&basis.dates) };
    with_options(basis.from.rules.as_deref(), basis.rates.as_deref(), options)
}

/// Loads rules and dictionaries for a look at single documents: nothing is converted.
pub(super) fn load_rules(from: &RulesFrom, dates: &Dates) -> Result<Engine, Problem> {
    with_options(from.rules.as_deref(), None, options(dates))
}

fn options(dates: &Dates) -> Options {
    Options { reference_date: dates.reference_date, date_order: dates.date_order, ..Options::default() }
}

fn with_options(user: Option<&Path>, rates: Option<&Path>, mut options: Options) -> Result<Engine, Problem> {
    let ruleset = rules(user).map_err(boxed)?;
    if !options.currency.is_empty() && !is_currency(&ruleset, &options.currency) {
        let message = "expected the ISO 4217 code of a currency, such as USD, found none of that name";
        return Err(boxed(format!("--currency `{}`: {message}", options.currency)));
    }
    let rules_hash = ruleset.hash.clone();
    let mut rates_sha256 = None;
    if let Some(path) = rates {
        let problem = |problem: String| boxed(format!("--rates `{}`: {problem}", path.display()));
        let bytes = std::fs::read(path).map_err(|error| problem(error.to_string()))?;
        rates_sha256 = Some(factline::document::sha256(&bytes));
        options.rates = Some(Arc::new(Rates::replaced(&ruleset, &bytes).map_err(problem)?));
    }
    let extractor = Extractor::new(ruleset, options).map_err(|errors| boxed(Mistakes(errors)))?;
    Ok(Engine { extractor, rules_hash, rates_sha256 })
}
