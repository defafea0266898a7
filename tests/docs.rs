//! Pages of docs/ that are made from the code. `UPDATE_EXPECTED=1 cargo test --test docs` writes what is made today.

#![allow(clippy::unwrap_used)] // a test may panic

use std::collections::BTreeSet;
use std::path::Path;

use factline::rules::Ruleset;
use factline::table::schema::codes::{FLAGS, REASONS};
use factline::table::schema::page::page;

/// Compares a page with what is made today; `UPDATE_EXPECTED=1` writes it.
fn is_current(page: &str, made: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(page);
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        std::fs::write(&path, made).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(made == written, "{page} is old: UPDATE_EXPECTED=1 cargo test --test docs");
}

#[test]
fn the_page_about_the_tables_is_current() {
    is_current("docs/tables.md", &page(&Ruleset::shipped().unwrap()));
}

#[test]
fn the_page_about_the_normalizers_is_current() {
    is_current("docs/normalizers.md", &factline::normalize::page());
}

/// The codes of a column of the expected tables.
fn expected(tables: &[&str], column: &str) -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/expected");
    let mut codes = BTreeSet::new();
    for table in tables {
        let mut reader = csv::Reader::from_path(folder.join(format!("{table}.csv"))).unwrap();
        let at = reader.headers().unwrap().iter().position(|name| name == column).unwrap();
        codes.extend(
            reader.records().flat_map(|row| row.unwrap()[at].split_whitespace().map(str::to_owned).collect::<Vec<_>>()),
        );
    }
    codes
}

/// Whether a code is among those explained; `unit-or-…` explains all that begin so.
fn is_explained(code: &str, explained: &[(&str, &str)]) -> bool {
    explained.iter().any(|(known, _)| match known.strip_suffix('…') {
        Some(start) => code.starts_with(start),
        None => code == *known,
    })
}

#[test]
fn every_flag_and_reason_of_the_samples_is_explained() {
    let ruleset = Ruleset::shipped().unwrap();
    let flags = expected(&["numbers", "money", "places", "organizations", "dates"], "flags");
    assert!(flags.len() > 5, "{flags:?}");
    let of_rules = |code: &str| ruleset.rules.iter().any(|rule| rule.flags.iter().any(|flag| **flag == *code));
    let unknown: Vec<_> = flags.iter().filter(|code| !is_explained(code, &FLAGS) && !of_rules(code)).collect();
    assert!(unknown.is_empty(), "flags without an explanation: {unknown:?}");
    let reasons = expected(&["unclaimed"], "reason");
    let of_rules = |code: &str| ruleset.rules.iter().any(|rule| *rule.reason == *code);
    let unknown: Vec<_> = reasons.iter().filter(|code| !is_explained(code, &REASONS) && !of_rules(code)).collect();
    assert!(unknown.is_empty(), "reasons without an explanation: {unknown:?}");
}

/// The source files of the library, by path below `src`.
fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = walkdir::WalkDir::new(&root).sort_by_file_name().into_iter().map(Result::unwrap);
    let files = files.filter(|each| each.path().extension().is_some_and(|extension| extension == "rs"));
    let name = |path: &Path| path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
    files.map(|each| (name(each.path()), std::fs::read_to_string(each.path()).unwrap())).collect()
}

/// What stands right behind a call in the sources: the literal, or else the beginning of the expression.
fn arguments(call: &str) -> BTreeSet<Result<String, String>> {
    let argument = |text: &str| match text.strip_prefix('"') {
        Some(literal) => Ok(literal.split('"').next().unwrap_or_default().to_owned()),
        None => Err(text.chars().take(12).collect()),
    };
    let found =
        |text: &str| text.match_indices(call).map(|(at, _)| argument(&text[at + call.len()..])).collect::<Vec<_>>();
    sources().iter().flat_map(|(_, text)| found(text)).collect()
}

fn is_unexplained(code: &Result<String, String>, explained: &[(&str, &str)], otherwise: &[&str]) -> bool {
    match code {
        Ok(code) => !is_explained(code, explained),
        Err(expression) => !otherwise.iter().any(|start| expression.starts_with(start)),
    }
}

#[test]
fn every_code_that_the_sources_set_is_explained() {
    let reasons = arguments("Reason::new(");
    assert!(reasons.len() > 20, "{reasons:?}");
    let unknown: Vec<_> = reasons.iter().filter(|code| is_unexplained(code, &REASONS, &[])).collect();
    assert!(unknown.is_empty(), "reasons without an explanation in src/table/schema/codes.rs: {unknown:?}");
    let unclaimed = arguments("Cow::Borrowed(").into_iter().filter_map(Result::ok).collect::<BTreeSet<_>>();
    let unknown: Vec<_> = unclaimed.iter().filter(|code| !is_explained(code, &REASONS)).collect();
    assert!(unclaimed.len() >= 3 && unknown.is_empty(), "reasons without an explanation: {unknown:?}");
    let flags = arguments("flags.insert(");
    assert!(flags.len() > 15, "{flags:?}");
    // What is no literal is of a table beside it, whose codes the test below finds.
    let unknown: Vec<_> =
        flags.iter().filter(|code| is_unexplained(code, &FLAGS, &["flag.into()", "format!("])).collect();
    assert!(unknown.is_empty(), "flags without an explanation in src/table/schema/codes.rs: {unknown:?}");
}

#[test]
fn every_code_that_is_explained_is_set_somewhere() {
    let ruleset = Ruleset::shipped().unwrap();
    let sources: Vec<String> =
        sources().into_iter().filter(|(path, _)| path != "table/schema/codes.rs").map(|(_, text)| text).collect();
    for (code, _) in FLAGS.iter().chain(&REASONS) {
        let written = match code.strip_suffix('…') {
            Some(start) => format!("\"{start}"),
            None => format!("\"{code}\""),
        };
        let of_rule =
            |rule: &factline::rules::Rule| *rule.reason == **code || rule.flags.iter().any(|flag| **flag == **code);
        let is_set = sources.iter().any(|text| text.contains(&written)) || ruleset.rules.iter().any(of_rule);
        assert!(is_set || *code == "unit-or-10-12", "nothing sets `{code}`, which codes.rs explains");
    }
}

#[test]
fn every_type_of_organization_is_on_the_page_with_its_meaning() {
    let ruleset = Ruleset::shipped().unwrap();
    let page = page(&ruleset);
    let (_, types) = ruleset.lexicon.table_named("organization/types").unwrap();
    for row in 0..types.len() {
        let line = format!("| `{}` | {} |\n", types.get(row, "type"), types.get(row, "meaning"));
        assert!(page.contains(&line), "{line}");
    }
}
