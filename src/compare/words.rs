//! How much two texts have in common.

use rustc_hash::FxHashSet;

/// The words of a text in small letters.
fn words(text: &str) -> FxHashSet<String> {
    text.split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// Words that two texts share, of all that they have: from 0 to 1 (Jaccard).
pub(super) fn likeness(one: &str, other: &str) -> f64 {
    if one == other {
        return 1.0;
    }
    let (one, other) = (words(one), words(other));
    let shared = one.intersection(&other).count();
    let all = one.len() + other.len() - shared;
    if all == 0 { 0.0 } else { shared as f64 / all as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likeness_counts_words() {
        for (one, other, expected) in [("a b", "A, b!", 1.0), ("a b c", "a b d", 0.5), ("a", "b", 0.0), ("", "-", 0.0)]
        {
            assert!((likeness(one, other) - expected).abs() < 1e-9, "{one} / {other}");
        }
    }
}
