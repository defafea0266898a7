//! Confidences from measurements.
//!
//! A rule's confidence is the share of its facts that are right (span overlaps, meaning equal), drawn towards that of its
//! table where there are few: with `n` judged facts of which `k` are right, and the share `p` of the table's rules
//! together, it is (k + m·p) / (n + m), the mean of a beta distribution with a prior worth [`PRIOR`] facts. A rule
//! that fired three times and was right each time is not certain.

use std::collections::BTreeMap;

use super::score::{ALL, RuleTally, Score};

/// Facts that the share of the table counts for.
pub const PRIOR: f64 = 10.0;

/// The columns of the file.
pub const COLUMNS: [&str; 4] = ["rule", "judged", "right", "confidence"];

/// How often a rule is right.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleConfidence {
    /// Its id.
    pub rule: String,
    /// Its facts that were judged.
    pub judged: u64,
    /// Those that are right.
    pub right: u64,
    /// In hundredths.
    pub confidence: u8,
}

/// The confidences of all rules that were measured in some scores, by id.
pub fn calibrate(scores: &[Score]) -> Vec<RuleConfidence> {
    let mut rules: BTreeMap<&str, RuleTally> = BTreeMap::new();
    let mut tables: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    // Facts of no rule, as scores of an earlier version have them, calibrate none.
    for (rule, tally) in scores.iter().flat_map(|score| &score.rules).filter(|(rule, _)| !rule.is_empty()) {
        for name in [tally.table.as_str(), ALL] {
            let table = tables.entry(name).or_default();
            *table = (table.0 + tally.made, table.1 + tally.value);
        }
        let own = rules.entry(rule).or_insert_with(|| RuleTally { table: tally.table.clone(), ..RuleTally::default() });
        own.made += tally.made;
        own.value += tally.value;
    }
    let share =
        |table: &str| tables.get(table).map_or(0.5, |(made, right)| (*right as f64 + 1.0) / (*made as f64 + 2.0));
    let confidence =
        |tally: &RuleTally| (tally.value as f64 + PRIOR * share(&tally.table)) / (tally.made as f64 + PRIOR);
    let rules = rules.into_iter().map(|(rule, tally)| RuleConfidence {
        rule: rule.to_owned(),
        judged: tally.made,
        right: tally.value,
        // Nothing is certain, and nothing that a rule makes is worthless.
        confidence: (confidence(&tally) * 100.0).round().clamp(1.0, 99.0) as u8,
    });
    rules.collect()
}

/// The file that the rules are read with.
pub fn csv(confidences: &[RuleConfidence]) -> String {
    let mut text = COLUMNS.join(",") + "\n";
    for RuleConfidence { rule, judged, right, confidence } in confidences {
        text += &format!("{rule},{judged},{right},{}.{:02}\n", confidence / 100, confidence % 100);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(rules: &[(&str, u64, u64)]) -> Score {
        let tally = |made, value| RuleTally { table: "dates".to_owned(), made, value, ..RuleTally::default() };
        let rules = rules.iter().map(|(rule, made, value)| ((*rule).to_owned(), tally(*made, *value)));
        Score { rules: rules.collect(), ..Score::default() }
    }

    #[test]
    fn few_facts_are_drawn_towards_the_table() {
        let scores = [score(&[("often", 800, 760), ("seldom", 2, 0)]), score(&[("often", 198, 190), ("once", 1, 1)])];
        let found: Vec<_> =
            calibrate(&scores).into_iter().map(|each| (each.rule, each.judged, each.right, each.confidence)).collect();
        let expected = [("often", 998, 950, 95), ("once", 1, 1, 95), ("seldom", 2, 0, 79)];
        assert_eq!(
            found,
            expected.map(|(rule, judged, right, hundredths)| (rule.to_owned(), judged, right, hundredths))
        );
        assert_eq!(csv(&calibrate(&scores)).lines().nth(1), Some("often,998,950,0.95"));
    }
}
