//! A lexicon as two files, numbers and text, that are used as they lie in memory.
//!
//! The dictionaries inside the binary are joined when it is built, so that a start reads no CSV and builds no trie: the
//! arrays of the lexicon are slices of the binary itself, and a page that nobody asks for is never read.

use std::borrow::Cow;

use super::class::WORDS;
use super::prefixes::Prefixes;
use super::trie::Trie;
use super::words::Words;
use super::{Case, ClassId, ClassSet, Classes, Entry, Gate, Lexicon, Nature, Table};

/// First number; other versions, and machines with another order of bytes, read something else.
const MAGIC: u64 = 0x6661_6374_6c78_0002;

/// Numbers and text while they are written.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Flat {
    /// All numbers.
    pub numbers: Vec<u64>,
    /// All texts.
    pub text: String,
}

impl Flat {
    pub(super) fn number(&mut self, number: usize) {
        self.numbers.push(number as u64);
    }

    pub(super) fn longs(&mut self, longs: &[u64]) {
        self.number(longs.len());
        self.numbers.extend_from_slice(longs);
    }

    pub(super) fn ints(&mut self, ints: &[u32]) {
        self.number(ints.len());
        let mut padded = ints.to_vec();
        padded.resize(ints.len().next_multiple_of(2), 0);
        self.numbers.extend(padded.chunks_exact(2).map(|pair| bytemuck::cast::<[u32; 2], u64>([pair[0], pair[1]])));
    }

    pub(super) fn text(&mut self, text: &str) {
        self.number(text.len());
        self.text.push_str(text);
    }
}

/// Reads what [`Flat`] wrote, in the same order; `None` where it is not that.
pub(super) struct Reader {
    numbers: &'static [u64],
    text: &'static str,
}

impl Reader {
    pub fn number(&mut self) -> Option<usize> {
        let (first, rest) = self.numbers.split_first()?;
        self.numbers = rest;
        usize::try_from(*first).ok()
    }

    pub fn longs(&mut self) -> Option<&'static [u64]> {
        let length = self.number()?;
        let (longs, rest) = self.numbers.split_at_checked(length)?;
        self.numbers = rest;
        Some(longs)
    }

    pub fn ints(&mut self) -> Option<&'static [u32]> {
        let length = self.number()?;
        let (longs, rest) = self.numbers.split_at_checked(length.div_ceil(2))?;
        self.numbers = rest;
        bytemuck::cast_slice(longs).get(..length)
    }

    pub fn text(&mut self) -> Option<&'static str> {
        let length = self.number()?;
        let (text, rest) = self.text.split_at_checked(length)?;
        self.text = rest;
        Some(text)
    }
}

impl Lexicon {
    /// As numbers and text.
    pub fn flat(&self) -> Flat {
        let mut flat = Flat::default();
        flat.numbers.push(MAGIC);
        self.classes.write(&mut flat);
        self.words.write(&mut flat);
        self.trie.write(&mut flat);
        self.prefixes.write(&mut flat);
        flat.longs(&self.natures.iter().flat_map(Nature::pack).collect::<Vec<_>>());
        flat.number(self.after.len());
        for list in &self.after {
            flat.longs(
                &list.iter().flat_map(|(class, set)| [class.0.into()].into_iter().chain(set.0)).collect::<Vec<_>>(),
            );
        }
        flat.number(self.exact.len());
        self.exact.iter().for_each(|term| flat.text(term));
        flat.number(self.tables.len());
        self.tables.iter().for_each(|table| table.write(&mut flat));
        flat
    }

    /// From numbers and text; `None` if they are of another version or machine.
    pub fn from_flat(numbers: &'static [u64], text: &'static str) -> Option<Self> {
        let mut reader = Reader { numbers, text };
        if reader.number()? as u64 != MAGIC {
            return None;
        }
        let classes = Classes::read(&mut reader)?;
        let words = Words::read(&mut reader)?;
        let trie = Trie::read(&mut reader)?;
        let prefixes = Prefixes::read(&mut reader)?;
        let (natures, _) = reader.longs()?.as_chunks();
        let natures = natures.iter().map(Nature::unpack).collect();
        let after = |[class, set @ ..]: &[u64; 1 + WORDS]| (ClassId(*class as u16), ClassSet(*set));
        let list = |reader: &mut Reader| Some(reader.longs()?.as_chunks().0.iter().map(after).collect());
        let count = reader.number()?;
        let after = (0..count).map(|_| list(&mut reader)).collect::<Option<_>>()?;
        let count = reader.number()?;
        let exact = (0..count).map(|_| reader.text().map(Cow::Borrowed)).collect::<Option<_>>()?;
        let count = reader.number()?;
        let tables = (0..count).map(|_| Table::read(&mut reader)).collect::<Option<_>>()?;
        Some(Self { words, trie, prefixes, natures, after, exact, tables, classes })
    }
}

impl Entry {
    /// Row, place of the exact term, and everything else.
    pub(super) fn pack(&self) -> [u32; 3] {
        let (after, is_after) = self.gate.only_after.map_or((0, 0), |class| (u32::from(class.0), 1));
        let case = self.gate.case as u32;
        let bits = case | is_after << 2 | u32::from(self.gate.weak) << 3 | u32::from(self.needs_upper) << 4;
        [self.row, self.exact << 9 | after, u32::from(self.table) << 16 | u32::from(self.class.0) << 5 | bits]
    }

    pub(super) fn unpack([row, exact, rest]: [u32; 3]) -> Self {
        let case = match rest & 3 {
            0 => Case::Fold,
            1 => Case::Title,
            _ => Case::Exact,
        };
        let only_after = (rest & 4 != 0).then_some(ClassId(exact as u16 & 0x1ff));
        Self {
            class: ClassId((rest >> 5) as u16 & 0x1ff),
            table: (rest >> 16) as u16,
            row,
            gate: Gate { case, only_after, weak: rest & 8 != 0 },
            exact: exact >> 9,
            needs_upper: rest & 16 != 0,
        }
    }
}
