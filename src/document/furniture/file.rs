//! The shape of `furniture.toml`.

use serde::Deserialize;
use serde_spanned::Spanned;

use crate::document::BlockKind;

/// The file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// Its rules.
    pub furniture: Vec<Entry>,
}

/// A rule, as the head of the file explains it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Entry {
    pub id: Spanned<String>,
    pub pattern: Option<Spanned<String>>,
    #[serde(default = "default_max_length")]
    pub max_length: usize,
    #[serde(default)]
    pub keep: bool,
    #[serde(default)]
    pub inline: bool,
    #[serde(default)]
    pub anchors: Vec<String>,
    #[serde(default)]
    pub elements: Vec<Spanned<String>>,
    #[serde(default)]
    pub not_in: Vec<Kind>,
    #[serde(default)]
    pub examples: Vec<Example>,
    #[serde(default)]
    pub counters: Vec<Counter>,
}

fn default_max_length() -> usize {
    100
}

/// [`BlockKind`] as rule files spell it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    Paragraph,
    Heading,
    Item,
    Cell,
}

impl From<BlockKind> for Kind {
    fn from(kind: BlockKind) -> Self {
        match kind {
            BlockKind::Paragraph => Self::Paragraph,
            BlockKind::Heading => Self::Heading,
            BlockKind::Item => Self::Item,
            BlockKind::Cell => Self::Cell,
        }
    }
}

/// A text that a rule must find, as a whole or the part of it that is given.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum Example {
    Whole(String),
    Part { text: String, found: String },
}

/// A text that no rule may find.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counter {
    pub text: String,
    pub why: String,
}
