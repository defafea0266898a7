//! The constants of rules that find dates: which normalizer reads which, and what they say.

use crate::normalize::constant::{Constant, Values, YES, constant};

pub(super) const POINT: &[Constant] = &[ANCHOR, DATES_TEXT, QUALIFIER, ERA, YEAR_KIND, FAR, AROUND, RANK];
pub(super) const NUMERIC: &[Constant] = &[UNDATED, DATES_TEXT, ORDER];
pub(super) const SHIFT: &[Constant] = &[ANCHOR, DATES_TEXT, QUALIFIER, AHEAD, RANK];
pub(super) const DURATION: &[Constant] = &[UNDATED, DATES_TEXT, QUALIFIER];
pub(super) const SET: &[Constant] = &[UNDATED, DATES_TEXT, TIMES];
pub(super) const INTERVAL: &[Constant] = &[UNDATED, DATES_TEXT, TODAY];
pub(super) const STRETCH: &[Constant] = &[UNDATED, DATES_TEXT, EDGE];
pub(super) const VAGUE: &[Constant] = &[UNDATED, DATES_TEXT, TIMEX];

const AHEAD: Constant =
    constant("ahead", YES, "A distance is one into the future where the sentence speaks of it, else a length.");
const ANCHOR: Constant = constant(
    "anchor",
    Values::OneOf(&["none", "spoken"]),
    "`spoken`: reckoned from the date that the text spoke of last (`the day before`); `none`: never anchored.",
);
const UNDATED: Constant = constant("anchor", Values::OneOf(&["none"]), "Never anchored.");
const AROUND: Constant = constant("around", YES, "The unit around what `of` says, not the first or last in it.");
const DATES_TEXT: Constant = constant("dates-text", YES, "The date of what follows it: a date line.");
const EDGE: Constant =
    constant("edge", Values::OneOf(&["first", "last"]), "Which end of `of` the length is counted from.");
const ERA: Constant = constant("era", Values::OneOf(&["ad", "bc"]), "The era that the words name.");
const FAR: Constant =
    constant("far", Values::Whole, "Which one a pointing word means: 2 in `the week after next`, 0 for the nearest.");
const ORDER: Constant = constant(
    "order",
    Values::OneOf(&["ymd", "ym", "compact", "dmy", "yw", "open"]),
    "What the captured numbers are: year, month, day, week; `compact`: all in one; `open`: day and month in either order.",
);
const QUALIFIER: Constant = constant(
    "qualifier",
    Values::OneOf(&["at-least", "none"]),
    "How the rule's own words bound the length; `none` where they made its bounds: a qualifier beside them is not looked for.",
);
const RANK: Constant = constant(
    "rank",
    Values::Whole,
    "The rank of what is counted, from the end where it is negative: -2 in `second last`, 2 in `Monday week`.",
);
const TIMES: Constant =
    constant("times", Values::OneOf(&["2"]), "How often the length is taken: `every other week` is of two.");
const TIMEX: Constant = constant(
    "timex",
    Values::OneOf(&["PAST_REF", "PRESENT_REF", "FUTURE_REF"]),
    "The TIMEX3 value of words for past, present and future.",
);
const TODAY: Constant =
    constant("today", Values::OneOf(&["from", "to"]), "Which end the reference day is, where the words leave it out.");
const YEAR_KIND: Constant =
    constant("year-kind", Values::OneOf(&["fiscal", "school"]), "What the year is, if not one of the calendar.");

#[cfg(test)]
mod tests {
    use super::super::VagueTime;
    use super::*;

    #[test]
    fn the_constant_timex_knows_every_vague_time() {
        let Values::OneOf(known) = TIMEX.values else { panic!("a closed list") };
        assert_eq!(known, VagueTime::ALL.map(|(_, code)| code));
    }
}
