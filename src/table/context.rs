//! The context of a fact: its sentence, or, where that is very long, the part of it around the fact.
//!
//! What has no full stop (a list, a table run together, a file of one line) is one sentence of any length, and every
//! fact of it has a row with that sentence. Written whole, the rows would grow with its square: 1 MB of `1 1 1` would
//! make 500 GB.

use std::borrow::Cow;

use super::cell::collapsed;
use crate::document::ViewSpan;

/// Bytes of a context. A reviewer reads no more, and a cell of a spreadsheet holds 32,767 characters.
const LONGEST: u32 = 1000;
/// Bytes of it that stand before the fact.
const BEFORE: u32 = 400;
/// Stands for what was left out.
const LEFT_OUT: &str = "…";

/// The part of a sentence that is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Context {
    span: ViewSpan,
    is_cut_before: bool,
    is_cut_after: bool,
}

impl Context {
    /// The context of a fact in its sentence, cut between words.
    pub(super) fn new(text: &str, sentence: ViewSpan, fact: ViewSpan) -> Self {
        if sentence.len() <= LONGEST {
            return Self { span: sentence, is_cut_before: false, is_cut_after: false };
        }
        let fact_start = fact.start.clamp(sentence.start, sentence.end);
        let mut start = floor(text, fact_start.saturating_sub(BEFORE).max(sentence.start));
        let mut end = floor(text, start.saturating_add(LONGEST).min(sentence.end));
        let fact_end = fact.end.clamp(fact_start, end.max(fact_start));
        let (is_cut_before, is_cut_after) = (start > sentence.start, end < sentence.end);
        let slice = |start: u32, end: u32| &text[start as usize..end as usize];
        if is_cut_before {
            // The word that is cut is left out, unless it is the fact's own.
            start += slice(start, fact_start).find(char::is_whitespace).unwrap_or_default() as u32;
        }
        if is_cut_after {
            let after = slice(fact_end, end);
            end = fact_end + after.rfind(char::is_whitespace).unwrap_or(after.len()) as u32;
        }
        Self { span: ViewSpan::new(start, end), is_cut_before, is_cut_after }
    }

    /// The context as it is shown: one line.
    pub(super) fn show(self, text: &str) -> Cow<'_, str> {
        let shown = collapsed(self.span.of(text));
        match (self.is_cut_before, self.is_cut_after) {
            (false, false) => shown,
            (true, false) => format!("{LEFT_OUT} {shown}").into(),
            (false, true) => format!("{shown} {LEFT_OUT}").into(),
            (true, true) => format!("{LEFT_OUT} {shown} {LEFT_OUT}").into(),
        }
    }
}

/// The last character boundary at or before an offset.
fn floor(text: &str, mut offset: u32) -> u32 {
    while !text.is_char_boundary(offset as usize) {
        offset -= 1;
    }
    offset
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(text: &str, fact: &str) -> String {
        let start = text.find(fact).unwrap() as u32;
        let (sentence, fact) = (ViewSpan::new(0, text.len() as u32), ViewSpan::new(start, start + fact.len() as u32));
        Context::new(text, sentence, fact).show(text).into_owned()
    }

    #[test]
    fn a_sentence_is_shown_whole() {
        assert_eq!(shown("He  paid\n5 yuan.", "5"), "He paid 5 yuan.");
    }

    #[test]
    fn a_very_long_one_is_cut_between_words_around_the_fact() {
        let words = "word ".repeat(1000);
        let context = shown(&format!("{words}5 yuan {words}"), "5");
        assert!(context.starts_with("… word word") && context.ends_with("word word …"), "{context}");
        assert!(context.contains("word 5 yuan word") && context.len() < 1010, "{context}");
        let context = shown(&format!("5 yuan {words}"), "5");
        assert!(context.starts_with("5 yuan") && context.ends_with("word …"), "{context}");
        let context = shown(&format!("{words}5 yuan"), "5");
        assert!(context.starts_with("… word") && context.ends_with("word 5 yuan"), "{context}");
    }

    #[test]
    fn a_fact_longer_than_that_is_cut_itself() {
        let digits = "7".repeat(5000);
        let context = shown(&digits, &digits);
        assert!(context.ends_with("7 …") && context.len() < 1010, "{context}");
    }

    proptest! {
        #[test]
        fn a_context_is_short_and_cut_between_characters(
            text in "([a ]|é|北){0,900}", from in 0usize..2000, length in 0usize..1500,
        ) {
            let from = floor(&text, from.min(text.len()) as u32);
            let to = floor(&text, (from as usize + length).min(text.len()) as u32);
            let context = Context::new(&text, ViewSpan::new(0, text.len() as u32), ViewSpan::new(from, to.max(from)));
            prop_assert!(context.show(&text).len() <= LONGEST as usize + 8);
            prop_assert!(context.span.start <= from);
        }
    }
}
