//! One automaton over all rules, determinized while it runs.
//!
//! Why not a library's regex engine? Its letters are bytes, so that every set of classes would need a byte, enumerated
//! before a text is seen; sets are products of dictionaries, case, adjacency and number form, and there are more than 256.
//! Here a letter is a set of classes, numbered when it is first met, and a state of the deterministic automaton is made
//! when it is first reached. So start-up builds nothing, memory grows with the texts' variety and not with the rules'
//! product, and after a few thousand tokens every step is one table look-up.
//!
//! How it fails: a text made to visit many states would grow the table; at [`MAX_STATES`] it is emptied and begun anew,
//! which costs time and changes no result.

use rustc_hash::FxHashMap;

use crate::lexicon::{ClassSet, WordId};
use crate::rules::{Pc, Program, Step, Symbol};

/// Number of a symbol in a [`Cache`].
pub type SymbolId = u32;

type StateId = u32;

const UNKNOWN: StateId = u32::MAX;
const DEAD: StateId = u32::MAX - 1;
const START: StateId = 0;

/// Tokens that a match may have. No sensible pattern is longer; a careless `<word>*` on a text without full stops is.
pub const LONGEST: usize = 200;
/// States after which the cache is emptied.
const MAX_STATES: usize = 20_000;
/// Symbols after which the cache is emptied.
const MAX_SYMBOLS: usize = 50_000;

#[derive(Debug)]
struct State {
    /// Takes that can go on from here, sorted.
    takes: Vec<Pc>,
    /// Rules that have matched here, sorted.
    accepts: Box<[u32]>,
    /// By symbol.
    next: Vec<StateId>,
}

/// What one thread has learnt of the automaton.
#[derive(Debug, Default)]
pub struct Cache {
    symbols: FxHashMap<Symbol, SymbolId>,
    known: Vec<Symbol>,
    states: Vec<State>,
    by_takes: FxHashMap<(Vec<Pc>, Box<[u32]>), StateId>,
    /// First states of contexts, by where their programs start.
    contexts: FxHashMap<Pc, StateId>,
}

/// A rule that matched: where its match ends, and its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accept {
    /// One past the last token.
    pub end: usize,
    /// Number of the rule.
    pub rule: u32,
}

impl Cache {
    /// Makes ready for a piece of text. Numbers of symbols stay valid until the next call of this.
    pub fn prepare(&mut self, program: &Program, starts: &[Pc]) {
        if self.states.len() > MAX_STATES || self.known.len() > MAX_SYMBOLS {
            *self = Self::default();
        }
        if self.states.is_empty() {
            let mut reached = Vec::new();
            for start in starts {
                let mut own = Vec::new();
                program.closure(*start, &mut own);
                reached.extend(own);
            }
            self.intern(program, reached);
        }
    }

    /// Number of a symbol.
    pub fn symbol(&mut self, set: ClassSet, word: WordId) -> SymbolId {
        let symbol = Symbol { set, word };
        let next = self.known.len() as SymbolId;
        let id = *self.symbols.entry(symbol).or_insert(next);
        if id == next {
            self.known.push(symbol);
        }
        id
    }

    /// Number of states so far.
    pub fn states(&self) -> usize {
        self.states.len()
    }

    fn intern(&mut self, program: &Program, mut reached: Vec<Pc>) -> StateId {
        reached.sort_unstable();
        reached.dedup();
        let mut accepts = Vec::new();
        reached.retain(|pc| match program.steps[*pc as usize] {
            Step::Accept(rule) => {
                accepts.push(rule);
                false
            }
            _ => true,
        });
        if reached.is_empty() && accepts.is_empty() {
            return DEAD;
        }
        accepts.sort_unstable();
        accepts.dedup();
        let key = (reached, accepts.into_boxed_slice());
        if let Some(state) = self.by_takes.get(&key) {
            return *state;
        }
        let state = self.states.len() as StateId;
        self.states.push(State { takes: key.0.clone(), accepts: key.1.clone(), next: Vec::new() });
        self.by_takes.insert(key, state);
        state
    }

    /// A step that was not taken before.
    fn step(&mut self, program: &Program, state: StateId, symbol: SymbolId) -> StateId {
        let seen = self.known[symbol as usize];
        let mut reached = Vec::new();
        for pc in &self.states[state as usize].takes {
            if let Step::Take(condition) = &program.steps[*pc as usize]
                && condition.holds(&seen)
            {
                program.closure(pc + 1, &mut reached);
            }
        }
        let next = self.intern(program, reached);
        let row = &mut self.states[state as usize].next;
        if row.len() <= symbol as usize {
            row.resize(symbol as usize + 1, UNKNOWN);
        }
        row[symbol as usize] = next;
        next
    }

    /// The state after one more symbol.
    fn next(&mut self, program: &Program, state: StateId, symbol: SymbolId) -> StateId {
        let known = self.states[state as usize].next.get(symbol as usize).copied().unwrap_or(UNKNOWN);
        if known == UNKNOWN { self.step(program, state, symbol) } else { known }
    }

    /// All matches that start at `at`, shortest first; `accepts` is cleared first.
    pub fn matches(&mut self, program: &Program, symbols: &[SymbolId], at: usize, accepts: &mut Vec<Accept>) {
        accepts.clear();
        let mut state = START;
        for (taken, symbol) in symbols[at..].iter().take(LONGEST).enumerate() {
            state = self.next(program, state, *symbol);
            if state == DEAD {
                return;
            }
            let end = at + taken + 1;
            accepts.extend(self.states[state as usize].accepts.iter().map(|rule| Accept { end, rule: *rule }));
        }
    }

    /// Whether the context whose program starts at `pc` matches some of the symbols from the first on.
    pub fn stands(&mut self, program: &Program, pc: Pc, symbols: impl Iterator<Item = SymbolId>) -> bool {
        let mut state = match self.contexts.get(&pc) {
            Some(state) => *state,
            None => {
                let mut reached = Vec::new();
                program.closure(pc, &mut reached);
                let state = self.intern(program, reached);
                self.contexts.insert(pc, state);
                state
            }
        };
        if !self.states[state as usize].accepts.is_empty() {
            return true;
        }
        for symbol in symbols {
            state = self.next(program, state, symbol);
            if state == DEAD {
                return false;
            }
            if !self.states[state as usize].accepts.is_empty() {
                return true;
            }
        }
        false
    }
}
