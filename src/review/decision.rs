//! What a reviewer decided: lines that are only ever added, and what they come to.
//!
//! A line is a step: a verdict, a corrected cell, a note, a decision taken back or carried over to another fact. Steps
//! are taken in the order of their dates, those of one date in the order of the lines. So two copies of a decisions
//! file that went different ways can be joined line by line, as git's `merge=union` does, in either direction.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::normalize::Kind;
use crate::table::Verdict;
use crate::table::schema::{Field, Table};

/// What a line of the decisions file does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Says a verdict, and with `correct` one cell's new value.
    Verdict(Verdict),
    /// Writes a note.
    Note,
    /// Takes verdict and corrections back.
    Withdraw,
    /// Carries what was decided over to the fact in `new`.
    Carry,
}

impl Step {
    /// All steps with their codes.
    pub const ALL: [(Step, &'static str); 6] = [
        (Step::Verdict(Verdict::Accept), "accept"),
        (Step::Verdict(Verdict::Reject), "reject"),
        (Step::Verdict(Verdict::Correct), "correct"),
        (Step::Note, "note"),
        (Step::Withdraw, "withdraw"),
        (Step::Carry, "carry"),
    ];

    /// The code in the column `decision`.
    pub fn code(self) -> &'static str {
        Self::ALL.into_iter().find(|(step, _)| *step == self).map_or("", |(_, code)| code)
    }

    /// The step of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, other)| *other == code).map(|(step, _)| step)
    }
}

/// What a decision is about, as it was when it was made: for whoever reads the file, and to find the fact's successor
/// when it is gone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    /// The line of the document, from 1.
    pub line: Option<u32>,
    /// The words.
    pub text: String,
    /// The cells that tell what the fact is, with `|` between them.
    pub value: String,
}

/// A line of the decisions file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The fact.
    pub id: String,
    /// Its kind, and so its table.
    pub kind: Kind,
    /// Its document.
    pub document: String,
    /// What was decided.
    pub step: Step,
    /// The column that was corrected; empty for a decision about the whole row.
    pub column: String,
    /// What stood there.
    pub old: String,
    /// What should stand there.
    pub new: String,
    /// Who.
    pub reviewer: String,
    /// When: ISO 8601, UTC.
    pub date: String,
    /// The note as it stands after the step.
    pub note: String,
    /// What it is about.
    pub about: About,
}

/// A corrected cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// What was made, when it was first corrected.
    pub made: String,
    /// What stands there now.
    pub new: String,
}

/// What all decisions about a fact come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The kind of the fact.
    pub kind: Kind,
    /// The verdict.
    pub verdict: Option<Verdict>,
    /// The note.
    pub note: String,
    /// The corrected cells by column. A verdict that came later leaves them: who accepts a corrected row accepts what
    /// it shows.
    pub corrections: BTreeMap<String, Correction>,
    /// Who decided last.
    pub reviewer: String,
    /// When.
    pub date: String,
    /// What it is about.
    pub about: About,
    /// The fact that it was carried over to.
    pub carried: Option<String>,
}

impl Standing {
    pub(crate) fn new(kind: Kind) -> Self {
        Self {
            kind,
            verdict: None,
            note: String::new(),
            corrections: BTreeMap::new(),
            reviewer: String::new(),
            date: String::new(),
            about: About::default(),
            carried: None,
        }
    }

    /// Whether it says anything about the row.
    pub fn is_empty(&self) -> bool {
        self.verdict.is_none() && self.note.is_empty() && self.corrections.is_empty()
    }

    /// The verdict's code; empty without one.
    pub fn code(&self) -> &'static str {
        self.verdict.map_or("", Verdict::code)
    }

    fn take(&mut self, line: &Decision) {
        self.carried = None;
        match line.step {
            Step::Verdict(verdict) => {
                self.verdict = Some(verdict);
                if !line.column.is_empty() {
                    let made =
                        self.corrections.remove(&line.column).map_or_else(|| line.old.clone(), |earlier| earlier.made);
                    self.corrections.insert(line.column.clone(), Correction { made, new: line.new.clone() });
                }
            }
            Step::Note => {}
            Step::Withdraw | Step::Carry => {
                self.verdict = None;
                self.corrections.clear();
                self.carried = (line.step == Step::Carry).then(|| line.new.clone());
            }
        }
        self.note.clone_from(&line.note);
        self.reviewer.clone_from(&line.reviewer);
        self.date.clone_from(&line.date);
        if !line.about.text.is_empty() {
            self.about = line.about.clone();
        }
    }
}

/// What was decided about the facts of one document, by id.
pub type OfDocument = BTreeMap<String, Standing>;

/// Whether something is decided about a fact, by its id.
pub(crate) fn is_decided(of: Option<&OfDocument>, id: &str) -> bool {
    of.and_then(|of| of.get(id)).is_some_and(|standing| !standing.is_empty())
}

/// All decisions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decisions {
    documents: FxHashMap<String, OfDocument>,
}

impl Decisions {
    /// What lines come to.
    pub fn new(lines: &[Decision]) -> Self {
        let mut ordered: Vec<&Decision> = lines.iter().collect();
        // Stable: lines of one date stay in their order.
        ordered.sort_by(|one, other| one.date.cmp(&other.date));
        Self::taken(ordered.into_iter())
    }

    /// What lines come to that are in the order in which they count.
    pub(crate) fn in_order(lines: &[Decision]) -> Self {
        Self::taken(lines.iter())
    }

    fn taken<'l>(ordered: impl Iterator<Item = &'l Decision>) -> Self {
        let mut documents: FxHashMap<String, OfDocument> = FxHashMap::default();
        for line in ordered {
            let of_document = documents.entry(line.document.clone()).or_default();
            of_document.entry(line.id.clone()).or_insert_with(|| Standing::new(line.kind)).take(line);
        }
        Self { documents }
    }

    /// What was decided about the facts of a document.
    pub fn of(&self, document: &str) -> Option<&OfDocument> {
        self.documents.get(document)
    }

    /// All documents with decisions, in the order of their keys.
    pub fn documents(&self) -> impl Iterator<Item = (&str, &OfDocument)> {
        let mut all: Vec<_> = self.documents.iter().map(|(document, of)| (document.as_str(), of)).collect();
        all.sort_by_key(|(document, _)| *document);
        all.into_iter()
    }

    /// Whether nothing was ever decided.
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }
}

/// Whether a reviewer may correct a column: what a fact means, not where it stands, who made it or which other row it
/// refers to.
pub fn is_correctable(table: Table, field: &Field) -> bool {
    table.own_fields().iter().any(|own| own.name == field.name) && !is_reference(field)
}

/// Whether the cells of a column are ids of other rows.
pub(crate) fn is_reference(field: &Field) -> bool {
    field.name == "equivalent"
}

/// The columns that a reviewer may correct, for a message.
pub(crate) fn correctable(table: Table) -> String {
    let names: Vec<_> =
        table.own_fields().iter().filter(|field| !is_reference(field)).map(|field| field.name).collect();
    names.join(", ")
}

/// What a fact is, in one cell: its identity cells. `cell` gives the cell of a column.
pub(crate) fn value_of<'c>(table: Table, cell: impl Fn(&str) -> &'c str) -> String {
    let cells: Vec<&str> =
        table.own_fields().iter().filter(|field| field.identity).map(|field| cell(field.name)).collect();
    cells.join("|").trim_end_matches('|').to_owned()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use proptest::prelude::*;

    pub(crate) fn line(id: &str, step: Step, column: &str, new: &str, date: &str) -> Decision {
        Decision {
            id: id.to_owned(),
            kind: Kind::Number,
            document: "a.txt".to_owned(),
            step,
            column: column.to_owned(),
            old: String::new(),
            new: new.to_owned(),
            reviewer: "Ann".to_owned(),
            date: date.to_owned(),
            note: String::new(),
            about: About::default(),
        }
    }

    const ACCEPT: Step = Step::Verdict(Verdict::Accept);
    const REJECT: Step = Step::Verdict(Verdict::Reject);
    const CORRECT: Step = Step::Verdict(Verdict::Correct);

    fn standing(lines: &[Decision]) -> Standing {
        Decisions::new(lines).of("a.txt").unwrap()["n1"].clone()
    }

    #[test]
    fn codes_lead_back() {
        for (step, code) in Step::ALL {
            assert_eq!((step.code(), Step::from_code(code)), (code, Some(step)));
        }
    }

    #[test]
    fn the_latest_date_wins_whatever_the_order_of_lines() {
        let (early, late) = (line("n1", ACCEPT, "", "", "2026-01-01"), line("n1", REJECT, "", "", "2026-01-02"));
        assert_eq!(standing(&[early.clone(), late.clone()]).verdict, Some(Verdict::Reject));
        assert_eq!(standing(&[late, early]).verdict, Some(Verdict::Reject));
        let same = [line("n1", ACCEPT, "", "", "2026-01-01"), line("n1", REJECT, "", "", "2026-01-01")];
        assert_eq!(standing(&same).verdict, Some(Verdict::Reject), "of one date the later line");
    }

    #[test]
    fn corrections_add_up_and_stay_until_they_are_taken_back() {
        let mut lines = vec![
            Decision { old: "5".into(), ..line("n1", CORRECT, "value", "6", "2026-01-01") },
            Decision { old: "6".into(), ..line("n1", CORRECT, "value", "7", "2026-01-02") },
            line("n1", CORRECT, "unit", "m", "2026-01-03"),
            line("n1", ACCEPT, "", "", "2026-01-04"),
        ];
        let after = standing(&lines);
        assert_eq!(after.corrections["value"], Correction { made: "5".into(), new: "7".into() });
        assert_eq!((after.corrections.len(), after.verdict), (2, Some(Verdict::Accept)));
        lines.push(line("n1", Step::Withdraw, "", "", "2026-01-05"));
        assert!(standing(&lines).is_empty());
    }

    #[test]
    fn a_carried_decision_stands_elsewhere() {
        let lines = [line("n1", ACCEPT, "", "", "2026-01-01"), line("n1", Step::Carry, "", "n2", "2026-01-02")];
        assert_eq!((standing(&lines).verdict, standing(&lines).carried.as_deref()), (None, Some("n2")));
    }

    proptest! {
        #[test]
        fn union_merges_are_the_same_in_either_direction(
            shared in 0_usize..4,
            ours in proptest::collection::vec(0_usize..4, 0..6),
            theirs in proptest::collection::vec(0_usize..4, 0..6),
        ) {
            let steps = [ACCEPT, REJECT, Step::Withdraw, Step::Note];
            let made = |who: &str, from: usize, chosen: &[usize]| -> Vec<Decision> {
                let lines = chosen.iter().enumerate().map(|(at, step)| {
                    let date = format!("2026-01-01T00:{:02}:{:02}Z", from + at, who.len());
                    Decision { reviewer: who.to_owned(), note: format!("{who} {at}"), ..line("n1", steps[*step], "", "", &date) }
                });
                lines.collect()
            };
            let base = made("x", 0, &vec![0; shared + 1]);
            let (ours, theirs) = (made("Ann", 10, &ours), made("Bo", 10, &theirs));
            let one = [base.clone(), ours.clone(), theirs.clone()].concat();
            let other = [base, theirs, ours].concat();
            prop_assert_eq!(Decisions::new(&one), Decisions::new(&other));
        }
    }
}
