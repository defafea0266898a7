//! Captures of one rule on one span.
//!
//! Most patterns leave one choice for each token, which is looked up; where there are several they are tried in order, with
//! memory of what failed: linear in span × program.

use rustc_hash::FxHashSet;
use smallvec::SmallVec;

use super::alphabet::SymbolId;
use super::follow::{ACCEPT, Follow, NONE, Sources};
use super::pairs::Pairs;
use crate::rules::Pc;

/// First token and end of each capture by slot, counted from the start of the match, which has at most
/// [`LONGEST`](super::automaton::LONGEST) tokens.
pub type Captures = SmallVec<[(u8, u8); 12]>;

/// Stands for the place of a capture that took no part.
pub(super) const UNSET: u8 = u8::MAX;

/// What one thread has learnt of choices, and its memory.
#[derive(Debug, Default)]
pub(super) struct Search {
    /// By place in the program (plus one) and symbol: the choices that the symbol leaves. One choice is its number, of
    /// several it is where they stand in `several`, with [`SEVERAL`]; [`NONE`] where there is none.
    left: Pairs,
    /// Numbers of choices in lists, each behind its length.
    several: Vec<u32>,
    /// Choices taken so far, one per token.
    path: Vec<u32>,
    /// Where there is something else to try: the token, and the rest of the list.
    open: Vec<(usize, std::ops::Range<usize>)>,
    /// Takes that led nowhere, with their tokens.
    failed: FxHashSet<(Pc, usize)>,
}

const SEVERAL: u32 = 1 << 31;
/// Choices after which those that are known are forgotten.
const MAX_CHOICES: usize = 1 << 20;

impl Search {
    /// The captures of the rule whose program starts at `start` over exactly these tokens; `None` if it does not match
    /// them.
    pub fn captures(
        &mut self,
        start: Pc,
        count: usize,
        tokens: &[SymbolId],
        sources: &mut Sources<'_>,
    ) -> Option<Captures> {
        if self.left.len() > MAX_CHOICES {
            self.left.clear();
            self.several.clear();
        }
        self.path.clear();
        self.open.clear();
        if !self.failed.is_empty() {
            self.failed.clear();
        }
        let mut pc = start;
        loop {
            let Some(symbol) = tokens.get(self.path.len()) else {
                let accept = sources.follow.accept(sources.program, pc);
                if accept != NONE {
                    self.path.push(accept);
                    return Some(self.replay(count, sources.follow));
                }
                pc = self.turn_back(sources.follow)?;
                continue;
            };
            let left = match self.left.get(pc + 1, *symbol) {
                Some(left) => left,
                None => self.learn(pc, *symbol, sources),
            };
            let choice = if left & SEVERAL == 0 {
                left
            } else if left == NONE {
                pc = self.turn_back(sources.follow)?;
                continue;
            } else {
                let list = (left & !SEVERAL) as usize;
                let end = list + 1 + self.several[list] as usize;
                self.open.push((self.path.len(), list + 2..end));
                self.several[list + 1]
            };
            let next = sources.follow.choice(choice).pc;
            if !self.failed.is_empty() && self.failed.contains(&(next, self.path.len())) {
                pc = self.turn_back(sources.follow)?;
                continue;
            }
            self.path.push(choice);
            pc = next + 1;
        }
    }

    /// Goes on with the last choice that was left open.
    fn turn_back(&mut self, follow: &Follow) -> Option<Pc> {
        loop {
            let (token, rest) = self.open.last_mut()?;
            let token = *token;
            let choice = rest.next();
            for (at, failed) in self.path.drain(token..).enumerate() {
                self.failed.insert((follow.choice(failed).pc, token + at));
            }
            let Some(choice) = choice.map(|at| self.several[at]) else {
                self.open.pop();
                continue;
            };
            let next = follow.choice(choice).pc;
            if !self.failed.contains(&(next, token)) {
                self.path.push(choice);
                return Some(next + 1);
            }
        }
    }

    /// What the choices of the path save.
    fn replay(&self, count: usize, follow: &Follow) -> Captures {
        let mut captures = Captures::new();
        captures.extend(std::iter::repeat_n((UNSET, UNSET), count));
        let slots = captures.as_mut_slice();
        for (at, choice) in (0..=UNSET).zip(&self.path) {
            for slot in follow.saves(follow.choice(*choice)) {
                let (start, end) = &mut slots[*slot as usize / 2];
                *(if slot % 2 == 0 { start } else { end }) = at;
            }
        }
        captures
    }

    /// The choices that a symbol leaves at a place.
    #[cold]
    fn learn(&mut self, pc: Pc, symbol: SymbolId, sources: &mut Sources<'_>) -> u32 {
        let conditions = sources.symbols.conditions(sources.alphabet, symbol);
        let numbers = sources.follow.at(sources.program, pc);
        let list = self.several.len();
        self.several.push(0);
        for (number, choice) in numbers.clone().zip(sources.follow.choices(numbers)) {
            if choice.condition != ACCEPT && conditions.hold(choice.condition) {
                self.several.push(number as u32);
            }
        }
        let left = match self.several[list + 1..] {
            [] => NONE,
            [only] => only,
            ref more => {
                self.several[list] = more.len() as u32;
                SEVERAL | list as u32
            }
        };
        if left & SEVERAL == 0 || left == NONE {
            self.several.truncate(list);
        }
        self.left.insert(pc + 1, symbol, left);
        left
    }
}
