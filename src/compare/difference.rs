//! What differs between two folders of tables.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;
use serde::Serialize;

use super::cause::{Cause, Causes};
use super::cells::{compared, is_position, known};
use super::folder::Folder;
use super::pair::{Pairs, pair};
use super::rows::{RowRef, Rows};
use crate::table::schema::Table;

/// How tables are compared.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Columns that are not compared.
    pub ignored: Vec<String>,
    /// Whether facts that only the new tables have do not matter.
    pub old_only: bool,
    /// Whether tables that only the new folder has do not matter.
    pub old_tables_only: bool,
}

impl Options {
    /// Options that ignore some columns; an error for one that no table has.
    pub fn ignoring(columns: &[String]) -> Result<Self, String> {
        for column in columns {
            known(column).map_err(|suggestion| {
                let help = suggestion.unwrap_or_else(|| "see docs/tables.md".to_owned());
                format!("expected the name of a column, found `{column}`, which no table has: {help}")
            })?;
        }
        Ok(Self { ignored: columns.to_vec(), ..Self::default() })
    }
}

/// What happened to a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeKind {
    /// Only the old tables have it.
    Removed,
    /// Only the new tables have it.
    Added,
    /// Both have it, with other cells.
    Changed,
}

impl ChangeKind {
    /// The code in tables and JSON.
    pub fn code(self) -> &'static str {
        match self {
            ChangeKind::Removed => "removed",
            ChangeKind::Added => "added",
            ChangeKind::Changed => "changed",
        }
    }

    /// The sign in front of a line.
    pub fn sign(self) -> &'static str {
        match self {
            ChangeKind::Removed => "-",
            ChangeKind::Added => "+",
            ChangeKind::Changed => "~",
        }
    }
}

/// A cell that is not the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CellChange {
    /// Its column.
    pub column: &'static str,
    /// What it was.
    pub old: String,
    /// What it is.
    pub new: String,
}

/// A row that is not the same.
#[derive(Debug, Clone, Serialize)]
pub struct Change {
    /// Its table.
    pub table: &'static str,
    /// What happened to it.
    pub change: ChangeKind,
    /// Why.
    pub cause: Cause,
    /// Its document.
    pub document: String,
    /// Line of the fact in the document, from 1; that of the new tables where both have it.
    pub line: Option<u64>,
    /// Column, from 1.
    pub column: Option<u64>,
    /// Its text.
    pub text: String,
    /// Its id; that of the new tables where both have it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// The cells that are not the same, or, of a row that only one side has, those that say what it means.
    pub cells: Vec<CellChange>,
    /// The rule that made it before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old_rule: Option<String>,
    /// The rule that makes it now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new_rule: Option<String>,
    /// What stands in its place in other tables: `unclaimed (number.ordinal.fixed): fixed-expression`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub instead: Vec<String>,
    /// Line of the row in the old table's file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old_row: Option<u64>,
}

/// What differs between two folders.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Comparison {
    /// Rows that are not the same, in order of document, table and position.
    pub changes: Vec<Change>,
    /// Tables that only one of the folders has.
    pub one_sided: Vec<String>,
    /// Documents whose bytes changed.
    pub changed_documents: Vec<String>,
    /// Dictionaries that changed, where both folders tell.
    pub changed_dictionaries: Vec<String>,
    /// Rows that are the same.
    pub same: u64,
    /// Facts of changed documents that only stand elsewhere now.
    pub moved: u64,
    /// Documents that were compared, in order, for reports that list all.
    pub documents: Vec<String>,
    /// By table: the numbers of the rows of the new tables that the old ones have too.
    #[serde(skip)]
    pub kept: BTreeMap<Table, BTreeSet<usize>>,
}

impl Comparison {
    /// Whether nothing differs. That a document's bytes changed is no difference if its facts are the same.
    pub fn is_same(&self) -> bool {
        self.changes.is_empty() && self.one_sided.is_empty()
    }

    /// How many rows were added, removed, changed.
    pub fn counts(&self) -> [u64; 3] {
        let of = |kind| self.changes.iter().filter(|change| change.change == kind).count() as u64;
        [of(ChangeKind::Added), of(ChangeKind::Removed), of(ChangeKind::Changed)]
    }
}

/// Compares two folders of tables, those tables that both have.
pub fn compare(old: &Folder, new: &Folder, options: &Options) -> Comparison {
    let mut comparison = Comparison::default();
    for table in Table::ALL {
        let sides = (old.tables.contains_key(&table), new.tables.contains_key(&table));
        let side = match sides {
            (true, false) => "old",
            (false, true) if !options.old_tables_only => "new",
            _ => continue,
        };
        comparison.one_sided.push(format!("{}: only the {side} folder has it", table.file_name()));
    }
    let causes = Causes::new(old.run.as_ref(), new.run.as_ref());
    comparison.changed_dictionaries = causes.dictionaries().into_iter().map(str::to_owned).collect();
    let mut documents: BTreeSet<&str> = BTreeSet::new();
    for folder in [old, new] {
        documents.extend(folder.documents.keys().map(String::as_str));
        documents.extend(folder.tables.values().flat_map(Rows::documents));
    }
    let mut context = Context { old, new, options, causes, comparison, columns: BTreeMap::new() };
    for table in Table::ALL {
        if let (Some(old), Some(new)) = (old.table(table), new.table(table)) {
            context.columns.insert(table, compared(old, new, &options.ignored));
        }
    }
    for document in &documents {
        context.document(document);
    }
    context.comparison.documents = documents.into_iter().map(str::to_owned).collect();
    context.comparison
}

struct Context<'f> {
    old: &'f Folder,
    new: &'f Folder,
    options: &'f Options,
    causes: Causes<'f>,
    comparison: Comparison,
    /// By table: the columns that are compared.
    columns: BTreeMap<Table, Vec<&'static str>>,
}

/// What both folders tell of a document.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Added,
    Removed,
    Changed,
    Unchanged,
}

impl Context<'_> {
    fn state(&self, document: &str) -> State {
        // A folder without documents.csv does not tell.
        if self.old.documents.is_empty() || self.new.documents.is_empty() {
            return State::Unchanged;
        }
        match (self.old.documents.get(document), self.new.documents.get(document)) {
            (None, Some(_)) => State::Added,
            (Some(_), None) => State::Removed,
            (Some(old), Some(new)) if old != new && !old.is_empty() && !new.is_empty() => State::Changed,
            _ => State::Unchanged,
        }
    }

    fn document(&mut self, document: &str) {
        let state = self.state(document);
        if state == State::Changed {
            self.comparison.changed_documents.push(document.to_owned());
        }
        let (old, new) = (self.old, self.new);
        let first = self.comparison.changes.len();
        // Ids of money rows that refer to each other change with the values of both.
        let mut renamed: FxHashMap<&str, &str> = FxHashMap::default();
        let mut all: Vec<(Table, Pairs<'_, '_>)> = Vec::new();
        for table in self.columns.keys().copied() {
            let (Some(old), Some(new)) = (old.table(table), new.table(table)) else { continue };
            let pairs = pair(old.of(document).collect(), new.of(document).collect(), state != State::Changed);
            renamed.extend(pairs.both.iter().map(|(old, new)| (old.cell("id"), new.cell("id"))));
            all.push((table, pairs));
        }
        for (table, pairs) in all {
            self.table(table, pairs, state, &renamed);
        }
        self.comparison.changes[first..].sort_by_key(|change| (change.line, change.column, change.change));
    }

    fn table(&mut self, table: Table, pairs: Pairs<'_, '_>, state: State, renamed: &FxHashMap<&str, &str>) {
        let columns = self.columns.get(&table).cloned().unwrap_or_default();
        self.comparison.kept.entry(table).or_default().extend(pairs.both.iter().map(|(_, new)| new.number()));
        for (old, new) in pairs.both {
            let differs = |column: &&'static str| {
                let (before, after) = (old.cell(column), new.cell(column));
                before != after && !(*column == "equivalent" && renamed.get(before) == Some(&after))
            };
            let (moved, cells): (Vec<&str>, Vec<&str>) = columns
                .iter()
                .filter(|column| differs(column))
                .partition(|column| state == State::Changed && is_position(column));
            if cells.is_empty() {
                self.comparison.same += u64::from(moved.is_empty());
                self.comparison.moved += u64::from(!moved.is_empty());
                continue;
            }
            let cells = cells.into_iter().map(|column| CellChange {
                column,
                old: old.cell(column).to_owned(),
                new: new.cell(column).to_owned(),
            });
            let cells = cells.collect();
            self.push(table, Some(old), Some(new), cells, state);
        }
        for old in pairs.old {
            let cells = meaning(old, &columns, |column, cell| CellChange { column, old: cell, new: String::new() });
            self.push(table, Some(old), None, cells, state);
        }
        if self.options.old_only {
            return;
        }
        for new in pairs.new {
            let cells = meaning(new, &columns, |column, cell| CellChange { column, old: String::new(), new: cell });
            self.push(table, None, Some(new), cells, state);
        }
    }

    fn push(
        &mut self,
        table: Table,
        old: Option<RowRef<'_>>,
        new: Option<RowRef<'_>>,
        cells: Vec<CellChange>,
        state: State,
    ) {
        let Some(row) = new.or(old) else { return };
        let rule = |row: Option<RowRef<'_>>| row?.get("rule").filter(|rule| !rule.is_empty()).map(str::to_owned);
        let (old_rule, new_rule) = (rule(old), rule(new));
        let cause = match state {
            State::Added => Cause::DocumentAdded,
            State::Removed => Cause::DocumentRemoved,
            State::Changed => Cause::DocumentChanged,
            State::Unchanged => self.causes.of(old_rule.as_deref(), new_rule.as_deref()),
        };
        let instead = match (old, new) {
            // Of a document that changed, the same bytes are not the same place.
            _ if state != State::Unchanged => Vec::new(),
            (Some(row), None) => instead(row, self.new),
            (None, Some(row)) => instead(row, self.old),
            _ => Vec::new(),
        };
        self.comparison.changes.push(Change {
            table: table.name(),
            change: match (old, new) {
                (Some(_), Some(_)) => ChangeKind::Changed,
                (Some(_), None) => ChangeKind::Removed,
                _ => ChangeKind::Added,
            },
            cause,
            document: row.cell("document").to_owned(),
            line: row.number_in("line"),
            column: row.number_in("column"),
            text: row.cell("text").to_owned(),
            id: row.cell("id").to_owned(),
            cells,
            old_rule,
            new_rule,
            instead,
            old_row: old.map(RowRef::file_line),
        });
    }
}

/// The cells that say what a row means: those of its table alone that are filled.
fn meaning(
    row: RowRef<'_>,
    columns: &[&'static str],
    cell: impl Fn(&'static str, String) -> CellChange,
) -> Vec<CellChange> {
    let own: Vec<&str> = match row.table() {
        Table::Facts(_) => row.table().own_fields().iter().map(|field| field.name).collect(),
        Table::Unclaimed => vec!["reason"],
        Table::Documents => vec!["status", "error"],
    };
    let filled = columns.iter().filter(|column| own.contains(column) && !row.cell(column).is_empty());
    filled.map(|column| cell(column, row.cell(column).to_owned())).collect()
}

/// What a folder has in the place of a row, in any table but its own.
fn instead(row: RowRef<'_>, folder: &Folder) -> Vec<String> {
    let Some((start, end)) = row.bytes() else { return Vec::new() };
    let mut found = Vec::new();
    for (table, rows) in folder.tables.iter().filter(|(table, _)| **table != row.table()) {
        for other in rows.meeting(row.cell("document"), start, end) {
            let rule = other.get("rule").filter(|rule| !rule.is_empty()).unwrap_or("no rule");
            let reason = other.get("reason").map_or(String::new(), |reason| format!(", {reason}"));
            found.push(format!("{} `{}` ({rule}{reason})", table.name(), other.cell("text")));
        }
    }
    found
}
