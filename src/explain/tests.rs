//! Stories of one line each, with the shipped rules: they are what people ask about.

use std::sync::LazyLock;

use super::*;
use crate::extractor::Options;
use crate::rules::Ruleset;

static EXTRACTOR: LazyLock<Extractor> =
    LazyLock::new(|| Extractor::new(Ruleset::shipped().unwrap(), Options::default()).unwrap());

fn story(text: &str, rule: Option<&str>) -> Story {
    let document = Document::read(text.as_bytes().to_vec(), "a.txt", EXTRACTOR.document_rules()).unwrap();
    let rule = rule.map(|id| EXTRACTOR.ruleset().find(id).unwrap());
    explain(&EXTRACTOR, &document, &Question { line: None, rule })
}

fn refused<'s>(story: &'s Story, id: &str, code: &str) -> &'s str {
    let found = story.pieces.iter().flat_map(|piece| &piece.matches).find_map(|each| match &each.fate {
        Fate::Refused { by, why } if each.rule == id && *by == code => Some(why.as_str()),
        _ => None,
    });
    found.unwrap_or_else(|| panic!("{id} is not refused by {code}\n{}", story.text()))
}

#[test]
fn a_rule_says_how_far_it_got_and_what_it_wanted_next() {
    let story = story("They paid 30,000 people.", Some("money.after"));
    let attempt = &story.pieces[0].attempts[0];
    assert_eq!((attempt.matched.as_str(), attempt.found.as_str()), ("30,000", "`people`"));
    assert!(attempt.expected.iter().any(|wish| wish == "currency-symbol"), "{:?}", attempt.expected);
    assert!(story.text().contains("money.after: matched to `30,000`; expected "), "{}", story.text());
    assert!(story.text().contains(", found `people`"), "{}", story.text());
}

#[test]
fn a_rule_that_starts_nowhere_says_what_it_wants_first() {
    let story = story("Nobody paid.", Some("money.range.before.between"));
    assert_eq!(story.pieces[0].never_started, ["\"between\""]);
    assert!(story.text().contains("starts nowhere here; it wants \"between\""), "{}", story.text());
}

#[test]
fn a_dictionary_s_condition_that_kept_a_rule_from_going_on_is_told() {
    let story = story("Some won the race.", None);
    let token = story.pieces[0].tokens.iter().find(|token| token.text == "won").unwrap();
    assert!(token.gated.iter().any(|each| each.gate == "only_after = number"), "{token:?}");
}

#[test]
fn comparisons_and_contexts_name_what_is_not_as_it_must_be() {
    let told = story("It cost 900 to 300 yuan.", None);
    assert_eq!(refused(&told, "number.range.to", "require"), "`low < high` does not hold");
    let told = story("They paid $900-950.", None);
    assert_eq!(refused(&told, "number.range.to", "context"), "not-before: `$` stands before it");
}

#[test]
fn the_winner_of_an_overlap_is_named_with_its_reason() {
    let told = story("They paid 30,000 yuan.", None);
    let why = refused(&told, "number.cardinal", "overlap");
    assert!(why.starts_with("money.after has the place: "), "{why}");
    assert!(why.ends_with("priority 0 against -2"), "{why}");
}

#[test]
fn a_match_tells_the_dictionary_rows_and_the_steps_to_its_value() {
    let told = story("They paid 30,000 yuan.", None);
    let found = told.pieces[0].matches.iter().find(|each| each.rule == "money.after").unwrap();
    let currency = found.captures.iter().find(|capture| capture.name == "currency").unwrap();
    assert_eq!(currency.rows[0].cells["code"], "CNY");
    assert!(currency.rows[0].dictionary.starts_with("money/names.csv:"), "{currency:?}");
    assert!(found.steps.iter().any(|step| step.contains("amount=30000 currency=CNY")), "{:?}", found.steps);
}

#[test]
fn json_has_what_the_words_have() {
    let told = story("They paid 30,000 people.", Some("money.after"));
    let json = serde_json::to_value(&told).unwrap();
    assert_eq!(json["pieces"][0]["attempts"][0]["matched"], "30,000");
    assert_eq!(json["pieces"][0]["attempts"][0]["line"], 1);
    assert_eq!(json["rule"], "money.after");
}
