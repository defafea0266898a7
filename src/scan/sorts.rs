//! Sorts of tokens: all that rules can tell of a token, as one number.
//!
//! A rule asks a token for its classes, and for its word if some rule quotes it. Texts hold millions of tokens but few
//! hundred sorts of them, so each sort is kept once per thread and a token holds its number: four bytes instead of forty,
//! and what is learnt of a sort (its letter for the automaton) is found without looking at its classes again.

use std::sync::atomic::{AtomicU64, Ordering};

use super::classify::Writing;
use super::recent::Recent;
use crate::lexicon::{ClassSet, Lexicon, WordId};

/// Number of a sort in [`Sorts`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct SortId(u32);

impl SortId {
    /// The sort of a number.
    #[inline]
    pub(super) fn new(number: u32) -> Self {
        Self(number)
    }

    /// For tables by sort.
    #[inline]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What rules can tell of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sort {
    /// Its classes.
    pub set: ClassSet,
    /// Its word, if some rule quotes it.
    pub word: WordId,
}

/// The sorts that one thread has met.
#[derive(Debug, Default)]
pub struct Sorts {
    sorts: Vec<Sort>,
    /// Numbers of sorts plus one, at the places of their hashes; a power of two of places.
    slots: Vec<u32>,
    /// Numbers of sorts plus one, by the nature of a word and how it is written; 0 for those not met.
    written: Vec<u32>,
    /// Words that were met lately, with their sorts.
    pub(super) recent: Recent,
    /// Whose sorts these are.
    owner: u64,
    generation: u64,
}

/// Ways of writing a word that [`Sorts::written`] tells apart.
const WRITINGS: usize = 64;

/// Sorts after which all are forgotten.
const MOST: usize = 50_000;

static NUMBERS: AtomicU64 = AtomicU64::new(1);

/// A number that nobody else has.
pub(super) fn unique() -> u64 {
    NUMBERS.fetch_add(1, Ordering::Relaxed)
}

impl Sorts {
    /// Makes ready for a piece of text that `owner` scans.
    #[inline]
    pub(super) fn prepare(&mut self, owner: u64, lexicon: &Lexicon) {
        if self.owner != owner || self.sorts.len() > MOST {
            // One row more, for what is no word.
            let written = vec![0; (lexicon.nature_count() + 1) * WRITINGS];
            let (slots, recent) = (vec![0; 1 << 11], Recent::new());
            *self = Self { slots, written, recent, owner, generation: unique(), ..Self::default() };
        }
    }

    /// Tells when all were forgotten: then it changes. Two threads never share one.
    #[inline]
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// The sort of a number.
    #[inline]
    pub fn get(&self, id: SortId) -> &Sort {
        &self.sorts[id.index()]
    }

    /// The sort of a word of some nature, written in some way, if such was met.
    #[inline]
    pub(super) fn written(&self, nature: usize, writing: Writing) -> Option<SortId> {
        self.written.get(nature * WRITINGS + writing.0)?.checked_sub(1).map(SortId)
    }

    /// Notes the sort of a word of some nature, written in some way.
    pub(super) fn learn(&mut self, nature: usize, writing: Writing, sort: Sort) -> SortId {
        let id = self.intern(sort);
        if let Some(slot) = self.written.get_mut(nature * WRITINGS + writing.0) {
            *slot = id.0 + 1;
        }
        id
    }

    /// Number of a sort.
    pub(super) fn intern(&mut self, sort: Sort) -> SortId {
        let mask = self.slots.len() - 1;
        let mut at = hash(&sort) & mask;
        while let Some(id) = self.slots[at].checked_sub(1) {
            if self.sorts[id as usize] == sort {
                return SortId(id);
            }
            at = (at + 1) & mask;
        }
        let id = SortId(self.sorts.len() as u32);
        self.sorts.push(sort);
        self.slots[at] = id.0 + 1;
        if self.sorts.len() * 2 > self.slots.len() {
            self.grow();
        }
        id
    }

    #[cold]
    fn grow(&mut self) {
        let mask = self.slots.len() * 2 - 1;
        self.slots.clear();
        self.slots.resize(mask + 1, 0);
        for (number, sort) in (1..).zip(&self.sorts) {
            let mut at = hash(sort) & mask;
            while self.slots[at] != 0 {
                at = (at + 1) & mask;
            }
            self.slots[at] = number;
        }
    }
}

/// A hash whose low bits are good.
#[inline]
fn hash(sort: &Sort) -> usize {
    let [a, b, c, d, e] = sort.set.words();
    let mixed = a
        ^ b.rotate_left(15)
        ^ c.rotate_left(31)
        ^ d.rotate_left(47)
        ^ e.rotate_left(7)
        ^ u64::from(sort.word.0).rotate_left(21);
    let product = u128::from(mixed) * 0x9e37_79b9_7f4a_7c15;
    (product as u64 ^ (product >> 64) as u64) as usize >> 20
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::ClassId;

    #[test]
    fn a_sort_has_one_number() {
        let mut sorts = Sorts { slots: vec![0; 4], ..Sorts::default() };
        let sort = |number: u32| {
            let mut set = ClassSet::of(ClassId(number as u16 & 0xff));
            set.insert(ClassId((number >> 4) as u16 & 0xff));
            Sort { set, word: WordId(number % 3) }
        };
        let ids: Vec<SortId> = (0..2000).map(|number| sorts.intern(sort(number))).collect();
        for (number, id) in (0..2000).zip(ids) {
            assert_eq!((sorts.intern(sort(number)), *sorts.get(id)), (id, sort(number)));
        }
    }
}
