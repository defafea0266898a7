//! What the changed rows of a table mean: decisions that can be taken, and findings about those that cannot.

use super::codes::{Codes, is_same};
use super::collect::{Collected, Signature};
use super::compared::{ChangedCell, ChangedRow, Comparison, Stranger};
use super::decision::{About, Decision, Step, correctable, value_of};
use super::finding::{Code, Finding};
use super::spreadsheet::{Doubt, shortened};
use super::value::{Checker, Dialect, disagreement};
use super::{apply, decision};
use crate::normalize::Kind;
use crate::rules::suggestion;
use crate::table::schema::{Field, Table};
use crate::table::{Verdict, unguard};

/// Judges the changed rows of a table.
pub(super) struct Judge<'j> {
    comparison: &'j Comparison,
    signature: &'j Signature,
    checker: Checker<'j>,
    collected: &'j mut Collected,
}

/// What a row says once it is understood.
struct Said<'j> {
    row: &'j ChangedRow,
    /// The verdict in the file; none where the cell is empty.
    verdict: Option<Verdict>,
    /// Whether it is another than the table showed, and than what is decided by now.
    is_new: bool,
    note: String,
    /// The note in the file.
    typed_note: String,
    is_new_note: bool,
}

impl<'j> Judge<'j> {
    /// For the changes in a table; what they come to is added to `collected`.
    pub(super) fn new(
        comparison: &'j Comparison,
        signature: &'j Signature,
        codes: &'j Codes,
        collected: &'j mut Collected,
    ) -> Self {
        Self { comparison, signature, checker: Checker::new(codes), collected }
    }
}

impl Judge<'_> {
    /// Judges all changed rows, and those with ids that no fact has.
    pub(super) fn judge(mut self, strangers: &[Stranger]) {
        let sheet = &self.comparison.sheet;
        if !sheet.has(self.comparison.position("review")) {
            let message = "there is no column `review`, so no verdict can be collected".to_owned();
            self.tell(sheet.name.clone(), Code::NoReviewColumn, message);
        }
        for column in &sheet.unknown {
            let message = format!("the column `{}` is not one of the table: it is not read", shortened(column));
            self.tell(sheet.name.clone(), Code::UnknownColumn, message);
        }
        for row in &self.comparison.changed {
            self.row(row);
        }
        for stranger in strangers.iter().filter(|stranger| !stranger.says.is_empty()) {
            self.stranger(stranger);
        }
    }

    fn tell(&mut self, place: String, code: Code, message: String) {
        self.collected.findings.push(Finding { place, code, message });
    }

    /// Where a cell stands.
    fn place(&self, number: u64, column: &str) -> String {
        let sheet = &self.comparison.sheet;
        format!("{}, {} {number}, {column}", sheet.name, sheet.unit)
    }

    fn field(&self, cell: &ChangedCell) -> &'static Field {
        // The place came from the fields of the same table.
        self.comparison.table.fields().nth(cell.field).unwrap_or_else(|| unreachable!("column {}", cell.field))
    }

    fn stranger(&mut self, stranger: &Stranger) {
        let place = self.place(stranger.number, "id");
        if stranger.is_repeated {
            let message = format!("`{}` is there twice, and only the first row counts: remove one", stranger.id);
            return self.tell(place, Code::RepeatedId, message);
        }
        let message = format!(
            "no fact has the id `{}`, so `{}` cannot be taken: the document may have changed since, or the cell was \
             edited; decide about the row that took its place",
            shortened(&stranger.id),
            shortened(&stranger.says)
        );
        self.tell(place, Code::UnknownId, message);
    }

    fn row(&mut self, row: &ChangedRow) {
        let current = row.expected.current.as_ref();
        let shown = row.expected.shown.as_ref();
        let code = |standing: Option<&decision::Standing>| standing.map_or("", decision::Standing::code);
        let note = |standing: Option<&decision::Standing>| standing.map_or("", |standing| &standing.note).to_owned();
        let typed = row.review.clone().unwrap_or_else(|| code(shown).to_owned());
        let verdict = match typed.as_str() {
            "" => None,
            typed => match Verdict::from_code(&typed.to_lowercase()) {
                Some(verdict) => Some(verdict),
                None => return self.unknown_decision(row.number, typed),
            },
        };
        let is_new = row.review.is_some() && typed != code(shown) && verdict.map_or("", Verdict::code) != code(current);
        let typed_note = row.note.clone().unwrap_or_else(|| note(shown));
        let is_new_note = typed_note != note(shown) && typed_note != note(current);
        // A note that others wrote meanwhile is not taken back by a table that does not show it yet.
        let note = if typed_note == note(shown) { note(current) } else { typed_note.clone() };
        let said = Said { row, verdict, is_new, note, typed_note, is_new_note };
        let is_correct = verdict == Some(Verdict::Correct);
        let is_edited = |cell: &&ChangedCell| !self.is_mangled(cell) && (is_correct || !cell.is_withdrawn);
        let edited: Vec<&ChangedCell> = row.values.iter().filter(is_edited).collect();
        match verdict {
            Some(Verdict::Correct) => self.correct(&said, &edited),
            Some(Verdict::Reject) => {
                self.verdict(&said);
                for cell in edited {
                    let place = self.place(row.number, self.field(cell).name);
                    let message = "the row is rejected, so what was typed here is not taken".to_owned();
                    self.tell(place, Code::RejectedAndEdited, message);
                }
            }
            Some(Verdict::Accept) | None if edited.is_empty() => self.verdict(&said),
            Some(Verdict::Accept) | None => self.edited_without_correct(row, &edited, &typed),
        }
        self.not_correctable(row);
    }

    fn is_mangled(&self, cell: &ChangedCell) -> bool {
        cell.doubt.is_some_and(|doubt: Doubt| self.comparison.is_mangled(cell.field, doubt))
    }

    fn unknown_decision(&mut self, number: u64, typed: &str) {
        let codes = Verdict::ALL.map(|(_, code)| code);
        let advice = suggestion(&typed.to_lowercase(), codes.into_iter());
        let advice = advice.map(|advice| format!("; {advice}")).unwrap_or_default();
        let message = format!("expected {} or nothing, found `{}`{advice}", codes.join(", "), shortened(typed));
        self.tell(self.place(number, "review"), Code::UnknownDecision, message);
    }

    fn edited_without_correct(&mut self, row: &ChangedRow, edited: &[&ChangedCell], typed: &str) {
        for cell in edited {
            let field = self.field(cell);
            let place = self.place(row.number, field.name);
            let message = format!(
                "`{}` was edited to `{}`, and `review` is {}: set `review` to `correct`, or put the cell back",
                shortened(self.was(row, cell)),
                shortened(cell.found.trim()),
                if typed.is_empty() { "empty".to_owned() } else { format!("`{typed}`") }
            );
            self.tell(place, Code::EditedWithoutCorrect, message);
        }
    }

    fn was<'r>(&self, row: &'r ChangedRow, cell: &ChangedCell) -> &'r str {
        let column = self.field(cell).name;
        let corrected = row.expected.shown.as_ref().and_then(|standing| standing.corrections.get(column));
        corrected.map_or_else(|| row.expected.made.get(cell.field).map(unguard).unwrap_or_default(), |cell| &cell.new)
    }

    /// What was edited and cannot be corrected is told: a spreadsheet may have done it.
    fn not_correctable(&mut self, row: &ChangedRow) {
        for cell in &row.others {
            let column = self.field(cell).name;
            let message = format!(
                "`{}` became `{}`, which is not taken: only {} can be corrected",
                shortened(row.expected.made.get(cell.field).map(unguard).unwrap_or_default()),
                shortened(cell.found.trim()),
                correctable(self.comparison.table)
            );
            self.tell(self.place(row.number, column), Code::NotCorrectable, message);
        }
    }

    fn correct(&mut self, said: &Said<'_>, edited: &[&ChangedCell]) {
        let row = said.row;
        let separator = self.comparison.sheet.separator();
        let dialect = Dialect { habits: self.comparison.habits, has_semicolons: separator == Some(b';') };
        let mut cells = Vec::new();
        let mut is_whole = true;
        for cell in edited {
            let field = self.field(cell);
            match self.checker.canonical(field, &cell.found, &dialect) {
                // Typed in another form, it was collected before.
                Ok(new) if is_same(field.name, &new, &self.current_cell(row, field.name)) => {}
                Ok(new) => cells.push((field, new)),
                Err(problem) => {
                    is_whole = false;
                    self.tell(self.place(row.number, field.name), Code::BadValue, problem);
                }
            }
        }
        // A row is corrected as a whole or not at all: half of a correction may be wrong.
        if !is_whole {
            return;
        }
        if cells.is_empty() {
            return self.nothing_corrected(said);
        }
        if !self.agrees(row, &cells) {
            return;
        }
        self.told_otherwise(said);
        for (field, new) in cells {
            let old = self.current_cell(row, field.name);
            let line = Decision {
                column: field.name.to_owned(),
                old,
                new,
                ..self.line(said, Step::Verdict(Verdict::Correct))
            };
            self.add(said, line);
        }
    }

    /// `correct` without a cell that is new.
    fn nothing_corrected(&mut self, said: &Said<'_>) {
        let is_corrected = said.row.expected.current.as_ref().is_some_and(|standing| !standing.corrections.is_empty());
        if !said.is_new || is_corrected {
            return self.verdict(said);
        }
        let message = format!(
            "the row says `correct`, and no cell was corrected: edit one of {}, or set `accept`",
            correctable(self.comparison.table)
        );
        self.tell(self.place(said.row.number, "review"), Code::NothingCorrected, message);
    }

    /// Whether the cells of a row agree with each other once it is corrected.
    fn agrees(&mut self, row: &ChangedRow, cells: &[(&'static Field, String)]) -> bool {
        let table = self.comparison.table;
        let mut standing = row.expected.current.clone().unwrap_or_else(|| decision::Standing::new(kind_of(table)));
        for (field, new) in cells {
            let made = self.made_cell(row, field.name).to_owned();
            standing.corrections.insert(field.name.to_owned(), decision::Correction { made, new: new.clone() });
        }
        let written = apply::revised(table, &row.expected.made, &standing);
        let cell =
            |name: &str| written.cells.get(self.comparison.position(name)).map(String::as_str).unwrap_or_default();
        let edited: Vec<&str> = cells.iter().map(|(field, _)| field.name).collect();
        let Some((column, problem)) = disagreement(table, &edited, cell) else { return true };
        self.tell(self.place(row.number, column), Code::BadValue, problem);
        false
    }

    fn made_cell<'r>(&self, row: &'r ChangedRow, column: &str) -> &'r str {
        row.expected.made.get(self.comparison.position(column)).map(unguard).unwrap_or_default()
    }

    /// What stands in a cell by all decisions so far.
    fn current_cell(&self, row: &ChangedRow, column: &str) -> String {
        let corrected = row.expected.current.as_ref().and_then(|standing| standing.corrections.get(column));
        corrected.map_or_else(|| self.made_cell(row, column).to_owned(), |cell| cell.new.clone())
    }

    /// A verdict without corrected cells, taken back or not, or only a note.
    fn verdict(&mut self, said: &Said<'_>) {
        let step = match (said.is_new, said.verdict) {
            (true, Some(verdict)) => Step::Verdict(verdict),
            (true, None) => Step::Withdraw,
            (false, _) if said.is_new_note => Step::Note,
            (false, _) => return,
        };
        self.told_otherwise(said);
        let line = self.line(said, step);
        self.add(said, line);
    }

    fn add(&mut self, said: &Said<'_>, line: Decision) {
        self.collected.shown.push(Decision { note: said.typed_note.clone(), ..line.clone() });
        self.collected.decisions.push(line);
    }

    /// Tells where somebody else decided otherwise since the table was written.
    fn told_otherwise(&mut self, said: &Said<'_>) {
        let (shown, current) = (&said.row.expected.shown, &said.row.expected.current);
        let Some(current) = current.as_ref().filter(|_| said.is_new && shown != current && current.is_some()) else {
            return;
        };
        let message = format!(
            "`{}` by {} ({}) becomes {}",
            if current.verdict.is_none() { "note" } else { current.code() },
            current.reviewer,
            current.date,
            said.verdict.map_or("undecided".to_owned(), |verdict| format!("`{}`", verdict.code()))
        );
        self.tell(self.place(said.row.number, "review"), Code::DecidedOtherwise, message);
    }

    fn line(&self, said: &Said<'_>, step: Step) -> Decision {
        let table = self.comparison.table;
        let cell = |name: &str| self.made_cell(said.row, name);
        // A clock that is late does not make a new decision an old one.
        let before = said.row.expected.current.as_ref().map_or("", |standing| &standing.date);
        let date = if *self.signature.date < *before { before } else { &self.signature.date };
        Decision {
            id: cell("id").to_owned(),
            kind: kind_of(table),
            document: cell("document").to_owned(),
            step,
            column: String::new(),
            old: String::new(),
            new: String::new(),
            reviewer: self.signature.reviewer.clone(),
            date: date.to_owned(),
            note: said.note.clone(),
            about: About {
                line: cell("line").parse().ok(),
                text: cell("text").to_owned(),
                value: value_of(table, cell),
            },
        }
    }
}

fn kind_of(table: Table) -> Kind {
    match table {
        Table::Facts(kind) => kind,
        Table::Documents | Table::Unclaimed => unreachable!("only facts are reviewed"),
    }
}
