//! The acronym that stands in brackets beside a name, or before the brackets that the name stands in.

use std::ops::Range;

use super::letters;
use crate::normalize::{Class, Input, Text};
use crate::scan::TokenKind;

/// Tokens that an acronym may have (`AFL-CIO`).
const LONGEST: usize = 4;
/// Letters of an acronym that is one by its looks alone.
const ACRONYM: std::ops::RangeInclusive<usize> = 3..=6;

/// Classes of capital letters that are no organization.
const OTHERS: [Class; 2] = [Class::StopName, Class::CurrencyCode];

/// The acronym beside the name, if its letters come from the whole name.
pub fn acronym(input: &Input<'_>, name: &Range<usize>) -> Option<Text> {
    let beside = after(input, name.end).or_else(|| before(input, name))?;
    let acronym = input.text_of(beside.clone());
    let place = |at| [Class::Country, Class::Admin1, Class::City].iter().any(|class| input.is(at, *class));
    if beside.clone().any(place) || acronym.contains(char::is_whitespace) {
        return None;
    }
    let words: Vec<&str> = name.clone().map(|at| input.text_of(at..at + 1)).collect();
    (letters::start(&words, acronym) == Some(0) || is_of_other_tongue(input, beside)).then(|| acronym.into())
}

/// Whether letters that do not come from a name may still be its acronym, in the language that the name was translated from:
/// `Popular Revolutionary Army (EPR)`. Those that mean something else are not: `Ministry of Herring (PDF)`.
pub fn is_of_other_tongue(input: &Input<'_>, tokens: Range<usize>) -> bool {
    let acronym = input.text_of(tokens.clone());
    let is_known = |at| OTHERS.iter().any(|class| input.is(at, *class));
    ACRONYM.contains(&acronym.chars().count())
        && acronym.chars().all(char::is_uppercase)
        && !tokens.into_iter().any(is_known)
}

/// `… (RFI)`
fn after(input: &Input<'_>, end: usize) -> Option<Range<usize>> {
    if !sign(input, end, &["(", "["]) {
        return None;
    }
    let in_block = |at: &usize| input.scanned.tokens.get(*at).is_some_and(|token| token.kind != TokenKind::BlockBreak);
    let mut tokens = (end + 1..end + 2 + LONGEST).take_while(in_block).skip(1);
    let close = tokens.find(|at| sign(input, *at, &[")", "]", ",", ";"]))?;
    looks_short(input, end + 1).then_some(end + 1..close)
}

/// `RFI (…)`
fn before(input: &Input<'_>, name: &Range<usize>) -> Option<Range<usize>> {
    let open = name.start.checked_sub(1).filter(|at| *at > 0 && sign(input, *at, &["("]))?;
    (sign(input, name.end, &[")", ",", ";"]) && looks_short(input, open - 1)).then_some(open - 1..open)
}

/// Whether a token has two capital letters or more.
fn looks_short(input: &Input<'_>, at: usize) -> bool {
    at < input.scanned.tokens.len()
        && input.text_of(at..at + 1).chars().filter(|letter| letter.is_uppercase()).count() > 1
}

fn sign(input: &Input<'_>, at: usize, signs: &[&str]) -> bool {
    at < input.scanned.tokens.len() && signs.contains(&input.text_of(at..at + 1))
}
