//! The pages of a document: its lines with what was found in them, and a table of it.
//!
//! The table is not only for readers on paper: what is shown when a mark has the pointer or the focus is taken from its
//! row, and a screen reader is told the row as the mark's description. So nothing is said twice in a page, and it can be
//! used without scripts.

use std::fmt::Write;
use std::ops::Range;

use askama::Template;

use super::address::page_part;
use super::counts::Counts;
use super::error::ReportError;
use super::mark::{Mark, Sort};
use super::paging::{LIMITS, PageLine, Part, parts};
use super::segments::{Cutter, Segment};
use super::source::Source;
use super::tables::DocumentRow;
use super::visible::{self, filters};
use crate::decimal::grouped;
use crate::document::LineNumber;

/// A page, ready to be written.
#[derive(Debug)]
pub(super) struct Page {
    /// Where it stands in the report.
    pub path: String,
    /// Its markup.
    pub markup: String,
}

#[derive(Template)]
#[template(path = "page.html")]
struct PageTemplate<'a> {
    /// The way to the folder of the report.
    root: &'static str,
    version: &'static str,
    document: &'a DocumentRow,
    notice: Option<&'a str>,
    totals: Vec<(&'static str, String)>,
    legend: Vec<Sort>,
    /// The lines that are on this page.
    first: u32,
    last: u32,
    parts: Vec<PartLink>,
    before: Option<PartLink>,
    after: Option<PartLink>,
    /// For the script: file name and lines of every part.
    spans: &'a str,
    lines: Vec<LineView>,
    rows: Vec<RowView<'a>>,
}

#[derive(Clone)]
struct PartLink {
    file: String,
    first: u32,
    last: u32,
    is_shown: bool,
    is_listed: bool,
}

struct LineView {
    number: LineNumber,
    /// Whether it is the first piece of the line on its page.
    is_anchor: bool,
    markup: String,
}

struct RowView<'a> {
    /// Names the row in its page.
    number: usize,
    /// Names the first segment of the mark in the text.
    anchor: usize,
    mark: &'a Mark,
}

/// Makes the pages of a document, one after the other: all of a long document at once would be many times its size.
pub(super) fn pages(
    document: &DocumentRow,
    marks: &[Mark],
    source: &Source,
    write: &mut dyn FnMut(&Page) -> Result<(), ReportError>,
) -> Result<(), ReportError> {
    let mut book = Book::new(document, marks, notice(source));
    if let Source::Text(text) = source {
        let parts = parts(text, marks, LIMITS);
        book.ranges = parts.iter().map(Part::range).collect();
        return (0..)
            .zip(&parts)
            .try_for_each(|(index, part)| write(&book.page(index, Contents::of_text(text, part, marks))?));
    }
    let chunks: Vec<_> = if marks.is_empty() { vec![marks] } else { marks.chunks(LIMITS.marks).collect() };
    let line = |mark: Option<&Mark>| mark.map_or(0, |mark| mark.line);
    book.ranges = chunks.iter().map(|chunk| (line(chunk.first()), line(chunk.last()))).collect();
    (0..).zip(chunks).try_for_each(|(index, chunk)| write(&book.page(index, Contents::of_contexts(chunk))?))
}

/// Why a page shows no text.
fn notice(source: &Source) -> Option<String> {
    const INSTEAD: &str = "This page shows the sentences that the tables hold, not the document.";
    match source {
        Source::Text(_) => None,
        Source::NotGiven => {
            Some(format!("The report was made without the documents (factline report --input PATH). {INSTEAD}"))
        }
        Source::Gone => Some(format!("The document was not there when the report was made. {INSTEAD}")),
        Source::Changed => {
            Some(format!("The document has changed since the tables were made (its SHA-256 is another one). {INSTEAD}"))
        }
        Source::Unreadable(why) => Some(format!("The document could not be read: {why}. {INSTEAD}")),
    }
}

/// What a page shows of a document.
#[derive(Default)]
struct Contents<'a> {
    lines: Vec<LineView>,
    rows: Vec<RowView<'a>>,
}

impl<'a> Contents<'a> {
    /// A part of a text; `marks` are all of the document.
    fn of_text(text: &str, part: &Part, marks: &'a [Mark]) -> Self {
        let Some(shown) = part.lines.first().zip(part.lines.last()) else { return Self::default() };
        let (start, end) = (shown.0.span.start, shown.1.span.end);
        // Marks of the part before may reach into this one.
        let from = marks.partition_point(|mark| mark.start < start);
        let reach = marks[..from].iter().position(|mark| mark.end > start).unwrap_or(from);
        let marks = &marks[reach..marks.partition_point(|mark| mark.start < end.max(start + 1))];
        let mut writer = LineWriter::new(marks);
        let mut cutter = Cutter::new(marks);
        let mut before = None;
        let line = |PageLine { number, span }: &PageLine| {
            let markup = writer.line(text, span.clone(), &mut cutter);
            let is_anchor = before.replace(*number) != Some(*number);
            LineView { number: *number, is_anchor, markup }
        };
        let lines = part.lines.iter().map(line).collect();
        Self { lines, rows: writer.rows() }
    }

    /// The sentences around marks, where there is no text.
    fn of_contexts(marks: &'a [Mark]) -> Self {
        let mut writer = LineWriter::new(marks);
        let mut lines: Vec<LineView> = Vec::new();
        for (first, group) in groups(marks) {
            let (text, order, placed) = in_context(group);
            let mut segments = Cutter::new(&placed).cut(&text, 0..text.len());
            for mark in segments.iter_mut().flat_map(|segment| &mut segment.marks) {
                *mark = first + order[*mark];
            }
            let markup = writer.segments(&text, segments);
            let number = LineNumber(group[0].line);
            let is_anchor = lines.last().is_none_or(|line| line.number != number);
            lines.push(LineView { number, is_anchor, markup });
        }
        Self { lines, rows: writer.rows() }
    }
}

/// Marks that follow each other in one sentence, with the index of the first.
fn groups(marks: &[Mark]) -> impl Iterator<Item = (usize, &[Mark])> {
    let same = |one: &Mark, other: &Mark| one.context == other.context && one.line == other.line;
    marks.chunk_by(same).scan(0, |at, group| {
        let first = *at;
        *at += group.len();
        Some((first, group))
    })
}

/// A sentence, and its marks placed in it, in order of their starts, each with its index in the group. What is not found
/// there (in HTML the text of a fact is that of the source) is put behind it.
fn in_context(group: &[Mark]) -> (String, Vec<usize>, Vec<Mark>) {
    let mut text = group[0].context.clone();
    let length = text.len();
    let mut from = 0;
    let mut placed = Vec::new();
    for (index, mark) in group.iter().enumerate() {
        let found = text[from..length].find(&mark.text).filter(|_| !mark.text.is_empty()).map(|at| from + at);
        let start = found.unwrap_or_else(|| {
            text.push_str(" · ");
            text.push_str(&mark.text);
            text.len() - mark.text.len()
        });
        if found.is_some() {
            // The next one may lie in this one, but does not start before it.
            from = start;
        }
        placed.push((index, Mark { start, end: start + mark.text.len(), ..mark.clone() }));
    }
    placed.sort_by_key(|(_, mark)| mark.start);
    let (order, placed) = placed.into_iter().unzip();
    (text, order, placed)
}

/// Writes lines, and remembers where each mark has its first segment.
struct LineWriter<'a> {
    marks: &'a [Mark],
    /// Per mark, the anchor of its first segment.
    anchors: Vec<Option<usize>>,
    last: usize,
}

impl<'a> LineWriter<'a> {
    fn new(marks: &'a [Mark]) -> Self {
        Self { marks, anchors: vec![None; marks.len()], last: 0 }
    }

    fn line(&mut self, text: &str, span: Range<usize>, cutter: &mut Cutter<'_>) -> String {
        let segments = cutter.cut(text, span);
        self.segments(text, segments)
    }

    fn segments(&mut self, text: &str, segments: Vec<Segment>) -> String {
        let mut markup = String::new();
        for Segment { span, marks } in segments {
            let slice = &text[span];
            match marks.last() {
                None => visible::push(&mut markup, slice),
                Some(inner) => self.segment(&mut markup, slice, &marks, *inner),
            }
        }
        markup
    }

    /// A marked segment. The first one of a mark is a link to its row, so that it can have the focus.
    fn segment(&mut self, markup: &mut String, slice: &str, marks: &[usize], inner: usize) {
        let starts = marks.iter().any(|mark| self.anchors[*mark].is_none());
        let names: Vec<_> = marks.iter().map(|mark| mark + 1).collect();
        let list = |before: &str| names.iter().map(|name| format!("{before}{name}")).collect::<Vec<_>>().join(" ");
        let class = self.class(marks, inner);
        // A mark that goes on in the next line does not mark its indentation.
        let (space, slice) = if starts { ("", slice) } else { slice.split_at(slice.len() - slice.trim_start().len()) };
        visible::push(markup, space);
        // Writing to a string does not fail.
        let _ = if starts {
            self.last += 1;
            for mark in marks {
                self.anchors[*mark].get_or_insert(self.last);
            }
            let rows = list("f");
            let (anchor, row) = (self.last, inner + 1);
            write!(
                markup,
                "<a class=\"{class}\" id=\"m{anchor}\" href=\"#f{row}\" data-m=\"{}\" aria-describedby=\"{rows}\">",
                list("")
            )
        } else {
            write!(markup, "<span class=\"{class} on\" data-m=\"{}\">", list(""))
        };
        visible::push(markup, slice);
        markup.push_str(if starts { "</a>" } else { "</span>" });
    }

    fn class(&self, marks: &[usize], inner: usize) -> String {
        let mark = &self.marks[inner];
        let flagged = if marks.iter().any(|mark| self.marks[*mark].is_flagged()) { " flagged" } else { "" };
        let nested = if marks.len() > 1 { " nested" } else { "" };
        let decision = mark.decision();
        let space = if decision.is_empty() { "" } else { " " };
        format!("mark {}{flagged}{nested}{space}{decision}", mark.sort.class())
    }

    /// The rows of all marks that were written.
    fn rows(self) -> Vec<RowView<'a>> {
        let rows = self.marks.iter().zip(self.anchors).enumerate();
        rows.filter_map(|(index, (mark, anchor))| Some(RowView { number: index + 1, anchor: anchor?, mark })).collect()
    }
}

/// Up to so many parts a page links to all of them.
const ALL_PARTS: usize = 40;
/// Of more, to so many evenly spread, and to the neighbours up to so far.
const SPREAD: usize = 24;
const NEIGHBOURS: usize = 4;

/// Whether a page links to a part.
fn is_listed(part: usize, shown: usize, parts: usize) -> bool {
    parts <= ALL_PARTS
        || part.abs_diff(shown) <= NEIGHBOURS
        || part.is_multiple_of(parts.div_ceil(SPREAD))
        || part + 1 == parts
}

/// What all pages of a document share.
struct Book<'a> {
    document: &'a DocumentRow,
    notice: Option<String>,
    counted: Vec<(Sort, u64)>,
    /// First and last line of every page.
    ranges: Vec<(u32, u32)>,
}

impl<'a> Book<'a> {
    fn new(document: &'a DocumentRow, marks: &[Mark], notice: Option<String>) -> Self {
        let counts = Counts::of(marks).marks;
        let counted = Sort::all().zip(counts).filter(|(_, count)| *count > 0).collect();
        Self { document, notice, counted, ranges: Vec::new() }
    }

    fn page(&self, index: usize, contents: Contents<'_>) -> Result<Page, ReportError> {
        let paths: Vec<_> = (1..=self.ranges.len()).map(|part| page_part(&self.document.key, part)).collect();
        let link = |(part, path): (usize, &'_ String)| {
            let (first, last) = self.ranges[part];
            let file = path.rsplit('/').next().unwrap_or_default().to_owned();
            let is_listed = is_listed(part, index, self.ranges.len());
            PartLink { file, first, last, is_shown: part == index, is_listed }
        };
        let parts: Vec<_> = paths.iter().enumerate().map(link).collect();
        let span = |part: &PartLink| format!("{}:{}-{}", part.file, part.first, part.last);
        let spans = if parts.len() > 1 { parts.iter().map(span).collect::<Vec<_>>().join(" ") } else { String::new() };
        let (first, last) = self.ranges[index];
        let template = PageTemplate {
            root: "../../",
            version: env!("CARGO_PKG_VERSION"),
            document: self.document,
            notice: self.notice.as_deref(),
            totals: self.counted.iter().map(|(sort, count)| (sort.names(), grouped(*count))).collect(),
            legend: self.counted.iter().map(|(sort, _)| *sort).collect(),
            first,
            last,
            before: index.checked_sub(1).map(|before| parts[before].clone()),
            after: parts.get(index + 1).cloned(),
            parts,
            spans: &spans,
            lines: contents.lines,
            rows: contents.rows,
        };
        Ok(Page { path: paths[index].clone(), markup: template.render()? })
    }
}
