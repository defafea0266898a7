//! Classes that come from how tokens are written.

use super::builtin::Builtins;
use super::reduce::Reduction;
use super::sorts::{Sort, SortId, Sorts};
use super::token::{NumberToken, NumberValue, Scanned, Token, TokenKind};
use crate::document::ViewSpan;
use crate::lexicon::{ClassId, ClassSet, Lexicon, Nature, Shape, WordId};

/// The classes of how a token is written, as sets that are made once.
#[derive(Debug)]
pub(super) struct Forms {
    builtins: Builtins,
    /// By [`Shape`]; of the mixed ones those that start in lower case.
    words: [ClassSet; 6],
    capitalized: ClassSet,
    unknown: ClassSet,
    sign: ClassSet,
    /// By whether the token is glued, and whether it is the first of a sentence.
    places: [ClassSet; 4],
    sentence_break: ClassSet,
    block_break: ClassSet,
    /// Stands for the nature of borders.
    borders: usize,
}

/// Ways of writing what is no word, as [`Shape`] is for words; one is not used.
const SIGN: usize = 7;
const OTHER: usize = 15;

impl Forms {
    pub fn new(b: &Builtins, lexicon: &Lexicon) -> Self {
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
            builtins: *b,
            words,
            capitalized: set(&[b.word, b.capitalized]),
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
        let writing = usize::from(is_sentence) | usize::from(first) << 1;
        sorts.written(self.borders, writing).unwrap_or_else(|| {
            let mut set = if is_sentence { self.sentence_break } else { self.block_break };
            if first {
                set.insert(self.builtins.sentence_start);
            }
            sorts.learn(self.borders, writing, Sort { set, word: WordId::UNKNOWN })
        })
    }

    /// The sort of a word, sign or run of digits, as far as it hangs on nothing but itself; `plain` tells that a word is
    /// written in ASCII letters. A number's own classes come later.
    #[inline]
    pub fn sort(
        &self,
        lexicon: &Lexicon,
        text: &str,
        token: &Token,
        first: bool,
        plain: bool,
        out: &mut Sorts,
    ) -> SortId {
        let known = lexicon.known(token.word);
        let form = match token.kind {
            TokenKind::Word => token.shape as usize | usize::from(!plain) << 3,
            TokenKind::Sign => SIGN,
            _ => OTHER,
        };
        let writing = form | usize::from(token.glued) << 4 | usize::from(first) << 5;
        if form & 7 != Shape::Mixed as usize
            && let Some(sort) = out.written(known.nature(), writing)
        {
            return sort;
        }
        self.new_sort(lexicon.nature(known), text, token, (known.nature(), writing), plain, out)
    }

    #[cold]
    #[inline(never)]
    fn new_sort(
        &self,
        nature: &Nature,
        text: &str,
        token: &Token,
        (number, writing): (usize, usize),
        plain: bool,
        out: &mut Sorts,
    ) -> SortId {
        let mut set = self.places[writing >> 4];
        let is_word = token.kind == TokenKind::Word;
        set.extend(if is_word && plain { nature.written(token.shape) } else { nature.free() });
        if is_word {
            let starts_upper = || token.span.of(text).starts_with(char::is_uppercase);
            let is_capitalized = token.shape == Shape::Mixed && starts_upper();
            set.extend(if is_capitalized { &self.capitalized } else { &self.words[token.shape as usize] });
            if token.word == WordId::UNKNOWN {
                set.extend(&self.unknown);
            }
        } else if token.kind == TokenKind::Sign {
            set.extend(&self.sign);
        }
        let sort = Sort { set, word: nature.word() };
        // Of mixed letters the first one counts too.
        if token.shape == Shape::Mixed { out.intern(sort) } else { out.learn(number, writing, sort) }
    }

    /// Marks page furniture.
    pub fn furniture(&self, spans: &[ViewSpan], out: &mut Scanned) {
        if spans.is_empty() {
            return;
        }
        let mut spans = spans.iter().peekable();
        for at in 0..out.tokens.len() {
            let token = out.tokens[at].span;
            while spans.next_if(|span| span.end <= token.start).is_some() {}
            if spans.peek().is_some_and(|span| span.overlaps(token)) {
                out.change(at, |set| set.insert(self.builtins.furniture));
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
            let nature = lexicon.nature(lexicon.known(token.word));
            set.extend(nature.free());
            if matches!(token.shape, Shape::Title | Shape::Upper) {
                set.insert(self.builtins.capitalized);
            }
            self.number(number, &mut set);
            if is_free(text, &out.tokens, at) {
                set.insert(self.builtins.free);
            }
            out.sorts[at] = out.met.intern(Sort { set, word: nature.word() });
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
