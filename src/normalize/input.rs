//! What a normalizer sees of a match: its captures as numbers, texts and dictionary rows.

use std::ops::Range;

use super::Decimal;
use crate::document::ViewSpan;
use crate::lexicon::{ClassId, ClassSet, Entry, Table};
use crate::matcher::Match;
use crate::rules::{Rule, Ruleset};
use crate::scan::{NumberToken, Scanned};

/// A match with the texts and dictionaries around it.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// Rules and dictionaries.
    pub ruleset: &'a Ruleset,
    /// The view's text.
    pub text: &'a str,
    /// Tokens of the piece that the match is in.
    pub scanned: &'a Scanned,
    /// The rule that fired.
    pub rule: &'a Rule,
    /// Its match.
    pub found: &'a Match,
}

/// A row of a dictionary.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// The dictionary.
    pub table: &'a Table,
    /// Number of the row.
    pub row: usize,
}

impl<'a> Row<'a> {
    /// A cell by column name; `None` where it is empty or there is no such column.
    pub fn get(&self, column: &str) -> Option<&'a str> {
        Some(self.table.get(self.row, column)).filter(|cell| !cell.is_empty())
    }
}

impl<'a> Input<'a> {
    /// Tokens of a capture; `None` if it took no part.
    pub fn capture(&self, name: &str) -> Option<Range<usize>> {
        self.found.capture(self.rule, name)
    }

    /// Text of a range of tokens.
    pub fn text_of(&self, tokens: Range<usize>) -> &'a str {
        if tokens.is_empty() { "" } else { self.scanned.span(tokens).of(self.text) }
    }

    /// Text of a capture.
    pub fn capture_text(&self, name: &str) -> Option<&'a str> {
        self.capture(name).map(|tokens| self.text_of(tokens))
    }

    /// The first number of a capture.
    pub fn number(&self, name: &str) -> Option<&'a NumberToken> {
        self.capture(name)?.find_map(|at| self.scanned.number(at))
    }

    /// Its value.
    pub fn decimal(&self, name: &str) -> Option<Decimal> {
        self.number(name)?.value.to_decimal()
    }

    /// Its value, if it is a whole number.
    pub fn integer(&self, name: &str) -> Option<i64> {
        self.number(name)?.value.to_i64()
    }

    /// The class of a name.
    pub fn class(&self, name: &str) -> Option<ClassId> {
        self.ruleset.lexicon.classes().get(name)
    }

    /// Whether a token has a class.
    pub fn is(&self, token: usize, class: &str) -> bool {
        self.class(class).is_some_and(|class| self.scanned.sets.get(token).is_some_and(|set| set.contains(class)))
    }

    /// Meanings, in a class, of the term that a range of tokens is, likeliest first (order of the dictionaries).
    pub fn entries(&self, tokens: Range<usize>, class: &str) -> Vec<&'a Entry> {
        match self.class(class) {
            Some(class) => self.entries_in(tokens, &ClassSet::of(class)),
            None => Vec::new(),
        }
    }

    /// Meanings, in any of some classes, of the term that a range of tokens is.
    pub fn entries_in(&self, tokens: Range<usize>, classes: &ClassSet) -> Vec<&'a Entry> {
        self.scanned.entries(&self.ruleset.lexicon, self.text, tokens, classes)
    }

    /// The row of a dictionary entry.
    pub fn row_of(&self, entry: &Entry) -> Row<'a> {
        Row { table: self.ruleset.lexicon.table(entry.table), row: entry.row as usize }
    }

    /// The rows of the term that a range of tokens is, in a class.
    pub fn rows(&self, tokens: Range<usize>, class: &str) -> Vec<Row<'a>> {
        self.entries(tokens, class).into_iter().map(|entry| self.row_of(entry)).collect()
    }

    /// The first row of a capture's term, in the first of the classes that it has.
    pub fn row(&self, name: &str, classes: &[&str]) -> Option<Row<'a>> {
        let tokens = self.capture(name)?;
        classes.iter().find_map(|class| self.rows(tokens.clone(), class).first().copied())
    }

    /// Where the fact stands.
    pub fn span(&self) -> ViewSpan {
        self.scanned.span(self.found.fact.clone())
    }

    /// The sentence around the fact, as tokens without borders.
    pub fn sentence(&self) -> Range<usize> {
        self.scanned.sentence(self.found.fact.start)
    }

    /// The longest term of a class that ends right before `end`, within the sentence: its tokens.
    pub fn term_before(&self, end: usize, class: &str) -> Option<Range<usize>> {
        let first = end.saturating_sub(6).max(self.scanned.sentence(end.saturating_sub(1)).start);
        (first..end)
            .map(|start| start..end)
            .find(|range| self.is(range.start, class) && !self.entries(range.clone(), class).is_empty())
    }

    /// The longest term of a class that starts at `start`: its tokens.
    pub fn term_after(&self, start: usize, class: &str) -> Option<Range<usize>> {
        if !self.is(start, class) {
            return None;
        }
        let last = (start + 6).min(self.scanned.tokens.len());
        (start + 1..=last).rev().map(|end| start..end).find(|range| !self.entries(range.clone(), class).is_empty())
    }
}
