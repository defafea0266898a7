//! From text to tokens with classes.
//!
//! One pass cuts the text, looks every word up, sets sentence borders and gives each token the classes that it has by
//! itself. On the way it notes the few tokens that need more: where a number may start, and where a term hangs on its
//! neighbours. Only these are looked at again, to reduce numbers to one token each and to mark the terms. A few blocks are
//! scanned at a time, so that each step's own code stays at hand, and a huge one in pieces, so that memory is bounded by the
//! piece and what was just written is still in the cache. Nothing is seen across the border of a piece.
//!
//! Knows nothing of rules.

mod builtin;
mod classify;
mod convention;
mod cutting;
mod digits;
mod fractions;
mod mark;
mod quick;
mod recent;
mod reduce;
mod sentence;
mod sorts;
mod spoken;
mod token;
mod topic;
mod words;

use crate::document::ViewSpan;
use crate::lexicon::{Lexicon, TableError};

pub use builtin::{Builtins, NUMBER_WORDS};
pub use convention::DecimalSign;
pub use sorts::{Sort, SortId, Sorts};
pub use token::{MAX_DIGITS, NumberForm, NumberToken, NumberValue, Scanned, Token, TokenKind};
pub use topic::{TopicId, TopicWords, Topics};
pub use words::{NumberWord, NumberWords, Role};

use classify::Forms;
use mark::LookAt;
use quick::Quick;
use reduce::{Reducer, Reduction};
use sentence::Sentences;

/// Turns text into tokens. Made once, shared by all threads.
#[derive(Debug)]
pub struct Scanner {
    builtins: Builtins,
    words: NumberWords,
    sentences: Sentences,
    marks: mark::Marks,
    forms: Forms,
    /// Whose sorts of tokens a thread keeps.
    number: u64,
}

/// Memory that a thread keeps between pieces.
#[derive(Debug, Default)]
pub struct Scratch {
    /// What the document decided on; set before its first piece.
    pub decimal_sign: DecimalSign,
    folded: String,
    /// Tokens at which a number may start.
    candidates: Vec<u32>,
    reductions: Vec<Reduction>,
    /// Tokens whose dictionary meanings depend on neighbours.
    look_at: Vec<LookAt>,
    marking: mark::Marking,
}

impl Scanner {
    /// A scanner for a lexicon whose first classes are `builtins`.
    pub fn new(lexicon: &Lexicon, builtins: Builtins) -> Result<Self, TableError> {
        let words = NumberWords::load(lexicon)?;
        let sentences = Sentences::load(lexicon);
        let marks = mark::Marks::new(&builtins);
        Ok(Self { builtins, words, sentences, marks, forms: Forms::new(&builtins, lexicon), number: sorts::unique() })
    }

    /// The classes that the scanner sets itself.
    pub fn builtins(&self) -> &Builtins {
        &self.builtins
    }

    /// Scans a piece of a block; gives where the next piece starts (its end when done). `out` is cleared first.
    pub fn scan(
        &self,
        lexicon: &Lexicon,
        text: &str,
        piece: ViewSpan,
        furniture: &[ViewSpan],
        scratch: &mut Scratch,
        out: &mut Scanned,
    ) -> u32 {
        self.begin(lexicon, scratch, out);
        let next = self.cut(lexicon, text, piece, scratch, out);
        self.finish(lexicon, text, furniture, scratch, out);
        next
    }

    /// Clears `out` for pieces to come.
    pub fn begin(&self, lexicon: &Lexicon, scratch: &mut Scratch, out: &mut Scanned) {
        out.clear();
        out.met.prepare(self.number, lexicon);
        scratch.candidates.clear();
        scratch.look_at.clear();
    }

    /// Makes of the pieces that were cut what they are: numbers, furniture (spans by position), terms.
    pub fn finish(
        &self,
        lexicon: &Lexicon,
        text: &str,
        furniture: &[ViewSpan],
        scratch: &mut Scratch,
        out: &mut Scanned,
    ) {
        self.reduce(lexicon, text, scratch, out);
        self.forms.furniture(furniture, out);
        self.marks.mark(lexicon, text, &scratch.look_at, &mut scratch.marking, out);
    }

    /// Puts the pieces of numbers together.
    fn reduce(&self, lexicon: &Lexicon, text: &str, scratch: &mut Scratch, out: &mut Scanned) {
        let Scratch { candidates, reductions, look_at, decimal_sign, .. } = scratch;
        reductions.clear();
        let reducer = Reducer { text, tokens: &out.tokens, words: &self.words, lexicon, decimal_sign: *decimal_sign };
        let mut done = 0;
        for at in candidates.iter().map(|at| *at as usize) {
            if at < done {
                continue;
            }
            let (length, number) = match reducer.quick(at) {
                Quick::Nothing => continue,
                Quick::One(number) => (1, number),
                Quick::Unsure => match reducer.reduce(at) {
                    Some(reduced) => (reduced.length, reduced.number),
                    None => continue,
                },
            };
            done = at + length;
            reductions.push(Reduction { at: at as u32, length: length as u32 });
            out.numbers.push(number);
        }
        if !reductions.is_empty() {
            reduce::apply(reductions, out);
            mark::shift(reductions, look_at);
            self.forms.numbers(lexicon, text, reductions, out);
        }
    }
}

#[cfg(test)]
mod tests;
