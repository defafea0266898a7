//! Counts, and the measures made of them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Right;

/// Precision, recall and F1 of one way of matching.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Measure {
    /// Made facts that are right.
    pub right: u64,
    /// Of the made facts, those that are right.
    pub precision: f64,
    /// Of the gold's facts, those that were made.
    pub recall: f64,
    /// The harmonic mean of both.
    pub f1: f64,
}

/// Measures of some facts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Tally {
    /// Facts of the gold.
    pub gold: u64,
    /// Made facts that the gold judges.
    pub made: u64,
    /// Equal spans.
    pub strict: Measure,
    /// Overlapping spans.
    pub relaxed: Measure,
    /// Overlapping spans of equal meaning.
    pub value: Measure,
}

/// Counts before they are measures.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Counts {
    pub gold: u64,
    pub made: u64,
    strict: u64,
    relaxed: u64,
    value: u64,
}

impl Counts {
    pub fn add(&mut self, right: Right) {
        self.strict += u64::from(right.strict);
        self.relaxed += u64::from(right.relaxed);
        self.value += u64::from(right.value);
    }

    pub fn tally(self) -> Tally {
        let measure = |right: u64| {
            let (precision, recall) = (share(right, self.made), share(right, self.gold));
            let f1 = share(2 * right, self.made + self.gold);
            Measure { right, precision, recall, f1 }
        };
        Tally {
            gold: self.gold,
            made: self.made,
            strict: measure(self.strict),
            relaxed: measure(self.relaxed),
            value: measure(self.value),
        }
    }
}

/// A share with four decimals, so that it is written the same everywhere; 0 of nothing is 0.
pub(super) fn share(part: u64, all: u64) -> f64 {
    if all == 0 { 0.0 } else { rounded(part as f64 / all as f64) }
}

fn rounded(number: f64) -> f64 {
    (number * 1e4).round() / 1e4
}

/// How often a rule is right.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct RuleTally {
    /// The table of its facts.
    pub table: String,
    /// Its facts that the gold judges.
    pub made: u64,
    /// With the right span.
    pub strict: u64,
    /// With an overlapping span.
    pub relaxed: u64,
    /// With the right meaning.
    pub value: u64,
    /// Mean confidence of its facts, from 0 to 1; none where none of them tells.
    pub confidence: Option<f64>,
}

/// The same while it is counted.
#[derive(Debug, Default)]
pub(super) struct RuleCounts {
    tally: RuleTally,
    /// Facts that tell a confidence, and the sum of their hundredths.
    told: (u64, u64),
}

impl RuleCounts {
    /// Adds a fact; `confidence` is in hundredths.
    pub fn add(&mut self, table: &str, right: Right, confidence: Option<u8>) {
        let tally = &mut self.tally;
        if tally.table.is_empty() {
            table.clone_into(&mut tally.table);
        }
        tally.made += 1;
        tally.strict += u64::from(right.strict);
        tally.relaxed += u64::from(right.relaxed);
        tally.value += u64::from(right.value);
        if let Some(hundredths) = confidence {
            self.told = (self.told.0 + 1, self.told.1 + u64::from(hundredths));
        }
    }

    pub fn tally(self) -> RuleTally {
        let (facts, sum) = self.told;
        RuleTally { confidence: (facts > 0).then(|| rounded(sum as f64 / 100.0 / facts as f64)), ..self.tally }
    }
}

/// Facts of like confidence.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Bin {
    /// Least confidence.
    pub from: f64,
    /// Confidence that is below all of the bin; of the last, the greatest of it.
    pub to: f64,
    /// Facts.
    pub facts: u64,
    /// Their mean confidence.
    pub confidence: f64,
    /// Those that are right (span overlaps, meaning equal), of all.
    pub right: f64,
    /// Bounds of that share with a chance of 95 % (Wilson).
    pub low: f64,
    /// The upper bound.
    pub high: f64,
}

/// Where bins begin, in hundredths.
const EDGES: [u8; 8] = [0, 50, 60, 70, 80, 85, 90, 95];
const TOP: u8 = 101;

/// Bins of confidences, and the expected calibration error.
pub(super) fn reliability(confidences: &BTreeMap<u8, (u64, u64)>) -> (Vec<Bin>, f64) {
    let mut bins = Vec::new();
    let (mut error, mut all) = (0.0, 0);
    for (from, to) in EDGES.iter().zip(EDGES.iter().skip(1).chain([&TOP])) {
        let own = confidences.range(from..to);
        let (facts, right, sum) = own.fold((0, 0, 0.0), |(facts, right, sum), (hundredths, (more, good))| {
            (facts + more, right + good, sum + f64::from(*hundredths) / 100.0 * *more as f64)
        });
        if facts == 0 {
            continue;
        }
        let (confidence, share) = (sum / facts as f64, right as f64 / facts as f64);
        let (low, high) = wilson(right, facts);
        error += (confidence - share).abs() * facts as f64;
        all += facts;
        bins.push(Bin {
            from: f64::from(*from) / 100.0,
            to: f64::from((*to).min(100)) / 100.0,
            facts,
            confidence: rounded(confidence),
            right: rounded(share),
            low: rounded(low),
            high: rounded(high),
        });
    }
    (bins, if all == 0 { 0.0 } else { rounded(error / all as f64) })
}

/// The interval of Wilson for a share, at 95 %.
fn wilson(right: u64, all: u64) -> (f64, f64) {
    const Z: f64 = 1.96;
    let (n, p) = (all as f64, right as f64 / all as f64);
    let middle = p + Z * Z / (2.0 * n);
    let spread = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    let whole = 1.0 + Z * Z / n;
    ((middle - spread) / whole, (middle + spread) / whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_are_shares() {
        let mut counts = Counts { gold: 4, made: 2, ..Counts::default() };
        counts.add(Right { strict: false, relaxed: true, value: true });
        let tally = counts.tally();
        assert_eq!((tally.value.precision, tally.value.recall, tally.value.f1), (0.5, 0.25, 0.3333));
        assert_eq!(tally.strict, Measure::default());
        assert_eq!(Counts::default().tally(), Tally::default());
    }

    #[test]
    fn the_confidence_of_a_rule_is_the_mean_of_its_facts_that_tell_one() {
        let mean = |confidences: &[Option<u8>]| {
            let mut counts = RuleCounts::default();
            confidences.iter().for_each(|confidence| counts.add("money", Right::default(), *confidence));
            counts.tally().confidence
        };
        assert_eq!(mean(&[Some(90), Some(60), None]), Some(0.75));
        assert_eq!(mean(&[None]), None);
    }

    #[test]
    fn a_bin_tells_its_share_with_bounds() {
        let (bins, error) = reliability(&BTreeMap::from([(90, (8, 8)), (92, (2, 1)), (40, (10, 4))]));
        assert_eq!(bins.len(), 2);
        assert_eq!((bins[1].from, bins[1].to, bins[1].facts), (0.9, 0.95, 10));
        assert_eq!((bins[1].confidence, bins[1].right), (0.904, 0.9));
        assert!(bins[1].low < 0.6 && bins[1].high > 0.98, "{:?}", bins[1]);
        assert_eq!((bins[0].right, error), (0.4, 0.002));
    }
}
