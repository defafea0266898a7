//! The letters that patterns are made of: tokens by what conditions they meet.
//!
//! A token is a set of classes and perhaps a quoted word. Two tokens that meet the same conditions of all rules are the
//! same letter, a *symbol*; a condition on a symbol is one bit.

use rustc_hash::FxHashMap;

use crate::lexicon::{ClassSet, LIMIT, WordId};
use crate::rules::{ConditionId, Program};
use crate::scan::{Sort, SortId, Sorts};

/// Number of a symbol in [`Symbols`].
pub(super) type SymbolId = u32;

/// What the conditions of all rules ask for, by what they ask for. Made once, shared by all threads.
#[derive(Debug)]
pub(super) struct Alphabet {
    /// Machine words that hold a bit for each condition.
    width: usize,
    /// Conditions that ask for anything, as bits: they fail until it is seen.
    asking: Box<[u64]>,
    /// By class.
    classes: Vec<Asked>,
    /// By word.
    words: FxHashMap<WordId, Asked>,
}

/// The conditions that a class or a word is asked for in.
#[derive(Debug, Clone)]
struct Asked {
    /// Conditions that ask for nothing else, as bits.
    alone: Box<[u64]>,
    /// Conditions that refuse it, as bits.
    refused: Box<[u64]>,
    /// Conditions that ask for other classes too, with all that they ask for; noted under one of them only.
    together: Vec<(ConditionId, ClassSet)>,
}

impl Asked {
    fn apply(&self, set: &ClassSet, failed: &mut [u64]) {
        failed.iter_mut().zip(&self.alone).for_each(|(own, met)| *own &= !met);
        for (id, _) in self.together.iter().filter(|(_, all)| set.includes(all)) {
            failed[*id as usize / 64] &= !(1 << (id % 64));
        }
    }

    fn refuse(&self, failed: &mut [u64]) {
        failed.iter_mut().zip(&self.refused).for_each(|(own, more)| *own |= more);
    }
}

impl Alphabet {
    pub fn new(program: &Program) -> Self {
        let width = program.conditions.len().div_ceil(64).max(1);
        let none = || vec![0; width].into_boxed_slice();
        let nobody = || Asked { alone: none(), refused: none(), together: Vec::new() };
        let mut alphabet = Self { width, asking: none(), classes: vec![nobody(); LIMIT], words: FxHashMap::default() };
        for (id, condition) in program.conditions.iter().enumerate() {
            for class in condition.none.iter() {
                insert(&mut alphabet.classes[usize::from(class.0)].refused, id);
            }
            for word in &condition.not_words {
                insert(&mut alphabet.words.entry(*word).or_insert_with(nobody).refused, id);
            }
            let mut classes = condition.all.iter();
            let first = classes.next();
            let is_alone = match condition.word {
                Some(_) => first.is_none(),
                None => classes.next().is_none(),
            };
            let asked = match (condition.word, first) {
                (Some(word), _) => alphabet.words.entry(word).or_insert_with(nobody),
                (None, Some(class)) => &mut alphabet.classes[usize::from(class.0)],
                (None, None) => continue,
            };
            insert(&mut alphabet.asking, id);
            if is_alone {
                insert(&mut asked.alone, id);
            } else {
                asked.together.push((id as ConditionId, condition.all));
            }
        }
        alphabet
    }

    /// The conditions that a token does not meet, as bits.
    fn failed(&self, set: &ClassSet, word: WordId, into: &mut Vec<u64>) {
        into.clear();
        into.extend(&self.asking);
        let classes = || set.iter().map(|class| &self.classes[usize::from(class.0)]);
        let word = self.words.get(&word);
        classes().chain(word).for_each(|each| each.apply(set, into));
        classes().chain(word).for_each(|each| each.refuse(into));
    }
}

fn insert(bits: &mut [u64], at: usize) {
    bits[at / 64] |= 1 << (at % 64);
}

/// The symbols that one thread has met.
#[derive(Debug, Default)]
pub(super) struct Symbols {
    /// By sort of token; [`FREE`] for those that were not met.
    by_sort: Vec<SymbolId>,
    /// For each symbol, the conditions that it does not meet.
    failed: Vec<u64>,
    by_failed: FxHashMap<Box<[u64]>, SymbolId>,
    /// Of the sorts.
    generation: u64,
    /// Kept for its memory.
    scratch: Vec<u64>,
}

const FREE: SymbolId = SymbolId::MAX;

impl Symbols {
    /// Begins anew, with sorts of another generation.
    pub fn begin(&mut self, generation: u64) {
        *self = Self { generation, ..Self::default() };
    }

    /// The generation of the sorts whose symbols these are.
    #[inline]
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// The symbol of a sort of tokens.
    #[inline]
    pub fn id(&mut self, alphabet: &Alphabet, sort: SortId, sorts: &Sorts) -> SymbolId {
        match self.by_sort.get(sort.index()) {
            Some(symbol) if *symbol != FREE => *symbol,
            _ => self.learn(alphabet, sort, sorts.get(sort)),
        }
    }

    #[cold]
    #[inline(never)]
    fn learn(&mut self, alphabet: &Alphabet, id: SortId, sort: &Sort) -> SymbolId {
        let symbol = self.symbol(alphabet, &sort.set, sort.word);
        if self.by_sort.len() <= id.index() {
            self.by_sort.resize(id.index() + 1, FREE);
        }
        self.by_sort[id.index()] = symbol;
        symbol
    }

    /// The symbol of what has some classes and a word.
    fn symbol(&mut self, alphabet: &Alphabet, set: &ClassSet, word: WordId) -> SymbolId {
        alphabet.failed(set, word, &mut self.scratch);
        let next = self.by_failed.len() as SymbolId;
        match self.by_failed.get(self.scratch.as_slice()) {
            Some(symbol) => *symbol,
            None => {
                self.failed.extend(&self.scratch);
                self.by_failed.insert(self.scratch.as_slice().into(), next);
                next
            }
        }
    }

    /// The conditions on a symbol.
    #[inline]
    pub fn conditions(&self, alphabet: &Alphabet, symbol: SymbolId) -> Conditions<'_> {
        let start = symbol as usize * alphabet.width;
        Conditions { failed: &self.failed[start..start + alphabet.width] }
    }
}

/// What conditions a symbol meets.
#[derive(Clone, Copy)]
pub(super) struct Conditions<'a> {
    failed: &'a [u64],
}

impl Conditions<'_> {
    /// Whether it meets a condition.
    #[inline]
    pub fn hold(&self, condition: ConditionId) -> bool {
        self.failed[condition as usize / 64] >> (condition % 64) & 1 == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::ClassId;
    use crate::rules::{Condition, Symbol};

    #[test]
    fn bits_say_what_conditions_say() {
        let set = |classes: &[u16]| {
            classes.iter().fold(ClassSet::EMPTY, |mut set, class| {
                set.insert(ClassId(*class));
                set
            })
        };
        let mut program = Program::default();
        for (all, none, word, not_words) in [
            (set(&[]), set(&[]), None, vec![]),
            (set(&[1]), set(&[]), None, vec![]),
            (set(&[1, 200]), set(&[3]), None, vec![]),
            (set(&[]), set(&[1]), Some(WordId(7)), vec![]),
            (set(&[3]), set(&[]), None, vec![WordId(7), WordId(8)]),
        ] {
            program.push_take(Condition { all, none, word, not_words });
        }
        let alphabet = Alphabet::new(&program);
        let mut symbols = Symbols::default();
        for classes in [&[][..], &[1], &[1, 200], &[1, 3, 200], &[3], &[9]] {
            for word in [0, 7, 8, 9].map(WordId) {
                let symbol = Symbol { set: set(classes), word };
                let id = symbols.symbol(&alphabet, &symbol.set, word);
                assert_eq!(id, symbols.symbol(&alphabet, &symbol.set, word));
                for (condition, number) in program.conditions.iter().zip(0..) {
                    assert_eq!(symbols.conditions(&alphabet, id).hold(number), condition.holds(&symbol));
                }
            }
        }
        assert_eq!(symbols.symbol(&alphabet, &set(&[]), WordId(0)), symbols.symbol(&alphabet, &set(&[9]), WordId(9)));
    }
}
