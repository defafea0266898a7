//! Reads the pieces of a date out of a range of tokens, whatever their order: the rule's pattern has already decided that
//! they are one date, so a four-digit number can only be its year, and one up to 31 its day.

use std::cell::Cell;
use std::ops::Range;

use super::knowledge::{Class, Knowledge, Meaning};
use super::model::{Anchor, Fields, Holiday, HolidayRule, Moment, Order, Point, Unit, YearPart};
use super::modifier::Modifier;
use super::time_of_day::{Clock, DayPart};
use crate::normalize::Input;

/// Two-digit years up to this are of the 2000s.
const PIVOT: i64 = 30;

/// Tokens with what the dictionaries say of them.
pub(super) struct Reader<'a> {
    pub input: &'a Input<'a>,
    pub know: &'a Knowledge,
    /// What a date in digits that was read leaves open or proves.
    pub order: Cell<Order>,
}

/// The pieces of a date, before they are put together.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    pub fields: Fields,
    /// Pointing word: how far, and whether from what was last spoken of.
    pub pointer: Option<(i32, bool)>,
    pub unit: Option<Unit>,
    /// An ordinal that waits for its unit.
    rank: Option<i64>,
    /// yesterday: -1.
    pub days: Option<i32>,
    pub part: Option<DayPart>,
    pub hour: Option<u8>,
    pub modifier: Option<Modifier>,
}

impl<'a> Reader<'a> {
    pub fn new(input: &'a Input<'a>) -> Self {
        Self { input, know: Knowledge::of(input.ruleset), order: Cell::new(Order::Certain) }
    }

    pub fn text(&self, at: usize) -> &'a str {
        self.input.text_of(at..at + 1)
    }

    fn glued(&self, at: usize) -> bool {
        self.input.scanned.tokens.get(at).is_some_and(|token| token.glued)
    }

    /// The date that a range of tokens tells.
    pub fn point(&self, range: Range<usize>) -> Point {
        self.pieces(range).into_point()
    }

    pub fn pieces(&self, range: Range<usize>) -> Pieces {
        let mut pieces = Pieces::default();
        let mut at = range.start;
        while at < range.end {
            at +=
                self.number(at, range.end, &mut pieces).or_else(|| self.term(at, range.end, &mut pieces)).unwrap_or(1);
        }
        pieces
    }

    /// Takes a number; gives how many tokens it took.
    fn number(&self, at: usize, end: usize, pieces: &mut Pieces) -> Option<usize> {
        if let Some(length) = self.in_digits(at, end, &mut pieces.fields) {
            return Some(length);
        }
        if let Some(part) = self.lettered(at, end) {
            pieces.fields.part = Some(part);
            return Some(2);
        }
        let number = self.input.scanned.number(at)?;
        let value = number.value.to_i64()?.abs();
        let apostrophe = at > 0 && self.glued(at) && matches!(self.text(at - 1), "'" | "’" | "‘");
        let plural = at + 1 < end && self.is_plural(at + 1);
        let fields = &mut pieces.fields;
        if plural && value % 10 == 0 && !number.form.ordinal {
            decade_or_century(value, fields);
            return Some(2);
        }
        if let Some(year) = self.spoken_year(at, end) {
            fields.year = Some(year);
            return Some(2);
        }
        if apostrophe && value < 100 {
            fields.year = Some(two_digit_year(value));
        } else if number.form.ordinal && at + 1 < end && self.ranks(at + 1, end) {
            pieces.rank = Some(value);
        } else if number.form.bare_digits >= 4 || !number.form.digits && value >= 1000 {
            fields.year = Some(i32::try_from(value).ok()?);
        } else if fields.day.is_none() && (1..=31).contains(&value) {
            fields.day = Some(value as u8);
        } else if fields.year.is_none() && fields.day.is_some() && value < 100 {
            fields.year = Some(two_digit_year(value));
        } else if fields.year.is_none() && value < 3000 {
            fields.year = Some(i32::try_from(value).ok()?);
        }
        Some(1)
    }

    /// `Q3`, `2H`: a part of a year by its letter and number, in either order.
    fn lettered(&self, at: usize, end: usize) -> Option<YearPart> {
        let is_letter = |at: usize| self.know.is(self.input, at, Class::PartLetter);
        if at + 1 >= end || !self.glued(at + 1) {
            return None;
        }
        let (letter, number) = if is_letter(at) { (at, at + 1) } else { (at + 1, at) };
        let (Meaning::Unit(unit, _), _) = self.know.find(self.input, letter, end, Class::PartLetter)? else {
            return None;
        };
        let rank = self.input.scanned.number(number)?.value.to_i64()?;
        year_part(unit, u8::try_from(rank).ok()?)
    }

    /// `nineteen ninety-six`, `twenty eighteen`: two numbers in words that are a year.
    fn spoken_year(&self, at: usize, end: usize) -> Option<i32> {
        let word = |at: usize| {
            let number = self.input.scanned.number(at).filter(|number| at < end && !number.form.ordinal)?;
            (!number.form.digits).then(|| number.value.to_i64()).flatten()
        };
        let (century @ 11..=20, year @ 10..=99) = (word(at)?, word(at + 1)?) else { return None };
        i32::try_from(century * 100 + year).ok()
    }

    /// `2018-10-26`, `26.10.2018`, `10/26`: digits that one sign keeps together.
    fn in_digits(&self, at: usize, end: usize, fields: &mut Fields) -> Option<usize> {
        let sign = |at: usize| (at < end && self.glued(at)).then(|| self.text(at));
        let value =
            |at: usize| (at < end && self.glued(at)).then(|| self.input.scanned.number(at)?.value.to_i64()).flatten();
        let separator = sign(at + 1).filter(|sign| matches!(*sign, "/" | "-" | "."))?;
        let first = self.input.scanned.number(at)?.value.to_i64()?;
        let second = value(at + 2)?;
        let third = if sign(at + 3) == Some(separator) { value(at + 4) } else { None };
        let (order, year, month, day) = match third {
            Some(third) if first > 31 => (Order::Certain, Some(first), second, third),
            None if separator != "/" => return None,
            _ => {
                let (order, month, day) = month_and_day(first, second);
                (order, third, month, day)
            }
        };
        if order != Order::Certain {
            self.order.set(order);
        }
        fields.year = year.map(|year| if year < 100 { two_digit_year(year) } else { year as i32 });
        fields.part = u8::try_from(month).ok().filter(|month| (1..=12).contains(month)).map(YearPart::Month);
        fields.day = u8::try_from(day).ok();
        Some(if third.is_some() { 5 } else { 3 })
    }

    /// `s` behind digits: `1990s`, `1990's`, `1990 s`.
    fn is_plural(&self, at: usize) -> bool {
        matches!(self.text(at).trim_start_matches(['\'', '’']), "s" | "S")
    }

    /// Whether a unit that ordinals count in years stands here (`third quarter`, `18th century`), hyphen or not.
    fn ranks(&self, at: usize, end: usize) -> bool {
        let at = if self.text(at) == "-" { at + 1 } else { at };
        let half = self.know.is(self.input, at, Class::UnitHalf);
        half || matches!(self.unit(at, end), Some((Unit::Quarter | Unit::Century, _)))
    }

    /// The unit that a token names.
    pub fn unit(&self, at: usize, end: usize) -> Option<(Unit, i64)> {
        const UNITS: [Class; 7] = [
            Class::Unit,
            Class::UnitName,
            Class::UnitNight,
            Class::UnitWeekend,
            Class::UnitQuarter,
            Class::UnitLetter,
            Class::UnitLong,
        ];
        self.know.of_token(self.input, at, &UNITS).find_map(|class| {
            match self.know.find(self.input, at, end, class)?.0 {
                Meaning::Unit(unit, factor) => Some((unit, factor)),
                _ => None,
            }
        })
    }

    /// Takes a term of the dictionaries; gives how many tokens it took.
    fn term(&self, at: usize, end: usize, pieces: &mut Pieces) -> Option<usize> {
        const ORDER: [Class; 28] = [
            Class::Holiday,
            Class::Month,
            Class::MonthShort,
            Class::MonthLower,
            Class::Weekday,
            Class::WeekdayShort,
            Class::Weekdays,
            Class::Day,
            Class::Season,
            Class::PeriodEnd,
            Class::UnitWeekend,
            Class::UnitQuarter,
            Class::UnitHalf,
            Class::Unit,
            Class::UnitName,
            Class::Tonight,
            Class::Part,
            Class::PartSun,
            Class::PartMeal,
            Class::Clock,
            Class::Meridiem,
            Class::Deictic,
            Class::DeicticMonth,
            Class::Past,
            Class::That,
            Class::Modifier,
            Class::ModifierThen,
            Class::Decade,
        ];
        let (class, (meaning, length)) = self
            .know
            .of_token(self.input, at, &ORDER)
            .find_map(|class| Some((class, self.know.find(self.input, at, end, class)?)))?;
        pieces.take(class, meaning);
        Some(length)
    }
}

impl Pieces {
    fn take(&mut self, class: Class, meaning: Meaning) {
        let fields = &mut self.fields;
        match meaning {
            Meaning::Month(month) => fields.part = Some(YearPart::Month(month)),
            Meaning::Weekday(weekday) => fields.weekday = Some(weekday),
            Meaning::Season(season) => fields.part = Some(YearPart::Season(season)),

            Meaning::Holiday(Holiday { first: HolidayRule::Fixed(month, day), last: None }) => {
                fields.part = Some(YearPart::Month(month));
                fields.day = Some(day);
            }
            Meaning::Holiday(holiday) => fields.holiday = Some(holiday),
            Meaning::Unit(Unit::Weekend, _) => fields.weekend = true,
            Meaning::Unit(unit, _) => {
                if class == Class::PeriodEnd {
                    self.modifier = Some(Modifier::End);
                }
                self.take_unit(unit);
            }
            Meaning::Pointer(days, _) if class == Class::Day => self.days = Some(days),
            Meaning::Pointer(far, spoken) => {
                self.pointer = Some((far, spoken));
                if class == Class::DeicticMonth {
                    self.take_unit(Unit::Month);
                }
            }
            Meaning::Part(part) => {
                self.part = Some(part);
                if class == Class::Tonight {
                    self.days = Some(0);
                }
            }
            Meaning::Named(hour, part) => {
                self.hour = Some(hour);
                self.part = Some(part);
            }
            Meaning::Modifier(modifier) => self.modifier = Some(modifier),
            Meaning::Decade(decade) => fields.decade = Some(190 + decade / 10),
            Meaning::Count(_) | Meaning::Zone(_) | Meaning::Tense(_) => {}
        }
    }

    fn take_unit(&mut self, unit: Unit) {
        let rank = self.rank.take().and_then(|rank| u8::try_from(rank).ok());
        match (rank.and_then(|rank| year_part(unit, rank)), unit, rank) {
            (Some(part), ..) => self.fields.part = Some(part),
            (None, Unit::Century, Some(rank)) => self.fields.century = Some(i32::from(rank) - 1),
            _ => self.unit = Some(unit),
        }
    }

    fn clock(&self) -> Option<Clock> {
        match (self.hour, self.part) {
            (Some(hour), _) => Some(Clock { hour: Some(hour), minute: Some(0), ..Clock::default() }),
            (None, Some(part)) => Some(Clock { part: Some(part), ..Clock::default() }),
            (None, None) => None,
        }
    }

    pub fn into_point(self) -> Point {
        Point { clock: self.clock(), modifier: self.modifier, moment: self.moment(), ..Point::default() }
    }

    fn moment(&self) -> Option<Moment> {
        let said = self.fields != Fields::default();
        let anchor = |spoken: bool| if spoken { Anchor::Spoken } else { Anchor::Document };
        let outer = match (self.days, self.pointer, self.unit) {
            (Some(days), ..) => Some(Moment::Shift {
                from: Anchor::Document,
                steps: vec![(days, Unit::Day)],
                unit: Unit::Day,
                named: true,
            }),
            (None, Some((far, spoken)), Some(unit)) => {
                Some(Moment::Shift { from: anchor(spoken), steps: vec![(far, unit)], unit, named: true })
            }
            (None, Some((far, spoken)), None) if !said && self.part.is_some() => Some(Moment::Shift {
                from: anchor(spoken),
                steps: vec![(far, Unit::Day)],
                unit: Unit::Day,
                named: true,
            }),
            (None, None, Some(unit)) if !said => {
                Some(Moment::Shift { from: Anchor::Spoken, steps: vec![(0, unit)], unit, named: true })
            }
            _ => None,
        };
        match (outer, self.pointer, said) {
            (Some(outer), _, true) => Some(Moment::Within(Box::new(outer), self.fields)),
            (Some(outer), _, false) => Some(outer),
            (None, Some((direction, spoken)), true) => {
                Some(Moment::Directed { direction, from: anchor(spoken), fields: self.fields })
            }
            (None, None, true) => Some(Moment::Fields(self.fields)),
            (None, _, false) => None,
        }
    }
}

/// The first to fourth quarter, the first or second half.
fn year_part(unit: Unit, rank: u8) -> Option<YearPart> {
    match (unit, rank) {
        (Unit::Quarter, 1..=4) => Some(YearPart::Quarter(rank)),
        (Unit::Half, 1..=2) => Some(YearPart::Half(rank)),
        _ => None,
    }
}

/// Which of two numbers is the month: the one that can be; with both, the first, and the order stays open.
pub(super) fn month_and_day(first: i64, second: i64) -> (Order, i64, i64) {
    match (first, second) {
        (13.., _) => (Order::DayFirst, second, first),
        (_, 13..) => (Order::MonthFirst, first, second),
        _ if first == second => (Order::Certain, first, second),
        _ => (Order::Open, first, second),
    }
}

pub(super) fn two_digit_year(value: i64) -> i32 {
    let century = if value <= PIVOT { 2000 } else { 1900 };
    century + value as i32
}

/// `1990s`, `90s`, `1700s`; the 2000s are read as a decade.
fn decade_or_century(value: i64, fields: &mut Fields) {
    let value = if value < 100 { i64::from(two_digit_year(value)) } else { value };
    if value % 100 == 0 && value < 2000 {
        fields.century = i32::try_from(value / 100).ok();
    } else {
        fields.decade = i32::try_from(value / 10).ok();
    }
}
