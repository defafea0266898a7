//! The typed values of the five kinds of fact.

use super::Decimal;
pub use crate::text::{Text, spaced};

/// The five kinds of fact; each has a table of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Counts, quantities, percentages, ratios, ages, ordinals.
    Number,
    /// Amounts of money.
    Money,
    /// Toponyms.
    Place,
    /// Organizations.
    Organization,
    /// Dates, times, durations, recurrences, intervals.
    Date,
}

impl Kind {
    /// All kinds, in the order of the tables.
    pub const ALL: [Kind; 5] = [Kind::Number, Kind::Money, Kind::Place, Kind::Organization, Kind::Date];

    /// Name of the kind in rules (`number`) .
    pub fn name(self) -> &'static str {
        match self {
            Kind::Number => "number",
            Kind::Money => "money",
            Kind::Place => "place",
            Kind::Organization => "organization",
            Kind::Date => "date",
        }
    }

    /// Name of the kind's table (`numbers`), which is also its column in documents.csv.
    pub fn table(self) -> &'static str {
        match self {
            Kind::Number => "numbers",
            Kind::Money => "money",
            Kind::Place => "places",
            Kind::Organization => "organizations",
            Kind::Date => "dates",
        }
    }
}

/// How large something is said to be.
#[derive(Debug, Clone, PartialEq)]
pub enum Amount {
    /// One value.
    Exact(Decimal),
    /// Bounds; an open end is `None`, never both.
    Range {
        /// Lower bound, inclusive.
        low: Option<Decimal>,
        /// Upper bound, inclusive.
        high: Option<Decimal>,
    },
    /// Terms of a ratio, `14:1`.
    Ratio(Vec<Decimal>),
}

/// A word that bounds or blurs an amount. The codes are those of the output contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Qualifier {
    /// about, around, some
    Approximately,
    /// at least, or more
    AtLeast,
    /// at most, up to, as many as
    AtMost,
    /// more than, over
    MoreThan,
    /// less than, under
    LessThan,
    /// almost, nearly
    Almost,
}

impl Qualifier {
    /// All qualifiers with their codes.
    pub const ALL: [(Qualifier, &'static str); 6] = [
        (Qualifier::Approximately, "approximately"),
        (Qualifier::AtLeast, "at-least"),
        (Qualifier::AtMost, "at-most"),
        (Qualifier::MoreThan, "more-than"),
        (Qualifier::LessThan, "less-than"),
        (Qualifier::Almost, "almost"),
    ];

    /// The code in the tables.
    pub fn code(self) -> &'static str {
        Self::ALL.iter().find(|(each, _)| *each == self).map_or("", |(_, code)| code)
    }

    /// Whether it bounds the amount on one side, and does not only blur it.
    pub fn bounds(self) -> bool {
        matches!(self, Qualifier::AtLeast | Qualifier::AtMost | Qualifier::MoreThan | Qualifier::LessThan)
    }

    /// The qualifier of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, each)| *each == code).map(|(qualifier, _)| *qualifier)
    }
}

/// What a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberType {
    /// 2,640,000 people
    Cardinal,
    /// the fourth floor
    Ordinal,
    /// 78%
    Percent,
    /// 14 to 1
    Ratio,
    /// ten-fold
    Multiplier,
    /// 40 m
    Quantity,
    /// 22-year-old
    Age,
}

impl NumberType {
    /// All types with their codes in the tables and rules.
    pub const ALL: [(NumberType, &'static str); 7] = [
        (NumberType::Cardinal, "cardinal"),
        (NumberType::Ordinal, "ordinal"),
        (NumberType::Percent, "percent"),
        (NumberType::Ratio, "ratio"),
        (NumberType::Multiplier, "multiplier"),
        (NumberType::Quantity, "quantity"),
        (NumberType::Age, "age"),
    ];

    /// The code in the tables.
    pub fn code(self) -> &'static str {
        Self::ALL.iter().find(|(each, _)| *each == self).map_or("", |(_, code)| code)
    }
}

/// A number, quantity, percentage, ratio, multiplier, ordinal or age.
#[derive(Debug, Clone, PartialEq)]
pub struct Number {
    /// What it is.
    pub number_type: NumberType,
    /// How large, in `unit`.
    pub amount: Amount,
    /// Attached bounding word.
    pub qualifier: Option<Qualifier>,
    /// UCUM code.
    pub unit: Option<Text>,
    /// The same in the coherent SI unit: amount and UCUM code.
    pub si: Option<(Amount, Text)>,
    /// Head noun phrase of what is counted or measured.
    pub counted: Option<Text>,
}

/// An amount of money.
#[derive(Debug, Clone, PartialEq)]
pub struct Money {
    /// How much, in `currency`.
    pub amount: Amount,
    /// Attached bounding word.
    pub qualifier: Option<Qualifier>,
    /// ISO 4217 code; empty when the text does not tell.
    pub currency: Option<Text>,
    /// Per what: `month`, `hour`, `kg`.
    pub per: Option<Text>,
    /// The same in the currency that was asked for.
    pub converted: Option<Converted>,
    /// Index, among the facts of the document, of the fact that states the same amount.
    pub equivalent: Option<usize>,
}

/// A converted amount of money.
#[derive(Debug, Clone, PartialEq)]
pub struct Converted {
    /// How much.
    pub amount: Amount,
    /// ISO 4217 code.
    pub currency: Text,
    /// Units of the target currency for one unit of the source currency.
    pub rate: Decimal,
    /// The day that the rate was published.
    pub rate_date: jiff::civil::Date,
}

/// A place.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Place {
    /// Canonical name.
    pub name: Text,
    /// `country`, `admin1`, `city`, `river`, …
    pub place_type: Text,
    /// ISO 3166-1 alpha-2.
    pub country: Option<Text>,
    /// Name of the first-level division.
    pub admin1: Option<Text>,
    /// Latitude and longitude in decimal degrees (WGS 84), as the gazetteer writes them.
    pub point: Option<(Text, Text)>,
    /// GeoNames id.
    pub geonames_id: Option<Text>,
    /// Inhabitants.
    pub population: Option<Text>,
}

/// An organization.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Organization {
    /// Canonical long form.
    pub name: Text,
    /// Acronym.
    pub acronym: Option<Text>,
    /// From the closed list of `rules/organization`.
    pub organization_type: Option<Text>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<Text>,
}

/// What a temporal expression is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateType {
    /// A calendar unit: day, month, year, decade …
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// A recurrence.
    Set,
    /// From one date to another.
    Interval,
}

impl DateType {
    /// All types with their codes in the tables and rules.
    pub const ALL: [(DateType, &'static str); 5] = [
        (DateType::Date, "date"),
        (DateType::Time, "time"),
        (DateType::Duration, "duration"),
        (DateType::Set, "set"),
        (DateType::Interval, "interval"),
    ];

    /// The code in the tables.
    pub fn code(self) -> &'static str {
        Self::ALL.iter().find(|(each, _)| *each == self).map_or("", |(_, code)| code)
    }
}

/// A temporal expression.
#[derive(Debug, Clone, PartialEq)]
pub struct Date {
    /// What it is.
    pub date_type: DateType,
    /// TIMEX3 value.
    pub timex: Text,
    /// EDTF, where it can say it.
    pub edtf: Option<Text>,
    /// First day (or instant), `2018-09-01`.
    pub start_date: Option<Text>,
    /// Last day (or instant), inclusive.
    pub end_date: Option<Text>,
    /// TIMEX3 mod: `START`, `MID`, `END`, `APPROX`, …
    pub modifier: Option<Text>,
    /// The date that a relative expression was resolved against.
    pub reference_date: Option<jiff::civil::Date>,
}

/// The value of a fact.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A row of numbers.csv.
    Number(Number),
    /// A row of money.csv.
    Money(Money),
    /// A row of places.csv.
    Place(Place),
    /// A row of organizations.csv.
    Organization(Organization),
    /// A row of dates.csv.
    Date(Date),
}

impl Value {
    /// The kind that decides the table.
    pub fn kind(&self) -> Kind {
        match self {
            Value::Number(_) => Kind::Number,
            Value::Money(_) => Kind::Money,
            Value::Place(_) => Kind::Place,
            Value::Organization(_) => Kind::Organization,
            Value::Date(_) => Kind::Date,
        }
    }
}
