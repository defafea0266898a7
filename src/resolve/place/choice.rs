//! Which place of a name is meant.
//!
//! All names of a document are chosen together. What speaks for each site of a name by itself makes it more or less likely;
//! sites that are likely speak for others in their country, in their division and near them, and so on for some rounds.
//! A name of fifty places says little about any of them, one of a single place much.

use smallvec::SmallVec;

use super::gazetteer::{Level, Site, within};
use super::mentions::Group;
use super::surroundings::Surroundings;
use crate::normalize::Text;

/// Weights, in powers of ten of people.
mod weight {
    /// A country is as good as a city of some hundred million.
    pub const COUNTRY: f64 = 8.5;
    pub const REGION: f64 = 8.0;
    pub const HISTORICAL: f64 = 7.5;
    pub const FEATURE: f64 = 7.0;
    /// A place without known people.
    pub const UNKNOWN: f64 = 4.5;
    /// A small place without known people.
    pub const UNKNOWN_TOWN: f64 = 2.5;
    /// The row's own name and not an alias.
    pub const PRIMARY: f64 = 1.0;
    /// A state goes before its city of the same name …
    pub const STATE: f64 = 0.5;
    /// … and a city before the province around it.
    pub const DIVISION: f64 = -1.5;
    /// So do counties, most of which have a name that says what they are.
    pub const COUNTY: f64 = -0.5;
    /// The capital of a country.
    pub const CAPITAL: f64 = 1.5;
    /// The text says that it lies there.
    pub const WITHIN: f64 = 20.0;
    /// All else is in its country.
    pub const SAME_COUNTRY: f64 = 2.0;
    /// The document names its division, or places in it.
    pub const SAME_DIVISION: f64 = 2.0;
    /// Others are near.
    pub const NEAR: f64 = 1.75;
    /// Those that stand in a sentence with it are in its country and near it.
    pub const BESIDE: f64 = 1.5;
    /// Those that stand in a sentence with it are of its level: countries stand with countries.
    pub const PEERS: f64 = 1.0;
    /// A small place is seldom meant where a larger one has its name.
    pub const TOWN: f64 = -1.5;
}

/// What the rest of a document can move a site by.
const MOVING: f64 = weight::SAME_COUNTRY + weight::SAME_DIVISION + weight::NEAR + weight::BESIDE + weight::PEERS;
/// Common logarithm of the people of a great city.
const GREAT: f64 = 6.5;
/// Rounds in which likely sites speak for others.
const ROUNDS: usize = 3;
/// Kilometres that are near.
const NEAR: f64 = 120.0;
/// Two sites of a name this near each other are one choice.
const SAME: f64 = 150.0;
/// A lead smaller than this is a close call.
const CLOSE: f64 = 0.8;
/// Kilometres within which names of one sentence often lie.
const BESIDE: f64 = 300.0;
/// Sites of this chance at least speak for others: those of one name share a chance of 1.
const LIKELY: f64 = 0.02;
/// Sites of one name that are compared, the likeliest first: no text means the hundredth of a name by itself.
const MOST: usize = 48;

/// The site chosen for a group.
#[derive(Debug, Clone)]
pub(super) struct Choice {
    /// Of the group's sites.
    pub site: usize,
    /// Whether another was nearly as good.
    pub close: bool,
    /// Whether it is where the document is at home: in a division that it names, or not far from others.
    pub at_home: bool,
}

/// What the document speaks of, and the score of each site of each group.
pub(super) struct Chosen {
    pub choices: Vec<Option<Choice>>,
    pub scores: Vec<Scores>,
    surroundings: Surroundings,
}

impl Chosen {
    /// Whether one of the countries is a subject of the document and no passing mention.
    pub fn speaks_of(&self, codes: &[Text]) -> bool {
        self.surroundings.speaks_of(codes)
    }
}

/// How likely each of a group's sites is; they sum up to 1.
pub(super) type Chances = SmallVec<[f64; 2]>;

/// The scores of a group's sites, in their order.
pub(super) type Scores = SmallVec<[f64; 2]>;

/// What speaks for a site before the rest of the document is looked at.
fn standing(group: &Group<'_>, site: &Site<'_>) -> f64 {
    let first = site.first();
    let unknown = if first.level == Level::Town { weight::UNKNOWN_TOWN } else { weight::UNKNOWN };
    let size = site.size().unwrap_or(unknown);
    let base = match first.level {
        Level::Country => weight::COUNTRY,
        Level::Historical => weight::HISTORICAL,
        Level::Region => weight::REGION,
        Level::Feature => weight::FEATURE,
        Level::Admin1 if first.state && (group.contains || !has_own_city(group, site)) => size + weight::STATE,
        Level::Admin2 if site.primary => size + weight::COUNTY,
        Level::Admin1 | Level::Admin2 => size + weight::DIVISION,
        Level::City => size,
        Level::Town => size + weight::TOWN,
    };
    let bonus = [
        (site.primary, weight::PRIMARY),
        (site.capital().is_some(), weight::CAPITAL),
        (group.within.iter().any(|container| site.lies_in(container)), weight::WITHIN),
    ];
    base + bonus.iter().filter(|(holds, _)| *holds).map(|(_, weight)| weight).sum::<f64>()
}

/// Whether a great city of the same name lies in a state: then that is what the name means.
fn has_own_city(group: &Group<'_>, state: &Site<'_>) -> bool {
    let is_great = |site: &Site<'_>| site.first().level == Level::City && site.size().is_some_and(|size| size >= GREAT);
    group.sites.iter().any(|site| is_great(site) && site.admin1() == state.admin1())
}

/// The own score of a site with what the rest of the document adds.
fn moved(round: &Round<'_, '_>, number: usize, site: &Site<'_>, own: f64) -> f64 {
    let said = round.surroundings.of(number, site, NEAR);
    own + weight::SAME_COUNTRY * said.country
        + weight::SAME_DIVISION * said.division
        + weight::NEAR * said.near
        + weight::BESIDE * round.beside(number, site)
        + weight::PEERS * round.peers(number, site)
}

/// What is likely so far.
struct Round<'g, 'a> {
    groups: &'g [Group<'a>],
    chances: &'g [Chances],
    surroundings: &'g Surroundings,
}

impl Round<'_, '_> {
    /// How much those that stand in a sentence with a group speak for one of its sites, from 0 to 1: half for the country that
    /// they are in, half for how near they are.
    fn beside(&self, number: usize, site: &Site<'_>) -> f64 {
        let (mut known, mut country, mut near) = (0.0, 0.0, 0.0_f64);
        for other in self.groups[number].beside.iter().filter(|other| self.groups[**other].is_evidence()) {
            let (mut same, mut close) = (0.0, 0.0);
            for (each, chance) in self.groups[*other].sites.iter().zip(&self.chances[*other]) {
                if each.country().is_some() && each.country() == site.country() {
                    same += chance;
                    if each.admin1().is_some() && each.admin1() == site.admin1()
                        || within(each.first().degrees, site.first().degrees, BESIDE)
                    {
                        close += chance;
                    }
                }
            }
            known += 1.0;
            country += same;
            near = near.max(close);
        }
        if known == 0.0 { 0.0 } else { country / known / 2.0 + near / 2.0 }
    }

    /// The part of those that stand in a sentence with a group that are of a site's level.
    fn peers(&self, number: usize, site: &Site<'_>) -> f64 {
        let beside = || self.groups[number].beside.iter().filter(|other| self.groups[**other].is_evidence());
        let of_level = |other: &usize| -> f64 {
            let sites = self.groups[*other].sites.iter().zip(&self.chances[*other]);
            sites
                .filter(|(each, _)| tier(each.first().level) == tier(site.first().level))
                .map(|(_, chance)| chance)
                .sum()
        };
        let known = beside().count();
        if known == 0 { 0.0 } else { beside().map(of_level).sum::<f64>() / known as f64 }
    }
}

/// Countries, states or towns: what is named together is often of one kind.
fn tier(level: Level) -> u8 {
    match level {
        Level::Country | Level::Historical | Level::Region => 0,
        Level::Admin1 => 1,
        Level::Admin2 | Level::Feature | Level::City | Level::Town => 2,
    }
}

/// The chances of sites by their scores; they sum up to 1.
pub(super) fn chances(scores: &[f64]) -> Chances {
    let best = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let odds: Chances = scores.iter().map(|score| 10f64.powf(score - best)).collect();
    let sum: f64 = odds.iter().sum();
    odds.iter().map(|odds| odds / sum).collect()
}

/// The best of a group's sites, and its lead over the next that is another place.
fn best(scores: &Scores, sites: &[Site<'_>]) -> Option<(usize, f64)> {
    let better = |at: &usize, other: &usize| scores[*at].total_cmp(&scores[*other]).then(other.cmp(at));
    let first = (0..sites.len()).max_by(better)?;
    let is_other = |at: &usize| *at != first && !within(sites[*at].first().degrees, sites[first].first().degrees, SAME);
    let next = (0..sites.len()).filter(is_other).max_by(better);
    Some((first, next.map_or(f64::INFINITY, |next| scores[first] - scores[next])))
}

/// A site for each group, and what the document is about.
pub(super) fn choose(groups: &mut [Group<'_>]) -> Chosen {
    let own: Vec<Scores> = groups.iter_mut().map(own_scores).collect();
    let mut scores = own.clone();
    let mut surroundings = Surroundings::default();
    // Where nothing is left open, one round tells what the document speaks of.
    let open: Vec<bool> = groups
        .iter()
        .zip(&own)
        .map(|(group, own)| best(own, &group.sites).is_some_and(|(_, lead)| lead < MOVING))
        .collect();
    let rounds = if open.contains(&true) { ROUNDS } else { 1 };
    for _ in 0..rounds {
        let chances: Vec<Chances> = scores.iter().map(|scores| chances(scores)).collect();
        surroundings = around(groups, &chances);
        let round = Round { groups, chances: &chances, surroundings: &surroundings };
        for (number, group) in groups.iter().enumerate().filter(|(number, _)| open[*number]) {
            for (at, site) in group.sites.iter().enumerate() {
                scores[number][at] = moved(&round, number, site, own[number][at]);
            }
        }
    }
    let choices = groups.iter().enumerate().map(|(number, group)| {
        best(&scores[number], &group.sites).map(|(site, lead)| Choice {
            site,
            close: lead < CLOSE,
            at_home: group.asks_for_home && surroundings.is_home(number, &group.sites[site], NEAR),
        })
    });
    Chosen { choices: choices.collect(), scores, surroundings }
}

/// The own scores of a group's sites; of very many, the best are kept.
fn own_scores(group: &mut Group<'_>) -> Scores {
    let mut scores: Scores = group.sites.iter().map(|site| standing(group, site)).collect();
    if scores.len() > MOST {
        let mut order: Vec<usize> = (0..scores.len()).collect();
        order.sort_by(|a, b| scores[*b].total_cmp(&scores[*a]).then(a.cmp(b)));
        order.truncate(MOST);
        order.sort_unstable();
        group.sites = order.iter().map(|at| group.sites[*at].clone()).collect();
        scores = order.iter().map(|at| scores[*at]).collect();
    }
    scores
}

/// What the document speaks of, as far as the chances tell.
fn around(groups: &[Group<'_>], chances: &[Chances]) -> Surroundings {
    let mut surroundings = Surroundings::default();
    for (number, (group, chances)) in groups.iter().zip(chances).enumerate() {
        for container in &group.within {
            surroundings.add(number, container, 1.0, 1.0);
        }
        let part = if group.is_evidence() { 1.0 } else { group.hearsay() };
        for (site, chance) in group.sites.iter().zip(chances).filter(|(_, chance)| part * **chance >= LIKELY) {
            surroundings.add(number, site, part * chance, group.count as f64);
        }
    }
    surroundings.sort();
    surroundings
}
