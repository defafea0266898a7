//! Whether a sentence speaks of the past or the future, from the verbs nearest to an expression.

use super::knowledge::Class;
use super::model::Tense;
use super::pieces::Reader;

/// Tokens around the expression that are looked at.
const REACH: usize = 40;

/// The tense around a match: the nearest verb before it decides, else the nearest behind it; an expression that stands
/// alone is an entry of a calendar and looks ahead.
pub(super) fn tense(reader: &Reader<'_>) -> Tense {
    let input = reader.input;
    let sentence = input.sentence();
    let fact = input.found.fact.clone();
    let of = |at: usize| {
        if reader.know.is(input, at, Class::TenseFuture) {
            Some(Tense::Future)
        } else if reader.know.is(input, at, Class::TensePast) {
            Some(Tense::Past)
        } else {
            None
        }
    };
    let first = fact.start.saturating_sub(REACH).max(sentence.start);
    let last = (fact.end + REACH).min(sentence.end);
    let before = (first..fact.start).rev().find_map(of);
    if let Some(tense) = before.or_else(|| (fact.end..last).find_map(of)) {
        return tense;
    }
    let matched = input.found.tokens.clone();
    let alone = (sentence.start..matched.start).chain(matched.end..sentence.end).all(|at| {
        let token = &input.scanned.tokens[at];
        token.word == crate::lexicon::WordId::UNKNOWN && token.span.of(input.text).chars().all(|c| !c.is_alphanumeric())
            || token.span.of(input.text).chars().all(|c| c.is_ascii_punctuation())
    });
    if alone { Tense::Future } else { Tense::Unknown }
}
