//! Names of organizations: what the wording of a match tells of the body that it names.
//!
//! Which organization an acronym or a short form is, only the whole document can say: that is left to the resolve room.

mod bracket;
pub(crate) mod constants;
mod letters;
mod prose;

use std::ops::Range;

use compact_str::format_compact;

use super::place::places_inside;
use super::{Class, Constant, DraftValue, Input, Made, Normalizer, OrganizationDraft, Reason, Row, Text, spaced};
use crate::lexicon::Entry;
use crate::resolve::Flags;
use crate::rules::RuleKind;
use constants::{GENERIC, HEADLINE, NAME, PERSON, PROSE, SHORT, STATE, TEAM, TENTATIVE, TYPE, WORDS};

/// The normalizers of organizations.
pub const NORMALIZERS: &[Normalizer] = &[
    Normalizer::new(
        RuleKind::Organization,
        "organization",
        &["form", "head", "state"],
        constants::OF_NAMES,
        organization,
    ),
    Normalizer::new(RuleKind::Organization, "mission", &["state"], &[NAME, TYPE], mission),
    Normalizer::new(RuleKind::Organization, "acronym", &["acronym"], &[TYPE], acronym),
];

/// Classes of names in dictionaries, by precedence.
const NAMES: [Class; 2] = [Class::Organization, Class::OrganizationGated];
/// Classes of head nouns.
const HEADS: [Class; 6] =
    [Class::HeadStart, Class::HeadStartWeak, Class::HeadPublic, Class::HeadEnd, Class::HeadEndWeak, Class::HeadBoth];
/// Classes of places whose teams bear their names.
const PLACES: [Class; 4] = [Class::City, Class::Admin1, Class::Region, Class::WeakPlace];
/// Classes of areas that a demonym may name, too.
const AREAS: [Class; 2] = [Class::Feature, Class::Region];
/// Classes of what says which state a body belongs to.
const STATES: [Class; 2] = [Class::Demonym, Class::Country];

/// Whether a match may come to nothing: so much of what the normalizers ask as can be known without the document.
pub fn is_doubtful(input: &Input<'_>) -> bool {
    match input.rule.make.as_str() {
        "organization" if is_set(input, TENTATIVE) => true,
        "organization" => !matches!(standing(input), Ok(Standing::Sure)),
        "acronym" => acronym(input).is_err(),
        _ => false,
    }
}

/// What the wording of a match proves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// An organization.
    Sure,
    /// One, if the document names it elsewhere.
    Tentative,
}

/// What a match proves, by its wording and its rule's [`constants`].
fn standing(input: &Input<'_>) -> Result<Standing, Reason> {
    let fact = &input.found.fact;
    let least = input.rule.constant(WORDS.name).and_then(|words| words.parse().ok()).unwrap_or(1);
    let head = input.capture("head");
    // `Nordic Bank for Islands` says more than where it is from.
    let ends = head.filter(|head| head.end == fact.end);
    if fact.len() < least || ends.is_some_and(|head| is_generic(input, fact.start..head.start, &head)) {
        return Err(Reason::new("generic-name"));
    }
    let is_headline = || prose::is_headline(input, fact);
    if input.rule.constant(HEADLINE.name).is_some() && is_headline() {
        return Err(Reason::new("headline"));
    }
    let in_headline = || is_set(input, PROSE) && is_headline() && bracket::acronym(input, fact).is_none();
    let person = || input.rule.constant(PERSON.name).is_some() && is_person(input, fact);
    let tentative = is_set(input, TENTATIVE) || person() || in_headline();
    Ok(if tentative { Standing::Tentative } else { Standing::Sure })
}

/// Classes of persons' names, first names before surnames.
const PERSONS: [Class; 4] = [Class::FirstName, Class::WeakFirstName, Class::Surname, Class::WeakSurname];

/// A name, as a dictionary or a pattern found it.
fn organization(input: &Input<'_>) -> Made {
    let standing = standing(input)?;
    let fact = input.found.fact.clone();
    if input.rule.constant(SHORT.name).is_some() {
        // What it is short for, only the document knows.
        let draft = OrganizationDraft { tentative: true, ..begun(input, fact) };
        return Ok((DraftValue::Organization(draft), Flags::new()));
    }
    let mut draft = describe(input, fact.clone(), input.capture("head"));
    if is_set(input, GENERIC)
        && let Some(head) = head_at_end(input, &fact).or_else(|| head_inside(input, &fact))
    {
        draft.entry = None;
        draft.organization_type = head_type(input, &head);
    }
    let own = without_generic(input, fact.clone(), draft.entry);
    if own != fact {
        draft.span = Some(input.scanned.span(own));
    }
    draft.acronym = bracket::acronym(input, &fact);
    draft.tentative = standing == Standing::Tentative;
    draft.team = is_set(input, TEAM);
    Ok((DraftValue::Organization(draft), Flags::new()))
}

/// An embassy or consulate.
fn mission(input: &Input<'_>) -> Made {
    let mut draft = begun(input, input.found.fact.clone());
    draft.organization_type = input.rule.constant(TYPE.name).map(Text::new);
    // `Korean` may be of two states: the name stays as it is written.
    let state = input.capture("state").and_then(|tokens| state(input, tokens));
    let Some((code, name)) = state else { return Ok((DraftValue::Organization(draft), Flags::new())) };
    let called = cell_by(input, "organization/state_names", "code", &code, "name").unwrap_or(&name);
    draft.name = input.rule.constant(NAME.name).map(|template| template.replace(STATE, called).into());
    draft.country = Some(code);
    Ok((DraftValue::Organization(draft), Flags::new()))
}

/// A long form beside its acronym: the letters decide where the long form begins; where they do not fit, a head noun at
/// its end may still tell.
fn acronym(input: &Input<'_>) -> Made {
    let fact = input.found.fact.clone();
    let beside = input.capture("acronym").ok_or_else(|| Reason::new("no-acronym"))?;
    let acronym = input.text_of(beside.clone());
    let words: Vec<&str> = fact.clone().map(|at| input.text_of(at..at + 1)).collect();
    let by_letters = letters::start(&words, acronym).map(|offset| fact.start + offset);
    let fits = |start: &usize| input.is(*start, Class::Capitalized) && !input.is(*start, Class::FunctionWord);
    let head = head_at_end(input, &fact);
    let foreign = bracket::is_of_other_tongue(input, beside).then_some(acronym);
    let (start, acronym) = match (by_letters.filter(fits), &head) {
        (Some(start), None) if PERSONS[..2].iter().any(|class| input.is(start, *class)) => {
            return Err(Reason::new("person"));
        }
        // Words before it belong to it: its letters may come from the middle (`National Rope Bank`, RB).
        (Some(start), _) => (capitals_before(input, start, fact.start), Some(acronym)),
        (None, Some(head)) => (capitals_before(input, head.start, fact.start), foreign),
        (None, None) => {
            let head = head_at_start(input, &fact).ok_or_else(|| Reason::new("other-letters"))?;
            (capitals_before(input, head.start, fact.start), foreign)
        }
    };
    if head.as_ref().is_some_and(|head| head.start <= start && acronym.is_none()) {
        return Err(Reason::new("generic-name"));
    }
    let own = start..fact.end;
    let head = head.filter(|head| head.start > start).or_else(|| head_inside(input, &own));
    let mut draft = describe(input, own.clone(), head);
    draft.acronym = acronym.map(Text::new);
    draft.span = Some(input.scanned.span(own));
    Ok((DraftValue::Organization(draft), Flags::new()))
}

fn head_at_end(input: &Input<'_>, name: &Range<usize>) -> Option<Range<usize>> {
    HEADS.iter().find_map(|class| input.term_before(name.end, *class)).filter(|head| head.start >= name.start)
}

/// The first head noun that a name begins with, in words that may have others before it: `of the Party of Fishermen`.
fn head_at_start(input: &Input<'_>, words: &Range<usize>) -> Option<Range<usize>> {
    let starts = [Class::HeadStart, Class::HeadStartWeak];
    words.clone().find_map(|at| starts.iter().find_map(|class| input.term_after(at, *class)))
}

/// The head noun of a name that it does not end with: `Centre for Tides`.
fn head_inside(input: &Input<'_>, name: &Range<usize>) -> Option<Range<usize>> {
    name.clone().find_map(|at| HEADS.iter().find_map(|class| input.term_after(at, *class)))
}

/// The first of the capitalized words right before `end`, not before `least`.
fn capitals_before(input: &Input<'_>, end: usize, least: usize) -> usize {
    let belongs = |at: &usize| input.is(*at, Class::Capitalized) && !input.is(*at, Class::FunctionWord);
    (least..end).rev().take_while(belongs).last().unwrap_or(end)
}

/// A known name without lower-case words at its end, where it is known without them: `Interfax` of `Interfax news agency`.
fn without_generic(input: &Input<'_>, fact: Range<usize>, entry: Option<(u16, u32)>) -> Range<usize> {
    let lower = (fact.clone()).rev().take_while(|at| input.is(*at, Class::Lower)).count();
    let shorter = fact.start..fact.end - lower;
    let known = |name: &Entry| Some((name.table, name.row)) == entry;
    if lower > 0 && named(input, shorter.clone()).is_some_and(known) { shorter } else { fact }
}

/// The known organization that a name is without its legal form, if it is of the rule's type: Rheinmetall, of
/// `Rheinmetall AG`. A name that is also a word tells nothing: there are many `Delta Ltd`.
fn without_form<'a>(input: &Input<'a>, own: Range<usize>, own_type: Option<&str>) -> Option<&'a Entry> {
    let form = input.capture("form")?;
    let is_word = |at: &usize| input.is(*at, Class::Capitalized);
    let end = (own.start..form.start).rev().find(is_word)? + 1;
    let entry = input.entry(own.start..end, NAMES[0])?;
    (input.row_of(entry).get("type") == own_type).then_some(entry)
}

/// The known organization and the country that a name is made of: `Greenpeace India`.
fn branch<'a>(input: &Input<'a>, own: Range<usize>) -> Option<(&'a Entry, Text)> {
    let country = input.term_before(own.end, STATES[1]).filter(|country| country.start > own.start)?;
    let known = named(input, own.start..country.start)?;
    Some((known, state(input, country)?.0))
}

/// Whether a name of one word is also that of a person.
fn is_person(input: &Input<'_>, fact: &Range<usize>) -> bool {
    fact.len() == 1 && PERSONS.iter().any(|class| input.is(fact.start, *class))
}

/// Whether the words before a head noun only say where it is from: `Korean Church` names no church.
fn is_generic(input: &Input<'_>, before: Range<usize>, head: &Range<usize>) -> bool {
    // `Fire department officials`
    let starts = [Class::HeadStart, Class::HeadStartWeak].iter().any(|class| input.is(head.start, *class));
    if head.len() > 1 && input.is(head.end - 1, Class::Lower) && !starts {
        return true;
    }
    if before.is_empty() || input.is(head.start, Class::HeadPublic) || input.is(head.start, Class::HeadStart) {
        return false;
    }
    // The Baltic is a sea, and what the Baltic Review is called after.
    let is_place = || AREAS.iter().any(|class| input.entry(before.clone(), *class).is_some());
    head.len() == 1 && input.entry(before.clone(), STATES[0]).is_some() && !is_place()
}

/// What the tokens of a name are by themselves.
fn begun(input: &Input<'_>, own: Range<usize>) -> OrganizationDraft {
    let surface = spaced(input.text_of(own.clone()));
    OrganizationDraft { surface, places: places_inside(input, own), ..OrganizationDraft::default() }
}

/// What dictionaries and wording tell of the tokens of a name.
fn describe(input: &Input<'_>, own: Range<usize>, head: Option<Range<usize>>) -> OrganizationDraft {
    let mut draft = begun(input, own.clone());
    draft.organization_type = input.rule.constant(TYPE.name).map(Text::new);
    if let Some(entry) = named(input, own.clone()) {
        draft.entry = Some((entry.table, entry.row));
        return draft;
    }
    if let Some(entry) = without_form(input, own.clone(), draft.organization_type.as_deref()) {
        draft.entry = Some((entry.table, entry.row));
        return draft;
    }
    if let Some(head_type) = head.as_ref().and_then(|head| head_type(input, head)) {
        draft.organization_type = Some(head_type);
    }
    if is_set(input, TEAM) {
        // `ST LOUIS` in a table and `St. Louis` are one.
        let place = PLACES.iter().find_map(|class| input.row_in(own.clone(), *class));
        draft.name = place.and_then(|row| row.get("name")).map(Text::new);
        return draft;
    }
    if let Some((known, code)) = branch(input, own.clone()) {
        draft.organization_type = input.row_of(known).get("type").map(Text::new);
        draft.country = Some(code);
    }
    draft.name = spelled_out(input, &own);
    let leading = STATES.iter().find_map(|class| input.term_after(own.start, *class));
    let Some(leading) = leading.filter(|leading| leading.end < own.end) else { return draft };
    let Some((code, country)) = state(input, leading.clone()) else { return draft };
    let rest = leading.end..own.end;
    match named(input, rest.clone()) {
        Some(entry) if agrees(input.row_of(entry), &code) => draft.entry = Some((entry.table, entry.row)),
        _ if draft.organization_type.as_deref().is_some_and(|own| is_of_each_state(input, own)) => {
            draft.name = Some(format_compact!("{} ({country})", spaced(input.text_of(rest))));
        }
        _ => {}
    }
    // `South Korean Harbour Fund` is of South Korea; `North Sea Rights Association` may be of anywhere.
    let of_state =
        input.is(leading.start, STATES[0]) || head.is_some_and(|head| input.is(head.start, Class::HeadPublic));
    if of_state || draft.name.is_some() || draft.entry.is_some() {
        draft.country = Some(code);
    }
    draft
}

/// A name with the country at its end spelled out: `… for N. Korea` is `… for North Korea`.
fn spelled_out(input: &Input<'_>, own: &Range<usize>) -> Option<Text> {
    // `Skanska USA` is called so.
    let is_joined = |country: &Range<usize>| country.start > own.start && input.is(country.start - 1, Class::Lower);
    let country = input.term_before(own.end, STATES[1]).filter(is_joined)?;
    let written = input.text_of(country.clone());
    let is_short = written.contains('.') || !written.contains(char::is_lowercase);
    let name = input.row_in(country.clone(), STATES[1]).filter(|_| is_short)?.get("name")?;
    Some(format_compact!("{} {name}", spaced(input.text_of(own.start..country.start))))
}

/// The type of organization that a head noun shows.
fn head_type(input: &Input<'_>, head: &Range<usize>) -> Option<Text> {
    // `City Council` says more than the `Council` that the rule may have stopped at.
    let longest = HEADS.iter().filter_map(|class| input.term_before(head.end, *class)).min_by_key(|head| head.start);
    let head = longest.unwrap_or_else(|| head.clone());
    let row = HEADS.iter().find_map(|class| input.row_in(head.clone(), *class))?;
    row.get("type").map(Text::new)
}

/// Whether every state has a body of a type, so that the state belongs to the name.
fn is_of_each_state(input: &Input<'_>, organization_type: &str) -> bool {
    cell_by(input, "organization/types", "type", organization_type, "each_state").is_some_and(|cell| !cell.is_empty())
}

fn agrees(row: Row<'_>, code: &str) -> bool {
    row.get("country").is_none_or(|country| country == code)
}

fn named<'a>(input: &Input<'a>, tokens: Range<usize>) -> Option<&'a Entry> {
    NAMES.iter().find_map(|class| input.entry(tokens.clone(), *class)).or_else(|| team(input, tokens))
}

/// The team of a nickname, for rules that find teams; none, where several have it.
fn team<'a>(input: &Input<'a>, tokens: Range<usize>) -> Option<&'a Entry> {
    if !is_set(input, TEAM) {
        return None;
    }
    let teams = input.entries_in(tokens, &input.classes.set(&[Class::Team]));
    (teams.len() == 1).then(|| teams[0])
}

/// ISO 3166-1 code and name of the country that a demonym or a country's name means.
fn state(input: &Input<'_>, tokens: Range<usize>) -> Option<(Text, Text)> {
    let row = STATES.iter().find_map(|class| input.row_in(tokens.clone(), *class))?;
    let code = row.get("code")?.split('|').next()?;
    if let Some(name) = row.get("name") {
        return Some((code.into(), name.into()));
    }
    let name = cell_by(input, "place/countries", "code", code, "name")?;
    Some((code.into(), name.into()))
}

/// A cell of the row with a key; the table is small and the question rare.
fn cell_by<'a>(input: &Input<'a>, table: &str, key_column: &str, key: &str, column: &str) -> Option<&'a str> {
    let (_, table) = input.ruleset.lexicon.table_named(table)?;
    let (keys, column) = (table.column(key_column)?, table.column(column)?);
    (0..table.len()).find(|row| table.cell(*row, keys) == key).map(|row| table.cell(row, column))
}

fn is_set(input: &Input<'_>, constant: Constant) -> bool {
    input.rule.constant(constant.name).is_some()
}
