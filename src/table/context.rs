//! The context of a fact: its sentence, or, where that is very long, the part of it around the fact.
//!
//! What has no full stop (a list, a table run together, a file of one line) is one sentence of any length, and every
//! fact of it has a row with that sentence. Written whole, the rows would grow with its square: 1 MB of `1 1 1` would
//! make 500 GB.

use rustc_hash::FxHashMap;

use super::cell::write_text;
use super::emptied;
use super::spaces::collapsed;
use crate::document::ViewSpan;

/// Bytes of a context. A reviewer reads no more, and a cell of a spreadsheet holds 32,767 characters.
const LONGEST: u32 = 1000;
/// Bytes of it that stand before the fact.
const BEFORE: u32 = 400;
/// Stands for what was left out.
const LEFT_OUT: &str = "…";

/// The part of a sentence that is shown.
#[derive(Debug, Clone, Copy)]
struct Context {
    span: ViewSpan,
    is_cut_before: bool,
    is_cut_after: bool,
}

impl Context {
    /// The context of a fact in its sentence, cut between words.
    fn new(text: &str, sentence: ViewSpan, fact: ViewSpan) -> Self {
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

    /// Writes the context as a cell: one line. `line` and `marked` are where it is made.
    fn write(self, text: &str, out: &mut Vec<u8>, line: &mut String, marked: &mut String) {
        let shown = collapsed(self.span.of(text), line);
        if !self.is_cut_before && !self.is_cut_after {
            return write_text(out, shown);
        }
        marked.clear();
        if self.is_cut_before {
            marked.extend([LEFT_OUT, " "]);
        }
        marked.push_str(shown);
        if self.is_cut_after {
            marked.extend([" ", LEFT_OUT]);
        }
        write_text(out, marked);
    }

    /// What tells it from all others of the document: a context is short, which leaves room for two marks.
    fn key(self) -> u64 {
        let marks = u64::from(self.is_cut_before) << 1 | u64::from(self.is_cut_after);
        u64::from(self.span.start) << 32 | u64::from(self.span.len()) << 2 | marks
    }
}

/// The contexts of a document as cells, each made once: the facts of all tables share them.
#[derive(Debug, Default)]
pub(super) struct Contexts {
    cells: Vec<u8>,
    known: FxHashMap<u64, (usize, usize)>,
    /// Facts of one table come sentence by sentence.
    last: Option<(u64, (usize, usize))>,
    line: String,
    marked: String,
}

impl Contexts {
    /// Forgets the document before.
    pub(super) fn clear(&mut self) {
        emptied(&mut self.cells);
        self.known.clear();
        self.last = None;
    }

    /// The cell of the context of a fact.
    pub(super) fn cell(&mut self, text: &str, sentence: ViewSpan, fact: ViewSpan) -> &[u8] {
        let context = Context::new(text, sentence, fact);
        let key = context.key();
        let (start, end) = match self.last {
            Some((last, place)) if last == key => place,
            _ => *self.known.entry(key).or_insert_with(|| {
                let start = self.cells.len();
                context.write(text, &mut self.cells, &mut self.line, &mut self.marked);
                (start, self.cells.len())
            }),
        };
        self.last = Some((key, (start, end)));
        &self.cells[start..end]
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
        unquoted(Contexts::default().cell(text, sentence, fact))
    }

    fn unquoted(cell: &[u8]) -> String {
        String::from_utf8(cell.to_vec()).unwrap()
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
            let (sentence, fact) = (ViewSpan::new(0, text.len() as u32), ViewSpan::new(from, to.max(from)));
            let context = Context::new(&text, sentence, fact);
            prop_assert!(Contexts::default().cell(&text, sentence, fact).len() <= LONGEST as usize + 8);
            prop_assert!(context.span.start <= from && context.span.len() <= LONGEST);
        }
    }
}
