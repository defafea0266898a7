//! Words that bound or blur the amount beside them: "about", "at least", "or more".

use super::{Class, Input, Qualifier};

/// The qualifier attached to the tokens of the fact, looking outward from `fact` only.
pub fn attached(input: &Input<'_>) -> Option<Qualifier> {
    let fact = &input.found.fact;
    let code = |tokens, class| input.row_in(tokens, class)?.get("qualifier");
    let before =
        input.term_before(fact.start, Class::QualifierBefore).and_then(|tokens| code(tokens, Class::QualifierBefore));
    let after =
        || input.term_after(fact.end, Class::QualifierAfter).and_then(|tokens| code(tokens, Class::QualifierAfter));
    before.or_else(after).and_then(Qualifier::from_code)
}
