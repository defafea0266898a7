//! Names of organizations: what the wording of a match tells of the body that it names.
//!
//! Which organization an acronym or a short form is, only the whole document can say: that is left to the resolve room.

mod bracket;
mod letters;
mod prose;

use std::ops::Range;

use super::{DraftValue, Input, Made, Normalizer, OrganizationDraft, Reason, Row};
use crate::lexicon::Entry;
use crate::resolve::Flags;
use crate::rules::RuleKind;

/// The normalizers of organizations.
pub const NORMALIZERS: &[Normalizer] = &[
    Normalizer { name: "organization", kind: RuleKind::Organization, captures: &["head", "state"], make: organization },
    Normalizer { name: "mission", kind: RuleKind::Organization, captures: &["state"], make: mission },
    Normalizer { name: "acronym", kind: RuleKind::Organization, captures: &["acronym"], make: acronym },
];

/// Classes of names in dictionaries, by precedence.
const NAMES: [&str; 2] = ["organization", "organization-gated"];
/// Classes of head nouns.
const HEADS: [&str; 6] = ["head-start", "head-start-weak", "head-public", "head-end", "head-end-weak", "head-both"];
/// Classes of what says which state a body belongs to.
const STATES: [&str; 2] = ["demonym", "country"];

/// A name, as a dictionary or a pattern found it. Constants of the rule: `tentative` (stands only if the document names the
/// organization elsewhere), `known` (a dictionary must have the whole name), `prose` (the same where the sentence is a headline), `words` (least number of tokens), `type`,
/// `weak-head` (a demonym alone does not make a name of the head noun).
fn organization(input: &Input<'_>) -> Made {
    let fact = input.found.fact.clone();
    let least = input.rule.constant("words").and_then(|words| words.parse().ok()).unwrap_or(1);
    if fact.len() < least {
        return Err(Reason::new("generic-name"));
    }
    if is_set(input, "known") && named(input, fact.clone()).is_none() {
        return Err(Reason::new("part-of-name"));
    }
    let head = input.capture("head");
    if head.as_ref().is_some_and(|head| is_generic(input, fact.start..head.start, head)) {
        return Err(Reason::new("generic-name"));
    }
    let mut draft = describe(input, fact.clone(), head);
    draft.acronym = bracket::acronym(input, &fact);
    let headline = || is_set(input, "prose") && prose::is_headline(input, &fact);
    draft.tentative = is_set(input, "tentative") || draft.acronym.is_none() && headline();
    Ok((DraftValue::Organization(draft), Flags::new()))
}

/// An embassy or consulate. Constants of the rule: `name` with `{state}` for the sending state.
fn mission(input: &Input<'_>) -> Made {
    let state = input.capture("state").and_then(|tokens| state(input, tokens));
    let Some((code, name)) = state else { return Err(Reason::new("unknown-state")) };
    let mut draft = OrganizationDraft {
        surface: spaced(input.text_of(input.found.fact.clone())),
        organization_type: input.rule.constant("type").map(str::to_owned),
        country: Some(code),
        ..OrganizationDraft::default()
    };
    draft.name = input.rule.constant("name").map(|template| template.replace("{state}", &name));
    Ok((DraftValue::Organization(draft), Flags::new()))
}

/// A long form beside its acronym: the letters decide where the long form begins; where they do not fit, a head noun at
/// its end may still tell.
fn acronym(input: &Input<'_>) -> Made {
    let fact = input.found.fact.clone();
    let acronym = input.capture_text("acronym").ok_or_else(|| Reason::new("no-acronym"))?;
    let words: Vec<&str> = fact.clone().map(|at| input.text_of(at..at + 1)).collect();
    let by_letters = letters::start(&words, acronym).map(|offset| fact.start + offset);
    let fits = |start: &usize| input.is(*start, "capitalized") && !input.is(*start, "function-word");
    let head = HEADS.iter().find_map(|class| input.term_before(fact.end, class));
    let (start, acronym) = match (by_letters.filter(fits), &head) {
        (Some(start), _) => (start, Some(acronym)),
        (None, Some(head)) => (capitals_before(input, head.start, fact.start), None),
        (None, None) => return Err(Reason::new("other-letters")),
    };
    if head.as_ref().is_some_and(|head| head.start <= start && acronym.is_none()) {
        return Err(Reason::new("generic-name"));
    }
    let own = start..fact.end;
    let mut draft = describe(input, own.clone(), head.filter(|head| head.start > start));
    draft.acronym = acronym.map(str::to_owned);
    draft.span = Some(input.scanned.span(own));
    Ok((DraftValue::Organization(draft), Flags::new()))
}

/// The first of the capitalized words right before `end`, not before `least`.
fn capitals_before(input: &Input<'_>, end: usize, least: usize) -> usize {
    let belongs = |at: &usize| input.is(*at, "capitalized") && !input.is(*at, "function-word");
    (least..end).rev().take_while(belongs).last().unwrap_or(end)
}

/// Whether the words before a head noun only say where it is from: `Korean Church` names no church.
fn is_generic(input: &Input<'_>, before: Range<usize>, head: &Range<usize>) -> bool {
    if before.is_empty() || input.is(head.start, "head-public") || input.is(head.start, "head-start") {
        return false;
    }
    let only = |class: &str| !input.entries(before.clone(), class).is_empty();
    only("demonym") || is_set(input, "weak-head") && head.len() == 1 && only("country")
}

/// What dictionaries and wording tell of the tokens of a name.
fn describe(input: &Input<'_>, own: Range<usize>, head: Option<Range<usize>>) -> OrganizationDraft {
    let mut draft = OrganizationDraft { surface: spaced(input.text_of(own.clone())), ..OrganizationDraft::default() };
    draft.organization_type = input.rule.constant("type").map(str::to_owned);
    if let Some(entry) = named(input, own.clone()) {
        draft.entry = Some((entry.table, entry.row));
        return draft;
    }
    let head_row = head.as_ref().and_then(|head| HEADS.iter().find_map(|class| first_row(input, head.clone(), class)));
    if let Some(head_type) = head_row.and_then(|row| row.get("type")) {
        draft.organization_type = Some(head_type.to_owned());
    }
    let leading = STATES.iter().find_map(|class| input.term_after(own.start, class));
    let Some(leading) = leading.filter(|leading| leading.end < own.end) else { return draft };
    let Some((code, country)) = state(input, leading.clone()) else { return draft };
    let rest = leading.end..own.end;
    match named(input, rest.clone()) {
        Some(entry) if agrees(input.row_of(entry), &code) => draft.entry = Some((entry.table, entry.row)),
        _ if draft.organization_type.as_deref() == Some(STATE_BODY) => {
            draft.name = Some(format!("{} ({country})", spaced(input.text_of(rest))));
        }
        _ => {}
    }
    draft.country = Some(code);
    draft
}

/// Type of the bodies that every state has, so that the state belongs to the name.
const STATE_BODY: &str = "ministry";

fn agrees(row: Row<'_>, code: &str) -> bool {
    row.get("country").is_none_or(|country| country == code)
}

fn named<'a>(input: &Input<'a>, tokens: Range<usize>) -> Option<&'a Entry> {
    NAMES.iter().find_map(|class| input.entries(tokens.clone(), class).first().copied())
}

fn first_row<'a>(input: &Input<'a>, tokens: Range<usize>, class: &str) -> Option<Row<'a>> {
    input.rows(tokens, class).first().copied()
}

/// ISO 3166-1 code and name of the country that a demonym or a country's name means.
fn state(input: &Input<'_>, tokens: Range<usize>) -> Option<(String, String)> {
    let row = STATES.iter().find_map(|class| first_row(input, tokens.clone(), class))?;
    let code = row.get("code")?.split('|').next()?;
    if let Some(name) = row.get("name") {
        return Some((code.to_owned(), name.to_owned()));
    }
    let (_, countries) = input.ruleset.lexicon.table_named("place/countries")?;
    let (code_column, name_column) = (countries.column("code")?, countries.column("name")?);
    let row = (0..countries.len()).find(|row| countries.cell(*row, code_column) == code)?;
    Some((code.to_owned(), countries.cell(row, name_column).to_owned()))
}

fn is_set(input: &Input<'_>, constant: &str) -> bool {
    input.rule.constant(constant) == Some("yes")
}

/// A text on one line, white space made single.
fn spaced(text: &str) -> String {
    let mut words = text.split_whitespace();
    let mut spaced = String::with_capacity(text.len());
    spaced.push_str(words.next().unwrap_or_default());
    for word in words {
        spaced.push(' ');
        spaced.push_str(word);
    }
    spaced
}
