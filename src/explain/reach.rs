//! How far a rule got, and what it wanted next, in its own words.

use std::collections::BTreeSet;

use super::story::GatedMeaning;
use crate::lexicon::{Case, Classes, Entry};
use crate::matcher::{Context, Refusing, progress, symbol};
use crate::rules::{Condition, Pc, Rule, Ruleset, Step};
use crate::scan::{Scanned, Token, TokenKind};
use crate::text::spaced;

/// Wishes that are told one by one; of more, only how many there are.
const TOLD: usize = 12;

/// How far a rule got from a token.
pub(super) struct Reach {
    /// Tokens that it took.
    pub taken: usize,
    /// Tokens of the longest whole match among them.
    pub matched: Option<usize>,
    /// What it wanted next.
    pub expected: Vec<String>,
    /// Meanings that it would have taken, but for a dictionary's condition.
    pub gated: Vec<GatedMeaning>,
}

/// How far a rule gets from a token.
pub(super) fn reach(ruleset: &Ruleset, text: &str, scanned: &Scanned, rule: &Rule, at: usize) -> Reach {
    let symbols = (at..scanned.tokens.len()).map(|at| symbol(scanned, at));
    let progress = progress(&ruleset.program, rule.start, symbols);
    let next = at + progress.taken;
    let wanted: Vec<&Condition> = conditions(ruleset, &progress.wanted).collect();
    let gated = gated(ruleset, text, scanned, next)
        .into_iter()
        .filter(|(entry, _)| wanted.iter().any(|condition| condition.all.contains(entry.class)))
        .map(|(_, meaning)| meaning)
        .collect();
    Reach { taken: progress.taken, matched: progress.matched, expected: wishes(ruleset, &progress.wanted), gated }
}

/// What a rule wants first.
pub(super) fn first_wishes(ruleset: &Ruleset, rule: &Rule) -> Vec<String> {
    let mut wanted = Vec::new();
    ruleset.program.closure(rule.start, &mut wanted);
    wishes(ruleset, &wanted)
}

fn conditions<'a>(ruleset: &'a Ruleset, wanted: &'a [Pc]) -> impl Iterator<Item = &'a Condition> {
    wanted.iter().filter_map(|pc| ruleset.program.wanted(*pc))
}

/// The conditions at some steps in the pattern language, each once, in order of the pattern.
pub(super) fn wishes(ruleset: &Ruleset, wanted: &[Pc]) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let mut wishes: Vec<String> = conditions(ruleset, wanted).map(|condition| wish(ruleset, condition)).collect();
    wishes.retain(|wish| seen.insert(wish.clone()));
    if wanted.iter().any(|pc| matches!(ruleset.program.steps[*pc as usize], Step::Accept(_))) {
        wishes.push("nothing more".to_owned());
    }
    if wishes.len() > TOLD {
        let more = wishes.len() - TOLD;
        wishes.truncate(TOLD);
        wishes.push(format!("{more} others"));
    }
    wishes
}

/// A condition as patterns have it: `currency-name`, `"or"`, `<number strong !year>`.
fn wish(ruleset: &Ruleset, condition: &Condition) -> String {
    let classes = ruleset.lexicon.classes();
    let word = |word| format!("\"{}\"", ruleset.lexicon.word_text(word));
    let mut parts: Vec<String> = condition.all.iter().map(|class| classes.name(class).to_owned()).collect();
    parts.extend(condition.word.map(word));
    let is_border = |name: &str| matches!(name, "sentence-break" | "block-break");
    let none = condition.none.iter().map(|class| classes.name(class)).filter(|name| !is_border(name));
    parts.extend(none.map(|name| format!("!{name}")));
    parts.extend(condition.not_words.iter().map(|each| format!("!{}", word(*each))));
    match parts.as_slice() {
        [] => "any token".to_owned(),
        [only] if !only.starts_with('!') => only.clone(),
        _ => format!("<{}>", parts.join(" ")),
    }
}

/// The meanings of terms at a token that a dictionary's condition keeps out.
pub(super) fn gated<'l>(
    ruleset: &'l Ruleset,
    text: &str,
    scanned: &Scanned,
    at: usize,
) -> Vec<(&'l Entry, GatedMeaning)> {
    if scanned.tokens.get(at).is_none_or(Token::is_break) {
        return Vec::new();
    }
    let lexicon = &ruleset.lexicon;
    let meaning = |(end, entry, _): (usize, &'l Entry, bool)| {
        let term = spaced(scanned.span(at..end).of(text));
        let table = lexicon.table(entry.table);
        let meaning = GatedMeaning {
            text: term.into_string(),
            class: lexicon.classes().name(entry.class).to_owned(),
            gate: gate(lexicon.classes(), entry),
            dictionary: format!("{}:{}", table.file(), table.line(entry.row as usize)),
        };
        (entry, meaning)
    };
    scanned.meanings(lexicon, text, at).into_iter().filter(|(_, _, passes)| !passes).map(meaning).collect()
}

fn gate(classes: &Classes, entry: &Entry) -> String {
    let case = match entry.gate.case {
        Case::Fold => None,
        Case::Title => Some("case = title".to_owned()),
        Case::Exact => Some("case = exact".to_owned()),
    };
    let after = entry.gate.only_after.map(|class| format!("only_after = {}", classes.name(class)));
    [case, after].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// What a context has to say: what stands there and must not, or what must and does not.
pub(super) fn refusal(ruleset: &Ruleset, text: &str, scanned: &Scanned, refusing: &Refusing) -> String {
    let (name, stands) = (refusing.context.name(), &refusing.stands);
    let shown = |range: &std::ops::Range<usize>| {
        let texts: Vec<String> = scanned.tokens[range.clone()].iter().map(|token| shown(token, text)).collect();
        texts.join(" ")
    };
    let is_before = matches!(refusing.context, Context::Before | Context::NotBefore);
    if matches!(refusing.context, Context::NotBefore | Context::NotAfter) {
        let side = if is_before { "before" } else { "behind" };
        return format!("{name}: {} stands {side} it", shown(stands));
    }
    let next = if is_before { stands.start.checked_sub(1) } else { Some(stands.end) };
    let found =
        next.and_then(|at| scanned.tokens.get(at)).map_or("the end".to_owned(), |token| self::shown(token, text));
    format!("{name}: expected {}, found {found}", wishes(ruleset, &refusing.wanted).join(" or "))
}

/// A token in words.
pub(super) fn shown(token: &Token, text: &str) -> String {
    match token.kind {
        TokenKind::SentenceBreak => "the end of the sentence".to_owned(),
        TokenKind::BlockBreak => "the end of the block".to_owned(),
        _ => format!("`{}`", spaced(token.span.of(text))),
    }
}
