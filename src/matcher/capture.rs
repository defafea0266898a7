//! Captures of one rule on one span, by backtracking with memory of what failed: linear in span × program.

use rustc_hash::FxHashSet;

use crate::rules::{Pc, Program, Step, Symbol};

/// Start and end token of each capture, by slot.
pub type Captures = Vec<Option<(usize, usize)>>;

struct Search<'a> {
    program: &'a Program,
    symbols: &'a dyn Fn(usize) -> Symbol,
    end: usize,
    failed: FxHashSet<(Pc, usize)>,
    slots: Vec<usize>,
}

const UNSET: usize = usize::MAX;

/// The captures of the program at `start` over exactly the tokens `from..end`; `None` if it does not match them.
pub fn captures(
    program: &Program,
    start: Pc,
    count: usize,
    symbols: &dyn Fn(usize) -> Symbol,
    from: usize,
    end: usize,
) -> Option<Captures> {
    let mut search = Search { program, symbols, end, failed: FxHashSet::default(), slots: vec![UNSET; count * 2] };
    search.from(start, from).then(|| {
        search.slots.chunks(2).map(|pair| (pair[0] != UNSET && pair[1] != UNSET).then(|| (pair[0], pair[1]))).collect()
    })
}

impl Search<'_> {
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
                    let slot = *slot as usize;
                    let before = std::mem::replace(&mut self.slots[slot], at);
                    if self.from(pc + 1, at) {
                        return true;
                    }
                    self.slots[slot] = before;
                    return false;
                }
                Step::Fork(first, second) => {
                    if !self.failed.insert((pc, at)) {
                        return false;
                    }
                    let (first, second) = (*first, *second);
                    if self.from(first, at) {
                        return true;
                    }
                    pc = second;
                }
            }
        }
    }
}
