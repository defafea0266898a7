//! Place names: the gazetteer rows that they may mean, and what the words around them say.
//!
//! Nothing is decided here that the rest of the document could decide better: a name keeps all its candidates.

mod coordinates;
mod inside;
mod mgrs;

use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use smallvec::{SmallVec, smallvec};

use super::constant::{Cells, Constant, Values, cell_of, cells_of, constant};
use super::{Class, DraftValue, Evidence, Input, Made, Normalizer, PlaceCandidate, PlaceDraft, Reason, Text, spaced};
use crate::lexicon::{Case, Shape, fold};
use crate::resolve::Flags;
use crate::rules::{Level, Rule, RuleKind, Ruleset};

pub use inside::places_inside;

/// Name of the normalizer of words that stand for a place.
const SHORT_FORM: &str = "short-form";

/// The normalizers of places.
pub const NORMALIZERS: &[Normalizer] = &[
    Normalizer::new(RuleKind::Place, "place", &["name", "generic", "within"], &[EVIDENCE, LEVEL, TYPE], place),
    Normalizer::new(RuleKind::Place, SHORT_FORM, &[], &[IN, MEANS, ABOUT], short_form),
    Normalizer { hints_only: true, ..Normalizer::new(RuleKind::Place, "demonym", &[], &[], demonym) },
    Normalizer::new(RuleKind::Place, "grid-reference", &[], &[], coordinates::grid),
    Normalizer::new(RuleKind::Place, "parallel", &["latitude", "south"], &[], coordinates::parallel),
    Normalizer::new(RuleKind::Place, "coordinates", &["latitude", "longitude"], &[], coordinates::coordinates),
];

/// The folder of the gazetteers.
const FOLDER: &str = "place/";

const EVIDENCE: Constant = constant(
    "evidence",
    Values::OneOf(&["weak", "near", "context", "located"]),
    "What the pattern shows: `context`: it is a place; `located`: the same, but a small place only near others; `near`: only near \
     what else the document speaks of; `weak`: only if the document shows it elsewhere. Without it the name speaks for itself.",
);
const LEVEL: Constant = constant("level", Values::TableOf(FOLDER), "The only gazetteer whose rows are meant.");
const TYPE: Constant =
    constant("type", cell_of(FOLDER, "place_type"), "Type of the place, where no word of a dictionary says it.");
const IN: Constant = constant("in", Values::TableOf(FOLDER), "The gazetteer of the place that the words stand for.");
const MEANS: Constant = constant(
    "means",
    Values::Cell(Cells { table: FOLDER, table_by: Some("in"), column: "name", separator: None }),
    "The name of the place that the words stand for.",
);
const ABOUT: Constant = constant(
    "about",
    cells_of("place/countries", "code", '|'),
    "Countries of which the document must speak, or the words are no place.",
);

/// Classes of gazetteer names.
const NAMES: &[Class] =
    &[Class::Country, Class::Region, Class::Admin1, Class::Feature, Class::City, Class::Town, Class::WeakPlace];
/// Classes of the short forms of states.
const CODES: &[Class] = &[Class::ApState, Class::PostalState];
/// Classes of names that are places wherever they stand.
const STRONG: &[Class] = &[Class::Country, Class::Region, Class::Admin1, Class::Feature, Class::City];
/// Classes of names that contain others, as they stand behind a comma.
const CONTAINERS: &[Class] =
    &[Class::ApState, Class::PostalState, Class::Country, Class::Region, Class::Admin1, Class::Town, Class::WeakPlace];
/// Classes of what is a place only by what the rule asks for.
const OTHERS: &[Class] = &[Class::Locode];
/// Classes of words that tell a place's type.
const GENERICS: &[Class] =
    &[Class::GenericAfter, Class::GenericBefore, Class::GenericBoth, Class::GenericDirection, Class::GenericWeak];
/// Letters of a name in capitals that is rather an acronym, if nothing else shows that it is a place …
const ACRONYM: usize = 4;
/// … and if something does.
const CODE: usize = 2;

fn place(input: &Input<'_>) -> Made {
    let fact = input.found.fact.clone();
    let mut flags = Flags::new();
    let is_code = is_acronym(input, &fact, CODE) && is_exact(input, &fact, CODES);
    let mut classes = if is_code { CODES } else { NAMES };
    let mut candidates = candidates(input, fact.clone(), classes);
    if candidates.is_empty() {
        classes = CONTAINERS;
        candidates = self::candidates(input, fact.clone(), CONTAINERS);
    }
    if candidates.is_empty() {
        candidates = self::candidates(input, fact.clone(), OTHERS);
    }
    let generic = input.row("generic", GENERICS);
    if candidates.is_empty()
        && let (Some(name), Some(generic)) = (input.capture("name"), generic)
    {
        let levels = generic.get("levels").unwrap_or("");
        candidates = self::candidates(input, name, NAMES);
        candidates.retain(|each| levels.split('|').any(|level| level == gazetteer_of(input, *each)));
    }
    match input.rule.constant(LEVEL.name) {
        Some(level) => candidates.retain(|each| gazetteer_of(input, *each) == level),
        // "Clarke" is Clarke County only where it is nothing else.
        None if !candidates.iter().all(|each| is_shortened(input, *each, &fact)) => {
            candidates.retain(|each| !is_shortened(input, *each, &fact));
        }
        None => {}
    }
    let is_located = input.rule.constant(EVIDENCE.name) == Some("located");
    let evidence = match evidence(input) {
        // What is more than a small place stands by itself …
        Evidence::Near if !self::candidates(input, fact.clone(), STRONG).is_empty() => Evidence::Name,
        // … and what is not stands in a place's place only near others.
        Evidence::Context if is_located && candidates.iter().all(|each| is_small(input, *each)) => Evidence::Near,
        evidence => evidence,
    };
    let short = if evidence == Evidence::Context { CODE } else { ACRONYM };
    if is_acronym(input, &fact, short) && !is_exact(input, &fact, classes) {
        return Err(Reason::new("acronym"));
    }
    let within =
        input.capture("within").map_or_else(SmallVec::new, |within| self::candidates(input, within, CONTAINERS));
    if candidates.is_empty() {
        flags.insert("not-in-gazetteer".into());
    }
    let place_type = generic.and_then(|row| row.get("place_type")).or(input.rule.constant(TYPE.name)).map(Text::new);
    let draft =
        PlaceDraft { surface: surface(input), candidates, place_type, within, evidence, ..PlaceDraft::default() };
    Ok((DraftValue::Place(draft), flags))
}

/// A word that stands for a place, maybe only where the document is about certain countries.
fn short_form(input: &Input<'_>) -> Made {
    let found = ShortForms::of(input.ruleset).0.get(&input.rule.id).copied().flatten();
    let draft = PlaceDraft {
        surface: surface(input),
        candidates: smallvec![found.ok_or_else(|| Reason::new("not-in-gazetteer"))?],
        about: input
            .rule
            .constant(ABOUT.name)
            .unwrap_or("")
            .split('|')
            .filter(|code| !code.is_empty())
            .map(Text::new)
            .collect(),
        evidence: Evidence::Context,
        ..PlaceDraft::default()
    };
    Ok((DraftValue::Place(draft), Flags::new()))
}

/// The gazetteer's row that each rule of [`short_form`] means, by the rule's id.
struct ShortForms(FxHashMap<Arc<str>, Option<PlaceCandidate>>);

impl ShortForms {
    fn of(ruleset: &Ruleset) -> &Self {
        ruleset.prepared.get(|| {
            let rules = ruleset.rules.iter().filter(|rule| rule.make == SHORT_FORM);
            Self(rules.map(|rule| (rule.id.clone(), Self::meant(ruleset, rule))).collect())
        })
    }

    fn meant(ruleset: &Ruleset, rule: &Rule) -> Option<PlaceCandidate> {
        let (table, rows) = ruleset.lexicon.table_named(&format!("{FOLDER}{}", rule.constant(IN.name)?))?;
        let (name, means) = (rows.column("name")?, rule.constant(MEANS.name)?);
        let row = (0..rows.len()).find(|row| rows.cell(*row, name) == means)?;
        Some(PlaceCandidate { table, row: row as u32 })
    }
}

/// An adjective or a noun of a country's people: no fact, but it tells what the document is about.
fn demonym(input: &Input<'_>) -> Made {
    let row = input.row_in(input.found.fact.clone(), Class::Demonym);
    let code = row.and_then(|row| row.get("code")).filter(|code| !code.is_empty());
    let draft = PlaceDraft {
        about: vec![Text::new(code.ok_or_else(|| Reason::new("no-country"))?)],
        evidence: Evidence::Hint,
        ..PlaceDraft::default()
    };
    Ok((DraftValue::Place(draft), Flags::new()))
}

fn surface(input: &Input<'_>) -> Text {
    spaced(input.text_of(input.found.fact.clone()))
}

fn evidence(input: &Input<'_>) -> Evidence {
    match input.rule.constant(EVIDENCE.name) {
        Some("weak") => Evidence::Weak,
        Some("near") => Evidence::Near,
        Some("context" | "located") => Evidence::Context,
        _ => Evidence::Name,
    }
}

/// What a name may mean.
type Candidates = SmallVec<[PlaceCandidate; 2]>;

fn candidates(input: &Input<'_>, tokens: Range<usize>, classes: &[Class]) -> Candidates {
    let entries = input.entries_in(tokens, &input.classes.set(classes));
    entries.into_iter().map(|entry| PlaceCandidate { table: entry.table, row: entry.row }).collect()
}

fn is_town(input: &Input<'_>, candidate: PlaceCandidate) -> bool {
    level_of(input, candidate) == Some(Level::Town)
}

fn is_small(input: &Input<'_>, candidate: PlaceCandidate) -> bool {
    level_of(input, candidate).is_some_and(Level::is_small)
}

fn level_of(input: &Input<'_>, candidate: PlaceCandidate) -> Option<Level> {
    input.ruleset.gazetteers.get(candidate.table).map(|declared| declared.level)
}

/// Whether a name is a division's without the noun that says what it is.
fn is_shortened(input: &Input<'_>, candidate: PlaceCandidate, fact: &Range<usize>) -> bool {
    let table = input.ruleset.lexicon.table(candidate.table);
    let short = table.column("short").map_or("", |column| table.cell(candidate.row as usize, column));
    !short.is_empty() && fold(short) == fold(&spaced(input.text_of(fact.clone())))
}

/// Name of the gazetteer of a candidate (`cities`), as the column `levels` of the generics says it.
fn gazetteer_of<'a>(input: &Input<'a>, candidate: PlaceCandidate) -> &'a str {
    let file = input.ruleset.lexicon.table(candidate.table).file();
    file.rsplit('/').next().and_then(|file| file.strip_suffix(".csv")).unwrap_or(file)
}

/// Whether the name is one short word in capitals.
fn is_acronym(input: &Input<'_>, fact: &Range<usize>, longest: usize) -> bool {
    fact.len() == 1
        && input.scanned.tokens[fact.start].shape == Shape::Upper
        && input.text_of(fact.clone()).len() <= longest
}

/// Whether a dictionary writes the name, as one of some classes, in exactly these letters.
fn is_exact(input: &Input<'_>, fact: &Range<usize>, classes: &[Class]) -> bool {
    input.entries_in(fact.clone(), &input.classes.set(classes)).iter().any(|entry| entry.gate.case == Case::Exact)
}
