//! Place names: the gazetteer rows that they may mean, and what the words around them say.
//!
//! Nothing is decided here that the rest of the document could decide better: a name keeps all its candidates.

mod coordinates;

use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use smallvec::{SmallVec, smallvec};

use super::{Class, DraftValue, Evidence, Input, Made, Normalizer, PlaceCandidate, PlaceDraft, Reason, Text, spaced};
use crate::lexicon::{Case, Shape};
use crate::resolve::Flags;
use crate::rules::{Rule, RuleKind, Ruleset};

/// Name of the normalizer of words that stand for a place.
const SHORT_FORM: &str = "short-form";

/// The normalizers of places.
pub const NORMALIZERS: &[Normalizer] = &[
    Normalizer { name: "place", kind: RuleKind::Place, captures: &["name", "generic", "within"], make: place },
    Normalizer { name: SHORT_FORM, kind: RuleKind::Place, captures: &[], make: short_form },
    Normalizer {
        name: "coordinates",
        kind: RuleKind::Place,
        captures: &["latitude", "longitude"],
        make: coordinates::coordinates,
    },
];

/// Classes of gazetteer names.
const NAMES: &[Class] = &[Class::Country, Class::Region, Class::Admin1, Class::Feature, Class::City, Class::WeakPlace];
/// Classes of names that contain others, as they stand behind a comma.
const CONTAINERS: &[Class] =
    &[Class::ApState, Class::PostalState, Class::Country, Class::Region, Class::Admin1, Class::WeakPlace];
/// Classes of words that tell a place's type.
const GENERICS: &[Class] =
    &[Class::GenericAfter, Class::GenericBefore, Class::GenericBoth, Class::GenericDirection, Class::GenericWeak];
/// Letters of a name in capitals that is rather an acronym, if nothing else shows that it is a place.
const ACRONYM: usize = 4;

fn place(input: &Input<'_>) -> Made {
    let fact = input.found.fact.clone();
    let mut flags = Flags::new();
    let mut candidates = candidates(input, fact.clone(), NAMES);
    if candidates.is_empty() {
        candidates = self::candidates(input, fact.clone(), CONTAINERS);
    }
    let generic = input.row("generic", GENERICS);
    if candidates.is_empty()
        && let (Some(name), Some(generic)) = (input.capture("name"), generic)
    {
        let levels = generic.get("levels").unwrap_or("");
        candidates = self::candidates(input, name, NAMES);
        candidates.retain(|each| levels.split('|').any(|level| level == level_of(input, *each)));
    }
    let evidence = evidence(input);
    if evidence != Evidence::Context && is_acronym(input, &fact) && !is_exact(input, &fact) {
        return Err(Reason::new("acronym"));
    }
    let within =
        input.capture("within").map_or_else(SmallVec::new, |within| self::candidates(input, within, CONTAINERS));
    if candidates.is_empty() {
        flags.insert("not-in-gazetteer".into());
    }
    let place_type = generic.and_then(|row| row.get("place_type")).or(input.rule.constant("type")).map(Text::new);
    let draft =
        PlaceDraft { surface: surface(input), candidates, place_type, within, evidence, ..PlaceDraft::default() };
    Ok((DraftValue::Place(draft), flags))
}

/// A word that stands for a place, maybe only where the document is about certain countries; the rule names the place
/// (`means`), its gazetteer (`in`) and the countries (`about`).
fn short_form(input: &Input<'_>) -> Made {
    let constant = |name: &str| input.rule.constant(name).unwrap_or("");
    let found = ShortForms::of(input.ruleset).0.get(&input.rule.id).copied().flatten();
    let draft = PlaceDraft {
        surface: surface(input),
        candidates: smallvec![found.ok_or_else(|| Reason::new("not-in-gazetteer"))?],
        about: constant("about").split('|').filter(|code| !code.is_empty()).map(Text::new).collect(),
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
        let (table, rows) = ruleset.lexicon.table_named(&format!("place/{}", rule.constant("in")?))?;
        let (name, means) = (rows.column("name")?, rule.constant("means")?);
        let row = (0..rows.len()).find(|row| rows.cell(*row, name) == means)?;
        Some(PlaceCandidate { table, row: row as u32 })
    }
}

fn surface(input: &Input<'_>) -> Text {
    spaced(input.text_of(input.found.fact.clone()))
}

fn evidence(input: &Input<'_>) -> Evidence {
    match input.rule.constant("evidence") {
        Some("weak") => Evidence::Weak,
        Some("context") => Evidence::Context,
        _ => Evidence::Name,
    }
}

fn candidates(input: &Input<'_>, tokens: Range<usize>, classes: &[Class]) -> SmallVec<[PlaceCandidate; 2]> {
    let entries = input.entries_in(tokens, &input.classes.set(classes));
    entries.into_iter().map(|entry| PlaceCandidate { table: entry.table, row: entry.row }).collect()
}

/// Name of the gazetteer of a candidate (`cities`), as the column `levels` of the generics says it.
fn level_of<'a>(input: &Input<'a>, candidate: PlaceCandidate) -> &'a str {
    let file = input.ruleset.lexicon.table(candidate.table).file();
    file.rsplit('/').next().and_then(|file| file.strip_suffix(".csv")).unwrap_or(file)
}

/// Whether the name is one short word in capitals.
fn is_acronym(input: &Input<'_>, fact: &Range<usize>) -> bool {
    fact.len() == 1
        && input.scanned.tokens[fact.start].shape == Shape::Upper
        && input.text_of(fact.clone()).len() <= ACRONYM
}

/// Whether a dictionary writes the name in exactly these letters.
fn is_exact(input: &Input<'_>, fact: &Range<usize>) -> bool {
    let mut classes = input.classes.set(NAMES);
    classes.extend(&input.classes.set(CONTAINERS));
    input.entries_in(fact.clone(), &classes).iter().any(|entry| entry.gate.case == Case::Exact)
}
