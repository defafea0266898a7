//! From bytes to a readable text: encoding, format, lines, blocks, page furniture, metadata.
//!
//! Knows nothing of facts. Takes bytes and a key; gives a [`Document`].

mod position;

pub use position::{Column, LineNumber, SourceSpan, ViewSpan};

/// A document, ready to be scanned.
#[derive(Debug)]
pub struct Document {
    /// Path below the input root with `/`, or the name given to a stream.
    pub key: String,
    /// The decoded file, byte order mark included; offsets of the tables point into it.
    pub text: String,
    /// What a person reads of it, and how that maps back into `text`.
    pub view: View,
    /// Runs of text that belong together, in order, without overlap; what lies between them is white space.
    pub blocks: Vec<Block>,
    /// Page furniture inside blocks (or whole blocks), in order, without overlap.
    pub furniture: Vec<Furniture>,
    /// Byte offsets of line starts in `text`.
    pub lines: LineMap,
    /// Title, date and address, where the document or the user gives them.
    pub metadata: Metadata,
    /// WHATWG name of the encoding that the file was read as, for example `UTF-8`, `windows-1252`.
    pub encoding: &'static str,
    /// Format that the file was read as.
    pub format: Format,
    /// Whether some bytes were not valid in the encoding and became U+FFFD.
    pub invalid_bytes: bool,
    /// Length of the file in bytes.
    pub bytes: u64,
    /// SHA-256 of the file, lower-case hexadecimal.
    pub sha256: String,
}

/// How a file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Plain text.
    Text,
    /// Markdown (CommonMark).
    Markdown,
    /// HTML.
    Html,
}

/// What a person reads of a document. `None` inside means: the source itself.
#[derive(Debug, Default)]
pub struct View {
    rendered: Option<Rendered>,
}

/// A text made from the source, and the runs that lead back to it.
#[derive(Debug)]
pub struct Rendered {
    /// The text.
    pub text: String,
    /// Runs in order of `view`; they cover `text` without gaps.
    pub runs: Vec<Run>,
}

/// Bytes of the view that come from bytes of the source: one to one where the lengths are equal, as a whole (a decoded
/// entity, a line break made from a tag) where they are not.
#[derive(Debug, Clone, Copy)]
pub struct Run {
    /// First byte in the view.
    pub view: u32,
    /// Length in the view.
    pub view_len: u32,
    /// First byte in the source.
    pub source: u32,
    /// Length in the source.
    pub source_len: u32,
}

impl View {
    /// A view that differs from the source.
    pub fn rendered(text: String, runs: Vec<Run>) -> Self {
        Self { rendered: Some(Rendered { text, runs }) }
    }

    /// The text that is read.
    pub fn text<'a>(&'a self, source: &'a str) -> &'a str {
        self.rendered.as_ref().map_or(source, |rendered| &rendered.text)
    }

    /// The part of the source that a span of the view comes from.
    pub fn to_source(&self, span: ViewSpan) -> SourceSpan {
        let Some(rendered) = &self.rendered else {
            return SourceSpan { start: span.start as usize, end: span.end as usize };
        };
        let run_at = |offset: u32| {
            let index = rendered.runs.partition_point(|run| run.view <= offset).saturating_sub(1);
            rendered.runs[index]
        };
        let first = run_at(span.start);
        let start =
            if first.view_len == first.source_len { first.source + (span.start - first.view) } else { first.source };
        if span.is_empty() {
            return SourceSpan { start: start as usize, end: start as usize };
        }
        let last = run_at(span.end - 1);
        let end = if last.view_len == last.source_len {
            last.source + (span.end - last.view)
        } else {
            last.source + last.source_len
        };
        SourceSpan { start: start as usize, end: end as usize }
    }
}

/// A run of text that belongs together: nothing crosses its borders.
#[derive(Debug, Clone, Copy)]
pub struct Block {
    /// Where it stands in the view; line breaks inside it are spaces.
    pub span: ViewSpan,
    /// What it is.
    pub kind: BlockKind,
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// Running text, hard-wrapped or not.
    Paragraph,
    /// A heading or a line that stands alone like one.
    Heading,
    /// An item of a list.
    Item,
    /// A cell of a table.
    Cell,
}

/// Text that is not content: menus, pagination, share counts.
#[derive(Debug, Clone, Copy)]
pub struct Furniture {
    /// Where it stands in the view.
    pub span: ViewSpan,
    /// Index of the furniture rule that found it, see [`FurnitureRules`](super::document).
    pub rule: u16,
}

/// Title, date and address of a document.
#[derive(Debug, Clone, Default)]
pub struct Metadata {
    /// Title.
    pub title: Option<String>,
    /// Publication date as given (ISO 8601 date or date-time), and where it was found.
    pub published: Option<Published>,
    /// Address.
    pub url: Option<String>,
}

/// A publication date and where it came from.
#[derive(Debug, Clone)]
pub struct Published {
    /// The civil date and, where given, the time.
    pub date: jiff::civil::DateTime,
    /// Whether a time of day was given.
    pub has_time: bool,
    /// Source code for documents.csv: `metadata`, `option`, `html-meta`, `json-ld`, `html-time`, `text`, …
    pub from: &'static str,
}

/// Byte offsets at which the lines of a text start; `\n`, `\r\n` and `\r` end a line.
#[derive(Debug, Default)]
pub struct LineMap {
    starts: Vec<usize>,
}

// ---- Stand-in until the room `document/` is merged: whole files as one paragraph of UTF-8. ----

/// Rules that tell page furniture from content.
#[derive(Debug, Default)]
pub struct FurnitureRules {}

/// Why furniture rules cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct FurnitureError(String);

impl FurnitureRules {
    /// Reads the rules of a file.
    pub fn parse(_file_name: &str, _toml_text: &str) -> Result<Self, FurnitureError> {
        Ok(Self {})
    }
}

/// Why bytes are no document.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// Bytes that are no text.
    #[error("expected text, found a NUL byte at offset {0}")]
    Binary(usize),
}

impl DocumentError {
    /// Kebab-case code.
    pub fn code(&self) -> &'static str {
        "binary"
    }
}

impl Document {
    /// Reads a document.
    pub fn read(bytes: Vec<u8>, key: &str, _furniture: &FurnitureRules) -> Result<Self, DocumentError> {
        use sha2::Digest;
        if let Some(offset) = memchr::memchr(0, &bytes) {
            return Err(DocumentError::Binary(offset));
        }
        let sha256 = sha2::Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        let length = bytes.len() as u64;
        let (text, invalid_bytes) = match String::from_utf8(bytes) {
            Ok(text) => (text, false),
            Err(error) => (String::from_utf8_lossy(error.as_bytes()).into_owned(), true),
        };
        let mut starts = vec![0];
        let all = text.as_bytes();
        starts.extend((0..all.len()).filter_map(|at| {
            (all[at] == b'\n' || (all[at] == b'\r' && all.get(at + 1) != Some(&b'\n'))).then_some(at + 1)
        }));
        let blocks = vec![Block { span: ViewSpan::new(0, text.len() as u32), kind: BlockKind::Paragraph }];
        Ok(Self {
            key: key.to_owned(),
            text,
            view: View::default(),
            blocks,
            furniture: Vec::new(),
            lines: LineMap { starts },
            metadata: Metadata::default(),
            encoding: "UTF-8",
            format: Format::Text,
            invalid_bytes,
            bytes: length,
            sha256,
        })
    }
}

impl LineMap {
    /// Number of lines.
    pub fn count(&self) -> usize {
        self.starts.len()
    }
}

/// Lines and columns of ascending offsets.
#[derive(Debug)]
pub struct PositionCursor<'a> {
    lines: &'a LineMap,
    text: &'a str,
}

impl<'a> PositionCursor<'a> {
    /// A cursor at the start.
    pub fn new(lines: &'a LineMap, text: &'a str) -> Self {
        Self { lines, text }
    }

    /// Where an offset stands.
    pub fn position(&mut self, offset: usize) -> (LineNumber, Column) {
        let line = self.lines.starts.partition_point(|start| *start <= offset);
        let column = self.text[self.lines.starts[line - 1]..offset].chars().count() + 1;
        (LineNumber(line as u32), Column(column as u32))
    }
}
