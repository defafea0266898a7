//! Classes that come from how a token is written, not from a dictionary.

use crate::lexicon::{ClassId, Classes, TooManyClasses};

/// The dictionary of number words.
pub const NUMBER_WORDS: &str = "number/words.csv";

macro_rules! builtins {
    ($($field:ident = $name:literal, $doc:literal;)*) => {
        /// Ids of the classes that the scanner itself gives to tokens.
        #[derive(Debug, Clone, Copy)]
        pub struct Builtins { $(#[doc = $doc] pub $field: ClassId,)* }

        impl Builtins {
            /// Name and meaning of every built-in class, for documentation and error messages.
            pub const DOCUMENTED: &'static [(&'static str, &'static str)] = &[$(($name, $doc),)*];

            /// Makes the classes; they get the first ids.
            pub fn intern(classes: &mut Classes) -> Result<Self, TooManyClasses> {
                Ok(Self { $($field: classes.intern($name)?,)* })
            }
        }
    };
}

builtins! {
    word = "word", "letters";
    sign = "sign", "any sign that is neither letter nor digit";
    lower = "lower", "a word in lower case";
    capitalized = "capitalized", "a word that starts with an upper-case letter";
    unknown = "unknown", "a word that no dictionary and no rule knows";
    upper = "upper", "a word of two or more letters, all in upper case";
    initial = "initial", "a single upper-case letter";
    glued = "glued", "no white space before";
    sentence_start = "sentence-start", "the first word of a sentence";
    strong = "strong", "known to a dictionary as evidence, or written in digits";
    number = "number", "a number that is not an ordinal";
    ordinal = "ordinal", "an ordinal (`1st`, `twenty-first`)";
    digits = "digits", "a number that is written in digits";
    number_word = "number-word", "a number that is written in words";
    integer = "integer", "a whole number";
    vague = "vague", "a vague number (`dozens`, `hundreds of thousands`)";
    fraction = "fraction", "a fraction (`½`, `three-quarters`, `half a million`)";
    scaled = "scaled", "a number with a scale word (`2 million`, `30k`)";
    grouped = "grouped", "digits in groups (`2,640,000`)";
    decimal = "decimal", "digits with a decimal part";
    bare = "bare", "digits without groups, decimals, scale or sign";
    free = "free", "a number that is not part of a longer string (`G20`, `1.2.3`, `a-5`)";
    year = "year", "four bare digits from 1000 to 2199";
    day = "day", "a whole number from 1 to 31 in one or two digits";
    month_number = "month-number", "a whole number from 1 to 12 in one or two digits";
    hour = "hour", "a whole number from 0 to 24 in one or two digits";
    minute = "minute", "two digits from 00 to 59";
    two_digits = "two-digits", "exactly two bare digits";
    three_digits = "three-digits", "exactly three bare digits";
    four_digits = "four-digits", "exactly four bare digits";
    long_digits = "long-digits", "five or more bare digits";
    zero_led = "zero-led", "bare digits that start with 0";
    negative = "negative", "a number with a minus sign";
    furniture = "furniture", "page furniture: menus, pagination, share counts";
    sentence_break = "sentence-break", "the border between two sentences";
    block_break = "block-break", "the border of a paragraph, heading, list item or table cell";
}
