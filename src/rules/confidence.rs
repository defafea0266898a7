//! Confidences that were measured (`factline rules calibrate`), which go before what the author of a rule guessed.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Diagnostic, Files, nearest};
use crate::lexicon::{Table, TableError};

/// Measured confidences by rule, each with the layer of rules that it comes from.
#[derive(Debug, Default)]
pub(super) struct Confidences {
    rules: FxHashMap<String, (usize, u8)>,
    /// Layer, line and rule of every row.
    rows: Vec<(usize, u64, String)>,
}

impl Confidences {
    /// Where they stand in a rules folder.
    pub const FILE: &'static str = "confidence.csv";

    /// Reads the files of the layers, those that have one; a later layer goes before.
    pub fn read(files: &Files) -> Result<Self, Diagnostic> {
        let mut confidences = Self::default();
        for (layer, files) in files.layers.iter().enumerate() {
            let Some(bytes) = files.get(Self::FILE) else { continue };
            confidences.add(layer, bytes).map_err(|error| mistake("confidence", error.problem, bytes, error.line))?;
        }
        Ok(confidences)
    }

    fn add(&mut self, layer: usize, bytes: &[u8]) -> Result<(), TableError> {
        let table = Table::parse(Self::FILE, bytes)?;
        let columns = ["rule", "confidence"].map(|name| table.column(name));
        let [Some(rule), Some(confidence)] = columns else {
            let problem = format!("expected the columns `rule` and `confidence`, found {}", table.columns().join(","));
            return Err(TableError { file: Self::FILE.to_owned(), line: 1, problem });
        };
        for row in 0..table.len() {
            let (rule, cell) = (table.cell(row, rule), table.cell(row, confidence));
            let share = cell.parse().ok().filter(|share: &f64| (0.0..=1.0).contains(share));
            let wrong = || table.error(row, format!("confidence: expected a number from 0 to 1, found `{cell}`"));
            let share = share.ok_or_else(wrong)?;
            self.rules.insert(rule.to_owned(), (layer, (share * 100.0).round() as u8));
            self.rows.push((layer, table.line(row), rule.to_owned()));
        }
        Ok(())
    }

    /// The rows of rules that are not there, each with its layer.
    pub fn unused(&self, files: &Files, rules: &FxHashSet<&str>) -> Vec<(usize, Diagnostic)> {
        let unknown = self.rows.iter().filter(|(.., rule)| !rules.contains(rule.as_str()));
        let told = unknown.filter_map(|(layer, line, rule)| {
            let bytes = files.layers.get(*layer)?.get(Self::FILE)?;
            let message = format!("rule: expected the id of a rule, found `{rule}`, which none has");
            let error = mistake("confidence-unused", message, bytes, *line);
            Some((*layer, error.near(nearest(rule, rules.iter().copied()))))
        });
        told.collect()
    }

    /// The confidence of a rule of some layer, in hundredths. What was measured on a rule tells nothing of one that a user
    /// put in its place.
    pub fn of(&self, rule: &str, layer: usize) -> Option<u8> {
        self.rules.get(rule).filter(|(measured, _)| *measured >= layer).map(|(_, confidence)| *confidence)
    }
}

fn mistake(code: &'static str, message: String, bytes: &[u8], line: u64) -> Diagnostic {
    Diagnostic::error(code, Confidences::FILE, message).at_line(bytes, line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::RuleFiles;

    fn files(layers: &[&str]) -> Files {
        let layer = |text: &&str| RuleFiles::from_texts([(Confidences::FILE, *text)]);
        Files { layers: layers.iter().map(layer).collect() }
    }

    #[test]
    fn a_later_layer_goes_before_and_an_earlier_one_tells_nothing_of_its_rules() {
        let mut layers = files(&["rule,judged,confidence\na,9,0.5\nb,9,0.6\n", "", "rule,confidence\nb,0.71\n"]);
        layers.layers[1] = RuleFiles::default();
        let found = Confidences::read(&layers).unwrap();
        assert_eq!(
            [("a", 0), ("a", 2), ("b", 0), ("b", 2), ("c", 0)].map(|(rule, layer)| found.of(rule, layer)),
            [Some(50), None, Some(71), Some(71), None]
        );
    }

    #[test]
    fn a_wrong_cell_is_shown_with_its_line() {
        let error = Confidences::read(&files(&["rule,confidence\na,1.5\n"])).unwrap_err().to_string();
        insta::assert_snapshot!(error, @r"
        error[confidence]: confidence: expected a number from 0 to 1, found `1.5`
         --> confidence.csv:2:1
          |
        2 | a,1.5
          | ^^^^^
        ");
        let error = Confidences::read(&files(&["rule,sure\na,1\n"])).unwrap_err();
        assert!(error.message.starts_with("expected the columns `rule` and") && error.line() == Some(1), "{error}");
    }

    #[test]
    fn a_confidence_of_no_rule_is_shown_with_the_nearest() {
        let files = files(&["rule,confidence\nnumber.one,1\n", "rule,confidence\nnumber.cardnial,0.5\n"]);
        let rules = ["number.one", "number.cardinal"].into_iter().collect();
        let unused = Confidences::read(&files).unwrap().unused(&files, &rules);
        let shown: Vec<_> = unused.iter().map(|(layer, error)| format!("{layer}\n{error}")).collect();
        insta::assert_snapshot!(shown.join("\n"), @r"
        1
        error[confidence-unused]: rule: expected the id of a rule, found `number.cardnial`, which none has
         --> confidence.csv:2:1
          |
        2 | number.cardnial,0.5
          | ^^^^^^^^^^^^^^^^^^^
          |
          = help: did you mean `number.cardinal`?
        ");
    }
}
