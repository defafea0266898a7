//! The commonest numbers: a run of digits or a number word, with which nothing goes on.

use super::reduce::Reducer;
use super::token::{NumberToken, TokenKind};
use super::words::Alone;

/// What can be told of a number at once.
pub(super) enum Quick {
    /// No number starts here.
    Nothing,
    /// One of one token does.
    One(NumberToken),
    /// The grammar must tell.
    Unsure,
}

impl Reducer<'_> {
    /// The number that starts at a token, as far as one look at the next token tells.
    #[inline]
    pub fn quick(&self, at: usize) -> Quick {
        match self.tokens[at].kind {
            TokenKind::Word if self.ends_here(at, false) => match self.words.alone(self.tokens[at].word) {
                Alone::Depends => Quick::Unsure,
                Alone::Nothing => Quick::Nothing,
                Alone::Number(number) => Quick::One(number.clone()),
            },
            TokenKind::Number(_) if self.ends_here(at, true) => {
                let part = self.bare(at);
                Quick::One(NumberToken { value: part.value, form: part.form })
            }
            _ => Quick::Unsure,
        }
    }

    /// Whether the token behind a word or run of digits surely goes on no number.
    #[inline]
    fn ends_here(&self, at: usize, digits: bool) -> bool {
        let Some(next) = self.tokens.get(at + 1) else { return true };
        match next.kind {
            TokenKind::SentenceBreak | TokenKind::BlockBreak => true,
            // A single letter may be a power or a sign of multiplication.
            TokenKind::Word if digits && (next.glued || next.span.len() < 2) => false,
            TokenKind::Word => self.words.roles(next.word) == 0,
            TokenKind::Sign => {
                let is_plain = match self.text.as_bytes()[next.span.start as usize] {
                    b'-' | b'^' | b'*' | 0x80.. => false,
                    b'.' if !digits => true,
                    b',' | b'.' | b'\'' | b'/' => digits && self.glued_digits(at + 2).is_none(),
                    _ => true,
                };
                is_plain && self.words.roles(next.word) == 0
            }
            TokenKind::Number(_) => false,
        }
    }
}
