//! What a word is before its neighbours are seen.
//!
//! Thousands of words are the same thing to everybody who asks (a town, a first name, nothing at all), so what they are is
//! kept once, a *nature*, and the record of a word holds its number.

use rustc_hash::FxHashMap;

use super::class::WORDS;
use super::fold::is_invisible;
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
    /// Numbers of the lists of what it can be behind some token, as for the classes: in any case, in lower case and so on.
    after: [u32; 4],
    /// The word itself, if some rule quotes it.
    word: WordId,
}

/// What a word can be behind some token: the class that this must have, and what the word is then.
pub type After = (ClassId, ClassSet);

impl Nature {
    /// Machine words that hold one.
    pub(super) const SIZE: usize = 4 * WORDS + 3;

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

    /// Number of the list of what it can be behind some token ([`Lexicon::after`](super::Lexicon::after)); 0 if that is
    /// nothing. For a word of ASCII letters with the meanings that hang on their case, if `shape` is given.
    #[inline]
    pub fn after(&self, shape: Option<Shape>) -> u32 {
        self.after[shape.and_then(column).map_or(0, |column| column + 1)]
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
        let [free, lower, title, upper] = [self.free, self.cased[0], self.cased[1], self.cased[2]].map(|set| set.0);
        let after = bytemuck::cast::<[u32; 4], [u64; 2]>(self.after);
        let words = free.into_iter().chain(lower).chain(title).chain(upper).chain(after).chain([self.word.0.into()]);
        let mut packed = [0; Self::SIZE];
        packed.iter_mut().zip(words).for_each(|(to, word)| *to = word);
        packed
    }

    pub(super) fn unpack(packed: &[u64; Self::SIZE]) -> Self {
        let set = |number: usize| ClassSet(std::array::from_fn(|word| packed[number * WORDS + word]));
        Self {
            free: set(0),
            cased: [set(1), set(2), set(3)],
            after: bytemuck::cast([packed[4 * WORDS], packed[4 * WORDS + 1]]),
            word: WordId(packed[4 * WORDS + 2] as u32),
        }
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
    /// It has meanings that hang on its case; its nature tells of them for most ways of writing it.
    pub const CASED: u8 = 1;
    /// It has meanings that hang on the token before; its nature tells of them.
    pub const AFTER: u8 = 2;
    /// It has meanings behind some gate.
    pub const GATED: u8 = Self::CASED | Self::AFTER;
    /// Longer terms start with it.
    pub const GOES_ON: u8 = 4;
    /// Longer terms have it after their first word.
    pub const INSIDE: u8 = 8;
    /// The dictionary of number words has it.
    pub const COUNTS: u8 = 16;

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

    /// Whether longer terms have it after their first word.
    #[inline]
    pub fn is_inside(self) -> bool {
        self.flags() & Self::INSIDE != 0
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
    /// The lists of what words can be behind some token. The first is empty.
    pub after: Vec<Vec<After>>,
    numbers: FxHashMap<Nature, usize>,
}

impl Default for Natures {
    fn default() -> Self {
        Self { natures: vec![Nature::default()], after: vec![Vec::new()], numbers: FxHashMap::default() }
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

    fn list(&mut self, mut list: Vec<After>) -> u32 {
        list.sort_unstable_by_key(|(class, set)| (*class, set.0));
        list.dedup_by(|next, own| {
            let is_same = own.0 == next.0;
            if is_same {
                own.1.extend(&next.1);
            }
            is_same
        });
        let number = self.after.iter().position(|each| *each == list).unwrap_or(self.after.len());
        if number == self.after.len() {
            self.after.push(list);
        }
        number as u32
    }
}

/// The nature of the word with some meanings, and which of them it does not tell of; `exact` gives the terms as written
/// where the case must be so.
pub(super) fn by_itself<'e>(
    entries: &'e [Entry],
    exact: impl Fn(&'e Entry) -> Option<&'e str>,
    evidence: Option<ClassId>,
    natures: &mut Natures,
) -> (Nature, u8) {
    let (mut nature, mut flags) = (Nature::default(), 0);
    let mut after: [Vec<After>; 4] = Default::default();
    for entry in entries {
        let gate = entry.gate;
        let mut own = ClassSet::of(entry.class);
        evidence.filter(|_| !gate.weak).into_iter().for_each(|class| own.insert(class));
        // Of no case, in lower case and so on.
        let columns = match (gate.case, exact(entry)) {
            (Case::Exact, Some(exact)) => {
                flags |= Known::CASED;
                // What is not visible is not compared either.
                let visible: String = exact.chars().filter(|character| !is_invisible(*character)).collect();
                let letters = Letters::at(visible.as_bytes(), 0);
                let is_plain = letters.length == visible.len() && !letters.key.is_none();
                column(letters.shape).filter(|_| is_plain).map_or(0..0, |column| column + 1..column + 2)
            }
            (Case::Title, _) => {
                flags |= Known::CASED;
                2..4
            }
            _ => 0..4,
        };
        match gate.only_after {
            None => columns.for_each(|column| match column.checked_sub(1) {
                None => nature.free.extend(&own),
                Some(cased) => nature.cased[cased].extend(&own),
            }),
            Some(before) => {
                flags |= Known::AFTER;
                after[columns].iter_mut().for_each(|list| list.push((before, own)));
            }
        }
    }
    nature.after = after.map(|list| natures.list(list));
    (nature, flags)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Gate;

    #[test]
    fn meanings_by_case() {
        let terms = ["", "it", "It", "IT", "iT", "i-t", ""];
        let entry = |class: u16, case: Case, only_after: Option<ClassId>| {
            let gate = Gate { case, only_after, weak: class.is_multiple_of(2) };
            Entry { class: ClassId(class), table: 0, row: 0, gate, exact: u32::from(class), needs_upper: false }
        };
        let by_itself = |entries: &[Entry]| {
            let mut natures = Natures::default();
            let exact = |entry: &Entry| Some(terms[entry.exact as usize]);
            let (nature, flags) = by_itself(entries, exact, Some(ClassId(9)), &mut natures);
            let shapes = [Shape::None, Shape::Lower, Shape::Title, Shape::Upper, Shape::Initial, Shape::Mixed];
            let shown = shapes.map(|shape| nature.written(shape).iter().map(|class| class.0).collect::<Vec<_>>());
            assert_eq!(Nature::unpack(&nature.quoted(WordId(7)).pack()), nature.quoted(WordId(7)));
            let after =
                natures.after[1..].iter().flatten().map(|(before, set)| format!("{before:?}{}", set.iter().count()));
            (shown.map(|set| format!("{set:?}")).join("") + &after.collect::<String>(), flags)
        };
        let exact = |class| entry(class, Case::Exact, None);
        for (entries, shown, flags) in [
            (vec![entry(0, Case::Fold, None)], "[0][0][0][0][0][0]", 0),
            (vec![entry(6, Case::Title, None)], "[][][6][6][6][]", Known::CASED),
            (vec![exact(1), exact(2), exact(3)], "[][1, 9][2][3, 9][3, 9][]", Known::CASED),
            (vec![exact(4)], "[][][][][][]", Known::CASED),
            (vec![exact(5)], "[][][][][][]", Known::CASED),
            (vec![entry(0, Case::Fold, Some(ClassId(1)))], "[][][][][][]ClassId(1)1", Known::AFTER),
            (
                vec![entry(0, Case::Title, Some(ClassId(1))), entry(1, Case::Title, Some(ClassId(1)))],
                "[][][][][][]ClassId(1)3",
                Known::AFTER | Known::CASED,
            ),
        ] {
            assert_eq!(by_itself(&entries), (shown.to_owned(), flags));
        }
    }
}
