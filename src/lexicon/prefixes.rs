//! Which two and three words a term of several words may begin with.
//!
//! Function words begin some terms and stand inside others ("The Gambia", "Bay of Plenty"), so that walking the trie from
//! each of them would be for nothing nearly always. A bit per beginning, in a table by hash, tells so at once; it may err on
//! the side of a walk.

use std::borrow::Cow;

use super::WordId;
use super::flat::{Flat, Reader};
use super::trie::Trie;

/// What the tables say of two words.
#[derive(Debug, Clone, Copy, Default)]
pub struct Pair {
    /// A term may be these two words.
    pub ends: bool,
    /// A longer term may begin with them.
    pub goes_on: bool,
    hash: u64,
}

/// The tables: each a power of two of machine words.
#[derive(Debug, Clone, Default)]
pub(super) struct Prefixes {
    /// In the low half of a word the bits of those that end, in the high half of those that go on.
    pairs: Cow<'static, [u64]>,
    triples: Cow<'static, [u64]>,
}

/// Bits per beginning, at least.
const ROOM: usize = 32;

impl Prefixes {
    /// The tables of all terms.
    pub fn new(trie: &Trie) -> Self {
        let (mut pairs, mut triples) = (Vec::new(), Vec::new());
        for (first, root) in trie.roots() {
            for (second, node) in trie.followers(root) {
                let hash = pair_hash(first, second);
                let ends = !trie.entries_at(node).is_empty();
                pairs.push((hash, u64::from(ends) | u64::from(trie.goes_on(node)) << 32, 32));
                triples.extend(trie.followers(node).map(|(third, _)| (triple_hash(hash, third), 1, 64)));
            }
        }
        Self { pairs: table(&pairs).into(), triples: table(&triples).into() }
    }

    /// What is known of two words.
    #[inline]
    pub fn pair(&self, first: WordId, second: WordId) -> Pair {
        let hash = pair_hash(first, second);
        let bits = word(&self.pairs, hash) >> (hash & 31);
        Pair { ends: bits & 1 == 1, goes_on: bits >> 32 & 1 == 1, hash }
    }

    /// Whether a term may begin with two words and a third.
    #[inline]
    pub fn goes_on(&self, pair: Pair, third: WordId) -> bool {
        let hash = triple_hash(pair.hash, third);
        word(&self.triples, hash) >> (hash & 63) & 1 == 1
    }

    pub fn write(&self, flat: &mut Flat) {
        flat.longs(&self.pairs);
        flat.longs(&self.triples);
    }

    pub fn read(reader: &mut Reader) -> Option<Self> {
        Some(Self { pairs: Cow::Borrowed(reader.longs()?), triples: Cow::Borrowed(reader.longs()?) })
    }
}

/// A table with the bits of some hashes: where they begin in a word is told by the hash, modulo the last number.
fn table(hashes: &[(u64, u64, u64)]) -> Vec<u64> {
    let mut words = vec![0; (hashes.len() * ROOM / 64).next_power_of_two()];
    let last = words.len() - 1;
    for (hash, bits, places) in hashes {
        words[(hash >> 6) as usize & last] |= bits << (hash % places);
    }
    words
}

#[inline]
fn word(table: &[u64], hash: u64) -> u64 {
    table.get((hash >> 6) as usize & table.len().wrapping_sub(1)).copied().unwrap_or_default()
}

#[inline]
fn pair_hash(first: WordId, second: WordId) -> u64 {
    mixed(u64::from(first.0) << 32 | u64::from(second.0))
}

#[inline]
fn triple_hash(pair: u64, third: WordId) -> u64 {
    mixed(pair ^ u64::from(third.0) << 20)
}

#[inline]
fn mixed(bits: u64) -> u64 {
    let product = u128::from(bits) * 0x9e37_79b9_7f4a_7c15;
    product as u64 ^ (product >> 64) as u64
}

#[cfg(test)]
mod tests {
    use super::super::trie::Growing;
    use super::super::{Case, ClassId, Entry, Gate};
    use super::*;

    #[test]
    fn beginnings_are_found_and_most_others_are_not() {
        let mut growing = Growing::default();
        let gate = Gate { case: Case::Fold, only_after: None, weak: false };
        let entry = Entry { class: ClassId(0), table: 0, row: 0, gate, exact: 0, needs_upper: false };
        let numbers: Vec<WordId> = (0..5000).map(WordId).collect();
        for number in &numbers[1..] {
            let path = [WordId(number.0 % 70 + 1), *number, WordId(number.0 % 3 + 1)];
            let mut node = Growing::ROOT;
            for (length, word) in path.iter().enumerate().take(2 + number.0 as usize % 2) {
                node = growing.child(node, *word);
                if length == 1 + number.0 as usize % 2 {
                    growing.enter(node, entry);
                }
            }
        }
        let prefixes = Prefixes::new(&growing.finish(&numbers));
        let mut wrong = 0;
        for number in &numbers[1..] {
            let pair = prefixes.pair(WordId(number.0 % 70 + 1), *number);
            assert!(if number.0 % 2 == 0 { pair.ends } else { pair.goes_on });
            assert!(number.0 % 2 == 0 || prefixes.goes_on(pair, WordId(number.0 % 3 + 1)));
            let other = prefixes.pair(WordId(number.0 % 70 + 100), *number);
            wrong +=
                usize::from(other.ends) + usize::from(other.goes_on) + usize::from(prefixes.goes_on(pair, *number));
        }
        assert!(wrong < 1000, "{wrong}");
        let none = Prefixes::default().pair(WordId(1), WordId(2));
        assert!(!none.ends && !none.goes_on);
    }
}
