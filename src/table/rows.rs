//! One document and what was found in it, as the bytes of its rows.

use std::fmt::Display;
use std::io::Write;

use rustc_hash::FxHashMap;

use super::cell::{collapsed, one_line, write_integer, write_number, write_text};
use super::context::Context;
use super::id::{FactId, Ids};
use super::own::Cells;
use super::schema::Table;
use crate::document::{Column, Document, Format, LineNumber, PositionCursor, Published, SourceSpan, ViewSpan};
use crate::normalize::{Kind, Value};
use crate::resolve::{Extraction, Fact, Flags};
use crate::scan::DecimalSign;

/// Bytes of a row of facts, about: room is made once, not again and again while rows are added.
const TYPICAL_ROW: usize = 256;

/// The rows of one document, per table, each ending in a line break.
#[derive(Debug, Default)]
pub struct DocumentRows {
    tables: [Vec<u8>; Table::ALL.len()],
    /// How many there are.
    pub counts: DocumentCounts,
}

/// What a document adds to the counts of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DocumentCounts {
    /// Rows per fact table, in the order of [`Kind::ALL`].
    pub facts: [u64; Kind::ALL.len()],
    /// Facts with at least one flag.
    pub flagged: u64,
    /// Numbers that are in no fact.
    pub unclaimed: u64,
    /// Length of the file in bytes.
    pub bytes: u64,
    /// Why the document could not be read, if so.
    pub failure: Option<String>,
}

/// A document that could not be read.
#[derive(Debug, Clone)]
pub struct FailedDocument {
    /// Its key.
    pub key: String,
    /// Length of the file, if it is known.
    pub bytes: Option<u64>,
    /// What went wrong: expected, found.
    pub error: String,
}

impl DocumentRows {
    /// The rows of a document that was read, in the fact tables of the kinds that were asked for.
    pub fn new(document: &Document, extraction: &Extraction, asked: &[Kind]) -> Self {
        let mut rows = Self::default();
        rows.counts.bytes = document.bytes;
        let mut contexts = Contexts::default();
        rows.facts(document, &extraction.facts, asked, &mut contexts);
        rows.unclaimed(document, extraction, &mut contexts);
        rows.document(document, extraction, asked);
        rows
    }

    /// The row of a document that could not be read.
    pub fn failed(failed: &FailedDocument) -> Self {
        let mut rows = Self::default();
        let mut row = Row::new(&mut rows.tables[Table::Documents.index()]);
        row.text(&failed.key).text("failed").text(&one_line(&failed.error)).maybe(failed.bytes);
        for _ in 4..Table::Documents.fields().count() {
            row.text("");
        }
        row.end();
        rows.counts.failure = Some(failed.error.clone());
        rows.counts.bytes = failed.bytes.unwrap_or_default();
        rows
    }

    /// The rows of a table.
    pub fn table(&self, table: Table) -> &[u8] {
        &self.tables[table.index()]
    }

    /// Bytes of all rows together.
    pub fn len(&self) -> usize {
        self.tables.iter().map(Vec::len).sum()
    }

    /// Whether there is no row at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn facts(&mut self, document: &Document, facts: &[Fact], asked: &[Kind], contexts: &mut Contexts) {
        // Ids first: a row of money may point to one that stands below it.
        let mut cells = Cells::default();
        let mut ids = Ids::new(&document.key);
        let mut prepare = |fact: &Fact| {
            asked.contains(&fact.value.kind()).then(|| Prepared::new(document, fact, &mut cells, &mut ids))
        };
        let prepared: Vec<Option<Prepared>> = facts.iter().map(&mut prepare).collect();
        for kind in Kind::ALL.into_iter().filter(|kind| asked.contains(kind)) {
            let rows = facts.iter().filter(|fact| fact.value.kind() == kind).count();
            self.tables[Table::Facts(kind).index()].reserve(rows * TYPICAL_ROW);
        }
        let mut places = Places::new(document);
        let mut last_kind = None;
        for (fact, Prepared { first_cell, id, span }) in
            facts.iter().zip(&prepared).filter_map(|(fact, prepared)| Some((fact, prepared.as_ref()?)))
        {
            let kind = fact.value.kind();
            if last_kind.replace(kind) != Some(kind) {
                places = Places::new(document);
            }
            let table = Table::Facts(kind);
            let mut row = Row::new(&mut self.tables[table.index()]);
            row.text(id.as_str());
            let end = places.leading(&mut row, *span);
            for (cell, field) in (*first_cell..).zip(table.own_fields()) {
                match (field.name, &fact.value) {
                    ("equivalent", Value::Money(money)) => {
                        let other = money.equivalent.and_then(|index| prepared.get(index)?.as_ref());
                        row.text(other.map_or("", |other| other.id.as_str()))
                    }
                    _ if field.cell_type.is_numeric() => row.number(cells.get(cell)),
                    _ => row.text(cells.get(cell)),
                };
            }
            row.raw(contexts.cell(document, fact.sentence, fact.span))
                .text(&fact.rule)
                .show(fact.confidence)
                .flags(&fact.flags)
                .text("")
                .text("");
            row.position(end).integer(span.start as u64).integer(span.end as u64).end();
            self.counts.facts[kind as usize] += 1;
            self.counts.flagged += u64::from(!fact.flags.is_empty());
        }
    }

    fn unclaimed(&mut self, document: &Document, extraction: &Extraction, contexts: &mut Contexts) {
        let mut places = Places::new(document);
        for unclaimed in &extraction.unclaimed {
            let span = document.view.to_source(unclaimed.span);
            let mut row = Row::new(&mut self.tables[Table::Unclaimed.index()]);
            places.leading(&mut row, span);
            row.text(&unclaimed.reason).text(unclaimed.rule.as_deref().unwrap_or_default()).raw(contexts.cell(
                document,
                unclaimed.sentence,
                unclaimed.span,
            ));
            row.integer(span.start as u64).integer(span.end as u64).end();
        }
        self.counts.unclaimed = extraction.unclaimed.len() as u64;
    }

    fn document(&mut self, document: &Document, extraction: &Extraction, asked: &[Kind]) {
        let (status, error) = match document.invalid_bytes {
            true => ("ok-with-warnings", format!("some bytes are not {}: they were read as U+FFFD", document.encoding)),
            false => ("ok", String::new()),
        };
        let title = extraction.title.as_ref().or(document.metadata.title.as_ref());
        let published = extraction.published.as_ref().or(document.metadata.published.as_ref());
        let mut row = Row::new(&mut self.tables[Table::Documents.index()]);
        row.text(&document.key).text(status).text(&error).integer(document.bytes).text(&document.sha256);
        row.text(document.encoding).text(format_code(document.format)).integer(document.lines.count() as u64);
        row.text(&collapsed(title.map_or("", |title| title)));
        row.text(&published.map(iso).unwrap_or_default()).text(published.map_or("", |published| published.from));
        row.text(extraction.decimal_sign.map_or("", DecimalSign::code));
        for kind in Kind::ALL {
            row.maybe(asked.contains(&kind).then_some(self.counts.facts[kind as usize]));
        }
        row.end();
    }
}

/// What a row of a fact needs that other rows may ask for.
struct Prepared {
    first_cell: usize,
    id: FactId,
    span: SourceSpan,
}

impl Prepared {
    fn new(document: &Document, fact: &Fact, cells: &mut Cells, ids: &mut Ids) -> Self {
        let kind = fact.value.kind();
        let first_cell = cells.len();
        cells.push(&fact.value);
        let fields = Table::Facts(kind).own_fields();
        debug_assert_eq!(cells.len() - first_cell, fields.len(), "as many cells as columns");
        let span = document.view.to_source(fact.span);
        let identity = (first_cell..).zip(fields).filter(|(_, field)| field.identity).map(|(cell, _)| cells.get(cell));
        Self { first_cell, id: ids.next(kind, identity, span.of(&document.text)), span }
    }
}

/// The contexts of a document as cells, each made once: the facts of all tables share them.
#[derive(Debug, Default)]
struct Contexts {
    cells: Vec<u8>,
    known: FxHashMap<Context, (usize, usize)>,
}

impl Contexts {
    fn cell(&mut self, document: &Document, sentence: ViewSpan, fact: ViewSpan) -> &[u8] {
        let text = document.view_text();
        let context = Context::new(text, sentence, fact);
        let (start, end) = *self.known.entry(context).or_insert_with(|| {
            let start = self.cells.len();
            write_text(&mut self.cells, &context.show(text));
            (start, self.cells.len())
        });
        &self.cells[start..end]
    }
}

/// Writes where something stands; spans come in ascending order.
struct Places<'a> {
    document: &'a Document,
    cursor: PositionCursor<'a>,
    /// The document's key as a cell, made once.
    key: Vec<u8>,
}

impl<'a> Places<'a> {
    fn new(document: &'a Document) -> Self {
        let mut key = Vec::new();
        write_text(&mut key, &document.key);
        Self { document, cursor: document.lines.cursor(&document.text), key }
    }

    /// The columns `document`, `line`, `column`, `text`; gives the position of the end.
    fn leading(&mut self, row: &mut Row<'_>, span: SourceSpan) -> (LineNumber, Column) {
        let start = self.cursor.position(span.start);
        row.raw(&self.key).position(start).text(&one_line(span.of(&self.document.text)));
        self.cursor.position(span.end)
    }
}

/// A row that is being written, cell by cell.
struct Row<'a> {
    out: &'a mut Vec<u8>,
    is_first: bool,
}

impl<'a> Row<'a> {
    fn new(out: &'a mut Vec<u8>) -> Self {
        Self { out, is_first: true }
    }

    fn next(&mut self) -> &mut Vec<u8> {
        if !std::mem::take(&mut self.is_first) {
            self.out.push(b',');
        }
        self.out
    }

    fn text(&mut self, cell: &str) -> &mut Self {
        write_text(self.next(), cell);
        self
    }

    fn number(&mut self, cell: &str) -> &mut Self {
        write_number(self.next(), cell);
        self
    }

    /// A cell that was made before.
    fn raw(&mut self, cell: &[u8]) -> &mut Self {
        self.next().extend_from_slice(cell);
        self
    }

    /// A cell of the program's own, which needs neither guard nor quotes.
    fn show(&mut self, cell: impl Display) -> &mut Self {
        // Writing to memory does not fail.
        let _ = write!(self.next(), "{cell}");
        self
    }

    fn integer(&mut self, cell: u64) -> &mut Self {
        write_integer(self.next(), cell);
        self
    }

    fn position(&mut self, (line, column): (LineNumber, Column)) -> &mut Self {
        self.integer(line.0.into()).integer(column.0.into())
    }

    fn maybe(&mut self, cell: Option<u64>) -> &mut Self {
        match cell {
            Some(cell) => self.integer(cell),
            None => self.text(""),
        }
    }

    fn flags(&mut self, flags: &Flags) -> &mut Self {
        let flags: Vec<&str> = flags.iter().map(AsRef::as_ref).collect();
        self.text(&flags.join(" "))
    }

    fn end(&mut self) {
        self.out.push(b'\n');
    }
}

/// The code of a format in documents.csv.
fn format_code(format: Format) -> &'static str {
    match format {
        Format::Text => "text",
        Format::Markdown => "markdown",
        Format::Html => "html",
    }
}

/// `2018-10-26`, or `2018-10-26T15:00` where a time was given.
fn iso(published: &Published) -> String {
    let moment = published.date;
    match (published.has_time, moment.second()) {
        (false, _) => moment.date().to_string(),
        (true, 0) => format!("{}T{:02}:{:02}", moment.date(), moment.hour(), moment.minute()),
        (true, second) => format!("{}T{:02}:{:02}:{second:02}", moment.date(), moment.hour(), moment.minute()),
    }
}
