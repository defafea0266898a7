//! The id of a fact: what lets a reviewer's decision find its fact again after the documents were edited.
//!
//! It is made from what the fact *is*: the document, the kind, the cells that the schema calls
//! [identity](super::schema::Field::identity), the words, and which one of several equal facts of the document it is.
//! Never from lines or offsets: a paragraph added above must not orphan every decision below it. For the same reason
//! white space in the words does not count (a re-wrapped paragraph says the same), nor do derived cells (a new table of
//! exchange rates does not make new facts).
//!
//! The price: when one of several *equal* facts of a document is deleted, the ones after it move up by one. They are
//! equal, so a decision about one nearly always holds for the other.
//!
//! 75 bits of SHA-256: among a thousand million facts the chance that any two share an id is about one in 80,000.
//! The letter of the kind comes first, so that no spreadsheet takes an id for a number (`1e5`) or a date.

use rustc_hash::FxHashMap;
use sha2::block_api::compress256;
use sha2::{Digest as _, Sha256};

use crate::normalize::Kind;

/// Digits and lower-case letters without `i`, `l`, `o` and `u` (Crockford), so that an id survives being read aloud.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Length of an id in bytes: the letter of the kind and 15 characters of 5 bits.
pub const LENGTH: usize = 16;

/// An id.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct FactId([u8; LENGTH]);

impl FactId {
    /// The id as it is written.
    pub fn as_str(&self) -> &str {
        // Only ASCII is ever put in.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The id as it is written.
    pub fn as_bytes(&self) -> &[u8; LENGTH] {
        &self.0
    }

    fn new(kind: Kind, digest: &Digest) -> Self {
        let mut id = [letter(kind); LENGTH];
        // Five bytes are eight characters; the last character of the second eight is not needed.
        let first = u64::from(digest[0]) << 8 | u64::from(digest[1] >> 24);
        let second = u64::from(digest[1] & 0xff_ffff) << 16 | u64::from(digest[2] >> 16);
        for place in 0..8 {
            id[1 + place] = ALPHABET[(first >> (35 - 5 * place)) as usize & 31];
        }
        for place in 0..7 {
            id[9 + place] = ALPHABET[(second >> (35 - 5 * place)) as usize & 31];
        }
        Self(id)
    }
}

/// The words of a SHA-256 digest.
type Digest = [u32; 8];

/// The digest of a short message, which is padded for it. Nearly every message is one block, and the ways of a general
/// hasher around that block cost as much as the block.
fn digest_of(message: &mut Vec<u8>) -> Digest {
    let bits = 8 * message.len() as u64;
    message.push(0x80);
    message.resize((message.len() + 8).next_multiple_of(64) - 8, 0);
    message.extend_from_slice(&bits.to_be_bytes());
    let mut state =
        [0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19];
    compress256(&mut state, message.as_chunks().0);
    state
}

/// Gives the facts of one document after the other their ids, in the order of the tables.
///
/// What is hashed is kept short: with the document's key as a digest of its own, nearly every fact fits into the one
/// block of 64 bytes that SHA-256 works on.
#[derive(Debug, Default)]
pub struct Ids {
    /// The digest of the key, then the fact at hand.
    message: Vec<u8>,
    seen: FxHashMap<u128, u32>,
}

/// Bytes of the key's digest that count.
const KEY: usize = 16;

/// Ends an identity cell. The words come last, so nothing they hold can pass for a cell.
const END: u8 = 0x1f;

impl Ids {
    /// Begins the document of a key, about to have so many facts.
    pub fn begin_document(&mut self, document_key: &str, facts: usize) {
        self.message.clear();
        self.message.extend_from_slice(&Sha256::digest(document_key)[..KEY]);
        self.seen.clear();
        self.seen.reserve(facts);
    }

    /// Begins a fact.
    pub fn begin(&mut self, kind: Kind) {
        self.message.truncate(KEY);
        self.message.push(letter(kind));
    }

    /// Adds an identity cell of the fact.
    pub fn cell(&mut self, cell: &[u8]) {
        self.message.extend_from_slice(cell);
        self.message.push(END);
    }

    /// The id of the fact, from its kind, its identity cells and its words.
    pub fn end(&mut self, kind: Kind, text: &str) -> FactId {
        self.words(text);
        let digest = digest_of(&mut self.message);
        let first = FactId::new(kind, &digest);
        let occurrence = self.seen.entry(u128::from_ne_bytes(first.0)).or_default();
        *occurrence += 1;
        if *occurrence == 1 {
            return first;
        }
        let occurrence = *occurrence;
        self.message.truncate(KEY);
        let mut message: Vec<u8> = digest.iter().flat_map(|word| word.to_be_bytes()).collect();
        message.extend_from_slice(&occurrence.to_le_bytes());
        FactId::new(kind, &digest_of(&mut message))
    }

    /// Adds the words of a text, each with a space after it.
    fn words(&mut self, text: &str) {
        let mut last = b' ';
        let is_plain = text.bytes().all(|byte| {
            let before = std::mem::replace(&mut last, byte);
            byte.is_ascii_graphic() || byte == b' ' && before != b' '
        });
        if is_plain && last != b' ' {
            self.message.extend_from_slice(text.as_bytes());
            self.message.push(b' ');
            return;
        }
        for word in text.split_whitespace() {
            self.message.extend_from_slice(word.as_bytes());
            self.message.push(b' ');
        }
    }
}

/// `n`, `m`, `p`, `o`, `d`.
fn letter(kind: Kind) -> u8 {
    kind.name().as_bytes()[0]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn begun(document: &str) -> Ids {
        let mut ids = Ids::default();
        ids.begin_document(document, 1);
        ids
    }

    fn next(ids: &mut Ids, kind: Kind, cells: &[&str], text: &str) -> FactId {
        ids.begin(kind);
        cells.iter().for_each(|cell| ids.cell(cell.as_bytes()));
        ids.end(kind, text)
    }

    fn id(document: &str, kind: Kind, cells: &[&str], text: &str) -> String {
        next(&mut begun(document), kind, cells, text).as_str().to_owned()
    }

    #[test]
    fn an_id_is_for_good() {
        // If this fails, every reviewer's decision is lost: do not change the expectation, change the code.
        assert_eq!(id("a.txt", Kind::Money, &["30000", "", "", "CNY"], "30,000 yuan"), "mv04gp3mvwqbjd11");
    }

    #[test]
    fn an_id_starts_with_the_letter_of_its_kind() {
        for kind in Kind::ALL {
            let id = id("a.txt", kind, &["1"], "one");
            assert_eq!(id.len(), LENGTH);
            assert!(
                id.starts_with(&kind.name()[..1]) && id.bytes().skip(1).all(|byte| ALPHABET.contains(&byte)),
                "{id}"
            );
        }
    }

    #[test]
    fn whatever_the_fact_is_changes_its_id() {
        let base = id("a.txt", Kind::Number, &["5", "m"], "5 m");
        for other in [
            id("b.txt", Kind::Number, &["5", "m"], "5 m"),
            id("a.txt", Kind::Money, &["5", "m"], "5 m"),
            id("a.txt", Kind::Number, &["5", ""], "5 m"),
            id("a.txt", Kind::Number, &["", "5m"], "5 m"),
            id("a.txt", Kind::Number, &["5", "m"], "five m"),
        ] {
            assert_ne!(base, other);
        }
    }

    #[test]
    fn white_space_in_the_words_does_not_change_the_id() {
        assert_eq!(id("a", Kind::Number, &["2"], "two\n  hundred"), id("a", Kind::Number, &["2"], "two hundred"));
    }

    #[test]
    fn equal_facts_are_told_apart_by_occurrence() {
        let mut ids = begun("a.txt");
        let three: Vec<_> = (0..3).map(|_| next(&mut ids, Kind::Number, &["5"], "five")).collect();
        let mut again = begun("a.txt");
        next(&mut again, Kind::Number, &["7"], "seven");
        let repeated: Vec<_> = (0..3).map(|_| next(&mut again, Kind::Number, &["5"], "five")).collect();
        assert!(three[0] != three[1] && three[1] != three[2] && three[0] != three[2]);
        assert_eq!(three, repeated, "a fact of another value in between changes nothing");
    }

    proptest! {
        #[test]
        fn a_digest_is_sha_256(message in proptest::collection::vec(any::<u8>(), 0..200)) {
            let bytes: Vec<u8> = digest_of(&mut message.clone()).iter().flat_map(|word| word.to_be_bytes()).collect();
            prop_assert_eq!(&bytes[..], &Sha256::digest(&message)[..]);
        }

        #[test]
        fn words_are_what_lies_between_spaces(text in "([a-c] ?|é|\\n|\\x7f|.){0,8}") {
            let mut ids = Ids::default();
            ids.words(&text);
            let words: String = text.split_whitespace().map(|word| format!("{word} ")).collect();
            prop_assert_eq!(String::from_utf8(ids.message).unwrap(), words);
        }
    }
}
