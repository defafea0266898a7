//! HTML as a browser shows it, without style sheets: text, blocks, furniture, and what the page says about itself.
//!
//! A tokenizer, not a tree: real pages are rarely well-formed, and what is needed of the structure (does this text
//! belong together, is it navigation) can be told from start and end tags as they come. Tags left open cost little:
//! an element whose text is dropped or is furniture counts only if it is closed.

use std::collections::HashMap;
use std::convert::Infallible;
use std::ops::Range;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

use super::entity;
use super::furniture::FurnitureRules;
use super::metadata::{Hints, MetadataNames};
use super::places::Places;
use super::render::Renderer;
use super::{BlockKind, Furniture, ViewSpan, elements};

/// Elements that have no text a reader sees.
const UNSEEN: &[&str] =
    &["template", "noframes", "svg", "math", "object", "canvas", "audio", "video", "datalist", "rp"];
/// Elements of the same kind whose content is not even markup, so that they end nowhere but at their end tag.
const RAW: &[&str] = &["script", "style", "noscript", "iframe", "noembed", "textarea"];

/// A cell that is longer than this is a page's layout, not a table, in bytes.
const LONGEST_CELL: u32 = 300;

/// An element that is open and whose text is not seen.
#[derive(Debug)]
struct Unseen {
    name: Box<str>,
    /// How many elements of the same name are open in it, itself included.
    depth: usize,
}

/// An element that is open and whose text is furniture.
#[derive(Debug)]
struct Navigation {
    name: Box<str>,
    /// Where it began in the view.
    start: usize,
    rule: u16,
}

/// How deep furniture is followed into furniture.
const DEEPEST: usize = 32;

/// Reads HTML into a renderer. One for a page, several for the HTML in a Markdown file.
pub(super) struct HtmlReader<'a> {
    source: &'a str,
    rules: &'a FurnitureRules,
    names: &'a MetadataNames,
    /// Added to the tokenizer's offsets.
    base: usize,
    tag: String,
    attributes: Vec<(String, String)>,
    places: Places,
    superscript: usize,
    article: usize,
    unseen: Option<Unseen>,
    navigation: Vec<Navigation>,
    /// Text of the page's `<title>` or of a script with data, while it is open.
    captured: Option<(Capture, String)>,
    /// Where the next end tag of a name was found, so that each part of the source is searched once.
    ends: HashMap<Box<str>, Option<usize>>,
    entities: entity::Decoder,
    /// Furniture found by its element.
    pub furniture: Vec<Furniture>,
    /// What the page says about itself.
    pub hints: Hints,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Capture {
    Title,
    LinkedData,
}

impl<'a> HtmlReader<'a> {
    pub fn new(source: &'a str, rules: &'a FurnitureRules, names: &'a MetadataNames) -> Self {
        Self {
            source,
            rules,
            names,
            base: 0,
            tag: String::new(),
            attributes: Vec::new(),
            places: Places::default(),
            superscript: 0,
            article: 0,
            unseen: None,
            navigation: Vec::new(),
            captured: None,
            ends: HashMap::new(),
            entities: entity::Decoder::default(),
            furniture: Vec::new(),
            hints: Hints::default(),
        }
    }

    /// Reads a part of the source.
    pub fn read(&mut self, range: Range<usize>, renderer: &mut Renderer<'_>) {
        self.base = range.start;
        let Some(part) = self.source.get(range.clone()) else { return };
        let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, span: Span<usize>| -> Option<Infallible> {
            self.event(&event, span, renderer);
            None
        });
        emitter.naively_switch_states(true);
        // Reading from memory cannot fail.
        let Ok(()) = Tokenizer::new_with_emitter(part, emitter).finish().map(drop);
        renderer.end_block();
        self.navigation.clear();
        self.unseen = None;
    }

    fn event(&mut self, event: &CallbackEvent<'_>, span: Span<usize>, renderer: &mut Renderer<'_>) {
        let range = self.base + span.start..self.base + span.end.max(span.start);
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.tag.clear();
                self.tag.push_str(&String::from_utf8_lossy(name));
                self.attributes.clear();
            }
            CallbackEvent::AttributeName { name } => {
                self.attributes.push((String::from_utf8_lossy(name).into_owned(), String::new()));
            }
            CallbackEvent::AttributeValue { value } => {
                if let Some((_, last)) = self.attributes.last_mut() {
                    last.push_str(&String::from_utf8_lossy(value));
                }
            }
            CallbackEvent::CloseStartTag { self_closing } => {
                let tag = std::mem::take(&mut self.tag);
                self.start(&tag, range, *self_closing, renderer);
                self.tag = tag;
            }
            CallbackEvent::EndTag { name } => self.end(&String::from_utf8_lossy(name), range, renderer),
            CallbackEvent::String { value } => self.string(value, range, renderer),
            CallbackEvent::Comment { .. } | CallbackEvent::Doctype { .. } | CallbackEvent::Error(_) => {}
        }
    }

    fn string(&mut self, value: &[u8], range: Range<usize>, renderer: &mut Renderer<'_>) {
        if let Some((_, captured)) = &mut self.captured {
            captured.push_str(&String::from_utf8_lossy(value));
        }
        if self.unseen.is_none() {
            self.text(range, renderer);
        }
    }

    fn start(&mut self, name: &str, tag: Range<usize>, self_closing: bool, renderer: &mut Renderer<'_>) {
        let attributes = std::mem::take(&mut self.attributes);
        let attribute = |wanted: &str| attributes.iter().find(|(name, _)| name == wanted).map(|(_, value)| &**value);
        match name {
            "meta" => self.hints.meta(self.names, attribute),
            "link" => self.hints.link(attribute),
            "time" => self.hints.time(attribute, self.article > 0),
            "title" if self.unseen.is_none() => self.captured = Some((Capture::Title, String::new())),
            "script" if attribute("type").is_some_and(|kind| kind.eq_ignore_ascii_case("application/ld+json")) => {
                self.captured = Some((Capture::LinkedData, String::new()));
            }
            "article" => self.article += 1,
            _ => {}
        }
        self.attributes = attributes;
        if let Some(open) = &mut self.unseen {
            open.depth += usize::from(*open.name == *name && !self_closing);
            return;
        }
        let raw = RAW.contains(&name);
        if raw || UNSEEN.contains(&name) {
            if raw || (!self_closing && self.closes(name, tag.end)) {
                self.unseen = Some(Unseen { name: name.into(), depth: 1 });
            }
            return;
        }
        match name {
            "br" => return renderer.line_break(tag),
            "sup" => self.superscript += 1,
            _ => {}
        }
        let Some(element) = elements::block(name) else { return };
        renderer.end_block();
        self.places.enter(element);
        renderer.kind = self.places.kind();
        if name == "pre" {
            renderer.begin_verbatim(tag.end);
        }
        self.open_navigation(name, tag.end, renderer);
    }

    fn end(&mut self, name: &str, tag: Range<usize>, renderer: &mut Renderer<'_>) {
        if matches!(name, "title" | "script")
            && let Some((capture, text)) = self.captured.take()
        {
            match capture {
                Capture::Title => self.hints.html_title(&text),
                Capture::LinkedData => self.hints.linked_data(self.names, &text),
            }
        }
        if let Some(open) = &mut self.unseen {
            if *open.name == *name {
                open.depth -= 1;
                if open.depth == 0 {
                    self.unseen = None;
                }
            }
            return;
        }
        match name {
            // Browsers read both end tags as start tags.
            "br" => return renderer.line_break(tag),
            "sup" => self.superscript = self.superscript.saturating_sub(1),
            "article" => self.article = self.article.saturating_sub(1),
            _ => {}
        }
        let Some(element) = elements::block(name) else { return };
        if name == "pre" {
            renderer.end_verbatim();
        }
        renderer.end_block();
        self.places.leave(element);
        renderer.kind = self.places.kind();
        if let Some(depth) = self.navigation.iter().rposition(|open| *open.name == *name) {
            self.close_navigation(depth, renderer);
        }
    }

    fn open_navigation(&mut self, name: &str, at: usize, renderer: &Renderer<'_>) {
        if self.navigation.len() < DEEPEST
            && let Some(rule) = self.rules.of_element(name)
            && self.closes(name, at)
        {
            self.navigation.push(Navigation { name: name.into(), start: renderer.len(), rule });
        }
    }

    /// Ends the open furniture at `depth` and all within it.
    fn close_navigation(&mut self, depth: usize, renderer: &Renderer<'_>) {
        let Some(Navigation { start, rule, .. }) = self.navigation.drain(depth..).next() else { return };
        let text = &renderer.text()[start..];
        let inner = text.trim();
        // A form or an aside around the whole page is no furniture.
        if inner.is_empty() || inner.len() > self.rules.max_length(rule) {
            return;
        }
        let first = start + (text.len() - text.trim_start().len());
        let offset = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let span = ViewSpan::new(offset(first), offset(first + inner.len()));
        // Furniture within furniture is one piece.
        let kept = self.furniture.partition_point(|inner| inner.span.end <= span.start);
        self.furniture.truncate(kept);
        self.furniture.push(Furniture { span, rule, keep: self.rules.keep(rule) });
    }

    /// Whether an end tag of this name follows.
    fn closes(&mut self, name: &str, from: usize) -> bool {
        if let Some(&end) = self.ends.get(name)
            && end.is_none_or(|end| end >= from)
        {
            return end.is_some();
        }
        let bytes = self.source.as_bytes();
        let is_end = |&at: &usize| {
            let tag = &bytes[at + 2..];
            tag.len() >= name.len() && tag[..name.len()].eq_ignore_ascii_case(name.as_bytes())
        };
        let end = memchr::memmem::find_iter(&bytes[from..], b"</").map(|at| from + at).find(is_end);
        self.ends.insert(name.into(), end);
        end.is_some()
    }

    /// Adds text: white space collapses, entities are decoded, what has no width is left out.
    fn text(&mut self, range: Range<usize>, renderer: &mut Renderer<'_>) {
        let bytes = self.source.as_bytes();
        let Some(text) = self.source.get(range.clone()) else { return };
        let trimmed = text.trim();
        if self.superscript > 0 && !trimmed.is_empty() && trimmed.chars().all(|c| superscript(c).is_some()) {
            return self.superscripts(range, text, renderer);
        }
        let verbatim = renderer.is_verbatim();
        let mut at = range.start;
        let mut start = at;
        while at < range.end {
            let length = match bytes[at] {
                b' ' if !verbatim && at > start && at + 1 < range.end && !bytes[at + 1].is_ascii_whitespace() => {
                    at += 1;
                    continue;
                }
                b' ' | b'\t' | b'\n' | b'\r' | 0xc if !verbatim => {
                    bytes[at..range.end].iter().take_while(|byte| byte.is_ascii_whitespace()).count()
                }
                b'&' => entity::length(&bytes[at..range.end]),
                // Soft hyphen, zero-width space and no-break space.
                0xc2 if bytes[at..range.end].starts_with("\u{ad}".as_bytes()) => 2,
                0xe2 if bytes[at..range.end].starts_with("\u{200b}".as_bytes()) => 3,
                0xef if bytes[at..range.end].starts_with("\u{feff}".as_bytes()) => 3,
                _ => 0,
            };
            if length == 0 {
                at += 1;
                continue;
            }
            renderer.plain(start..at);
            let special = at..at + length;
            match bytes[at] {
                b'&' => self.entity(special, renderer),
                byte if byte.is_ascii_whitespace() => renderer.space(special),
                _ => {}
            }
            at += length;
            start = at;
        }
        renderer.plain(start..range.end);
    }

    /// Adds what may begin with an entity.
    fn entity(&mut self, range: Range<usize>, renderer: &mut Renderer<'_>) {
        let name = &self.source[range.clone()];
        let Some((decoded, length)) = self.entities.decode(name) else { return renderer.plain(range) };
        let whole = range.start..range.start + length;
        match decoded {
            "\u{ad}" | "\u{200b}" | "\u{feff}" => {}
            " " | "\t" | "\n" | "\r" | "\u{c}" if !renderer.is_verbatim() => renderer.space(whole),
            _ => renderer.replaced(decoded, whole.clone()),
        }
        renderer.plain(range.start + length..range.end);
    }

    /// Digits set high are not part of the number before them: `10<sup>6</sup>` reads 10⁶, not 106.
    fn superscripts(&self, range: Range<usize>, text: &str, renderer: &mut Renderer<'_>) {
        for (at, c) in text.char_indices().map(|(at, c)| (range.start + at, c)) {
            if let Some(high) = superscript(c) {
                renderer.replaced(high, at..at + c.len_utf8());
            }
        }
    }
}

fn superscript(c: char) -> Option<&'static str> {
    let digits = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"];
    match c {
        '+' => Some("⁺"),
        '-' | '−' | '–' => Some("⁻"),
        _ => digits.get(usize::try_from(c.to_digit(10)?).ok()?).copied(),
    }
}

/// Long cells are paragraphs: tables were used to lay out whole pages.
pub(super) fn demote_long_cells(blocks: &mut [super::Block]) {
    for block in blocks {
        if block.kind == BlockKind::Cell && block.span.len() > LONGEST_CELL {
            block.kind = BlockKind::Paragraph;
        }
    }
}
