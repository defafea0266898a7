//! A digest of each rule and each file: so that of two runs one can say which rule or dictionary made the difference.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::{RuleSite, Ruleset};
use crate::document::sha256;

/// Digits of a digest: enough to tell two versions of one thing apart.
const DIGITS: usize = 16;

/// Parts of a rule that do not decide what it finds.
const COMMENTS: [&str; 3] = ["doc", "example", "counter"];

/// Digests of a ruleset's parts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fingerprints {
    /// By id of the rule: of what it is, not of its examples. A fragment that it uses is part of its file only.
    pub rules: BTreeMap<String, String>,
    /// By path of the file below the rules' root, all layers together.
    pub files: BTreeMap<String, String>,
}

impl Ruleset {
    /// Digests of the rules and files. Made from their texts, so it takes as long as reading them.
    pub fn fingerprints(&self) -> Fingerprints {
        let mut texts: FxHashMap<*const u8, BTreeMap<String, String>> = FxHashMap::default();
        let rule = |site: &RuleSite, id: &str| -> Option<String> {
            texts.entry(site.text.as_ptr()).or_insert_with(|| rules_in(&site.text)).get(id).cloned()
        };
        let mut rule = rule;
        let rules = self.rules.iter().filter_map(|each| Some((each.id.to_string(), rule(&each.site, &each.id)?)));
        let rules = rules.collect();
        let mut files: BTreeMap<String, String> = BTreeMap::new();
        for layer in &self.files.layers {
            for (path, bytes) in layer.iter() {
                let digest = files.entry(path.to_owned()).or_default();
                *digest = short(&[digest.as_bytes(), bytes].concat());
            }
        }
        Fingerprints { rules, files }
    }
}

/// Digests of the rules in a rule file, by id.
fn rules_in(text: &str) -> BTreeMap<String, String> {
    let file: toml::Table = toml::from_str(text).unwrap_or_default();
    let rules = file.get("rule").and_then(toml::Value::as_array).into_iter().flatten();
    let digest = |rule: &toml::Value| {
        let mut rule = rule.as_table()?.clone();
        rule.retain(|key, _| !COMMENTS.contains(&key));
        Some((rule.get("id")?.as_str()?.to_owned(), short(rule.to_string().as_bytes())))
    };
    rules.filter_map(digest).collect()
}

fn short(bytes: &[u8]) -> String {
    let mut digest = sha256(bytes);
    digest.truncate(DIGITS);
    digest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::RuleFiles;

    #[test]
    fn every_rule_and_file_has_a_digest() {
        let ruleset = Ruleset::shipped().unwrap();
        let all = ruleset.fingerprints();
        assert_eq!(all.rules.len(), ruleset.rules.len());
        assert!(all.files.contains_key("money/names.csv") && all.rules.values().all(|digest| digest.len() == DIGITS));
    }

    #[test]
    fn a_rule_is_its_pattern_and_not_its_examples() {
        let of = |text: &str| rules_in(text)["number.x"].clone();
        let base = "[[rule]]\nid = \"number.x\"\nkind = \"number\"\npattern = '\"x\"'\n";
        assert_eq!(of(base), of(&format!("# why\n{base}[[rule.example]]\ntext = \"x\"\n")));
        assert_ne!(of(base), of(&base.replace("\"x\"'", "\"y\"'")));
        assert_ne!(of(base), of(&format!("{base}[rule.set]\na = \"b\"\n")));
    }

    #[test]
    fn a_users_file_changes_the_file_that_it_is_laid_over() {
        let digests = |layers: Vec<RuleFiles>| Ruleset::load(layers).unwrap().fingerprints().files;
        let shipped = digests(vec![RuleFiles::shipped()]);
        let user = RuleFiles::from_texts([("money/currencies.csv", "code,off\nXAU,yes\n")]);
        let both = digests(vec![RuleFiles::shipped(), user]);
        let changed: Vec<_> = both.iter().filter(|(path, digest)| shipped.get(*path) != Some(digest)).collect();
        assert!(changed.len() == 1 && changed[0].0 == "money/currencies.csv", "{changed:?}");
    }
}
