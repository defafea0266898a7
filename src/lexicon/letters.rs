//! Runs of ASCII letters, eight bytes at a time: where one ends, how many are upper case, and its folded form.

use super::WordKey;
use super::cut::{Shape, shape_of};

/// A run of ASCII letters; may be empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Letters {
    pub length: usize,
    /// How many are upper case.
    pub upper: usize,
    pub first_upper: bool,
    /// Key of the run in lower case, if it is short enough.
    pub key: WordKey,
}

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x80 * ONES;
const CASE: u64 = 0x20 * ONES;

impl Letters {
    /// The run that starts at `at`.
    #[inline]
    pub fn at(bytes: &[u8], at: usize) -> Self {
        let chunk = load(bytes, at);
        let first = Chunk::new(chunk);
        let first_upper = first.upper & 0x80 != 0;
        if first.length < 8 {
            let key = WordKey::from_parts(first.folded, 0, first.length);
            let key = if first.length == 0 { WordKey::NONE } else { key };
            return Self { length: first.length, upper: first.upper.count_ones() as usize, first_upper, key };
        }
        Self::longer(bytes, at, &first)
    }

    /// A run of at least the eight letters of `first`.
    fn longer(bytes: &[u8], at: usize, first: &Chunk) -> Self {
        let (mut length, mut upper) = (8, first.upper.count_ones());
        let mut high = 0;
        loop {
            let next = Chunk::new(load(bytes, at + length));
            if length == 8 {
                high = next.folded;
            }
            upper += next.upper.count_ones();
            length += next.length;
            if next.length < 8 {
                break;
            }
        }
        let is_short = length <= WordKey::LONGEST;
        let key = if is_short { WordKey::from_parts(first.folded, high, length) } else { WordKey::NONE };
        Self { length, upper: upper as usize, first_upper: first.upper & 0x80 != 0, key }
    }

    pub fn shape(&self) -> Shape {
        match (self.upper, self.first_upper) {
            (0, _) if self.length > 0 => Shape::Lower,
            (1, true) if self.length > 1 => Shape::Title,
            _ => shape_of(self.upper, self.length - self.upper, self.first_upper),
        }
    }
}

/// The letters at the start of eight bytes, the first the least significant.
struct Chunk {
    length: usize,
    /// The high bit of each letter in upper case.
    upper: u64,
    /// The letters in lower case, and zeros.
    folded: u64,
}

impl Chunk {
    #[inline]
    fn new(chunk: u64) -> Self {
        let lower = chunk | CASE;
        let plain = lower & !HIGH;
        // No byte carries into the next one: each is below 0x80 before something below 0x80 is added.
        let from_a = plain + (0x80 - u64::from(b'a')) * ONES;
        let behind_z = plain + (0x7f - u64::from(b'z')) * ONES;
        let letters = from_a & !behind_z & !chunk & HIGH;
        let others = !letters & HIGH;
        let bits = others.trailing_zeros() & !7;
        let within = if bits == 64 { u64::MAX } else { (1 << bits) - 1 };
        Self { length: (bits / 8) as usize, upper: letters & within & !(chunk << 2), folded: lower & within }
    }
}

/// Eight bytes from `at`, with zeros behind the end.
#[inline]
fn load(bytes: &[u8], at: usize) -> u64 {
    match bytes.get(at..at + 8).and_then(|eight| eight.try_into().ok()) {
        Some(eight) => u64::from_le_bytes(eight),
        None => bytes.get(at..).unwrap_or_default().iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_letters() {
        for text in ["", "a", "Abc", "abcdefg", "abcdefgh", "AbCdEfGhI", "abcdefghijklmno", "abcdefghijklmnop", "ZZ"] {
            for behind in ["", " ", "@abc", "[", "`", "{", "é", "5abcdefgh"] {
                let whole = format!("{text}{behind}");
                let letters = Letters::at(whole.as_bytes(), 0);
                assert_eq!(letters.length, text.len(), "{whole}");
                assert_eq!(letters.upper, text.chars().filter(char::is_ascii_uppercase).count(), "{whole}");
                assert_eq!(letters.first_upper, text.starts_with(|first: char| first.is_uppercase()), "{whole}");
                assert_eq!(letters.key, WordKey::of(text.to_lowercase().as_bytes()), "{whole}");
            }
        }
    }
}
