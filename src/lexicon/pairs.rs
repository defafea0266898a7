//! Which two words a term of several words may begin with.
//!
//! Function words begin some terms and stand inside others ("The Gambia", "Bay of Plenty"), so that walking the trie from
//! each of them would be for nothing nearly always. A bit per pair, in a table by hash, tells so at once; it may err on the
//! side of a walk.

use std::borrow::Cow;

use super::WordId;
use super::flat::{Flat, Reader};

/// The table: a power of two of machine words.
#[derive(Debug, Clone, Default)]
pub(super) struct Pairs(Cow<'static, [u64]>);

/// Bits per pair.
const ROOM: usize = 16;

impl Pairs {
    /// The table of some pairs.
    pub fn new(pairs: &[(WordId, WordId)]) -> Self {
        let mut bits = vec![0; (pairs.len() * ROOM / 64).next_power_of_two()];
        let last = bits.len() - 1;
        for (first, second) in pairs {
            let hash = hash(*first, *second);
            bits[(hash >> 6) as usize & last] |= 1 << (hash & 63);
        }
        Self(bits.into())
    }

    /// Whether a pair may be among them.
    #[inline]
    pub fn has(&self, first: WordId, second: WordId) -> bool {
        let hash = hash(first, second);
        let word = (hash >> 6) as usize & self.0.len().wrapping_sub(1);
        self.0.get(word).is_some_and(|bits| bits >> (hash & 63) & 1 == 1)
    }

    pub fn write(&self, flat: &mut Flat) {
        flat.longs(&self.0);
    }

    pub fn read(reader: &mut Reader) -> Option<Self> {
        reader.longs().map(|bits| Self(Cow::Borrowed(bits)))
    }
}

#[inline]
fn hash(first: WordId, second: WordId) -> u64 {
    let both = u64::from(first.0) << 32 | u64::from(second.0);
    both.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_found_and_most_others_are_not() {
        let pairs: Vec<_> = (1..5000).map(|number| (WordId(number % 70), WordId(number))).collect();
        let table = Pairs::new(&pairs);
        assert!(pairs.iter().all(|(first, second)| table.has(*first, *second)));
        let wrong = (1..5000).filter(|number| table.has(WordId(number % 71 + 70), WordId(*number))).count();
        assert!(wrong < 600, "{wrong}");
        assert!(!Pairs::default().has(WordId(1), WordId(2)));
    }
}
