//! Which rules and dictionary rows some documents use, and which they never do.
//!
//! A rule is counted where its match stands, and apart from that where it came to nothing. A row is counted where it is part
//! of a match that stands, in a class that the rule's pattern names, and not only a part of a longer term there: `Zealand` is
//! not used by `New Zealand`. Rows that no pattern can ask for (number words, tables that only code reads) are not counted at
//! all: of them it cannot be told.

use std::ops::Range;

use rustc_hash::FxHashSet;
use serde::Serialize;

use crate::document::Document;
use crate::extractor::{Event, Extractor};
use crate::lexicon::{ClassSet, Entry};
use crate::matcher::Match;
use crate::rules::{Rule, Ruleset};
use crate::scan::Scanned;

/// How often rules and rows were used.
#[derive(Debug, Clone, Default)]
pub struct Coverage {
    /// Documents that were read.
    pub documents: u64,
    /// By number of the rule: matches that stand, and those that came to nothing.
    rules: Vec<(u64, u64)>,
    /// By dictionary and row: matches that stand.
    rows: Vec<Vec<u64>>,
}

/// How often a rule was used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleUse<'r> {
    /// Its id.
    pub rule: &'r str,
    /// Its file and line.
    pub file: String,
    /// Its matches that stand.
    pub stands: u64,
    /// Its matches that came to nothing.
    pub refused: u64,
}

/// How often a dictionary row was used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RowUse<'r> {
    /// Its dictionary, by path.
    pub dictionary: &'r str,
    /// Its line.
    pub line: u64,
    /// Its first cell.
    pub term: &'r str,
    /// Matches with it that stand.
    pub stands: u64,
}

/// What the patterns of a ruleset can ask for; made once for many documents.
#[derive(Debug)]
pub struct Asked {
    /// By rule: the classes that its pattern names.
    classes: Vec<ClassSet>,
    /// Rows with a term in one of these, as dictionary and row.
    rows: FxHashSet<(u16, u32)>,
}

impl Asked {
    /// What the patterns of a ruleset can ask for.
    pub fn new(ruleset: &Ruleset) -> Self {
        let classes: Vec<ClassSet> = ruleset.rules.iter().map(|rule| classes(ruleset, rule)).collect();
        let mut all = ClassSet::EMPTY;
        classes.iter().for_each(|set| all.extend(set));
        let entries = ruleset.lexicon.entries().iter().filter(|entry| all.contains(entry.class));
        Self { classes, rows: entries.map(|entry| (entry.table, entry.row)).collect() }
    }
}

/// The classes that the pattern of a rule names.
fn classes(ruleset: &Ruleset, rule: &Rule) -> ClassSet {
    let mut classes = ClassSet::EMPTY;
    for pc in rule.start..rule.start + rule.length {
        ruleset.program.wanted(pc).into_iter().for_each(|condition| classes.extend(&condition.all));
    }
    classes
}

impl Coverage {
    /// Counts of nothing.
    pub fn new(ruleset: &Ruleset) -> Self {
        let rows = ruleset.lexicon.tables().iter().map(|table| vec![0; table.len()]).collect();
        Self { documents: 0, rules: vec![(0, 0); ruleset.rules.len()], rows }
    }

    /// Counts what a document uses.
    pub fn add(&mut self, extractor: &Extractor, asked: &Asked, document: &Document) {
        self.documents += 1;
        let ruleset = extractor.ruleset();
        extractor.observe(document, &mut |event| match event {
            Event::Scanned(_) | Event::Weighed(_) => {}
            Event::Refused(_, found, _) => self.rules[found.rule].1 += 1,
            // Whoever finds what is no fact has nothing to make; a fact without a value is none.
            Event::Stands(_, found, Err(_)) if ruleset.rules[found.rule].kind.is_fact() => {
                self.rules[found.rule].1 += 1;
            }
            Event::Stands(scanned, found, _) => {
                self.rules[found.rule].0 += 1;
                self.rows(ruleset, asked, document.view_text(), scanned, found);
            }
        });
    }

    fn rows(&mut self, ruleset: &Ruleset, asked: &Asked, text: &str, scanned: &Scanned, found: &Match) {
        let mut terms: Vec<(Range<usize>, &Entry)> = Vec::new();
        for at in found.tokens.clone() {
            for (end, entry, passes) in scanned.meanings(&ruleset.lexicon, text, at) {
                if passes && end <= found.tokens.end && asked.classes[found.rule].contains(entry.class) {
                    terms.push((at..end, entry));
                }
            }
        }
        let is_inside = |part: &Range<usize>, whole: &Range<usize>| {
            part.len() < whole.len() && whole.start <= part.start && part.end <= whole.end
        };
        for (tokens, entry) in &terms {
            if !terms.iter().any(|(other, _)| is_inside(tokens, other)) {
                self.rows[usize::from(entry.table)][entry.row as usize] += 1;
            }
        }
    }

    /// Adds the counts of other documents.
    #[must_use]
    pub fn with(mut self, other: &Coverage) -> Self {
        self.documents += other.documents;
        for (own, more) in self.rules.iter_mut().zip(&other.rules) {
            *own = (own.0 + more.0, own.1 + more.1);
        }
        for (own, more) in self.rows.iter_mut().flatten().zip(other.rows.iter().flatten()) {
            *own += more;
        }
        self
    }

    /// The rules in order of their files.
    pub fn rule_uses<'r>(&self, ruleset: &'r Ruleset) -> Vec<RuleUse<'r>> {
        let uses = ruleset.rules.iter().zip(&self.rules).map(|(rule, (stands, refused))| RuleUse {
            rule: &rule.id,
            file: format!("{}:{}", rule.site.file, rule.site.line()),
            stands: *stands,
            refused: *refused,
        });
        uses.collect()
    }

    /// The rows that patterns can ask for, in order of their files.
    pub fn row_uses<'r>(&self, ruleset: &'r Ruleset, asked: &Asked) -> Vec<RowUse<'r>> {
        let tables = (0u16..).zip(ruleset.lexicon.tables());
        let rows = tables.flat_map(|(number, table)| (0..table.len()).map(move |row| (number, table, row)));
        let counted = rows.filter(|(number, _, row)| asked.rows.contains(&(*number, *row as u32)));
        let uses = counted.map(|(number, table, row)| RowUse {
            dictionary: table.file(),
            line: table.line(row),
            term: table.cell(row, 0),
            stands: self.rows[usize::from(number)][row],
        });
        uses.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extractor::Options;

    #[test]
    fn rules_and_rows_are_counted_where_a_match_stands() {
        let extractor = Extractor::new(Ruleset::shipped().unwrap(), Options::default()).unwrap();
        let (ruleset, asked) = (extractor.ruleset(), Asked::new(extractor.ruleset()));
        let mut coverage = Coverage::new(ruleset);
        for text in ["They paid 30,000 yuan.", "They paid 5 yuan and won."] {
            let document = Document::read(text.as_bytes().to_vec(), "a.txt", extractor.document_rules()).unwrap();
            coverage.add(&extractor, &asked, &document);
        }
        let rules = coverage.rule_uses(ruleset);
        let of = |id: &str| rules.iter().find(|each| each.rule == id).map(|each| (each.stands, each.refused > 0));
        assert_eq!((of("money.after"), of("number.cardinal")), (Some((2, false)), Some((0, true))));
        let rows = coverage.row_uses(ruleset, &asked);
        let of = |term: &str| {
            let own = rows.iter().filter(|each| each.dictionary == "money/names.csv" && each.term == term);
            own.map(|each| each.stands).max()
        };
        assert_eq!((of("yuan"), of("won")), (Some(2), Some(0)));
        let twice = coverage.clone().with(&coverage);
        assert_eq!((twice.documents, twice.rule_uses(ruleset)[0].stands), (4, 2 * rules[0].stands));
    }

    #[test]
    fn a_term_inside_a_longer_one_is_not_used() {
        let extractor = Extractor::new(Ruleset::shipped().unwrap(), Options::default()).unwrap();
        let (ruleset, asked) = (extractor.ruleset(), Asked::new(extractor.ruleset()));
        let used = |text: &str, dictionary: &str, term: &str| {
            let mut coverage = Coverage::new(ruleset);
            let document = Document::read(text.as_bytes().to_vec(), "a.txt", extractor.document_rules()).unwrap();
            coverage.add(&extractor, &asked, &document);
            let rows = coverage.row_uses(ruleset, &asked);
            rows.iter().find(|each| each.dictionary == dictionary && each.term == term).unwrap().stands
        };
        let text = "It flows at 5 cubic metres per second.";
        assert_eq!(used(text, "unit/names.csv", "cubic metres per second"), 1);
        assert_eq!(used(text, "unit/names.csv", "metres per second"), 0);
        assert_eq!(used("It moves at 5 metres per second.", "unit/names.csv", "metres per second"), 1);
    }

    #[test]
    fn a_match_without_a_value_came_to_nothing() {
        let extractor = Extractor::new(Ruleset::shipped().unwrap(), Options::default()).unwrap();
        let (ruleset, asked) = (extractor.ruleset(), Asked::new(extractor.ruleset()));
        let used = |text: &str| {
            let mut coverage = Coverage::new(ruleset);
            let document = Document::read(text.as_bytes().to_vec(), "a.txt", extractor.document_rules()).unwrap();
            coverage.add(&extractor, &asked, &document);
            let uses = coverage.rule_uses(ruleset);
            let day = uses.iter().find(|each| each.rule == "date.day.full").unwrap();
            let rows = coverage.row_uses(ruleset, &asked);
            let month = rows.iter().find(|each| each.dictionary == "date/months.csv" && each.term == "2").unwrap();
            (day.stands, day.refused > 0, month.stands)
        };
        assert_eq!(used("They met on 20 February 2018."), (1, false, 1));
        assert_eq!(used("On 31 February 2018 men met."), (0, true, 0));
    }
}
