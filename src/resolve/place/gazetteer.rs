//! The gazetteers as one: what a row of any of them says, by columns looked up once.

use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::{SmallVec, smallvec};

use super::sphere::Point;
use crate::lexicon::{Table, fold};
use crate::normalize::{Place, PlaceCandidate, Text};
pub(super) use crate::rules::Level;
use crate::rules::{GazetteerDecl, Ruleset};

/// Common logarithm of the people of a division that tells nothing of the places in it …
const LARGEST: f64 = 8.2;
/// … and of one that tells all.
const LOCAL: f64 = 7.0;
/// What the largest tells all the same.
const LEAST: f64 = 0.3;

/// Names that are no places, each with a reason.
const BLOCKLIST: &str = "place/blocklist";

/// Columns of one gazetteer.
#[derive(Debug)]
struct Columns {
    level: Level,
    place_type: Box<str>,
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

/// The gazetteers by their columns and codes. Made once; a row is read when the first document speaks of it.
#[derive(Debug, Default)]
pub struct Gazetteer {
    /// By number of the dictionary.
    tables: Vec<Option<Rows>>,
    /// Country code to row of the countries.
    countries: FxHashMap<Box<str>, PlaceCandidate>,
    /// Names, folded, that are no places here.
    blocked: FxHashSet<Box<str>>,
    /// Id of a first-level division to its row.
    admin1: FxHashMap<Box<str>, PlaceCandidate>,
}

/// One gazetteer.
#[derive(Debug)]
struct Rows {
    columns: Columns,
    /// What was read so far; none for a row without a name.
    read: Vec<OnceLock<Option<Box<Record>>>>,
}

/// A code of a country or division as a number: to compare it is one step, and to look it up needs no string. Codes of up to
/// 16 bytes, which all are, have a number each. 0 is no code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(super) struct Code(u128);

impl Code {
    /// The number of a code.
    pub fn of(code: &str) -> Self {
        Self(code.as_bytes().chunks(16).fold(0, |sum: u128, part| {
            let mut bytes = [0; 16];
            bytes[..part.len()].copy_from_slice(part);
            sum.rotate_left(5) ^ u128::from_le_bytes(bytes)
        }))
    }

    fn known(self) -> Option<Self> {
        (self.0 != 0).then_some(self)
    }
}

/// A row of a gazetteer, read.
#[derive(Debug)]
pub(super) struct Record {
    pub level: Level,
    /// Whether it is a state that is spoken of by its name alone (those with a postal code of their own).
    pub state: bool,
    country: Code,
    admin1: Code,
    /// How much it tells, from 0 to 1, that its first-level division is named: little where half a country lives there.
    pub local: f64,
    /// Where it is; at 0° north and east where the gazetteer does not tell.
    pub point: Point,
    /// Common logarithm of the number of people, for ranking; `None`: not known.
    size: Option<f64>,
    /// The name as it is looked up.
    pub folded: Text,
    /// What it is in the tables, by this row alone.
    pub place: Place,
    /// The name of the city as its country's capital.
    capital: Option<Text>,
}

/// A place, as one or several rows tell it; the first one decides what it is, and the others fill what it lacks.
#[derive(Debug, Clone)]
pub(super) struct Site<'a> {
    rows: SmallVec<[&'a Record; 2]>,
    /// Whether the text has the own name of a row and not an alias.
    pub primary: bool,
}

impl<'a> Site<'a> {
    /// The place of one row.
    pub fn new(record: &'a Record, primary: bool) -> Self {
        Self { rows: smallvec![record], primary }
    }

    /// The row that decides.
    #[inline]
    pub fn first(&self) -> &'a Record {
        self.rows[0]
    }

    /// Adds the rows of the same place.
    pub fn join(&mut self, other: &Site<'a>) {
        self.rows.extend_from_slice(&other.rows);
        self.primary |= other.primary;
    }

    fn told<T>(&self, of: impl Fn(&'a Record) -> Option<T>) -> Option<T> {
        self.rows.iter().find_map(|row| of(row))
    }

    /// Its country.
    pub fn country(&self) -> Option<Code> {
        self.first().country.known()
    }

    /// Its first-level division.
    pub fn admin1(&self) -> Option<Code> {
        self.told(|row| row.admin1.known())
    }

    /// The name of its first-level division.
    pub fn admin1_name(&self) -> Option<&'a Text> {
        let row = self.rows.iter().find(|row| row.admin1 != Code::default())?;
        row.place.admin1.as_ref()
    }

    /// Whether a row has a GeoNames id.
    pub fn has_id(&self) -> bool {
        self.rows.iter().any(|row| row.place.geonames_id.is_some())
    }

    /// Common logarithm of the number of people, for ranking.
    pub fn size(&self) -> Option<f64> {
        self.told(|row| row.size)
    }

    /// The name of the city as its country's capital.
    pub fn capital(&self) -> Option<&'a Text> {
        self.told(|row| row.capital.as_ref())
    }

    /// What it is in the tables.
    pub fn place(&self) -> Place {
        let mut place = self.first().place.clone();
        if let Some(capital) = self.capital() {
            place.name.clone_from(capital);
        }
        if self.rows.len() > 1 {
            place.admin1 = self.admin1_name().cloned();
            place.geonames_id = self.told(|row| row.place.geonames_id.clone());
            place.population = self.told(|row| row.place.population.clone());
        }
        place
    }
}

impl Gazetteer {
    /// The gazetteers of the rules.
    pub fn new(ruleset: &Ruleset) -> Self {
        let mut gazetteer = Self::default();
        if let Some((_, table)) = ruleset.lexicon.table_named(BLOCKLIST) {
            gazetteer.blocked = (0..table.len()).map(|row| fold(table.get(row, "name")).into()).collect();
        }
        for (number, table) in (0..).zip(ruleset.lexicon.tables()) {
            let declared = ruleset.gazetteers.get(number);
            gazetteer.tables.push(declared.map(|declared| Rows::of(table, declared)));
            match declared.map(|declared| declared.level) {
                Some(Level::Country) => index(table, number, "code", &mut gazetteer.countries),
                Some(Level::Admin1) => index(table, number, "id", &mut gazetteer.admin1),
                _ => {}
            }
        }
        gazetteer
    }

    /// Whether a name, folded, is on the blocklist.
    pub(super) fn is_blocked(&self, name: &str) -> bool {
        self.blocked.contains(name)
    }

    /// The row of a country, by its code.
    pub(super) fn country(&self, ruleset: &Ruleset, code: &str) -> Option<&Record> {
        self.record(ruleset, *self.countries.get(code)?)
    }

    /// What a row says.
    pub(super) fn record(&self, ruleset: &Ruleset, candidate: PlaceCandidate) -> Option<&Record> {
        let rows = self.tables.get(usize::from(candidate.table))?.as_ref()?;
        let read = || self.read(ruleset, &rows.columns, candidate).map(Box::new);
        rows.read.get(candidate.row as usize)?.get_or_init(read).as_deref()
    }

    fn read(&self, ruleset: &Ruleset, columns: &Columns, candidate: PlaceCandidate) -> Option<Record> {
        let table = ruleset.lexicon.table(candidate.table);
        let cell =
            |column: Option<usize>| Some(table.cell(candidate.row as usize, column?)).filter(|cell| !cell.is_empty());
        let name = cell(columns.name)?;
        let country = cell(columns.country).filter(|codes| !codes.contains('|'));
        let point = cell(columns.latitude).zip(cell(columns.longitude));
        let number = |text: &str| text.parse::<f64>().unwrap_or(0.0);
        let is_called = |capital: &&str| {
            *capital == name || cell(columns.aliases).is_some_and(|all| all.split('|').any(|each| each == *capital))
        };
        let capital = country.filter(|_| columns.level == Level::City).and_then(|code| self.capital(ruleset, code));
        let admin1 = cell(columns.admin1);
        let local = admin1
            .and_then(|id| self.people_of(ruleset, id))
            .map_or(1.0, |people| ((LARGEST - people.log10()) / (LARGEST - LOCAL)).clamp(LEAST, 1.0));
        Some(Record {
            local,
            level: columns.level,
            state: cell(columns.postal).is_some(),
            country: country.map(Code::of).unwrap_or_default(),
            admin1: admin1.map(Code::of).unwrap_or_default(),
            point: point.map_or(Point::new(0.0, 0.0), |(north, east)| Point::new(number(north), number(east))),
            size: cell(columns.ranking).map(|people| number(people).max(1.0).log10()),
            folded: fold(name).into(),
            capital: capital.filter(is_called).map(Text::new),
            place: Place {
                name: name.into(),
                place_type: cell(columns.kind).unwrap_or(&columns.place_type).into(),
                country: country.map(Text::new),
                admin1: admin1.and_then(|id| self.admin1_name(ruleset, id)).map(Text::new),
                point: point.map(|(latitude, longitude)| (latitude.into(), longitude.into())),
                geonames_id: cell(columns.id).map(Text::new),
                population: cell(columns.population).map(Text::new),
            },
        })
    }

    /// People of a first-level division.
    fn people_of(&self, ruleset: &Ruleset, id: &str) -> Option<f64> {
        let division = self.admin1.get(id)?;
        let table = ruleset.lexicon.table(division.table);
        table.get(division.row as usize, "cities_population").parse().ok()
    }

    fn capital<'a>(&self, ruleset: &'a Ruleset, code: &str) -> Option<&'a str> {
        let country = self.countries.get(code)?;
        Some(ruleset.lexicon.table(country.table).get(country.row as usize, "capital"))
    }

    /// Name of a first-level division by its id.
    fn admin1_name<'a>(&self, ruleset: &'a Ruleset, id: &str) -> Option<&'a str> {
        let division = self.admin1.get(id)?;
        Some(ruleset.lexicon.table(division.table).get(division.row as usize, "name"))
    }
}

impl Rows {
    fn of(table: &Table, declared: &GazetteerDecl) -> Self {
        let read = (0..table.len()).map(|_| OnceLock::new()).collect();
        Self { columns: Columns::of(table, declared), read }
    }
}

impl Columns {
    fn of(table: &Table, declared: &GazetteerDecl) -> Self {
        let level = declared.level;
        let first = |names: &[&str]| names.iter().find_map(|name| table.column(name));
        Self {
            level,
            place_type: declared.place_type.clone(),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_told_apart() {
        let codes = ["", "US", "SU", "U", "US.TX", "a-code-of-16-byte", "a-code-of-17-bytes", "b-code-of-17-bytes"];
        for (number, code) in codes.iter().enumerate() {
            assert_eq!(codes.iter().position(|each| Code::of(each) == Code::of(code)), Some(number), "{code}");
        }
        assert_eq!((Code::of("").known(), Code::of("US").known()), (None, Some(Code::of("US"))));
    }
}
