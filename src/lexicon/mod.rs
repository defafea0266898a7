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
mod flat;
mod fold;
mod letters;
mod nature;
mod prefixes;
mod table;
mod trie;
mod words;

pub(crate) use build::is_optional;
pub use build::{Binding, BuildError, Builder, ClassSource, TermColumn};
pub use class::{ClassId, ClassSet, Classes, LIMIT, TooManyClasses};
pub use cut::{Cut, CutKind, Cutter, PlainWord, Shape, Start};
pub use flat::Flat;
pub use fold::{fold, fold_into, is_invisible};
pub use nature::{After, Known, Nature};
pub use prefixes::Pair;
pub use table::{Table, TableError};
pub use words::{LookUp, WordKey};

use std::borrow::Cow;

use prefixes::Prefixes;
use trie::Trie;
use words::Words;

/// Number of a folded word that some dictionary or rule knows; 0 is every other word. Not all numbers are taken.
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
    /// The first letter must be upper case. A name that begins with a small letter has another meaning that is `Exact`.
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

impl Gate {
    /// Whether the term is taken wherever it stands.
    pub fn is_open(&self) -> bool {
        self.case == Case::Fold && self.only_after.is_none()
    }
}

/// One meaning of a term.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// What it is.
    pub class: ClassId,
    /// Dictionary that says so.
    pub table: u16,
    /// Row of that dictionary.
    pub row: u32,
    /// What must hold for it.
    pub gate: Gate,
    /// Where [`Lexicon::exact`] finds the term as written.
    exact: u32,
    /// Whether no text in lower case can be it.
    needs_upper: bool,
}

impl Entry {
    /// Whether no text in lower case can be it.
    pub fn needs_upper(&self) -> bool {
        self.needs_upper
    }
}

/// All dictionaries.
#[derive(Debug)]
pub struct Lexicon {
    words: Words,
    trie: Trie,
    prefixes: Prefixes,
    /// What words are by themselves, by number.
    natures: Vec<Nature>,
    /// What words can be behind some token, by number of the list.
    after: Vec<Vec<After>>,
    /// Terms as written, where the case must be exact.
    exact: Vec<Cow<'static, str>>,
    tables: Vec<Table>,
    classes: Classes,
}

impl Lexicon {
    /// Number of a folded word.
    pub fn word(&self, folded: &str) -> WordId {
        self.words.get(folded)
    }

    /// The words, for a look-up of many.
    #[inline]
    pub fn look_up(&self) -> LookUp<'_> {
        self.words.look_up()
    }

    /// The folded text of a word.
    pub fn word_text(&self, word: WordId) -> &str {
        self.words.text(word)
    }

    /// What is known of a word before its neighbours are seen.
    #[inline]
    pub fn known(&self, word: WordId) -> Known {
        self.words.known(word)
    }

    /// The classes that a word has by itself, without any gate.
    #[inline]
    pub fn free(&self, known: Known) -> &ClassSet {
        self.nature(known).free()
    }

    /// What a word is by itself.
    #[inline]
    pub fn nature(&self, known: Known) -> &Nature {
        &self.natures[known.nature()]
    }

    /// Number of distinct natures.
    pub fn nature_count(&self) -> usize {
        self.natures.len()
    }

    /// What a word can be behind some token, by the number in its nature.
    #[inline]
    pub fn after(&self, list: u32) -> &[After] {
        &self.after[list as usize]
    }

    /// Node of the terms that start with a word.
    #[inline]
    pub fn root(&self, word: WordId) -> Option<NodeId> {
        self.known(word).root()
    }

    /// Node reached by one more word.
    #[inline]
    pub fn step(&self, node: NodeId, word: WordId) -> Option<NodeId> {
        self.trie.step(node, word)
    }

    /// Whether longer terms go on from a node.
    #[inline]
    pub fn goes_on(&self, node: NodeId) -> bool {
        self.trie.goes_on(node)
    }

    /// Meanings of the term that ends at a node.
    #[inline]
    pub fn entries_at(&self, node: NodeId) -> &[Entry] {
        self.trie.entries_at(node)
    }

    /// The term of an entry as written, where the case must be exact.
    pub fn exact(&self, entry: &Entry) -> Option<&str> {
        (entry.gate.case == Case::Exact).then(|| &*self.exact[entry.exact as usize])
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

    /// The words of a dictionary (its column `words`) in two lists: of rows whose `column` says `first`, and of all others. Without
    /// that dictionary there are none.
    pub fn words_by(&self, name: &str, column: &str, first: &str) -> [Vec<String>; 2] {
        let rows =
            self.table_named(name).into_iter().flat_map(|(_, table)| (0..table.len()).map(move |row| (table, row)));
        let mut lists = [Vec::new(), Vec::new()];
        for (table, row) in rows {
            lists[usize::from(table.get(row, column) != first)].push(table.get(row, "words").to_owned());
        }
        lists
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
        for class in 0..builtins.min(LIMIT) {
            possible.insert(ClassId(class as u16));
        }
        for entry in self.trie.entries() {
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

    /// Whether terms of several words may begin with two words; almost always no where none does.
    #[inline]
    pub fn pair(&self, first: WordId, second: WordId) -> Pair {
        self.prefixes.pair(first, second)
    }

    /// Whether terms may begin with two words that go on, and a third; almost always false where none does.
    #[inline]
    pub fn may_go_on(&self, pair: Pair, third: WordId) -> bool {
        self.prefixes.goes_on(pair, third)
    }

    /// All term meanings.
    pub fn entries(&self) -> &[Entry] {
        self.trie.entries()
    }

    /// All term meanings, those of one term together in order of dictionaries and rows.
    pub fn terms(&self) -> impl Iterator<Item = &[Entry]> {
        self.trie.terms()
    }

    /// All dictionaries, by number.
    pub fn tables(&self) -> &[Table] {
        &self.tables
    }

    /// Number of term meanings.
    pub fn entry_count(&self) -> usize {
        self.trie.entries().len()
    }
}
