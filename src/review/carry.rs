//! Carrying decisions over to the facts that took the place of those that are gone.

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

/// The lines that carry what was decided about one fact over to another.
pub fn carry(
    store: &Store,
    decisions: &Decisions,
    old: &str,
    new: &str,
    signature: &Signature,
) -> Result<Vec<Decision>, CarryError> {
    let standing = |id: &str| {
        let all = decisions.documents().filter_map(|(document, of)| Some((document, of.get(id)?)));
        all.filter(|(_, standing)| !standing.is_empty()).last()
    };
    let (old_document, decided) = standing(old).ok_or_else(|| CarryError::Undecided(old.to_owned()))?;
    let fact = fact_of(store, new)?.ok_or_else(|| CarryError::NoFact(new.to_owned()))?;
    if fact.kind != decided.kind {
        let (old, new) = (old.to_owned(), new.to_owned());
        let (old_table, new_table) = (decided.kind.table(), fact.kind.table());
        return Err(CarryError::OtherKind { old, old_table, new, new_table });
    }
    if let Some((_, own)) = standing(new) {
        let (reviewer, date) = (own.reviewer.clone(), own.date.clone());
        let decision = if own.verdict.is_none() { Step::Note.code() } else { own.code() };
        return Err(CarryError::Decided { new: new.to_owned(), decision, reviewer, date });
    }
    let mut lines = carried(decided, &fact, signature);
    lines.push(Decision {
        id: old.to_owned(),
        document: old_document.to_owned(),
        step: Step::Carry,
        new: new.to_owned(),
        note: String::new(),
        about: decided.about.clone(),
        ..blank(decided, &fact, signature)
    });
    Ok(lines)
}

fn fact_of(store: &Store, id: &str) -> Result<Option<Fact>, StateError> {
    for document in store.documents()? {
        let document = document?;
        for kind in Kind::ALL {
            let mut rows = parsed_rows(document.rows(Table::Facts(kind)));
            if let Some((_, row)) = rows.find(|(_, row)| row.get(0) == Some(id)) {
                return Ok(Some(Fact { kind, document: document.key().to_owned(), row }));
            }
        }
    }
    Ok(None)
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
