//! Units that a text puts together: "kg m-3", "W/m2/K", "mg/kg/day", "fb−1".
//!
//! A rule captures the whole expression; here it is taken apart into factors, each a unit of the table with an exponent.
//! A slash, or a word between two factors ("per"), divides by the factor behind it.

use std::ops::Range;

use super::units::{Unit, Units};
use crate::normalize::{Class, Input};
use crate::scan::TokenKind;

/// Classes of what may be a factor, likeliest first.
const FACTOR: &[Class] = &[Class::UnitSymbol, Class::UnitName, Class::UnitPart, Class::UnitRate, Class::UnitTime];
/// Signs that divide.
const DIVIDES: &[&str] = &["/", "∕", "⁄"];
/// Signs before an exponent.
const RAISES: &str = "^";
/// Minus signs of an exponent.
const MINUS: &[&str] = &["-", "−", "–", "⁻"];
/// Superscript digits, by value.
const SUPERSCRIPTS: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/// The unit that a range of tokens puts together; none if a factor is no unit of the table.
pub fn expression(input: &Input<'_>, units: &Units, tokens: Range<usize>) -> Option<Unit> {
    let (mut at, mut divides) = (tokens.start, false);
    let mut product: Option<Unit> = None;
    while at < tokens.end {
        let (factor, end) = factor(input, units, at..tokens.end)?;
        let (exponent, end) = exponent(input, end..tokens.end);
        let exponent = exponent.unwrap_or(1) * if divides { -1 } else { 1 };
        let powered = factor.powered(exponent)?;
        product = Some(match product {
            None => powered,
            Some(before) => before.times(&powered)?,
        });
        at = end;
        divides = false;
        if at < tokens.end && factor_end(input, at..tokens.end).is_none() {
            let is_word = input.scanned.tokens[at].kind == TokenKind::Word;
            divides = is_word || DIVIDES.contains(&input.text_of(at..at + 1));
            at += 1;
        }
    }
    product
}

fn factor<'u>(input: &Input<'_>, units: &'u Units, tokens: Range<usize>) -> Option<(&'u Unit, usize)> {
    let (end, code) = factor_end(input, tokens)?;
    Some((units.get(code)?, end))
}

/// End and UCUM code of the longest factor that starts a range of tokens.
fn factor_end<'a>(input: &Input<'a>, tokens: Range<usize>) -> Option<(usize, &'a str)> {
    (tokens.start + 1..=tokens.end).rev().find_map(|end| {
        let code = |class: &Class| input.row_in(tokens.start..end, *class)?.get("ucum");
        FACTOR.iter().find_map(code).map(|code| (end, code))
    })
}

/// The exponent at the start of a range of tokens, and where it ends.
fn exponent(input: &Input<'_>, tokens: Range<usize>) -> (Option<i32>, usize) {
    let text = |at: usize| if at < tokens.end { input.text_of(at..at + 1) } else { "" };
    let mut at = tokens.start + usize::from(text(tokens.start) == RAISES);
    let minus = MINUS.contains(&text(at));
    at += usize::from(minus);
    let mut value = None;
    while let Some(digits) = digits(text(at)) {
        value = Some(digits);
        at += 1;
    }
    match value {
        Some(value) => (Some(if minus { -value } else { value }), at),
        None => (None, tokens.start),
    }
}

fn digits(text: &str) -> Option<i32> {
    let raised = |text: &str| {
        let at = SUPERSCRIPTS.chars().position(|each| text.chars().eq([each]))?;
        i32::try_from(at).ok()
    };
    text.parse().ok().filter(|value| (1..=9).contains(value)).or_else(|| raised(text))
}
