//! Patterns as programs: a nondeterministic automaton over tokens (Thompson's construction).

use rustc_hash::FxHashMap;

use crate::lexicon::{ClassSet, WordId};

/// Place in a program.
pub type Pc = u32;

/// Number of a condition in a program.
pub type ConditionId = u32;

/// One instruction.
#[derive(Debug, Clone, Copy)]
pub enum Step {
    /// Takes a token that meets a condition, then goes on behind.
    Take(ConditionId),
    /// Goes on at both places; the first is preferred.
    Fork(Pc, Pc),
    /// Goes on elsewhere.
    Jump(Pc),
    /// Notes that capture `slot / 2` starts (even) or ends (odd) here.
    Save(u8),
    /// The rule of this number has matched.
    Accept(u32),
}

/// What a token must be.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Condition {
    /// Classes that it must have.
    pub all: ClassSet,
    /// Classes that it must not have.
    pub none: ClassSet,
    /// Word that it must be.
    pub word: Option<WordId>,
    /// Words that it must not be.
    pub not_words: Vec<WordId>,
}

/// What the automaton sees of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Symbol {
    /// Its classes.
    pub set: ClassSet,
    /// Its word, if some rule quotes it.
    pub word: WordId,
}

impl Condition {
    /// Whether a token meets the condition.
    pub fn holds(&self, symbol: &Symbol) -> bool {
        symbol.set.includes(&self.all)
            && !symbol.set.meets(&self.none)
            && self.word.is_none_or(|word| word == symbol.word)
            && !self.not_words.contains(&symbol.word)
    }

    /// Whether every token that meets this condition meets the other too (sound, not complete: it compares the
    /// conditions, not the dictionaries).
    pub fn implies(&self, other: &Condition) -> bool {
        let word = match (other.word, self.word) {
            (None, _) => true,
            (wanted, own) => wanted == own,
        };
        let not_words = other
            .not_words
            .iter()
            .all(|word| self.not_words.contains(word) || self.word.is_some_and(|own| own != *word));
        word && not_words && self.all.includes(&other.all) && self.none.includes(&other.none)
    }

    /// Whether no token can meet it.
    pub fn is_impossible(&self) -> bool {
        self.all.meets(&self.none) || self.word.is_some_and(|word| self.not_words.contains(&word))
    }
}

/// Programs of all rules and contexts, in one list.
#[derive(Debug, Default)]
pub struct Program {
    /// The instructions.
    pub steps: Vec<Step>,
    /// The conditions that they ask for, each once: ten takes share one.
    pub conditions: Vec<Condition>,
    by_condition: FxHashMap<Condition, ConditionId>,
}

impl Program {
    /// Adds an instruction; gives its place.
    pub fn push(&mut self, step: Step) -> Pc {
        self.steps.push(step);
        self.steps.len() as Pc - 1
    }

    /// Adds an instruction that takes a token.
    pub fn push_take(&mut self, condition: Condition) -> Pc {
        let next = self.conditions.len() as ConditionId;
        let id = *self.by_condition.entry(condition).or_insert_with_key(|condition| {
            self.conditions.push(condition.clone());
            next
        });
        self.push(Step::Take(id))
    }

    /// What a token must be to be taken at `pc`; none where no token is taken.
    pub fn wanted(&self, pc: Pc) -> Option<&Condition> {
        match self.steps[pc as usize] {
            Step::Take(condition) => Some(&self.conditions[condition as usize]),
            _ => None,
        }
    }

    /// Where the next instruction will be.
    pub fn next(&self) -> Pc {
        self.steps.len() as Pc
    }

    /// The takes and accepts that can be reached from `pc` without taking a token, in order of preference.
    pub fn closure(&self, pc: Pc, into: &mut Vec<Pc>) {
        // Forks and jumps that were followed: few, as they lie between two takes of one pattern.
        let mut seen: Vec<Pc> = Vec::new();
        let mut stack = vec![pc];
        while let Some(pc) = stack.pop() {
            match self.steps[pc as usize] {
                Step::Take(_) | Step::Accept(_) => {
                    if !into.contains(&pc) {
                        into.push(pc);
                    }
                    continue;
                }
                _ if seen.contains(&pc) => continue,
                Step::Fork(first, second) => stack.extend([second, first]),
                Step::Jump(to) => stack.push(to),
                Step::Save(_) => stack.push(pc + 1),
            }
            seen.push(pc);
        }
    }
}
