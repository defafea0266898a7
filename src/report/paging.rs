//! A long text in parts that a browser shows at once.

use std::ops::Range;

use super::mark::Mark;
use crate::document::{LineMap, LineNumber, floor_boundary};

/// How long a part may be. A browser lays out a page of this size in well under a second, also on a phone.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    pub lines: usize,
    pub bytes: usize,
    pub marks: usize,
}

/// What a report's pages keep to.
pub(super) const LIMITS: Limits = Limits { lines: 2_000, bytes: 128 << 10, marks: 2_500 };

/// A line of a part, or a piece of one that is too long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PageLine {
    pub number: LineNumber,
    /// Bytes of the text, without the line break.
    pub span: Range<usize>,
}

/// What one page shows of a text.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Part {
    pub lines: Vec<PageLine>,
}

impl Part {
    /// First and last line.
    pub(super) fn range(&self) -> (u32, u32) {
        let number = |line: Option<&PageLine>| line.map_or(0, |line| line.number.0);
        (number(self.lines.first()), number(self.lines.last()))
    }
}

/// Cuts a text with its marks (in order of their starts) into parts; at least one.
pub(super) fn parts(text: &str, marks: &[Mark], limits: Limits) -> Vec<Part> {
    let lines = LineMap::new(text);
    let mut parts = vec![Part::default()];
    let mut room = Room { limits, bytes: 0, marks: 0, next: 0 };
    for (number, &start) in (1..).map(LineNumber).zip(lines.starts()) {
        let length = lines.line_text(text, number).map_or(0, str::len);
        let (mut at, end) = (start, start + length);
        loop {
            let piece = room.with_few_marks(text, at, piece_end(text, at, end, limits.bytes), marks);
            let is_full = parts
                .last()
                .is_some_and(|part| !part.lines.is_empty() && !room.has(part.lines.len(), at, piece, marks));
            if is_full {
                parts.push(Part::default());
                room = Room { bytes: 0, marks: 0, ..room };
            }
            room.take(at, piece, marks);
            if let Some(part) = parts.last_mut() {
                part.lines.push(PageLine { number, span: at..piece });
            }
            at = piece;
            if at == end {
                break;
            }
        }
    }
    parts
}

/// How much a part holds so far.
struct Room {
    limits: Limits,
    bytes: usize,
    marks: usize,
    /// The first mark that starts behind.
    next: usize,
}

impl Room {
    fn starting(&self, end: usize, marks: &[Mark]) -> usize {
        marks[self.next..].partition_point(|mark| mark.start < end)
    }

    fn has(&self, lines: usize, start: usize, end: usize, marks: &[Mark]) -> bool {
        lines < self.limits.lines
            && self.bytes + (end - start) <= self.limits.bytes
            && self.marks + self.starting(end, marks) <= self.limits.marks
    }

    /// The end of a piece, or an earlier one if more marks start in the piece than a part may have.
    fn with_few_marks(&self, text: &str, start: usize, end: usize, marks: &[Mark]) -> usize {
        let too_many = self.starting(end, marks) > self.limits.marks;
        let first_left = marks.get(self.next + self.limits.marks).filter(|_| too_many);
        first_left.map(|mark| floor_boundary(text, mark.start)).filter(|cut| *cut > start).unwrap_or(end)
    }

    fn take(&mut self, start: usize, end: usize, marks: &[Mark]) {
        let starting = self.starting(end, marks);
        self.bytes += end - start;
        self.marks += starting;
        self.next += starting;
    }
}

/// Where a line is cut if it is too long: behind a space where there is one in the last quarter.
fn piece_end(text: &str, start: usize, end: usize, limit: usize) -> usize {
    if end - start <= limit {
        return end;
    }
    let most = floor_boundary(text, start + limit);
    let least = floor_boundary(text, most - limit / 4);
    match text[least..most].rfind(' ') {
        Some(space) => least + space + 1,
        None if most > start => most,
        None => end,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(text: &str, limits: Limits) -> Vec<String> {
        let line = |line: &PageLine| format!("{}:{}", line.number, &text[line.span.clone()]);
        parts(text, &[], limits).iter().map(|part| part.lines.iter().map(line).collect::<Vec<_>>().join("|")).collect()
    }

    #[test]
    fn a_text_is_cut_by_lines_and_a_long_line_at_a_space() {
        let limits = Limits { lines: 2, bytes: 8, marks: 10 };
        assert_eq!(shown("a\r\nb\nc\n", limits), ["1:a|2:b", "3:c"]);
        assert_eq!(shown("abcdef\nghijk\nl", limits), ["1:abcdef", "2:ghijk|3:l"]);
        assert_eq!(shown("abcdef ghijkl mno", limits), ["1:abcdef ", "1:ghijkl ", "1:mno"]);
        assert_eq!(shown("éééééé", limits), ["1:éééé", "1:éé"]);
        assert_eq!(shown("", limits), [""]);
    }

    proptest! {
        #[test]
        fn parts_hold_all_lines_in_order(text in "[ab é\n]{0,60}") {
            let parts = parts(&text, &[], Limits { lines: 3, bytes: 8, marks: 2 });
            let mut lines: Vec<(u32, String)> = Vec::new();
            for line in parts.iter().flat_map(|part| &part.lines) {
                match lines.last_mut() {
                    Some((number, shown)) if *number == line.number.0 => shown.push_str(&text[line.span.clone()]),
                    _ => lines.push((line.number.0, text[line.span.clone()].to_owned())),
                }
            }
            let expected: Vec<_> = (1..).zip(text.lines().map(str::to_owned)).collect();
            prop_assert_eq!(lines, expected);
        }
    }
}
