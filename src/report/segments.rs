//! Marks that overlap, cut into segments that do not.
//!
//! Facts of different tables may share a span, lie in one another, or overlap in part, which elements of a page cannot. So a
//! line is cut wherever a mark starts or ends; each segment knows all marks that cover it.

use std::ops::Range;

use super::mark::Mark;
use crate::document::floor_boundary;

/// A run of a line that the same marks cover.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Segment {
    /// Bytes of the text.
    pub span: Range<usize>,
    /// Indices of the marks, the outermost first; empty for plain text.
    pub marks: Vec<usize>,
}

/// Cuts line after line of a text; lines come in order.
#[derive(Debug)]
pub(super) struct Cutter<'a> {
    /// In order of their starts, and the longer ones first.
    marks: &'a [Mark],
    next: usize,
    /// Marks that have started and may not have ended.
    open: Vec<usize>,
}

impl<'a> Cutter<'a> {
    /// For the marks of a text, in order.
    pub(super) fn new(marks: &'a [Mark]) -> Self {
        Self { marks, next: 0, open: Vec::new() }
    }

    /// The segments of a line of the text.
    pub(super) fn cut(&mut self, text: &str, line: Range<usize>) -> Vec<Segment> {
        let mut segments = Vec::new();
        let mut at = line.start;
        while at < line.end {
            while self.marks.get(self.next).is_some_and(|mark| boundary(text, mark.start) <= at) {
                self.open.push(self.next);
                self.next += 1;
            }
            self.open.retain(|index| boundary(text, self.marks[*index].end) > at);
            let ends = self.open.iter().map(|index| boundary(text, self.marks[*index].end));
            let start = self.marks.get(self.next).map(|mark| boundary(text, mark.start));
            let end = ends.chain(start).min().unwrap_or(line.end).min(line.end);
            segments.push(Segment { span: at..end, marks: self.open.clone() });
            at = end;
        }
        segments
    }
}

/// The last character boundary at or before an offset: tables may have been edited.
fn boundary(text: &str, offset: usize) -> usize {
    floor_boundary(text, offset)
}

#[cfg(test)]
mod tests {
    use super::super::mark::Sort;
    use super::*;
    use proptest::prelude::*;

    fn marks(spans: &[(usize, usize)]) -> Vec<Mark> {
        let mark = |&(start, end): &(usize, usize)| Mark {
            sort: Sort::Unclaimed,
            line: 1,
            start,
            end,
            text: String::new(),
            value: String::new(),
            more: Vec::new(),
            context: String::new(),
            rule: String::new(),
            confidence: String::new(),
            flags: String::new(),
            review: String::new(),
            note: String::new(),
        };
        let mut marks: Vec<_> = spans.iter().map(mark).collect();
        marks.sort_by_key(|mark| (mark.start, usize::MAX - mark.end));
        marks
    }

    fn cut(text: &str, spans: &[(usize, usize)]) -> String {
        let marks = marks(spans);
        let segments = Cutter::new(&marks).cut(text, 0..text.len());
        segments.iter().map(|segment| format!("{}{:?}", &text[segment.span.clone()], segment.marks)).collect()
    }

    #[test]
    fn marks_that_overlap_are_cut() {
        assert_eq!(cut("ab cd ef", &[]), "ab cd ef[]");
        assert_eq!(cut("ab cd ef", &[(3, 5)]), "ab []cd[0] ef[]");
        assert_eq!(cut("ab cd ef", &[(0, 8), (3, 5)]), "ab [0]cd[0, 1] ef[0]");
        assert_eq!(cut("ab cd ef", &[(0, 5), (3, 8)]), "ab [0]cd[0, 1] ef[1]");
        assert_eq!(cut("ab cd ef", &[(3, 5), (3, 5)]), "ab []cd[0, 1] ef[]");
        assert_eq!(cut("ab cd ef", &[(0, 2), (2, 5), (5, 99)]), "ab[0] cd[1] ef[2]");
    }

    #[test]
    fn a_mark_goes_on_in_the_next_line() {
        let marks = marks(&[(1, 7)]);
        let mut cutter = Cutter::new(&marks);
        let shown = |segments: Vec<Segment>| segments.iter().map(|one| one.marks.len()).collect::<Vec<_>>();
        assert_eq!(shown(cutter.cut("abc\ndef\nghi", 0..3)), [0, 1]);
        assert_eq!(shown(cutter.cut("abc\ndef\nghi", 4..7)), [1]);
        assert_eq!(shown(cutter.cut("abc\ndef\nghi", 8..11)), [0]);
    }

    proptest! {
        #[test]
        fn segments_are_the_text_and_each_has_all_its_marks(
            text in "[aé€ ]{0,20}",
            spans in prop::collection::vec((0usize..40, 1usize..12), 0..8),
        ) {
            let spans: Vec<_> = spans.into_iter().map(|(start, length)| (start, start + length)).collect();
            let marks = marks(&spans);
            let segments = Cutter::new(&marks).cut(&text, 0..text.len());
            let joined: String = segments.iter().map(|segment| &text[segment.span.clone()]).collect();
            prop_assert_eq!(&joined, &text);
            for segment in segments {
                let covers = |mark: &Mark| boundary(&text, mark.start) <= segment.span.start && segment.span.end <= boundary(&text, mark.end);
                let expected: Vec<_> = (0..marks.len()).filter(|index| covers(&marks[*index])).collect();
                prop_assert_eq!(segment.marks, expected);
            }
        }
    }
}
