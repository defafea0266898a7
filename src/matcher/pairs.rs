//! A table from two small numbers to a third, for what is learnt once and asked for every token.
//!
//! Why not the standard hash map: this one is asked for each token of each document, and the standard one's answer costs
//! several times as many instructions. Why not a row per state with a column per symbol: most pairs never occur, and
//! what does occur should stay in the nearest cache.

use rustc_hash::FxHashMap;

/// The table. The pair (0, 0) cannot be a key.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    slots: Vec<Slot>,
    used: usize,
    /// 32 less the binary logarithm of the number of slots.
    shift: u32,
    /// Pairs of a number that is not small: rules, or the sorts of words, would have to be several times as many.
    large: FxHashMap<(u32, u32), u32>,
}

/// Eight bytes, for what is asked for should stay in the nearest cache.
#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    /// Both numbers; 0 where the slot is free.
    key: u32,
    value: u32,
}

const FEWEST: usize = 1 << 12;

/// Spreads keys over the high bits (2^32 over the golden ratio).
const SPREAD: u32 = 0x9e37_79b9;

impl Pairs {
    /// What a pair leads to.
    #[inline]
    pub fn get(&self, left: u32, right: u32) -> Option<u32> {
        let Some(key) = key(left, right) else { return self.get_large(left, right) };
        let slots = self.slots.as_slice();
        let mut at = (key.wrapping_mul(SPREAD) >> (self.shift & 31)) as usize;
        while let Some(slot) = slots.get(at & slots.len().wrapping_sub(1)) {
            if slot.key == key {
                return Some(slot.value);
            }
            if slot.key == 0 {
                break;
            }
            at += 1;
        }
        None
    }

    #[cold]
    #[inline(never)]
    fn get_large(&self, left: u32, right: u32) -> Option<u32> {
        self.large.get(&(left, right)).copied()
    }

    /// Notes where a pair leads that is not in the table.
    #[cold]
    #[inline(never)]
    pub fn insert(&mut self, left: u32, right: u32, value: u32) {
        let Some(key) = key(left, right) else {
            self.large.insert((left, right), value);
            return;
        };
        if self.used * 2 >= self.slots.len() {
            self.grow();
        }
        self.used += 1;
        self.put(Slot { key, value });
    }

    /// How many pairs there are.
    pub fn len(&self) -> usize {
        self.used + self.large.len()
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    fn grow(&mut self) {
        let size = (self.slots.len() * 2).max(FEWEST);
        self.shift = 32 - size.trailing_zeros();
        for slot in std::mem::replace(&mut self.slots, vec![Slot::default(); size]) {
            if slot.key != 0 {
                self.put(slot);
            }
        }
    }

    fn put(&mut self, slot: Slot) {
        let mask = self.slots.len() - 1;
        let mut at = (slot.key.wrapping_mul(SPREAD) >> self.shift) as usize;
        while self.slots[at & mask].key != 0 {
            at += 1;
        }
        self.slots[at & mask] = slot;
    }
}

/// Bits of a small number on the right, a symbol; the others are for one on the left: states are fewer than places in the
/// program, of which there are some hundred thousand.
const RIGHT: u32 = 14;

/// Both numbers as one, if they are small.
#[inline]
fn key(left: u32, right: u32) -> Option<u32> {
    (left >> (u32::BITS - RIGHT) == 0 && right >> RIGHT == 0).then_some(left << RIGHT | right)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_in_is_found_after_growing() {
        let mut pairs = Pairs::default();
        assert_eq!(pairs.get(1, 2), None);
        for number in 1..10_000 {
            pairs.insert(number, number % 7, number * 3);
        }
        assert!((1..10_000).all(|number| pairs.get(number, number % 7) == Some(number * 3)));
        assert_eq!(pairs.get(10_000, 0), None);
    }

    #[test]
    fn large_numbers_are_kept_apart() {
        let mut pairs = Pairs::default();
        for (number, (left, right)) in
            (1..).zip([(1, 1 << RIGHT), (1 << 18, 1), ((1 << 18) - 1, 1), (1, 1), (u32::MAX, u32::MAX)])
        {
            assert_eq!(pairs.get(left, right), None);
            pairs.insert(left, right, number);
            assert_eq!((pairs.get(left, right), pairs.len()), (Some(number), number as usize));
        }
    }
}
