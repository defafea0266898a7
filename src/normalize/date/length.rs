//! Lengths of time: `an hour and a half`, `2 weeks and 2 days`, `a few days`.

use std::ops::Range;

use super::knowledge::{Class, Meaning};
use super::model::{Count, Unit};
use super::pieces::Reader;
use crate::normalize::Decimal;

/// A quarter in thousandths.
const QUARTER: i64 = 250;
/// Tokens from a quarter up to the unit that it is of (`of an hour`).
const REACH: usize = 3;

/// A length while it is put together.
#[derive(Default)]
struct Parts {
    parts: Vec<(Count, Unit)>,
    count: Option<Count>,
    /// A half that waits: `half an hour`, `an hour and a half`.
    half: bool,
}

impl Reader<'_> {
    /// The parts of the length that a range of tokens tells.
    pub fn length(&self, range: Range<usize>) -> Vec<(Count, Unit)> {
        let mut found = Parts::default();
        let mut at = range.start;
        while at < range.end {
            at += self.length_piece(at, range.end, &mut found);
        }
        found.end();
        if found.parts.is_empty() { self.running_time(range) } else { found.parts }
    }

    /// Numbers without a unit are hours, minutes and seconds, or minutes and seconds: `2:04:37`.
    fn running_time(&self, range: Range<usize>) -> Vec<(Count, Unit)> {
        let counts: Vec<_> = range.filter_map(|at| self.count(at)).collect();
        let skipped = match counts.len() {
            2 => 1,
            3 => 0,
            _ => return Vec::new(),
        };
        let units = [Unit::Hour, Unit::Minute, Unit::Second].into_iter().skip(skipped);
        counts.into_iter().zip(units).filter(|(count, _)| !matches!(count, Count::Milli(0))).collect()
    }

    /// A number as a count.
    pub fn count(&self, at: usize) -> Option<Count> {
        let number = self.input.scanned.number(at)?;
        if number.form.vague {
            return Some(Count::Unknown);
        }
        let value = number.value.to_decimal()?;
        (&value * &Decimal::from_integer(1000)).to_i64().map(|count| Count::Milli(count.abs()))
    }

    fn length_piece(&self, at: usize, end: usize, found: &mut Parts) -> usize {
        if let Some(length) = self.quarter_of(at, end) {
            found.count = Some(match found.count {
                Some(Count::Milli(count)) => Count::Milli(count + QUARTER),
                _ => Count::Milli(QUARTER),
            });
            return length;
        }
        if let Some((unit, factor)) = self.unit(at, end) {
            // `second` is an ordinal too: a unit behind a count, or where the length ends with it.
            if self.input.scanned.number(at).is_none() || found.count.is_some() || at + 1 == end {
                let length = self.unit_length(at, end);
                if found.count.is_none() && !found.half && self.know.is(self.input, at, Class::UnitPlural) {
                    found.count = Some(Count::Unknown);
                }
                found.unit(unit, factor);
                return length;
            }
        }
        if let Some(count) = self.count(at) {
            if self.is_half(at) {
                found.half = true;
            } else {
                found.count = Some(match (found.count, count) {
                    (Some(Count::Milli(sum)), Count::Milli(more)) if more < 1000 => Count::Milli(sum + more),
                    _ => count,
                });
            }
        } else if let Some((Meaning::Count(count), length)) = self.know.find(self.input, at, end, Class::Count) {
            found.count = Some(count);
            return length;
        } else if self.is_half(at) {
            found.half = true;
        }
        1
    }

    /// A quarter before a unit is a fourth of it (`a quarter of an hour`, `4 and a quarter hours`); gives its tokens.
    fn quarter_of(&self, at: usize, end: usize) -> Option<usize> {
        matches!(self.unit(at, end)?, (Unit::Quarter, _)).then_some(())?;
        let length = self.know.find(self.input, at, end, Class::UnitQuarter).map_or(1, |(_, length)| length);
        let is_unit = |at: &usize| matches!(self.unit(*at, end), Some((unit, _)) if unit != Unit::Quarter);
        (at + length..end.min(at + length + REACH)).any(|at| is_unit(&at)).then_some(length)
    }

    fn unit_length(&self, at: usize, end: usize) -> usize {
        self.know.find(self.input, at, end, Class::Unit).map_or(1, |(_, length)| length)
    }

    /// The number word for a half, alone.
    fn is_half(&self, at: usize) -> bool {
        self.know.is(self.input, at, Class::NumberHalf)
    }
}

impl Parts {
    fn unit(&mut self, unit: Unit, factor: i64) {
        let half = std::mem::take(&mut self.half);
        let count = match (self.count.take(), half) {
            (Some(Count::Milli(count)), true) => Count::Milli(count + 500),
            (Some(count), _) => count,
            (None, true) => Count::Milli(500),
            (None, false) => Count::whole(1),
        };
        let count = match count {
            Count::Milli(count) => Count::Milli(count.saturating_mul(factor)),
            Count::Unknown => Count::Unknown,
        };
        self.parts.push((count, unit));
    }

    /// A half behind the unit belongs to the unit; a bare number behind hours counts minutes (`3 hours twenty`).
    fn end(&mut self) {
        let Some((count, unit)) = self.parts.last_mut() else { return };
        match (self.half, self.count, count) {
            (true, _, Count::Milli(count)) => *count += 500,
            (false, Some(minutes), _) if *unit == Unit::Hour => self.parts.push((minutes, Unit::Minute)),
            _ => {}
        }
    }
}
