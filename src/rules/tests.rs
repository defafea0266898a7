use super::*;

/// The codes of what is wrong with rules, errors and warnings alike.
fn codes(rules: &str) -> Vec<&'static str> {
    diagnostics(rules).iter().map(|each| each.code).collect()
}

fn diagnostics(rules: &str) -> Vec<Diagnostic> {
    let files = RuleFiles::from_texts([
        (
            "things.toml",
            "[[dictionary]]\nfile = 'things.csv'\nclass = 'thing'\nterms = ['term']\nkey = ['term']\nread-by = 'tests'\n",
        ),
        ("things.csv", "term\nlong boat\nboat\n"),
        ("rules.toml", rules),
    ]);
    Ruleset::load(vec![files]).map_or_else(|errors| errors, |ruleset| ruleset.warnings)
}

fn rule(id: &str, pattern: &str, more: &str) -> String {
    let example = "[[rule.example]]\ntext = 'x'\n";
    let counter = "[[rule.counter]]\ntext = 'x'\nwhy = 'y'\n";
    let own = format!("[[rule]]\nid = '{id}'\nkind = 'number'\nmake = 'cardinal'\npattern = '{pattern}'\n{more}\n");
    own + example + example + counter
}

#[test]
fn sound_rules_have_no_diagnostics() {
    assert!(codes(&rule("a", r#"(?<value> <number>) <thing>"#, "")).is_empty());
}

#[test]
fn mistakes_have_their_codes() {
    for (rules, expected) in [
        (rule("a", "<mnoth>", ""), vec!["unknown-class"]),
        (rule("a", "<number> @tail", ""), vec!["unknown-fragment"]),
        (rule("a", "between", ""), vec!["not-a-pattern"]),
        (rule("a", r#""long boat""#, ""), vec!["not-a-pattern"]),
        (rule("a", r#""22-year""#, ""), vec!["word-of-several-tokens"]),
        (rule("a", "<number !number>", ""), vec!["impossible-token"]),
        (rule("a", "<number>?", ""), vec!["matches-empty"]),
        (rule("a", "<number>", "colour = 'red'"), vec!["not-a-rule-file"]),
        (rule("a", "<number>", "require = ['low < high']"), vec!["require"]),
        (rule("a", "<number>", "veto = '('"), vec!["veto"]),
        (rule("a", "<number>", "confidence = 1.5"), vec!["confidence"]),
        (rule("a", "<number>", "reason = 'x'"), vec!["reason"]),
        (rule("a", "<number>", "").replace("'number'", "'nubmer'"), vec!["unknown-kind"]),
        (rule("a", "<number>", "") + &rule("a", "<thing>", ""), vec!["id-twice"]),
        (format!("disable = ['b']\n{}", rule("a", "<number>", "")), vec!["unknown-rule"]),
        (rule("a", "<number>", "") + &rule("b", "<number>", ""), vec!["tie"]),
        (rule("a", "<number free>", "") + &rule("b", "<number>", "priority = 1"), vec!["shadowed"]),
        ("[[fragment]]\nname = 'x'\npattern = '@x'\n".to_owned() + &rule("a", "@x", ""), vec!["fragment-loop"]),
    ] {
        assert_eq!(codes(&rules), expected, "{rules}");
    }
}

#[test]
fn a_narrower_rule_that_stands_first_is_not_shadowed() {
    assert!(codes(&(rule("a", "<number free>", "") + &rule("b", "<number>", ""))).is_empty());
    assert_eq!(codes(&(rule("b", "<number>", "") + &rule("a", "<number free>", ""))), ["shadowed"]);
}

#[test]
fn a_rule_whose_class_no_term_has_can_never_match() {
    let rules = "[[dictionary]]\nfile = 'none.csv'\nclass = 'none'\nterms = ['term']\nkey = ['term']\n".to_owned()
        + &rule("a", "<none>", "");
    let files = RuleFiles::from_texts([("none.csv", "term\n"), ("rules.toml", &rules)]);
    let codes: Vec<_> = Ruleset::load(vec![files]).unwrap().warnings.iter().map(|each| each.code).collect();
    assert_eq!(codes, ["never-matches"]);
}

#[test]
fn a_dictionary_that_nothing_reads_is_told() {
    let rules = "[[dictionary]]\nfile = 'none.csv'\nclass = 'none'\nterms = ['term']\nkey = ['term']\n";
    let files = RuleFiles::from_texts([("none.csv", "term\nx\n"), ("rules.toml", rules)]);
    let codes: Vec<_> = Ruleset::load(vec![files]).unwrap().warnings.iter().map(|each| each.code).collect();
    assert_eq!(codes, ["unused-class"]);
}

#[test]
fn a_mistake_points_at_its_place() {
    let found = diagnostics(&rule("number.x", "<number> <thnig>", ""));
    insta::assert_snapshot!(found[0].to_string(), @r"
    error[unknown-class]: number.x: no dictionary and no scanner class is called `thnig`
     --> rules.toml:5:22
      |
    5 | pattern = '<number> <thnig>'
      |                      ^^^^^
      |
      = help: did you mean `<thing>`?
    ");
}

#[test]
fn a_wrong_dictionary_names_file_and_line() {
    let rules = "[[dictionary]]\nfile = 'none.csv'\nclass = 'none'\nterms = ['term']\nkey = ['term']\n";
    for (csv, place, message) in [
        ("word\nx\n", "none.csv:1:1", "expected a column `term`, found word"),
        ("term,case\nx,fold\ny\n", "none.csv:3:1", "expected 2 cells as in the header (term,case), found 1"),
        ("term,case\nx,upper\n", "none.csv:2:1", "case: expected fold, title or exact, found `upper`"),
        ("", "none.csv", "expected a header row"),
    ] {
        let files = RuleFiles::from_texts([("none.csv", csv), ("rules.toml", rules)]);
        let error = Ruleset::load(vec![files]).unwrap_err()[0].to_string();
        assert!(error.contains(place) && error.contains(message), "{error}");
    }
}

#[test]
fn dictionaries_joined_by_the_build_script_are_those_joined_now() {
    assert!(super::prebuilt::shipped().is_some(), "the build script joined nothing");
    let prebuilt = Ruleset::shipped().unwrap();
    let joined = Ruleset::load(vec![RuleFiles::shipped().into_a_users()]).unwrap();
    assert!(prebuilt.lexicon.flat() == joined.lexicon.flat());
    assert_eq!(prebuilt.hash, joined.hash);
}
