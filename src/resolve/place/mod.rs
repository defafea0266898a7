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
use crate::normalize::{Draft, DraftValue, Place, PlaceDraft, Text, Value};

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
    let mut facts = Vec::with_capacity(places.len());
    for ((draft, place), group) in places.iter().zip(&mentions.group_of) {
        let group_number = *group;
        let group = &mentions.groups[group_number];
        if !place.about.is_empty() && !about.speaks_of(&place.about) || !group.stands(place) {
            continue;
        }
        facts.push(fact(setting, draft, place, group, choices[group_number].as_ref()));
    }
    facts
}

fn fact(setting: &Setting<'_>, draft: &Draft, place: &PlaceDraft, group: &Group<'_>, choice: Option<&Choice>) -> Fact {
    let mut flags = draft.flags.clone();
    let Some(choice) = choice else {
        return setting.fact(draft, Value::Place(unlisted(setting, place, group)), flags);
    };
    let site = &group.sites[choice.site];
    let admin1 = site.admin1.and_then(|id| setting.gazetteer.admin1_name(setting.ruleset, id));
    let value = Place {
        name: site.capital.unwrap_or(site.name).into(),
        place_type: site.place_type.into(),
        country: site.country.map(Text::new),
        admin1: admin1.map(Text::new),
        point: site.point.map(|(latitude, longitude)| (latitude.into(), longitude.into())),
        geonames_id: site.id.map(Text::new),
        population: site.population.map(Text::new),
    };
    if choice.close {
        flags.insert("ambiguous-place".into());
    }
    let mut fact = setting.fact(draft, Value::Place(value), flags);
    if choice.close {
        fact.confidence = Confidence((f64::from(fact.confidence.0) * CLOSE_CALL) as u8);
    }
    fact
}

/// A place that only the pattern shows.
fn unlisted(setting: &Setting<'_>, place: &PlaceDraft, group: &Group<'_>) -> Place {
    let within = group.within.first();
    Place {
        name: place.surface.clone(),
        place_type: place.place_type.clone().unwrap_or_default(),
        country: within.and_then(|site| site.country).map(Text::new),
        admin1: within
            .and_then(|site| site.admin1)
            .and_then(|id| setting.gazetteer.admin1_name(setting.ruleset, id))
            .map(Text::new),
        point: place.point.clone(),
        ..Place::default()
    }
}
