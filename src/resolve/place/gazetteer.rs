//! The gazetteers as one: what a row of any of them says, by columns looked up once.

use rustc_hash::FxHashMap;

use crate::lexicon::Table;
use crate::normalize::PlaceCandidate;
use crate::rules::Ruleset;

/// How a gazetteer ranks its places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    Country,
    Historical,
    Region,
    Admin1,
    Feature,
    City,
}

/// Gazetteers by file, with the type of their places where no column says it.
const FILES: [(&str, Level, &str); 7] = [
    ("place/countries", Level::Country, "country"),
    ("place/historical", Level::Historical, "country"),
    ("place/regions", Level::Region, "region"),
    ("place/admin1", Level::Admin1, "admin1"),
    ("place/features", Level::Feature, "feature"),
    ("place/supplement", Level::City, "city"),
    ("place/cities", Level::City, "city"),
];

/// Columns of one gazetteer.
#[derive(Debug)]
struct Columns {
    level: Level,
    place_type: &'static str,
    name: Option<usize>,
    aliases: Option<usize>,
    kind: Option<usize>,
    country: Option<usize>,
    admin1: Option<usize>,
    latitude: Option<usize>,
    longitude: Option<usize>,
    id: Option<usize>,
    population: Option<usize>,
    ranking: Option<usize>,
    postal: Option<usize>,
}

/// Columns of all gazetteers, and rows by code. Made once.
#[derive(Debug, Default)]
pub struct Gazetteer {
    /// By number of the dictionary.
    columns: Vec<Option<Columns>>,
    /// Country code to row of the countries.
    countries: FxHashMap<Box<str>, PlaceCandidate>,
    /// Id of a first-level division to its row.
    admin1: FxHashMap<Box<str>, PlaceCandidate>,
}

/// A row of a gazetteer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Site<'a> {
    pub level: Level,
    pub name: &'a str,
    pub place_type: &'a str,
    /// ISO 3166-1 alpha-2.
    pub country: Option<&'a str>,
    /// Id of the first-level division.
    pub admin1: Option<&'a str>,
    /// As the gazetteer writes them.
    pub point: Option<(&'a str, &'a str)>,
    /// The same as numbers.
    pub degrees: (f64, f64),
    pub id: Option<&'a str>,
    pub population: Option<&'a str>,
    /// Common logarithm of the number of people, for ranking; `None`: not known.
    pub size: Option<f64>,
    /// Whether it is a state that is spoken of by its name alone (those with a postal code of their own).
    pub state: bool,
    /// Whether the text has the row's own name and not an alias.
    pub primary: bool,
    /// The name of the city as its country's capital.
    pub capital: Option<&'a str>,
}

impl Gazetteer {
    /// The gazetteers of the rules.
    pub fn new(ruleset: &Ruleset) -> Self {
        let mut gazetteer = Self::default();
        for (file, level, place_type) in FILES {
            let Some((number, table)) = ruleset.lexicon.table_named(file) else { continue };
            let at = usize::from(number);
            if gazetteer.columns.len() <= at {
                gazetteer.columns.resize_with(at + 1, || None);
            }
            gazetteer.columns[at] = Some(Columns::of(table, level, place_type));
            match level {
                Level::Country => index(table, number, "code", &mut gazetteer.countries),
                Level::Admin1 => index(table, number, "id", &mut gazetteer.admin1),
                _ => {}
            }
        }
        gazetteer
    }

    /// What a row says of a place that the text calls `surface` (folded).
    pub(super) fn site<'a>(
        &self,
        ruleset: &'a Ruleset,
        candidate: PlaceCandidate,
        is_name: impl Fn(&str) -> bool,
    ) -> Option<Site<'a>> {
        let columns = self.columns.get(usize::from(candidate.table))?.as_ref()?;
        let table = ruleset.lexicon.table(candidate.table);
        let row = candidate.row as usize;
        let cell = |column: Option<usize>| Some(table.cell(row, column?)).filter(|cell| !cell.is_empty());
        let name = cell(columns.name)?;
        let country = cell(columns.country).filter(|codes| !codes.contains('|'));
        let point = cell(columns.latitude).zip(cell(columns.longitude));
        let mut site = Site {
            level: columns.level,
            name,
            place_type: cell(columns.kind).unwrap_or(columns.place_type),
            country,
            admin1: cell(columns.admin1),
            point,
            degrees: point.map_or((0.0, 0.0), |(latitude, longitude)| (number(latitude), number(longitude))),
            id: cell(columns.id),
            population: cell(columns.population),
            size: cell(columns.ranking).map(|people| number(people).max(1.0).log10()),
            state: cell(columns.postal).is_some(),
            primary: is_name(name),
            capital: None,
        };
        if site.level == Level::City
            && let Some(capital) = country.and_then(|code| self.capital(ruleset, code))
            && (capital == name || cell(columns.aliases).is_some_and(|all| all.split('|').any(|each| each == capital)))
        {
            site.capital = Some(capital);
        }
        Some(site)
    }

    fn capital<'a>(&self, ruleset: &'a Ruleset, code: &str) -> Option<&'a str> {
        let country = self.countries.get(code)?;
        Some(ruleset.lexicon.table(country.table).get(country.row as usize, "capital"))
    }

    /// Name of a first-level division by its id.
    pub(super) fn admin1_name<'a>(&self, ruleset: &'a Ruleset, id: &str) -> Option<&'a str> {
        let division = self.admin1.get(id)?;
        Some(ruleset.lexicon.table(division.table).get(division.row as usize, "name"))
    }
}

impl Columns {
    fn of(table: &Table, level: Level, place_type: &'static str) -> Self {
        let first = |names: &[&str]| names.iter().find_map(|name| table.column(name));
        Self {
            level,
            place_type,
            name: first(&["name"]),
            aliases: first(&["aliases"]),
            kind: first(&["place_type", "type"]),
            country: first(&["country", "code", "countries"]),
            admin1: if level == Level::Admin1 { first(&["id"]) } else { first(&["admin1"]) },
            latitude: first(&["latitude"]),
            longitude: first(&["longitude"]),
            id: first(&["geonames_id"]),
            population: first(&["population"]),
            ranking: first(&["cities_population", "population"]),
            postal: first(&["postal"]),
        }
    }
}

fn index(table: &Table, number: u16, column: &str, into: &mut FxHashMap<Box<str>, PlaceCandidate>) {
    let Some(column) = table.column(column) else { return };
    for row in 0..table.len() {
        into.insert(table.cell(row, column).into(), PlaceCandidate { table: number, row: row as u32 });
    }
}

/// A plain decimal as a number; 0 for what is none. Exact as the library's own way, which takes ten times as long: up to
/// 15 digits and a power of ten are both exact, so that their quotient is the nearest number.
fn number(text: &str) -> f64 {
    const EXACT: usize = 15;
    let (mut digits, mut scale, mut seen) = (0_u64, 1.0, false);
    let rest = text.strip_prefix('-').unwrap_or(text);
    for byte in rest.bytes() {
        match byte {
            b'0'..=b'9' if rest.len() <= EXACT => {
                digits = digits * 10 + u64::from(byte - b'0');
                scale *= if seen { 10.0 } else { 1.0 };
            }
            b'.' if !seen => seen = true,
            _ => return text.parse().unwrap_or(0.0),
        }
    }
    let value = digits as f64 / scale;
    if rest.len() < text.len() { -value } else { value }
}

/// Kilometres of a degree of latitude, rounded down.
const DEGREE: f64 = 111.0;

/// Whether two points are less than some kilometres apart. Most are not, as their latitudes tell without trigonometry.
pub(super) fn within(from: (f64, f64), to: (f64, f64), kilometres: f64) -> bool {
    (from.0 - to.0).abs() * DEGREE < kilometres && distance(from, to) < kilometres
}

/// Great-circle distance in kilometres.
fn distance((latitude, longitude): (f64, f64), (other_latitude, other_longitude): (f64, f64)) -> f64 {
    let half = |a: f64, b: f64| ((a - b).to_radians() / 2.0).sin().powi(2);
    let along = latitude.to_radians().cos() * other_latitude.to_radians().cos() * half(longitude, other_longitude);
    2.0 * 6371.0 * (half(latitude, other_latitude) + along).sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_of_the_library() {
        for text in
            ["0", "-0", "37.5665", "-126.978", "1234567", "0.1", "89.99999", "123456789.123456789", "", "x", "1e3"]
        {
            assert_eq!(number(text).to_bits(), text.parse::<f64>().unwrap_or(0.0).to_bits(), "{text}");
        }
    }

    #[test]
    fn distances() {
        for (from, to, kilometres) in
            [((0.0, 0.0), (0.0, 180.0), 20015.0), ((48.85, 2.35), (51.51, -0.13), 344.0), ((1.0, 1.0), (1.0, 1.0), 0.0)]
        {
            assert!((distance(from, to) - kilometres).abs() < 1.0, "{from:?} {to:?}: {}", distance(from, to));
        }
    }
}
