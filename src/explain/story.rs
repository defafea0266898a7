//! What is told: the shape of `explain --json`.

use std::collections::BTreeMap;

use serde::Serialize;

/// What happened in a document, or on a line of it.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Story {
    /// The document's key.
    pub document: String,
    /// The line that was asked about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// The rule that was asked about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// Pieces of text between which nothing is matched, in order.
    pub pieces: Vec<Piece>,
    /// The facts, by kind and position.
    pub facts: Vec<FactTold>,
    /// Numbers that are in no fact.
    pub unclaimed: Vec<UnclaimedTold>,
}

/// Where something starts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// Line, from 1.
    pub line: u32,
    /// Column in code points, from 1.
    pub column: u32,
}

/// A piece of text.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Piece {
    /// Its tokens.
    pub tokens: Vec<TokenTold>,
    /// How far the rule got that was asked about, from each token where it got anywhere.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attempts: Vec<Attempt>,
    /// What that rule wants first, if it got nowhere in this piece.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub never_started: Vec<String>,
    /// Rules that fired, in order of the text.
    pub matches: Vec<MatchTold>,
}

/// A token.
#[derive(Debug, Clone, Default, Serialize)]
pub struct TokenTold {
    /// Where it starts.
    #[serde(flatten)]
    pub place: Place,
    /// Its text on one line.
    pub text: String,
    /// Its value, if it is a number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// What it is.
    pub classes: Vec<String>,
    /// What dictionaries have for it, but not as it stands here.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub gated: Vec<GatedMeaning>,
}

/// A meaning that a dictionary's own condition keeps out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct GatedMeaning {
    /// The term as it stands in the text.
    pub text: String,
    /// What it would be.
    pub class: String,
    /// The condition that does not hold: `case = exact`, `only_after = number`.
    pub gate: String,
    /// Where the dictionary says so.
    pub dictionary: String,
}

/// How far a rule got from a token.
#[derive(Debug, Clone, Serialize)]
pub struct Attempt {
    /// Where it began.
    #[serde(flatten)]
    pub place: Place,
    /// What it took.
    pub matched: String,
    /// The longest part of this that is a whole match; none if it got to no end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub complete: Option<String>,
    /// What it wanted next, in the language of patterns.
    pub expected: Vec<String>,
    /// What stands there.
    pub found: String,
    /// Meanings of what stands there that would have done, but for a dictionary's condition.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub gated: Vec<GatedMeaning>,
}

/// A rule that fired.
#[derive(Debug, Clone, Serialize)]
pub struct MatchTold {
    /// Where it starts.
    #[serde(flatten)]
    pub place: Place,
    /// Its rule.
    pub rule: String,
    /// All of the match.
    pub text: String,
    /// The part that is the fact.
    pub fact: String,
    /// What its named parts took.
    pub captures: Vec<CaptureTold>,
    /// What became of it.
    #[serde(flatten)]
    pub fate: Fate,
    /// From captures to a value, step by step.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<String>,
}

/// A named part of a match.
#[derive(Debug, Clone, Serialize)]
pub struct CaptureTold {
    /// Its name.
    pub name: String,
    /// Its text.
    pub text: String,
    /// The value of the number in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// The dictionary rows that it is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<DictionaryRow>,
}

/// A row of a dictionary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DictionaryRow {
    /// Path of the dictionary below the rules' root, and line.
    pub dictionary: String,
    /// What it makes of the term.
    pub class: String,
    /// Its cells by column, empty ones left out.
    pub cells: BTreeMap<String, String>,
}

/// What became of a match.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
pub enum Fate {
    /// It won, and has a value; the document as a whole may still drop it.
    Stands {
        /// The kind of fact.
        kind: &'static str,
        /// What a reviewer should know.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        flags: Vec<String>,
    },
    /// It won, and is no fact.
    NoFact {
        /// The reason code.
        reason: String,
    },
    /// It came to nothing.
    Refused {
        /// The code of what refused it.
        by: &'static str,
        /// In words.
        #[serde(skip_serializing_if = "String::is_empty")]
        why: String,
    },
}

/// A fact.
#[derive(Debug, Clone, Serialize)]
pub struct FactTold {
    /// Where it starts.
    #[serde(flatten)]
    pub place: Place,
    /// Its kind.
    pub kind: &'static str,
    /// Its text.
    pub text: String,
    /// The cells of its row that are not empty, in order of the columns.
    pub cells: Vec<(&'static str, String)>,
    /// The rule that made it.
    pub rule: String,
    /// From 0 to 1.
    pub confidence: String,
    /// What a reviewer should know.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<String>,
    /// Of a place whose name several have: these, each with its score, the chosen one first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub weighed: Vec<String>,
}

/// A number that is in no fact.
#[derive(Debug, Clone, Serialize)]
pub struct UnclaimedTold {
    /// Where it starts.
    #[serde(flatten)]
    pub place: Place,
    /// Its text.
    pub text: String,
    /// The reason code.
    pub reason: String,
    /// The rule that decided so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
}
