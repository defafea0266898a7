//! Where documents went that are gone: renamed, or joined with another one.
//!
//! Nothing remembers a document that is gone but the decisions about its facts, so these tell. A document is the home of one
//! that is gone if it says again most of what was decided there, and more than one thing: `Two` alone stands in many
//! documents. Each fact answers for one decision, so that a long document that says `Two` thirty times tells no more than one
//! that says it once. Where two documents are equally likely, neither is the home.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::decision::{About, OfDocument, is_decided, value_of};
use crate::normalize::Kind;
use crate::state::StoredDocument;
use crate::table::parsed_rows;
use crate::table::schema::Table;

/// How a document answers for one that is gone: the greatest is the likeliest home.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Votes {
    /// Decisions whose fact it states again, in the same words with the same value.
    said: usize,
    /// Those of them that it states in the same line.
    in_line: usize,
    /// Whether it has the same name, in another folder.
    has_name: bool,
}

/// A document that is gone.
#[derive(Debug)]
struct Gone<'o> {
    key: &'o str,
    decisions: usize,
    /// The likeliest home; no key where several are equally likely.
    best: (Votes, Option<String>),
}

/// What was decided about in documents that are gone: one statement, by its value.
#[derive(Debug)]
struct Statement<'o> {
    value: &'o str,
    /// The documents (positions in [`Moved::gone`]) that stated it, each with the lines in ascending order; 0 where the line
    /// is not known.
    lines: BTreeMap<usize, Vec<u32>>,
}

/// A search for the homes of documents that are gone.
#[derive(Debug)]
pub(super) struct Moved<'o> {
    gone: Vec<Gone<'o>>,
    statements: Vec<Statement<'o>>,
    /// Statements by kind and words.
    by_text: FxHashMap<(Kind, &'o str), Vec<usize>>,
}

impl<'o> Moved<'o> {
    /// A search by what was decided in documents that are gone: the document's key, and what each decision is about.
    pub(super) fn new(decided: impl Iterator<Item = (&'o str, Kind, &'o About)>) -> Self {
        let mut moved = Self { gone: Vec::new(), statements: Vec::new(), by_text: FxHashMap::default() };
        let mut positions: FxHashMap<&str, usize> = FxHashMap::default();
        for (key, kind, about) in decided {
            let gone = *positions.entry(key).or_insert_with(|| {
                moved.gone.push(Gone { key, decisions: 0, best: Default::default() });
                moved.gone.len() - 1
            });
            moved.gone[gone].decisions += 1;
            let of_text = moved.by_text.entry((kind, &about.text)).or_default();
            let known = of_text.iter().copied().find(|at| moved.statements[*at].value == about.value);
            let at = known.unwrap_or_else(|| {
                of_text.push(moved.statements.len());
                moved.statements.push(Statement { value: &about.value, lines: BTreeMap::new() });
                moved.statements.len() - 1
            });
            let lines = moved.statements[at].lines.entry(gone).or_default();
            let line = about.line.unwrap_or(0);
            lines.insert(lines.partition_point(|other| *other <= line), line);
        }
        moved
    }

    /// Whether no document is gone.
    pub(super) fn is_empty(&self) -> bool {
        self.gone.is_empty()
    }

    /// Lets a document answer, but for its facts that have a decision of their own.
    pub(super) fn ask(&mut self, document: &StoredDocument, decided: Option<&OfDocument>) {
        let mut votes: BTreeMap<usize, Votes> = BTreeMap::new();
        for (statement, found) in self.stated(document, decided) {
            for (gone, lines) in &self.statements[statement].lines {
                let votes = votes.entry(*gone).or_default();
                votes.said += lines.len().min(found.len());
                votes.in_line += shared(lines, &found);
            }
        }
        for (at, votes) in votes {
            let gone = &mut self.gone[at];
            let votes = Votes { has_name: name(gone.key) == name(document.key()), ..votes };
            match votes.cmp(&gone.best.0) {
                std::cmp::Ordering::Greater => gone.best = (votes, Some(document.key().to_owned())),
                std::cmp::Ordering::Equal => gone.best.1 = None,
                std::cmp::Ordering::Less => {}
            }
        }
    }

    /// The statements that a document repeats, each with the lines in ascending order.
    fn stated(&self, document: &StoredDocument, decided: Option<&OfDocument>) -> BTreeMap<usize, Vec<u32>> {
        let mut stated: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
        for kind in Kind::ALL {
            let table = Table::Facts(kind);
            for (_, row) in parsed_rows(document.rows(table)) {
                let cell = |name: &str| table.cell(&row, name);
                let Some(of_text) = self.by_text.get(&(kind, cell("text"))) else { continue };
                if is_decided(decided, cell("id")) {
                    continue;
                }
                let value = value_of(table, cell);
                if let Some(at) = of_text.iter().find(|at| self.statements[**at].value == value) {
                    stated.entry(*at).or_default().push(cell("line").parse().unwrap_or(0));
                }
            }
        }
        // In the order of the document already, but for facts that overlap.
        stated.values_mut().for_each(|lines| lines.sort_unstable());
        stated
    }

    /// The home of each document that has one, by the key of the one that is gone.
    pub(super) fn homes(self) -> FxHashMap<&'o str, String> {
        let homes = self.gone.into_iter().filter_map(|Gone { key, decisions, best: (votes, home) }| {
            (votes.said > 1 && votes.said * 2 > decisions).then_some((key, home?))
        });
        homes.collect()
    }
}

/// The last part of a key.
fn name(key: &str) -> &str {
    key.rsplit('/').next().unwrap_or(key)
}

/// How many numbers two ascending lists share, each counted as often as it stands in both.
fn shared(one: &[u32], other: &[u32]) -> usize {
    let (mut one, mut other) = (one.iter().peekable(), other.iter().peekable());
    let mut count = 0;
    while let (Some(left), Some(right)) = (one.peek(), other.peek()) {
        let order = left.cmp(right);
        count += usize::from(order.is_eq());
        if order.is_le() {
            one.next();
        }
        if order.is_ge() {
            other.next();
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_shared_as_often_as_both_have_them() {
        for (one, other, count) in
            [(&[][..], &[1][..], 0), (&[1, 1, 4], &[1, 2, 4, 4], 2), (&[2, 2], &[2, 2, 2], 2), (&[1, 3], &[2, 4], 0)]
        {
            assert_eq!((shared(one, other), shared(other, one)), (count, count), "{one:?} {other:?}");
        }
    }
}
