//! What can come next in a pattern: the takes behind each take, without the forks and jumps between them.

use super::alphabet::{Alphabet, Symbols};
use crate::rules::{ConditionId, Pc, Program, Step};

/// A way to go on from some place in a program: by taking a token, or by accepting.
#[derive(Debug, Clone, Copy)]
pub(super) struct Choice {
    /// Where the take or accept stands.
    pub pc: Pc,
    /// What a token must be; [`ACCEPT`] for an accept.
    pub condition: ConditionId,
    /// Saves on the way.
    saves: (u32, u32),
}

/// Stands for the condition where a choice takes no token.
pub(super) const ACCEPT: ConditionId = ConditionId::MAX;

/// The choices at one place, best first.
#[derive(Debug, Clone, Copy)]
struct Place {
    first: u32,
    end: u32,
    /// The one that accepts; [`NONE`] where there is none.
    accept: u32,
}

/// No choice.
pub(super) const NONE: u32 = u32::MAX;

/// Choices by place, each found out when it is first asked for.
#[derive(Debug, Default)]
pub(super) struct Follow {
    /// By place in the program: number in `places` plus one.
    known: Vec<u32>,
    places: Vec<Place>,
    choices: Vec<Choice>,
    saves: Vec<u8>,
}

impl Follow {
    /// The numbers of the choices at a place, best first.
    pub fn at(&mut self, program: &Program, pc: Pc) -> std::ops::Range<usize> {
        let place = self.place(program, pc);
        place.first as usize..place.end as usize
    }

    /// The choices of some numbers.
    #[inline]
    pub fn choices(&self, numbers: std::ops::Range<usize>) -> &[Choice] {
        &self.choices[numbers]
    }

    /// The choice of a number.
    #[inline]
    pub fn choice(&self, number: u32) -> &Choice {
        &self.choices[number as usize]
    }

    /// The number of the choice to accept at a place; [`NONE`] if more is wanted.
    #[inline]
    pub fn accept(&mut self, program: &Program, pc: Pc) -> u32 {
        self.place(program, pc).accept
    }

    /// The slots that a choice saves, in order.
    #[inline]
    pub fn saves(&self, choice: &Choice) -> &[u8] {
        &self.saves[choice.saves.0 as usize..choice.saves.1 as usize]
    }

    #[inline]
    fn place(&mut self, program: &Program, pc: Pc) -> Place {
        match self.known.get(pc as usize) {
            Some(number) if *number > 0 => self.places[*number as usize - 1],
            _ => self.find(program, pc),
        }
    }

    #[cold]
    fn find(&mut self, program: &Program, pc: Pc) -> Place {
        let first = self.choices.len();
        let mut walk = Walk { seen: Vec::new(), saves: Vec::new() };
        let mut accept = NONE;
        // Each with the number of saves before it.
        let mut stack = vec![(pc, 0)];
        while let Some((pc, saves)) = stack.pop() {
            walk.saves.truncate(saves);
            match program.steps[pc as usize] {
                step @ (Step::Take(_) | Step::Accept(_)) => {
                    if self.choices[first..].iter().any(|choice| choice.pc == pc) {
                        continue;
                    }
                    let start = self.saves.len() as u32;
                    self.saves.extend(&walk.saves);
                    let saves = (start, self.saves.len() as u32);
                    let condition = match step {
                        Step::Take(condition) => condition,
                        _ => {
                            accept = self.choices.len() as u32;
                            ACCEPT
                        }
                    };
                    self.choices.push(Choice { pc, condition, saves });
                }
                _ if walk.seen.contains(&pc) => {}
                Step::Fork(first, second) => {
                    walk.seen.push(pc);
                    stack.extend([(second, saves), (first, saves)]);
                }
                Step::Jump(to) => {
                    walk.seen.push(pc);
                    stack.push((to, saves));
                }
                Step::Save(slot) => {
                    walk.seen.push(pc);
                    walk.saves.push(slot);
                    stack.push((pc + 1, saves + 1));
                }
            }
        }
        let place = Place { first: first as u32, end: self.choices.len() as u32, accept };
        if self.known.is_empty() {
            self.known.resize(program.steps.len(), 0);
        }
        self.places.push(place);
        self.known[pc as usize] = self.places.len() as u32;
        place
    }
}

/// What steps of the automaton and choices of a search are made from.
pub(super) struct Sources<'a> {
    pub program: &'a Program,
    pub alphabet: &'a Alphabet,
    pub symbols: &'a Symbols,
    pub follow: &'a mut Follow,
}

/// What a search for choices has passed.
struct Walk {
    /// Forks, jumps and saves: few, as they lie between two takes of one pattern.
    seen: Vec<Pc>,
    saves: Vec<u8>,
}
