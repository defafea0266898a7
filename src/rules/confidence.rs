//! Confidences that were measured (`factline rules calibrate`), which go before what the author of a rule guessed.

use rustc_hash::FxHashMap;

use super::Diagnostic;
use crate::lexicon::Table;

/// Measured confidences by rule, each with the layer of rules that it comes from.
#[derive(Debug, Default)]
pub(super) struct Confidences {
    rules: FxHashMap<String, (usize, u8)>,
}

impl Confidences {
    /// Where they stand in a rules folder.
    pub const FILE: &'static str = "confidence.csv";

    /// Reads the files of the layers, those that have one; a later layer goes before.
    pub fn read<'f>(layers: impl Iterator<Item = Option<&'f [u8]>>) -> Result<Self, Diagnostic> {
        let mut confidences = Self::default();
        for (layer, bytes) in layers.enumerate() {
            let Some(bytes) = bytes else { continue };
            let wrong = |error: &dyn std::fmt::Display| Diagnostic::error("confidence", Self::FILE, error.to_string());
            let table = Table::parse(Self::FILE, bytes).map_err(|error| wrong(&error))?;
            let columns = ["rule", "confidence"].map(|name| table.column(name));
            let [Some(rule), Some(confidence)] = columns else {
                let found = table.columns().join(",");
                return Err(wrong(&format!("expected the columns `rule` and `confidence`, found {found}")));
            };
            for row in 0..table.len() {
                let cell = table.cell(row, confidence);
                let share = cell.parse().ok().filter(|share| (0.0..=1.0).contains(share));
                let share: f64 = share.ok_or_else(|| {
                    wrong(&table.error(row, format!("confidence: expected a number from 0 to 1, found `{cell}`")))
                })?;
                confidences.rules.insert(table.cell(row, rule).to_owned(), (layer, (share * 100.0).round() as u8));
            }
        }
        Ok(confidences)
    }

    /// The confidence of a rule of some layer, in hundredths. What was measured on a rule tells nothing of one that a user
    /// put in its place.
    pub fn of(&self, rule: &str, layer: usize) -> Option<u8> {
        self.rules.get(rule).filter(|(measured, _)| *measured >= layer).map(|(_, confidence)| *confidence)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_later_layer_goes_before_and_an_earlier_one_tells_nothing_of_its_rules() {
        let layers: [Option<&[u8]>; 3] =
            [Some(b"rule,judged,confidence\na,9,0.5\nb,9,0.6\n"), None, Some(b"rule,confidence\nb,0.71\n")];
        let found = Confidences::read(layers.into_iter()).unwrap();
        assert_eq!(
            [("a", 0), ("a", 2), ("b", 0), ("b", 2), ("c", 0)].map(|(rule, layer)| found.of(rule, layer)),
            [Some(50), None, Some(71), Some(71), None]
        );
    }

    #[test]
    fn a_wrong_cell_is_named_with_its_line() {
        let layers: [Option<&[u8]>; 1] = [Some(b"rule,confidence\na,1.5\n")];
        let error = Confidences::read(layers.into_iter()).unwrap_err().message;
        assert_eq!(error, "confidence.csv:2: confidence: expected a number from 0 to 1, found `1.5`");
        let layers: [Option<&[u8]>; 1] = [Some(b"rule,sure\na,1\n")];
        assert!(Confidences::read(layers.into_iter()).unwrap_err().message.contains("expected the columns `rule` and"));
    }
}
