//! How far a rule gets, for `explain --rule`.

use crate::rules::{Pc, Rule, Ruleset, Symbol};

/// How far a rule gets from a token: tokens taken, and what it wanted next.
pub fn progress(ruleset: &Ruleset, rule: &Rule, symbols: &[Symbol]) -> (usize, Vec<Pc>) {
    let mut states = Vec::new();
    ruleset.program.closure(rule.start, &mut states);
    for (taken, symbol) in symbols.iter().enumerate() {
        let mut next = Vec::new();
        for pc in &states {
            if ruleset.program.wanted(*pc).is_some_and(|condition| condition.holds(symbol)) {
                ruleset.program.closure(pc + 1, &mut next);
            }
        }
        if next.is_empty() {
            return (taken, states);
        }
        states = next;
    }
    (symbols.len(), states)
}
