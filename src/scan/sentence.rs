//! Where a sentence ends.

use super::token::{Token, TokenKind};
use crate::lexicon::{ClassId, Lexicon, Shape};

/// Class of words whose full stop ends no sentence (`Mr.`, `Oct.`).
const ABBREVIATION: &str = "abbreviation";
/// Class of words that, capitalized after initials (`U.S. The …`), start a sentence.
const STARTER: &str = "sentence-starter";

/// Knows abbreviations.
#[derive(Debug)]
pub(super) struct Sentences {
    abbreviation: Option<ClassId>,
    starter: Option<ClassId>,
}

impl Sentences {
    pub fn load(lexicon: &Lexicon) -> Self {
        let [abbreviation, starter] = [ABBREVIATION, STARTER].map(|name| lexicon.classes().get(name));
        Self { abbreviation, starter }
    }

    /// Whether a sentence ends between the tokens so far and `next`.
    pub fn ends_before(&self, lexicon: &Lexicon, text: &str, before: &[Token], next: &Token) -> bool {
        let Some(last) = before.last().filter(|last| !next.glued && !last.is_break()) else { return false };
        match last.kind {
            TokenKind::Sign => {}
            TokenKind::Word => {
                // Initials carry their full stop.
                return last.span.of(text).ends_with('.') && is_upper(next) && is_a(lexicon, next, self.starter);
            }
            _ => return false,
        }
        let mut at = before.len() - 1;
        while at > 0 && before[at].glued && is_closer(before[at].span.of(text)) {
            at -= 1;
        }
        match before[at].span.of(text) {
            "!" | "?" | "。" => starts(text, next),
            "…" => is_upper(next),
            "." => {
                let end_of_dots = at > 0 && before[at - 1].glued && before[at - 1].span.of(text) == ".";
                if end_of_dots {
                    return is_upper(next);
                }
                starts(text, next) && !self.abbreviates(lexicon, before, at, next)
            }
            _ => false,
        }
    }

    /// Whether the full stop at `at` belongs to an abbreviation that goes on.
    fn abbreviates(&self, lexicon: &Lexicon, before: &[Token], at: usize, next: &Token) -> bool {
        let Some(word) = at.checked_sub(1).map(|at| &before[at]) else { return false };
        if !before[at].glued {
            return false;
        }
        match word.shape {
            Shape::Initial => true,
            _ => {
                is_a(lexicon, word, self.abbreviation)
                    && !(is_upper(next) && is_a(lexicon, next, self.starter) && !matches!(word.shape, Shape::Title))
            }
        }
    }
}

/// Whether some dictionary gives a class to the word of a token, behind whatever gate.
fn is_a(lexicon: &Lexicon, token: &Token, class: Option<ClassId>) -> bool {
    let entries = token.known.root().map_or(&[][..], |root| lexicon.entries_at(root));
    entries.iter().any(|entry| Some(entry.class) == class)
}

fn is_upper(token: &Token) -> bool {
    matches!(token.shape, Shape::Title | Shape::Upper | Shape::Initial) || token.shape == Shape::Mixed
}

/// Whether a token can start a sentence.
fn starts(text: &str, token: &Token) -> bool {
    match token.kind {
        TokenKind::Word => token.shape != Shape::Lower,
        TokenKind::Number(_) => true,
        TokenKind::Sign => !matches!(token.span.of(text), "," | ";" | ":" | ")" | "-" | "–" | "." | "?" | "!"),
        _ => true,
    }
}

fn is_closer(sign: &str) -> bool {
    matches!(sign, "\"" | "'" | "”" | "’" | ")" | "]" | "»" | "*" | "_")
}
