//! What a score must not fall below.

use std::str::FromStr;

use super::{Measure, Score, Tally};
use crate::rules::suggestion;

/// A least value of a measure: `places.f1=0.9`, `dates:duration.strict.recall=0.8`, `money.after.precision=0.95`.
#[derive(Debug, Clone, PartialEq)]
pub struct Limit {
    /// Table, type or rule.
    subject: String,
    /// strict, relaxed or value.
    group: String,
    /// precision, recall or f1.
    metric: String,
    least: f64,
}

const GROUPS: [&str; 3] = ["strict", "relaxed", "value"];
const METRICS: [&str; 3] = ["precision", "recall", "f1"];

impl FromStr for Limit {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = |found: &str| {
            format!(
                "expected TABLE[.strict|.relaxed|.value].precision|recall|f1=NUMBER, such as places.f1=0.9, found `{found}`"
            )
        };
        let (name, least) = text.split_once('=').ok_or_else(|| wrong(text))?;
        let least = least.trim().parse().ok().filter(|least| (0.0..=1.0).contains(least)).ok_or_else(|| wrong(text))?;
        let (rest, metric) = name.trim().rsplit_once('.').ok_or_else(|| wrong(text))?;
        if !METRICS.contains(&metric) {
            return Err(wrong(text));
        }
        let (subject, group) = match rest.rsplit_once('.') {
            Some((subject, group)) if GROUPS.contains(&group) => (subject, group),
            _ => (rest, "value"),
        };
        Ok(Self { subject: subject.to_owned(), group: group.to_owned(), metric: metric.to_owned(), least })
    }
}

impl Limit {
    /// What is wrong with a score: that it is below the limit, or (an error) that it has no such measure.
    pub fn check(&self, score: &Score) -> Result<Option<String>, String> {
        let found = self.find(score)?;
        let Self { subject, group, metric, least } = self;
        Ok((found < *least).then(|| format!("{subject}.{group}.{metric}: expected at least {least}, found {found}")))
    }

    fn find(&self, score: &Score) -> Result<f64, String> {
        if let Some(tally) = score.tables.get(&self.subject).or_else(|| score.types.get(&self.subject)) {
            return Ok(metric(group(tally, &self.group), &self.metric));
        }
        if let Some(rule) = score.rules.get(&self.subject) {
            if self.metric != "precision" {
                return Err(format!("`{}` is a rule: expected its precision, found `{}`", self.subject, self.metric));
            }
            let right = match self.group.as_str() {
                "strict" => rule.strict,
                "relaxed" => rule.relaxed,
                _ => rule.value,
            };
            return Ok(super::tally::share(right, rule.made));
        }
        let known = score.tables.keys().chain(score.types.keys()).chain(score.rules.keys()).map(String::as_str);
        let help = suggestion(&self.subject, known).unwrap_or_else(|| {
            format!("the score has {}", score.tables.keys().cloned().collect::<Vec<_>>().join(", "))
        });
        Err(format!("expected a table, a type or a rule of the score, found `{}`: {help}", self.subject))
    }
}

fn group<'t>(tally: &'t Tally, name: &str) -> &'t Measure {
    match name {
        "strict" => &tally.strict,
        "relaxed" => &tally.relaxed,
        _ => &tally.value,
    }
}

fn metric(measure: &Measure, name: &str) -> f64 {
    match name {
        "precision" => measure.precision,
        "recall" => measure.recall,
        _ => measure.f1,
    }
}

/// The F1 of tables and types that are lower than in a score of before by more than a tolerance.
pub fn below_baseline(score: &Score, baseline: &Score, tolerance: f64) -> Vec<String> {
    let nothing = Tally::default();
    let mut found = Vec::new();
    for (before, now) in [(&baseline.tables, &score.tables), (&baseline.types, &score.types)] {
        for (name, before) in before {
            let now = now.get(name).unwrap_or(&nothing);
            for each in GROUPS {
                let (before, now) = (group(before, each).f1, group(now, each).f1);
                // Both have four decimals: less than half of the last is no difference.
                if now + tolerance + 5e-5 < before {
                    found.push(format!("{name}.{each}.f1: the baseline has {before}, found {now}"));
                }
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(f1: f64) -> Score {
        let measure = Measure { right: 1, precision: f1, recall: f1, f1 };
        let tally = Tally { gold: 1, made: 1, strict: measure, relaxed: measure, value: measure };
        Score { tables: [("places".to_owned(), tally)].into(), ..Score::default() }
    }

    #[test]
    fn limits_are_read_and_checked() {
        let limit: Limit = "places.strict.f1=0.9".parse().unwrap();
        assert_eq!(limit.check(&with(0.95)), Ok(None));
        let message = limit.check(&with(0.8)).unwrap().unwrap();
        assert_eq!(message, "places.strict.f1: expected at least 0.9, found 0.8");
        let limit: Limit = "plaecs.f1=0.9".parse().unwrap();
        assert!(limit.check(&with(1.0)).unwrap_err().ends_with("found `plaecs`: did you mean `places`?"));
        for text in ["places", "places.f1", "places.f1=2", "f1=0.5", "places.f2=0.5"] {
            assert!(text.parse::<Limit>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_baseline_allows_a_tolerance() {
        assert_eq!(below_baseline(&with(0.89), &with(0.9), 0.01), [""; 0]);
        assert_eq!(below_baseline(&with(0.88), &with(0.9), 0.01).len(), 3);
        assert_eq!(
            below_baseline(&Score::default(), &with(0.9), 0.01)[0],
            "places.strict.f1: the baseline has 0.9, found 0"
        );
    }
}
