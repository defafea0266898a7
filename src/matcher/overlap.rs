//! Who wins where matches overlap.
//!
//! A fact excludes every other that shares a token with it, of whatever kind: a place inside an organization's name is
//! not a place, a number inside a date not a number. What is not doubtful wins, then the higher priority, then the longer
//! fact, then the kind by [`ORDER`], then the longer match, then the one that starts first.
//!
//! Most matches meet no other, so matches are settled in groups that share no token with those of other groups.

use super::{Match, Refusal};
use crate::rules::{Rule, RuleKind};

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

/// A place in the order of who wins; the lowest does. From the highest bit: doubtful 1, priority 24, length of the fact 8,
/// kind 3, length of the match 8, start of the fact 32, rule 28, number of the match 24.
pub(super) type Rank = u128;

const NUMBER: u32 = 0;
const RULE: u32 = 24;
const START: u32 = 52;
const TOKENS: u32 = 84;
const KIND: u32 = 92;
const FACT: u32 = 95;
const PRIORITY: u32 = 103;
const DOUBTFUL: u32 = 127;

/// The part of the rank that is the same for all matches of a rule; `priority` counts the priorities from the highest.
pub(super) fn rank_of(number: usize, rule: &Rule, priority: usize) -> Rank {
    let kind = ORDER.iter().position(|kind| *kind == rule.kind).unwrap_or(ORDER.len());
    (priority as Rank) << PRIORITY | (kind as Rank) << KIND | (number as Rank) << RULE
}

/// The rank of a match; `base` is that of its rule, `number` its own.
#[inline]
pub(super) fn rank(base: Rank, each: &Match, is_doubtful: bool, number: usize) -> Rank {
    base | Rank::from(is_doubtful) << DOUBTFUL
        | Rank::from(u8::MAX - each.fact.len() as u8) << FACT
        | Rank::from(u8::MAX - each.tokens.len() as u8) << TOKENS
        | (each.fact.start as Rank) << START
        | (number as Rank) << NUMBER
}

/// What gives a match the win over one that it overlaps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Advantage {
    /// The higher priority.
    Priority,
    /// The longer fact.
    LongerFact,
    /// The kind that goes first.
    Kind,
    /// The longer match.
    LongerMatch,
    /// It starts first.
    Earlier,
    /// Its rule is written first.
    RuleOrder,
}

/// What gives the winner the win; `None` if by these ranks it does not win.
pub(super) fn advantage(winner: Rank, loser: Rank) -> Option<Advantage> {
    let differs = (winner ^ loser).checked_ilog2()?;
    let by = match differs {
        PRIORITY.. => Advantage::Priority,
        FACT.. => Advantage::LongerFact,
        KIND.. => Advantage::Kind,
        TOKENS.. => Advantage::LongerMatch,
        START.. => Advantage::Earlier,
        _ => Advantage::RuleOrder,
    };
    (winner < loser).then_some(by)
}

/// Settles matches; kept for its memory.
#[derive(Debug, Default)]
pub(super) struct Settling {
    ranks: Vec<Rank>,
    taken: Vec<bool>,
}

impl Settling {
    /// Puts into `standing` the numbers of the matches that stand, by position. Matches come by first token.
    pub fn settle(
        &mut self,
        ranks: &[Rank],
        found: &[Match],
        standing: &mut Vec<u32>,
        mut is_doubtful: impl FnMut(&Match) -> bool,
        mut refused: impl FnMut(&Match, Refusal),
    ) {
        standing.clear();
        let mut first = 0;
        while let Some(start) = found.get(first) {
            let (mut next, mut end) = (first + 1, start.tokens.end);
            while let Some(more) = found.get(next).filter(|more| more.tokens.start < end) {
                end = end.max(more.tokens.end);
                next += 1;
            }
            if next == first + 1 {
                standing.push(first as u32);
            } else {
                let group = first..next;
                self.ranks.clear();
                self.ranks.extend(
                    found[group.clone()]
                        .iter()
                        .zip(group)
                        .map(|(each, number)| rank(ranks[each.rule], each, is_doubtful(each), number)),
                );
                self.group(found, start.tokens.start, end, standing, &mut refused);
            }
            first = next;
        }
    }

    /// Settles the matches that were ranked, which lie within some tokens.
    fn group(
        &mut self,
        found: &[Match],
        start: usize,
        end: usize,
        standing: &mut Vec<u32>,
        refused: &mut impl FnMut(&Match, Refusal),
    ) {
        self.ranks.sort_unstable();
        self.taken.clear();
        self.taken.resize(end - start, false);
        let first = standing.len();
        for rank in &self.ranks {
            let number = (rank >> NUMBER) as u32 & ((1 << (RULE - NUMBER)) - 1);
            let each = &found[number as usize];
            let own = &mut self.taken[each.fact.start - start..each.fact.end - start];
            if own.contains(&true) {
                refused(each, Refusal::Overlap);
            } else {
                own.fill(true);
                standing.push(number);
            }
        }
        standing[first..].sort_unstable_by_key(|number| found[*number as usize].fact.start);
    }
}
