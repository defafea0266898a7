//! Tokens: what the rules see of a text.

use super::sorts::{SortId, Sorts};
use crate::decimal::Decimal;
use crate::document::ViewSpan;
use crate::lexicon::{ClassId, ClassSet, Known, Shape, WordId};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters.
    Word,
    /// A number, of however many pieces; index into [`Scanned::numbers`].
    Number(u32),
    /// Any other visible character.
    Sign,
    /// Border of a sentence; empty span.
    SentenceBreak,
    /// Border of a block; empty span.
    BlockBreak,
}

/// A token.
#[derive(Debug, Clone, Copy)]
pub struct Token {
    /// Where it stands in the view.
    pub span: ViewSpan,
    /// What the lexicon knows of its word.
    pub known: Known,
    /// Its folded text, if some dictionary or rule knows it.
    pub word: WordId,
    /// What it is.
    pub kind: TokenKind,
    /// Case of its letters.
    pub shape: Shape,
    /// Whether no white space stands before it.
    pub glued: bool,
}

impl Token {
    /// Whether it is the border of a sentence or block.
    #[inline]
    pub fn is_break(&self) -> bool {
        matches!(self.kind, TokenKind::SentenceBreak | TokenKind::BlockBreak)
    }

    /// Index of its number.
    #[inline]
    pub fn number(&self) -> Option<usize> {
        match self.kind {
            TokenKind::Number(index) => Some(index as usize),
            _ => None,
        }
    }
}

/// The value of a number token; plain digits stay machine integers, because most numbers never become facts' arithmetic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NumberValue {
    /// A whole number.
    Integer(i64),
    /// `mantissa` × 10^-`scale`.
    Scaled(i64, u8),
    /// Anything else.
    Exact(Box<Decimal>),
    /// More digits than [`MAX_DIGITS`]: not a number that anybody counts with.
    TooLong,
}

/// Digits that a number may have; longer runs are identifiers or noise.
pub const MAX_DIGITS: usize = 60;

impl NumberValue {
    /// The exact value; `None` for a run of digits that is too long.
    pub fn to_decimal(&self) -> Option<Decimal> {
        match self {
            NumberValue::Integer(value) => Some(Decimal::from_integer(*value)),
            NumberValue::Scaled(mantissa, scale) => Some(Decimal::from_scaled((*mantissa).into(), u32::from(*scale))),
            NumberValue::Exact(value) => Some((**value).clone()),
            NumberValue::TooLong => None,
        }
    }

    /// The value, if it is a whole number that fits.
    pub fn to_i64(&self) -> Option<i64> {
        match self {
            NumberValue::Integer(value) => Some(*value),
            _ => self.to_decimal()?.to_i64(),
        }
    }
}

/// What is known of a number token besides its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberToken {
    /// The value; of an ordinal its rank, of a vague number its low bound.
    pub value: NumberValue,
    /// How it is written.
    pub form: NumberForm,
}

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct NumberForm {
    /// In digits, at least in part.
    pub digits: bool,
    /// As an ordinal.
    pub ordinal: bool,
    /// Vague: the value is a low bound.
    pub vague: bool,
    /// As a fraction or with one.
    pub fraction: bool,
    /// With a scale word.
    pub scaled: bool,
    /// The power of ten of the one scale word that it ends with (`2.5 million`: 6, `two hundred`: 2), which a number before
    /// it may share ("two to three million"); 0 for none.
    pub scale_power: u8,
    /// In groups of digits.
    pub grouped: bool,
    /// With a decimal part.
    pub decimal: bool,
    /// With a decimal comma, which is a guess.
    pub decimal_comma: bool,
    /// In groups that plain spaces separate, which is a guess.
    pub space_grouped: bool,
    /// With a minus sign.
    pub negative: bool,
    /// Number of digits, where it is nothing but one run of ASCII digits.
    pub bare_digits: u8,
    /// A bare run that starts with 0 and has more digits.
    pub zero_led: bool,
    /// A number word that is also an ordinary word (`one`, `second`).
    pub weak: bool,
}

/// A stretch of a document as tokens.
#[derive(Debug, Default)]
pub struct Scanned {
    /// The tokens, from left to right.
    pub tokens: Vec<Token>,
    /// The sort of each token.
    pub(super) sorts: Vec<SortId>,
    /// Where each piece ends, in tokens.
    pub(super) pieces: Vec<usize>,
    /// The tokens that are borders.
    pub(super) borders: Vec<usize>,
    /// The token of each number.
    pub(super) number_tokens: Vec<usize>,
    /// The sorts that this thread has met.
    pub(super) met: Sorts,
    /// The numbers, in order.
    pub numbers: Vec<NumberToken>,
}

impl Scanned {
    /// Takes everything out, keeping the memory.
    pub fn clear(&mut self) {
        self.tokens.clear();
        self.sorts.clear();
        self.pieces.clear();
        self.borders.clear();
        self.number_tokens.clear();
        self.numbers.clear();
    }

    /// The tokens of each piece: nothing is looked at across their borders.
    pub fn pieces(&self) -> impl Iterator<Item = std::ops::Range<usize>> {
        let mut start = 0;
        self.pieces.iter().map(move |end| std::mem::replace(&mut start, *end)..*end)
    }

    /// Ends a piece with the last token.
    pub(super) fn end_piece(&mut self) {
        self.pieces.push(self.tokens.len());
    }

    /// The classes of a token.
    #[inline]
    pub fn set(&self, token: usize) -> &ClassSet {
        &self.met.get(self.sorts[token]).set
    }

    /// Whether there is such a token, and it has a class.
    #[inline]
    pub fn has(&self, token: usize, class: ClassId) -> bool {
        self.sorts.get(token).is_some_and(|sort| self.met.get(*sort).set.contains(class))
    }

    /// The sort of each token.
    #[inline]
    pub fn sorts(&self) -> &[SortId] {
        &self.sorts
    }

    /// The sorts that this thread has met.
    #[inline]
    pub fn met(&self) -> &Sorts {
        &self.met
    }

    /// Changes the classes of a token.
    pub(super) fn change(&mut self, token: usize, change: impl FnOnce(&mut ClassSet)) {
        let mut sort = *self.met.get(self.sorts[token]);
        let before = sort.set;
        change(&mut sort.set);
        if sort.set != before {
            self.sorts[token] = self.met.intern(sort);
        }
    }

    /// Puts a token behind the others.
    #[inline]
    pub(super) fn push(&mut self, token: Token, sort: SortId) {
        self.tokens.push(token);
        self.sorts.push(sort);
    }

    /// The number of a token.
    pub fn number(&self, token: usize) -> Option<&NumberToken> {
        self.tokens.get(token)?.number().map(|index| &self.numbers[index])
    }

    /// The view span of a range of tokens (not empty).
    pub fn span(&self, range: std::ops::Range<usize>) -> ViewSpan {
        ViewSpan::new(self.tokens[range.start].span.start, self.tokens[range.end - 1].span.end)
    }

    /// The sentence around a token, as token range without breaks.
    pub fn sentence(&self, token: usize) -> std::ops::Range<usize> {
        self.sentence_behind(self.borders.partition_point(|border| *border < token))
    }

    /// The sentence around a token, and the number of borders before it, by that number for a token not behind this one.
    pub fn sentence_from(&self, borders: &mut usize, token: usize) -> std::ops::Range<usize> {
        while self.borders.get(*borders).is_some_and(|border| *border < token) {
            *borders += 1;
        }
        self.sentence_behind(*borders)
    }

    /// The sentence behind so many borders.
    fn sentence_behind(&self, borders: usize) -> std::ops::Range<usize> {
        let start = borders.checked_sub(1).map_or(0, |before| self.borders[before] + 1);
        let end = self.borders.get(borders).copied().unwrap_or(self.tokens.len());
        start..end.max(start)
    }

    /// The tokens that are numbers, from left to right.
    pub fn number_tokens(&self) -> &[usize] {
        &self.number_tokens
    }
}
