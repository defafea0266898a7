//! Captures of one rule on one span, by backtracking with memory of what failed: linear in span × program. A match is at most
//! [`LONGEST`](super::automaton::LONGEST) tokens, which bounds the recursion.

use crate::rules::{Pc, Program, Rule, Step, Symbol};

/// Start and end token of each capture, by slot.
pub type Captures = Vec<Option<(usize, usize)>>;

/// Memory of a search, kept between searches.
#[derive(Debug, Default)]
pub struct Memory {
    /// Forks that led nowhere, as bits by place in the program and in the text.
    failed: Vec<u64>,
}

struct Search<'a> {
    program: &'a Program,
    first: Pc,
    symbols: &'a dyn Fn(usize) -> Symbol,
    from: usize,
    end: usize,
    failed: &'a mut Vec<u64>,
    slots: Vec<usize>,
    /// Slots that were set, with what was in them before, so that a wrong turn can be taken back.
    trail: Vec<(u8, usize)>,
}

const UNSET: usize = usize::MAX;

/// The captures of a rule over exactly the tokens `from..end`; `None` if it does not match them.
pub fn captures(
    program: &Program,
    rule: &Rule,
    symbols: &dyn Fn(usize) -> Symbol,
    from: usize,
    end: usize,
    memory: &mut Memory,
) -> Option<Captures> {
    let bits = rule.length as usize * (end - from + 1);
    memory.failed.clear();
    memory.failed.resize(bits.div_ceil(64), 0);
    let slots = vec![UNSET; rule.captures.len() * 2];
    let mut search =
        Search { program, first: rule.start, symbols, from, end, failed: &mut memory.failed, slots, trail: Vec::new() };
    search.from(rule.start, from).then(|| {
        search.slots.chunks(2).map(|pair| (pair[0] != UNSET && pair[1] != UNSET).then(|| (pair[0], pair[1]))).collect()
    })
}

impl Search<'_> {
    /// Whether a fork is met for the first time at a token.
    fn is_new(&mut self, pc: Pc, at: usize) -> bool {
        let bit = (pc - self.first) as usize * (self.end - self.from + 1) + (at - self.from);
        let (word, mask) = (&mut self.failed[bit / 64], 1 << (bit % 64));
        let is_new = *word & mask == 0;
        *word |= mask;
        is_new
    }

    fn from(&mut self, mut pc: Pc, mut at: usize) -> bool {
        loop {
            match &self.program.steps[pc as usize] {
                Step::Accept(_) => return at == self.end,
                Step::Take(condition) => {
                    if at >= self.end || !condition.holds(&(self.symbols)(at)) {
                        return false;
                    }
                    at += 1;
                    pc += 1;
                }
                Step::Jump(to) => pc = *to,
                Step::Save(slot) => {
                    let before = std::mem::replace(&mut self.slots[*slot as usize], at);
                    self.trail.push((*slot, before));
                    pc += 1;
                }
                Step::Fork(first, second) => {
                    let (first, second) = (*first, *second);
                    if !self.is_new(pc, at) {
                        return false;
                    }
                    let mark = self.trail.len();
                    if self.from(first, at) {
                        return true;
                    }
                    while self.trail.len() > mark {
                        if let Some((slot, before)) = self.trail.pop() {
                            self.slots[slot as usize] = before;
                        }
                    }
                    pc = second;
                }
            }
        }
    }
}
