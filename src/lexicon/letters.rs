//! Runs of ASCII letters, eight bytes at a time: where one ends, how many are upper case, and its folded form.

use super::WordKey;
use super::cut::Shape;

/// A run of ASCII letters; may be empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Letters {
    pub length: usize,
    pub shape: Shape,
    /// Key of the run in lower case, if it is short enough.
    pub key: WordKey,
}

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x80 * ONES;
const CASE: u64 = 0x20 * ONES;
/// The high bit of the first of eight bytes.
const FIRST: u64 = 0x80;

impl Letters {
    /// The run that starts at `at`.
    #[inline(always)]
    pub fn at(bytes: &[u8], at: usize) -> Self {
        let first = Chunk::new(load(bytes, at));
        if first.length < 8 { Self::short(&first) } else { Self::longer(bytes, at, &first) }
    }

    /// A run of less than eight letters.
    #[inline(always)]
    fn short(first: &Chunk) -> Self {
        let length = first.length;
        let shape = match first.upper {
            0 if length == 0 => Shape::None,
            0 => Shape::Lower,
            FIRST if length > 1 => Shape::Title,
            FIRST => Shape::Initial,
            upper if upper == first.letters => Shape::Upper,
            _ => Shape::Mixed,
        };
        let key = if length == 0 { WordKey::NONE } else { WordKey::from_parts(first.folded, 0, length) };
        Self { length, shape, key }
    }

    /// A run of at least the eight letters of `first`.
    #[inline(never)]
    fn longer(bytes: &[u8], at: usize, first: &Chunk) -> Self {
        let (mut length, mut high) = (8, 0);
        let mut all_upper = first.upper == first.letters;
        let mut later_upper = first.upper & !FIRST;
        loop {
            let next = Chunk::new(load(bytes, at + length));
            if length == 8 {
                high = next.folded;
            }
            all_upper &= next.upper == next.letters;
            later_upper |= next.upper;
            length += next.length;
            if next.length < 8 {
                break;
            }
        }
        let shape = match (first.upper & FIRST != 0, later_upper != 0) {
            (false, false) => Shape::Lower,
            (true, false) => Shape::Title,
            _ if all_upper => Shape::Upper,
            _ => Shape::Mixed,
        };
        let is_short = length <= WordKey::LONGEST;
        let key = if is_short { WordKey::from_parts(first.folded, high, length) } else { WordKey::NONE };
        Self { length, shape, key }
    }
}

/// The letters at the start of eight bytes, the first the least significant.
struct Chunk {
    length: usize,
    /// The high bit of each letter.
    letters: u64,
    /// The high bit of each letter in upper case.
    upper: u64,
    /// The letters in lower case, and zeros.
    folded: u64,
}

impl Chunk {
    #[inline(always)]
    fn new(chunk: u64) -> Self {
        let lower = chunk | CASE;
        let plain = lower & !HIGH;
        // No byte carries into the next one: each is below 0x80 before something below 0x80 is added.
        let from_a = plain + (0x80 - u64::from(b'a')) * ONES;
        let behind_z = plain + (0x7f - u64::from(b'z')) * ONES;
        let letters = from_a & !behind_z & !chunk & HIGH;
        let others = letters ^ HIGH;
        // All bits below the first byte that is no letter; all 64 where there is none.
        let within = ((others & others.wrapping_neg()) >> 7).wrapping_sub(1);
        let letters = letters & within;
        let length = others.trailing_zeros() as usize / 8;
        Self { length, letters, upper: letters & !(chunk << 2), folded: lower & within }
    }
}

/// Eight bytes from `at`, with zeros behind the end.
#[inline]
fn load(bytes: &[u8], at: usize) -> u64 {
    match bytes.get(at..at + 8).and_then(|eight| eight.try_into().ok()) {
        Some(eight) => u64::from_le_bytes(eight),
        None => load_last(bytes, at),
    }
}

fn load_last(bytes: &[u8], at: usize) -> u64 {
    bytes.get(at..).unwrap_or_default().iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_letters() {
        for text in [
            "",
            "a",
            "Abc",
            "abcdefg",
            "abcdefgh",
            "AbCdEfGhI",
            "aB",
            "abcdefghijK",
            "abcdefghijklmno",
            "abcdefghijklmnop",
            "Abcdefghijklm",
            "ABCDEFGHIJ",
            "Z",
            "ZZ",
        ] {
            for behind in ["", " ", "@abc", "[", "`", "{", "é", "5abcdefgh"] {
                let whole = format!("{text}{behind}");
                let letters = Letters::at(whole.as_bytes(), 0);
                assert_eq!(letters.length, text.len(), "{whole}");
                let shape = match text {
                    "" => Shape::None,
                    "a" | "abcdefg" | "abcdefgh" | "abcdefghijklmno" | "abcdefghijklmnop" => Shape::Lower,
                    "Abc" | "Abcdefghijklm" => Shape::Title,
                    "Z" => Shape::Initial,
                    "ZZ" | "ABCDEFGHIJ" => Shape::Upper,
                    _ => Shape::Mixed,
                };
                assert_eq!(letters.shape, shape, "{whole}");
                assert_eq!(letters.key, WordKey::of(text.to_lowercase().as_bytes()), "{whole}");
            }
        }
    }
}
