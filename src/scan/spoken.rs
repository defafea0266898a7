//! The grammar of numbers in words: which sequences of roles are one number, and what it is worth.
//!
//! The grammar is that of languages that count like English; the words come from [`super::words`].

use super::reduce::{Part, Reduced, Reducer, exact, is_hyphen, power_of_ten, whole, whole_value};
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
    fn value(&self, at: usize, role: Role) -> Option<i128> {
        self.reducer.role(at, role).map(|word| word.value)
    }

    #[inline]
    fn has(&self, at: usize, role: Role) -> bool {
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

    /// "half a million", "half a dozen"; "half of"; "a half", where nothing follows that it could be half of.
    fn half(&self, at: usize) -> Option<Part> {
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
    fn scaled_fraction(&self, at: usize) -> Option<Part> {
        let denominator = self.value(at, Role::Fraction)?;
        let scale = self.value(at + 1, Role::Scale)?;
        if self.has(at, Role::Half) || self.is_rank(at) {
            return None;
        }
        let value = Decimal::from_ratio(&whole(scale), &whole(denominator))?;
        let form = NumberForm { fraction: true, ..NumberForm::default() };
        Some(Part { length: 2, value: exact(value), form })
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

    /// A fraction of `length` tokens, and "of a million" behind it.
    fn fraction_of(&self, at: usize, numerator: i128, denominator: i128, length: usize) -> Option<Part> {
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

    fn cardinal(&self, at: usize) -> Option<Part> {
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

    /// What a numerator that ends before `at` is divided by, and the token behind: "thirds", "twenty-fifths",
    /// "hundred-fifths". More parts than the whole has are counted in the plural only ("five thirds").
    fn denominator(&self, at: usize, numerator: i128) -> Option<(usize, i128)> {
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
        let ordinal = self.counted(at, Sum::default()).filter(|part| part.form.ordinal && part.length > 1)?;
        let end = at + ordinal.length;
        let closed = !self.reducer.is_word(end) && !is_hyphen(self.reducer.glued_sign(end)) || self.has(end, Role::Of);
        Some((end, ordinal.value.to_i64().filter(|_| closed)?.into()))
    }

    /// Whether the word at a token is also an ordinal.
    fn is_rank(&self, at: usize) -> bool {
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

    /// "two and a half", "two and a half million".
    fn and_a_half(&self, at: usize, next: usize, value: i128) -> Option<Part> {
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

    /// "four", "twelve", "fifty-four": tokens and value.
    fn below_hundred(&self, at: usize) -> Option<(usize, i128)> {
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
