//! Plain text into blocks: paragraphs, headings, list items, table cells.
//!
//! A blank line always ends a block. Lines directly under each other are either one hard-wrapped paragraph or one
//! paragraph each (menus, captions, addresses, pages saved line by line); [`wrap`](super::wrap) tells which, break by
//! break. What a single line is, [`shape`](super::shape) tells by its look.

use super::shape::{self, Shape};
use super::wrap::{self, Line};
use super::{Block, BlockKind, LineMap, ViewSpan};

/// From how many lines of a document the column is learned at which it was wrapped.
const LEARN_FROM: usize = 5_000;

/// Splits `text` into blocks from byte `from` on. `base` is added to all offsets: where `text` stands in the view.
pub(super) fn split(text: &str, lines: &LineMap, from: usize, base: usize, blocks: &mut Vec<Block>) {
    let mut splitter = Splitter { text, base, wrap: None, blocks };
    splitter.wrap = wrap::column(text, &mut RunsOf::new(text, lines, from, LEARN_FROM));
    let mut runs = RunsOf::new(text, lines, from, usize::MAX);
    while let Some(run) = runs.next_run() {
        splitter.run(run);
    }
}

/// Runs of lines that no blank line interrupts.
pub(super) struct RunsOf<'a> {
    text: &'a str,
    starts: &'a [usize],
    from: usize,
    next: usize,
    last: usize,
    run: Vec<Line>,
}

impl<'a> RunsOf<'a> {
    fn new(text: &'a str, lines: &'a LineMap, from: usize, limit: usize) -> Self {
        let starts = lines.starts();
        Self { text, starts, from, next: 0, last: starts.len().min(limit), run: Vec::new() }
    }

    /// The next run, at least one line long.
    pub fn next_run(&mut self) -> Option<&[Line]> {
        self.run.clear();
        while self.next < self.last {
            let start = self.starts[self.next].max(self.from);
            let end = self.starts.get(self.next + 1).copied().unwrap_or(self.text.len());
            self.next += 1;
            match Line::new(self.text, start, end) {
                Some(line) => self.run.push(line),
                None if self.run.is_empty() => {}
                None => break,
            }
        }
        (!self.run.is_empty()).then_some(&*self.run)
    }
}

struct Splitter<'a> {
    text: &'a str,
    base: usize,
    /// The column at which the whole document is wrapped.
    wrap: Option<u32>,
    blocks: &'a mut Vec<Block>,
}

impl Splitter<'_> {
    /// Blocks of a run of lines without a blank line between.
    fn run(&mut self, lines: &[Line]) {
        if let [line] = lines {
            let kind = if shape::is_heading(line.of(self.text)) { BlockKind::Heading } else { BlockKind::Paragraph };
            return self.block(*line, *line, shape::of(line.of(self.text)), kind);
        }
        let wrap = wrap::column_of_run(self.text, lines).or(self.wrap);
        let mut first = lines[0];
        let mut first_shape = shape::of(first.of(self.text));
        let mut previous_shape = first_shape;
        // Where nothing tells the column, lines that small letters have joined do so for the rest of their paragraph.
        let mut learned = None;
        for pair in lines.windows(2) {
            let (line, next) = (pair[0], pair[1]);
            let shape = shape::of(next.of(self.text));
            let column = wrap.or(learned.filter(|_| !wrap::ends_clause(line.of(self.text))));
            if self.joins(line, previous_shape, next, shape, column) {
                learned = learned.max(wrap::possible_column(line));
            } else {
                self.block(first, line, first_shape, BlockKind::Paragraph);
                (first, first_shape, learned) = (next, shape, None);
            }
            previous_shape = shape;
        }
        self.block(first, lines[lines.len() - 1], first_shape, BlockKind::Paragraph);
    }

    /// Whether the line break between two lines was only made to fit a width.
    fn joins(&self, line: Line, shape: Shape, next: Line, next_shape: Shape, wrap: Option<u32>) -> bool {
        match (shape, next_shape) {
            (Shape::Ruler | Shape::Row, _) | (_, Shape::Ruler | Shape::Row) => false,
            // A number at the start of a line may be the sentence's, not a list's: "as told in version⏎2. It was".
            (Shape::Line, Shape::Item { counted: true }) => {
                wrap.is_some_and(|column| wrap::is_full(self.text, line, next, column))
                    && !wrap::ends_clause(line.of(self.text))
            }
            (_, Shape::Item { .. }) => false,
            (Shape::Line | Shape::Item { .. }, Shape::Line) => wrap::wraps(self.text, line, next, wrap),
        }
    }

    fn block(&mut self, first: Line, last: Line, shape: Shape, kind: BlockKind) {
        let kind = match shape {
            Shape::Row => {
                let line = first.of(self.text);
                let start = self.base + first.start as usize;
                let cells = shape::cells(line).into_iter().map(|cell| (start + cell.start, start + cell.end));
                self.blocks.extend(cells.map(|(start, end)| Block { span: span(start, end), kind: BlockKind::Cell }));
                return;
            }
            Shape::Item { .. } => BlockKind::Item,
            Shape::Ruler => BlockKind::Paragraph,
            Shape::Line => kind,
        };
        let span = span(self.base + first.start as usize, self.base + last.end as usize);
        self.blocks.push(Block { span, kind });
    }
}

/// Offsets fit: a document of more than 32 bits is refused before it is split.
fn span(start: usize, end: usize) -> ViewSpan {
    let offset = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    ViewSpan::new(offset(start), offset(end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;
    use proptest::prelude::*;

    fn split_all(text: &str) -> Vec<Block> {
        let mut blocks = Vec::new();
        split(text, &LineMap::new(text), 0, 0, &mut blocks);
        blocks
    }

    /// One line per block: its kind and its text, line breaks shown as `⏎`.
    fn shown(text: &str) -> String {
        let line = |block: &Block| format!("{:?}: {}\n", block.kind, block.span.of(text).replace('\n', "⏎"));
        split_all(text).iter().map(line).collect()
    }

    #[test]
    fn a_blank_line_ends_a_block_even_with_white_space_in_it() {
        assert_snapshot!(shown("Ana walked.\n \u{a0}\t\nBen ran.\r\n\r\n\r\nCara slept."), @r"
        Paragraph: Ana walked.
        Paragraph: Ben ran.
        Paragraph: Cara slept.
        ");
    }

    #[test]
    fn hard_wrapped_text_is_one_paragraph() {
        let text = "\
The ferry between the two islands had been late all week, and when it came at last, it \n\
carried no more than 30 passengers, most of them children. Ana Pereira, who has run the \n\
Harbour Kiosk since 1998, said that she had sold 12 coffees that morning. On a good day \n\
It is 200. \n";
        assert_snapshot!(shown(text), @"Paragraph: The ferry between the two islands had been late all week, and when it came at last, it ⏎carried no more than 30 passengers, most of them children. Ana Pereira, who has run the ⏎Harbour Kiosk since 1998, said that she had sold 12 coffees that morning. On a good day ⏎It is 200.");
    }

    #[test]
    fn lines_that_do_not_fill_the_width_stand_alone() {
        let text = "\
Ferry late again
Reading Time: 3 minutes
0
A kiosk at the harbour of the smaller island. Photo: Handout
Coffee sales fall at Harbour Kiosk
Mayor of Little Haven promises to look into the matter";
        assert_snapshot!(shown(text), @r"
        Paragraph: Ferry late again
        Paragraph: Reading Time: 3 minutes
        Paragraph: 0
        Paragraph: A kiosk at the harbour of the smaller island. Photo: Handout
        Paragraph: Coffee sales fall at Harbour Kiosk
        Paragraph: Mayor of Little Haven promises to look into the matter
        ");
    }

    #[test]
    fn long_lines_are_a_paragraph_each() {
        let one = "Ana Pereira sold twelve coffees that morning, which is less than usual. ".repeat(4);
        let two = "Ben Okafor, who was there too, bought three of them for his sisters. ".repeat(3);
        assert_eq!(split_all(&format!("{one}\n{two}\n{one}")).len(), 3);
    }

    #[test]
    fn a_short_paragraph_is_wrapped_where_the_document_is() {
        let text = "\
Nobody on the smaller island remembers a winter in which the ferry was on time for
longer than a week, and nobody expects one. Those who need to be on the mainland by
nine leave the evening before and sleep at an aunt's.

The company, which is run by the council of the two islands and by Ben Okafor of
Little Haven, blames the engine.

Dear Ana,
Thank you.";
        assert_snapshot!(shown(text), @r"
        Paragraph: Nobody on the smaller island remembers a winter in which the ferry was on time for⏎longer than a week, and nobody expects one. Those who need to be on the mainland by⏎nine leave the evening before and sleep at an aunt's.
        Paragraph: The company, which is run by the council of the two islands and by Ben Okafor of⏎Little Haven, blames the engine.
        Paragraph: Dear Ana,
        Paragraph: Thank you.
        ");
    }

    #[test]
    fn headings_stand_alone() {
        let text = "The Long Winter of 1998\n\nIt was cold.\n\nWas it?\n\n12 May\n\nand so on\n\n[AP]\n\nOne\nTwo";
        assert_snapshot!(shown(text), @r"
        Heading: The Long Winter of 1998
        Paragraph: It was cold.
        Paragraph: Was it?
        Heading: 12 May
        Paragraph: and so on
        Paragraph: [AP]
        Paragraph: One
        Paragraph: Two
        ");
    }

    #[test]
    fn list_markers_start_items() {
        let text = "They need:\n- 3 boats\n- 20 metres of rope, which should not be older than two years or so,\n  and a hook\n• 5 lamps\n1. a map\n(a) of the north\n12) of the south\n\n* one\n\n2010. It was.";
        assert_snapshot!(shown(text), @r"
        Paragraph: They need:
        Item: - 3 boats
        Item: - 20 metres of rope, which should not be older than two years or so,⏎  and a hook
        Item: • 5 lamps
        Item: 1. a map
        Item: (a) of the north
        Item: 12) of the south
        Item: * one
        Paragraph: 2010. It was.
        ");
    }

    #[test]
    fn lists_of_results_are_not_joined() {
        let text = "\
1. Ana Pereira (Little Haven Rowing Club) 3:31.526
2. Ben Okafor (Harbour Kiosk) 3:31.674
288 Cara Lind (Little Haven) 69 78 71 70 with a broken oar
289 Dan Moss (Great Haven) 71 77 70 71";
        assert_eq!(split_all(text).len(), 4);
        let text = "The council counted more than usual, that is to say\n30,000 of them.";
        assert_eq!(split_all(text).len(), 1);
    }

    #[test]
    fn columns_are_cells() {
        let text = "Year\tBoats\tCrew\n1998\t3\t12\n\nName      Boats   Crew\nAna P.    3       12\n\n| Year | Boats |\n|------|-------|\n| 1998 | 3 |";
        assert_snapshot!(shown(text), @r"
        Cell: Year
        Cell: Boats
        Cell: Crew
        Cell: 1998
        Cell: 3
        Cell: 12
        Cell: Name
        Cell: Boats
        Cell: Crew
        Cell: Ana P.
        Cell: 3
        Cell: 12
        Cell: | Year
        Cell: | Boats |
        Paragraph: |------|-------|
        Cell: | 1998
        Cell: | 3 |
        ");
    }

    #[test]
    fn two_spaces_after_a_sentence_are_no_column() {
        let text = "It was cold.  Ana had 3 coats.  Ben had none.  They shared.";
        assert_eq!(split_all(text).len(), 1);
    }

    #[test]
    fn rulers_stand_alone() {
        assert_snapshot!(shown("Report of the harbour\n=====================\nIt was cold."), @r"
        Paragraph: Report of the harbour
        Paragraph: =====================
        Paragraph: It was cold.
        ");
    }

    #[test]
    fn a_giant_line_is_linear() {
        let text = "Ana owes 5 euros  to Ben | and\t7 to Cara ".repeat(200_000);
        assert!(!split_all(&text).is_empty());
        let text = "a".repeat(8_000_000);
        assert_eq!(split_all(&text).len(), 1);
        let text = "a b\n".repeat(1_000_000);
        assert!(!split_all(&text).is_empty());
    }

    proptest! {
        #[test]
        fn blocks_cover_all_but_white_space(text in "([A-Za-z]{1,7}|[0-9]{1,4}[.)]?|[ \t\n\r|]|  |\n\n|[-*•.,£é\u{a0}\u{feff}]){0,80}") {
            let mut end = 0;
            for block in split_all(&text) {
                let (start, stop) = (block.span.start as usize, block.span.end as usize);
                prop_assert!(end <= start && start < stop);
                prop_assert!(text[end..start].trim().is_empty(), "{:?}", &text[end..start]);
                prop_assert_eq!(text[start..stop].trim(), &text[start..stop]);
                end = stop;
            }
            prop_assert!(text[end..].trim().is_empty());
        }
    }
}
