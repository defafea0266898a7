//! What is probably not meant in rules, as far as only their normalizers can tell.

use super::NORMALIZERS;
use crate::rules::{Diagnostic, Rule, Ruleset};

/// Examples that a rule has at least.
const EXAMPLES: usize = 2;

/// The rules that too few texts show: what they take, and what they must leave.
pub fn lint(ruleset: &Ruleset) -> Vec<Diagnostic> {
    ruleset.rules.iter().filter_map(without_examples).collect()
}

fn without_examples(rule: &Rule) -> Option<Diagnostic> {
    let (examples, counters) = (rule.examples.len(), rule.counters.len());
    if (makes_hints(rule) || examples >= EXAMPLES) && counters > 0 {
        return None;
    }
    let message = format!(
        "{}: expected at least {EXAMPLES} examples and a counterexample, found {examples} and {counters}",
        rule.id
    );
    Some(rule.error("rule-without-examples", message).help("add [[rule.example]] and [[rule.counter]]").warning())
}

/// Whether a rule only tells others something: it makes no fact that an example could expect.
fn makes_hints(rule: &Rule) -> bool {
    let mut all = NORMALIZERS.iter().copied().flatten();
    all.any(|each| each.hints_only && each.kind == rule.kind && each.name == rule.make)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::RuleFiles;

    /// Codes of what is not meant with a rule.
    fn codes(kind: &str, make: &str, texts: &str) -> Vec<&'static str> {
        let rule =
            format!("[[rule]]\nid = 'a'\nkind = '{kind}'\nmake = '{make}'\npattern = '(?<value> <number>)'\n{texts}");
        let ruleset = Ruleset::load(vec![RuleFiles::from_texts([("a.toml", rule.as_str())])]).unwrap();
        lint(&ruleset).iter().map(|each| each.code).collect()
    }

    const EXAMPLE: &str = "[[rule.example]]\ntext = 'x'\n";
    const COUNTER: &str = "[[rule.counter]]\ntext = 'x'\nwhy = 'y'\n";

    #[test]
    fn a_rule_that_too_few_texts_show_is_told() {
        let both = format!("{EXAMPLE}{EXAMPLE}");
        assert_eq!(codes("number", "cardinal", &format!("{both}{COUNTER}")), Vec::<&str>::new());
        assert_eq!(codes("number", "cardinal", &format!("{EXAMPLE}{COUNTER}")), ["rule-without-examples"]);
        assert_eq!(codes("number", "cardinal", &both), ["rule-without-examples"]);
    }

    #[test]
    fn a_rule_that_makes_hints_needs_no_example() {
        assert_eq!(codes("place", "demonym", COUNTER), Vec::<&str>::new());
        assert_eq!(codes("place", "place", COUNTER), ["rule-without-examples"]);
        assert_eq!(codes("place", "demonym", ""), ["rule-without-examples"]);
    }
}
