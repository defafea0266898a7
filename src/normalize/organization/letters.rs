//! Which words an acronym's letters come from, after Schwartz and Hearst (2003): from the last letter to the first, each is
//! looked for to the left of the one before; the first letter must begin a word.

/// Index of the word at which the long form of an acronym begins, where the long form ends with the last word.
pub fn start(words: &[&str], acronym: &str) -> Option<usize> {
    let letters: Vec<char> = acronym.chars().filter(|letter| letter.is_alphanumeric()).flat_map(folded).collect();
    let (first, others) = letters.split_first()?;
    if others.is_empty() {
        return None;
    }
    // Words as letters; where each begins.
    let mut text: Vec<char> = Vec::new();
    let mut begins: Vec<usize> = Vec::new();
    for word in words {
        begins.push(text.len());
        text.extend(word.chars().flat_map(folded));
    }
    let mut at = text.len();
    for letter in others.iter().rev() {
        at = text[..at].iter().rposition(|each| each == letter)?;
    }
    let start = (0..words.len()).rev().find(|word| begins[*word] < at && text.get(begins[*word]) == Some(first))?;
    // A long form has about as many words as the acronym has letters.
    (words.len() - start <= (letters.len() + 5).min(letters.len() * 2)).then_some(start)
}

fn folded(letter: char) -> impl Iterator<Item = char> {
    letter.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::start;

    #[test]
    fn where_long_forms_begin() {
        for (words, acronym, expected) in [
            ("in the Rope Future Institute", "RFI", Some("Rope")),
            ("Ropes for Rowing Boys", "RRB", Some("Ropes")),
            ("Meridian Harbours of Sea and Air", "MHSA", Some("Meridian")),
            ("Ministry of Foreign Affairs", "MOFA", Some("Ministry")),
            ("Long Ropes were Short", "OMG", None),
            ("Human Rights", "H", None),
            ("He said that all of the many old men of the harbour of Oslo liked Rope", "HR", None),
        ] {
            let words: Vec<&str> = words.split(' ').collect();
            assert_eq!(start(&words, acronym).map(|at| words[at]), expected, "{words:?} {acronym}");
        }
    }
}
