//! Builds a view: text without markup, runs back to the source, and blocks.
//!
//! HTML and Markdown say what happens (text, a space, a line break, the end of a block); this says what a reader sees of
//! it: white space collapses, blocks begin and end with text, and two blocks are one line break apart in the view.

use std::ops::Range;

use super::blocks;
use super::view::{Run, View};
use super::{Block, BlockKind, LineMap, ViewSpan};

/// A view in the making.
#[derive(Debug)]
pub(super) struct Renderer<'a> {
    source: &'a str,
    text: String,
    runs: Vec<Run>,
    /// Blocks that have ended, in order.
    pub blocks: Vec<Block>,
    /// What the next block to begin is.
    pub kind: BlockKind,
    /// Start and kind of the block that text is added to.
    open: Option<(usize, BlockKind)>,
    /// White space seen since the last text, not yet known to stand between two texts of one block.
    space: Option<Range<usize>>,
    /// Line breaks seen since the last text.
    breaks: usize,
    /// End of the last source range that was rendered.
    reached: usize,
    /// Start in the view of text whose line breaks and spaces count.
    verbatim: Option<usize>,
}

impl<'a> Renderer<'a> {
    /// Starts a view of `source`, whose first `from` bytes are not read.
    pub fn new(source: &'a str, from: usize) -> Self {
        Self {
            source,
            text: String::with_capacity(source.len() / 2),
            runs: Vec::new(),
            blocks: Vec::new(),
            kind: BlockKind::Paragraph,
            open: None,
            space: None,
            breaks: 0,
            reached: from,
            verbatim: None,
        }
    }

    /// The view's text so far.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Length of the view so far.
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// Whether spaces and line breaks count.
    pub fn is_verbatim(&self) -> bool {
        self.verbatim.is_some()
    }

    /// Adds source text as it stands.
    pub fn plain(&mut self, range: Range<usize>) {
        let Some(text) = self.source.get(range.clone()) else { return };
        if !text.is_empty() {
            self.prepare(range.start);
            self.push(text, range);
        }
    }

    /// Adds a text that stands for a source range as a whole.
    pub fn replaced(&mut self, text: &str, range: Range<usize>) {
        if !text.is_empty() {
            self.prepare(range.start);
            self.push(text, range);
        }
    }

    /// White space: one space if text of the same block follows.
    pub fn space(&mut self, range: Range<usize>) {
        if self.is_verbatim() {
            self.plain(range);
        } else if self.open.is_some() && self.space.is_none() {
            self.space = Some(range);
        }
    }

    /// A line break inside a block. A second one without text between ends the block.
    pub fn line_break(&mut self, range: Range<usize>) {
        if self.is_verbatim() {
            self.replaced("\n", range);
        } else if self.open.is_some() {
            self.breaks += 1;
        }
    }

    /// Ends the block, if one has begun.
    pub fn end_block(&mut self) {
        if self.is_verbatim() {
            if !self.text.ends_with('\n') {
                self.push("\n", self.reached..self.reached);
            }
            return;
        }
        self.space = None;
        self.breaks = 0;
        if let Some((start, kind)) = self.open.take() {
            self.blocks.extend(trimmed(&self.text, start).map(|span| Block { span, kind }));
        }
    }

    /// From here on, spaces and line breaks count, and paragraphs are told apart as in plain text.
    pub fn begin_verbatim(&mut self, at: usize) {
        if self.is_verbatim() {
            return;
        }
        self.end_block();
        if !self.text.is_empty() {
            self.push("\n", self.reached..at.max(self.reached));
        }
        self.verbatim = Some(self.text.len());
    }

    /// Ends what [`begin_verbatim`](Self::begin_verbatim) began.
    pub fn end_verbatim(&mut self) {
        let Some(start) = self.verbatim.take() else { return };
        self.open = None;
        let part = &self.text[start..];
        blocks::split(part, &LineMap::new(part), 0, start, &mut self.blocks);
    }

    /// The view and its blocks.
    pub fn finish(mut self) -> (View, Vec<Block>) {
        self.end_verbatim();
        self.end_block();
        (View::rendered(self.text, self.runs), self.blocks)
    }

    /// Adds what stands between the last text and the one that follows.
    fn prepare(&mut self, at: usize) {
        if self.is_verbatim() {
            return;
        }
        if self.breaks > 1 {
            self.end_block();
        }
        let gap = self.reached..at.max(self.reached);
        let space = self.space.take();
        if self.open.is_none() {
            if !self.text.is_empty() {
                self.push("\n", gap);
            }
            self.open = Some((self.text.len(), self.kind));
        } else if self.breaks > 0 {
            self.push("\n", gap);
        } else if let Some(range) = space {
            self.push(" ", range);
        }
        self.breaks = 0;
    }

    fn push(&mut self, text: &str, range: Range<usize>) {
        // Offsets fit: a document of more than 32 bits is refused before it is rendered. A view longer than its source
        // is not possible either, but for superscripts, which saturate.
        let to_u32 = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let start = range.start.max(self.reached);
        let run = Run {
            view: to_u32(self.text.len()),
            view_len: to_u32(text.len()),
            source: to_u32(start),
            source_len: to_u32(range.end.saturating_sub(start)),
        };
        self.text.push_str(text);
        self.reached = range.end.max(start);
        if run.view_len == run.source_len
            && let Some(last) = self.runs.last_mut()
            && last.view_len == last.source_len
            && last.source + last.source_len == run.source
        {
            last.view_len += run.view_len;
            last.source_len += run.source_len;
        } else {
            self.runs.push(run);
        }
    }
}

/// The span of a text from `start`, without white space around it.
fn trimmed(text: &str, start: usize) -> Option<ViewSpan> {
    let part = &text[start..];
    let inner = part.trim();
    let first = start + (part.len() - part.trim_start().len());
    let offset = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    (!inner.is_empty()).then(|| ViewSpan::new(offset(first), offset(first + inner.len())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_collapse_and_breaks_end_blocks() {
        let source = "a  b<br>c<br><br>d";
        let mut renderer = Renderer::new(source, 0);
        renderer.space(0..0);
        renderer.plain(0..1);
        renderer.space(1..3);
        renderer.plain(3..4);
        renderer.line_break(4..8);
        renderer.plain(8..9);
        renderer.line_break(9..13);
        renderer.line_break(13..17);
        renderer.plain(17..18);
        let (view, blocks) = renderer.finish();
        let text = view.text(source);
        assert_eq!(text, "a b\nc\nd");
        let parts: Vec<_> = blocks.iter().map(|block| block.span.of(text)).collect();
        assert_eq!(parts, ["a b\nc", "d"]);
        assert_eq!(view.to_source(blocks[0].span).of(source), "a  b<br>c");
    }
}
