//! Why facts differ, as far as the folders tell.

use std::path::Path;

use serde::Serialize;
use serde_json::Value;

use crate::state::Store;

/// Why a fact differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// The document is new.
    DocumentAdded,
    /// The document is gone.
    DocumentRemoved,
    /// The document's bytes changed.
    DocumentChanged,
    /// The rule that made the fact changed, is new, or is gone.
    RuleChanged,
    /// A dictionary changed.
    DictionaryChanged,
    /// Rules or dictionaries changed; the folders do not tell which.
    RulesChanged,
    /// The options of the run changed.
    OptionsChanged,
    /// The program changed.
    VersionChanged,
    /// Nothing that the folders tell of changed, or they tell nothing.
    Unknown,
}

impl Cause {
    /// The code in tables and JSON.
    pub fn code(self) -> &'static str {
        match self {
            Cause::DocumentAdded => "document-added",
            Cause::DocumentRemoved => "document-removed",
            Cause::DocumentChanged => "document-changed",
            Cause::RuleChanged => "rule-changed",
            Cause::DictionaryChanged => "dictionary-changed",
            Cause::RulesChanged => "rules-changed",
            Cause::OptionsChanged => "options-changed",
            Cause::VersionChanged => "version-changed",
            Cause::Unknown => "unknown",
        }
    }

    /// In words, as a heading.
    pub fn heading(self) -> &'static str {
        match self {
            Cause::DocumentAdded => "the document is new",
            Cause::DocumentRemoved => "the document is gone",
            Cause::DocumentChanged => "the document changed",
            Cause::RuleChanged => "the rule changed",
            Cause::DictionaryChanged => "a dictionary changed",
            Cause::RulesChanged => "rules or dictionaries changed",
            Cause::OptionsChanged => "the options changed",
            Cause::VersionChanged => "the program changed",
            Cause::Unknown => "no cause that the folders tell of",
        }
    }
}

/// What a folder tells of the run that made it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RunInfo {
    /// Version of the program.
    pub version: String,
    /// Digest of the sources that the program was built from, where the state tells: the same version may have several.
    pub build: Option<String>,
    /// Hash of all rules and dictionaries.
    pub rules_hash: String,
    /// The options that its tables depend on.
    pub options: Value,
    /// Hash of each rule by id, and of each dictionary by path; empty where the run does not tell.
    pub parts: Option<Parts>,
}

/// Hashes of the parts of the rules.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parts {
    /// By rule id.
    pub rules: std::collections::BTreeMap<String, String>,
    /// By path of the dictionary.
    pub dictionaries: std::collections::BTreeMap<String, String>,
}

impl RunInfo {
    /// What run.json and the state tell, as far as they are there and of one run: without them there are only fewer causes.
    pub(super) fn read(folder: &Path) -> Option<Self> {
        let value: Value = serde_json::from_str(&std::fs::read_to_string(folder.join("run.json")).ok()?).ok()?;
        let text = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
        let mut run = Self {
            version: text("version"),
            build: None,
            rules_hash: text("rules_hash"),
            options: value["options"].clone(),
            parts: None,
        };
        if let Ok(store) = Store::open(folder)
            && store.run().rules_hash == run.rules_hash
        {
            let facts = store.run();
            run.build = Some(facts.build.clone());
            run.parts = (!facts.rules.is_empty()).then(|| Parts {
                rules: facts.rules.clone(),
                dictionaries: facts.files.iter().filter(|(path, _)| path.ends_with(".csv")).map(own).collect(),
            });
        }
        Some(run)
    }
}

fn own((path, digest): (&String, &String)) -> (String, String) {
    (path.clone(), digest.clone())
}

/// Whether two runs are known to be of programs that were built from other sources.
fn is_other_build(old: &RunInfo, new: &RunInfo) -> bool {
    old.build.as_ref().zip(new.build.as_ref()).is_some_and(|(old, new)| old != new)
}

/// What changed between two runs, asked fact by fact.
#[derive(Debug)]
pub(super) struct Causes<'r> {
    old: Option<&'r RunInfo>,
    new: Option<&'r RunInfo>,
}

impl<'r> Causes<'r> {
    pub fn new(old: Option<&'r RunInfo>, new: Option<&'r RunInfo>) -> Self {
        Self { old, new }
    }

    /// The paths of the dictionaries that changed, where both runs tell.
    pub fn dictionaries(&self) -> Vec<&'r str> {
        let Some((old, new)) = self.parts() else { return Vec::new() };
        let changed = |path: &&'r String| old.dictionaries.get(*path) != new.dictionaries.get(*path);
        let mut paths: Vec<&str> =
            old.dictionaries.keys().chain(new.dictionaries.keys()).filter(changed).map(String::as_str).collect();
        paths.sort_unstable();
        paths.dedup();
        paths
    }

    fn parts(&self) -> Option<(&'r Parts, &'r Parts)> {
        Some((self.old?.parts.as_ref()?, self.new?.parts.as_ref()?))
    }

    /// The cause of a difference in a document that did not change, made by these rules.
    pub fn of(&self, old_rule: Option<&str>, new_rule: Option<&str>) -> Cause {
        let Some((old, new)) = self.old.zip(self.new) else { return Cause::Unknown };
        if old.rules_hash != new.rules_hash {
            let Some((old, new)) = self.parts() else { return Cause::RulesChanged };
            let differs = |rule: &str| old.rules.get(rule) != new.rules.get(rule);
            return if old_rule.into_iter().chain(new_rule).any(differs) {
                Cause::RuleChanged
            } else if !self.dictionaries().is_empty() {
                Cause::DictionaryChanged
            } else {
                Cause::RulesChanged
            };
        }
        if old.options != new.options {
            Cause::OptionsChanged
        } else if old.version != new.version || is_other_build(old, new) {
            Cause::VersionChanged
        } else {
            Cause::Unknown
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_changed_only_where_both_folders_tell_so() {
        let run = |version: &str, build: Option<&str>| RunInfo {
            version: version.to_owned(),
            build: build.map(str::to_owned),
            ..RunInfo::default()
        };
        for (old, new, cause) in [
            (run("1", Some("a")), run("1", Some("b")), Cause::VersionChanged),
            (run("1", None), run("2", None), Cause::VersionChanged),
            (run("1", Some("a")), run("1", Some("a")), Cause::Unknown),
            (run("1", Some("a")), run("1", None), Cause::Unknown),
        ] {
            assert_eq!(Causes::new(Some(&old), Some(&new)).of(None, None), cause, "{old:?} {new:?}");
        }
    }
}
