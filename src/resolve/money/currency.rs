//! Which dollar, which won: the currency of an amount whose name several countries share.
//!
//! Evidence, nearest first: a currency that the document names for certain; the countries of the same sentence; the
//! countries of the document, if the likeliest currency's is not among them. Otherwise the likeliest currency is assumed,
//! and flagged, unless it is the most traded one (a bare `$`).

use rustc_hash::{FxHashMap, FxHashSet};

use crate::document::ViewSpan;
use crate::normalize::{Draft, MoneyDraft, Text, Value};
use crate::resolve::{Fact, Flags, Setting};
use crate::rules::Ruleset;

/// Table of the currencies below the rules' root, without extension.
const TABLE: &str = "money/currencies";
/// Rank of the most traded currency.
const FIRST_RANK: &str = "1";

/// Who uses which currency.
#[derive(Debug, Default)]
struct Users {
    countries: FxHashMap<String, Vec<String>>,
    most_traded: FxHashSet<String>,
}

impl Users {
    fn of(ruleset: &Ruleset) -> &Self {
        ruleset.prepared.get(|| {
            let mut users = Self::default();
            let Some((_, table)) = ruleset.lexicon.table_named(TABLE) else { return users };
            for row in 0..table.len() {
                let code = table.get(row, "code").to_owned();
                if table.get(row, "rank") == FIRST_RANK {
                    users.most_traded.insert(code.clone());
                }
                users.countries.insert(code, table.get(row, "countries").split('|').map(str::to_owned).collect());
            }
            users
        })
    }

    fn uses(&self, country: &str, code: &str) -> bool {
        self.countries.get(code).is_some_and(|users| users.iter().any(|user| user == country))
    }
}

/// Whether a code is that of a currency that the dictionaries have.
pub fn is_currency(ruleset: &Ruleset, code: &str) -> bool {
    Users::of(ruleset).countries.contains_key(code)
}

/// Chooses currencies for the amounts of one document.
pub struct Chooser<'a> {
    users: &'a Users,
    /// Currencies that the document names without doubt.
    certain: FxHashSet<&'a str>,
    /// Countries that the document names, with their places, by position.
    countries: Vec<(ViewSpan, &'a str)>,
    /// The same, each once.
    all: FxHashSet<&'a str>,
}

impl<'a> Chooser<'a> {
    /// Gathers the evidence of a document.
    pub fn new(setting: &Setting<'a>, amounts: &[(&'a Draft, &'a MoneyDraft)], places: &'a [Fact]) -> Self {
        let certain = amounts.iter().filter_map(|(_, money)| match money.currencies.as_slice() {
            [only] => Some(only.as_str()),
            _ => None,
        });
        let country = |fact: &'a Fact| match &fact.value {
            Value::Place(place) => Some((fact.span, place.country.as_deref()?)),
            _ => None,
        };
        let countries: Vec<_> = places.iter().filter_map(country).collect();
        let all = countries.iter().map(|(_, country)| *country).collect();
        Self { users: Users::of(setting.ruleset), certain: certain.collect(), countries, all }
    }

    /// The currency of an amount; none where nothing names one.
    pub fn choose(&self, draft: &Draft, money: &MoneyDraft, flags: &mut Flags) -> Option<Text> {
        let candidates = &money.currencies;
        let first = candidates.first()?;
        if candidates.len() == 1 {
            return Some(first.clone());
        }
        let found = only(candidates, |code| self.certain.contains(code))
            .or_else(|| only(candidates, |code| self.spoken_of_in(code, draft.sentence)))
            .or_else(|| self.in_document(candidates));
        if found.is_none() && !self.users.most_traded.contains(first.as_str()) {
            flags.insert("currency-assumed".into());
        }
        Some(found.unwrap_or(first).clone())
    }

    /// Whether a sentence names a country that uses a currency.
    fn spoken_of_in(&self, code: &str, sentence: ViewSpan) -> bool {
        let first = self.countries.partition_point(|(span, _)| span.start < sentence.start);
        let here = self.countries[first..].iter().take_while(|(span, _)| span.end <= sentence.end);
        here.into_iter().any(|(_, country)| self.users.uses(country, code))
    }

    /// The likeliest currency if its country is spoken of; another one only if it is the only one whose country is.
    fn in_document<'c>(&self, candidates: &'c [Text]) -> Option<&'c Text> {
        let users = |code: &str| self.users.countries.get(code);
        let anywhere =
            |code: &str| users(code).is_some_and(|users| users.iter().any(|each| self.all.contains(each.as_str())));
        match candidates.first() {
            Some(first) if anywhere(first) => Some(first),
            _ => only(candidates, anywhere),
        }
    }
}

/// The one candidate for which something holds.
fn only(candidates: &[Text], holds: impl Fn(&str) -> bool) -> Option<&Text> {
    let mut found = candidates.iter().filter(|code| holds(code));
    let first = found.next()?;
    found.next().is_none().then_some(first)
}
