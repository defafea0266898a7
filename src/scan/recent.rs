//! The words that a thread has met lately, each with all that the first pass asks about it.
//!
//! A text's words are few of those that the dictionaries have, but lie scattered over megabytes of their table, so that nearly
//! every look-up there waits for memory. The words met lately lie close together here, written as they were, with their
//! sorts: one look tells all. A word's place is told by its hash, and the next word with the same place takes it.

use super::classify::Writing;
use super::sorts::SortId;
use crate::lexicon::{Known, WordId, WordKey};

/// Places: a power of two. With a quarter of them every eighth word was looked up in the dictionaries' table; more would not
/// stay in the cache.
const PLACES: usize = 1 << 14;

/// What was told of a word.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Met {
    /// The word.
    pub word: WordId,
    /// Its sort, as it was written.
    pub sort: SortId,
    /// What the lexicon knows of it.
    pub known: Known,
}

/// A word by its letters and how it was written.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    key: WordKey,
    known: Known,
    word: WordId,
    /// The number of the sort; above it, that of the writing.
    sort: u32,
}

/// Bits for the number of a sort.
const SORT: u32 = 24;

/// The words met lately.
#[derive(Debug, Default)]
pub(super) struct Recent {
    places: Vec<Place>,
}

impl Recent {
    /// Room for words; none was met so far.
    pub fn new() -> Self {
        Self { places: vec![Place::default(); PLACES] }
    }

    /// What was told of a word, if it was met lately; the key must be one.
    #[inline(always)]
    pub fn get(&self, key: WordKey, writing: Writing) -> Option<Met> {
        let place = self.places.get(place(key, writing))?;
        let is_it = place.key == key && place.sort >> SORT == writing.0 as u32;
        let sort = SortId::new(place.sort & ((1 << SORT) - 1));
        is_it.then_some(Met { word: place.word, sort, known: place.known })
    }

    /// Notes what was told of a word.
    pub fn put(&mut self, key: WordKey, writing: Writing, met: Met) {
        let sort = met.sort.index() as u32;
        if let Some(place) = self.places.get_mut(place(key, writing))
            && sort >> SORT == 0
        {
            *place = Place { key, known: met.known, word: met.word, sort: sort | (writing.0 as u32) << SORT };
        }
    }
}

#[inline(always)]
fn place(key: WordKey, writing: Writing) -> usize {
    ((key.hash() >> 40) as usize ^ writing.0.wrapping_mul(0x9e5)) & (PLACES - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_as_it_was_written() {
        let mut recent = Recent::new();
        let met = |number: u32| Met { word: WordId(number), sort: SortId::new(number), known: Known::default() };
        let writings = [Writing::SIGN, Writing::DIGITS, Writing::DIGITS.at(true, false)];
        for (number, word) in (1..).zip(["one", "two", "three"]) {
            let key = WordKey::of(word.as_bytes());
            assert!(writings.iter().all(|writing| recent.get(key, *writing).is_none()));
            for (more, writing) in (0..).zip(writings) {
                recent.put(key, writing, met(number * 10 + more));
            }
            for (more, writing) in (0..).zip(writings) {
                let found = recent.get(key, writing).unwrap();
                assert_eq!((found.word.0, found.sort.index()), (number * 10 + more, (number * 10 + more) as usize));
            }
        }
        assert!(recent.get(WordKey::of(b"four"), Writing::SIGN).is_none());
        recent.put(WordKey::of(b"four"), Writing::SIGN, met(1 << SORT));
        assert!(recent.get(WordKey::of(b"four"), Writing::SIGN).is_none(), "no room for the number of its sort");
    }
}
