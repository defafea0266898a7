//! Which line breaks were made only to fit a width.
//!
//! A hard-wrapped text gives itself away: each line is as full as it can be, so the first word of the next would not
//! have fitted, and many lines go on in the middle of a sentence, with a small letter. Lists of headlines, menus and
//! addresses do neither. Why not one width for all texts: pages are wrapped anywhere between 60 and 120 columns, and a
//! quotation within one more narrowly than what stands around it.

use super::blocks::RunsOf;
use super::position::characters;

/// The narrowest and the widest column at which people wrap text.
const WIDTHS: std::ops::RangeInclusive<u32> = 40..=140;
/// A line shorter than this that nothing else tells about is not taken to go on in the next.
const SHORTEST: u32 = 30;

/// A line that is not blank.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    /// First byte that is not white space.
    pub start: u32,
    /// One past the last such byte.
    pub end: u32,
    /// Columns from the line's start to its last character.
    width: u32,
}

impl Line {
    /// The line between two offsets, if something stands in it.
    pub fn new(text: &str, start: usize, end: usize) -> Option<Self> {
        let whole = text.get(start..end)?;
        let trimmed = whole.trim_end();
        if trimmed.is_empty() {
            return None;
        }
        let indent = trimmed.len() - trimmed.trim_start().len();
        let offset = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let width = offset(characters(trimmed.as_bytes()));
        Some(Self { start: offset(start + indent), end: offset(start + trimmed.len()), width })
    }

    /// The line's text without white space around it.
    pub fn of(self, text: &str) -> &str {
        &text[self.start as usize..self.end as usize]
    }
}

/// Whether the text goes on from one line to the next, in a text wrapped at `column`.
pub(super) fn wraps(text: &str, line: Line, next: Line, column: Option<u32>) -> bool {
    let (this, following) = (line.of(text), next.of(text));
    let ends = ends_clause(this);
    if let Some(column) = column
        && line.width <= column + column / 4
    {
        // Proportional type gives lines of unequal length. At the end of a sentence a wrong break does no harm.
        let slack = if ends { 0 } else { column / 5 };
        if is_full(text, line, next, column - slack) {
            return true;
        }
    }
    if ends || line.width < SHORTEST {
        return false;
    }
    match case(following) {
        Case::Small => true,
        // "more than⏎30,000", but not rows of figures
        Case::None => {
            let goes_on = |c: char| c.is_alphabetic() || c == ',';
            WIDTHS.contains(&line.width) && this.ends_with(goes_on) && case(this) != Case::None
        }
        Case::Capital => this.ends_with(',') && WIDTHS.contains(&line.width),
    }
}

/// A line's width, if text may be wrapped there.
pub(super) fn possible_column(line: Line) -> Option<u32> {
    Some(line.width).filter(|width| WIDTHS.contains(width))
}

/// Whether the next line's first word would not have fitted.
pub(super) fn is_full(text: &str, line: Line, next: Line, column: u32) -> bool {
    let room = column.saturating_sub(line.width) as usize;
    // One column is the space's.
    next.of(text).chars().take(room).take_while(|c| !c.is_whitespace()).count() >= room
}

/// Whether a line ends with what ends a sentence or announces a list, maybe followed by closing marks.
pub(super) fn ends_clause(line: &str) -> bool {
    let closing = |c: char| matches!(c, '"' | '\'' | '”' | '’' | '»' | '›' | ')' | ']' | '*' | '_');
    let last = line.trim_end_matches(closing).chars().next_back();
    last.is_none_or(|c| matches!(c, '.' | '!' | '?' | ':' | ';' | '…' | '。' | '！' | '？'))
}

/// How a line's first word begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Case {
    Capital,
    /// Also letters of scripts that know no case.
    Small,
    /// No letter: a digit, a sign.
    None,
}

fn case(line: &str) -> Case {
    let opening = |c: char| matches!(c, '"' | '\'' | '“' | '‘' | '«' | '‹' | '(' | '[' | '*' | '_');
    match line.trim_start_matches(opening).chars().next() {
        Some(c) if c.is_uppercase() => Case::Capital,
        Some(c) if c.is_alphabetic() => Case::Small,
        _ => Case::None,
    }
}

/// What the breaks between the lines of runs have in common.
#[derive(Debug)]
struct Breaks {
    /// How many lines of each width are followed by another; the last place is for all wider ones.
    widths: [u32; *WIDTHS.end() as usize + 2],
    count: u32,
    small: u32,
}

impl Default for Breaks {
    fn default() -> Self {
        Self { widths: [0; *WIDTHS.end() as usize + 2], count: 0, small: 0 }
    }
}

impl Breaks {
    fn add(&mut self, text: &str, lines: &[Line]) {
        for pair in lines.windows(2) {
            let place = (pair[0].width as usize).min(self.widths.len() - 1);
            self.widths[place] += 1;
            self.count += 1;
            self.small += u32::from(case(pair[1].of(text)) == Case::Small);
        }
    }

    /// The column at which these lines are wrapped, if they look wrapped.
    fn column(&self, at_least: u32) -> Option<u32> {
        if self.count < at_least || self.small * 4 < self.count {
            return None;
        }
        // All lines but the odd long word or address.
        let most = self.count - self.count / 50;
        let mut seen = 0;
        let column = self.widths.iter().position(|&lines| {
            seen += lines;
            seen >= most
        })?;
        // Most lines come near it: a list's would be of all lengths.
        let near: u32 = self.widths.get(column * 3 / 4..=column)?.iter().sum();
        let column = u32::try_from(column).ok()?;
        (WIDTHS.contains(&column) && near * 5 >= self.count * 3).then_some(column)
    }
}

/// The column at which a document's text is wrapped.
pub(super) fn column(text: &str, runs: &mut RunsOf<'_>) -> Option<u32> {
    let mut breaks = Breaks::default();
    while let Some(lines) = runs.next_run() {
        breaks.add(text, lines);
    }
    breaks.column(3)
}

/// The column at which one run of lines is wrapped, where it is long enough to tell.
pub(super) fn column_of_run(text: &str, lines: &[Line]) -> Option<u32> {
    if lines.len() < 3 {
        return None;
    }
    let mut breaks = Breaks::default();
    breaks.add(text, lines);
    breaks.column(2)
}
