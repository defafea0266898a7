//! Tells places of one name apart, and names that are none from those that are.
//!
//! All mentions of a name in a document mean the same place. Which one is a sum of what speaks for it: the rank of its
//! gazetteer, its own name before an alias, its people, what the text says it lies in, the countries and divisions that
//! the document names, and how near it is to places that are certain. Weights are in powers of ten of people, so that
//! "named in the document" can be read as "as good as a hundred times as many people".

mod choice;
mod gazetteer;
mod mentions;
mod surroundings;

use super::{Confidence, Fact, Setting};
use crate::normalize::{Draft, DraftValue, Place, PlaceDraft, Text, Value};

pub use gazetteer::Gazetteer;

use choice::choose;
use gazetteer::Site;
use mentions::{Group, Mentions};

/// A close call is as sure as this part of the rule's confidence.
const CLOSE_CALL: f64 = 0.7;

/// The facts of place drafts (all of kind place, in order of position). Names of organizations tell where a document is at
/// home, too (`hints`).
pub fn resolve(setting: &Setting<'_>, drafts: &[&Draft], hints: &[&Draft]) -> Vec<Fact> {
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
    let mut mentions = Mentions::of(setting, &places);
    mentions.hear(setting, hints);
    let chosen = choose(&mut mentions.groups);
    // What a name means here is the same at each mention.
    let meanings: Vec<Option<Place>> = mentions
        .groups
        .iter()
        .zip(&chosen.choices)
        .map(|(group, choice)| choice.as_ref().map(|choice| listed(setting, &group.sites[choice.site])))
        .collect();
    let mut facts = Vec::with_capacity(places.len());
    for ((draft, place), number) in places.iter().zip(&mentions.group_of) {
        let (group, choice) = (&mentions.groups[*number], chosen.choices[*number].as_ref());
        let at_home = choice.is_some_and(|choice| choice.at_home);
        if !place.about.is_empty() && !chosen.speaks_of(&place.about) || !group.stands(place, at_home) {
            continue;
        }
        let meaning = meanings[*number].clone().unwrap_or_else(|| unlisted(setting, place, group));
        let mut fact = setting.fact(draft, Value::Place(meaning), draft.flags.clone());
        if choice.is_some_and(|choice| choice.close) {
            fact.flags.insert("ambiguous-place".into());
            fact.confidence = Confidence((f64::from(fact.confidence.0) * CLOSE_CALL) as u8);
        }
        facts.push(fact);
    }
    facts
}

/// A place of a gazetteer.
fn listed(setting: &Setting<'_>, site: &Site<'_>) -> Place {
    let first = site.first();
    let admin1 = site.admin1().and_then(|id| setting.gazetteer.admin1_name(setting.ruleset, id));
    Place {
        name: site.capital().unwrap_or(&first.name).into(),
        place_type: first.place_type.clone(),
        country: first.country.clone(),
        admin1: admin1.map(Text::new),
        point: first.point.clone(),
        geonames_id: site.id().map(Text::new),
        population: site.population().map(Text::new),
    }
}

/// A place that only the pattern shows.
fn unlisted(setting: &Setting<'_>, place: &PlaceDraft, group: &Group<'_>) -> Place {
    let within = group.within.first();
    let admin1 = within.and_then(Site::admin1).and_then(|id| setting.gazetteer.admin1_name(setting.ruleset, id));
    Place {
        name: place.surface.clone(),
        place_type: place.place_type.clone().unwrap_or_default(),
        country: within.and_then(Site::country).map(Text::new),
        admin1: admin1.map(Text::new),
        point: place.point.clone(),
        ..Place::default()
    }
}
