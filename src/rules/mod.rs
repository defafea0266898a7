//! Rules: read, checked, compiled.
//!
//! A ruleset is made of rule files and dictionaries: those inside the binary, with a user's directory laid over them. It is
//! either valid as a whole or refused with all its mistakes, each with file, line and caret; a regex engine's own error is
//! never shown. Knows nothing of documents.

mod cells;
mod compile;
mod confidence;
mod diagnostic;
mod dictionaries;
mod dictionary;
mod doubles;
mod file;
mod fingerprint;
mod level;
mod lint;
mod load;
mod page;
mod pattern;
mod prebuilt;
mod prepared;
mod program;
mod require;
mod schema;
mod skeleton;
mod source;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use regex::Regex;

use crate::lexicon::{Lexicon, TableError, WordId};
use crate::scan::{Builtins, TopicId, TopicWords};

pub(crate) use diagnostic::meant;
pub use diagnostic::{Diagnostic, Severity, nearest, suggestion};
pub use dictionary::{Dictionary, RowCounter, RowExample};
pub use doubles::doubles;
pub use file::{CounterDecl, ExampleDecl};
pub use fingerprint::Fingerprints;
pub use level::{GazetteerDecl, GazetteerDecls, Level};
pub use page::page;
pub use prepared::Prepared;
pub use program::{Condition, ConditionId, Pc, Program, Step, Symbol};
pub use require::{Comparison, Operand, Requirement};
pub use schema::schema;
pub use skeleton::skeleton;
pub use source::RuleFiles;

/// What a rule's match becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RuleKind {
    /// A row of numbers.csv.
    Number,
    /// A row of money.csv.
    Money,
    /// A row of places.csv.
    Place,
    /// A row of organizations.csv.
    Organization,
    /// A row of dates.csv.
    Date,
    /// A person's name: no row of a table, but neither is it a place or an organization, and the document remembers it.
    Person,
    /// No fact: its numbers are unclaimed, with the rule's reason.
    None,
}

impl RuleKind {
    /// All kinds with their names in rule files.
    pub const ALL: [(&'static str, RuleKind); 7] = [
        ("number", RuleKind::Number),
        ("money", RuleKind::Money),
        ("place", RuleKind::Place),
        ("organization", RuleKind::Organization),
        ("date", RuleKind::Date),
        ("person", RuleKind::Person),
        ("none", RuleKind::None),
    ];

    /// The kind of a name in rule files.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(own, _)| *own == name).map(|(_, kind)| kind)
    }

    /// Whether its matches become rows of a table; the others have no normalizer, but a reason.
    pub fn is_fact(self) -> bool {
        !matches!(self, RuleKind::Person | RuleKind::None)
    }

    /// The name in rule files.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }
}

/// Where a rule stands in its file.
#[derive(Debug, Clone)]
pub struct RuleSite {
    /// Path of the file below the rules' root.
    pub file: Arc<str>,
    /// Text of the file.
    pub text: Arc<str>,
    /// Bytes of the rule's id.
    pub id: Range<usize>,
    /// Bytes of the rule's pattern.
    pub pattern: Range<usize>,
    /// Where its constants stand, by name.
    pub constants: BTreeMap<String, ConstantSite>,
}

/// Where a rule gives a constant for its normalizer.
#[derive(Debug, Clone)]
pub struct ConstantSite {
    /// Bytes of its name.
    pub name: Range<usize>,
    /// Bytes of its value.
    pub value: Range<usize>,
}

impl RuleSite {
    /// Line of the rule's id, counted from 1.
    pub fn line(&self) -> usize {
        self.text[..self.id.start].matches('\n').count() + 1
    }
}

/// Patterns around a match. Those of what stands before read from right to left, from the match outwards.
#[derive(Debug, Clone, Copy, Default)]
pub struct Contexts {
    /// Must stand before.
    pub before: Option<Pc>,
    /// Must stand after.
    pub after: Option<Pc>,
    /// Must not stand before.
    pub not_before: Option<Pc>,
    /// Must not stand after.
    pub not_after: Option<Pc>,
}

/// A compiled rule.
#[derive(Debug)]
pub struct Rule {
    /// Its id.
    pub id: Arc<str>,
    /// What its match becomes.
    pub kind: RuleKind,
    /// Name of its normalizer.
    pub make: String,
    /// What it takes and why.
    pub doc: String,
    /// The pattern as written.
    pub pattern: String,
    /// Start of its program.
    pub start: Pc,
    /// Steps of its program.
    pub length: u32,
    /// Names of its captures, by slot.
    pub captures: Vec<String>,
    /// Patterns around it.
    pub contexts: Contexts,
    /// Regex that must not match around it.
    pub veto: Option<Regex>,
    /// Comparisons of its captures.
    pub require: Vec<Requirement>,
    /// What the text around its match must be about.
    pub topic: Option<TopicId>,
    /// Constants for the normalizer.
    pub set: BTreeMap<String, String>,
    /// Wins over lower ones.
    pub priority: i32,
    /// In hundredths.
    pub confidence: u8,
    /// Flags of its facts.
    pub flags: Vec<Arc<str>>,
    /// Reason code, for kinds without a table.
    pub reason: Arc<str>,
    /// Whether nothing but weak tokens is enough.
    pub weak: bool,
    /// Whether it holds in page furniture.
    pub in_furniture: bool,
    /// Words that it quotes.
    pub words: Vec<WordId>,
    /// Texts that it must match.
    pub examples: Vec<ExampleDecl>,
    /// Texts that it must not match.
    pub counters: Vec<CounterDecl>,
    /// Where it is written.
    pub site: RuleSite,
}

impl Rule {
    /// Slot of a capture.
    #[inline]
    pub fn slot(&self, name: &str) -> Option<usize> {
        self.captures.iter().position(|each| each == name)
    }

    /// A constant for the normalizer.
    #[inline]
    pub fn constant(&self, name: &str) -> Option<&str> {
        // Most rules have none.
        if self.set.is_empty() { None } else { self.set.get(name).map(String::as_str) }
    }

    /// A diagnostic that points at the rule's id.
    pub fn error(&self, code: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(code, &self.site.file, message).at(&self.site.text, self.site.id.clone())
    }

    /// A diagnostic that points at a part of the rule's pattern, or at the pattern where the part is not in it (but in a
    /// fragment).
    pub fn error_in_pattern(&self, code: &'static str, message: impl Into<String>, part: &str) -> Diagnostic {
        let pattern = self.site.pattern.clone();
        let found = self.site.text.get(pattern.clone()).and_then(|written| written.find(part));
        let span = found.map_or(pattern.clone(), |at| pattern.start + at..pattern.start + at + part.len());
        Diagnostic::error(code, &self.site.file, message).at(&self.site.text, span)
    }
}

/// All rules and dictionaries.
#[derive(Debug)]
pub struct Ruleset {
    /// The dictionaries.
    pub lexicon: Lexicon,
    /// What is declared of them, in order of file and line.
    pub dictionaries: Vec<Dictionary>,
    /// Which of the dictionaries are gazetteers.
    pub gazetteers: GazetteerDecls,
    /// The scanner's classes.
    pub builtins: Builtins,
    /// The words that tell what a text is about.
    pub topics: TopicWords,
    /// The rules, in order of file and line.
    pub rules: Vec<Rule>,
    /// Their programs.
    pub program: Program,
    /// What is probably not meant; empty where nobody has looked, see [`Ruleset::load`].
    pub warnings: Vec<Diagnostic>,
    /// The rule files, user's directory included.
    pub files: Files,
    /// SHA-256 of all files, lower-case hexadecimal.
    pub hash: String,
    /// What other rooms made of the dictionaries.
    pub prepared: Prepared,
}

/// The files of a ruleset, in layers; a later layer goes before.
#[derive(Debug, Default)]
pub struct Files {
    layers: Vec<RuleFiles>,
}

impl Files {
    /// Whether these are the rules inside the binary and no others.
    pub fn are_shipped(&self) -> bool {
        matches!(&self.layers[..], [only] if only.is_shipped())
    }

    /// The bytes of a file, from the last layer that has it.
    pub fn get(&self, path: &str) -> Option<&[u8]> {
        self.layers.iter().rev().find_map(|layer| layer.get(path))
    }

    /// A mistake in a table, with its line: in the file of the last layer, because the shipped ones are tested.
    pub fn table_error(&self, error: &TableError) -> Diagnostic {
        let diagnostic = Diagnostic::error("dictionary", &error.file, error.problem.as_str());
        match self.get(&error.file) {
            Some(bytes) => diagnostic.at_line(bytes, error.line),
            None => diagnostic,
        }
    }

    /// A mistake at some bytes of a file, as the last layer has it.
    pub fn error_at(&self, code: &'static str, file: &str, message: String, span: Range<usize>) -> Diagnostic {
        let diagnostic = Diagnostic::error(code, file, message);
        match self.text(file) {
            Ok(text) => diagnostic.at(&text.into(), span),
            Err(_) => diagnostic,
        }
    }

    /// The bytes of a file as UTF-8 text.
    pub fn text(&self, path: &str) -> Result<&str, Diagnostic> {
        let missing = || Diagnostic::error("file-missing", path, "expected this file in the rules, found none");
        std::str::from_utf8(self.get(path).ok_or_else(missing)?)
            .map_err(|error| Diagnostic::error("not-utf-8", path, format!("expected UTF-8: {error}")))
    }
}

impl Ruleset {
    /// The rules inside the binary.
    pub fn shipped() -> Result<Self, Vec<Diagnostic>> {
        Self::load(vec![RuleFiles::shipped()])
    }

    /// Rules of several layers; files of a later layer are laid over those of the earlier ones. The rules inside the binary
    /// by themselves are not linted, for this is a third of the time to load them, and the tests do it.
    pub fn load(layers: Vec<RuleFiles>) -> Result<Self, Vec<Diagnostic>> {
        let files = Files { layers };
        let lints = !files.are_shipped();
        load::Loader::new(files).load(lints)
    }

    /// The same, always linted.
    pub fn load_linted(layers: Vec<RuleFiles>) -> Result<Self, Vec<Diagnostic>> {
        load::Loader::new(Files { layers }).load(true)
    }

    /// Number of a rule by id.
    pub fn find(&self, id: &str) -> Option<usize> {
        self.rules.iter().position(|rule| &*rule.id == id)
    }
}
