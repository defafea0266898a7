//! What a run depended on, besides its documents.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What the rows of a run depend on, besides documents and what the user says about each of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RunFacts {
    /// Version of the program.
    pub version: String,
    /// Digest of what the program was built from ([`BUILD`](super::BUILD)).
    pub build: String,
    /// SHA-256 of all rules and dictionaries.
    pub rules_hash: String,
    /// Options that change rows, by their names in run.json (`currency`, `tables`, `rates_sha256` …).
    pub options: BTreeMap<String, serde_json::Value>,
    /// A digest of each rule, by id: of what it is, not of its examples.
    pub rules: BTreeMap<String, String>,
    /// A digest of each file of rules and dictionaries, by path below the rules' root.
    pub files: BTreeMap<String, String>,
}

/// Why the rows of one run do not hold for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Another version of the program, or another build of it.
    Version,
    /// Other rules or dictionaries.
    Rules,
    /// Other options.
    Options,
}

impl RunFacts {
    /// What has changed since an earlier run; none if its rows still hold. The first in the order of [`Change`].
    pub fn change_since(&self, earlier: &Self) -> Option<Change> {
        if (&self.version, &self.build) != (&earlier.version, &earlier.build) {
            Some(Change::Version)
        } else if self.rules_hash != earlier.rules_hash {
            Some(Change::Rules)
        } else {
            (self.options != earlier.options).then_some(Change::Options)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_change_is_called_by_its_name() {
        let facts = RunFacts { version: "1".into(), ..RunFacts::default() };
        let with = |change: &dyn Fn(&mut RunFacts)| {
            let mut other = facts.clone();
            change(&mut other);
            other.change_since(&facts)
        };
        assert_eq!(with(&|_| {}), None);
        assert_eq!(with(&|other| other.version.push('0')), Some(Change::Version));
        assert_eq!(with(&|other| other.build.push('0')), Some(Change::Version));
        assert_eq!(with(&|other| other.rules_hash.push('0')), Some(Change::Rules));
        assert_eq!(with(&|other| drop(other.options.insert("currency".into(), "EUR".into()))), Some(Change::Options));
    }
}
