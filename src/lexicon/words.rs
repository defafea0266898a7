//! The folded words that some dictionary or rule knows, by text.
//!
//! Every word of a document is looked up here, so a look-up touches one line of memory: the table holds the records of the
//! words themselves, with the letters of a short word and what the scanner asks next. Words of up to [`WordKey::LONGEST`]
//! bytes are compared as two machine words and need no string at all.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::flat::{Flat, Reader};
use super::{Known, WordId};

/// A short folded word as two machine words: its bytes, zeros, and its length in the last byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
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

    /// A number whose bits look random.
    #[inline]
    pub fn hash(self) -> u64 {
        let product = u128::from(self.0[0] ^ self.0[1].rotate_left(23)) * 0x9e37_79b9_7f4a_7c15_u128;
        product as u64 ^ (product >> 64) as u64
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
/// begins and how long it is.
type Record = [u64; 4];

/// Second machine word of a record whose text is too long for a key. That of a place without a word is 0.
const LONG: u64 = u64::MAX;

/// The table of words: a word's number is its place. A power of two of places; no word has the first.
#[derive(Debug, Clone)]
pub(super) struct Words {
    records: Cow<'static, [Record]>,
    text: Cow<'static, str>,
    count: usize,
}

impl Default for Words {
    fn default() -> Self {
        Self::with_room(0)
    }
}

impl Words {
    /// An empty table for some words.
    fn with_room(count: usize) -> Self {
        // Two of three places are taken at most, or looks for words that are not there would be long.
        let mut records = vec![[0; 4]; (count + count / 2).next_power_of_two().max(4)];
        records[0] = [0, LONG, 0, 0];
        Self { records: records.into(), text: Cow::default(), count: 0 }
    }

    /// Number of words.
    pub fn len(&self) -> usize {
        self.count
    }

    /// The words, for a look-up of many.
    #[inline]
    pub fn look_up(&self) -> LookUp<'_> {
        LookUp { records: &self.records, text: &self.text }
    }

    /// The word of a folded text.
    pub fn get(&self, folded: &str) -> WordId {
        self.look_up().get(folded).0
    }

    /// Puts in a word that is not there.
    fn enter(&mut self, folded: &str) -> WordId {
        let key = WordKey::of(folded.as_bytes());
        let hash = if key.is_none() { long_hash(folded.as_bytes()) } else { key.hash() };
        let [first, second] = if key.is_none() { [hash, LONG] } else { key.0 };
        let (records, text) = (self.records.to_mut(), self.text.to_mut());
        let mask = records.len() - 1;
        let mut at = hash as usize & mask;
        while records[at][1] != 0 {
            at = (at + 1) & mask;
        }
        records[at] = [first, second, 0, (text.len() as u64) << 32 | folded.len() as u64];
        text.push_str(folded);
        self.count += 1;
        WordId(at as u32)
    }

    /// What the lexicon knows of a word.
    #[inline]
    pub fn known(&self, word: WordId) -> Known {
        Known(self.records[word.0 as usize][2])
    }

    /// Sets what the lexicon knows of a word.
    pub fn set_known(&mut self, word: WordId, known: Known) {
        self.records.to_mut()[word.0 as usize][2] = known.0;
    }

    /// All words.
    pub fn iter(&self) -> impl Iterator<Item = WordId> + use<> {
        let taken: Vec<bool> = self.records.iter().map(|record| record[1] != 0).collect();
        (0..).zip(taken).skip(1).filter(|(_, taken)| *taken).map(|(place, _)| WordId(place))
    }

    pub fn write(&self, flat: &mut Flat) {
        flat.number(self.count);
        flat.longs(bytemuck::cast_slice(&self.records));
        flat.text(&self.text);
    }

    pub fn read(reader: &mut Reader) -> Option<Self> {
        let count = reader.number()?;
        let records: &[Record] = bytemuck::try_cast_slice(reader.longs()?).ok()?;
        records.len().is_power_of_two().then_some(())?;
        Some(Self { records: records.into(), text: Cow::Borrowed(reader.text()?), count })
    }

    /// The folded text of a word.
    pub fn text(&self, word: WordId) -> &str {
        self.look_up().text(word)
    }
}

/// A table of words while many are looked up.
#[derive(Debug, Clone, Copy)]
pub struct LookUp<'w> {
    records: &'w [Record],
    text: &'w str,
}

impl<'w> LookUp<'w> {
    /// The word of a key, and what is known of it.
    #[inline(always)]
    pub fn find(&self, key: WordKey) -> (WordId, Known) {
        self.probe(key.hash(), key.0, |_| true)
    }

    /// The word of a folded text, and what is known of it.
    pub fn get(&self, folded: &str) -> (WordId, Known) {
        let key = WordKey::of(folded.as_bytes());
        if !key.is_none() {
            return self.find(key);
        }
        if folded.is_empty() {
            return Default::default();
        }
        let hash = long_hash(folded.as_bytes());
        self.probe(hash, [hash, LONG], |word| self.text(word) == folded)
    }

    #[inline(always)]
    fn probe(&self, hash: u64, key: [u64; 2], is_it: impl Fn(WordId) -> bool) -> (WordId, Known) {
        let mut at = hash as usize;
        loop {
            at &= self.records.len().wrapping_sub(1);
            let Some(record) = self.records.get(at) else { return Default::default() };
            if record[0] == key[0] && record[1] == key[1] && is_it(WordId(at as u32)) {
                return (WordId(at as u32), Known(record[2]));
            }
            if record[1] == 0 {
                return Default::default();
            }
            at += 1;
        }
    }

    fn text(&self, word: WordId) -> &'w str {
        let place = self.records[word.0 as usize][3];
        &self.text[(place >> 32) as usize..][..place as u32 as usize]
    }
}

/// Words while dictionaries are joined. Their numbers are others than those of the finished table.
#[derive(Debug, Default)]
pub(super) struct Growing {
    numbers: FxHashMap<Box<str>, WordId>,
    texts: Vec<Box<str>>,
}

impl Growing {
    /// The number of a folded text, made if there is none.
    pub fn intern(&mut self, folded: &str) -> WordId {
        if let Some(word) = self.numbers.get(folded) {
            return *word;
        }
        if folded.is_empty() {
            return WordId::UNKNOWN;
        }
        self.texts.push(folded.into());
        let word = WordId(self.texts.len() as u32);
        self.numbers.insert(folded.into(), word);
        word
    }

    /// The finished table, and by number so far the number there.
    pub fn finish(self) -> (Words, Vec<WordId>) {
        let mut words = Words::with_room(self.texts.len());
        let renamed = std::iter::once(WordId::UNKNOWN).chain(self.texts.iter().map(|text| words.enter(text))).collect();
        (words, renamed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_all_lengths() {
        let mut growing = Growing::default();
        let texts: Vec<String> = (1..600).map(|length| "sinuiju ".chars().cycle().take(length).collect()).collect();
        let numbers: Vec<WordId> = texts.iter().map(|text| growing.intern(text)).collect();
        assert!(texts.iter().zip(&numbers).all(|(text, number)| growing.intern(text) == *number));
        let (words, renamed) = growing.finish();
        for (text, number) in texts.iter().zip(&numbers) {
            let word = renamed[number.0 as usize];
            assert_eq!((words.get(text), words.text(word)), (word, text.as_str()));
        }
        assert_eq!((words.len(), words.get("nampo"), words.get("")), (599, WordId::UNKNOWN, WordId::UNKNOWN));
        assert_eq!(words.iter().count(), 599);
    }
}
