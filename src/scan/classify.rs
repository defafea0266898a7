//! Classes that come from how tokens are written.

use super::builtin::Builtins;
use super::reduce::Reduction;
use super::sorts::{Sort, SortId, Sorts};
use super::token::{NumberToken, NumberValue, Scanned, Token, TokenKind};
use crate::document::ViewSpan;
use crate::lexicon::{ClassId, ClassSet, Known, Lexicon, Shape, WordId, WordKey};

/// The classes of how a token is written, as sets that are made once.
#[derive(Debug)]
pub(super) struct Forms {
    builtins: Builtins,
    /// By number in [`SHAPES`].
    words: [ClassSet; 7],
    unknown: ClassSet,
    sign: ClassSet,
    /// By whether the token is glued, and whether it is the first of a sentence.
    places: [ClassSet; 4],
    sentence_break: ClassSet,
    block_break: ClassSet,
    /// Stands for the nature of borders.
    borders: usize,
}

/// How a token is written, as far as its classes hang on it: a small number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Writing(pub usize);

/// The shapes of words by the number of their writing; the last one is for mixed letters of which the first is upper case.
const SHAPES: [Shape; 7] =
    [Shape::None, Shape::Lower, Shape::Title, Shape::Upper, Shape::Initial, Shape::Mixed, Shape::Mixed];

impl Writing {
    pub const SIGN: Self = Self(7);
    pub const DIGITS: Self = Self(15);
    /// A word that is not of ASCII letters only, or long.
    const NOT_PLAIN: usize = 8;

    /// A word of ASCII letters that are not mixed.
    #[inline(always)]
    pub fn plain_word(shape: Shape) -> Self {
        Self(shape as usize)
    }

    /// Any word.
    pub fn word(word: &str, shape: Shape, plain: bool) -> Self {
        let starts_upper = || word.starts_with(char::is_uppercase);
        let capitalized = usize::from(shape == Shape::Mixed && starts_upper());
        Self((shape as usize + capitalized) | if plain { 0 } else { Self::NOT_PLAIN })
    }

    /// The same at a place: glued to the token before, and the first of a sentence.
    #[inline(always)]
    pub fn at(self, glued: bool, first: bool) -> Self {
        Self(self.0 | usize::from(glued) << 4 | usize::from(first) << 5)
    }

    fn border(is_sentence: bool, first: bool) -> Self {
        Self(usize::from(is_sentence) | usize::from(first) << 1)
    }
}

impl Forms {
    pub fn new(b: &Builtins, lexicon: &Lexicon) -> Self {
        let set = |classes: &[ClassId]| {
            let mut set = ClassSet::EMPTY;
            classes.iter().for_each(|class| set.insert(*class));
            set
        };
        let words = [
            set(&[b.word, b.lower]),
            set(&[b.word, b.lower]),
            set(&[b.word, b.capitalized]),
            set(&[b.word, b.capitalized, b.upper]),
            set(&[b.word, b.capitalized, b.initial]),
            set(&[b.word]),
            set(&[b.word, b.capitalized]),
        ];
        Self {
            builtins: *b,
            words,
            unknown: set(&[b.unknown]),
            sign: set(&[b.sign]),
            places: [set(&[]), set(&[b.glued]), set(&[b.sentence_start]), set(&[b.glued, b.sentence_start])],
            sentence_break: set(&[b.sentence_break]),
            block_break: set(&[b.block_break]),
            borders: lexicon.nature_count(),
        }
    }

    /// The sort of a border.
    pub fn border(&self, kind: TokenKind, first: bool, sorts: &mut Sorts) -> SortId {
        let is_sentence = kind == TokenKind::SentenceBreak;
        let writing = Writing::border(is_sentence, first);
        sorts.written(self.borders, writing).unwrap_or_else(|| {
            let mut set = if is_sentence { self.sentence_break } else { self.block_break };
            if first {
                set.insert(self.builtins.sentence_start);
            }
            sorts.learn(self.borders, writing, Sort { set, word: WordId::UNKNOWN })
        })
    }

    /// The sort of a word, sign or run of digits, as far as it hangs on nothing but the token itself. A number's own classes
    /// come later.
    #[cold]
    #[inline(never)]
    pub fn new_sort(&self, lexicon: &Lexicon, known: Known, writing: Writing, sorts: &mut Sorts) -> SortId {
        let nature = lexicon.nature(known);
        let mut set = self.places[writing.0 >> 4];
        match Writing(writing.0 & 15) {
            Writing::SIGN => {
                set.extend(nature.free());
                set.extend(&self.sign);
            }
            Writing::DIGITS => set.extend(nature.free()),
            Writing(form) => {
                let shape = SHAPES[form & 7];
                set.extend(if form & Writing::NOT_PLAIN == 0 { nature.written(shape) } else { nature.free() });
                set.extend(&self.words[form & 7]);
                if known.nature() == 0 {
                    set.extend(&self.unknown);
                }
            }
        }
        sorts.learn(known.nature(), writing, Sort { set, word: nature.word() })
    }

    /// Marks page furniture.
    pub fn furniture(&self, spans: &[ViewSpan], out: &mut Scanned) {
        for span in spans {
            let first = out.tokens.partition_point(|token| token.span.end <= span.start);
            for at in first..out.tokens.len() {
                let token = out.tokens[at].span;
                if token.start >= span.end {
                    break;
                }
                if span.overlaps(token) {
                    out.change(at, |set| set.insert(self.builtins.furniture));
                }
            }
        }
    }

    /// Sets the classes of the numbers that pieces were reduced to.
    pub fn numbers(&self, lexicon: &Lexicon, text: &str, reductions: &[Reduction], out: &mut Scanned) {
        let mut shift = 0;
        for (number, reduction) in out.numbers.iter().zip(reductions) {
            let at = reduction.at as usize - shift;
            shift += reduction.length as usize - 1;
            let token = &out.tokens[at];
            let first = at > 0 && out.tokens[at - 1].is_break();
            let mut set = self.places[usize::from(token.glued) | usize::from(first) << 1];
            let nature = lexicon.nature(token.known);
            set.extend(if is_plain(token.span.of(text)) { nature.written(token.shape) } else { nature.free() });
            if matches!(token.shape, Shape::Title | Shape::Upper) {
                set.insert(self.builtins.capitalized);
            }
            self.number(number, &mut set);
            if is_free(text, &out.tokens, at) {
                set.insert(self.builtins.free);
            }
            out.sorts[at] = out.met.intern(Sort { set, word: nature.word() });
            out.number_tokens.push(at);
        }
    }

    fn number(&self, number: &NumberToken, set: &mut ClassSet) {
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

/// Whether a word is written in ASCII letters, and is not long.
fn is_plain(word: &str) -> bool {
    word.len() <= WordKey::LONGEST && word.bytes().all(|byte| byte.is_ascii_alphabetic())
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
