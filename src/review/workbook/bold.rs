//! Where in its sentence a fact stands.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::text::spaced;

/// Finds facts in their sentences. Of equal words in one sentence, each fact takes the next: rows come in the order of the
/// text.
#[derive(Debug, Default)]
pub(super) struct Finder {
    context: String,
    /// How often words were found in this sentence.
    taken: FxHashMap<String, usize>,
}

impl Finder {
    /// The bytes of a sentence that are the words of a fact; none where they are not in it as they stand, for example
    /// because of markup in the document.
    pub(super) fn find(&mut self, context: &str, text: &str) -> Option<Range<usize>> {
        if self.context != context {
            context.clone_into(&mut self.context);
            self.taken.clear();
        }
        let words = spaced(text).into_string();
        let mut found = context.match_indices(&words).map(|(at, _)| at..at + words.len());
        if words.is_empty() {
            return None;
        }
        let taken = self.taken.entry(words.clone()).or_default();
        *taken += 1;
        let is_whole = |range: &Range<usize>| {
            let is_part = |character: Option<char>| character.is_some_and(char::is_alphanumeric);
            !is_part(context[..range.start].chars().next_back()) && !is_part(context[range.end..].chars().next())
        };
        let all: Vec<Range<usize>> = found.by_ref().collect();
        // `5km` holds a 5: words that are a part of others count where there are no whole ones.
        let whole: Vec<Range<usize>> = all.iter().filter(|range| is_whole(range)).cloned().collect();
        let ranges = if whole.is_empty() { all } else { whole };
        ranges.get((*taken - 1).min(ranges.len().saturating_sub(1))).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_fact_takes_the_next_of_equal_words() {
        let mut finder = Finder::default();
        let context = "15 of 5 and 5 more";
        assert_eq!(finder.find(context, "5"), Some(6..7));
        assert_eq!(finder.find(context, "5"), Some(12..13));
        assert_eq!(finder.find(context, "15"), Some(0..2));
        assert_eq!(finder.find("a 5km walk", "5"), Some(2..3));
        assert_eq!(finder.find("ten thousand", "ten  thousand"), Some(0..12));
        assert_eq!(finder.find("ten", "eleven"), None);
        assert_eq!(finder.find("ten", ""), None);
    }
}
