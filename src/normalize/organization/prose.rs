//! Whether capital letters tell anything: in headlines every word has one.

use std::ops::Range;

use crate::lexicon::Shape;
use crate::normalize::{Class, Input};
use crate::scan::TokenKind;

/// Capitalized words outside a name that make a headline of a sentence without lower-case words.
const CAPITALIZED: usize = 3;
/// Letters of a word that a headline would capitalize, where it is no function word.
const LONG: usize = 3;

/// Whether the sentence around a name is a headline in title case, or all in capitals.
pub fn is_headline(input: &Input<'_>, name: &Range<usize>) -> bool {
    let function_word = input.class(Class::FunctionWord);
    let mut capitalized = 0;
    for at in input.sentence().filter(|at| !name.contains(at)) {
        let token = &input.scanned.tokens[at];
        match (token.kind, token.shape) {
            (TokenKind::Word, Shape::Lower)
                if token.span.of(input.text).len() >= LONG
                    && function_word.is_none_or(|class| !input.scanned.has(at, class)) =>
            {
                return false;
            }
            (TokenKind::Word, Shape::Title | Shape::Upper | Shape::Mixed) => capitalized += 1,
            _ => {}
        }
    }
    capitalized >= CAPITALIZED
}
