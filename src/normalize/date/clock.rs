//! Times of day: `11 a.m.`, `15:30 GMT`, `half past three`, `8 in the evening`.

use std::ops::Range;

use super::knowledge::{Class, Meaning, offset};
use super::model::Unit;
use super::pieces::Reader;
use super::time_of_day::{Clock, DayPart};

/// Minutes.
const HALF_HOUR: i32 = 30;

/// Pieces of a time while they are collected.
#[derive(Default)]
struct Parts {
    numbers: Vec<(u8, bool)>,
    part: Option<DayPart>,
    meridiem: bool,
    offset: Option<i16>,
    named: bool,
    /// Minutes past (or, negative, to) the hour that follows.
    shift: Option<i32>,
}

impl Reader<'_> {
    /// The time that a range of tokens tells; `None` if it tells none that can be.
    pub fn clock(&self, range: Range<usize>) -> Option<Clock> {
        let mut parts = Parts::default();
        let mut at = range.start;
        while at < range.end {
            at += self.clock_piece(at, range.end, &mut parts)?;
        }
        parts.clock()
    }

    fn clock_piece(&self, at: usize, end: usize, parts: &mut Parts) -> Option<usize> {
        if let Some(length) = self.clock_relation(at, end, parts) {
            return Some(length);
        }
        if let Some(number) = self.input.scanned.number(at) {
            let text = self.text(at);
            let digits = number.form.bare_digits;
            if number.form.decimal {
                for piece in text.split(['.', ',']) {
                    parts.numbers.push((piece.parse().ok()?, true));
                }
            } else if digits == 3 || digits == 4 {
                let (hour, minute) = text.split_at(text.len() - 2);
                parts.numbers.push((hour.parse().ok()?, true));
                parts.numbers.push((minute.parse().ok()?, true));
            } else {
                let value = u8::try_from(number.value.to_i64()?).ok()?;
                parts.numbers.push((value, digits == 2));
            }
            return Some(1);
        }
        if let Some(length) = self.numeric_offset(at, end, parts) {
            return Some(length);
        }
        const CLASSES: [Class; 7] = [
            Class::Meridiem,
            Class::MeridiemLetter,
            Class::Part,
            Class::PartSun,
            Class::Clock,
            Class::Tonight,
            Class::Zone,
        ];
        for class in self.know.of_token(self.input, at, &CLASSES) {
            let Some((meaning, length)) = self.know.find(self.input, at, end, class) else { continue };
            match meaning {
                Meaning::Part(part) => {
                    parts.meridiem |= matches!(class, Class::Meridiem | Class::MeridiemLetter);
                    parts.part = Some(part);
                }
                Meaning::Named(hour, part) => {
                    parts.named = parts.numbers.is_empty();
                    if parts.named {
                        parts.numbers.push((hour, false));
                    }
                    parts.part = Some(part);
                }
                Meaning::Zone(offset) => parts.offset = offset,
                _ => {}
            }
            return Some(length);
        }
        Some(1)
    }

    /// `half past`, `a quarter to`, `10 past`: minutes, up to and with the word between them and the hour.
    fn clock_relation(&self, at: usize, end: usize, parts: &mut Parts) -> Option<usize> {
        if !parts.numbers.is_empty() {
            return None;
        }
        if self.know.is(self.input, at, Class::NumberHalf)
            && at + 1 < end
            && self.input.scanned.number(at + 1).is_some()
        {
            // "Half six": half past.
            parts.shift = Some(HALF_HOUR);
            return Some(1);
        }
        let relation = (at + 1..end.min(at + 4)).find(|next| self.know.is(self.input, *next, Class::ClockRelation))?;
        let (Meaning::Pointer(sign, _), length) = self.know.find(self.input, relation, end, Class::ClockRelation)?
        else {
            return None;
        };
        let minutes = (at..relation).find_map(|at| match self.unit(at, end) {
            Some((Unit::Quarter, _)) => Some(15),
            _ if self.know.is(self.input, at, Class::NumberHalf) => Some(HALF_HOUR),
            _ => self.input.scanned.number(at)?.value.to_i64().and_then(|value| i32::try_from(value).ok()),
        })?;
        parts.shift = Some(minutes * sign);
        Some(relation + length - at)
    }

    /// `+09:00`, `-0500` behind a time.
    fn numeric_offset(&self, at: usize, end: usize, parts: &mut Parts) -> Option<usize> {
        let sign = self.text(at);
        if !matches!(sign, "+" | "-") || parts.numbers.len() < 2 || at + 1 >= end {
            return None;
        }
        let text = self.input.text_of(at + 1..end);
        let written: String = match text.len() {
            4 => format!("{sign}{}:{}", text.get(..2)?, text.get(2..)?),
            5 => format!("{sign}{text}"),
            2 => format!("{sign}{text}:00"),
            1 => format!("{sign}0{text}:00"),
            _ => return None,
        };
        parts.offset = offset(&written);
        parts.offset.map(|_| end - at)
    }
}

impl Parts {
    fn clock(self) -> Option<Clock> {
        let mut numbers = self.numbers.iter().map(|(value, _)| *value);
        let Some(hour) = numbers.next() else {
            let part = self.part?;
            return Some(Clock { part: Some(part), offset: self.offset, ..Clock::default() });
        };
        let (mut minute, second) = (numbers.next(), numbers.next());
        if hour > 24 || minute.is_some_and(|minute| minute > 59) || second.is_some_and(|second| second > 60) {
            return None;
        }
        let hour = match self.part {
            _ if self.named => hour,
            Some(part) => half_day(hour, part, self.meridiem),
            None => hour,
        };
        let hour = match self.shift {
            Some(shift) => {
                let total = (i32::from(hour) * 60 + shift).rem_euclid(24 * 60);
                minute = u8::try_from(total % 60).ok();
                u8::try_from(total / 60).ok()?
            }
            None => hour,
        };
        let ambiguous = self.part.is_none() && (1..=12).contains(&hour);
        Some(Clock { hour: Some(hour), minute, second, part: None, offset: self.offset, ambiguous })
    }
}

/// The hour of a half of the day: 12 a.m. is 0, 3 p.m. 15, 11 at night 23, 2 at night 2.
pub(super) fn half_day(hour: u8, part: DayPart, meridiem: bool) -> u8 {
    match (part.afternoon, hour) {
        (false, 12) => 0,
        (true, 12) if !meridiem && part.start >= 18 => 24,
        (true, 1..=4) if !meridiem && part.start >= 18 => hour,
        (true, 1..=11) => hour + 12,
        _ => hour,
    }
}
