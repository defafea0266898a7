//! The sites of a document's names side by side, their countries and divisions numbered: what the rounds of a choice read
//! again and again.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::gazetteer::{Code, Level, Site};
use super::mentions::Group;
use super::sphere::Point;

/// The number of a country, or of a division, among those of a document.
pub(super) type Number = usize;

/// What a site of a name is to others.
#[derive(Debug)]
pub(super) struct Spot {
    /// The name's group.
    pub group: usize,
    pub country: Option<Number>,
    pub division: Option<Number>,
    pub tier: Tier,
    pub point: Point,
    /// Whether it is a point on the map, that can be near to others.
    pub on_map: bool,
    /// Whether it is of a size that has a neighbourhood.
    pub small: bool,
    /// See [`super::gazetteer::Record::local`].
    pub local: f64,
}

/// Countries, states or towns: what is named together is often of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tier {
    Country,
    Division,
    Place,
}

impl Tier {
    /// All of them, each at its own number.
    pub const COUNT: usize = 3;

    fn of(level: Level) -> Self {
        match level {
            Level::Country | Level::Historical | Level::Region => Self::Country,
            Level::Admin1 => Self::Division,
            Level::Admin2 | Level::Feature | Level::City | Level::Town => Self::Place,
        }
    }
}

/// All sites of all groups, and what the text itself says that names lie in.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    /// The sites, group by group and in the order of each group's own; behind them what was stated, by groups, too.
    spots: Vec<Spot>,
    /// Where the sites of each group end.
    ends: Vec<usize>,
    countries: FxHashMap<Code, Number>,
    divisions: FxHashMap<Code, Number>,
    /// Numbers of the spots on the map, from south to north.
    from_south: Vec<usize>,
}

impl Sheet {
    /// The sites of groups.
    pub fn new(groups: &[Group<'_>]) -> Self {
        let mut sheet = Self::default();
        for (number, group) in groups.iter().enumerate() {
            sheet.add(number, &group.sites);
            sheet.ends.push(sheet.spots.len());
        }
        for (number, group) in groups.iter().enumerate() {
            sheet.add(number, &group.within);
        }
        let on_map = sheet.spots.iter().enumerate().filter(|(_, spot)| spot.on_map);
        let mut from_south: Vec<_> = on_map.map(|(at, spot)| (spot.point.latitude, at)).collect();
        from_south.sort_unstable_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
        sheet.from_south = from_south.into_iter().map(|(_, at)| at).collect();
        sheet
    }

    fn add(&mut self, group: usize, sites: &[Site<'_>]) {
        for site in sites {
            let first = site.first();
            let small = matches!(first.level, Level::City | Level::Town | Level::Admin2);
            self.spots.push(Spot {
                group,
                country: site.country().map(|code| number(&mut self.countries, code)),
                division: site.admin1().map(|code| number(&mut self.divisions, code)),
                tier: Tier::of(first.level),
                point: first.point,
                on_map: small && first.place.point.is_some(),
                small,
                local: first.local,
            });
        }
    }

    /// All spots.
    pub fn spots(&self) -> &[Spot] {
        &self.spots
    }

    /// The numbers of the spots that are a group's sites.
    pub fn of_group(&self, group: usize) -> Range<usize> {
        let start = group.checked_sub(1).map_or(0, |before| self.ends[before]);
        start..self.ends[group]
    }

    /// The numbers of what was stated, in the order of groups.
    pub fn stated(&self) -> Range<usize> {
        self.ends.last().copied().unwrap_or_default()..self.spots.len()
    }

    /// The numbers of the spots on the map, from south to north.
    pub fn northward(&self) -> &[usize] {
        &self.from_south
    }

    /// How many groups there are.
    pub fn groups(&self) -> usize {
        self.ends.len()
    }

    /// How many countries and divisions there are.
    pub fn counts(&self) -> (usize, usize) {
        (self.countries.len(), self.divisions.len())
    }

    /// The number of a country.
    pub fn country(&self, code: &str) -> Option<Number> {
        self.countries.get(&Code::of(code)).copied()
    }
}

fn number(numbers: &mut FxHashMap<Code, Number>, code: Code) -> Number {
    let next = numbers.len();
    *numbers.entry(code).or_insert(next)
}
