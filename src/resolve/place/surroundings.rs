//! What a document speaks of: countries, first-level divisions, and the places on the map, each as likely as it is.

use smallvec::SmallVec;

use super::sheet::{Number, Sheet, Spot};
use super::sphere::{Distance, Point};

/// What a group says itself of a country and a division, to be left out where others are asked about it.
#[derive(Debug, Clone, Copy)]
struct Own {
    country: Option<Number>,
    division: Option<Number>,
    amount: f64,
}

/// What all say without what a group itself said.
fn without(all: f64, own: impl Iterator<Item = f64>) -> f64 {
    (all - own.sum::<f64>()).max(0.0)
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

/// How much the names of countries and divisions weigh, and spots.
#[derive(Debug, Default)]
pub(super) struct Surroundings {
    countries: Vec<f64>,
    divisions: Vec<f64>,
    total: f64,
    /// Group by group.
    own: Vec<Own>,
    /// Where what each group says ends.
    ends: Vec<usize>,
    /// From south to north.
    marked: Vec<Marked>,
}

impl Surroundings {
    /// What a document speaks of, where each spot has a chance (0: it says nothing) and is named a number of times. The chances
    /// are those of the sheet's spots; the times of what was stated are one.
    pub fn new(sheet: &Sheet, chances: &[f64], times: impl Fn(usize) -> f64) -> Self {
        let (countries, divisions) = sheet.counts();
        let mut all = Self {
            countries: vec![0.0; countries],
            divisions: vec![0.0; divisions],
            own: Vec::with_capacity(sheet.spots().len()),
            ends: Vec::with_capacity(sheet.groups()),
            marked: Vec::with_capacity(sheet.northward().len()),
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
            all.ends.push(all.own.len());
        }
        let marked = sheet.northward().iter().filter(|at| chances[**at] > 0.0);
        all.marked.extend(marked.map(|at| {
            let spot = &spots[*at];
            Marked { group: spot.group, chance: chances[*at], point: spot.point }
        }));
        all
    }

    fn add(&mut self, &Spot { country, division, .. }: &Spot, amount: f64) {
        if let Some(country) = country {
            self.countries[country] += amount;
            self.total += amount;
        }
        if let Some(division) = division {
            self.divisions[division] += amount;
        }
        self.own.push(Own { country, division, amount });
    }

    fn own(&self, group: usize) -> &[Own] {
        let start = group.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.own[start..self.ends[group]]
    }

    /// What all but its own group say for a site.
    pub fn of(&self, site: &Spot, near: Distance) -> Said {
        let mut said = Said::default();
        let own = self.own(site.group).iter();
        let total = without(self.total, own.clone().filter(|own| own.country.is_some()).map(|own| own.amount));
        if let Some(country) = site.country
            && total > 0.0
        {
            let own = own.filter(|own| own.country == Some(country)).map(|own| own.amount);
            let named = without(self.countries[country], own);
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
        let Some(division) = site.division else { return 0.0 };
        let own = self.own(site.group).iter().filter(|own| own.division == Some(division));
        without(self.divisions[division], own.map(|own| own.amount))
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
        let count: f64 = countries.map(|country| self.countries[country]).sum();
        count >= SUBJECT && count >= self.total / 5.0
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
