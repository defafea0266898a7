//! The skeleton of a rule, for a person to change: `factline rules new`.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::RuleKind;

const TEMPLATE: &str = include_str!("rule.toml");
const KINDS: &str = include_str!("kinds.toml");

#[derive(Debug, Deserialize)]
struct Parts {
    made: String,
    pattern: String,
    counter: String,
    why: String,
    examples: String,
}

/// A rule file with one commented rule of this id and kind, which holds as it is.
pub fn skeleton(id: &str, kind: RuleKind) -> Result<String, String> {
    if !is_id(id) {
        return Err(format!(
            "expected an id of small letters, digits and hyphens with at least one full stop, such as `{}.vessel`, found `{id}`",
            kind.name()
        ));
    }
    let mut kinds: BTreeMap<String, Parts> = toml::from_str(KINDS).map_err(|error| error.to_string())?;
    let parts = kinds.remove(kind.name()).ok_or_else(|| format!("there is no skeleton of kind `{}`", kind.name()))?;
    let prefix = id.split_once('.').map_or(id, |(prefix, _)| prefix).to_owned() + ".";
    let fills = [
        ("{{id}}", id),
        ("{{prefix}}", &prefix),
        ("{{kind}}", kind.name()),
        ("{{made}}", &parts.made),
        ("{{pattern}}", &parts.pattern),
        ("{{examples}}", parts.examples.trim_start()),
        ("{{counter}}", &parts.counter),
        ("{{why}}", &parts.why),
    ];
    Ok(fills.iter().fold(TEMPLATE.to_owned(), |text, (place, fill)| text.replace(place, fill)))
}

/// Whether a text has the shape of a rule's id.
fn is_id(text: &str) -> bool {
    let part = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    text.contains('.') && text.split('.').all(part)
}

#[cfg(test)]
mod tests {
    use super::super::{RuleFiles, Ruleset};
    use super::*;
    use crate::examples;
    use crate::extractor::{Extractor, Options};

    #[test]
    fn every_skeleton_holds_as_it_is_without_a_warning() {
        let texts: Vec<(String, String)> = RuleKind::ALL
            .iter()
            .map(|(name, kind)| (format!("own/{name}.toml"), skeleton(&format!("{name}.own-try"), *kind).unwrap()))
            .collect();
        let files = RuleFiles::from_texts(texts.iter().map(|(path, text)| (path.as_str(), text.as_str())));
        let ruleset = Ruleset::load(vec![RuleFiles::shipped(), files]).unwrap();
        let all = ruleset.warnings.iter().cloned().chain(crate::normalize::lint(&ruleset));
        let own = all.filter(|warning| warning.file.starts_with("own/"));
        let warnings: Vec<String> = own.map(|warning| warning.to_string()).collect();
        assert!(warnings.is_empty(), "{}", warnings.join("\n"));
        let extractor = Extractor::new(ruleset, Options::default()).unwrap();
        for (name, _) in RuleKind::ALL {
            let report = examples::run(&extractor, &format!("{name}.own-try"));
            let failures: Vec<String> = report.failures.iter().map(ToString::to_string).collect();
            assert_eq!((report.run, failures.join("\n")), (3, String::new()), "{name}");
        }
    }

    #[test]
    fn an_id_has_a_shape() {
        for (id, is_right) in
            [("money.after", true), ("number.none.x-2", true), ("money", false), ("Money.x", false), ("a..b", false)]
        {
            assert_eq!(skeleton(id, RuleKind::Money).is_ok(), is_right, "{id}");
        }
    }
}
