//! Well-known places named inside other names: `Ohio Supreme Court` is no place, but says where one is.

use std::ops::Range;

use super::{candidates, is_town};
use crate::lexicon::fold;
use crate::normalize::{Class, Input, NamedPlace, PlaceCandidate, spaced};

/// Classes of names that tell where something is, wherever they stand.
const TELLING: [Class; 4] = [Class::Country, Class::Admin1, Class::City, Class::Town];

/// The names of places among some tokens, from left to right; of several that begin with one word, the longest.
pub fn places_inside(input: &Input<'_>, tokens: Range<usize>) -> Vec<NamedPlace> {
    let mut named = Vec::new();
    let mut start = tokens.start;
    while start < tokens.end {
        match longest(input, start, tokens.end) {
            Some((end, candidates)) => {
                named.push(NamedPlace { name: fold(&spaced(input.text_of(start..end))).into(), candidates });
                start = end;
            }
            None => start += 1,
        }
    }
    named
}

/// The longest name that starts with a token, where it ends, and what it may mean.
fn longest(input: &Input<'_>, start: usize, last: usize) -> Option<(usize, super::Candidates)> {
    let ends = TELLING.iter().filter_map(|class| input.term_after(start, *class)).map(|term| term.end);
    let end = ends.filter(|end| *end <= last).max()?;
    (start + 1..=end).rev().find_map(|end| {
        let mut found = candidates(input, start..end, &TELLING);
        found.retain(|candidate: &mut PlaceCandidate| !is_town(input, *candidate));
        (!found.is_empty()).then_some((end, found))
    })
}
