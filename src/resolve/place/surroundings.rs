//! What a document speaks of: countries, first-level divisions, and the places on the map, each as likely as it is.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::gazetteer::{Code, DEGREE, Level, Site, within};
use crate::normalize::Text;

/// How much the names of a country, or a division, weigh, and how much of that is from each group.
#[derive(Debug, Default, Clone)]
struct Share {
    all: f64,
    by_group: SmallVec<[(usize, f64); 4]>,
}

impl Share {
    fn add(&mut self, group: usize, amount: f64) {
        self.all += amount;
        match self.by_group.last_mut() {
            Some((last, own)) if *last == group => *own += amount,
            _ => self.by_group.push((group, amount)),
        }
    }

    /// Without what a group itself said.
    fn without(&self, group: usize) -> f64 {
        // Groups are added in order.
        let own = self.by_group.binary_search_by_key(&group, |(each, _)| *each).map_or(0.0, |at| self.by_group[at].1);
        (self.all - own).max(0.0)
    }
}

/// A site of a group on the map.
#[derive(Debug, Clone, Copy)]
struct Spot {
    group: usize,
    chance: f64,
    degrees: (f64, f64),
}

/// What the rest of a document says for a site, each from 0 to 1.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Said {
    /// Whether its country is named, and what part of all names are in it.
    pub country: f64,
    /// Whether its division is named.
    pub division: f64,
    /// Whether others are near.
    pub near: f64,
}

/// Countries, divisions and spots.
#[derive(Debug, Default)]
pub(super) struct Surroundings {
    countries: FxHashMap<Code, Share>,
    divisions: FxHashMap<Code, Share>,
    total: Share,
    /// From south to north, once all are in.
    spots: Vec<Spot>,
}

impl Surroundings {
    /// A site that a group may mean, how likely, and how often the document names it.
    pub fn add(&mut self, group: usize, site: &Site<'_>, chance: f64, count: f64) {
        let amount = chance * count;
        if let Some(country) = site.country() {
            self.countries.entry(country).or_default().add(group, amount);
            self.total.add(group, amount);
        }
        if let Some(division) = site.admin1() {
            self.divisions.entry(division).or_default().add(group, amount);
        }
        let first = site.first();
        if matches!(first.level, Level::City | Level::Town | Level::Admin2) && first.place.point.is_some() {
            self.spots.push(Spot { group, chance, degrees: first.degrees });
        }
    }

    /// To be called when all are in.
    pub fn sort(&mut self) {
        self.spots.sort_by(|one, other| one.degrees.0.total_cmp(&other.degrees.0));
    }

    /// What all but the group itself say for one of its sites.
    pub fn of(&self, group: usize, site: &Site<'_>, kilometres: f64) -> Said {
        let mut said = Said::default();
        let total = self.total.without(group);
        if let Some(share) = site.country().and_then(|country| self.countries.get(&country))
            && total > 0.0
        {
            let named = share.without(group);
            said.country = (named / total + named.min(1.0)) / 2.0;
        }
        if let Some(share) = site.admin1().and_then(|division| self.divisions.get(&division)) {
            said.division = share.without(group).min(1.0) * site.first().local;
        }
        if matches!(site.first().level, Level::City | Level::Town | Level::Admin2) {
            said.near = self.near(group, site, kilometres);
        }
        said
    }

    /// The chances of what is less than some kilometres away, of each other group the best; [`ENOUGH`] are a certainty.
    fn near(&self, group: usize, site: &Site<'_>, kilometres: f64) -> f64 {
        let at = site.first().degrees;
        let reach = kilometres / DEGREE;
        let first = self.spots.partition_point(|spot| spot.degrees.0 < at.0 - reach);
        let mut found: SmallVec<[(usize, f64); 8]> = SmallVec::new();
        let mut sum = 0.0;
        for spot in self.spots[first..].iter().take_while(|spot| spot.degrees.0 <= at.0 + reach) {
            if spot.group == group || !within(spot.degrees, at, kilometres) {
                continue;
            }
            match found.iter_mut().find(|(each, _)| *each == spot.group) {
                Some((_, chance)) if *chance >= spot.chance => continue,
                Some((_, chance)) => sum += spot.chance - std::mem::replace(chance, spot.chance),
                None => {
                    found.push((spot.group, spot.chance));
                    sum += spot.chance;
                }
            }
            if sum >= ENOUGH {
                return 1.0;
            }
        }
        sum / ENOUGH
    }

    /// Whether a site is in a division that others speak of, or not far from others.
    pub fn is_home(&self, group: usize, site: &Site<'_>, kilometres: f64) -> bool {
        let said = self.of(group, site, kilometres);
        let division = site.admin1().and_then(|division| self.divisions.get(&division));
        division.is_some_and(|share| share.without(group) >= HOME) || said.near >= NEIGHBOUR / ENOUGH
    }

    /// Whether one of the countries is a subject of the document and no passing mention.
    pub fn speaks_of(&self, codes: &[Text]) -> bool {
        let count: f64 =
            codes.iter().filter_map(|code| self.countries.get(&Code::of(code))).map(|share| share.all).sum();
        count >= SUBJECT && count >= self.total.all / 5.0
    }
}

/// Likely places nearby that say all that any number of them could say.
const ENOUGH: f64 = 2.0;
/// Chances that make a home.
const HOME: f64 = 0.6;
/// Chances nearby that do: one of a small place that only another shows is enough.
const NEIGHBOUR: f64 = 0.45;
/// Names of a country that make it a subject, nearly two.
const SUBJECT: f64 = 1.9;
