//! The columns of every table, one line of data each.

use super::CellType::{Date, Integer, Number, Ratio, Text};
use super::Constraint::{Maximum, Minimum, OneOf, Pattern, Required};
use super::{CellType, Constraint, Field, date_types, number_types, qualifiers, statuses, verdicts};
use crate::normalize::Kind;

/// A column.
const fn field(
    name: &'static str,
    cell_type: CellType,
    constraints: &'static [Constraint],
    description: &'static str,
) -> Field {
    Field { name, cell_type, constraints, description, identity: false }
}

/// A column that is part of what the fact is: if its cell changes, it is another fact, with another id.
const fn identity(
    name: &'static str,
    cell_type: CellType,
    constraints: &'static [Constraint],
    description: &'static str,
) -> Field {
    Field { name, cell_type, constraints, description, identity: true }
}

const COUNT: &[Constraint] = &[Minimum(0)];
const OFFSET: &[Constraint] = &[Required, Minimum(0)];
const POSITION: &[Constraint] = &[Required, Minimum(1)];
const CURRENCY: &[Constraint] = &[Pattern("[A-Z]{3,4}")];
const COUNTRY: &[Constraint] = &[Pattern("[A-Z]{2}")];
const DECIMAL_OR_RATIO: &[Constraint] = &[Pattern(r"-?[0-9]+(\.[0-9]+)?(:-?[0-9]+(\.[0-9]+)?)*")];
const DAY_OR_INSTANT: &[Constraint] =
    &[Pattern(r"('?-)?[0-9]{4,}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?)?")];
const KEY: &str = "The document: its path below the input, with `/`, or the name of a stream.";
const LINE: &str = "Line of the first character, counted from 1.";
const COLUMN: &str = "Column of the first character in its line, in Unicode code points, counted from 1.";
const START: &str = "Byte offset of the first character in the document's decoded UTF-8 text.";
const END: &str = "Byte offset after the last character, in the document's decoded UTF-8 text (exclusive).";
const SLICE: &str = "The expression as it stands in the document; a line break in it is written as one space.";
const SENTENCE: &str = "The sentence around it as a person reads it; runs of white space are written as one space. Of a sentence of more than 1,000 bytes only the part around it, with … for the rest.";

/// The columns that every fact table begins with.
pub(super) const LEADING: [Field; 5] = [
    field(
        "id",
        Text,
        &[Required, Pattern("[nmpod][0-9a-hjkmnp-tv-z]{15}")],
        "Names the fact. Stays the same when the text around it moves: it depends on document, value, text and \
         occurrence, not on lines or offsets.",
    ),
    field("document", Text, &[Required], KEY),
    field("line", Integer, POSITION, LINE),
    field("column", Integer, POSITION, COLUMN),
    field("text", Text, &[Required], SLICE),
];

/// The columns that every fact table ends with.
pub(super) const TRAILING: [Field; 10] = [
    field("context", Text, &[], SENTENCE),
    field("rule", Text, &[Required], "Id of the rule that made the fact."),
    field("confidence", Number, &[Required, Minimum(0), Maximum(1)], "How sure that rule is, from 0 to 1."),
    field(
        "flags",
        Text,
        &[],
        "Kebab-case codes that tell a reviewer where to look, separated by spaces; docs/tables.md explains them.",
    ),
    field("review", Text, &[OneOf(verdicts)], "A reviewer's verdict; empty when nobody has said one."),
    field("note", Text, &[], "A reviewer's note; empty when nobody has written one."),
    field("end_line", Integer, POSITION, "Line of the character after the last one."),
    field(
        "end_column",
        Integer,
        POSITION,
        "Column of the character after the last one (exclusive, as `end` is), in Unicode code points from 1.",
    ),
    field("start", Integer, OFFSET, START),
    field("end", Integer, OFFSET, END),
];

/// The columns that only the table of a kind has.
pub(super) fn own(kind: Kind) -> &'static [Field] {
    match kind {
        Kind::Number => &NUMBERS,
        Kind::Money => &MONEY,
        Kind::Place => &PLACES,
        Kind::Organization => &ORGANIZATIONS,
        Kind::Date => &DATES,
    }
}

const NUMBERS: [Field; 11] = [
    identity("type", Text, &[Required, OneOf(number_types)], "What the number is."),
    identity(
        "value",
        Ratio,
        DECIMAL_OR_RATIO,
        "The number, in `unit`: an exact plain decimal, or `14:1` for a ratio. Empty for a range. 78 percent is 78.",
    ),
    identity("low", Number, &[], "Lower bound of a range, inclusive; empty when open."),
    identity("high", Number, &[], "Upper bound of a range, inclusive; empty when open."),
    field("qualifier", Text, &[OneOf(qualifiers)], "Word beside the number that bounds or blurs it."),
    identity("unit", Text, &[], "Unit as written, as a UCUM code."),
    field("si_value", Number, &[], "`value` in the coherent SI unit."),
    field("si_low", Number, &[], "`low` in the coherent SI unit."),
    field("si_high", Number, &[], "`high` in the coherent SI unit."),
    field("si_unit", Text, &[], "The coherent SI unit, as a UCUM code."),
    field("counted", Text, &[], "What is counted or measured, in the document's words."),
];

const MONEY: [Field; 13] = [
    identity("amount", Number, &[], "The amount, in `currency`. Empty for a range."),
    identity("low", Number, &[], "Lower bound of a range, inclusive; empty when open."),
    identity("high", Number, &[], "Upper bound of a range, inclusive; empty when open."),
    field("qualifier", Text, &[OneOf(qualifiers)], "Word beside the amount that bounds or blurs it."),
    identity(
        "currency",
        Text,
        CURRENCY,
        "ISO 4217 code; empty when the text does not tell. A cryptocurrency has the code in use.",
    ),
    field("per", Text, &[], "What the amount is paid for each of: `month`, `hour`, `kg`."),
    field("converted", Number, &[], "`amount` in `converted_currency`."),
    field("converted_low", Number, &[], "`low` in `converted_currency`."),
    field("converted_high", Number, &[], "`high` in `converted_currency`."),
    field("converted_currency", Text, CURRENCY, "ISO 4217 code of the currency that was asked for."),
    field("rate", Number, &[], "Units of `converted_currency` for one unit of `currency`."),
    field("rate_date", Date, &[], "Day that the rate was published."),
    field("equivalent", Text, &[], "Id of the row that states the same amount in other words."),
];

const PLACES: [Field; 8] = [
    identity("name", Text, &[], "Canonical name."),
    field("place_type", Text, &[], "What the place is: `country`, `state`, `county`, `city`, `river` and so on."),
    identity("country", Text, COUNTRY, "ISO 3166-1 alpha-2 code."),
    field("admin1", Text, &[], "Name of the first-level division."),
    field("latitude", Number, &[Minimum(-90), Maximum(90)], "Decimal degrees (WGS 84)."),
    field("longitude", Number, &[Minimum(-180), Maximum(180)], "Decimal degrees (WGS 84)."),
    identity("geonames_id", Integer, COUNT, "GeoNames id."),
    field("population", Integer, COUNT, "Inhabitants, as the gazetteer has them."),
];

const ORGANIZATIONS: [Field; 4] = [
    identity("name", Text, &[], "Canonical long form."),
    field("acronym", Text, &[], "Acronym, where the document or the dictionary gives one."),
    field(
        "organization_type",
        Text,
        &[],
        "What the organization is, such as `agency` or `company`: a type of organization/types.csv, which docs/tables.md lists; \
         empty when neither the name nor the dictionary tells.",
    ),
    field("country", Text, COUNTRY, "ISO 3166-1 alpha-2 code."),
];

const DATES: [Field; 7] = [
    identity("type", Text, &[Required, OneOf(date_types)], "What the expression is."),
    identity("timex", Text, &[], "TIMEX3 value; for an interval the ISO 8601 interval of its ends."),
    field("edtf", Text, &[], "Extended Date/Time Format (ISO 8601-2), where it can say it."),
    field("start_date", Text, DAY_OR_INSTANT, "First day, or instant where the text gives a time; empty when open."),
    field("end_date", Text, DAY_OR_INSTANT, "Last day (inclusive), or instant; empty when open."),
    field("modifier", Text, &[], "TIMEX3 mod: `START`, `MID`, `END`, `APPROX` and so on."),
    field("reference_date", Date, &[], "Day that a relative expression was resolved against."),
];

/// The columns of documents.csv.
pub(super) const DOCUMENTS: [Field; 17] = [
    field("document", Text, &[Required], KEY),
    field(
        "status",
        Text,
        &[Required, OneOf(statuses)],
        "`ok`; `ok-with-warnings` when `error` says what is not as it should be; `failed` when nothing could be read.",
    ),
    field("error", Text, &[], "What went wrong."),
    field("bytes", Integer, COUNT, "Length of the file."),
    field("sha256", Text, &[Pattern("[0-9a-f]{64}")], "SHA-256 of the file."),
    field("encoding", Text, &[], "Encoding that the file was read as (WHATWG name)."),
    field("format", Text, &[OneOf(|| vec!["text", "markdown", "html"])], "Format that the file was read as."),
    field("lines", Integer, COUNT, "Number of lines."),
    field("title", Text, &[], "Title, from the metadata or the first heading."),
    field("published", Text, DAY_OR_INSTANT, "Date, or date and time, that relative dates were resolved against."),
    field("published_from", Text, &[], "Where `published` was found: `metadata`, `option`, `html-meta` and so on."),
    field(
        "decimal_sign",
        Text,
        &[OneOf(|| vec!["point", "comma"])],
        "Sign before decimals, by which `1.234` and `1,234` were read; empty when no number of the document shows it.",
    ),
    field("numbers", Integer, COUNT, "Rows in numbers.csv; empty when that table was not asked for."),
    field("money", Integer, COUNT, "Rows in money.csv; empty when that table was not asked for."),
    field("places", Integer, COUNT, "Rows in places.csv; empty when that table was not asked for."),
    field("organizations", Integer, COUNT, "Rows in organizations.csv; empty when that table was not asked for."),
    field("dates", Integer, COUNT, "Rows in dates.csv; empty when that table was not asked for."),
];

/// The columns of unclaimed.csv.
pub(super) const UNCLAIMED: [Field; 9] = [
    field("document", Text, &[Required], KEY),
    field("line", Integer, POSITION, LINE),
    field("column", Integer, POSITION, COLUMN),
    field("text", Text, &[Required], SLICE),
    field("reason", Text, &[Required], "Kebab-case code: why no rule made a fact of it."),
    field("rule", Text, &[], "Id of the rule that decided so; empty where none fired."),
    field("context", Text, &[], SENTENCE),
    field("start", Integer, OFFSET, START),
    field("end", Integer, OFFSET, END),
];
