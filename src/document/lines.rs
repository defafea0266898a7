//! From a byte offset to the line and column that an editor shows.
//!
//! Only line starts are kept: a column is counted when it is asked for, so that memory does not grow with the text. A
//! file may be a single line of 100 MB, where counting from the line's start for each fact would be quadratic; the
//! [`PositionCursor`] counts on from the last place asked for instead.

use super::position::{characters, floor_boundary};
use super::{Column, LineNumber};

/// U+FEFF at the start of a text is no character of its first line.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// How many lines further on is looked for a position before the search goes over all lines.
const NEAR: usize = 8;

/// Byte offsets at which the lines of a text start; `\n`, `\r\n` and `\r` end a line.
#[derive(Debug, Default)]
pub struct LineMap {
    starts: Vec<usize>,
}

impl LineMap {
    /// The lines of a text. The last one counts whether or not it ends in a line break; an empty text has none.
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        if bytes.is_empty() {
            return Self::default();
        }
        let mut starts = vec![0];
        if memchr::memchr(b'\r', bytes).is_none() {
            starts.extend(memchr::memchr_iter(b'\n', bytes).map(|at| at + 1));
        } else {
            let crlf = |at: usize| bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n');
            starts.extend(memchr::memchr2_iter(b'\r', b'\n', bytes).filter(|&at| !crlf(at)).map(|at| at + 1));
        }
        if starts.last() == Some(&bytes.len()) {
            starts.pop();
        }
        Self { starts }
    }

    /// How many lines there are.
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// Byte offsets at which the lines start.
    pub fn starts(&self) -> &[usize] {
        &self.starts
    }

    /// The line that an offset lies in; an offset past the end lies in the last line.
    pub fn line(&self, offset: usize) -> LineNumber {
        LineNumber(to_u32(self.index(offset)).saturating_add(1))
    }

    /// Line and column of a byte offset of `text`, the text that the map was made from.
    pub fn position(&self, text: &str, offset: usize) -> (LineNumber, Column) {
        self.cursor(text).position(offset)
    }

    /// A cursor for many positions, cheap when each is near the one before.
    pub fn cursor<'a>(&'a self, text: &'a str) -> PositionCursor<'a> {
        PositionCursor::new(self, text)
    }

    /// A line without its line break.
    pub fn line_text<'a>(&self, text: &'a str, line: LineNumber) -> Option<&'a str> {
        let index = (line.0 as usize).checked_sub(1)?;
        let start = *self.starts.get(index)?;
        let line = text.get(start..self.end(text, index))?;
        let line = line.strip_suffix('\n').unwrap_or(line);
        Some(line.strip_suffix('\r').unwrap_or(line))
    }

    fn index(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start <= offset).saturating_sub(1)
    }

    /// As [`LineMap::index`], from a line that is probably a few lines before.
    fn index_near(&self, line: usize, offset: usize) -> usize {
        let near = line + 1..(line + 1 + NEAR).min(self.starts.len());
        if self.start(line) > offset || self.starts.get(near.end).is_some_and(|&start| start <= offset) {
            return self.index(offset);
        }
        near.take_while(|&index| self.starts[index] <= offset).last().unwrap_or(line)
    }

    fn start(&self, index: usize) -> usize {
        self.starts.get(index).copied().unwrap_or(0)
    }

    fn end(&self, text: &str, index: usize) -> usize {
        self.starts.get(index + 1).copied().unwrap_or(text.len())
    }
}

/// Finds line and column of offset after offset. Moving along one line costs the distance moved, in either direction.
#[derive(Debug, Clone)]
pub struct PositionCursor<'a> {
    lines: &'a LineMap,
    text: &'a str,
    /// Index of the line that `offset` lies in, its start and the next one's.
    line: usize,
    start: usize,
    next: usize,
    /// The last offset asked for, on a character boundary.
    offset: usize,
    /// Characters between the line's start and `offset`.
    characters: usize,
    has_mark: bool,
}

impl<'a> PositionCursor<'a> {
    fn new(lines: &'a LineMap, text: &'a str) -> Self {
        let has_mark = text.starts_with(BYTE_ORDER_MARK);
        let mut cursor = Self { lines, text, line: 0, start: 0, next: 0, offset: 0, characters: 0, has_mark };
        cursor.enter(0);
        cursor
    }

    /// Line and column of a byte offset. An offset inside a character is that character's; one past the end is the end's.
    pub fn position(&mut self, offset: usize) -> (LineNumber, Column) {
        let offset = floor_boundary(self.text, offset);
        if offset < self.start || self.next <= offset {
            self.enter(self.lines.index_near(self.line, offset));
        }
        let bytes = self.text.as_bytes();
        if offset >= self.offset {
            self.characters += characters(&bytes[self.offset..offset]);
        } else if offset - self.start < self.offset - offset {
            self.characters = characters(&bytes[self.start..offset]);
        } else {
            self.characters -= characters(&bytes[offset..self.offset]);
        }
        self.offset = offset;
        let mark = self.has_mark && self.line == 0 && offset > 0;
        let column = if mark { self.characters } else { self.characters + 1 };
        (LineNumber(to_u32(self.line).saturating_add(1)), Column(to_u32(column)))
    }

    fn enter(&mut self, line: usize) {
        self.line = line;
        self.start = self.lines.start(line);
        self.next = self.lines.starts.get(line + 1).copied().unwrap_or(usize::MAX);
        self.offset = self.start;
        self.characters = 0;
    }
}

/// A text has fewer than 2^32 bytes, so neither a line nor a column can be larger.
fn to_u32(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn position(text: &str, offset: usize) -> (u32, u32) {
        let (line, column) = LineMap::new(text).position(text, offset);
        (line.0, column.0)
    }

    #[test]
    fn counts_lines_as_an_editor_does() {
        let cases = [("", 0), ("a", 1), ("a\n", 1), ("a\nb", 2), ("a\r\nb\r\n", 2), ("a\rb\r", 2), ("\n\r\n\r", 3)];
        for (text, lines) in cases {
            assert_eq!(LineMap::new(text).count(), lines, "{text:?}");
        }
    }

    #[test]
    fn columns_are_code_points_from_one() {
        let text = "né 5\r\nß€𝄞x";
        assert_eq!(position(text, 0), (1, 1));
        assert_eq!(position(text, 4), (1, 4));
        assert_eq!(position(text, 7), (2, 1));
        assert_eq!(position(text, text.len() - 1), (2, 4));
        assert_eq!(position(text, 10_000), (2, 5));
    }

    #[test]
    fn byte_order_mark_takes_no_column() {
        let text = "\u{feff}ab\nc";
        assert_eq!(position(text, 0), (1, 1));
        assert_eq!(position(text, 3), (1, 1));
        assert_eq!(position(text, 4), (1, 2));
        assert_eq!(position(text, 6), (2, 1));
    }

    #[test]
    fn line_text_is_without_its_line_break() {
        let text = "one\r\ntwo\rthree";
        let lines = LineMap::new(text);
        let of = |line| lines.line_text(text, LineNumber(line));
        assert_eq!([of(0), of(1), of(2), of(3), of(4)], [None, Some("one"), Some("two"), Some("three"), None]);
    }

    #[test]
    fn cursor_is_linear_on_one_giant_line() {
        let text = "é5 ".repeat(1_000_000);
        let lines = LineMap::new(&text);
        let mut cursor = lines.cursor(&text);
        for index in 0..1_000_000 {
            assert_eq!(cursor.position(index * 4).1, Column(u32::try_from(index * 3 + 1).expect("small")));
        }
    }

    proptest! {
        #[test]
        fn cursor_agrees_with_counting(text in "(\u{feff})?[a-cé€\r\n]{0,60}", offsets in prop::collection::vec(0usize..200, 0..20)) {
            let lines = LineMap::new(&text);
            let mut cursor = lines.cursor(&text);
            for offset in offsets {
                let at = floor_boundary(&text, offset);
                let before = text[..at].replace("\r\n", "\n").replace('\r', "\n");
                // Between `\r` and `\n` is still the line that they end.
                let split = text[..at].ends_with('\r') && text[at..].starts_with('\n');
                prop_assume!(!split);
                let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
                let column = before[line_start..].chars().filter(|&c| c != BYTE_ORDER_MARK).count() + 1;
                let line = before.matches('\n').count() + 1;
                // The end of a text that ends in a line break belongs to the last line.
                prop_assume!(!(at == text.len() && before.ends_with('\n')));
                prop_assert_eq!(cursor.position(offset), (LineNumber(to_u32(line)), Column(to_u32(column))));
            }
        }
    }
}
