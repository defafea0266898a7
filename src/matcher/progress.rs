//! How far a pattern gets, for `explain`: the program walked step by step, without the automaton.

use std::ops::Range;

use super::candidate::CONTEXT;
use crate::rules::{Pc, Program, Rule, Ruleset, Step, Symbol};
use crate::scan::Scanned;

/// How far a pattern gets from a token.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Progress {
    /// Tokens taken.
    pub taken: usize,
    /// Tokens of the longest match on the way; none where there is no match.
    pub matched: Option<usize>,
    /// The steps that were wanted where it stopped.
    pub wanted: Vec<Pc>,
}

/// How far the program at `start` gets over some symbols.
pub fn progress(program: &Program, start: Pc, symbols: impl Iterator<Item = Symbol>) -> Progress {
    let mut states = Vec::new();
    program.closure(start, &mut states);
    let accepts = |states: &[Pc]| states.iter().any(|pc| matches!(program.steps[*pc as usize], Step::Accept(_)));
    let mut progress = Progress { matched: accepts(&states).then_some(0), ..Progress::default() };
    for symbol in symbols {
        let mut next = Vec::new();
        for pc in &states {
            if program.wanted(*pc).is_some_and(|condition| condition.holds(&symbol)) {
                program.closure(pc + 1, &mut next);
            }
        }
        if next.is_empty() {
            break;
        }
        states = next;
        progress.taken += 1;
        if accepts(&states) {
            progress.matched = Some(progress.taken);
        }
    }
    progress.wanted = states;
    progress
}

/// What patterns see of a token.
pub fn symbol(scanned: &Scanned, at: usize) -> Symbol {
    Symbol { set: *scanned.set(at), word: scanned.tokens[at].word }
}

/// A context of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Context {
    /// What must stand before.
    Before,
    /// What must stand after.
    After,
    /// What must not stand before.
    NotBefore,
    /// What must not stand after.
    NotAfter,
}

impl Context {
    /// All, with their names in rule files.
    pub const ALL: [(Context, &'static str); 4] = [
        (Context::Before, "before"),
        (Context::NotBefore, "not-before"),
        (Context::After, "after"),
        (Context::NotAfter, "not-after"),
    ];

    /// The name in rule files.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(each, _)| *each == self).map_or("", |(_, name)| name)
    }

    fn pattern(self, rule: &Rule) -> Option<Pc> {
        let contexts = &rule.contexts;
        match self {
            Context::Before => contexts.before,
            Context::After => contexts.after,
            Context::NotBefore => contexts.not_before,
            Context::NotAfter => contexts.not_after,
        }
    }
}

/// The context that refuses a match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusing {
    /// Which one.
    pub context: Context,
    /// The tokens that stand there and must not, or as many of those that must as do.
    pub stands: Range<usize>,
    /// What else was wanted, of a context that must stand.
    pub wanted: Vec<Pc>,
}

/// The first context of a rule that refuses a match over some tokens.
pub fn refusing_context(ruleset: &Ruleset, rule: &Rule, scanned: &Scanned, tokens: &Range<usize>) -> Option<Refusing> {
    Context::ALL.iter().find_map(|(context, _)| {
        let start = context.pattern(rule)?;
        let is_before = matches!(context, Context::Before | Context::NotBefore);
        let progress = if is_before {
            let first = tokens.start.saturating_sub(CONTEXT);
            progress(&ruleset.program, start, (first..tokens.start).rev().map(|at| symbol(scanned, at)))
        } else {
            let last = (tokens.end + CONTEXT).min(scanned.tokens.len());
            progress(&ruleset.program, start, (tokens.end..last).map(|at| symbol(scanned, at)))
        };
        let must = matches!(context, Context::Before | Context::After);
        if progress.matched.is_some() == must {
            return None;
        }
        let length = progress.matched.unwrap_or(progress.taken);
        let stands = if is_before { tokens.start - length..tokens.start } else { tokens.end..tokens.end + length };
        Some(Refusing { context: *context, stands, wanted: if must { progress.wanted } else { Vec::new() } })
    })
}
