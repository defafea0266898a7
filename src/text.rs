//! White space made single: texts as people read them, on one line.

/// A short text, such as a code, name or phrase of a fact. Most have no more than 24 bytes, and those need no memory of their own.
pub type Text = compact_str::CompactString;

/// A text on one line, white space made single.
pub fn spaced(text: &str) -> Text {
    if is_spaced(text) {
        return Text::new(text);
    }
    let mut words = text.split_whitespace();
    let mut spaced = Text::new(words.next().unwrap_or_default());
    for word in words {
        spaced.push(' ');
        spaced.push_str(word);
    }
    spaced
}

/// Whether white space is single already, as it mostly is.
fn is_spaced(text: &str) -> bool {
    let bytes = text.as_bytes();
    let single = |pair: &[u8]| pair[0] > b' ' || pair[0] == b' ' && pair[1] > b' ';
    let edge = |byte: Option<&u8>| byte.is_none_or(|byte| *byte > b' ');
    text.is_ascii() && edge(bytes.first()) && edge(bytes.last()) && bytes.windows(2).all(single)
}

/// Writes the same in lower case to a text that is at hand.
pub fn spaced_lower_into(text: &str, into: &mut String) {
    into.clear();
    for word in text.split_whitespace() {
        if !into.is_empty() {
            into.push(' ');
        }
        match word.is_ascii() {
            true => into.extend(word.bytes().map(|byte| char::from(byte.to_ascii_lowercase()))),
            false => into.extend(word.chars().flat_map(char::to_lowercase)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_single() {
        let mut lower = String::new();
        for (text, one_line) in [
            ("North  Sea\nFund", "North Sea Fund"),
            (" a ", "a"),
            ("Ærø\u{a0}\tBank", "Ærø Bank"),
            ("plain text", "plain text"),
            (" \n", ""),
        ] {
            assert_eq!(spaced(text), one_line);
            spaced_lower_into(text, &mut lower);
            assert_eq!(lower, one_line.to_lowercase());
        }
    }
}
