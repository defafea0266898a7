//! The grammar of numbers in words: which sequences of roles are one number, and what it is worth.
//!
//! The grammar is that of languages that count like English; the words come from [`super::words`].

use super::reduce::{Part, Reduced, Reducer, exact, power_of_ten, whole, whole_value};
use super::token::{NumberForm, NumberToken};
use super::words::{Role, bits};
use crate::decimal::Decimal;

/// Roles with which counting can begin.
const COUNTED: u32 = bits(&[
    Role::Unit,
    Role::Teen,
    Role::Ten,
    Role::Hundred,
    Role::Scale,
    Role::Dozen,
    Role::OrdinalUnit,
    Role::OrdinalTeen,
    Role::OrdinalTen,
    Role::OrdinalScale,
]);

pub(super) struct Spoken<'a> {
    pub reducer: Reducer<'a>,
}

/// A whole number below the next scale, while words are added to it.
#[derive(Default)]
struct Sum {
    /// What whole scales made so far.
    total: i128,
    /// The last scale, which the next one must stay below.
    limit: Option<i128>,
    /// What is being counted up before the next scale.
    current: Option<i128>,
    /// The part of `current` that stands before "and", which a dozen behind it does not count: "a hundred and two dozen".
    apart: i128,
}

impl Sum {
    fn value(&self) -> i128 {
        self.total + self.current.unwrap_or(0)
    }

    fn is_empty(&self) -> bool {
        self.current.is_none() && self.limit.is_none()
    }
}

impl Spoken<'_> {
    #[inline]
    pub fn value(&self, at: usize, role: Role) -> Option<i128> {
        self.reducer.role(at, role).map(|word| word.value)
    }

    #[inline]
    pub fn has(&self, at: usize, role: Role) -> bool {
        self.reducer.role(at, role).is_some()
    }

    /// The number in words that starts at a token.
    pub fn number(&self, at: usize) -> Option<Reduced> {
        let roles = self.reducer.roles(at);
        let can = |wanted: u32| roles & wanted != 0;
        let begins =
            |wanted: u32, take: fn(&Self, usize) -> Option<Part>| can(wanted).then(|| take(self, at)).flatten();
        let found = begins(bits(&[Role::Minus]), Self::negative)
            .or_else(|| begins(bits(&[Role::Half]), Self::half))
            .or_else(|| begins(bits(&[Role::Fraction]), Self::scaled_fraction))
            .or_else(|| begins(bits(&[Role::Article]), Self::article))
            .or_else(|| begins(bits(&[Role::Article, Role::Couple]), Self::couple))
            .or_else(|| begins(bits(&[Role::Vague]), Self::vague))
            .or_else(|| begins(COUNTED, Self::cardinal))?;
        let mut form = found.form;
        form.weak = found.length == 1
            && [Role::Unit, Role::OrdinalUnit, Role::Scale]
                .iter()
                .any(|role| self.reducer.role(at, *role).is_some_and(|word| word.weak));
        Some(Reduced { length: found.length, number: NumberToken { value: found.value, form } })
    }

    /// "minus five", "minus 5".
    fn negative(&self, at: usize) -> Option<Part> {
        if !self.has(at, Role::Minus) || self.reducer.glued(at + 1) {
            return None;
        }
        let found = self.reducer.reduce(at + 1)?;
        if found.number.form.ordinal || found.number.form.vague || found.number.form.negative {
            return None;
        }
        let value = found.number.value.to_decimal()?;
        let form = NumberForm { negative: true, bare_digits: 0, ..found.number.form };
        Some(Part { length: found.length + 1, value: exact(&value * &whole(-1)), form })
    }

    /// "a hundred and five", "a dozen"; "a third of", "a quarter of a million".
    fn article(&self, at: usize) -> Option<Part> {
        if !self.has(at, Role::Article) || self.reducer.roles(at + 1) == 0 {
            return None;
        }
        if [Role::Hundred, Role::Scale, Role::Dozen].iter().any(|role| self.has(at + 1, *role))
            && !self.has(at + 2, Role::Of)
        {
            return self
                .counted(at + 1, Sum { current: Some(1), ..Sum::default() })
                .map(|part| Part { length: part.length + 1, ..part });
        }
        if let Some(half) = self.has(at + 1, Role::Half).then(|| self.half(at + 1)).flatten() {
            return Some(Part { length: half.length + 1, ..half });
        }
        if let Some(part) = self.scaled_fraction(at + 1) {
            return Some(Part { length: part.length + 1, ..part });
        }
        let denominator = self.value(at + 1, Role::Fraction)?;
        if !self.has(at + 2, Role::Of) {
            return None;
        }
        self.fraction_of(at, 1, denominator, 2)
    }

    /// "a couple of dozen", "a couple hundred".
    fn couple(&self, at: usize) -> Option<Part> {
        let start = if self.has(at, Role::Article) { at + 1 } else { at };
        let value = self.value(start, Role::Couple)?;
        let next = if self.has(start + 1, Role::Of) { start + 2 } else { start + 1 };
        let scale = [Role::Dozen, Role::Hundred, Role::Scale].iter().find_map(|role| self.value(next, *role))?;
        Some(Part { length: next + 1 - at, value: whole_value(value * scale), form: NumberForm::default() })
    }

    /// "dozens", "hundreds of thousands".
    fn vague(&self, at: usize) -> Option<Part> {
        let mut value = self.value(at, Role::Vague)?;
        let mut length = 1;
        while self.has(at + length, Role::Of)
            && let Some(scale) = self.value(at + length + 1, Role::Vague)
        {
            // The second plural only names the scale: its own low bound of two is not meant.
            value = value.checked_mul(scale / 2)?;
            length += 2;
        }
        let form = NumberForm { vague: true, ..NumberForm::default() };
        Some(Part { length, value: whole_value(value), form })
    }

    pub fn cardinal(&self, at: usize) -> Option<Part> {
        self.counted(at, Sum::default())
    }

    /// Counts on from `sum` over the words from `at`: cardinals, with an ordinal, a fraction or decimals at the end.
    fn counted(&self, at: usize, mut sum: Sum) -> Option<Part> {
        let mut next = at;
        let mut form = NumberForm::default();
        loop {
            let word = if sum.is_empty() { next } else { self.after_dash(next, &sum) };
            if next > at && self.reducer.glued(next) && word == next && !self.goes_on_after_comma(next, &sum) {
                break;
            }
            if self.goes_on_after_comma(next, &sum) {
                next += 1;
                continue;
            }
            if let Some(length) = self.joined(word, &sum) {
                sum.apart = sum.current.unwrap_or(0);
                next = word + length;
                continue;
            }
            if let Some(scale) = self.value(word, Role::OrdinalScale)
                && word == next
                && let Some(current) = sum.current.filter(|current| *current > 1)
            {
                let value = exact(whole(sum.total + current.checked_mul(scale)?));
                form.ordinal = true;
                return Some(Part { length: word + 1 - at, value, form });
            }
            if let Some(rank) = self.ordinal(word, &sum) {
                sum.current = Some(sum.current.unwrap_or(0) + rank);
                form.ordinal = true;
                return Some(Part { length: word + 1 - at, value: whole_value(sum.value()), form });
            }
            if !self.add(word, &mut sum) {
                break;
            }
            next = word + 1;
        }
        if sum.is_empty() || next == at {
            return None;
        }
        let value = sum.value();
        let length = next - at;
        if let Some((end, denominator)) = self.denominator(next, value) {
            return self.fraction_of(at, value, denominator, end - at);
        }
        if let Some(found) = self.decimals(at, next, value) {
            return Some(found);
        }
        form.scale_power = self.last_scale(next - 1);
        self.and_a_half(at, next, value).or_else(|| Some(Part { length, value: whole_value(value), form }))
    }

    /// Token of the next word of a compound: behind a glued hyphen, or behind any dash between tens and units, where no range
    /// can be meant ("fifty - two").
    fn after_dash(&self, at: usize, sum: &Sum) -> usize {
        let word = self.reducer.after_hyphen(at);
        let tens = sum.current.is_some_and(|current| current % 100 >= 20 && current % 10 == 0);
        let dashed = tens
            && word == at
            && matches!(self.reducer.text_of(at), "-" | "–" | "—")
            && self.reducer.glued(at) == self.reducer.glued(at + 1)
            && (self.value(at + 1, Role::Unit).is_some_and(|unit| unit > 0) || self.has(at + 1, Role::OrdinalUnit));
        if dashed { at + 1 } else { word }
    }

    /// Whether a comma behind a scale only sets off its thousands: "three million, two hundred thousand".
    fn goes_on_after_comma(&self, at: usize, sum: &Sum) -> bool {
        let Some(limit) = sum.limit.filter(|limit| *limit >= 1000 && sum.current.is_none()) else { return false };
        if self.reducer.text_of(at) != "," || self.reducer.glued(at + 1) {
            return false;
        }
        let counts = [Role::Unit, Role::Teen, Role::Ten].iter().any(|role| self.has(at + 1, *role));
        let scaled =
            |at: usize| self.has(at, Role::Hundred) || self.value(at, Role::Scale).is_some_and(|own| own < limit);
        counts && (scaled(at + 2) || scaled(self.reducer.after_hyphen(at + 2) + 1))
    }

    /// Whether the word at a token is also an ordinal.
    pub fn is_rank(&self, at: usize) -> bool {
        [Role::OrdinalUnit, Role::OrdinalTeen, Role::OrdinalTen, Role::OrdinalScale]
            .iter()
            .any(|role| self.has(at, *role))
    }

    /// The power of ten of the scale word at a token, which a number before this one may share.
    fn last_scale(&self, at: usize) -> u8 {
        [Role::Hundred, Role::Scale].iter().find_map(|role| self.value(at, *role)).map_or(0, power_of_ten)
    }

    /// "and" between a hundred or a scale and what is below it; the number of tokens to skip.
    fn joined(&self, at: usize, sum: &Sum) -> Option<usize> {
        if !self.has(at, Role::And) || self.reducer.glued(at) {
            return None;
        }
        let open = sum.current.map_or(sum.limit.is_some(), |current| current >= 100 && current % 100 == 0);
        let small = [Role::Unit, Role::Teen, Role::Ten, Role::OrdinalUnit, Role::OrdinalTeen, Role::OrdinalTen]
            .iter()
            .any(|role| self.has(at + 1, *role));
        if !open || !small {
            return None;
        }
        // What follows must stay below a hundred, and whatever scale comes then below the last one: "two hundred and three
        // hundred" are two numbers.
        let ten = usize::from(self.has(at + 1, Role::Ten));
        let after = if ten == 1 { self.reducer.after_hyphen(at + 2) } else { at + 1 };
        let next = if self.has(after, Role::Unit) || self.has(after, Role::Teen) { after + 1 } else { at + 2 };
        let scale = self.value(self.reducer.after_hyphen(next), Role::Scale);
        // "two thousand and two hundred" goes on, "two hundred and three hundred" does not.
        let hundreds =
            self.has(next, Role::Hundred) && (sum.current.is_some() || self.value(next + 1, Role::Scale).is_some());
        let fits = !hundreds
            && !self.has(next, Role::Fraction)
            && scale.is_none_or(|scale| sum.limit.is_none_or(|limit| scale < limit));
        fits.then_some(1)
    }

    fn ordinal(&self, at: usize, sum: &Sum) -> Option<i128> {
        let current = sum.current.unwrap_or(0);
        let fresh = current % 100 == 0;
        if fresh && let Some(rank) = self.value(at, Role::OrdinalTeen).or_else(|| self.value(at, Role::OrdinalTen)) {
            // "one tenth" is a fraction, "one hundred tenth" a rank.
            return (sum.is_empty() || current >= 100 || sum.limit.is_some()).then_some(rank);
        }
        if let Some(rank) = self.value(at, Role::OrdinalUnit) {
            return (sum.is_empty()
                || current >= 20 && current % 10 == 0
                || sum.limit.is_some() && sum.current.is_none())
            .then_some(rank);
        }
        let scale = self.value(at, Role::OrdinalScale)?;
        (sum.is_empty()).then_some(scale)
    }

    /// Adds one word; false if it cannot go on the number.
    fn add(&self, at: usize, sum: &mut Sum) -> bool {
        let current = sum.current;
        if let Some(unit) = self.value(at, Role::Unit) {
            let fits = current.is_none_or(|current| current >= 20 && current % 10 == 0 && unit > 0);
            if fits {
                sum.current = Some(current.unwrap_or(0) + unit);
            }
            return fits;
        }
        if let Some(tens) = self.value(at, Role::Teen).or_else(|| self.value(at, Role::Ten)) {
            let fits = current.is_none_or(|current| current > 0 && current % 100 == 0);
            if fits {
                sum.current = Some(current.unwrap_or(0) + tens);
            }
            return fits;
        }
        if let Some(hundred) = self.value(at, Role::Hundred) {
            let fits = current.is_none_or(|current| (1..100).contains(&current));
            if fits {
                sum.current = Some(current.unwrap_or(1) * hundred);
            }
            return fits;
        }
        if let Some(dozen) = self.value(at, Role::Dozen) {
            let weak = self.reducer.role(at, Role::Dozen).is_some_and(|word| word.weak);
            let fits = if weak {
                current.is_some_and(|current| current > 0)
            } else {
                current.is_none_or(|current| (1..1000).contains(&current))
            };
            if fits {
                let apart = sum.apart.min(current.unwrap_or(0));
                sum.total += apart + (current.unwrap_or(1) - apart) * dozen;
                sum.limit = Some(0);
                sum.current = None;
            }
            return fits;
        }
        if let Some(scale) = self.value(at, Role::Scale) {
            let below = sum.limit.is_none_or(|limit| scale < limit);
            let fits = below && (current.is_some_and(|current| current > 0) || sum.is_empty());
            if let Some(scaled) = current.unwrap_or(1).checked_mul(scale).filter(|_| fits) {
                sum.total += scaled;
                sum.limit = Some(scale);
                sum.current = None;
                return true;
            }
        }
        false
    }

    /// "three point one four".
    fn decimals(&self, at: usize, next: usize, value: i128) -> Option<Part> {
        if !self.has(next, Role::Point) {
            return None;
        }
        let mut digits = String::new();
        let mut word = next + 1;
        while let Some(digit) = self.value(word, Role::Unit) {
            digits.push_str(&digit.to_string());
            word += 1;
        }
        let value: Decimal = format!("{value}.{digits}").parse().ok()?;
        let form = NumberForm { decimal: true, ..NumberForm::default() };
        let part = Part { length: word - at, value: exact(value), form };
        Some(self.reducer.scaled(at, part))
    }

    /// "four", "twelve", "fifty-four": tokens and value.
    pub fn below_hundred(&self, at: usize) -> Option<(usize, i128)> {
        if let Some(value) = self.value(at, Role::Unit).or_else(|| self.value(at, Role::Teen)) {
            return Some((1, value));
        }
        let tens = self.value(at, Role::Ten)?;
        let unit_at = self.reducer.after_hyphen(at + 1);
        Some(match self.value(unit_at, Role::Unit).filter(|unit| *unit > 0 && tens % 10 == 0) {
            Some(unit) => (unit_at + 1 - at, tens + unit),
            None => (1, tens),
        })
    }
}
