//! Tells places of one name apart, and names that are none from those that are.
//!
//! All mentions of a name in a document mean the same place. Which one is a sum of what speaks for it: the rank of its
//! gazetteer, its own name before an alias, its people, what the text says it lies in, the countries and divisions that
//! the document names, and how near it is to places that are certain. Weights are in powers of ten of people, so that
//! "named in the document" can be read as "as good as a hundred times as many people".

mod choice;
mod gazetteer;
mod mentions;

use super::{Confidence, Fact, Setting};
use crate::normalize::{Draft, DraftValue, Place, PlaceDraft, Value};

pub use gazetteer::Gazetteer;

use choice::{Choice, choose};
use mentions::{Group, Mentions};

/// A close call is as sure as this part of the rule's confidence.
const CLOSE_CALL: f64 = 0.7;

/// The facts of place drafts (all of kind place, in order of position).
pub fn resolve(setting: &Setting<'_>, drafts: &[&Draft]) -> Vec<Fact> {
    let places: Vec<(&Draft, &PlaceDraft)> = drafts
        .iter()
        .filter_map(|draft| match &draft.value {
            DraftValue::Place(place) => Some((*draft, place)),
            _ => None,
        })
        .collect();
    if places.is_empty() {
        return Vec::new();
    }
    let mentions = Mentions::of(setting, &places);
    let (choices, about) = choose(&mentions.groups);
    // What a name means here is the same at each mention; the last one takes it.
    let place = |(group, choice): (&Group<'_>, &Option<Choice>)| choice.map(|choice| group.sites[choice.site].place());
    let mut meanings: Vec<Option<Place>> = mentions.groups.iter().zip(&choices).map(place).collect();
    let mut left: Vec<usize> = mentions.groups.iter().map(|group| group.count).collect();
    let mut facts = Vec::with_capacity(places.len());
    for ((draft, place), number) in places.iter().zip(&mentions.group_of) {
        let group = &mentions.groups[*number];
        left[*number] -= 1;
        if !place.about.is_empty() && !about.speaks_of(&place.about) || !group.stands(place) {
            continue;
        }
        let meaning = &mut meanings[*number];
        let meaning = if left[*number] == 0 { meaning.take() } else { meaning.clone() };
        let meaning = meaning.unwrap_or_else(|| unlisted(place, group));
        let mut fact = setting.fact(draft, Value::Place(meaning), draft.flags.clone());
        if choices[*number].is_some_and(|choice| choice.close) {
            fact.flags.insert("ambiguous-place".into());
            fact.confidence = Confidence((f64::from(fact.confidence.0) * CLOSE_CALL) as u8);
        }
        facts.push(fact);
    }
    facts
}

/// A place that only the pattern shows.
fn unlisted(place: &PlaceDraft, group: &Group<'_>) -> Place {
    let within = group.within.first();
    Place {
        name: place.surface.clone(),
        place_type: place.place_type.clone().unwrap_or_default(),
        country: within.and_then(|site| site.first().place.country.clone()),
        admin1: within.and_then(|site| site.admin1_name().cloned()),
        point: place.point.clone(),
        ..Place::default()
    }
}
