//! What a document speaks of: countries, first-level divisions, and the places on the map, each as likely as it is.

use smallvec::SmallVec;

use super::sheet::{Number, Sheet, Spot};
use super::sphere::{Distance, Point};

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

/// A spot on the map that is likely enough.
#[derive(Debug, Clone, Copy)]
struct Marked {
    group: usize,
    chance: f64,
    point: Point,
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
    countries: Vec<Share>,
    divisions: Vec<Share>,
    total: Share,
    /// From south to north.
    marked: Vec<Marked>,
}

impl Surroundings {
    /// What a document speaks of, where each spot has a chance (0: it says nothing) and is named a number of times. The chances
    /// are those of the sheet's spots; the times of what was stated are one.
    pub fn new(sheet: &Sheet, chances: &[f64], times: impl Fn(usize) -> f64) -> Self {
        let (countries, divisions) = sheet.counts();
        let mut all = Self {
            countries: vec![Share::default(); countries],
            divisions: vec![Share::default(); divisions],
            ..Self::default()
        };
        let spots = sheet.spots();
        let mut stated = sheet.stated().peekable();
        for group in 0..sheet.groups() {
            while let Some(at) = stated.next_if(|at| spots[*at].group == group) {
                all.add(&spots[at], 1.0);
            }
            let times = times(group);
            for at in sheet.of_group(group).filter(|at| chances[*at] > 0.0) {
                all.add(&spots[at], chances[at] * times);
            }
        }
        let marked = sheet.northward().iter().filter(|at| chances[**at] > 0.0);
        all.marked.extend(marked.map(|at| {
            let spot = &spots[*at];
            Marked { group: spot.group, chance: chances[*at], point: spot.point }
        }));
        all
    }

    fn add(&mut self, spot: &Spot, amount: f64) {
        if let Some(country) = spot.country {
            self.countries[country].add(spot.group, amount);
            self.total.add(spot.group, amount);
        }
        if let Some(division) = spot.division {
            self.divisions[division].add(spot.group, amount);
        }
    }

    /// What all but its own group say for a site.
    pub fn of(&self, site: &Spot, near: Distance) -> Said {
        let mut said = Said::default();
        let total = self.total.without(site.group);
        if let Some(share) = site.country.map(|country| &self.countries[country])
            && total > 0.0
        {
            let named = share.without(site.group);
            said.country = (named / total + named.min(1.0)) / 2.0;
        }
        said.division = self.division(site).min(1.0) * site.local;
        if site.small {
            said.near = self.near(site, near);
        }
        said
    }

    /// How much all but its own group speak of a site's division.
    fn division(&self, site: &Spot) -> f64 {
        site.division.map_or(0.0, |division| self.divisions[division].without(site.group))
    }

    /// The chances of what is near, of each other group the best; [`ENOUGH`] are a certainty.
    fn near(&self, site: &Spot, near: Distance) -> f64 {
        let (south, north) = (site.point.latitude - near.degrees, site.point.latitude + near.degrees);
        let first = self.marked.partition_point(|marked| marked.point.latitude < south);
        let mut found: SmallVec<[(usize, f64); 8]> = SmallVec::new();
        let mut sum = 0.0;
        for marked in self.marked[first..].iter().take_while(|marked| marked.point.latitude <= north) {
            if marked.group == site.group || !marked.point.is_within(&site.point, near) {
                continue;
            }
            match found.iter_mut().find(|(each, _)| *each == marked.group) {
                Some((_, chance)) if *chance >= marked.chance => continue,
                Some((_, chance)) => sum += marked.chance - std::mem::replace(chance, marked.chance),
                None => {
                    found.push((marked.group, marked.chance));
                    sum += marked.chance;
                }
            }
            if sum >= ENOUGH {
                return 1.0;
            }
        }
        sum / ENOUGH
    }

    /// Whether a site is in a division that others speak of, or not far from others.
    pub fn is_home(&self, site: &Spot, near: Distance) -> bool {
        self.division(site) >= HOME || site.small && self.near(site, near) >= NEIGHBOUR / ENOUGH
    }

    /// Whether one of the countries is a subject of the document and no passing mention.
    pub fn speaks_of(&self, countries: impl Iterator<Item = Number>) -> bool {
        let count: f64 = countries.map(|country| self.countries[country].all).sum();
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
