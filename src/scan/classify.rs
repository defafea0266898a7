//! Classes that come from how tokens are written.

use super::builtin::Builtins;
use super::reduce::Reduction;
use super::token::{NumberToken, NumberValue, Scanned, Token, TokenKind};
use crate::document::ViewSpan;
use crate::lexicon::{ClassId, ClassSet, Lexicon, Shape, WordId};

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
}

impl Forms {
    pub fn new(b: &Builtins) -> Self {
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
        }
    }

    /// The classes of a border.
    pub fn border(&self, kind: TokenKind, first: bool) -> ClassSet {
        let mut set = if kind == TokenKind::SentenceBreak { self.sentence_break } else { self.block_break };
        if first {
            set.insert(self.builtins.sentence_start);
        }
        set
    }

    /// The classes of a word or sign, with those that it has by itself. A number's own come later.
    #[inline]
    pub fn set(&self, text: &str, token: &Token, first: bool, free: &ClassSet) -> ClassSet {
        let mut set = self.places[usize::from(token.glued) | usize::from(first) << 1];
        set.extend(free);
        match token.kind {
            TokenKind::Word => {
                let starts_upper = || token.span.of(text).starts_with(char::is_uppercase);
                let is_capitalized = token.shape == Shape::Mixed && starts_upper();
                set.extend(if is_capitalized { &self.capitalized } else { &self.words[token.shape as usize] });
                if token.word == WordId::UNKNOWN {
                    set.extend(&self.unknown);
                }
            }
            TokenKind::Sign => set.extend(&self.sign),
            _ => {}
        }
        set
    }

    /// Marks page furniture.
    pub fn furniture(&self, spans: &[ViewSpan], out: &mut Scanned) {
        if spans.is_empty() {
            return;
        }
        let mut spans = spans.iter().peekable();
        for (token, set) in out.tokens.iter().zip(&mut out.sets) {
            while spans.next_if(|span| span.end <= token.span.start).is_some() {}
            if spans.peek().is_some_and(|span| span.overlaps(token.span)) {
                set.insert(self.builtins.furniture);
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
            set.extend(lexicon.free(lexicon.known(token.word)));
            if matches!(token.shape, Shape::Title | Shape::Upper) {
                set.insert(self.builtins.capitalized);
            }
            self.number(number, &mut set);
            if is_free(text, &out.tokens, at) {
                set.insert(self.builtins.free);
            }
            out.sets[at] = set;
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
