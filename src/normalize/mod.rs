//! From a match's captures to a typed value, or a reason why not; never half a value.
//!
//! A rule names its normalizer with `make`; each is a function over [`Input`], listed in [`NORMALIZERS`]. What the
//! captures of a match cannot tell (which Paris, which year) stays open in a [`Draft`] for the resolve room.

mod class;
mod constant;
pub mod date;
mod draft;
mod input;
mod lint;
pub mod money;
pub mod number;
pub mod organization;
pub mod place;
pub mod qualifier;
mod reference;
mod value;

pub use crate::decimal::Decimal;
pub use class::{Class, ClassTable};
pub use constant::{Constant, Values};
pub use draft::{
    Draft, DraftValue, Evidence, Made, MoneyDraft, NamedPlace, OrganizationDraft, PlaceCandidate, PlaceDraft, Reason,
};
pub use input::{Input, Row};
pub use lint::lint;
pub use number::mapped;
pub use reference::{page, schema};
pub use value::*;

use crate::rules::{Diagnostic, Rule, RuleKind, Ruleset, nearest};

/// A normalizer: its name in rule files, the kind of rule that may name it, the captures and constants it reads, the function.
pub struct Normalizer {
    /// Name in `make`.
    pub name: &'static str,
    /// Kind of its rules.
    pub kind: RuleKind,
    /// Captures that it reads; a rule with others has a typing error.
    pub captures: &'static [&'static str],
    /// Constants that it reads; a rule with others, or with other values, has a typing error.
    pub constants: &'static [Constant],
    /// Whether it makes nothing but hints for others: no example could expect a fact of its rules.
    pub hints_only: bool,
    /// Makes the value.
    pub make: fn(&Input<'_>) -> Made,
}

impl Normalizer {
    /// A normalizer that makes facts.
    const fn new(
        kind: RuleKind,
        name: &'static str,
        captures: &'static [&'static str],
        constants: &'static [Constant],
        make: fn(&Input<'_>) -> Made,
    ) -> Self {
        Self { name, kind, captures, constants, hints_only: false, make }
    }
}

impl std::fmt::Debug for Normalizer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// All normalizers, by room.
pub const NORMALIZERS: &[&[Normalizer]] =
    &[number::NORMALIZERS, money::NORMALIZERS, place::NORMALIZERS, organization::NORMALIZERS, date::NORMALIZERS];

/// The normalizer of each rule; rules of kinds without a table have none.
pub fn assign(ruleset: &Ruleset) -> Result<Vec<Option<&'static Normalizer>>, Vec<Diagnostic>> {
    let mut assigned = Vec::new();
    let mut errors = Vec::new();
    for rule in &ruleset.rules {
        match assign_one(ruleset, rule) {
            Ok(normalizer) => assigned.push(normalizer),
            Err(wrong) => errors.extend(wrong),
        }
    }
    if errors.is_empty() { Ok(assigned) } else { Err(errors) }
}

/// Whether a match of an organization may come to nothing, in its normalizer or in the resolve room. Then it must not take the place of a fact.
pub fn is_doubtful(input: &Input<'_>) -> bool {
    organization::is_doubtful(input)
}

/// The normalizer of a rule, if it makes facts; else all that is wrong with what it asks of it.
fn assign_one(ruleset: &Ruleset, rule: &Rule) -> Result<Option<&'static Normalizer>, Vec<Diagnostic>> {
    if !rule.kind.is_fact() {
        let wrong = constant::check(ruleset, rule, &[]);
        return if wrong.is_empty() { Ok(None) } else { Err(wrong) };
    }
    let own = || NORMALIZERS.iter().copied().flatten().filter(|each| each.kind == rule.kind);
    let Some(normalizer) = own().find(|each| each.name == rule.make) else {
        let known = own().map(|each| each.name).collect::<Vec<_>>().join(", ");
        let message = format!("{}: make: expected one of {known}, found `{}`", rule.id, rule.make);
        let error = rule.error("unknown-normalizer", message);
        return Err(vec![error.near(nearest(&rule.make, own().map(|each| each.name)))]);
    };
    let allowed = |capture: &str| capture == crate::matcher::FACT || normalizer.captures.contains(&capture);
    let unknown = |capture: &String| {
        let message = format!(
            "{}: the normalizer `{}` reads the captures {}, not `{capture}`",
            rule.id,
            normalizer.name,
            normalizer.captures.join(", ")
        );
        let error = rule.error_in_pattern("unknown-capture", message, &format!("(?<{capture}>"));
        error.near(nearest(capture, normalizer.captures.iter().copied()))
    };
    let mut wrong: Vec<_> = rule.captures.iter().filter(|capture| !allowed(capture)).map(unknown).collect();
    wrong.extend(constant::check(ruleset, rule, normalizer.constants));
    if wrong.is_empty() { Ok(Some(normalizer)) } else { Err(wrong) }
}
