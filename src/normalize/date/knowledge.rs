//! What the dictionaries of dates mean, read once per ruleset, so that a match costs no look-up by name.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::holidays::HolidayDays;
use super::model::{Count, Holiday, Season, Tense, Unit};
use super::modifier::{DateOrder, Modifier};
use super::time_of_day::DayPart;
#[cfg(test)]
use crate::lexicon::Table;
use crate::lexicon::{ClassId, ClassSet};
use crate::normalize::{Input, Row};
use crate::rules::Ruleset;

/// What a term means.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Meaning {
    /// 1 to 12.
    Month(u8),
    /// 1 (Monday) to 7.
    Weekday(u8),
    /// A unit, so many times.
    Unit(Unit, i64),
    Season(Season),
    Part(DayPart),
    /// A time of day with a name: hour.
    Named(u8, DayPart),
    /// A word that points: how far, and whether from what was last spoken of.
    Pointer(i32, bool),
    Modifier(Modifier),
    Count(Count),
    /// The decade of a century, 90.
    Decade(i32),
    /// Minutes east of Greenwich, where the name tells.
    Zone(Option<i16>),
    Holiday(Holiday),
    Tense(Tense),
}

macro_rules! classes {
    ($($class:ident = $name:literal),* $(,)?) => {
        /// Classes of the dictionaries of dates.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Class { $($class),* }
        const CLASSES: &[&str] = &[$($name),*];
    };
}

classes! {
    Month = "month", MonthShort = "month-short", MonthLower = "month-lower", Weekday = "weekday", WeekdayShort = "weekday-short",
    Weekdays = "weekdays", Unit = "time-unit", UnitName = "time-unit-name", UnitNight = "time-unit-night",
    UnitWeekend = "time-unit-weekend", UnitQuarter = "time-unit-quarter", UnitHalf = "time-unit-half", PartLetter = "part-letter", UnitLetter = "time-unit-letter", UnitLong = "time-unit-long", UnitPlural = "unit-plural", PeriodEnd = "period-end",
    Season = "season", Part = "day-part", PartSun = "day-part-sun", PartMeal = "day-part-meal", Clock = "clock-word", ClockRelation = "clock-relation",
    Meridiem = "meridiem", MeridiemLetter = "meridiem-letter", Tonight = "tonight", Deictic = "date-deictic", DeicticMonth = "date-deictic-month", Past = "date-deictic-past",
    That = "date-deictic-that", Back = "date-back", Ahead = "date-ahead",
    Then = "date-then", From = "date-from", Day = "date-day", Modifier = "date-modifier",
    ModifierThen = "date-modifier-then", Count = "date-count", Decade = "decade-word", Zone = "timezone",
    Holiday = "holiday", TensePast = "tense-past", TenseFuture = "tense-future", TenseProspect = "tense-prospect", TenseLean = "tense-lean",
    TenseNeutral = "tense-neutral", TenseOpen = "tense-open", TenseDefer = "tense-defer", TenseWould = "tense-would", TenseSaid = "tense-said",
    TenseEvent = "tense-event", TensePresent = "tense-present",
    Recurrence = "recurrence", NumberHalf = "number-half",
    BoundBefore = "date-bound", BoundBehind = "date-bound-behind",
}

/// The TIMEX3 codes of parts of the day.
const PARTS: [&str; 8] = ["TMO", "TAF", "TEV", "TNI", "TDT", "TMEB", "TMEL", "TMED"];

/// The dictionaries of dates, by table and row.
#[derive(Debug)]
pub(crate) struct Knowledge {
    classes: Vec<Option<ClassId>>,
    /// All of them: most words have none.
    all: ClassSet,
    tables: Vec<Vec<Option<Meaning>>>,
    /// Endings of verbs, longest first.
    suffixes: Vec<(String, Tense)>,
    holidays: HolidayDays,
    /// Order of day and month, by country.
    orders: FxHashMap<String, DateOrder>,
    /// Letters that an ending ends with: most words end with another.
    last_letters: Vec<u8>,
}

impl Knowledge {
    /// The knowledge of a ruleset, made at the first call.
    pub fn of(ruleset: &Ruleset) -> &Knowledge {
        ruleset.prepared.get(|| Knowledge::new(ruleset))
    }

    fn new(ruleset: &Ruleset) -> Self {
        let lexicon = &ruleset.lexicon;
        let classes: Vec<Option<ClassId>> = CLASSES.iter().map(|name| lexicon.classes().get(name)).collect();
        let mut all = ClassSet::EMPTY;
        classes.iter().flatten().for_each(|class| all.insert(*class));
        let holidays =
            lexicon.table_named(HOLIDAY_DAYS).map_or_else(HolidayDays::default, |(_, table)| HolidayDays::of(table));
        let mut tables: Vec<Vec<Option<Meaning>>> = Vec::new();
        for (name, read) in READERS {
            for (number, table) in lexicon.tables_below(FOLDER, name) {
                let number = usize::from(number);
                if tables.len() <= number {
                    tables.resize(number + 1, Vec::new());
                }
                tables[number] = (0..table.len()).map(|row| read(Row { table, row }, &holidays)).collect();
            }
        }
        let mut suffixes: Vec<(String, Tense)> = lexicon
            .tables_below(FOLDER, SUFFIXES)
            .flat_map(|(_, table)| (0..table.len()).map(move |row| (table, row)))
            .map(|(table, row)| (table.get(row, "suffix").to_owned(), tense_of(table.get(row, "tense"))))
            .collect();
        suffixes.sort_by_key(|(suffix, _)| std::cmp::Reverse(suffix.len()));
        let mut last_letters: Vec<u8> = suffixes.iter().filter_map(|(suffix, _)| suffix.bytes().last()).collect();
        last_letters.sort_unstable();
        last_letters.dedup();
        let orders = lexicon.table_named(ORDERS).map_or_else(FxHashMap::default, |(_, table)| {
            (0..table.len())
                .filter_map(|row| {
                    Some((table.get(row, "country").to_owned(), DateOrder::from_code(table.get(row, "order"))?))
                })
                .collect()
        });
        Self { classes, all, tables, suffixes, last_letters, holidays, orders }
    }

    /// The days of holidays that follow the moon.
    pub fn holidays(&self) -> &HolidayDays {
        &self.holidays
    }

    /// Whether a country writes the day or the month first, if its habit decides.
    pub fn order(&self, country: &str) -> Option<DateOrder> {
        self.orders.get(country).copied()
    }

    /// What the ending of a word in lower case tells.
    pub fn ending(&self, word: &str) -> Tense {
        if !word.bytes().last().is_some_and(|letter| self.last_letters.contains(&letter)) {
            return Tense::Unknown;
        }
        let long = |suffix: &str| word.len() > suffix.len() + 1 && word.ends_with(suffix);
        self.suffixes.iter().find(|(suffix, _)| long(suffix)).map_or(Tense::Unknown, |(_, tense)| *tense)
    }

    /// Whether a token begins a term of a class.
    #[inline]
    pub fn is(&self, input: &Input<'_>, at: usize, class: Class) -> bool {
        self.classes[class as usize].is_some_and(|class| input.scanned.has(at, class))
    }

    /// Those of some classes whose terms a token may begin.
    #[inline]
    pub fn of_token<'c>(
        &self,
        input: &Input<'_>,
        at: usize,
        classes: &'c [Class],
    ) -> impl Iterator<Item = Class> + use<'_, 'c> {
        let set = input.scanned.tokens.get(at).map_or(ClassSet::EMPTY, |_| *input.scanned.set(at));
        let set = if set.meets(&self.all) { set } else { ClassSet::EMPTY };
        let classes = if set == ClassSet::EMPTY { &[] } else { classes };
        let own = move |class: &Class| self.classes[*class as usize].is_some_and(|class| set.contains(class));
        classes.iter().copied().filter(own)
    }

    /// Whether a token begins a term of some class that tells of time.
    #[inline]
    pub fn tells(&self, input: &Input<'_>, at: usize) -> bool {
        input.scanned.tokens.get(at).is_some_and(|_| input.scanned.set(at).meets(&self.all))
    }

    /// What the longest term of a class that starts at a token means, and how many tokens it has.
    pub fn find(&self, input: &Input<'_>, at: usize, end: usize, class: Class) -> Option<(Meaning, usize)> {
        let id = self.classes[class as usize]?;
        if !input.scanned.has(at, id) {
            return None;
        }
        let inside = input.ruleset.lexicon.classes().inside(id);
        let mut last = at + 1;
        while last < end && inside.is_some_and(|inside| input.scanned.has(last, inside)) {
            last += 1;
        }
        (at + 1..=last).rev().find_map(|end| Some((self.meaning(input, at..end, id)?, end - at)))
    }

    fn meaning(&self, input: &Input<'_>, tokens: Range<usize>, class: ClassId) -> Option<Meaning> {
        let entries = input.entries_in(tokens, &ClassSet::of(class));
        entries.iter().find_map(|entry| *self.tables.get(usize::from(entry.table))?.get(entry.row as usize)?)
    }
}

/// Where the dictionaries are; a folder inside it holds those of another language.
const FOLDER: &str = "date";
const SUFFIXES: &str = "tense_suffixes";
const ORDERS: &str = "date/orders";
const HOLIDAY_DAYS: &str = "date/holiday_days";

/// `past`, `tense-past`, `future` …
fn tense_of(code: &str) -> Tense {
    match code.strip_prefix("tense-").unwrap_or(code) {
        "past" => Tense::Past,
        "future" | "prospect" | "lean" => Tense::Future,
        _ => Tense::Unknown,
    }
}

type Reader = fn(Row<'_>, &HolidayDays) -> Option<Meaning>;

/// Tables of the folder, and what their rows mean. A row that means nothing is refused by a test.
const READERS: [(&str, Reader); 14] = [
    ("months", |row, _| Some(Meaning::Month(integer(row, "number")?))),
    ("weekdays", |row, _| Some(Meaning::Weekday(integer(row, "number")?))),
    ("units", |row, _| Some(Meaning::Unit(unit(row.get("unit")?)?, integer(row, "factor")?))),
    ("recurrences", |row, _| Some(Meaning::Unit(unit(row.get("unit")?)?, integer(row, "factor")?))),
    ("seasons", |row, _| {
        let timex = row.get("timex")?.as_bytes().try_into().ok()?;
        Some(Meaning::Season(Season { timex, month: integer(row, "month")?, edtf: integer(row, "edtf")? }))
    }),
    ("day_parts", day_part),
    ("relative", |row, _| Some(Meaning::Pointer(integer(row, "value")?, row.get("anchor") == Some("spoken")))),
    ("bounds", |row, _| Some(Meaning::Modifier(Modifier::from_code(row.get("modifier")?)?))),
    ("modifiers", |row, _| Some(Meaning::Modifier(Modifier::from_code(row.get("modifier")?)?))),
    ("quantities", |row, _| {
        Some(Meaning::Count(match row.get("value")? {
            "X" => Count::Unknown,
            value => Count::whole(value.parse().ok()?),
        }))
    }),
    ("decades", |row, _| Some(Meaning::Decade(integer(row, "decade")?))),
    ("timezones", |row, _| Some(Meaning::Zone(row.get("offset").and_then(offset)))),
    ("holidays", |row, lists| {
        let last = match row.get("until") {
            Some(until) => Some(lists.rule(until)?),
            None => None,
        };
        Some(Meaning::Holiday(Holiday { first: lists.rule(row.get("rule")?)?, last }))
    }),
    ("tense", |row, _| Some(Meaning::Tense(tense_of(row.get("class")?)))),
];

fn integer<T: std::str::FromStr>(row: Row<'_>, column: &str) -> Option<T> {
    row.get(column)?.parse().ok()
}

fn unit(code: &str) -> Option<Unit> {
    Unit::ALL.iter().find(|(_, name)| *name == code).map(|(unit, _)| *unit)
}

fn day_part(row: Row<'_>, _: &HolidayDays) -> Option<Meaning> {
    let afternoon = row.get("half")? == "pm";
    let (start, end) = (integer(row, "start")?, integer(row, "end")?);
    let code = row.get("timex").unwrap_or("");
    let timex = PARTS.iter().find(|each| **each == code).copied().unwrap_or("");
    let part = DayPart { timex, start, end, afternoon };
    Some(if code.contains(':') { Meaning::Named(start, part) } else { Meaning::Part(part) })
}

/// `+05:30` in minutes.
pub(crate) fn offset(text: &str) -> Option<i16> {
    let (sign, rest) = match text.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let (hours, minutes) = rest.split_once(':')?;
    Some(sign * (hours.parse::<i16>().ok()? * 60 + minutes.parse::<i16>().ok()?))
}

/// Rows of a table that mean nothing, as lines of the file.
#[cfg(test)]
fn meaningless(table: &Table, read: Reader, lists: &HolidayDays) -> Vec<u64> {
    (0..table.len()).filter(|row| read(Row { table, row: *row }, lists).is_none()).map(|row| table.line(row)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_means_something() {
        let ruleset = Ruleset::shipped().unwrap();
        for (name, read) in READERS {
            let (_, table) = ruleset.lexicon.tables_below(FOLDER, name).next().unwrap();
            assert_eq!(meaningless(table, read, Knowledge::of(&ruleset).holidays()), Vec::<u64>::new(), "{name}.csv");
        }
        for class in CLASSES {
            assert!(ruleset.lexicon.classes().get(class).is_some(), "no dictionary has the class {class}");
        }
    }

    #[test]
    fn every_day_of_a_holiday_is_one() {
        let ruleset = Ruleset::shipped().unwrap();
        let (_, table) = ruleset.lexicon.table_named(HOLIDAY_DAYS).unwrap();
        for row in 0..table.len() {
            let days: Vec<&str> = table.get(row, "days").split(' ').collect();
            assert!(days.iter().all(|day| day.parse::<jiff::civil::Date>().is_ok()), "{}", table.get(row, "holiday"));
            assert!(days.is_sorted(), "{}", table.get(row, "holiday"));
        }
    }
}
