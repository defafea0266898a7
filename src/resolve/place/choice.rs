//! Which place of a name is meant.

use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

use super::gazetteer::{Code, Level, Site, within};
use super::mentions::Group;
use crate::normalize::Text;

/// Weights, in powers of ten of people.
mod weight {
    /// A country is as good as a city of a billion.
    pub const COUNTRY: f64 = 9.0;
    pub const REGION: f64 = 8.0;
    pub const HISTORICAL: f64 = 7.5;
    pub const FEATURE: f64 = 7.0;
    /// A place without known people.
    pub const UNKNOWN: f64 = 4.5;
    /// The row's own name and not an alias.
    pub const PRIMARY: f64 = 1.0;
    /// A state goes before its city of the same name …
    pub const STATE: f64 = 0.5;
    /// … and a city before the province around it.
    pub const DIVISION: f64 = -1.5;
    /// The capital of a country.
    pub const CAPITAL: f64 = 1.5;
    /// The text says that it lies there.
    pub const WITHIN: f64 = 20.0;
    /// All that is certain is in its country.
    pub const SAME_COUNTRY: f64 = 2.0;
    /// The document names its division.
    pub const SAME_DIVISION: f64 = 2.0;
    /// Something certain is near.
    pub const NEAR: f64 = 1.0;
}

/// Kilometres that are near.
const NEAR: f64 = 150.0;
/// A lead smaller than this is a close call.
const CLOSE: f64 = 0.8;
/// A lead of this makes a choice certain, so that others may rest on it.
const CERTAIN: f64 = 2.5;

/// The site chosen for a group.
#[derive(Debug, Clone, Copy)]
pub(super) struct Choice {
    pub site: usize,
    /// Whether another was nearly as good.
    pub close: bool,
}

/// Countries and divisions that the document speaks of.
#[derive(Debug, Default)]
pub(super) struct About {
    countries: FxHashMap<Code, f64>,
    divisions: FxHashSet<Code>,
    anchors: Vec<(usize, (f64, f64))>,
    total: f64,
}

impl About {
    fn add(&mut self, group: usize, site: &Site<'_>, count: f64) {
        if let Some(country) = site.country() {
            *self.countries.entry(country).or_default() += count;
            self.total += count;
        }
        if let Some(division) = site.admin1() {
            self.divisions.insert(division);
        }
        let first = site.first();
        if matches!(first.level, Level::City | Level::Admin1) && first.place.point.is_some() {
            self.anchors.push((group, first.degrees));
        }
    }

    fn score(&self, group: usize, site: &Site<'_>) -> f64 {
        let mut score = 0.0;
        if let Some(country) = site.country()
            && self.total > 0.0
        {
            score += weight::SAME_COUNTRY * self.countries.get(&country).copied().unwrap_or(0.0) / self.total;
        }
        if let Some(division) = site.admin1()
            && self.divisions.contains(&division)
        {
            score += weight::SAME_DIVISION;
        }
        let near = |(other, at): &(usize, (f64, f64))| *other != group && within(*at, site.first().degrees, NEAR);
        if site.first().level == Level::City && self.anchors.iter().any(near) {
            score += weight::NEAR;
        }
        score
    }

    /// The own scores of a group's sites with what the document adds.
    fn scores(&self, number: usize, group: &Group<'_>, own: &Scores) -> Scores {
        own.iter().zip(&group.sites).map(|(score, site)| score + self.score(number, site)).collect()
    }

    /// Whether one of the countries is a subject of the document and no passing mention.
    pub fn speaks_of(&self, codes: &[Text]) -> bool {
        let count: f64 = codes.iter().filter_map(|code| self.countries.get(&Code::of(code))).sum();
        count >= 2.0 && count >= self.total / 5.0
    }
}

/// What speaks for a site before the rest of the document is looked at.
fn standing(group: &Group<'_>, site: &Site<'_>) -> f64 {
    let (first, size) = (site.first(), site.size().unwrap_or(weight::UNKNOWN));
    let base = match first.level {
        Level::Country => weight::COUNTRY,
        Level::Historical => weight::HISTORICAL,
        Level::Region => weight::REGION,
        Level::Feature => weight::FEATURE,
        Level::Admin1 if first.state => size + weight::STATE,
        Level::Admin1 => size + weight::DIVISION,
        Level::City => size,
    };
    let bonus = [
        (site.primary, weight::PRIMARY),
        (site.capital().is_some(), weight::CAPITAL),
        (group.within.iter().any(|container| site.lies_in(container)), weight::WITHIN),
    ];
    base + bonus.iter().filter(|(holds, _)| *holds).map(|(_, weight)| weight).sum::<f64>()
}

/// The scores of a group's sites; none where there is no choice.
type Scores = SmallVec<[f64; 4]>;

/// The best of a group's sites, and its lead over the next that is another place.
fn best(scores: &Scores, sites: &[Site<'_>]) -> Best {
    if sites.len() < 2 {
        return sites.first().map(|_| (0, f64::INFINITY));
    }
    let mut first = 0;
    for (site, score) in scores.iter().enumerate() {
        if score.total_cmp(&scores[first]).is_gt() {
            first = site;
        }
    }
    let mut next: Option<f64> = None;
    for (site, score) in scores.iter().enumerate().filter(|(site, _)| *site != first) {
        if next.is_none_or(|next| score.total_cmp(&next).is_gt())
            && !within(sites[site].first().degrees, sites[first].first().degrees, NEAR)
        {
            next = Some(*score);
        }
    }
    Some((first, next.map_or(f64::INFINITY, |next| scores[first] - next)))
}

/// A site for each group, and what the document is about.
pub(super) fn choose(groups: &[Group<'_>]) -> (Vec<Option<Choice>>, About) {
    let own_scores = |group: &Group<'_>| match group.sites.len() {
        0 | 1 => Scores::new(),
        _ => group.sites.iter().map(|site| standing(group, site)).collect(),
    };
    let own: Vec<Scores> = groups.iter().map(own_scores).collect();
    let moved = |about: &About| -> Vec<Best> {
        let scored = |number: usize| best(&about.scores(number, &groups[number], &own[number]), &groups[number].sites);
        (0..groups.len()).map(scored).collect()
    };
    let first: Vec<Best> = groups.iter().zip(&own).map(|(group, scores)| best(scores, &group.sites)).collect();
    let mut about = speaks(groups, &first);
    let mut last = moved(&about);
    // What the certain ones make certain speaks for the rest.
    if first.iter().zip(&last).any(|(first, second)| certain(first) != certain(second)) {
        about = speaks(groups, &last);
        last = moved(&about);
    }
    let choice = |best: Best| best.map(|(site, lead)| Choice { site, close: lead < CLOSE });
    (last.into_iter().map(choice).collect(), about)
}

/// The best of a group's sites and its lead; none where there is no site.
type Best = Option<(usize, f64)>;

/// The site that is certain.
fn certain(best: &Best) -> Option<usize> {
    best.filter(|(_, lead)| *lead >= CERTAIN).map(|(site, _)| site)
}

fn speaks(groups: &[Group<'_>], best: &[Best]) -> About {
    let mut about = About::default();
    for (number, (group, best)) in groups.iter().zip(best).enumerate() {
        for container in &group.within {
            about.add(number, container, 1.0);
        }
        if let Some(site) = certain(best)
            && group.is_evidence()
        {
            about.add(number, &group.sites[site], group.count as f64);
        }
    }
    about
}
