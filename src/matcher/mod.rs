//! From tokens and rules to matches: where each rule fires, with its captures, and who wins where two overlap.
//!
//! The automaton is tried from each token that can start a rule. Of the matches there, the best of each kind is kept:
//! higher priority first, then the longer, then the rule written first. A match must also pass what the automaton does
//! not know: contexts, comparisons, the veto, and that not all of it is weak. Then overlaps are settled, within and
//! between kinds. Knows nothing of values.

mod alphabet;
mod automaton;
mod candidate;
mod capture;
mod follow;
mod overlap;
mod pairs;
mod progress;
mod why;

use std::ops::Range;

use crate::rules::{Pc, Rule, Ruleset};
use crate::scan::{Scanned, Topics};

use alphabet::{Alphabet, SymbolId, Symbols};
use automaton::Automaton;
use candidate::{Ranked, RuleFacts, View};
use follow::{Follow, Sources};

pub use candidate::Outranked;
pub use capture::Captures;
pub use overlap::Advantage;
pub use progress::{Context, Progress, Refusing, progress, refusing_context, symbol};
pub use why::Why;

/// Name of the capture that is the fact, where the match holds more than the fact.
pub const FACT: &str = "fact";

/// A rule that fired.
#[derive(Debug, Clone)]
pub struct Match {
    /// Number of the rule.
    pub rule: usize,
    /// All tokens of the match.
    pub tokens: Range<usize>,
    /// The tokens that are the fact.
    pub fact: Range<usize>,
    /// Tokens of each capture, by slot, counted from the first token of the match.
    captures: Captures,
}

impl Match {
    /// Tokens of a capture.
    pub fn capture(&self, rule: &Rule, name: &str) -> Option<Range<usize>> {
        self.slot(rule.slot(name)?)
    }

    /// Tokens of the capture in a slot; `None` if it took no part or is empty.
    #[inline]
    pub fn slot(&self, slot: usize) -> Option<Range<usize>> {
        let (start, end) = *self.captures.get(slot)?;
        let at = self.tokens.start;
        (start < end && end != capture::UNSET).then(|| at + usize::from(start)..at + usize::from(end))
    }
}

/// Why a match of the automaton came to nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The text around it is about something else.
    Topic,
    /// What must stand before or after does not, or what must not does.
    Context,
    /// A comparison of captures does not hold.
    Require,
    /// The veto matched.
    Veto,
    /// Nothing in it is strong.
    Weak,
    /// It stands in page furniture.
    Furniture,
    /// A rule of its kind does better at the same place.
    Outdone,
    /// It overlaps with a better match.
    Overlap,
}

impl Refusal {
    /// A code for `explain`.
    pub fn code(self) -> &'static str {
        match self {
            Refusal::Topic => "other-topic",
            Refusal::Context => "context",
            Refusal::Require => "require",
            Refusal::Veto => "veto",
            Refusal::Weak => "weak",
            Refusal::Furniture => "furniture",
            Refusal::Outdone => "outdone",
            Refusal::Overlap => "overlap",
        }
    }
}

/// Who wants to know what was refused.
pub type Refused<'o> = dyn FnMut(&Match, Refusal) + 'o;

/// What a thread keeps between texts: what it has learnt of the rules, and memory.
#[derive(Debug, Default)]
pub struct Workspace {
    symbols: Symbols,
    follow: Follow,
    automaton: Automaton,
    search: capture::Search,
    /// The symbol of each token.
    letters: Vec<SymbolId>,
    accepts: Vec<Ranked>,
    found: Vec<Match>,
    settling: overlap::Settling,
    standing: Vec<u32>,
}

impl Workspace {
    /// The matches that stand, by position; valid after [`Matcher::settle`].
    pub fn standing(&self) -> impl Iterator<Item = &Match> {
        self.standing.iter().map(|number| &self.found[*number as usize])
    }
}

/// Tries rules on tokens. Made once, shared by all threads.
#[derive(Debug)]
pub struct Matcher {
    starts: Vec<Pc>,
    alphabet: Alphabet,
    rules: Vec<RuleFacts>,
    /// By rule: its part in who wins an overlap.
    ranks: Vec<u128>,
}

impl Matcher {
    /// A matcher for the rules.
    pub fn new(ruleset: &Ruleset) -> Self {
        let mut priorities: Vec<i32> = ruleset.rules.iter().map(|rule| rule.priority).collect();
        priorities.sort_unstable_by_key(|priority| std::cmp::Reverse(*priority));
        priorities.dedup();
        let priority = |rule: &Rule| priorities.partition_point(|priority| *priority > rule.priority);
        let rules = || ruleset.rules.iter().enumerate();
        Self {
            starts: ruleset.rules.iter().map(|rule| rule.start).collect(),
            alphabet: Alphabet::new(&ruleset.program),
            rules: rules().map(|(number, rule)| RuleFacts::new(number, rule, priority(rule))).collect(),
            ranks: rules().map(|(number, rule)| overlap::rank_of(number, rule, priority(rule))).collect(),
        }
    }

    /// Finds all matches, best per start and kind, before overlaps are settled. What is refused is told to `refused`, if
    /// anyone listens; else matches that cannot win are not looked at.
    pub fn find(
        &self,
        ruleset: &Ruleset,
        text: &str,
        scanned: &Scanned,
        topics: &Topics<'_>,
        workspace: &mut Workspace,
        mut refused: Option<&mut Refused<'_>>,
    ) {
        let Workspace { symbols, follow, automaton, search, letters, accepts, found, .. } = workspace;
        if symbols.generation() != scanned.met().generation() {
            (*symbols, *follow, *automaton, *search) = Default::default();
            symbols.begin(scanned.met().generation());
        }
        letters.clear();
        letters.extend(scanned.sorts().iter().map(|sort| symbols.id(&self.alphabet, *sort, scanned.met())));
        let mut sources = Sources { program: &ruleset.program, alphabet: &self.alphabet, symbols, follow };
        automaton.prepare(&self.starts, &mut sources);
        accepts.clear();
        found.clear();
        for piece in scanned.pieces() {
            let view = View {
                ruleset,
                facts: &self.rules,
                text,
                scanned,
                topics: Some(topics),
                letters,
                piece: piece.clone(),
            };
            automaton.search(&letters[piece.clone()], &mut sources);
            for at in piece.clone() {
                for (length, rules) in automaton.matches(at - piece.start) {
                    accepts.extend(rules.iter().map(|rule| self.rules[*rule as usize].ranked(length)));
                }
                if !accepts.is_empty() {
                    view.best(at, accepts, automaton, search, &mut sources, found, refused.as_deref_mut());
                    accepts.clear();
                }
            }
        }
    }

    /// Settles the overlaps of the matches that were found. Those that may come to nothing lose against all that will not.
    pub fn settle(
        &self,
        workspace: &mut Workspace,
        is_doubtful: impl FnMut(&Match) -> bool,
        refused: impl FnMut(&Match, Refusal),
    ) {
        let Workspace { found, settling, standing, .. } = workspace;
        settling.settle(&self.ranks, found, standing, is_doubtful, refused);
    }
}
