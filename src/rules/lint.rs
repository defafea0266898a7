//! What is probably not meant. Patterns are regular over a small alphabet, so much can be decided before any text is read.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::file::{DictionaryDecl, TermDecl};
use super::pattern::Pattern;
use super::pattern::classes_of;
use super::program::{Pc, Program, Step};
use super::{Diagnostic, Rule};
use crate::lexicon::{ClassSet, Lexicon};

/// Classes that some pattern uses.
pub(super) fn used_classes<'p>(patterns: impl Iterator<Item = &'p Pattern>) -> FxHashSet<String> {
    let mut used = FxHashSet::default();
    for pattern in patterns {
        classes_of(pattern, &mut |class| {
            used.insert(class.to_owned());
        });
    }
    used
}

/// A dictionary none of whose classes any rule uses, and that does not say who else reads it.
pub(super) fn unused_dictionary(
    path: &str,
    text: &Arc<str>,
    decl: &DictionaryDecl,
    lexicon: &Lexicon,
    used: &FxHashSet<String>,
) -> Option<Diagnostic> {
    if !decl.read_by.is_empty() || decl.terms.is_empty() {
        return None;
    }
    let own = |class: &str| used.contains(class);
    let fixed = [&decl.class, &decl.weak_class].into_iter().flatten().any(|class| own(class));
    let special =
        decl.terms.iter().any(|term| matches!(term, TermDecl::Full(full) if full.class.as_deref().is_some_and(own)));
    let by_column = decl.class_column.as_ref().is_some_and(|column| {
        let name = decl.file.get_ref().strip_suffix(".csv").unwrap_or(decl.file.get_ref());
        lexicon.table_named(name).is_some_and(|(_, table)| {
            (0..table.len()).any(|row| own(&format!("{}{}", decl.class_prefix, table.get(row, column))))
        })
    });
    (!fixed && !special && !by_column).then(|| {
        Diagnostic::error("unused-class", path, format!("no rule uses the classes of {}", decl.file.get_ref()))
            .warning()
            .at(text, decl.file.span())
            .help("use it in a rule, say who reads it with `read-by`, or take the dictionary out")
    })
}

/// Rules that match nothing, match the empty string, or never win.
pub(super) fn rules(rules: &[Rule], program: &Program, lexicon: &Lexicon) -> Vec<Diagnostic> {
    let possible = lexicon.possible_classes(crate::scan::Builtins::DOCUMENTED.len());
    let mut found = Vec::new();
    for (number, rule) in rules.iter().enumerate() {
        let point = |code, message: String| {
            Diagnostic::error(code, &rule.site.file, format!("{}: {message}", rule.id))
                .at(&rule.site.text, rule.site.pattern.clone())
        };
        let mut first = Vec::new();
        program.closure(rule.start, &mut first);
        if first.iter().any(|pc| matches!(program.steps[*pc as usize], Step::Accept(_))) {
            found.push(
                point("matches-empty", "matches the empty string".to_owned())
                    .help("at least one token must not be optional"),
            );
            continue;
        }
        if !can_match(program, rule.start, &possible) {
            found.push(
                point("never-matches", "can never match: no dictionary has a term of a class that it needs".to_owned())
                    .warning(),
            );
        }
        for (other_number, other) in rules.iter().enumerate().filter(|(other, _)| *other != number) {
            if let Some(diagnostic) = shadowed(rule, other, other_number < number, program) {
                found.push(diagnostic);
                break;
            }
        }
    }
    found
}

/// Whether some sequence of tokens that the dictionaries can give reaches the end.
fn can_match(program: &Program, start: Pc, possible: &ClassSet) -> bool {
    let mut seen = FxHashSet::default();
    let mut stack = vec![start];
    let is_impossible = |id: u32| {
        let condition = &program.conditions[id as usize];
        condition.is_impossible() || !possible.includes(&condition.all)
    };
    while let Some(pc) = stack.pop() {
        if !seen.insert(pc) {
            continue;
        }
        match &program.steps[pc as usize] {
            Step::Accept(_) => return true,
            Step::Take(id) if is_impossible(*id) => {}
            Step::Take(_) | Step::Save(_) => stack.push(pc + 1),
            Step::Fork(first, second) => stack.extend([*first, *second]),
            Step::Jump(to) => stack.push(*to),
        }
    }
    false
}

/// A rule that another of its kind always beats: whatever it matches, the other matches too, with at least its priority.
fn shadowed(rule: &Rule, other: &Rule, other_is_first: bool, program: &Program) -> Option<Diagnostic> {
    let unconditional = |rule: &Rule| {
        let c = &rule.contexts;
        [c.before, c.after, c.not_before, c.not_after].iter().all(Option::is_none)
            && rule.veto.is_none()
            && rule.require.is_empty()
    };
    let tie = other.priority == rule.priority;
    let stronger = other.priority > rule.priority || tie && other_is_first;
    if rule.kind != other.kind
        || !rule.kind.is_fact() && rule.reason == other.reason
        || !stronger
        || !unconditional(other)
        || rule.weak && !other.weak
        || rule.in_furniture && !other.in_furniture
        || !included(program, rule.start, other.start)
    {
        return None;
    }
    let (code, message) = if tie && unconditional(rule) && included(program, other.start, rule.start) {
        ("tie", format!("{}: matches exactly what `{}` matches, with the same priority", rule.id, other.id))
    } else {
        ("shadowed", format!("{}: never wins: `{}` matches all that it matches, and goes before it", rule.id, other.id))
    };
    Some(
        Diagnostic::error(code, &rule.site.file, message)
            .at(&rule.site.text, rule.site.pattern.clone())
            .help("give it a higher priority, put it first, narrow the other, or take it out")
            .warning(),
    )
}

/// Whether every match of the program at `inner` is one of that at `outer`. Compares conditions, not dictionaries, so a
/// yes is certain and a no may be wrong.
pub(super) fn included(program: &Program, inner: Pc, outer: Pc) -> bool {
    let mut outer_states = Vec::new();
    program.closure(outer, &mut outer_states);
    outer_states.sort_unstable();
    let mut inner_states = Vec::new();
    program.closure(inner, &mut inner_states);
    let mut seen: FxHashMap<(Pc, Vec<Pc>), ()> = FxHashMap::default();
    let mut stack: Vec<(Pc, Vec<Pc>)> = inner_states.into_iter().map(|pc| (pc, outer_states.clone())).collect();
    while let Some((pc, states)) = stack.pop() {
        if seen.len() > 20_000 {
            return false;
        }
        if seen.insert((pc, states.clone()), ()).is_some() {
            continue;
        }
        match &program.steps[pc as usize] {
            Step::Accept(_) => {
                if !states.iter().any(|state| matches!(program.steps[*state as usize], Step::Accept(_))) {
                    return false;
                }
            }
            Step::Take(condition) => {
                let condition = &program.conditions[*condition as usize];
                let mut next = Vec::new();
                for state in &states {
                    if program.wanted(*state).is_some_and(|wanted| condition.implies(wanted)) {
                        program.closure(state + 1, &mut next);
                    }
                }
                if next.is_empty() {
                    return false;
                }
                next.sort_unstable();
                next.dedup();
                let mut inner_next = Vec::new();
                program.closure(pc + 1, &mut inner_next);
                stack.extend(inner_next.into_iter().map(|pc| (pc, next.clone())));
            }
            _ => return false,
        }
    }
    true
}
