//! Words beside a date that open one of its ends: `since 2006`, `until May`, `before 2014`, `2018 or later`.

use super::knowledge::{Class, Meaning};
use super::modifier::Modifier;
use super::pieces::Reader;
use crate::lexicon::Shape;
use crate::normalize;
use crate::scan::TokenKind;

/// The longest term of the dictionary, in tokens.
const LONGEST: usize = 4;

/// What the words around the fact say of its ends. Only where the date itself is meant: `after Monday's attack` and `before
/// the 2012 election` count from something else.
pub(super) fn bound(reader: &Reader<'_>) -> Option<Modifier> {
    let fact = reader.input.found.fact.clone();
    if let Some(range) = reader.input.capture("bound") {
        return [Class::BoundBefore, Class::BoundBehind].into_iter().find_map(|class| {
            match reader.know.find(reader.input, range.start, range.end, class)? {
                (Meaning::Modifier(modifier), _) => Some(modifier),
                _ => None,
            }
        });
    }
    // "Before May 5 and after May 10": the second word opens the date behind it.
    let of_next = |at: usize| {
        let token = reader.input.scanned.tokens.get(at).filter(|_| at < reader.input.sentence().end);
        token.is_some_and(|token| token.shape == Shape::Title) || reader.input.scanned.number(at).is_some()
    };
    if let Some((Meaning::Modifier(modifier), length)) =
        reader.know.find(reader.input, fact.end, reader.input.sentence().end, Class::BoundBehind)
        && !of_next(fact.end + length)
    {
        return Some(modifier);
    }
    let found = before(reader, fact.start).or_else(|| {
        let about = fact.start.checked_sub(1)?;
        reader.know.is(reader.input, about, Class::TenseNeutral).then(|| before(reader, about))?
    })?;
    stands_alone(reader, fact.end).then_some(found)
}

/// The term that ends right before a token.
fn before(reader: &Reader<'_>, end: usize) -> Option<Modifier> {
    let first = end.saturating_sub(LONGEST).max(reader.input.sentence().start);
    (first..end).find_map(|at| match reader.know.find(reader.input, at, end, Class::BoundBefore)? {
        (Meaning::Modifier(modifier), length) if at + length == end => Some(modifier),
        _ => None,
    })
}

/// Whether nothing follows that the date could belong to.
fn stands_alone(reader: &Reader<'_>, at: usize) -> bool {
    let input = reader.input;
    if at >= input.sentence().end {
        return true;
    }
    let token = &input.scanned.tokens[at];
    match token.kind {
        TokenKind::Sign => {
            matches!(reader.text(at), "." | "," | ";" | ":" | ")" | "]" | "?" | "!" | "—" | "–" | "”" | "\"")
        }
        _ => reader.know.is(input, at, Class::TenseNeutral) || input.is(at, normalize::Class::FunctionWord),
    }
}
