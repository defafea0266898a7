//! From rows as made to rows as written: what reviewers decided is applied, document by document.
//!
//! A corrected cell takes the place of the one that was made, and the row gets the flag `corrected`. Cells that were
//! computed from a corrected one and are not corrected themselves are emptied: they would tell of a value that is no
//! longer there. A rejected row stays out of its table; its numbers go to unclaimed.csv, so that every number of the
//! document still is in a table, and no other row points to it.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use csv::StringRecord;

use super::decision::{OfDocument, Standing, is_reference};
use crate::normalize::Kind;
use crate::table::schema::Table;
use crate::table::{DocumentCounts, DocumentRows, Verdict, parsed_rows, unguard, write_row};

/// The flag of a row that holds a corrected cell.
pub const CORRECTED: &str = "corrected";

/// The reason in unclaimed.csv for the numbers of a rejected row.
pub const REJECTED: &str = "rejected";

/// What becomes of rejected rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Rejected {
    /// They are left out.
    #[default]
    Hidden,
    /// They are written with the rest.
    Shown,
}

/// The rows of a document as they are written.
#[derive(Debug)]
pub struct Written {
    /// The rows and their counts.
    pub rows: DocumentRows,
    /// Ids that decisions are about and that no row has.
    pub missing: Vec<String>,
}

/// A row whose cells are no longer those that were made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Revised {
    /// All cells, not guarded.
    pub(crate) cells: Vec<String>,
    /// The cells that were emptied because they were computed from a corrected one.
    pub(crate) emptied: Vec<usize>,
}

/// A row as it is written, from the cells as made (guarded) and what was decided about it.
pub(crate) fn revised(table: Table, made: &StringRecord, standing: &Standing) -> Revised {
    let mut cells: Vec<String> = made.iter().map(|cell| unguard(cell).to_owned()).collect();
    let mut changed = BTreeSet::new();
    for (column, correction) in &standing.corrections {
        let Some(cell) = table.position(column).and_then(|at| cells.get_mut(at)) else { continue };
        if *cell != correction.new {
            changed.insert(column.as_str());
            cell.clone_from(&correction.new);
        }
    }
    let mut emptied = Vec::new();
    for (at, field) in table.fields().enumerate() {
        let is_stale = table.derived_from(field.name).iter().any(|from| changed.contains(from));
        if is_stale && !standing.corrections.contains_key(field.name) && !cells[at].is_empty() {
            cells[at].clear();
            emptied.push(at);
        }
    }
    let mut set = |name: &str, value: &str| {
        if let Some(cell) = table.position(name).and_then(|at| cells.get_mut(at)) {
            match name {
                "flags" if !cell.is_empty() => cell.extend([" ", value]),
                _ => value.clone_into(cell),
            }
        }
    };
    set("review", standing.code());
    set("note", &standing.note);
    if !changed.is_empty() {
        set("flags", CORRECTED);
    }
    Revised { cells, emptied }
}

/// First byte, and byte after the last, in the document.
type Span = (u64, u64);

/// A row of a document on its way.
struct Row {
    bytes: Range<usize>,
    made: StringRecord,
    /// Its new cells, if they are not those that were made.
    cells: Option<Vec<String>>,
    is_rejected: bool,
}

impl Row {
    /// The cell of a column as made, not guarded.
    fn cell(&self, table: Table, column: &str) -> &str {
        table.cell(&self.made, column)
    }

    fn span(&self, table: Table) -> Span {
        let number = |column| self.cell(table, column).parse().unwrap_or(0);
        (number("start"), number("end"))
    }
}

/// A fact table of a document on its way.
struct Rows<'m> {
    kind: Kind,
    made: &'m [u8],
    rows: Vec<Row>,
}

impl Rows<'_> {
    fn table(&self) -> Table {
        Table::Facts(self.kind)
    }
}

/// The rows of a document as written. Decisions about tables that were not `asked` for are not missed.
pub fn apply(of: &OfDocument, asked: &[Kind], rejected: Rejected, made: &DocumentRows) -> Written {
    let mut missing: BTreeSet<&str> =
        of.iter().filter(|(_, standing)| asked.contains(&standing.kind)).map(|(id, _)| id.as_str()).collect();
    let mut tables: Vec<Rows<'_>> = Vec::new();
    for kind in asked.iter().copied() {
        let made = made.table(Table::Facts(kind));
        let rows = parsed_rows(made).map(|(bytes, record)| decided(kind, of, bytes, record, &mut missing)).collect();
        tables.push(Rows { kind, made, rows });
    }
    let mut counts = made.counts.clone();
    let mut written = Table::ALL.map(|table| made.table(table).to_vec());
    if rejected == Rejected::Hidden && rejects(of) {
        unlink(&mut tables);
        if let Some(rows) = unclaimed(&tables, made.table(Table::Unclaimed), &mut counts) {
            written[Table::Unclaimed.index()] = rows;
        }
        for table in &mut tables {
            recount(table, &mut counts);
        }
        if let Some(row) = document_row(made.table(Table::Documents), asked, &counts) {
            written[Table::Documents.index()] = row;
        }
    }
    for table in &tables {
        counts.flagged += table.rows.iter().filter(|row| is_newly_flagged(row, table.table())).count() as u64;
        written[table.table().index()] = rewritten(table);
    }
    let missing = missing.into_iter().filter(|id| !of[*id].is_empty()).map(str::to_owned).collect();
    Written { rows: DocumentRows::restored(written, counts), missing }
}

fn rejects(of: &OfDocument) -> bool {
    of.values().any(|standing| standing.verdict == Some(Verdict::Reject))
}

fn decided(kind: Kind, of: &OfDocument, bytes: Range<usize>, made: StringRecord, missing: &mut BTreeSet<&str>) -> Row {
    let id = made.get(0).unwrap_or_default();
    missing.remove(id);
    let standing = of.get(id).filter(|standing| !standing.is_empty());
    let cells = standing.map(|standing| revised(Table::Facts(kind), &made, standing).cells);
    let is_rejected = standing.is_some_and(|standing| standing.verdict == Some(Verdict::Reject));
    Row { bytes, made, cells, is_rejected }
}

/// Takes references to rejected rows out, and marks these as left out by taking their cells.
fn unlink(tables: &mut [Rows<'_>]) {
    let gone: BTreeSet<String> = tables
        .iter()
        .flat_map(|table| {
            table.rows.iter().filter(|row| row.is_rejected).map(|row| row.cell(table.table(), "id").to_owned())
        })
        .collect();
    for table in tables {
        let Some(at) = table.table().fields().position(is_reference) else { continue };
        for row in table.rows.iter_mut().filter(|row| !row.is_rejected) {
            if row.made.get(at).is_some_and(|id| gone.contains(id)) {
                let cells =
                    row.cells.get_or_insert_with(|| row.made.iter().map(|cell| unguard(cell).to_owned()).collect());
                cells[at].clear();
            }
        }
    }
}

/// The rows of unclaimed.csv with the numbers of rejected facts that no other fact holds.
fn unclaimed(tables: &[Rows<'_>], made: &[u8], counts: &mut DocumentCounts) -> Option<Vec<u8>> {
    let kept: Vec<Span> = tables
        .iter()
        .flat_map(|table| table.rows.iter().filter(|row| !row.is_rejected).map(|row| row.span(table.table())))
        .collect();
    let mut added: Vec<(Span, Vec<u8>)> = Vec::new();
    for table in tables {
        for row in table.rows.iter().filter(|row| row.is_rejected && holds_number(table, row)) {
            let span = row.span(table.table());
            let is_held = kept.iter().any(|(start, end)| *start <= span.0 && span.1 <= *end);
            if !is_held && added.iter().all(|(other, _)| *other != span) {
                added.push((span, unclaimed_row(table.table(), row)));
            }
        }
    }
    if added.is_empty() {
        return None;
    }
    counts.unclaimed += added.len() as u64;
    let own = Table::Unclaimed;
    let mut rows: Vec<(Span, Cow<'_, [u8]>)> = parsed_rows(made)
        .map(|(bytes, record)| {
            let row = Row { bytes: bytes.clone(), made: record, cells: None, is_rejected: false };
            (row.span(own), Cow::Borrowed(&made[bytes]))
        })
        .collect();
    rows.extend(added.into_iter().map(|(span, row)| (span, Cow::Owned(row))));
    rows.sort_by_key(|(span, _)| *span);
    Some(rows.into_iter().flat_map(|(_, row)| row.into_owned()).collect())
}

fn holds_number(table: &Rows<'_>, row: &Row) -> bool {
    matches!(table.kind, Kind::Number | Kind::Money)
        || row.cell(table.table(), "text").contains(|character: char| character.is_ascii_digit())
}

fn unclaimed_row(table: Table, row: &Row) -> Vec<u8> {
    let mut out = Vec::new();
    let cells = Table::Unclaimed.fields().map(|field| match field.name {
        "reason" => REJECTED,
        column => row.cell(table, column),
    });
    write_row(Table::Unclaimed, cells, &mut out);
    out
}

/// Takes rejected rows out of a table, and out of the counts.
fn recount(table: &mut Rows<'_>, counts: &mut DocumentCounts) {
    let own = table.table();
    let before = table.rows.len();
    let flagged = table.rows.iter().filter(|row| row.is_rejected && !row.cell(own, "flags").is_empty()).count();
    table.rows.retain(|row| !row.is_rejected);
    counts.flagged = counts.flagged.saturating_sub(flagged as u64);
    let facts = &mut counts.facts[table.kind as usize];
    *facts = facts.saturating_sub((before - table.rows.len()) as u64);
}

fn is_newly_flagged(row: &Row, table: Table) -> bool {
    let at = table.position("flags");
    let is_flagged = at.zip(row.cells.as_ref()).is_some_and(|(at, cells)| !cells[at].is_empty());
    is_flagged && row.cell(table, "flags").is_empty()
}

/// The row of documents.csv with the numbers of rows that are left.
fn document_row(made: &[u8], asked: &[Kind], counts: &DocumentCounts) -> Option<Vec<u8>> {
    let (_, record) = parsed_rows(made).next()?;
    let mut out = Vec::new();
    let cells: Vec<String> = Table::Documents
        .fields()
        .zip(&record)
        .map(|(field, cell)| match asked.iter().find(|kind| kind.table() == field.name) {
            Some(kind) if !cell.is_empty() => counts.facts[*kind as usize].to_string(),
            _ => unguard(cell).to_owned(),
        })
        .collect();
    write_row(Table::Documents, cells.iter().map(String::as_str), &mut out);
    Some(out)
}

/// The rows of a table.
fn rewritten(table: &Rows<'_>) -> Vec<u8> {
    let mut out = Vec::with_capacity(table.made.len());
    for row in &table.rows {
        match &row.cells {
            Some(cells) => write_row(table.table(), cells.iter().map(String::as_str), &mut out),
            None => out.extend_from_slice(&table.made[row.bytes.clone()]),
        }
    }
    out
}
