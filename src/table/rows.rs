//! One document and what was found in it, as the bytes of its rows.

use super::cell::one_line;
use super::cell::write_text;
use super::context::Contexts;
use super::emptied;
use super::id::{FactId, Ids, LENGTH};
use super::own;
use super::row::{OwnCells, Row};
use super::schema::Table;
use super::spaces::collapsed;
use crate::document::{Column, Document, Format, LineNumber, PositionCursor, Published, SourceSpan};
use crate::normalize::Kind;
use crate::resolve::{Extraction, Fact};
use crate::scan::DecimalSign;

/// The rows of one document, per table, each ending in a line break.
#[derive(Debug, Clone, Default)]
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
        RowWriter::default().rows(document, extraction, asked, &mut rows);
        rows
    }

    /// The row of a document that could not be read.
    pub fn failed(failed: &FailedDocument) -> Self {
        let mut rows = Self::default();
        let mut row = Row::new(&mut rows.tables[Table::Documents.index()]);
        row.text(&failed.key).text("failed").text(&one_line(&failed.error)).maybe(failed.bytes);
        row.empty(Table::Documents.fields().count() - 4).end();
        rows.counts.failure = Some(failed.error.clone());
        rows.counts.bytes = failed.bytes.unwrap_or_default();
        rows
    }

    /// Rows that were made before and kept, in the order of [`Table::ALL`].
    pub fn restored(tables: [Vec<u8>; Table::ALL.len()], counts: DocumentCounts) -> Self {
        Self { tables, counts }
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

    /// Drops the rows and keeps their memory, for another document's.
    pub fn clear(&mut self) {
        self.tables.iter_mut().for_each(Vec::clear);
        self.counts = DocumentCounts::default();
    }

    /// Bytes of memory that the rows hold or could hold.
    pub fn capacity(&self) -> usize {
        self.tables.iter().map(Vec::capacity).sum()
    }
}

/// Makes rows, document after document; keeps its memory between them.
#[derive(Debug, Default)]
pub struct RowWriter {
    ids: Ids,
    contexts: Contexts,
    /// The ids of the facts so far.
    known: Vec<FactId>,
    /// Where in the table of money an id is wanted, and of which fact: it may stand below.
    references: Vec<(usize, usize)>,
    /// The document's key as a cell.
    key: Vec<u8>,
}

impl RowWriter {
    /// Makes the rows of a document that was read, in the fact tables of the kinds that were asked for. `rows` may be
    /// those of another document that are no longer needed: only their memory is used.
    pub fn rows(&mut self, document: &Document, extraction: &Extraction, asked: &[Kind], rows: &mut DocumentRows) {
        rows.clear();
        rows.counts.bytes = document.bytes;
        self.contexts.clear();
        emptied(&mut self.key);
        write_text(&mut self.key, &document.key);
        self.facts(document, &extraction.facts, asked, rows);
        self.unclaimed(document, extraction, rows);
        document_row(document, extraction, asked, rows);
    }

    fn facts(&mut self, document: &Document, facts: &[Fact], asked: &[Kind], rows: &mut DocumentRows) {
        self.ids.begin_document(&document.key, facts.len());
        self.known.clear();
        self.references.clear();
        let view = document.view_text();
        let mut places = Places::new(document, &self.key);
        let mut last_kind = None;
        for fact in facts {
            let kind = fact.value.kind();
            if !asked.contains(&kind) {
                self.known.push(FactId::default());
                continue;
            }
            if last_kind.replace(kind) != Some(kind) {
                places.rewind();
            }
            let table = Table::Facts(kind);
            let span = document.view.to_source(fact.span);
            let text = span.of(&document.text);
            let out = &mut rows.tables[table.index()];
            let start = out.len();
            // The id comes first, and is known last.
            let end = places.leading(Row::new(out).raw(&[b' '; LENGTH]), span, text);
            self.ids.begin(kind);
            let mut cells = OwnCells {
                out,
                fields: table.own_fields().iter(),
                ids: &mut self.ids,
                facts,
                asked,
                references: &mut self.references,
            };
            own::write(&fact.value, &mut cells);
            debug_assert_eq!(cells.fields.len(), 0, "as many cells as columns");
            let id = self.ids.end(kind, text);
            out[start..start + LENGTH].copy_from_slice(id.as_bytes());
            self.known.push(id);
            Row::go_on(out)
                .raw(self.contexts.cell(view, fact.sentence, fact.span))
                .text(&fact.rule)
                .confidence(fact.confidence)
                .flags(&fact.flags)
                .empty(2)
                .position(end)
                .integer(span.start as u64)
                .integer(span.end as u64)
                .end();
            rows.counts.facts[kind as usize] += 1;
            rows.counts.flagged += u64::from(!fact.flags.is_empty());
        }
        let money = &mut rows.tables[Table::Facts(Kind::Money).index()];
        for (place, fact) in &self.references {
            money[*place..place + LENGTH].copy_from_slice(self.known[*fact].as_bytes());
        }
    }

    fn unclaimed(&mut self, document: &Document, extraction: &Extraction, rows: &mut DocumentRows) {
        let mut places = Places::new(document, &self.key);
        let view = document.view_text();
        for unclaimed in &extraction.unclaimed {
            let span = document.view.to_source(unclaimed.span);
            let mut row = Row::new(&mut rows.tables[Table::Unclaimed.index()]);
            places.leading(&mut row, span, span.of(&document.text));
            row.text(&unclaimed.reason).text(unclaimed.rule.as_deref().unwrap_or_default());
            row.raw(self.contexts.cell(view, unclaimed.sentence, unclaimed.span));
            row.integer(span.start as u64).integer(span.end as u64).end();
        }
        rows.counts.unclaimed = extraction.unclaimed.len() as u64;
    }
}

fn document_row(document: &Document, extraction: &Extraction, asked: &[Kind], rows: &mut DocumentRows) {
    let (status, error) = match document.invalid_bytes {
        true => ("ok-with-warnings", format!("some bytes are not {}: they were read as U+FFFD", document.encoding)),
        false => ("ok", String::new()),
    };
    let title = extraction.title.as_ref().or(document.metadata.title.as_ref());
    let published = extraction.published.as_ref().or(document.metadata.published.as_ref());
    let mut row = Row::new(&mut rows.tables[Table::Documents.index()]);
    row.text(&document.key).text(status).text(&error).integer(document.bytes).text(&document.sha256);
    row.text(document.encoding).text(format_code(document.format)).integer(document.lines.count() as u64);
    row.text(collapsed(title.map_or("", |title| title), &mut String::new()));
    row.text(&published.map(iso).unwrap_or_default()).text(published.map_or("", |published| published.from));
    row.text(extraction.decimal_sign.map_or("", DecimalSign::code));
    for kind in Kind::ALL {
        row.maybe(asked.contains(&kind).then_some(rows.counts.facts[kind as usize]));
    }
    row.end();
}

/// Writes where something stands; spans come in ascending order.
struct Places<'a> {
    document: &'a Document,
    cursor: PositionCursor<'a>,
    /// The document's key as a cell.
    key: &'a [u8],
}

impl<'a> Places<'a> {
    fn new(document: &'a Document, key: &'a [u8]) -> Self {
        Self { document, cursor: document.lines.cursor(&document.text), key }
    }

    /// Begins again from the start of the document.
    fn rewind(&mut self) {
        self.cursor = self.document.lines.cursor(&self.document.text);
    }

    /// The columns `document`, `line`, `column`, `text`; gives the position of the end.
    fn leading(&mut self, row: &mut Row<'_>, span: SourceSpan, text: &str) -> (LineNumber, Column) {
        let (line, column) = self.cursor.position(span.start);
        let is_plain = row.raw(self.key).position((line, column)).line(text);
        // Printable ASCII: a line's end is not in it, and each byte is a column.
        match u32::try_from(text.len()) {
            Ok(length) if is_plain => (line, Column(column.0.saturating_add(length))),
            _ => self.cursor.position(span.end),
        }
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
