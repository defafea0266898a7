//! Words that bound or blur the amount beside them: "about", "at least", "or more".

use super::constant::{Constant, Values, constant};
use super::{Class, Input, Qualifier};

/// Constant of a rule whose own words say how the amount is bounded.
pub(super) const OWN: Constant = constant(
    "qualifier",
    Values::OneOf(&["approximately", "at-least", "at-most", "more-than", "less-than", "almost", "none"]),
    "How the rule's own words bound the amount; `none` where they made its bounds already (`more than 5 but under 9`).",
);

/// The qualifier attached to the tokens of the fact, looking outward from `fact` only; a rule's own one comes first.
pub fn attached(input: &Input<'_>) -> Option<Qualifier> {
    if let Some(own) = input.rule.constant(OWN.name) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_constant_knows_every_qualifier() {
        let Values::OneOf(known) = OWN.values else { panic!("a closed list") };
        assert!(Qualifier::ALL.iter().all(|(_, code)| known.contains(code)) && known.len() == Qualifier::ALL.len() + 1);
    }
}
