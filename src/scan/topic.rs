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
    /// The first three letters that there are, as bits: nearly no place of a text needs a look-up.
    beginnings: Vec<u64>,
}

/// Letters of a beginning.
const LETTERS: usize = 3;

/// The number of a beginning. Other signs may share it with letters, but no word has them.
#[inline]
fn beginning(bytes: [u8; LETTERS]) -> usize {
    bytes.iter().fold(0, |sum, byte| sum << 5 | usize::from(byte & 31))
}

impl TopicWords {
    /// The words of the rules' table.
    pub fn load(lexicon: &Lexicon) -> Self {
        let mut all = Self { beginnings: vec![0; 1 << (5 * LETTERS) >> 6], ..Self::default() };
        let Some((_, table)) = lexicon.table_named(TABLE) else { return all };
        for row in 0..table.len() {
            let name = table.get(row, "topic");
            let topic = all.number(name).unwrap_or_else(|| {
                all.topics.push(name.into());
                all.topics.len() - 1
            });
            let weight = table.get(row, "weight").parse().unwrap_or(1);
            let word = fold(table.get(row, "term")).into_bytes();
            if let Some(first) = word.first_chunk() {
                let beginning = beginning(*first);
                all.beginnings[beginning >> 6] |= 1 << (beginning & 63);
            }
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

    #[inline]
    fn may_begin(&self, bytes: [u8; LETTERS]) -> bool {
        let beginning = beginning(bytes);
        self.beginnings[beginning >> 6] >> (beginning & 63) & 1 == 1
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
        for (at, first) in bytes.windows(LETTERS).enumerate() {
            let [one, two, three] = *first else { continue };
            if !self.words.may_begin([one, two, three]) || at > 0 && bytes[at - 1].is_ascii_alphabetic() {
                continue;
            }
            word.clear();
            word.extend(bytes[at..].iter().take_while(|byte| byte.is_ascii_alphabetic()).map(u8::to_ascii_lowercase));
            if let Some((topic, weight)) = self.words.words.get(word.as_slice()) {
                weights[at / SECTION * topics + topic] += weight;
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
