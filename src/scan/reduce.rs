//! From pieces to one number token: digits with their groups, decimals, powers, fractions and scales.
//!
//! What is written in words is the business of [`super::spoken`]; both end in the same token. Nothing is reduced across
//! punctuation that a number cannot contain, and nothing is repaired: a string such as `1.2.3` stays in pieces, and its
//! pieces are not `free`, so that no rule takes one of them for a number.

use super::spoken::Spoken;
use super::token::{MAX_DIGITS, NumberForm, NumberToken, NumberValue, Token, TokenKind};
use super::words::{NumberWords, Role};
use crate::decimal::Decimal;
use crate::lexicon::{ClassId, Lexicon, WordId};

/// A number found at some token: how many tokens it takes, and what it is.
pub(super) struct Reduced {
    pub length: usize,
    pub number: NumberToken,
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
}

impl<'a> Reducer<'a> {
    pub fn text_of(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |token| token.span.of(self.text))
    }

    fn is_digits(&self, at: usize) -> bool {
        matches!(self.tokens.get(at), Some(token) if matches!(token.kind, TokenKind::Number(_)))
    }

    pub fn glued(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.glued)
    }

    /// The sign at a token that is glued to the one before.
    fn glued_sign(&self, at: usize) -> &'a str {
        if self.glued(at) && self.tokens[at].kind == TokenKind::Sign { self.text_of(at) } else { "" }
    }

    fn glued_digits(&self, at: usize) -> Option<&'a str> {
        (self.glued(at) && self.is_digits(at)).then(|| self.text_of(at))
    }

    /// A word in a role, at a token.
    pub fn role(&self, at: usize, role: Role) -> Option<&'a super::words::NumberWord> {
        let token = self.tokens.get(at)?;
        if token.word == WordId::UNKNOWN || token.kind != TokenKind::Word {
            return None;
        }
        self.words.find(token.word, token.span.of(self.text), role)
    }

    /// Token after an optional glued hyphen: where the next word of a compound stands.
    pub fn after_hyphen(&self, at: usize) -> usize {
        if is_hyphen(self.glued_sign(at)) && self.glued(at + 1) { at + 1 } else { at }
    }

    /// The number that starts at a token.
    pub fn reduce(&self, at: usize) -> Option<Reduced> {
        let token = self.tokens.get(at)?;
        let part = match token.kind {
            TokenKind::Number(_) => self.written(at)?,
            TokenKind::Sign => self.signed(at).or_else(|| self.pointed(at)).or_else(|| self.vulgar_fraction(at))?,
            TokenKind::Word => return Spoken { reducer: *self }.number(at),
            _ => return None,
        };
        let part = self.scaled(at, part);
        Some(Reduced { length: part.length, number: NumberToken { value: part.value, form: part.form } })
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

    /// Digits with groups, decimals, powers and fractions.
    fn written(&self, at: usize) -> Option<Part> {
        if !self.is_digits(at) {
            return None;
        }
        let mut part = self.grouped(at).or_else(|| self.decimal(at)).unwrap_or_else(|| self.bare(at));
        self.power(at, &mut part);
        self.fraction(at, &mut part);
        self.ordinal_suffix(at, &mut part);
        Some(part)
    }

    fn bare(&self, at: usize) -> Part {
        let digits = self.text_of(at);
        let form = NumberForm {
            digits: true,
            bare_digits: u8::try_from(digits.chars().count()).unwrap_or(u8::MAX),
            zero_led: digits.len() > 1 && digits.starts_with('0'),
            ..NumberForm::default()
        };
        Part { length: 1, value: integer(digits), form }
    }

    /// `2,640,000`, `12,34,567`, `10 000`, `1'000`, `1.234.567,89`.
    fn grouped(&self, at: usize) -> Option<Part> {
        let first = self.text_of(at);
        if first.len() > 3 || first.starts_with('0') {
            return None;
        }
        self.grouped_by(at, |reducer, at| reducer.glued_sign(at) == ",", '.', false)
            .or_else(|| self.grouped_by(at, |reducer, at| matches!(reducer.glued_sign(at), "'" | "’"), '.', false))
            .or_else(|| self.grouped_by(at, |reducer, at| reducer.glued_sign(at) == ".", ',', true))
            .or_else(|| self.space_grouped(at))
    }

    fn grouped_by(
        &self,
        at: usize,
        separates: impl Fn(&Self, usize) -> bool,
        decimal_sign: char,
        several: bool,
    ) -> Option<Part> {
        let mut digits = self.text_of(at).to_owned();
        let (mut next, mut sizes) = (at + 1, Vec::new());
        while separates(self, next) {
            let Some(group) = self.glued_digits(next + 1) else { break };
            sizes.push(group.len());
            digits.push_str(group);
            next += 2;
        }
        let (last, inner) = sizes.split_last()?;
        let western = inner.iter().all(|size| *size == 3);
        let indian = inner.iter().all(|size| *size == 2) && self.text_of(at).len() <= 2 && decimal_sign == '.';
        if *last != 3 || !(western || indian) || several && sizes.len() < 2 && !self.decimal_follows(next, decimal_sign)
        {
            return None;
        }
        let mut form = NumberForm { digits: true, grouped: true, ..NumberForm::default() };
        let mut value = integer(&digits);
        if self.decimal_follows(next, decimal_sign) {
            let decimals = self.text_of(next + 1);
            value = scaled_value(&digits, decimals);
            form.decimal = true;
            next += 2;
        }
        form.decimal_comma = several;
        Some(Part { length: next - at, value, form })
    }

    fn decimal_follows(&self, at: usize, sign: char) -> bool {
        let mut buffer = [0; 4];
        self.glued_sign(at) == sign.encode_utf8(&mut buffer) as &str
            && self.glued_digits(at + 1).is_some()
            && !(matches!(self.glued_sign(at + 2), "." | ",") && self.glued_digits(at + 3).is_some())
    }

    /// Groups of three that one space each separates. A plain space is a guess, so that the next digits must not go on.
    fn space_grouped(&self, at: usize) -> Option<Part> {
        let mut digits = self.text_of(at).to_owned();
        let (mut next, mut plain) = (at + 1, false);
        while self.is_digits(next) && self.text_of(next).len() == 3 {
            let gap = &self.text[self.tokens[next - 1].span.end as usize..self.tokens[next].span.start as usize];
            match gap {
                " " | "\n" | "\r\n" => plain = true,
                "\u{a0}" | "\u{2009}" | "\u{202f}" | "\u{2007}" | "\u{2008}" | "\u{200a}" => {}
                _ => break,
            }
            digits.push_str(self.text_of(next));
            next += 1;
        }
        let goes_on = self.is_digits(next) || self.glued_sign(next) == "-" && self.is_digits(next + 1);
        let follows = plain
            && at > 0
            && !self.tokens[at - 1].is_break()
            && (self.is_digits(at - 1) || self.glued(at) && is_hyphen(self.text_of(at - 1)));
        if next == at + 1 || plain && goes_on || follows {
            return None;
        }
        let mut form = NumberForm { digits: true, grouped: true, space_grouped: plain, ..NumberForm::default() };
        let mut value = integer(&digits);
        for sign in ['.', ','] {
            if self.decimal_follows(next, sign) && self.text_of(next + 1).len() != 3 {
                value = scaled_value(&digits, self.text_of(next + 1));
                form.decimal = true;
                form.decimal_comma = sign == ',';
                next += 2;
                break;
            }
        }
        Some(Part { length: next - at, value, form })
    }

    /// `1.5`, `.5`, and `1,5` where no group of three can be meant.
    fn decimal(&self, at: usize) -> Option<Part> {
        let form = NumberForm { digits: true, decimal: true, ..NumberForm::default() };
        let chained = at >= 2
            && self.glued(at)
            && matches!(self.text_of(at - 1), "." | ",")
            && self.glued(at - 1)
            && self.is_digits(at - 2);
        if chained {
            return None;
        }
        if self.decimal_follows(at + 1, '.') {
            return Some(Part { length: 3, value: scaled_value(self.text_of(at), self.text_of(at + 2)), form });
        }
        if self.decimal_follows(at + 1, ',') && self.text_of(at + 2).len() <= 2 {
            let form = NumberForm { decimal_comma: true, ..form };
            return Some(Part { length: 3, value: scaled_value(self.text_of(at), self.text_of(at + 2)), form });
        }
        None
    }

    /// `e6`, `×10^23`, `×10²³`; and `10^6` by itself.
    fn power(&self, at: usize, part: &mut Part) {
        let next = at + part.length;
        let exponent = if self.glued(next) && matches!(self.text_of(next), "e" | "E") {
            self.signed_digits(next + 1).map(|(length, exponent)| (1 + length, exponent))
        } else if matches!(self.text_of(next), "×" | "x" | "·" | "*")
            && self.is_digits(next + 1)
            && self.text_of(next + 1) == "10"
        {
            self.raised(next + 2).map(|(length, exponent)| (2 + length, exponent))
        } else if part.length == 1 && self.text_of(at) == "10" {
            self.raised(next).map(|(length, exponent)| (length, exponent - 1))
        } else {
            None
        };
        let Some((length, exponent)) = exponent.filter(|(_, exponent)| exponent.abs() < 100) else { return };
        let Some(value) = part.value.to_decimal() else { return };
        part.value = exact(&value * &Decimal::power_of_ten(exponent));
        part.length += length;
        part.form.scaled = true;
        part.form.bare_digits = 0;
    }

    /// `^23`, `^-3` or superscript digits.
    fn raised(&self, at: usize) -> Option<(usize, i32)> {
        if self.glued_sign(at) == "^" {
            return self.signed_digits(at + 1).map(|(length, exponent)| (1 + length, exponent));
        }
        let mut text = String::new();
        let mut next = at;
        while let Some(digit) = superscript(self.glued_sign(next)) {
            text.push(digit);
            next += 1;
        }
        Some((next - at, text.parse().ok()?))
    }

    fn signed_digits(&self, at: usize) -> Option<(usize, i32)> {
        let sign = matches!(self.glued_sign(at), "-" | "−" | "+");
        let digits = self.glued_digits(at + usize::from(sign))?;
        let exponent: i32 = digits.parse().ok()?;
        let negative = sign && self.text_of(at) != "+";
        Some((1 + usize::from(sign), if negative { -exponent } else { exponent }))
    }

    /// `1/2`, `1 1/2`, `1½`, `1 ½`.
    fn fraction(&self, at: usize, part: &mut Part) {
        if part.length != 1 {
            return;
        }
        let next = at + 1;
        if let Some(value) = vulgar_fraction(self.text_of(next)) {
            self.add_fraction(part, 1, &value);
            return;
        }
        if let Some(value) = self.slashed(at) {
            part.value = exact(value);
            part.length = 3;
            part.form = NumberForm { digits: true, fraction: true, ..NumberForm::default() };
        } else if !self.glued(next)
            && self.is_digits(next)
            && let Some(value) = self.slashed(next)
        {
            self.add_fraction(part, 3, &value);
        }
    }

    fn add_fraction(&self, part: &mut Part, length: usize, fraction: &Decimal) {
        let Some(whole) = part.value.to_decimal() else { return };
        part.value = exact(&whole + fraction);
        part.length += length;
        part.form = NumberForm { digits: true, fraction: true, ..NumberForm::default() };
    }

    /// `3/4`: a proper fraction with a denominator that people measure in; anything else may be a date or a ratio.
    fn slashed(&self, at: usize) -> Option<Decimal> {
        let slashes = |at: usize| matches!(self.glued_sign(at), "/" | "⁄");
        if !slashes(at + 1) || slashes(at + 3) || at > 0 && self.glued(at) && self.text_of(at - 1) == "/" {
            return None;
        }
        let numerator: i64 = self.text_of(at).parse().ok()?;
        let denominator: i64 = self.glued_digits(at + 2)?.parse().ok()?;
        let measured = matches!(denominator, 2 | 3 | 4 | 5 | 8 | 16 | 32 | 64);
        (measured && numerator > 0 && numerator < denominator)
            .then(|| Decimal::from_ratio(&Decimal::from_integer(numerator), &Decimal::from_integer(denominator)))?
    }

    /// `1st`, `22nd`.
    fn ordinal_suffix(&self, at: usize, part: &mut Part) {
        let next = at + part.length;
        if self.glued(next) && !part.form.decimal && self.role(next, Role::OrdinalSuffix).is_some() {
            part.length += 1;
            part.form.ordinal = true;
            part.form.bare_digits = 0;
        }
    }

    /// A scale behind digits: `50 million`, `3.5k`, `2bn`, `5-million`, `2 million 300 thousand`, `two and a half`.
    pub fn scaled(&self, at: usize, mut part: Part) -> Part {
        if part.form.ordinal {
            return part;
        }
        let Some((length, mut limit)) = self.scale(at, at + part.length) else { return part };
        let Some(value) = part.value.to_decimal() else { return part };
        let mut total = &value * &whole(limit);
        let mut power = power_of_ten(limit);
        part.length += length;
        loop {
            let next = at + part.length;
            if limit == 100
                && let Some(more) = self.below_hundred(next)
            {
                total = &total + &whole(more);
                part.length += 2;
                power = 0;
                break;
            }
            if !self.is_digits(next) || self.glued(next) {
                break;
            }
            let Some((length, scale)) = self.scale(next, next + 1).filter(|(_, scale)| *scale < limit) else { break };
            let Some(more) = self.bare(next).value.to_decimal() else { break };
            total = &total + &(&more * &whole(scale));
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
        part.value = exact(total);
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
        let allowed = |suffix: &&super::words::NumberWord| match suffix.after {
            Some(class) => self.before_number_is(number, class),
            None => glued || !suffix.weak,
        };
        let mut suffixes = self.words.all(token.word, token.span.of(self.text), Role::ScaleSuffix);
        suffixes.find(allowed).map(|suffix| (1, suffix.value))
    }

    /// Whether the token before a number has a class by some dictionary.
    fn before_number_is(&self, number: usize, class: ClassId) -> bool {
        let Some(before) = number.checked_sub(1).map(|at| &self.tokens[at]) else { return false };
        let Some(node) = self.lexicon.root(before.word) else { return false };
        self.lexicon.entries_at(node).iter().any(|entry| entry.class == class)
    }
}

pub(super) fn is_hyphen(text: &str) -> bool {
    matches!(text, "-" | "‐" | "‑")
}

pub(super) fn whole(value: i128) -> Decimal {
    Decimal::from_scaled(value.into(), 0)
}

pub(super) fn whole_value(value: i128) -> NumberValue {
    i64::try_from(value).map_or_else(|_| exact(whole(value)), NumberValue::Integer)
}

/// The exponent of a power of ten; 0 for what is none.
pub(super) fn power_of_ten(value: i128) -> u8 {
    let exponent = value.unsigned_abs().checked_ilog10().unwrap_or(0);
    if 10_i128.checked_pow(exponent) == Some(value) { exponent as u8 } else { 0 }
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

fn ascii(digits: &str) -> String {
    digits
        .chars()
        .filter_map(|digit| match digit {
            '０'..='９' => char::from_digit(digit as u32 - '０' as u32, 10),
            _ => Some(digit),
        })
        .collect()
}

fn integer(digits: &str) -> NumberValue {
    scaled_value(digits, "")
}

fn scaled_value(whole: &str, decimals: &str) -> NumberValue {
    let count = whole.len() + decimals.len();
    if count > MAX_DIGITS * 3 {
        return NumberValue::TooLong;
    }
    if decimals.is_empty() && whole.len() <= 18 && whole.is_ascii() {
        return whole.parse().map_or(NumberValue::TooLong, NumberValue::Integer);
    }
    let digits = ascii(whole) + &ascii(decimals);
    let scale = u8::try_from(decimals.chars().count()).unwrap_or(u8::MAX);
    if digits.len() > MAX_DIGITS {
        return NumberValue::TooLong;
    }
    match digits.parse::<i64>() {
        Ok(value) if scale == 0 => NumberValue::Integer(value),
        Ok(mantissa) => NumberValue::Scaled(mantissa, scale),
        Err(_) => digits.parse().map_or(NumberValue::TooLong, |mantissa| {
            NumberValue::Exact(Box::new(Decimal::from_scaled(mantissa, u32::from(scale))))
        }),
    }
}

fn superscript(text: &str) -> Option<char> {
    Some(match text {
        "⁰" => '0',
        "¹" => '1',
        "²" => '2',
        "³" => '3',
        "⁴" => '4',
        "⁵" => '5',
        "⁶" => '6',
        "⁷" => '7',
        "⁸" => '8',
        "⁹" => '9',
        "⁻" => '-',
        _ => return None,
    })
}

fn vulgar_fraction(text: &str) -> Option<Decimal> {
    let (numerator, denominator) = match text {
        "½" => (1, 2),
        "⅓" => (1, 3),
        "⅔" => (2, 3),
        "¼" => (1, 4),
        "¾" => (3, 4),
        "⅕" => (1, 5),
        "⅖" => (2, 5),
        "⅗" => (3, 5),
        "⅘" => (4, 5),
        "⅙" => (1, 6),
        "⅚" => (5, 6),
        "⅐" => (1, 7),
        "⅛" => (1, 8),
        "⅜" => (3, 8),
        "⅝" => (5, 8),
        "⅞" => (7, 8),
        "⅑" => (1, 9),
        "⅒" => (1, 10),
        _ => return None,
    };
    Decimal::from_ratio(&Decimal::from_integer(numerator), &Decimal::from_integer(denominator))
}
