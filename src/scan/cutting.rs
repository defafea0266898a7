//! The first pass: tokens as they are cut, each with the classes that it has by itself.

use super::mark::LookAt;
use super::reduce::Reducer;
use super::{Scanned, Scanner, Scratch, Token, TokenKind};
use crate::document::ViewSpan;
use crate::lexicon::{Cut, CutKind, Cutter, Known, Lexicon, Shape, WordId, fold_into};

/// Tokens after which a piece of a block ends at the next sentence border.
const PIECE: usize = 1 << 15;
/// Tokens after which a sentence ends at the next white space, and at four times as many anywhere. What goes on for longer
/// without a full stop (a list, a table run together, noise) is no sentence, and what looks around inside one would take
/// time with its square.
const LONGEST_SENTENCE: usize = 400;

impl Scanner {
    /// Cuts, looks words up, sets sentence borders and classes, and notes what must be looked at again; gives where the next
    /// piece starts.
    pub(super) fn cut(
        &self,
        lexicon: &Lexicon,
        text: &str,
        piece: ViewSpan,
        scratch: &mut Scratch,
        out: &mut Scanned,
    ) -> u32 {
        let Scratch { folded, candidates, look_at, .. } = scratch;
        candidates.clear();
        look_at.clear();
        self.border(TokenKind::BlockBreak, piece.start, out);
        // First token of the sentence at hand.
        let mut sentence = 0;
        // What is known of the token before.
        let mut before = (WordId::UNKNOWN, Known::default());
        let look_up = lexicon.look_up();
        for cut in Cutter::new(text, piece.start as usize, piece.end as usize) {
            let (word, known) = if cut.key.is_none() {
                fold_into(&text[cut.start..cut.end], folded);
                look_up.get(folded)
            } else {
                look_up.find(cut.key)
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
                glued: cut.glued && out.tokens.len() > 1,
            };
            let length = out.tokens.len() - sentence;
            let is_long = length >= LONGEST_SENTENCE && (!token.glued || length >= 4 * LONGEST_SENTENCE);
            if is_long || self.sentences.ends_before(lexicon, text, &out.tokens, &token) {
                if out.tokens.len() >= PIECE {
                    let end = out.tokens.last().map_or(piece.start, |token| token.span.end);
                    self.border(TokenKind::BlockBreak, end, out);
                    return token.span.start;
                }
                sentence = out.tokens.len();
                self.border(TokenKind::SentenceBreak, token.span.start, out);
                before = Default::default();
            }
            let at = out.tokens.len() as u32;
            if self.may_open_number(text, &token, known) {
                candidates.push(at);
            }
            if before.1.flags() & Known::GOES_ON != 0 {
                let is_inner = known.flags() & Known::INSIDE != 0 && lexicon.may_begin(before.0, word);
                if is_inner || cut.kind == CutKind::Sign && skips(text, &cut) {
                    note_longer(at - 1, look_at);
                }
            }
            note(at, &cut, known, look_at);
            let first = out.tokens.last().is_some_and(Token::is_break);
            let sort = self.forms.sort(lexicon, text, &token, first, !cut.key.is_none(), &mut out.met);
            out.push(token, sort);
            before = (word, known);
        }
        let end = out.tokens.last().map_or(piece.start, |token| token.span.end);
        self.border(TokenKind::BlockBreak, end, out);
        piece.end
    }

    fn border(&self, kind: TokenKind, at: u32, out: &mut Scanned) {
        let token =
            Token { span: ViewSpan::new(at, at), word: WordId::UNKNOWN, kind, shape: Shape::None, glued: false };
        let first = out.tokens.last().is_some_and(Token::is_break);
        let sort = self.forms.border(kind, first, &mut out.met);
        out.push(token, sort);
    }

    #[inline]
    fn may_open_number(&self, text: &str, token: &Token, known: Known) -> bool {
        match token.kind {
            TokenKind::Number(_) => true,
            TokenKind::Word => known.flags() & Known::COUNTS != 0 && self.words.opens(token.word),
            TokenKind::Sign => Reducer::may_open(text, token.span),
            _ => false,
        }
    }
}

/// Notes a token with which a longer term may start.
fn note_longer(at: u32, look_at: &mut Vec<LookAt>) {
    match look_at.last_mut().filter(|last| last.at == at) {
        Some(last) => last.longer = true,
        None => look_at.push(LookAt { at, gates: 0, longer: true }),
    }
}

/// Notes a token whose meanings hang on its neighbours, or on more than can be told so far.
#[inline]
fn note(at: u32, cut: &Cut, known: Known, look_at: &mut Vec<LookAt>) {
    let mut gates = known.flags() & Known::GATED;
    if gates != 0 && !cut.key.is_none() {
        // A word that is reduced to a number gets new classes, so that its gates must be looked at after that.
        let is_told = matches!(cut.shape, Shape::Lower | Shape::Title | Shape::Upper | Shape::Initial);
        if is_told && known.flags() & Known::COUNTS == 0 {
            gates &= !Known::CASED;
        }
        if cut.shape == Shape::Lower {
            gates &= !Known::AFTER_UPPER;
        }
    }
    if gates != 0 {
        look_at.push(LookAt { at, gates, longer: false });
    }
}

/// Whether a sign may be one that a term leaves out.
fn skips(text: &str, cut: &Cut) -> bool {
    cut.glued && crate::lexicon::is_optional(&text[cut.start..cut.end])
}
