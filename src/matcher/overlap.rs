//! Who wins where matches overlap.
//!
//! A fact excludes every other that shares a token with it, of whatever kind: a place inside an organization's name is
//! not a place, a number inside a date not a number. What is not doubtful wins, then the higher priority, then the longer
//! fact, then the kind by [`ORDER`], then the longer match, then the one that starts first.

use super::{Match, Refusal};
use crate::rules::{RuleKind, Ruleset};

/// Kinds by who wins between equally long facts. A rule that says "no fact" goes before all.
const ORDER: [RuleKind; 7] = [
    RuleKind::None,
    RuleKind::Money,
    RuleKind::Date,
    RuleKind::Organization,
    RuleKind::Place,
    RuleKind::Person,
    RuleKind::Number,
];

/// The matches that stand, by position.
pub fn settle(ruleset: &Ruleset, mut found: Vec<Match>, mut refused: impl FnMut(&Match, Refusal)) -> Vec<Match> {
    found.sort_by_cached_key(|each| {
        let rule = &ruleset.rules[each.rule];
        let kind = ORDER.iter().position(|kind| *kind == rule.kind);
        (
            each.doubtful,
            std::cmp::Reverse(rule.priority),
            std::cmp::Reverse(each.fact.len()),
            kind,
            std::cmp::Reverse(each.tokens.len()),
            each.fact.start,
            each.rule,
        )
    });
    let mut taken: Vec<bool> = vec![false; found.iter().map(|each| each.fact.end).max().unwrap_or(0)];
    let mut standing = Vec::with_capacity(found.len());
    for each in found {
        let own = &mut taken[each.fact.clone()];
        if own.iter().any(|taken| *taken) {
            refused(&each, Refusal::Overlap);
        } else {
            own.fill(true);
            standing.push(each);
        }
    }
    standing.sort_by_key(|each| each.fact.start);
    standing
}
