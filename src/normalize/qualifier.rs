//! Words that bound or blur the amount beside them: "about", "at least", "or more".

use super::{Class, Input, Qualifier};

/// Constant of a rule whose own words say how the amount is bounded: a qualifier's code, or `none` where they made its
/// bounds already ("more than 5 but under 9").
const OWN: &str = "qualifier";

/// The qualifier attached to the tokens of the fact, looking outward from `fact` only; a rule's own one comes first.
pub fn attached(input: &Input<'_>) -> Option<Qualifier> {
    if let Some(own) = input.rule.constant(OWN) {
        return Qualifier::from_code(own);
    }
    let fact = &input.found.fact;
    let code = |tokens, class| Qualifier::from_code(input.row_in(tokens, class)?.get("qualifier")?);
    let before = input.term_before(fact.start, Class::QualifierBefore);
    let before = before.and_then(|tokens| code(tokens, Class::QualifierBefore));
    if before.is_some_and(Qualifier::bounds) {
        return before;
    }
    let after = input.term_after(fact.end, Class::QualifierAfter);
    let after = after.and_then(|tokens| code(tokens, Class::QualifierAfter));
    // "About 500 or more": the bound says more than the blur.
    if after.is_some_and(Qualifier::bounds) { after } else { before.or(after) }
}
