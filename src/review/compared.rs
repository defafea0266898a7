//! Reviewed tables beside the rows that they were made from: finds the rows that somebody changed.
//!
//! The two come in the same order unless the reviewer sorted the table or deleted rows. So both are read side by side,
//! and what has no partner yet waits in memory: nothing for a table that is as it was, a whole table at worst.

use csv::StringRecord;
use rustc_hash::FxHashMap;

use super::apply::revised;
use super::decision::{Standing, is_correctable, is_reference};
use super::spreadsheet::{Doubt, Habits, Sameness, Sheet, SheetError, compare};
use crate::table::schema::{Field, Table};
use crate::table::unguard;
use crate::text::spaced;

/// A row as it was made, with what was decided about it.
#[derive(Debug, Clone)]
pub(crate) struct Expected {
    /// The cells as made, guarded.
    pub(crate) made: StringRecord,
    /// What had been decided when the table was written.
    pub(crate) written: Option<Standing>,
    /// The same with what was collected from the table since.
    pub(crate) shown: Option<Standing>,
    /// What is decided now.
    pub(crate) current: Option<Standing>,
}

/// A cell that is not what it was.
#[derive(Debug, Clone)]
pub(crate) struct ChangedCell {
    /// Its column, as its place in the table.
    pub(crate) field: usize,
    /// What stands there now.
    pub(crate) found: String,
    /// What only the whole column can tell.
    pub(crate) doubt: Option<Doubt>,
    /// Whether it is a correction that was taken back, which the table shows until it is written again.
    pub(crate) is_withdrawn: bool,
}

/// A row that is not what it was.
#[derive(Debug, Clone)]
pub(crate) struct ChangedRow {
    /// Its number in the file.
    pub(crate) number: u64,
    /// What it was.
    pub(crate) expected: Expected,
    /// The cell `review`; none where the file has no such column.
    pub(crate) review: Option<String>,
    /// The cell `note`; the same.
    pub(crate) note: Option<String>,
    /// Cells that can be corrected.
    pub(crate) values: Vec<ChangedCell>,
    /// Other cells.
    pub(crate) others: Vec<ChangedCell>,
}

/// A row of the file that no row was made for, or another one with the same id.
#[derive(Debug, Clone)]
pub(crate) struct Stranger {
    /// Its number in the file.
    pub(crate) number: u64,
    /// Its id.
    pub(crate) id: String,
    /// What it says in `review` and `note`.
    pub(crate) says: String,
    /// Whether a fact has its id.
    pub(crate) is_repeated: bool,
}

/// A table that is being compared.
pub(crate) struct Comparison {
    pub(crate) table: Table,
    pub(crate) sheet: Sheet,
    fields: Vec<&'static Field>,
    /// Whether each column can be corrected.
    correctable: Vec<bool>,
    waiting: FxHashMap<String, Expected>,
    found: FxHashMap<String, (u64, StringRecord)>,
    /// Rows that no other row can be told from.
    repeated: Vec<Stranger>,
    is_at_end: bool,
    pub(crate) changed: Vec<ChangedRow>,
    pub(crate) habits: Habits,
    /// The most decimals seen in each column.
    decimals: Vec<usize>,
    /// How many cells of each column show more decimals than they have: a format, not a person, writes `4500.00`.
    padded: Vec<usize>,
}

impl Comparison {
    pub(crate) fn new(table: Table, sheet: Sheet) -> Self {
        let fields: Vec<&'static Field> = table.fields().collect();
        let correctable = fields.iter().map(|field| is_correctable(table, field)).collect();
        let (decimals, padded) = (vec![0; fields.len()], vec![0; fields.len()]);
        Self {
            table,
            sheet,
            fields,
            correctable,
            waiting: FxHashMap::default(),
            found: FxHashMap::default(),
            repeated: Vec::new(),
            is_at_end: false,
            changed: Vec::new(),
            habits: Habits::default(),
            decimals,
            padded,
        }
    }

    /// The place of a column in the table.
    pub(crate) fn position(&self, name: &str) -> usize {
        self.fields.iter().position(|field| field.name == name).unwrap_or(0)
    }

    /// Takes the next row as made, and with it the next row of the file.
    pub(crate) fn expect(&mut self, expected: Expected) -> Result<(), SheetError> {
        let id = expected.made.get(0).unwrap_or_default();
        if !self.is_at_end {
            match self.sheet.next_row()? {
                None => self.is_at_end = true,
                Some((number, row)) if self.id_of(&row) == id => {
                    self.pair(expected, number, &row);
                    return Ok(());
                }
                Some((number, row)) => self.meet(number, row),
            }
        }
        match self.found.remove(expected.made.get(0).unwrap_or_default()) {
            Some((number, row)) => self.pair(expected, number, &row),
            // Nothing can come that it would be compared with.
            None if self.is_at_end => {}
            None => drop(self.waiting.insert(expected.made.get(0).unwrap_or_default().to_owned(), expected)),
        }
        Ok(())
    }

    /// Reads what is left of the file once all rows as made are known; gives the rows that are not among them.
    pub(crate) fn finish(&mut self) -> Result<Vec<Stranger>, SheetError> {
        while let Some((number, row)) = self.sheet.next_row()? {
            self.meet(number, row);
        }
        let mut strangers = std::mem::take(&mut self.repeated);
        let found = std::mem::take(&mut self.found);
        strangers.extend(found.into_iter().map(|(id, (number, row))| self.stranger(id, number, &row)));
        strangers.sort_by_key(|stranger| stranger.number);
        self.changed.sort_by_key(|row| row.number);
        Ok(strangers)
    }

    fn stranger(&self, id: String, number: u64, row: &StringRecord) -> Stranger {
        let says = ["review", "note"].map(|column| self.cell(row, self.position(column)).unwrap_or_default().trim());
        Stranger { number, id, says: says.join(" ").trim().to_owned(), is_repeated: false }
    }

    /// A row of the file whose turn it is not.
    fn meet(&mut self, number: u64, row: StringRecord) {
        let id = self.id_of(&row).to_owned();
        if let Some(expected) = self.waiting.remove(&id) {
            return self.pair(expected, number, &row);
        }
        match self.found.entry(id) {
            std::collections::hash_map::Entry::Vacant(entry) => drop(entry.insert((number, row))),
            std::collections::hash_map::Entry::Occupied(entry) => {
                let id = entry.key().clone();
                let stranger = self.stranger(id, number, &row);
                self.repeated.push(stranger);
            }
        }
    }

    fn id_of<'r>(&self, row: &'r StringRecord) -> &'r str {
        self.cell(row, 0).unwrap_or_default().trim()
    }

    fn cell<'r>(&self, row: &'r StringRecord, field: usize) -> Option<&'r str> {
        self.sheet.positions()[field].map(|at| row.get(at).unwrap_or_default())
    }

    /// Compares a row with what it was.
    fn pair(&mut self, expected: Expected, number: u64, row: &StringRecord) {
        let is_decided = [&expected.written, &expected.shown, &expected.current].into_iter().any(Option::is_some);
        if !is_decided && self.is_untouched(&expected.made, row) {
            return;
        }
        let changed = self.difference(expected, number, row);
        self.changed.extend(changed);
    }

    /// Whether a row is the very cells that were made. The quick way, which nearly all rows go.
    fn is_untouched(&mut self, made: &StringRecord, row: &StringRecord) -> bool {
        let positions = self.sheet.positions();
        for (field, cell) in made.iter().enumerate() {
            let Some(found) = positions[field].map(|at| row.get(at).unwrap_or_default()) else { continue };
            if found != cell {
                return false;
            }
            if self.correctable[field] && self.fields[field].cell_type.is_numeric() {
                self.decimals[field] = self.decimals[field].max(decimals(found));
            }
        }
        true
    }

    fn difference(&mut self, expected: Expected, number: u64, row: &StringRecord) -> Option<ChangedRow> {
        let made: Vec<&str> = expected.made.iter().map(unguard).collect();
        let as_written = |standing: &Option<Standing>| {
            standing.as_ref().map(|standing| revised(self.table, &expected.made, standing))
        };
        let (written, shown) = (as_written(&expected.written), as_written(&expected.shown));
        let current = as_written(&expected.current);
        let (mut values, mut others) = (Vec::new(), Vec::new());
        for (field, made) in made.iter().enumerate() {
            let name = self.fields[field].name;
            let Some(found) = self.cell(row, field).filter(|_| !matches!(name, "id" | "review" | "note")) else {
                continue;
            };
            // The row that it refers to was rejected: no one edited this.
            if found.is_empty() && is_reference(self.fields[field]) {
                continue;
            }
            let is_value = self.correctable[field];
            if is_value && self.fields[field].cell_type.is_numeric() {
                self.decimals[field] = self.decimals[field].max(decimals(found));
            }
            let was = shown.as_ref().map_or(*made, |row| &row.cells[field]);
            let mut habits = self.habits;
            let sameness = compare(self.fields[field], was, found, is_value, &mut habits);
            self.habits = habits;
            let doubt = match sameness {
                Sameness::Same => {
                    self.padded[field] += usize::from(is_value && decimals(found) > decimals(was));
                    continue;
                }
                Sameness::Different => None,
                Sameness::Doubtful(doubt) => Some(doubt),
            };
            let is = |other: Option<&str>| {
                let sameness = |other| compare(self.fields[field], other, found, is_value, &mut Habits::default());
                other.is_some_and(|other| sameness(other) == Sameness::Same)
            };
            // Not the file at hand changed, but what is decided: by others, or by what was collected from the file.
            let as_current = is(current.as_ref().map(|row| row.cells[field].as_str()));
            let as_written = is(Some(written.as_ref().map_or(*made, |row| &row.cells[field])));
            let is_emptied = shown.as_ref().is_some_and(|row| row.emptied.contains(&field));
            let is_corrected = expected.shown.as_ref().is_some_and(|shown| shown.corrections.contains_key(name));
            if as_current || as_written && is_emptied || !is_value && (as_written || is(Some(made))) {
                continue;
            }
            let is_withdrawn = as_written && !is_corrected;
            let cell = ChangedCell { field, found: found.to_owned(), doubt, is_withdrawn };
            if is_value { values.push(cell) } else { others.push(cell) }
        }
        let [review, note] = ["review", "note"].map(|name| self.cell(row, self.position(name)).map(plain));
        let shown_code = expected.shown.as_ref().map_or("", Standing::code);
        let shown_note = expected.shown.as_ref().map_or("", |standing| standing.note.as_str());
        let is_decided = review.as_ref().is_some_and(|review| review != shown_code)
            || note.as_ref().is_some_and(|note| note != shown_note);
        let is_changed = is_decided || !values.is_empty() || !others.is_empty();
        is_changed.then_some(ChangedRow { number, expected, review, note, values, others })
    }

    /// Whether a doubtful cell is what the spreadsheet made, as all of the column tells.
    pub(crate) fn is_mangled(&self, field: usize, doubt: Doubt) -> bool {
        match doubt {
            Doubt::LostPoint => self.habits.mark() == Some(super::spreadsheet::DecimalMark::Comma),
            Doubt::Rounded(decimals) => {
                let of_column = self.changed.iter().flat_map(|row| &row.values).filter(|cell| cell.field == field);
                let rounded = of_column.filter(|cell| cell.doubt == Some(Doubt::Rounded(decimals))).count();
                // One cell may be an edit; several, or one beside others with idle zeros, and no cell with more
                // decimals, are a format.
                let is_format = (rounded > 1 || self.padded[field] > 0) && self.decimals[field] == decimals;
                // Nobody rounds by hand what the program computed.
                is_format || !self.table.derived_from(self.fields[field].name).is_empty()
            }
        }
    }
}

/// A cell without its guard and with single spaces.
fn plain(cell: &str) -> String {
    spaced(unguard(cell.trim())).into_string()
}

/// How many digits a cell shows behind a sign.
fn decimals(cell: &str) -> usize {
    cell.rsplit_once(['.', ',']).map_or(0, |(_, decimals)| decimals.bytes().take_while(u8::is_ascii_digit).count())
}
