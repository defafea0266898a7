//! The constants of rules that find dates.

use crate::normalize::constant::{Constant, Values, YES, constant};

/// All of them; most are read by one normalizer, whose documentation says more.
pub(super) const ALL: &[Constant] = &[
    constant("ahead", YES, "A distance is one into the future where the sentence speaks of it, else a length."),
    constant(
        "anchor",
        Values::OneOf(&["none", "spoken"]),
        "`spoken`: reckoned from the date that the text spoke of last (`the day before`); `none`: never anchored.",
    ),
    constant("around", YES, "The unit around what `of` says, not the first or last in it."),
    constant("dates-text", YES, "The date of what follows it: a date line."),
    constant("edge", Values::OneOf(&["first", "last"]), "Which end of `of` the length is counted from."),
    constant("era", Values::OneOf(&["ad", "bc"]), "The era that the words name."),
    constant("far", Values::Whole, "Which one a pointing word means: 2 in `the week after next`, 0 for the nearest."),
    constant(
        "order",
        Values::OneOf(&["ymd", "ym", "compact", "dmy", "yw", "open"]),
        "What the captured numbers are: year, month, day, week; `compact`: all in one; `open`: day and month in either order.",
    ),
    constant(
        "qualifier",
        Values::OneOf(&["none"]),
        "The rule's own words made its bounds: a qualifier beside them is not looked for.",
    ),
    constant(
        "rank",
        Values::Whole,
        "The rank of what is counted, from the end where it is negative: -2 in `second last`.",
    ),
    constant("times", Values::OneOf(&["2"]), "How often the length is taken: `every other week` is of two."),
    constant(
        "timex",
        Values::OneOf(&["PAST_REF", "PRESENT_REF", "FUTURE_REF"]),
        "The TIMEX3 value of words for past, present and future.",
    ),
    constant("today", Values::OneOf(&["from", "to"]), "Which end the reference day is, where the words leave it out."),
    constant("year-kind", Values::OneOf(&["fiscal", "school"]), "What the year is, if not one of the calendar."),
];

#[cfg(test)]
mod tests {
    use super::super::VagueTime;
    use super::*;

    #[test]
    fn the_constant_timex_knows_every_vague_time() {
        let timex = ALL.iter().find(|each| each.name == "timex").unwrap();
        let Values::OneOf(known) = timex.values else { panic!("a closed list") };
        assert_eq!(known, VagueTime::ALL.map(|(_, code)| code));
    }
}
