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
use sha2::{Digest, Sha256};

use crate::normalize::Kind;

/// Digits and lower-case letters without `i`, `l`, `o` and `u` (Crockford), so that an id survives being read aloud.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Length of an id: the letter of the kind and 15 characters of 5 bits.
const LENGTH: usize = 16;

/// An id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FactId([u8; LENGTH]);

impl FactId {
    /// The id as it is written.
    pub fn as_str(&self) -> &str {
        // Only ASCII is ever put in.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    fn new(kind: Kind, digest: &[u8]) -> Self {
        let mut id = [letter(kind); LENGTH];
        // Five bytes are eight characters; the last character of the second eight is not needed.
        for (characters, bytes) in id[1..].chunks_mut(8).zip(digest.chunks(5)) {
            let bits = bytes.iter().fold(0, |bits: u64, byte| bits << 8 | u64::from(*byte));
            for (place, character) in characters.iter_mut().enumerate() {
                *character = ALPHABET[(bits >> (35 - 5 * place)) as usize & 31];
            }
        }
        Self(id)
    }
}

/// Gives the facts of one document their ids, in the order of the tables.
///
/// What is hashed is kept short: with the document's key as a digest of its own, nearly every fact fits into the one
/// block of 64 bytes that SHA-256 works on.
#[derive(Debug)]
pub struct Ids {
    /// The digest of the key, then the fact at hand.
    message: Vec<u8>,
    seen: FxHashMap<FactId, u32>,
}

/// Bytes of the key's digest that count.
const KEY: usize = 16;

/// Ends an identity cell. The words come last, so nothing they hold can pass for a cell.
const END: u8 = 0x1f;

impl Ids {
    /// Ids for the document of a key.
    pub fn new(document_key: &str) -> Self {
        Self { message: Sha256::digest(document_key)[..KEY].to_vec(), seen: FxHashMap::default() }
    }

    /// The id of the next fact, from its kind, its identity cells and its words.
    pub fn next<'a>(&mut self, kind: Kind, identity: impl Iterator<Item = &'a str>, text: &str) -> FactId {
        self.message.truncate(KEY);
        self.message.push(letter(kind));
        for cell in identity {
            self.message.extend_from_slice(cell.as_bytes());
            self.message.push(END);
        }
        for word in text.split_whitespace() {
            self.message.extend_from_slice(word.as_bytes());
            self.message.push(b' ');
        }
        let digest = Sha256::digest(&self.message);
        let first = FactId::new(kind, &digest);
        let occurrence = self.seen.entry(first).or_default();
        *occurrence += 1;
        if *occurrence == 1 {
            return first;
        }
        FactId::new(kind, &Sha256::new().chain_update(digest).chain_update(occurrence.to_le_bytes()).finalize())
    }
}

/// `n`, `m`, `p`, `o`, `d`.
fn letter(kind: Kind) -> u8 {
    kind.name().as_bytes()[0]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(document: &str, kind: Kind, cells: &[&str], text: &str) -> String {
        Ids::new(document).next(kind, cells.iter().copied(), text).as_str().to_owned()
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
        let mut ids = Ids::new("a.txt");
        let three: Vec<_> = (0..3).map(|_| ids.next(Kind::Number, ["5"].into_iter(), "five")).collect();
        let mut again = Ids::new("a.txt");
        again.next(Kind::Number, ["7"].into_iter(), "seven");
        let repeated: Vec<_> = (0..3).map(|_| again.next(Kind::Number, ["5"].into_iter(), "five")).collect();
        assert!(three[0] != three[1] && three[1] != three[2] && three[0] != three[2]);
        assert_eq!(three, repeated, "a fact of another value in between changes nothing");
    }
}
