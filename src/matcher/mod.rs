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
use crate::lexicon::{ClassSet, WordId};
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

/// Who wants to know what was refused.
pub type Refused<'o> = dyn FnMut(&Match, Refusal) + 'o;

/// What a thread keeps between texts.
#[derive(Debug, Default)]
pub struct Workspace {
    cache: Cache,
    symbols: Vec<SymbolId>,
    accepts: Vec<Accept>,
    memory: capture::Memory,
}

/// Tries rules on tokens. Made once, shared by all threads.
#[derive(Debug)]
pub struct Matcher {
    starts: Vec<Pc>,
}

/// Tokens on either side of a match that a context may look at.
const CONTEXT: usize = 12;
/// Bytes around a match that a veto sees.
const VETO_WINDOW: usize = 40;

impl Matcher {
    /// A matcher for the rules.
    pub fn new(ruleset: &Ruleset) -> Self {
        Self { starts: ruleset.rules.iter().map(|rule| rule.start).collect() }
    }

    /// All matches, best per start and kind, before overlaps are settled. What is refused is told to `refused`, if anyone
    /// listens; else matches that cannot win are not looked at.
    pub fn find(
        &self,
        ruleset: &Ruleset,
        text: &str,
        scanned: &Scanned,
        workspace: &mut Workspace,
        mut refused: Option<&mut Refused<'_>>,
    ) -> Vec<Match> {
        let Workspace { cache, symbols, accepts, memory } = workspace;
        cache.prepare(&ruleset.program, &self.starts);
        symbols.clear();
        symbols.extend(scanned.tokens.iter().zip(&scanned.sets).map(|(token, set)| {
            let word = if ruleset.quoted[token.word.0 as usize] { token.word } else { WordId::UNKNOWN };
            cache.symbol(*set, word)
        }));
        let view = View { ruleset, text, scanned, symbols };
        let mut found = Vec::new();
        for at in 0..symbols.len() {
            cache.matches(&ruleset.program, symbols, at, accepts);
            if !accepts.is_empty() {
                view.best(at, accepts, cache, memory, &mut found, refused.as_deref_mut());
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
    symbols: &'a [SymbolId],
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
        cache: &mut Cache,
        memory: &mut capture::Memory,
        found: &mut Vec<Match>,
        mut refused: Option<&mut Refused<'_>>,
    ) {
        let rules = &self.ruleset.rules;
        let rank = |accept: &Accept| {
            let rule = &rules[accept.rule as usize];
            (rule.kind, std::cmp::Reverse(rule.priority), std::cmp::Reverse(accept.end), accept.rule)
        };
        if accepts.len() > 1 {
            accepts.sort_unstable_by_key(rank);
        }
        let mut done: Option<RuleKind> = None;
        for accept in accepts.iter() {
            let rule = &rules[accept.rule as usize];
            let tokens = at..accept.end;
            let outlook =
                if done == Some(rule.kind) { Err(Refusal::Outdone) } else { self.check_tokens(rule, &tokens, cache) };
            if outlook.is_err() && refused.is_none() {
                continue;
            }
            let Some(candidate) = self.candidate(rule, *accept, at, memory) else { continue };
            match outlook.and_then(|()| self.check_captures(rule, &candidate)) {
                Ok(()) => {
                    done = Some(rule.kind);
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

    fn candidate(&self, rule: &Rule, accept: Accept, at: usize, memory: &mut capture::Memory) -> Option<Match> {
        let captures = if rule.captures.is_empty() {
            Vec::new()
        } else {
            let symbol = |at: usize| self.symbol(at);
            capture::captures(&self.ruleset.program, rule, &symbol, at, accept.end, memory)?
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

    /// What can be told without captures.
    fn check_tokens(&self, rule: &Rule, tokens: &Range<usize>, cache: &mut Cache) -> Result<(), Refusal> {
        let strong = self.ruleset.builtins.strong;
        let is_evidence =
            |at: usize| self.scanned.sets[at].contains(strong) || rule.words.contains(&self.scanned.tokens[at].word);
        if !rule.weak && !tokens.clone().any(is_evidence) {
            return Err(Refusal::Weak);
        }
        if !self.contexts(rule, tokens, cache) {
            return Err(Refusal::Context);
        }
        Ok(())
    }

    fn check_captures(&self, rule: &Rule, found: &Match) -> Result<(), Refusal> {
        if !rule.require.iter().all(|requirement| self.holds(rule, found, requirement)) {
            return Err(Refusal::Require);
        }
        let furniture = self.ruleset.builtins.furniture;
        let mut fact = found.fact.clone();
        if !rule.in_furniture && fact.any(|at| self.scanned.sets[at].contains(furniture)) {
            return Err(Refusal::Furniture);
        }
        if let Some(veto) = &rule.veto
            && veto.is_match(self.window(found))
        {
            return Err(Refusal::Veto);
        }
        Ok(())
    }

    fn contexts(&self, rule: &Rule, tokens: &Range<usize>, cache: &mut Cache) -> bool {
        let program = &self.ruleset.program;
        let first = tokens.start.saturating_sub(CONTEXT);
        let last = (tokens.end + CONTEXT).min(self.symbols.len());
        let mut before = |pc| cache.stands(program, pc, self.symbols[first..tokens.start].iter().rev().copied());
        let contexts = &rule.contexts;
        if !contexts.before.is_none_or(&mut before) || contexts.not_before.is_some_and(&mut before) {
            return false;
        }
        let mut after = |pc| cache.stands(program, pc, self.symbols[tokens.end..last].iter().copied());
        contexts.after.is_none_or(&mut after) && !contexts.not_after.is_some_and(&mut after)
    }

    fn holds(&self, rule: &Rule, found: &Match, requirement: &Requirement) -> bool {
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
