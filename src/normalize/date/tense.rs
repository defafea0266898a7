//! Whether a sentence speaks of the past or the future, from the verbs nearest to an expression.

use super::knowledge::Class;
use super::model::Tense;
use super::pieces::Reader;
use crate::lexicon::Shape;
use crate::normalize;
use crate::scan::TokenKind;

/// Tokens around the expression that are looked at.
const REACH: usize = 40;
/// Tokens between an auxiliary verb and its participle.
const PARTICIPLE: usize = 3;
/// Tokens from an auxiliary up to the date that its verb has (`would reopen on`).
const NEAR: usize = 4;
/// Tokens from the name of an event up to its date (`a ceremony in Leeds on`).
const EVENT: usize = 9;

/// The tense around a match: the nearest verb before it decides, else the nearest behind it; an expression that stands
/// alone is an entry of a calendar and looks ahead.
pub(super) fn tense(reader: &Reader<'_>) -> Tense {
    tense_of(reader, true)
}

/// The same without words that speak of what was ahead in a story that is told ("would be").
pub(super) fn told_tense(reader: &Reader<'_>) -> Tense {
    tense_of(reader, false)
}

fn tense_of(reader: &Reader<'_>, prospects: bool) -> Tense {
    let input = reader.input;
    let sentence = input.sentence();
    let fact = input.found.fact.clone();
    // "Postponed until Monday", "would be cut by March": to a time that was still to come.
    let until = fact.start > sentence.start && reader.know.is(input, fact.start - 1, Class::TenseLean);
    // "Said the plant would reopen Friday": the verb of the date, not of another part of the sentence.
    let near = |at: usize| at < fact.start && at + NEAR >= fact.start && reader.know.is(input, at, Class::TenseWould);
    let defers = |at: usize| until && reader.know.is(input, at, Class::TenseDefer) || prospects && near(at);
    let of = |at: usize| match verb(reader, at, prospects) {
        _ if defers(at) => Some(Tense::Future),
        // "will be signed", "to be held": a participle belongs to what stands before it.
        Some(Tense::Past)
            if (at.saturating_sub(PARTICIPLE).max(sentence.start)..at)
                .any(|at| future(reader, at) || prospects && prospect(reader, at)) =>
        {
            Some(Tense::Future)
        }
        tense => tense,
    };
    let first = fact.start.saturating_sub(REACH).max(sentence.start);
    let last = (fact.end + REACH).min(sentence.end);
    let before = (first..fact.start).rev().find_map(of);
    // "…, the ministry said": who told it, at the end of the sentence, and not what happened.
    let teller = |at: usize| {
        reader.know.is(input, at, Class::TenseSaid)
            && (at + 1..sentence.end).all(|at| input.scanned.tokens[at].kind == TokenKind::Sign)
    };
    let behind = || (fact.end..last).filter(|at| !teller(*at)).find_map(of);
    if let Some(tense) = before.or_else(behind) {
        return tense;
    }
    // "Until Sunday" looks ahead where no verb tells.
    if until {
        return Tense::Future;
    }
    let matched = input.found.tokens.clone();
    let alone = (sentence.start..matched.start)
        .chain(matched.end..sentence.end)
        .all(|at| input.scanned.tokens[at].kind == TokenKind::Sign || reader.know.is(input, at, Class::TenseNeutral));
    if alone { Tense::Future } else { Tense::Unknown }
}

/// Whether a verb that leaves the time open ("to meet", "is heard", "may resign") stands between a verb of the past and the
/// expression behind it.
pub(super) fn planned(reader: &Reader<'_>) -> bool {
    let input = reader.input;
    let end = input.found.fact.start;
    let first = end.saturating_sub(REACH).max(input.sentence().start);
    let plain = |at: usize| {
        let token = &input.scanned.tokens[at];
        let lower = token.kind == TokenKind::Word && token.shape == Shape::Lower;
        lower && !input.is(at, normalize::Class::FunctionWord)
    };
    let opens = |at: usize| reader.know.is(input, at, Class::TenseOpen) && at + 1 < end && plain(at + 1);
    // "Invited the delegations to a ceremony on Nov. 12": the event is named, and may be still to come.
    let event = |at: usize| at + EVENT >= end && reader.know.is(input, at, Class::TenseEvent);
    if reader.know.is(input, input.found.fact.end, Class::TenseEvent) {
        // "A March 1 deadline".
        return true;
    }
    let told = (first..end).rev().find(|at| verb(reader, *at, false) == Some(Tense::Past));
    // "When the case is heard": a participle belongs to what stands before it.
    told.is_some_and(|told| {
        (told.saturating_sub(PARTICIPLE).max(first)..end).any(|at| opens(at) || at > told && event(at))
    })
}

/// Whether the nearest verb is one of the present that tells when something is to be ("is at 7:30 on Saturday", "may end on
/// Thursday"), in a sentence that no verb puts into the past or the future.
pub(super) fn announced(reader: &Reader<'_>) -> bool {
    let (input, fact) = (reader.input, reader.input.found.fact.clone());
    let sentence = input.sentence();
    let present = |at: usize| reader.know.is(input, at, Class::TensePresent);
    (fact.start.saturating_sub(REACH).max(sentence.start)..fact.start).any(present)
        || (fact.end..(fact.end + REACH).min(sentence.end)).any(present)
}

fn future(reader: &Reader<'_>, at: usize) -> bool {
    reader.know.is(reader.input, at, Class::TenseFuture)
}

fn prospect(reader: &Reader<'_>, at: usize) -> bool {
    reader.know.is(reader.input, at, Class::TenseProspect)
}

/// What one word tells.
fn verb(reader: &Reader<'_>, at: usize, prospects: bool) -> Option<Tense> {
    if reader.know.tells(reader.input, at) {
        if future(reader, at) || prospects && prospect(reader, at) {
            return Some(Tense::Future);
        }
        if reader.know.is(reader.input, at, Class::TensePast) {
            return Some(Tense::Past);
        }
    }
    let token = &reader.input.scanned.tokens[at];
    let lower = token.kind == TokenKind::Word && token.shape == Shape::Lower;
    lower.then(|| reader.know.ending(token.span.of(reader.input.text))).filter(|tense| *tense != Tense::Unknown)
}
