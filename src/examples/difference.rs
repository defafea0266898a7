//! What an example expected against what was found, line by line.

use std::fmt;

use super::Found;

/// A line of a difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// Expected, and found.
    Same(String),
    /// Expected, and not found.
    Expected(String),
    /// Found, and not expected.
    Found(String),
}

/// Expected against found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Difference {
    /// Its lines, in order.
    pub lines: Vec<Line>,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, line) in self.lines.iter().enumerate() {
            let (sign, text) = match line {
                Line::Same(text) => (' ', text),
                Line::Expected(text) => ('-', text),
                Line::Found(text) => ('+', text),
            };
            write!(f, "{}{sign} {text}", if index > 0 { "\n" } else { "" })?;
        }
        Ok(())
    }
}

impl Difference {
    /// Between what an example asks for (of a rule, where it is about one) and what comes nearest to it of what was found; the rest
    /// of that is listed below.
    pub(super) fn of_example(
        rule: Option<&str>,
        fact: Option<&str>,
        wanted: &[(String, String)],
        found: &[Found],
    ) -> Difference {
        let nearness = |each: &Found| {
            let text = fact.is_some_and(|fact| each.text == fact);
            let part = fact.is_some_and(|fact| fact.contains(&each.text) || each.text.contains(fact));
            let cells = wanted.iter().filter(|(name, value)| each.cell(name) == value);
            (text, rule.is_some_and(|rule| each.rule == rule), part, cells.count())
        };
        let nearest = found.iter().rev().max_by_key(|each| nearness(each));
        let nearest = nearest.filter(|each| nearness(each) > (false, false, false, 0));
        let mut difference = Difference::default();
        let mut line = |name: &str, wanted: &str, found: Option<&str>| {
            let shown = |value: &str| format!("{name} = {value}");
            if found == Some(wanted) {
                return difference.lines.push(Line::Same(shown(wanted)));
            }
            difference.lines.push(Line::Expected(shown(wanted)));
            difference.lines.extend(found.map(|found| Line::Found(shown(found))));
        };
        if let Some(rule) = rule {
            line("rule", rule, nearest.map(|each| each.rule.as_str()));
        }
        if let Some(fact) = fact {
            line("fact", fact, nearest.map(|each| each.text.as_str()));
        }
        for (name, value) in wanted {
            line(name, value, nearest.map(|each| each.cell(name)));
        }
        let others = found.iter().filter(|each| nearest.is_none_or(|nearest| !std::ptr::eq(*each, nearest)));
        difference.lines.extend(others.map(|each| Line::Found(each.to_string())));
        if found.is_empty() {
            difference.lines.push(Line::Found("nothing".to_owned()));
        }
        difference
    }

    /// What a counterexample should not have given.
    pub(super) fn of_counter(found: &Found) -> Difference {
        Difference { lines: vec![Line::Found(found.to_string())] }
    }
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cells: Vec<String> = self.cells.iter().map(|(name, cell)| format!("{name} = {cell}")).collect();
        write!(f, "`{}` {} {{ {} }}", self.text, self.rule, cells.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::RuleKind;

    fn found(rule: &str, text: &str, high: &str) -> Found {
        Found {
            kind: RuleKind::Money,
            rule: rule.to_owned(),
            text: text.to_owned(),
            cells: vec![("low", "5".into()), ("high", high.into())],
        }
    }

    #[test]
    fn cells_are_compared_with_what_comes_nearest() {
        let wanted = [("low", "5"), ("high", "70")].map(|(name, value)| (name.to_owned(), value.to_owned()));
        let all = [found("other", "x", "1"), found("money", "5 to 70", "7")];
        insta::assert_snapshot!(Difference::of_example(Some("money"), Some("5 to 70"), &wanted, &all), @r"
          rule = money
          fact = 5 to 70
          low = 5
        - high = 70
        + high = 7
        + `x` other { low = 5, high = 1 }
        ");
        insta::assert_snapshot!(Difference::of_example(Some("money"), None, &wanted, &[]), @r"
        - rule = money
        - low = 5
        - high = 70
        + nothing
        ");
    }
}
