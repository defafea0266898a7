//! The folded words that some dictionary or rule knows, by text.
//!
//! Every word of a document is looked up here, so a look-up touches two lines of memory: a slot of the hash table, and the
//! record of the word, which holds the letters of a short word and what the scanner asks next. Words of up to
//! [`WordKey::LONGEST`] bytes are compared as two machine words and need no string at all.

use std::borrow::Cow;

use super::WordId;
use super::flat::{Flat, Reader};

/// A short folded word as two machine words: its bytes, zeros, and its length in the last byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WordKey(pub(super) [u64; 2]);

impl WordKey {
    /// Not the key of a word.
    pub const NONE: WordKey = WordKey([0; 2]);
    /// Bytes that a word with a key can have.
    pub const LONGEST: usize = 15;

    /// The key of a folded word, [`NONE`](Self::NONE) if it is empty or too long.
    #[inline]
    pub fn of(folded: &[u8]) -> Self {
        if folded.is_empty() || folded.len() > Self::LONGEST {
            return Self::NONE;
        }
        let mut bytes = [0; 16];
        bytes[..folded.len()].copy_from_slice(folded);
        let both = u128::from_le_bytes(bytes);
        Self::from_parts(both as u64, (both >> 64) as u64, folded.len())
    }

    /// The key of `length` bytes, the first eight in `low`, the least significant first.
    #[inline]
    pub(super) const fn from_parts(low: u64, high: u64, length: usize) -> Self {
        Self([low, high | (length as u64) << 56])
    }

    /// Whether this is no key.
    #[inline]
    pub fn is_none(self) -> bool {
        self.0[1] == 0
    }

    #[inline]
    fn hash(self) -> u64 {
        mix(self.0[0] ^ 0x9e37_79b9_7f4a_7c15, self.0[1] ^ 0xa076_1d64_78bd_642f)
    }
}

/// One multiplication of 64 by 64 bits, both halves of which are kept.
#[inline]
fn mix(one: u64, other: u64) -> u64 {
    let product = u128::from(one) * u128::from(other);
    product as u64 ^ (product >> 64) as u64
}

fn long_hash(folded: &[u8]) -> u64 {
    folded.chunks(WordKey::LONGEST).map(WordKey::of).fold(folded.len() as u64, |hash, key| {
        mix(hash ^ key.0[0] ^ 0xe703_7ed1_a0b4_28db, key.0[1] ^ 0x8ebc_6af0_9c88_c6e3)
    })
}

/// What is kept of a word: its key (for a long word its hash and [`LONG`]), what the lexicon knows of it, and where its text
/// begins.
type Record = [u64; 4];

/// Second machine word of a record whose text is too long for a key.
const LONG: u64 = u64::MAX;

/// The table of words.
#[derive(Debug, Clone)]
pub(super) struct Words {
    /// High half of the hash, then the number of the word; 0 where there is none. A power of two of them.
    slots: Cow<'static, [u64]>,
    /// By word number; the first belongs to no word.
    records: Cow<'static, [Record]>,
    /// All texts; that of a word ends where the next one's begins.
    text: Cow<'static, str>,
}

impl Default for Words {
    fn default() -> Self {
        Self { slots: vec![0; 64].into(), records: vec![[0, LONG, 0, 0]].into(), text: Cow::default() }
    }
}

impl Words {
    /// Number of words.
    pub fn len(&self) -> usize {
        self.records.len() - 1
    }

    /// The word of a key.
    #[inline]
    pub fn find(&self, key: WordKey) -> WordId {
        self.probe(key.hash(), |word| {
            let record = &self.records[word.0 as usize];
            record[0] == key.0[0] && record[1] == key.0[1]
        })
    }

    /// The word of a folded text.
    pub fn get(&self, folded: &str) -> WordId {
        let key = WordKey::of(folded.as_bytes());
        if !key.is_none() {
            return self.find(key);
        }
        let hash = long_hash(folded.as_bytes());
        self.probe(hash, |word| self.records[word.0 as usize][1] == LONG && self.text(word) == folded)
    }

    #[inline]
    fn probe(&self, hash: u64, is_it: impl Fn(WordId) -> bool) -> WordId {
        let mut at = hash as usize;
        loop {
            let slot = self.slots[at & (self.slots.len() - 1)];
            let id = slot as u32;
            if id == 0 || slot >> 32 == hash >> 32 && is_it(WordId(id)) {
                return WordId(id);
            }
            at += 1;
        }
    }

    /// The number of a folded text, made if there is none.
    pub fn intern(&mut self, folded: &str) -> WordId {
        let known = self.get(folded);
        if known != WordId::UNKNOWN || folded.is_empty() {
            return known;
        }
        let key = WordKey::of(folded.as_bytes());
        let [first, second] = if key.is_none() { [long_hash(folded.as_bytes()), LONG] } else { key.0 };
        let word = WordId(self.records.len() as u32);
        self.records.to_mut().push([first, second, 0, self.text.len() as u64]);
        self.text.to_mut().push_str(folded);
        if self.records.len() * 2 > self.slots.len() {
            self.grow();
        } else {
            self.enter(word);
        }
        word
    }

    fn grow(&mut self) {
        self.slots = vec![0; self.slots.len() * 2].into();
        for word in 1..self.records.len() {
            self.enter(WordId(word as u32));
        }
    }

    fn enter(&mut self, word: WordId) {
        let record = &self.records[word.0 as usize];
        let hash = if record[1] == LONG { record[0] } else { WordKey([record[0], record[1]]).hash() };
        let mut at = hash as usize;
        let slots = self.slots.to_mut();
        loop {
            let last = slots.len() - 1;
            let slot = &mut slots[at & last];
            if *slot == 0 {
                *slot = hash >> 32 << 32 | u64::from(word.0);
                return;
            }
            at += 1;
        }
    }

    /// What the lexicon knows of a word.
    #[inline]
    pub fn known(&self, word: WordId) -> u64 {
        self.records[word.0 as usize][2]
    }

    /// Sets what the lexicon knows of a word.
    pub fn set_known(&mut self, word: WordId, known: u64) {
        self.records.to_mut()[word.0 as usize][2] = known;
    }

    pub fn write(&self, flat: &mut Flat) {
        flat.longs(&self.slots);
        flat.longs(bytemuck::cast_slice(&self.records));
        flat.text(&self.text);
    }

    pub fn read(reader: &mut Reader) -> Option<Self> {
        let slots = Cow::Borrowed(reader.longs()?);
        let records = Cow::Borrowed(bytemuck::try_cast_slice(reader.longs()?).ok()?);
        Some(Self { slots, records, text: Cow::Borrowed(reader.text()?) })
    }

    /// The folded text of a word.
    pub fn text(&self, word: WordId) -> &str {
        let start = self.records[word.0 as usize][3] as usize;
        let end = self.records.get(word.0 as usize + 1).map_or(self.text.len(), |next| next[3] as usize);
        &self.text[start..end]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_all_lengths() {
        let mut words = Words::default();
        let texts: Vec<String> = (1..600).map(|length| "sinuiju ".chars().cycle().take(length).collect()).collect();
        let ids: Vec<WordId> = texts.iter().map(|text| words.intern(text)).collect();
        for (text, id) in texts.iter().zip(&ids) {
            assert_eq!((words.get(text), words.text(*id)), (*id, text.as_str()));
            assert_eq!(words.intern(text), *id);
        }
        assert_eq!((words.len(), words.get("nampo"), words.get("")), (599, WordId::UNKNOWN, WordId::UNKNOWN));
    }
}
