//! Page furniture: menus, pagination, share counts and what else stands on a page beside its content.
//!
//! What furniture looks like is data (`rules/document/furniture.toml`). A line rule is tried on lines that stand alone,
//! never on the lines of a hard-wrapped paragraph: "read more" at the end of one is text. That also makes it cheap, for
//! nearly all bytes of a prose text are in lines that are too long to be tried. Inline rules run only around anchors, fixed
//! strings that one search looks for in the whole text.

mod file;

use std::collections::HashMap;

use super::position::floor_boundary;
use super::rules_error::RulesError;
use super::searches::{Patterns, Searches};
use super::{Block, BlockKind, Furniture, ViewSpan};
use file::{Counter, Example, File, Kind};

/// Rules that find furniture, ready to run.
#[derive(Debug, Default)]
pub struct FurnitureRules {
    rules: Vec<Rule>,
    longest_line: usize,
    searches: Searches,
    elements: HashMap<String, u16>,
}

#[derive(Debug)]
struct Rule {
    id: String,
    max_length: usize,
    keep: bool,
    not_in: Vec<Kind>,
    examples: Vec<Example>,
    counters: Vec<Counter>,
}

impl FurnitureRules {
    /// Reads `furniture.toml`.
    pub fn parse(file_name: &str, toml_text: &str) -> Result<Self, RulesError> {
        let file: File =
            toml::from_str(toml_text).map_err(|error| RulesError::from_toml(file_name, toml_text, &error))?;
        let wrong = |span, message: String| RulesError::new(file_name, toml_text, span, message);
        let (mut rules, mut patterns) = (Self::default(), Patterns::default());
        for entry in file.furniture {
            let number = u16::try_from(rules.rules.len())
                .map_err(|_| wrong(entry.id.span(), "expected at most 65536 furniture rules".to_owned()))?;
            check_id(entry.id.get_ref(), &rules.rules).map_err(|message| wrong(entry.id.span(), message))?;
            for element in entry.elements {
                if let Some(other) = rules.elements.insert(element.get_ref().clone(), number) {
                    let message = format!("element `{}` is rule `{}`'s already", element.get_ref(), rules.id(other));
                    return Err(wrong(element.span(), message));
                }
            }
            if let Some(pattern) = entry.pattern {
                let anchors: Vec<_> =
                    entry.anchors.iter().filter(|text| !text.is_empty()).map(|text| regex::escape(text)).collect();
                if entry.inline && anchors.is_empty() {
                    let message = "expected `anchors` in an inline rule: strings of which one is in every match";
                    return Err(wrong(entry.id.span(), message.to_owned()));
                }
                rules.longest_line = rules.longest_line.max(if entry.inline { 0 } else { entry.max_length });
                if entry.inline {
                    patterns.inline.push((number, pattern));
                    patterns.anchors.extend(anchors);
                } else if anchors.is_empty() {
                    patterns.lines.push((number, pattern));
                } else {
                    patterns.anchored.push((number, pattern, anchors));
                }
            }
            rules.rules.push(Rule {
                id: entry.id.into_inner(),
                max_length: entry.max_length,
                keep: entry.keep,
                not_in: entry.not_in,
                examples: entry.examples,
                counters: entry.counters,
            });
        }
        rules.searches = Searches::new(&patterns).map_err(|(span, message)| wrong(span, message))?;
        Ok(rules)
    }

    /// A rule's id.
    pub fn id(&self, rule: u16) -> &str {
        self.rules.get(usize::from(rule)).map_or("", |rule| &rule.id)
    }

    /// The reason code of a number inside furniture of this rule, for `unclaimed.csv`.
    pub fn reason(&self, rule: u16) -> String {
        format!("furniture-{}", self.id(rule))
    }

    /// Whether facts inside furniture of this rule are wanted.
    pub fn keep(&self, rule: u16) -> bool {
        self.rules.get(usize::from(rule)).is_some_and(|rule| rule.keep)
    }

    pub(super) fn max_length(&self, rule: u16) -> usize {
        self.rules.get(usize::from(rule)).map_or(0, |rule| rule.max_length)
    }

    /// The rule for an HTML element's text.
    pub(super) fn of_element(&self, name: &str) -> Option<u16> {
        self.elements.get(name).copied()
    }

    /// Adds the furniture of a view to what its elements gave. `wrapped` tells that a line break inside a block is a space
    /// (plain text), not a line of its own (`<br>`).
    pub(super) fn find(&self, view: &str, blocks: &[Block], wrapped: bool, furniture: &mut Vec<Furniture>) {
        let mut row = 0;
        while row < blocks.len() {
            // The cells of one line are furniture together or not at all: "Home | About".
            let cells = row_length(view, &blocks[row..]);
            let (first, last) = (blocks[row], blocks[row + cells - 1]);
            self.find_lines(view, first.span.join(last.span), first.kind, wrapped && cells == 1, furniture);
            row += cells;
        }
        self.find_inline(view, furniture);
        settle(furniture);
    }

    fn find_lines(&self, view: &str, span: ViewSpan, kind: BlockKind, wrapped: bool, furniture: &mut Vec<Furniture>) {
        let text = span.of(view);
        if wrapped {
            if text.len() <= self.longest_line && memchr::memchr2(b'\n', b'\r', text.as_bytes()).is_none() {
                furniture.extend(self.line(text, kind).map(|rule| self.found(rule, span.start, text)));
            }
            return;
        }
        let mut start = span.start;
        for line in text.split('\n') {
            let trimmed = line.trim();
            if !trimmed.is_empty() && trimmed.len() <= self.longest_line {
                let indent = line.len() - line.trim_start().len();
                furniture
                    .extend(self.line(trimmed, kind).map(|rule| self.found(rule, start + to_u32(indent), trimmed)));
            }
            start += to_u32(line.len() + 1);
        }
    }

    fn found(&self, rule: u16, start: u32, text: &str) -> Furniture {
        Furniture { span: ViewSpan::new(start, start + to_u32(text.len())), rule, keep: self.keep(rule) }
    }

    /// The first line rule that a trimmed line matches.
    fn line(&self, line: &str, kind: BlockKind) -> Option<u16> {
        let fits = |rule: &u16| {
            let rule = &self.rules[usize::from(*rule)];
            line.len() <= rule.max_length && !rule.not_in.contains(&kind.into())
        };
        let first = self.searches.lines(line).find(fits);
        let anchored = self.searches.anchored.iter().filter(|(rule, search, regex)| {
            fits(rule) && first.is_none_or(|first| *rule < first) && search.is_match(line) && regex.is_match(line)
        });
        anchored.map(|(rule, ..)| *rule).next().or(first)
    }

    fn find_inline(&self, view: &str, furniture: &mut Vec<Furniture>) {
        let Some(anchors) = &self.searches.anchors else { return };
        let mut reached = 0;
        for anchor in anchors.find_iter(view) {
            if anchor.start() < reached {
                continue;
            }
            let hit = self.searches.inline.iter().find_map(|(rule, regex)| {
                let window = window(view, anchor.range(), self.max_length(*rule), reached);
                let mut found = regex.find_iter(&view[window.clone()]);
                found
                    .find(|found| {
                        window.start + found.start() <= anchor.start() && anchor.end() <= window.start + found.end()
                    })
                    .map(|found| (*rule, window.start + found.start(), found.as_str()))
            });
            if let Some((rule, start, text)) = hit {
                furniture.push(self.found(rule, to_u32(start), text));
                reached = start + text.len();
            }
        }
    }

    /// Runs all examples and counter-examples against all rules; gives what failed, one message each.
    pub fn check(&self) -> Vec<String> {
        let mut failed = Vec::new();
        for rule in &self.rules {
            for example in &rule.examples {
                let (text, wanted) = match example {
                    Example::Whole(text) => (text, text),
                    Example::Part { text, found } => (text, found),
                };
                let found = self.first(text);
                if found != Some((&rule.id, wanted)) {
                    failed.push(format!("{}: expected `{wanted}` in example `{text}`, found {found:?}", rule.id));
                }
            }
            for Counter { text, why } in &rule.counters {
                if let Some((id, found)) = self.first(text) {
                    failed.push(format!("{}: counter-example `{text}` ({why}) has `{found}`, by {id}", rule.id));
                }
            }
        }
        failed
    }

    /// Id and text of the first furniture in a line.
    fn first<'a>(&self, line: &'a str) -> Option<(&str, &'a str)> {
        let block = Block { span: ViewSpan::new(0, to_u32(line.len())), kind: BlockKind::Paragraph };
        let mut furniture = Vec::new();
        self.find(line, &[block], true, &mut furniture);
        furniture.first().map(|found| (self.id(found.rule), found.span.of(line)))
    }
}

fn check_id(id: &str, rules: &[Rule]) -> Result<(), String> {
    let kebab =
        !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if !kebab {
        return Err(format!("expected an id of small letters, digits and hyphens, found `{id}`"));
    }
    if rules.iter().any(|rule| rule.id == id) {
        return Err(format!("expected an id of its own, found `{id}` a second time"));
    }
    Ok(())
}

/// How many blocks are cells on one line of the view, one for any other block.
fn row_length(view: &str, blocks: &[Block]) -> usize {
    let same_row = |pair: &&[Block]| {
        let gap = &view[pair[0].span.end as usize..pair[1].span.start as usize];
        pair[0].kind == BlockKind::Cell && pair[1].kind == BlockKind::Cell && !gap.contains(['\n', '\r'])
    };
    1 + blocks.windows(2).take_while(same_row).count()
}

/// The part of the line around an anchor in which an inline rule is tried.
fn window(view: &str, anchor: std::ops::Range<usize>, around: usize, from: usize) -> std::ops::Range<usize> {
    let start = floor_boundary(view, anchor.start.saturating_sub(around)).max(from);
    let end = floor_boundary(view, anchor.end.saturating_add(around));
    let start =
        memchr::memrchr2(b'\n', b'\r', &view.as_bytes()[start..anchor.start]).map_or(start, |at| start + at + 1);
    let end = memchr::memchr2(b'\n', b'\r', &view.as_bytes()[anchor.end..end]).map_or(end, |at| anchor.end + at);
    start..end
}

/// Puts furniture in order and drops what overlaps: the longer piece counts, of equals the one found first (elements
/// come before lines, lines before parts of lines).
fn settle(furniture: &mut Vec<Furniture>) {
    furniture.sort_by_key(|found| (found.span.start, std::cmp::Reverse(found.span.end)));
    let mut end = 0;
    furniture.retain(|found| {
        let apart = found.span.start >= end;
        end = end.max(found.span.end);
        apart
    });
}

/// Offsets fit: a document of more than 32 bits is refused before furniture is looked for.
fn to_u32(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules() -> FurnitureRules {
        FurnitureRules::parse("furniture.toml", include_str!("../../rules/document/furniture.toml"))
            .expect("the project's own rules")
    }

    fn mistake(toml: &str) -> String {
        FurnitureRules::parse("my.toml", toml).expect_err("a mistake").to_string()
    }

    #[test]
    fn examples_are_found_and_counter_examples_are_not() {
        assert_eq!(rules().check(), Vec::<String>::new());
    }

    #[test]
    fn every_pattern_has_examples() {
        for rule in rules().rules.iter().filter(|rule| !rule.id.starts_with("html-")) {
            assert!(!rule.examples.is_empty(), "{}", rule.id);
        }
    }

    #[test]
    fn a_line_inside_a_wrapped_paragraph_is_text() {
        let rules = rules();
        let view = "Those who want to\nread more\nshould do so";
        let block = Block { span: ViewSpan::new(0, to_u32(view.len())), kind: BlockKind::Paragraph };
        let mut furniture = Vec::new();
        rules.find(view, &[block], true, &mut furniture);
        assert!(furniture.is_empty());
        rules.find(view, &[block], false, &mut furniture);
        let found: Vec<_> = furniture.iter().map(|found| found.span.of(view)).collect();
        assert_eq!(found, ["read more"]);
    }

    #[test]
    fn mistakes_say_where_they_are() {
        assert_eq!(
            mistake("[[furniture]]\nid = 'A b'"),
            "my.toml:2:6: expected an id of small letters, digits and hyphens, found `A b`"
        );
        assert_eq!(
            mistake("[[furniture]]\nid = 'a'\npattern = '(b'"),
            "my.toml:3:11: expected a regular expression: unclosed group"
        );
        assert_eq!(
            mistake("[[furniture]]\nid = 'a'\npattern = 'b'\ninline = true"),
            "my.toml:2:6: expected `anchors` in an inline rule: strings of which one is in every match"
        );
        assert_eq!(
            mistake("[[furniture]]\nid = 'a'\n[[furniture]]\nid = 'a'"),
            "my.toml:4:6: expected an id of its own, found `a` a second time"
        );
        assert!(mistake("[[furniture]]\nid = 'a'\nkeeep = true").starts_with("my.toml:3:1: unknown field `keeep`"));
        assert!(mistake("furniture = ").starts_with("my.toml:1:"));
    }
}
