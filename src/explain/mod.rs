//! Why, and why not: what the rooms made of some lines of a document.
//!
//! [`explain`] listens to the [extractor](crate::extractor) at work and puts down a [`Story`]: data first, so that it can be
//! told in words ([`Story::text`]) or given to a program as JSON without two truths. What costs time is found out only for
//! what was asked about.

mod gather;
mod reach;
mod steps;
mod story;
mod text;

pub use story::{
    Attempt, CaptureTold, DictionaryRow, FactTold, Fate, GatedMeaning, MatchTold, Piece, Place, Story, TokenTold,
    UnclaimedTold,
};

use crate::document::{Document, LineNumber};
use crate::extractor::Extractor;

/// Which part of a document, and which rule.
#[derive(Debug, Clone, Default)]
pub struct Question {
    /// Only this line.
    pub line: Option<LineNumber>,
    /// Only the rule of this number, and how far it got.
    pub rule: Option<usize>,
}

/// What happened in a document.
pub fn explain(extractor: &Extractor, document: &Document, question: &Question) -> Story {
    gather::Gatherer::new(extractor, document, question).gather()
}

#[cfg(test)]
mod tests;
