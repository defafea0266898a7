//! What the dictionaries of dates mean, read once per ruleset, so that a match costs no look-up by name.

use std::ops::Range;

use super::model::{Count, HolidayRule, Modifier, Season, Tense, Unit};
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
    Holiday(HolidayRule),
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
    UnitWeekend = "time-unit-weekend", UnitQuarter = "time-unit-quarter", UnitHalf = "time-unit-half", UnitLetter = "time-unit-letter", UnitPlural = "unit-plural",
    Season = "season", Part = "day-part", PartSun = "day-part-sun", PartMeal = "day-part-meal", Clock = "clock-word", ClockRelation = "clock-relation",
    Meridiem = "meridiem", MeridiemLetter = "meridiem-letter", Tonight = "tonight", Deictic = "date-deictic", Past = "date-deictic-past",
    That = "date-deictic-that", Back = "date-back", BackWeak = "date-back-weak", Ahead = "date-ahead",
    Then = "date-then", From = "date-from", Day = "date-day", Modifier = "date-modifier",
    ModifierThen = "date-modifier-then", Count = "date-count", Decade = "decade-word", Zone = "timezone",
    Holiday = "holiday", TensePast = "tense-past", TenseFuture = "tense-future",
    TenseNeutral = "tense-neutral",
    Recurrence = "recurrence", NumberHalf = "number-half",
}

/// The TIMEX3 codes of parts of the day.
const PARTS: [&str; 8] = ["TMO", "TAF", "TEV", "TNI", "TDT", "TMEB", "TMEL", "TMED"];

/// The dictionaries of dates, by table and row.
#[derive(Debug)]
pub(crate) struct Knowledge {
    classes: Vec<Option<ClassId>>,
    tables: Vec<Vec<Option<Meaning>>>,
    /// Endings of verbs, longest first.
    suffixes: Vec<(String, Tense)>,
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
        let classes = CLASSES.iter().map(|name| lexicon.classes().get(name)).collect();
        let mut tables: Vec<Vec<Option<Meaning>>> = Vec::new();
        for (name, read) in READERS {
            let Some((number, table)) = lexicon.table_named(name) else { continue };
            let number = usize::from(number);
            if tables.len() <= number {
                tables.resize(number + 1, Vec::new());
            }
            tables[number] = (0..table.len()).map(|row| read(Row { table, row })).collect();
        }
        let mut suffixes: Vec<(String, Tense)> = lexicon.table_named(SUFFIXES).map_or_else(Vec::new, |(_, table)| {
            (0..table.len())
                .map(|row| (table.get(row, "suffix").to_owned(), tense_of(table.get(row, "tense"))))
                .collect()
        });
        suffixes.sort_by_key(|(suffix, _)| std::cmp::Reverse(suffix.len()));
        let mut last_letters: Vec<u8> = suffixes.iter().filter_map(|(suffix, _)| suffix.bytes().last()).collect();
        last_letters.sort_unstable();
        last_letters.dedup();
        Self { classes, tables, suffixes, last_letters }
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
    pub fn is(&self, input: &Input<'_>, at: usize, class: Class) -> bool {
        self.classes[class as usize]
            .is_some_and(|class| input.scanned.sets.get(at).is_some_and(|set| set.contains(class)))
    }

    /// What the longest term of a class that starts at a token means, and how many tokens it has.
    pub fn find(&self, input: &Input<'_>, at: usize, end: usize, class: Class) -> Option<(Meaning, usize)> {
        let id = self.classes[class as usize]?;
        if !input.scanned.sets.get(at)?.contains(id) {
            return None;
        }
        let inside = input.ruleset.lexicon.classes().inside(id);
        let mut last = at + 1;
        while last < end && inside.is_some_and(|inside| input.scanned.sets[last].contains(inside)) {
            last += 1;
        }
        (at + 1..=last).rev().find_map(|end| Some((self.meaning(input, at..end, id)?, end - at)))
    }

    fn meaning(&self, input: &Input<'_>, tokens: Range<usize>, class: ClassId) -> Option<Meaning> {
        let entries = input.entries_in(tokens, &ClassSet::of(class));
        entries.iter().find_map(|entry| *self.tables.get(usize::from(entry.table))?.get(entry.row as usize)?)
    }
}

const SUFFIXES: &str = "date/tense_suffixes";

/// `past`, `tense-past`, `future` …
fn tense_of(code: &str) -> Tense {
    match code.strip_prefix("tense-").unwrap_or(code) {
        "past" => Tense::Past,
        "future" => Tense::Future,
        _ => Tense::Unknown,
    }
}

type Reader = fn(Row<'_>) -> Option<Meaning>;

/// Tables below the rules' root, and what their rows mean. A row that means nothing is refused by a test.
const READERS: [(&str, Reader); 13] = [
    ("date/months", |row| Some(Meaning::Month(integer(row, "number")?))),
    ("date/weekdays", |row| Some(Meaning::Weekday(integer(row, "number")?))),
    ("date/units", |row| Some(Meaning::Unit(unit(row.get("unit")?)?, integer(row, "factor")?))),
    ("date/recurrences", |row| Some(Meaning::Unit(unit(row.get("unit")?)?, integer(row, "factor")?))),
    ("date/seasons", |row| {
        let timex = row.get("timex")?.as_bytes().try_into().ok()?;
        Some(Meaning::Season(Season { timex, month: integer(row, "month")?, edtf: integer(row, "edtf")? }))
    }),
    ("date/day_parts", day_part),
    ("date/relative", |row| Some(Meaning::Pointer(integer(row, "value")?, row.get("anchor") == Some("spoken")))),
    ("date/modifiers", |row| Some(Meaning::Modifier(Modifier::from_code(row.get("modifier")?)?))),
    ("date/quantities", |row| {
        Some(Meaning::Count(match row.get("value")? {
            "X" => Count::Unknown,
            value => Count::whole(value.parse().ok()?),
        }))
    }),
    ("date/decades", |row| Some(Meaning::Decade(integer(row, "decade")?))),
    ("date/timezones", |row| Some(Meaning::Zone(row.get("offset").and_then(offset)))),
    ("date/holidays", |row| Some(Meaning::Holiday(holiday(row.get("rule")?)?))),
    ("date/tense", |row| Some(Meaning::Tense(tense_of(row.get("class")?)))),
];

fn integer<T: std::str::FromStr>(row: Row<'_>, column: &str) -> Option<T> {
    row.get(column)?.parse().ok()
}

fn unit(code: &str) -> Option<Unit> {
    Unit::ALL.iter().find(|(_, name)| *name == code).map(|(unit, _)| *unit)
}

fn day_part(row: Row<'_>) -> Option<Meaning> {
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

const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// `12-25`, `easter-2`, `11-thu-4` (fourth Thursday of November), `5-mon-last`, `11-thu-4+1` (the day after).
pub(crate) fn holiday(rule: &str) -> Option<HolidayRule> {
    if let Some(days) = rule.strip_prefix("easter") {
        return Some(HolidayRule::Easter(if days.is_empty() { 0 } else { days.parse().ok()? }));
    }
    let (rule, days) = match rule.split_once('+') {
        Some((rule, days)) => (rule, days.parse().ok()?),
        None => (rule, 0),
    };
    let mut parts = rule.split('-');
    let month = parts.next()?.parse().ok()?;
    let second = parts.next()?;
    let Some(rank) = parts.next() else { return Some(HolidayRule::Fixed(month, second.parse().ok()?)) };
    let weekday = WEEKDAYS.iter().position(|name| *name == second)? as u8 + 1;
    let rank = if rank == "last" { -1 } else { rank.parse().ok()? };
    Some(HolidayRule::Weekday { month, weekday, rank, days })
}

/// Rows of a table that mean nothing, as lines of the file.
#[cfg(test)]
fn meaningless(table: &Table, read: Reader) -> Vec<u64> {
    (0..table.len()).filter(|row| read(Row { table, row: *row }).is_none()).map(|row| table.line(row)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_means_something() {
        let ruleset = Ruleset::shipped().unwrap();
        for (name, read) in READERS {
            let (_, table) = ruleset.lexicon.table_named(name).unwrap();
            assert_eq!(meaningless(table, read), Vec::<u64>::new(), "{name}.csv");
        }
        for class in CLASSES {
            assert!(ruleset.lexicon.classes().get(class).is_some(), "no dictionary has the class {class}");
        }
    }

    #[test]
    fn rules_of_holidays() {
        for (rule, expected) in [
            ("12-25", Some(HolidayRule::Fixed(12, 25))),
            ("easter", Some(HolidayRule::Easter(0))),
            ("easter-2", Some(HolidayRule::Easter(-2))),
            ("5-mon-last", Some(HolidayRule::Weekday { month: 5, weekday: 1, rank: -1, days: 0 })),
            ("11-thu-4+1", Some(HolidayRule::Weekday { month: 11, weekday: 4, rank: 4, days: 1 })),
            ("11-xyz-4", None),
            ("", None),
        ] {
            assert_eq!(holiday(rule), expected, "{rule}");
        }
    }
}
