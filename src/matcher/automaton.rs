//! One automaton over all rules, determinized while it runs.
//!
//! Why not a library's regex engine? Its letters are bytes, so that every set of classes would need a byte, enumerated
//! before a text is seen; sets are products of dictionaries, case, adjacency and number form, and there are more than 256.
//! Here a letter is a symbol (see [`alphabet`](super::alphabet)), numbered when it is first met, and a state of the
//! deterministic automaton is made when it is first reached. So start-up builds nothing, memory grows with the texts'
//! variety and not with the rules' product, and after a few thousand tokens every step is one table look-up.
//!
//! How it fails: a text made to visit many states would grow the table; at [`MAX_STATES`] it is emptied and begun anew,
//! which costs time and changes no result.

use rustc_hash::FxHashMap;

use super::alphabet::SymbolId;
use super::follow::{ACCEPT, Sources};
use super::pairs::Pairs;
use crate::rules::{ConditionId, Pc, Program, Step};

/// Tokens that a match may have. No sensible pattern is longer; a careless `<word>*` on a text without full stops is.
pub const LONGEST: usize = 200;
/// States after which the automaton is emptied.
const MAX_STATES: usize = 20_000;
/// Steps after which those that are known are forgotten.
const MAX_STEPS: usize = 1 << 20;

/// A state by number, with what everybody asks of it: whether rules have matched there, and whether no take goes on.
/// A state where neither is so does not exist, which leaves a mark for the dead end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Edge(u32);

impl Edge {
    const ACCEPTS: u32 = 1 << 31;
    const ENDS: u32 = 1 << 30;
    /// No rule goes on.
    const DEAD: Edge = Edge(Edge::ENDS);
    /// Not looked at so far.
    const UNKNOWN: Edge = Edge(u32::MAX);

    #[inline]
    fn state(self) -> u32 {
        self.0 & !(Edge::ACCEPTS | Edge::ENDS)
    }

    /// Whether it accepts or ends: most do neither.
    #[inline]
    fn is_special(self) -> bool {
        self.0 >= Edge::ENDS
    }

    #[inline]
    fn accepts(self) -> bool {
        self.0 & Edge::ACCEPTS != 0
    }

    #[inline]
    fn ends(self) -> bool {
        self.0 & Edge::ENDS != 0
    }
}

#[derive(Debug, Clone, Copy)]
struct State {
    /// Its members, as a range of `members`: first `takes` takes that can go on from here, then accepts.
    members: (u32, u32),
    takes: u32,
    /// Rules that have matched here, as a range of `accepts`.
    accepts: (u32, u32),
}

/// What one thread has learnt of the automaton.
#[derive(Debug, Default)]
pub(super) struct Automaton {
    states: Vec<State>,
    members: Vec<(Pc, ConditionId)>,
    accepts: Vec<u32>,
    /// By a hash of the members that does not depend on their order. Of two states with the same hash, which does not
    /// happen, one is made anew each time.
    by_hash: FxHashMap<u64, Edge>,
    /// By symbol: where it leads from the start of all rules. Most tokens start none, and one look here tells.
    first: Vec<Edge>,
    next: Pairs,
    /// The starts of the search at hand that go on, in their order, and how far each has come; kept for its memory.
    fronts: Vec<(u32, Edge)>,
    ends: Ends,
    /// First states of contexts, by number of the context.
    contexts: Vec<Edge>,
    /// By place in the program: the last step that has reached it.
    reached: Vec<u32>,
    steps: u32,
    /// The takes that the step at hand has reached so far, and the accepts; kept for their memory.
    new_takes: Vec<(Pc, ConditionId)>,
    new_accepts: Vec<(Pc, ConditionId)>,
    /// The takes that the symbol at hand meets; kept for its memory.
    held: Vec<Pc>,
    /// The sum of the hashes of `new_takes` and `new_accepts`.
    hash: u64,
}

/// The matches of a search, as one chain per start: most starts have none.
#[derive(Debug, Default)]
struct Ends {
    ends: Vec<End>,
    /// By start: one more than the number of its longest match; 0 if it has none.
    last: Vec<u32>,
}

/// Where rules have matched.
#[derive(Debug, Clone, Copy)]
struct End {
    length: u32,
    state: u32,
    /// The next shorter match of its start, as in [`Ends::last`].
    next: u32,
}

impl Ends {
    /// Forgets all; makes room for a number of starts.
    fn clear(&mut self, starts: usize) {
        self.ends.clear();
        self.last.clear();
        self.last.resize(starts, 0);
    }

    #[inline]
    fn note(&mut self, start: u32, length: u32, state: u32) {
        let last = &mut self.last[start as usize];
        self.ends.push(End { length, state, next: *last });
        *last = self.ends.len() as u32;
    }

    /// The matches from a start on, longest first.
    #[inline]
    fn of(&self, start: usize) -> impl Iterator<Item = &End> {
        let get = |number: u32| self.ends.get((number as usize).checked_sub(1)?);
        std::iter::successors(get(self.last[start]), move |end| get(end.next))
    }
}

/// The start of all rules.
const START: u32 = 0;

impl Automaton {
    /// Makes ready for a piece of text.
    pub fn prepare(&mut self, starts: &[Pc], sources: &mut Sources<'_>) {
        if self.states.len() > MAX_STATES {
            *self = Self::default();
        }
        if self.states.is_empty() {
            self.begin();
            for start in starts {
                self.reach(*start, sources);
            }
            self.intern(sources.program);
        }
    }

    /// Finds all matches among the symbols, for [`matches`](Self::matches) to tell of them.
    ///
    /// All starts go on by one symbol together, for a look at where a symbol leads waits for memory: the looks of many starts
    /// wait together, those of one start for one another.
    pub fn search(&mut self, symbols: &[SymbolId], sources: &mut Sources<'_>) {
        self.ends.clear(symbols.len());
        let mut fronts = std::mem::take(&mut self.fronts);
        fronts.clear();
        for (start, symbol) in (0..).zip(symbols) {
            let edge = match self.first.get(*symbol as usize) {
                Some(edge) if *edge != Edge::UNKNOWN => *edge,
                _ => self.first_step(*symbol, sources),
            };
            if edge != Edge::DEAD {
                fronts.push((start, edge));
            }
        }
        for length in 1..=LONGEST as u32 {
            let mut kept = 0;
            for number in 0..fronts.len() {
                let (start, edge) = fronts[number];
                if edge.is_special() {
                    if edge.accepts() {
                        self.ends.note(start, length, edge.state());
                    }
                    if edge.ends() {
                        continue;
                    }
                }
                let Some(symbol) = symbols.get((start + length) as usize) else { continue };
                let edge = self.step(edge.state(), *symbol, sources);
                // The dead are written over; no branch waits for what memory says.
                fronts[kept] = (start, edge);
                kept += usize::from(edge != Edge::DEAD);
            }
            fronts.truncate(kept);
            if fronts.is_empty() {
                break;
            }
        }
        self.fronts = fronts;
    }

    /// The length and the rules of each match that the last search found from a symbol on.
    #[inline]
    pub fn matches(&self, start: usize) -> impl Iterator<Item = (usize, &[u32])> {
        self.ends.of(start).map(|end| {
            let (from, to) = self.states[end.state as usize].accepts;
            (end.length as usize, &self.accepts[from as usize..to as usize])
        })
    }

    /// Whether the context of a number, whose program starts at `pc`, matches some of the symbols from the first on.
    pub fn stands(
        &mut self,
        context: usize,
        pc: Pc,
        symbols: impl Iterator<Item = SymbolId>,
        sources: &mut Sources<'_>,
    ) -> bool {
        let mut edge = self.contexts.get(context).copied().unwrap_or(Edge::UNKNOWN);
        if edge == Edge::UNKNOWN {
            self.begin();
            self.reach(pc, sources);
            edge = self.intern(sources.program);
            if self.contexts.len() <= context {
                self.contexts.resize(context + 1, Edge::UNKNOWN);
            }
            self.contexts[context] = edge;
        }
        let mut symbols = symbols;
        while !edge.accepts() {
            if edge.ends() {
                return false;
            }
            let Some(symbol) = symbols.next() else { return false };
            edge = self.step(edge.state(), symbol, sources);
        }
        true
    }

    /// Where one more symbol leads.
    #[inline(always)]
    fn step(&mut self, state: u32, symbol: SymbolId, sources: &mut Sources<'_>) -> Edge {
        match self.next.get(state, symbol) {
            Some(edge) => Edge(edge),
            None => self.new_step(state, symbol, sources),
        }
    }

    #[cold]
    #[inline(never)]
    fn new_step(&mut self, state: u32, symbol: SymbolId, sources: &mut Sources<'_>) -> Edge {
        let edge = self.find(state, symbol, sources);
        if self.next.len() == MAX_STEPS {
            self.next.clear();
        }
        self.next.insert(state, symbol, edge.0);
        edge
    }

    #[cold]
    #[inline(never)]
    fn first_step(&mut self, symbol: SymbolId, sources: &mut Sources<'_>) -> Edge {
        let edge = self.find(START, symbol, sources);
        if self.first.len() <= symbol as usize {
            self.first.resize(symbol as usize + 1, Edge::UNKNOWN);
        }
        self.first[symbol as usize] = edge;
        edge
    }

    /// A step that was not taken before.
    #[cold]
    #[inline(never)]
    fn find(&mut self, state: u32, symbol: SymbolId, sources: &mut Sources<'_>) -> Edge {
        self.begin();
        let conditions = sources.symbols.conditions(sources.alphabet, symbol);
        let State { members, takes, .. } = self.states[state as usize];
        let takes = &self.members[members.0 as usize..(members.0 + takes) as usize];
        // The start of all rules has a thousand takes, of which few hold: testing them is a loop of its own.
        let mut held = std::mem::take(&mut self.held);
        held.clear();
        for (pc, condition) in takes {
            if conditions.hold(*condition) {
                held.push(*pc);
            }
        }
        for pc in &held {
            self.reach(pc + 1, sources);
        }
        self.held = held;
        self.intern(sources.program)
    }

    /// Begins to gather the members of a state.
    fn begin(&mut self) {
        self.new_takes.clear();
        self.new_accepts.clear();
        self.hash = 0;
        self.steps += 1;
    }

    /// Gathers what can be reached from a place.
    fn reach(&mut self, pc: Pc, sources: &mut Sources<'_>) {
        if self.reached.is_empty() {
            self.reached.resize(sources.program.steps.len(), 0);
        }
        let numbers = sources.follow.at(sources.program, pc);
        for choice in sources.follow.choices(numbers) {
            let step = &mut self.reached[choice.pc as usize];
            if *step != self.steps {
                *step = self.steps;
                self.hash = self.hash.wrapping_add(hash(choice.pc));
                let new = if choice.condition == ACCEPT { &mut self.new_accepts } else { &mut self.new_takes };
                new.push((choice.pc, choice.condition));
            }
        }
    }

    /// The state of the gathered members.
    fn intern(&mut self, program: &Program) -> Edge {
        let (takes, accepts) = (self.new_takes.len(), self.new_accepts.len());
        if takes + accepts == 0 {
            return Edge::DEAD;
        }
        if let Some(edge) = self.by_hash.get(&self.hash) {
            let (from, to) = self.states[edge.state() as usize].members;
            let members = &self.members[from as usize..to as usize];
            let is_reached = |(pc, _): &(Pc, ConditionId)| self.reached[*pc as usize] == self.steps;
            if members.len() == takes + accepts && members.iter().all(is_reached) {
                return *edge;
            }
        }
        let mut edge = Edge(self.states.len() as u32);
        if takes == 0 {
            edge.0 |= Edge::ENDS;
        }
        if accepts > 0 {
            edge.0 |= Edge::ACCEPTS;
        }
        let (members, rules) = (self.members.len(), self.accepts.len());
        self.members.append(&mut self.new_takes);
        for (pc, _) in &self.new_accepts {
            if let Step::Accept(rule) = program.steps[*pc as usize] {
                self.accepts.push(rule);
            }
        }
        self.members.append(&mut self.new_accepts);
        self.states.push(State {
            members: (members as u32, self.members.len() as u32),
            takes: takes as u32,
            accepts: (rules as u32, self.accepts.len() as u32),
        });
        self.by_hash.insert(self.hash, edge);
        edge
    }
}

/// A number that looks random, for sums that tell sets apart.
fn hash(pc: Pc) -> u64 {
    let mixed = (u64::from(pc) + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed ^ mixed >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9)
}
