//! From text to tokens with classes.
//!
//! One pass cuts the text, looks every word up and sets sentence borders; a second reduces numbers to one token each; a
//! third marks the terms of the dictionaries. A block is scanned at a time, and a huge one in pieces, so that memory is
//! bounded by the piece and what was just written is still in the cache.
//!
//! Knows nothing of rules.

mod builtin;
mod digits;
mod mark;
mod reduce;
mod sentence;
mod spoken;
mod token;
mod words;

use crate::document::ViewSpan;
use crate::lexicon::{ClassId, ClassSet, CutKind, Cutter, Lexicon, Shape, TableError, WordId, fold_into};

pub use builtin::Builtins;
pub use token::{MAX_DIGITS, NumberForm, NumberToken, NumberValue, Scanned, Token, TokenKind};
pub use words::{NumberWord, NumberWords, Role};

use reduce::Reducer;
use sentence::Sentences;

/// Tokens after which a piece of a block ends at the next sentence border.
const PIECE: usize = 1 << 15;
/// Tokens after which a sentence ends at the next white space, and at four times as many anywhere. What goes on for longer without a full stop (a list, a table
/// run together, noise) is no sentence, and what looks around inside one would take time with its square.
const LONGEST_SENTENCE: usize = 400;

/// Turns text into tokens. Made once, shared by all threads.
#[derive(Debug)]
pub struct Scanner {
    builtins: Builtins,
    words: NumberWords,
    sentences: Sentences,
    marks: mark::Marks,
    forms: Forms,
}

/// Memory that a thread keeps between pieces.
#[derive(Debug, Default)]
pub struct Scratch {
    raw: Vec<Token>,
    folded: String,
    /// Tokens whose dictionary meanings depend on neighbours.
    look_at: Vec<u32>,
}

impl Scanner {
    /// A scanner for a lexicon whose first classes are `builtins`.
    pub fn new(lexicon: &Lexicon, builtins: Builtins) -> Result<Self, TableError> {
        let words = NumberWords::load(lexicon)?;
        let sentences = Sentences::load(lexicon);
        let marks = mark::Marks::new(lexicon, builtins);
        Ok(Self { builtins, words, sentences, marks, forms: Forms::new(&builtins) })
    }

    /// The classes that the scanner sets itself.
    pub fn builtins(&self) -> &Builtins {
        &self.builtins
    }

    /// Scans a piece of a block from `start`; gives where the next piece starts (`end` when done). `out` is cleared first.
    pub fn scan(
        &self,
        lexicon: &Lexicon,
        text: &str,
        piece: ViewSpan,
        furniture: &[ViewSpan],
        scratch: &mut Scratch,
        out: &mut Scanned,
    ) -> u32 {
        out.clear();
        scratch.raw.clear();
        let next = self.cut(lexicon, text, piece, scratch);
        self.reduce(lexicon, text, &scratch.raw, out);
        scratch.look_at.clear();
        self.classify(text, furniture, &mut scratch.look_at, out);
        self.marks.mark(lexicon, text, &scratch.look_at, out);
        next
    }

    /// Cuts, looks words up, and sets sentence borders.
    fn cut(&self, lexicon: &Lexicon, text: &str, piece: ViewSpan, scratch: &mut Scratch) -> u32 {
        let cutter = Cutter::new(text, piece.start as usize, piece.end as usize);
        let mut next = piece.end;
        let raw = &mut scratch.raw;
        raw.push(border(TokenKind::BlockBreak, piece.start));
        // First token of the sentence at hand.
        let mut sentence = 0;
        for cut in cutter {
            let written = &text[cut.start..cut.end];
            let word = if cut.is_folded {
                lexicon.word(written)
            } else {
                fold_into(written, &mut scratch.folded);
                lexicon.word(&scratch.folded)
            };
            let token = Token {
                span: ViewSpan::new(cut.start as u32, cut.end as u32),
                word,
                kind: match cut.kind {
                    CutKind::Word => TokenKind::Word,
                    CutKind::Digits => TokenKind::Number(0),
                    CutKind::Sign => TokenKind::Sign,
                },
                shape: cut.shape,
                glued: cut.glued && raw.len() > 1,
            };
            let length = raw.len() - sentence;
            let is_long = length >= LONGEST_SENTENCE && !token.glued || length >= 4 * LONGEST_SENTENCE;
            if is_long || self.sentences.ends_before(text, raw, &token) {
                if raw.len() >= PIECE {
                    next = token.span.start;
                    break;
                }
                sentence = raw.len();
                raw.push(border(TokenKind::SentenceBreak, token.span.start));
            }
            raw.push(token);
        }
        let end = raw.last().map_or(piece.start, |token| token.span.end);
        raw.push(border(TokenKind::BlockBreak, end));
        next
    }

    /// Puts the pieces of numbers together.
    fn reduce(&self, lexicon: &Lexicon, text: &str, raw: &[Token], out: &mut Scanned) {
        let reducer = Reducer { text, tokens: raw, words: &self.words, lexicon };
        let mut at = 0;
        while at < raw.len() {
            let token = raw[at];
            let candidate = match token.kind {
                TokenKind::Number(_) => true,
                TokenKind::Word => self.words.opens(token.word),
                TokenKind::Sign => !token.span.of(text).is_ascii() || matches!(token.span.of(text), "-" | "."),
                _ => false,
            };
            match candidate.then(|| reducer.reduce(at)).flatten() {
                Some(reduced) => {
                    let span = ViewSpan::new(token.span.start, raw[at + reduced.length - 1].span.end);
                    let word = if reduced.length == 1 { token.word } else { WordId::UNKNOWN };
                    let kind = TokenKind::Number(out.numbers.len() as u32);
                    out.tokens.push(Token { span, word, kind, ..token });
                    out.numbers.push(reduced.number);
                    at += reduced.length;
                }
                None => {
                    out.tokens.push(token);
                    at += 1;
                }
            }
        }
    }

    /// Sets the classes that come from how tokens are written, and those that a word has by itself.
    fn classify(&self, text: &str, furniture: &[ViewSpan], look_at: &mut Vec<u32>, out: &mut Scanned) {
        let b = &self.builtins;
        let mut furniture = furniture.iter().peekable();
        for at in 0..out.tokens.len() {
            let token = out.tokens[at];
            let mut set = match token.kind {
                TokenKind::Word
                    if token.shape == Shape::Mixed && token.span.of(text).starts_with(char::is_uppercase) =>
                {
                    self.forms.capitalized
                }
                TokenKind::Word => self.forms.words[token.shape as usize],
                TokenKind::Sign => self.forms.sign,
                TokenKind::Number(_) => ClassSet::EMPTY,
                TokenKind::SentenceBreak => self.forms.sentence_break,
                TokenKind::BlockBreak => self.forms.block_break,
            };
            if let TokenKind::Number(index) = token.kind {
                if matches!(token.shape, Shape::Title | Shape::Upper) {
                    set.insert(b.capitalized);
                }
                self.classify_number(&out.numbers[index as usize], &mut set);
                if is_free(text, &out.tokens, at) {
                    set.insert(b.free);
                }
            }
            if token.word == WordId::UNKNOWN {
                if token.kind == TokenKind::Word {
                    set.insert(b.unknown);
                }
            } else {
                let (free, look) = self.marks.free(token.word);
                set.extend(free);
                if look {
                    look_at.push(at as u32);
                }
            }
            if token.glued {
                set.extend(&self.forms.glued);
            }
            if at > 0 && out.tokens[at - 1].is_break() {
                set.insert(b.sentence_start);
            }
            while furniture.next_if(|span| span.end <= token.span.start).is_some() {}
            if furniture.peek().is_some_and(|span| span.overlaps(token.span)) {
                set.insert(b.furniture);
            }
            out.sets.push(set);
        }
    }

    fn classify_number(&self, number: &NumberToken, set: &mut ClassSet) {
        let b = &self.builtins;
        let form = number.form;
        let bare = form.bare_digits > 0;
        set.insert(if form.ordinal { b.ordinal } else { b.number });
        set.insert(if form.digits { b.digits } else { b.number_word });
        let value = match number.value {
            NumberValue::Integer(value) => Some(value),
            _ => None,
        };
        let within = |low: i64, high: i64| value.is_some_and(|value| (low..=high).contains(&value));
        let short = form.bare_digits <= 2 && !form.grouped && !form.scaled;
        for (class, holds) in [
            (b.strong, form.digits || !form.weak),
            (b.integer, value.is_some() && !form.fraction && !form.decimal),
            (b.vague, form.vague),
            (b.fraction, form.fraction),
            (b.scaled, form.scaled),
            (b.grouped, form.grouped),
            (b.decimal, form.decimal),
            (b.bare, bare),
            (b.year, form.bare_digits == 4 && within(1000, 2199)),
            (b.day, short && within(1, 31) && !form.negative && !form.fraction && !form.decimal),
            (b.month_number, bare && short && within(1, 12)),
            (b.hour, bare && short && within(0, 24)),
            (b.minute, form.bare_digits == 2 && within(0, 59)),
            (b.two_digits, form.bare_digits == 2),
            (b.three_digits, form.bare_digits == 3),
            (b.four_digits, form.bare_digits == 4),
            (b.long_digits, form.bare_digits > 4),
            (b.zero_led, form.zero_led),
            (b.negative, form.negative),
        ] {
            if holds {
                set.insert(class);
            }
        }
    }
}

/// The classes of how a token is written, as sets that are made once.
#[derive(Debug)]
struct Forms {
    /// By [`Shape`]; of the mixed ones those that start in lower case.
    words: [ClassSet; 6],
    capitalized: ClassSet,
    sign: ClassSet,
    glued: ClassSet,
    sentence_break: ClassSet,
    block_break: ClassSet,
}

impl Forms {
    fn new(b: &Builtins) -> Self {
        let set = |classes: &[ClassId]| {
            let mut set = ClassSet::EMPTY;
            classes.iter().for_each(|class| set.insert(*class));
            set
        };
        let mut words = [ClassSet::EMPTY; 6];
        for (shape, classes) in [
            (Shape::None, vec![b.word, b.lower]),
            (Shape::Lower, vec![b.word, b.lower]),
            (Shape::Title, vec![b.word, b.capitalized]),
            (Shape::Upper, vec![b.word, b.capitalized, b.upper]),
            (Shape::Initial, vec![b.word, b.capitalized, b.initial]),
            (Shape::Mixed, vec![b.word]),
        ] {
            words[shape as usize] = set(&classes);
        }
        Self {
            words,
            capitalized: set(&[b.word, b.capitalized]),
            sign: set(&[b.sign]),
            glued: set(&[b.glued]),
            sentence_break: set(&[b.sentence_break]),
            block_break: set(&[b.block_break]),
        }
    }
}

fn border(kind: TokenKind, at: u32) -> Token {
    Token { span: ViewSpan::new(at, at), word: WordId::UNKNOWN, kind, shape: Shape::None, glued: false }
}

/// Whether a number is not part of a longer string on either side.
fn is_free(text: &str, tokens: &[Token], at: usize) -> bool {
    let token = &tokens[at];
    if token.glued && at > 0 {
        let before = &tokens[at - 1];
        let sign = before.span.of(text);
        let opens = match before.kind {
            TokenKind::Sign => {
                let is_currency =
                    sign.chars().all(|character| matches!(character, '$' | '¢' | '£' | '¥' | '€' | '₩' | '₹' | '₽'));
                is_currency
                    || matches!(
                        sign,
                        "(" | "["
                            | "{"
                            | "\""
                            | "'"
                            | "“"
                            | "‘"
                            | "«"
                            | "—"
                            | "~"
                            | "≈"
                            | "<"
                            | ">"
                            | "≤"
                            | "≥"
                            | "="
                            | "±"
                            | "…"
                            | "|"
                            | "*"
                    )
                    || matches!(sign, "–" | "-" | "‑") && at >= 2 && tokens[at - 2].number().is_some() && before.glued
                    || matches!(sign, "," | ";" | ":") && !before.glued
            }
            _ => before.is_break(),
        };
        if !opens {
            return false;
        }
    }
    let Some(after) = tokens.get(at + 1).filter(|after| after.glued) else { return true };
    match after.kind {
        TokenKind::Sign => {
            let sign = after.span.of(text);
            // A closing quote or bracket behind the full stop joins nothing.
            let tight = tokens
                .get(at + 2)
                .is_some_and(|next| next.glued && matches!(next.kind, TokenKind::Word | TokenKind::Number(_)));
            match sign {
                "." | "," | ":" | "/" | "_" | "#" | "@" | "=" | "\\" | "&" | "+" | "^" | "*" => !tight || sign == "*",
                "'" | "’" => true,
                _ => true,
            }
        }
        // A possessive; anything else that is glued makes a code of it.
        TokenKind::Word => after.span.of(text).starts_with(['\'', '’']),
        _ => after.is_break(),
    }
}

#[cfg(test)]
mod tests;
