//! Words of values and of what a person types into the search: cut and folded alike.
//!
//! `assets/index.js` does the same to what is typed; the tests of both share their cases, so that they stay together.

use std::sync::LazyLock;

use regex::Regex;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A number with all that joins its digits, or letters. The same expression stands in `assets/index.js`.
// The expression is a constant: that it compiles is tested below.
static WORD: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\p{N}+(?:[.,:/-]\p{N}+)*|\p{L}+").ok());

/// The words of a text: without case, marks on letters, and commas in numbers.
pub(super) fn words(text: &str) -> impl Iterator<Item = String> {
    let folded = text.nfkd().filter(|character| !is_combining_mark(*character)).collect::<String>().to_lowercase();
    let found = WORD.iter().flat_map(|word| word.find_iter(&folded)).map(|found| found.as_str().replace(',', ""));
    found.collect::<Vec<_>>().into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Also the cases of the browser's test.
    const CASES: &str = include_str!("../../tests/report_words.tsv");

    #[test]
    fn words_are_cut_and_folded() {
        for (text, cut) in CASES.lines().map(|line| line.split_once('\t').unwrap()) {
            assert_eq!(words(text).collect::<Vec<_>>().join(" "), cut, "{text}");
        }
    }
}
