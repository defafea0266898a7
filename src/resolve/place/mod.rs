//! Tells places of one name apart, and names that are none from those that are.
//!
//! All mentions of a name in a document mean the same place. Which one is a sum of what speaks for it: the rank of its
//! gazetteer, its own name before an alias, its people, what the text says it lies in, the countries and divisions that
//! the document names, and how near it is to places that are certain. Weights are in powers of ten of people, so that
//! "named in the document" can be read as "as good as a hundred times as many people".

mod choice;
mod gazetteer;
mod mentions;
mod sheet;
mod sphere;
mod surroundings;
#[cfg(test)]
mod tests;

use super::{Confidence, Fact, Setting};
use crate::document::ViewSpan;
use crate::normalize::{Draft, DraftValue, Evidence, Place, PlaceDraft, Value};

pub use gazetteer::Gazetteer;

use choice::{Choice, choose};
use gazetteer::Site;
use mentions::{Group, Mentions};

/// A close call is as sure as this part of the rule's confidence.
const CLOSE_CALL: f64 = 0.7;

/// The facts of place drafts (all of kind place, in order of position). Names of organizations tell where a document is at
/// home, too (`hints`). Who wants to know what was weighed gives a list for it.
pub fn resolve(
    setting: &Setting<'_>,
    drafts: &[&Draft],
    hints: &[&Draft],
    weighed: Option<&mut Vec<Weighed>>,
) -> Vec<Fact> {
    let places = places_of(drafts);
    if places.is_empty() {
        return Vec::new();
    }
    let mut mentions = Mentions::of(setting, &places);
    mentions.hear(setting, hints);
    let chosen = choose(&mut mentions.groups);
    if let Some(weighed) = weighed {
        weighed.extend(places.iter().zip(&mentions.group_of).map(|((draft, _), group)| Weighed {
            span: draft.span,
            options: options(&mentions.groups[*group], chosen.scores(*group)),
        }));
    }
    // What a name means here is the same at each mention; the last one takes it.
    let place = |(group, choice): (&Group<'_>, &Option<Choice>)| {
        let choice = choice.as_ref().filter(|_| group.drafts > 0)?;
        Some(group.sites[choice.site].place())
    };
    let mut meanings: Vec<Option<Place>> = mentions.groups.iter().zip(&chosen.choices).map(place).collect();
    let mut left: Vec<usize> = mentions.groups.iter().map(|group| group.drafts).collect();
    let mut facts = Vec::with_capacity(places.len());
    for (at, ((draft, place), number)) in places.iter().zip(&mentions.group_of).enumerate() {
        let (group, choice) = (&mentions.groups[*number], chosen.choices[*number].as_ref());
        if place.evidence == Evidence::Hint {
            continue;
        }
        left[*number] -= 1;
        let at_home = choice.is_some_and(|choice| choice.at_home);
        if !place.about.is_empty() && !chosen.speaks_of(&place.about) || !group.stands(place, at_home) {
            continue;
        }
        let meaning = &mut meanings[*number];
        let meaning = if left[*number] == 0 { meaning.take() } else { meaning.clone() };
        let told = at.checked_sub(1).and_then(|before| {
            let contained = mentions.group_of[before];
            let site = &mentions.groups[contained].sites[chosen.choices[contained].as_ref()?.site];
            is_container(places[before], draft).then(|| container(group, choice, site))?
        });
        let meaning = match told {
            Some(site) if choice.is_none_or(|choice| choice.site != site) => Some(group.sites[site].place()),
            _ => meaning,
        };
        let meaning = meaning.unwrap_or_else(|| unlisted(place, group));
        let mut fact = setting.fact(draft, Value::Place(meaning), draft.flags.clone());
        if told.is_none() && choice.is_some_and(|choice| choice.close) {
            fact.flags.insert("ambiguous-place".into());
            fact.confidence = Confidence((f64::from(fact.confidence.0) * CLOSE_CALL) as u8);
        }
        facts.push(fact);
    }
    facts
}

/// Bytes between a name and that of the place that it lies in (`Tbilisi, Georgia`), at most.
const APART: u32 = 3;

/// Whether a mention names what the text says that the one before it lies in.
fn is_container((before, place): (&Draft, &PlaceDraft), draft: &Draft) -> bool {
    !place.within.is_empty() && (before.span.end..=before.span.end + APART).contains(&draft.span.start)
}

/// The site that a name means right behind a place that lies in it, if that can be told: it may mean another one elsewhere in
/// the document, for beside Atlanta, Georgia, there may be Tbilisi, Georgia.
fn container(group: &Group<'_>, choice: Option<&Choice>, contained: &Site<'_>) -> Option<usize> {
    let fits = |site: &usize| contained.lies_in(&group.sites[*site]);
    choice.map(|choice| choice.site).filter(fits).or_else(|| (0..group.sites.len()).find(fits))
}

fn places_of<'d>(drafts: &[&'d Draft]) -> Vec<(&'d Draft, &'d PlaceDraft)> {
    let place = |draft: &&'d Draft| match &draft.value {
        DraftValue::Place(place) => Some((*draft, place)),
        _ => None,
    };
    drafts.iter().filter_map(place).collect()
}

/// What a name in a text may mean, the likeliest first, each with its score in powers of ten of people.
#[derive(Debug, Clone)]
pub struct Weighed {
    /// Where the name stands.
    pub span: ViewSpan,
    /// The places.
    pub options: Vec<(Place, f64)>,
}

/// How many of a name's places are told.
const TOLD: usize = 5;

/// The likeliest of a group's sites.
fn options(group: &Group<'_>, scores: &[f64]) -> Vec<(Place, f64)> {
    let mut sites: Vec<_> = group.sites.iter().zip(scores).collect();
    sites.sort_by(|(_, one), (_, other)| other.total_cmp(one));
    sites.iter().take(TOLD).map(|(site, score)| (site.place(), **score)).collect()
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
