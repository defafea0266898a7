//! Markdown as a reader sees it: text without markup, addresses and front matter.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::BlockKind;
use super::html::HtmlReader;
use super::metadata::MetadataNames;
use super::render::Renderer;

/// Reads `source` from byte `from` on. HTML in it goes to `html`, front matter to `html`'s hints.
pub(super) fn read<'a>(
    source: &'a str,
    from: usize,
    names: &MetadataNames,
    renderer: &mut Renderer<'a>,
    html: &mut HtmlReader<'_>,
) {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    let mut reader = Reader { source, renderer, kinds: Vec::new(), front_matter: None, html_block: None };
    for (event, range) in Parser::new_ext(&source[from..], options).into_offset_iter() {
        let range = from + range.start..from + range.end;
        match event {
            Event::Start(tag) => reader.start(&tag, &range),
            Event::End(TagEnd::MetadataBlock(_)) => {
                html.hints.front_matter(names, &reader.front_matter.take().unwrap_or_default());
            }
            Event::End(TagEnd::HtmlBlock) => {
                if let Some(block) = reader.html_block.take() {
                    html.read(block, reader.renderer);
                    reader.set_kind();
                }
            }
            Event::End(tag) => reader.end(tag),
            Event::Html(_) => {
                let block = reader.html_block.get_or_insert_with(|| range.clone());
                block.end = block.end.max(range.end);
            }
            Event::Text(text) => reader.text(&text, range),
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => reader.code(&text, range),
            Event::SoftBreak => reader.renderer.space(range),
            Event::HardBreak => reader.renderer.line_break(range),
            Event::Rule => reader.renderer.end_block(),
            Event::InlineHtml(tag) if is_line_break(&tag) => reader.renderer.line_break(range),
            Event::InlineHtml(_) | Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }
}

fn is_line_break(tag: &str) -> bool {
    let name = tag.trim_start_matches(['<', '/']);
    name.get(..2).is_some_and(|name| name.eq_ignore_ascii_case("br"))
        && !name[2..].starts_with(|c: char| c.is_alphanumeric())
}

struct Reader<'a, 'b> {
    source: &'a str,
    renderer: &'b mut Renderer<'a>,
    /// Kinds of the elements that are open and give their blocks a kind.
    kinds: Vec<BlockKind>,
    front_matter: Option<String>,
    html_block: Option<Range<usize>>,
}

impl Reader<'_, '_> {
    fn start(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        match tag {
            Tag::MetadataBlock(_) => self.front_matter = Some(String::new()),
            Tag::Heading { .. } => self.open(BlockKind::Heading),
            Tag::Item | Tag::DefinitionListDefinition => self.open(BlockKind::Item),
            Tag::TableCell => self.open(BlockKind::Cell),
            Tag::CodeBlock(kind) => {
                let skipped = match kind {
                    CodeBlockKind::Fenced(_) => range.start + first_line(&self.source[range.clone()]),
                    CodeBlockKind::Indented => range.start,
                };
                self.renderer.begin_verbatim(skipped);
            }
            _ if is_inline(&tag.to_end()) => {}
            _ => self.renderer.end_block(),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) | TagEnd::Item | TagEnd::TableCell | TagEnd::DefinitionListDefinition => {
                self.renderer.end_block();
                self.kinds.pop();
                self.set_kind();
            }
            TagEnd::CodeBlock => self.renderer.end_verbatim(),
            _ if is_inline(&tag) => {}
            _ => self.renderer.end_block(),
        }
    }

    fn open(&mut self, kind: BlockKind) {
        self.renderer.end_block();
        self.kinds.push(kind);
        self.set_kind();
    }

    fn set_kind(&mut self) {
        self.renderer.kind = self.kinds.last().copied().unwrap_or(BlockKind::Paragraph);
    }

    /// Text that is the source's own, or stands for it (an entity, a line break).
    fn text(&mut self, text: &str, range: Range<usize>) {
        if let Some(front_matter) = &mut self.front_matter {
            front_matter.push_str(text);
        } else if self.source.get(range.clone()) == Some(text) {
            self.renderer.plain(range);
        } else {
            self.renderer.replaced(text, range);
        }
    }

    /// Code without its backticks, which are part of the event's range; line breaks in it were made spaces. Each word is
    /// led back to its own place, so that two numbers of one span of code are two places of the source.
    fn code(&mut self, text: &str, range: Range<usize>) {
        let Some(code) = self.source.get(range.clone()) else { return };
        if let Some(at) = code.find(text) {
            return self.renderer.plain(range.start + at..range.start + at + text.len());
        }
        let mut end = 0;
        for word in text.split_whitespace() {
            let Some(at) = code[end..].find(word).map(|at| end + at) else {
                return self.renderer.replaced(word, range.start + end..range.end);
            };
            if end > 0 {
                self.renderer.space(range.start + end..range.start + at);
            }
            end = at + word.len();
            self.renderer.plain(range.start + at..range.start + end);
        }
    }
}

fn is_inline(tag: &TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}

/// Length of a text's first line, line break included.
fn first_line(text: &str) -> usize {
    text.find('\n').map_or(text.len(), |at| at + 1)
}
