//! What an extraction gives: facts, and the numbers that are none.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use smallvec::SmallVec;

use crate::document::{Published, ViewSpan};
use crate::normalize::{Text, Value};

/// Kebab-case codes that tell a reviewer where to look, in alphabetical order. Most facts have none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Flags(SmallVec<[Text; 1]>);

impl Flags {
    /// No flags.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a flag, if it is not there yet.
    pub fn insert(&mut self, flag: Text) {
        if let Err(at) = self.0.binary_search(&flag) {
            self.0.insert(at, flag);
        }
    }

    /// Whether a flag is there.
    pub fn contains(&self, flag: &str) -> bool {
        self.0.iter().any(|each| each == flag)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The flags, in alphabetical order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(Text::as_str)
    }
}

impl Extend<Text> for Flags {
    fn extend<I: IntoIterator<Item = Text>>(&mut self, flags: I) {
        for flag in flags {
            self.insert(flag);
        }
    }
}

/// How sure the rule that made a fact is, in hundredths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Confidence(pub u8);

impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02}", self.0 / 100, self.0 % 100)
    }
}

/// A fact of a document.
#[derive(Debug, Clone)]
pub struct Fact {
    /// The minimal expression that carries the value.
    pub span: ViewSpan,
    /// The sentence around it.
    pub sentence: ViewSpan,
    /// What it means.
    pub value: Value,
    /// Id of the rule that made it.
    pub rule: Arc<str>,
    /// How sure that rule is.
    pub confidence: Confidence,
    /// What a reviewer should know.
    pub flags: Flags,
}

/// A number that is in no fact, and why.
#[derive(Debug, Clone)]
pub struct Unclaimed {
    /// The number.
    pub span: ViewSpan,
    /// The sentence around it.
    pub sentence: ViewSpan,
    /// Kebab-case reason code.
    pub reason: Cow<'static, str>,
}

/// A person's name: of no table, but what bears it is no place and no organization.
#[derive(Debug, Clone)]
pub struct Person {
    /// The name, with its title.
    pub span: ViewSpan,
    /// Id of the rule that found it.
    pub rule: Arc<str>,
}

/// All that was found in one document.
#[derive(Debug, Default)]
pub struct Extraction {
    /// Facts by kind (in the order of [`Kind::ALL`](crate::normalize::Kind::ALL)), then by position; those of one kind
    /// never overlap.
    pub facts: Vec<Fact>,
    /// Numbers outside facts, by position.
    pub unclaimed: Vec<Unclaimed>,
    /// Names of persons, by position.
    pub persons: Vec<Person>,
    /// Title, from the metadata or the first heading.
    pub title: Option<String>,
    /// The date that relative expressions were resolved against, and where it came from.
    pub published: Option<Published>,
}
