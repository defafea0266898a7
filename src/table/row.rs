//! A row in the making: cell by cell, at the end of its table.

use super::cell::{write_day, write_integer, write_line, write_number, write_text};
use super::id::Ids;
use super::own::Cells;
use super::schema::Field;
use crate::document::{Column, LineNumber};
use crate::normalize::{Decimal, Kind};
use crate::resolve::{Confidence, Fact, Flags};

/// A row that is being written.
pub(super) struct Row<'a> {
    out: &'a mut Vec<u8>,
    is_first: bool,
}

impl<'a> Row<'a> {
    pub(super) fn new(out: &'a mut Vec<u8>) -> Self {
        Self { out, is_first: true }
    }

    /// Goes on with a row that has cells.
    pub(super) fn go_on(out: &'a mut Vec<u8>) -> Self {
        Self { out, is_first: false }
    }

    fn next(&mut self) -> &mut Vec<u8> {
        if !std::mem::take(&mut self.is_first) {
            self.out.push(b',');
        }
        self.out
    }

    pub(super) fn text(&mut self, cell: &str) -> &mut Self {
        let out = self.next();
        if !cell.is_empty() {
            write_text(out, cell);
        }
        self
    }

    /// A slice of a source text, as one line; tells whether all of it is printable ASCII.
    pub(super) fn line(&mut self, slice: &str) -> bool {
        write_line(self.next(), slice)
    }

    /// A cell that was made before.
    pub(super) fn raw(&mut self, cell: &[u8]) -> &mut Self {
        self.next().extend_from_slice(cell);
        self
    }

    pub(super) fn integer(&mut self, cell: u64) -> &mut Self {
        write_integer(self.next(), cell);
        self
    }

    pub(super) fn position(&mut self, (line, column): (LineNumber, Column)) -> &mut Self {
        self.integer(line.0.into()).integer(column.0.into())
    }

    pub(super) fn maybe(&mut self, cell: Option<u64>) -> &mut Self {
        match cell {
            Some(cell) => self.integer(cell),
            None => self.empty(1),
        }
    }

    /// So many empty cells.
    pub(super) fn empty(&mut self, cells: usize) -> &mut Self {
        for _ in 0..cells {
            self.next();
        }
        self
    }

    pub(super) fn confidence(&mut self, Confidence(hundredths): Confidence) -> &mut Self {
        let digit = |number: u8| b'0' + number % 10;
        self.raw(&[digit(hundredths / 100), b'.', digit(hundredths / 10), digit(hundredths)])
    }

    pub(super) fn flags(&mut self, flags: &Flags) -> &mut Self {
        let mut flags = flags.iter();
        let (first, second) = (flags.next(), flags.next());
        match (first, second) {
            (None, _) => self.empty(1),
            (Some(flag), None) => self.text(flag),
            (Some(first), Some(second)) => {
                let mut joined = format!("{first} {second}");
                flags.for_each(|flag| joined.extend([" ", flag]));
                self.text(&joined)
            }
        }
    }

    pub(super) fn end(&mut self) {
        self.out.push(b'\n');
    }
}

/// The own cells of a fact, on their way into its row and, as far as they tell what the fact is, into its id.
pub(super) struct OwnCells<'a> {
    pub(super) out: &'a mut Vec<u8>,
    pub(super) fields: std::slice::Iter<'static, Field>,
    pub(super) ids: &'a mut Ids,
    pub(super) facts: &'a [Fact],
    pub(super) asked: &'a [Kind],
    /// Where in the table an id is wanted, and of which fact.
    pub(super) references: &'a mut Vec<(usize, usize)>,
}

impl OwnCells<'_> {
    /// The column of the next cell.
    fn next(&mut self) -> &'static Field {
        self.out.push(b',');
        const NONE: &Field = &Field {
            name: "",
            cell_type: super::schema::CellType::Text,
            constraints: &[],
            description: "",
            identity: false,
        };
        let field = self.fields.next();
        debug_assert!(field.is_some(), "as many cells as columns");
        field.unwrap_or(NONE)
    }
}

impl Cells for OwnCells<'_> {
    fn text(&mut self, cell: &str) {
        let field = self.next();
        if field.identity {
            self.ids.cell(cell.as_bytes());
        }
        match cell {
            "" => {}
            _ if field.cell_type.is_numeric() => write_number(self.out, cell),
            _ => write_text(self.out, cell),
        }
    }

    fn decimal(&mut self, cell: &Decimal) {
        let field = self.next();
        debug_assert!(field.cell_type.is_numeric(), "{}", field.name);
        let start = self.out.len();
        cell.write_to(self.out);
        if field.identity {
            self.ids.cell(&self.out[start..]);
        }
    }

    fn day(&mut self, cell: jiff::civil::Date) {
        let field = self.next();
        if field.identity {
            self.ids.cell(cell.to_string().as_bytes());
        }
        write_day(self.out, cell);
    }

    fn reference(&mut self, fact: usize) {
        if !self.facts.get(fact).is_some_and(|other| self.asked.contains(&other.value.kind())) {
            return self.empty();
        }
        self.next();
        self.references.push((self.out.len(), fact));
        self.out.extend_from_slice(&[b' '; super::id::LENGTH]);
    }

    fn empty(&mut self) {
        if self.next().identity {
            self.ids.cell(b"");
        }
    }
}
