//! What a part of a document is about, by words that speak of little else (`innings`, `midfielder`).
//!
//! Some wordings mean one thing in a report of a match and another elsewhere: `Boston beat Chicago` tells of two teams, `an
//! expedition against Boston` of a town. Rules say with the constant `topic` where they hold. Counted by sections, because an
//! archive of a newspaper is one document about everything; and only once somebody asks, because most documents give no cause.

use std::cell::OnceCell;

use rustc_hash::FxHashMap;

use crate::lexicon::{Lexicon, fold};

/// The table of the words, their topics and weights.
const TABLE: &str = "text/topics";
/// Bytes of a section. It is judged with the one before and the one behind it.
const SECTION: usize = 2048;
/// Least weight of what is about a topic, however short.
const LEAST: u32 = 3;
/// Bytes that a point of weight may speak for.
const BYTES_PER_POINT: usize = 250;

/// The words that tell of topics. Made once.
#[derive(Debug, Default)]
pub struct TopicWords {
    /// Names of the topics; a topic's number is its place here.
    topics: Vec<Box<str>>,
    /// Folded word, of ASCII letters, to the number of its topic, and its weight.
    words: FxHashMap<Box<str>, (usize, u32)>,
    /// Lengths of the words with a first letter, as bits: most words of a text need no look-up.
    lengths: [u64; 26],
}

impl TopicWords {
    /// The words of the rules' table.
    pub fn load(lexicon: &Lexicon) -> Self {
        let mut all = Self::default();
        let Some((_, table)) = lexicon.table_named(TABLE) else { return all };
        for row in 0..table.len() {
            let name = table.get(row, "topic");
            let topic = all.topics.iter().position(|each| **each == *name).unwrap_or_else(|| {
                all.topics.push(name.into());
                all.topics.len() - 1
            });
            let weight = table.get(row, "weight").parse().unwrap_or(1);
            let word = fold(table.get(row, "term"));
            if let Some(first @ b'a'..=b'z') = word.bytes().next() {
                all.lengths[usize::from(first - b'a')] |= 1 << (word.len() & 63);
            }
            all.words.insert(word.into(), (topic, weight));
        }
        all
    }

    /// The topic and weight of a word of ASCII letters; `room` is where it is folded.
    fn of(&self, word: &str, room: &mut String) -> Option<(usize, u32)> {
        let first = word.bytes().next()?.to_ascii_lowercase().wrapping_sub(b'a');
        let lengths = self.lengths.get(usize::from(first))?;
        if lengths >> (word.len() & 63) & 1 == 0 {
            return None;
        }
        room.clear();
        room.push_str(word);
        room.make_ascii_lowercase();
        self.words.get(room.as_str()).copied()
    }
}

/// The topics of one document's text.
#[derive(Debug)]
pub struct Topics<'d> {
    words: &'d TopicWords,
    text: &'d str,
    /// Weight of each topic in each section, section by section.
    weights: OnceCell<Vec<u32>>,
}

impl<'d> Topics<'d> {
    /// The topics of a text; nothing is counted yet.
    pub fn new(words: &'d TopicWords, text: &'d str) -> Self {
        Self { words, text, weights: OnceCell::new() }
    }

    /// Whether the part of the text around a byte is about a topic.
    pub fn is_about(&self, topic: &str, at: usize) -> bool {
        let Some(topic) = self.words.topics.iter().position(|each| **each == *topic) else { return false };
        let weights = self.weights.get_or_init(|| self.count());
        let section = at / SECTION;
        let sections = section.saturating_sub(1)..section + 2;
        let weight: u32 = sections.clone().filter_map(|each| weights.get(each * self.words.topics.len() + topic)).sum();
        let bytes = self.text.len().min(sections.end * SECTION) - sections.start * SECTION;
        weight >= LEAST && weight as usize * BYTES_PER_POINT >= bytes
    }

    fn count(&self) -> Vec<u32> {
        let topics = self.words.topics.len();
        let mut weights = vec![0; (self.text.len() / SECTION + 1) * topics];
        let mut room = String::new();
        let mut rest = self.text;
        while let Some(start) = rest.bytes().position(|byte| byte.is_ascii_alphabetic()) {
            rest = &rest[start..];
            let length = rest.bytes().position(|byte| !byte.is_ascii_alphabetic()).unwrap_or(rest.len());
            let (word, behind) = rest.split_at(length);
            if let Some((topic, weight)) = self.words.of(word, &mut room) {
                let at = self.text.len() - rest.len();
                weights[at / SECTION * topics + topic] += weight;
            }
            rest = behind;
        }
        weights
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Ruleset;

    #[test]
    fn a_section_is_judged_by_itself() {
        let words = TopicWords::load(&Ruleset::shipped().unwrap().lexicon);
        let match_report = "The midfielder scored twice before half-time and the striker won the match. ".repeat(40);
        let council =
            "The council met on the pier and spoke of ropes and of the price of herring in the north. ".repeat(60);
        let text = format!("{match_report}{council}");
        let topics = Topics::new(&words, &text);
        assert!(topics.is_about("sport", 0) && !topics.is_about("sport", text.len() - 1));
        assert!(!topics.is_about("fishing", 0), "a topic that no row has");
        assert!(!Topics::new(&words, "They met at the match.").is_about("sport", 0), "one word is not enough");
        assert!(!Topics::new(&words, "").is_about("sport", 0));
    }
}
