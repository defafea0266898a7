//! Of the matches at one token, the best of each kind: what the automaton does not know is checked here.

use std::ops::Range;

use super::alphabet::SymbolId;
use super::automaton::Automaton;
use super::capture::{Captures, Search};
use super::follow::Sources;
use super::{FACT, Match, Refusal, Refused};
use crate::document::ViewSpan;
use crate::lexicon::ClassSet;
use crate::rules::{Operand, Pc, Requirement, Rule, Ruleset};
use crate::scan::{Scanned, TopicId, Topics};

/// Tokens on either side of a match that a context may look at.
pub(super) const CONTEXT: usize = 12;
/// Bytes around a match that a veto sees.
const VETO_WINDOW: usize = 40;

/// A match of the automaton at some token, so made that the lower is tried first. From the highest bit: kind 4, priority
/// from the highest 24, length from the longest 8, rule 28.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Ranked(u64);

const LENGTH: u32 = 28;
const PRIORITY: u32 = 36;
const KIND: u32 = 60;

impl Ranked {
    #[inline]
    fn rule(self) -> usize {
        (self.0 & ((1 << LENGTH) - 1)) as usize
    }

    #[inline]
    fn length(self) -> usize {
        usize::from(u8::MAX - (self.0 >> LENGTH) as u8)
    }

    #[inline]
    fn kind(self) -> u64 {
        self.0 >> KIND
    }
}

/// What makes a match better than another of its kind at the same token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outranked {
    /// The higher priority.
    Priority,
    /// The greater length.
    Length,
    /// Its rule is written first.
    RuleOrder,
}

/// What makes the winner better; `None` if it is not.
pub(super) fn outranked(winner: Ranked, loser: Ranked) -> Option<Outranked> {
    let differs = (winner.0 ^ loser.0).checked_ilog2()?;
    let by = match differs {
        PRIORITY.. => Outranked::Priority,
        LENGTH.. => Outranked::Length,
        _ => Outranked::RuleOrder,
    };
    (winner < loser).then_some(by)
}

/// What every match of a rule asks of it, apart from what only some ask.
#[derive(Debug)]
pub(super) struct RuleFacts {
    ranked: Ranked,
    weak: bool,
    topic: Option<TopicId>,
    in_furniture: bool,
    has_contexts: bool,
    has_conditions: bool,
    captures: u8,
    /// Slot of [`FACT`].
    fact: Option<u8>,
}

impl RuleFacts {
    /// What is known of a rule; `priority` counts the priorities from the highest.
    pub fn new(number: usize, rule: &Rule, priority: usize) -> Self {
        let contexts = &rule.contexts;
        let ranked = (rule.kind as u64) << KIND | (priority as u64) << PRIORITY | number as u64;
        Self {
            ranked: Ranked(ranked),
            weak: rule.weak,
            topic: rule.topic,
            in_furniture: rule.in_furniture,
            has_contexts: [contexts.before, contexts.not_before, contexts.after, contexts.not_after]
                .iter()
                .any(Option::is_some),
            has_conditions: !rule.require.is_empty() || rule.veto.is_some(),
            captures: rule.captures.len() as u8,
            fact: rule.slot(FACT).map(|slot| slot as u8),
        }
    }

    /// A match of some length.
    #[inline]
    pub fn ranked(&self, length: usize) -> Ranked {
        Ranked(self.ranked.0 | u64::from(u8::MAX - length as u8) << LENGTH)
    }
}

/// Tokens with the rules that look at them.
pub(super) struct View<'a> {
    pub ruleset: &'a Ruleset,
    pub facts: &'a [RuleFacts],
    pub text: &'a str,
    pub scanned: &'a Scanned,
    /// What the text is about; none where nobody asks.
    pub topics: Option<&'a Topics<'a>>,
    pub letters: &'a [SymbolId],
    /// The tokens of the piece at hand: no rule sees others.
    pub piece: Range<usize>,
}

impl View<'_> {
    /// Of all matches at one start, the best of each kind that passes.
    #[allow(clippy::too_many_arguments)]
    pub fn best(
        &self,
        at: usize,
        accepts: &mut [Ranked],
        automaton: &mut Automaton,
        search: &mut Search,
        sources: &mut Sources<'_>,
        found: &mut Vec<Match>,
        mut refused: Option<&mut Refused<'_>>,
    ) {
        if accepts.len() > 1 {
            accepts.sort_unstable();
        }
        let mut done = None;
        for accept in accepts.iter() {
            let number = accept.rule();
            let facts = &self.facts[number];
            let tokens = at..at + accept.length();
            let outlook = if done == Some(accept.kind()) {
                Err(Refusal::Outdone)
            } else {
                self.check_tokens(number, facts, &tokens, automaton, sources)
            };
            if outlook.is_err() && refused.is_none() {
                continue;
            }
            let Some(candidate) = self.candidate(number, facts, tokens, search, sources) else { continue };
            match outlook.and_then(|()| self.check_captures(facts, &candidate)) {
                Ok(()) => {
                    done = Some(accept.kind());
                    found.push(candidate);
                }
                Err(refusal) => {
                    if let Some(refused) = refused.as_deref_mut() {
                        refused(&candidate, refusal);
                    }
                }
            }
        }
    }

    fn candidate(
        &self,
        number: usize,
        facts: &RuleFacts,
        tokens: Range<usize>,
        search: &mut Search,
        sources: &mut Sources<'_>,
    ) -> Option<Match> {
        let captures = if facts.captures == 0 {
            Captures::new()
        } else {
            let start = self.ruleset.rules[number].start;
            search.captures(start, facts.captures.into(), &self.letters[tokens.clone()], sources)?
        };
        let mut found = Match { rule: number, fact: tokens.clone(), tokens, captures };
        if let Some(fact) = facts.fact.and_then(|slot| found.slot(slot.into())) {
            found.fact = fact;
        }
        Some(found)
    }

    /// What can be told without captures.
    fn check_tokens(
        &self,
        number: usize,
        facts: &RuleFacts,
        tokens: &Range<usize>,
        automaton: &mut Automaton,
        sources: &mut Sources<'_>,
    ) -> Result<(), Refusal> {
        if let (Some(topic), Some(topics)) = (facts.topic, self.topics)
            && !topics.is_about(topic, self.scanned.tokens[tokens.start].span.start as usize)
        {
            return Err(Refusal::Topic);
        }
        let strong = self.ruleset.builtins.strong;
        if !facts.weak && !tokens.clone().any(|at| self.scanned.has(at, strong)) {
            let words = &self.ruleset.rules[number].words;
            if !self.scanned.tokens[tokens.clone()].iter().any(|token| words.contains(&token.word)) {
                return Err(Refusal::Weak);
            }
        }
        if facts.has_contexts && !self.contexts(number, tokens, automaton, sources) {
            return Err(Refusal::Context);
        }
        Ok(())
    }

    fn check_captures(&self, facts: &RuleFacts, found: &Match) -> Result<(), Refusal> {
        let rule = &self.ruleset.rules[found.rule];
        if facts.has_conditions && !rule.require.iter().all(|requirement| self.holds(rule, found, requirement)) {
            return Err(Refusal::Require);
        }
        let furniture = self.ruleset.builtins.furniture;
        if !facts.in_furniture && found.fact.clone().any(|at| self.scanned.has(at, furniture)) {
            return Err(Refusal::Furniture);
        }
        if facts.has_conditions
            && let Some(veto) = &rule.veto
            && veto.is_match(self.window(found))
        {
            return Err(Refusal::Veto);
        }
        Ok(())
    }

    fn contexts(
        &self,
        number: usize,
        tokens: &Range<usize>,
        automaton: &mut Automaton,
        sources: &mut Sources<'_>,
    ) -> bool {
        let first = tokens.start.saturating_sub(CONTEXT).max(self.piece.start);
        let last = (tokens.end + CONTEXT).min(self.piece.end);
        let contexts = &self.ruleset.rules[number].contexts;
        let mut before = |which: usize, pc: Pc| {
            let symbols = self.letters[first..tokens.start].iter().rev().copied();
            automaton.stands(number * 4 + which, pc, symbols, sources)
        };
        if contexts.before.is_some_and(|pc| !before(0, pc)) || contexts.not_before.is_some_and(|pc| before(1, pc)) {
            return false;
        }
        let mut after = |which: usize, pc: Pc| {
            let symbols = self.letters[tokens.end..last].iter().copied();
            automaton.stands(number * 4 + which, pc, symbols, sources)
        };
        contexts.after.is_none_or(|pc| after(2, pc)) && !contexts.not_after.is_some_and(|pc| after(3, pc))
    }

    pub fn holds(&self, rule: &Rule, found: &Match, requirement: &Requirement) -> bool {
        if let (Operand::Cell { .. }, Operand::Cell { .. }) = (&requirement.left, &requirement.right) {
            let cells = (self.cell(rule, found, &requirement.left), self.cell(rule, found, &requirement.right));
            return match cells {
                (Some(left), Some(right)) => requirement.comparison.holds(left.cmp(right)),
                _ => true,
            };
        }
        let value = |operand: &Operand| match operand {
            Operand::Cell { .. } => self.cell(rule, found, operand)?.parse().ok(),
            Operand::Constant(value) => Some(crate::decimal::Decimal::from_integer(*value)),
            Operand::Capture(name) => {
                let tokens = found.capture(rule, name)?;
                tokens.into_iter().find_map(|at| self.scanned.number(at))?.value.to_decimal()
            }
        };
        match (value(&requirement.left), value(&requirement.right)) {
            (Some(left), Some(right)) => requirement.comparison.holds(left.cmp(&right)),
            // An optional capture that took no part is not compared.
            _ => true,
        }
    }

    /// The cell of a captured term: of the first row of it that fills the column.
    fn cell(&self, rule: &Rule, found: &Match, operand: &Operand) -> Option<&str> {
        let Operand::Cell { capture, column } = operand else { return None };
        let tokens = found.capture(rule, capture)?;
        let lexicon = &self.ruleset.lexicon;
        let entries = self.scanned.entries(lexicon, self.text, tokens, &ClassSet::ALL);
        let mut cells = entries.iter().map(|entry| lexicon.table(entry.table).get(entry.row as usize, column));
        cells.find(|cell| !cell.is_empty())
    }

    /// The text that a veto sees.
    pub fn window(&self, found: &Match) -> &str {
        let span: ViewSpan = self.scanned.span(found.tokens.clone());
        let mut start = (span.start as usize).saturating_sub(VETO_WINDOW);
        let mut end = (span.end as usize + VETO_WINDOW).min(self.text.len());
        while !self.text.is_char_boundary(start) {
            start -= 1;
        }
        while !self.text.is_char_boundary(end) {
            end += 1;
        }
        &self.text[start..end]
    }
}
