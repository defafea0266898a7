//! The shipped rules: valid, without warnings, and every example holds against the whole set.

#![allow(clippy::unwrap_used)] // a test may panic

use factline::extractor::{Extractor, Options};
use factline::rules::{RuleFiles, Ruleset};

fn shipped() -> Ruleset {
    Ruleset::shipped().unwrap_or_else(|errors| panic!("{}", joined(&errors)))
}

fn joined(problems: &[impl ToString]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n\n")
}

#[test]
fn the_shipped_rules_have_no_warnings() {
    let ruleset =
        Ruleset::load_linted(vec![RuleFiles::shipped()]).unwrap_or_else(|errors| panic!("{}", joined(&errors)));
    let more = factline::normalize::lint(&ruleset).into_iter().chain(factline::rules::doubles(&ruleset));
    let warnings: Vec<_> = ruleset.warnings.iter().cloned().chain(more).collect();
    assert!(warnings.is_empty(), "{}", joined(&warnings));
}

#[test]
fn every_example_holds_against_the_whole_set() {
    // RULE=date. cargo test every_example: only rules whose id starts so.
    let prefix = std::env::var("RULE").unwrap_or_default();
    let extractor =
        Extractor::new(shipped(), Options::default()).unwrap_or_else(|errors| panic!("{}", joined(&errors)));
    let report = factline::examples::run(&extractor, &prefix);
    assert!(report.run > 0);
    assert!(report.failures.is_empty(), "{} of {}\n{}", report.failures.len(), report.run, joined(&report.failures));
}

/// Compares a file that is made from the rules with what is made today; `UPDATE_EXPECTED=1` writes it.
fn is_current(path: &str, made: &str) {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        std::fs::write(&file, made).unwrap();
    }
    let written = std::fs::read_to_string(&file).unwrap_or_default();
    let differs = made.lines().zip(written.lines()).position(|(made, written)| made != written);
    let line = differs.unwrap_or_else(|| made.lines().count().min(written.lines().count())) + 1;
    assert!(made == written, "{path}:{line} is not what the rules say: UPDATE_EXPECTED=1 cargo test --test rules");
}

#[test]
fn the_page_of_the_rules_is_current() {
    is_current("rules/README.md", &factline::rules::page(&shipped()));
}

#[test]
fn the_schema_is_current_and_every_rule_file_refers_to_it() {
    is_current("docs/rules.schema.json", &factline::normalize::schema());
    for path in RuleFiles::shipped().paths(".toml").filter(|path| !path.starts_with("document/")) {
        let text = shipped().files.text(path).unwrap().lines().next().unwrap_or_default().to_owned();
        let up = "../".repeat(path.matches('/').count() + 1);
        assert_eq!(text, format!("#:schema {up}docs/rules.schema.json"), "first line of rules/{path}");
    }
}

#[test]
fn the_schema_takes_the_shipped_rules() {
    let schema: serde_json::Value = serde_json::from_str(&factline::normalize::schema()).unwrap();
    let properties = |name: &str| schema["definitions"][name]["properties"].as_object().unwrap().clone();
    let (rule, example) = (properties("RuleDecl"), properties("ExampleDecl"));
    let (dictionary, row_example) = (properties("DictionaryDecl"), properties("RowExampleDecl"));
    assert_eq!(rule["kind"]["enum"].as_array().unwrap().len(), factline::rules::RuleKind::ALL.len());
    let mut rules = 0;
    for path in RuleFiles::shipped().paths(".toml").filter(|path| !path.starts_with("document/")) {
        let file: toml::Table = shipped().files.text(path).unwrap().parse().unwrap();
        for each in file.get("rule").and_then(toml::Value::as_array).into_iter().flatten() {
            rules += 1;
            for (name, value) in each.as_table().unwrap() {
                let declared = rule.get(name).unwrap_or_else(|| panic!("{path}: `{name}` is not in the schema"));
                let kind = declared["type"].clone();
                let kinds = kind.as_array().cloned().unwrap_or_else(|| vec![kind]);
                let own = match value {
                    toml::Value::String(_) => "string",
                    toml::Value::Integer(_) => "integer",
                    toml::Value::Float(_) => "number",
                    toml::Value::Boolean(_) => "boolean",
                    toml::Value::Array(_) => "array",
                    _ => "object",
                };
                let is_taken = |kind: &serde_json::Value| kind == own || kind == "number" && own == "integer";
                assert!(kinds.iter().any(is_taken), "{path}: `{name}` is {own}, the schema says {kinds:?}");
            }
            for text in each.get("example").and_then(toml::Value::as_array).into_iter().flatten() {
                assert!(text.as_table().unwrap().keys().all(|name| example.contains_key(name)), "{path}");
            }
        }
        for each in file.get("dictionary").and_then(toml::Value::as_array).into_iter().flatten() {
            assert!(each.as_table().unwrap().keys().all(|name| dictionary.contains_key(name)), "{path}");
            for text in each.get("example").and_then(toml::Value::as_array).into_iter().flatten() {
                assert!(text.as_table().unwrap().keys().all(|name| row_example.contains_key(name)), "{path}");
            }
        }
    }
    assert!(rules > 200);
}
