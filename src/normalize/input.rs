//! What a normalizer sees of a match: its captures as numbers, texts and dictionary rows.

use std::ops::Range;

use smallvec::SmallVec;

use super::{Class, ClassTable, Decimal};
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
    /// The classes that normalizers know by name.
    pub classes: &'a ClassTable,
    /// The view's text.
    pub text: &'a str,
    /// Tokens of the piece that the match is in.
    pub scanned: &'a Scanned,
    /// The rule that fired.
    pub rule: &'a Rule,
    /// Its match.
    pub found: &'a Match,
    /// First token of the sentence around the fact's start, and the border behind it.
    pub sentence: (usize, usize),
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

    /// The number of a class.
    pub fn class(&self, class: Class) -> Option<ClassId> {
        Some(self.classes.get(class)?.first)
    }

    /// Whether a token has a class.
    pub fn is(&self, token: usize, class: Class) -> bool {
        self.class(class).is_some_and(|class| self.scanned.has(token, class))
    }

    /// Meanings, in any of some classes, of the term that a range of tokens is, likeliest first (order of the
    /// dictionaries).
    pub fn entries_in(&self, tokens: Range<usize>, classes: &ClassSet) -> SmallVec<[&'a Entry; 4]> {
        self.scanned.entries(&self.ruleset.lexicon, self.text, tokens, classes)
    }

    /// The likeliest meaning, in a class, of the term that a range of tokens is.
    pub fn entry(&self, tokens: Range<usize>, class: Class) -> Option<&'a Entry> {
        self.scanned.entry(&self.ruleset.lexicon, self.text, tokens, self.class(class)?)
    }

    /// The row of a dictionary entry.
    pub fn row_of(&self, entry: &Entry) -> Row<'a> {
        Row { table: self.ruleset.lexicon.table(entry.table), row: entry.row as usize }
    }

    /// The row of the likeliest meaning, in a class, of the term that a range of tokens is.
    pub fn row_in(&self, tokens: Range<usize>, class: Class) -> Option<Row<'a>> {
        self.entry(tokens, class).map(|entry| self.row_of(entry))
    }

    /// The first row of a capture's term, in the first of the classes that it has.
    pub fn row(&self, name: &str, classes: &[Class]) -> Option<Row<'a>> {
        let tokens = self.capture(name)?;
        classes.iter().find_map(|class| self.row_in(tokens.clone(), *class))
    }

    /// Where the fact stands.
    pub fn span(&self) -> ViewSpan {
        self.scanned.span(self.found.fact.clone())
    }

    /// The sentence around the fact, as tokens without borders.
    pub fn sentence(&self) -> Range<usize> {
        self.sentence.0..self.sentence.1
    }

    /// The longest term of a class that ends right before `end`, within the sentence: its tokens.
    pub fn term_before(&self, end: usize, class: Class) -> Option<Range<usize>> {
        let numbered = self.classes.get(class)?;
        let mut longest = None;
        for start in (end.saturating_sub(LONGEST_TERM)..end).rev() {
            let set = self.scanned.set(start);
            if set.contains(numbered.first) && self.entry(start..end, class).is_some() {
                longest = Some(start..end);
            }
            if !numbered.inside.is_some_and(|inside| set.contains(inside)) {
                break;
            }
        }
        longest
    }

    /// The longest term of a class that starts at `start`: its tokens.
    pub fn term_after(&self, start: usize, class: Class) -> Option<Range<usize>> {
        let numbered = self.classes.get(class)?;
        if !self.scanned.has(start, numbered.first) {
            return None;
        }
        let goes_on = |at: &usize| numbered.inside.is_some_and(|inside| self.scanned.has(*at, inside));
        let limit = (start + LONGEST_TERM).min(self.scanned.tokens.len());
        let last = (start + 1..limit).find(|at| !goes_on(at)).unwrap_or(limit);
        (start + 1..=last).rev().map(|end| start..end).find(|range| self.entry(range.clone(), class).is_some())
    }
}

/// Tokens that a term beside a fact has at most.
const LONGEST_TERM: usize = 6;
