//! From pieces to one number token: signs and scales around digits ([`super::digits`]) or words ([`super::spoken`]).
//!
//! Nothing is reduced across punctuation that a number cannot contain, and nothing is repaired: a string such as `1.2.3`
//! stays in pieces, and its pieces are not `free`, so that no rule takes one of them for a number.

use super::convention::DecimalSign;
use super::digits::{is_vulgar_fraction, scaled_value, vulgar_fraction};
use super::mark::walk;
use super::spoken::Spoken;
use super::token::{NumberForm, NumberToken, NumberValue, Scanned, Token, TokenKind};
use super::words::{NumberWords, Role, bits};
use crate::decimal::Decimal;
use crate::document::ViewSpan;
use crate::lexicon::{ClassId, Lexicon, Shape, WordId};

/// Digits of a number that may have a fraction in words behind it: longer ones are years and counts.
const SHORT: u8 = 3;

/// A number found at some token: how many tokens it takes, and what it is.
pub(super) struct Reduced {
    pub length: usize,
    pub number: NumberToken,
}

/// Tokens that became one number.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reduction {
    /// The first of them, counted before any was reduced.
    pub at: u32,
    pub length: u32,
}

/// Puts one token in the place of each run that became a number.
pub(super) fn apply(reductions: &[Reduction], out: &mut Scanned) {
    let mut end = reductions[0].at as usize;
    for (number, reduction) in reductions.iter().enumerate() {
        let (at, length) = (reduction.at as usize, reduction.length as usize);
        let span = ViewSpan::new(out.tokens[at].span.start, out.tokens[at + length - 1].span.end);
        let first = out.tokens[at];
        let (word, known) = if length == 1 { (first.word, first.known) } else { Default::default() };
        out.tokens[end] = Token { span, word, known, kind: TokenKind::Number(number as u32), ..first };
        end += 1;
        let rest = at + length..reductions.get(number + 1).map_or(out.tokens.len(), |next| next.at as usize);
        if end == rest.start {
            end = rest.end;
            continue;
        }
        out.tokens.copy_within(rest.clone(), end);
        out.sorts.copy_within(rest.clone(), end);
        end += rest.len();
    }
    out.tokens.truncate(end);
    out.sorts.truncate(end);
    shift(reductions, &mut out.pieces);
    shift(reductions, &mut out.borders);
}

/// Counts places between tokens, in ascending order, as they are after numbers were reduced.
fn shift(reductions: &[Reduction], places: &mut [usize]) {
    let (mut passed, mut shift) = (0, 0);
    for place in places {
        while let Some(next) = reductions.get(passed).filter(|next| (next.at as usize) < *place) {
            shift += next.length as usize - 1;
            passed += 1;
        }
        *place -= shift;
    }
}

/// A piece of a number while it is put together.
pub(super) struct Part {
    pub length: usize,
    pub value: NumberValue,
    pub form: NumberForm,
}

/// Looks at the pieces of a text.
#[derive(Clone, Copy)]
pub(super) struct Reducer<'a> {
    pub text: &'a str,
    pub tokens: &'a [Token],
    pub words: &'a NumberWords,
    pub lexicon: &'a Lexicon,
    pub decimal_sign: DecimalSign,
}

impl<'a> Reducer<'a> {
    #[inline]
    pub fn text_of(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |token| token.span.of(self.text))
    }

    #[inline]
    pub(super) fn is_digits(&self, at: usize) -> bool {
        matches!(self.tokens.get(at), Some(token) if matches!(token.kind, TokenKind::Number(_)))
    }

    pub(super) fn is_word(&self, at: usize) -> bool {
        matches!(self.tokens.get(at), Some(token) if token.kind == TokenKind::Word)
    }

    #[inline]
    pub fn glued(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.glued)
    }

    /// The sign at a token that is glued to the one before.
    #[inline]
    pub(super) fn glued_sign(&self, at: usize) -> &'a str {
        if self.glued(at) && self.tokens[at].kind == TokenKind::Sign { self.text_of(at) } else { "" }
    }

    #[inline]
    pub(super) fn glued_digits(&self, at: usize) -> Option<&'a str> {
        (self.glued(at) && self.is_digits(at)).then(|| self.text_of(at))
    }

    /// The roles that the word at a token can have in some way of writing it, as bits.
    #[inline]
    pub fn roles(&self, at: usize) -> u32 {
        match self.tokens.get(at) {
            Some(token) if matches!(token.kind, TokenKind::Word | TokenKind::Sign) => self.words.roles(token.word),
            _ => 0,
        }
    }

    /// A word in a role, at a token.
    #[inline]
    pub fn role(&self, at: usize, role: Role) -> Option<&'a super::words::NumberWord> {
        if self.roles(at) & bits(&[role]) == 0 {
            return None;
        }
        let token = self.tokens[at];
        self.words.find(token.word, token.span.of(self.text), role)
    }

    /// Token after an optional glued hyphen: where the next word of a compound stands.
    #[inline]
    pub fn after_hyphen(&self, at: usize) -> usize {
        if is_hyphen(self.glued_sign(at)) && self.glued(at + 1) { at + 1 } else { at }
    }

    /// Whether a number may start with a sign, by what stands in the text behind it.
    #[inline]
    pub fn may_open(text: &str, sign: ViewSpan) -> bool {
        let bytes = text.as_bytes();
        let before_digits =
            || bytes.get(sign.end as usize).is_some_and(|next| matches!(next, b'0'..=b'9' | b'.' | 0x80..));
        match bytes[sign.start as usize] {
            b'-' | b'.' => before_digits(),
            ..0x80 => false,
            _ => match sign.of(text) {
                "−" | "–" => before_digits(),
                other => is_vulgar_fraction(other),
            },
        }
    }

    /// The number that a word is by itself.
    pub fn alone(words: &NumberWords, lexicon: &Lexicon, word: WordId, text: &str) -> Option<NumberToken> {
        let span = ViewSpan::new(0, text.len() as u32);
        let known = lexicon.known(word);
        let token = Token { span, word, known, kind: TokenKind::Word, shape: Shape::Lower, glued: false };
        let reducer = Reducer { text, tokens: &[token], words, lexicon, decimal_sign: DecimalSign::default() };
        reducer.reduce(0).map(|reduced| reduced.number)
    }

    /// The number that starts at a token.
    pub fn reduce(&self, at: usize) -> Option<Reduced> {
        let token = self.tokens.get(at)?;
        let part = match token.kind {
            TokenKind::Number(_) => self.and_a_half(at, self.written(at)?),
            TokenKind::Sign => self.signed(at).or_else(|| self.pointed(at)).or_else(|| self.vulgar_fraction(at))?,
            TokenKind::Word => return Spoken { reducer: *self }.number(at),
            _ => return None,
        };
        let part = self.scaled(at, part);
        Some(Reduced { length: part.length, number: NumberToken { value: part.value, form: part.form } })
    }

    /// "2 and a half": a short number in digits with a fraction in words behind it.
    fn and_a_half(&self, at: usize, part: Part) -> Part {
        if !(1..=SHORT).contains(&part.form.bare_digits) {
            return part;
        }
        let sum = || {
            let (length, fraction) = Spoken { reducer: *self }.fraction_part(at + part.length)?;
            Some((length, &part.value.to_decimal()? + &fraction))
        };
        let Some((length, value)) = sum() else { return part };
        let form = NumberForm { fraction: true, bare_digits: 0, ..part.form };
        Part { length: part.length + length, value: exact(value), form }
    }

    /// A minus sign glued to digits, where it cannot be a hyphen or a dash between two things.
    fn signed(&self, at: usize) -> Option<Part> {
        let pointed = self.glued_sign(at + 1) == "." && self.glued_digits(at + 2).is_some();
        if !matches!(self.text_of(at), "-" | "−" | "–") || self.glued_digits(at + 1).is_none() && !pointed {
            return None;
        }
        let opens = at == 0
            || self.tokens[at - 1].is_break()
            || !self.glued(at)
            || matches!(self.text_of(at - 1), "(" | "[" | "\"");
        let follows_number = at > 0 && !self.tokens[at - 1].is_break() && self.is_digits(at - 1);
        if !opens || follows_number {
            return None;
        }
        let mut part = if pointed { self.decimal_part(at + 1) } else { self.written(at + 1)? };
        part.length += 1;
        part.form.negative = true;
        part.form.bare_digits = 0;
        part.value = negated(part.value);
        Some(part)
    }

    /// `.5`, where no digit and no word stands before the point.
    fn pointed(&self, at: usize) -> Option<Part> {
        let opens = at == 0
            || self.tokens[at - 1].is_break()
            || !self.glued(at)
            || matches!(self.text_of(at - 1), "(" | "[" | "\"" | "$" | "£" | "€");
        let digits = self.text_of(at) == "." && self.glued_digits(at + 1).is_some();
        let goes_on = self.glued_sign(at + 2) == "." && self.glued_digits(at + 3).is_some();
        (opens && digits && !goes_on).then(|| self.decimal_part(at))
    }

    /// The point at `at` and the digits behind it.
    fn decimal_part(&self, at: usize) -> Part {
        let form = NumberForm { digits: true, decimal: true, ..NumberForm::default() };
        Part { length: 2, value: scaled_value("0", self.text_of(at + 1)), form }
    }

    /// `½`, where it stands alone.
    fn vulgar_fraction(&self, at: usize) -> Option<Part> {
        let value = vulgar_fraction(self.text_of(at))?;
        let form = NumberForm { digits: true, fraction: true, ..NumberForm::default() };
        Some(Part { length: 1, value: exact(value), form })
    }

    /// A scale behind digits: `50 million`, `3.5k`, `2bn`, `5-million`, `2 million 300 thousand`, `two and a half`.
    pub fn scaled(&self, at: usize, mut part: Part) -> Part {
        if part.form.ordinal {
            return part;
        }
        let Some((length, mut limit)) = self.scale(at, at + part.length) else { return part };
        let Some(mut total) = times(&part.value, limit) else { return part };
        let mut power = power_of_ten(limit);
        part.length += length;
        loop {
            let next = at + part.length;
            if limit == 100
                && let Some(more) = self.below_hundred(next)
            {
                total = plus(&total, &whole_value(more));
                part.length += 2;
                power = 0;
                break;
            }
            if !self.is_digits(next) || self.glued(next) {
                break;
            }
            let Some((length, scale)) = self.scale(next, next + 1).filter(|(_, scale)| *scale < limit) else { break };
            let Some(more) = times(&self.bare(next).value, scale) else { break };
            total = plus(&total, &more);
            part.length += 1 + length;
            limit = scale;
            power = 0;
        }
        part.form = NumberForm {
            digits: true,
            scaled: true,
            scale_power: power,
            negative: part.form.negative,
            ..NumberForm::default()
        };
        part.value = total;
        part
    }

    /// "and 21" behind "3 hundred".
    fn below_hundred(&self, at: usize) -> Option<i128> {
        self.role(at, Role::And)?;
        let digits = self.is_digits(at + 1) && !self.glued(at + 1) && !self.glued(at + 2);
        let value = self.text_of(at + 1).parse().ok().filter(|value| (1..100).contains(value) && digits)?;
        self.scale(at + 1, at + 2).is_none().then_some(value)
    }

    /// The scale word or suffix at `at`, for the number that starts at `number`.
    fn scale(&self, number: usize, at: usize) -> Option<(usize, i128)> {
        const SCALES: u32 = bits(&[Role::Scale, Role::Hundred, Role::Dozen, Role::ScaleSuffix]);
        if self.roles(self.after_hyphen(at)) & SCALES == 0 {
            return None;
        }
        let glued = self.glued(at);
        if !glued || is_hyphen(self.glued_sign(at)) {
            let word = self.after_hyphen(at);
            for role in [Role::Scale, Role::Hundred, Role::Dozen] {
                if let Some(found) = self.role(word, role).filter(|found| !found.weak || role != Role::Dozen) {
                    return Some((word - at + 1, found.value));
                }
            }
        }
        let token = self.tokens.get(at).filter(|token| token.kind == TokenKind::Word)?;
        let allowed = |suffix: &&super::words::NumberWord| match (suffix.after, suffix.before) {
            (Some(class), _) => self.stands_before(number, class),
            (None, Some(class)) => self.begins_term(at + 1, class),
            (None, None) => glued || !suffix.weak,
        };
        let mut suffixes = self.words.all(token.word, token.span.of(self.text), Role::ScaleSuffix);
        suffixes.find(allowed).map(|suffix| (1, suffix.value))
    }

    /// Whether a word of a class stands before a number, or before the lower bound of its range ("£3-5m", "£3m to 5m").
    fn stands_before(&self, number: usize, class: ClassId) -> bool {
        let back = |at: usize| at.checked_sub(1);
        let Some(before) = back(number) else { return false };
        if self.has_class(before, class) {
            return true;
        }
        let mut low = back(before).filter(|_| self.role(before, Role::Range).is_some());
        if let Some(at) = low.filter(|at| self.glued(*at) && self.role(*at, Role::ScaleSuffix).is_some()) {
            low = back(at);
        }
        // The pieces of the lower bound: digits, and points and commas between them.
        while let Some(at) = low.filter(|at| self.is_digits(*at)) {
            low = back(at);
            if low.is_some_and(|at| matches!(self.glued_sign(at), "." | ",")) && self.glued(at) {
                low = low.and_then(back);
            } else {
                return low.is_some_and(|at| self.has_class(at, class));
            }
        }
        false
    }

    /// Whether the word at a token has a class by some dictionary.
    fn has_class(&self, at: usize, class: ClassId) -> bool {
        let Some(node) = self.tokens.get(at).and_then(|token| token.known.root()) else { return false };
        self.lexicon.entries_at(node).iter().any(|entry| entry.class == class)
    }

    /// Whether a term of a class starts at a token, of one word or of several ("5m New Zealand dollars").
    fn begins_term(&self, at: usize, class: ClassId) -> bool {
        let Some(root) = self.tokens.get(at).and_then(|token| token.known.root()) else { return false };
        let mut found = self.has_class(at, class);
        walk(self.lexicon, self.text, self.tokens, at, root, |_, entries| {
            found |= entries.iter().any(|entry| entry.class == class);
        });
        found
    }
}

pub(super) fn is_hyphen(text: &str) -> bool {
    matches!(text, "-" | "‐" | "‑")
}

pub(super) fn whole(value: i128) -> Decimal {
    Decimal::from_scaled(value, 0)
}

pub(super) fn whole_value(value: i128) -> NumberValue {
    i64::try_from(value).map_or_else(|_| exact(whole(value)), NumberValue::Integer)
}

/// The exponent of a power of ten; 0 for what is none.
pub(super) fn power_of_ten(value: i128) -> u8 {
    let exponent = value.unsigned_abs().checked_ilog10().unwrap_or(0);
    if 10_i128.checked_pow(exponent) == Some(value) { exponent as u8 } else { 0 }
}

/// A number times a scale; `None` for a run of digits that is too long.
fn times(value: &NumberValue, scale: i128) -> Option<NumberValue> {
    let (mantissa, decimals) = match value {
        NumberValue::Integer(value) => (*value, 0),
        NumberValue::Scaled(mantissa, decimals) => (*mantissa, *decimals),
        _ => (0, u8::MAX),
    };
    // What is whole and fits stays a machine integer.
    let small = 10_i128.checked_pow(decimals.into()).and_then(|unit| {
        let product = i128::from(mantissa).checked_mul(scale).filter(|product| product % unit == 0)?;
        i64::try_from(product / unit).ok()
    });
    match small {
        Some(small) => Some(NumberValue::Integer(small)),
        None => Some(exact(&value.to_decimal()? * &whole(scale))),
    }
}

/// The sum of two numbers.
fn plus(one: &NumberValue, other: &NumberValue) -> NumberValue {
    match (one.to_decimal(), other.to_decimal()) {
        (Some(one), Some(other)) => exact(&one + &other),
        _ => NumberValue::TooLong,
    }
}

pub(super) fn exact(value: Decimal) -> NumberValue {
    value.to_i64().map_or_else(|| NumberValue::Exact(Box::new(value)), NumberValue::Integer)
}

fn negated(value: NumberValue) -> NumberValue {
    match value {
        NumberValue::Integer(value) => NumberValue::Integer(-value),
        NumberValue::Scaled(mantissa, scale) => NumberValue::Scaled(-mantissa, scale),
        NumberValue::Exact(value) => exact(&*value * &Decimal::from_integer(-1)),
        NumberValue::TooLong => NumberValue::TooLong,
    }
}
