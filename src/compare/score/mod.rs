//! How good tables are against a gold: precision, recall and F1 by table, type and rule, and whether confidences hold.
//!
//! A made fact and a gold fact match one to one, the best overlap first. Three measures: *strict*, the spans are equal;
//! *relaxed*, they overlap; *value*, they overlap and mean the same. A value is that of the columns that make a fact's
//! identity, as far as the gold has them; a place may also be the same point within 161 km, as is usual for toponyms.

mod limit;
mod matching;
mod report;
mod tally;
mod value;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::folder::Folder;
use super::gold::{Gold, Judgement};
use super::rows::{RowRef, Rows};
use crate::table::schema::Table;

pub use limit::{Limit, below_baseline};
pub use report::{markdown, text};
pub use tally::{Bin, Measure, RuleTally, Tally};

use matching::matched;
use tally::{Counts, RuleCounts};

/// All tables together.
pub const ALL: &str = "all";

/// How good tables are.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Score {
    /// Documents that the gold covers.
    pub documents: u64,
    /// Whether the gold is a reviewed output, in which only rows with a verdict count.
    pub reviewed: bool,
    /// Made facts that the gold says nothing of.
    pub unjudged: u64,
    /// By table; [`ALL`] is all of them.
    pub tables: BTreeMap<String, Tally>,
    /// By table and type: `dates:duration`.
    pub types: BTreeMap<String, Tally>,
    /// By rule.
    pub rules: BTreeMap<String, RuleTally>,
    /// By confidence: whether facts are right as often as it says.
    pub reliability: Vec<Bin>,
    /// Mean distance between confidence and share of right facts, weighted by facts (expected calibration error).
    pub calibration_error: f64,
}

/// Measures made tables against a gold. Of a table that was not made, all facts are missed.
pub fn score(gold: &Gold, made: &Folder) -> Score {
    let mut scorer = Scorer::default();
    for rows in gold.tables() {
        let made = made.table(rows.table);
        gold.documents.iter().for_each(|document| scorer.document(gold, rows, made, document));
    }
    scorer.finish(gold)
}

/// The column that tells what sort of fact a row is.
fn type_column(table: Table) -> &'static str {
    match table {
        Table::Facts(kind) => {
            let own = Table::Facts(kind).own_fields().iter().map(|field| field.name);
            own.into_iter().find(|name| *name == "type" || name.ends_with("_type")).unwrap_or_default()
        }
        _ => "",
    }
}

#[derive(Default)]
struct Scorer {
    unjudged: u64,
    tables: BTreeMap<String, Counts>,
    types: BTreeMap<String, Counts>,
    rules: BTreeMap<String, RuleCounts>,
    /// By confidence in hundredths: facts, and those that are right.
    confidences: BTreeMap<u8, (u64, u64)>,
}

/// How far a made fact is right.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Right {
    strict: bool,
    relaxed: bool,
    value: bool,
}

impl Scorer {
    fn document(&mut self, gold: &Gold, rows: &Rows, made: Option<&Rows>, document: &str) {
        let golden: Vec<_> = rows.of(document).collect();
        let made: Vec<_> = made.into_iter().flat_map(|made| made.of(document)).collect();
        let mut partners: Vec<Option<RowRef<'_>>> = vec![None; made.len()];
        let mut is_met = vec![false; golden.len()];
        for (of_gold, of_made) in matched(&golden, &made) {
            partners[of_made] = Some(golden[of_gold]);
            is_met[of_gold] = true;
        }
        for (made, partner) in made.iter().zip(partners) {
            self.made(gold, *made, partner);
        }
        for (row, is_met) in golden.iter().zip(is_met) {
            if !is_met && gold.judgement(*row) == Judgement::True {
                self.count(*row, None, |counts| counts.gold += 1);
            }
        }
    }

    /// Counts a made fact, and its partner in the gold.
    fn made(&mut self, gold: &Gold, made: RowRef<'_>, partner: Option<RowRef<'_>>) {
        let judgement = match partner {
            None => gold.judgement_of_other(made),
            Some(partner) => match gold.judgement(partner) {
                // Another value in the same place is not what was rejected.
                Judgement::False if !value::is_same(partner, made) => Judgement::Open,
                judgement => judgement,
            },
        };
        let right = match (judgement, partner) {
            (Judgement::Open, _) => {
                self.unjudged += 1;
                return;
            }
            (Judgement::True, Some(partner)) => Right {
                strict: matching::is_strict(partner, made),
                relaxed: true,
                value: value::is_same(partner, made),
            },
            _ => Right::default(),
        };
        let partner = partner.filter(|_| right.relaxed);
        self.count(made, partner, |counts| {
            counts.made += 1;
            counts.add(right);
        });
        if let Some(partner) = partner {
            self.count(partner, Some(made), |counts| counts.gold += 1);
        }
        // Tables that a person made need not tell these.
        let hundredths = made.cell("confidence").parse().ok().map(|share: f64| (share * 100.0).round() as u8);
        if let Some(rule) = made.get("rule").filter(|rule| !rule.is_empty()) {
            self.rules.entry(rule.to_owned()).or_default().add(made.table().name(), right, hundredths);
        }
        if let Some(hundredths) = hundredths {
            let confidence = self.confidences.entry(hundredths).or_default();
            *confidence = (confidence.0 + 1, confidence.1 + u64::from(right.value));
        }
    }

    /// Counts a row for its table and its type; where it does not tell its type, for that of its partner.
    fn count(&mut self, row: RowRef<'_>, partner: Option<RowRef<'_>>, count: impl Fn(&mut Counts)) {
        let table = row.table().name();
        for name in [ALL, table] {
            count(self.tables.entry(name.to_owned()).or_default());
        }
        let column = type_column(row.table());
        let own = row.get(column).or_else(|| partner?.get(column)).unwrap_or_default();
        if !own.is_empty() {
            count(self.types.entry(format!("{table}:{own}")).or_default());
        }
    }

    fn finish(self, gold: &Gold) -> Score {
        let finished = |counts: BTreeMap<String, Counts>| {
            counts.into_iter().map(|(name, counts)| (name, counts.tally())).collect::<BTreeMap<_, _>>()
        };
        let (reliability, calibration_error) = tally::reliability(&self.confidences);
        Score {
            documents: gold.documents.len() as u64,
            reviewed: gold.is_reviewed,
            unjudged: self.unjudged,
            tables: finished(self.tables),
            types: finished(self.types),
            rules: self.rules.into_iter().map(|(rule, counts)| (rule, counts.tally())).collect(),
            reliability,
            calibration_error,
        }
    }
}
