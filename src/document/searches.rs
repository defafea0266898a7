//! The searches for page furniture, compiled from the patterns of its rules.

use std::ops::Range;

use regex::{Regex, RegexBuilder, RegexSet, RegexSetBuilder};
use serde_spanned::Spanned;

/// The patterns as written, each with the number of its rule.
#[derive(Debug, Default)]
pub(super) struct Patterns {
    /// Of line rules.
    pub lines: Vec<(u16, Spanned<String>)>,
    /// Of line rules with anchors, which are escaped.
    pub anchored: Vec<(u16, Spanned<String>, Vec<String>)>,
    /// Of inline rules.
    pub inline: Vec<(u16, Spanned<String>)>,
    /// The anchors of all inline rules, escaped.
    pub anchors: Vec<String>,
}

/// What is wrong with a pattern, and the bytes of it in the file.
pub(super) type Wrong = (Range<usize>, String);

/// The searches.
#[derive(Debug, Default)]
pub(super) struct Searches {
    /// Patterns of line rules, anchored at both ends; the n-th belongs to rule `line_rules[n]`.
    lines: Option<RegexSet>,
    line_rules: Vec<u16>,
    /// Line rules with anchors, each with the search for them.
    pub anchored: Vec<(u16, Regex, Regex)>,
    /// The anchors of all inline rules.
    pub anchors: Option<Regex>,
    /// Inline rules.
    pub inline: Vec<(u16, Regex)>,
}

impl Searches {
    /// Compiles patterns.
    pub fn new(patterns: &Patterns) -> Result<Self, Wrong> {
        let one = |pattern: &Spanned<String>, text: &str| compile(text).map_err(|message| (pattern.span(), message));
        let any = |anchors: &[String]| format!("(?-i:{})", anchors.join("|"));
        let mut searches = Self::default();
        for (rule, pattern) in &patterns.inline {
            searches.inline.push((*rule, one(pattern, pattern.get_ref())?));
        }
        for (rule, pattern, anchors) in &patterns.anchored {
            let regex = one(pattern, &whole(pattern.get_ref()))?;
            searches.anchored.push((*rule, one(pattern, &any(anchors))?, regex));
        }
        searches.lines = Some(compile_set(&patterns.lines)?);
        searches.line_rules = patterns.lines.iter().map(|(rule, _)| *rule).collect();
        if !patterns.anchors.is_empty() {
            searches.anchors = Some(compile(&any(&patterns.anchors)).map_err(|message| (0..0, message))?);
        }
        Ok(searches)
    }

    /// The line rules without anchors that a trimmed line matches.
    pub fn lines(&self, line: &str) -> impl Iterator<Item = u16> {
        let lines = self.lines.as_ref().filter(|lines| lines.is_match(line));
        lines.into_iter().flat_map(move |lines| lines.matches(line)).map(|index| self.line_rules[index])
    }
}

/// A pattern that must match the whole line. In verbose mode its last line may be a comment.
fn whole(pattern: &str) -> String {
    let end = if pattern.starts_with("(?x)") { "\n" } else { "" };
    format!("^(?:{pattern}{end})$")
}

fn compile(pattern: &str) -> Result<Regex, String> {
    RegexBuilder::new(pattern).case_insensitive(true).build().map_err(|error| {
        let reason = error.to_string();
        let reason = reason.lines().last().unwrap_or_default().trim_start_matches("error: ");
        format!("expected a regular expression: {reason}")
    })
}

/// Compiles all line patterns at once, for that takes less time; one by one only to tell which is wrong.
fn compile_set(patterns: &[(u16, Spanned<String>)]) -> Result<RegexSet, Wrong> {
    let wholes = patterns.iter().map(|(_, pattern)| whole(pattern.get_ref()));
    RegexSetBuilder::new(wholes).case_insensitive(true).build().map_err(|error| {
        let alone = |pattern: &Spanned<String>| {
            let mistake = compile(pattern.get_ref()).and_then(|_| compile(&whole(pattern.get_ref())));
            mistake.err().map(|message| (pattern.span(), message))
        };
        patterns
            .iter()
            .find_map(|(_, pattern)| alone(pattern))
            .unwrap_or_else(|| (0..0, format!("all patterns together: {error}")))
    })
}
