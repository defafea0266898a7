//! Parts of a whole in words: halves, thirds, "three quarters of a million", "and a half" behind a whole number.

use super::reduce::{Part, exact, is_hyphen, whole};
use super::spoken::Spoken;
use super::token::NumberForm;
use super::words::Role;
use crate::decimal::Decimal;

impl Spoken<'_> {
    /// "half a million", "half a dozen"; "half of"; "a half", where nothing follows that it could be half of.
    pub fn half(&self, at: usize) -> Option<Part> {
        if !self.has(at, Role::Half) {
            return None;
        }
        let half = Decimal::from_ratio(&whole(1), &whole(2))?;
        let form = NumberForm { fraction: true, ..NumberForm::default() };
        let next = self.reducer.after_hyphen(at + 1);
        let scale_at = if self.has(next, Role::Article) { next + 1 } else { next };
        for role in [Role::Scale, Role::Hundred, Role::Dozen] {
            if let Some(scale) = self.value(scale_at, role) {
                return Some(Part { length: scale_at + 1 - at, value: exact(&half * &whole(scale)), form });
            }
        }
        let alone = || {
            let article = at.checked_sub(1).filter(|before| self.has(*before, Role::Article));
            let added = article.and_then(|at| at.checked_sub(1)).is_some_and(|before| self.has(before, Role::And));
            article.is_some() && !added && !self.reducer.is_word(at + 1) && !is_hyphen(self.reducer.glued_sign(at + 1))
        };
        (self.has(at + 1, Role::Of) || alone()).then(|| Part { length: 1, value: exact(half), form })
    }

    /// "quarter million", where the fraction's word is no ordinal.
    pub fn scaled_fraction(&self, at: usize) -> Option<Part> {
        let denominator = self.value(at, Role::Fraction)?;
        let scale = self.value(at + 1, Role::Scale)?;
        if self.has(at, Role::Half) || self.is_rank(at) {
            return None;
        }
        let value = Decimal::from_ratio(&whole(scale), &whole(denominator))?;
        let form = NumberForm { fraction: true, ..NumberForm::default() };
        Some(Part { length: 2, value: exact(value), form })
    }

    /// A fraction of `length` tokens, and "of a million" behind it.
    pub fn fraction_of(&self, at: usize, numerator: i128, denominator: i128, length: usize) -> Option<Part> {
        let value = Decimal::from_ratio(&whole(numerator), &whole(denominator))?;
        let form = NumberForm { fraction: true, ..NumberForm::default() };
        let next = at + length;
        if self.has(next, Role::Of)
            && self.has(next + 1, Role::Article)
            && let Some(scale) = self.value(next + 2, Role::Scale)
        {
            return Some(Part { length: length + 3, value: exact(&value * &whole(scale)), form });
        }
        // "three quarters billion"; "two thirds" of an ordinal's word takes "of a".
        if let Some(scale) = self.value(next, Role::Scale) {
            return Some(Part { length: length + 1, value: exact(&value * &whole(scale)), form });
        }
        Some(Part { length, value: exact(value), form })
    }

    /// What a numerator that ends before `at` is divided by, and the token behind: "thirds", "twenty-fifths",
    /// "hundred-fifths". More parts than the whole has are counted in the plural only ("five thirds").
    pub fn denominator(&self, at: usize, numerator: i128) -> Option<(usize, i128)> {
        let first = self.reducer.after_hyphen(at);
        if self.reducer.glued(at) && first == at {
            return None;
        }
        let part = |at: usize| {
            let word = self.reducer.role(at, Role::Fraction)?;
            Some((word.value, !self.is_rank(at) && !word.weak))
        };
        if let Some((parts, plural)) = part(first) {
            return ((1..parts).contains(&numerator) || plural && parts > 1 && numerator > parts)
                .then_some((first + 1, parts));
        }
        let tens = self.value(first, Role::Ten).or_else(|| self.value(first, Role::Hundred));
        if let Some(tens) = tens.filter(|_| first + 1 < self.reducer.after_hyphen(first + 1))
            && let Some((parts, true)) = part(first + 2)
        {
            return (parts < 10).then_some((first + 3, tens + parts));
        }
        self.one_compound_part(first, numerator)
    }

    /// "one one-hundred-and-fifth": one part, named by an ordinal of several words that nothing goes on behind.
    fn one_compound_part(&self, at: usize, numerator: i128) -> Option<(usize, i128)> {
        let opens = [Role::Ten, Role::Unit].iter().any(|role| self.has(at, *role));
        if numerator != 1 || !opens {
            return None;
        }
        let ordinal = self.cardinal(at).filter(|part| part.form.ordinal && part.length > 1)?;
        let end = at + ordinal.length;
        let closed = !self.reducer.is_word(end) && !is_hyphen(self.reducer.glued_sign(end)) || self.has(end, Role::Of);
        Some((end, ordinal.value.to_i64().filter(|_| closed)?.into()))
    }

    /// "two and a half", "two and a half million".
    pub fn and_a_half(&self, at: usize, next: usize, value: i128) -> Option<Part> {
        let (length, fraction) = self.fraction_part(next)?;
        let form = NumberForm { fraction: true, ..NumberForm::default() };
        // "a million and a half" is one and a half million, "a billion and a half million" names its own scale.
        if let Some(own) = self.value(next - 1, Role::Scale) {
            let named = self.value(next + length, Role::Scale).filter(|scale| *scale < own);
            let length = next + length + usize::from(named.is_some()) - at;
            let more = &fraction * &whole(named.unwrap_or(own));
            return Some(Part { length, value: exact(&whole(value) + &more), form });
        }
        let part = Part { length: next + length - at, value: exact(&whole(value) + &fraction), form };
        let written = self.reducer.scaled(at, part);
        Some(Part { form: NumberForm { digits: false, ..written.form }, ..written })
    }

    /// "and a half", "and three quarters", "-and-a-half" behind a whole number.
    pub fn fraction_part(&self, at: usize) -> Option<(usize, Decimal)> {
        let and = self.reducer.after_hyphen(at);
        if !self.has(and, Role::And) || and == at && self.reducer.glued(at) {
            return None;
        }
        let first = self.reducer.after_hyphen(and + 1);
        if self.has(first, Role::Article) {
            let second = self.reducer.after_hyphen(first + 1);
            let denominator = if self.has(second, Role::Half) { Some(2) } else { self.value(second, Role::Fraction) };
            if let Some(denominator) = denominator {
                return Some((second + 1 - at, Decimal::from_ratio(&whole(1), &whole(denominator))?));
            }
        }
        let (length, numerator) = self.below_hundred(first)?;
        let (end, denominator) = self.denominator(first + length, numerator)?;
        (numerator < denominator)
            .then(|| Some((end - at, Decimal::from_ratio(&whole(numerator), &whole(denominator))?)))?
    }
}
