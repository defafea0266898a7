//! Dictionaries: which terms a text may hold, and what each can be.
//!
//! A term is a sequence of folded words. All terms of all dictionaries lie in one trie over word numbers, so that looking
//! up a token costs one hash of its folded text, and names of several words cost one more step per word. A trie over
//! whole tokens, unlike an automaton over bytes, reads through line wraps, no-break spaces, curly apostrophes and
//! hyphens without any of them being in the dictionary.
//!
//! Knows nothing of patterns: it says what a term can be, never whether it is that here.

mod build;
mod class;
mod cut;
mod fold;
mod table;

use rustc_hash::FxHashMap;

pub(crate) use build::is_optional;
pub use build::{Binding, BuildError, Builder, ClassSource, TermColumn};
pub use class::{ClassId, ClassSet, Classes, TooManyClasses};
pub use cut::{Cut, CutKind, Cutter, Shape};
pub use fold::{fold, fold_into, is_invisible};
pub use table::{Table, TableError};

/// Number of a folded word that some dictionary or rule knows; 0 is every other word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct WordId(pub u32);

impl WordId {
    /// A word that no dictionary and no rule knows.
    pub const UNKNOWN: WordId = WordId(0);
}

/// Number of a node of the trie; 0 is the root, to which no edge leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct NodeId(u32);

/// Under which case a term is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Case {
    /// Any.
    #[default]
    Fold,
    /// The first letter must be upper case.
    Title,
    /// Letter for letter as written in the dictionary.
    Exact,
}

/// What must hold for a term to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Gate {
    /// Case of the text.
    pub case: Case,
    /// Class that the token just before must have.
    pub only_after: Option<ClassId>,
    /// The term alone is no evidence: a match needs another, strong token.
    pub weak: bool,
}

/// One meaning of a term.
#[derive(Debug, Clone)]
pub struct Entry {
    /// What it is.
    pub class: ClassId,
    /// Dictionary that says so.
    pub table: u16,
    /// Row of that dictionary.
    pub row: u32,
    /// What must hold for it.
    pub gate: Gate,
    /// The term as written, where the case must be exact.
    pub exact: Option<Box<str>>,
}

/// All dictionaries.
#[derive(Debug)]
pub struct Lexicon {
    words: FxHashMap<Box<str>, WordId>,
    /// First node of the terms that start with a word, by word number.
    roots: Vec<NodeId>,
    edges: FxHashMap<(NodeId, WordId), NodeId>,
    /// Entries that end at a node: index range into `entries`.
    ends: Vec<(u32, u32)>,
    /// Whether a node has edges to others.
    inner: Vec<bool>,
    entries: Vec<Entry>,
    tables: Vec<Table>,
    classes: Classes,
}

impl Lexicon {
    /// Number of a folded word.
    pub fn word(&self, folded: &str) -> WordId {
        self.words.get(folded).copied().unwrap_or(WordId::UNKNOWN)
    }

    /// The folded text of a word; a search, for messages only.
    pub fn word_text(&self, word: WordId) -> &str {
        self.words.iter().find(|(_, each)| **each == word).map_or("", |(text, _)| text)
    }

    /// Node of the terms that start with a word.
    pub fn root(&self, word: WordId) -> Option<NodeId> {
        let node = *self.roots.get(word.0 as usize)?;
        (node.0 != 0).then_some(node)
    }

    /// Node reached by one more word.
    pub fn step(&self, node: NodeId, word: WordId) -> Option<NodeId> {
        if !self.inner[node.0 as usize] || word == WordId::UNKNOWN {
            return None;
        }
        self.edges.get(&(node, word)).copied()
    }

    /// Whether longer terms go on from a node.
    pub fn goes_on(&self, node: NodeId) -> bool {
        self.inner[node.0 as usize]
    }

    /// Meanings of the term that ends at a node.
    pub fn entries_at(&self, node: NodeId) -> &[Entry] {
        let (start, end) = self.ends[node.0 as usize];
        &self.entries[start as usize..end as usize]
    }

    /// A dictionary by number.
    pub fn table(&self, table: u16) -> &Table {
        &self.tables[table as usize]
    }

    /// A dictionary, with its number, by its path without extension (`money/names`).
    pub fn table_named(&self, name: &str) -> Option<(u16, &Table)> {
        let index = self.tables.iter().position(|table| table.file().strip_suffix(".csv") == Some(name))?;
        Some((u16::try_from(index).ok()?, &self.tables[index]))
    }

    /// The dictionaries of a name in a folder and the folders below it (`date/months`, `date/de/months`), with their numbers.
    pub fn tables_below<'a>(&'a self, folder: &'a str, name: &'a str) -> impl Iterator<Item = (u16, &'a Table)> {
        let own = move |table: &Table| {
            let path = table.file().strip_suffix(".csv").and_then(|path| path.strip_prefix(folder));
            path.and_then(|path| path.strip_suffix(name))
                .is_some_and(|between| between.starts_with('/') && between.ends_with('/'))
        };
        (0..).zip(&self.tables).filter(move |(_, table)| own(table))
    }

    /// The classes.
    pub fn classes(&self) -> &Classes {
        &self.classes
    }

    /// The first `builtins` classes, and those that some term has.
    pub fn possible_classes(&self, builtins: usize) -> ClassSet {
        let mut possible = ClassSet::EMPTY;
        for class in 0..builtins.min(256) {
            possible.insert(ClassId(class as u8));
        }
        for entry in &self.entries {
            possible.insert(entry.class);
            if let Some(inside) = self.classes.inside(entry.class) {
                possible.insert(inside);
            }
        }
        possible
    }

    /// Number of distinct words.
    pub fn word_count(&self) -> usize {
        self.words.len()
    }

    /// Number of term meanings.
    pub fn entry_count(&self) -> usize {
        self.entries.len()
    }
}
