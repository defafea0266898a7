//! From tokens and rules to matches: where each rule fires, with its captures, and who wins where two overlap.
//!
//! The automaton is tried from each token that can start a rule. Of the matches there, the best of each kind is kept:
//! higher priority first, then the longer, then the rule written first. A match must also pass what the automaton does
//! not know: contexts, comparisons, the veto, and that not all of it is weak. Then overlaps are settled, within and
//! between kinds. Knows nothing of values.

mod automaton;
mod capture;
mod overlap;

use std::ops::Range;

use crate::document::ViewSpan;
use crate::lexicon::WordId;
use crate::rules::{Operand, Pc, Requirement, Rule, RuleKind, Ruleset, Step, Symbol};
use crate::scan::Scanned;

pub use automaton::{Accept, Cache, SymbolId};
pub use overlap::settle;

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
    /// Tokens of each capture, by slot.
    pub captures: Vec<Option<(usize, usize)>>,
    /// Whether it may come to nothing, so that every match that will not goes before it.
    pub doubtful: bool,
}

impl Match {
    /// Tokens of a capture.
    pub fn capture(&self, rule: &Rule, name: &str) -> Option<Range<usize>> {
        let (start, end) = (*self.captures.get(rule.slot(name)?)?)?;
        (start < end).then_some(start..end)
    }
}

/// Why a match of the automaton came to nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
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

/// What a thread keeps between texts.
#[derive(Debug, Default)]
pub struct Workspace {
    cache: Cache,
    symbols: Vec<SymbolId>,
    accepts: Vec<Accept>,
}

/// Tries rules on tokens. Made once, shared by all threads.
#[derive(Debug)]
pub struct Matcher {
    starts: Vec<Pc>,
}

/// Tokens that a context may look back.
const LOOK_BACK: usize = 8;
/// Bytes around a match that a veto sees.
const VETO_WINDOW: usize = 40;

impl Matcher {
    /// A matcher for the rules.
    pub fn new(ruleset: &Ruleset) -> Self {
        Self { starts: ruleset.rules.iter().map(|rule| rule.start).collect() }
    }

    /// All matches, best per start and kind, before overlaps are settled. What is refused is told to `refused`.
    pub fn find(
        &self,
        ruleset: &Ruleset,
        text: &str,
        scanned: &Scanned,
        workspace: &mut Workspace,
        mut refused: impl FnMut(&Match, Refusal),
    ) -> Vec<Match> {
        let Workspace { cache, symbols, accepts } = workspace;
        cache.prepare();
        symbols.clear();
        symbols.extend(scanned.tokens.iter().zip(&scanned.sets).map(|(token, set)| {
            let word = if ruleset.quoted[token.word.0 as usize] { token.word } else { WordId::UNKNOWN };
            cache.symbol(*set, word)
        }));
        let view = View { ruleset, text, scanned };
        let mut found = Vec::new();
        for at in 0..symbols.len() {
            cache.matches(&ruleset.program, &self.starts, symbols, at, accepts);
            if !accepts.is_empty() {
                view.best(at, accepts, &mut found, &mut refused);
            }
        }
        found
    }
}

/// Tokens with the rules that look at them.
struct View<'a> {
    ruleset: &'a Ruleset,
    text: &'a str,
    scanned: &'a Scanned,
}

impl View<'_> {
    fn symbol(&self, at: usize) -> Symbol {
        let word = self.scanned.tokens[at].word;
        let word = if self.ruleset.quoted[word.0 as usize] { word } else { WordId::UNKNOWN };
        Symbol { set: self.scanned.sets[at], word }
    }

    /// Of all matches at one start, the best of each kind that passes.
    fn best(
        &self,
        at: usize,
        accepts: &mut [Accept],
        found: &mut Vec<Match>,
        refused: &mut impl FnMut(&Match, Refusal),
    ) {
        let rules = &self.ruleset.rules;
        let rank = |accept: &Accept| {
            let rule = &rules[accept.rule as usize];
            (rule.kind, std::cmp::Reverse(rule.priority), std::cmp::Reverse(accept.end), accept.rule)
        };
        accepts.sort_unstable_by_key(rank);
        let mut done: Option<RuleKind> = None;
        for accept in accepts.iter() {
            let rule = &rules[accept.rule as usize];
            let Some(candidate) = self.candidate(rule, *accept, at) else { continue };
            if done == Some(rule.kind) {
                refused(&candidate, Refusal::Outdone);
                continue;
            }
            match self.check(rule, &candidate) {
                Ok(()) => {
                    done = Some(rule.kind);
                    found.push(candidate);
                }
                Err(refusal) => refused(&candidate, refusal),
            }
        }
    }

    fn candidate(&self, rule: &Rule, accept: Accept, at: usize) -> Option<Match> {
        let captures = if rule.captures.is_empty() {
            Vec::new()
        } else {
            let symbol = |at: usize| self.symbol(at);
            capture::captures(&self.ruleset.program, rule.start, rule.captures.len(), &symbol, at, accept.end)?
        };
        let mut found = Match {
            rule: accept.rule as usize,
            tokens: at..accept.end,
            fact: at..accept.end,
            captures,
            doubtful: false,
        };
        if let Some(fact) = found.capture(rule, FACT) {
            found.fact = fact;
        }
        Some(found)
    }

    fn check(&self, rule: &Rule, found: &Match) -> Result<(), Refusal> {
        if !self.contexts(rule, found) {
            return Err(Refusal::Context);
        }
        if !rule.require.iter().all(|requirement| self.holds(rule, found, requirement)) {
            return Err(Refusal::Require);
        }
        let builtins = &self.ruleset.builtins;
        let mut tokens = found.tokens.clone();
        if !rule.weak
            && !tokens.any(|at| {
                self.scanned.sets[at].contains(builtins.strong) || rule.words.contains(&self.scanned.tokens[at].word)
            })
        {
            return Err(Refusal::Weak);
        }
        let mut fact = found.fact.clone();
        if !rule.in_furniture && fact.any(|at| self.scanned.sets[at].contains(builtins.furniture)) {
            return Err(Refusal::Furniture);
        }
        if let Some(veto) = &rule.veto
            && veto.is_match(self.window(found))
        {
            return Err(Refusal::Veto);
        }
        Ok(())
    }

    fn contexts(&self, rule: &Rule, found: &Match) -> bool {
        let contexts = &rule.contexts;
        contexts.before.is_none_or(|pc| self.stands_before(pc, found.tokens.start))
            && contexts.after.is_none_or(|pc| self.stands_after(pc, found.tokens.end))
            && !contexts.not_before.is_some_and(|pc| self.stands_before(pc, found.tokens.start))
            && !contexts.not_after.is_some_and(|pc| self.stands_after(pc, found.tokens.end))
    }

    fn stands_before(&self, pc: Pc, end: usize) -> bool {
        (end.saturating_sub(LOOK_BACK)..end).any(|start| {
            let symbols: Vec<Symbol> = (start..end).map(|at| self.symbol(at)).collect();
            self.ruleset.program.ends(pc, symbols.iter()).contains(&(end - start))
        })
    }

    fn stands_after(&self, pc: Pc, start: usize) -> bool {
        let end = (start + LOOK_BACK).min(self.scanned.tokens.len());
        let symbols: Vec<Symbol> = (start..end).map(|at| self.symbol(at)).collect();
        !self.ruleset.program.ends(pc, symbols.iter()).is_empty()
    }

    fn holds(&self, rule: &Rule, found: &Match, requirement: &Requirement) -> bool {
        let value = |operand: &Operand| match operand {
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

    fn window(&self, found: &Match) -> &str {
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

/// How far a rule gets from a token, for `explain --rule`: tokens taken, and what it wanted next.
pub fn progress(ruleset: &Ruleset, rule: &Rule, symbols: &[Symbol]) -> (usize, Vec<Pc>) {
    let mut states = Vec::new();
    ruleset.program.closure(rule.start, &mut states);
    for (taken, symbol) in symbols.iter().enumerate() {
        let mut next = Vec::new();
        for pc in &states {
            if let Step::Take(condition) = &ruleset.program.steps[*pc as usize]
                && condition.holds(symbol)
            {
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
