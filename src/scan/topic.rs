//! What a part of a document is about, by words that speak of little else (`innings`, `midfielder`).
//!
//! Some wordings mean one thing in a report of a match and another elsewhere: `Boston beat Chicago` tells of two teams, `an
//! expedition against Boston` of a town. Rules say with `topic` where they hold. Counted by sections, because an archive of a
//! newspaper is one document about everything; and only once somebody asks.

use std::cell::OnceCell;

use rustc_hash::FxHashMap;

use crate::lexicon::{Lexicon, fold};

/// The table of the words, their topics and weights.
pub(crate) const TABLE: &str = "text/topics";
/// Bytes of a section. It is judged with the one before and the one behind it.
const SECTION: usize = 2048;
/// Least weight of what is about a topic, however short.
const LEAST: u32 = 3;
/// Bytes that a point of weight may speak for.
const BYTES_PER_POINT: usize = 250;

/// The number of a topic.
pub type TopicId = usize;

/// The words that tell of topics. Made once.
#[derive(Debug, Default)]
pub struct TopicWords {
    /// Names of the topics; a topic's number is its place here.
    topics: Vec<Box<str>>,
    /// Folded word, of ASCII letters, to the number of its topic, and its weight.
    words: FxHashMap<Box<[u8]>, (TopicId, u32)>,
    /// Hashes of the beginnings that there are, as bits: nearly no word of a text needs a look-up.
    beginnings: Vec<u64>,
}

/// Bytes of a beginning. A shorter word stands with whatever follows it.
const BEGINNING: usize = 4;
/// Bits of its hash.
const HASH: u32 = 16;

/// The hash of a beginning, in either case.
#[inline]
fn hash(bytes: [u8; BEGINNING]) -> usize {
    let letters = u32::from_le_bytes(bytes) & 0x1f1f_1f1f;
    (letters.wrapping_mul(0x9e37_79b1) >> (u32::BITS - HASH)) as usize
}

/// The ASCII letters among 64 bytes, as bits from the lowest.
#[inline]
fn letters(bytes: &[u8; 64]) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let mut mask = 0;
    for (at, eight) in bytes.chunks_exact(8).enumerate() {
        let eight = eight.first_chunk().map_or(0, |eight| u64::from_le_bytes(*eight));
        // In either case, with the highest bit out of the way of the sums: they set it from `a` on, and behind `z`.
        let folded = (eight | (ONES * 0x20)) & (ONES * 0x7f);
        let from_a = folded + ONES * (0x80 - u64::from(b'a'));
        let behind_z = folded + ONES * (0x7f - u64::from(b'z'));
        let highest = (from_a & !behind_z & !eight) & (ONES * 0x80);
        // The eight highest bits side by side.
        mask |= ((highest >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56) << (8 * at);
    }
    mask
}

impl TopicWords {
    /// The words of the rules' table.
    pub fn load(lexicon: &Lexicon) -> Self {
        let mut all = Self { beginnings: vec![0; 1 << HASH >> 6], ..Self::default() };
        let Some((_, table)) = lexicon.table_named(TABLE) else { return all };
        for row in 0..table.len() {
            let name = table.get(row, "topic");
            let topic = all.number(name).unwrap_or_else(|| {
                all.topics.push(name.into());
                all.topics.len() - 1
            });
            let weight = table.get(row, "weight").parse().unwrap_or(1);
            let word = fold(table.get(row, "term")).into_bytes();
            all.begin(&word);
            all.words.insert(word.into(), (topic, weight));
        }
        all
    }

    /// The number of a topic.
    pub fn number(&self, name: &str) -> Option<TopicId> {
        self.topics.iter().position(|each| **each == *name)
    }

    /// The names of the topics.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.topics.iter().map(AsRef::as_ref)
    }

    fn begin(&mut self, word: &[u8]) {
        for behind in 0..32 {
            let mut bytes = [behind; BEGINNING];
            let known = word.len().min(BEGINNING);
            bytes[..known].copy_from_slice(&word[..known]);
            let hash = hash(bytes);
            self.beginnings[hash >> 6] |= 1 << (hash & 63);
        }
    }

    #[inline]
    fn may_begin(&self, bytes: [u8; BEGINNING]) -> bool {
        let hash = hash(bytes);
        self.beginnings[hash >> 6] >> (hash & 63) & 1 == 1
    }
}

/// The topics of one document's text.
#[derive(Debug)]
pub struct Topics<'d> {
    words: &'d TopicWords,
    text: &'d str,
    /// Whether each section is about each topic, section by section.
    about: OnceCell<Vec<bool>>,
}

impl<'d> Topics<'d> {
    /// The topics of a text; nothing is counted yet.
    pub fn new(words: &'d TopicWords, text: &'d str) -> Self {
        Self { words, text, about: OnceCell::new() }
    }

    /// Whether the part of the text around a byte is about a topic.
    pub fn is_about(&self, topic: TopicId, at: usize) -> bool {
        let about = self.about.get_or_init(|| self.judge(&self.count()));
        about[at / SECTION * self.words.topics.len() + topic]
    }

    fn judge(&self, weights: &[u32]) -> Vec<bool> {
        let topics = self.words.topics.len();
        let is_about = |place: usize| {
            let (section, topic) = (place / topics, place % topics);
            let sections = section.saturating_sub(1)..section + 2;
            let weight: u32 = sections.clone().filter_map(|each| weights.get(each * topics + topic)).sum();
            let bytes = self.text.len().min(sections.end * SECTION) - sections.start * SECTION;
            weight >= LEAST && weight as usize * BYTES_PER_POINT >= bytes
        };
        (0..weights.len()).map(is_about).collect()
    }

    /// The weight of each topic in each section, section by section.
    fn count(&self) -> Vec<u32> {
        let topics = self.words.topics.len();
        let bytes = self.text.as_bytes();
        let mut weights = vec![0; (bytes.len() / SECTION + 1) * topics];
        let mut word = Vec::new();
        let mut look_at = |at: usize| {
            let mut beginning = [0; BEGINNING];
            let rest = &bytes[at..];
            match rest.first_chunk() {
                Some(first) => beginning = *first,
                None => beginning[..rest.len()].copy_from_slice(rest),
            }
            if !self.words.may_begin(beginning) {
                return;
            }
            word.clear();
            word.extend(rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).map(u8::to_ascii_lowercase));
            if let Some((topic, weight)) = self.words.words.get(word.as_slice()) {
                weights[at / SECTION * topics + topic] += weight;
            }
        };
        let mut before = 0;
        for (number, chunk) in bytes.chunks(64).enumerate() {
            let letters = match chunk.first_chunk() {
                Some(chunk) => letters(chunk),
                None => {
                    let mut last = [0; 64];
                    last[..chunk.len()].copy_from_slice(chunk);
                    letters(&last)
                }
            };
            let mut starts = letters & !(letters << 1 | before);
            before = letters >> 63;
            while starts != 0 {
                look_at(number * 64 + starts.trailing_zeros() as usize);
                starts &= starts - 1;
            }
        }
        weights
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Ruleset;

    #[test]
    fn letters_are_told_from_all_else() {
        for start in (0..=255).step_by(64) {
            let bytes: [u8; 64] = std::array::from_fn(|at| (start + at) as u8);
            let expected = (0..64).filter(|at| bytes[*at].is_ascii_alphabetic()).fold(0, |mask, at| mask | 1 << at);
            assert_eq!(letters(&bytes), expected, "from {start}");
        }
    }

    #[test]
    fn words_are_found_wherever_they_stand() {
        let words = Ruleset::shipped().unwrap().topics;
        let sport = words.number("sport").unwrap();
        for before in 0..130 {
            for word in ["midfielder", "won"] {
                let text = format!("{}{word}", "- ".repeat(before));
                let weights = Topics::new(&words, &text).count();
                assert_eq!(weights[sport], words.words[word.as_bytes()].1, "{before} {word}");
            }
        }
        assert_eq!(Topics::new(&words, "wonder awon wonä").count()[sport], words.words[b"won".as_slice()].1);
    }

    #[test]
    fn a_section_is_judged_by_itself() {
        let words = Ruleset::shipped().unwrap().topics;
        let match_report = "The midfielder scored twice before half-time and the striker won the match. ".repeat(40);
        let council =
            "The council met on the pier and spoke of ropes and of the price of herring in the north. ".repeat(60);
        let text = format!("{match_report}{council}");
        let sport = words.number("sport").unwrap();
        let topics = Topics::new(&words, &text);
        assert!(topics.is_about(sport, 0) && !topics.is_about(sport, text.len() - 1));
        assert_eq!(words.number("fishing"), None, "a topic that no row has");
        for text in ["They met at the match.", "", "rematches, MATCHÉS"] {
            assert!(!Topics::new(&words, text).is_about(sport, 0), "one word is not enough: {text}");
        }
        assert!(Topics::new(&words, "MATCH, “match” and Match: innings").is_about(sport, 0));
    }
}
