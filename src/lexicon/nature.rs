//! What a word is before its neighbours are seen.
//!
//! Thousands of words are the same thing to everybody who asks (a town, a first name, nothing at all), so what they are is
//! kept once, a *nature*, and the record of a word holds its number.

use rustc_hash::FxHashMap;

use super::letters::Letters;
use super::{Case, ClassId, ClassSet, Entry, NodeId, Shape, WordId};

/// What a word is by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Nature {
    /// Its classes behind no gate.
    free: ClassSet,
    /// The same, with those that hang on nothing but the case of a word that is written in ASCII letters: in lower case,
    /// with a capital, in upper case.
    cased: [ClassSet; 3],
    /// The word itself, if some rule quotes it.
    word: WordId,
}

impl Nature {
    /// Machine words that hold one.
    pub(super) const SIZE: usize = 17;

    /// Its classes behind no gate.
    #[inline]
    pub fn free(&self) -> &ClassSet {
        &self.free
    }

    /// Its classes in a word of no more than [`LONGEST`](super::WordKey::LONGEST) ASCII letters. Where letters are mixed,
    /// these are only those behind no gate.
    pub fn written(&self, shape: Shape) -> &ClassSet {
        match column(shape) {
            Some(column) => &self.cased[column],
            None => &self.free,
        }
    }

    /// The word itself, if some rule quotes it.
    #[inline]
    pub fn word(&self) -> WordId {
        self.word
    }

    pub(super) fn quoted(self, word: WordId) -> Self {
        Self { word, ..self }
    }

    pub(super) fn pack(&self) -> [u64; Self::SIZE] {
        let mut packed = [u64::from(self.word.0); Self::SIZE];
        for (to, set) in packed.chunks_exact_mut(4).zip([&self.free].into_iter().chain(&self.cased)) {
            to.copy_from_slice(&set.0);
        }
        packed
    }

    pub(super) fn unpack(packed: &[u64; Self::SIZE]) -> Self {
        let set = |number: usize| ClassSet(std::array::from_fn(|word| packed[number * 4 + word]));
        Self { free: set(0), cased: [set(1), set(2), set(3)], word: WordId(packed[Self::SIZE - 1] as u32) }
    }
}

fn column(shape: Shape) -> Option<usize> {
    match shape {
        Shape::Lower => Some(0),
        Shape::Title => Some(1),
        // A single letter is either.
        Shape::Upper | Shape::Initial => Some(2),
        Shape::None | Shape::Mixed => None,
    }
}

/// What the lexicon knows of a word: its nature, the first node of its terms, and what else must be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Known(pub(super) u64);

impl Known {
    /// It has meanings that hang on its case alone; [`Nature::written`] holds them for most ways of writing it.
    pub const CASED: u8 = 1;
    /// It has meanings that only some way of writing it has that is not plain letters.
    pub const ODD: u8 = 2;
    /// It has meanings that hang on the token before.
    pub const AFTER: u8 = 4;
    /// It has meanings that hang on the token before, and that a word in lower case cannot have.
    pub const AFTER_UPPER: u8 = 8;
    /// It has meanings behind some gate.
    pub const GATED: u8 = Self::CASED | Self::ODD | Self::AFTER | Self::AFTER_UPPER;
    /// Longer terms start with it.
    pub const GOES_ON: u8 = 16;
    /// Longer terms have it after their first word.
    pub const INSIDE: u8 = 32;
    /// The dictionary of number words has it.
    pub const COUNTS: u8 = 64;

    pub(super) fn new(root: NodeId, nature: usize, flags: u8) -> Self {
        // More natures than fit are more than there are words.
        Self(u64::from(root.0) | (nature as u64 & 0xff_ffff) << 32 | u64::from(flags) << 56)
    }

    pub(super) fn with(self, flag: u8) -> Self {
        Self(self.0 | u64::from(flag) << 56)
    }

    /// First node of its terms.
    #[inline]
    pub fn root(self) -> Option<NodeId> {
        let node = NodeId(self.0 as u32);
        (node.0 != 0).then_some(node)
    }

    /// Number of its nature; 0 for a word that is not known.
    #[inline]
    pub fn nature(self) -> usize {
        (self.0 >> 32) as usize & 0xff_ffff
    }

    /// What else is known, as bits.
    #[inline]
    pub fn flags(self) -> u8 {
        (self.0 >> 56) as u8
    }
}

/// Distinct natures, by number. The first is that of words that are not known.
#[derive(Debug)]
pub(super) struct Natures {
    pub natures: Vec<Nature>,
    numbers: FxHashMap<Nature, usize>,
}

impl Default for Natures {
    fn default() -> Self {
        Self { natures: vec![Nature::default()], numbers: FxHashMap::default() }
    }
}

impl Natures {
    /// Number of a nature.
    pub fn intern(&mut self, nature: Nature) -> usize {
        let next = self.natures.len();
        let number = *self.numbers.entry(nature).or_insert(next);
        if number == next {
            self.natures.push(nature);
        }
        number
    }
}

/// The nature of the word with some meanings, and which of them it does not tell of; `exact` gives the terms as written
/// where the case must be so.
pub(super) fn by_itself<'e>(
    entries: &'e [Entry],
    exact: impl Fn(&'e Entry) -> Option<&'e str>,
    evidence: Option<ClassId>,
) -> (Nature, u8) {
    let (mut nature, mut flags) = (Nature::default(), 0);
    for entry in entries {
        let gate = entry.gate;
        let mut own = ClassSet::of(entry.class);
        evidence.filter(|_| !gate.weak).into_iter().for_each(|class| own.insert(class));
        if gate.only_after.is_some() {
            flags |= if entry.needs_upper() { Known::AFTER_UPPER } else { Known::AFTER };
            continue;
        }
        let columns = match (gate.case, exact(entry)) {
            (Case::Exact, Some(exact)) => {
                let letters = Letters::at(exact.as_bytes(), 0);
                if letters.length < exact.len() || letters.key.is_none() {
                    flags |= Known::ODD;
                    continue;
                }
                flags |= Known::CASED;
                column(letters.shape).map_or(0..0, |column| column..column + 1)
            }
            (Case::Title, _) => {
                flags |= Known::CASED;
                1..3
            }
            _ => {
                nature.free.extend(&own);
                0..3
            }
        };
        nature.cased[columns].iter_mut().for_each(|set| set.extend(&own));
    }
    (nature, flags)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Gate;

    #[test]
    fn meanings_by_case() {
        let terms = ["", "it", "It", "IT", "iT", "i-t", ""];
        let entry = |class: u8, case: Case, only_after: Option<ClassId>| {
            let gate = Gate { case, only_after, weak: class % 2 == 0 };
            Entry { class: ClassId(class), table: 0, row: 0, gate, exact: u32::from(class), needs_upper: false }
        };
        let by_itself = |entries: &[Entry]| {
            let (nature, flags) = by_itself(entries, |entry| Some(terms[entry.exact as usize]), Some(ClassId(9)));
            let shapes = [Shape::None, Shape::Lower, Shape::Title, Shape::Upper, Shape::Initial, Shape::Mixed];
            let shown = shapes.map(|shape| nature.written(shape).iter().map(|class| class.0).collect::<Vec<_>>());
            assert_eq!(Nature::unpack(&nature.quoted(WordId(7)).pack()), nature.quoted(WordId(7)));
            (shown.map(|set| format!("{set:?}")).join(""), flags)
        };
        let exact = |class| entry(class, Case::Exact, None);
        for (entries, shown, flags) in [
            (vec![entry(0, Case::Fold, None)], "[0][0][0][0][0][0]", 0),
            (vec![entry(6, Case::Title, None)], "[][][6][6][6][]", Known::CASED),
            (vec![exact(1), exact(2), exact(3)], "[][1, 9][2][3, 9][3, 9][]", Known::CASED),
            (vec![exact(4)], "[][][][][][]", Known::CASED),
            (vec![exact(5)], "[][][][][][]", Known::ODD),
            (vec![entry(0, Case::Fold, Some(ClassId(1)))], "[][][][][][]", Known::AFTER),
        ] {
            assert_eq!(by_itself(&entries), (shown.to_owned(), flags));
        }
    }
}
