//! Runs of ASCII letters, eight bytes at a time: where one ends, how many are upper case, and its folded form.

use std::num::NonZeroU64;

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

/// A run of 1 to [`WordKey::LONGEST`] ASCII letters, which are not mixed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PlainRun {
    pub length: usize,
    pub shape: Shape,
    /// Key of the run in lower case.
    pub key: WordKey,
    /// The byte behind it.
    pub next: u8,
}

/// Bytes that hold a plain run, a blank before it and the byte behind.
pub(super) const WINDOW: usize = 25;

impl PlainRun {
    /// The run that starts at `at`, 0 or 1, if it is plain.
    #[inline(always)]
    pub fn at(window: &[u8; WINDOW], at: usize) -> Option<Self> {
        let eight = |at: usize| window[at..at + 8].try_into().map_or(0, u64::from_le_bytes);
        let chunk = eight(at);
        let Some(others) = NonZeroU64::new(others(chunk)) else { return Self::long(chunk, eight(at + 8)) };
        let (length, folded, written) = take(chunk, others);
        let shape = match folded ^ written {
            0 => Shape::Lower,
            FIRST_CASE if length > 1 => Shape::Title,
            FIRST_CASE => Shape::Initial,
            upper if upper == folded & CASE => Shape::Upper,
            _ => return None,
        };
        let next = (chunk >> (8 * length)) as u8;
        (length > 0).then_some(Self { length, shape, key: WordKey::from_parts(folded, 0, length), next })
    }

    /// A run of eight letters and more.
    #[inline(never)]
    fn long(first: u64, second: u64) -> Option<Self> {
        let (length, high, written) = take(second, NonZeroU64::new(others(second))?);
        let low = first | CASE;
        let shape = match (low ^ first, high ^ written) {
            (0, 0) => Shape::Lower,
            (FIRST_CASE, 0) => Shape::Title,
            (CASE, upper) if upper == high & CASE => Shape::Upper,
            _ => return None,
        };
        let key = WordKey::from_parts(low, high, 8 + length);
        Some(Self { length: 8 + length, shape, key, next: (second >> (8 * length)) as u8 })
    }
}

/// The high bit of each of eight bytes that is no letter.
#[inline(always)]
fn others(chunk: u64) -> u64 {
    // No byte carries into the next one: each is below 0x80 before something below 0x80 is added.
    let plain = (chunk | CASE) & !HIGH;
    let from_a = plain + (0x80 - u64::from(b'a')) * ONES;
    let behind_z = plain + (0x7f - u64::from(b'z')) * ONES;
    // What is behind z is behind a too, so that only letters differ.
    (!(from_a ^ behind_z) | chunk) & HIGH
}

/// How many bytes stand before the first other one, and these in lower case and as written, with zeros behind.
#[inline(always)]
fn take(chunk: u64, others: NonZeroU64) -> (usize, u64, u64) {
    // All bits below the first other byte.
    let first = others.get() & others.get().wrapping_neg();
    let within = (first >> 7).wrapping_sub(1);
    (others.trailing_zeros() as usize / 8, (chunk | CASE) & within, chunk & within)
}

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x80 * ONES;
const CASE: u64 = 0x20 * ONES;
/// The bit of the first of eight bytes that tells lower from upper case.
const FIRST_CASE: u64 = 0x20;
/// The high bit of the first of eight bytes.
const FIRST: u64 = 0x80;

impl Letters {
    /// The run that starts at `at`.
    pub fn at(bytes: &[u8], at: usize) -> Self {
        let first = Chunk::new(load(bytes, at));
        if first.length < 8 { Self::short(&first) } else { Self::longer(bytes, at, &first) }
    }

    /// A run of less than eight letters.
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
    fn new(chunk: u64) -> Self {
        let Some(others) = NonZeroU64::new(others(chunk)) else {
            return Self { length: 8, letters: HIGH, upper: HIGH & !(chunk << 2), folded: chunk | CASE };
        };
        let (length, folded, _) = take(chunk, others);
        let letters = HIGH & ((others.get() & others.get().wrapping_neg()) >> 7).wrapping_sub(1);
        Self { length, letters, upper: letters & !(chunk << 2), folded }
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
                for at in 0..2 {
                    let mut window = [b' '; WINDOW];
                    window.iter_mut().skip(at).zip(whole.bytes()).for_each(|(to, byte)| *to = byte);
                    let plain = PlainRun::at(&window, at);
                    let is_plain = !letters.key.is_none() && shape != Shape::Mixed;
                    let expected =
                        || PlainRun { length: text.len(), shape, key: letters.key, next: window[at + text.len()] };
                    assert_eq!(plain, is_plain.then(expected), "{whole}");
                }
            }
        }
    }
}
