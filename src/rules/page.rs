//! A page that lists every rule with its documentation, made from the rules themselves.

use std::collections::BTreeMap;
use std::fmt::{self, Write};

use super::{Rule, RuleKind, Ruleset};
use crate::text::spaced;

const HEAD: &str = "\
# The rules

Made by `factline rules list --format markdown`; a test keeps it so. Each rule with what it takes, a text that it matches
(what becomes the fact in **bold**) and one that it must not match, with the reason. How to write one is in
[CONTRIBUTING.md](../CONTRIBUTING.md), where the dictionaries come from in [SOURCES.md](SOURCES.md).
";

/// The page of a ruleset, as Markdown.
pub fn page(ruleset: &Ruleset) -> String {
    let mut page = HEAD.to_owned();
    // Writing to a string does not fail.
    let _ = write(ruleset, &mut page);
    page
}

fn write(ruleset: &Ruleset, page: &mut String) -> fmt::Result {
    let mut files: BTreeMap<&str, Vec<&Rule>> = BTreeMap::new();
    for rule in &ruleset.rules {
        files.entry(&rule.site.file).or_default().push(rule);
    }
    for (file, rules) in files {
        writeln!(page, "\n## [{file}]({file})\n")?;
        for rule in rules {
            entry(rule, page)?;
        }
    }
    Ok(())
}

fn entry(rule: &Rule, page: &mut String) -> fmt::Result {
    let doc = if rule.doc.is_empty() { String::new() } else { format!(": {}", one_line(&rule.doc)) };
    writeln!(page, "- `{}`{doc}", rule.id)?;
    match rule.kind {
        RuleKind::None | RuleKind::Person => writeln!(page, "  - no fact, for the reason `{}`", rule.reason)?,
        _ => {}
    }
    if let Some(example) = rule.examples.first() {
        writeln!(page, "  - takes: {}", marked(example.text.get_ref(), example.fact.as_deref()))?;
    }
    if let Some(counter) = rule.counters.first() {
        writeln!(page, "  - not: {} ({})", escaped(counter.text.get_ref()), escaped(&counter.why))?;
    }
    Ok(())
}

/// A text with the fact in bold.
fn marked(text: &str, fact: Option<&str>) -> String {
    match fact.and_then(|fact| text.split_once(fact).map(|(before, after)| (before, fact, after))) {
        Some((before, fact, after)) => {
            format!("{}**{}**{}", escaped(before), escaped(fact.trim()), escaped(after))
        }
        None => escaped(text),
    }
}

/// A text on one line without what Markdown would take for markup.
fn escaped(text: &str) -> String {
    let text = one_line(text);
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(character, '\\' | '`' | '*' | '_' | '<' | '>' | '[' | ']' | '#' | '|' | '~' | '$') {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

/// White space made single, but kept at the ends: the text may go on there.
fn one_line(text: &str) -> String {
    let edge = |is_space: bool| if is_space { " " } else { "" };
    let (before, after) = (text.starts_with(char::is_whitespace), text.ends_with(char::is_whitespace));
    format!("{}{}{}", edge(before), spaced(text), edge(after))
}
