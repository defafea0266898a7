//! Why a match came to nothing, in more than a code; for `explain`, which may take its time.

use super::candidate::{Outranked, View, outranked};
use super::overlap::{self, Advantage};
use super::progress::{Refusing, refusing_context};
use super::{Match, Matcher, Refusal};
use crate::rules::Ruleset;
use crate::scan::Scanned;

/// Why a match was refused, where the code alone does not tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// The context that refuses it.
    Context(Refusing),
    /// Number of the first comparison of the rule that does not hold.
    Require(usize),
    /// The text that the veto found.
    Veto(String),
}

impl Matcher {
    /// Why a match was refused, if more can be said than the code of the refusal.
    pub fn why(
        &self,
        ruleset: &Ruleset,
        text: &str,
        scanned: &Scanned,
        found: &Match,
        refusal: Refusal,
    ) -> Option<Why> {
        let rule = &ruleset.rules[found.rule];
        let view = View { ruleset, facts: &self.rules, text, scanned, topics: None, letters: &[], piece: 0..0 };
        match refusal {
            Refusal::Context => refusing_context(ruleset, rule, scanned, &found.tokens).map(Why::Context),
            Refusal::Require => {
                let broken = rule.require.iter().position(|requirement| !view.holds(rule, found, requirement));
                broken.map(Why::Require)
            }
            Refusal::Veto => {
                let found = rule.veto.as_ref()?.find(view.window(found))?;
                Some(Why::Veto(found.as_str().to_owned()))
            }
            Refusal::Topic | Refusal::Weak | Refusal::Furniture | Refusal::Outdone | Refusal::Overlap => None,
        }
    }

    /// What gives one of two overlapping matches the win; `None` where, by all that is known before their values are, the
    /// other should have it: then that one is doubtful.
    pub fn advantage(&self, winner: &Match, loser: &Match) -> Option<Advantage> {
        let rank = |found: &Match| overlap::rank(self.ranks[found.rule], found, false, 0);
        overlap::advantage(rank(winner), rank(loser))
    }

    /// What makes one of two matches of a kind at the same token the better one.
    pub fn outranked(&self, winner: &Match, loser: &Match) -> Option<Outranked> {
        let rank = |found: &Match| self.rules[found.rule].ranked(found.tokens.len());
        outranked(rank(winner), rank(loser))
    }
}
