//! Which place of a name is meant.
//!
//! All names of a document are chosen together. What speaks for each site of a name by itself makes it more or less likely;
//! sites that are likely speak for others in their country, in their division and near them, and so on for some rounds.
//! A name of fifty places says little about any of them, one of a single place much.

use smallvec::SmallVec;

use super::gazetteer::{Level, Site};
use super::mentions::Group;
use super::sheet::{Sheet, Spot, Tier};
use super::sphere::Distance;
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
/// What is near.
const NEAR: Distance = Distance::of(120.0);
/// Two sites of a name this near each other are one choice.
const SAME: Distance = Distance::of(150.0);
/// A lead smaller than this is a close call.
const CLOSE: f64 = 0.8;
/// Within this distance names of one sentence often lie.
const BESIDE: Distance = Distance::of(300.0);
/// Sites of this chance at least speak for others: those of one name share a chance of 1.
const LIKELY: f64 = 0.02;
/// Sites of less chance than this say nothing even to those beside them.
const FAINT: f64 = 0.001;
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
    scores: Vec<f64>,
    sheet: Sheet,
    surroundings: Surroundings,
}

impl Chosen {
    /// Whether one of the countries is a subject of the document and no passing mention.
    pub fn speaks_of(&self, codes: &[Text]) -> bool {
        self.surroundings.speaks_of(codes.iter().filter_map(|code| self.sheet.country(code)))
    }

    /// The scores of a group's sites, in their order.
    pub fn scores(&self, group: usize) -> &[f64] {
        &self.scores[self.sheet.of_group(group)]
    }
}

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

/// What is likely so far.
struct Round<'r, 'a> {
    groups: &'r [Group<'a>],
    tellers: &'r [Teller],
    sheet: &'r Sheet,
    /// By spot; those of a group sum up to 1.
    chances: &'r [f64],
    voices: Vec<Voice>,
    /// Spots that groups may mean, group by group.
    likely: Vec<usize>,
    surroundings: Surroundings,
}

/// What a group's word is worth to others.
struct Teller {
    /// How much it tells what the document is about, from 0 to 1.
    part: f64,
    /// Whether it tells those that stand in a sentence with it anything.
    is_evidence: bool,
}

impl Teller {
    fn of(group: &Group<'_>) -> Self {
        let is_evidence = group.is_evidence();
        Self { part: if is_evidence { 1.0 } else { group.hearsay() }, is_evidence }
    }
}

/// What a group tells those that stand in a sentence with it.
struct Voice {
    /// Spots that it may mean, as a range of [`Round::likely`].
    likely: (usize, usize),
    /// The chance that it is of each level.
    tiers: [f64; Tier::COUNT],
}

impl<'r, 'a> Round<'r, 'a> {
    fn new(groups: &'r [Group<'a>], tellers: &'r [Teller], sheet: &'r Sheet, chances: &'r [f64]) -> Self {
        let mut likely = Vec::with_capacity(chances.len());
        let mut voices = Vec::with_capacity(groups.len());
        for number in 0..groups.len() {
            let (start, mut tiers) = (likely.len(), [0.0; Tier::COUNT]);
            for at in sheet.of_group(number) {
                tiers[sheet.spots()[at].tier as usize] += chances[at];
                if chances[at] >= FAINT {
                    likely.push(at);
                }
            }
            voices.push(Voice { likely: (start, likely.len()), tiers });
        }
        let surroundings = around(groups, tellers, sheet, chances);
        Self { groups, tellers, sheet, chances, voices, likely, surroundings }
    }

    /// What the rest of the document adds to the own score of a site.
    fn moves(&self, site: &Spot) -> f64 {
        let said = self.surroundings.of(site, NEAR);
        let (beside, peers) = self.beside(site);
        weight::SAME_COUNTRY * said.country
            + weight::SAME_DIVISION * said.division
            + weight::NEAR * said.near
            + weight::BESIDE * beside
            + weight::PEERS * peers
    }

    /// How much those that stand in a sentence with its group speak for a site, each from 0 to 1: half for the country that they
    /// are in, half for how near they are; and the part of them that is of the site's level.
    fn beside(&self, site: &Spot) -> (f64, f64) {
        let (mut known, mut country, mut near, mut peers) = (0.0, 0.0, 0.0_f64, 0.0);
        for other in self.groups[site.group].beside.iter().filter(|other| self.tellers[**other].is_evidence) {
            let voice = &self.voices[*other];
            let (mut same, mut close) = (0.0, 0.0);
            for at in &self.likely[voice.likely.0..voice.likely.1] {
                let (each, chance) = (&self.sheet.spots()[*at], self.chances[*at]);
                if each.country.is_some() && each.country == site.country {
                    same += chance;
                    if each.division.is_some() && each.division == site.division
                        || each.point.is_within(&site.point, BESIDE)
                    {
                        close += chance;
                    }
                }
            }
            known += 1.0;
            country += same;
            near = near.max(close);
            peers += voice.tiers[site.tier as usize];
        }
        if known == 0.0 { (0.0, 0.0) } else { (country / known / 2.0 + near / 2.0, peers / known) }
    }
}

/// What the document speaks of, as far as the chances tell.
fn around(groups: &[Group<'_>], tellers: &[Teller], sheet: &Sheet, chances: &[f64]) -> Surroundings {
    let mut heard = vec![1.0; sheet.spots().len()];
    for (number, teller) in tellers.iter().enumerate() {
        for at in sheet.of_group(number) {
            let chance = teller.part * chances[at];
            heard[at] = if chance >= LIKELY { chance } else { 0.0 };
        }
    }
    Surroundings::new(sheet, &heard, |group| groups[group].count as f64)
}

/// Makes the chances of sites of their scores; they sum up to 1.
fn take_chances(scores: &[f64], chances: &mut [f64]) {
    if let [only] = chances {
        *only = 1.0;
        return;
    }
    let best = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut sum = 0.0;
    for (chance, score) in chances.iter_mut().zip(scores) {
        *chance = if *score == best { 1.0 } else { 10f64.powf(score - best) };
        sum += *chance;
    }
    chances.iter_mut().for_each(|chance| *chance /= sum);
}

/// The best of a group's sites, and its lead over the next that is another place.
fn best(scores: &[f64], sites: &[Site<'_>]) -> Option<(usize, f64)> {
    let better = |at: &usize, other: &usize| scores[*at].total_cmp(&scores[*other]).then(other.cmp(at));
    let first = (0..sites.len()).max_by(better)?;
    let is_other = |at: &usize| *at != first && !sites[*at].first().point.is_within(&sites[first].first().point, SAME);
    let next = (0..sites.len()).filter(is_other).max_by(better);
    Some((first, next.map_or(f64::INFINITY, |next| scores[first] - scores[next])))
}

/// A site for each group, and what the document is about.
pub(super) fn choose(groups: &mut [Group<'_>]) -> Chosen {
    let own: Vec<f64> = groups.iter_mut().flat_map(own_scores).collect();
    let sheet = Sheet::new(groups);
    let mut scores = own.clone();
    // Those that the rest of the document can decide. Where nothing is left open, one round tells what it speaks of.
    let is_open = |(number, group): &(usize, &Group<'_>)| {
        best(&own[sheet.of_group(*number)], &group.sites).is_some_and(|(_, lead)| lead < MOVING)
    };
    let open: Vec<usize> = groups.iter().enumerate().filter(is_open).map(|(number, _)| number).collect();
    let mut chances = vec![0.0; own.len()];
    for number in 0..groups.len() {
        take_chances(&own[sheet.of_group(number)], &mut chances[sheet.of_group(number)]);
    }
    let tellers: Vec<_> = groups.iter().map(Teller::of).collect();
    let mut round = 0;
    let surroundings = loop {
        let now = Round::new(groups, &tellers, &sheet, &chances);
        for number in &open {
            let sites = sheet.of_group(*number);
            let best = own[sites.clone()].iter().copied().fold(f64::NEG_INFINITY, f64::max);
            // What is further behind cannot be moved to the front.
            for at in sites.filter(|at| best - own[*at] < MOVING) {
                scores[at] = own[at] + now.moves(&sheet.spots()[at]);
            }
        }
        round += 1;
        if round == ROUNDS || open.is_empty() {
            break now.surroundings;
        }
        for number in &open {
            take_chances(&scores[sheet.of_group(*number)], &mut chances[sheet.of_group(*number)]);
        }
    };
    let choices = groups.iter().enumerate().map(|(number, group)| {
        let sites = sheet.of_group(number);
        let is_home = |site: usize| surroundings.is_home(&sheet.spots()[sites.start + site], NEAR);
        best(&scores[sites.clone()], &group.sites).map(|(site, lead)| Choice {
            site,
            close: lead < CLOSE,
            at_home: group.asks_for_home && is_home(site),
        })
    });
    Chosen { choices: choices.collect(), scores, surroundings, sheet }
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

type Scores = SmallVec<[f64; 2]>;
