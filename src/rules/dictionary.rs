//! What a `[[dictionary]]` says of its file besides its terms: which columns are remarks, and texts that show what its rows do.

use std::ops::Range;
use std::sync::Arc;

use serde_spanned::Spanned;

use super::cells::Declared;
use super::file::{CounterDecl, ExampleDecl, TermDecl};
use super::load::kind;
use super::{Diagnostic, RuleKind};

/// A declared dictionary.
#[derive(Debug)]
pub struct Dictionary {
    /// Path of its CSV file below the rules' root.
    pub path: String,
    /// Columns that hold terms.
    pub terms: Vec<String>,
    /// Columns that no rule and no code reads.
    pub remarks: Vec<String>,
    /// Texts in which a row gives a fact.
    pub examples: Vec<RowExample>,
    /// Texts in which a row keeps something from being a fact.
    pub counters: Vec<RowCounter>,
    /// Path of the rule file that declares it, below the rules' root.
    pub file: Arc<str>,
    /// Text of that file.
    pub text: Arc<str>,
    /// Bytes of the path in it.
    pub span: Range<usize>,
}

/// A text in which a row gives a fact.
#[derive(Debug)]
pub struct RowExample {
    /// What is found in it.
    pub kind: RuleKind,
    /// Parts that are all found, where there are several.
    pub facts: Vec<String>,
    /// The text, and what is expected of it.
    pub example: ExampleDecl,
}

/// A text in which a row keeps something from being a fact.
#[derive(Debug)]
pub struct RowCounter {
    /// What must not be found in it.
    pub kind: RuleKind,
    /// The part that must not be found; none: any part.
    pub fact: Option<String>,
    /// The text, and why nothing is to be found.
    pub counter: CounterDecl,
}

impl Dictionary {
    /// What a declaration says.
    pub(super) fn of(declared: &Declared<'_>) -> Result<Self, Diagnostic> {
        let Declared { decl, file, text } = *declared;
        let known = |written: &Spanned<String>| {
            let unknown = |message| Diagnostic::error("unknown-kind", file, message).at(text, written.span());
            kind(written).map_err(unknown)
        };
        let examples = decl.example.iter().map(|each| {
            let example = ExampleDecl {
                text: each.text.clone(),
                fact: each.fact.clone(),
                expect: each.expect.clone(),
                reference: each.reference.clone(),
            };
            Ok(RowExample { kind: known(&each.kind)?, facts: each.facts.clone(), example })
        });
        let counters = decl.counter.iter().map(|each| {
            let counter = CounterDecl { text: each.text.clone(), why: each.why.clone() };
            Ok(RowCounter { kind: known(&each.kind)?, fact: each.fact.clone(), counter })
        });
        let terms = decl.terms.iter().map(|term| match term {
            TermDecl::Name(column) => column.clone(),
            TermDecl::Full(full) => full.column.clone(),
        });
        Ok(Self {
            path: decl.file.get_ref().clone(),
            terms: terms.collect(),
            remarks: decl.remarks.clone(),
            examples: examples.collect::<Result<_, _>>()?,
            counters: counters.collect::<Result<_, _>>()?,
            file: file.clone(),
            text: text.clone(),
            span: decl.file.span(),
        })
    }

    /// Whether any text shows what its rows do.
    pub fn has_examples(&self) -> bool {
        !(self.examples.is_empty() && self.counters.is_empty())
    }
}
