//! The codes of the columns `flags` and `reason` that code sets, with what they mean.
//!
//! Rules set codes of their own: their `flags` and `reason`, explained by the rule's documentation.

/// A code and what it means, as a sentence for a reviewer.
pub type Code = (&'static str, &'static str);

/// Flags of facts: where a reviewer should look.
pub const FLAGS: [Code; 26] = [
    ("ambiguous-place", "Another place of this name is nearly as likely."),
    ("corrected", "A reviewer corrected a cell of the row."),
    ("counted-before", "What is counted stands in an earlier sentence, and was taken from there."),
    ("currency-assumed", "The sign or name belongs to several currencies; the document decided."),
    ("date-order", "Day and month could be exchanged, and nothing in the document says which comes first."),
    ("decimal-comma", "The comma was read as a decimal sign."),
    (
        "equivalent-rate-off",
        "The rate between this amount and the one that states it again is far from that of its day.",
    ),
    ("low-above-high", "The range was written from high to low; its bounds were exchanged."),
    ("no-date", "Not converted: neither the text nor the user tells a date."),
    ("no-rate", "Not converted: no rate is known for this currency and day."),
    ("no-reference-date", "Relative to a date that nothing tells: the value is not anchored."),
    ("no-such-day", "A date that the calendar does not have: it has no first and last day."),
    ("not-in-gazetteer", "The wording shows a place that no gazetteer has: no coordinates."),
    ("order-from-country", "Day and month could be exchanged; the habit of the document's country decided."),
    ("rate-approximate", "Converted at a yearly market rate, because no bank quotes the currency."),
    ("rate-of-own-day", "Converted at the rate of a day that the sentence tells, not of the document's date."),
    ("rate-of-own-month", "Converted at the rate of the middle of a month that the sentence tells."),
    ("rate-of-own-year", "Converted at the rate of the middle of a year that the sentence tells."),
    ("space-grouped", "Spaces were read as separators of thousands."),
    ("tolerance", "The bounds were computed from a value and its tolerance (± 0.5)."),
    ("unit-or-10-12", "The sign of the unit may also mean trillions."),
    ("unit-or-…", "The sign of the unit may also mean another, which the flag names."),
    ("vague", "The words give no exact value (several, dozens); the bounds are their usual meaning."),
    ("weekday-mismatch", "The day of the week is not that of the date."),
    ("year-from-text", "The year is not in the expression; a date before it in the text gave it."),
    ("unit-assumed", "The unit is not written; the wording makes it likely."),
];

/// Reasons of rows of unclaimed.csv.
pub const REASONS: [Code; 30] = [
    ("no-rule", "No rule takes it for a fact, and none says why not: look here first."),
    ("not-confirmed", "A rule matched, but the rest of the document did not bear it out."),
    ("part-of-code", "A part of a longer code, address or name, cut by no space."),
    ("rejected", "A reviewer rejected the fact that held it."),
    ("acronym", "An acronym whose long form is something else."),
    ("ends-on-another-day", "A time and a length that together end on another day."),
    ("ends-before-it-starts", "An interval whose end lies before its start."),
    ("furniture-…", "Page furniture; the rest of the code is the id of the rule in document/furniture.toml."),
    ("generic-name", "A name of a kind of thing, not of one."),
    ("headline", "A word of a headline in capitals, without other evidence."),
    ("low-above-high", "A range whose first bound is above its second."),
    ("no-acronym", "An acronym that the letters of the words before it do not make."),
    ("no-country", "A word for a people whose country no table has."),
    ("no-currency", "An amount whose currency has no row in the tables of money."),
    ("no-length", "A duration without a length."),
    ("no-number", "A value without a number."),
    ("no-ratio", "A ratio without its terms."),
    ("no-such-day", "A date that the calendar does not have."),
    ("no-such-week", "A week that the year does not have."),
    ("no-unit", "A quantity whose unit has no row in the tables of units."),
    ("not-a-date", "Words that together make no date."),
    ("not-a-fraction", "A fraction with a denominator of zero."),
    ("not-a-number", "Words that together make no number."),
    ("not-a-time", "A time that the day does not have."),
    ("not-in-gazetteer", "A name that no gazetteer has."),
    ("not-on-earth", "Coordinates outside the globe."),
    ("other-letters", "Letters that do not abbreviate what stands before them."),
    ("person", "A person."),
    ("too-many-digits", "A number of more digits than can be kept exact."),
    ("units-differ", "Two bounds with units that measure different things."),
];
