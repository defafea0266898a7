//! Carrying decisions over to the facts that took the place of those that are gone.

use rustc_hash::{FxHashMap, FxHashSet};

use super::collect::Signature;
use super::decision::{About, Decision, Decisions, Standing, Step, value_of};
use crate::normalize::Kind;
use crate::state::{StateError, Store};
use crate::table::schema::Table;
use crate::table::{Verdict, parsed_rows};

/// Why a decision cannot be carried over.
#[derive(Debug, thiserror::Error)]
pub enum CarryError {
    /// Nothing was decided about the fact.
    #[error("no decision is about `{0}`: `factline review status` lists those whose fact is gone")]
    Undecided(String),
    /// The new fact is not there.
    #[error("no fact has the id `{0}`: look for it in the tables of the last run")]
    NoFact(String),
    /// The two are not of one kind.
    #[error("`{old}` is in {old_table}, `{new}` in {new_table}: a decision can be carried over within a table only")]
    OtherKind {
        /// The old fact.
        old: String,
        /// Its table.
        old_table: &'static str,
        /// The new fact.
        new: String,
        /// Its table.
        new_table: &'static str,
    },
    /// The new fact has a decision of its own.
    #[error("`{new}` has a decision of its own (`{decision}` by {reviewer}, {date}): take that back first")]
    Decided {
        /// The new fact.
        new: String,
        /// What was decided.
        decision: &'static str,
        /// Who decided.
        reviewer: String,
        /// When.
        date: String,
    },
    /// The state cannot be read.
    #[error(transparent)]
    State(#[from] StateError),
}

/// A fact as it was made.
struct Fact {
    kind: Kind,
    document: String,
    row: csv::StringRecord,
}

impl Fact {
    fn cell(&self, name: &str) -> &str {
        Table::Facts(self.kind).cell(&self.row, name)
    }
}

/// The lines that carry what was decided about facts over to others: `pairs` are the ids of the old and the new fact. The
/// rows of the run are gone through once for all pairs.
pub fn carry(
    store: &Store,
    decisions: &Decisions,
    pairs: &[(String, String)],
    signature: &Signature,
) -> Result<Vec<Decision>, CarryError> {
    let standings = standings(decisions);
    let facts = facts(store, pairs.iter().map(|(_, new)| new.as_str()).collect())?;
    let mut lines = Vec::new();
    for (old, new) in pairs {
        let decided = standings.get(old.as_str()).ok_or_else(|| CarryError::Undecided(old.to_owned()))?;
        let fact = facts.get(new.as_str()).ok_or_else(|| CarryError::NoFact(new.to_owned()))?;
        check(old, decided.standing, fact, standings.get(new.as_str()))?;
        lines.extend(carried(decided.standing, fact, signature));
        lines.push(Decision {
            id: old.to_owned(),
            document: decided.document.to_owned(),
            step: Step::Carry,
            new: new.to_owned(),
            note: String::new(),
            about: decided.standing.about.clone(),
            ..blank(decided.standing, fact, signature)
        });
    }
    Ok(lines)
}

/// Whether what was decided about a fact may be carried over to another, about which something may be decided already.
fn check(old: &str, decided: &Standing, fact: &Fact, own: Option<&Decided<'_>>) -> Result<(), CarryError> {
    let new = fact.cell("id").to_owned();
    if fact.kind != decided.kind {
        let (old_table, new_table) = (decided.kind.table(), fact.kind.table());
        return Err(CarryError::OtherKind { old: old.to_owned(), old_table, new, new_table });
    }
    let Some(Decided { standing: own, .. }) = own else { return Ok(()) };
    let (reviewer, date) = (own.reviewer.clone(), own.date.clone());
    let decision = if own.verdict.is_none() { Step::Note.code() } else { own.code() };
    Err(CarryError::Decided { new, decision, reviewer, date })
}

/// What stands about a fact.
struct Decided<'d> {
    document: &'d str,
    standing: &'d Standing,
}

/// What stands about each fact that anything was decided about, by id.
fn standings(decisions: &Decisions) -> FxHashMap<&str, Decided<'_>> {
    let all =
        decisions.documents().flat_map(|(document, of)| of.iter().map(move |(id, standing)| (id, document, standing)));
    let all = all.filter(|(_, _, standing)| !standing.is_empty());
    all.map(|(id, document, standing)| (id.as_str(), Decided { document, standing })).collect()
}

/// The facts of some ids, as far as they are there.
fn facts(store: &Store, mut wanted: FxHashSet<&str>) -> Result<FxHashMap<String, Fact>, StateError> {
    let mut found = FxHashMap::default();
    for document in store.documents()? {
        let document = document?;
        for kind in Kind::ALL {
            for (_, row) in parsed_rows(document.rows(Table::Facts(kind))) {
                if wanted.remove(row.get(0).unwrap_or_default()) {
                    let fact = Fact { kind, document: document.key().to_owned(), row };
                    found.insert(fact.cell("id").to_owned(), fact);
                }
            }
        }
        if wanted.is_empty() {
            break;
        }
    }
    Ok(found)
}

/// What was decided, said of the new fact.
fn carried(decided: &Standing, fact: &Fact, signature: &Signature) -> Vec<Decision> {
    let corrections = decided.corrections.iter().map(|(column, correction)| Decision {
        step: Step::Verdict(Verdict::Correct),
        column: column.clone(),
        old: fact.cell(column).to_owned(),
        new: correction.new.clone(),
        ..blank(decided, fact, signature)
    });
    let mut lines: Vec<Decision> = corrections.collect();
    match decided.verdict {
        Some(Verdict::Correct) if !lines.is_empty() => {}
        Some(verdict) => lines.push(Decision { step: Step::Verdict(verdict), ..blank(decided, fact, signature) }),
        None => lines.push(blank(decided, fact, signature)),
    }
    lines
}

fn blank(decided: &Standing, fact: &Fact, signature: &Signature) -> Decision {
    Decision {
        id: fact.cell("id").to_owned(),
        kind: fact.kind,
        document: fact.document.clone(),
        step: Step::Note,
        column: String::new(),
        old: String::new(),
        new: String::new(),
        reviewer: signature.reviewer.clone(),
        date: signature.date.clone(),
        note: decided.note.clone(),
        about: About {
            line: fact.cell("line").parse().ok(),
            text: fact.cell("text").to_owned(),
            value: value_of(Table::Facts(fact.kind), |name| fact.cell(name)),
        },
    }
}
