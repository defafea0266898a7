//! Numbers in digits: groups, decimals, powers, fractions, ordinal suffixes.

use super::convention::DecimalSign;
use super::reduce::{Part, Reducer, exact, is_hyphen};
use super::token::{MAX_DIGITS, NumberForm, NumberValue, Token, TokenKind};
use super::words::{Role, bits};
use crate::decimal::Decimal;

impl Reducer<'_> {
    /// Digits with groups, decimals, powers and fractions.
    pub(super) fn written(&self, at: usize) -> Option<Part> {
        if !self.is_digits(at) {
            return None;
        }
        // A word of its own behind it ends a run of digits; most are such.
        let is_other = |next: &Token| match next.kind {
            TokenKind::Word => !next.glued && next.span.len() > 1 && !self.has_point(at + 1),
            TokenKind::Sign => {
                let first = self.text.as_bytes()[next.span.start as usize];
                first.is_ascii()
                    && !matches!(first, b',' | b'.' | b'\'' | b'/' | b'^' | b'*')
                    && !self.has_point(at + 1)
            }
            TokenKind::Number(_) => false,
            _ => true,
        };
        if self.tokens.get(at + 1).is_none_or(is_other) {
            return Some(self.bare(at));
        }
        let mut part = self
            .grouped(at)
            .or_else(|| self.decimal(at))
            .or_else(|| self.said_point(at))
            .unwrap_or_else(|| self.bare(at));
        self.power(at, &mut part);
        self.own_power(at, &mut part);
        self.fraction(at, &mut part);
        self.ordinal_suffix(at, &mut part);
        Some(part)
    }

    pub(super) fn bare(&self, at: usize) -> Part {
        let digits = self.text_of(at);
        let count = if digits.is_ascii() { digits.len() } else { digits.chars().count() };
        let form = NumberForm {
            digits: true,
            bare_digits: u8::try_from(count).unwrap_or(u8::MAX),
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
        if self.decimal_sign == DecimalSign::Comma {
            return self
                .grouped_by(at, |reducer, at| reducer.glued_sign(at) == ".", ',', false)
                .or_else(|| self.grouped_by(at, |reducer, at| matches!(reducer.glued_sign(at), "'" | "’"), ',', false))
                .or_else(|| self.grouped_by(at, |reducer, at| reducer.glued_sign(at) == ",", '.', true))
                .or_else(|| self.space_grouped(at));
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
        let (mut next, mut groups, mut last) = (at + 1, 0, 0);
        // Of the groups before the last.
        let (mut western, mut indian) = (true, true);
        while separates(self, next) {
            let Some(group) = self.glued_digits(next + 1) else { break };
            if groups > 0 {
                western &= last == 3;
                indian &= last == 2;
            }
            groups += 1;
            last = group.len();
            next += 2;
        }
        indian &= self.text_of(at).len() <= 2 && decimal_sign == '.';
        if last != 3 || !(western || indian) || several && groups < 2 && !self.decimal_follows(next, decimal_sign) {
            return None;
        }
        let digits: String = (at..next).step_by(2).map(|at| self.text_of(at)).collect();
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
        let (mut next, mut plain) = (at + 1, false);
        while self.is_digits(next) && self.text_of(next).len() == 3 {
            let gap = &self.text[self.tokens[next - 1].span.end as usize..self.tokens[next].span.start as usize];
            match gap {
                " " | "\n" | "\r\n" => plain = true,
                "\u{a0}" | "\u{2009}" | "\u{202f}" | "\u{2007}" | "\u{2008}" | "\u{200a}" => {}
                _ => break,
            }
            next += 1;
        }
        if next == at + 1 {
            return None;
        }
        let goes_on = self.is_digits(next) || self.glued_sign(next) == "-" && self.is_digits(next + 1);
        let follows = plain
            && at > 0
            && !self.tokens[at - 1].is_break()
            && (self.is_digits(at - 1) || self.glued(at) && is_hyphen(self.text_of(at - 1)));
        if plain && goes_on || follows {
            return None;
        }
        let digits: String = (at..next).map(|at| self.text_of(at)).collect();
        let mut form = NumberForm { digits: true, grouped: true, space_grouped: plain, ..NumberForm::default() };
        let mut value = integer(&digits);
        for sign in ['.', ','] {
            if self.decimal_follows(next, sign) && self.text_of(next + 1).len() != 3 {
                value = scaled_value(&digits, self.text_of(next + 1));
                form.decimal = true;
                form.decimal_comma = sign == ',' && self.decimal_sign == DecimalSign::Point;
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
        if self.decimal_sign == DecimalSign::Comma && self.decimal_follows(at + 1, ',') {
            return Some(Part { length: 3, value: scaled_value(self.text_of(at), self.text_of(at + 2)), form });
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

    fn has_point(&self, at: usize) -> bool {
        self.roles(at) & bits(&[Role::Point]) != 0
    }

    /// `3 point 5`.
    fn said_point(&self, at: usize) -> Option<Part> {
        let decimals = self.text_of(at + 2);
        let said = self.has_point(at + 1)
            && !self.glued(at + 1)
            && self.is_digits(at + 2)
            && !self.glued(at + 2)
            && !self.glued(at + 3);
        let form = NumberForm { digits: true, decimal: true, ..NumberForm::default() };
        said.then(|| Part { length: 3, value: scaled_value(self.text_of(at), decimals), form })
    }

    /// `2^10`, `1.1^-3`, `8×2^10`: a power of any small number; the exponent of ten is [`Self::power`]'s.
    fn own_power(&self, at: usize, part: &mut Part) {
        let next = at + part.length;
        if self.glued_sign(next) == "^" && part.length <= 3 {
            if let Some((length, value)) = part.value.to_decimal().and_then(|base| self.raised_base(&base, next)) {
                self.becomes(part, length, value);
            }
        } else if matches!(self.text_of(next), "×" | "x" | "·" | "*")
            && self.is_digits(next + 1)
            && self.glued_sign(next + 2) == "^"
            && let Some(base) = self.bare(next + 1).value.to_decimal()
            && let Some((length, value)) = self.raised_base(&base, next + 2)
            && let Some(factor) = part.value.to_decimal()
        {
            self.becomes(part, length + 2, &factor * &value);
        }
    }

    fn becomes(&self, part: &mut Part, more: usize, value: Decimal) {
        part.value = exact(value);
        part.length += more;
        part.form.scaled = true;
        part.form.bare_digits = 0;
    }

    /// The base to the power that follows the `^` at a token, and how many tokens that takes.
    fn raised_base(&self, base: &Decimal, at: usize) -> Option<(usize, Decimal)> {
        let (length, exponent) = self.signed_digits(at + 1).filter(|(_, exponent)| exponent.abs() <= 64)?;
        let mut value = Decimal::from_integer(1);
        for _ in 0..exponent.abs() {
            value = &value * base;
        }
        if exponent < 0 {
            value = Decimal::from_ratio(&Decimal::from_integer(1), &value)?;
        }
        Some((1 + length, value))
    }

    /// `e6`, `×10^23`, `×10²³`, `×10−6`; and `10^6` by itself.
    fn power(&self, at: usize, part: &mut Part) {
        let next = at + part.length;
        let exponent = if self.glued(next) && matches!(self.text_of(next), "e" | "E") {
            self.signed_digits(next + 1).map(|(length, exponent)| (1 + length, exponent))
        } else if matches!(self.text_of(next), "×" | "x" | "·" | "*")
            && self.is_digits(next + 1)
            && self.text_of(next + 1) == "10"
        {
            // Text that lost its superscripts has the sign of minus right behind the ten: `5 × 10−6`.
            let flat = || self.signed_digits(next + 2).filter(|_| self.glued_sign(next + 2) == "−");
            self.raised(next + 2).or_else(flat).map(|(length, exponent)| (2 + length, exponent))
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

    /// `1st`, `22nd`; also `22th`, for a suffix that does not say with which digit alone it goes: `11st` are stones.
    fn ordinal_suffix(&self, at: usize, part: &mut Part) {
        let next = at + part.length;
        let digits = self.text_of(next - 1).as_bytes();
        let ends_in = |digit: i128| match digits {
            [.., b'1', _] => false,
            [.., last] => i128::from(last.wrapping_sub(b'0')) == digit,
            [] => false,
        };
        let fits = |suffix: &super::words::NumberWord| suffix.value == 0 || ends_in(suffix.value);
        if self.glued(next) && !part.form.decimal && self.role(next, Role::OrdinalSuffix).is_some_and(fits) {
            part.length += 1;
            part.form.ordinal = true;
            part.form.bare_digits = 0;
        }
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

pub(super) fn scaled_value(whole: &str, decimals: &str) -> NumberValue {
    let count = whole.len() + decimals.len();
    if count > MAX_DIGITS * 3 {
        return NumberValue::TooLong;
    }
    if count <= 18 && whole.is_ascii() && decimals.is_ascii() {
        let digit = |value: i64, digit: u8| value * 10 + i64::from(digit - b'0');
        let value = whole.bytes().chain(decimals.bytes()).fold(0, digit);
        return match decimals.len() {
            0 => NumberValue::Integer(value),
            scale => NumberValue::Scaled(value, scale as u8),
        };
    }
    let digits = ascii(whole) + &ascii(decimals);
    let scale = u8::try_from(decimals.chars().count()).unwrap_or(u8::MAX);
    if digits.len() > MAX_DIGITS {
        return NumberValue::TooLong;
    }
    match digits.parse::<i64>() {
        Ok(value) if scale == 0 => NumberValue::Integer(value),
        Ok(mantissa) => NumberValue::Scaled(mantissa, scale),
        Err(_) => Decimal::from_digits(&digits, u32::from(scale))
            .map_or(NumberValue::TooLong, |value| NumberValue::Exact(Box::new(value))),
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

/// Whether a sign is a fraction.
pub(super) fn is_vulgar_fraction(sign: &str) -> bool {
    matches!(sign.chars().next(), Some('¼'..='¾' | '⅐'..='⅞'))
}

pub(super) fn vulgar_fraction(text: &str) -> Option<Decimal> {
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
