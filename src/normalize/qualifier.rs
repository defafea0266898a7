//! Words that bound or blur the amount beside them: "about", "at least", "or more".

use super::{Input, Qualifier};

/// Class of qualifiers that stand before an amount.
const BEFORE: &str = "qualifier-before";
/// Class of qualifiers that stand after an amount.
const AFTER: &str = "qualifier-after";

/// The qualifier attached to the tokens of the fact, looking outward from `fact` only.
pub fn attached(input: &Input<'_>) -> Option<Qualifier> {
    let fact = &input.found.fact;
    let code = |tokens, class| input.rows(tokens, class).first().and_then(|row| row.get("qualifier"));
    let before = input.term_before(fact.start, BEFORE).and_then(|tokens| code(tokens, BEFORE));
    let after = || input.term_after(fact.end, AFTER).and_then(|tokens| code(tokens, AFTER));
    before.or_else(after).and_then(Qualifier::from_code)
}
