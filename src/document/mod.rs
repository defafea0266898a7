//! From bytes to a readable text: encoding, format, lines, blocks, page furniture, metadata.
//!
//! Knows nothing of facts. Takes bytes and a key; gives a [`Document`]. Nothing is thrown away on the way: the decoded
//! file stays as it is, what a person reads of it is a [`View`] that leads back into it, and what is no content is marked,
//! not cut out. So every number can be accounted for, and every fact has a line and a column.

mod blocks;
mod elements;
mod encoding;
mod entity;
mod error;
mod format;
mod furniture;
mod html;
mod lines;
mod markdown;
mod metadata;
mod places;
mod position;
mod render;
mod rules;
mod rules_error;
mod searches;
mod shape;
mod view;
mod wrap;

use sha2::{Digest, Sha256};

pub use error::DocumentError;
pub use format::Format;
pub use furniture::FurnitureRules;
pub use lines::{LineMap, PositionCursor};
pub use metadata::{MetadataNames, parse_published};
pub(crate) use position::floor_boundary;
pub use position::{Column, LineNumber, SourceSpan, ViewSpan};
pub use rules::DocumentRules;
pub use rules_error::RulesError;
pub use view::{Rendered, Run, View};

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
    /// Page furniture inside blocks (or whole blocks, or several), in order, without overlap.
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
    /// Index of the furniture rule that found it, see [`FurnitureRules::reason`].
    pub rule: u16,
    /// Recognized, but facts inside are wanted ("Posted on May 3, 2019").
    pub keep: bool,
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
    /// Where it is at home, in words: the town or the region that it is written for.
    pub place: Option<String>,
}

/// A publication date and where it came from.
#[derive(Debug, Clone)]
pub struct Published {
    /// The civil date and, where given, the time.
    pub date: jiff::civil::DateTime,
    /// Whether a time of day was given.
    pub has_time: bool,
    /// Source code for documents.csv: `metadata`, `option`, `html-meta`, `json-ld`, `html-time`, `front-matter`,
    /// `url-or-name`, `text`, …
    pub from: &'static str,
}

/// A plain text's title is looked for in so many blocks from its start: a heading further down is a section's.
const TITLE_BLOCKS: usize = 12;

impl Document {
    /// Reads a file with the project's own names of metadata.
    pub fn read(bytes: Vec<u8>, key: &str, rules: &DocumentRules) -> Result<Self, DocumentError> {
        let DocumentRules { furniture: rules, names } = rules;
        let length = bytes.len() as u64;
        let sha256 = sha256(&bytes);
        let encoding::Decoded { text, encoding, invalid_bytes } = encoding::decode(bytes)?;
        let lines = LineMap::new(&text);
        let format = Format::detect(key, &text);
        let Reading { view, blocks, mut furniture, hints } = Reading::of(&text, &lines, format, rules, names);
        let read = view.text(&text);
        // Furniture stands beside content: what is all of a text is the text, be it "0" or "3 comments".
        if blocks.len() > 1 {
            rules.find(read, &blocks, view.is_source(), &mut furniture);
        }
        let metadata = hints.finish(key, title(read, &blocks, &furniture));
        let key = key.to_owned();
        Ok(Self {
            key,
            view,
            blocks,
            furniture,
            lines,
            metadata,
            encoding,
            format,
            invalid_bytes,
            bytes: length,
            sha256,
            text,
        })
    }

    /// What a person reads.
    pub fn view_text(&self) -> &str {
        self.view.text(&self.text)
    }
}

/// What reading a text in its format gives.
struct Reading {
    view: View,
    blocks: Vec<Block>,
    furniture: Vec<Furniture>,
    hints: metadata::Hints,
}

impl Reading {
    fn of(text: &str, lines: &LineMap, format: Format, rules: &FurnitureRules, names: &MetadataNames) -> Self {
        let from = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        if format == Format::Text {
            let mut blocks = Vec::new();
            blocks::split(text, lines, from, 0, &mut blocks);
            return Self { view: View::default(), blocks, furniture: Vec::new(), hints: metadata::Hints::default() };
        }
        let mut renderer = render::Renderer::new(text, from);
        let mut html = html::HtmlReader::new(text, rules, names);
        if format == Format::Html {
            html.read(from..text.len(), &mut renderer);
        } else {
            markdown::read(text, from, names, &mut renderer, &mut html);
        }
        let (furniture, hints) = (html.furniture, html.hints);
        let (view, mut blocks) = renderer.finish();
        html::demote_long_cells(&mut blocks);
        Self { view, blocks, furniture, hints }
    }
}

/// The first heading near the start that is no furniture.
fn title<'a>(view: &'a str, blocks: &[Block], furniture: &[Furniture]) -> Option<&'a str> {
    let is_furniture = |block: &Block| {
        let next = furniture.partition_point(|found| found.span.end <= block.span.start);
        furniture.get(next).is_some_and(|found| found.span.overlaps(block.span))
    };
    let heading = |block: &&Block| block.kind == BlockKind::Heading && !is_furniture(block);
    blocks.iter().take(TITLE_BLOCKS).find(heading).map(|block| block.span.of(view))
}

/// The decoded text of a file, byte order mark included: what the offsets of the tables point into. For who has the facts
/// already and wants to show where they stand.
pub fn decoded_text(bytes: Vec<u8>) -> Result<String, DocumentError> {
    Ok(encoding::decode(bytes)?.text)
}

/// The SHA-256 of some bytes, in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from_digit(nibble.into(), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

#[cfg(test)]
mod tests;
