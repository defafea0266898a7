//! All facts of one document seen together: reference dates, acronyms, toponym choice, stated equivalents.
//!
//! Takes the drafts of a document in order of position, gives its facts. Each kind has a file of its own; the order
//! between them is here, because dates and money need the document's countries, and money needs its date.

mod date;
mod fact;
mod money;
mod number;
mod organization;
mod place;

use crate::document::Document;
use crate::extractor::Options;
use crate::normalize::{Draft, DraftValue, Kind, NamedPlace, Value};
use crate::rules::Ruleset;
use crate::scan::Topics;

pub use fact::{Confidence, Extraction, Fact, Flags, Person, Unclaimed};
pub use money::{Rates, is_currency};
pub use place::{Gazetteer, Weighed};

/// What resolution knows of a document.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'a> {
    /// Rules and dictionaries.
    pub ruleset: &'a Ruleset,
    /// What the user asked for.
    pub options: &'a Options,
    /// The document.
    pub document: &'a Document,
    /// Names of persons in it, by position.
    pub persons: &'a [Person],
    /// The places that names may mean.
    pub gazetteer: &'a Gazetteer,
    /// What it is about.
    pub topics: &'a Topics<'a>,
    /// Where the document is at home, by its metadata.
    pub home: &'a [NamedPlace],
}

impl<'a> Setting<'a> {
    /// The text that spans point into.
    pub fn text(&self) -> &'a str {
        self.document.view.text(&self.document.text)
    }

    /// A fact of a draft with its final value.
    pub(crate) fn fact(&self, draft: &Draft, value: Value, flags: Flags) -> Fact {
        let rule = &self.ruleset.rules[draft.rule];
        Fact {
            span: draft.span,
            sentence: draft.sentence,
            value,
            rule: rule.id.clone(),
            confidence: Confidence(rule.confidence),
            flags,
        }
    }
}

/// The facts of a document, in the order that [`Extraction`] promises, and its date.
pub fn resolve(setting: &Setting<'_>, drafts: &[Draft], weighed: Option<&mut Vec<Weighed>>) -> Extraction {
    let of = |kind: Kind| drafts.iter().filter(move |draft| draft.value.kind() == kind).collect::<Vec<_>>();
    let named = of(Kind::Organization);
    let (organizations, places) = organization::resolve(setting, &named, of(Kind::Place));
    let places = place::resolve(setting, &places, &named, weighed);
    let (dates, published) = date::resolve(setting, &of(Kind::Date), &places);
    let mut numbers: Vec<Fact> = of(Kind::Number)
        .into_iter()
        .filter_map(|draft| match &draft.value {
            DraftValue::Number(number) => Some(setting.fact(draft, Value::Number(number.clone()), draft.flags.clone())),
            _ => None,
        })
        .collect();
    number::elliptical(setting, &mut numbers);
    let money = money::resolve(setting, &of(Kind::Money), &places, &dates, published.as_ref(), numbers.len());
    let mut facts = Vec::with_capacity(drafts.len());
    for mut each in [numbers, money, places, organizations, dates] {
        facts.append(&mut each);
    }
    Extraction { facts, title: setting.document.metadata.title.clone(), published, ..Extraction::default() }
}
