//! Text as one line with single spaces.

/// The slice with every run of white space and control characters as one space, and none at its ends. `line` is where
/// it is made, should the slice itself be otherwise.
pub(super) fn collapsed<'a>(slice: &'a str, line: &'a mut String) -> &'a str {
    // Most sentences are plain already: nothing is copied for them.
    if is_plain(slice.as_bytes()) {
        return slice;
    }
    line.clear();
    collapse(slice, line);
    line
}

/// Whether all white space is single spaces between words. Without early exits the loops take many bytes at a time.
fn is_plain(bytes: &[u8]) -> bool {
    let (Some(&first), Some(&last)) = (bytes.first(), bytes.last()) else { return true };
    let mut odd = (first == b' ') | (last == b' ') | (last < b' ') | (last == 0x7f);
    let mut high = false;
    for (&byte, &next) in bytes.iter().zip(&bytes[1..]) {
        odd |= (byte < b' ') | (byte == 0x7f) | (byte == b' ') & (next == b' ');
        high |= byte >= 0x80;
    }
    if odd || !high {
        return !odd;
    }
    for (&byte, &next) in bytes.iter().zip(&bytes[1..]) {
        // The first two bytes of white space and control characters beyond ASCII; of U+20xx, third bytes decide.
        odd |= (byte == 0xc2) & (next <= 0xa0) | (byte == 0xe1) & (next == 0x9a) | (byte == 0xe3) & (next == 0x80);
        odd |= (byte == 0xe2) & (next == 0x81);
    }
    let after = bytes.get(2..).unwrap_or_default();
    for ((&byte, &next), &last) in bytes.iter().zip(&bytes[1..]).zip(after) {
        let is_space = (last <= 0x8a) | (last == 0xa8) | (last == 0xa9) | (last == 0xaf);
        odd |= (byte == 0xe2) & (next == 0x80) & is_space;
    }
    !odd
}

/// What a byte may begin: nothing that is white space, a space, or what has to be looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Begins {
    Word,
    Space,
    Unsure,
}

const BEGINS: [Begins; 256] = {
    let mut begins = [Begins::Word; 256];
    let mut byte = 0;
    while byte < begins.len() {
        begins[byte] = match byte {
            0x20 => Begins::Space,
            // The first bytes of all other white space and control characters.
            0..0x20 | 0x7f | 0xc2 | 0xe1..=0xe3 => Begins::Unsure,
            _ => Begins::Word,
        };
        byte += 1;
    }
    begins
};

fn collapse(slice: &str, line: &mut String) {
    let bytes = slice.as_bytes();
    let (mut start, mut at) = (0, 0);
    while let Some(&byte) = bytes.get(at) {
        let space = match BEGINS[usize::from(byte)] {
            Begins::Word => 0,
            // A single space between printable characters is copied with them.
            Begins::Space if at > start && bytes.get(at + 1).is_some_and(u8::is_ascii_graphic) => 0,
            Begins::Space => 1,
            Begins::Unsure => space_at(slice, at),
        };
        if space == 0 {
            at += 1;
            continue;
        }
        push_word(line, &slice[start..at]);
        at += space;
        start = at;
    }
    push_word(line, &slice[start..]);
}

/// Length of the white space or control character that begins at an offset; 0 for anything else.
fn space_at(slice: &str, at: usize) -> usize {
    match slice[at..].chars().next() {
        Some(character) if character.is_whitespace() || character.is_control() => character.len_utf8(),
        _ => 0,
    }
}

fn push_word(line: &mut String, word: &str) {
    if !line.is_empty() && !word.is_empty() {
        line.push(' ');
    }
    line.push_str(word);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_line_has_single_spaces() {
        for (slice, shown) in
            [(" a \n b ", "a b"), ("a\u{a0}\u{2009}b", "a b"), ("a b", "a b"), ("", ""), (" ", ""), ("\0a", "a")]
        {
            assert_eq!(collapsed(slice, &mut String::new()), shown, "{slice:?}");
        }
    }

    #[test]
    fn all_white_space_and_control_characters_are_known() {
        for character in (0..=u32::from(char::MAX)).filter_map(char::from_u32) {
            let is_space = character.is_whitespace() || character.is_control();
            let text = character.to_string();
            assert_eq!(is_space, collapsed(&text, &mut String::new()).is_empty(), "{character:?}");
            assert!(!is_space || !is_plain(text.as_bytes()), "{character:?}");
        }
    }

    proptest! {
        #[test]
        fn a_plain_slice_is_what_collapsing_leaves_alone(slice in "([a-c] ?|[’é£“\u{2028}\u{a0}\u{85}\n ]){0,40}") {
            let mut line = String::new();
            collapse(&slice, &mut line);
            // Some rare signs are looked at twice.
            prop_assert!(!is_plain(slice.as_bytes()) || line == slice, "{:?}", slice);
        }

        #[test]
        fn words_are_what_lies_between_spaces(slice in "([a-c,\"’ é\n\u{a0}\u{2003}\u{85}]{0,3}|.){0,12}") {
            let is_space = |c: char| c.is_whitespace() || c.is_control();
            let words: Vec<&str> = slice.split(is_space).filter(|word| !word.is_empty()).collect();
            let mut line = String::new();
            prop_assert_eq!(collapsed(&slice, &mut line), words.join(" "));
        }
    }
}
