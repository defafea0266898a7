//! A page that lists every rule with its documentation, made from the rules themselves.

use std::collections::BTreeMap;
use std::fmt::{self, Write};

use super::{Dictionary, RowCounter, RowExample, Rule, RuleKind, Ruleset};
use crate::text::spaced;

const HEAD: &str = "\
# The rules

Made by `factline rules list --format markdown`; a test keeps it so. Each rule with what it takes, a text that it matches
(what becomes the fact in **bold**) and one that it must not match, with the reason; and the texts that show what the rows of a
dictionary give and what they keep from being a fact. How to write a rule is in
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
    let mut files: BTreeMap<&str, (Vec<&Dictionary>, Vec<&Rule>)> = BTreeMap::new();
    for dictionary in ruleset.dictionaries.iter().filter(|each| each.has_examples()) {
        files.entry(&dictionary.file).or_default().0.push(dictionary);
    }
    for rule in &ruleset.rules {
        files.entry(&rule.site.file).or_default().1.push(rule);
    }
    for (file, (dictionaries, rules)) in files {
        writeln!(page, "\n## [{file}]({file})\n")?;
        for dictionary in dictionaries {
            rows(dictionary, page)?;
        }
        for rule in rules {
            entry(rule, page)?;
        }
    }
    Ok(())
}

/// All examples of a dictionary, because each is of another row.
fn rows(dictionary: &Dictionary, page: &mut String) -> fmt::Result {
    writeln!(page, "- rows of [{0}]({0})", dictionary.path)?;
    for RowExample { kind, facts, example } in &dictionary.examples {
        let text = marked(example.text.get_ref(), facts.iter().chain(&example.fact));
        match kind {
            RuleKind::None => writeln!(page, "  - no fact: {text}")?,
            _ => writeln!(page, "  - {}: {text}", kind.name())?,
        }
    }
    for RowCounter { kind, counter, .. } in &dictionary.counters {
        let (text, why) = (escaped(counter.text.get_ref()), escaped(&counter.why));
        writeln!(page, "  - no {}: {text} ({why})", kind.name())?;
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
        writeln!(page, "  - takes: {}", marked(example.text.get_ref(), example.fact.iter()))?;
    }
    if let Some(counter) = rule.counters.first() {
        writeln!(page, "  - not: {} ({})", escaped(counter.text.get_ref()), escaped(&counter.why))?;
    }
    Ok(())
}

/// A text with facts, in their order, in bold.
fn marked<'f>(text: &str, facts: impl Iterator<Item = &'f String>) -> String {
    let (mut marked, mut rest) = (String::new(), text);
    for fact in facts {
        if let Some((before, after)) = rest.split_once(fact.as_str()) {
            let _ = write!(marked, "{}**{}**", escaped(before), escaped(fact.trim()));
            rest = after;
        }
    }
    marked + &escaped(rest)
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
